package app_test

import (
	"testing"

	"tandem"
	"tandem/app"
)

// on gives the fields of a result on a number that is there.
func on(m tandem.MetricID, title string, target float64, deadline tandem.Day) app.GoalInput {
	return app.GoalInput{Kind: tandem.KindPerformance, Title: title, Metric: m, Target: &target, Deadline: deadline}
}

// steady logs a value a day, from a value on by a step, and goes on a day each time; it gives the last value.
func (d *desk) steady(t *testing.T, m tandem.MetricID, from, step float64, days int) float64 {
	t.Helper()
	v := from
	for i := range days {
		v = from + float64(i)*step + float64(i%3)*.1
		must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: &v}))
		d.Clock.AdvanceDays(1)
	}
	return v
}

// TestAChanceAsksForAnotherTarget has two results on a number that rises steadily: the one that would be rare is told
// so, and so is the one that is nearly sure; the one between is not.
func TestAChanceAsksForAnotherTarget(t *testing.T) {
	d := newDesk(t)
	first := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Pages", Number: &app.MetricInput{Name: "Pages read"}, Target: ptr(900.0), Baseline: ptr(1.0), Deadline: d.today() + 300})
	last := d.steady(t, first.Metric, 10, 1, 30)
	rare := d.result(t, on(first.Metric, "Far more pages", last+400, d.today()+30))
	sure := d.result(t, on(first.Metric, "A few more pages", last+8, d.today()+30))
	even := d.result(t, on(first.Metric, "More pages", last+30, d.today()+30))
	for _, g := range []tandem.PerformanceGoal{rare, sure, even} {
		if got := d.hint(t, g.ID); got != "" {
			t.Errorf("%s on its first day: %q", g.Title, got)
		}
	}
	d.Clock.AdvanceDays(1)
	for _, x := range []struct {
		goal tandem.PerformanceGoal
		want string
	}{{rare, "TOO_HARD"}, {sure, "TOO_EASY"}, {even, "TOO_MANY"}} {
		got := d.hint(t, x.goal.ID)
		if got == "TOO_MANY" && x.want != "TOO_MANY" { // four results are more than three
			if err := d.QuietHint(t.Context(), d.by, d.ws, x.goal.ID, got); err != nil {
				t.Fatal(err)
			}
			got = d.hint(t, x.goal.ID)
		}
		if got != x.want {
			t.Errorf("%s: %q, want %q", x.goal.Title, got, x.want)
		}
	}
}

// lived makes a result on a number, waits, and closes it, reached or not.
func (d *desk) lived(t *testing.T, m tandem.MetricID, days int, reached bool) {
	t.Helper()
	in := on(m, "Four talks", 4, d.today()+tandem.Day(days)+1)
	g := d.result(t, in)
	d.Clock.AdvanceDays(days)
	if reached {
		must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: ptr(4.0)}))
	}
	d.Clock.AdvanceDays(2)
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true, Next: tandem.NextLetGo}))
}

// TestAShortTimeIsHeldAgainstOnesOwn tells of a deadline earlier than a quarter of one's own reached results took, from
// four of them on; one with time enough is left alone.
func TestAShortTimeIsHeldAgainstOnesOwn(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "A talk", Number: &app.MetricInput{Name: "Talks", Form: tandem.FormTotal}, Target: ptr(99.0), Deadline: d.today() + 900}).Metric
	for i := range 4 {
		d.lived(t, m, 50, true)
		if i == 2 {
			g := d.result(t, on(m, "Early", 4, d.today()+10))
			d.Clock.AdvanceDays(1)
			if got := d.hint(t, g.ID); got == "TOO_SOON" {
				t.Error("told after three")
			}
			if err := d.DeleteGoal(t.Context(), d.by, d.ws, g.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	soon, later := d.result(t, on(m, "Soon", 4, d.today()+10)), d.result(t, on(m, "Later", 4, d.today()+80))
	d.Clock.AdvanceDays(1)
	if got := d.hint(t, soon.ID); got != "TOO_SOON" {
		t.Errorf("ten days where 50 were needed: %q", got)
	}
	if got := d.hint(t, later.ID); got == "TOO_SOON" {
		t.Error("80 days where 50 were needed")
	}
}

// TestAStretchSuitsCalmTimes warns of a stretch after two misses in a row, and not after one.
func TestAStretchSuitsCalmTimes(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "A talk", Number: &app.MetricInput{Name: "Talks", Form: tandem.FormTotal}, Target: ptr(99.0), Deadline: d.today() + 900}).Metric
	in := on(m, "Six talks", 6, d.today()+200)
	in.Stretch = ptr(9.0)
	g := d.result(t, in)
	for misses, want := range []bool{false, false, true} {
		if misses > 0 {
			d.lived(t, m, 5, false)
		}
		d.Clock.AdvanceDays(2)
		if got := d.hint(t, g.ID) == "STRETCH_RISK"; got != want {
			t.Errorf("after %d misses: %v", misses, got)
		}
	}
}

// TestTwoSteepGoalsAtOnce tells of a learning goal that aims two levels up for a result that is unlikely; for a likely
// result it does not.
func TestTwoSteepGoalsAtOnce(t *testing.T) {
	for _, x := range []struct {
		beyond float64
		want   bool
	}{{400, true}, {5, false}} {
		d := newDesk(t)
		first := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Pages", Number: &app.MetricInput{Name: "Pages read"}, Target: ptr(900.0), Baseline: ptr(1.0), Deadline: d.today() + 300})
		last := d.steady(t, first.Metric, 10, 1, 30)
		g := d.result(t, on(first.Metric, "Pages by then", last+x.beyond, d.today()+40))
		l := must[tandem.AnyGoal](t)(d.CreateGoal(t.Context(), d.by, d.ws, app.GoalInput{Kind: tandem.KindLearning, Title: "Read faster", Levels: []string{"a", "b", "c", "d", "e"}, Aim: 4})).GoalHead()
		must[tandem.Fuels](t)(d.LinkGoals(t.Context(), d.by, d.ws, l.ID, app.FuelsInput{Result: g.ID}))
		d.Clock.AdvanceDays(1)
		if err := d.Refresh(t.Context(), d.by, d.ws, []tandem.GoalID{g.ID}); err != nil {
			t.Fatal(err)
		}
		if got := d.hint(t, l.ID) == "TWO_HARD"; got != x.want {
			t.Errorf("%v beyond: %v, %q", x.beyond, got, d.hint(t, l.ID))
		}
	}
}
