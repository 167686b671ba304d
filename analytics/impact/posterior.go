package impact

import "math"

// A posterior is what the data say: every grid point, shape and prior variant with its weight, and each
// effect's Student's t around its mean.
type posterior struct {
	points []point
	slab   []float64 // for each point the means of the effects, then their standard errors
	m      int       // effects
	best   int       // the heaviest point
	dof    float64
}

// A point is one way in which the numbers may have come about.
type point struct {
	grid, combo, variant, slope int32
	weight                      float64 // first its logarithm, then its share
	s2                          float64 // the noise's variance
}

func (p *posterior) mean(i, effect int) float64 { return p.slab[2*p.m*i+effect] }
func (p *posterior) se(i, effect int) float64   { return p.slab[2*p.m*i+p.m+effect] }

// ridge keeps a matrix that is singular to the last bit solvable, and so gives an effect that cannot be
// told from something else a range without end rather than a wrong one.
const ridge = 1e-9

// Nobody knows beforehand how strong slope, season and comparison series are. Each has a few scales to
// average over, as precisions in units of one over the noise's variance: for the slope of the whole
// window none, usual, strong and very strong, for a season the same, for several comparison series nearly
// free, usual and tight (so that many of them do not fit the noise; one alone is free). Without the strong
// ones a steady trend of ten noise sd over the window is told as a difference where there is none.
var (
	slopeScales   = [...]scale{{1e3, .5}, {2, .4}, {.03, .06}, {3e-4, .04}}
	seasonScales  = [...]scale{{1e3, .3}, {2, .4}, {.1, .2}, {.003, .1}}
	controlScales = [...]scale{{1e-3, .3}, {1, .4}, {30, .3}}
	freeControl   = [...]scale{{0, 1}}
)

// A scale is a precision and its share before the data.
type scale struct{ precision, share float64 }

// A variant is one set of precisions of the base columns but the slope.
type variant struct {
	season, control float64
	logPrior        float64 // with the precisions' own normalisation
}

// variants gives the scales of season and comparison series, crossed.
func (f *frame) variants() (out []variant) {
	controls := freeControl[:]
	if f.controls > 1 {
		controls = controlScales[:]
	}
	seasons := f.seasons
	if f.firstCtl == 1 { // no season
		seasons = seasons[:1]
	}
	for _, s := range seasons {
		for _, c := range controls {
			v := variant{season: s.precision, control: c.precision}
			v.logPrior = math.Log(s.share) + .5*float64(float64(f.firstCtl-1)*math.Log(s.precision)) + math.Log(c.share)
			if c.precision > 0 {
				v.logPrior += .5 * float64(float64(f.controls)*math.Log(c.precision))
			}
			out = append(out, v)
		}
	}
	return out
}

// precision gives a base column's own, the slope's apart.
func (v *variant) precision(f *frame, k int) float64 {
	switch {
	case k == 0:
		return 0
	case k < f.firstCtl:
		return v.season
	}
	return v.control
}

// infer runs the filter over the grid and weighs everything by its restricted likelihood.
func (f *frame) infer(prior *Prior, w *work) *posterior {
	p := &posterior{dof: math.Max(float64(f.count-2), 1), m: len(f.effects)}
	vs := f.variants()
	all := len(f.grid) * len(f.combos) * len(vs) * len(f.slopes)
	p.points = make([]point, 0, all)
	p.slab = make([]float64, 0, all*2*p.m)
	for _, g := range f.grid {
		q, rho := gridPoint(g)
		logdet, _ := f.pass(q, rho, w)
		logdet -= 2 * prior.logWeight(g)
		for i := range vs {
			f.eliminateBase(p, g, i, &vs[i], logdet, w)
		}
	}
	p.normalise()
	return p
}

// These are for series of many years, where most of the grid is soon ruled out.
const (
	manyDays   = 1500
	narrowDays = 1200
	ruledOut   = 1e-6 // share of the heaviest
)

// narrow looks at the days around the start first, and leaves out of the grid what these rule out.
func (f *frame) narrow(start int, prior *Prior, w *work) {
	if f.n <= manyDays {
		return
	}
	lo := min(max(start-narrowDays/2, 0), f.n-narrowDays)
	near := *f
	near.n, near.count = narrowDays, 0
	near.cols, near.seen, near.extra = f.cols[lo*f.c:], f.seen[lo:lo+narrowDays], f.extra[lo:lo+narrowDays]
	for _, s := range near.seen {
		if s {
			near.count++
		}
	}
	if near.count < narrowDays/4 {
		return
	}
	p := near.infer(prior, w)
	near.damp(p, w)
	p = near.infer(prior, w)
	clear(near.extra)
	var share [Points]float64
	top := 0.0
	for i := range p.points {
		share[p.points[i].grid] += p.points[i].weight
	}
	for _, v := range share {
		top = math.Max(top, v)
	}
	f.grid = nil
	for g, v := range share {
		if v > ruledOut*top {
			f.grid = append(f.grid, g)
		}
	}
}

// gridPoint gives the level's variance a day and the memory of grid point g.
func gridPoint(g int) (q, rho float64) { return levelVars[g/len(memories)], memories[g%len(memories)] }

// logWeight gives the logarithm of a grid point's prior weight, up to a constant.
func (p *Prior) logWeight(g int) float64 {
	if *p == (Prior{}) {
		return 0
	}
	return math.Log(math.Max(p[g], 1e-12))
}

// eliminateBase takes the base columns out of the products in w.gram: all but the slope once, the slope,
// which is the last of them, for each of its scales; and solves for the effects.
func (f *frame) eliminateBase(p *posterior, grid, vi int, v *variant, logdet float64, w *work) {
	n := f.base - 1
	copy(w.schur, w.gram)
	for k := range n {
		w.schur[k*(k+1)/2+k] += v.precision(f, k) + ridge
	}
	logdet += eliminate(w.schur, f.c, n) - 2*v.logPrior
	rest := f.c - n // slope, shapes, values
	for si, s := range f.slopes {
		for i := range rest {
			copy(w.rest[i*(i+1)/2:i*(i+1)/2+i+1], w.schur[(n+i)*(n+i+1)/2+n:])
		}
		w.rest[0] += s.precision
		ld := eliminate(w.rest, rest, 1) - 2*math.Log(s.share) - math.Log(s.precision)
		f.solve(p, point{grid: int32(grid), variant: int32(vi), slope: int32(si)}, logdet+ld, w)
	}
}

// solve adds a point for each combination of shapes; w.rest holds slope (done with), shapes and values.
func (f *frame) solve(p *posterior, pt point, logdet float64, w *work) {
	y := f.c - f.base
	at := func(i, j int) float64 { return w.rest[i*(i+1)/2+j] } // j <= i
	m := p.m
	for ci, combo := range f.combos {
		a := w.lower[:m*(m+1)/2]
		var mean, se [most]float64
		for i, ki := range combo {
			for j, kj := range combo[:i+1] { // a later effect's candidates stand later
				a[i*(i+1)/2+j] = at(1+ki, 1+kj)
			}
			a[i*(i+1)/2+i] += ridge
			mean[i] = at(y, 1+ki)
		}
		ld := factor(a, m)
		solveLower(a, m, mean[:m])
		sse := at(y, y)
		for _, v := range mean[:m] {
			sse -= float64(v * v)
		}
		sse = math.Max(sse, leastSquares)
		solveUpper(a, m, mean[:m])
		s2 := sse / p.dof
		for i := range m {
			se[i] = math.Sqrt(s2 * inverseDiagonal(a, m, i))
		}
		pt.combo, pt.s2 = int32(ci), s2
		pt.weight = -.5*(logdet+ld) - .5*float64(p.dof*math.Log(sse))
		p.points = append(p.points, pt)
		p.slab = append(append(p.slab, mean[:m]...), se[:m]...)
	}
}

// leastSquares is as small as a sum of squares gets: values that fit to the last bit have no noise.
const leastSquares = 1e-12

// normalise turns log weights into shares; the heaviest is best, the earlier of equals.
func (p *posterior) normalise() {
	for i := range p.points {
		if p.points[i].weight > p.points[p.best].weight {
			p.best = i
		}
	}
	top, sum := p.points[p.best].weight, 0.0
	for i := range p.points {
		p.points[i].weight = math.Exp(p.points[i].weight - top)
		sum += p.points[i].weight
	}
	for i := range p.points {
		p.points[i].weight /= sum
	}
}

// residuals gives what the best point leaves of the values once the base and the effects are taken off.
func (f *frame) residuals(p *posterior, w *work) []float64 {
	best := &p.points[p.best]
	q, rho := gridPoint(int(best.grid))
	f.pass(q, rho, w)
	cols := make([]int, 0, f.base+len(f.effects))
	for k := range f.base {
		cols = append(cols, k)
	}
	for _, k := range f.combos[best.combo] {
		cols = append(cols, f.base+k)
	}
	v := f.variants()[best.variant]
	m, y := len(cols), f.c-1
	a, b := make([]float64, m*(m+1)/2), make([]float64, m)
	for i, ki := range cols {
		for j, kj := range cols[:i+1] {
			a[i*(i+1)/2+j] = w.gram[ki*(ki+1)/2+kj]
		}
		d := ridge
		if i == f.base-1 {
			d += f.slopes[best.slope].precision
		} else if i < f.base {
			d += v.precision(f, i)
		}
		a[i*(i+1)/2+i] += d
		b[i] = w.gram[y*(y+1)/2+ki]
	}
	factor(a, m)
	solveLower(a, m, b)
	solveUpper(a, m, b)
	u := make([]float64, f.n)
	for t := range u {
		row := f.cols[t*f.c : t*f.c+f.c]
		u[t] = row[y]
		for i, k := range cols {
			u[t] -= float64(b[i] * row[k])
		}
	}
	return u
}

const standsOut = 3.5 // of its own standard deviations, seen from all the other days

// damp gives days that stand out more variance, by one step of reweighting at the best point, and tells
// how many there are.
func (f *frame) damp(p *posterior, w *work) (unusual int) {
	best := &p.points[p.best]
	q, rho := gridPoint(int(best.grid))
	vu, diag := f.surprises(q, rho, f.residuals(p, w))
	for t := range f.n {
		if !f.seen[t] || !(diag[t] > 0) {
			continue
		}
		z := vu[t] / math.Sqrt(diag[t]*best.s2)
		f.extra[t] = 0
		if math.Abs(z) > standsOut {
			f.extra[t] = math.Max(float64(z*z)/4-1, 0) / diag[t]
			unusual++
		}
	}
	return unusual
}
