package reader_test

import (
	"testing"

	"tandem"
	"tandem/advise/reader"
)

// TestALimitOnDaysIsAtMost reads bounds before days and times of a week as the most of them, and leaves days alone that
// have no bound.
func TestALimitOnDaysIsAtMost(t *testing.T) {
	for _, c := range []struct {
		text   string
		times  float64
		period tandem.Period
		most   bool
		mark   string // of the rhythm, "" for none
	}{
		{"At most 2 evenings a week with sweets", 2, tandem.PeriodWeek, true, "At most 2 evenings a week"},
		{"Sweets on at most 2 evenings a week", 2, tandem.PeriodWeek, true, "on at most 2 evenings a week"},
		{"no more than twice a week fast food", 2, tandem.PeriodWeek, true, "no more than twice a week"},
		{"TV on no more than three evenings a week", 3, tandem.PeriodWeek, true, "on no more than three evenings a week"},
		{"work on a maximum of 5 days a week", 5, tandem.PeriodWeek, true, "on a maximum of 5 days a week"},
		{"höchstens 2 Abende pro Woche Süßes", 2, tandem.PeriodWeek, true, "höchstens 2 Abende pro Woche"},
		{"An höchstens zwei Abenden in der Woche fernsehen", 2, tandem.PeriodWeek, true, "An höchstens zwei Abenden in der Woche"},
		{"Süßes höchstens zweimal die Woche", 2, tandem.PeriodWeek, true, "höchstens zweimal die Woche"},
		{"maximal 3 mal im Monat Fleisch", 3, tandem.PeriodMonth, true, "maximal 3 mal im Monat"},
		{"nicht mehr als 2 Abende pro Woche am Rechner", 2, tandem.PeriodWeek, true, "nicht mehr als 2 Abende pro Woche"},
		{"at most 2 coffees a day", 2, tandem.PeriodDay, true, ""},
		{"maximal 3 Kaffee am Tag", 3, tandem.PeriodDay, true, ""},
		{"Read on 2 evenings a week", 2, tandem.PeriodWeek, false, "on 2 evenings a week"},
		{"Practise 3 evenings a week under supervision", 3, tandem.PeriodWeek, false, "3 evenings a week"},
		{"mindestens 2 Abende pro Woche lesen", 2, tandem.PeriodWeek, false, "2 Abende pro Woche"},
		{"at least twice a week out of the house", 2, tandem.PeriodWeek, false, "twice a week"},
	} {
		r := reader.Read(c.text, reader.Context{Today: 20782})
		m := r.Micro
		if m == nil || m.Times != c.times || m.Period != c.period || m.AtMost != c.most {
			t.Errorf("%q: %+v", c.text, m)
			continue
		}
		for _, s := range r.Spans {
			if s.Kind == reader.KindRhythm && c.text[s.Start:s.End] != c.mark {
				t.Errorf("%q: the rhythm is %q, want %q", c.text, c.text[s.Start:s.End], c.mark)
			}
		}
	}
}
