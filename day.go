package tandem

import (
	"time"
)

// A Day is a local calendar day as days since 1970-01-01. It is taken from an instant in somebody's
// zone once, when something is written, and never recomputed.
type Day int32

// NoDay stands for "no day given".
const NoDay Day = -1 << 31

// DayOf gives the local day of t in zone, where the day begins dayStart after midnight (0 to 12 hours).
// It reads the wall clock and never adds 24 hours, so days of 22 to 26 hours come out right.
func DayOf(t time.Time, zone *time.Location, dayStart time.Duration) Day {
	l := t.In(zone)
	y, m, d := l.Date()
	day := DateDay(y, m, d)
	wall := time.Duration(l.Hour())*time.Hour + time.Duration(l.Minute())*time.Minute + time.Duration(l.Second())*time.Second
	if wall < dayStart {
		day--
	}
	return day
}

// DateDay gives the day of a civil date; out-of-range months and days are normalised as time.Date does.
func DateDay(y int, m time.Month, d int) Day {
	return Day(floorDiv(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix(), 86400))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Date gives the civil date of the day.
func (d Day) Date() (y int, m time.Month, day int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// Weekday gives the day's weekday.
func (d Day) Weekday() time.Weekday { return time.Unix(int64(d)*86400, 0).UTC().Weekday() }

// String gives the ISO form, 2006-01-02; "" for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly)
}

// ParseDay reads the ISO form. A date that does not exist is the error date_not_real with the last
// day of that month, reliability row 23; any other text is date_form.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err == nil {
		return Day(floorDiv(t.Unix(), 86400)), nil
	}
	if y, m, d, ok := splitDate(s); ok && m >= 1 && m <= 12 && d >= 29 && d <= 31 {
		last := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		return 0, Invalid("", "date_not_real", Args{"date": s, "last": last, "day": d, "month": m, "year": y})
	}
	return 0, Invalid("", "date_form", Args{"value": s})
}

func splitDate(s string) (y, m, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	n := func(p string) (v int) {
		for _, c := range p {
			if c < '0' || c > '9' {
				ok = false
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	ok = true
	y, m, d = n(s[:4]), n(s[5:7]), n(s[8:])
	return y, m, d, ok
}

// MarshalText gives the ISO form, for JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty text is NoDay.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = NoDay
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}

// A Period is a calendar unit in which values are counted.
type Period string

const (
	PeriodDay     Period = "day"
	PeriodWeek    Period = "week"
	PeriodMonth   Period = "month"
	PeriodQuarter Period = "quarter"
	PeriodYear    Period = "year"
	PeriodNone    Period = ""
)

// Start gives the first day of the period that holds d; weeks begin on Monday (ISO 8601).
func (p Period) Start(d Day) Day {
	y, m, _ := d.Date()
	switch p {
	case PeriodWeek:
		return d - Day((int(d.Weekday())+6)%7)
	case PeriodMonth:
		return DateDay(y, m, 1)
	case PeriodQuarter:
		return DateDay(y, (m-1)/3*3+1, 1)
	case PeriodYear:
		return DateDay(y, 1, 1)
	}
	return d
}

// Next gives the first day of the period after the one that holds d.
func (p Period) Next(d Day) Day {
	s := p.Start(d)
	y, m, _ := s.Date()
	switch p {
	case PeriodWeek:
		return s + 7
	case PeriodMonth:
		return DateDay(y, m+1, 1)
	case PeriodQuarter:
		return DateDay(y, m+3, 1)
	case PeriodYear:
		return DateDay(y+1, 1, 1)
	}
	return d + 1
}

// AddMonths gives the same day n months on, or the last day of that month where it has no such day:
// 31 January and one month is 28 or 29 February.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	first := DateDay(y, m+time.Month(n), 1)
	last := PeriodMonth.Next(first) - first
	return first + Day(min(day, int(last))) - 1
}

// An Instant is a moment: microseconds since 1970-01-01 UTC.
type Instant int64

// InstantOf gives the instant of t, to the microsecond.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time gives the instant as a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// MarshalText gives RFC 3339 with microseconds, for JSON.
func (i Instant) MarshalText() ([]byte, error) {
	return []byte(i.Time().Format("2006-01-02T15:04:05.999999Z07:00")), nil
}

// UnmarshalText reads RFC 3339.
func (i *Instant) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return Invalid("", "instant_form", Args{"value": string(b)})
	}
	*i = InstantOf(t)
	return nil
}

// Noon gives the instant of local noon on d in zone: where a value known by its day only is put.
func (d Day) Noon(zone *time.Location) Instant {
	y, m, day := d.Date()
	return InstantOf(time.Date(y, m, day, 12, 0, 0, 0, zone))
}
