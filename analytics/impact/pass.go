package impact

import "math"

// work holds what one grid point needs, so that the next needs no memory of its own.
type work struct {
	a1, a2 []float64 // what is expected of each column: level and memory
	rows   []float64 // four whitened rows
	gram   []float64 // lower half, row by row: products of the whitened columns
	schur  []float64 // the same, with the base taken out step by step
	rest   []float64
	lower  []float64
}

func newWork(f *frame) *work {
	c := f.c
	return &work{a1: make([]float64, c), a2: make([]float64, c), rows: make([]float64, 4*c),
		gram: make([]float64, c*(c+1)/2), schur: make([]float64, c*(c+1)/2), rest: make([]float64, c*(c+1)/2), lower: make([]float64, c*(c+1)/2)}
}

// A state is the variance of level and memory, in units of the noise's variance: two numbers that wander
// and fade (de Jong 1991, with the level's start absorbed by the intercept).
type state struct {
	q, rho        float64
	p11, p12, p22 float64
	decay         float64 // memory that the days since the last value have left
}

func newState(q, rho float64) state { return state{q: q, rho: rho, p22: 1, decay: 1} }

// day goes one day on; first is the first day of all.
func (s *state) day(first bool) {
	s.p11 += s.q
	if !first {
		s.p12 = float64(s.rho * s.p12)
		s.p22 = float64(float64(s.rho*s.rho)*s.p22) + 1 - float64(s.rho*s.rho)
		s.decay *= s.rho
	}
}

// gain gives the variance of a value and what its surprise teaches, and learns from it.
func (s *state) gain(extra float64) (f, k1, k2 float64) {
	f = s.p11 + 2*s.p12 + s.p22 + extra
	k1, k2 = (s.p11+s.p12)/f, (s.p12+s.p22)/f
	s.p11, s.p12, s.p22 = s.p11-float64(float64(k1*k1)*f), s.p12-float64(float64(k1*k2)*f), s.p22-float64(float64(k2*k2)*f)
	return f, k1, k2
}

// pass runs the filter for one grid point over all columns at once and leaves the products of the whitened
// columns in w.gram. It gives the log determinant of the values' covariance, and the state after the last
// day, whose means stand in w.
func (f *frame) pass(q, rho float64, w *work) (logdet float64, s state) {
	c := f.c
	clear(w.a1)
	clear(w.a2)
	clear(w.gram)
	s = newState(q, rho)
	filled := 0
	product := 1.0 // of variances: its logarithm is taken now and then
	for t := range f.n {
		s.day(t == 0)
		if !f.seen[t] {
			continue
		}
		decay := s.decay
		s.decay = 1
		v, k1, k2 := s.gain(f.extra[t])
		product *= v
		if product > 1e100 || product < 1e-100 {
			logdet += math.Log(product)
			product = 1
		}
		r := 1 / math.Sqrt(v)
		row := f.cols[t*c : t*c+c]
		out := w.rows[filled*c : filled*c+c][:len(row)]
		a1, a2 := w.a1[:len(row)], w.a2[:len(row)]
		for j, x := range row {
			m := float64(decay * a2[j])
			d := x - a1[j] - m
			a1[j] += float64(k1 * d)
			a2[j] = m + float64(k2*d)
			out[j] = d * r
		}
		if filled++; filled == 4 {
			w.addRows(c)
			filled = 0
		}
	}
	if filled > 0 {
		clear(w.rows[filled*c:])
		w.addRows(c)
	}
	return logdet + math.Log(product), s
}

// addRows adds the products of the four rows.
func (w *work) addRows(c int) {
	r0, r1, r2, r3 := w.rows[:c], w.rows[c:2*c], w.rows[2*c:3*c], w.rows[3*c:4*c]
	at := 0
	for j := range c {
		x0, x1, x2, x3 := r0[j], r1[j], r2[j], r3[j]
		g := w.gram[at : at+j+1]
		s0, s1, s2, s3 := r0[:len(g)], r1[:len(g)], r2[:len(g)], r3[:len(g)]
		for k := range g {
			g[k] += float64(x0*s0[k]) + float64(x1*s1[k]) + (float64(x2*s2[k]) + float64(x3*s3[k]))
		}
		at += j + 1
	}
}

// surprises gives, for the residuals u of one grid point, how far each day stands out from what all the
// others promise, and the weight of the day: the elements of V⁻¹u and the diagonal of V⁻¹ (the smoother
// of de Jong 1988), in two passes over the days.
func (f *frame) surprises(q, rho float64, u []float64) (vu, diag []float64) {
	n := f.n
	vu, diag = make([]float64, n), make([]float64, n)
	vs, fs, k1s, k2s := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	s := newState(q, rho)
	a1, a2 := 0.0, 0.0
	for t := range n {
		s.day(t == 0)
		if !f.seen[t] {
			continue
		}
		a2 = float64(a2 * s.decay)
		s.decay = 1
		fs[t], k1s[t], k2s[t] = s.gain(f.extra[t])
		vs[t] = u[t] - a1 - a2
		a1 += float64(k1s[t] * vs[t])
		a2 += float64(k2s[t] * vs[t])
	}
	// r and its variance n, of level and memory, going backwards; here they stand after the day's value
	r1, r2, n11, n12, n22 := 0.0, 0.0, 0.0, 0.0, 0.0
	for t := n - 1; t >= 0; t-- {
		if f.seen[t] {
			k1, k2 := k1s[t], k2s[t]
			vu[t] = vs[t]/fs[t] - float64(k1*r1) - float64(k2*r2)
			nk1, nk2 := float64(n11*k1)+float64(n12*k2), float64(n12*k1)+float64(n22*k2)
			diag[t] = 1/fs[t] + float64(k1*nk1) + float64(k2*nk2)
			r1, r2 = r1+vu[t], r2+vu[t]
			n11, n12, n22 = n11-2*nk1+diag[t], n12-nk1-nk2+diag[t], n22-2*nk2+diag[t]
		}
		if t > 0 {
			r2 *= rho
			n12, n22 = float64(n12*rho), float64(n22*float64(rho*rho))
		}
	}
	return vu, diag
}
