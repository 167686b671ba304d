package forecast

import (
	"cmp"
	"math"
	"slices"

	"tandem/analytics/stats"
)

// A summary gathers the outcomes of all paths.
type summary struct {
	outcomes []outcome
	columns  [][]float64 // for a Total: running totals at the chosen cells
}

// chance is the share of paths that reach, never 0 or 1: half a path is added to either side, because
// two thousand paths that all agree are still no certainty.
func (s *summary) chance() float64 {
	hits := 0
	for _, o := range s.outcomes {
		if o.reached {
			hits++
		}
	}
	return (float64(hits) + .5) / float64(len(s.outcomes)+1)
}

// endings gives 20 paths: round(20·chance) that reach at even quantiles of those that do, the rest at
// even quantiles of those that do not, in ascending order of their values.
func (s *summary) endings(chance float64) (out [20]Ending) {
	var kinds [2][]float64
	for _, o := range s.outcomes {
		i := 0
		if o.reached {
			i = 1
		}
		kinds[i] = append(kinds[i], o.value)
	}
	slices.Sort(kinds[0])
	slices.Sort(kinds[1])
	reached := int(math.Round(20 * chance)) // dots and figure must never disagree
	at := 0
	for i, n := range []int{20 - reached, reached} {
		for k := range n {
			q := (float64(k) + .5) / float64(n)
			out[at] = Ending{bound(stats.Quantile(kinds[i], q)), i == 1}
			at++
		}
	}
	slices.SortStableFunc(out[:], func(a, b Ending) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

// expected fills the day on which the line is reached: median and 80 % range over all paths.
func (s *summary) expected(f *Forecast, days []int) {
	var cells []int
	for _, o := range s.outcomes {
		if o.cell >= 0 {
			cells = append(cells, o.cell)
		}
	}
	slices.Sort(cells)
	n := len(s.outcomes) // paths that never get there count as later than any day
	f.ReachedShare = float64(len(cells)) / float64(n)
	day := func(q float64) int {
		if i := int(q * float64(n)); i < len(cells) {
			return days[cells[i]]
		}
		return 0
	}
	f.ExpectedLo, f.Expected, f.ExpectedHi = day(.1), day(.5), day(.9)
}

// paceFor80 gives the pace at which 80 % of the paths reach, from the pace of the middle path: what most
// would have to add is added to all. Every path knows that of itself, so there is nothing to search for.
// NaN when there is no such pace.
func (s *summary) paceFor80(g *Goal, pace float64) float64 {
	rises := make([]float64, 0, len(s.outcomes))
	for _, o := range s.outcomes {
		if math.IsNaN(o.rise) {
			return math.NaN()
		}
		rises = append(rises, o.rise)
	}
	if len(rises) == 0 || g.Direction == Within {
		return math.NaN()
	}
	slices.Sort(rises)
	rise := stats.Quantile(rises, .8) * PaceDays
	if g.Direction == Down {
		rise = -rise
	}
	return bound(pace + rise)
}

// bound keeps what is shown finite.
func bound(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-shown, min(shown, v))
}

const mostSteps = 60

// chosen gives the cells that become steps, since a page draws no more and stores each: those from first to h−1, thinned to at most most, always
// with the last.
func chosen(first, h, most int) []int {
	n := h - first
	if n <= 0 {
		return nil
	}
	k := min(n, most)
	out := make([]int, k)
	for i := range out {
		out[i] = first + ((i+1)*n-1)/k
	}
	return out
}

// A blend is the mixture of all components for the next h values: middle averages all scales; mu and sd
// stand on the more probable one, where the calibration was learnt. Variances are those of the mixture:
// what the members expect of themselves, and how far they differ from each other.
type blend struct {
	middle, mu, sd []float64
	scale          transform
	counts         []countRange // of few counts, which have no even scale; else nil
}

func (m model) blend(h int) blend {
	var main transformKind
	var weight [kinds]float64
	for _, c := range m.components {
		weight[c.kind] += c.p
		if weight[c.kind] > weight[main] {
			main = c.kind
		}
	}
	b := blend{middle: make([]float64, h), mu: make([]float64, h), sd: make([]float64, h)}
	seen := 0.0 // weight of the components of the main scale so far
	for _, c := range m.components {
		course := c.course(h)
		if c.steady != nil {
			b.counts = c.steady.ranges(c.weights, h)
		}
		w := c.p / weight[main]
		if c.kind == main {
			b.scale = c.transform
			seen += w
		}
		for k := range h {
			z := float64(course.mean[k]*c.unit) + c.origin
			b.middle[k] += float64(c.p * c.back(z))
			if c.kind == main { // mean and variance of the mixture, one component after the other
				d := z - b.mu[k]
				b.mu[k] += float64(d * w / seen)
				b.sd[k] += float64(w*course.variance[k]*c.unit*c.unit) + float64(w*d*(z-b.mu[k]))
			}
		}
	}
	for k, v := range b.sd {
		b.sd[k] = math.Sqrt(max(v, 0))
	}
	return b
}

// steps gives the likely ranges of values at the cells.
func (b blend) steps(cells, days []int, widths []halfWidth) []Step {
	out := make([]Step, len(cells))
	for i, k := range cells {
		at := func(w float64) float64 { return b.scale.back(b.mu[k] + float64(w*b.sd[k])) }
		c := widths[k]
		s := Step{days[k], b.middle[k], at(-c[0]), at(c[0]), at(-c[1]), at(c[1]), at(-c[2]), at(c[2])}
		if b.counts != nil {
			s = b.counts[k].step(days[k], c, b.scale)
		}
		// the middle of two scales can leave a narrow range that stands on one of them
		s.Mean = max(s.Lo50, min(s.Hi50, s.Mean))
		out[i] = s
	}
	return out
}

// totalSteps gives the likely ranges of a running total from its paths, whose columns it sorts.
func (s *summary) totalSteps(cells, days []int) []Step {
	out := make([]Step, len(cells))
	for i, k := range cells {
		col := s.columns[i]
		slices.Sort(col)
		q := func(p float64) float64 { return bound(stats.Quantile(col, p)) }
		out[i] = Step{days[k], q(.5), q(.25), q(.75), q(.1), q(.9), q(.025), q(.975)}
	}
	return out
}
