package i18n

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		point    string
		comma    string
	}{
		{0, Auto, "0", "0"},
		{1000.5, Auto, "1,000.5", "1.000,5"},
		{-1234567.25, Auto, "−1,234,567.25", "−1.234.567,25"},
		{12, 2, "12.00", "12,00"},
		{0.1 + 0.2, 1, "0.3", "0,3"},
		{-0.04, 1, "0.0", "0,0"},
		{math.Copysign(0, -1), Auto, "0", "0"},
		{1e15, Auto, "1,000,000,000,000,000", "1.000.000.000.000.000"},
		{math.NaN(), Auto, "–", "–"},
		{math.Inf(-1), 2, "−∞", "−∞"},
	} {
		if got := Point.Number(c.v, c.decimals); got != c.point {
			t.Errorf("%v point: got %q, want %q", c.v, got, c.point)
		}
		if got := Comma.Number(c.v, c.decimals); got != c.comma {
			t.Errorf("%v comma: got %q, want %q", c.v, got, c.comma)
		}
	}
}

func TestRoundedNumbersKeepThreeDigits(t *testing.T) {
	for v, want := range map[float64]string{
		13.4321: "13.4", 0.031249: "0.0312", 1240: "1,240", 1240.4: "1,240", 2.5: "2.5", 99.96: "100",
		0: "0", -0.3: "−0.3", 123456: "123,456", 1.0000001: "1",
	} {
		if got := Point.Round(v); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{1.2: "+1.2", -0.3: "−0.3", 0: "0"} {
		if got := Point.Signed(v); got != want {
			t.Errorf("signed %v: got %q, want %q", v, got, want)
		}
	}
}

func TestANumberReadsBackInBothForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-MaxNumber, MaxNumber).Draw(t, "v")
		for _, f := range []NumberForm{Point, Comma} {
			for _, text := range []string{f.Number(v, Auto), f.Input(v)} {
				if got, err := f.ParseNumber(text); err != nil || got != v {
					t.Fatalf("%v %q: got %v, %v", f, text, got, err)
				}
			}
		}
	})
}

func TestReadingAnyTextNeverPanicsAndGivesFiniteNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-+−]?[0-9.,' ]{0,12}`)).Draw(t, "s")
		for _, f := range []NumberForm{Point, Comma} {
			if v, err := f.ParseNumber(s); err == nil && !(math.Abs(v) <= MaxNumber) {
				t.Fatalf("%q gave %v", s, v)
			}
			if v, err := f.ParseMinutes(s); err == nil && !(v >= 0 && v <= MaxMinutes) {
				t.Fatalf("%q gave %v minutes", s, v)
			}
		}
		_, _, _, _ = DE.ParseDate(s, time.Unix(0, 0))
	})
}

func TestNumbersThatPeopleType(t *testing.T) {
	for _, c := range []struct {
		form NumberForm
		text string
		want float64
	}{
		{Point, "12", 12}, {Point, " 1,000.5 ", 1000.5}, {Point, "+3", 3}, {Point, "−2.5", -2.5}, {Point, "-.5", -0.5},
		{Point, "1 000 000", 1e6}, {Point, "1'000.5", 1000.5}, {Point, "1,000", 1000},
		{Comma, "1.000", 1000}, {Comma, "1,000", 1}, {Comma, "1.000,5", 1000.5}, {Comma, "0,5", 0.5}, {Comma, "-0", 0},
	} {
		if got, err := c.form.ParseNumber(c.text); err != nil || got != c.want || math.Signbit(got) != (c.want < 0) {
			t.Errorf("%v %q: got %v, %v", c.form, c.text, got, err)
		}
	}
}

func TestNumbersThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		form             NumberForm
		text, code, sugg string
	}{
		{Point, "1.000,5", "number_other_form", "1000.5"}, // reliability row 25
		{Point, "1,5", "number_other_form", "1.5"},
		{Point, "-1.000.000", "number_other_form", "-1000000"},
		{Comma, "1,000.5", "number_other_form", "1000,5"},
		{Comma, "2.5", "number_other_form", "2,5"},
		{Point, "12kg", "number_form", ""},
		{Point, "", "number_form", ""},
		{Point, "-", "number_form", ""},
		{Point, "5.", "number_form", ""},
		{Point, "1e400", "number_form", ""},
		{Point, "NaN", "number_form", ""},
		{Point, "1,00,000", "number_form", ""},
		{Point, "٣", "number_form", ""},
		{Point, "1000000000000001", "number_range", ""},
	} {
		_, err := c.form.ParseNumber(c.text)
		var p *Problem
		if !errors.As(err, &p) || p.Code != c.code {
			t.Errorf("%v %q: got %v, want %s", c.form, c.text, err, c.code)
			continue
		}
		if got, _ := p.Args["suggestion"].(string); got != c.sugg {
			t.Errorf("%v %q: suggests %q, want %q", c.form, c.text, got, c.sugg)
		}
	}
}

func TestASuggestionIsAlwaysAccepted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e6, 1e6).Draw(t, "v")
		for _, f := range []NumberForm{Point, Comma} {
			_, err := f.ParseNumber(f.other().Number(v, 2))
			var p *Problem
			if !errors.As(err, &p) {
				continue // "1.000" is a number in both forms
			}
			s, ok := p.Args["suggestion"].(string)
			if _, err := f.ParseNumber(s); !ok || err != nil {
				t.Fatalf("%v suggests %q: %v", f, s, err)
			}
		}
	})
}

var christmas = time.Date(2026, 12, 24, 12, 0, 0, 0, time.UTC)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestDates(t *testing.T) {
	last := day(2026, 12, 31)
	for got, want := range map[string]string{
		EN.Date(last): "31 December", DE.Date(last): "31. Dezember",
		EN.DateShort(last): "31 Dec", DE.DateShort(last): "31. Dez.",
		EN.DateYear(last): "31 December 2026", DE.DateYear(last): "31. Dezember 2026",
		EN.DateWeekday(last): "Thursday, 31 December", DE.DateWeekday(last): "Donnerstag, 31. Dezember",
		EN.DateNear(last, christmas): "31 December", EN.DateNear(day(2027, 1, 2), christmas): "2 January 2027",
		DE.DayWord(christmas, christmas): "heute", EN.DayWord(day(2026, 12, 25), christmas): "tomorrow",
		EN.DayWord(day(2026, 12, 23), christmas): "yesterday", EN.DayWord(last, christmas): "31 December",
		EN.DaysAway(last, christmas): "in 7 days", DE.DaysAway(day(2026, 12, 21), christmas): "vor 3 Tagen",
		EN.DaysAway(day(2027, 1, 28), christmas): "in 5 weeks", DE.DaysAway(day(2027, 4, 24), christmas): "in 4 Monaten",
		EN.Ago(30 * time.Second): "just now", EN.Ago(2 * time.Minute): "2 min ago", DE.Ago(50 * time.Hour): "vor 2 Tagen",
		EN.MonthYear(last): "December 2026", DE.WeekdayShort(time.Saturday): "Sa", EN.Clock(christmas): "12:00",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		if got := EN.Ordinal(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestADateReadsBackInBothLanguages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Unix(rapid.Int64Range(-3e10, 1.5e11).Draw(t, "s"), 0).UTC()
		for _, l := range Langs() {
			for _, text := range []string{l.DateYear(d), l.DateShortYear(d), d.Format(time.DateOnly), d.Format("02.01.2006")} {
				y, m, day, err := l.ParseDate(text, christmas)
				if wy, wm, wd := d.Date(); err != nil || y != wy || m != wm || day != wd {
					t.Fatalf("%v %q: got %d-%d-%d, %v", l, text, y, m, day, err)
				}
			}
		}
	})
}

func TestDatesThatPeopleType(t *testing.T) {
	for text, want := range map[string]string{
		"today": "2026-12-24", "Heute": "2026-12-24", "yesterday": "2026-12-23", "gestern": "2026-12-23",
		"vorgestern": "2026-12-22", "übermorgen": "2026-12-26", "31.12.2026": "2026-12-31", "1. 2. 2027": "2027-02-01",
		"December 31, 2026": "2026-12-31", "31. Dez. 2026": "2026-12-31", " 2026-1-5 ": "2026-01-05", "3 Sept 2026": "2026-09-03",
		"2028-02-29": "2028-02-29",
	} {
		y, m, d, err := DE.ParseDate(text, christmas)
		if got := iso(y, int(m), d); err != nil || got != want {
			t.Errorf("%q: got %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestDatesThatAreRefused(t *testing.T) {
	for text, want := range map[string]struct{ code, sugg string }{
		"2026-02-29": {"date_not_real", "2026-02-28"}, // reliability row 23
		"31.4.2026":  {"date_not_real", "2026-04-30"},
		"12/31/2026": {"date_slashes", "2026-12-31"},
		"31/12/2026": {"date_slashes", "2026-12-31"},
		"1/2/2026":   {"date_ambiguous", "2026-02-01"},
		"3/3/2026":   {"date_slashes", "2026-03-03"},
		"13/13/2026": {"date_form", ""},
		"2026-13-01": {"date_form", ""},
		"soon":       {"date_form", ""},
		"":           {"date_form", ""},
		"12.26":      {"date_form", ""},
		"1/2":        {"date_form", ""},
		"2026-02-32": {"date_form", ""},
	} {
		_, _, _, err := EN.ParseDate(text, christmas)
		var p *Problem
		if !errors.As(err, &p) || p.Code != want.code {
			t.Errorf("%q: got %v, want %s", text, err, want.code)
			continue
		}
		if got, _ := p.Args["suggestion"].(string); got != want.sugg {
			t.Errorf("%q: suggests %q, want %q", text, got, want.sugg)
		}
	}
	_, _, _, err := EN.ParseDate("2026-02-29", christmas)
	var p *Problem
	if errors.As(err, &p); EN.Sentence("deadline", p.Code, p.Args) != "29 February 2026 does not exist. The last day of that month is the 28th." {
		t.Errorf("row 23 reads %q", EN.Sentence("deadline", p.Code, p.Args))
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]float64{
		"45": 45, "45 min": 45, "20m": 20, "1:30": 90, "1:30 h": 90, "1h30": 90, "1 h 30 min": 90, "1,5 h": 90,
		"2 Stunden": 120, "0:05": 5, "2 hours": 120, "12,5 min": 12.5, "24h": 1440,
	} {
		if got, err := Comma.ParseMinutes(text); err != nil || got != want {
			t.Errorf("%q: got %v, %v; want %v", text, got, err, want)
		}
	}
	for text, code := range map[string]string{
		"": "duration_form", "h": "duration_form", "1:60": "duration_form", "1:3x": "duration_form", "long": "duration_form",
		"25 h": "duration_range", "-5": "duration_range",
	} {
		_, err := Comma.ParseMinutes(text)
		var p *Problem
		if !errors.As(err, &p) || p.Code != code {
			t.Errorf("%q: got %v, want %s", text, err, code)
		}
	}
	for got, want := range map[string]string{
		Duration(90): "1:30", Duration(0): "0:00", Duration(-5): "−0:05", Duration(59.6): "1:00",
		EN.Minutes(45): "45 min", DE.Minutes(90): "1:30 h",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestADurationReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := float64(rapid.IntRange(0, MaxMinutes).Draw(t, "minutes"))
		for _, text := range []string{Duration(m), EN.Minutes(m)} {
			if got, err := Point.ParseMinutes(text); err != nil || got != m {
				t.Fatalf("%q: got %v, %v", text, got, err)
			}
		}
	})
}

func TestChancesAreSaidByWhatIsKnown(t *testing.T) {
	for _, c := range []struct {
		p      float64
		n      int
		en, de string
	}{
		{0.62, 2, "", ""},
		{0.62, 3, "more likely than not", "eher wahrscheinlich"},
		{0.62, 4, "more likely than not", "eher wahrscheinlich"},
		{0.5, 3, "as likely as not", "so wahrscheinlich wie nicht"},
		{0.1, 3, "not likely", "nicht wahrscheinlich"},
		{0.3, 3, "less likely than not", "eher unwahrscheinlich"},
		{0.9, 3, "likely", "wahrscheinlich"},
		{0.62, 5, "about 6 in 10 (62\u00a0%)", "etwa 6 von 10 (62\u00a0%)"},
		{0, 5, "about 1 in 20 (5\u00a0%)", "etwa 1 von 20 (5\u00a0%)"},
		{1, 50, "about 19 in 20 (95\u00a0%)", "etwa 19 von 20 (95\u00a0%)"},
		{0.1, 9, "about 1 in 10 (10\u00a0%)", "etwa 1 von 10 (10\u00a0%)"},
		{math.NaN(), 50, "", ""},
	} {
		if got := EN.ChanceFigures(c.p, c.n); got != c.en {
			t.Errorf("%v from %d: got %q, want %q", c.p, c.n, got, c.en)
		}
		if got := DE.ChanceFigures(c.p, c.n); got != c.de {
			t.Errorf("%v from %d: got %q, want %q", c.p, c.n, got, c.de)
		}
	}
}

func TestAChanceNeverLeavesFiveToNinetyFive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, n := rapid.Float64().Draw(t, "p"), rapid.IntRange(0, 50).Draw(t, "n")
		percent, ok := ChancePercent(p, n)
		if ok != (n >= 5) || ok && (percent < 5 || percent > 95) {
			t.Fatalf("%v from %d: %d, %v", p, n, percent, ok)
		}
	})
}
