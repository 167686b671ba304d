package forecast

import "math"

// fewCounts is the mean under which counts get a filter of their own: below it they are too few to be even
// on any scale.
const fewCounts = 5

// A steadyMember is the power-steady filter of counts (Smith 1979; West and Harrison 1997, 10.8): a rate
// that wanders, of which all that is known is a gamma distribution with shape a and b cells of exposure.
// Each cell forgets the share 1 − keep of both and adds its count and itself. What it expects of the next
// count is negative-binomial.
type steadyMember struct{ keep float64 }

func steadyMembers() []steadyMember {
	return []steadyMember{{.6}, {.7}, {.8}, {.9}, {.95}, {.98}, {1}}
}

// A steadyState is what is known of the rate after a cell.
type steadyState struct{ a, b float64 }

func (s *steadyState) pass(keep float64) {
	s.a *= keep
	s.b *= keep
}

func (s *steadyState) see(y float64) {
	s.a += y
	s.b++
}

// loglik gives the log chance of the count y after pass.
func (s steadyState) loglik(y float64) float64 {
	g1, _ := math.Lgamma(s.a + y)
	g2, _ := math.Lgamma(s.a)
	g3, _ := math.Lgamma(y + 1)
	return g1 - g2 - g3 + float64(s.a*math.Log(s.b/(s.b+1))) - float64(y*math.Log(s.b+1))
}

// below gives the chance of a count under y and of one not above it, after pass.
func (s steadyState) below(y float64) (under, upTo float64) {
	q := 1 / (s.b + 1)
	p := math.Exp(s.a * math.Log1p(-q))
	for k := 0.0; k < y; k++ {
		under += p
		p *= float64((s.a+k)*q) / (k + 1)
	}
	return under, under + p
}

// most counts that are counted through; what lies beyond has next to no chance for rates so small.
const mostCounted = 10000

// draw gives the count at the share u of the distribution, after pass.
func (s steadyState) draw(u float64) float64 {
	q := 1 / (s.b + 1)
	p := math.Exp(s.a * math.Log1p(-q))
	sum, k := p, 0.0
	for sum < u && k < mostCounted && (p > 1e-18 || k < s.a) {
		p *= float64((s.a+k)*q) / (k + 1)
		sum += p
		k++
	}
	return k
}

// first is what is known before the first count: half a count in half a cell, which is forgotten fast.
func firstSteady() steadyState { return steadyState{.5, .5} }

// A steadyPart is the steady form of a component: members and states as exactPart has them.
type steadyPart struct {
	members []steadyMember
	states  []steadyState
	levels  []float64 // the rate after each cell, of all members
}

// few says whether the values are counts that need the filter of their own.
func few(t transform, values []float64) bool {
	sum := 0.0
	for _, v := range values {
		if v != math.Trunc(v) {
			return false
		}
		sum += v
	}
	return t.kind == root && t.whole && sum < fewCounts*float64(len(values))
}

// fitSteady learns from a grid of at least three counts, on the scale of roots, where ranges are even.
func fitSteady(g grid, t transform) component {
	members := steadyMembers()
	c := component{transform: t, season: 1, p: 1, unit: 1, cells: len(g.y), steady: &steadyPart{members: members, states: make([]steadyState, len(members)), levels: make([]float64, len(g.y))},
		members: make([]member, len(members)), states: make([]state, len(members)), weights: make([]float64, len(members))}
	rates := make([][]float64, len(members))
	for i, mb := range members {
		s := firstSteady()
		rates[i] = make([]float64, len(g.y))
		for k, y := range g.y {
			s.pass(mb.keep)
			if g.seen[k] {
				c.states[i].loglik += s.loglik(y)
				s.see(y)
			}
			rates[i][k] = s.a / s.b
		}
		c.steady.states[i] = s
	}
	c.weigh([families]float64{1, 0, 0, 0}, 0)
	c.p = 1
	for i, w := range c.weights {
		for k, r := range rates[i] {
			c.steady.levels[k] += float64(w * r)
		}
	}
	return c
}

// course is component.course for steady members. The rate is expected to stay; how far the counts to come
// will move what is known of it adds to the variance, which is taken to the scale of roots by their slope.
func (p *steadyPart) course(weights []float64, h int) course {
	all := make([]float64, 4*h)
	out := course{all[:h:h], all[h : 2*h : 2*h], all[2*h : 3*h : 3*h], all[3*h:]}
	for i, mb := range p.members {
		w, b := weights[i], p.states[i].b
		rate := p.states[i].a / b
		mean, wander := math.Sqrt(rate+.375), 0.0
		for k := range h {
			b *= mb.keep
			next := float64(rate * (1 + 1/b))
			scale := 1 / (4 * (rate + .375))
			out.mean[k] += float64(w * mean)
			out.variance[k] += float64(w * (float64((next+wander)*scale) + float64(mean*mean)))
			wander += next / float64((b+1)*(b+1))
			out.latentVariance[k] += float64(w * (float64(wander*scale) + float64(mean*mean)))
			b++
		}
	}
	for k := range h {
		square := float64(out.mean[k] * out.mean[k])
		out.latent[k] = out.mean[k]
		out.variance[k] = max(out.variance[k]-square, 0)
		out.latentVariance[k] = max(out.latentVariance[k]-square, 0)
	}
	return out
}

// A countRange is the mean and the variance of one count to come.
type countRange struct{ mean, variance float64 }

// ranges gives mean and variance of the next h counts, those of the mixture of all members.
func (p *steadyPart) ranges(weights []float64, h int) []countRange {
	out := make([]countRange, h)
	for i, mb := range p.members {
		w, b := weights[i], p.states[i].b
		rate, wander := p.states[i].a/b, 0.0
		for k := range out {
			b *= mb.keep
			next := float64(rate * (1 + 1/b))
			out[k].mean += float64(w * rate)
			out[k].variance += float64(w * (next + wander + float64(rate*rate)))
			wander += next / float64((b+1)*(b+1))
			b++
		}
	}
	for k, r := range out {
		out[k].variance = r.variance - float64(r.mean*r.mean)
	}
	return out
}

// quantiles gives the counts below which the shares lo and hi of a negative-binomial distribution of that
// mean lie, its standard deviation stretched by wide; it is never narrower than Poisson's.
func (r countRange) quantiles(lo, hi, wide float64) (least, most float64) {
	mean := max(r.mean, 1e-9)
	excess := max(float64(r.variance*wide*wide)-mean, 1e-6*mean)
	s := steadyState{float64(mean * mean / excess), mean / excess}
	return s.draw(lo), s.draw(hi)
}

// step gives the likely ranges of one count, widened by the half-widths as far as they differ from those of
// an even error.
func (r countRange) step(day int, c halfWidth, t transform) Step {
	s := Step{Day: day, Mean: r.mean}
	s.Lo50, s.Hi50 = r.quantiles(.25, .75, c[0]/q50)
	s.Lo80, s.Hi80 = r.quantiles(.1, .9, c[1]/q80)
	s.Lo95, s.Hi95 = r.quantiles(.025, .975, c[2]/q95)
	s.Lo80, s.Hi80 = min(s.Lo80, s.Lo50), max(s.Hi80, s.Hi50)
	s.Lo95, s.Hi95 = min(s.Lo95, s.Lo80), max(s.Hi95, s.Hi80)
	for _, v := range []*float64{&s.Mean, &s.Lo50, &s.Hi50, &s.Lo80, &s.Hi80, &s.Lo95, &s.Hi95} {
		*v = max(t.lo, min(t.hi, *v))
	}
	return s
}

// walk follows member i along the noise, mirrored when sign is −1: counts, or with latent the rate that is
// known after each, both as roots.
func (p *steadyPart) walk(i int, sign float64, noise []float64, latent bool, out []float64) {
	s, keep := p.states[i], p.members[i].keep
	for k, z := range noise[:len(out)] {
		s.pass(keep)
		y := s.draw(.5 * math.Erfc(-float64(sign*z)/math.Sqrt2))
		s.see(y)
		if latent {
			y = s.a / s.b
		}
		out[k] = math.Sqrt(y + .375)
	}
}

// steadyTrack is track for counts: the range is that of the mixture of all members, each weighed by what
// came before.
func (m model) steadyTrack() Track {
	out := Track{Factor: 1}
	members := m.components[0].steady.members
	states, logs := make([]steadyState, len(members)), make([]float64, len(members))
	for i := range states {
		states[i] = firstSteady()
	}
	count := 0
	for k, y := range m.grid.y {
		for i := range states {
			states[i].pass(members[i].keep)
		}
		if !m.grid.seen[k] {
			continue
		}
		if count >= trackFewest && count >= m.count-trackLength {
			best := math.Inf(-1)
			for _, l := range logs {
				best = max(best, l)
			}
			var sum, under, upTo float64
			for i, s := range states {
				w := math.Exp(logs[i] - best)
				u, t := s.below(min(y, mostCounted))
				sum, under, upTo = sum+w, under+float64(w*u), upTo+float64(w*t)
			}
			out.learn(under <= .9*sum && upTo >= .1*sum)
		}
		for i := range states {
			logs[i] += states[i].loglik(y)
			states[i].see(y)
		}
		count++
	}
	return out
}
