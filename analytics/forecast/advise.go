package forecast

import (
	"math"
	"slices"

	"tandem/analytics/stats"
)

// Advice names targets for a goal as it stands today: Even has an even chance, Bold about one in four.
// They are in the unit of the target, or shares of the periods (KeptShare) when Rule is Kept. Both are
// NaN where no target can be named: no chance is known (TooFew, Ended), nothing more can come, or the
// goal wants values between two bounds at a date. Of a best value (Once, Held) neither lies on the near
// side of the best one so far, so that an even chance may not be on offer.
type Advice struct{ Even, Bold float64 }

// Advise gives targets for g. Its own target is not looked at, except by the rule Kept, which needs it to
// say what a good period is.
func Advise(g Goal) (Advice, error) {
	none := Advice{math.NaN(), math.NaN()}
	if g.Direction == Within && g.Rule != Kept {
		return none, g.check()
	}
	if g.Rule == Kept {
		g.KeptShare = 1 // a lower share may be sure already, and what is sure has no paths
	} else {
		g.Target = 0
		if err := g.check(); err != nil {
			return none, err
		}
		g.Target = g.beyond()
	}
	f, s, err := run(g)
	if err != nil || s == nil || f.Status != Open && g.Rule != Kept {
		return none, err
	}
	g.normalise()
	values := make([]float64, len(s.outcomes))
	for i, o := range s.outcomes {
		values[i] = o.value
	}
	slices.Sort(values)
	a := Advice{stats.Quantile(values, .5), stats.Quantile(values, .75)}
	if g.Direction == Down && g.Rule != Kept {
		a.Bold = stats.Quantile(values, .25)
	}
	points, _ := g.visible()
	if since := g.since(points); (g.Rule == Once || g.Rule == Held) && len(since) >= g.runLength() {
		best, _, _ := g.judgeRun(g.line(since))
		if g.Direction == Down {
			return Advice{min(a.Even, best), min(a.Bold, best)}, nil
		}
		return Advice{max(a.Even, best), max(a.Bold, best)}, nil
	}
	return a, nil
}

// beyond gives a target that no value has reached yet and no sum passed, near enough to them that nothing
// is lost in the last digits.
func (g *Goal) beyond() float64 {
	sum, least, most := g.SoFar, g.SoFar, g.SoFar
	size := math.Abs(g.SoFar)
	for _, p := range g.Points {
		sum += p.Value
		least, most = min(least, p.Value, sum), max(most, p.Value, sum)
		size = max(size, math.Abs(p.Value), math.Abs(sum))
	}
	out := most + size + 1
	// a total that must stay below is not lost as long as it may still grow
	if g.Direction == Down && !g.AtMost && (g.Form != Total || sum <= g.SoFar) {
		out = least - size - 1
	}
	return max(-shown, min(shown, out))
}

// A Shift says what moved a chance: each part is a difference of chances, and they add up to To − From.
// A part is exactly 0 where nothing of its kind changed.
type Shift struct {
	From, To float64 // NaN where there was no chance
	Time     float64 // days went by
	Values   float64 // values came, or were changed
	Calendar float64 // time off was planned or taken back
	Goal     float64 // target, rule, deadline or another setting of the goal
}

// Moved explains how the chance went from one state of a goal to a later one. It walks there in fixed
// order, time, values, calendar, goal: each part is what its step did to the chance. Where a step has no
// chance (too few values) the last known one stands, and a state without a chance gives no parts.
func Moved(before, after Goal) (Shift, error) {
	now, err := Run(after)
	if err != nil {
		return Shift{}, err
	}
	return MovedTo(before, after, now)
}

// MovedTo is Moved for whoever has the forecast of the later state already: now is Run(after).
func MovedTo(before, after Goal, now Forecast) (Shift, error) {
	states := [5]Goal{before, before, before, before, after}
	for i := 1; i < 4; i++ {
		states[i].Today = after.Today
	}
	for i := 2; i < 4; i++ {
		states[i].Points, states[i].SoFar = after.Points, after.SoFar
	}
	states[3].Off = after.Off
	var chances [5]float64
	for i, g := range states {
		if i > 0 && same(states[i-1], g) {
			chances[i] = chances[i-1]
			continue
		}
		if same(g, after) {
			chances[i] = now.Chance
			continue
		}
		f, err := Run(g)
		if err != nil {
			return Shift{}, err
		}
		chances[i] = f.Chance
	}
	s := Shift{From: chances[0], To: chances[4]}
	if math.IsNaN(s.From) || math.IsNaN(s.To) {
		return s, nil
	}
	last := s.From
	for i, part := range []*float64{&s.Time, &s.Values, &s.Calendar, &s.Goal} {
		if c := chances[i+1]; !math.IsNaN(c) {
			*part, last = c-last, c
		}
	}
	return s, nil
}

// same says whether two goals ask the same question; NaN is the same as NaN.
func same(a, b Goal) bool {
	if !slices.Equal(a.Points, b.Points) || !slices.Equal(a.Off, b.Off) {
		return false
	}
	for _, v := range [][2]*float64{{&a.Lo, &b.Lo}, {&a.Hi, &b.Hi}, {&a.Baseline, &b.Baseline}} {
		if math.IsNaN(*v[0]) && math.IsNaN(*v[1]) {
			*v[0], *v[1] = 0, 0
		}
	}
	return a.Seed == b.Seed && a.Form == b.Form && a.Scale == b.Scale && a.Lo == b.Lo && a.Hi == b.Hi && a.WhenItHappens == b.WhenItHappens &&
		a.Period == b.Period && a.Start == b.Start && a.Today == b.Today && a.Deadline == b.Deadline && a.Baseline == b.Baseline &&
		a.SoFar == b.SoFar && a.Target == b.Target && a.TargetLo == b.TargetLo && a.TargetHi == b.TargetHi && a.Direction == b.Direction &&
		a.Rule == b.Rule && a.HeldFor == b.HeldFor && a.KeptShare == b.KeptShare && a.AtMost == b.AtMost
}

// An OutsideView says how goals like this one ended, as far as that is known.
type OutsideView struct {
	OwnReached, OwnEnded int // the person's own finished goals with the same tag
	AllReached, AllEnded int // everybody's on this server, used from 20 ended ones on
}

const (
	outsideBelow = 5  // values from which the forecast stands alone
	outsideAll   = 20 // goals of everybody that say something
	outsidePrior = 2  // Beta(2, 2): as if two goals had been reached and two not
)

// Chance gives the share of goals like this one that were reached, pulled to one half where few are known.
func (o OutsideView) Chance() float64 {
	reached, ended := o.OwnReached, o.OwnEnded
	if ended <= 0 && o.AllEnded >= outsideAll {
		reached, ended = o.AllReached, o.AllEnded
	}
	ended = max(ended, 0)
	reached = max(0, min(reached, ended))
	return (float64(reached) + outsidePrior) / (float64(ended) + 2*outsidePrior)
}

// Blend gives the chance of a goal with fewer than five values, n of them since its start: the forecast's
// own chance (NaN for none) counts n/(n+5) beside the outside view, both as log odds. From five values on
// the forecast stands alone, because its chances are calibrated as they are.
func (o OutsideView) Blend(inside float64, n int) float64 {
	switch {
	case n >= outsideBelow:
		return inside
	case math.IsNaN(inside):
		return o.Chance()
	case inside <= 0 || inside >= 1: // sure
		return inside
	}
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	w := float64(n) / float64(n+5)
	return 1 / (1 + math.Exp(-float64(w*odds(inside))-float64((1-w)*odds(o.Chance()))))
}
