package forecast

import "math"

// A judge decides one path after the other by the goal's rule.
type judge struct {
	g     *Goal
	days  []int     // the day of each cell; the first h lie up to the deadline
	h     int       // cells up to the deadline
	first int       // cells before this lie in the past and brought no value
	from  int       // the day from which a change of pace would count
	tail  []float64 // Held: margins of the last values seen
	kept  *tally
	path  tally // scratch

	margin, rise, window []float64 // scratch
	queue                []int
}

// An outcome is what a path comes to.
type outcome struct {
	value   float64 // what the rule judges, on the deadline
	reached bool
	cell    int     // the cell in which the line is reached, −1 for none within the horizon
	rise    float64 // the change of pace a day, in the good direction, that would just reach; NaN for none
}

// marginOf says how far inside the good side a value lies, in its own unit; negative is outside.
func (g *Goal) marginOf(v float64) float64 {
	switch g.Direction {
	case Up:
		return v - g.Target
	case Down:
		return g.Target - v
	}
	return min(v-g.TargetLo, g.TargetHi-v)
}

// decide judges the path y: values for Once, Held and Kept, latent levels for AtEnd, and for a Total the
// running total, or with Kept its increments.
func (j *judge) decide(y []float64) outcome {
	if j.g.Rule == Kept {
		return j.decideKept(y)
	}
	o := outcome{value: y[j.h-1], cell: -1, rise: math.NaN()}
	last := j.g.marginOf(o.value)
	if j.g.Rule == AtEnd || j.g.Rule == ByTotal {
		o.reached = last >= 0
		for k := j.first; k < len(y); k++ {
			if j.g.marginOf(y[k]) >= 0 {
				o.cell = k
				break
			}
		}
		o.rise = -last / j.after(j.h-1)
		return o
	}
	if j.g.Rule == Once {
		return j.decideOnce(y, o)
	}
	return j.decideHeld(y, o)
}

// after gives the days by which a change of pace has acted at cell k, at least one.
func (j *judge) after(k int) float64 { return max(float64(j.days[k]-j.from), 1) }

// decideOnce looks for the best value, and for the first good one. Past the deadline only the date of
// the first good one is of interest.
func (j *judge) decideOnce(y []float64, o outcome) outcome {
	best, least := math.Inf(-1), math.Inf(-1)
	for c := j.first; c < len(y); c++ {
		m := j.g.marginOf(y[c])
		if c < j.h {
			best = max(best, m)
			least = max(least, m/j.after(c))
		}
		if m >= 0 && o.cell < 0 {
			o.cell = c
		}
	}
	return j.best(o, best, least)
}

// best completes an outcome by the margin of the best value, or of the worst of the best run, and by
// the least margin a day.
func (j *judge) best(o outcome, margin, least float64) outcome {
	o.reached = margin >= 0
	if !math.IsInf(least, 0) {
		o.rise = -least
	}
	switch {
	case math.IsInf(margin, 0):
	case j.g.Direction == Up:
		o.value = j.g.Target + margin
	case j.g.Direction == Down:
		o.value = j.g.Target - margin
	}
	return o
}

// decideHeld looks for the best run of HeldFor values, which may begin with values already seen.
func (j *judge) decideHeld(y []float64, o outcome) outcome {
	k := j.g.HeldFor
	j.margin, j.rise = j.margin[:0], j.rise[:0]
	for _, m := range j.tail { // what was seen cannot be raised any more
		j.margin = append(j.margin, m)
		j.rise = append(j.rise, math.Inf(sign(m)))
	}
	for c := j.first; c < len(y); c++ {
		m := j.g.marginOf(y[c])
		j.margin = append(j.margin, m)
		j.rise = append(j.rise, m/j.after(c))
	}
	ahead := j.first - len(j.tail) // from a place in margin to its cell
	best, least := math.Inf(-1), math.Inf(-1)
	j.slide(j.margin, k)
	for i := k - 1; i < len(j.window); i++ {
		if i+ahead < j.h {
			best = max(best, j.window[i])
		}
		if j.window[i] >= 0 && o.cell < 0 {
			o.cell = i + ahead
		}
	}
	j.slide(j.rise, k)
	for i := k - 1; i < len(j.window) && i+ahead < j.h; i++ {
		least = max(least, j.window[i])
	}
	return j.best(o, best, least)
}

// slide fills window with the least of the last k of v (fewer at the start), each value entering and
// leaving the queue once, so that a long run costs no more than a short one.
func (j *judge) slide(v []float64, k int) {
	j.window, j.queue = j.window[:0], j.queue[:0]
	head := 0
	for i, x := range v {
		for len(j.queue) > head && v[j.queue[len(j.queue)-1]] >= x {
			j.queue = j.queue[:len(j.queue)-1]
		}
		j.queue = append(j.queue, i)
		if j.queue[head] <= i-k {
			head++
		}
		j.window = append(j.window, v[j.queue[head]])
	}
}

func sign(x float64) int {
	if x >= 0 {
		return 1
	}
	return -1
}

func (j *judge) decideKept(y []float64) outcome {
	t := j.kept.fork(&j.path)
	for k := j.first; k < j.h; k++ {
		t.add(j.days[k], y[k])
	}
	share := t.shareOn(j.g.Deadline)
	return outcome{value: share, reached: t.keeps(share), cell: -1, rise: math.NaN()}
}
