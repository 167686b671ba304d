package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"tandem/analytics/stats"
)

func TestTwoPassagesAreOneOverBothGaps(t *testing.T) {
	for _, mb := range []exactMember{{levelFamily, .3, 0, 0}, {driftFamily, .3, 0, 0}, {dampedFamily, .3, .06, .2}, {trendFamily, .3, .06, 0}} {
		a, b, both := mb.over(.7), mb.over(1.9), mb.over(2.6)
		s := exactState{level: 3, slope: 2, p11: .4, p12: .1, p22: .2}
		one := s
		s.move(a)
		s.move(b)
		one.move(both)
		near(t, "level", s.level, one.level, 1e-12)
		near(t, "slope", s.slope, one.slope, 1e-12)
		near(t, "p11", s.p11, one.p11, 1e-12)
		near(t, "p12", s.p12, one.p12, 1e-12)
		near(t, "p22", s.p22, one.p22, 1e-12)
	}
	slow, none := exactMember{dampedFamily, .3, .06, 2e-4}.over(1), exactMember{dampedFamily, .3, .06, 0}.over(1)
	near(t, "q11 as fading goes to nothing", slow.q11, none.q11, 1e-5)
	near(t, "q12", slow.q12, none.q12, 1e-5)
	near(t, "q22", slow.q22, none.q22, 1e-4)
}

// TestTheFilterIsGeneralisedLeastSquares compares the augmented filter with the same model written as one
// regression with a full covariance matrix.
func TestTheFilterIsGeneralisedLeastSquares(t *testing.T) {
	gaps, z := []float64{0, .3, 2, .1, 5, 1}, []float64{1, 1.4, .2, .9, 3, 2.2}
	n := len(z)
	const prior = 4.0
	for _, mb := range []exactMember{{levelFamily, .3, 0, 0}, {driftFamily, .1, 0, 0}, {dampedFamily, .3, .06, .2}} {
		// columns of the start, and the covariance of level noise built up from passages
		x, v := [2][]float64{make([]float64, n), make([]float64, n)}, make([]float64, n*n)
		moves := make([]passage, n)
		for i := 1; i < n; i++ {
			moves[i] = mb.over(gaps[i])
		}
		l2, b2 := 0.0, 1.0
		for i := range n {
			if i > 0 {
				l2 += moves[i].to * b2
				b2 *= moves[i].fade
			}
			x[0][i] = 1
			if mb.family != levelFamily {
				x[1][i] = l2
			}
		}
		for from := 1; from < n; from++ { // what comes in at a passage is seen by all later values
			g := moves[from]
			cov := [2][2]float64{{g.q11, g.q12}, {g.q12, g.q22}}
			weights := make([][2]float64, n)
			w := [2]float64{1, 0} // level at i as a combination of level and slope after the passage
			to, fade := 0.0, 1.0
			for i := from; i < n; i++ {
				if i > from {
					to += fade * moves[i].to
					fade *= moves[i].fade
				}
				w[1] = to
				weights[i] = w
			}
			for i := from; i < n; i++ {
				for j := from; j <= i; j++ {
					sum := 0.0
					for a := range 2 {
						for b := range 2 {
							sum += weights[i][a] * cov[a][b] * weights[j][b]
						}
					}
					v[i*n+j] += sum
				}
			}
		}
		for i := range n {
			v[i*n+i]++
		}
		logdet := stats.Cholesky(v, n)
		over := func(b []float64) []float64 { // V⁻¹·b
			out := append([]float64{}, b...)
			stats.Solve(v, n, out)
			return out
		}
		dot := func(a, b []float64) (sum float64) {
			for i := range a {
				sum += a[i] * b[i]
			}
			return sum
		}
		v0, v1, vy := over(x[0]), over(x[1]), over(z)
		s := []float64{dot(x[0], v0), 0, dot(x[0], v1), dot(x[1], v1) + prior}
		params := 2.0
		if mb.family == levelFamily {
			s[3], params = 1, 1
		}
		start := []float64{dot(x[0], vy), dot(x[1], vy)}
		sse := dot(z, vy)
		r := append([]float64{}, start...)
		logdet += stats.Cholesky(s, 2)
		stats.Solve(s, 2, start)
		sse -= dot(start, r)
		if params == 2 {
			logdet -= math.Log(prior)
		}
		got := mb.filter(z, gaps, prior, 0, nil)
		near(t, "sigma²", got.sigma2, sse/(float64(n)-params), 1e-9)
		near(t, "log-likelihood", got.loglik, -.5*(5*math.Log(sse/5)+logdet), 1e-9)
	}
}

func TestExactPathsHaveTheVarianceOfTheFormula(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	mb := exactMember{dampedFamily, .3, .06, .2}
	e := &exactPart{members: []exactMember{mb}, states: []exactState{{sigma2: 2, level: 1, slope: .5, p11: .4, p12: .1, p22: .2}}, step: .8}
	c := e.course([]float64{1}, 3)
	const n = 40000
	var sum, square, latent float64
	out := make([]float64, 3)
	noise := make([]float64, exactNoise(3))
	for range n {
		for k := range noise {
			noise[k] = rng.NormFloat64()
		}
		e.walk(0, 1, noise, false, out)
		sum += out[2]
		square += (out[2] - c.mean[2]) * (out[2] - c.mean[2])
		e.walk(0, -1, noise, true, out)
		latent += (out[2] - c.mean[2]) * (out[2] - c.mean[2])
	}
	near(t, "mean", sum/n, c.mean[2], .05)
	near(t, "variance", square/n/c.variance[2], 1, .03)
	near(t, "latent variance", latent/n/c.latentVariance[2], 1, .03)
}

func TestIrregularDaysAreTakenAsTheyAre(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	g := goal(0)
	day, level := 0, 50.0
	for range 25 { // bursts of three days, then weeks of nothing, along a line
		for range 3 {
			g.Points = append(g.Points, Point{day, level + .2*float64(day) + .3*rng.NormFloat64()})
			day++
		}
		day += 8 + rng.IntN(14)
	}
	last := g.Points[len(g.Points)-1]
	g.Today, g.Deadline, g.Target = last.Day+1, last.Day+60, 50+.2*float64(last.Day+60)
	if !tooIrregular(g.Points) {
		t.Fatal("these days count as regular")
	}
	f, err := Run(g)
	if err != nil || sound(f) != nil {
		t.Fatal(err, sound(f))
	}
	near(t, "the line goes on", f.Steps[len(f.Steps)-1].Mean, g.Target, 4)
	if f.Track.Of != 20 || f.Track.Inside < 12 {
		t.Errorf("track %+v", f.Track)
	}
	if len(f.Trend) != len(g.Points) || f.Trend[40].Day != g.Points[40].Day {
		t.Errorf("%d points of trend for %d values", len(f.Trend), len(g.Points))
	}
	if v, _ := Reached(g); v != f.Now {
		t.Errorf("now %v, judged %v", f.Now, v)
	}
	even := goal(0, wander(rng, 40)...)
	if tooIrregular(even.Points) {
		t.Error("every day counts as irregular")
	}
}

func TestTheFilterExpectsWhatItsShorterSelfForecasts(t *testing.T) {
	gaps, z := []float64{0, .3, 2, .1, 5, 1}, []float64{1, 1.4, .2, .9, 3, 2.2}
	for _, mb := range exactMembers() {
		var told expectation
		mb.filter(z, gaps, 30, 5, func(_ int, e expectation) { told = e })
		s := mb.filter(z[:5], gaps[:5], 30, 0, nil)
		loglik := s.loglik
		s.move(mb.over(gaps[5]))
		near(t, "log-likelihood", told.loglik, loglik, 1e-9)
		near(t, "mean", told.mean, s.level, 1e-9)
		near(t, "variance", told.variance, s.sigma2*(s.p11+1), 1e-9)
	}
}
