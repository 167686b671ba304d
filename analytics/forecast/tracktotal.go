package forecast

import "math"

// track looks back on the last cells of a total: was what came, mostly nothing or one increment, inside
// the 80 % range that could be given the day before? The range is that of the mixture: nothing with the
// chance that nothing comes, else a size. Time off is not looked at: if it moved the factor, it could
// lower a chance.
func (t totalModel) track(g *Goal) Track {
	out := Track{Factor: 1}
	m := t.sizes
	l, ok := m.lookBack()
	if !ok {
		return out
	}
	looks := l.all()
	cells := len(m.grid.y)
	for k := max(t.last-trackLength+1, 1-cells); k <= t.last; k++ {
		at, day := k+cells-1, m.grid.day(k)
		came := at < cells && m.grid.seen[at]
		if came && l.at[at] < 0 || !came && at < l.origins[0] {
			continue // too little was known before it
		}
		a := learnActivity(g, m.grid, t.begin, k-1, false)
		phase := phaseOf(day, len(a.yes))
		nothing := a.no[phase] / (a.yes[phase] + a.no[phase])
		if !came {
			out.learn(nothing >= .1)
			continue
		}
		o := l.at[at]
		mu, sd, scale := l.mix(o, looks)
		width := halfWidths(m.kind, l.counts[o], l.gaps[o])[l.gaps[o]-1]
		z := (scale.forth(m.grid.y[at]) - mu) / sd / out.Factor
		out.learn(insideMixture(z, nothing, width))
	}
	return out
}

// insideMixture says whether a size that lies z standard deviations off is inside the 80 % range of a
// mixture of sizes and, with the chance nothing, none.
func insideMixture(z, nothing float64, width halfWidth) bool {
	below := nothing + float64((1-nothing)*width.share(z))
	return below >= .1 && below <= .9
}

// share gives the share of values below z standard deviations, by the half-widths: Gaussian once a
// deviation is taken back to the size that a Gaussian one would have.
func (c halfWidth) share(z float64) float64 {
	a, d := math.Abs(z), 0.0
	switch {
	case a <= c[0]:
		d = a / c[0] * q50
	case a <= c[1]:
		d = q50 + (a-c[0])/(c[1]-c[0])*(q80-q50)
	default:
		d = q80 + (a-c[1])/(c[2]-c[1])*(q95-q80)
	}
	return .5 * math.Erfc(-math.Copysign(d, z)/math.Sqrt2)
}
