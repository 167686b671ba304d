package forecast

import (
	"math"
	"math/rand/v2"
	"testing"
)

// runMember filters all scales at once and gives a state for each.
func runMember(mb member, zs [][]float64, seen []bool, season int, slopePrior float64) (out [maxScales]state) {
	s := sums{}
	s.gather(mb, zs, seen, season, nil)
	s.solve(mb, slopePrior, &out)
	for k, z := range zs {
		mb.follow(&out[k], z, seen, season, nil)
	}
	return out
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// gauss are the half-widths if errors were Gaussian and the model knew their size.
func gauss() halfWidth { return halfWidth{q50, q80, q95} }

func allSeen(n int) []bool {
	s := make([]bool, n)
	for i := range s {
		s[i] = true
	}
	return s
}

func TestALevelMemberWithAlphaOneIsTheRandomWalk(t *testing.T) {
	z := []float64{3, 5, 4, 4, 8}
	s := runMember(member{levelFamily, 1, 0, 0, 0, false}, [][]float64{z}, allSeen(5), 1, 4)[0]
	squares := 4.0 + 1 + 0 + 16 // of the differences; the first error is taken up by the start
	near(t, "level", s.level, 8, 1e-12)
	near(t, "start", s.start[0], 3, 1e-12)
	near(t, "sigma²", s.sigma2, squares/4, 1e-12)
	near(t, "log-likelihood", s.loglik, -2*math.Log(squares/4), 1e-12)
}

func TestADriftMemberWithAlphaOneHasItsClosedForm(t *testing.T) {
	z := []float64{3, 5, 4, 7, 8, 12}
	const prior = 4.0
	s := runMember(member{driftFamily, 1, 0, 1, 0, false}, [][]float64{z}, allSeen(6), 1, prior)[0]
	sum, squares := 9.0, 4.0+1+9+1+16 // of the five differences
	near(t, "slope", s.slope, sum/(5+prior), 1e-12)
	sse := squares - sum*sum/(5+prior)
	near(t, "sigma²", s.sigma2, sse/4, 1e-12)
	near(t, "log-likelihood", s.loglik, -2.5*math.Log(sse/5)-.5*(math.Log(5+prior)-math.Log(prior)), 1e-12)
	near(t, "level", s.level, 12, 1e-12)
}

func TestADriftMemberWithoutAlphaIsTheRidgeLine(t *testing.T) {
	z := []float64{2, 3, 7, 8, 9, 11, 10}
	const prior = 30.0
	seen := allSeen(7)
	seen[3] = false
	s := runMember(member{driftFamily, 0, 0, 1, 0, false}, [][]float64{z}, seen, 1, prior)[0]
	// y = l + b·t by least squares with prior·b², t = 1..7 without 4
	var n, st, sy, stt, sty float64
	for i, y := range z {
		if x := float64(i + 1); seen[i] {
			n, st, sy, stt, sty = n+1, st+x, sy+y, stt+x*x, sty+x*y
		}
	}
	b := (sty - st*sy/n) / (stt + prior - st*st/n)
	near(t, "slope", s.slope, b, 1e-12)
	near(t, "level", s.level, (sy-b*st)/n+7*b, 1e-12)
}

func TestScalesRunTogetherAsTheyRunAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	a, b := make([]float64, 40), make([]float64, 40)
	for i := range a {
		a[i], b[i] = rng.NormFloat64(), rng.ExpFloat64()
	}
	for _, mb := range memberGrid(true) {
		both := runMember(mb, [][]float64{a, b}, allSeen(40), 7, 4)
		alone := runMember(mb, [][]float64{b}, allSeen(40), 7, 4)
		if both[1] != alone[0] {
			t.Fatalf("member %+v: %+v together, %+v alone", mb, both[1], alone[0])
		}
	}
}

func TestASeasonIsFoundAndContinued(t *testing.T) {
	g := grid{step: 1, last: 69, kind: Daily, season: 7, y: make([]float64, 70), seen: allSeen(70)}
	rng := rand.New(rand.NewPCG(2, 2))
	week := []float64{0, 0, 0, 0, 0, 10, 14}
	for i := range g.y {
		g.y[i] = 20 + week[i%7] + .5*rng.NormFloat64()
	}
	m := fit(g, Unbounded, math.NaN(), math.NaN())
	steps := m.blend(7).steps([]int{0, 1, 2, 3, 4, 5, 6}, []int{70, 71, 72, 73, 74, 75, 76}, halfWidths(Daily, 70, 7))
	for i, s := range steps {
		near(t, "day", s.Mean, 20+week[i], 1.5)
	}
	trend := m.trend()
	near(t, "trend without season", trend[69], 20+24.0/7, 1.5)
}

func TestTheErrorVarianceFollowsTheFormula(t *testing.T) {
	c := component{season: 1, members: []member{{dampedFamily, .5, .1, .8, 0, false}}, weights: []float64{1},
		states: []state{{sigma2: 4, level: 10, slope: 2}}}
	course := c.course(3)
	mean, latent, variance := course.mean, course.latent, course.variance
	near(t, "mean 3", mean[2], 10+2*(.8+.64+.512), 1e-12)
	near(t, "latent 3", latent[2], mean[2], 0)
	c1, c2 := .5+.1*.8, .5+.1*(.8+.64)
	near(t, "variance 1", variance[0], 4, 1e-9)
	near(t, "variance 3", variance[2], 4*(1+c1*c1+c2*c2), 1e-9)
	near(t, "latent variance 2", course.latentVariance[1], 4*(.5*.5+c1*c1), 1e-9)
}

func TestPathsHaveTheVarianceOfTheFormula(t *testing.T) {
	c := component{season: 1, unit: 1, members: []member{{dampedFamily, .5, .1, .8, 0, false}}, weights: []float64{1}, p: 1,
		states: []state{{sigma2: 4, level: 10, slope: 2}}, transform: transform{lo: -shown, hi: shown}}
	course := c.course(4)
	mean, variance := course.mean, course.variance
	w := walker{component: &c, noise: make([]float64, 4), stretches: make([]stretch, 4)}
	for k := range w.stretches {
		w.stretches[k] = gauss().stretch(mean[k], 1, 1, 0)
	}
	rng, out := rand.New(rand.NewPCG(3, 3)), make([]float64, 4)
	const n = 40000
	var sum, square float64
	for range n {
		for k := range w.noise {
			w.noise[k] = rng.NormFloat64()
		}
		w.walk(0, 1, out)
		sum += out[3]
		square += (out[3] - mean[3]) * (out[3] - mean[3])
	}
	near(t, "mean", sum/n, mean[3], .05)
	near(t, "variance", square/n, variance[3], .15)
}

// exactPassage gives the chance that a random walk with unit steps is at least target at one of h steps,
// by the density recursion on a grid.
func exactPassage(target float64, h int) float64 {
	const width, per = 10.0, 40 // the grid reaches width below the target, per points a unit
	n := int((target + width) * per)
	x := func(i int) float64 { return target - (float64(i)+.5)/per }
	p := make([]float64, n)
	density := func(d float64) float64 { return math.Exp(-d*d/2) / math.Sqrt(2*math.Pi) / per }
	for i := range p {
		p[i] = density(x(i))
	}
	for range h - 1 {
		q := make([]float64, n)
		for i := range q {
			for j := range p {
				if d := x(i) - x(j); math.Abs(d) < 6 {
					q[i] += p[j] * density(d)
				}
			}
		}
		p = q
	}
	left := 0.0
	for _, v := range p {
		left += v
	}
	return 1 - left
}

func TestFirstPassageMatchesTheDensityRecursion(t *testing.T) {
	c := component{season: 1, unit: 1, members: []member{{levelFamily, 1, 0, 0, 0, false}}, weights: []float64{1}, p: 1,
		states: []state{{sigma2: 1}}, transform: transform{lo: -shown, hi: shown}}
	const h = 8
	g := &Goal{Target: 2.5, Rule: Once}
	j := judge{g: g, h: h, days: []int{1, 2, 3, 4, 5, 6, 7, 8}}
	w := walker{component: &c, noise: make([]float64, h), stretches: make([]stretch, h)}
	for k := range h {
		w.stretches[k] = gauss().stretch(0, 1, 1, 0)
	}
	rng, out := rand.New(rand.NewPCG(4, 4)), make([]float64, h)
	hits, n := 0, 40000
	for range n {
		for k := range w.noise {
			w.noise[k] = rng.NormFloat64()
		}
		w.walk(0, 1, out)
		if j.decide(out).reached {
			hits++
		}
	}
	near(t, "first passage", float64(hits)/float64(n), exactPassage(2.5, h), .01)
}

func TestTransformsComeBack(t *testing.T) {
	values := []float64{1, 2, 9, 4}
	for _, scale := range []Scale{Unbounded, Positive, Bounded, Count} {
		for _, tr := range transforms(scale, 0, 10, values) {
			for _, v := range values {
				near(t, "value", tr.back(tr.forth(v)), v, 1e-9)
			}
			if v := tr.back(1e6); v > 10 {
				t.Errorf("scale %v gives %v above the bound", scale, v)
			}
		}
	}
	if n := len(transforms(Positive, math.NaN(), math.NaN(), values)); n != 2 {
		t.Errorf("positive values are tried on %d scales, want 2", n)
	}
	if tr := transforms(Positive, 0, 0, []float64{-1, 3})[0]; tr.back(-5) != -5 {
		t.Error("a bound that the values do not keep must not bind")
	}
}

func TestHalfWidthsAreTheTablesAndWidenBeyondIt(t *testing.T) {
	table := calibration[Daily][CalibrationRow(100)]
	c := halfWidths(Daily, 100, 100)
	near(t, "step 1", c[0][1], table[0][1], 1e-9)
	near(t, "step 14", c[13][2], table[4][2], 1e-9)
	near(t, "step 100", c[99][1], max(table[4][1], prior()[1]), 1e-9)
	c = halfWidths(Daily, 5, 1) // not in the table: the row of all calendar steps
	near(t, "few values", c[0][1], calibration[AnyStep][CalibrationRow(5)][0][1], 1e-9)
}

func TestPathsAreWidenedToTheTable(t *testing.T) {
	c := halfWidth{.7, 1.5, 3}.stretch(5, 2, 10, 1)
	for _, x := range [][2]float64{{0, 0}, {.6745, .7}, {-1.2816, -1.5}, {1.96, 3}, {-1.96, -3}, {2.6384, 4.5}} {
		near(t, "widened", c.apply(5+2*x[0]), 51+20*x[1], 1e-9)
	}
}

func TestOneShiftedSeasonGivesTheSumsOfAllSeasons(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	for _, season := range []int{4, 7, 12} {
		for _, n := range []int{2 * season, 2*season + 5, 61} {
			zs := [][]float64{make([]float64, n), make([]float64, n)}
			for i := range n {
				zs[0][i], zs[1][i] = rng.NormFloat64(), rng.NormFloat64()
			}
			for scales := 1; scales <= 2; scales++ {
				for i, mb := range memberGrid(true) {
					var slow, fast sums
					var r responses
					slow.gather(mb, zs[:scales], allSeen(n), season, nil)
					r.gather(&fast, mb, zs[:scales], season)
					for a := range slow.units {
						for b := range a + 1 {
							near(t, "gram", fast.gram[a][b], slow.gram[a][b], 1e-9*(1+math.Abs(slow.gram[a][b])))
						}
						for k := range scales {
							near(t, "cross", fast.cross[k][a], slow.cross[k][a], 1e-9*(1+math.Abs(slow.cross[k][a])))
						}
					}
					near(t, "square", fast.square[0], slow.square[0], 1e-9*slow.square[0])
					if t.Failed() {
						t.Fatalf("season %d, %d cells, member %d", season, n, i)
					}
				}
			}
		}
	}
}

func TestASumOfSquaresIsThatOfTheErrorsAndThePrior(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 3))
	z := make([]float64, 40)
	for i := range z {
		z[i] = rng.NormFloat64() + float64(i%4)
	}
	for _, mb := range memberGrid(true) {
		s := runMember(mb, [][]float64{z}, allSeen(40), 4, 4)[0]
		sse := 4 * s.start[1] * s.start[1]
		switch {
		case mb.steep:
			sse *= steepness
		case mb.family == levelFamily:
			sse = 0
		}
		for _, x := range s.startSeason[:4] {
			sse += seasonPrior * x * x
		}
		level, slope, season := s.start[0], s.start[1], s.startSeason
		for t, v := range z {
			slope *= mb.phi
			level += slope
			e := v - level - season[t%4]
			sse += e * e
			level += mb.alpha * e
			slope += mb.beta * e
			season[t%4] += mb.gamma * e
		}
		params := 2.0
		if mb.family == levelFamily {
			params = 1
		}
		near(t, "sigma²", s.sigma2, sse/(40-params), 1e-9*sse)
	}
}

func TestThePlainPassGivesTheSumsOfTheGeneralOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	zs, seen := [][]float64{make([]float64, 30), make([]float64, 30)}, allSeen(30)
	for i := range 30 {
		zs[0][i], zs[1][i] = rng.NormFloat64(), rng.NormFloat64()
		seen[i] = i%9 != 4
	}
	for _, mb := range memberGrid(false) {
		var slow, fast sums
		slow.gather(mb, zs, seen, 1, nil)
		fast.plain(mb, zs[0], zs[1], seen)
		if slow.count != fast.count || fast.scales != 2 || fast.units != 2 {
			t.Fatal("other counts")
		}
		for k := range 2 {
			near(t, "square", fast.square[k], slow.square[k], 1e-9*slow.square[k])
			for i := range 2 {
				near(t, "gram", fast.gram[i][k&i], slow.gram[i][k&i], 1e-9*(1+math.Abs(slow.gram[i][k&i])))
				near(t, "cross", fast.cross[k][i], slow.cross[k][i], 1e-9*(1+math.Abs(slow.cross[k][i])))
			}
		}
	}
}
