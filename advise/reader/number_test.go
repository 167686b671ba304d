package reader_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tandem/advise/reader"
	"tandem/i18n"
)

// What the product prints in a language is read back as the same number by a person of that language.
func TestPrintedNumbersAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Round(rapid.Float64Range(0.01, 1e12).Draw(t, "v")*100) / 100
		if rapid.Bool().Draw(t, "small") {
			v = math.Round(math.Mod(v, 100000)*100) / 100
		}
		if v == 0 {
			return
		}
		for lang, line := range map[i18n.Lang]string{i18n.EN: "reach %s € by New Year", i18n.DE: "%s € erreichen bis Neujahr"} {
			in := reader.Context{Today: today}
			if lang == i18n.DE {
				in.Lang = reader.German
			}
			text := fmt.Sprintf(line, lang.Numbers().Number(v, i18n.Auto))
			r := reader.Read(text, in)
			if r.Target == nil || r.Target.Value != v || r.Target.Unit != "€" || r.Question != nil {
				t.Fatalf("%q: %+v, %+v", text, r.Target, r.Question)
			}
		}
	})
}

// An answer settles a number that two languages read differently, and other numbers of the line settle it
// without a question.
func TestNumbersOfTwoReadings(t *testing.T) {
	mixed := reader.Context{Today: today, Numbers: reader.Comma} // an English line where numbers are 1.000,5
	r := reader.Read("reach 1,500 points", mixed)
	if q := r.Question; q == nil || q.ID != "number_form" || r.Target.Value != 1500 {
		t.Fatalf("%+v, %+v", r.Target, q)
	}
	for id, want := range map[string]float64{"point": 1500, "comma": 1.5} {
		in := mixed
		in.Picks = map[string]string{"number_form": id}
		if r := reader.Read("reach 1,500 points", in); r.Target.Value != want || r.Question != nil {
			t.Errorf("%s: %+v, %+v", id, r.Target, r.Question)
		}
	}
	if r := reader.Read("from 2.5 to 1,500 points", mixed); r.From.Value != 2.5 || r.Target.Value != 1500 || r.Question != nil {
		t.Errorf("%+v, %+v, %+v", r.From, r.Target, r.Question)
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{
		"reach 100k": "100000", "reach 1.5m€": "1500000 €", "reach US$ 20": "20 $", "reach CHF 20": "20 CHF", "reach 20 percent": "20 %", "reach 12 °C": "12 °C",
		"reach 1h30": "90 min", "reach 1h 30m": "90 min", "reach 1 h 30 min": "90 min", "reach 1:30 h": "90 min", "reach 3:45:30": "225.5 min", "reach 27:30 min": "27.5 min",
		"reach half an hour": "30 min", "reach an hour": "1 h", "reach 2 hours and 15 minutes": "135 min", "reach 2½ km": "2.5 km", "reach twenty-five km": "25 km",
		"erreichen: hundertzwanzig Punkte": "120 Punkte", "zweitausenddreihundert Leser": "2300 Leser", "ein Dutzend Kunden": "12 Kunden", "reach -5 kg": "-5 kg", "reach 1'500 CHF": "1500 CHF",
		"5-km run": "5 km", "reach 1 234 567": "1234567", "reach 12 300": "12", "reach 9/10": "", "reach 12th place": "", "B2 erreichen": "",
	} {
		got := ""
		if a := reader.Read(text, reader.Context{Today: today}).Target; a != nil {
			got = number(*a)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAnswersAreTaken(t *testing.T) {
	for _, test := range []struct{ text, ask, id, want string }{
		{"20 sales this year", "year", "next", "last=2027-12-31"}, {"20 sales this month", "repeats", "each_month", "repeats=month"},
		{"by 3/4", "date_order", "day_first", "last=2027-04-03"}, {"by June", "edge", "first", "last=2027-06-01"}, {"plank 90m", "metres", "metres", "target=90 m"},
		{"finish in 27:30", "clock", "hours", "target=1650 min"}, {"Maria: 20", "owner", "person", "owner=Maria"}, {"by Wednesday", "weekday", "in_a_week", "last=2026-12-02"},
		{"next Friday", "weekday", "next_week", "last=2026-12-04"},
	} {
		q := reader.Read(test.text, reader.Context{Today: today}).Question
		if q == nil || q.ID != test.ask {
			t.Errorf("%q asks %+v", test.text, q)
			continue
		}
		r := reader.Read(test.text, reader.Context{Today: today, Picks: map[string]string{test.ask: test.id}})
		if !strings.Contains(say(r), test.want) || r.Question != nil {
			t.Errorf("%q: %s", test.text, say(r))
		}
	}
}
