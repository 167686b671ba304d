package app

import (
	"math"
	"slices"

	"tandem"
	"tandem/advise/coach"
	"tandem/analytics/forecast"
)

const (
	stepBeyond   = 1.5 // a target this many times the best so far is far above anything reached before; so is no step of it
	offeredSteps = 6
)

// bestSoFar gives the best of the last 8 values or periods of a number; nil of a total, of what is to be kept within, and
// of too few.
func bestSoFar(q forecast.Goal, m tandem.Metric) *float64 {
	if m.Form == tandem.FormTotal || len(q.Points) < figures || m.Direction == tandem.Within {
		return nil
	}
	last := make([]float64, 0, bestOf)
	for _, p := range q.Points[max(0, len(q.Points)-bestOf):] {
		last = append(last, p.Value)
	}
	best := slices.Max(last)
	if m.Direction == tandem.Down {
		best = slices.Min(last)
	}
	return &best
}

// stepsTo gives the steps from the best so far to a target, the target last, each at most half again as far as the one
// before; none where the target is no further than that, or the two cannot be held against each other.
func stepsTo(best, target float64, down bool) []float64 {
	far := target / best
	if down {
		far = best / target
	}
	if !(best > 0 && target > 0 && far > stepBeyond && far <= math.Pow(stepBeyond, offeredSteps)) {
		return nil
	}
	n := int(math.Ceil(math.Log(far)/math.Log(stepBeyond) - 1e-9))
	whole := best == math.Trunc(best) && target == math.Trunc(target)
	out := make([]float64, 0, n)
	for i := 1; i < n; i++ {
		if s := twoDigits(best*math.Pow(target/best, float64(i)/float64(n)), whole); s != best && s != target && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return append(out, target)
}

// twoDigits rounds to two digits, so that a step is easy to say; a whole number stays whole.
func twoDigits(v float64, whole bool) float64 {
	digits := int(math.Floor(math.Log10(v))) - 1
	if digits >= 0 || whole {
		unit := math.Pow10(max(digits, 0))
		return math.Round(v/unit) * unit
	}
	unit := math.Pow10(-digits)
	return math.Round(v*unit) / unit
}

// inSteps gives the remark that a target lies far above anything reached before, with the steps to it.
func (f *drafting) inSteps(d Draft) (h DraftHint, far bool) {
	r, t := d.Result, d.Target
	if r == nil || t == nil || t.Best == nil || r.Target == nil || d.Number == nil || r.Stretch != nil || slices.Contains(d.Proposed, "target") {
		return h, false
	}
	steps := stepsTo(*t.Best, *r.Target, d.Number.Direction == tandem.Down)
	if len(steps) < 2 {
		return h, false
	}
	key := "new.in_steps"
	if f.person.AgeBand == tandem.Child {
		key = "coach.child.too_hard"
	}
	return DraftHint{Code: string(coach.TooHard), Key: key, Fix: coach.FixStretch, Steps: steps, Args: tandem.Args{"best": *t.Best, "first": steps[0], "target": *r.Target}}, true
}
