package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"tandem/analytics/impact"
)

func noiseOf(rng *rand.Rand, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = rng.NormFloat64()
	}
	return out
}

func answered(t *testing.T, q impact.Question) impact.Answer {
	t.Helper()
	a, err := impact.Run(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestThePriorIsLearntFromTheOwnersNumbers(t *testing.T) {
	flat := learnPrior(nil)
	for _, v := range flat {
		if math.Abs(v-1/float64(impact.Points)) > 1e-12 {
			t.Fatalf("nothing learnt is not flat: %v", flat)
		}
	}
	rng := rand.New(rand.NewPCG(5, 5))
	var series []impact.Likelihood
	for range 60 { // levels that never move, no memory
		a := answered(t, impact.Question{Values: noiseOf(rng, 200), Effects: []impact.Effect{{Shape: impact.Step, Start: 100}}})
		series = append(series, a.Likelihood)
	}
	still := learnPrior(append(series, impact.Likelihood{}))
	low, sum := 0.0, 0.0
	for g, v := range still {
		if g/5 < 4 && g%5 < 2 {
			low += v
		}
		if sum += v; v <= 0 {
			t.Errorf("point %d is ruled out", g)
		}
	}
	if low < .7 || math.Abs(sum-1) > 1e-9 {
		t.Errorf("%v of the weight on still levels, %v in all", low, sum)
	}
	values := noiseOf(rng, 160)
	q := impact.Question{Values: values, Effects: []impact.Effect{{Shape: impact.Step, Start: 100}}}
	before := answered(t, q)
	q.Prior = still
	after := answered(t, q)
	if b, a := before.Effects[0], after.Effects[0]; a.Hi95-a.Lo95 >= b.Hi95-b.Lo95 {
		t.Error("knowing that levels are still does not narrow the range")
	}
	for g := range before.Likelihood {
		if math.Abs(before.Likelihood[g]-after.Likelihood[g]) > 1e-9 {
			t.Fatalf("the prior is in the likelihood: %v, %v", before.Likelihood[g], after.Likelihood[g])
		}
	}
}
