package forecast

import "math"

// A tally counts the periods of a Kept goal. A period's value is the sum of its increments, or the mean
// of its readings; for a Rate each value is a period. Periods without a value are not judged, unless the
// goal says that nothing logged is zero. A period outside that touches time off is not judged either.
type tally struct {
	g      *Goal
	sum    []float64
	values []int
	off    []bool

	// What was closed: periods that are over, and how many of them were inside and outside. The slices
	// begin with the first one after them.
	closed, in, out int
}

// newTally gives the tally of the points since the start. Periods are counted from the start on and only
// whole ones up to the deadline, because a week cut short would be judged as a weak one.
func newTally(g *Goal, since []Point) *tally {
	t := &tally{g: g}
	if g.Form != Rate {
		n := max((g.Deadline-g.Start+1)/g.Period, 1) // whole periods only
		t.sum, t.values, t.off = make([]float64, n), make([]int, n), make([]bool, n)
		for i := range t.off {
			t.off[i] = g.offBetween(g.Start+i*g.Period, g.Start+(i+1)*g.Period-1)
		}
	}
	for _, p := range since {
		t.add(p.Day, p.Value)
	}
	return t
}

// add counts a value into the period of its day. A rate's value is a period of its own: months differ in
// length, and the place of a value among the others is certain.
func (t *tally) add(day int, v float64) {
	if t.g.Form == Rate {
		t.sum, t.values = append(t.sum, v), append(t.values, 1)
		t.off = append(t.off, t.g.offBetween(day-t.g.Period+1, day))
		return
	}
	if i := (day-t.g.Start)/t.g.Period - t.closed; i >= 0 && i < len(t.sum) {
		t.sum[i] += v
		t.values[i]++
	}
}

// close counts the periods that are over before the day and forgets their values, so that a path copies
// open periods only.
func (t *tally) close(day int) {
	n := 0
	for n < len(t.sum) && t.end(n) < day {
		n++
	}
	head := *t
	head.sum, head.in, head.out = t.sum[:n], 0, 0
	in, out := head.count(day)
	t.in, t.out = t.in+in, t.out+out
	if t.g.Form != Rate {
		t.closed += n
	}
	t.sum, t.values, t.off = t.sum[n:], t.values[n:], t.off[n:]
}

// fork copies the tally for one path into a scratch one, whose memory it reuses.
func (t *tally) fork(into *tally) *tally {
	into.g, into.closed, into.in, into.out = t.g, t.closed, t.in, t.out
	into.sum = append(into.sum[:0], t.sum...)
	into.values = append(into.values[:0], t.values...)
	into.off = append(into.off[:0], t.off...)
	return into
}

// end gives the last day of period i; a rate's value is there because its period is over.
func (t *tally) end(i int) int {
	if t.g.Form == Rate {
		return math.MinInt
	}
	return min(t.g.Start+(t.closed+i+1)*t.g.Period-1, t.g.Deadline)
}

// count gives the periods over by the day that are inside and outside.
func (t *tally) count(day int) (in, out int) {
	in, out = t.in, t.out
	for i, v := range t.sum {
		zero := t.g.Form == Total && t.g.WhenItHappens
		if t.end(i) > day || t.values[i] == 0 && !zero {
			continue
		}
		if t.values[i] > 0 && t.g.Form == Reading {
			v /= float64(t.values[i])
		}
		switch {
		case t.g.good(v):
			in++
		case !t.off[i]:
			out++
		}
	}
	return in, out
}

// share gives the share of the periods over today that are inside, 0 when there are none.
func (t *tally) share() float64 { return t.shareOn(min(t.g.Today, t.g.Deadline)) }

func (t *tally) shareOn(day int) float64 {
	in, out := t.count(day)
	if in+out == 0 {
		return 0
	}
	return float64(in) / float64(in+out)
}

// reached judges the periods over today; keeps is the bar that every share is held to. A share of nothing
// keeps nothing.
func (t *tally) reached() bool { return t.keeps(t.share()) }

func (t *tally) keeps(share float64) bool { return share > 0 && atLeast(share, t.g.KeptShare) }

// sure says whether the share is kept, or lost, whatever the coming periods bring; ahead is how many
// values a Rate still gets.
func (t *tally) sure(ahead int) Status {
	in, out := t.count(min(t.g.Today-1, t.g.Deadline)) // today's period may still change
	open := ahead
	if t.g.Form != Rate {
		open = 0
		for i := range t.sum {
			if t.end(i) >= t.g.Today {
				open++
			}
		}
	}
	all := float64(in + out + open)
	switch {
	case all == 0:
		return Open
	case t.keeps(float64(in) / all):
		return ReachedForSure
	case !t.keeps(float64(in+open) / all):
		return LostForSure
	}
	return Open
}

// offBetween says whether time off touches the days.
func (g *Goal) offBetween(from, to int) bool {
	for _, s := range g.Off {
		if s.From <= to && s.To >= from {
			return true
		}
	}
	return false
}
