package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestCholeskySolvesAHandMadeSystem(t *testing.T) {
	a := []float64{4, 2, 2, 3} // determinant 8
	logdet := Cholesky(a, 2)
	b := []float64{8, 7}
	Solve(a, 2, b)
	if math.Abs(logdet-math.Log(8)) > 1e-12 || math.Abs(b[0]-1.25) > 1e-12 || math.Abs(b[1]-1.5) > 1e-12 {
		t.Fatalf("logdet %v, x %v; want ln 8 and [1.25 1.5]", logdet, b)
	}
}

func TestCholeskySolvesWhatItFactors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		m := rapid.SliceOfN(rapid.Float64Range(-3, 3), n*n, n*n).Draw(t, "m")
		want := rapid.SliceOfN(rapid.Float64Range(-5, 5), n, n).Draw(t, "x")
		a, b := make([]float64, n*n), make([]float64, n)
		for i := range n {
			for j := range n {
				for k := range n {
					a[i*n+j] += m[i*n+k] * m[j*n+k]
				}
			}
			a[i*n+i]++
		}
		for i := range n {
			for j := range n {
				b[i] += a[i*n+j] * want[j]
			}
		}
		Cholesky(a, n)
		Solve(a, n, b)
		for i := range n {
			if math.Abs(b[i]-want[i]) > 1e-9 {
				t.Fatalf("x[%d] = %v, want %v", i, b[i], want[i])
			}
		}
	})
}

func TestCholeskyOfASingularMatrixStaysFinite(t *testing.T) {
	a := []float64{1, 1, 1, 1}
	if d := Cholesky(a, 2); math.IsNaN(d) || math.IsInf(d, 0) {
		t.Fatalf("logdet %v", d)
	}
}

func TestQuantilesAreLinearBetweenNeighbours(t *testing.T) {
	s := []float64{10, 20, 40}
	for q, want := range map[float64]float64{0: 10, 0.25: 15, 0.5: 20, 0.75: 30, 1: 40} {
		if got := Quantile(s, q); got != want {
			t.Errorf("quantile %v = %v, want %v", q, got, want)
		}
	}
	if Quantile(nil, 0.5) != 0 || Median([]float64{3, 1, 2}) != 2 {
		t.Error("the median of 3, 1, 2 is 2, and of nothing 0")
	}
}
