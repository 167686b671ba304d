package reader

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"tandem"
)

// The kinds that only a log line has.
const (
	KindName      Kind = "name"      // of a number or a learning goal of the person, in Text
	KindValue     Kind = "value"     // what is logged
	KindDay       Kind = "day"       // the day that it belongs to, in To
	KindTechnique Kind = "technique" // a technique that was used, its name in Text
	KindNote      Kind = "note"      // the rest, in Text
)

// A Named is something of the person's own that a log line can name. Unit is a number's unit. Reading tells
// of a number whose values are states, not events: it is never logged without a value. Names with the same
// Thing other than 0 are of one thing: between them nothing is asked.
type Named struct {
	Name    string
	Unit    string
	Reading bool
	Thing   int64
}

// id names it among its list: by its Thing, which stays when others come and go, else by its place.
func (n Named) id(place int) string {
	if n.Thing != 0 {
		return strconv.FormatInt(n.Thing, 10)
	}
	return strconv.Itoa(place)
}

// A LogContext is what a log line is read against: beside the Context the person's own numbers, learning
// goals and techniques.
type LogContext struct {
	Context
	Numbers    []Named
	Learning   []Named
	Techniques []Named
}

// A Log is one log line read.
//
// Number and Learning are places in the lists of the LogContext, -1 for none; at most one of them is set.
// Value is in the unit of the number where both units are known, else as typed; nil where the line has none.
// Amount is what was typed, nil for nothing. Misfit tells that its unit cannot be turned into that of the
// number. Implied tells that the name alone stood for one. Adds and Sets are true for "+1" and "= 12".
// Minutes is the time of practice on a learning goal: of a number without a unit only where the goal is named
// in full, else 0. Day is NoDay where none is said. Skip tells that the day was left out on purpose.
// Techniques are places in their list. Note is what is left. Near is the name that is spelled most like a
// word of the line, where none fits.
type Log struct {
	Text       string
	Lang       Lang
	Spans      []Span
	Number     int
	Learning   int
	Value      *float64
	Amount     *Amount
	Misfit     bool
	Implied    bool
	Adds       bool
	Sets       bool
	Minutes    float64
	Day        tandem.Day
	Skip       bool
	Techniques []int
	Note       string
	Near       string
	Question   *Question
}

// A logLine is a log line while its reading is put together.
type logLine struct {
	*parser
	in    LogContext
	taken []bool
	cand  []found
	m     measured
	time  bool // the value is a time
	whole bool // all words of the name are there
	r     Log
}

// ReadLog reads one short log line: "sales 12", "20m discovery questions yesterday", "sale, with the pause",
// and the forms of Beeminder: "^ 12.5 nice run" (today), "^^ 3" (yesterday), "14 3" (the 14th), "11 14 3",
// "2026 11 14 3" with a note in quotes. Dates look back: "Friday" is the last one. It never refuses.
func ReadLog(text string, in LogContext) Log {
	p := newParser(text, in.Context)
	p.log = true
	l := &logLine{parser: p, in: in, taken: make([]bool, len(p.ts))}
	l.r = Log{Text: text, Lang: p.lang, Number: -1, Learning: -1, Day: tandem.NoDay}
	if !l.beeminder() {
		l.names()
		l.techniques()
		l.day()
		l.value()
	}
	l.choose()
	l.settle()
	l.note()
	l.near()
	slices.SortFunc(l.r.Spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	l.r.Question = l.ask(l.r.Spans)
	return l.r
}

func (l *logLine) mark(i, j int, s Span) {
	for k := i; k < j; k++ {
		l.taken[k] = true
	}
	s.Start, s.End = l.ts[i].start, l.ts[j-1].end
	l.r.Spans = append(l.r.Spans, s)
}

// beeminder reads the forms that begin with "^" or with two to four bare numbers.
func (l *logLine) beeminder() bool {
	n := 0
	for n < len(l.ts) && l.isSign(n, "^") && (n == 0 || l.glued(n)) {
		n++
	}
	if n > 0 {
		l.setDay(0, n, l.in.Today-tandem.Day(n-1))
		if n < len(l.ts) {
			l.valueAt(n)
		}
		l.namesInFull()
		l.techniques()
		return true
	}
	for n < len(l.ts) && n < 5 && l.isNumber(n) && (n == 0 || !l.glued(n)) {
		n++
	}
	quoted := n < len(l.ts) && (l.isSign(n, "\"“„'") || l.isSign(n, "”"))
	if n < 2 || n > 4 || n < len(l.ts) && !quoted {
		return false
	}
	var day tandem.Day
	var ok bool
	var ds []int
	for i := range n - 1 {
		d, err := strconv.Atoi(l.ts[i].low)
		if err != nil {
			return false
		}
		ds = append(ds, d)
	}
	switch n {
	case 2:
		day, ok = l.in.dayOfMonth(ds[0], true)
	case 3:
		day, ok = l.civilBack(ds[0], ds[1])
	case 4:
		day, ok = realDay(ds[0], monthOf(ds[1]), ds[2])
	}
	if !ok {
		return false
	}
	l.setDay(0, n-1, day)
	l.valueAt(n - 1)
	l.namesInFull()
	return true
}

func (l *logLine) civilBack(m, d int) (tandem.Day, bool) { return l.in.dayOf(monthOf(m), d, true) }

func (l *logLine) setDay(i, j int, d tandem.Day) {
	l.r.Day = d
	l.mark(i, j, Span{Kind: KindDay, Value: Value{From: tandem.NoDay, To: d}})
}

// names finds what the line is about.
func (l *logLine) names() {
	l.cand = l.search(l.newNameIndex(l.in.Numbers, l.in.Learning), l.taken)
}

// namesInFull leaves out names of which the line has a word only: behind a form of figures that is a note.
func (l *logLine) namesInFull() {
	l.names()
	l.cand = slices.DeleteFunc(l.cand, func(f found) bool { return f.score < 2 })
}

// maxChoices is how many names that fit equally well are offered.
const maxChoices = 5

// choose takes the best name. A time leans to a learning goal, another value to a number. Names that fit
// equally well become a question.
func (l *logLine) choose() {
	worth := func(f found) int {
		w := f.score*1000 + f.words*10
		if timed := l.timed(f); (f.list == 1) == l.time || l.time && timed {
			w += 5
		}
		return w
	}
	slices.SortStableFunc(l.cand, func(a, b found) int { return cmp.Compare(worth(b), worth(a)) })
	var cs []Choice
	var equal []found
	for _, f := range l.cand {
		if worth(f) < worth(l.cand[0]) || len(cs) == maxChoices {
			break
		}
		name := l.named(f)
		if name.Thing != 0 && slices.ContainsFunc(equal, func(g found) bool { return g.list == f.list && l.named(g).Thing == name.Thing }) {
			continue
		}
		equal = append(equal, f)
		id := "number:"
		if f.list == 1 {
			id = "learning:"
		}
		c := choice(askName, "one", Value{From: tandem.NoDay, To: tandem.NoDay, Text: name.Name}, tandem.Args{"name": name.Name})
		c.ID = id + name.id(f.index)
		cs = append(cs, c)
	}
	switch {
	case len(l.cand) > 0:
		s := l.pick(Span{Kind: KindName}, askName, cs)
		f := equal[s.Picked]
		l.take(f)
		l.whole = f.score >= 2
		if !l.anyTaken(f.i, f.i+f.n) {
			l.mark(f.i, f.i+f.n, s)
		}
	case len(l.in.Numbers) == 1 && l.m.n > 0 && !l.wordsLeft() && !l.time:
		l.r.Number = 0
	}
}

func (l *logLine) named(f found) Named {
	if f.list == 1 {
		return l.in.Learning[f.index]
	}
	return l.in.Numbers[f.index]
}

// timed tells whether a name is that of a number in a unit of time.
func (l *logLine) timed(f found) bool {
	if f.list == 1 {
		return false
	}
	u, ok := unitNamed(l.in.Numbers[f.index].Unit)
	return ok && u.Quantity == Time
}

func (l *logLine) take(f found) {
	if f.list == 1 {
		l.r.Learning = f.index
	} else {
		l.r.Number = f.index
	}
}

func (l *logLine) anyTaken(i, j int) bool { return slices.Contains(l.taken[i:j], true) }

// wordsLeft tells whether the line has words that nothing explains; a line of "^ 12" has a note instead.
func (l *logLine) wordsLeft() bool {
	if len(l.ts) > 0 && l.isSign(0, "^") {
		return false
	}
	for i := range l.ts {
		if !l.taken[i] && l.isWord(i) && !isFunction(l.ts[i].phrases) {
			return true
		}
	}
	return false
}

// day finds the day of the entry, the first one that the line names. What is still ahead is no day of an
// entry and stays in the note.
func (l *logLine) day() {
	for i := range l.ts {
		if l.nameHas(i) || l.taken[i] {
			continue
		}
		if d, n := l.ago(i); n > 0 {
			l.setDay(i, i+n, d)
			return
		}
		if l.isSign(i, "^") {
			n := 1
			for l.isSign(i+n, "^") {
				n++
			}
			l.setDay(i, i+n, l.in.Today-tandem.Day(n-1))
			return
		}
		s, n := l.when(i)
		if n == 0 || s.Kind != KindDeadline || s.Value.Unplaced || s.Value.To > l.in.Today || l.anyTaken(i, i+n) {
			continue
		}
		s.Kind, s.Value.From = KindDay, tandem.NoDay
		l.r.Day = s.Value.To
		l.mark(i, i+n, s)
		return
	}
}

// nameHas tells whether token i belongs to a name that fits in full: its numbers are no values.
func (l *logLine) nameHas(i int) bool {
	for _, f := range l.cand {
		if f.score >= 2 && f.words > 0 && i >= f.i && i < f.i+f.n {
			return true
		}
	}
	return false
}

// ago reads "2 days ago" and "vor 2 Tagen".
func (l *logLine) ago(i int) (d tandem.Day, n int) {
	start := i
	before := l.isWord(i) && l.ts[i].low == "vor"
	if before {
		i++
	}
	count, k := 1.0, l.skip(i, "one")
	if k == 0 {
		var two bool
		if count, _, two, k = l.number(i); k == 0 || two {
			return d, 0
		}
	}
	i += k
	unit, k := l.find(i, "span")
	if k == 0 || !before && l.skip(i+k, "ago") == 0 {
		return d, 0
	}
	i += k
	if !before {
		i += l.skip(i, "ago")
	}
	days := map[string]float64{"day": 1, "week": 7, "fortnight": 14}[unit]
	if days == 0 || count*days > maxYears*366 {
		return d, 0
	}
	return l.in.Today - tandem.Day(math.Round(count*days)), i - start
}

// value finds the first amount that is not part of a name or a day.
func (l *logLine) value() {
	for i := range l.ts {
		if l.taken[i] || l.nameHas(i) {
			continue
		}
		if l.valueAt(i) {
			return
		}
	}
	for i := range l.ts {
		if n := l.skip(i, "skip"); n > 0 && !l.anyTaken(i, i+n) && len(l.cand) > 0 {
			l.r.Skip = true
			l.mark(i, i+n, Span{Kind: KindValue, Value: Value{From: tandem.NoDay, To: tandem.NoDay}})
			return
		}
	}
}

// valueAt takes the amount at token i, if there is one.
func (l *logLine) valueAt(i int) bool {
	start := i
	if l.isSign(i, "=") {
		l.r.Sets = true
		i++
	}
	m := l.amount(i)
	if m.n == 0 || l.anyTaken(i, i+m.n) {
		l.r.Sets = false
		return false
	}
	l.m, l.time = m, m.Quantity == Time
	s := l.pick(Span{Kind: KindValue, Value: Value{Amount: m.Amount, From: tandem.NoDay, To: tandem.NoDay}}, m.ask, m.choices())
	l.m.Amount = s.Value.Amount
	l.r.Adds = m.signed > 0
	l.mark(start, i+m.n, s)
	return true
}

// settle turns the amount into a value of the number, or into minutes of the learning goal.
func (l *logLine) settle() {
	a := l.m.Amount
	switch {
	case l.m.n == 0:
		if l.r.Number >= 0 && !l.r.Skip && len(l.cand) > 0 && !l.in.Numbers[l.r.Number].Reading {
			one := 1.0
			l.r.Value, l.r.Implied = &one, true
		}
		return
	case l.r.Learning >= 0:
		if minutes, ok := a.Minutes(); ok {
			l.r.Minutes = minutes
		} else if a.Unit == "" && l.whole {
			l.r.Minutes = a.Value
		}
	default:
		v := a.Value
		if l.r.Number >= 0 {
			v, l.r.Misfit = a.in(l.in.Numbers[l.r.Number].Unit)
		}
		l.r.Value = &v
	}
	l.r.Amount = &a
}

// in gives the value of an amount in a unit, and whether the two measure different things. What has no unit
// fits all.
func (a Amount) in(unit string) (v float64, misfit bool) {
	if unit == "" || a.Unit == "" || a.Quantity == Count || strings.EqualFold(unit, a.Unit) {
		return a.Value, false
	}
	u, ok := unitNamed(unit)
	switch {
	case ok && u.Quantity == a.Quantity && u.Unit == a.Unit:
		return a.Value, false
	case ok && u.Quantity == a.Quantity && u.Base > 0 && a.Base > 0:
		return a.Value * a.Base / u.Base, false
	}
	return a.Value, true
}

// unitNamed finds a unit by one of its names.
func unitNamed(name string) (a Amount, ok bool) {
	p := &parser{text: name, ts: scan(clip(name))}
	if len(p.ts) == 0 {
		return a, false
	}
	a, n := p.unit(0, 1)
	return a, n == len(p.ts)
}

// note collects what is left, without the small words that belong to what was read.
func (l *logLine) note() {
	var parts []string
	for i := 0; i < len(l.ts); {
		j := i
		for j < len(l.ts) && !l.taken[j] {
			j++
		}
		from, to := i, j
		for from < to && (l.ts[from].kind == signToken || l.ts[from].kind == breakToken || to < len(l.ts) && l.small(from)) {
			from++
		}
		for to > from && (l.ts[to-1].kind == signToken && !l.isSign(to-1, ")!?.") || l.ts[to-1].kind == breakToken || j < len(l.ts) && l.small(to-1)) {
			to--
		}
		if from < to {
			text := l.slice(from, to)
			parts = append(parts, text)
			l.mark(from, to, Span{Kind: KindNote, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: text}})
		}
		i = max(j, i+1)
		for i < len(l.ts) && l.taken[i] {
			i++
		}
	}
	l.r.Note = strings.Join(parts, " ")
}

// small tells whether token i is a word that leads to a value, a day or a technique.
func (l *logLine) small(i int) bool {
	return l.is(i, "with") || l.is(i, "used") || isFunction(l.ts[i].phrases)
}
