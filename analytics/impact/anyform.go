package impact

import "math"

// A gap is the mean of the values since the start and of what each base column says for these days.
type gap struct {
	days []int // with a value, from the start on
	mean []float64
}

// inferGap asks how far the mean since the start lies from what the days before promise, whatever form
// the difference has: the filter runs over the days before only, and then on without looking
// (Brodersen et al. 2015, with everything unknown integrated instead of drawn).
func (f *frame) inferGap(start int, prior *Prior, w *work) *posterior {
	all := *f
	all.n, all.seen, all.count = start, f.seen[:start], 0
	for _, s := range all.seen {
		if s {
			all.count++
		}
	}
	g := gap{mean: make([]float64, f.c)}
	for t := start; t < f.n; t++ {
		if f.seen[t] {
			g.days = append(g.days, t)
		}
	}
	for _, t := range g.days {
		for j := range g.mean {
			g.mean[j] += f.cols[t*f.c+j] / float64(len(g.days))
		}
	}
	p := &posterior{dof: math.Max(float64(all.count-2), 1), m: 1}
	vs := f.variants()
	for _, i := range f.grid {
		q, rho := gridPoint(i)
		logdet, s := all.pass(q, rho, w)
		logdet -= 2 * prior.logWeight(i)
		ahead, variance := all.ahead(&g, s, start, w)
		for vi := range vs {
			for si, slope := range f.slopes {
				pt := point{grid: int32(i), variant: int32(vi), slope: int32(si)}
				all.solveGap(p, pt, &vs[vi], slope, logdet, &g, ahead, variance, w)
			}
		}
	}
	p.normalise()
	return p
}

// ahead gives what level and memory, learnt before the start, promise on average for each column over the
// days of the gap, and the variance of that average.
func (f *frame) ahead(g *gap, s state, start int, w *work) (promised []float64, variance float64) {
	promised = make([]float64, f.c)
	k := float64(len(g.days))
	sum, withLevel, withMemory := 0.0, 0.0, 0.0 // covariances of the running sum
	next := 0
	for t := start; next < len(g.days); t++ {
		s.day(false)
		withMemory = float64(withMemory * s.rho)
		if t != g.days[next] {
			continue
		}
		next++
		sum += 2*(withLevel+withMemory) + s.p11 + 2*s.p12 + s.p22
		withLevel += s.p11 + s.p12
		withMemory += s.p12 + s.p22
		for j := range promised {
			promised[j] += (w.a1[j] + float64(s.decay*w.a2[j])) / k
		}
	}
	return promised, sum / (k * k)
}

// solveGap adds the point of one set of scales.
func (f *frame) solveGap(p *posterior, pt point, v *variant, slope scale, logdet float64, g *gap, promised []float64, variance float64, w *work) {
	n, y := f.base, f.c-1
	a := w.schur[:n*(n+1)/2]
	b, x := make([]float64, n), make([]float64, n)
	copy(a, w.gram)
	for k := range n {
		d := slope.precision
		if k < n-1 {
			d = v.precision(f, k)
		}
		a[k*(k+1)/2+k] += d + ridge
		b[k] = w.gram[y*(y+1)/2+k]
		x[k] = g.mean[k] - promised[k]
	}
	logdet += factor(a, n) - 2*v.logPrior - 2*math.Log(slope.share) - math.Log(slope.precision)
	solveLower(a, n, b)
	solveLower(a, n, x)
	sse, expected := w.gram[y*(y+1)/2+y], promised[y]
	for k := range n {
		sse -= float64(b[k] * b[k])
		expected += float64(b[k] * x[k])
		variance += float64(x[k] * x[k])
	}
	sse = math.Max(sse, leastSquares)
	pt.s2 = sse / p.dof
	pt.weight = -.5*logdet - .5*float64(p.dof*math.Log(sse))
	p.points = append(p.points, pt)
	p.slab = append(p.slab, g.mean[y]-expected, math.Sqrt(pt.s2*variance))
}
