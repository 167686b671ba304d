package impact

import "math"

// The matrices here are symmetric and kept as their lower half, row by row: element (i, j) with j <= i
// stands at i(i+1)/2+j.

// factor overwrites a with its Cholesky factor and gives ln|a|. A pivot that rounding has made too small
// is lifted to a tiny share of its diagonal.
func factor(a []float64, n int) (logdet float64) {
	for i := range n {
		ri := i * (i + 1) / 2
		for j := range i {
			rj := j * (j + 1) / 2
			s := a[ri+j]
			for k := range j {
				s -= float64(a[ri+k] * a[rj+k])
			}
			a[ri+j] = s / a[rj+j]
		}
		d := a[ri+i]
		least := math.Max(d*1e-13, 1e-300)
		for k := range i {
			d -= float64(a[ri+k] * a[ri+k])
		}
		a[ri+i] = math.Sqrt(math.Max(d, least))
		logdet += 2 * math.Log(a[ri+i])
	}
	return logdet
}

// eliminate overwrites the first n of the m rows of a with their factor, and the rest with what is left
// of it once the first are taken out (the Schur complement). It gives ln of the first block's determinant.
func eliminate(a []float64, m, n int) (logdet float64) {
	logdet = factor(a, n)
	for i := n; i < m; i++ {
		ri := a[i*(i+1)/2:]
		for j := range n {
			rj := a[j*(j+1)/2:][:j+1]
			s := ri[j]
			for k, v := range rj[:j] {
				s -= float64(ri[k] * v)
			}
			ri[j] = s / rj[j]
		}
		for j := n; j <= i; j++ {
			rj := a[j*(j+1)/2:]
			s := ri[j]
			for k := range n {
				s -= float64(ri[k] * rj[k])
			}
			ri[j] = s
		}
	}
	return logdet
}

// solveLower gives L⁻¹b in place of b.
func solveLower(l []float64, n int, b []float64) {
	for i := range n {
		ri := l[i*(i+1)/2:]
		for k := range i {
			b[i] -= float64(ri[k] * b[k])
		}
		b[i] /= ri[i]
	}
}

// solveUpper gives L⁻ᵀb in place of b.
func solveUpper(l []float64, n int, b []float64) {
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= float64(l[k*(k+1)/2+i] * b[k])
		}
		b[i] /= l[i*(i+1)/2+i]
	}
}

// inverseDiagonal gives element (i, i) of (LLᵀ)⁻¹.
func inverseDiagonal(l []float64, n, i int) float64 {
	var few [8]float64
	b := few[:]
	if n > len(few) {
		b = make([]float64, n)
	}
	b[i] = 1
	sum := 0.0
	for r := i; r < n; r++ {
		row := l[r*(r+1)/2:]
		for k := i; k < r; k++ {
			b[r] -= float64(row[k] * b[k])
		}
		b[r] /= row[r]
		sum += float64(b[r] * b[r])
	}
	return sum
}
