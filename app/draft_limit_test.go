package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
)

// TestALimitForEachWeekIsDraftedAsAMicroGoal drafts lines of at most so many in each day, week or month in both
// languages as micro-goals, keeps what it drafted as it is, and leaves results with a last day and practice alone.
func TestALimitForEachWeekIsDraftedAsAMicroGoal(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		line, title string // "" for no micro-goal
		times       float64
		period      tandem.Period
	}{
		{"At most 2 evenings a week with sweets", "Sweets", 2, tandem.PeriodWeek},
		{"Sweets on at most 2 evenings a week", "Sweets", 2, tandem.PeriodWeek},
		{"At most twice a week fast food", "Fast food", 2, tandem.PeriodWeek},
		{"No more than three drinks a week", "Drinks", 3, tandem.PeriodWeek},
		{"At most 2 coffees a day", "Coffees", 2, tandem.PeriodDay},
		{"höchstens 2 Abende pro Woche Süßes", "Süßes", 2, tandem.PeriodWeek},
		{"Höchstens 2 Abende pro Woche mit Süßem", "Süßem", 2, tandem.PeriodWeek},
		{"höchstens zweimal die Woche Fleisch", "Fleisch", 2, tandem.PeriodWeek},
		{"maximal 3 Kaffee am Tag", "Kaffee", 3, tandem.PeriodDay},
		{"No more than three drinks a week by June", "", 0, ""},
		{"At most 12 complaints a month by the end of the year, from 30", "", 0, ""},
		{"Spend at most 50 € a week", "", 0, ""},
		{"Read on at least 2 evenings a week", "", 0, ""},
		{"mindestens 2 Abende pro Woche lesen", "", 0, ""},
		{"Höchstens 75 kg bis Juni", "", 0, ""},
	} {
		draft := must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: c.line}))
		p := draft.Practice
		if c.title == "" {
			if p != nil {
				t.Errorf("%q became a micro-goal: %+v", c.line, *p)
			}
			continue
		}
		if p == nil || p.Title != c.title || p.Times != c.times || !p.AtMost || p.Period != c.period {
			t.Errorf("%q: %+v, want %s at most %v a %s", c.line, p, c.title, c.times, c.period)
			continue
		}
		if q := draft.Question; q != nil {
			t.Errorf("%q asks %s", c.line, q.Key)
		}
		m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, *p))
		if !m.AtMost || m.Goal != 0 || m.Times != c.times {
			t.Errorf("%q was kept as %+v", c.line, m)
		}
	}
}
