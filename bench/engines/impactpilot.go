package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"tandem/analytics/impact"
)

const (
	pilotDays  = 84  // six pairs of weeks
	weekdaySD  = .5  // of the days of the week, in noise sd
	twoSided   = .05 // level of a test
	normalEdge = 1.959964
)

// A piloted series is a pilot as it was drawn, its values, and what made them.
type piloted struct {
	plan        impact.Plan
	on          []bool
	y           []float64 // NaN for a day without
	rho, wander float64
}

// drawPilot makes one pilot of six pairs of weeks with a difference of size noise sd (2d of the scoreboard): memory,
// a wandering level, a slope, days of the week, days without a value.
func drawPilot(rng *rand.Rand, seed uint64, size float64) (p piloted) {
	p.plan = impact.Plan{Pairs: 6, Seed: seed}
	onFirst, err := p.plan.OnFirst()
	if err != nil {
		panic(err) // the plan is made here
	}
	p.rho = between(rng, 0, .6)
	e := memoryNoise(rng, pilotDays, p.rho)
	var slope, level float64
	p.wander, slope = pick(rng, 0, .08, .15), rng.NormFloat64()
	var week [7]float64
	for k := range week {
		week[k] = weekdaySD * rng.NormFloat64()
	}
	p.y, p.on = make([]float64, pilotDays), make([]bool, pilotDays)
	for t := range p.y {
		level += p.wander * rng.NormFloat64()
		p.y[t] = e[t] + level + week[t%7] + slope*float64(t)/pilotDays
		if p.on[t] = (t%14 < 7) == onFirst[t/14]; p.on[t] {
			p.y[t] += size
		}
		if rng.Float64() < .08 {
			p.y[t] = math.NaN()
		}
	}
	return p
}

// A pilotShare is which part of pilots is told from zero at 5 %: by the engine, by the order test, and by who knows
// the noise beforehand.
type pilotShare struct{ engine, order, bound float64 }

// pilots runs n pilots with a difference of size noise sd.
func pilots(n int, size float64, seed uint64, prior impact.Prior) (s pilotShare) {
	rng := rand.New(rand.NewPCG(seed, 11))
	one := 1 / float64(n)
	for i := range n {
		p := drawPilot(rng, seed*1_000_003+uint64(i), size)
		a, err := impact.RunPilot(p.plan, p.y, 0, false, prior)
		if err != nil {
			panic(err)
		}
		if a.P < twoSided {
			s.engine += one
		}
		if a.OrderP < twoSided {
			s.order += one
		}
		if math.Abs(p.known()) > normalEdge {
			s.bound += one
		}
	}
	return s
}

// known gives the normal score of the difference when everything but the level, the slope, the days of the week and
// the difference itself is known: memory, wandering, and how large slopes and weekdays are. No unbiased test at 5 %
// tells more pilots from zero (Gauss-Markov for the estimate, Neyman-Pearson for the test).
func (p *piloted) known() float64 {
	var days []int
	for t, v := range p.y {
		if !math.IsNaN(v) {
			days = append(days, t)
		}
	}
	const unknownLevel = 1e6
	rows := make([][]float64, len(days)) // lower triangle of the Cholesky factor
	zy, zg := make([]float64, len(days)), make([]float64, len(days))
	gg, gy := 0.0, 0.0
	for a, s := range days {
		rows[a] = make([]float64, a+1)
		for b, t := range days[:a+1] {
			v := math.Pow(p.rho, float64(s-t)) + p.wander*p.wander*float64(t+1) + float64(s*t)/(pilotDays*pilotDays) + unknownLevel
			if s%7 == t%7 {
				v += weekdaySD * weekdaySD
			}
			for k := range b {
				v -= rows[a][k] * rows[b][k]
			}
			if a == b {
				rows[a][a] = math.Sqrt(v)
			} else {
				rows[a][b] = v / rows[b][b]
			}
		}
		y, g := p.y[s], 0.0
		if p.on[s] {
			g = 1
		}
		for k := range a {
			y -= rows[a][k] * zy[k]
			g -= rows[a][k] * zg[k]
		}
		zy[a], zg[a] = y/rows[a][a], g/rows[a][a]
		gg += zg[a] * zg[a]
		gy += zg[a] * zy[a]
	}
	return gy / math.Sqrt(gg)
}

// The pilots of the board: the set of every release, and a second seed that nothing was ever chosen on.
const (
	pilotRuns  = 6000
	pilotSeed  = 5
	freshRuns  = 4000
	freshPilot = 2027
)

func pilotBoard(w io.Writer) {
	fmt.Fprintf(w, "\n### Pilots: six randomised pairs of weeks (%d each, and %d each of another seed)\n\n| told from zero at 5 %% | no effect | 0.5 sd | 1 sd |\n|---|--:|--:|--:|\n", pilotRuns, freshRuns)
	for _, set := range []struct {
		name string
		n    int
		seed uint64
	}{{"", pilotRuns, pilotSeed}, {", another seed", freshRuns, freshPilot}} {
		var s [3]pilotShare
		for i, size := range []float64{0, .5, 1} {
			s[i] = pilots(set.n, size, set.seed, impact.Prior{})
		}
		row := func(name string, of func(pilotShare) float64) {
			fmt.Fprintf(w, "| %s%s | %.1f | %.1f | %.1f |\n", name, set.name, 100*of(s[0]), 100*of(s[1]), 100*of(s[2]))
		}
		row("the engine", func(s pilotShare) float64 { return s.engine })
		row("exact order test", func(s pilotShare) float64 { return s.order })
		row("who knows the noise beforehand", func(s pilotShare) float64 { return s.bound })
	}
}
