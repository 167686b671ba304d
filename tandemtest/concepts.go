package tandemtest

import (
	"slices"
	"strings"
)

// concepts are the words of Tandem's own things, as they stand on pages; plain words are not among them.
var concepts = map[string][]string{
	"today": {"Today"}, "result": {"result", "Result"}, "learning goal": {"learning goal", "Learning goal"}, "pair": {"pair", "side by side"}, "log": {"Log"},
	"lesson": {"lesson", "Lesson", "teach you"}, "chance": {"chance", "Chance"},
	"level": {"Level ", "Levels"}, "micro-goal": {"micro-goal", "Micro-goal"}, "technique": {"technique", "Technique"}, "milestone": {"Add a step", "Steps"}, "collection": {"collection", "open slot"},
	"stretch": {"stretch", "Stretch"}, "pilot": {"pilot"}, "review": {"Review"}, "lifeline": {"Lifeline"}, "sprint": {"sprint"}, "balance": {"balance"}, "endings": {"endings"}, "difference": {"Difference"},
}

// Concepts names the things of Tandem's own that a text in English speaks of, in order of their names.
func Concepts(text string) (found []string) {
	for name, words := range concepts {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) }) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}
