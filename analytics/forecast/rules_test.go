package forecast

import (
	"math"
	"testing"
)

// goal gives a reading goal without bounds; the points lie on consecutive days from day.
func goal(day int, values ...float64) Goal {
	g := Goal{Seed: 7, Lo: math.NaN(), Hi: math.NaN(), Baseline: math.NaN(), Rule: AtEnd, Start: day}
	for i, v := range values {
		g.Points = append(g.Points, Point{day + i, v})
	}
	g.Today = day + len(values)
	g.Deadline = g.Today + 30
	return g
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name                string
		base, value, target float64
		d                   Direction
		want                float64
	}{
		{"17 of 20 is exactly .85", 0, 17, 20, Up, .85},
		{"so is 1.85 on the way from 1 to 2", 1, 1.85, 2, Up, .85},
		{"so is 73.15 on the way from 80 down to 71.94", 80, 73.149, 71.94, Down, .85},
		{"beyond the target ends at one and a half", 0, 50, 20, Up, 1.5},
		{"away from the target is below zero", 80, 82, 70, Down, -.2},
		{"no baseline: all or nothing, reached", math.NaN(), 71, 70, Up, 1},
		{"no baseline: all or nothing, missed", math.NaN(), 69, 70, Up, 0},
		{"no way to go, below is good", 70, 69, 70, Down, 1},
	} {
		if got := Progress(c.base, c.value, c.target, c.d); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestReached(t *testing.T) {
	with := func(g Goal, change func(*Goal)) Goal { change(&g); return g }
	for _, c := range []struct {
		name  string
		goal  Goal
		value float64
		want  bool
	}{
		{"a total counts so far and only points since the start", with(goal(10, 5, 5, 4, 3), func(g *Goal) {
			g.Form, g.Rule, g.Start, g.SoFar, g.Target = Total, ByTotal, 12, 2, 9
		}), 9, true},
		{"a total of tenths reaches in decimals", with(goal(1, .1, .2), func(g *Goal) {
			g.Form, g.Rule, g.Target = Total, ByTotal, .3
		}), .1 + .2, true},
		{"a budget passed is not reached", with(goal(1, 60, 50), func(g *Goal) {
			g.Form, g.Rule, g.Target, g.AtMost = Total, ByTotal, 100, true
		}), 110, false},
		{"once: the best value counts", with(goal(1, 5, 9, 6), func(g *Goal) { g.Rule, g.Target = Once, 9 }), 9, true},
		{"once, down: the least", with(goal(1, 5, 9, 6), func(g *Goal) {
			g.Rule, g.Target, g.Direction = Once, 4, Down
		}), 5, false},
		{"once: history before the start does not count", with(goal(1, 9, 1, 2), func(g *Goal) {
			g.Rule, g.Target, g.Start = Once, 9, 2
		}), 2, false},
		{"once: a value after the deadline does not count", with(goal(1, 1, 2, 9), func(g *Goal) {
			g.Rule, g.Target, g.Deadline = Once, 9, 2
		}), 2, false},
		{"held: two good ones and a bad one are not three", with(goal(1, 9, 9, 3, 9), func(g *Goal) {
			g.Rule, g.Target, g.HeldFor = Held, 8, 3
		}), 3, false},
		{"held: the worst of the best run is judged", with(goal(1, 9, 8.5, 9, 3), func(g *Goal) {
			g.Rule, g.Target, g.HeldFor = Held, 8, 3
		}), 8.5, true},
		{"at the end: one lucky value is not enough", with(goal(1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9), func(g *Goal) {
			g.Target = 9
		}), math.NaN(), false},
		{"at the end: a steady line is there", with(goal(1, 5, 5, 5, 5), func(g *Goal) { g.Target = 5 }), 5, true},
		{"kept: nine days of ten inside", with(goal(1, 2, 2, 2, 2, 9, 2, 2, 2, 2, 2), func(g *Goal) {
			g.Rule, g.Direction, g.TargetLo, g.TargetHi, g.Today = Kept, Within, 1, 3, 10
		}), .9, true},
		{"kept: eight of ten are too few", with(goal(1, 2, 2, 2, 0, 9, 2, 2, 2, 2, 2), func(g *Goal) {
			g.Rule, g.Direction, g.TargetLo, g.TargetHi, g.Today = Kept, Within, 1, 3, 10
		}), .8, false},
		{"kept: a bad day off is not judged", with(goal(1, 2, 2, 2, 0, 9, 2, 2, 2, 2, 2), func(g *Goal) {
			g.Rule, g.Direction, g.TargetLo, g.TargetHi, g.Today, g.Off = Kept, Within, 1, 3, 10, []Span{{4, 5}}
		}), 1, true},
		{"kept: at most two a day, days without an entry are zero", with(goal(1, 2, 3), func(g *Goal) {
			g.Form, g.Rule, g.Direction, g.Target, g.WhenItHappens, g.Today = Total, Kept, Down, 2, true, 4
		}), .75, false},
		{"kept: weeks add up", with(goal(1, 1, 1, 1, 1, 0, 0, 0, 5), func(g *Goal) {
			g.Form, g.Rule, g.Target, g.Period, g.Today = Total, Kept, 4, 7, 14
		}), 1, true},
		{"nothing to judge gives the baseline", with(goal(1), func(g *Goal) { g.Target, g.Baseline = 9, 4 }), 4, false},
	} {
		value, got := Reached(c.goal)
		if got != c.want || !math.IsNaN(c.value) && math.Abs(value-c.value) > 1e-9 {
			t.Errorf("%s: %v %v, want %v %v", c.name, value, got, c.value, c.want)
		}
	}
}

func TestReachedAndNowAreOneTrend(t *testing.T) {
	g := goal(1, 4, 5, 5, 6, 6, 7, 9, 8)
	g.Target = 8
	f, err := Run(g)
	value, _ := Reached(g)
	if err != nil || f.Now != value {
		t.Errorf("now %v, judged %v, err %v", f.Now, value, err)
	}
}

func TestWhatIsSure(t *testing.T) {
	with := func(g Goal, change func(*Goal)) Goal { change(&g); return g }
	for _, c := range []struct {
		name string
		goal Goal
		want Status
	}{
		{"two values are too few", goal(1, 4, 5), TooFew},
		{"three are enough", with(goal(1, 4, 5, 5), func(g *Goal) { g.Target = 50 }), Open},
		{"after the deadline it has ended", with(goal(1, 4, 5, 5), func(g *Goal) { g.Deadline = 3 }), Ended},
		{"a total that is there stays there, even with one value", with(goal(1, 5), func(g *Goal) {
			g.Form, g.Rule, g.Target = Total, ByTotal, 5
		}), ReachedForSure},
		{"a total with negative values may fall again", with(goal(1, 5, 5, -1), func(g *Goal) {
			g.Form, g.Rule, g.Target = Total, ByTotal, 5
		}), Open},
		{"a passed budget is lost", with(goal(1, 60, 50), func(g *Goal) {
			g.Form, g.Rule, g.Target, g.AtMost = Total, ByTotal, 100, true
		}), LostForSure},
		{"a budget that is kept may still be passed", with(goal(1, 6, 5, 4), func(g *Goal) {
			g.Form, g.Rule, g.Target, g.AtMost = Total, ByTotal, 100, true
		}), Open},
		{"a falling total that is there stays there", with(goal(1, -5, -5), func(g *Goal) {
			g.Form, g.Rule, g.Target, g.Direction = Total, ByTotal, -9, Down
		}), ReachedForSure},
		{"a best value once reached stays", with(goal(1, 5, 9, 4), func(g *Goal) { g.Rule, g.Target = Once, 9 }), ReachedForSure},
		{"a trend beyond the target is never sure before the date", with(goal(1, 5, 9, 9), func(g *Goal) { g.Target = 2 }), Open},
		{"kept is lost when too many days were outside", with(goal(1, 9, 9, 9, 9, 9), func(g *Goal) {
			g.Rule, g.Direction, g.TargetLo, g.TargetHi, g.Deadline = Kept, Within, 1, 3, 20
		}), LostForSure},
		{"kept is reached when the days left cannot spoil it", with(goal(1, 2, 2, 2, 2, 2, 2, 2, 2, 2), func(g *Goal) {
			g.Rule, g.Direction, g.TargetLo, g.TargetHi, g.Deadline = Kept, Within, 1, 3, 10
		}), ReachedForSure},
		{"a rate without another whole period is decided", with(goal(1, 2, 3, 4), func(g *Goal) {
			g.Form, g.Period, g.Target = Rate, 7, 9
			for i := range g.Points {
				g.Points[i].Day = 7 * (i + 1)
			}
			g.Today, g.Deadline = 23, 27
		}), LostForSure},
	} {
		f, err := Run(c.goal)
		if err != nil || f.Status != c.want {
			t.Errorf("%s: status %v, err %v, want %v", c.name, f.Status, err, c.want)
		}
		switch {
		case c.want == ReachedForSure && f.Chance != 1, c.want == LostForSure && f.Chance != 0,
			(c.want == TooFew || c.want == Ended) && !math.IsNaN(f.Chance):
			t.Errorf("%s: chance %v", c.name, f.Chance)
		}
	}
}

func TestNonsenseIsRefused(t *testing.T) {
	with := func(change func(*Goal)) Goal { g := goal(1, 4, 5, 5); change(&g); return g }
	for name, g := range map[string]Goal{
		"a deadline before the start":   with(func(g *Goal) { g.Deadline = 0 }),
		"a target that is no number":    with(func(g *Goal) { g.Target = math.NaN() }),
		"an endless value":              with(func(g *Goal) { g.Points[1].Value = math.Inf(1) }),
		"days out of order":             with(func(g *Goal) { g.Points[1].Day = 1 }),
		"a band whose ends are swapped": with(func(g *Goal) { g.Direction, g.TargetLo, g.TargetHi = Within, 3, 1 }),
		"so far that is no number":      with(func(g *Goal) { g.SoFar = math.NaN() }),
	} {
		if _, err := Run(g); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestGridsFollowTheCalendar(t *testing.T) {
	var months []Point
	day := 0
	for i, d := range []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30} {
		day += d
		months = append(months, Point{day, float64(i)})
	}
	g, _ := layGrid(months, spacing(months), false)
	if g.kind != Monthly || len(g.y) != len(months) {
		t.Fatalf("16 month ends make %d cells of kind %v", len(g.y), g.kind)
	}
	if n := g.ahead(g.last + 31 + 30); n != 2 {
		t.Errorf("two months ahead are %d cells", n)
	}
	sparse := []Point{{0, 1}, {1, 2}, {2, 3}, {40, 4}, {80, 5}, {81, 6}, {82, 7}}
	if g, _ := layGrid(sparse, spacing(sparse), false); g.step <= 1 {
		t.Error("a grid that is mostly empty must become coarser")
	}
	long := make([]Point, 7300)
	for i := range long {
		long[i] = Point{i, 1}
	}
	g, excluded := layGrid(long, 1, false)
	if len(g.y) != maxCells || excluded != 7300-maxCells {
		t.Errorf("20 years daily make %d cells with %d excluded", len(g.y), excluded)
	}
}
