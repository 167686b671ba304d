package reader

import (
	"tandem"
)

// Read reads one line of text. It never refuses: what it does not know it leaves unmarked.
func Read(text string, in Context) Reading {
	p := newParser(text, in)
	r := Reading{Text: text, Lang: p.lang, First: tandem.NoDay, Last: tandem.NoDay}
	for i := 0; i < len(p.ts); {
		s, n := p.when(i)
		if n == 0 {
			m := p.amount(i)
			if m.n > 0 {
				n = m.n
				s = p.pick(Span{Kind: KindNumber, Value: Value{Amount: m.Amount, From: tandem.NoDay, To: tandem.NoDay}}, m.ask, m.choices())
			}
		}
		if n == 0 {
			i++
			continue
		}
		s.Start, s.End = p.ts[i].start, p.ts[i+n-1].end
		r.Spans = append(r.Spans, s)
		i += n
	}
	return r
}

// choices turns the readings of an amount into choices.
func (m measured) choices() (cs []Choice) {
	for k, a := range m.alts {
		cs = append(cs, choice(m.ask, m.ids[k], Value{Amount: a, From: tandem.NoDay, To: tandem.NoDay}, tandem.Args{"value": a.Value, "unit": a.Unit}))
	}
	return cs
}
