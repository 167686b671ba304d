package forecast

import (
	"math"
)

// Method names the mathematics behind a Forecast, for "why this number".
const Method = "averaged smoothing 2"

// A BadGoal says that a Goal makes no sense, and which field shows it.
type BadGoal struct{ Field string }

func (e BadGoal) Error() string { return "forecast: " + e.Field + " makes no sense" }

const (
	fewest       = 3   // values under which there is no chance
	extraCells   = 200 // past the deadline an expected date is looked for half as far again, at most so many cells
	paceWindow   = 42  // days over which the pace of a trend is read
	totalWindow  = 28  // days over which the pace of a total is read
	totalColumns = 24  // steps of a total; each is sorted by itself
)

// Run forecasts g. The error is a BadGoal; a goal that makes sense always has an answer, which may be
// TooFew.
func Run(g Goal) (Forecast, error) {
	f, _, err := run(g)
	return f, err
}

// run is Run that also gives the outcomes of the paths, nil where none were simulated.
func run(g Goal) (Forecast, *summary, error) {
	if err := g.check(); err != nil {
		return Forecast{}, nil, err
	}
	g.normalise()
	points, later := g.visible()
	f := Forecast{Method: Method, N: len(points), Excluded: later, Chance: math.NaN(), PaceFor80: math.NaN(), Track: Track{Factor: 1}}
	if g.Form == Total {
		if g.falls(points) {
			s := runTotal(g.mirrored(points), &f)
			f.mirror(g.Rule)
			return f, s.mirror(g.Rule), nil
		}
		g.Points = points
		return f, runTotal(g, &f), nil
	}
	return f, runValues(g, points, &f), nil
}

// check refuses what no page or import could have let through: it is here for callers, not for people.
func (g *Goal) check() error {
	wild := func(v float64) bool { return !(math.Abs(v) <= shown) }
	switch {
	case g.Deadline < g.Start:
		return BadGoal{"deadline"}
	case wild(g.SoFar):
		return BadGoal{"so far"}
	case g.Direction != Within && wild(g.Target):
		return BadGoal{"target"}
	case g.Direction == Within && (wild(g.TargetLo) || wild(g.TargetHi) || g.TargetLo > g.TargetHi):
		return BadGoal{"target"}
	}
	for i, p := range g.Points {
		if wild(p.Value) {
			return BadGoal{"value"}
		}
		if i > 0 && p.Day <= g.Points[i-1].Day {
			return BadGoal{"day"}
		}
	}
	return nil
}

// runValues forecasts readings and rates: it lays them on a grid of their own usual distance, learns a
// model, and judges its paths. Their likely ranges come from the model's formula, calibrated, and not
// from the paths, so that they are smooth and do not change with a seed.
func runValues(g Goal, points []Point, f *Forecast) *summary {
	if len(points) == 0 {
		f.Now = g.fallback()
		f.PaceNeeded = g.needed(f.Now, max(g.Deadline-g.Today, 1))
		f.settle(&g, points, 0)
		return nil
	}
	days := spacing(points)
	if g.Form == Rate {
		days = float64(g.Period)
	}
	last := points[len(points)-1].Day
	days = coarsen(days, last-points[0].Day+1, g.Deadline-last)
	lain, excluded := layGrid(points, days, false)
	f.Excluded += excluded
	m := g.learn(lain, points)
	f.Track = m.track()
	m.factor = f.Track.Factor
	f.Trend = m.trendLine(points)
	f.Now = f.Trend[len(f.Trend)-1].Value
	f.PaceNow = trendPace(f.Trend)
	f.PaceNeeded = g.needed(f.Now, max(g.Deadline-g.Today, 1))

	first := 0 // cells that lie in the past and brought nothing
	for first < maxAhead && lain.day(first+1) < g.Today {
		first++
	}
	h := min(lain.ahead(g.Deadline), first+maxAhead)
	if h <= first && g.Form == Reading && last < g.Deadline {
		h = first + 1 // less than a usual step is left: one value may still come
	}
	f.settle(&g, points, h-first)
	if f.Status == TooFew || f.Status == Ended || h <= first {
		return nil
	}
	// the trend was last known on the day of the last value: a change of pace counts from there
	j := judge{g: &g, h: h, first: first, from: last}
	all := h
	if g.Rule != Kept {
		all += min((h-first+1)/2, extraCells)
	}
	for k := range all {
		d := lain.day(k + 1)
		if k < h {
			d = min(d, g.Deadline)
		}
		j.days = append(j.days, d)
	}
	j.days[h-1] = g.Deadline // the range ends at the date, though the last cell may end a little earlier
	f.Steps = m.blend(h).steps(chosen(first, h, mostSteps), j.days, m.widths(h))
	since := g.since(points)
	if g.Rule == Held {
		for _, p := range since[max(0, len(since)-g.HeldFor+1):] {
			j.tail = append(j.tail, g.marginOf(p.Value))
		}
	}
	if g.Rule == Kept {
		j.kept = newTally(&g, since)
		j.kept.close(min(g.Today, j.days[j.first]))
	}
	s := &summary{}
	m.simulate(all, pairsFor(all), g.Rule == AtEnd || g.Rule == ByTotal, newRand(g.Seed, points), func(a, b []float64) {
		s.outcomes = append(s.outcomes, j.decide(a), j.decide(b))
	})
	f.conclude(s, &g, j.days)
	left := max(float64(g.Deadline-last), 1)
	f.PaceFor80 = s.paceFor80(&g, (f.Steps[len(f.Steps)-1].Mean-f.Now)/left*PaceDays)
	return s
}

// settle finds the status that follows from what was seen, and what goes with it; ahead is how many
// more values may come by the deadline. What is sure is said with one value already; a trend is sure only
// when nothing more can come.
func (f *Forecast) settle(g *Goal, points []Point, ahead int) {
	_, reached := g.judged(points)
	since := g.since(points)
	switch {
	case g.Today > g.Deadline:
		f.Status = Ended
		return
	case g.Rule == Kept:
		f.Status = newTally(g, since).sure(max(ahead, 0))
	case g.Rule == Once || g.Rule == Held:
		if _, ok, day := g.judgeRun(g.line(since)); ok {
			f.Status = ReachedForSure
			f.Expected, f.ExpectedLo, f.ExpectedHi, f.ReachedShare = day, day, day, 1
		}
	}
	if f.Status == Open && ahead <= 0 && len(points) >= fewest {
		f.Status = LostForSure // nothing more can come
		if reached {
			f.Status = ReachedForSure
		}
	}
	f.sureChance()
	if f.Status == Open && len(points) < fewest {
		f.Status = TooFew
	}
}

// sureChance gives what is sure its chance and its endings.
func (f *Forecast) sureChance() {
	if f.Status != ReachedForSure && f.Status != LostForSure {
		return
	}
	f.Chance = 0
	if f.Status == ReachedForSure {
		f.Chance = 1
	}
	for i := range f.Endings {
		f.Endings[i] = Ending{f.Now, f.Status == ReachedForSure}
	}
}

// conclude fills chance, endings and expected date from the paths; what is sure stays.
func (f *Forecast) conclude(s *summary, g *Goal, days []int) {
	if f.Status != Open {
		return
	}
	f.Chance = s.chance()
	f.Endings = s.endings(f.Chance)
	if g.Rule != Kept && !g.AtMost {
		s.expected(f, days)
	}
}

// trendLine gives the trend on the day of each cell that has a value; cells without one are gaps, which
// a page draws dotted.
func (m model) trendLine(points []Point) []Point {
	if m.points != nil {
		return m.exactTrend()
	}
	trend := m.trend()
	var out []Point
	for i, ok := range m.grid.seen {
		if !ok {
			continue
		}
		day := max(m.grid.day(i+1-len(trend)), points[0].Day)
		out = append(out, Point{day, bound(trend[i])})
	}
	return out
}

// trendNow gives the trend at the last of at least one point, by the very steps of runValues, so that
// what is drawn, forecast and judged is one number.
func trendNow(g *Goal, points []Point) float64 {
	days := spacing(points)
	if g.Form == Rate {
		days = float64(g.Period)
	}
	last := points[len(points)-1].Day
	lain, _ := layGrid(points, coarsen(days, last-points[0].Day+1, g.Deadline-last), false)
	t := g.learn(lain, points).trendLine(points)
	return t[len(t)-1].Value
}

// learn learns from the points, of which the grid is made: by their days where these are too irregular for
// any grid.
func (g *Goal) learn(lain grid, points []Point) model {
	if g.Form == Reading && tooIrregular(points) {
		return fitExact(points, lain, g.Scale, g.Lo, g.Hi)
	}
	return fit(lain, g.Scale, g.Lo, g.Hi)
}

// trendPace reads the pace of a trend over its last weeks, per PaceDays days.
func trendPace(trend []Point) float64 {
	last := trend[len(trend)-1]
	from := last
	for i := len(trend) - 1; i >= 0 && last.Day-trend[i].Day <= paceWindow; i-- {
		from = trend[i]
	}
	if from.Day == last.Day && len(trend) > 1 { // values are rarer than the window is long
		from = trend[len(trend)-2]
	}
	if from.Day == last.Day {
		return 0
	}
	return bound((last.Value - from.Value) / float64(last.Day-from.Day) * PaceDays)
}

// needed gives the pace from now to the near side of the target, 0 where now is good already. For a
// budget it is the pace that may not be passed.
func (g *Goal) needed(now float64, days int) float64 {
	if g.Rule == Kept {
		return 0
	}
	target := g.Target
	switch {
	case g.AtMost:
		return bound(max(0, target-now) / float64(days) * PaceDays)
	case g.good(now):
		return 0
	case g.Direction == Within && now < g.TargetLo:
		target = g.TargetLo
	case g.Direction == Within:
		target = g.TargetHi
	}
	return bound((target - now) / float64(days) * PaceDays)
}
