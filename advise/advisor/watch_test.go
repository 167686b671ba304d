package advisor_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"tandem"
	"tandem/advise/advisor"
)

func TestATargetIsEarned(t *testing.T) {
	seen := func(level int, how tandem.How) []tandem.Evidence {
		return []tandem.Evidence{{Level: 1, How: tandem.HowSelf}, {Level: level, How: how}}
	}
	for _, c := range []struct {
		name string
		path advisor.Path
		want advisor.By
	}{
		{"nothing yet", advisor.Path{Levels: 5}, ""},
		{"three of five by a test", advisor.Path{Levels: 5, Evidence: seen(3, tandem.HowTest)}, advisor.ByLevel},
		{"two of five", advisor.Path{Levels: 5, Evidence: seen(2, tandem.HowTest)}, ""},
		{"five of five by the own word", advisor.Path{Levels: 5, Evidence: seen(5, tandem.HowSelf)}, ""},
		{"two of three by a use", advisor.Path{Levels: 3, Evidence: seen(2, tandem.HowRealUse)}, advisor.ByLevel},
		{"four of eight", advisor.Path{Levels: 8, Evidence: seen(4, tandem.HowPeer)}, ""},
		{"five of eight", advisor.Path{Levels: 8, Evidence: seen(5, tandem.HowPeer)}, advisor.ByLevel},
		{"no levels", advisor.Path{Evidence: seen(3, tandem.HowTest)}, ""},
		{"one look", advisor.Path{Levels: 5, Known: 1}, ""},
		{"two in a row", advisor.Path{Levels: 5, Known: 2}, advisor.ByReviews},
	} {
		if by, ok := advisor.Earned(c.path); by != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q %v", c.name, by, ok)
		}
	}
	for _, c := range []struct {
		values []float64
		want   float64
	}{{[]float64{7}, 7}, {[]float64{1, 4}, 2.5}, {[]float64{99, 3, 9, 4}, 4}} {
		if got, ok := advisor.Start(c.values); !ok || got != c.want {
			t.Errorf("%v begins at %v", c.values, got)
		}
	}
	if _, ok := advisor.Start(nil); ok {
		t.Error("a start without values")
	}
}

// course makes n values, every so many days, up to today.
func course(n, every int, at func(day int) float64) advisor.Course {
	c := advisor.Course{Rule: advisor.R7, Days: 365, Today: 1000, Way: 20}
	for i := range n {
		day := (n - 1 - i) * every
		c.Values = append(c.Values, advisor.Value{Day: c.Today - tandem.Day(day), V: at(-day)})
	}
	return c
}

func TestAFlatNumberIsSeen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	noise := func() float64 { return rng.NormFloat64() }
	with := func(c advisor.Course, change func(*advisor.Course)) advisor.Course { change(&c); return c }
	flat := func(d int) float64 { return 50 + math.Sin(float64(d*d)) }
	for _, c := range []struct {
		name   string
		course advisor.Course
		want   bool
	}{
		{"weekly, the same each time", course(8, 7, func(int) float64 { return 50 }), true},
		{"daily, around one level", course(60, 1, flat), true},
		{"climbing", course(60, 1, func(d int) float64 { return 50 + 0.3*float64(d) + noise() }), false},
		{"falling", course(60, 1, func(d int) float64 { return 50 - 0.3*float64(d) + noise() }), false},
		{"climbing by less than is seen, which is too little", course(60, 1, func(d int) float64 { return 50 + 0.002*float64(d) + noise() }), true},
		{"one odd value", course(8, 7, func(d int) float64 { return map[bool]float64{true: 500, false: 50}[d == -14] }), true},
		{"it climbed before, and stands since", course(120, 1, func(d int) float64 { return math.Min(50, 50+float64(d+45)) }), true},
		{"few values", course(5, 8, flat), false},
		{"only the last weeks are known", course(20, 1, flat), false},
		{"nothing since three weeks", with(course(60, 1, flat), func(c *advisor.Course) { c.Today += 21 }), false},
		{"much noise and a steep middle say nothing", with(course(7, 6, func(d int) float64 { return []float64{17, 20, 2, 8, 5, 0, 11}[-d/6] }), func(c *advisor.Course) { c.Way = 1 }), false},
		{"near deadline", with(course(60, 1, flat), func(c *advisor.Course) { c.Days = 90 }), false},
		{"another rule", with(course(60, 1, flat), func(c *advisor.Course) { c.Rule = advisor.R9 }), false},
		{"by R8", with(course(60, 1, flat), func(c *advisor.Course) { c.Rule = advisor.R8 }), true},
		{"something fuels it", with(course(60, 1, flat), func(c *advisor.Course) { c.Growth = true }), false},
		{"the way is not known", with(course(60, 1, flat), func(c *advisor.Course) { c.Way = 0 }), true},
	} {
		if p, ok := advisor.Flat(c.course); ok != c.want {
			t.Errorf("%s: %v %+v", c.name, ok, p)
		}
	}
	p, _ := advisor.Flat(course(60, 1, flat))
	if p.Days != 41 || p.Count != 42 || !(p.Low < 0 && p.High > 0) {
		t.Errorf("%+v", p)
	}
}

// The range holds the slope about as often as it says: 80 % of the time, for values without memory.
func TestTheRangeOfTheSlopeHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	held := 0
	const rounds = 600
	for range rounds {
		c := course(42, 1, func(int) float64 { return rng.NormFloat64() })
		if p, _ := advisor.Flat(c); p.Low <= 0 && 0 <= p.High {
			held++
		}
	}
	if share := float64(held) / rounds; share < 0.75 || share > 0.85 {
		t.Errorf("held %.3f of the time", share)
	}
}
