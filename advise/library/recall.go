package library

import (
	"cmp"
	"slices"
)

// aboutWord is what a word counts that a lesson's goal or skill shares with the need, rather than the lesson
// itself; a convention.
const aboutWord = 0.5

// Recall gives the lessons that have to do with a need, the best first and at most most: by the words they
// share with it, by the number that they belong to, and by the skill or goal they come from; of two that fit
// alike the newer one. None rather than what does not fit.
func Recall(n Need, past []Lesson, most int) (out []Lesson) {
	need := wordSet(n.Text + " " + n.Number)
	type fitting struct {
		Lesson
		fit float64
	}
	var all []fitting
	for _, l := range past {
		fit := fits(need, n.Number, l.Text, l.Number) + aboutWord*float64(shared(need, wordSet(l.About)))
		if fit >= leastFit {
			all = append(all, fitting{l, fit * liking(l.Liked, 0)})
		}
	}
	slices.SortStableFunc(all, func(a, b fitting) int { return cmp.Or(cmp.Compare(b.fit, a.fit), int(b.Day)-int(a.Day)) })
	for _, x := range all[:min(len(all), most)] {
		out = append(out, x.Lesson)
	}
	return out
}
