package i18n

import (
	"strconv"
	"strings"
	"time"
)

// A Civil is a calendar day: time.Time gives the day in its own zone, and a local day of the product
// gives itself.
type Civil interface {
	Date() (year int, month time.Month, day int)
}

// names are a language's calendar words; the short forms are the ones that stand in lists and charts.
type names struct {
	months, shortMonths [13]string // from 1
	days, shortDays     [7]string  // from Sunday, as time.Weekday
}

var calendar = [2]names{
	EN: {
		months:      [13]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		shortMonths: [13]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		shortDays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	},
	DE: {
		months:      [13]string{"", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		shortMonths: [13]string{"", "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		days:        [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		shortDays:   [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
	},
}

// Month gives the month's name; m is 1 to 12.
func (l Lang) Month(m time.Month) string { return calendar[l&1].months[m] }

// MonthShort gives the month's short name; m is 1 to 12.
func (l Lang) MonthShort(m time.Month) string { return calendar[l&1].shortMonths[m] }

// MonthYear names a month: "December 2026".
func (l Lang) MonthYear(d Civil) string {
	y, m, _ := d.Date()
	return l.Month(m) + " " + strconv.Itoa(y)
}

// Weekday gives the weekday's name.
func (l Lang) Weekday(w time.Weekday) string { return calendar[l&1].days[w] }

// WeekdayShort gives the weekday's short name.
func (l Lang) WeekdayShort(w time.Weekday) string { return calendar[l&1].shortDays[w] }

// Date writes a day without its year: "31 December", "31. Dezember".
func (l Lang) Date(d Civil) string {
	_, m, day := d.Date()
	return l.dayOf(day) + " " + l.Month(m)
}

// DateShort writes a day for a list or a chart: "31 Dec", "31. Dez.".
func (l Lang) DateShort(d Civil) string {
	_, m, day := d.Date()
	return l.dayOf(day) + " " + l.MonthShort(m)
}

// DateYear writes a day with its year: "31 December 2026".
func (l Lang) DateYear(d Civil) string {
	y, _, _ := d.Date()
	return l.Date(d) + " " + strconv.Itoa(y)
}

// DateShortYear writes a day with its year for a list: "31 Dec 2026".
func (l Lang) DateShortYear(d Civil) string {
	y, _, _ := d.Date()
	return l.DateShort(d) + " " + strconv.Itoa(y)
}

// DateNear writes a day as one says it today: the year only where it is another one.
func (l Lang) DateNear(d, today Civil) string {
	y, _, _ := d.Date()
	if now, _, _ := today.Date(); y == now {
		return l.Date(d)
	}
	return l.DateYear(d)
}

// DateWeekday writes a day with its weekday: "Thursday, 31 December".
func (l Lang) DateWeekday(d Civil) string { return l.Weekday(weekday(d)) + ", " + l.Date(d) }

func (l Lang) dayOf(day int) string {
	if l == DE {
		return strconv.Itoa(day) + "."
	}
	return strconv.Itoa(day)
}

// DayWord names a day as seen from today: "today", "yesterday", "tomorrow", else as DateNear.
func (l Lang) DayWord(d, today Civil) string {
	switch number(d) - number(today) {
	case 0:
		return l.T("when.today")
	case -1:
		return l.T("when.yesterday")
	case 1:
		return l.T("when.tomorrow")
	}
	return l.DateNear(d, today)
}

// DaysAway says how far d lies from today: "in 3 days", "5 weeks ago", "today". From 14 days on it
// counts whole weeks, from 90 days on months of 30.4 days, rounded.
func (l Lang) DaysAway(d, today Civil) string {
	n := number(d) - number(today)
	if n >= -1 && n <= 1 {
		return l.DayWord(d, today)
	}
	way, key := "when.in_", n
	if n < 0 {
		way, key = "when.ago_", -n
	}
	switch {
	case key >= 90:
		return l.T(way+"months", Args{"n": (key*10 + 152) / 304})
	case key >= 14:
		return l.T(way+"weeks", Args{"n": key / 7})
	}
	return l.T(way+"days", Args{"n": key})
}

// Ago says how long something is past: "just now", "2 min ago", "3 h ago", "4 days ago".
func (l Lang) Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return l.T("when.now")
	case d < time.Hour:
		return l.T("when.ago_minutes", Args{"n": int(d / time.Minute)})
	case d < 24*time.Hour:
		return l.T("when.ago_hours", Args{"n": int(d / time.Hour)})
	}
	return l.T("when.ago_days", Args{"n": int(d / (24 * time.Hour))})
}

// Wait says how long to wait, from seconds: "12 s", "3 min", "2 h"; never less than the wait is.
func (l Lang) Wait(seconds int64) string {
	n, unit := seconds, " s"
	switch {
	case seconds > 90*60:
		n, unit = (seconds+3599)/3600, " h"
	case seconds > 90:
		n, unit = (seconds+59)/60, " min"
	}
	return l.Numbers().Integer(n) + unit
}

// Clock writes a time of day on 24 hours, "09:14", in the zone of t.
func (l Lang) Clock(t time.Time) string { return t.Format("15:04") }

// number counts days, for differences only.
func number(d Civil) int {
	y, m, day := d.Date()
	return int(time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func weekday(d Civil) time.Weekday {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Weekday()
}

// ParseDate reads a day that a person typed, in either language: 2026-12-31, 31.12.2026,
// "31 December 2026", "31. Dez. 2026", "December 31, 2026", today, yesterday, tomorrow and the German
// words. Problems: date_not_real for a day that its month does not have (reliability row 23),
// date_ambiguous for slashes, which one half of the world reads as day first, date_form for the rest.
func (l Lang) ParseDate(s string, today Civil) (year int, month time.Month, day int, err error) {
	text := strings.ToLower(strings.TrimSpace(s))
	if shift, ok := dayWords(text); ok {
		y, m, d := today.Date()
		year, month, day = time.Date(y, m, d+shift, 0, 0, 0, 0, time.UTC).Date()
		return year, month, day, nil
	}
	if strings.Contains(text, "/") {
		return 0, 0, 0, ambiguous(text)
	}
	y, m, d, ok := readDate(text)
	if !ok {
		return 0, 0, 0, &Problem{Code: "date_form", Args: Args{"value": clip(strings.TrimSpace(s))}}
	}
	if last := lastDay(y, m); d > last {
		return 0, 0, 0, &Problem{Code: "date_not_real", Args: Args{
			"day": d, "month": m, "year": y, "last": last, "suggestion": iso(y, m, last)}}
	}
	return y, time.Month(m), d, nil
}

// dayWords gives the distance from today of a word for a day.
func dayWords(s string) (shift int, ok bool) {
	switch s {
	case "today", "heute":
		return 0, true
	case "yesterday", "gestern":
		return -1, true
	case "tomorrow", "morgen":
		return 1, true
	case "vorgestern":
		return -2, true
	case "übermorgen":
		return 2, true
	}
	return 0, false
}

// readDate takes the three numbers of a date; the day may be one that the month does not have.
func readDate(s string) (y, m, d int, ok bool) {
	if p := strings.Split(s, "-"); len(p) == 3 {
		return numbers(p[0], p[1], p[2])
	}
	if p := strings.Split(s, "."); len(p) == 3 && digits(strings.TrimSpace(p[1])) {
		return numbers(strings.TrimSpace(p[2]), strings.TrimSpace(p[1]), strings.TrimSpace(p[0]))
	}
	p := strings.Fields(strings.ReplaceAll(s, ",", " "))
	if len(p) != 3 {
		return 0, 0, 0, false
	}
	if monthNumber(p[0]) > 0 { // December 31, 2026
		p[0], p[1] = p[1], p[0]
	}
	return numbers(p[2], strconv.Itoa(monthNumber(p[1])), strings.TrimSuffix(p[0], "."))
}

// numbers wants a year of four digits, a month of the year and a day of 1 to 31.
func numbers(ys, ms, ds string) (y, m, d int, ok bool) {
	if len(ys) != 4 || len(ms) > 2 || len(ds) > 2 || !digits(ys) || !digits(ms) || !digits(ds) {
		return 0, 0, 0, false
	}
	y, _ = strconv.Atoi(ys) // digits only, at most four
	m, _ = strconv.Atoi(ms)
	d, _ = strconv.Atoi(ds)
	return y, m, d, y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// monthNumber reads a month's name or short name in either language; 0 is none.
func monthNumber(s string) int {
	s = strings.TrimSuffix(s, ".")
	switch s {
	case "sep", "sept":
		return 9
	case "mrz":
		return 3
	}
	for _, c := range calendar {
		for i := 1; i <= 12; i++ {
			if s == strings.ToLower(c.months[i]) || s == strings.TrimSuffix(strings.ToLower(c.shortMonths[i]), ".") {
				return i
			}
		}
	}
	return 0
}

// ambiguous answers a date with slashes: it suggests the reading that exists, or both.
func ambiguous(s string) error {
	p := strings.Split(s, "/")
	if len(p) != 3 {
		return &Problem{Code: "date_form", Args: Args{"value": clip(s)}}
	}
	var readings []string
	for _, order := range [2][2]int{{0, 1}, {1, 0}} { // month first, then day first
		y, m, d, ok := numbers(p[2], p[order[0]], p[order[1]])
		if r := iso(y, m, d); ok && d <= lastDay(y, m) && (len(readings) == 0 || readings[0] != r) {
			readings = append(readings, r)
		}
	}
	switch len(readings) {
	case 1:
		return &Problem{Code: "date_slashes", Args: Args{"suggestion": readings[0]}}
	case 2:
		return &Problem{Code: "date_ambiguous", Args: Args{"suggestion": readings[1], "or": readings[0]}}
	}
	return &Problem{Code: "date_form", Args: Args{"value": clip(s)}}
}

func iso(y, m, d int) string {
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func lastDay(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }
