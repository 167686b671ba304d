package forecast

import (
	"math"

	"tandem/analytics/stats"
)

// An exactMember is the continuous form of a member, for values on wildly irregular days: a level that
// wanders and a slope that wanders and fades, both in continuous time, seen with noise of variance 1
// (sigma² is concentrated out). Variances are per usual gap between values, theta the rate of fading.
type exactMember struct {
	family               family
	level, slope, fading float64
}

// exactMembers gives the members that are averaged.
func exactMembers() (ms []exactMember) {
	for _, q := range []float64{.0005, .005, .03, .15, .6, 3} {
		ms = append(ms, exactMember{levelFamily, q, 0, 0}, exactMember{driftFamily, q, 0, 0})
		for _, phi := range []float64{.8, .95} {
			for _, share := range []float64{0, .02, .2} {
				ms = append(ms, exactMember{dampedFamily, q, float64(q * share), -math.Log(phi)})
			}
		}
	}
	return ms
}

// A passage is how a state moves over a gap: level += to·slope, slope *= fade, and noise with covariance
// q11, q12, q22 comes in.
type passage struct{ to, fade, q11, q12, q22 float64 }

// over gives the passage over a gap of d usual gaps (Harvey 1989, 9.1 and 9.2).
func (mb exactMember) over(d float64) passage {
	t, ql, qs := mb.fading, mb.level, mb.slope
	if t*d < 1e-4 { // the limit of no fading
		return passage{d, 1, float64(ql*d) + float64(qs*d*d*d/3), qs * d * d / 2, qs * d}
	}
	e := math.Exp(-float64(t * d))
	once, twice := (1-e)/t, (1-float64(e*e))/(2*t)
	return passage{once, e, float64(ql*d) + float64(qs/(t*t)*(d-float64(2*once)+twice)), float64(qs * once * once / 2), float64(qs * twice)}
}

// An exactState is what an exact member knows after the last value: the mean of level and slope, and
// their covariance in units of sigma².
type exactState struct {
	loglik, sigma2 float64
	level, slope   float64
	p11, p12, p22  float64
	levels         []float64 // after each value, from the start that was solved for
}

// filter is the augmented Kalman filter (de Jong 1991): beside the mean it carries what a unit of the
// unknown level and of the unknown slope at the start would add, so that the start is integrated out
// exactly. gaps are in usual gaps, the first is not looked at; the slope's start has precision
// slopePrior. A variance of a value past the first is never below 1, so nothing is divided by zero. When
// ahead is not nil it is told before each value from cell first on what is expected of it.
func (mb exactMember) filter(z, gaps []float64, slopePrior float64, first int, ahead func(t int, e expectation)) (s exactState) {
	var l, b, p11, p12, p22 float64
	lx, bx := [2]float64{1, 0}, [2]float64{0, 1}
	if mb.family == levelFamily {
		bx[1] = 0
	}
	var s11, s12, s22, r1, r2, square, logdet float64
	s.levels = make([]float64, len(z))
	columns := make([][2]float64, len(z))
	for t, y := range z {
		if t > 0 {
			g := mb.over(gaps[t])
			l += float64(g.to * b)
			b *= g.fade
			for i := range lx {
				lx[i] += float64(g.to * bx[i])
				bx[i] *= g.fade
			}
			p11 += float64(2*g.to*p12) + float64(g.to*g.to*p22) + g.q11
			p12 = float64(g.fade*(p12+float64(g.to*p22))) + g.q12
			p22 = float64(g.fade*g.fade*p22) + g.q22
		}
		f := p11 + 1
		if ahead != nil && t >= first {
			start := startSums{s11, s12, s22, r1, r2, square, logdet, float64(t)}
			ahead(t, start.expect(mb, slopePriorOf(t), l, f, lx))
		}
		v := y - l
		k1, k2 := p11/f, p12/f
		square += float64(v * v / f)
		s11 += float64(lx[0] * lx[0] / f)
		s12 += float64(lx[0] * lx[1] / f)
		s22 += float64(lx[1] * lx[1] / f)
		r1 += float64(lx[0] * v / f)
		r2 += float64(lx[1] * v / f)
		logdet += math.Log(f)
		l += float64(k1 * v)
		b += float64(k2 * v)
		for i := range lx {
			e := lx[i]
			lx[i] -= float64(k1 * e)
			bx[i] -= float64(k2 * e)
		}
		p22 = max(p22-float64(k2*p12), 0)
		p12 /= f
		p11 /= f
		s.levels[t], columns[t] = l, lx
	}
	sums := startSums{s11, s12, s22, r1, r2, square, logdet, float64(len(z))}
	a, x := sums.solve(mb, slopePrior, &s)
	s.level = l + float64(lx[0]*x[0]) + float64(lx[1]*x[1])
	s.slope = b + float64(bx[0]*x[0]) + float64(bx[1]*x[1])
	// what is not known of the start adds to what is not known of the state
	i1, i2 := []float64{1, 0}, []float64{0, 1}
	stats.Solve(a, 2, i1)
	stats.Solve(a, 2, i2)
	if mb.family == levelFamily {
		i2[1] = 0
	}
	quad := func(u, w [2]float64) float64 {
		return float64(u[0]*(float64(i1[0]*w[0])+float64(i1[1]*w[1]))) + float64(u[1]*(float64(i2[0]*w[0])+float64(i2[1]*w[1])))
	}
	s.p11, s.p12, s.p22 = p11+quad(lx, lx), p12+quad(lx, bx), p22+quad(bx, bx)
	for t := range s.levels {
		s.levels[t] += float64(columns[t][0]*x[0]) + float64(columns[t][1]*x[1])
	}
	return s
}

// startSums are what the start is solved from: X'V⁻¹X, X'V⁻¹y, y'V⁻¹y, ln|V| and the number of values.
type startSums struct{ s11, s12, s22, r1, r2, square, logdet, n float64 }

// solve gives the factor of the precision of the start and the start itself, and fills likelihood and
// sigma² of s.
func (q *startSums) solve(mb exactMember, slopePrior float64, s *exactState) (factor, start []float64) {
	a := []float64{q.s11, 0, q.s12, q.s22 + slopePrior}
	params := 2.0
	if mb.family == levelFamily {
		a[3], params = 1, 1
	}
	full := stats.Cholesky(a, 2)
	x := []float64{q.r1, q.r2}
	stats.Solve(a, 2, x)
	sse := max(q.square-float64(x[0]*q.r1)-float64(x[1]*q.r2), 1e-10*max(q.square, 1e-6))
	if params == 2 {
		full -= math.Log(slopePrior)
	}
	s.loglik = -.5 * (float64((q.n-1)*math.Log(sse/(q.n-1))) + q.logdet + full)
	s.sigma2 = sse / max(q.n-params, 1)
	return a, x
}

// expect gives what the member expects of the next value: its mean without the start is l, its variance f
// and what a unit of the start adds lx.
func (q *startSums) expect(mb exactMember, slopePrior, l, f float64, lx [2]float64) expectation {
	var s exactState
	a, x := q.solve(mb, slopePrior, &s)
	mean := l + float64(lx[0]*x[0]) + float64(lx[1]*x[1])
	u := []float64{lx[0], lx[1]}
	stats.Solve(a, 2, u)
	return expectation{s.loglik, mean, s.sigma2 * (f + float64(u[0]*lx[0]) + float64(u[1]*lx[1]))}
}

// exactTrack is track for values on irregular days: every member of the filter knows at each value what it
// expected of it.
func (m model) exactTrack() Track {
	out := Track{Factor: 1}
	n, members := len(m.points), exactMembers()
	first := max(trackFewest, n-trackLength)
	l := lookBack{m: m, states: make([]state, len(members)), weights: make([]float64, len(members))}
	for t := first; t < n; t++ {
		l.origins, l.counts = append(l.origins, t), append(l.counts, t)
	}
	gaps := gapsOf(m.points)
	var looks []look
	for _, c := range m.components {
		z, logs, sum := make([]float64, n), make([]float64, n-first), 0.0
		for t, p := range m.points {
			if t >= first {
				logs[t-first] = sum
			}
			z[t] = (c.forth(p.Value) - c.origin) / c.unit
			sum += c.jacobian([]float64{p.Value})
		}
		l.zs, l.logs = append(l.zs, z), append(l.logs, logs)
		k := look{season: 1, members: c.members, expected: make([]expectation, len(l.origins)*len(members))}
		for i, mb := range members {
			mb.filter(z, gaps, slopePriorOf(n), first, func(t int, e expectation) { k.expected[(t-first)*len(members)+i] = e })
		}
		looks = append(looks, k)
	}
	for o, t := range l.origins {
		mu, sd, scale := l.mix(o, looks)
		width := halfWidths(m.kind, t, 1)[0][1]
		out.learn(math.Abs(scale.forth(m.points[t].Value)-mu) <= float64(out.Factor*width*sd))
	}
	return out
}

// gapsOf gives the gaps between points in units of their mean, 0 for the first.
func gapsOf(points []Point) []float64 {
	gaps := make([]float64, len(points))
	usual := usualGap(points)
	for i := 1; i < len(points); i++ {
		gaps[i] = float64(points[i].Day-points[i-1].Day) / usual
	}
	return gaps
}

func usualGap(points []Point) float64 {
	return float64(points[len(points)-1].Day-points[0].Day) / float64(len(points)-1)
}

// An exactPart is the exact form of a component: its members and their states. step is the length of a
// cell of the forecast in usual gaps.
type exactPart struct {
	members []exactMember
	states  []exactState
	step    float64
}

// tooIrregular says whether values lie so unevenly that a grid of their usual distance would be mostly
// empty.
func tooIrregular(points []Point) bool {
	if len(points) <= trackFewest {
		return false
	}
	days := spacing(points)
	cells := float64(points[len(points)-1].Day-points[0].Day)/days + 1
	return float64(len(points)) < (1-emptyShare)*cells
}

// fitExact learns from at least three values on any days. g is the grid that the forecast is given on;
// its history is not looked at.
func fitExact(points []Point, g grid, scale Scale, lo, hi float64) model {
	if len(points) > maxCells {
		points = points[len(points)-maxCells:]
	}
	values, gaps := make([]float64, len(points)), gapsOf(points)
	for i, p := range points {
		values[i] = p.Value
	}
	m := model{count: len(values), kind: g.kind, grid: g, factor: 1, points: points}
	dense := grid{y: values, seen: make([]bool, len(values))}
	for i := range dense.seen {
		dense.seen[i] = true
	}
	members := exactMembers()
	base, learn := familyWeights(len(values), g.kind, false)
	for _, t := range transforms(scale, lo, hi, values) {
		c := component{transform: t, season: 1, exact: &exactPart{members: members, states: make([]exactState, len(members)), step: g.step / usualGap(points)}}
		var z []float64
		z, c.unit, c.origin = standardise(t, dense)
		c.members, c.states, c.weights = make([]member, len(members)), make([]state, len(members)), make([]float64, len(members))
		for i, mb := range members {
			c.exact.states[i] = mb.filter(z, gaps, slopePriorOf(len(values)), 0, nil)
			c.members[i].family, c.states[i].loglik = mb.family, c.exact.states[i].loglik
		}
		c.weigh(base, learn)
		c.compare(t.jacobian(values), len(values))
		m.components = append(m.components, c)
	}
	share(m.components)
	return m
}

// course is component.course for exact members.
func (e *exactPart) course(weights []float64, h int) course {
	all := make([]float64, 4*h)
	out := course{all[:h:h], all[h : 2*h : 2*h], all[2*h : 3*h : 3*h], all[3*h:]}
	for i, mb := range e.members {
		w, s, g := weights[i], e.states[i], mb.over(e.step)
		if w < least {
			continue
		}
		for k := range h {
			s.move(g)
			f := float64(s.level * s.level)
			out.mean[k] += float64(w * s.level)
			out.latent[k] += float64(w * s.level)
			out.variance[k] += float64(w * (float64(s.sigma2*(s.p11+1)) + f))
			out.latentVariance[k] += float64(w * (float64(s.sigma2*s.p11) + f))
		}
	}
	for k := range h {
		square := float64(out.mean[k] * out.mean[k])
		out.variance[k] = max(out.variance[k]-square, 0)
		out.latentVariance[k] = max(out.latentVariance[k]-square, 0)
	}
	return out
}

// move takes a state over a gap without a value.
func (s *exactState) move(g passage) {
	s.level += float64(g.to * s.slope)
	s.slope *= g.fade
	s.p11 += float64(2*g.to*s.p12) + float64(g.to*g.to*s.p22) + g.q11
	s.p12 = float64(g.fade*(s.p12+float64(g.to*s.p22))) + g.q12
	s.p22 = float64(g.fade*g.fade*s.p22) + g.q22
}

// exactNoise is how many random numbers a path of h cells takes: two for where it starts, two for level
// and slope and one for the noise of each cell.
func exactNoise(h int) int { return 2 + 3*h }

// walk follows member i along the noise, mirrored when sign is −1: levels with latent, else values.
func (e *exactPart) walk(i int, sign float64, noise []float64, latent bool, out []float64) {
	s, g := &e.states[i], e.members[i].over(e.step)
	sd := sign * math.Sqrt(s.sigma2)
	c11, c21, c22 := root2(s.p11, s.p12, s.p22)
	q11, q21, q22 := root2(g.q11, g.q12, g.q22)
	level := s.level + float64(sd*c11*noise[0])
	slope := s.slope + float64(sd*(float64(c21*noise[0])+float64(c22*noise[1])))
	noise = noise[2:]
	for k := range out {
		u, v := noise[3*k], noise[3*k+1]
		level += float64(g.to*slope) + float64(sd*q11*u)
		slope = float64(g.fade*slope) + float64(sd*(float64(q21*u)+float64(q22*v)))
		out[k] = level
		if !latent {
			out[k] += float64(sd * noise[3*k+2])
		}
	}
}

// root2 gives the lower triangular root of a covariance that may have no width in one direction.
func root2(a, b, c float64) (l11, l21, l22 float64) {
	l11 = math.Sqrt(max(a, 0))
	if l11 > 0 {
		l21 = b / l11
	}
	return l11, l21, math.Sqrt(max(c-float64(l21*l21), 0))
}

// exactTrend gives the trend on the day of each value, on the values' own scale.
func (m model) exactTrend() []Point {
	out := make([]Point, len(m.points))
	for t, p := range m.points {
		v := 0.0
		for _, c := range m.components {
			level := 0.0
			for i, w := range c.weights {
				level += float64(w * c.exact.states[i].levels[t])
			}
			v += float64(c.p * c.back(float64(level*c.unit)+c.origin))
		}
		out[t] = Point{p.Day, bound(v)}
	}
	return out
}
