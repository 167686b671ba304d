package forecast

import (
	"math"
	"math/rand/v2"
)

const (
	sparseDays  = 5   // increments this many days apart or more are looked at in cells of that length
	dayStrength = 3.0 // how many cells of the overall share a weekday's own share starts from

	// Personal totals come in spells. Chosen on 468 back-dated forecasts of 23 real ones: a shorter memory
	// was worse on either half of them, a smaller spread held too few values inside its ranges.
	activityHalf = 40.0 // cells after which a day's presence counts half
	commonSpread = 0.3  // log standard deviation of what all increments of a path share
)

// An activity is how likely a cell brings an increment at all: a Beta distribution for each weekday, or
// one for all cells where cells are longer than a day.
type activity struct{ yes, no []float64 }

// learnActivity looks at the cells from the day begin up to cell to (0 for the last with an increment). A
// cell of time off without an increment is left out when that helps, so that a rest never reads as slowing
// down.
func learnActivity(g *Goal, sizes grid, begin, to int, offHelps bool) activity {
	phases := 1
	before := max(0, int(math.Floor(float64(sizes.day(1-len(sizes.y))-begin)/sizes.step)))
	from := 1 - len(sizes.y) - before
	from = max(from, to-maxCells+1)
	if sizes.kind == Daily && to-from+1 >= 14 {
		phases = 7
	}
	type cell struct {
		phase  int
		active bool
		weight float64
	}
	var cells []cell
	yes, no := .5, .5
	for k := from; k <= to; k++ {
		day, at := sizes.day(k), k+len(sizes.y)-1
		active := at >= 0 && at < len(sizes.y) && sizes.seen[at]
		if !active && offHelps && g.offBetween(day-int(sizes.step)+1, day) {
			continue
		}
		w := math.Exp2(-float64(to-k) / activityHalf)
		if active {
			yes += w
		} else {
			no += w
		}
		cells = append(cells, cell{phaseOf(day, phases), active, w})
	}
	if phases == 1 {
		return activity{[]float64{yes}, []float64{no}}
	}
	a := activity{make([]float64, phases), make([]float64, phases)}
	for i := range phases {
		a.yes[i] = dayStrength * yes / (yes + no)
		a.no[i] = dayStrength * no / (yes + no)
	}
	for _, c := range cells {
		if c.active {
			a.yes[c.phase] += c.weight
		} else {
			a.no[c.phase] += c.weight
		}
	}
	return a
}

func phaseOf(day, phases int) int { return ((day % phases) + phases) % phases }

// draw gives the shares of one path. All weekdays move together, each as if it knew as much as all
// together, so that their mean is as uncertain as what is known of it. Fewer empty cells never make a
// share smaller for the same z: that is what keeps time off from lowering a chance.
func (a activity) draw(zYes, zNo float64, shares []float64) {
	n := float64(len(a.yes))
	for i := range shares {
		y, o := gammaQuantile(a.yes[i]*n, zYes), gammaQuantile(a.no[i]*n, zNo)
		shares[i] = a.yes[i] / (a.yes[i] + a.no[i])
		if y+o > 0 {
			shares[i] = y / (y + o)
		}
	}
}

// gammaQuantile gives the quantile of a gamma distribution of that shape at the normal quantile z
// (Wilson and Hilferty 1931). It rises with shape for |z| < 5.6.
func gammaQuantile(shape, z float64) float64 {
	z = max(-5, min(5, z))
	c := 1 - 1/(9*shape) + z/(3*math.Sqrt(shape))
	if c <= 0 {
		return 0
	}
	return shape * c * c * c
}

// A totalModel is what was learnt of a Total: how often increments come and how big they are.
type totalModel struct {
	sizes    model
	activity activity
	none     bool // no increment was ever seen
	whole    bool // increments are whole numbers from one
	open     int  // first day that may still bring something
	first    int  // cells of sizes before open
	h        int  // cells up to the deadline

	begin    int  // first day that is looked at
	last     int  // cell up to which is known what came
	offHelps bool // a cell of time off without an increment is not looked at
}

// learnTotal learns from the visible points of g, of which none is negative or the signs are mixed.
// Whether something comes and how much it is are learnt apart: a total lives from the days on which
// something happens, and a model of one number a day would expect a little on each. A day without a
// point is no value to the model of sizes; for the other it is a day on which nothing came, also where
// it is unknown, because the total that is judged lacks it just the same.
func learnTotal(g *Goal, points []Point) (t totalModel, excluded int) {
	t.open = max(g.Today, g.Start)
	if n := len(points); n > 0 && points[n-1].Day == g.Today {
		t.open = max(g.Today+1, g.Start)
	}
	var active []Point
	mixed := false
	for _, p := range points {
		if p.Value != 0 {
			active = append(active, p)
			mixed = mixed || p.Value < 0
		}
	}
	if t.none = len(active) == 0; t.none {
		return t, 0
	}
	last := active[len(active)-1].Day
	days := spacing(active)
	if days < sparseDays {
		days = 1
	}
	days = coarsen(days, last-active[0].Day+1, g.Deadline-last)
	sizes, excluded := layGrid(active, days, true)
	begin := points[0].Day
	if g.WhenItHappens {
		begin = min(begin, g.Start)
	}
	t.begin, t.offHelps = begin, !mixed && g.Direction == Up
	t.last = sizes.ahead(min(t.open, max(g.Today, last+1)) - 1)
	t.activity = learnActivity(g, sizes, begin, t.last, t.offHelps)
	scale := Positive
	if mixed {
		scale = Unbounded
	}
	t.sizes = fit(sizes, scale, g.Lo, g.Hi)
	t.whole = g.Scale == Count && !mixed
	t.first = sizes.ahead(t.open - 1)
	t.h = max(sizes.ahead(g.Deadline), t.first+1)
	if far := t.first + maxAhead; t.h > far {
		t.h = far
	}
	return t, excluded
}

// day gives the day of cell k (0 the first after the last increment), none later than the deadline for
// those that lie up to it.
func (t totalModel) day(k int, g *Goal) int {
	d := t.sizes.grid.day(k + 1)
	if k < t.h {
		d = min(d, g.Deadline)
	}
	if k == t.h-1 {
		d = g.Deadline
	}
	return max(d, t.open)
}

// simulate draws pairs of paths of increments a cell; those before first are zero. The random numbers
// drawn do not depend on what was learnt, so that two goals that differ a little differ a little.
func (t totalModel) simulate(h, pairs int, rng *rand.Rand, use func(a, b []float64)) {
	phases := len(t.activity.yes)
	shares := [2][]float64{make([]float64, phases), make([]float64, phases)}
	phase := make([]int, h)
	for k := range phase {
		phase[k] = phaseOf(t.sizes.grid.day(k+1), phases)
	}
	size := func(v, factor float64) float64 {
		if v *= factor; t.whole {
			v = max(math.Round(v), 1)
		}
		return v
	}
	t.sizes.simulate(h, pairs, false, rng, func(a, b []float64) {
		y, n := rng.NormFloat64(), rng.NormFloat64()
		t.activity.draw(y, n, shares[0])
		t.activity.draw(-y, -n, shares[1])
		c := commonSpread * rng.NormFloat64()
		up, down := math.Exp(c), math.Exp(-c)
		for k := range a {
			u := rng.Float64()
			va, vb := size(a[k], up), size(b[k], down)
			if k < t.first || u >= shares[0][phase[k]] {
				va = 0
			}
			if k < t.first || 1-u >= shares[1][phase[k]] {
				vb = 0
			}
			a[k], b[k] = va, vb
		}
		use(a, b)
	})
}
