package reader

import (
	"slices"

	"tandem"
)

type atomKind uint8

const (
	wordAtom   atomKind = iota // a word or sign that is nothing of the following
	endAtom                    // between clauses: a comma, a point, an end of line
	amountAtom                 // a number with its unit or what it counts
	whenAtom                   // a deadline or a stretch
	rhythmAtom
	perAtom  // "a week" behind an amount
	eachAtom // "each month"
)

// An atom is one or more tokens that belong together: n tokens from i on. In a line they follow one another
// without a gap.
type atom struct {
	i, n   int
	kind   atomKind
	m      *measured // of an amount
	s      *Span     // of a time or a rhythm
	period tandem.Period
}

// atoms cuts the line into atoms.
func (p *parser) atoms() []atom {
	as := make([]atom, 0, len(p.ts))
	sinceAmount := 99 // atoms since the last amount of this clause
	for i := 0; i < len(p.ts); {
		a := p.atom(i, sinceAmount)
		sinceAmount++
		switch a.kind {
		case amountAtom:
			sinceAmount = 0
		case endAtom:
			sinceAmount = max(sinceAmount, 3)
		}
		as = append(as, a)
		i += a.n
	}
	return as
}

func (p *parser) atom(i, sinceAmount int) (a atom) {
	a = atom{i: i, n: 1}
	if p.ts[i].kind == wordToken || p.ts[i].kind == numberToken {
		if s, n := p.rhythm(i); n > 0 {
			return atom{i: i, n: n, kind: rhythmAtom, s: &s}
		}
		if k := p.skip(i, "since"); k > 0 { // a time that is past sets no deadline
			k += p.skip(i+k, "the")
			if pl := p.place(i+k, byPreposition); pl.n > 0 {
				return atom{i: i, n: k + pl.n}
			}
		}
		if s, n := p.when(i); n > 0 {
			return atom{i: i, n: n, kind: whenAtom, s: &s}
		}
	}
	if u, n := p.each(i); n > 0 && (n > 1 || sinceAmount <= 3 || !p.isWord(i+n)) {
		return atom{i: i, n: n, kind: eachAtom, period: u}
	}
	if sinceAmount <= 4 {
		if u, n := p.per(i); n > 0 {
			return atom{i: i, n: n, kind: perAtom, period: u}
		}
	}
	if m := p.amount(i); m.n > 0 {
		return p.counted(i, m)
	}
	if p.ends(i) {
		a.kind = endAtom
	}
	return a
}

// counted adds to an amount what it counts, and the whole of a share.
func (p *parser) counted(i int, m measured) atom {
	a := atom{i: i, n: m.n, kind: amountAtom, m: &m}
	if m.Unit == "" && m.ask == "" {
		if k := p.skip(i+a.n, "share"); k > 0 {
			if whole, _, two, n := p.number(i + a.n + k); n > 0 && !two && whole >= m.Value && whole > 0 {
				if unit, _ := p.unit(i+a.n+k+n, 1); unit.Unit == "" {
					a.m.Of = whole
					a.n += k + n
				}
			}
		}
	}
	if a.m.Unit == "" {
		if k := p.noun(i + a.n); k > 0 {
			a.m.setUnit(Amount{Unit: p.slice(i+a.n, i+a.n+k)})
			a.m.noun = k
			a.n += k
			if a.m.ask == askNumber && a.m.alts[0].Value < a.m.alts[1].Value { // things counted have no three decimals
				slices.Reverse(a.m.alts)
				slices.Reverse(a.m.ids)
				a.m.Value = a.m.alts[0].Value
			}
		}
	}
	a.m.n = a.n
	return a
}
