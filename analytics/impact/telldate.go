package impact

import (
	"cmp"
	"math"
	"slices"
)

const (
	horizon   = 730          // days past the last value, or the start, that are looked at
	farAhead  = 3660         // days from the last value to a start that anybody plans
	toTell    = 1.645 + .842 // standard errors that a difference must be away to be seen in 4 of 5 cases at 95 %
	heaviest  = 10           // grid points that the standard error is averaged over
	leastRate = 1. / 14      // values a day under which nobody is logging any more
)

// tellDate gives the first day on which a difference worth having could be told, if values keep coming as
// often as they did; 0 when that is not within the horizon, or not known.
func (f *frame) tellDate(q *Question, p *posterior, effect, before, after int) int {
	start, last := q.Effects[effect].Start-q.First, -1
	for t, s := range f.seen {
		if s {
			last = t
		}
	}
	if q.Worth <= 0 || last < 0 || start > last+farAhead {
		return 0
	}
	from := max(last-55, 0)
	recent := 0
	for _, s := range f.seen[from : last+1] {
		if s {
			recent++
		}
	}
	rate := math.Max(float64(recent)/float64(last+1-from), leastRate)
	end := max(last, start) + horizon
	ext := f.extend(q, p, effect, last, end, rate)
	from = max(last, start) + 1
	week := ext.firstTold(q, p, effect, last, before, after, func(t int) bool { return (t-from)%7 == 6 })
	if week < 0 {
		return 0
	}
	if day := ext.firstTold(q, p, effect, last, before, after, func(t int) bool { return t >= week-6 && t <= week }); day >= 0 {
		week = day
	}
	return q.First + week
}

// firstTold gives the first of the days to look at on which the standard error is small enough and there
// are enough values, or -1.
func (x *future) firstTold(q *Question, p *posterior, effect, last, before, after int, look func(t int) bool) int {
	start, from := q.Effects[effect].Start-q.First, max(last, q.Effects[effect].Start-q.First)+1
	variance := make([]float64, x.n)
	for _, s := range p.heaviest() {
		x.errors(p, s.point, effect, func(t int) bool { return t >= from && look(t) }, variance, s.share)
	}
	mean, days := 0.0, 0
	for t := max(min(start, last+1), 0); t < x.n; t++ {
		if t < start {
			if x.seen[t] {
				before++
			}
			continue
		}
		if q.Effects[effect].Shape == Given {
			mean++ // the difference is that of a day on
		} else {
			mean += x.shape[t]
		}
		days++
		switch {
		case t <= last:
			continue
		case !x.seen[t]:
		case x.asked.acts(effect, t):
			after++
		default:
			before++
		}
		if before >= fewestBefore && after >= fewestAfter && variance[t] > 0 &&
			toTell*math.Sqrt(variance[t])*math.Abs(mean/float64(days)) <= q.Worth/x.perUnit {
			return t
		}
	}
	return -1
}

// A shareOf is a point that stands for its grid point, and the share of that.
type shareOf struct {
	point int
	share float64
}

// heaviest gives, for the heaviest grid points in their order, the heaviest point of each; the shares add
// up to 1.
func (p *posterior) heaviest() (out []shareOf) {
	var all [Points]shareOf
	for i := range p.points {
		s := &all[p.points[i].grid]
		if s.share == 0 || p.points[i].weight > p.points[s.point].weight {
			s.point = i
		}
		s.share += p.points[i].weight
	}
	slices.SortStableFunc(all[:], func(a, b shareOf) int { return cmp.Compare(b.share, a.share) })
	total := 0.0
	for _, s := range all[:heaviest] {
		if s.share > 0 {
			out = append(out, s)
			total += s.share
		}
	}
	for i := range out {
		out[i].share /= total
	}
	return out
}

// A future is a frame that goes on past the last value, with the shapes of one combination.
type future struct {
	frame
	asked   Question
	shape   []float64 // of the effect that is asked about
	perUnit float64   // of the values, in which the variances are
}

// extend lays out the days up to end: the base goes on, a comparison series stays where it is, an effect
// keeps its shape, and the dose goes on as it did.
func (f *frame) extend(q *Question, p *posterior, effect, last, end int, rate float64) *future {
	m := len(q.Effects)
	long := *q
	long.Values = make([]float64, end+1)
	long.Controls = nil
	for t := range long.Values {
		long.Values[t] = math.NaN()
		if t <= last && f.seen[t] || t > last && math.Floor(float64(t-last)*rate) > math.Floor(float64(t-last-1)*rate) {
			long.Values[t] = 0
		}
	}
	long.Effects = append([]Effect(nil), q.Effects...)
	for i := range long.Effects {
		long.Effects[i].Dose = keepOn(&long.Effects[i], q.First, last, end)
	}
	full := newFrame(&long)
	ext := &future{frame: *full, asked: long, perUnit: f.unit}
	ext.controls = f.controls
	ext.firstCtl = f.firstCtl
	ext.base = f.base
	ext.c = f.base + m + 1
	ext.cols = make([]float64, (end+1)*ext.c)
	ext.extra = make([]float64, end+1)
	copy(ext.extra, f.extra[:last+1])
	combo := f.combos[p.points[p.best].combo]
	scale := float64(end+1) / float64(f.n) // the slope's prior is about the window as it is
	for t := range end + 1 {
		row := ext.cols[t*ext.c:]
		copy(row, full.cols[t*full.c:t*full.c+f.firstCtl])
		if t <= last {
			copy(row[f.firstCtl:f.base-1], f.cols[t*f.c+f.firstCtl:t*f.c+f.base-1])
		}
		row[f.base-1] = full.cols[t*full.c+full.base-1] * scale
		for i := range m {
			row[f.base+i] = full.cands[combo[i]].raw[t]
		}
	}
	ext.shape = full.cands[combo[effect]].raw
	return ext
}

// keepOn gives the dose with its days to come: as much a day as since the start, and on and off as before.
func keepOn(e *Effect, first, last, end int) []float64 {
	if e.Shape != Dosed && e.Shape != Given {
		return nil
	}
	start := max(e.Start-first, 0)
	out := make([]float64, end+1)
	copy(out, e.Dose)
	sum, days := 0.0, 0
	for t := start; t <= last; t++ {
		sum += out[t]
		days++
	}
	for t := max(last+1, start); t <= end; t++ {
		switch {
		case days == 0 || sum == 0:
			out[t] = 1
		case e.Shape == Given:
			out[t] = out[t-days]
		default:
			out[t] = sum / float64(days)
		}
	}
	return out
}

// errors adds, for each day to look at, the variance that the effect would have if the values ended there,
// for one way in which the numbers may have come about.
func (x *future) errors(p *posterior, i, effect int, look func(t int) bool, variance []float64, share float64) {
	pt := &p.points[i]
	q, rho := gridPoint(int(pt.grid))
	v := x.variants()[pt.variant]
	n, m := x.c-1, p.m
	gram, a := make([]float64, n*(n+1)/2), make([]float64, n*(n+1)/2)
	for k := range n {
		d := ridge
		switch {
		case k < x.base-1:
			d += v.precision(&x.frame, k)
		case k == x.base-1:
			d += x.slopes[pt.slope].precision
		}
		gram[k*(k+1)/2+k] = d
	}
	s := newState(q, rho)
	a1, a2, e := make([]float64, n), make([]float64, n), make([]float64, n)
	for t := range x.n {
		s.day(t == 0)
		if x.seen[t] {
			f, k1, k2 := s.gain(x.extra[t])
			r := 1 / math.Sqrt(f)
			for j := range n {
				w := float64(s.decay * a2[j])
				d := x.cols[t*x.c+j] - a1[j] - w
				a1[j] += float64(k1 * d)
				a2[j] = w + float64(k2*d)
				e[j] = d * r
			}
			s.decay = 1
			for j := range n {
				for k := range j + 1 {
					gram[j*(j+1)/2+k] += float64(e[j] * e[k])
				}
			}
		}
		if look(t) {
			copy(a, gram)
			factor(a, n)
			variance[t] += float64(share * pt.s2 * inverseDiagonal(a, n, n-m+effect))
		}
	}
}
