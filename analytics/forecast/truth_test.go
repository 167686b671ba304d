package forecast

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"tandem/tandemtest"
)

// A score compares chances with what came.
type score struct {
	n     int
	brier float64
	bins  [10][2]float64 // sums of chances, and of those that came
}

func (s *score) add(chance float64, came bool) {
	hit := 0.0
	if came {
		hit = 1
	}
	s.n++
	s.brier += (chance - hit) * (chance - hit)
	b := &s.bins[min(int(chance*10), 9)]
	b[0] += chance
	b[1] += hit
}

// ece is the expected calibration error over ten bins.
func (s *score) ece() (e float64) {
	for _, b := range s.bins {
		e += math.Abs(b[0] - b[1])
	}
	return e / float64(s.n)
}

// wander makes a life of n values: a wandering level, a slope of its own, noise and a week.
func wander(rng *rand.Rand, n int) []float64 {
	level, slope := 50.0, .05*rng.NormFloat64()
	move, noise, week := .1+.4*rng.Float64(), .5+rng.Float64(), rng.Float64()
	out := make([]float64, n)
	for i := range out {
		level += slope + move*rng.NormFloat64()
		out[i] = level + noise*rng.NormFloat64()
		if i%7 > 4 {
			out[i] += week
		}
	}
	return out
}

func TestChancesOfEachRuleComeTrue(t *testing.T) {
	for _, c := range []struct {
		name string
		rule Rule
		form Form
	}{
		{"once", Once, Reading}, {"at the end", AtEnd, Reading}, {"held", Held, Reading}, {"kept", Kept, Reading},
		{"total", ByTotal, Total}, {"a rate at the end", AtEnd, Rate},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(uint64(c.rule)+10, uint64(c.form)))
			var s score
			for i := range 250 {
				n, ahead := 20+rng.IntN(60), 10+rng.IntN(20)
				g := goal(0, wander(rng, n+ahead)...)
				whole := g.Points
				step := 1
				if c.form == Reading {
					// every third day: the daily row of the calibration is made for the heavy tails of
					// real days, which this life does not have
					step = 3
					for k := range whole {
						whole[k].Day *= step
					}
				}
				g.Form, g.Rule, g.Seed, g.Scale = c.form, c.rule, uint64(i), Positive
				g.Start, g.Today, g.Deadline, g.Period = n*step, n*step, (n+ahead-1)*step, step
				if i%2 == 1 {
					g.Direction = Down
				}
				if c.form == Total { // entries on some days only
					g.WhenItHappens = true
					often := .3 + .6*rng.Float64()
					for k := range whole {
						if rng.Float64() > often {
							whole[k].Value = 0
						}
					}
				}
				setTarget(&g, n, rng)
				g.Points = whole[:n]
				f, err := Run(g)
				if err != nil || math.IsNaN(f.Chance) {
					t.Fatalf("series %d: status %v, chance %v, err %v", i, f.Status, f.Chance, err)
				}
				end := g
				end.Points, end.Today = whole, g.Deadline+1
				_, came := Reached(end)
				s.add(f.Chance, came)
			}
			t.Logf("ECE %.3f, Brier %.3f of %d", s.ece(), s.brier/float64(s.n), s.n)
			if s.ece() > .1 || s.brier/float64(s.n) > .21 {
				t.Errorf("ECE %.3f, Brier %.3f", s.ece(), s.brier/float64(s.n))
			}
		})
	}
}

// setTarget puts the target where it may or may not be reached, from the first n points alone.
func setTarget(g *Goal, n int, rng *rand.Rand) {
	recent := 0.0
	for _, p := range g.Points[n-14 : n] {
		recent += p.Value / 14
	}
	far := 3 * rng.NormFloat64()
	switch g.Rule {
	case Once:
		far = 4 * rng.Float64()
		if g.Direction == Down {
			far = -far
		}
	case Kept:
		g.Direction, g.KeptShare = Within, .8
		half := 1 + 3*rng.Float64()
		g.TargetLo, g.TargetHi = recent-half, recent+half
	case ByTotal:
		g.Target = recent * float64(g.Deadline-g.Start+1) * (1 + .3*rng.NormFloat64())
		return
	}
	g.Target = recent + far
}

// TestLikelyRangesHold counts how often the likely ranges hold what came: of simulated series always, and of
// the public ones where they lie beside the checkout.
func TestLikelyRangesHold(t *testing.T) {
	t.Run("a wandering level", rangesOfAWanderingLevel)
	if shared := tandemtest.Shared(t); shared != "" {
		t.Run("public series", func(t *testing.T) { rangesOfPublicSeries(t, filepath.Join(shared, "data", "forecast")) })
	}
}

func rangesOfAWanderingLevel(t *testing.T) {
	rng := rand.New(rand.NewPCG(77, 1))
	inside, n := 0, 0
	for range 300 {
		length := 8 + rng.IntN(80)
		y := wander(rng, length+14)
		g := goal(0, y[:length]...)
		g.Today, g.Deadline, g.Target = length, length+13, 1
		f, err := Run(g)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range f.Steps {
			if v := y[length+i]; v >= s.Lo80 && v <= s.Hi80 {
				inside++
			}
			n++
		}
	}
	if share := 100 * float64(inside) / float64(n); share < 70 || share > 90 {
		t.Errorf("80 %% ranges hold %.1f %%", share)
	}
}

func readSeries(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func rangesOfPublicSeries(t *testing.T, dir string) {
	type series struct {
		g     Goal
		after map[int]float64
		h     int
		step  float64
	}
	steps := map[string]float64{"daily": 1, "weekly": 7, "monthly": meanMonth, "quarterly": meanQuarter, "yearly": meanYear, "other": 10}
	byID, order := map[string]*series{}, []*series{}
	day := func(s *series, t int) int { return int(math.Round(float64(t) * s.step)) }
	for _, r := range readSeries(t, filepath.Join(dir, "cal_train.csv.gz")) {
		s := byID[r[0]]
		if s == nil {
			h, _ := strconv.Atoi(r[3])
			s = &series{g: goal(0), h: h, after: map[int]float64{}, step: steps[r[1]]}
			s.g.Scale = Positive
			byID[r[0]] = s
			order = append(order, s)
		}
		at, _ := strconv.Atoi(r[4])
		s.g.Today, s.g.Deadline = day(s, at)+1, day(s, at+s.h)
		if v, err := strconv.ParseFloat(r[5], 64); err == nil {
			s.g.Points = append(s.g.Points, Point{day(s, at), v})
			if v < 0 {
				s.g.Scale = Unbounded
			}
		}
		s.after[0] = float64(at)
	}
	for _, r := range readSeries(t, filepath.Join(dir, "cal_test.csv.gz")) {
		if v, err := strconv.ParseFloat(r[2], 64); err == nil {
			k, _ := strconv.Atoi(r[1])
			byID[r[0]].after[k] = v
		}
	}
	var n, in80, in95 float64
	for i := 0; i < len(order); i += 8 {
		s := order[i]
		f, err := Run(s.g)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range f.Steps {
			k := int(math.Round(float64(step.Day)/s.step)) - int(s.after[0])
			v, ok := s.after[k]
			if k < 1 || !ok {
				continue
			}
			n++
			if v >= step.Lo80 && v <= step.Hi80 {
				in80++
			}
			if v >= step.Lo95 && v <= step.Hi95 {
				in95++
			}
		}
	}
	t.Logf("%.0f values of %d series: 80 %% ranges hold %.1f %%, 95 %% ones %.1f %%", n, (len(order)+7)/8, 100*in80/n, 100*in95/n)
	if n < 2000 || in80/n < .74 || in80/n > .86 || in95/n < .91 || in95/n > .98 {
		t.Errorf("%.0f values: 80 %% ranges hold %.1f %%, 95 %% ones %.1f %%", n, 100*in80/n, 100*in95/n)
	}
}

func BenchmarkRun(b *testing.B) {
	rng := rand.New(rand.NewPCG(9, 9))
	for _, c := range []struct {
		name string
		form Form
		rule Rule
		days int
		left int
	}{
		{"reading at the end, 2 years daily", Reading, AtEnd, 730, 90},
		{"reading once, 2 years daily", Reading, Once, 730, 90},
		{"total, 2 years daily", Total, ByTotal, 730, 90},
		{"reading at the end, 1 year daily", Reading, AtEnd, 365, 60},
		{"total, 1 month", Total, ByTotal, 30, 30},
		{"reading at the end, 20 years daily", Reading, AtEnd, 7300, 90},
		{"total, 20 years daily", Total, ByTotal, 7300, 90},
		{"reading kept, 20 years daily", Reading, Kept, 7300, 90},
	} {
		b.Run(c.name, func(b *testing.B) {
			g := goal(0, wander(rng, c.days)...)
			g.Form, g.Rule, g.Scale, g.Deadline = c.form, c.rule, Positive, g.Today+c.left
			g.Target = 55
			if c.form == Total {
				g.Start, g.Target = c.days-10, 50*float64(c.left+10)
			}
			for b.Loop() {
				if _, err := Run(g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
