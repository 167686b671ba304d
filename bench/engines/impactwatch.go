package main

import (
	"math"
	"math/rand/v2"

	"tandem/analytics/impact"
)

// A watched series has no effect at all; it is looked at every week, and the strongest word counts.
type watched struct {
	looks, maybes, likelies   int // looks, and those with at least this word
	maybeEver, likelyEver, of int // series
}

const (
	watchWeeks = 20
	firstLook  = 6 // weeks after the start
)

// watch looks at n series without an effect every week from the sixth to the twentieth after the start,
// as impact_ref.py watch does: 6 to 12 weeks before, a wandering level, memory, weekdays, gaps, a slope in
// every second.
func watch(n int, seed uint64, prior impact.Prior) (w watched) {
	rng := rand.New(rand.NewPCG(seed, 7))
	for range n {
		values, start := watchedSeries(rng)
		maybe, likely := false, false
		for week := firstLook; week <= watchWeeks; week++ {
			a, err := impact.Run(impact.Question{First: 1, Values: values[:start-1+7*week], Prior: prior,
				Effects: []impact.Effect{{Shape: impact.Step, Start: start}}})
			if err != nil {
				panic(err) // the series are made here
			}
			w.looks++
			if word := a.Effects[0].Word; word >= impact.Maybe {
				w.maybes++
				maybe = true
				if word >= impact.Likely {
					w.likelies++
					likely = true
				}
			}
		}
		w.of++
		if maybe {
			w.maybeEver++
		}
		if likely {
			w.likelyEver++
		}
	}
	return w
}

func watchedSeries(rng *rand.Rand) (y []float64, start int) {
	start = 43 + rng.IntN(42)
	n := start - 1 + 7*watchWeeks
	e := memoryNoise(rng, n, between(rng, 0, .6))
	var week [7]float64
	scale := pick(rng, 0, .5, 1.2)
	for i := range week {
		week[i] = scale * rng.NormFloat64()
	}
	wander, slope, level := pick(rng, 0, .03, .08, .15), pick(rng, 0, 1)*rng.NormFloat64(), 0.0
	share := between(rng, 0, .15)
	y = make([]float64, n)
	for i := range y {
		level += wander * rng.NormFloat64()
		y[i] = e[i] + level + week[i%7] + slope*float64(i)/float64(n)
		if rng.Float64() <= share {
			y[i] = math.NaN()
		}
	}
	return y, start
}
