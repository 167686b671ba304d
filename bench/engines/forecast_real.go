package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"tandem/analytics/forecast"
	"tandem/analytics/stats"
)

// A realSeries is one personal goal's values by day, as they were logged.
type realSeries struct {
	id     string
	summed bool // increments that add up
	points []forecast.Point
}

// readRealSeries reads the 49 personal goals; of several values on a day the last stands, or their sum.
func readRealSeries(dir string) (out []*realSeries, err error) {
	err = fileRows(filepath.Join(dir, "goal_irregular.csv.gz"), ',', func(r *row) {
		if n := len(out); n == 0 || out[n-1].id != r.text("id") {
			out = append(out, &realSeries{id: r.text("id"), summed: r.text("summed_per_day") == "1"})
		}
		s := out[len(out)-1]
		day, v := r.whole("day"), r.number("value")
		n := len(s.points)
		switch {
		case n == 0 || s.points[n-1].Day < day:
			s.points = append(s.points, forecast.Point{Day: day, Value: v})
		case s.summed:
			s.points[n-1].Value += v
		default:
			s.points[n-1].Value = v
		}
	})
	return out, err
}

// A realKind is one form of number made from the personal goals.
type realKind struct {
	name   string
	make   func(s *realSeries) (g forecast.Goal, ok bool) // whole history in Points
	rule   forecast.Rule
	aheads []int // days
}

var realKinds = []realKind{
	{"readings, often", func(s *realSeries) (forecast.Goal, bool) { return readings(s, false) }, forecast.AtEnd, []int{7, 30, 90}},
	{"readings, rarely", func(s *realSeries) (forecast.Goal, bool) { return readings(s, true) }, forecast.AtEnd, []int{7, 30, 90}},
	{"readings once", func(s *realSeries) (forecast.Goal, bool) {
		g := newRealGoal(s.points)
		return g, !s.summed
	}, forecast.Once, []int{7, 30, 90}},
	{"totals", func(s *realSeries) (forecast.Goal, bool) {
		g := newRealGoal(s.points)
		g.Form, g.WhenItHappens = forecast.Total, true
		return g, s.summed
	}, forecast.ByTotal, []int{14, 30, 90}},
	{"counts a week", func(s *realSeries) (forecast.Goal, bool) {
		g := newRealGoal(weekly(s.points, func([]forecast.Point) float64 { return 1 }, true))
		g.Form, g.Scale, g.Period = forecast.Rate, forecast.Count, 7
		return g, true
	}, forecast.AtEnd, []int{28, 56}},
	{"bounded shares", func(s *realSeries) (forecast.Goal, bool) {
		// the share of a week's entries that lie above the one before: between 0 and 100 %
		rises := 0.0
		last := math.NaN()
		g := newRealGoal(weekly(s.points, func(day []forecast.Point) float64 {
			rises = 0
			if v := day[0].Value; v > last || math.IsNaN(last) {
				rises = 100
			}
			last = day[0].Value
			return rises
		}, false))
		g.Form, g.Scale, g.Period, g.Lo, g.Hi = forecast.Rate, forecast.Bounded, 7, 0, 100
		return g, true
	}, forecast.AtEnd, []int{28, 56}},
	{"rates a week", func(s *realSeries) (forecast.Goal, bool) {
		g := newRealGoal(weekly(s.points, func(day []forecast.Point) float64 { return day[0].Value }, true))
		g.Form, g.Period = forecast.Rate, 7
		return g, s.summed
	}, forecast.AtEnd, []int{28, 56}},
}

func newRealGoal(points []forecast.Point) forecast.Goal {
	g := forecast.Goal{Points: points, Lo: math.NaN(), Hi: math.NaN(), Baseline: math.NaN(), Scale: forecast.Positive}
	for _, p := range points {
		if p.Value < 0 {
			g.Scale = forecast.Unbounded
		}
	}
	return g
}

// readings gives readings of one kind: those with a value on most days, or those without.
func readings(s *realSeries, rarely bool) (forecast.Goal, bool) {
	span := float64(s.points[len(s.points)-1].Day - s.points[0].Day + 1)
	return newRealGoal(s.points), !s.summed && (float64(len(s.points))/span < .4) == rarely
}

// weekly sums, or averages over the entries, what value gives for each day with an entry, by whole weeks.
func weekly(points []forecast.Point, value func([]forecast.Point) float64, sum bool) (out []forecast.Point) {
	first := points[0].Day
	weeks := (points[len(points)-1].Day - first) / 7
	sums, days := make([]float64, weeks+1), make([]float64, weeks+1)
	for i, p := range points {
		w := (p.Day - first) / 7
		sums[w] += value(points[i:])
		days[w]++
	}
	for w := range weeks {
		if !sum && days[w] > 0 {
			sums[w] /= days[w]
		}
		if sum || days[w] > 0 {
			out = append(out, forecast.Point{Day: first + 7*w + 6, Value: sums[w]})
		}
	}
	return out
}

// A realScore compares back-dated forecasts of one kind with what came.
type realScore struct {
	n, in80, in95, width float64
	error, naive         float64 // in units of the mean step of the history
	chance               chanceScore
	track, trackOf       float64
}

// personalBoard scores back-dated forecasts of real personal numbers: at several days of each history the
// values up to then are shown, and what came later is held back.
func personalBoard(shared string, w io.Writer) error {
	series, err := readRealSeries(filepath.Join(shared, "data", "forecast"))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\npersonal numbers of %d real goals, back-dated\n%s", len(series), realHead)
	for _, kind := range realKinds {
		var s realScore
		for i, r := range series {
			g, ok := kind.make(r)
			if !ok || len(g.Points) < 12 {
				continue
			}
			g.Rule = kind.rule
			if err := s.backdate(g, i, kind); err != nil {
				return fmt.Errorf("%s, goal %s: %w", kind.name, r.id, err)
			}
		}
		s.write(w, kind.name)
	}
	return guessBoard(series, w)
}

const realHead = "kind                   n   cov80   cov95  err/naive   chances   base   Brier   skill     ECE  last 20 inside\n"

func (s *realScore) write(w io.Writer, name string) {
	n, c := s.n, float64(s.chance.n)
	base := float64(s.chance.hits) / c
	fmt.Fprintf(w, "%-18s %5.0f %7.1f %7.1f %10.3f %9d %6.3f %7.4f %7.3f %7.4f %15.1f\n", name, n, 100*s.in80/n, 100*s.in95/n,
		s.error/s.naive, s.chance.n, base, s.chance.brier/c, 1-s.chance.brier/c/(base*(1-base)), s.chance.ece(), 20*s.track/max(s.trackOf, 1))
}

// backdate forecasts g as it stood at eight days of its history.
func (s *realScore) backdate(g forecast.Goal, number int, kind realKind) error {
	whole := g.Points
	for step := range 8 {
		at := len(whole) * (6 + step) / 14
		if at < 4 {
			continue
		}
		today := whole[at-1].Day + 1
		for _, ahead := range kind.aheads {
			end := at
			for end < len(whole) && whole[end].Day < today+ahead {
				end++
			}
			if end == at || whole[len(whole)-1].Day < today+ahead-7 {
				continue
			}
			q := g
			q.Points, q.Seed, q.Start, q.Today = whole[:at], uint64(number), whole[0].Day, today
			q.Deadline = whole[end-1].Day
			if q.Form == forecast.Total {
				q.Start, q.Deadline = today, today+ahead-1
			}
			if kind.rule == forecast.Once {
				q.Start = today
			}
			if err := s.one(q, whole[:end], (number+step)%3 != 0, step); err != nil {
				return err
			}
		}
	}
	return nil
}

// one scores the range on the deadline and the chances of three targets; whole is the history with what
// came.
func (s *realScore) one(q forecast.Goal, whole []forecast.Point, up bool, step int) error {
	at := len(q.Points)
	later := whole[at:]
	unit, naive := 0.0, q.Points[at-1].Value
	for i := 1; i < at; i++ {
		unit += math.Abs(q.Points[i].Value-q.Points[i-1].Value) / float64(at-1)
	}
	actual := later[len(later)-1].Value
	days := float64(q.Deadline - q.Today + 1)
	if q.Form == forecast.Total {
		actual, naive, unit = 0, 0, unit*math.Sqrt(days)
		for _, p := range later {
			actual += p.Value
		}
		from := max(q.Points[0].Day, q.Today-28) // the last four weeks go on
		for _, p := range q.Points {
			if p.Day >= from {
				naive += p.Value / float64(q.Today-from) * days
			}
		}
	}
	if unit == 0 {
		return nil
	}
	q.Direction = forecast.Down
	sign := -1.0
	if up {
		q.Direction, sign = forecast.Up, 1
	}
	spread := unit * math.Sqrt(float64(min(len(later), 30)))
	if q.Form == forecast.Total {
		spread = max(math.Abs(naive)*.4, unit)
	}
	for k, far := range []float64{-.4, .4, 1.2} {
		q.Target = naive + sign*far*spread
		f, err := forecast.Run(q)
		if err != nil {
			return err
		}
		end := q
		end.Points, end.Today = whole, q.Deadline+1
		if _, came := forecast.Reached(end); !math.IsNaN(f.Chance) && f.Status == forecast.Open {
			s.chance.add(f.Chance, came)
		}
		if k > 0 || len(f.Steps) == 0 {
			continue
		}
		last := f.Steps[len(f.Steps)-1]
		s.n++
		if actual >= last.Lo80 && actual <= last.Hi80 {
			s.in80++
		}
		if actual >= last.Lo95 && actual <= last.Hi95 {
			s.in95++
		}
		s.error += math.Abs(actual-last.Mean) / unit
		s.naive += math.Abs(actual-naive) / unit
		s.track += float64(f.Track.Inside)
		s.trackOf += float64(f.Track.Of)
	}
	return nil
}

// guessBoard scores forecasts from one and from two values, as the filter gives them: the next values of
// each goal, and targets a little above and below.
func guessBoard(series []*realSeries, w io.Writer) error {
	for n := 1; n <= 2; n++ {
		var s realScore
		for i, r := range series {
			for from := 0; from+n+5 <= len(r.points) && from < 200; from += 25 {
				var values []float64
				for _, p := range r.points[from : from+n+5] {
					values = append(values, p.Value)
				}
				q := forecast.Series{Values: values[:n], Ahead: 5, Scale: forecast.Positive, Lo: math.NaN(), Hi: math.NaN(), Rule: forecast.Once}
				if slices.Min(values) < 0 {
					q.Scale = forecast.Unbounded
				}
				last := values[n-1]
				size := max(math.Abs(last)*.2, stats.Median(values)*.02)
				for k, far := range []float64{-1.5, .5, 1.5} {
					d := forecast.Up
					if (i+k)%2 == 0 {
						d = forecast.Down
					}
					q.Targets = append(q.Targets, forecast.SeriesTarget{Value: last + far*size, Direction: d})
				}
				f, err := forecast.RunSeries(q)
				if err != nil {
					return err
				}
				for k, t := range q.Targets {
					came := slices.ContainsFunc(values[n:], func(v float64) bool {
						return t.Direction == forecast.Up && v >= t.Value || t.Direction == forecast.Down && v <= t.Value
					})
					if size > 0 && (t.Direction == forecast.Up) == (t.Value > last) {
						s.chance.add(f.Chances[k], came)
					}
				}
				for k, v := range values[n:] {
					s.n++
					if v >= f.Steps[k].Lo80 && v <= f.Steps[k].Hi80 {
						s.in80++
					}
					if v >= f.Steps[k].Lo95 && v <= f.Steps[k].Hi95 {
						s.in95++
					}
					unit := max(size, 1e-9)
					s.error += math.Abs(v-f.Steps[k].Mean) / unit
					s.naive += math.Abs(v-last) / unit
				}
			}
		}
		s.write(w, fmt.Sprintf("%d value(s)", n))
	}
	return nil
}
