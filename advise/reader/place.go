package reader

import (
	"strconv"
	"strings"
	"time"

	"tandem"
)

// A lead is what stands before the name of a time.
type lead uint8

const (
	bare          lead = iota
	byPreposition      // which a year in figures or a weekday needs
	byEdge             // "end of", which the bare word for a unit needs
)

// place reads the name of a time at token i, without its preposition.
func (p *parser) place(i int, led lead) place {
	for _, read := range []func(int, lead) place{p.namedDate, p.date, p.monthPlace, p.isoWeek, p.relative, p.quarter, p.feast, p.dayWord, p.plainYear} {
		if pl := read(i, led); pl.n > 0 {
			return pl
		}
	}
	return place{}
}

// namedDate finds one of the workspace's own dates; the longest name wins.
func (p *parser) namedDate(i int, led lead) (best place) {
	if i >= len(p.ts) || led == bare && !p.is(i-1, "this") {
		return best
	}
	for _, d := range p.in.Dates {
		n := p.matches(i, d.Name)
		if n > best.n {
			best = place{n: n, stretch: stretch{from: d.From, to: d.To}}
			if d.From == tandem.NoDay || d.From > d.To {
				best.from = d.To
			}
		}
	}
	return best
}

// matches gives how many tokens at i are the words of a name, 0 for another.
func (p *parser) matches(i int, name string) int {
	n := 0
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if i+n >= len(p.ts) || p.ts[i+n].low != w {
			return 0
		}
		n++
	}
	return n
}

// date reads a date in figures: 2026-12-31, 31.12.2026, 31.12., 12/31/2026, 3/4, the 15th.
func (p *parser) date(i int, led lead) (pl place) {
	if !p.isNumber(i) {
		return pl
	}
	raw := p.ts[i].low
	switch {
	case isoDate(raw):
		return p.civil(raw[:4], raw[5:7], raw[8:], 1)
	case strings.Count(raw, ".") == 2:
		f := strings.Split(raw, ".")
		return p.civil(f[2], f[1], f[0], 1)
	case strings.Count(raw, ".") == 1 && (p.isSign(i+1, ".") && p.glued(i+1) || led != bare && p.lang == German):
		f := strings.Split(raw, ".")
		pl = p.civil("", f[1], f[0], 1)
		if pl.n > 0 && p.isSign(i+1, ".") && p.glued(i+1) {
			pl.n++
		}
		return pl
	case strings.Count(raw, "/") == 2 || strings.Count(raw, "/") == 1 && !p.is(i+1, "share"):
		return p.slashes(strings.Split(raw, "/"))
	}
	if d, err := strconv.Atoi(raw); err == nil && led != bare && len(raw) <= 2 {
		if k := p.ordinalMark(i + 1); k > 0 && p.skip(i+1+k, "month") == 0 && !p.isWord(i+1+k+p.skip(i+1+k, "of")) {
			if day, ok := p.in.dayOfMonth(d, p.log); ok {
				return place{stretch: oneDay(day), n: 1 + k}
			}
		}
	}
	return pl
}

// ordinalMark gives the tokens that make the number before i an ordinal: "st", "nd", "rd", "th", or a point.
func (p *parser) ordinalMark(i int) int {
	if i >= len(p.ts) || !p.glued(i) {
		return 0
	}
	switch p.ts[i].low {
	case "st", "nd", "rd", "th", ".":
		return 1
	}
	return 0
}

// civil makes the place of a date from its three numbers; an empty year is the next one that fits.
func (p *parser) civil(ys, ms, ds string, n int) (pl place) {
	m, errM := strconv.Atoi(ms)
	d, errD := strconv.Atoi(ds)
	if errM != nil || errD != nil || len(ms) > 2 || len(ds) > 2 {
		return pl
	}
	if ys == "" {
		if day, ok := p.in.dayOf(time.Month(m), d, p.log); ok {
			return place{stretch: oneDay(day), n: n}
		}
		return pl
	}
	y, err := strconv.Atoi(ys)
	if err != nil || len(ys) != 2 && len(ys) != 4 {
		return pl
	}
	if len(ys) == 2 {
		y += 2000
	}
	if day, ok := realDay(y, time.Month(m), d); ok {
		return place{stretch: oneDay(day), n: n}
	}
	return pl
}

// slashes reads 31/12/2026, 12/31/2026 and 3/4, with both orders where both are dates.
func (p *parser) slashes(f []string) (pl place) {
	year := ""
	if len(f) == 3 {
		if len(f[0]) == 4 {
			return p.civil(f[0], f[1], f[2], 1)
		}
		year = f[2]
	}
	dayFirst, monthFirst := p.civil(year, f[1], f[0], 1), p.civil(year, f[0], f[1], 1)
	switch {
	case dayFirst.n == 0:
		return monthFirst
	case monthFirst.n == 0 || dayFirst.to == monthFirst.to:
		return dayFirst
	}
	pl = dayFirst
	pl.ask, pl.ids, pl.alts = askDate, []string{"day_first", "month_first"}, []stretch{dayFirst.stretch, monthFirst.stretch}
	if p.lang == English {
		pl.ids, pl.alts = []string{"month_first", "day_first"}, []stretch{monthFirst.stretch, dayFirst.stretch}
	}
	return pl
}

// monthPlace reads a month with or without day and year: "31 March", "31st of March 2027", "March 31, 2027",
// "31. März", "June", "Juni 2027".
func (p *parser) monthPlace(i int, _ lead) (pl place) {
	start, day := i, 0
	if p.isNumber(i) {
		d, err := strconv.Atoi(p.ts[i].low)
		if err != nil || d < 1 || d > 31 {
			return pl
		}
		i++
		i += p.ordinalMark(i)
		i += p.skip(i, "of")
		day = d
	} else if v, k := p.find(i, "ordinal"); k > 0 {
		d, _ := strconv.Atoi(v)
		if i += k; p.skip(i, "of") == 0 && !p.is(i, "month") {
			return pl
		}
		i += p.skip(i, "of")
		day = d
	}
	v, k := p.find(i, "month")
	if k == 0 {
		return pl
	}
	m, _ := strconv.Atoi(v)
	i += k
	if p.isSign(i, ".") && p.glued(i) && len(p.ts[i-1].low) <= 4 && i+1 < len(p.ts) && p.isNumber(i+1) {
		i++ // Dez. 2026
	}
	if day == 0 && p.isNumber(i) && len(p.ts[i].low) <= 2 && !p.is(i+1, "unit") {
		if d, err := strconv.Atoi(p.ts[i].low); err == nil && d >= 1 && d <= 31 && p.lang == English {
			day = d
			i++
			i += p.ordinalMark(i)
		}
	}
	year := ""
	comma := 0
	if p.isSign(i, ",") {
		comma = 1
	}
	if p.isYear(i + comma) {
		year = p.ts[i+comma].low
		i += comma + 1
	}
	if day > 0 {
		pl = p.civil(year, strconv.Itoa(m), strconv.Itoa(day), i-start)
		if pl.n == 0 { // 31 June: named, and not real
			pl = place{n: i - start, text: p.slice(start, i)}
		}
		return pl
	}
	pl = place{stretch: p.in.month(time.Month(m)), n: i - start, named: year == ""}
	if year != "" {
		y, _ := strconv.Atoi(year)
		pl.stretch = unitAt(tandem.PeriodMonth, tandem.DateDay(y, time.Month(m), 1), 0)
	}
	return pl
}

// isoWeek reads "KW 50", "calendar week 50", "week 50" behind a preposition: the next week of that number, or
// the last one in a log line (ISO 8601: week 1 is the one with 4 January).
func (p *parser) isoWeek(i int, led lead) (pl place) {
	k := p.skip(i, "calendar_week")
	if v, n := p.find(i, "span"); k == 0 && v == "week" && led != bare {
		k = n
	}
	if k == 0 || !p.isNumber(i+k) {
		return pl
	}
	number, err := strconv.Atoi(p.ts[i+k].low)
	if err != nil || number < 1 || number > 53 {
		return pl
	}
	year, _, _ := p.in.Today.Date()
	n := k + 1
	years := []int{year, year + 1}
	if p.log {
		years = []int{year, year - 1}
	}
	if p.isYear(i + n) {
		y, _ := strconv.Atoi(p.ts[i+n].low)
		years, n = []int{y}, n+1
	}
	for _, y := range years {
		first := tandem.PeriodWeek.Start(tandem.DateDay(y, 1, 4))
		s := unitAt(tandem.PeriodWeek, first, number-1)
		if thursday, _, _ := (s.from + 3).Date(); thursday != y {
			continue // a year of 52 weeks
		}
		if len(years) == 1 || !p.log && s.to >= p.in.Today || p.log && s.from <= p.in.Today {
			return place{stretch: s, n: n}
		}
	}
	return pl
}

// isYear tells whether token i is a year of four digits, from one before today's to maxYears on.
func (p *parser) isYear(i int) bool {
	if !p.isNumber(i) || len(p.ts[i].low) != 4 {
		return false
	}
	y, err := strconv.Atoi(p.ts[i].low)
	now, _, _ := p.in.Today.Date()
	return err == nil && y >= now-1 && y <= now+maxYears
}

// plainYear reads a year alone behind a preposition: "in 2027".
func (p *parser) plainYear(i int, led lead) (pl place) {
	if led == bare || !p.isYear(i) || p.is(i+1, "unit") || p.is(i+1, "currency") {
		return pl
	}
	y, _ := strconv.Atoi(p.ts[i].low)
	if p.isWord(i+1) && p.ts[i+1].phrases == nil {
		return pl // 2027 readers
	}
	return place{stretch: unitAt(tandem.PeriodYear, tandem.DateDay(y, 1, 1), 0), n: 1}
}

// relative reads "this month", "next year", "the rest of the quarter", "dieses Semester", and behind an edge
// the bare unit.
func (p *parser) relative(i int, led lead) (pl place) {
	start, shift := i, 0
	c, _, n := p.findAny(i, "this", "next", "last")
	switch {
	case c == "next":
		shift = 1
	case c == "last":
		shift = -1
	case n == 0 && led != byEdge && !p.is(i, "fiscal_year"):
		return pl
	}
	i += n
	if k := p.skip(i, "fiscal"); k > 0 && !p.is(i, "fiscal_year") {
		return p.fiscalUnit(i+k, start, shift)
	}
	if k := p.skip(i, "fiscal_year"); k > 0 {
		return p.fiscalUnit(i, start, shift)
	}
	if n > 0 {
		if v, k := p.find(i, "weekday"); k > 0 {
			return p.nextWeekday(v, i+k-start, shift)
		}
		if v, k := p.find(i, "season"); k > 0 {
			m, _ := strconv.Atoi(v)
			s := p.in.season(time.Month(m))
			if shift > 0 && s.from <= p.in.Today {
				s.from, s.to = s.from.AddMonths(12), s.to.AddMonths(12)
			}
			return place{stretch: s, n: i + k - start}
		}
		if v, k := p.find(i, "month"); k > 0 && shift >= 0 {
			m, _ := strconv.Atoi(v)
			return place{stretch: p.in.month(time.Month(m)), n: i + k - start}
		}
	}
	if k := p.skip(i, "term"); k > 0 {
		return p.term(i, k, i+k-start, shift)
	}
	unit, k := p.find(i, "span")
	u := tandem.Period(unit)
	switch u {
	case tandem.PeriodWeek, tandem.PeriodMonth, tandem.PeriodYear, tandem.PeriodQuarter:
	default:
		return pl
	}
	if k == 0 || n == 0 && led != byEdge {
		return pl
	}
	i += k
	pl = place{stretch: unitAt(u, p.in.Today, shift), n: i - start, calendar: n > 0 && shift == 0 && u != tandem.PeriodYear}
	if u == tandem.PeriodQuarter {
		pl.stretch = p.fiscalQuarter(shift)
	}
	if left := pl.to - p.in.Today; u == tandem.PeriodYear && shift == 0 && n > 0 && left <= lateYear {
		pl.ask, pl.ids = askYear, []string{"this", "next"}
		pl.alts = []stretch{pl.stretch, unitAt(u, p.in.Today, 1)}
	}
	return pl
}

// term finds a named stretch of the workspace whose name has the word at i: the one of today, or the next.
func (p *parser) term(i, words, n, shift int) place {
	word := strings.ToLower(p.slice(i, i+words))
	best := place{}
	for _, d := range p.in.Dates {
		if d.From == tandem.NoDay || d.To < d.From || !strings.Contains(strings.ToLower(d.Name), word) {
			continue
		}
		fits := d.From <= p.in.Today && d.To >= p.in.Today
		if shift > 0 {
			fits = d.From > p.in.Today
		}
		if fits && shift >= 0 && (best.n == 0 || d.From < best.from) {
			best = place{stretch: stretch{from: d.From, to: d.To}, n: n}
		}
	}
	if best.n == 0 {
		return place{n: n, text: p.slice(i+words-n, i+words)}
	}
	return best
}

// quarter reads "Q2", "Q2 2027", "2. Quartal", "first quarter", "H1", "zweites Halbjahr", "FY27".
func (p *parser) quarter(i int, _ lead) (pl place) {
	start := i
	number, months := 0, 0
	if v, k := p.find(i, "quarter"); k > 0 {
		number, months, i = int(v[0]-'0'), 3, i+k
	} else if v, k := p.find(i, "half"); k > 0 {
		number, months, i = int(v[0]-'0'), 6, i+k
	} else if i < len(p.ts) && p.ts[i].kind == wordToken && strings.HasPrefix(p.ts[i].low, "fy") && len(p.ts[i].low) > 2 {
		y, err := strconv.Atoi(p.ts[i].low[2:])
		if err != nil || y > 9999 || len(p.ts[i].low) != 4 && len(p.ts[i].low) != 6 {
			return pl
		}
		if y < 100 {
			y += 2000
		}
		return p.fiscalNamed(y, 1, false)
	} else if number, months, i = p.countedPart(i); number == 0 {
		return pl
	}
	i += p.skip(i, "of_year")
	if months == 0 || number < 1 || number > 12/months {
		return pl
	}
	if p.isYear(i) {
		y, _ := strconv.Atoi(p.ts[i].low)
		ends, begins := p.in.part(y-1, number, months), p.in.part(y, number, months)
		if !p.in.fiscal() {
			return place{stretch: begins, n: i + 1 - start}
		}
		return place{stretch: ends, n: i + 1 - start, ask: askYear, ids: []string{"ends", "begins"}, alts: []stretch{ends, begins}}
	}
	return place{stretch: p.in.nextPart(number, months), n: i - start}
}

// countedPart reads an ordinal with the word for a quarter or a half.
func (p *parser) countedPart(i int) (number, months, next int) {
	v, k := p.find(i, "ordinal")
	if k == 0 && p.isNumber(i) && len(p.ts[i].low) == 1 {
		if m := p.ordinalMark(i + 1); m > 0 {
			v, k = p.ts[i].low, 1+m
		}
	}
	if k == 0 {
		return 0, 0, i
	}
	number, _ = strconv.Atoi(v)
	i += k
	unit, n := p.find(i, "span")
	switch unit {
	case "quarter":
		return number, 3, i + n
	case "half":
		return number, 6, i + n
	}
	return 0, 0, i
}

// feast reads a feast or a season by its name, and "year end" and its like.
func (p *parser) feast(i int, led lead) (pl place) {
	if v, k := p.find(i, "unit_end"); k > 0 {
		s := unitAt(tandem.Period(v), p.in.Today, 0)
		if v == "quarter" {
			s = p.fiscalQuarter(0)
		}
		return place{stretch: oneDay(s.to), n: k}
	}
	if v, k := p.find(i, "holiday"); k > 0 {
		if d, ok := p.in.holiday(v); ok {
			return place{stretch: oneDay(d), n: k, named: true}
		}
	}
	if v, k := p.find(i, "season"); k > 0 && led != bare {
		m, _ := strconv.Atoi(v)
		return place{stretch: p.in.season(time.Month(m)), n: k}
	}
	return pl
}

// dayWord reads today, tomorrow, yesterday and the names of weekdays.
func (p *parser) dayWord(i int, led lead) (pl place) {
	if v, k := p.find(i, "day_word"); k > 0 {
		shift, _ := strconv.Atoi(v)
		if shift < 0 && !p.log {
			return pl
		}
		return place{stretch: oneDay(p.in.Today + tandem.Day(shift)), n: k}
	}
	if v, k := p.find(i, "weekday"); k > 0 && (led != bare || p.log) {
		w, _ := strconv.Atoi(v)
		day := p.in.weekday(time.Weekday(w), p.log)
		pl = place{stretch: oneDay(day), n: k}
		if day == p.in.Today && !p.log {
			pl.ask, pl.ids, pl.alts = askWeekday, []string{"today", "in_a_week"}, []stretch{oneDay(day), oneDay(day + 7)}
		}
	}
	return pl
}

// nextWeekday reads a weekday behind "this" or "next"; the next one may be the coming one or that of next week.
func (p *parser) nextWeekday(v string, n, shift int) place {
	w, _ := strconv.Atoi(v)
	day := p.in.weekday(time.Weekday(w), shift < 0)
	if shift < 0 {
		if day == p.in.Today {
			day -= 7
		}
		return place{stretch: oneDay(day), n: n}
	}
	if shift == 0 {
		return place{stretch: oneDay(day), n: n}
	}
	if day == p.in.Today {
		day += 7
	}
	monday := tandem.PeriodWeek.Next(p.in.Today)
	later := monday + tandem.Day((w+6)%7)
	if later == day {
		return place{stretch: oneDay(day), n: n}
	}
	return place{stretch: oneDay(day), n: n, ask: askWeekday, ids: []string{"coming", "next_week"}, alts: []stretch{oneDay(day), oneDay(later)}}
}
