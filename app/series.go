package app

import (
	"math"
	"slices"

	"tandem"
)

// sparse is the usual number of days between two values from which on a number counts as logged about
// weekly; seriesDays is how far back days are compared, in days.
const (
	sparse     = 5
	seriesDays = 730
)

// A Series is a result's number in even cells of time, as a difference is worked out over it: days, or
// weeks where it is logged about weekly, or the periods of a rate or a ratio. NaN is a cell without a value.
type Series struct {
	Cell   tandem.Period
	Starts []tandem.Day // first day of each cell
	Values []float64
	Off    int // cells that planned time off took out
}

// at gives the first cell that begins on a day or after it. A cell under way on that day stays before.
func (s Series) at(d tandem.Day) int {
	i, _ := slices.BinarySearch(s.Starts, d)
	return i
}

// counts gives the values before a cell and from it on.
func (s Series) counts(start int) (before, after int) {
	for i, v := range s.Values {
		switch {
		case math.IsNaN(v):
		case i < start:
			before++
		default:
			after++
		}
	}
	return before, after
}

// gap gives the usual number of cells from one value to the next.
func (s Series) gap() int {
	var days []tandem.DayValue
	for i, v := range s.Values {
		if !math.IsNaN(v) {
			days = append(days, tandem.DayValue{Day: tandem.Day(i)})
		}
	}
	return usualGap(days)
}

// Day gives the first day of a cell, also of one that has not come yet.
func (s Series) Day(i int) tandem.Day {
	if i < len(s.Starts) {
		return s.Starts[max(i, 0)]
	}
	d := s.Starts[len(s.Starts)-1]
	for range i - len(s.Starts) + 1 {
		d = s.Cell.Next(d)
	}
	return d
}

// seriesOf lays out a result's number. Readings are a day's value, totals a day's increment; a day without
// one is zero where the number says so. Today counts once it is over, but for readings. Weeks hold the mean
// of their readings, or their sum; a rate and a ratio have their whole periods.
func seriesOf(o Outlook) Series {
	s := Series{Cell: tandem.PeriodDay}
	if len(o.Days) == 0 {
		return s
	}
	m := o.Metric
	reading := m.Form == tandem.FormReading
	values := map[tandem.Day]float64{}
	switch {
	case m.ByPeriods():
		s.Cell = m.Period
		for _, p := range o.Input.Points {
			values[m.Period.Start(tandem.Day(p.Day))] = p.Value
		}
	case usualGap(o.Days) >= sparse && (reading || !m.WhenItHappens):
		s.Cell = tandem.PeriodWeek
		n := map[tandem.Day]float64{}
		for _, d := range o.Days {
			w := s.Cell.Start(d.Day)
			values[w] += d.Value
			n[w]++
		}
		for w := range values {
			if reading {
				values[w] /= n[w]
			}
		}
	default:
		for _, d := range o.Days {
			values[d.Day] = d.Value
		}
	}
	first := s.Cell.Start(o.Days[0].Day)
	if s.Cell == tandem.PeriodDay {
		first = max(first, o.Today-seriesDays)
	}
	for d := first; d <= o.Today && (reading || s.Cell.Next(d) <= o.Today); d = s.Cell.Next(d) {
		v, has := values[d]
		switch {
		case has:
		case s.Cell == tandem.PeriodDay && !reading && m.WhenItHappens && !slices.Contains(o.SkipDays, d):
			v = 0
		default:
			v = math.NaN()
		}
		if o.off(d, s.Cell.Next(d)-1) {
			s.Off++
			v = math.NaN()
		}
		s.Starts, s.Values = append(s.Starts, d), append(s.Values, v)
	}
	return s
}

// off tells whether planned time off touches the days from one to another.
func (o Outlook) off(from, to tandem.Day) bool {
	if p := o.Goal.PausedFrom; p != tandem.NoDay && o.Goal.State == tandem.Paused && p <= to {
		return true
	}
	return slices.ContainsFunc(o.Pauses, func(p tandem.Span) bool { return p.From <= to && (p.To == tandem.NoDay || p.To >= from) })
}

// usualGap gives the median number of days between values, 1 where there are too few to say.
func usualGap(days []tandem.DayValue) int {
	var gaps []int
	for i := 1; i < len(days); i++ {
		gaps = append(gaps, int(days[i].Day-days[i-1].Day))
	}
	if len(gaps) == 0 {
		return 1
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// worthHaving is the smallest difference that counts as worth having: a tenth of the way from where the
// result began to its target; of a total, a tenth of what its target asks of each cell of time; of keep
// within, a tenth of the band. 0 where there is no way to measure.
func worthHaving(o Outlook, cell tandem.Period) float64 {
	const share = .1
	g := o.Goal
	switch {
	case o.Metric.Direction == tandem.Within && g.TargetLo != nil && g.TargetHi != nil:
		return share * (*g.TargetHi - *g.TargetLo)
	case o.Metric.Form == tandem.FormTotal:
		days := float64(max(g.Deadline-g.Start+1, 1))
		if cell == tandem.PeriodWeek {
			days /= 7
		}
		return share * math.Abs(g.Target-g.SoFar) / days
	}
	from := stoodAtStart(o)
	if from == nil {
		return 0
	}
	return share * math.Abs(g.Target-*from)
}
