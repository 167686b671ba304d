package main

import (
	"math"
	"math/rand/v2"

	"tandem/analytics/impact"
)

// A simulated series: what the engine sees, and what is true.
type simulated struct {
	q           impact.Question
	effect      float64 // mean difference per day since the start, in the unit of the values
	size, noise float64 // the effect in noise sd, and that sd
	shape       impact.Shape
	control     bool
}

// simulate draws n series, every second with an effect. It is the generator of the shared data
// (gen_impact.py) with the same distributions; the numbers differ, for the source of chance does.
func simulate(n int, seed uint64) []simulated {
	rng := rand.New(rand.NewPCG(seed, 20261121))
	out := make([]simulated, n)
	for k := range out {
		out[k] = simulateOne(rng, k)
	}
	return out
}

func simulateOne(rng *rand.Rand, k int) (s simulated) {
	n := 90 + rng.IntN(151)
	start := int(math.RoundToEven(float64(n) * between(rng, .5, .7)))
	rho := between(rng, 0, .6)
	noise := memoryNoise(rng, n, rho)
	if k%5 == 4 {
		for i := range noise {
			if rng.Float64() < .02 {
				noise[i] += 5 * sign(rng, .5)
			}
		}
	}
	wander := pick(rng, 0, .03, .08, .15)
	slope := pick(rng, 0, 1) * rng.NormFloat64()
	week := weekOf(rng, 1, pick(rng, 0, .5, 1.2))
	s.control = k/2%2 == 1
	var x []float64
	xe := 0.0
	if s.control {
		x = make([]float64, n)
		level := 0.0
		for i := range x {
			level += .2 * rng.NormFloat64()
			x[i] = level + .5*rng.NormFloat64()
		}
		xe = between(rng, .5, 1.2)
	}
	s.shape = []impact.Shape{impact.Step, impact.Ramp, impact.Dosed}[k/2%3]
	dose := make([]float64, n)
	g := simulatedShape(rng, s.shape, n, start, dose)
	if k%2 == 1 {
		s.size = pick(rng, .5, 1, 1.5, 2) * sign(rng, .8)
	}
	s.noise = math.Exp(1.5 + rng.NormFloat64())
	base, level := between(rng, 20, 60), 0.0
	y := make([]float64, n)
	for i := range y {
		level += wander * rng.NormFloat64()
		y[i] = base + noise[i] + level + slope*(float64(i+1)-float64(n)/2)/float64(n) + week[(i+1)%7] + s.size*g[i]
		if s.control {
			y[i] += xe * x[i]
		}
		y[i] *= s.noise
	}
	leaveOut(rng, y)
	s.effect = s.size * s.noise
	s.q = impact.Question{First: 1, Values: y, Effects: []impact.Effect{{Shape: s.shape, Start: start, Dose: dose}}}
	if s.control {
		s.q.Controls = [][]float64{x}
	}
	return s
}

// simulatedShape draws the true shape, with mean 1 since the start, and fills in the dose.
func simulatedShape(rng *rand.Rand, shape impact.Shape, n, start int, dose []float64) []float64 {
	g := make([]float64, n)
	switch shape {
	case impact.Ramp:
		length := pick(rng, 14, 28, 42)
		for i := range g {
			g[i] = math.Min(math.Max(float64(i+1-start+1)/length, 0), 1)
		}
	case impact.Dosed:
		a := math.Exp(-1 / pick(rng, 3, 7, 14))
		for i := range dose {
			if i+1 >= start && rng.Float64() < .6 { // gamma with shape 4 and scale 8
				for range 4 {
					dose[i] += 8 * rng.ExpFloat64()
				}
				dose[i] = math.RoundToEven(dose[i])
			}
		}
		for i := 1; i < n; i++ {
			g[i] = a*g[i-1] + (1-a)*dose[i-1]
		}
	default:
		for i := start - 1; i < n; i++ {
			g[i] = 1
		}
	}
	sum := 0.0
	for _, v := range g[start-1:] {
		sum += v
	}
	for i := range g {
		g[i] /= sum / float64(n-start+1)
	}
	return g
}

// leaveOut takes out single days, and in two of five series a run of them.
func leaveOut(rng *rand.Rand, y []float64) {
	share := between(rng, 0, .15)
	for i := range y {
		if rng.Float64() < share {
			y[i] = math.NaN()
		}
	}
	if rng.Float64() < .4 {
		from := 10 + rng.IntN(len(y)-25)
		for i := from; i < from+4+rng.IntN(7) && i < len(y); i++ {
			y[i] = math.NaN()
		}
	}
}

// memoryNoise gives noise of variance 1 of which a share stays to the next day.
func memoryNoise(rng *rand.Rand, n int, rho float64) []float64 {
	e := make([]float64, n)
	for i := range e {
		e[i] = rng.NormFloat64()
		if i > 0 {
			e[i] = rho*e[i-1] + math.Sqrt(1-rho*rho)*e[i]
		}
	}
	return e
}

// weekOf gives days of the week with mean 0.
func weekOf(rng *rand.Rand, sd, scale float64) (week [7]float64) {
	mean := 0.0
	for i := range week {
		week[i] = sd * rng.NormFloat64() * scale
		mean += week[i] / 7
	}
	for i := range week {
		week[i] -= mean
	}
	return week
}

func between(rng *rand.Rand, lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }

func pick(rng *rand.Rand, from ...float64) float64 { return from[rng.IntN(len(from))] }

func sign(rng *rand.Rand, up float64) float64 {
	if rng.Float64() < up {
		return 1
	}
	return -1
}
