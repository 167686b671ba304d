package reader

import (
	"tandem"
)

// A role is what the words around an amount say of it.
type role struct {
	from, end int // tokens, the words of the role included
	kind      Kind
	atMost    bool
	atLeast   bool
	said      bool // words gave the kind
	to        bool // the word was "to"
	change    bool
}

// roleOf reads the words before and behind the amount at as[k]. low is the first token that is free.
func (p *line) roleOf(k, low int) (r role) {
	a := p.as[k]
	r = role{from: a.i, end: a.i + a.n}
	for range 3 { // words before: at most three roles one after another
		c, n := p.roleBefore(r.from, low)
		if n == 0 || p.taken[r.from-1] || p.taken[r.from-n] {
			break
		}
		r.from -= n
		r.take(c)
	}
	for range 2 {
		c, _, n := p.findAny(r.end, "so_far", "now", "at_most", "at_least", "stretch")
		// A word behind an amount that stands before another one belongs to that.
		if n == 0 || p.startsAmount(r.end+n) || c == "at_most" && p.ts[r.end].low != "or" && p.ts[r.end].low != "oder" && p.ts[r.end].low != "max" {
			break
		}
		r.end += n
		r.take(c)
	}
	if p.isSign(r.end, "+") && p.glued(r.end) {
		r.end++
		r.atLeast = true
	}
	if a.m.signed > 0 && a.m.Quantity == Percent {
		r.kind, r.change, r.said = KindChange, true, true
	}
	return r
}

// take adds what a word of a class says.
func (r *role) take(c class) {
	switch c {
	case "at_most":
		r.atMost = true
	case "at_least":
		r.atLeast = true
	}
	if kind, ok := roleKinds[c]; ok && !r.said {
		r.kind, r.said = kind, true
		r.change, r.to = c == "by_change", c == "to"
	}
}

// roleKinds are the words that alone make an amount one of these.
var roleKinds = map[class]Kind{"label": KindTarget, "from": KindFrom, "now": KindFrom, "so_far": KindSoFar, "to": KindTarget, "stretch": KindStretch, "by_change": KindChange}

// roleBefore finds the longest phrase of a role that ends right before token i and begins not before low.
func (p *parser) roleBefore(i, low int) (c class, n int) {
	if p.isSign(i-1, ":") && i-1 > low {
		if c, n = p.roleBefore(i-1, low); n > 0 && roleKinds[c] != "" {
			return c, n + 1
		}
		return "", 0
	}
	if p.isSign(i-1, "<≤≥>→~≈") && i-1 >= low {
		switch p.ts[i-1].low {
		case "<", "≤":
			return "at_most", 1
		case "→":
			return "to", 1
		case ">":
			if p.isSign(i-2, "-") && i-2 >= low {
				return "to", 2
			}
			return "at_least", 1
		case "≥":
			return "at_least", 1
		}
		return "approx", 1
	}
	for k := 5; k > 0; k-- {
		if i-k < low {
			continue
		}
		if c, _, n := p.findAny(i-k, "at_most", "at_least", "stretch", "so_far", "now", "from", "to", "by_change", "approx", "label"); n == k {
			return c, n
		}
	}
	return "", 0
}

// startsAmount tells whether an amount begins at token i.
func (p *parser) startsAmount(i int) bool {
	if p.isNumber(i) || p.isSign(i, "$€£¥") {
		return true
	}
	_, _, _, n := p.number(i)
	return n > 0
}

// bounds reads two amounts to keep within, of which as[k] is the first: "between 60 and 65 kg", "60–65 kg",
// "keep weight from 60 to 65 kg" is a way, not bounds. It gives the atom after them.
func (p *parser) bounds(as []atom, k, low int) (s Span, from, next int, ok bool) {
	if k+2 >= len(as) || as[k+2].kind != amountAtom || as[k].m.ask != "" || as[k+2].m.ask != "" {
		return s, 0, 0, false
	}
	a, b, mid := as[k], as[k+2], as[k+1]
	between := 0
	for n := 2; n > 0 && between == 0; n-- {
		if a.i-n >= low && p.skip(a.i-n, "between") == n {
			between = n
		}
	}
	dash := p.isSign(mid.i, "-–—") && b.m.Value > a.m.Value
	if !dash && (between == 0 || !p.is(mid.i, "and")) {
		return s, 0, 0, false
	}
	lo, hi := a.m.Amount, b.m.Amount
	if lo.Unit == "" {
		v := lo.Value
		lo = hi
		lo.Value = v
	}
	if hi.Unit == "" {
		v := hi.Value
		hi = lo
		hi.Value = v
	}
	if lo.Value > hi.Value {
		lo, hi = hi, lo
	}
	return Span{Kind: KindBounds, Value: Value{Lo: lo, Hi: hi, From: tandem.NoDay, To: tandem.NoDay}}, a.i - between, k + 3, true
}
