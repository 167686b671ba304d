package forecast

import (
	"math"
	"slices"
)

// atLeast compares in decimals: 0.1 + 0.2 is at least 0.3. Whole numbers are compared exactly.
func atLeast(a, b float64) bool {
	if a >= b {
		return true
	}
	if a == math.Trunc(a) && b == math.Trunc(b) {
		return false
	}
	return b-a <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
}

// good says whether a value lies on the good side of the target.
func (g *Goal) good(v float64) bool {
	switch g.Direction {
	case Up:
		return atLeast(v, g.Target)
	case Down:
		return atLeast(g.Target, v)
	}
	return atLeast(v, g.TargetLo) && atLeast(g.TargetHi, v)
}

// better says whether a is the better value of two; within bounds, the one nearer to their middle.
func (g *Goal) better(a, b float64) bool {
	switch g.Direction {
	case Up:
		return a > b
	case Down:
		return a < b
	}
	mid := g.TargetLo/2 + g.TargetHi/2
	return math.Abs(a-mid) < math.Abs(b-mid)
}

// Progress gives the share of the way from baseline to target that value has come, at most 1.5, below
// zero when it moved away. It is rounded to twelve decimals, so that 17 of 20 is .85 exactly. Without a
// way (no baseline, or one that is the target) it is 1 when value is on the good side of the target in
// direction d, else 0; Within is all or nothing too.
func Progress(baseline, value, target float64, d Direction) float64 {
	p := (value - baseline) / (target - baseline)
	if d == Within || math.IsNaN(p) || math.IsInf(p, 0) {
		if d == Down && atLeast(target, value) || d == Up && atLeast(value, target) || d == Within && value == target {
			return 1
		}
		return 0
	}
	return math.Min(math.Round(p*1e12)/1e12, 1.5)
}

// Reached judges the values up to today, or up to the deadline once that is behind, by the goal's rule.
// It is the one meaning of reached: for the chance, for closing and for celebrating.
//
// value is what was judged: the total, the best value, the trend at the last value (history before the
// start teaches it), the worst of the best run of HeldFor values, or the share of periods inside. With
// nothing to judge it is the baseline, or 0.
func Reached(g Goal) (value float64, reached bool) {
	g.normalise()
	points, _ := g.visible()
	return g.judged(points)
}

// judged is Reached for a normalised goal and its visible points.
func (g *Goal) judged(points []Point) (value float64, reached bool) {
	since := g.since(points)
	switch {
	case g.Rule == Kept:
		tally := newTally(g, since)
		value = tally.share()
		return value, tally.reached()
	case g.Form == Total && (g.Rule == ByTotal || g.Rule == AtEnd):
		value = g.SoFar
		for _, p := range since {
			value += p.Value
		}
		return value, g.good(value)
	case g.Rule == AtEnd || g.Rule == ByTotal: // the sum of readings means nothing: their trend counts
		if len(points) == 0 {
			return g.fallback(), false
		}
		value = trendNow(g, points)
		return value, g.good(value)
	}
	value, reached, _ = g.judgeRun(g.line(since))
	return value, reached
}

// judgeRun looks for a run of good values in a row (one for Once, HeldFor for Held) and gives the worst
// value of the best run, and the day on which the first good run was complete, 0 for none.
func (g *Goal) judgeRun(line []Point) (value float64, reached bool, day int) {
	k := g.runLength()
	value = g.fallback()
	found := false
	for i := k - 1; i < len(line); i++ {
		worst := line[i].Value
		for _, p := range line[i-k+1 : i] {
			if g.better(worst, p.Value) {
				worst = p.Value
			}
		}
		if !found || g.better(worst, value) {
			value, found = worst, true
		}
		if !reached && g.good(worst) {
			reached, day = true, line[i].Day
		}
	}
	if !found && len(line) > 0 {
		value = line[len(line)-1].Value
	}
	return value, reached, day
}

// runLength gives how many good values in a row are wanted.
func (g *Goal) runLength() int {
	if g.Rule == Held {
		return g.HeldFor
	}
	return 1
}

// line gives what Once and Held look at: the values, or the running total by day.
func (g *Goal) line(since []Point) []Point {
	if g.Form != Total {
		return since
	}
	out := make([]Point, len(since))
	sum := g.SoFar
	for i, p := range since {
		sum += p.Value
		out[i] = Point{p.Day, sum}
	}
	return out
}

func (g *Goal) fallback() float64 {
	switch {
	case g.Form == Total:
		return g.SoFar
	case math.IsNaN(g.Baseline) || math.IsInf(g.Baseline, 0):
		return 0
	}
	return g.Baseline
}

// visible gives the points up to today or the deadline, and how many lie later.
func (g *Goal) visible() (points []Point, later int) {
	end := min(g.Today, g.Deadline)
	n, _ := slices.BinarySearchFunc(g.Points, end+1, func(p Point, day int) int { return p.Day - day })
	return g.Points[:n], len(g.Points) - n
}

// since gives the points from Start on.
func (g *Goal) since(points []Point) []Point {
	n, _ := slices.BinarySearchFunc(points, g.Start, func(p Point, day int) int { return p.Day - day })
	return points[n:]
}

// normalise fills the documented defaults.
func (g *Goal) normalise() {
	if g.Period <= 0 {
		g.Period = 1
	}
	if g.HeldFor <= 0 {
		g.HeldFor = 3
	}
	if !(g.KeptShare > 0 && g.KeptShare <= 1) {
		g.KeptShare = .9
	}
	if g.AtMost {
		g.Direction = Down
	}
}
