package forecast

import (
	"math"
	"slices"
)

const (
	seasonBonus = 8.0 // prior log odds that there is a season when two whole ones were seen
	oddsPower   = 0.2 // tempers the odds of scale and season: real errors are not exactly Gaussian
)

// A component is the model on one scale, with or without a season: weighted members. z-values are the
// transformed values less origin, divided by unit.
type component struct {
	transform
	season       int // 1 for none
	p            float64
	unit, origin float64
	cells        int
	members      []member
	states       []state
	weights      []float64
	exact        *exactPart  // for irregular days; members and states then hold families and likelihoods only
	steady       *steadyPart // for few counts; likewise
}

// A model is what was learnt from the values of one grid.
type model struct {
	components []component
	count      int // values seen
	kind       Calendar
	grid       grid
	points     []Point // the values of an exact model
	factor     float64 // of all half-widths: what the goal's own track says
}

// familyWeights gives what each family counts for, and how far the likelihood may move that. Found on
// public series: daily ones follow their level, others their slope. Counts keep their rate: found on personal
// weeks, where a slope made the chances worse on either half.
func familyWeights(count int, kind Calendar, counts bool) (w [families]float64, learn float64) {
	switch {
	case count < 5:
		return [families]float64{.6, .4, 0, 0}, 0
	case counts:
		return [families]float64{.6, .02, .38, 0}, .5
	case kind == Daily:
		return [families]float64{.5, .05, .45, 0}, .5
	}
	return [families]float64{.1, .45, .4, .05}, 0
}

// fit learns from a grid with at least one value. Every scale, with and without a season, becomes a
// component; their odds are tempered evidence, so that a few odd values do not decide alone. Nothing is
// optimised and nothing can fail to converge: the members are a fixed set, and all of them are averaged.
func fit(g grid, scale Scale, lo, hi float64) model {
	var values []float64
	for t, ok := range g.seen {
		if ok {
			values = append(values, g.y[t])
		}
	}
	m := model{count: len(values), kind: g.kind, grid: g, factor: 1}
	ts := transforms(scale, lo, hi, values)
	if len(values) < 3 {
		m.components = []component{guess(g, ts[0], values)}
		return m
	}
	g.counts = ts[0].kind == root
	if few(ts[0], values) {
		m.components = []component{fitSteady(g, ts[0])}
		return m
	}
	zs, units, origins := make([][]float64, len(ts)), make([]float64, len(ts)), make([]float64, len(ts))
	for i, t := range ts {
		zs[i], units[i], origins[i] = standardise(t, g)
	}
	seasons := []int{1}
	if hasSeason(g.season, len(g.y), len(values)) {
		seasons = append(seasons, g.season)
	}
	for _, season := range seasons {
		for i, c := range fitMembers(g, zs, season, len(values)) {
			c.transform, c.unit, c.origin = ts[i], units[i], origins[i]
			c.compare(ts[i].jacobian(values), len(values))
			m.components = append(m.components, c)
		}
	}
	share(m.components)
	return m
}

// compare turns c.p from the evidence on the z-scale to tempered log odds: a density on the values' own
// scale makes scales comparable.
func (c *component) compare(jacobian float64, count int) {
	c.p += jacobian - float64(float64(count-1)*math.Log(c.unit))
	if c.season > 1 {
		c.p += seasonBonus
	}
	c.p *= oddsPower
}

// share turns log odds into shares that sum to one.
func share(cs []component) {
	best, sum := math.Inf(-1), 0.0
	for _, c := range cs {
		best = max(best, c.p)
	}
	for i := range cs {
		cs[i].p = math.Exp(max(cs[i].p-best, -60))
		sum += cs[i].p
	}
	for i := range cs {
		cs[i].p /= sum
	}
}

// standardise gives the grid on t's scale, less the last value and divided by the spread of the
// differences (gaps filled along a line). Members then see numbers of the size of one, whatever the
// unit, and the prior of the slope means the same for kilograms and for euros.
func standardise(t transform, g grid) (z []float64, unit, origin float64) {
	z = make([]float64, len(g.y))
	last, mean, n := -1, 0.0, 0.0
	var sum, squares, steps float64
	for i, ok := range g.seen {
		if !ok {
			continue
		}
		z[i] = t.forth(g.y[i])
		mean += z[i]
		n++
		if last >= 0 {
			gap := float64(i - last)
			d := (z[i] - z[last]) / gap
			sum += d * gap
			squares += d * d * gap
			steps += gap
		}
		last = i
	}
	origin, mean = z[last], mean/n
	if steps > 0 {
		avg := sum / steps
		unit = math.Sqrt(max(squares/steps-avg*avg, 0))
	}
	// values that never change have no spread: any small unit serves, and errors stay as good as zero
	if tiny := 1e-9 * max(math.Abs(mean), math.Abs(origin)); !(unit > tiny) || math.IsInf(unit, 0) {
		unit = max(math.Abs(mean), 1) * 1e-3
	}
	for i := range z {
		z[i] = (z[i] - origin) / unit
	}
	return z, unit, origin
}

// fitMembers runs every member once and weighs them: inside a family by likelihood, between families
// by familyWeights. It gives one component a scale, whose p holds the log evidence.
func fitMembers(g grid, zs [][]float64, season, count int) []component {
	members, slopePrior := memberGrid(season > 1), slopePriorOf(count)
	out := make([]component, len(zs))
	for k := range out {
		out[k] = component{season: season, cells: len(g.y), members: members,
			states: make([]state, len(members)), weights: make([]float64, len(members))}
	}
	var s sums
	var states [maxScales]state
	whole := !slices.Contains(g.seen, false)
	z, other := zs[0], []float64(nil)
	if len(zs) > 1 {
		other = zs[1]
	}
	var r responses
	for i, mb := range members {
		switch {
		case mb.steep: // the sums of the drift before it
		case season <= 1:
			s.plain(mb, z, other, g.seen)
		case whole:
			r.gather(&s, mb, zs, season)
		default:
			s.gather(mb, zs, g.seen, season, nil)
		}
		s.solve(mb, slopePrior, &states)
		for k := range out {
			out[k].states[i] = states[k]
		}
	}
	base, learn := familyWeights(count, g.kind, g.counts)
	for k := range out {
		c := &out[k]
		c.weigh(base, learn)
		for i, w := range c.weights {
			if w < least {
				c.weights[i] = 0
				continue
			}
			members[i].follow(&c.states[i], zs[k], g.seen, season, nil)
		}
	}
	return out
}

// slopePriorOf gives the precision of the slope at the start, in units of 1/sigma²: few values tell little
// of a slope.
func slopePriorOf(count int) float64 {
	if count >= 16 {
		return 4
	}
	return 30
}

// hasSeason says whether a season can be learnt: two whole ones, and more values than it has parts.
func hasSeason(season, cells, count int) bool {
	return season > 1 && cells >= 2*season && count >= season+3
}

// least is the weight under which a member is left out: all that are together count less than a five
// hundredth.
const least = 1e-5

// weigh turns likelihoods into weights that sum to one, and the best family's mean likelihood into the
// component's evidence. Sums are taken relative to the largest, since likelihoods under- and overflow.
func (c *component) weigh(base [families]float64, learn float64) {
	var top, sum, size, share [families]float64
	for f := range top {
		top[f] = math.Inf(-1)
	}
	for i, mb := range c.members {
		if l := c.states[i].loglik; !math.IsInf(l, -1) {
			top[mb.family] = max(top[mb.family], l)
			size[mb.family]++
		}
	}
	for i, mb := range c.members {
		if c.weights[i] = 0; !math.IsInf(c.states[i].loglik, -1) {
			c.weights[i] = math.Exp(c.states[i].loglik - top[mb.family])
		}
		sum[mb.family] += c.weights[i]
	}
	var evidence [families]float64
	c.p = math.Inf(-1)
	for f := range evidence {
		if evidence[f] = math.Inf(-1); sum[f] > 0 {
			evidence[f] = top[f] + math.Log(sum[f]/size[f])
		}
		c.p = max(c.p, evidence[f])
	}
	total := 0.0
	for f := range share {
		if sum[f] > 0 {
			share[f] = base[f] * math.Exp(float64(learn*(evidence[f]-c.p)))
		}
		total += share[f]
	}
	for i, mb := range c.members {
		if sum[mb.family] > 0 {
			c.weights[i] *= share[mb.family] / total / sum[mb.family]
		}
	}
}

// guess is the model of one or two values: a level that wanders. A step is a tenth of the value, which
// two values correct by half with the step that was seen.
func guess(g grid, t transform, values []float64) component {
	last := t.forth(values[len(values)-1])
	sd := max(math.Abs(last), 1) * .1
	if len(values) > 1 {
		d := last - t.forth(values[0])
		sd = math.Sqrt((float64(sd*sd) + float64(d*d)) / 2)
	}
	return component{transform: t, season: 1, p: 1, unit: sd, origin: last, cells: len(g.y),
		members: []member{{levelFamily, 1, 0, 0, 0, false}}, states: []state{{sigma2: 1}}, weights: []float64{1}}
}

// trend gives the level after each cell, without season and noise, on the values' own scale.
func (m model) trend() []float64 {
	if s := m.components[0].steady; s != nil {
		return s.levels
	}
	out := make([]float64, len(m.grid.y))
	level := make([]float64, len(out))
	total := 0.0
	for _, c := range m.components {
		if c.p < .01 {
			continue
		}
		total += c.p
		z := make([]float64, len(out))
		for t, ok := range m.grid.seen {
			if ok {
				z[t] = (c.forth(m.grid.y[t]) - c.origin) / c.unit
			}
		}
		clear(level)
		sum := 0.0
		for i, w := range c.weights {
			if w < .002 { // too little to be seen in a line
				continue
			}
			sum += w
			s := c.states[i]
			c.members[i].follow(&s, z, m.grid.seen, c.season, func(t int, l float64) { level[t] += float64(w * l) })
		}
		for t := range out {
			out[t] += c.p * c.back(level[t]/sum*c.unit+c.origin)
		}
	}
	for t := range out {
		out[t] /= total
	}
	return out
}

// A course is what a component expects of the next h values, on its z-scale: their mean and the variance
// of their forecast error; mean and variance of the latent level, which has neither season nor noise.
type course struct{ mean, variance, latent, latentVariance []float64 }

func (c component) course(h int) course {
	switch {
	case c.exact != nil:
		return c.exact.course(c.weights, h)
	case c.steady != nil:
		return c.steady.course(c.weights, h)
	}
	all := make([]float64, 4*h)
	out := course{all[:h:h], all[h : 2*h : 2*h], all[2*h : 3*h : 3*h], all[3*h:]}
	phase := 0
	if c.season > 1 {
		phase = c.cells % c.season
	}
	for i, mb := range c.members {
		w, s := c.weights[i], &c.states[i]
		if w == 0 {
			continue
		}
		phis, power, v := 0.0, 1.0, 1.0
		at, since := phase, 0
		for k := range h {
			power *= mb.phi
			phis += power
			l := s.level + float64(phis*s.slope)
			f := l
			q := mb.alpha + float64(mb.beta*phis)
			if c.season > 1 {
				f += s.season[at]
				if at++; at == c.season {
					at = 0
				}
				if since++; since == c.season {
					since = 0
					q += mb.gamma
				}
			}
			out.latent[k] += float64(w * l)
			out.mean[k] += float64(w * f)
			out.variance[k] += float64(w * (float64(v*s.sigma2) + float64(f*f)))
			// in a level the last error counts alpha and not one
			out.latentVariance[k] += float64(w * (float64((v-1+float64(mb.alpha*mb.alpha))*s.sigma2) + float64(l*l)))
			v += float64(q * q)
		}
	}
	for k := range h {
		out.variance[k] = max(out.variance[k]-float64(out.mean[k]*out.mean[k]), 0)
		out.latentVariance[k] = max(out.latentVariance[k]-float64(out.latent[k]*out.latent[k]), 0)
	}
	return out
}
