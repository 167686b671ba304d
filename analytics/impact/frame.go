package impact

import "math"

// A frame is a question laid out for the filter: one row a day, and in it the columns intercept, season,
// comparison series, slope, every candidate shape of every effect, and last the values themselves. It
// is in units of the values' spread, so that a question in any unit runs through the same arithmetic.
type frame struct {
	n, c         int
	cols         []float64 // n rows of c
	seen         []bool
	count        int
	extra        []float64 // variance added to a day that stands out
	unit, centre float64

	base            int // columns before the shapes; the last of them is the slope
	slopes, seasons []scale
	controls        int
	firstCtl        int
	cands           []candidate
	grid            []int   // grid points to look at, in ascending order
	effects         [][]int // candidates of each effect, as indices into cands
	combos          [][]int // one candidate for each effect
}

// A candidate is one shape that an effect may have.
type candidate struct {
	Weight
	dose float64   // mean carried dose from Start on, 1 for other shapes
	raw  []float64 // by day
}

const (
	mostCombos    = 64 // joint candidates of several effects
	fewestControl = .5 // share of days that a comparison series must have
)

// newFrame lays out q. It keeps to the layout of the reference: day numbers count from 1 for the season,
// the slope runs over the whole window.
func newFrame(q *Question) *frame {
	n := len(q.Values)
	f := &frame{n: n, seen: make([]bool, n), extra: make([]float64, n), slopes: slopeScales[:], seasons: seasonScales[:]}
	for g := range Points {
		f.grid = append(f.grid, g)
	}
	y := f.standardise(q.Values)
	one, slope := make([]float64, n), make([]float64, n)
	for i := range n {
		one[i] = 1
		slope[i] = (float64(i+1) - float64(n)/2) / float64(n)
	}
	columns := [][]float64{one}
	m := q.season()
	for j := range m - 1 {
		col := make([]float64, n)
		for i := range col {
			switch (i + 1) % m {
			case j:
				col[i] = 1
			case m - 1:
				col[i] = -1
			}
		}
		columns = append(columns, col)
	}
	f.firstCtl = len(columns)
	for _, x := range q.Controls {
		if col, ok := controlColumn(x, f.seen); ok {
			columns = append(columns, col)
			f.controls++
		}
	}
	columns = append(columns, slope)
	f.base = len(columns)
	for e := range q.Effects {
		var ours []int
		for _, cand := range q.candidates(&q.Effects[e]) {
			ours = append(ours, len(f.cands))
			f.cands = append(f.cands, cand)
			columns = append(columns, cand.raw)
		}
		f.effects = append(f.effects, ours)
	}
	f.combos = combine(f.effects)
	columns = append(columns, y)
	f.c = len(columns)
	f.cols = make([]float64, n*f.c)
	for j, col := range columns {
		for i, v := range col {
			f.cols[i*f.c+j] = v
		}
	}
	return f
}

// standardise gives the values in units of their spread around their mean, 0 where there is none.
func (f *frame) standardise(values []float64) []float64 {
	sum, largest := 0.0, 0.0
	for i, v := range values {
		f.seen[i] = !math.IsNaN(v)
		if f.seen[i] {
			f.count++
			sum += v
			largest = math.Max(largest, math.Abs(v))
		}
	}
	y := make([]float64, len(values))
	f.unit = 1
	if f.count == 0 {
		return y
	}
	f.centre = sum / float64(f.count)
	ss := 0.0
	for i, v := range values {
		if f.seen[i] {
			d := v - f.centre
			ss += float64(d * d)
		}
	}
	// what is under a rounding of the values is no spread
	if sd := math.Sqrt(ss / float64(f.count)); sd > float64(1e-13*largest) {
		f.unit = sd
	} else {
		f.unit = math.Max(largest, 1)
	}
	for i, v := range values {
		if f.seen[i] {
			y[i] = (v - f.centre) / f.unit
		}
	}
	return y
}

// season gives the days of a season, at least 1.
func (q *Question) season() int {
	if q.Season == 0 {
		return 7
	}
	return q.Season
}

// controlColumn gives a comparison series around its mean and in units of its spread; days without are
// put between their neighbours. It is no use when it has too few of the days that count, or never moves.
func controlColumn(x []float64, seen []bool) (col []float64, ok bool) {
	have, want, sum, count := 0, 0, 0.0, 0
	for i, v := range x {
		if !math.IsNaN(v) {
			sum += v
			count++
		}
		if seen[i] {
			want++
			if !math.IsNaN(v) {
				have++
			}
		}
	}
	if have == 0 || float64(have) < fewestControl*float64(want) {
		return nil, false
	}
	mean := sum / float64(count)
	ss, largest := 0.0, math.Abs(mean)
	for _, v := range x {
		if !math.IsNaN(v) {
			d := v - mean
			ss += float64(d * d)
			largest = math.Max(largest, math.Abs(v))
		}
	}
	sd := math.Sqrt(ss / float64(count))
	if sd <= float64(1e-12*largest) {
		return nil, false
	}
	col = make([]float64, len(x))
	last := -1
	for i, v := range x {
		if math.IsNaN(v) {
			continue
		}
		col[i] = (v - mean) / sd
		for k := last + 1; k < i; k++ {
			col[k] = col[i]
			if last >= 0 {
				col[k] = col[last] + float64((col[i]-col[last])*(float64(k-last)/float64(i-last)))
			}
		}
		last = i
	}
	for k := last + 1; k < len(x); k++ {
		col[k] = col[last]
	}
	return col, true
}

// combine gives one candidate for each effect in all ways, thinned where that would be too many.
func combine(effects [][]int) [][]int {
	each := mostCombos
	if len(effects) > 1 {
		each = max(1, int(math.Pow(mostCombos, 1/float64(len(effects)))+1e-9))
	}
	combos := [][]int{nil}
	for _, cands := range effects {
		if len(cands) > each {
			thin := make([]int, each)
			for k := range thin {
				thin[k] = cands[(2*k+1)*len(cands)/(2*each)]
			}
			cands = thin
		}
		var next [][]int
		for _, c := range combos {
			for _, k := range cands {
				next = append(next, append(append([]int(nil), c...), k))
			}
		}
		combos = next
	}
	return combos
}
