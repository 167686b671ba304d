package forecast

// responses is a faster way to a seasonal member's sums when no value is missing. The recursion does not
// know what time it is: the errors of a season that starts at cell j are those of the one that starts at
// cell 0, j cells later. So one season is run instead of all, and products of seasons are lagged products
// of one row.
type responses struct {
	level, slope, season []float64 // errors of the unit starts
	data                 [maxScales][]float64
}

// gather fills s as sums.gather does.
func (r *responses) gather(s *sums, mb member, zs [][]float64, season int) {
	r.run(mb, zs, season)
	r.sum(s, len(zs), season, len(zs[0]))
}

// gatherAhead is gather that calls ahead as sums.gather does, from cell first on, which must leave two
// whole seasons before it.
func (r *responses) gatherAhead(s *sums, mb member, zs [][]float64, season, first int, ahead func(t int, expected []float64)) {
	r.run(mb, zs, season)
	r.sum(s, len(zs), season, first)
	var row, expected [maxCols]float64
	unit := row[len(zs):][:s.units]
	for t := first; t < len(zs[0]); t++ {
		unit[0], unit[1] = r.level[t], r.slope[t]
		for j := range season {
			unit[2+j] = r.season[t-j]
		}
		for k, z := range zs {
			row[k] = r.data[k][t]
			expected[k] = z[t] - row[k]
		}
		for i, e := range unit {
			expected[len(zs)+i] = -e
		}
		ahead(t, expected[:len(zs)+s.units])
		s.count++
		s.add(unit, row[:len(zs)])
	}
}

// run fills the errors of all cells.
func (r *responses) run(mb member, zs [][]float64, season int) {
	n := len(zs[0])
	if len(r.level) != n {
		r.level, r.slope, r.season = make([]float64, n), make([]float64, n), make([]float64, n)
		for k := range zs {
			r.data[k] = make([]float64, n)
		}
	}
	r.units(mb, season)
	for k, z := range zs {
		respond(mb, season, z, r.data[k])
	}
}

// sum fills s with the sums over the first n cells.
func (r *responses) sum(s *sums, scales, season, n int) {
	s.begin(scales, season)
	s.count = n
	for t, l := range r.level[:n] {
		b := r.slope[t]
		s.gram[0][0] += float64(l * l)
		s.gram[1][0] += float64(l * b)
		s.gram[1][1] += float64(b * b)
	}
	for k := range scales {
		for t, e := range r.data[k][:n] {
			s.square[k] += float64(e * e)
			s.cross[k][0] -= float64(e * r.level[t])
			s.cross[k][1] -= float64(e * r.slope[t])
		}
	}
	for j := range season {
		u := r.season[:n-j]
		l, b := r.level[j:][:len(u)], r.slope[j:][:len(u)]
		var ul, ub float64
		for t, v := range u {
			ul += float64(v * l[t])
			ub += float64(v * b[t])
		}
		s.gram[2+j][0], s.gram[2+j][1] = ul, ub
		r.crossed(s, j, u)
	}
	r.lagged(s, season, n)
}

// crossed fills the products of the season that starts at cell j with the data.
func (r *responses) crossed(s *sums, j int, u []float64) {
	if s.scales == 1 {
		a := r.data[0][j:][:len(u)]
		sum := 0.0
		for t, v := range u {
			sum += float64(v * a[t])
		}
		s.cross[0][2+j] = -sum
		return
	}
	a, b := r.data[0][j:][:len(u)], r.data[1][j:][:len(u)]
	var ua, ub float64
	for t, v := range u {
		ua += float64(v * a[t])
		ub += float64(v * b[t])
	}
	s.cross[0][2+j], s.cross[1][2+j] = -ua, -ub
}

// lagged fills the products of seasons: of those that start at i and j ≥ i, Σ u(t)·u(t+j−i) over the
// first n−j cells.
func (r *responses) lagged(s *sums, season, n int) {
	u := r.season
	for d := range season {
		common := n - season + 1 // cells that all pairs of this distance share
		a, b := u[:common], u[d:][:common]
		var even, odd float64
		t := 0
		for ; t+1 < len(a); t += 2 {
			even += float64(a[t] * b[t])
			odd += float64(a[t+1] * b[t+1])
		}
		sum := even + odd
		if t < len(a) {
			sum += float64(a[t] * b[t])
		}
		for j := season - 1; ; j-- {
			s.gram[2+j][2+j-d] = sum
			if j == d {
				break
			}
			sum += float64(u[n-j] * u[n-j+d])
		}
	}
}

// units fills the errors of the unit starts, three recursions side by side.
func (r *responses) units(mb member, season int) {
	l0, b0, l1, b1, l2, b2 := 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
	if mb.family == levelFamily {
		b1 = 0
	}
	var s0, s1, s2 [maxSeason]float64
	s2[0] = 1
	phase := 0
	for t := range r.level {
		b0 *= mb.phi
		b1 *= mb.phi
		b2 *= mb.phi
		l0 += b0
		l1 += b1
		l2 += b2
		e0, e1, e2 := -l0-s0[phase], -l1-s1[phase], -l2-s2[phase]
		r.level[t], r.slope[t], r.season[t] = e0, e1, e2
		l0 += float64(mb.alpha * e0)
		l1 += float64(mb.alpha * e1)
		l2 += float64(mb.alpha * e2)
		b0 += float64(mb.beta * e0)
		b1 += float64(mb.beta * e1)
		b2 += float64(mb.beta * e2)
		if mb.gamma > 0 {
			s0[phase] += float64(mb.gamma * e0)
			s1[phase] += float64(mb.gamma * e1)
			s2[phase] += float64(mb.gamma * e2)
		}
		if phase++; phase == season {
			phase = 0
		}
	}
}

// respond fills the errors of the data started at zero.
func respond(mb member, season int, z, out []float64) {
	level, slope := 0.0, 0.0
	var seasons [maxSeason]float64
	phase := 0
	for t, v := range z {
		slope *= mb.phi
		level += slope
		e := v - level - seasons[phase]
		out[t] = e
		level += float64(mb.alpha * e)
		slope += float64(mb.beta * e)
		if mb.gamma > 0 {
			seasons[phase] += float64(mb.gamma * e)
		}
		if phase++; phase == season {
			phase = 0
		}
	}
}
