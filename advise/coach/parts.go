package coach

// A part is one goal of the text: its main clause and the clauses that support it.
type part struct {
	kind    Kind
	clauses []clause // the first is the main one
	multi   bool     // another goal of the same kind is in it
}

func (p *part) main() *clause { return &p.clauses[0] }

// parts puts the clauses together into goals: a proof, a means or a purpose belongs to what comes before; a
// result and a learning goal joined are two parts, two results are one part with two goals in it.
func (t *text) parts() []part {
	var ps []part
	for _, c := range t.clauses {
		if len(ps) == 0 {
			ps = append(ps, part{kind: c.kind, clauses: []clause{c}})
			continue
		}
		p := &ps[len(ps)-1]
		switch t.relation(p, &c) {
		case newPart:
			if p.kind == Todo && c.kind == Performance && t.dated() && c.join == and {
				p.kind, p.multi = Performance, true
				p.clauses[0].kind, p.clauses[0].is.yesno = Performance, true
				p.clauses = append(p.clauses, c)
				continue
			}
			if p.kind == Todo || p.kind == Vague && c.kind != Vague {
				*p = part{kind: c.kind, clauses: []clause{c}, multi: p.kind == Vague}
				continue
			}
			if p.kind == Vague || c.kind == Vague {
				p.multi = true
				p.clauses = append(p.clauses, c)
				continue
			}
			ps = append(ps, part{kind: c.kind, clauses: []clause{c}})
		case another:
			p.multi = true
			p.clauses = append(p.clauses, c)
		default:
			p.clauses = append(p.clauses, c)
		}
	}
	return ps
}

type relation uint8

const (
	support relation = iota
	another          // a second goal of the same kind
	newPart
)

// relation tells what clause c is to the part before it.
func (t *text) relation(p *part, c *clause) relation {
	switch c.join {
	case proof:
		return support
	case means:
		if p.kind == Performance && c.head >= 0 && t.ws[c.head].is(learn) {
			c.kind = Learning
			return newPart
		}
		return support
	case purpose:
		if m := p.main(); p.kind == Vague && m.head >= 0 && t.ws[m.head].is(learn) && c.kind == Performance && t.measuredResult(c) {
			p.kind, m.kind = Learning, Learning // getting better at something, for a number: that something is the skill
		}
		if p.kind == Learning && c.kind == Performance && t.measuredResult(c) {
			return newPart
		}
		if p.kind == Performance && c.kind == Learning && c.head >= 0 && t.ws[c.head].is(learn) && !t.ws[c.head].is(be) {
			return newPart
		}
		return support
	}
	if t.onlyTime(c.from, c.to) || t.has(c.from, c.to, habit21) && t.has(c.from, c.to, habit) {
		return support
	}
	switch {
	case p.kind == Learning && c.kind == Performance:
		if t.worldResult(c) {
			return newPart
		}
		return support
	case p.kind == Learning && c.kind == Learning:
		if c.head >= 0 && t.ws[c.head].is(learn) && !t.ws[c.head].is(practise, show) && p.main().head >= 0 && t.ws[p.main().head].is(learn) && !t.has(p.main().from, p.main().to, rhythm) {
			return another
		}
		return support
	case p.kind == Performance && c.kind == Learning:
		if c.head >= 0 && !t.ws[c.head].is(learn) && c.is.bare == false && t.ws[c.head].is(practise) && !t.has(c.from, c.to, skill) {
			return support
		}
		return newPart
	case p.kind == Performance && c.kind == Performance:
		if t.sameResult(p.main(), c) {
			return support
		}
		return another
	case p.kind == Todo && c.kind == Todo:
		return support
	case p.kind == Vague && c.kind == Vague:
		if c.head < 0 {
			return support
		}
		return another
	case c.kind == Todo, c.kind == Vague && c.head < 0:
		return support
	case c.kind == Vague:
		if p.kind == Learning {
			return support
		}
		return another
	}
	return newPart
}

// measuredResult tells whether a clause is a result with an amount that is more than practice.
func (t *text) measuredResult(c *clause) bool {
	return (t.numbers(c.from, c.to) || t.has(c.from, c.to, amount)) && t.worldResult(c)
}

// worldResult tells whether a clause behind a learning goal is a result of the world, not its proof or its
// practice: others decide it, or it changes a number, or it is a result with a time and no showing.
func (t *text) worldResult(c *clause) bool {
	rs := t.runs(c)
	if c.head >= 0 && t.ws[c.head].is(othersverb, change) && !t.ws[c.head].is(learn) {
		return true
	}
	if t.anyEnds(rs, counted) && c.head >= 0 && t.ws[c.head].is(reach, end) && !t.ws[c.head].is(act) {
		return true
	}
	if t.anyEnds(rs, evidence) || t.has(c.from, c.to, rhythm) && t.has(c.from, c.to, activity) {
		return false
	}
	if c.head >= 0 && t.ws[c.head].is(show, doing) {
		return false
	}
	if c.head < 0 {
		return t.anyEnds(rs, others, counted, yesno, metric)
	}
	return t.timed(c) || t.numbers(c.from, c.to) || c.is.yesno && t.anyEnds(rs, yesno)
}

// sameResult tells whether a second clause is only the activity or proof of the first result, or its other
// bound: an action with a rhythm beside a result, "and stay there".
func (t *text) sameResult(m, c *clause) bool {
	if c.head < 0 {
		bounds := c.to-c.from >= 4 && t.wordWithin(c.from, c.from+1, "from", "von") && t.ws[c.from+1].number && t.hasWord(c, "to", "auf")
		return bounds || !t.numbers(c.from, c.to) || !t.numbers(m.from, m.to)
	}
	w := &t.ws[c.head]
	if t.has(c.from, c.to, rhythm) && !t.has(m.from, m.to, rhythm) && !w.is(change, othersverb) {
		return true
	}
	switch w.fold {
	case "keep", "stay", "maintain", "hold", "halten", "bleiben":
		return true
	}
	return m.is.stop && c.is.stop && t.lang == german && c.to-c.from < 2
}
