package app_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"tandem"
	"tandem/app"
)

// climbing is a result on a reading that climbs a little: 60 by so many days after today.
func (d *desk) climbing(ahead tandem.Day) app.GoalInput {
	return app.GoalInput{Kind: tandem.KindPerformance, Title: "60 a day", Number: &app.MetricInput{Name: "Pages"}, Start: d.today() - 60, Target: ptr(60.0), Deadline: d.today() + ahead}
}

// climb logs n values, one a day, that end today.
func (d *desk) climb(t *testing.T, m tandem.MetricID, from float64, n int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 3))
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Round(10*(from+.2*float64(i)+3*rng.NormFloat64())) / 10
	}
	d.daily(t, m, values...)
}

func (d *desk) page(t *testing.T, g tandem.GoalID) app.ResultView {
	t.Helper()
	return must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, g))
}

func (d *desk) change(t *testing.T, g tandem.GoalID, in app.GoalChange) {
	t.Helper()
	in.Version = must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g)).GoalHead().Version
	must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, d.ws, g, in))
}

func TestWhatMovedTheChanceStartsFromWhatWasSaidThen(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.climbing(40))
	d.climb(t, g.Metric, 48, 40)
	then := d.page(t, g.ID)
	for range 7 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 59)
	}
	v := d.page(t, g.ID)
	m := v.Moved
	if m == nil {
		t.Fatalf("nothing is told; the chance is %v", v.Forecast.Chance)
	}
	if m.Since != d.today()-7 || m.Days != 7 || m.New != 7 || m.From != then.Forecast.Chance || m.To != v.Forecast.Chance {
		t.Errorf("moved %+v; then it was %v, now it is %v", m, then.Forecast.Chance, v.Forecast.Chance)
	}
	if m.Goal != 0 || m.Calendar != 0 || m.Values == 0 || math.Abs(m.From+m.Time+m.Values-m.To) > 1e-12 {
		t.Errorf("parts %+v", m.Shift)
	}
	from, to, p := m.Points()
	if from+p[0]+p[1] != to || p[2] != 0 || p[3] != 0 {
		t.Errorf("from %d to %d by %v", from, to, p)
	}

	// the goal is changed, and changed again: it stands as it was before both
	d.change(t, g.ID, app.GoalChange{Target: ptr(70.0)})
	d.change(t, g.ID, app.GoalChange{Target: ptr(57.0)})
	v = d.page(t, g.ID)
	if v.Moved == nil || v.Moved.From != then.Forecast.Chance || v.Moved.Goal <= 0 || v.Moved.Calendar != 0 {
		t.Errorf("after an easier target: %+v", v.Moved)
	}
	from, to, p = v.Moved.Points()
	if from+p[0]+p[1]+p[2]+p[3] != to {
		t.Errorf("from %d to %d by %v", from, to, p)
	}
	for i, part := range []float64{v.Moved.Time, v.Moved.Values, v.Moved.Calendar, v.Moved.Goal} {
		if math.Abs(100*part-float64(p[i])) > 1 {
			t.Errorf("part %d is %v and shown as %d", i, part, p[i])
		}
	}

	// a week later these changes lie before what is looked at
	for range 8 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 56.5)
	}
	if v = d.page(t, g.ID); v.Moved == nil || v.Moved.Goal != 0 {
		t.Errorf("a week later: %+v", v.Moved)
	}
}

func TestAPauseIsACalendarChange(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Start, in.Deadline, in.Target = d.today()-14, d.today()+40, ptr(85.0)
	g := d.result(t, in)
	d.daily(t, g.Metric, 1, 3, 0, 2, 2, 4, 1, 1, 2, 5, 0, 2, 1, 3)
	then := d.page(t, g.ID)
	d.Clock.AdvanceDays(1)
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, 0))
	if v := d.page(t, g.ID); v.Moved != nil {
		t.Errorf("a paused result tells %+v", v.Moved)
	}
	d.Clock.AdvanceDays(2)
	paused := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	d.Clock.AdvanceDays(3)
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveResume, 0))
	d.Clock.AdvanceDays(1)
	d.log(t, g.Metric, 3)
	v := d.page(t, g.ID)
	if v.Moved == nil || v.Moved.From != then.Forecast.Chance || v.Moved.Goal != 0 || v.Moved.Calendar == 0 || v.Moved.New != 1 {
		t.Errorf("moved %+v; then it was %v", v.Moved, then.Forecast.Chance)
	}
	d.Clock.AdvanceDays(3)
	d.log(t, g.Metric, 3)
	if v = d.page(t, g.ID); v.Moved == nil || v.Moved.From != paused.Forecast.Chance {
		t.Errorf("moved %+v; in the pause it was %v", v.Moved, paused.Forecast.Chance)
	}
}

// TestWhatValuesShowOfANumberIsNoChangeOfTheGoal brings the first value of a count that is not whole.
func TestWhatValuesShowOfANumberIsNoChangeOfTheGoal(t *testing.T) {
	d := newDesk(t)
	in := d.sales()
	in.Start, in.Deadline, in.Target = d.today()-14, d.today()+40, ptr(85.0)
	g := d.result(t, in)
	d.daily(t, g.Metric, 1, 3, 0, 2, 2, 4, 1, 1, 2, 5, 0, 2, 1, 3)
	for i := range 7 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, []float64{3, 2.5, 1, 3, 2, 3, 2}[i])
	}
	if v := d.page(t, g.ID); v.Moved == nil || v.Moved.Goal != 0 || v.Moved.Values == 0 {
		t.Errorf("moved %+v, chance %v", v.Moved, v.Forecast.Chance)
	}
}

func TestNothingMovedWhereNoFigureStood(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct {
		target       float64
		values, days int // before the days that go by
		start        tandem.Day
		want         bool
	}{
		"enough":              {55, 20, 7, -60, true},
		"too few values then": {55, 4, 7, -60, false},
		"a steep chance":      {90, 20, 7, -60, false},
		"younger than a week": {55, 20, 6, 0, false},
	} {
		in := d.climbing(50)
		in.Target, in.Start, in.Number.Name = &c.target, d.today()+c.start, name
		g := d.result(t, in)
		d.climb(t, g.Metric, 50, c.values)
		for i := range c.days {
			d.Clock.AdvanceDays(1)
			d.log(t, g.Metric, 54+float64(i%3))
		}
		if v := d.page(t, g.ID); (v.Moved != nil) != c.want {
			t.Errorf("%s: %+v, chance %v of %d values", name, v.Moved, v.Forecast.Chance, v.Forecast.N)
		}
	}
}

// TestWhatMovedTheChanceIsTheOwners lets a member read a result that the team sees.
func TestWhatMovedTheChanceIsTheOwners(t *testing.T) {
	d := newDesk(t)
	mira, noor := d.Person(t, "Ana"), d.Person(t, "Noor")
	ws := d.Team(t, mira, noor)
	own := &desk{House: d.House, by: d.Actor(t, mira), ws: ws}
	in := own.climbing(40)
	in.Target, in.Visibility = ptr(56.0), tandem.ByWorkspace
	g := own.result(t, in)
	own.climb(t, g.Metric, 50, 40)
	if v := own.page(t, g.ID); v.Moved == nil {
		t.Error("the owner is told nothing")
	}
	other := &desk{House: d.House, by: d.Actor(t, noor), ws: ws}
	if v := other.page(t, g.ID); v.Moved != nil || v.Forecast.N != 40 {
		t.Errorf("a member is told %+v of %d values", v.Moved, v.Forecast.N)
	}
}
