package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// measure finds the name of what is measured in the words before its first amount, "average reply time from
// 9 h", or behind one with a unit of its own, "100k revenue".
func (l *line) measure() {
	if l.r.Measure != "" {
		return
	}
	for _, a := range l.as {
		if a.kind != amountAtom || !l.taken[a.i] {
			continue
		}
		kind := l.kindAt(a.i)
		switch kind {
		case KindFrom, KindTarget, KindSoFar, KindChange, KindBounds:
		default:
			continue
		}
		if a.m.Quantity == Count && a.m.noun > 0 && kind == KindTarget {
			return // what is counted names it
		}
		start := a.i
		for start > 0 && l.taken[start-1] && !l.ends(start-1) {
			start--
		}
		from := start
		for from > 0 && start-from < 7 && !l.taken[from-1] && !l.ends(from-1) && len(l.headsIn(from-1, from)) == 0 && !l.inHead(from-1) {
			from--
		}
		from, to := l.trimWords(from, start)
		if from >= to {
			if a.m.Unit != "" && a.m.noun == 0 {
				if n := l.noun(a.i + a.n); n > 0 && !l.taken[a.i+a.n] {
					from, to = a.i+a.n, a.i+a.n+n
				}
			}
		}
		if from < to && l.hasContent(from, to) {
			l.r.Measure = l.markText(from, from, to, KindMeasure)
			return
		}
	}
	for _, h := range l.heads { // "double newsletter subscribers", "improve delivery times"
		if h.class != "factor" && h.class != "dir" {
			continue
		}
		i := h.i + h.n
		for i < len(l.ts) && i < h.i+h.n+3 && l.is(i, "stop") {
			i++
		}
		if n := l.noun(i); n > 0 && !l.taken[i] {
			l.r.Measure = l.markText(i, i, i+n, KindMeasure)
			return
		}
	}
}

// inHead tells whether token i lies inside a verb of several words.
func (l *line) inHead(i int) bool {
	for _, h := range l.headsIn(max(i-5, 0), i+1) {
		if i < h.i+h.n {
			return true
		}
	}
	return false
}

// kindAt gives the kind of the span that has token i.
func (l *line) kindAt(i int) Kind {
	at := l.ts[i].start
	for k := len(l.r.Spans) - 1; k >= 0; k-- {
		if s := l.r.Spans[k]; s.Start <= at && at < s.End {
			return s.Kind
		}
	}
	return ""
}

// directions marks the verbs of direction and factor that stand free, and takes a factor as a change.
func (l *line) directions() {
	for _, h := range l.heads {
		v := Value{From: tandem.NoDay, To: tandem.NoDay}
		switch h.class {
		case "dir":
			if h.value == string(tandem.Within) && l.r.Lo == nil {
				continue
			}
			v.Direction = tandem.Direction(h.value)
			l.mark(h.i, h.i+h.n, Span{Kind: KindDirection, Value: v})
			if l.r.Direction == "" && (l.r.Target != nil || l.r.Change != nil || l.r.Lo != nil) {
				l.r.Direction = v.Direction
			}
		case "factor":
			v.Amount = Amount{Unit: "×", Quantity: Factor, Value: factorOf(h.value)}
			l.mark(h.i, h.i+h.n, Span{Kind: KindChange, Value: v})
			if l.r.Change == nil && l.r.Target == nil {
				l.r.Change = &v.Amount
				l.r.Direction = tandem.Up
				if v.Amount.Value < 1 {
					l.r.Direction = tandem.Down
				}
			}
		}
	}
}

func factorOf(s string) float64 {
	switch s {
	case "3":
		return 3
	case "4":
		return 4
	case "0.5":
		return 0.5
	}
	return 2
}

// parts cuts the line into its sides.
func (l *line) parts() {
	from, hint := 0, OpenSide
	for from < len(l.ts) && l.taken[from] && (l.kindAt(from) == KindOwner) {
		from++
	}
	if l.is(from, "label") && l.isSign(from+l.skip(from, "label"), ":") {
		from += l.skip(from, "label") + 1
	}
	for k := 0; k <= len(l.cuts); k++ {
		to := len(l.ts)
		if k < len(l.cuts) {
			to = l.cuts[k].at
		}
		l.part(from, to, hint)
		if k < len(l.cuts) {
			from, hint = l.cuts[k].to, l.cuts[k].hint
		}
	}
}

// part adds the tokens from i to before j as one side.
func (l *line) part(i, j int, hint Side) {
	for i < j && l.ends(i) && !l.isSign(i, "([") {
		i++
	}
	for j > i && l.ends(j-1) && !l.isSign(j-1, ")]?") {
		j--
	}
	if i >= j {
		return
	}
	title := strings.TrimSpace(l.slice(i, j))
	r, n := utf8.DecodeRuneInString(title)
	if r != utf8.RuneError {
		title = string(unicode.ToUpper(r)) + title[n:]
	}
	l.r.Parts = append(l.r.Parts, Part{Start: l.ts[i].start, End: l.ts[j-1].end, Side: l.side(i, j, hint), Title: title})
}

// side tells what the part from token i to before j is about: by its first verb, in a German clause by the
// last one, else by its numbers, else by the words that joined it.
func (l *line) side(i, j int, hint Side) Side {
	if l.learnsAtEnd(i, l.lastContent(i, j)) {
		return LearningSide
	}
	for _, h := range l.headsIn(i, j) {
		if l.taken[h.i] {
			if k := l.kindAt(h.i); k == KindEvidence || k == KindActivity {
				continue
			}
		}
		if h.learns() {
			return LearningSide
		}
		if h.class != "weak" {
			return ResultSide
		}
	}
	for k := i; k < j; k++ {
		switch l.kindAt2(k) {
		case KindTarget, KindFrom, KindSoFar, KindChange, KindBounds:
			return ResultSide
		case KindCollection:
			return LearningSide
		}
	}
	return hint
}

// lastContent gives the token after the last one of the part that no time and no mark has.
func (l *line) lastContent(i, j int) int {
	for j > i && (l.ends(j-1) || l.as[l.at[j-1]].kind != wordAtom) {
		j--
	}
	return j
}

// kindAt2 is kindAt for the first token of an amount only.
func (l *line) kindAt2(i int) Kind {
	if a := l.as[l.at[i]]; a.kind != amountAtom || a.i != i || !l.taken[i] {
		return ""
	}
	return l.kindAt(i)
}
