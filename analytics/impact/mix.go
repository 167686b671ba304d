package impact

import (
	"math"
	"slices"
)

const (
	gradientSteps = 30
	finishSteps   = 500
)

// products are the inner products of all rows before the start.
type products struct {
	m int
	g []float64 // m×m
}

func newProducts(rows [][]float64, start int) *products {
	p := &products{m: len(rows)}
	p.g = make([]float64, p.m*p.m)
	for i := range rows {
		for j := range i + 1 {
			s := 0.0
			for t := range start {
				s += float64(rows[i][t] * rows[j][t])
			}
			p.g[i*p.m+j], p.g[j*p.m+i] = s, s
		}
	}
	return p
}

// mix gives the weights on the simplex that bring the other rows nearest to the target row; the row
// without is left out as well (-1 for none). The answer has an entry for each row but the target for a
// target of 0, and for each row otherwise; rows left out have weight 0.
func (p *products) mix(target, without int) []float64 {
	var use []int
	for i := range p.m {
		if i != target && i != without {
			use = append(use, i)
		}
	}
	k := len(use)
	a, b := make([]float64, k*k), make([]float64, k)
	for i, r := range use {
		for j, c := range use {
			a[i*k+j] = p.g[r*p.m+c]
		}
		b[i] = p.g[r*p.m+target]
	}
	w := nearest(a, b, k)
	finish(a, b, w)
	out := make([]float64, p.m)
	for i, r := range use {
		out[r] = w[i]
	}
	if target == 0 {
		return out[1:]
	}
	return out
}

// nearest comes near the least ½wᵀaw − bᵀw on the simplex by projected gradient with acceleration (Beck and
// Teboulle 2009), started again whenever it would climb; it ends early when nothing moves any more.
func nearest(a, b []float64, k int) []float64 {
	w, v, next, u := make([]float64, k), make([]float64, k), make([]float64, k), make([]float64, k)
	sorted := make([]float64, k)
	for i := range w {
		w[i] = 1 / float64(k)
		v[i] = w[i]
	}
	step := 1 / (largestRow(a, k) + 1e-300)
	momentum := 1.0
	for range gradientSteps {
		for i := range k {
			g := -b[i]
			for j, x := range a[i*k : i*k+k] {
				g += float64(x * v[j])
			}
			u[i] = v[i] - float64(g*step)
		}
		project(u, sorted, next)
		climb, moved := 0.0, 0.0
		for i := range k {
			climb += float64((v[i] - next[i]) * (next[i] - w[i]))
			moved = math.Max(moved, math.Abs(next[i]-w[i]))
		}
		grown := (1 + math.Sqrt(1+float64(4*momentum*momentum))) / 2
		share := (momentum - 1) / grown
		momentum = grown
		if climb > 0 {
			momentum, share = 1, 0
		}
		for i := range k {
			v[i] = next[i] + float64(share*(next[i]-w[i]))
			w[i] = next[i]
		}
		if moved < 1e-9 {
			break
		}
	}
	return w
}

// largestRow gives the largest sum of sizes in a row, which no eigenvalue exceeds; where all values have one
// sign it is near the largest.
func largestRow(a []float64, k int) (top float64) {
	for i := range k {
		sum := 0.0
		for _, v := range a[i*k : i*k+k] {
			sum += math.Abs(v)
		}
		top = math.Max(top, sum)
	}
	return top
}

// project puts into out the point of the simplex that is nearest to u.
func project(u, sorted, out []float64) {
	copy(sorted, u)
	slices.Sort(sorted)
	sum, shift := 0.0, 0.0
	for i := len(sorted) - 1; i >= 0; i-- {
		sum += sorted[i]
		s := (sum - 1) / float64(len(sorted)-i)
		if sorted[i]-s <= 0 {
			break
		}
		shift = s
	}
	for i, v := range u {
		out[i] = math.Max(v-shift, 0)
	}
}

// finish goes from near the least value to it: it solves for the weights that are not 0, drops one that
// would turn negative, and takes in the one that would bring most, until none would (an active set; the
// problem is convex, so that what it ends with is the answer).
func finish(a, b, w []float64) {
	k := len(w)
	trace := 0.0
	for i := range k {
		trace += a[i*k+i] / float64(k)
	}
	if !(trace > 0) {
		return // nothing but zeros: any weights will do
	}
	var use []int
	for i, v := range w {
		if v > 1e-3 {
			use = append(use, i)
		} else {
			w[i] = 0
		}
	}
	level(w)
	for range finishSteps {
		x := equalised(a, b, use, k, float64(trace*1e-12))
		share, drop := 1.0, -1
		for i, r := range use {
			if x[i] < 0 {
				if s := w[r] / (w[r] - x[i]); s < share {
					share, drop = s, i
				}
			}
		}
		for i, r := range use {
			w[r] += float64(share * (x[i] - w[r]))
		}
		if drop >= 0 {
			w[use[drop]] = 0
			use = slices.Delete(use, drop, drop+1)
			continue
		}
		// the slope is the same for all weights in use; a lower one elsewhere would bring more
		least, at, inside := math.Inf(1), -1, 0.0
		for i := range k {
			g := -b[i]
			for j, v := range w {
				g += float64(a[i*k+j] * v)
			}
			inside += float64(g * w[i])
			if g < least && !slices.Contains(use, i) {
				least, at = g, i
			}
		}
		if at < 0 || least >= inside-float64(1e-9*trace) {
			break
		}
		use = append(use, at)
		slices.Sort(use)
	}
	level(w)
}

// level makes weights add up to 1.
func level(w []float64) {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	for i := range w {
		w[i] /= sum
	}
}

// equalised gives the weights of the rows in use, of any sign, that add up to 1 and come nearest.
func equalised(a, b []float64, use []int, k int, little float64) []float64 {
	m := len(use)
	l, x, one := make([]float64, m*(m+1)/2), make([]float64, m), make([]float64, m)
	for i, r := range use {
		for j, c := range use[:i+1] {
			l[i*(i+1)/2+j] = a[r*k+c]
		}
		l[i*(i+1)/2+i] += little + 1e-300
		x[i], one[i] = b[r], 1
	}
	factor(l, m)
	solveLower(l, m, x)
	solveUpper(l, m, x)
	solveLower(l, m, one)
	solveUpper(l, m, one)
	sx, s1 := 0.0, 0.0
	for i := range m {
		sx += x[i]
		s1 += one[i]
	}
	for i := range m {
		x[i] += float64((1 - sx) / s1 * one[i])
	}
	return x
}
