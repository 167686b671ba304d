package library_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/advise/library"
)

func keysOf(found []library.Matched) (keys []string) {
	for _, m := range found {
		keys = append(keys, m.Key)
	}
	return keys
}

func TestATemplateIsFoundByWordsNumberAndUnit(t *testing.T) {
	for _, c := range []struct {
		need library.Need
		want string // the first
	}{
		{library.Need{Text: "Make 20 sales this month", Lang: "en"}, "twenty-sales"},
		{library.Need{Text: "25 Verkäufe bis Ende Mai", Lang: "de"}, "twenty-sales"},
		{library.Need{Text: "run a marathon in autumn", Lang: "en"}, "run-five-km"},
		{library.Need{Text: "Halbmarathon laufen", Lang: "de"}, "run-five-km"},
		{library.Need{Text: "Improve delivery times", Lang: "en"}, "delivery-times"},
		{library.Need{Text: "Get promoted to senior marketing manager", Lang: "en"}, "senior-marketing-manager"},
		{library.Need{Text: "Increase revenue by 30% this quarter", Lang: "en"}, "team-revenue"},
		{library.Need{Text: "weniger wiegen", Number: "Gewicht", Unit: "kg", Lang: "de"}, "lose-ten-pounds"},
		{library.Need{Text: "reduce project completion time", Lang: "de"}, "faster-projects"}, // an English text finds it for a German reader too
	} {
		found := library.Match(c.need, library.BuiltIn())
		if len(found) == 0 || found[0].Key != c.want || found[0].Lang != c.need.Lang {
			t.Errorf("%q finds %v", c.need.Text, keysOf(found))
		}
		if len(slices.Compact(slices.Sorted(slices.Values(keysOf(found))))) != len(found) {
			t.Errorf("%q finds one twice: %v", c.need.Text, keysOf(found))
		}
	}
	for _, text := range []string{"", "xyzzy", "by 2030", "the goal of the week", "dieses Jahr mehr"} {
		if found := library.Match(library.Need{Text: text, Lang: "en"}, library.BuiltIn()); len(found) > 0 {
			t.Errorf("%q finds %v", text, keysOf(found))
		}
	}
	if found := library.Match(library.Need{Text: "Lose weight, eat less", Number: "Weight", Lang: "en", Minor: true}, library.BuiltIn()); slices.Contains(keysOf(found), "lose-ten-pounds") {
		t.Error("a minor is offered to lose weight")
	}
}

func past() library.Past {
	return library.Past{
		Templates: library.BuiltIn(),
		Skills: []library.Skill{
			{Goal: 1, Name: "Discovery questions", Levels: []string{"from a note", "without", "under pressure"}, Noticed: 1, Numbers: []string{"Sales"}, Open: true},
			{Goal: 2, Name: "Baking bread", Levels: []string{"a", "b", "c"}},
			{Goal: 3, Name: "Closing sales talks", Levels: []string{"a", "b", "c"}, Noticed: 3, Numbers: []string{"Sales"}},
		},
		Lessons: []library.Lesson{
			{ID: 1, Goal: 1, Text: "Name the price after the need", Day: tandem.DateDay(2026, 5, 11), Number: "sales"},
			{ID: 2, Goal: 2, Text: "More water in the dough", Day: tandem.DateDay(2026, 5, 1)},
			{ID: 3, Goal: 1, Text: "Ask twice", Day: tandem.DateDay(2026, 4, 1), Number: "Sales", Taken: true},
		},
		Techniques: []library.Technique{
			{ID: 1, Name: "Count to three", Day: tandem.DateDay(2026, 6, 2), State: tandem.Idea, Numbers: []string{"Sales"}},
			{ID: 2, Name: "Sales by mail", State: tandem.Dropped, Numbers: []string{"Sales"}},
			{ID: 3, Name: "Call back at once", State: tandem.Trying, Uses: 4, Numbers: []string{"Sales"}},
		},
	}
}

func TestThreeLearningGoalsAreSuggestedWithAReason(t *testing.T) {
	got := library.Suggest(library.Need{Text: "Make 25 sales in June", Number: "Sales", Lang: "en"}, past())
	if len(got) != library.MostSuggestions {
		t.Fatalf("%+v", got)
	}
	find := func(f library.From) *library.Suggestion {
		for i := range got {
			if got[i].From == f {
				return &got[i]
			}
		}
		return nil
	}
	if s := find(library.FromSkill); s == nil || s.Title != "Discovery questions" || s.Reason != "level" || s.Args["level"] != 2 || s.Args["sentence"] != "without" || s.Goal != 1 {
		t.Errorf("the skill: %+v", got)
	}
	if l := find(library.FromLesson); l == nil || l.Lesson != 1 || l.Reason != "lesson" || l.Args["month"] != 5 || l.Args["year"] != 2026 {
		t.Errorf("the lesson: %+v", got)
	}
	for i, s := range got {
		if i > 0 && s.Score > got[i-1].Score {
			t.Errorf("not in order: %+v", got)
		}
	}

	none := library.Suggest(library.Need{Text: "Restore the old boat", Lang: "en"}, past())
	if len(none) != 0 {
		t.Errorf("what does not fit: %+v", none)
	}
	only := library.Suggest(library.Need{Text: "Learn Spanish vocabulary: 500 words", Lang: "de"}, library.Past{Templates: library.BuiltIn()})
	if len(only) == 0 || only[0].Template != "spanish-words" || only[0].Title[:4] != "Mein" || only[0].Reason != "template" {
		t.Errorf("%+v", only)
	}
}

func TestWhatWasUsedAndLikedComesFirst(t *testing.T) {
	need := library.Need{Text: "sales", Number: "Sales", Lang: "en"}
	first := func(p library.Past) library.Suggestion { return library.Suggest(need, p)[0] }
	p := library.Past{Skills: []library.Skill{{Goal: 1, Name: "A", Numbers: []string{"Sales"}}, {Goal: 2, Name: "B", Numbers: []string{"Sales"}}}}
	if s := first(p); s.Goal != 1 {
		t.Errorf("%+v", s)
	}
	p.Skills[1].Liked = 5
	if s := first(p); s.Goal != 2 {
		t.Errorf("liked: %+v", s)
	}
	p.Skills[0].Used, p.Skills[1].Liked = 6, 3
	if s := first(p); s.Goal != 1 {
		t.Errorf("used: %+v", s)
	}
	p.Skills[0].Used, p.Skills[0].Liked = 0, 1
	if s := first(p); s.Goal != 2 {
		t.Errorf("not liked: %+v", s)
	}
	t2 := library.Past{Techniques: []library.Technique{{ID: 1, Name: "A", State: tandem.Idea, Numbers: []string{"Sales"}}, {ID: 2, Name: "B", State: tandem.Trying, Uses: 5, Helped: 4, Numbers: []string{"Sales"}}}}
	if s := first(t2); s.Technique != 2 || s.Reason != "technique_helped" || s.Args["n"] != 4 {
		t.Errorf("%+v", s)
	}
	tpl := library.Past{Templates: library.BuiltIn(), Taken: map[string]int{"sales-and-negotiation": 9}}
	a, b := library.Suggest(need, library.Past{Templates: library.BuiltIn()}), library.Suggest(need, tpl)
	if a[0].Template != "twenty-sales" || b[0].Template != "sales-and-negotiation" || len(a) > 2 {
		t.Errorf("%+v %+v", a, b)
	}
}

// What stands beside a result already is proposed by no template, whatever its case; and its place goes to another.
func TestWhatStandsBesideItAlreadyIsNotProposedAgain(t *testing.T) {
	pack := library.BuiltIn()
	need := library.Need{Text: "Lose 10 pounds", Number: "Weight", Unit: "lb", Lang: "en"}
	before := library.Suggest(need, library.Past{Templates: pack})
	if len(before) == 0 {
		t.Fatal("nothing is proposed")
	}
	need.Beside = []string{strings.ToUpper(before[0].Title)}
	after := library.Suggest(need, library.Past{Templates: pack})
	for _, s := range after {
		if s.Title == before[0].Title {
			t.Errorf("%q is proposed again", s.Title)
		}
	}
	if len(before) > 1 && (len(after) == 0 || after[0].Title != before[1].Title) {
		t.Errorf("the next one is %v instead of %q", after, before[1].Title)
	}
}
