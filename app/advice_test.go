package app_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
)

func (d *desk) advice(t *testing.T, m tandem.MetricID, in app.AdviceInput) app.Advice {
	t.Helper()
	return must[app.Advice](t)(d.Advise(t.Context(), d.by, d.ws, m, in))
}

// TestAdvisedTargetsHaveTheirChancesOnPages sets an advised target and reads the chance that the page says.
func TestAdvisedTargetsHaveTheirChancesOnPages(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Sales", Form: tandem.FormTotal}))
	in := app.AdviceInput{Deadline: d.today() + 60}
	d.daily(t, m.ID, 1, 3, 2, 1)
	if v := d.advice(t, m.ID, in); v.Even != nil || v.Bold != nil || v.Values != 4 {
		t.Errorf("of four values: %+v", v)
	}
	d.Clock.AdvanceDays(16)
	d.daily(t, m.ID, 1, 3, 0, 2, 2, 4, 1, 1, 2, 5, 0, 2, 1, 3, 2)
	in.Deadline = d.today() + 60
	v := d.advice(t, m.ID, in)
	if v.Even == nil || v.Bold == nil || *v.Bold <= *v.Even || v.ReachedWhen != tandem.ReachedTotal || v.Deadline != in.Deadline || v.Method == "" {
		t.Fatalf("advice %+v", v)
	}
	for _, x := range []struct{ target, chance float64 }{{*v.Even, .5}, {*v.Bold, .25}} {
		g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sales", Metric: m.ID, Target: &x.target, Deadline: in.Deadline})
		o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
		if math.Abs(o.Forecast.Chance-x.chance) > .05 {
			t.Errorf("target %v has chance %v instead of %v", x.target, o.Forecast.Chance, x.chance)
		}
		again := must[app.Advice](t)(d.AdviseGoal(t.Context(), d.by, g, g.Deadline))
		if math.Abs(*again.Even-*v.Even) > .2**v.Even {
			t.Errorf("of the goal %v instead of %v", *again.Even, *v.Even)
		}
		if later := must[app.Advice](t)(d.AdviseGoal(t.Context(), d.by, g, g.Deadline+60)); *later.Even < 1.5**again.Even {
			t.Errorf("with twice the time %v instead of %v", *later.Even, *again.Even)
		}
	}
	if counted := d.advice(t, m.ID, app.AdviceInput{Deadline: in.Deadline, SoFar: 100}); *counted.Even < *v.Even+90 {
		t.Errorf("with 100 counted already: %v instead of %v", *counted.Even, *v.Even)
	}
}

func TestAdviceThatMakesNoSenseIsRefused(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Weight"}))
	for want, in := range map[string]app.AdviceInput{
		"deadline_missing":      {},
		"deadline_before_start": {Deadline: d.today() - 1},
		"rule_needs_total":      {Deadline: d.today() + 9, ReachedWhen: tandem.ReachedTotal},
		"kept_has_no_advice":    {Deadline: d.today() + 9, ReachedWhen: tandem.ReachedKept},
	} {
		_, err := d.Advise(t.Context(), d.by, d.ws, m.ID, in)
		if es := tandem.All(err); len(es) != 1 || es[0].Code != want {
			t.Errorf("%+v: %v instead of %s", in, err, want)
		}
	}
	noor := d.Person(t, "Noor")
	if _, err := d.Advise(t.Context(), d.Actor(t, noor), d.ws, m.ID, app.AdviceInput{Deadline: d.today() + 9}); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("somebody else: %v", err)
	}
}
