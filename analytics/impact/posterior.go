package impact

import "math"

// A posterior is what the data say: every grid point, shape and prior variant with its weight, and each
// effect's Student's t around its mean.
type posterior struct {
	points []point
	best   int // the heaviest
	dof    float64
}

// A point is one way in which the numbers may have come about.
type point struct {
	grid, combo, variant int
	weight               float64 // first its logarithm, then its share
	s2                   float64 // the noise's variance
	mean, se             []float64
}

// A variant is one set of prior precisions of the base columns, all in one model.
type variant struct {
	precision []float64
	logPrior  float64 // of the precisions' own normalisation
}

// ridge keeps a matrix that is singular to the last bit solvable, and so gives an effect that cannot be
// told from something else a range without end rather than a wrong one.
const ridge = 1e-9

// controlScales are the precisions of several comparison series' coefficients: nearly free, usual, tight.
var controlScales = [...]float64{1e-3, 1, 30}

// variants gives the prior variants to average over: one, or one for each scale of several comparison
// series, so that many of them do not fit the noise.
func (f *frame) variants() []variant {
	if f.controls < 2 {
		return []variant{{precision: f.precision}}
	}
	var out []variant
	for _, s := range controlScales {
		v := variant{precision: append([]float64(nil), f.precision...)}
		for k := f.firstCtl; k < f.firstCtl+f.controls; k++ {
			v.precision[k] = s
			v.logPrior += .5 * math.Log(s)
		}
		out = append(out, v)
	}
	return out
}

// infer runs the filter over the grid and weighs everything by its restricted likelihood.
func (f *frame) infer(prior *Prior, w *work) *posterior {
	p := &posterior{dof: math.Max(float64(f.count-2), 1)}
	p.points = make([]point, 0, Points*len(f.combos))
	vs := f.variants()
	for g := range Points {
		q, rho := gridPoint(g)
		logdet := f.pass(q, rho, w)
		for i := range vs {
			f.solve(p, g, i, &vs[i], logdet, prior.logWeight(g), w)
		}
	}
	p.normalise()
	return p
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

// solve adds the points of one grid point and one variant, from the products in w.gram: the base columns
// are eliminated once, and what is left of shapes and values is solved for each combination.
func (f *frame) solve(p *posterior, grid, vi int, v *variant, logdet, logPrior float64, w *work) {
	copy(w.schur, w.gram)
	for k := range f.base {
		w.schur[k*(k+1)/2+k] += v.precision[k] + ridge
	}
	logdet += eliminate(w.schur, f.c, f.base)
	y := f.c - 1
	at := func(i, j int) float64 {
		if i < j {
			i, j = j, i
		}
		return w.schur[i*(i+1)/2+j]
	}
	m := len(f.effects)
	for ci, combo := range f.combos {
		a, b := w.lower[:m*(m+1)/2], make([]float64, 2*m)
		mean, se := b[:m:m], b[m:]
		for i, ki := range combo {
			for j, kj := range combo[:i+1] {
				a[i*(i+1)/2+j] = at(f.base+ki, f.base+kj)
			}
			a[i*(i+1)/2+i] += ridge
		}
		ld := factor(a, m)
		for i, k := range combo {
			mean[i] = at(f.base+k, y)
		}
		solveLower(a, m, mean)
		sse := at(y, y)
		for _, v := range mean {
			sse -= float64(v * v)
		}
		sse = math.Max(sse, 1e-12)
		solveUpper(a, m, mean)
		s2 := sse / p.dof
		for i := range m {
			se[i] = math.Sqrt(s2 * inverseDiagonal(a, m, i))
		}
		ll := -.5*(logdet+ld) + v.logPrior - .5*p.dof*math.Log(sse) + logPrior
		p.points = append(p.points, point{grid: grid, combo: ci, variant: vi, weight: ll, s2: s2, mean: mean, se: se})
	}
}

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
	q, rho := gridPoint(best.grid)
	f.pass(q, rho, w)
	cols := make([]int, 0, f.base+len(f.effects))
	for k := range f.base {
		cols = append(cols, k)
	}
	for _, k := range f.combos[best.combo] {
		cols = append(cols, f.base+k)
	}
	precision := f.variants()[best.variant].precision
	m, y := len(cols), f.c-1
	a, b := make([]float64, m*(m+1)/2), make([]float64, m)
	for i, ki := range cols {
		for j, kj := range cols[:i+1] {
			a[i*(i+1)/2+j] = w.gram[ki*(ki+1)/2+kj]
		}
		if i < f.base {
			a[i*(i+1)/2+i] += precision[i]
		}
		a[i*(i+1)/2+i] += ridge
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
	q, rho := gridPoint(best.grid)
	vu, diag := f.surprises(q, rho, f.residuals(p, w))
	for t := range f.n {
		f.extra[t] = 0
		if !f.seen[t] || !(diag[t] > 0) {
			continue
		}
		z := vu[t] / math.Sqrt(diag[t]*best.s2)
		if math.Abs(z) > standsOut {
			f.extra[t] = math.Max(float64(z*z)/4-1, 0) / diag[t]
			unusual++
		}
	}
	return unusual
}
