package forecast

// falls says whether all increments go down, so that the total is easier to read upside down.
// An expense account or a debt is such a total; everything below is then written for growing ones only.
func (g *Goal) falls(points []Point) bool {
	any := false
	for _, p := range points {
		if p.Value > 0 {
			return false
		}
		any = any || p.Value < 0
	}
	return any
}

// mirrored gives the goal upside down, with the given points. The good side changes with the signs, so a
// budget of negative increments becomes an ordinary total to be reached.
func (g Goal) mirrored(points []Point) Goal {
	g.Points = make([]Point, len(points))
	for i, p := range points {
		g.Points[i] = Point{p.Day, -p.Value}
	}
	g.SoFar, g.Target = -g.SoFar, -g.Target
	g.TargetLo, g.TargetHi = -g.TargetHi, -g.TargetLo
	g.Lo, g.Hi = -g.Hi, -g.Lo
	g.AtMost = false
	switch g.Direction {
	case Up:
		g.Direction = Down
	case Down:
		g.Direction = Up
	}
	return g
}

// mirror turns the answer to a mirrored goal back. What a kept goal is judged by is a share, which has no
// other side.
func (f *Forecast) mirror(rule Rule) {
	f.Now, f.PaceNeeded, f.PaceNow, f.PaceFor80 = 0-f.Now, 0-f.PaceNeeded, 0-f.PaceNow, 0-f.PaceFor80
	for i := range f.Trend {
		f.Trend[i].Value = 0 - f.Trend[i].Value
	}
	for i, s := range f.Steps {
		f.Steps[i] = Step{s.Day, 0 - s.Mean, 0 - s.Hi50, 0 - s.Lo50, 0 - s.Hi80, 0 - s.Lo80, 0 - s.Hi95, 0 - s.Lo95}
	}
	if rule == Kept {
		return
	}
	e := f.Endings // ascending, so the order turns too
	for i := range e {
		f.Endings[i] = Ending{0 - e[len(e)-1-i].Value, e[len(e)-1-i].Reached}
	}
}

// mirror turns the outcomes of a mirrored goal back.
func (s *summary) mirror(rule Rule) *summary {
	if s != nil && rule != Kept {
		for i := range s.outcomes {
			s.outcomes[i].value = 0 - s.outcomes[i].value
		}
	}
	return s
}

// runTotal forecasts a Total whose Points are the visible ones. A total's likely ranges are quantiles of
// its simulated running totals: sums of skewed increments have no formula worth having, and quantiles of
// growing paths can never lie below what is there already.
func runTotal(g Goal, f *Forecast) *summary {
	points := g.Points
	since := g.since(points)
	f.Trend = g.line(since)
	f.Now = g.SoFar
	if n := len(f.Trend); n > 0 {
		f.Now = f.Trend[n-1].Value
	}
	f.PaceNow = g.totalPace(points)
	t, excluded := learnTotal(&g, points)
	f.Excluded += excluded
	if !t.none {
		f.Track = t.track(&g)
		t.sizes.factor = f.Track.Factor
	}
	days := max(g.Deadline-t.open+1, 1)
	f.PaceNeeded = g.needed(f.Now, days)

	// today is over for a total once it has its entry; each later day up to the deadline may bring one
	f.settle(&g, points, g.Deadline-t.open+1)
	f.settleTotal(&g, points)
	if f.Status == TooFew || f.Status == Ended || t.open > g.Deadline {
		return nil
	}
	if t.none {
		f.stay(&g)
		return nil
	}
	s, j := t.paths(&g, f, since)
	cells := chosen(t.first, t.h, totalColumns)
	f.Steps = s.totalSteps(cells, j.days)
	f.conclude(s, &g, j.days)
	pace := (f.Steps[len(f.Steps)-1].Mean - f.Now) / float64(days) * PaceDays
	f.PaceFor80 = s.paceFor80(&g, pace)
	return s
}

// stay forecasts a total of nothing but zeros: nothing says that this will change.
func (f *Forecast) stay(g *Goal) {
	f.Steps = []Step{{g.Deadline, f.Now, f.Now, f.Now, f.Now, f.Now, f.Now, f.Now}}
	if f.Status != Open {
		return
	}
	f.Chance = .5 / (2*mostPairs + 1) // the least that paths could have given
	good := g.good(f.Now)
	if good {
		f.Chance = 1 - f.Chance
	}
	for i := range f.Endings {
		f.Endings[i] = Ending{f.Now, good}
	}
}

// paths simulates the running total and judges it, and keeps the totals of the cells that become steps.
// A kept goal looks at the increments themselves, since its periods begin at zero each.
func (t totalModel) paths(g *Goal, f *Forecast, since []Point) (*summary, *judge) {
	j := &judge{g: g, h: t.h, first: t.first, from: t.open - 1}
	all := t.h
	if g.Rule != Kept && !g.AtMost {
		all += min((t.h-t.first+1)/2, extraCells)
	}
	for k := range all {
		j.days = append(j.days, t.day(k, g))
	}
	if g.Rule == Kept {
		j.kept = newTally(g, since)
		j.kept.close(min(g.Today, j.days[j.first]))
	}
	cells := chosen(t.first, t.h, totalColumns)
	s := &summary{columns: make([][]float64, len(cells))}
	use := func(a []float64) {
		if g.Rule == Kept {
			s.outcomes = append(s.outcomes, j.decide(a))
		}
		sum, at := f.Now, 0
		for k := range a {
			sum += a[k]
			a[k] = sum
			if at < len(cells) && cells[at] == k {
				s.columns[at] = append(s.columns[at], sum)
				at++
			}
		}
		if g.Rule != Kept {
			s.outcomes = append(s.outcomes, j.decide(a))
		}
	}
	t.simulate(all, pairsFor(all), newRand(g.Seed, g.Points), func(a, b []float64) {
		use(a)
		use(b)
	})
	return s, j
}

// settleTotal finds what is sure because a total without negative increments never falls. One value is
// enough for that, so it also ends TooFew.
func (f *Forecast) settleTotal(g *Goal, points []Point) {
	if f.Status != Open && f.Status != TooFew || g.Rule == Kept || g.Rule == Held || !g.rises(points) {
		return
	}
	switch {
	case g.Rule == Once && len(f.Trend) == 0: // there is no value yet that could have been the one
	case g.Direction == Up && g.good(f.Now):
		f.Status = ReachedForSure
		for _, p := range f.Trend {
			if f.Expected = p.Day; g.good(p.Value) {
				break
			}
		}
		f.ExpectedLo, f.ExpectedHi, f.ReachedShare = f.Expected, f.Expected, 1
	case g.Direction == Down && !g.good(f.Now), g.Direction == Within && f.Now > g.TargetHi && !g.good(f.Now):
		f.Status = LostForSure
	}
	f.sureChance()
}

// rises says whether no increment is, or can be, negative. Without any there is nothing to tell by but
// the bounds.
func (g *Goal) rises(points []Point) bool {
	if g.Scale == Positive || g.Scale == Count || g.Lo >= 0 && g.Lo < g.Hi {
		return true
	}
	for _, p := range points {
		if p.Value < 0 {
			return false
		}
	}
	return len(points) > 0
}

// totalPace gives the increments per PaceDays days over the last weeks. Days off without an increment
// are left out for a total that is to grow.
func (g *Goal) totalPace(points []Point) float64 {
	if len(points) == 0 {
		return 0
	}
	end := min(g.Today, g.Deadline)
	from := max(end-totalWindow+1, points[0].Day)
	from = min(from, end-PaceDays+1) // a first day is not a pace: look at a whole week at least
	sum, days := 0.0, float64(end-from+1)
	worked := map[int]bool{}
	for _, p := range points {
		if p.Day >= from {
			sum += p.Value
			worked[p.Day] = p.Value != 0
		}
	}
	if sum > 0 && g.Direction == Up {
		for d := from; d <= end; d++ {
			if !worked[d] && g.offBetween(d, d) {
				days--
			}
		}
	}
	return bound(sum / max(days, 1) * PaceDays)
}
