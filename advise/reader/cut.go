package reader

import (
	"strings"

	"tandem"
)

// cut finds where a result part and a learning part meet: at words that join them ("so that we", "by
// learning", "damit wir", "um … zu") and at an "and" or a comma with a verb of the other kind behind it.
func (l *line) cut() {
	learned, resulted := false, false // in the part so far
	leading := false                  // the part began with a connective, and a comma ends it
	for i := 0; i < len(l.ts); {
		c, ok := l.cutAt(i, learned, resulted)
		if !ok && leading && l.isSign(i, ",") {
			c, ok, leading = cut{i, i + 1, OpenSide}, true, false
		}
		if ok {
			l.cuts = append(l.cuts, c)
			leading = leading || i == 0
			if !l.isSign(i, ",;") {
				l.mark(c.at, c.to, Span{Kind: KindConnective, Value: Value{From: tandem.NoDay, To: tandem.NoDay}})
			}
			learned, resulted = false, false
			i = c.to
			continue
		}
		if k := l.skip(i, "proof"); k > 1 { // the "by" of "shown by" joins nothing
			i += k
			continue
		}
		if hs := l.headsIn(i, i+1); len(hs) > 0 {
			learned = learned || hs[0].learns()
			resulted = resulted || !hs[0].learns() && hs[0].class != "weak"
			i += hs[0].n
			continue
		}
		if k := l.betterEnd(i); k > 0 {
			learned = true
		}
		a := l.as[l.at[i]]
		resulted = resulted || a.kind == amountAtom && a.m.Quantity != Time
		i++
	}
}

func (h head) learns() bool { return h.class == "learn" || h.class == "ask" }

// cutAt tells whether two parts meet at token i.
func (l *line) cutAt(i int, learned, resulted bool) (cut, bool) {
	if l.taken[i] || l.as[l.at[i]].kind == whenAtom || l.as[l.at[i]].kind == rhythmAtom {
		return cut{}, false
	}
	if side, n := l.find(i, "join"); n > 0 && i+n < len(l.ts) {
		if Side(side) == ResultSide || l.learnsSoon(i+n) {
			return cut{i, i + n, Side(side)}, true
		}
	}
	if l.is(i, "um") && l.purpose(i) {
		return cut{i, i + 1, OpenSide}, true
	}
	if l.ts[i].low == "to" && i+1 < len(l.ts) && (learned || l.says(i)) {
		if hs := l.headsIn(i+1, i+2); len(hs) > 0 && !hs[0].learns() && l.measured(i+1, l.clauseEnd(i+1)) {
			return cut{i, i + 1, ResultSide}, true
		}
	}
	n := l.skip(i, "and")
	if l.isSign(i, ",;") {
		n = 1 + l.skip(i+1, "and")
	}
	if n == 0 {
		return cut{}, false
	}
	return l.cutAnd(i, n, learned, resulted)
}

// says tells whether the clause before token i says something to do, without a number: "ask better questions".
func (l *line) says(i int) bool {
	from := l.clauseStart(i)
	words := 0
	for k := from; k < i; k++ {
		if l.is(k, "wish") || l.is(k, "label") || l.as[l.at[k]].kind != wordAtom {
			return false
		}
		if l.isWord(k) && !l.is(k, "stop") {
			words++
		}
	}
	return words >= 2
}

// cutAnd tells whether the "and" or comma of n tokens at i parts a result from a learning side.
func (l *line) cutAnd(i, n int, learned, resulted bool) (cut, bool) {
	j := i + n
	for k := 0; k < 3 && j < len(l.ts) && (l.is(j, "then") || l.is(j, "stop")) && len(l.headsIn(j, j+1)) == 0; k++ {
		j++
	}
	end := l.clauseEnd(j)
	if j >= end || l.is(j, "proof") || l.proofAtEnd(j, end) {
		return cut{}, false
	}
	hs := l.headsIn(j, end)
	learns := len(hs) > 0 && hs[0].i == j && hs[0].learns() || l.learnsAtEnd(j, end)
	results := len(hs) > 0 && !hs[0].learns() && !learns && l.measured(j, end) && (hs[0].i == j || hs[len(hs)-1].i+hs[len(hs)-1].n == end)
	switch {
	case learns && resulted && !learned:
		return cut{i, i + n, LearningSide}, true
	case results && learned:
		return cut{i, i + n, ResultSide}, true
	}
	return cut{}, false
}

// learnsSoon tells whether the clause from token i on is about learning.
func (l *line) learnsSoon(i int) bool {
	if hs := l.headsIn(i, i+1); len(hs) > 0 && hs[0].learns() {
		return true
	}
	return l.learnsAtEnd(i, l.clauseEnd(i))
}

// learnsAtEnd tells whether the tokens from i to end close with a verb of learning, as German clauses do.
func (l *line) learnsAtEnd(i, end int) bool {
	if hs := l.headsIn(i, end); len(hs) > 0 {
		last := hs[len(hs)-1]
		if last.learns() && last.i+last.n == end {
			return true
		}
	}
	for k := i; k < end; k++ {
		if l.betterEnd(k) > 0 {
			return true
		}
	}
	return false
}

// betterEnd reads "besser … werden" with "besser" at token i: it gives the token after its verb, 0 for none.
func (l *line) betterEnd(i int) int {
	if !l.is(i, "better") {
		return 0
	}
	end := l.clauseEnd(i)
	for k := end - 1; k > i && k >= end-3; k-- {
		if n := l.skip(k, "become"); n > 0 {
			return k + n
		}
	}
	return 0
}

// purpose tells whether the "um" at token i goes with a "zu" of its clause and is no "by so much".
func (l *line) purpose(i int) bool {
	end := l.clauseEnd(i + 1)
	for k := i + 1; k < end; k++ {
		w := l.ts[k].low
		joined := len(w) > 7 && strings.Contains(w[2:], "zu") && strings.HasSuffix(w, "en")
		if !joined && !(w == "zu" && l.isWord(k+1)) {
			continue
		}
		by := l.as[l.at[i+1]].kind == amountAtom
		return !(by && l.hasHead(i, end, "dir"))
	}
	return false
}

// measured tells whether a number or a date stands between the tokens i and j.
func (l *line) measured(i, j int) bool {
	for k := i; k < j; k++ {
		switch l.as[l.at[k]].kind {
		case amountAtom, whenAtom:
			return true
		}
	}
	return false
}

// proofAtEnd tells whether the tokens from i to end close with a verb of showing: "in einer Demo zeigen".
func (l *line) proofAtEnd(i, end int) bool {
	for n := 3; n > 0; n-- {
		if end-n >= i && l.skip(end-n, "proof") == n {
			return true
		}
	}
	return false
}
