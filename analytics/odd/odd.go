// Package odd holds series that an engine must answer too, soundly and soon: none, missing, equal, huge,
// tiny, wild, and twenty years of days.
package odd

import (
	"math"
	"math/rand/v2"
)

// A Series is a name and values by day, NaN for a missing one.
type Series struct {
	Name   string
	Values []float64
}

// Years20 is the number of days in twenty years.
const Years20 = 7305

// All gives the series; those of twenty years come last.
func All() []Series {
	nan := math.NaN()
	rng := rand.New(rand.NewPCG(1, 2))
	noise := days(200, func(int) float64 { return rng.NormFloat64() })
	level := 0.0
	return []Series{
		{"nothing", nil},
		{"all missing", days(100, func(int) float64 { return nan })},
		{"one point", []float64{3}},
		{"one zero", []float64{0}},
		{"one among missing", days(100, func(i int) float64 { return pick(i == 60, 5, nan) })},
		{"two", []float64{1, 2}},
		{"three, far from one", []float64{1, 1e15, 1}},
		{"four", []float64{1, 2, 3, 5}},
		{"all equal", days(120, func(int) float64 { return 7 })},
		{"all zero", days(120, func(int) float64 { return 0 })},
		{"all 1e15", days(120, func(int) float64 { return 1e15 })},
		{"huge and close", days(120, func(i int) float64 { return 1e15 - float64(i%4) })},
		{"huge and noisy", days(120, func(i int) float64 { return 1e15 * noise[i] / 10 })},
		{"huge and near", days(120, func(i int) float64 { return 1e15 - math.Abs(noise[i]) })},
		{"huge and swinging", days(120, func(i int) float64 { return pick(i%2 == 0, 1e15, -1e15) })},
		{"tiny", days(120, func(i int) float64 { return 1e-12 * float64(1+i%5) })},
		{"next to nothing", days(120, func(i int) float64 { return 1e-300 * noise[i] })},
		{"a straight line", days(120, func(i int) float64 { return float64(2 * i) })},
		{"falling below zero", days(120, func(i int) float64 { return 20 - float64(i) })},
		{"growing by factors", days(120, func(i int) float64 { return math.Exp(float64(i) / 5) })},
		{"a step and no noise", days(120, func(i int) float64 { return pick(i >= 60, 1, 0) })},
		{"a step at the end", days(120, func(i int) float64 { return noise[i] + pick(i >= 118, 50, 0) })},
		{"one wild day", days(120, func(i int) float64 { return noise[i] + pick(i == 30, 1e9, 0) })},
		{"one value among zeros", days(120, func(i int) float64 { return pick(i == 50, 1e9, 0) })},
		{"weekly", days(300, func(i int) float64 { return pick(i%7 == 0, noise[i%200], nan) })},
		{"mostly missing", days(400, func(i int) float64 { return pick(i%40 == 0, float64(i), nan) })},
		{"only before", days(120, func(i int) float64 { return pick(i < 60, noise[i], nan) })},
		{"only after", days(120, func(i int) float64 { return pick(i >= 60, noise[i], nan) })},
		{"zero or one", days(120, func(i int) float64 { return float64(i % 2) })},
		{"20 years", days(Years20, func(i int) float64 { return 50 + math.Sin(float64(i)/30) + float64(i%7) })},
		{"20 years with holes", days(Years20, func(i int) float64 {
			return pick(i%90 == 0, nan, 50+float64(i%7)+float64(i%11)*math.Sqrt(float64(i%90)))
		})},
		{"20 years that wander", days(Years20, func(i int) float64 {
			level += .05 * rng.NormFloat64()
			return level + rng.NormFloat64() + pick(i == 100, 50, 0)
		})},
	}
}

func pick(yes bool, a, b float64) float64 {
	if yes {
		return a
	}
	return b
}

func days(n int, value func(i int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = value(i)
	}
	return out
}
