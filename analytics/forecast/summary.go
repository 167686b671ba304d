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

// steps gives the likely ranges of values: the middle averages all scales, the ranges stand on the more
// probable one, where the calibration was learnt. Variances are those of the mixture: what the members
// expect of themselves, and how far they differ from each other.
func (m model) steps(cells, days []int, h int) []Step {
	var main transformKind
	weight := map[transformKind]float64{}
	for _, c := range m.components {
		weight[c.kind] += c.p
		if weight[c.kind] > weight[main] {
			main = c.kind
		}
	}
	middle, mu, square := make([]float64, h), make([]float64, h), make([]float64, h)
	var scale transform
	seen := 0.0 // weight of the components of the main scale so far
	for _, c := range m.components {
		mean, _, variance := c.course(h)
		w := c.p / weight[main]
		if c.kind == main {
			scale = c.transform
			seen += w
		}
		for k := range h {
			z := mean[k]*c.unit + c.origin
			middle[k] += c.p * c.back(z)
			if c.kind == main { // mean and variance of the mixture, one component after the other
				d := z - mu[k]
				mu[k] += d * w / seen
				square[k] += w*variance[k]*c.unit*c.unit + w*d*(z-mu[k])
			}
		}
	}
	c80, c95 := halfWidths(m.kind, m.count, h)
	out := make([]Step, len(cells))
	for i, k := range cells {
		sd := math.Sqrt(max(square[k], 0))
		at := func(w float64) float64 { return scale.back(mu[k] + w*sd) }
		s := Step{days[k], middle[k], at(-ratio50 * c80[k]), at(ratio50 * c80[k]), at(-c80[k]), at(c80[k]), at(-c95[k]), at(c95[k])}
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
