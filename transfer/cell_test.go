package transfer

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestDatesAreReadInEachLayout(t *testing.T) {
	for _, c := range []struct {
		cell     string
		dayFirst bool
		want     string
	}{
		{"2026-03-09", false, "2026-03-09"},
		{"2026-3-9", false, "2026-03-09"},
		{"2026/03/09", true, "2026-03-09"},
		{"2026-03-09T23:59:59+02:00", false, "2026-03-09"},
		{"2026-03-09 07:15:00", false, "2026-03-09"},
		{"9.3.2026", false, "2026-03-09"},
		{"09.03.26", false, "2026-03-09"},
		{"09.03.99", false, "1999-03-09"},
		{"03/09/2026", false, "2026-03-09"},
		{"03/09/2026", true, "2026-09-03"},
		{"3-9-2026", true, "2026-09-03"},
		{"3/9/2026 9:30 PM", false, "2026-03-09"},
		{"20260309", false, "2026-03-09"},
		{"2024-02-29", false, "2024-02-29"},
		{"2000-02-29", false, "2000-02-29"},
		{"2026-02-29", false, "not real 28"},
		{"1900-02-29", false, "not real 28"},
		{"31.04.2026", false, "not real 30"},
		{"0026-02-01", false, "range"},
		{"2999-01-01", false, "range"},
		{"13/13/2026", true, "form"},
		{"2026-13-01", false, "form"},
		{"2026-00-10", false, "form"},
		{"2026-01-00", false, "form"},
		{"2026-01/01", false, "form"},
		{"2026-01", false, "form"},
		{"1760000000", false, "form"},
		{"2026-01-01x", false, "form"},
		{"2026-01-01 x:00", false, "form"},
		{"soon", false, "form"},
		{"", false, "form"},
		{"--", false, "form"},
		{"99999999999999999999-01-01", false, "form"},
	} {
		d := readDate([]byte(c.cell), c.dayFirst)
		got := ""
		switch d.fault {
		case dateFine:
			got = string(appendDay(nil, d.day))
		case dateForm:
			got = "form"
		case dateRange:
			got = "range"
		case dateNotReal:
			got = "not real " + strconv.Itoa(d.last)
		}
		if got != c.want {
			t.Errorf("%q, day first %v: got %s, want %s", c.cell, c.dayFirst, got, c.want)
		}
	}
}

func TestDaysAgreeWithTheStandardCalendar(t *testing.T) {
	for at := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= lastYear; at = at.AddDate(0, 0, 1) {
		want := int(at.Unix() / 86400)
		if at.Unix() < 0 {
			want = -int(-at.Unix() / 86400)
		}
		y, m, d := at.Date()
		if got := civilDay(y, int(m), d); got != want || string(appendDay(nil, got)) != at.Format(time.DateOnly) {
			t.Fatalf("%s is day %d (%s), want %d", at.Format(time.DateOnly), got, appendDay(nil, got), want)
		}
	}
}

func TestNumbersAreReadByTheirMark(t *testing.T) {
	const form, rng = "form", "range"
	for _, c := range []struct{ cell, point, comma string }{
		{"12", "12", "12"},
		{"-12", "-12", "-12"},
		{"+12", "12", "12"},
		{"−12", "-12", "-12"},
		{"-0", "0", "0"},
		{"12.5", "12.5", form},
		{"12,5", form, "12.5"},
		{"1,234", "1234", "1.234"},
		{"1.234", "1.234", "1234"},
		{"0,234", form, "0.234"},
		{"1,234.5", "1234.5", form},
		{"1.234,5", form, "1234.5"},
		{"1,234,567", "1234567", form},
		{"1,23,567", form, form},
		{"12,34", form, "12.34"},
		{"1234,567", form, "1234.567"},
		{"1,234,56", form, form},
		{"1 234 567,8", form, "1234567.8"},
		{"1\u00a0234.5", "1234.5", form},
		{"1\u202f234,5", form, "1234.5"},
		{"1'234.5", "1234.5", form},
		{"1’234", "1234", "1234"},
		{"1 234,567", form, "1234.567"},
		{".5", "0.5", form},
		{"-,5", form, "-0.5"},
		{"5.", form, form},
		{".", form, form},
		{"", form, form},
		{"-", form, form},
		{"1e3", "1000", "1000"},
		{"1.5E-3", "0.0015", form},
		{"1,5e3", form, "1500"},
		{"1e", form, form},
		{"1e400", rng, rng},
		{"1e-400", "0", "0"},
		{"1e15", "1000000000000000", "1000000000000000"},
		{"1000000000000001", rng, rng},
		{strings.Repeat("9", 5000), rng, rng},
		{"0.1234567890123456789012345", "0.12345678901234568", form},
		{"12kg", form, form},
		{"NaN", form, form},
		{"Inf", form, form},
		{"0x10", form, form},
		{"1_000", form, form},
		{"=1+1", form, form},
		{"--1", form, form},
		{"1-2", form, form},
		{"٣", form, form},
	} {
		for mark, want := range map[byte]string{'.': c.point, ',': c.comma} {
			v, fault := readNumber([]byte(c.cell), mark)
			got := shortNumber(v)
			switch fault {
			case numberForm:
				got = form
			case numberRange:
				got = rng
			}
			if got != want {
				t.Errorf("%.40q with %c: got %s, want %s", c.cell, mark, got, want)
			}
		}
	}
}

func TestHoursAndMinutesAreHours(t *testing.T) {
	for cell, want := range map[string]float64{"1:30": 1.5, "0:45": 0.75, "-0:15": -0.25, "100:00": 100, "1:00:36": 1.01} {
		if got, ok := readClock([]byte(cell)); !ok || got != want {
			t.Errorf("%s: got %v, %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"1:60", "1:5", ":30", "1:", "1:30:", "1:30:99", "1:30:00:00", "a:30", "1h30", ""} {
		if got, ok := readClock([]byte(cell)); ok {
			t.Errorf("%s is read as %v", cell, got)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-03-09", "9.3.26", "13/1/2026", "20260309", "2026-02-29", "2026-01-01T00:00Z", "1/1/1"} {
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, cell []byte, dayFirst bool) {
		d := readDate(cell, dayFirst)
		if d.fault != dateFine {
			return
		}
		iso := appendDay(nil, d.day)
		if again := readDate(iso, !dayFirst); again.day != d.day || again.layout != LayoutISO {
			t.Errorf("%q is %s, which reads as %+v", cell, iso, again)
		}
		if _, err := time.Parse(time.DateOnly, string(iso)); err != nil {
			t.Errorf("%q is %s: %v", cell, iso, err)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1.234,5", "1,234.5", "-.5", "1e-5", "0.1234567890123456789", "1'000'000", "1 000", "9007199254740993", "−3"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, cell []byte) {
		for _, mark := range []byte{'.', ','} {
			v, fault := readNumber(cell, mark)
			if fault != numberFine {
				continue
			}
			if !finite(v) || math.Signbit(v) && v == 0 {
				t.Errorf("%q with %c is %v", cell, mark, v)
			}
			if again, fault := readNumber([]byte(shortNumber(v)), '.'); fault != numberFine || again != v {
				t.Errorf("%q with %c is %v, which reads back as %v", cell, mark, v, again)
			}
			if std, err := strconv.ParseFloat(string(cell), 64); mark == '.' && err == nil && std != v {
				t.Errorf("%q is %v, the standard library says %v", cell, v, std)
			}
		}
	})
}
