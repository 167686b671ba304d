package main

import (
	"math"
)

// isSeasonal is M4's test: the autocorrelation at lag m lies outside its 90 % limit.
func isSeasonal(y []float64, m int) bool {
	n := len(y)
	if m <= 1 || n < 3*m {
		return false
	}
	mean := 0.0
	for _, v := range y {
		mean += v / float64(n)
	}
	acf := func(k int) (sum float64) {
		for t := k; t < n; t++ {
			sum += (y[t] - mean) * (y[t-k] - mean)
		}
		return sum
	}
	c0, squares := acf(0), 0.0
	if c0 <= 0 {
		return false
	}
	for k := 1; k < m; k++ {
		r := acf(k) / c0
		squares += r * r
	}
	return math.Abs(acf(m)/c0) > 1.645/math.Sqrt(float64(n))*math.Sqrt(1+2*squares)
}

// seasonIndex is the classical index by ratio (or difference) to the centred moving average.
func seasonIndex(y []float64, m int, times bool) []float64 {
	half := m / 2
	sum, count := make([]float64, m), make([]float64, m)
	for t := half; t+half < len(y); t++ {
		avg := 0.0
		for k := -half; k <= half; k++ {
			w := 1.0
			if m%2 == 0 && (k == -half || k == half) {
				w = .5
			}
			avg += w * y[t+k] / float64(m)
		}
		if times {
			sum[t%m] += y[t] / avg
		} else {
			sum[t%m] += y[t] - avg
		}
		count[t%m]++
	}
	mean := 0.0
	for j := range sum {
		sum[j] /= count[j]
		mean += sum[j] / float64(m)
	}
	for j := range sum {
		if times {
			sum[j] /= mean
		} else {
			sum[j] -= mean
		}
	}
	return sum
}

func allPositive(y []float64) bool {
	for _, v := range y {
		if v <= 0 {
			return false
		}
	}
	return true
}

// naive2 is the last value, seasonally adjusted where a season shows: the yardstick of OWA.
func naive2(y []float64, m, h int) []float64 {
	out, last := make([]float64, h), y[len(y)-1]
	if !isSeasonal(y, m) {
		for k := range out {
			out[k] = last
		}
		return out
	}
	times := allPositive(y)
	s := seasonIndex(y, m, times)
	n := len(y)
	for k := range out {
		if times {
			out[k] = last / s[(n-1)%m] * s[(n+k)%m]
		} else {
			out[k] = last - s[(n-1)%m] + s[(n+k)%m]
		}
	}
	return out
}

// naivePeer holds the last value, or with season the last season; its ranges are Gaussian with the
// spread of its own errors.
func naivePeer(c *forecastCase, season bool) answer {
	y, lag := filled(c.y), 1
	if season && c.m < len(y) {
		lag = c.m
	}
	sum, n := 0.0, 0.0
	for t := lag; t < len(y); t++ {
		d := y[t] - y[t-lag]
		sum += d * d
		n++
	}
	sd := math.Sqrt(sum / max(n, 1))
	mean, spread := make([]float64, c.h), make([]float64, c.h)
	for k := range mean {
		mean[k] = y[len(y)-lag+k%lag]
		spread[k] = sd * math.Sqrt(float64(k/lag+1))
	}
	return gaussian(mean, spread, c.targets)
}

// thetaPeer is the theta method (Assimakopoulos and Nikolopoulos 2000) in the form of Hyndman and
// Billah 2003: simple exponential smoothing of the seasonally adjusted values, its level and alpha by
// least squares, with half the slope of the fitted line as drift.
func thetaPeer(c *forecastCase) answer {
	y := filled(c.y)
	n := len(y)
	var index []float64
	adjusted := y
	times := allPositive(y)
	if isSeasonal(y, c.m) {
		index = seasonIndex(y, c.m, times)
		adjusted = make([]float64, n)
		for t := range y {
			if times {
				adjusted[t] = y[t] / index[t%c.m]
			} else {
				adjusted[t] = y[t] - index[t%c.m]
			}
		}
	}
	alpha, level, sse := bestSmoother(adjusted)
	sigma2 := sse / max(float64(n-1), 1)
	drift := slopeOf(adjusted) / 2
	mean, spread := make([]float64, c.h), make([]float64, c.h)
	for k := range mean {
		d := float64(k) + (1-math.Pow(1-alpha, float64(n)))/max(alpha, 1e-9)
		mean[k] = level + drift*d
		spread[k] = math.Sqrt(sigma2 * (1 + float64(k)*alpha*alpha))
		if index == nil {
			continue
		}
		if s := index[(n+k)%c.m]; times {
			mean[k] *= s
			spread[k] *= s
		} else {
			mean[k] += s
		}
	}
	return gaussian(mean, spread, c.targets)
}

// bestSmoother finds alpha by golden section, the starting level for each alpha exactly.
func bestSmoother(y []float64) (alpha, level, sse float64) {
	run := func(alpha float64) (level, sse float64) {
		// errors are linear in the starting level: e = a − x·l0
		l, u := 0.0, 1.0
		var aa, ax, xx float64
		for _, v := range y {
			e, x := v-l, u
			aa, ax, xx = aa+e*e, ax+e*x, xx+x*x
			l += alpha * e
			u -= alpha * u
		}
		start := ax / xx
		return l + u*start, aa - start*ax
	}
	const ratio = .6180339887498949
	lo, hi := .0001, .9999
	a, b := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
	_, fa := run(a)
	_, fb := run(b)
	for range 40 {
		if fa < fb {
			hi, b, fb = b, a, fa
			a = hi - ratio*(hi-lo)
			_, fa = run(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + ratio*(hi-lo)
			_, fb = run(b)
		}
	}
	alpha = (lo + hi) / 2
	level, sse = run(alpha)
	return alpha, level, max(sse, 0)
}

// slopeOf is the slope of the least-squares line.
func slopeOf(y []float64) float64 {
	mid, n := float64(len(y)-1)/2, float64(len(y))
	mean, xy, xx := 0.0, 0.0, 0.0
	for _, v := range y {
		mean += v / n
	}
	for t, v := range y {
		d := float64(t) - mid
		xy += d * (v - mean)
		xx += d * d
	}
	return xy / max(xx, 1e-300)
}

// gaussian gives ranges around the mean, and as the chance of a target the largest of the steps' own: a
// peer without paths has no better.
func gaussian(mean, spread []float64, targets []forecastTarget) (a answer) {
	a.mean = mean
	for k, m := range mean {
		a.lo80 = append(a.lo80, m-1.2816*spread[k])
		a.hi80 = append(a.hi80, m+1.2816*spread[k])
		a.lo95 = append(a.lo95, m-1.96*spread[k])
		a.hi95 = append(a.hi95, m+1.96*spread[k])
	}
	for _, t := range targets {
		p := 0.0
		for k, m := range mean {
			d := m - t.value
			if !t.up {
				d = -d
			}
			p = max(p, .5*math.Erfc(-d/max(spread[k], 1e-300)/math.Sqrt2))
		}
		a.chances = append(a.chances, p)
	}
	return a
}
