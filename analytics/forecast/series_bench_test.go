package forecast

import (
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkSeries takes what the scoreboard's series cost: ranges and three targets.
func BenchmarkSeries(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, c := range []struct {
		name         string
		n, season, h int
		step         Calendar
		gaps         bool
	}{
		{"monthly", 100, 12, 18, Monthly, false}, {"quarterly", 40, 4, 8, Quarterly, false}, {"yearly", 22, 1, 6, Yearly, false},
		{"daily", 167, 7, 14, Daily, false}, {"daily with gaps", 167, 7, 14, Daily, true}, {"20 years daily", 7300, 7, 60, Daily, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := Series{Values: wander(rng, c.n), Season: c.season, Ahead: c.h, Step: c.step, Scale: Positive, Lo: math.NaN(), Hi: math.NaN(), Track: true}
			if c.gaps {
				s.Values[20], s.Values[90] = math.NaN(), math.NaN()
			}
			s.Targets = []SeriesTarget{{52, Up}, {48, Down}, {60, Up}}
			for b.Loop() {
				if _, err := RunSeries(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
