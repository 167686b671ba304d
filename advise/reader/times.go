package reader

import (
	"strings"

	"tandem"
)

// times marks dates, stretches and repeats and fills their fields. The last deadline of the line is its
// deadline; a stretch gives it where there is none. A time "in 2 days" beside a date is part of what is
// measured and stays unmarked.
func (l *line) times() {
	dated := 0
	for _, a := range l.as {
		if a.kind == whenAtom {
			dated++
		}
	}
	for k := range l.as {
		a := &l.as[k]
		switch {
		case a.kind == whenAtom && dated > 1 && a.s.Kind == KindDeadline && l.isLength(a.i, a.i+a.n):
			continue
		case a.kind == whenAtom:
			l.mark(a.i, a.i+a.n, *a.s)
			l.setTime(*a.s)
		case a.kind == eachAtom:
			l.setEach(k)
		}
	}
}

// isLength tells whether the tokens from i to j are a length of time: "in 6 weeks".
func (l *line) isLength(i, j int) bool {
	for k := i; k < j; k++ {
		if l.is(k, "span") {
			for m := i; m < k; m++ {
				if _, _, _, n := l.number(m); n > 0 {
					return true
				}
			}
		}
	}
	return false
}

// setTime takes a time into the fields.
func (l *line) setTime(s Span) {
	r, v := &l.r, s.Value
	switch {
	case v.Unplaced:
		if r.Unplaced == "" {
			r.Unplaced = v.Text
		}
	case s.Kind == KindDeadline:
		r.Last = v.To
		if r.First != tandem.NoDay && r.First > r.Last {
			r.First, r.Calendar = tandem.NoDay, tandem.PeriodNone
		}
	case r.Last == tandem.NoDay:
		r.First, r.Last, r.Calendar = v.From, v.To, v.Period
	}
	if s.Asks == askRepeats && strings.HasPrefix(s.Choices[s.Picked].ID, "each_") {
		r.Repeats = v.Period
	}
}

// setEach takes "each month": the goal comes again; behind an amount a day or a week is the time of a
// small promise as well.
func (l *line) setEach(k int) {
	a := &l.as[k]
	s := Span{Kind: KindRepeats, Value: Value{Period: a.period, From: tandem.NoDay, To: tandem.NoDay}}
	l.mark(a.i, a.i+a.n, s)
	if l.r.Repeats == tandem.PeriodNone {
		l.r.Repeats = a.period
	}
}
