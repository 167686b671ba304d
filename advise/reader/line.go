package reader

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// A line is one text while its reading is put together.
type line struct {
	*parser
	as    []atom
	at    []int  // the atom of each token
	taken []bool // the tokens that have a span
	kinds []Kind // and its kind
	cuts  []cut  // where one part ends and the next begins
	heads []head // verbs of learning, finding out, result and direction, in the order of the text
	r     Reading
	rate  *Span
	micro *Span
	share Amount // the amount of the micro-goal
	asked bool   // share is set
	most  bool   // the days of the micro-goal are the most of them: "at most 2 evenings a week"
	race  bool   // the target is a time for a distance
	often [2]int // the tokens of rate and micro
}

// A cut is where two parts meet: tokens from at to before to belong to neither.
type cut struct {
	at, to int
	hint   Side // the side of what follows, if the words say it
}

// A head is a word that tells what its part is about.
type head struct {
	i, n  int
	class class
	value string
}

// Read reads one line of text. It never refuses: what it does not know it leaves unmarked.
func Read(text string, in Context) Reading {
	l := newLine(text, in)
	l.owner()
	l.cut()
	l.times()
	l.phrases()
	l.amounts()
	l.skills()
	l.measure()
	l.directions()
	l.parts()
	return l.finish()
}

func newLine(text string, in Context) *line {
	p := newParser(text, in)
	l := &line{parser: p, as: p.atoms(), at: make([]int, len(p.ts)), taken: make([]bool, len(p.ts)), kinds: make([]Kind, len(p.ts))}
	l.r = Reading{Text: text, Lang: p.lang, First: tandem.NoDay, Last: tandem.NoDay}
	for k, a := range l.as {
		for i := a.i; i < a.i+a.n; i++ {
			l.at[i] = k
		}
	}
	l.findHeads()
	return l
}

// findHeads lists the words that say what a part is about. A longer phrase hides the shorter ones in it.
func (l *line) findHeads() {
	for i := 0; i < len(l.ts); {
		if n := l.findWay(i); n > 0 {
			l.heads = append(l.heads, head{i, n, "ask", "way"})
			i += n
			continue
		}
		if l.asks(i) {
			l.heads = append(l.heads, head{i, 1, "ask", "wh"})
			i++
			continue
		}
		c, v, n := l.findAny(i, "learn", "ask", "result", "dir", "factor", "weak")
		if n == 0 || n == 1 && l.is(i, "noun_or_verb") && !l.verbAt(i) || l.as[l.at[i]].kind != wordAtom {
			i++
			continue
		}
		l.heads = append(l.heads, head{i, n, c, v})
		i += n
	}
}

// asks tells whether a question begins at token i: "how to sell", "wie eröffnen gute Verkäufer Gespräche?".
func (l *line) asks(i int) bool {
	if !l.is(i, "wh") || i > 0 && !l.ends(i-1) {
		return false
	}
	return l.low(i+1) == "to" || l.isSign(l.clauseEnd(i), "?")
}

// findWay reads "find a really fun way to" and "einen lustigen Weg finden" at token i, and gives its tokens.
func (l *line) findWay(i int) int {
	if l.is(i, "find") {
		for k := i + 1; k <= i+5 && !l.ends(k); k++ {
			if l.is(k, "way") {
				return k + 1 - i + max(l.skip(k+1, "of"), l.skip(k+1, "to"))
			}
		}
		return 0
	}
	if !l.is(i, "one_unit") && !l.is(i, "way") {
		return 0
	}
	for k := i; k <= i+4 && !l.ends(k); k++ {
		if !l.is(k, "way") {
			continue
		}
		for f := k + 1; f <= k+3 && !l.ends(f); f++ {
			if n := l.skip(f, "find"); n > 0 {
				return f + n - i
			}
		}
	}
	return 0
}

// verbAt tells whether a word that is noun and verb begins its clause or follows a word that leads a verb.
func (l *line) verbAt(i int) bool {
	return i == 0 || l.ends(i-1) || l.is(i-1, "verb_lead") || l.is(i-1, "and")
}

// headsIn gives the heads of the tokens from i to before j.
func (l *line) headsIn(i, j int) []head {
	lo, _ := slices.BinarySearchFunc(l.heads, i, func(h head, at int) int { return cmp.Compare(h.i, at) })
	hi, _ := slices.BinarySearchFunc(l.heads, j, func(h head, at int) int { return cmp.Compare(h.i, at) })
	return l.heads[lo:hi]
}

// hasHead tells whether one of the classes stands between the tokens i and j.
func (l *line) hasHead(i, j int, cs ...class) bool {
	return slices.ContainsFunc(l.headsIn(i, j), func(h head) bool { return slices.Contains(cs, h.class) })
}

// mark makes a span of the tokens from i to before j, if they are free.
func (l *line) mark(i, j int, s Span) {
	if i < 0 || j > len(l.ts) || i >= j {
		return
	}
	for k := i; k < j; k++ {
		if l.taken[k] {
			return
		}
	}
	for k := i; k < j; k++ {
		l.taken[k], l.kinds[k] = true, s.Kind
	}
	s.Start, s.End = l.ts[i].start, l.ts[j-1].end
	l.r.Spans = append(l.r.Spans, s)
}

// text marks a phrase whose value is its own text from token inner on.
func (l *line) markText(i, inner, j int, kind Kind) string {
	text := strings.TrimSpace(l.slice(inner, j))
	if text == "" {
		return ""
	}
	l.mark(i, j, Span{Kind: kind, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: text}})
	return text
}

// clauseStart gives the first token of the clause that holds token i, at most maxClause tokens back.
func (l *line) clauseStart(i int) int {
	for k := i; k > 0 && i-k < maxClause; k-- {
		if l.ends(k-1) || l.isCut(k-1) {
			return k
		}
	}
	return max(i-maxClause, 0)
}

// clauseEnd gives the token after the clause that holds token i, at most maxClause tokens on.
func (l *line) clauseEnd(i int) int {
	for k := i; k < len(l.ts) && k-i < maxClause; k++ {
		if l.ends(k) || k > i && l.isCut(k) {
			return k
		}
	}
	return min(i+maxClause, len(l.ts))
}

// maxClause is how far words of one clause are looked for, in tokens; it keeps the time linear.
const maxClause = 40

// isCut tells whether token i belongs to no part.
func (l *line) isCut(i int) bool {
	k, found := slices.BinarySearchFunc(l.cuts, i, func(c cut, at int) int { return cmp.Compare(c.at, at) })
	return found || k > 0 && i < l.cuts[k-1].to
}

// owner reads "Maria:", "@maria", "owner Maria".
func (l *line) owner() {
	for i := range l.ts {
		if l.isSign(i, "@") && l.isWord(i+1) && l.glued(i+1) && !l.glued(i) {
			l.own(i, i+1, i+2)
			return
		}
		n := l.skip(i, "owner")
		if n == 0 {
			continue
		}
		j := i + n + l.skip(i+n, "owner_is")
		end := j
		for end < len(l.ts) && end < j+3 && l.isWord(end) && l.isCapital(end) {
			end++
		}
		if end > j {
			l.own(i, j, end)
			return
		}
	}
	l.leadOwner()
}

func (l *line) own(i, inner, j int) {
	l.r.Owner = l.markText(i, inner, j, KindOwner)
}

// leadOwner reads the words before a colon that begins the line: one of the people, or a name by its
// capitals. A number behind it may as well make it the name of what is counted.
func (l *line) leadOwner() {
	n := 0
	for n < len(l.ts) && n < 4 && l.isWord(n) {
		n++
	}
	if n == 0 || n > 3 || !l.isSign(n, ":") || l.is(0, "label") {
		return
	}
	name := l.slice(0, n)
	known := slices.ContainsFunc(l.in.People, func(s string) bool {
		return strings.EqualFold(s, name) || strings.EqualFold(firstWord(s), name)
	})
	for i := range n {
		if !known && (!l.isCapital(i) || l.ts[i].phrases != nil) {
			return
		}
	}
	v := Value{From: tandem.NoDay, To: tandem.NoDay, Text: name}
	cs := []Choice{choice(askOwner, "measure", v, tandem.Args{"name": name}), choice(askOwner, "person", v, tandem.Args{"name": name})}
	if a := l.as[min(l.at[n]+1, len(l.as)-1)]; a.kind == amountAtom && a.m.noun > 0 {
		slices.Reverse(cs) // what is counted stands behind the number
	}
	if known || !l.startsAmount(n+1) {
		l.mark(0, n+1, Span{Kind: KindOwner, Value: v})
		l.r.Owner = name
		return
	}
	s := l.pick(Span{Kind: KindMeasure, Value: v}, askOwner, cs)
	if s.Choices[s.Picked].ID == "person" {
		s.Kind, l.r.Owner = KindOwner, name
	} else {
		l.r.Measure = name
	}
	l.mark(0, n+1, s)
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return w
}

func (l *line) isCapital(i int) bool {
	r, _ := utf8.DecodeRuneInString(l.text[l.ts[i].start:])
	return unicode.IsUpper(r)
}

// finish puts the spans in order, fills what follows from several of them and chooses the question.
func (l *line) finish() Reading {
	r := &l.r
	slices.SortFunc(r.Spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	l.shareUnits()
	l.setMicro()
	if r.Direction == "" {
		switch {
		case r.Lo != nil:
			r.Direction = tandem.Within
		case r.From != nil && r.Target == nil && r.Micro != nil && r.Micro.Amount.Value > 0 && r.Micro.Amount.Unit == r.From.Unit:
			r.Direction = tandem.Up
			if r.From.Value > r.Micro.Amount.Value {
				r.Direction = tandem.Down
			}
		case l.race:
			r.Direction = tandem.Down
		case r.AtMost:
			r.Direction = tandem.Down
		case r.From != nil && r.Target != nil && r.From.Value > r.Target.Value:
			r.Direction = tandem.Down
		case r.From != nil && r.Target != nil && r.From.Value < r.Target.Value, r.SoFar != nil:
			r.Direction = tandem.Up
		}
	}
	if r.Measure == "" && r.Target != nil && r.Target.Quantity == Count {
		r.Measure = r.Target.Unit
	}
	r.Question = l.ask(r.Spans)
	return *r
}

// shareUnits gives a bare amount the unit of the one beside it: "from 9 to 16 sales".
func (l *line) shareUnits() {
	all := []*Amount{l.r.Target, l.r.From, l.r.SoFar, l.r.Stretch}
	if l.asked && l.r.Target == nil { // an hour a day, currently four
		all = append(all, &l.share)
	}
	for _, a := range all {
		if a == nil || a.Unit == "" {
			continue
		}
		for _, b := range all {
			if b != nil && b.Unit == "" {
				b.Unit, b.Quantity, b.Base = a.Unit, a.Quantity, a.Base
			}
		}
		return
	}
}
