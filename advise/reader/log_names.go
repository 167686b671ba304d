package reader

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"tandem"
)

// techniques marks the techniques that the line names: in full anywhere, by one of their words behind "with".
func (l *logLine) techniques() {
	reserved := slices.Clone(l.taken)
	for _, f := range l.cand {
		if f.score >= 2 {
			for k := f.i; k < f.i+f.n; k++ {
				reserved[k] = true
			}
		}
	}
	fs := l.search(l.newNameIndex(l.in.Techniques), reserved)
	full := func(f found) bool { return f.score >= 2 || f.words == l.content(l.in.Techniques[f.index].Name) }
	better := func(a, b found) int {
		return cmp.Or(-compareBool(full(a), full(b)), cmp.Compare(b.score, a.score), cmp.Compare(b.words, a.words))
	}
	slices.SortStableFunc(fs, better)
	for k, f := range fs {
		if l.anyTaken(f.i, f.i+f.n) || !full(f) && !l.ledByWith(f.i) {
			continue
		}
		equal := []found{f}
		for _, g := range fs[k+1:] {
			if better(f, g) == 0 && g.i < f.i+f.n && f.i < g.i+g.n && len(equal) < maxChoices {
				equal = append(equal, g)
			}
		}
		s := l.pick(Span{Kind: KindTechnique}, askTechnique, l.techniqueChoices(equal))
		f = equal[s.Picked]
		l.r.Techniques = append(l.r.Techniques, f.index)
		l.mark(f.i, f.i+f.n, s)
	}
	slices.SortFunc(l.r.Techniques, cmp.Compare)
	l.r.Techniques = slices.Compact(l.r.Techniques)
	l.cand = slices.DeleteFunc(l.cand, func(f found) bool { return f.score < 2 && l.anyTaken(f.i, f.i+f.n) })
}

func (l *logLine) techniqueChoices(fs []found) (cs []Choice) {
	for _, f := range fs {
		t := l.in.Techniques[f.index]
		name := t.Name
		c := choice(askTechnique, "one", Value{From: tandem.NoDay, To: tandem.NoDay, Text: name}, tandem.Args{"name": name})
		c.ID = "technique:" + t.id(f.index)
		cs = append(cs, c)
	}
	return cs
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// content counts the words of a name that have a meaning of their own.
func (l *logLine) content(name string) (n int) {
	for _, t := range scan(clip(name)) {
		if (t.kind == wordToken || t.kind == numberToken) && !isFunction(t.phrases) {
			n++
		}
	}
	return n
}

// ledByWith tells whether a word for using stands at most two tokens before i.
func (l *logLine) ledByWith(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if l.is(k, "with") || l.is(k, "used") {
			return true
		}
	}
	return false
}

// maxNearWords is how many words of a line are compared with names that they may be slips of.
const maxNearWords = 12

// near finds the name that a word of the line was probably meant to be, where nothing of the line fits one.
func (l *logLine) near() {
	if l.r.Number >= 0 || l.r.Learning >= 0 || len(l.r.Techniques) > 0 {
		return
	}
	best, words := 3, 0
	for i := 0; i < len(l.ts) && words < maxNearWords; i++ {
		w := l.ts[i].low
		if l.ts[i].kind != wordToken || l.ts[i].phrases != nil || len(w) < 4 || len(w) > 40 {
			continue
		}
		words++
		for _, list := range [][]Named{l.in.Numbers, l.in.Learning, l.in.Techniques} {
			for _, n := range list {
				if slips := slipsTo(w, n.Name, min(best-1, len(w)/3)); slips < best {
					best, l.r.Near = slips, n.Name
				}
			}
		}
	}
}

// slipsTo counts the slips from a word to the nearest word of a name, as far as they are at most limit.
func slipsTo(w, name string, limit int) int {
	best := limit + 1
	for own := range strings.FieldsFuncSeq(strings.ToLower(clip(name)), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if d := len(own) - len(w); d < best && -d < best && len(own) >= 4 {
			best = min(best, tandem.Slips(w, own))
		}
	}
	if best > limit {
		return 1 << 10
	}
	return best
}
