package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// measure finds the name of what is measured in the words before its first amount, "average reply time from
// 9 h", behind one with a unit of its own, "100k revenue", or beside a verb of change, "double sales".
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
		if l.measureAt(l.wordsBefore(start)) || a.m.noun == 0 && (a.m.Unit != "" || a.m.Value >= 1000) && l.measureAt(l.wordsBehind(a.i+a.n)) {
			return
		}
	}
	for _, h := range l.heads {
		if (h.class == "factor" || h.class == "dir") && (l.measureAt(l.wordsBehind(h.i+h.n)) || l.measureAt(l.wordsBefore(h.i))) {
			return
		}
	}
}

// measureAt marks the tokens from i to before j as the name of what is measured, if they say something.
func (l *line) measureAt(i, j int) bool {
	if i >= j || l.taken[i] || !l.hasContent(i, j) {
		return false
	}
	l.r.Measure = l.markText(i, i, j, KindMeasure)
	return true
}

// wordsBefore gives the free words that end before token i, without verbs and small words: at most seven.
func (l *line) wordsBefore(i int) (from, to int) {
	from = i
	for from > 0 && i-from < 7 && !l.taken[from-1] && !l.ends(from-1) && !l.inHead(from-1) && !l.is(from-1, "moves") {
		from--
	}
	return l.trimWords(from, i)
}

// wordsBehind gives the words of a name from token i on, behind small words.
func (l *line) wordsBehind(i int) (from, to int) {
	for k := 0; k < 3 && i < len(l.ts) && !l.taken[i] && (l.is(i, "stop") || l.is(i, "one_unit")) && !l.ends(i); k++ {
		i++
	}
	return i, i + l.noun(i)
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

// kindAt gives the kind of the span that has token i, "" for none.
func (l *line) kindAt(i int) Kind { return l.kinds[i] }

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
