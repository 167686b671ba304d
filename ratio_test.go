package tandem

import (
	"fmt"
	"testing"
)

func TestARatioBeginsWithBothOfItsParts(t *testing.T) {
	m := Metric{Form: FormRatio, Period: PeriodWeek}
	monday := DateDay(2026, 11, 2)
	total, reading := Metric{Form: FormTotal, WhenItHappens: true}, Metric{Form: FormReading}
	calls := []DayValue{{monday - 20, 4}, {monday, 2}, {monday + 7, 4}, {monday + 14, 5}}
	say := func(ps []RatioPeriod) (out string) {
		for _, p := range ps {
			v := "?"
			if p.Value != nil {
				v = fmt.Sprint(*p.Value)
			}
			out += fmt.Sprintf("%d:%s ", p.Start-monday, v)
		}
		return out
	}
	for _, c := range []struct {
		what string
		top  RatioPart
		want string
	}{
		{"made weeks before its first deal: nought until then", total.PartOf([]DayValue{{monday + 8, 1}}, monday+1), "0:0 7:0.25 14:0 "},
		{"made today with values of before: from the week of the first one", total.PartOf([]DayValue{{monday + 8, 1}}, monday+16), "7:0.25 14:0 "},
		{"made, and nothing yet", total.PartOf(nil, monday+14), "14:0 "},
		{"a reading is unknown where it is missing", reading.PartOf([]DayValue{{monday + 1, 3}, {monday + 15, 1}}, monday-50), "0:1.5 7:? 14:0.2 "},
		{"a reading without a value never began", reading.PartOf(nil, monday-50), ""},
	} {
		if got := say(m.RatioPeriods(c.top, total.PartOf(calls, monday-20), monday+16)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	// A period whose denominator adds up to nothing, or to less, is unknown.
	one := total.PartOf([]DayValue{{monday, 1}, {monday + 7, 1}}, monday)
	back := total.PartOf([]DayValue{{monday, 2}, {monday + 1, -2}, {monday + 7, -3}}, monday)
	if got := say(m.RatioPeriods(one, back, monday+13)); got != "0:? 7:? " {
		t.Errorf("without a denominator: %s", got)
	}
	m.Percent = true
	if got := say(m.RatioPeriods(one, total.PartOf([]DayValue{{monday, 1e-300}, {monday + 7, 8}}, monday), monday+13)); got != "0:? 7:12.5 " {
		t.Errorf("in per cent, and beyond all numbers: %s", got)
	}
}
