package impact

import "math"

// tell fills in the figures from the mixture, back in the unit of the values.
func (d *Difference) tell(q *Question, f *frame, m *mixture) {
	d.Told = true
	d.Mean = m.centre() * f.unit
	d.Lo80, d.Hi80 = m.quantile(.1)*f.unit, m.quantile(.9)*f.unit
	d.Lo95, d.Hi95 = m.quantile(.025)*f.unit, m.quantile(.975)*f.unit
	c, _ := m.below(0)
	d.Sure = math.Max(c, 1-c)
	d.P = math.Min(2*math.Min(c, 1-c), 1)
	d.Worthwhile = m.beyond(q.Worth/f.unit, q.Down)
}

// beyond gives the share beyond worth on the good side.
func (m *mixture) beyond(worth float64, down bool) float64 {
	if down {
		c, _ := m.below(-worth)
		return c
	}
	c, _ := m.below(worth)
	return 1 - c
}

// untold fills in what is said when nothing can be: no difference, and a range as good as without end.
func (d *Difference) untold(f *frame) {
	wide := 1e6 * math.Max(f.unit, math.Abs(f.centre))
	d.Lo80, d.Hi80, d.Lo95, d.Hi95 = -wide, wide, -wide, wide
	d.P, d.Sure, d.Worthwhile = 1, .5, 0
	d.Placebo.Widened = 1
}

// count counts the values before and since the start of effect i, or off and on where days are given.
func (d *Difference) count(q *Question, i int) {
	for t, v := range q.Values {
		switch {
		case math.IsNaN(v):
		case q.acts(i, t):
			d.After++
		default:
			d.Before++
		}
	}
}

// acts tells whether day t is one on which effect i can act.
func (q *Question) acts(i, t int) bool {
	e := &q.Effects[i]
	if e.Shape == Given {
		return t < len(e.Dose) && e.Dose[t] != 0
	}
	return t >= e.Start-q.First
}

// chosen fills in what the data say about length, lag and delay, and what a unit of dose brings: a steady
// dose comes to itself, so that the difference over the mean carried dose is that of one unit a day.
func (d *Difference) chosen(p *posterior, f *frame, q *Question, effect int) {
	shares := make([]float64, len(f.cands))
	unit := 0.0
	for i := range p.points {
		pt := &p.points[i]
		k := f.combos[pt.combo][effect]
		shares[k] += pt.weight
		unit += float64(pt.weight*p.mean(i, effect)) / f.cands[k].dose
	}
	for _, k := range f.effects[effect] {
		w := f.cands[k].Weight
		if w.Share = shares[k]; w.Share > 0 {
			d.Lags = append(d.Lags, w)
		}
	}
	if q.Effects[effect].Shape == Dosed {
		d.Unit = unit * f.unit
	}
}

// level fills in what the data say about the series itself.
func (a *Answer) level(p *posterior, f *frame, prior *Prior) {
	s2, move := 0.0, 0.0
	for i := range p.points {
		pt := &p.points[i]
		q, rho := gridPoint(int(pt.grid))
		s2 += float64(pt.weight * pt.s2)
		move += float64(pt.weight * pt.s2 * q)
		a.Memory += float64(pt.weight * rho)
		a.Likelihood[pt.grid] += pt.weight
	}
	a.Noise, a.Wander = math.Sqrt(s2)*f.unit, math.Sqrt(move)*f.unit
	if *prior == (Prior{}) {
		return
	}
	sum := 0.0
	for g := range a.Likelihood {
		a.Likelihood[g] = float64(a.Likelihood[g] * math.Exp(-prior.logWeight(g)))
		sum += a.Likelihood[g]
	}
	for g := range a.Likelihood {
		a.Likelihood[g] /= sum
	}
}
