package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"tandem/analytics/impact"
)

// A dipping tally counts what is said of learning goals that began while the number was low.
type dipping struct{ maybe, better, likely, inside, bias, interval float64 }

const (
	dips    = 300
	dipDays = 14 // over which a number is low
	dipPast = 70 // days that it is lower than, twelve weeks with its own
)

// dipBoard shows what a beginning while the number is low does to a difference, and what leaving the low days
// out of what came before does to it. A number that was low rises again by itself (regression to the mean).
func dipBoard(w io.Writer) error {
	fmt.Fprintf(w, "\n### A learning goal begun because the number was low (%d series; 20 false starts)\n\nThe %d days before it began were the worst of twelve weeks. Left out: days before the beginning that are not looked at.\n\n", dips, dipDays)
	fmt.Fprint(w, "| began | starts after | effect sd | left out | maybe or more % | and better % | likely % | inside 95 % | bias | interval score |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, low := range []bool{true, false} {
		for _, lag := range []int{2, 35} { // days from the goal to the first use, or to a level
			for _, size := range []float64{0, 1} {
				for _, out := range []int{0, dipDays, 2 * dipDays} {
					d, err := dip(low, lag, out, size)
					if err != nil {
						return err
					}
					began := "any day"
					if low {
						began = "when low"
					}
					fmt.Fprintf(w, "| %s | %d days | %g | %d days | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |\n", began, lag, size, out, 100*d.maybe, 100*d.better, 100*d.likely, 100*d.inside, d.bias, d.interval)
				}
			}
		}
	}
	return nil
}

// dip tallies series without (size 0) or with a step of size noise sd.
func dip(low bool, lag, out int, size float64) (d dipping, err error) {
	rng := rand.New(rand.NewPCG(9, 9))
	for range dips {
		y, began := dippingSeries(rng, low)
		start := began + lag
		y = y[:start+42+rng.IntN(60)]
		for i := start; i < len(y); i++ {
			y[i] += size
		}
		for i := began - out; i < began; i++ {
			y[i] = math.NaN()
		}
		a, err := impact.Run(impact.Question{First: 1, Values: y, Placebos: 20, Effects: []impact.Effect{{Shape: impact.Step, Start: start + 1, Late: lag > dipDays}}})
		if err != nil {
			return d, err
		}
		x := a.Effects[0]
		one := func(b bool) float64 {
			if b {
				return 1. / dips
			}
			return 0
		}
		d.maybe += one(x.Word >= impact.Maybe)
		d.better += one(x.Word >= impact.Maybe && x.Mean > 0)
		d.likely += one(x.Word >= impact.Likely)
		d.inside += one(x.Lo95 <= size && size <= x.Hi95)
		d.bias += (x.Mean - size) / dips
		d.interval += (x.Hi95 - x.Lo95 + 40*math.Max(x.Lo95-size, 0) + 40*math.Max(size-x.Hi95, 0)) / dips
	}
	return d, nil
}

// dippingSeries gives a series as in watch, and the day, from 0, on which a learning goal begins: any, or the
// first on which the last days are the worst of twelve weeks.
func dippingSeries(rng *rand.Rand, low bool) (y []float64, began int) {
	const n, first, last = 340, 100, 200 // the longest series: last, a level, 42 days and up to 59 more
	for {
		y = memoryNoise(rng, n, between(rng, 0, .6))
		week := weekOf(rng, 1, pick(rng, 0, .5, 1.2))
		wander, slope, level := pick(rng, 0, .03, .08, .15), pick(rng, 0, 1)*rng.NormFloat64(), 0.0
		share := between(rng, 0, .15)
		for i := range y {
			level += wander * rng.NormFloat64()
			y[i] += level + week[i%7] + slope*float64(i)/last
			if rng.Float64() <= share {
				y[i] = math.NaN()
			}
		}
		if !low {
			return y, first + rng.IntN(last-first)
		}
		for t := first; t < last; t++ {
			now := meanOf(y[t-dipDays : t])
			if worstOf(y[t-dipPast-dipDays:t], now) {
				return y, t
			}
		}
	}
}

// worstOf tells whether no stretch of dipDays in a past has a lower mean than its last one.
func worstOf(past []float64, now float64) bool {
	for s := dipDays; s < len(past); s++ {
		if meanOf(past[s-dipDays:s]) < now {
			return false
		}
	}
	return true
}

// meanOf gives the mean of the values that are there.
func meanOf(y []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range y {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}
