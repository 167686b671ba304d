package reader

import (
	"math"
	"time"

	"tandem"
)

// maxYears is how far ahead a time is read; what lies beyond is no plan.
const maxYears = 100

// A stretch is from its first to its last day; a single day has both the same.
type stretch struct {
	from, to tandem.Day
	period   tandem.Period // the calendar unit that it is, PeriodNone for another
}

func oneDay(d tandem.Day) stretch { return stretch{from: d, to: d} }

func (s stretch) single() bool { return s.from == s.to }

// middle is the 15th of a month and half-way in anything else.
func (s stretch) middle() tandem.Day {
	if s.period == tandem.PeriodMonth {
		return s.from + 14
	}
	return s.from + (s.to-s.from)/2
}

// unitAt gives the calendar unit that holds day, n units on.
func unitAt(u tandem.Period, day tandem.Day, n int) stretch {
	s := u.Start(day)
	for ; n > 0; n-- {
		s = u.Next(s)
	}
	for ; n < 0; n++ {
		s = u.Start(s - 1)
	}
	return stretch{s, u.Next(s) - 1, u}
}

// fiscalYear gives the fiscal year that begins in the calendar year y.
func (in Context) fiscalYear(y int) stretch {
	first := tandem.DateDay(y, in.fiscalMonth(), 1)
	s := stretch{first, tandem.DateDay(y+1, in.fiscalMonth(), 1) - 1, tandem.PeriodNone}
	if !in.fiscal() {
		s.period = tandem.PeriodYear
	}
	return s
}

func (in Context) fiscalMonth() time.Month { return max(in.FiscalStart, time.January) }

// fiscal tells whether the workspace's year is another than the calendar's.
func (in Context) fiscal() bool {
	return in.FiscalStart > time.January && in.FiscalStart <= time.December
}

// fiscalNow gives the calendar year in which the fiscal year of today began.
func (in Context) fiscalNow() int {
	y, m, _ := in.Today.Date()
	if m < in.fiscalMonth() {
		return y - 1
	}
	return y
}

// part gives the n-th (from 1) of equal parts of the fiscal year that begins in y: quarters or halves.
func (in Context) part(y, n, months int) stretch {
	first := tandem.DateDay(y, in.fiscalMonth()+time.Month((n-1)*months), 1)
	s := stretch{from: first, to: first.AddMonths(months) - 1}
	if months == 3 {
		// A fiscal quarter is a calendar one where the year begins with a quarter.
		if tandem.PeriodQuarter.Start(first) == first {
			s.period = tandem.PeriodQuarter
		}
	}
	return s
}

// nextPart gives the first such part that is not over today.
func (in Context) nextPart(n, months int) stretch {
	for y := in.fiscalNow(); ; y++ {
		if s := in.part(y, n, months); s.to >= in.Today {
			return s
		}
	}
}

// month gives the next month m that is not over today.
func (in Context) month(m time.Month) stretch {
	y, now, _ := in.Today.Date()
	if m < now {
		y++
	}
	return unitAt(tandem.PeriodMonth, tandem.DateDay(y, m, 1), 0)
}

// dayOf gives the next day d of month m that is not past, or with back the last one that is not ahead. ok
// is false where no year near has it.
func (in Context) dayOf(m time.Month, d int, back bool) (tandem.Day, bool) {
	y, _, _ := in.Today.Date()
	step := 1
	if back {
		step = -1
	}
	// 29 February can be eight years away.
	for k := range 9 {
		day, ok := realDay(y+k*step, m, d)
		if ok && (day >= in.Today && !back || day <= in.Today && back) {
			return day, true
		}
	}
	return tandem.NoDay, false
}

// monthOf turns a number from the text into a month; what is none becomes 0, which no day has.
func monthOf(n int) time.Month {
	if n < 1 || n > 12 {
		return 0
	}
	return time.Month(n)
}

// realDay gives a civil date, and whether it exists.
func realDay(y int, m time.Month, d int) (tandem.Day, bool) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return tandem.NoDay, false
	}
	day := tandem.DateDay(y, m, d)
	_, gotM, gotD := day.Date()
	return day, gotM == m && gotD == d
}

// dayOfMonth gives the next day with that number, or with back the last one.
func (in Context) dayOfMonth(d int, back bool) (tandem.Day, bool) {
	y, m, _ := in.Today.Date()
	for k := range 3 {
		if back {
			k = -k
		}
		first := tandem.DateDay(y, m+time.Month(k), 1)
		fy, fm, _ := first.Date()
		day, ok := realDay(fy, fm, d)
		if ok && (day >= in.Today && !back || day <= in.Today && back) {
			return day, true
		}
	}
	return tandem.NoDay, false
}

// weekday gives the next such day, today included, or with back the last one.
func (in Context) weekday(w time.Weekday, back bool) tandem.Day {
	ahead := (int(w) - int(in.Today.Weekday()) + 7) % 7
	if back && ahead > 0 {
		ahead -= 7
	}
	return in.Today + tandem.Day(ahead)
}

// after gives the day count units of a length from day on; halves of years are months, of months 15 days.
func after(day tandem.Day, unit string, count float64) (tandem.Day, bool) {
	if count < 0 {
		return tandem.NoDay, false
	}
	months := 0.0
	switch unit {
	case "day":
		return plusDays(day, count)
	case "week":
		return plusDays(day, count*7)
	case "fortnight":
		return plusDays(day, count*14)
	case "month":
		months = count
	case "quarter":
		months = count * 3
	case "half":
		months = count * 6
	case "year":
		months = count * 12
	default:
		return tandem.NoDay, false
	}
	if months > maxYears*12 {
		return tandem.NoDay, false
	}
	whole := math.Floor(months + 1e-9)
	return plusDays(day.AddMonths(int(whole)), (months-whole)*30)
}

func plusDays(day tandem.Day, n float64) (tandem.Day, bool) {
	if n > maxYears*366 {
		return tandem.NoDay, false
	}
	return day + tandem.Day(math.Round(n)), true
}

// easter gives Easter Sunday of a year in the Gregorian calendar, by the anonymous algorithm (Meeus 1991,
// Astronomical Algorithms, chapter 8).
func easter(y int) tandem.Day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return tandem.DateDay(y, time.Month(n/31), n%31+1)
}

// holiday gives the next day of a feast that is not past.
func (in Context) holiday(name string) (tandem.Day, bool) {
	switch name {
	case "yearend":
		return in.dayOf(time.December, 31, false)
	case "christmas":
		return in.dayOf(time.December, 24, false)
	case "halloween":
		return in.dayOf(time.October, 31, false)
	case "easter", "pentecost":
		y, _, _ := in.Today.Date()
		for ; ; y++ {
			d := easter(y)
			if name == "pentecost" {
				d += 49
			}
			if d >= in.Today {
				return d, true
			}
		}
	}
	return tandem.NoDay, false
}

// season gives the next season that is not over, by months (winter begins in December), as in the north.
func (in Context) season(first time.Month) stretch {
	y, _, _ := in.Today.Date()
	for y--; ; y++ {
		s := tandem.DateDay(y, first, 1)
		if to := s.AddMonths(3) - 1; to >= in.Today {
			return stretch{from: s, to: to}
		}
	}
}
