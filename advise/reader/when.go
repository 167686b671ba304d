package reader

import (
	"strconv"
	"strings"

	"tandem"
)

// lateYear is how many days before the end of a year "this year" begins to be asked about.
const lateYear = 45

// A place is a time that the text names, before it is known what it is for. Alternatives have the same
// shape; the first is in force.
type place struct {
	stretch
	n        int
	ask      string // the question between alts
	ids      []string
	alts     []stretch
	calendar bool   // a calendar unit that may be meant once or each time: "this month"
	ahead    bool   // reckoned from today: "in 6 weeks"
	named    bool   // it could be a word of another kind and needs a preposition or a capital
	text     string // of what no calendar knows
}

// when reads a time at token i: a deadline or a stretch, with its preposition. n is 0 for none.
func (p *parser) when(i int) (s Span, n int) {
	start := i
	c, _, k := p.findAny(i, "by", "before", "in", "on", "since", "over")
	if p.follows2(i, "from", "vom") {
		if s, n := p.fromTo(i); n > 0 {
			return s, n
		}
	}
	i += k
	if c == "since" {
		return s, 0
	}
	if pl := p.length(i, c); pl.n > 0 {
		return p.spanOf(pl, c, "", i-start)
	}
	i += p.skip(i, "the")
	edge, k := p.find(i, "edge")
	if k > 0 && !p.is(i+k, "zu") {
		i += k
		i += p.skip(i, "the")
	}
	pl := p.place(i, ledBy(c, k))
	if pl.n == 0 && c != "" && edge == "" {
		pl = p.event(i, c)
	}
	if pl.n == 0 || pl.named && c == "" && edge == "" && !p.capital(i, start) {
		return s, 0
	}
	if more := p.skip(i+pl.n, "from_now"); more > 0 {
		pl.n += more
	}
	return p.spanOf(pl, c, edge, i-start)
}

// ledBy tells what stands before a time: an edge, a preposition, or nothing.
func ledBy(prep class, edge int) lead {
	switch {
	case edge > 0:
		return byEdge
	case prep != "":
		return byPreposition
	}
	return bare
}

// follows2 tells whether token i is one of two words.
func (p *parser) follows2(i int, words ...string) bool {
	for _, w := range words {
		if i >= 0 && i < len(p.ts) && p.ts[i].low == w {
			return true
		}
	}
	return false
}

// capital tells whether token i begins with a capital though it is not the first of its clause.
func (p *parser) capital(i, start int) bool {
	if i >= len(p.ts) || start == 0 || p.ends(start-1) {
		return false
	}
	t := p.ts[i]
	return strings.ToLower(p.text[t.start:t.end]) != p.text[t.start:t.end]
}

// spanOf turns a place with its preposition and edge into a span of lead tokens and its own.
func (p *parser) spanOf(pl place, prep class, edge string, lead int) (Span, int) {
	n := lead + pl.n
	if pl.text != "" {
		return Span{Kind: KindDeadline, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: pl.text, Unplaced: true}}, n
	}
	alts, ids := pl.alts, pl.ids
	if len(alts) == 0 {
		alts, ids = []stretch{pl.stretch}, []string{""}
	}
	if prep == "by" && edge == "" && len(alts) == 1 && !pl.single() && !pl.ahead && !pl.calendar {
		s := pl.stretch
		return p.pick(Span{Kind: KindDeadline}, askEdge, []Choice{
			dayChoice(askEdge, "last", s.to), dayChoice(askEdge, "first", s.from)}), n
	}
	var cs []Choice
	kind := KindDeadline
	for k, s := range alts {
		v := Value{From: tandem.NoDay, To: s.to, Period: s.period}
		switch {
		case prep == "before" && edge != "end":
			v.To = s.from - 1
		case edge == "start":
			v.To = s.from
		case edge == "middle":
			v.To = s.middle()
		case edge == "end" || prep == "by" || s.single() || pl.ahead && prep != "over":
		default:
			kind, v.From = KindPeriod, s.from
		}
		if kind == KindDeadline {
			v.Period = tandem.PeriodNone
		}
		cs = append(cs, Choice{ID: ids[k], Key: "reader.pick." + pl.ask + "." + ids[k], Args: tandem.Args{"day": v.To, "from": s.from}, Value: v})
	}
	if kind == KindPeriod && pl.calendar && pl.ask == "" {
		once := cs[0].Value
		each := once
		cs = []Choice{choice(askRepeats, "once", once, tandem.Args{"day": once.To}), choice(askRepeats, "each_"+string(once.Period), each, nil)}
		return p.pick(Span{Kind: kind}, askRepeats, cs), n
	}
	return p.pick(Span{Kind: kind}, pl.ask, cs), n
}

func dayChoice(ask, id string, d tandem.Day) Choice {
	return choice(ask, id, Value{From: tandem.NoDay, To: d}, tandem.Args{"day": d})
}

// length reads "6 weeks", "a month", "den nächsten 6 Wochen" behind a preposition of time, or "6 weeks from
// now" without one.
func (p *parser) length(i int, prep class) (pl place) {
	if prep == "before" || prep == "on" || prep == "by" {
		return pl
	}
	start := i
	next := p.skip(i, "the_next")
	i += next
	count, n := 1.0, p.skip(i, "one")
	if v, k := p.find(i, "length"); k > 0 { // half a year
		f := strings.Fields(v)
		half, _ := strconv.ParseFloat(f[0], 64)
		d, ok := after(p.in.Today, f[1], half)
		if !ok || prep == "" && p.skip(i+k, "from_now") == 0 {
			return pl
		}
		return place{stretch: stretch{from: p.in.Today, to: d}, n: i + k - start, ahead: true}
	}
	if n == 0 {
		var two bool
		if count, _, two, n = p.number(i); n == 0 || two {
			return pl
		}
	}
	i += n
	if p.isSign(i, "-") {
		return pl
	}
	unit, k := p.find(i, "span")
	if k == 0 {
		return pl
	}
	i += k
	long := p.skip(i, "long") // 6 Wochen lang
	if prep == "" && next == 0 && long == 0 && p.skip(i, "from_now") == 0 {
		return pl
	}
	d, ok := after(p.in.Today, unit, count)
	if !ok {
		return pl
	}
	i += p.skip(i, "time_word") // in two weeks' time
	return place{stretch: stretch{from: p.in.Today, to: d}, n: i + long - start, ahead: true}
}

// fromTo reads a stretch between two times: "from 1 May to 30 June", "vom 1. bis 15. Mai".
func (p *parser) fromTo(i int) (s Span, n int) {
	start := i
	i++
	i += p.skip(i, "the")
	a := p.place(i, byPreposition)
	if d, err := strconv.Atoi(p.low(i)); err == nil && p.ordinalMark(i+1) > 0 && !p.is(i+2, "month") { // 1. bis 31. Mai
		if k := max(p.skip(i+2, "by"), p.skip(i+2, "to")); k > 0 {
			if b := p.monthPlace(i+2+k, byPreposition); b.n > 0 && b.single() && b.text == "" {
				y, m, _ := b.to.Date()
				if from, ok := realDay(y, m, d); ok && from <= b.to {
					return Span{Kind: KindPeriod, Value: Value{From: from, To: b.to}}, i + 2 + k + b.n - start
				}
			}
		}
	}
	if a.n == 0 || len(a.alts) > 1 {
		return s, 0
	}
	i += a.n
	k := max(p.skip(i, "to"), p.skip(i, "by"))
	if k == 0 {
		return s, 0
	}
	i += k
	i += p.skip(i, "the")
	b := p.place(i, byPreposition)
	if b.n == 0 || len(b.alts) > 1 {
		return s, 0
	}
	from, to := a.from, b.to
	if to < from { // from November to February
		to = to.AddMonths(12)
	}
	if from > to {
		return s, 0
	}
	return Span{Kind: KindPeriod, Value: Value{From: from, To: to}}, i + b.n - start
}

// event reads a time that only its people know, behind "before", "until" and their like: a few words that
// end in a word for such a day.
func (p *parser) event(i int, prep class) (pl place) {
	if prep != "before" && prep != "by" {
		return pl
	}
	for k := i; k < i+6 && !p.ends(k); k++ {
		if p.isNumber(k) && p.ordinalMark(k+1) == 0 || k > i && p.is(k, "before") { // by 40% before launch
			return pl
		}
		if p.is(k, "event") {
			return place{n: k + 1 - i, text: p.slice(i, k+1)}
		}
	}
	return pl
}
