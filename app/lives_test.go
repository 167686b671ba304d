package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestWhoPractisesWasNeverAway: silence is that nothing at all was entered, not that no result had a value.
func TestWhoPractisesWasNeverAway(t *testing.T) {
	h := apptest.New(t)
	in := h.Person(t, "Ana")
	by, ws := h.Actor(t, in), in.Person.Personal
	g, err := h.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Ask before I show"})
	if err != nil {
		t.Fatal(err)
	}
	for day := 1; day <= 20; day++ {
		h.Clock.AdvanceDays(1)
		if day%4 == 0 && day < 12 {
			if _, err := h.LogPractice(t.Context(), by, ws, g.GoalHead().ID, app.PracticeInput{Minutes: 10}); err != nil {
				t.Fatal(err)
			}
		}
		v, err := h.Today(t.Context(), by, ws)
		if err != nil {
			t.Fatal(err)
		}
		if away := day >= 8+5; v.Back != away {
			t.Errorf("day %d: back %v", day, v.Back)
		}
	}
}

// TestWhatShallHappenSeldomHasItsOwnCount: a micro-goal of at most so many under a learning goal does not count
// that goal's minutes, does not stand in the place of its practice, and keeps its strength beyond a slip.
func TestWhatShallHappenSeldomHasItsOwnCount(t *testing.T) {
	h := apptest.New(t)
	in := h.Person(t, "Ana")
	by, ws := h.Actor(t, in), in.Person.Personal
	g, err := h.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Eat well on ordinary days"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.LogPractice(t.Context(), by, ws, g.GoalHead().ID, app.PracticeInput{Minutes: 10}); err != nil {
		t.Fatal(err)
	}
	h.Clock.AdvanceDays(2) // Monday
	m, err := h.CreateMicroGoal(t.Context(), by, ws, app.MicroGoalInput{Title: "Evenings with sweets", Goal: g.GoalHead().ID, Times: 2, AtMost: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, _, err := h.TickMicroGoal(t.Context(), by, ws, m.ID, app.TickInput{}); err != nil {
			t.Fatal(err)
		}
		h.Clock.AdvanceDays(1)
	}
	if _, err := h.LogPractice(t.Context(), by, ws, g.GoalHead().ID, app.PracticeInput{Minutes: 30}); err != nil {
		t.Fatal(err)
	}
	v, err := h.Today(t.Context(), by, ws)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, i := range v.Items {
		kinds[i.Kind]++
		if i.Kind != "tick" {
			continue
		}
		if i.Micro.Tally.Done != 3 || i.Micro.Tally.Kept || *i.Strength != (tandem.Strength{Done: 2, Of: 3}) {
			t.Errorf("%v done, kept %v, strength %+v", i.Micro.Tally.Done, i.Micro.Tally.Kept, *i.Strength)
		}
	}
	if kinds["tick"] != 1 || kinds["practice"] != 1 {
		t.Errorf("Today has %v", kinds)
	}
}

// TestTheNumberOfALineIsCalledAsUsual: a line that names only what shall become of a number gets one that the next
// line of its kind finds.
func TestTheNumberOfALineIsCalledAsUsual(t *testing.T) {
	h := apptest.New(t)
	in := h.Person(t, "Ana")
	by, ws := h.Actor(t, in), in.Person.Personal
	for line, want := range map[string]string{"earn $100,000 this year": "Earnings", "save $500 by March": "Savings", "lose 10 pounds": "Weight", "lose 2 games at most by March": "Games",
		"20 sales this month": "Sales", "5 kg abnehmen bis März": "Gewicht"} {
		d, err := h.DraftGoal(t.Context(), by, ws, app.DraftInput{Text: line})
		if err != nil || d.Result == nil || d.Result.Number == nil {
			t.Errorf("%q: %+v %v", line, d.Result, err)
			continue
		}
		if got := d.Result.Number.Name; got != want {
			t.Errorf("the number of %q is called %q", line, got)
		}
	}
}
