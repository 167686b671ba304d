package reader

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

const allDays = 1<<7 - 1

// rhythm reads on which days or how often something is done: "on weekdays", "5 days of 7", "twice a week",
// "every Friday". n is 0 for none.
func (p *parser) rhythm(i int) (s Span, n int) {
	for _, read := range []func(int) (Value, int){p.everyFew, p.daySet, p.someDays, p.oftenTimes, p.weekdays} {
		if v, n := read(i); n > 0 {
			v.From, v.To = tandem.NoDay, tandem.NoDay
			return Span{Kind: KindRhythm, Value: v}, n
		}
	}
	return s, 0
}

// daySet reads a word for a set of days. Most days are read as 4 of 7, every other day as 3.5 a week.
func (p *parser) daySet(i int) (v Value, n int) {
	set, n := p.find(i, "days_set")
	if n == 0 {
		if set, n = p.find(i, "often"); n == 0 || set != "day" {
			return v, 0
		}
		set = "all"
	}
	const weekend = 1<<0 | 1<<6
	v.Period = tandem.PeriodWeek
	switch set {
	case "weekdays":
		v.Times, v.RestDays = 5, weekend
	case "weekends":
		v.Times, v.RestDays = 2, allDays&^weekend
	case "other":
		v.Times = 3.5
	case "most":
		v.Times = 4
	case "all":
		v.Times, v.Period = 1, tandem.PeriodDay
	}
	return v, n
}

// someDays reads "5 days of 7", "5 of 7 days", "5 days a week", "an fünf Tagen in der Woche".
func (p *parser) someDays(i int) (v Value, n int) {
	start := i
	if k := p.skip(i, "on"); k > 0 {
		i += k
	}
	times, _, two, k := p.number(i)
	if k == 0 || two || times < 1 || times > 31 || times != float64(int(times)) {
		return v, 0
	}
	i += k
	days := p.skip(i, "day_noun")
	i += days
	if k := p.skip(i, "share"); k > 0 {
		if seven, _, _, m := p.number(i + k); m > 0 && seven == 7 && times <= 7 {
			i += k + m
			if days == 0 {
				if days = p.skip(i, "day_noun"); days == 0 {
					return v, 0
				}
				i += days
			}
			return Value{Times: times, Period: tandem.PeriodWeek}, i - start
		}
	}
	if days == 0 {
		return v, 0
	}
	if u, k := p.per(i); k > 0 && (u == tandem.PeriodWeek && times <= 7 || u == tandem.PeriodMonth) {
		return Value{Times: times, Period: u}, i + k - start
	}
	return v, 0
}

// oftenTimes reads "twice a week", "3 times a month", "3x/Woche", "dreimal in der Woche".
func (p *parser) oftenTimes(i int) (v Value, n int) {
	start := i
	if w, k := p.find(i, "often_times"); k > 0 {
		v.Times, _ = strconv.ParseFloat(w, 64)
		i += k
	} else {
		times, _, two, k := p.number(i)
		if k == 0 || two || times <= 0 {
			return v, 0
		}
		i += k
		if p.isSign(i, "-") && p.glued(i) {
			i++
		}
		k = p.skip(i, "times")
		if k == 0 {
			return v, 0
		}
		v.Times = times
		i += k
	}
	u, k := p.per(i)
	if k == 0 {
		if u, k = p.each(i); k == 0 {
			return Value{}, 0
		}
	}
	v.Period = u
	return v, i + k - start
}

// everyFew reads "every 2 weeks", "alle drei Tage": once in so many, as a part of one. What would be less
// than once in a quarter is none.
func (p *parser) everyFew(i int) (v Value, n int) {
	k := p.skip(i, "each")
	if k == 0 && p.follows2(i, "alle") {
		k = 1
	}
	if k == 0 {
		return v, 0
	}
	count, _, two, m := p.number(i + k)
	unit, u := p.find(i+k+m, "span")
	if m == 0 || u == 0 || two || count < 2 || count > 12 || count != float64(int(count)) {
		return v, 0
	}
	switch {
	case unit == "day":
		v.Period, v.Times = tandem.PeriodWeek, 7/count
	case unit == "week":
		v.Period, v.Times = tandem.PeriodWeek, 1/count
	case unit == "month" && count <= 3:
		v.Period, v.Times = tandem.PeriodMonth, 1/count
	default:
		return v, 0
	}
	return v, k + m + u
}

// per reads "a week", "pro Woche", "/week": the period in which an amount is counted.
func (p *parser) per(i int) (u tandem.Period, n int) {
	k := p.skip(i, "per")
	if k == 0 && p.isSign(i, "/") {
		k = 1
	}
	if k == 0 {
		return "", 0
	}
	unit, m := p.find(i+k, "span")
	if p.is(i+k, "night") {
		return tandem.PeriodDay, k + p.skip(i+k, "night")
	}
	if m == 0 && p.isSign(i, "/") {
		unit, m = p.find(i+k, "span_short")
	}
	switch u := tandem.Period(unit); u {
	case tandem.PeriodDay, tandem.PeriodWeek, tandem.PeriodMonth, tandem.PeriodQuarter, tandem.PeriodYear:
		return u, k + m
	}
	return "", 0
}

// each reads "each month", "jeden Monat", "monthly": the period after which something comes again.
func (p *parser) each(i int) (u tandem.Period, n int) {
	if v, k := p.find(i, "repeat_word"); k > 0 {
		return tandem.Period(v), k
	}
	if v, k := p.find(i, "often"); k > 0 {
		return tandem.Period(v), k
	}
	k := p.skip(i, "each")
	if k == 0 {
		return "", 0
	}
	unit, m := p.find(i+k, "span")
	switch u := tandem.Period(unit); u {
	case tandem.PeriodDay, tandem.PeriodWeek, tandem.PeriodMonth, tandem.PeriodQuarter, tandem.PeriodYear:
		return u, k + m
	}
	return "", 0
}

// weekdays reads one or more days of the week on which something is done: "every Friday", "montags und
// donnerstags", "Mon/Wed/Fri".
func (p *parser) weekdays(i int) (v Value, n int) {
	start := i
	led := p.skip(i, "each")
	if led == 0 && p.skip(i, "on") > 0 && p.is(i+p.skip(i, "on"), "on_weekday") {
		i += p.skip(i, "on")
	}
	i += led
	var days uint8
	count, short := 0, false
	for {
		w, k, isShort := p.oneWeekday(i, led > 0 || count > 0)
		if k == 0 {
			break
		}
		d, _ := strconv.Atoi(w)
		days |= 1 << d
		count++
		i += k
		n = i - start
		short = short || isShort
		if p.isSign(i, ",/+&") {
			i++
		} else if k := p.skip(i, "and"); k > 0 {
			i += k
		} else {
			break
		}
		i += p.skip(i, "each")
	}
	if n == 0 || short && count < 2 {
		return v, 0
	}
	return Value{Times: float64(bits.OnesCount8(days)), Period: tandem.PeriodWeek, RestDays: allDays &^ days}, n
}

// oneWeekday reads a day of the week as a repeated one. Its plain name needs "every" before it, or another
// day; a short name needs its capital.
func (p *parser) oneWeekday(i int, led bool) (w string, n int, short bool) {
	if w, n = p.find(i, "on_weekday"); n > 0 {
		return w, n, false
	}
	if w, n = p.find(i, "weekday"); n > 0 && led {
		return w, n, false
	}
	if w, n = p.find(i, "weekday_short"); n > 0 {
		r, _ := utf8.DecodeRuneInString(p.text[p.ts[i].start:])
		if unicode.IsUpper(r) && strings.ToUpper(p.ts[i].low) != p.text[p.ts[i].start:p.ts[i].end] {
			return w, n, true
		}
	}
	return "", 0, false
}
