package demo

import (
	"tandem"
	"tandem/app"
)

// weekReview walks through a review of the week in the workspace in which is written: what is open goes on, one
// lesson is kept and the next steps are named.
func (w *walker) weekReview(lesson string, of tandem.GoalID, steps map[tandem.GoalID]string) {
	w.flush()
	if w.err != nil {
		return
	}
	v, err := w.app.OpenReview(w.ctx, w.by, w.ws, tandem.NoDay)
	if w.note(err) || v.IsDone() {
		return
	}
	var in app.ReviewInput
	for _, g := range v.Goals {
		h := g.Goal.GoalHead()
		a := app.ReviewAnswer{Goal: h.ID, Choice: tandem.ReviewGoOn}
		if h.Kind == tandem.KindLearning {
			a.Choice = tandem.ReviewSame
		}
		if s := steps[h.ID]; s != "" {
			a.Step = &s
		}
		in.Answers = append(in.Answers, a)
	}
	if lesson != "" {
		in.Lesson, in.LessonGoal = &lesson, of
	}
	if _, err = w.app.SaveReview(w.ctx, w.by, w.ws, tandem.NoDay, in); w.note(err) {
		return
	}
	_, err = w.app.FinishReview(w.ctx, w.by, w.ws, tandem.NoDay)
	w.note(err)
}

// planReviews are Mira's last three Fridays.
func (m *miraLife) planReviews() {
	friday := app.LastFriday(m.today - 1)
	m.on(friday-14, func() {
		m.weekReview("Whoever is asked about the way to school stays longer.", m.questions, map[tandem.GoalID]string{m.questions: "One open question before the first bike"})
	})
	m.on(friday-7, func() {
		m.weekReview("", 0, map[tandem.GoalID]string{m.quarter: "Call the three who wanted to think about it"})
	})
	m.on(friday, func() {
		m.weekReview("A pause of three seconds brings the real reason.", m.questions, map[tandem.GoalID]string{m.questions: "Two calls without the script", m.quarter: "Send each offer on the same day"})
	})
}
