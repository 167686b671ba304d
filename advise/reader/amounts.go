package reader

import (
	"slices"
	"strings"

	"tandem"
)

// amounts gives every amount of the line its role.
func (l *line) amounts() {
	free := 0   // the first token that no amount has used
	plain := -1 // the span of the amount before, where no word said that it is the target
	for k := 0; k < len(l.as); {
		a := &l.as[k]
		if a.kind == rhythmAtom && !l.taken[a.i] {
			l.setRhythm(*a.s, a.i, a.i+a.n)
		}
		if a.kind != amountAtom || l.taken[a.i] {
			k++
			continue
		}
		if s, from, next, ok := l.bounds(l.as, k, free); ok {
			end := l.as[next-1].i + l.as[next-1].n
			l.mark(from, end, s)
			if l.r.Lo == nil {
				l.r.Lo, l.r.Hi = &s.Value.Lo, &s.Value.Hi
			}
			free, k = end, l.rateAt(next, s.Value.Lo)
			continue
		}
		r := l.roleOf(k, free)
		if r.to && plain >= 0 && l.r.From == nil { // 9 to 16: the first one is where it stands
			l.r.Spans[plain].Kind, l.r.From, l.r.Target = KindFrom, l.r.Target, nil
			for j := free - 1; j >= 0 && l.ts[j].start >= l.r.Spans[plain].Start; j-- {
				l.kinds[j] = KindFrom
			}
		}
		s := l.spanOfAmount(k, &r)
		l.mark(r.from, r.end, s)
		if plain = -1; s.Kind == KindTarget && !r.said && l.r.Target == nil {
			plain = len(l.r.Spans) - 1
		}
		free = r.end
		l.setAmount(s, r)
		for k < len(l.as) && l.as[k].i < r.end {
			k++
		}
		k = l.rateAt(k, s.Value.Amount)
	}
}

// spanOfAmount decides what the amount at as[k] is, from its role and from the verbs around it.
func (l *line) spanOfAmount(k int, r *role) Span {
	m := l.as[k].m
	s := l.pick(Span{Kind: KindNumber, Value: Value{Amount: m.Amount, From: tandem.NoDay, To: tandem.NoDay}}, m.ask, m.choices())
	from, to := l.clauseStart(l.as[k].i), l.clauseEnd(l.as[k].i)
	dir := l.direction(from, to)
	switch {
	case r.said && r.kind == KindChange && (dir == "" && m.Quantity != Percent && !r.change):
		s.Kind = KindTarget
	case r.said:
		s.Kind = r.kind
	case r.atMost || r.atLeast:
		s.Kind = KindTarget
	case l.isCollection(k, from, to):
		s.Kind, s.Value.Text = KindCollection, m.Unit
	case m.Quantity == Time && (l.hasRhythm(k) || l.hasHead(from, to, "learn")):
		s.Kind, l.share, l.asked = KindRhythm, s.Value.Amount, true
	case m.Quantity == Count && m.noun > 0 && l.hasHead(from, to, "learn") && l.hasRhythm(k): // learn 20 words a day
		s.Kind, l.share, l.asked = KindRhythm, s.Value.Amount, true
	case (m.Quantity == Distance || l.isRace(k)) && l.timeFollows(k):
		l.race = true
		s.Kind, s.Value.Text = KindMeasure, l.slice(l.as[k].i, l.as[k].i+l.as[k].n)
	case dir == tandem.Down, dir == tandem.Up && (m.Quantity == Percent || m.Quantity == Mass):
		s.Kind = KindChange
	case l.r.Target == nil:
		s.Kind = KindTarget
	}
	if s.Kind == KindTarget && l.r.Target != nil {
		s.Kind = KindNumber
	}
	if dir == "" || dir == tandem.Within {
		switch {
		case r.atMost:
			dir = tandem.Down
		case r.atLeast:
			dir = tandem.Up
		}
	}
	if l.r.Direction == "" && s.Kind != KindNumber && s.Kind != KindCollection && s.Kind != KindRhythm {
		l.r.Direction = dir
	}
	return s
}

// direction gives the direction that a verb between the tokens i and j says, the first one.
func (l *line) direction(i, j int) tandem.Direction {
	for _, h := range l.headsIn(i, j) {
		switch h.class {
		case "dir":
			return tandem.Direction(h.value)
		case "factor":
			return tandem.Up
		case "learn", "ask", "result":
			if h.class == "learn" || h.class == "ask" {
				return ""
			}
		}
	}
	return ""
}

// setAmount takes an amount into the fields; the first of a kind wins.
func (l *line) setAmount(s Span, r role) {
	a := s.Value.Amount
	put := func(field **Amount) {
		if *field == nil {
			*field = &a
		}
	}
	switch s.Kind {
	case KindFrom:
		put(&l.r.From)
	case KindSoFar:
		put(&l.r.SoFar)
		if a.Of > 0 && l.r.Target == nil { // so far 31,000 of 50,000
			whole := a
			whole.Value, whole.Of = a.Of, 0
			l.r.Target = &whole
			l.r.SoFar.Of = 0
		}
	case KindTarget:
		put(&l.r.Target)
		l.r.AtMost = l.r.AtMost || r.atMost
	case KindStretch:
		put(&l.r.Stretch)
	case KindChange:
		put(&l.r.Change)
	case KindCollection:
		if l.r.Collection == nil {
			l.r.Collection = &Collection{N: int(a.Value), Of: s.Value.Text}
		}
	case KindMeasure:
		if l.r.Measure == "" {
			l.r.Measure = s.Value.Text
		}
	}
}

// isCollection tells whether the amount at as[k] counts things to be learned or found: a word for such
// things, or a verb of learning or finding out in its clause.
func (l *line) isCollection(k, from, to int) bool {
	a := l.as[k]
	if a.m.Quantity != Count || a.m.noun == 0 || a.m.Of > 0 || a.m.signed != 0 || a.m.Value < 2 || a.m.Value > 500 || a.m.Value != float64(int(a.m.Value)) || a.m.ask != "" {
		return false
	}
	if k+1 < len(l.as) && (l.as[k+1].kind == perAtom || l.as[k+1].kind == eachAtom) {
		return false
	}
	for i := a.i + a.n - a.m.noun; i < a.i+a.n; i++ {
		if l.is(i, "collectible") {
			return true
		}
	}
	return l.hasHead(from, to, "learn", "ask") || l.hasFind(from, a.i)
}

// hasFind tells whether the line looks for something between the tokens i and j.
func (l *line) hasFind(i, j int) bool {
	for ; i < j; i++ {
		if l.is(i, "find") {
			return true
		}
	}
	return false
}

// hasRhythm tells whether a rhythm or a rate stands within three atoms of as[k], in the same clause or
// behind one comma.
func (l *line) hasRhythm(k int) bool {
	for d := 1; d <= 3; d++ {
		if j := k + d; j < len(l.as) && (l.as[j].kind == rhythmAtom || l.as[j].kind == perAtom || l.as[j].kind == eachAtom) {
			return true
		}
		if j := k - d; j >= 0 && (l.as[j].kind == rhythmAtom || l.as[j].kind == eachAtom) {
			return true
		}
	}
	return false
}

// isRace tells whether the amount at as[k] is a distance by its short name: "a 10k".
func (l *line) isRace(k int) bool {
	a := l.as[k]
	return (l.follows2(a.i-1, "a", "the", "my", "einen", "den", "meinen", "auf") || a.i > 0 && l.is(a.i-1, "moves")) && a.m.Quantity == Count && a.m.noun == 0 && a.m.Value >= 1000 && a.m.Value <= 100_000 && strings.HasSuffix(strings.ToLower(l.slice(a.i, a.i+a.n)), "k") && a.m.ask == ""
}

// timeFollows tells whether a time for the distance at as[k] follows: "5 km in under 28 minutes".
func (l *line) timeFollows(k int) bool {
	for j := k + 1; j < len(l.as) && j <= k+6; j++ {
		if l.as[j].kind == amountAtom {
			return l.as[j].m.Quantity == Time
		}
		if l.as[j].kind == endAtom {
			return false
		}
	}
	return false
}

// rateAt takes a period behind an amount, at as[k] or one word on, and gives the atom after it.
func (l *line) rateAt(k int, of Amount) int {
	for j := k; j < len(l.as) && j <= k+2; j++ {
		a := &l.as[j]
		if a.kind == endAtom || a.kind == amountAtom {
			break
		}
		if a.kind != perAtom {
			continue
		}
		s := Span{Kind: KindRate, Value: Value{Period: a.period, From: tandem.NoDay, To: tandem.NoDay}}
		if l.asked && l.share == of {
			s.Kind = KindRhythm
		}
		if l.rate == nil {
			l.often[0] = a.i
		}
		l.mark(a.i, a.i+a.n, s)
		if s.Kind == KindRate && l.r.Rate == tandem.PeriodNone {
			l.r.Rate = a.period
		}
		if l.rate == nil {
			l.rate = &s
		}
		return j + 1
	}
	return k
}

// setRhythm marks the days of a micro-goal; the first of the line counts.
func (l *line) setRhythm(s Span, i, j int) {
	first := l.boundBefore(i)
	if l.micro == nil && first < i && s.Value.RestDays == 0 {
		i, l.most = first, true
	}
	l.mark(i, j, s)
	if l.micro == nil {
		l.micro, l.often[1] = &s, i
	}
}

// boundBefore gives the first token of a bound that ends before token i, with "on" before it: "on at most", "an
// höchstens"; i for none. Words of place and time, such as under and within, are no bound of days.
func (l *line) boundBefore(i int) int {
	for k := min(5, i); k > 0; k-- { // the longest
		if slices.Contains(l.taken[i-k:i], true) {
			continue
		}
		if l.skip(i-k, "at_most") != k || l.skip(i-k, "each") > 0 {
			continue
		}
		switch l.ts[i-k].low {
		case "under", "unter", "below", "within", "innerhalb", "sub", "stay", "keep", "or", "oder":
			continue
		}
		start := i - k
		if start > 0 && (l.ts[start-1].low == "on" || l.ts[start-1].low == "an") && !l.taken[start-1] {
			start--
		}
		return start
	}
	return i
}

// microApart tells whether the days of the line belong to something else than its share: "read 20 minutes a
// day and tell a colleague on Fridays".
func (l *line) microApart() bool {
	if !l.asked || l.rate == nil || l.often[1] < l.often[0] {
		return false
	}
	for i := l.often[0]; i < l.often[1]; i++ {
		if l.is(i, "and") || l.ends(i) {
			return true
		}
	}
	return false
}

// setMicro puts the micro-goal together from amount, rhythm and rate.
func (l *line) setMicro() {
	r := &l.r
	switch {
	case l.micro != nil && !l.microApart():
		v := l.micro.Value
		r.Micro = &Micro{Times: v.Times, Period: v.Period, RestDays: v.RestDays, AtMost: l.most}
		if l.asked {
			r.Micro.Amount = l.share
		} else if r.Target != nil && r.Last == tandem.NoDay && r.From == nil && r.Rate == tandem.PeriodNone {
			r.Micro.Amount, r.Micro.AtMost = *r.Target, r.AtMost
		}
	case l.asked && (l.rate != nil || r.Repeats != tandem.PeriodNone):
		period := r.Repeats
		if l.rate != nil {
			period = l.rate.Value.Period
		}
		r.Micro = &Micro{Amount: l.share, Times: 1, Period: period}
		if period != tandem.PeriodDay { // two hours a week: a sum
			r.Micro.Times, r.Micro.Amount.Value = l.share.Value, 0
		}
		if l.rate == nil {
			r.Repeats = tandem.PeriodNone
		}
	case l.asked:
		r.Micro = &Micro{Amount: l.share}
	case l.rate != nil && r.Target != nil && r.Rate != tandem.PeriodNone:
		r.Micro = &Micro{Times: r.Target.Value, AtMost: r.AtMost, Period: r.Rate, Amount: *r.Target}
		r.Micro.Amount.Value = 0
	}
	if r.Micro != nil && (r.Micro.Period == tandem.PeriodQuarter || r.Micro.Period == tandem.PeriodYear) {
		r.Micro = nil
	}
}

// trimWords cuts function words off both ends of the tokens from i to j.
func (l *line) trimWords(i, j int) (int, int) {
	for i < j && (l.is(i, "stop") || l.is(i, "one_unit") || l.is(i, "approx") || l.is(i, "now") || !l.isWord(i) && !l.isNumber(i)) {
		i++
	}
	for j > i && (l.is(j-1, "stop") || l.is(j-1, "approx") || !l.isWord(j-1) && !l.isNumber(j-1)) {
		j--
	}
	return i, j
}
