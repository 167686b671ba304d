package coach

import (
	"strings"
)

// checks gives the checks that fire on one part, in no order.
func (t *text) checks(p part) (fired []Check) {
	if p.kind == Todo {
		return []Check{TODO}
	}
	switch p.kind {
	case Performance:
		fired = t.resultChecks(p)
	case Learning:
		fired = t.learningChecks(p)
	default:
		if !p.main().is.bare || p.main().is.vague || t.has(0, len(t.ws), trait) {
			fired = []Check{VagueVerb}
		}
	}
	if p.multi {
		fired = append(fired, Multi)
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		fired = append(fired, t.wordChecks(c)...)
		if c.is.paired && t.twoThings(c, p.kind) {
			fired = append(fired, Multi)
		}
	}
	return fired
}

// resultChecks are those of a result.
func (t *text) resultChecks(p part) (fired []Check) {
	m := p.main()
	amounts := false
	for i, c := range p.clauses {
		if i == 0 || c.join == noClass || c.join == and || c.join == proof {
			amounts = amounts || t.numbers(c.from, c.to) || t.has(c.from, c.to, amount)
		}
	}
	rated := t.has(m.from, m.to, rhythm) && !m.is.vague
	measured := amounts || rated || m.is.yesno && !m.is.vague || t.has(m.from, m.to, absolute) || t.compares(m)
	for _, c := range p.clauses[1:] {
		measured = measured || c.kind == Performance && c.is.yesno && (c.join == and || c.join == noClass) && p.multi
	}
	if m.is.vague && !measured {
		fired = append(fired, VagueVerb)
	}
	if !measured {
		fired = append(fired, NoMeasure)
	}
	if !t.dated() {
		fired = append(fired, NoDeadline)
	}
	if measured && t.changes(p) && !t.based() {
		fired = append(fired, NoBaseline)
	}
	if len(t.others(p)) > 0 {
		fired = append(fired, OthersControl)
	}
	return fired
}

// dated tells whether the text names a date, a stretch, an event or a rhythm.
func (t *text) dated() bool {
	for i := range t.ws {
		w := &t.ws[i]
		if w.time || w.is(rhythm) {
			return true
		}
		if t.beforeSomething(i) || t.ofDays(i) {
			return true
		}
		if w.is(when) && !(w.fold == "may" && !w.upper) {
			return true
		}
		if w.is(event) && t.beforeEvent(i) || w.number && t.lasting(i) && t.wordWithin(i+1, i+2, "week", "weeks", "month", "months", "days", "year", "years", "wochen", "woche", "monate", "monaten", "tage", "tagen", "jahre", "jahren") {
			return true
		}
	}
	return false
}

// ofDays tells whether the amount at i is one of so many days, nights or weeks: "5 of 7 nights".
func (t *text) ofDays(i int) bool {
	if !t.ws[i].digits || i+3 >= len(t.ws) || !t.wordWithin(i+1, i+2, "of", "von", "out") {
		return false
	}
	return t.wordWithin(i+3, i+5, "days", "nights", "evenings", "mornings", "weekdays", "weeks", "months", "tagen", "naechten", "abenden", "morgen", "werktagen", "wochen", "monaten")
}

// lasting tells whether the amount at i is how long something goes on: "for 3 weeks", "3 Wochen lang".
func (t *text) lasting(i int) bool {
	if t.wordWithin(i+2, i+3, "out", "of", "von", "a", "per", "pro", "die", "each", "every") {
		return true
	}
	return i == 0 || t.wordWithin(i-1, i, "for", "over", "in", "during", "within", "next", "the", "nächsten", "naechsten", "fuer", "binnen", "innerhalb", "kommenden") || t.wordWithin(i+2, i+3, "lang")
}

// beforeSomething tells whether a word of time begins a time that no calendar knows: "before the council
// meets", "by my next checkup", "bis Saisonende".
func (t *text) beforeSomething(i int) bool {
	if i+1 >= len(t.ws) {
		return false
	}
	next := &t.ws[i+1]
	switch t.ws[i].fold {
	case "before", "until", "till", "til", "bevor", "ehe":
		return !next.number && (i+2 < len(t.ws) || next.is(event))
	case "by":
		return (next.is(event) || t.wordWithin(i+1, i+2, "the", "my", "our", "next")) && i+2 < len(t.ws) && !strings.HasSuffix(t.ws[i+2].fold, "ing") && !t.has(i+1, min(i+4, len(t.ws)), activity, metric)
	case "bis":
		return !next.number && next.fold != "zu"
	case "vor":
		return next.is(det) && t.has(i+1, min(i+5, len(t.ws)), event)
	}
	return false
}

// beforeEvent tells whether a word of time stands before the event at i: before, by, until, at, for.
func (t *text) beforeEvent(i int) bool {
	for j := i - 1; j >= max(0, i-5); j-- {
		switch t.ws[j].fold {
		case "before", "by", "until", "till", "during", "over", "this", "next", "on", "ahead", "upcoming", "coming",
			"bis", "vor", "vorm", "zum", "zur", "beim", "waehrend", "am", "im", "diesen", "dieses", "diese", "naechsten", "naechste", "naechstes", "rechtzeitig", "spaetestens":
			return true
		case "at", "for", "in", "zu", "fuer", "bei", "auf":
			return !t.ws[i].is(contest, bigthing, evidence) && !t.wordWithin(i, i+1, "fair", "conference", "messe", "konferenz", "meeting", "festival", "concert", "party")
		}
	}
	return false
}

// changes tells whether a result changes something from where it stands, by or to an amount.
func (t *text) changes(p part) bool {
	for _, c := range p.clauses {
		if c.kind != Performance || c.join == means || c.join == purpose {
			continue
		}
		amounts := t.numbers(c.from, c.to) || t.has(c.from, c.to, amount)
		if amounts && t.changing(&c) {
			return true
		}
	}
	return false
}

// changing tells whether a clause has a verb of change, or says more or less of something by an amount.
func (t *text) changing(c *clause) bool {
	if c.head >= 0 && t.ws[c.head].is(change, amount) {
		return t.fromSomewhere(c)
	}
	for i := c.from; i < c.to; i++ {
		w := &t.ws[i]
		if w.fold == "+" && i+1 < c.to && t.ws[i+1].number {
			return true
		}
		if w.number && t.wordWithin(i+1, i+3, "less", "fewer", "weniger") {
			return true
		}
		if (w.fold == "%" || w.fold == "percent" || w.fold == "prozent") && t.lessOrMore(i, c.to) {
			return true
		}
		if c.head < 0 && w.is(change) && (!w.is(reach) || w.spans[change] > 1) && t.numbers(c.from, c.to) {
			return true
		}
	}
	return false
}

// fromSomewhere leaves out the verbs that change nothing in their sense here: "raise 500 for charity",
// "lift 80 kg", "bring 3 friends", "add 50 new subscribers".
func (t *text) fromSomewhere(c *clause) bool {
	head := t.ws[c.head].fold
	rs := t.runs(c)
	obj, has := t.object(rs)
	fresh := false
	for i := c.from; i < c.to; i++ {
		f := t.ws[i].fold
		fresh = fresh || f == "new" || f == "neue" || f == "neuen" || f == "neues" || f == "neuer" || f == "additional" || f == "zusaetzliche"
	}
	if fresh && has && t.ends(obj, counted, others) {
		return false
	}
	switch {
	case strings.HasPrefix(head, "rais") && t.wordWithin(c.after, c.to, "round", "money", "fund", "funds", "capital", "donations", "charity", "seed"):
		return false
	case strings.HasPrefix(head, "rais") || strings.HasPrefix(head, "lift") || strings.HasPrefix(head, "heb"):
		for i := c.after; i < c.to && i < c.after+2; i++ {
			if t.ws[i].number || strings.ContainsAny(t.ws[i].fold, "$€£") {
				return false
			}
		}
	case strings.HasPrefix(head, "bring"), head == "turn", head == "move", head == "up", head == "put":
		return t.ws[c.head].spans[change] > 1 || t.hasWord(c, "down", "up", "under", "below", "above", "to", "auf", "unter", "ueber")
	case strings.HasPrefix(head, "build"), strings.HasPrefix(head, "develop"), strings.HasPrefix(head, "aufbau"):
		return t.hasWord(c, "to", "by", "auf", "um")
	}
	return true
}

func (t *text) hasWord(c *clause, words ...string) bool {
	for i := c.from; i < c.to; i++ {
		for _, w := range words {
			if t.ws[i].fold == w {
				return true
			}
		}
	}
	return false
}

// lessOrMore tells whether more, less, fewer stand behind word i.
func (t *text) lessOrMore(i, to int) bool {
	for j := i + 1; j < min(i+2, to); j++ {
		switch t.ws[j].fold {
		case "more", "less", "fewer", "higher", "lower", "faster", "mehr", "weniger", "hoeher", "niedriger", "schneller", "better", "besser", "longer", "shorter", "cheaper":
			return true
		}
	}
	return false
}

// based tells whether the text says where it stands: from 9, von 9, currently, instead of.
func (t *text) based() bool {
	if t.read.From != nil || t.read.SoFar != nil {
		return true
	}
	for i := range t.ws {
		switch t.ws[i].fold {
		case "from", "von", "vom", "statt", "currently", "now", "derzeit", "aktuell", "momentan", "bisher", "today", "heute", "jetzt", "anstatt", "down", "up", "instead":
			if (t.ws[i].fold == "up" || t.ws[i].fold == "down") && (i+1 >= len(t.ws) || t.ws[i+1].fold != "from") {
				continue
			}
			for j := i + 1; j < min(i+6, len(t.ws)); j++ {
				if t.ws[j].number && !t.ws[j].time {
					return true
				}
				if t.ws[j].is(others, metric) && (t.ws[i].fold == "from" || t.ws[i].fold == "von") {
					break
				}
			}
		}
	}
	return false
}

// twoThings tells whether a clause joins two goals under one verb: two skills, two amounts, two wishes.
func (t *text) twoThings(c *clause, k Kind) bool {
	if c.join != noClass && c.join != and {
		return false
	}
	rs := t.runs(c)
	n := 0
	if k == Vague && c.head >= 0 && c.after-c.head > 1 && t.has(c.head, c.after, vagueadj) {
		n++ // "gesünder und erfolgreicher werden"
	}
	for i, r := range rs {
		joined := r.prep < 0 || r.prep > 0 && t.ws[r.prep-1].is(and)
		switch k {
		case Learning:
			if joined && (t.ends(r, skill) || strings.HasSuffix(t.ws[r.head].fold, "ing")) && c.head >= 0 && t.ws[c.head].is(learn) {
				n++
			}
		case Vague:
			if t.ends(r, abstract, vagueadj, trait) {
				n++
			}
		case Performance:
			if c.is.yesno && i > 0 && joined && t.ws[max(r.from, 1)-1].is(and) && t.wordWithin(r.from, r.from+1, "my", "our", "a", "an", "the", "ein", "eine", "einen", "mein", "meine", "meinen", "den", "die", "das") {
				return true
			}
			if joined && (t.numbers(r.from, r.head) || t.ends(r, others, counted, bigthing)) && (t.numbers(r.from, r.head) || c.is.yesno) {
				n++
			}
		}
	}
	return n > 1
}
