// Package stats holds the small numerics that the other rooms of analytics share.
package stats

import (
	"math"
	"slices"
)

// Cholesky overwrites the lower half of the symmetric positive definite n×n matrix a (row by row) with
// its factor L, a = L·Lᵀ, and returns ln|a|. A pivot that rounding has made too small is lifted to a
// tiny share of its diagonal, so that a matrix that is singular to the last bit still has an answer.
func Cholesky(a []float64, n int) (logdet float64) {
	for i := range n {
		for j := range i {
			s := a[i*n+j]
			for k := range j {
				s -= a[i*n+k] * a[j*n+k]
			}
			a[i*n+j] = s / a[j*n+j]
		}
		d := a[i*n+i]
		floor := math.Max(d*1e-13, 1e-300)
		for k := range i {
			d -= a[i*n+k] * a[i*n+k]
		}
		d = math.Max(d, floor)
		a[i*n+i] = math.Sqrt(d)
		logdet += math.Log(d)
	}
	return logdet
}

// Solve gives the solution x of L·Lᵀ·x = b for a factor made by Cholesky, in place of b.
func Solve(l []float64, n int, b []float64) {
	for i := range n {
		for k := range i {
			b[i] -= l[i*n+k] * b[k]
		}
		b[i] /= l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= l[k*n+i] * b[k]
		}
		b[i] /= l[i*n+i]
	}
}

// Quantile gives the q-quantile, q in [0, 1], of ascending values, linear between neighbours (type 7 of
// Hyndman and Fan 1996); 0 for none.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := q * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-1)
	j := min(i+1, len(sorted)-1)
	w := at - float64(i)
	return sorted[i] + w*(sorted[j]-sorted[i])
}

// Median gives the middle of values, which it leaves as they are; 0 for none.
func Median(values []float64) float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return Quantile(s, 0.5)
}
