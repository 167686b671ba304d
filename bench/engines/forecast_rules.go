package main

import (
	"math"
	"slices"

	"tandem/analytics/forecast"
	"tandem/analytics/stats"
)

// A targetRule is a reached-when rule other than once, with its truth on a path of values: what is
// compared with the target, in the target's direction (sign −1 for at most).
type targetRule struct {
	name  string
	rule  forecast.Rule
	truth func(after []float64, m int, sign float64) float64
}

var targetRules = []targetRule{
	{"total", forecast.ByTotal, func(after []float64, _ int, sign float64) (sum float64) {
		for _, v := range after {
			sum += sign * v
		}
		return sum
	}},
	// the mean of the last season up to the deadline, of the last 3 values where there is none
	{"at the end", forecast.AtEnd, func(after []float64, m int, sign float64) (mean float64) {
		if m <= 1 {
			m = 3
		}
		last := after[max(0, len(after)-m):]
		for _, v := range last {
			mean += sign * v / float64(len(last))
		}
		return mean
	}},
	{"held", forecast.Held, func(after []float64, _ int, sign float64) float64 {
		best := math.Inf(-1)
		for i := range max(len(after)-2, 1) {
			worst := math.Inf(1)
			for _, v := range after[i:min(i+3, len(after))] {
				worst = min(worst, sign*v)
			}
			best = max(best, worst)
		}
		return best
	}},
}

// targets makes three targets for the rule, near and far, up and down; none where a value that came is
// missing. It is the rule by which the reference's targets are made.
func (r targetRule) targets(c *forecastCase, number int) (out []forecastTarget) {
	values := seen(c.y)
	var steps []float64
	for i := 1; i < len(values); i++ {
		steps = append(steps, math.Abs(values[i]-values[i-1]))
	}
	unit := stats.Median(steps)
	if unit == 0 {
		for _, d := range steps {
			unit += d / float64(len(steps))
		}
	}
	if unit <= 0 || slices.ContainsFunc(c.after, math.IsNaN) {
		return nil
	}
	last := stats.Median(values[max(0, len(values)-max(3, c.m)):])
	for k, far := range []float64{-.4, .4, 1.2} {
		sign := -1.0
		if (number+k)%3 != 0 {
			sign = 1
		}
		by := sign * far * unit * math.Sqrt(float64(c.h))
		target := last + by
		if r.rule == forecast.ByTotal {
			target = (last + .6*by) * float64(c.h)
		}
		out = append(out, forecastTarget{value: target, up: sign > 0, hit: r.truth(c.after, c.m, sign) >= sign*target})
	}
	return out
}

// ruleScore scores the chances of one rule on targets made for it.
func ruleScore(cases []*forecastCase, r targetRule) *chanceScore {
	s := &chanceScore{}
	for i, c := range cases {
		ts := r.targets(c, i)
		if len(ts) == 0 {
			continue
		}
		a := tandemAnswer(c, r.rule, ts)
		for k, t := range ts {
			s.add(a.chances[k], t.hit)
		}
	}
	return s
}
