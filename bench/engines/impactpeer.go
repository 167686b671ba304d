package main

import (
	"math"

	"tandem/analytics/stats"
)

// The research's own grid over the level's variance a day and the memory, in units of the noise's variance (function
// gls of tools/peers/pilots.py). It is made for the simulator: no point lies far beyond what that draws.
var (
	researchWander = [...]float64{0, 1e-3, .01, .05}
	researchMemory = [...]float64{0, .3, .6}
)

// researchPilot is the research's own analysis of a pilot of blocks: values by day, NaN for none, and the days with.
// For each of twelve ways in which the noise may come about it estimates the difference by generalised least squares
// on level, slope (sd 1 over the whole time), days of the week (sd 1) and on or off, weighs them by their restricted
// likelihood, and reads the two-sided chance of zero off the mixture of Student's t.
func researchPilot(y []float64, on []bool) (difference, chance float64) {
	var days []int
	var centred []float64
	mean := 0.0
	for t, v := range y {
		if !math.IsNaN(v) {
			days = append(days, t)
			centred = append(centred, v)
			mean += v
		}
	}
	n := len(days)
	mean /= float64(n)
	unit := spread(centred)
	for i := range centred {
		centred[i] = (centred[i] - mean) / unit
	}
	cols := researchColumns(days, len(y), on)
	var weight, effect, below []float64
	top := math.Inf(-1)
	for _, q := range researchWander {
		for _, r := range researchMemory {
			ll, b, se := researchMember(days, cols, centred, q, r)
			weight, effect = append(weight, ll), append(effect, b)
			below = append(below, studentBelow(-b/se, n-2))
			top = math.Max(top, ll)
		}
	}
	all, zero := 0.0, 0.0
	for i, ll := range weight {
		w := math.Exp(ll - top)
		all += w
		difference += w * effect[i] * unit
		zero += w * below[i]
	}
	zero /= all
	return difference / all, 2 * math.Min(zero, 1-zero)
}

// researchColumns are level, slope, six contrasts of the days of the week, and on or off.
func researchColumns(days []int, length int, on []bool) [][]float64 {
	cols := make([][]float64, 9)
	for k := range cols {
		cols[k] = make([]float64, len(days))
	}
	for i, day := range days {
		t := day + 1
		cols[0][i] = 1
		cols[1][i] = (float64(t) - float64(length)/2) / float64(length)
		for j := range 6 {
			switch t % 7 {
			case j:
				cols[2+j][i] = 1
			case 6:
				cols[2+j][i] = -1
			}
		}
		if on[day] {
			cols[8][i] = 1
		}
	}
	return cols
}

// researchMember gives one member's restricted log likelihood, its difference and that's standard error.
func researchMember(days []int, cols [][]float64, y []float64, q, r float64) (ll, effect, se float64) {
	n, k := len(days), len(cols)
	noise := make([]float64, n*n)
	for a, s := range days {
		for b, t := range days[:a+1] {
			noise[a*n+b] = math.Pow(r, float64(s-t)) + q*float64(t+1)
		}
	}
	logdet := stats.Cholesky(noise, n)
	white := make([][]float64, k)
	for i, c := range cols {
		white[i] = append([]float64(nil), c...)
		whiten(noise, n, white[i])
	}
	own := append([]float64(nil), y...)
	whiten(noise, n, own)
	products := make([]float64, k*k)
	beta, last := make([]float64, k), make([]float64, k)
	for i := range k {
		for j := range i + 1 {
			products[i*k+j] = dot(white[i], white[j])
		}
		if i > 0 && i < k-1 { // slope and weekdays have a prior, level and difference have none
			products[i*k+i]++
		}
		beta[i] = dot(white[i], own)
	}
	known := append([]float64(nil), beta...)
	logdet += stats.Cholesky(products, k)
	stats.Solve(products, k, beta)
	last[k-1] = 1
	stats.Solve(products, k, last)
	left := dot(own, own) - dot(beta, known)
	dof := float64(n - 2)
	return -.5*logdet - .5*dof*math.Log(left), beta[k-1], math.Sqrt(left / dof * last[k-1])
}

// whiten solves L·x = b for a factor L made by Cholesky, in place of b.
func whiten(l []float64, n int, b []float64) {
	for i := range n {
		for k := range i {
			b[i] -= l[i*n+k] * b[k]
		}
		b[i] /= l[i*n+i]
	}
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// studentBelow gives the share of Student's t with whole degrees of freedom under x, by the finite series
// (Abramowitz and Stegun 26.7.3 and 26.7.4).
func studentBelow(x float64, dof int) float64 {
	angle := math.Atan(x / math.Sqrt(float64(dof)))
	sin, cos := math.Sincos(angle)
	odd := dof % 2
	sum, term := 0.0, 1.0
	if odd == 1 {
		term = cos
	}
	for j := odd; j < dof-1; j += 2 {
		sum += term
		term *= cos * cos * float64(j+1) / float64(j+2)
	}
	if odd == 1 {
		return .5 + (angle+sin*sum)/math.Pi
	}
	return .5 + sin*sum/2
}
