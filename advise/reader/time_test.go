package reader_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/advise/reader"
)

func last(text string, in reader.Context) tandem.Day { return reader.Read(text, in).Last }

// Each way of saying a length gives the same day, from each day of four years, a leap year among them.
func TestLengthsAreReckonedFromEachDay(t *testing.T) {
	enWords := []string{"", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	deWords := []string{"", "einer", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"}
	for d := tandem.DateDay(2026, 1, 1); d <= tandem.DateDay(2028, 12, 31); d += 3 {
		in := reader.Context{Today: d}
		n := int(d)%12 + 1
		weeks, woche := "weeks", "Wochen"
		if n == 1 {
			weeks, woche = "week", "Woche"
		}
		for _, text := range []string{
			fmt.Sprintf("hand in in %d %s", n, weeks), fmt.Sprintf("hand in in %s %s", enWords[n], weeks), fmt.Sprintf("hand in within %d %s", n, weeks),
			fmt.Sprintf("hand in within the next %d %s", n, weeks), fmt.Sprintf("hand in %d %s from now", n, weeks), fmt.Sprintf("in %d %s' time hand in", n, weeks),
			fmt.Sprintf("in %d %s abgeben", n, woche), fmt.Sprintf("In %s %s abgeben", deWords[n], woche), fmt.Sprintf("innerhalb von %d %s abgeben", n, woche),
			fmt.Sprintf("binnen %d %s abgeben", n, woche), fmt.Sprintf("in den nächsten %d %s abgeben", n, woche), fmt.Sprintf("%d %s lang üben", n, woche),
			fmt.Sprintf("in %d days hand in", 7*n), fmt.Sprintf("in %d Tagen abgeben", 7*n),
		} {
			if got := last(text, in); got != d+tandem.Day(7*n) {
				t.Fatalf("on %v, %q: %v, want %v", d, text, got, d+tandem.Day(7*n))
			}
		}
		months := d.AddMonths(n)
		for _, text := range []string{fmt.Sprintf("in %d months done", n), fmt.Sprintf("in %d Monaten fertig", n)} {
			if got := last(text, in); got != months {
				t.Fatalf("on %v, %q: %v, want %v", d, text, got, months)
			}
		}
	}
}

// A date that is written is the date that is read, in each form, from each day of the year.
func TestWrittenDatesAreReadBack(t *testing.T) {
	en := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	de := []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
	in := reader.Context{Today: today}
	for d := today; d < today+365; d++ {
		y, m, day := d.Date()
		for _, text := range []string{
			"done by " + d.String(), fmt.Sprintf("done by %d %s", day, en[m-1]), fmt.Sprintf("done by %s %d, %d", en[m-1], day, y), fmt.Sprintf("done by %d %s %d", day, en[m-1][:3], y),
			fmt.Sprintf("fertig bis %d. %s", day, de[m-1]), fmt.Sprintf("fertig bis zum %d. %s %d", day, de[m-1], y), fmt.Sprintf("fertig bis %d.%d.", day, m),
			fmt.Sprintf("fertig bis %02d.%02d.%d", day, m, y), fmt.Sprintf("fertig spätestens am %d.%d.%02d", day, m, y%100),
		} {
			r := reader.Read(text, in)
			if r.Last != d || r.First != tandem.NoDay || r.Question != nil {
				t.Fatalf("%q: %v to %v, %+v", text, r.First, r.Last, r.Question)
			}
		}
	}
}

// Units of the calendar end on their last day, whatever the day is.
func TestUnitsOfTheCalendar(t *testing.T) {
	for d := tandem.DateDay(2026, 1, 1); d <= tandem.DateDay(2027, 12, 31); d++ {
		in := reader.Context{Today: d}
		y, m, _ := d.Date()
		monthEnd := tandem.PeriodMonth.Next(d) - 1
		quarterEnd := tandem.PeriodQuarter.Next(d) - 1
		for text, want := range map[string]tandem.Day{
			"20 sales this month": monthEnd, "20 Verkäufe in diesem Monat": monthEnd, "by the end of the month": monthEnd, "bis Monatsende": monthEnd, "bis Ende des Monats": monthEnd,
			"20 sales this quarter": quarterEnd, "bis Ende des Quartals": quarterEnd, "by year end": tandem.DateDay(y, 12, 31), "bis Ende dieses Jahres": tandem.DateDay(y, 12, 31),
			"20 sales next month": tandem.PeriodMonth.Next(monthEnd+1) - 1, "nächste Woche 20 Anrufe": tandem.PeriodWeek.Next(d) + 6, "by New Year": tandem.DateDay(y, 12, 31), "bis Silvester": tandem.DateDay(y, 12, 31),
		} {
			if got := last(text, in); got != want {
				t.Fatalf("on %v (month %d), %q: %v, want %v", d, m, text, got, want)
			}
		}
		r := reader.Read("20 sales this year", in)
		late := tandem.DateDay(y, 12, 31)-d <= 45
		if asked := r.Question != nil && r.Question.ID == "year"; asked != late {
			t.Fatalf("on %v: this year asks %v", d, r.Question)
		}
	}
}

// The fiscal year of the workspace, a row for each month in which it can begin.
func TestFiscalYears(t *testing.T) {
	for start := time.January; start <= time.December; start++ {
		in := reader.Context{Today: today, FiscalStart: start}
		first := tandem.DateDay(2026, start, 1) // of the fiscal year that holds 25 November 2026
		if first > today {
			first = tandem.DateDay(2025, start, 1)
		}
		r := reader.Read("1 million revenue this fiscal year", in)
		if r.First != first || r.Last != first.AddMonths(12)-1 {
			t.Errorf("start %v: fiscal year %v to %v", start, r.First, r.Last)
		}
		for _, text := range []string{"bis Ende des Geschäftsjahres", "by the end of the fiscal year"} {
			if got := last(text, in); got != first.AddMonths(12)-1 {
				t.Errorf("start %v, %q: %v", start, text, got)
			}
		}
		for n := 1; n <= 4; n++ {
			want := first.AddMonths(3*n) - 1
			if want < today {
				want = first.AddMonths(3*n+12) - 1
			}
			for _, text := range []string{fmt.Sprintf("by the end of Q%d", n), fmt.Sprintf("bis Ende Q%d", n), fmt.Sprintf("bis Ende des %d. Quartals", n)} {
				if got := last(text, in); got != want {
					t.Errorf("start %v, %q: %v, want %v", start, text, got, want)
				}
			}
		}
		// A single year names two fiscal years where they are no calendar years.
		if q := reader.Read("FY27 revenue 3 million", in).Question; (q != nil) != (start != time.January) {
			t.Errorf("start %v: FY27 asks %v", start, q)
		}
	}
}

func TestNamedDatesOfTheWorkspace(t *testing.T) {
	in := reader.Context{Today: today, Dates: []reader.NamedDate{
		{Name: "Launch", From: tandem.NoDay, To: tandem.DateDay(2027, 3, 1)}, {Name: "Launch party", From: tandem.NoDay, To: tandem.DateDay(2027, 3, 5)},
		{Name: "Autumn term", From: tandem.DateDay(2026, 9, 1), To: tandem.DateDay(2027, 1, 31)}, {Name: "Spring term", From: tandem.DateDay(2027, 2, 1), To: tandem.DateDay(2027, 6, 30)},
		{Name: "Wintersemester", From: tandem.DateDay(2026, 10, 1), To: tandem.DateDay(2027, 3, 31)},
	}}
	for text, want := range map[string]tandem.Day{
		"ship it by the launch": tandem.DateDay(2027, 3, 1), "fertig bis zum Launch": tandem.DateDay(2027, 3, 1), "ready before the launch party": tandem.DateDay(2027, 3, 4),
		"pass three tests this term": tandem.DateDay(2027, 1, 31), "write by the end of next term": tandem.DateDay(2027, 6, 30), "dieses Semester zwei Prüfungen bestehen": tandem.DateDay(2027, 3, 31),
	} {
		if got := last(text, in); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"before my birthday", "vor meinem Geburtstag"} {
		if r := reader.Read(text, in); r.Last != tandem.NoDay || !strings.Contains(strings.ToLower(r.Unplaced), "b") {
			t.Errorf("%q: %v, %q", text, r.Last, r.Unplaced)
		}
	}
}

// What is not a date is none.
func TestNoDateIsInvented(t *testing.T) {
	for _, text := range []string{"31 June", "by 31.6.", "march on", "may we win", "second chance", "Meeting um 9:30 Uhr", "in 28 minutes", "in 99999999999 weeks", "since March", "the week"} {
		if r := reader.Read(text, reader.Context{Today: today}); r.Last != tandem.NoDay {
			t.Errorf("%q: %v", text, r.Last)
		}
	}
}
