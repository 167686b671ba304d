package forecast

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestALookBackIsWhatWasSaidThen(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	for i, gaps := range []bool{false, true, false, true} {
		season := 1
		if i >= 2 {
			season = 7
		}
		y := wander(rng, 90)
		g := grid{y: y, seen: allSeen(90), step: 1, kind: Daily, season: season}
		if gaps {
			g.seen[80], g.seen[81] = false, false
		}
		m := fit(g, Positive, math.NaN(), math.NaN())
		l, ok := m.lookBack()
		if !ok || len(l.origins) != trackLength {
			t.Fatal(len(l.origins))
		}
		looks := l.all()
		for o, cell := range l.origins {
			mu, sd, _ := l.mix(o, looks)
			gap := l.gaps[o]
			then := g
			then.y, then.seen = y[:cell-gap+1], g.seen[:cell-gap+1]
			b := fit(then, Positive, math.NaN(), math.NaN()).blend(gap)
			if b.scale.kind == logarithm { // both scales are as good here
				continue
			}
			near(t, "middle", (mu-b.mu[gap-1])/b.sd[gap-1], 0, .2)
			near(t, "spread", sd/b.sd[gap-1], 1, .05)
		}
	}
}

func TestTheFactorFollowsWhatCame(t *testing.T) {
	track := Track{Factor: 1}
	track.learn(true)
	near(t, "held", track.Factor, math.Exp(-.01), 1e-12)
	track.learn(false)
	near(t, "missed", track.Factor, math.Exp(.03), 1e-12)
	if track.Of != 2 || track.Inside != 1 {
		t.Error(track)
	}
	for range 50 {
		track.learn(false)
	}
	near(t, "at most", track.Factor, trackMost, 0)
	for range 200 {
		track.learn(true)
	}
	near(t, "at least", track.Factor, trackLeast, 0)
}

func TestTheTrackWidensWhatWasTooSure(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 2))
	calm := make([]float64, 80)
	for i := range calm {
		calm[i] = 50 + rng.NormFloat64()
	}
	wild := append([]float64{}, calm...)
	for i := 62; i < 80; i += 3 { // a life that jumps now and then, more than a model can know
		wild[i] += 30 * math.Copysign(1, rng.NormFloat64())
	}
	track := func(y []float64) Track {
		return fit(grid{y: y, seen: allSeen(80), step: 1, kind: Daily, season: 1}, Unbounded, math.NaN(), math.NaN()).track()
	}
	a, b := track(calm), track(wild)
	if a.Of != 20 || b.Of != 20 || a.Inside < 14 || b.Inside >= a.Inside || b.Factor <= a.Factor {
		t.Errorf("calm %+v, wild %+v", a, b)
	}
	if few := fit(grid{y: calm[:5], seen: allSeen(5), step: 1, season: 1}, Unbounded, math.NaN(), math.NaN()).track(); few.Of != 0 || few.Factor != 1 {
		t.Errorf("five values: %+v", few)
	}
}

func TestATotalLooksBackOnItsIncrements(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 3))
	inside, of, calm, jumps := 0, 0, 0.0, 0.0
	for range 30 {
		g := goal(0)
		g.Form, g.Rule, g.WhenItHappens = Total, ByTotal, true
		for day := range 80 {
			if rng.Float64() < .6 {
				g.Points = append(g.Points, Point{day, math.Exp(1 + .4*rng.NormFloat64())})
			}
		}
		g.Today, g.Deadline, g.Target = 80, 100, 400
		f, err := Run(g)
		if err != nil || f.Track.Of < 18 || f.Track.Of > 20 {
			t.Fatal(err, f.Track)
		}
		inside, of = inside+f.Track.Inside, of+f.Track.Of
		wild := g
		wild.Points = append([]Point{}, g.Points...)
		for i := len(wild.Points) - 12; i < len(wild.Points); i += 2 {
			wild.Points[i].Value *= 40
		}
		w, err := Run(wild)
		if err != nil {
			t.Fatal(err)
		}
		calm, jumps = calm+f.Track.Factor, jumps+w.Track.Factor
	}
	if jumps <= calm+1 {
		t.Errorf("factors of %v, after wild days %v", calm/30, jumps/30)
	}
	if share := float64(inside) / float64(of); share < .7 || share > .95 { // zeros make ranges wider than 80 %
		t.Errorf("%.0f %% of the increments inside", 100*share)
	}
}

func TestAShareOfTheWidthsIsGaussianAtTheirEnds(t *testing.T) {
	c := halfWidth{.7, 1.5, 3}
	for _, x := range [][2]float64{{0, .5}, {.7, .75}, {-.7, .25}, {1.5, .9}, {-1.5, .1}, {3, .975}, {-3, .025}} {
		near(t, "share", c.share(x[0]), x[1], 1e-4)
	}
	for _, x := range []struct {
		z, nothing float64
		want       bool
	}{{0, 0, true}, {1.6, 0, false}, {-1.6, 0, false}, {-1.6, .3, true}, {.8, .5, true}, {1.6, .5, false}, {0, .95, false}} {
		if got := insideMixture(x.z, x.nothing, c); got != x.want {
			t.Errorf("z %v, nothing %v: %v", x.z, x.nothing, got)
		}
	}
}
