package main

import (
	"math"
	"slices"

	"tandem/analytics/impact"
)

// A judged estimate beside the truth, in noise sd.
type judged struct {
	truth, estimate, lo, hi, p, size float64
	shape                            impact.Shape
	control                          bool
	ms                               float64 // CPU
}

// A tallied group of estimates, by the measures of score_impact.py.
type tallied struct {
	n                                      int
	falsePositives, power, bigPower, cover float64 // shares
	bias, rmse, width, interval            float64 // in noise sd
	ms, ms95                               float64
}

// tally scores the estimates that keep lets through.
func tally(all []judged, keep func(*judged) bool) (t tallied) {
	var nulls, alts, big int
	var widths, times []float64
	for i := range all {
		j := &all[i]
		if keep != nil && !keep(j) {
			continue
		}
		t.n++
		found := 0.0
		if j.p < .05 {
			found = 1
		}
		if j.size == 0 {
			nulls++
			t.falsePositives += found
		} else {
			alts++
			t.power += found
			t.bias += j.estimate - j.truth
			if math.Abs(j.size) >= 1.5 {
				big++
				t.bigPower += found
			}
		}
		if j.truth >= j.lo && j.truth <= j.hi {
			t.cover++
		}
		t.rmse += (j.estimate - j.truth) * (j.estimate - j.truth)
		t.interval += j.hi - j.lo + 40*math.Max(j.lo-j.truth, 0) + 40*math.Max(j.truth-j.hi, 0)
		widths = append(widths, j.hi-j.lo)
		times = append(times, j.ms)
		t.ms += times[len(times)-1]
	}
	n := float64(t.n)
	t.falsePositives /= float64(nulls)
	t.power /= float64(alts)
	t.bias /= float64(alts)
	t.bigPower /= float64(big)
	t.cover, t.interval, t.ms = t.cover/n, t.interval/n, t.ms/n
	t.rmse = math.Sqrt(t.rmse / n)
	t.width, t.ms95 = quantileOf(widths, .5), quantileOf(times, .95)
	return t
}

func quantileOf(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return values[min(int(q*float64(len(values))), len(values)-1)]
}
