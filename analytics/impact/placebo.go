package impact

import "math"

const (
	fewestPlacebos = 5  // false starts under which nothing is said
	tolerated      = .1 // share of them that may exclude zero
)

// placebo tries false starts before the first real one: the effect's likeliest shape, moved back, on the
// days before it. It says how far the ranges must be widened so that a tenth of them exclude zero.
func (f *frame) placebo(q *Question, p *posterior, effect int, w *work) Placebo {
	out := Placebo{Widened: 1}
	first := min(q.firstStart(), len(q.Values))
	real := q.Effects[effect].Start - q.First
	if q.Placebos == 0 || q.Randomised || q.Effects[effect].Shape == Given || first < fewestBefore+fewestAfter || real >= len(q.Values) {
		return out
	}
	starts := f.falseStarts(first, q.Placebos)
	if len(starts) < fewestPlacebos {
		return out
	}
	sub := f.cut(first, len(starts))
	shape := f.cands[f.combos[p.points[p.best].combo][effect]].raw
	for t := range first {
		for k, s := range starts {
			if at := t + real - s; at >= 0 {
				sub.cols[t*sub.c+sub.base+k] = shape[min(at, len(shape)-1)]
			}
		}
	}
	post := sub.infer(&q.Prior, newWork(sub))
	t := newStudent(post.dof)
	var excess []float64
	for k := range starts {
		m := post.ofCombo(k, t)
		c, _ := m.below(0)
		out.Tried++
		if c < .025 || c > .975 {
			out.Excluded++
			half := (m.quantile(.975) - m.quantile(.025)) / 2
			excess = append(excess, math.Abs(m.centre())/half)
		}
	}
	allowed := int(tolerated * float64(out.Tried))
	if out.Excluded > allowed {
		out.Widened = math.Max(1, nthLargest(excess, allowed))
	}
	return out
}

// falseStarts spreads starts over the days that have enough values before and after them.
func (f *frame) falseStarts(end, count int) (starts []int) {
	total := 0
	for _, s := range f.seen[:end] {
		if s {
			total++
		}
	}
	lo, hi, have := -1, -1, 0
	for t := range end {
		if have >= fewestBefore && total-have >= fewestAfter {
			if lo < 0 {
				lo = t
			}
			hi = t
		}
		if f.seen[t] {
			have++
		}
	}
	if lo < 0 {
		return nil
	}
	count = min(count, (hi-lo)/2+1)
	for k := range count {
		starts = append(starts, lo+(hi-lo)*k/max(count-1, 1))
	}
	return starts
}

// cut gives the first days of f with room for some single effects instead of its own.
func (f *frame) cut(days, effects int) *frame {
	s := *f
	s.n, s.seen, s.extra, s.c = days, f.seen[:days], f.extra[:days], f.base+effects+1
	s.cols = make([]float64, days*s.c)
	s.count, s.combos, s.effects = 0, nil, [][]int{nil}
	for t := range days {
		copy(s.cols[t*s.c:], f.cols[t*f.c:t*f.c+f.base])
		s.cols[t*s.c+s.c-1] = f.cols[t*f.c+f.c-1]
		if s.seen[t] {
			s.count++
		}
	}
	for k := range effects {
		s.combos = append(s.combos, []int{k})
	}
	return &s
}

// nthLargest gives the largest value after n larger ones.
func nthLargest(values []float64, n int) float64 {
	for range n {
		at := 0
		for i, v := range values {
			if v > values[at] {
				at = i
			}
		}
		values[at] = 0
	}
	top := 0.0
	for _, v := range values {
		top = math.Max(top, v)
	}
	return top
}

// widen stretches the mixture around its mean.
func (m *mixture) widen(by float64) {
	c := m.centre()
	for i := range m.mean {
		m.mean[i] = c + float64(by*(m.mean[i]-c))
		m.se[i] *= by
	}
}
