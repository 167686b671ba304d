package impact

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// piloted makes the values of a pilot with an effect of size.
func piloted(t testing.TB, p Plan, seed uint64, size float64) []float64 {
	onFirst, err := p.OnFirst()
	if err != nil {
		t.Fatal(err)
	}
	d := p.days()
	values := life(seed, 2*d*p.Pairs, 1<<30, 0)
	for i := range values {
		if (i%(2*d) < d) == onFirst[i/(2*d)] {
			values[i] += size
		}
	}
	return values
}

func TestTheOrderOfAPilotIsAFairCoinFromItsSeed(t *testing.T) {
	first, ups := map[string]bool{}, 0
	for seed := range uint64(500) {
		p := Plan{Pairs: 6, Seed: seed}
		a, err := p.OnFirst()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := p.OnFirst()
		if !reflect.DeepEqual(a, b) {
			t.Fatal("one seed gives two orders")
		}
		key := ""
		for _, on := range a {
			key += map[bool]string{true: "1", false: "0"}[on]
			if on {
				ups++
			}
		}
		first[key] = true
	}
	if len(first) < 60 || math.Abs(float64(ups)/3000-.5) > .04 {
		t.Errorf("%d orders of 64, on first in %d of 3000", len(first), ups)
	}
	for _, p := range []Plan{{Pairs: 3}, {Pairs: 1000}, {Pairs: 6, Days: -1}, {Pairs: 6, Days: 7, WashOut: 7}, {Pairs: 6, Days: 1000}} {
		if _, err := p.OnFirst(); err == nil {
			t.Errorf("%+v is taken", p)
		}
	}
}

func TestTheShareOfOrders(t *testing.T) {
	for _, c := range []struct {
		diffs []float64
		p     float64
	}{
		{nil, 1}, {[]float64{1}, 1}, {[]float64{1, 1, 1, 1, 1, 1}, 2. / 64}, {[]float64{-1, -1, -1, -1, -1, -1}, 2. / 64}, {[]float64{1, 2, 3, 4, 5, -.5}, 4. / 64},
		{[]float64{0, 0, 0, 0}, 1}, {[]float64{.1, .2, .3, -.6}, 1},
	} {
		if p, _ := orderP(c.diffs, 1); math.Abs(p-c.p) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.diffs, p, c.p)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	diffs := days(14, func(int) float64 { return .4 + rng.NormFloat64() })
	exact, orders := orderP(diffs, 1)
	drawn, _ := orderP(append(diffs, 0), 1) // a pair without a difference changes nothing
	if orders != 1<<14 || math.Abs(exact-drawn) > .015 {
		t.Errorf("exact %v over %d orders, drawn %v", exact, orders, drawn)
	}
}

func TestPilotsKeepAndDrop(t *testing.T) {
	p := Plan{First: 500, Pairs: 8, Seed: 3}
	verdicts := map[float64]Verdict{2: Keep, 0: Drop, -1: Drop, 1: Unclear}
	for size, want := range verdicts {
		agree := 0
		for seed := range uint64(10) {
			a, err := RunPilot(p, piloted(t, p, seed, size), 1, false, Prior{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict == want {
				agree++
			}
			if size == 2 && (a.Word != WellSupported || a.OrderP > .05 || math.Abs(a.Mean-2) > 1) {
				t.Errorf("two: %+v", a)
			}
		}
		if agree < map[float64]int{2: 9, 0: 9, -1: 10, 1: 3}[size] {
			t.Errorf("%v of 10 pilots with %v worth 1 are %v", agree, size, want)
		}
	}
	values := piloted(t, p, 1, 2)
	a, err := RunPilot(p, values[:20], 1, false, Prior{})
	if err != nil || a.Word != TooEarly || a.Verdict != Unclear {
		t.Errorf("a pilot that has begun: %+v %v", a, err)
	}
	if a, err := RunPilot(p, nil, 1, false, Prior{}); err != nil || a.Word != TooEarly || a.OrderP != 1 {
		t.Errorf("a pilot without values: %+v %v", a, err)
	}
}

func TestWashedOutDaysDoNotCount(t *testing.T) {
	p := Plan{Pairs: 6, WashOut: 2, Seed: 5}
	values := piloted(t, p, 2, 1)
	want, err := RunPilot(p, values, .5, false, Prior{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range values {
		if i%7 < 2 {
			values[i] = 1e9
		}
	}
	got, err := RunPilot(p, values, .5, false, Prior{})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, was %+v", got, want)
	}
	p.WashOut = 0
	if got, err = RunPilot(p, values, .5, false, Prior{}); err != nil || reflect.DeepEqual(got, want) {
		t.Error("days that are not washed out do not count either")
	}
}

func TestPooling(t *testing.T) {
	// five who agree: the mean weighted by precision
	means, ses := []float64{1, 1.1, .9, 1, 1}, []float64{.2, .2, .2, .4, .1}
	p, err := Pool(means, ses, .5, false)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(p.Mean-1) > .05 || p.Lo95 < .6 || p.Hi95 > 1.4 || p.Worthwhile < .95 || p.Sure < .99 {
		t.Errorf("who agree: %+v", p)
	}
	// the moment estimate of DerSimonian and Laird by hand: Q = 20.25, c = 3/.04 - (3/.0016)/(3/.04) = 50
	if got := derSimonian([]float64{1, 2, 1.5}, []float64{.04, .04, .04}); math.Abs(got-(12.5-2)/50) > 1e-12 {
		t.Errorf("between people %v", got)
	}
	wide, err := Pool([]float64{-3, 5, 1, -2, 4}, ses, .5, false)
	if err != nil || wide.Spread < 2 || wide.Hi95-wide.Lo95 < 4 || wide.P < .05 || wide.NextHi80-wide.NextLo80 <= wide.Hi80-wide.Lo80 {
		t.Errorf("who differ: %+v %v", wide, err)
	}
	if one, err := Pool([]float64{1}, []float64{1}, 0, false); err != nil || one.Told || one.P != 1 {
		t.Errorf("one person: %+v %v", one, err)
	}
	for _, bad := range [][2][]float64{{{1, 2}, {1}}, {{1, math.NaN()}, {1, 1}}, {{1, 2}, {1, 0}}} {
		if _, err := Pool(bad[0], bad[1], 0, false); err == nil {
			t.Errorf("%v is pooled", bad)
		}
	}
	// false alarms and coverage when people differ
	rng := rand.New(rand.NewPCG(6, 6))
	outside := 0
	for range 600 {
		var m, s []float64
		for range 6 {
			se := .5 + rng.Float64()
			m, s = append(m, rng.NormFloat64()+se*rng.NormFloat64()), append(s, se)
		}
		if p, err := Pool(m, s, 0, false); err != nil || p.P < .05 {
			outside++
		}
	}
	if outside > 48 || outside < 10 {
		t.Errorf("%d of 600 are told from zero", outside)
	}
}

func TestSteppedStarts(t *testing.T) {
	starts := []int{40, 60, 80, 100, 120}
	if a, b := DrawStarts(starts, 4), DrawStarts(starts, 4); !reflect.DeepEqual(a, b) {
		t.Error("one seed deals twice")
	}
	run := func(size float64, seed uint64) SteppedAnswer {
		s := Stepped{Starts: DrawStarts(starts, seed), Worth: 1, Seed: seed}
		for i, start := range s.Starts {
			s.Values = append(s.Values, life(seed*10+uint64(i), 180, start, size))
		}
		a, err := RunStepped(s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := run(3, 1)
	if a.Orders != 120 || a.OrderP > .05 || a.Verdict != Keep || a.Pooled.People != 5 || a.Pooled.Lo95 > 3 || a.Pooled.Hi95 < 3 {
		t.Errorf("three: %+v", a)
	}
	told := 0
	for seed := range uint64(60) {
		if a := run(0, seed+50); a.OrderP <= .05 {
			told++
		}
	}
	if told > 8 {
		t.Errorf("%d of 60 without a difference are told", told)
	}
	s := Stepped{Starts: days2ints(10, func(i int) int { return 30 + 8*i })}
	for i, start := range s.Starts {
		s.Values = append(s.Values, life(uint64(i), 140, start, 4))
	}
	if a, err := RunStepped(s); err != nil || a.Orders != mostDrawn || a.OrderP > .01 {
		t.Errorf("ten people: %d orders, %v %v", a.Orders, a.OrderP, err)
	}
	if _, err := RunStepped(Stepped{Values: [][]float64{{1}}, Starts: []int{1}}); err == nil {
		t.Error("one person is taken")
	}
}

func days2ints(n int, f func(int) int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}
