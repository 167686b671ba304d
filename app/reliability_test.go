package app_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
)

// closed lets 30 days of a result of 20 pass, with so much more each day, and closes it.
func (d *desk) closed(t *testing.T, name string, each float64, release bool) tandem.PerformanceGoal {
	t.Helper()
	form := tandem.FormTotal
	if name == "short" {
		form = tandem.FormReading
	}
	g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: name, Baseline: ptr(0.0), Number: number(name, form, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 30})
	for i := range 30 {
		v := each * float64(1+i%2)
		if form == tandem.FormReading {
			v = each * float64(i+1+i%2)
			if i == 28 {
				v = -0.1 // a value of another sort: who knew of it earlier would calculate otherwise
			}
		}
		if !release || i < 10 {
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: &v}))
		}
		d.Clock.AdvanceDays(1)
		if release && i == 20 {
			must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, ReleaseWhy: "Enough of it.", Finish: true}))
			return g
		}
	}
	d.Clock.AdvanceDays(1)
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true}))
	return g
}

func TestWhatWasSaidStandsBesideWhatCame(t *testing.T) {
	d := newDesk(t)
	if v := must[app.Reliability](t)(d.Reliability(t.Context(), d.by, d.ws)); len(v.Looks) != 0 || v.Chance != 0 || len(v.Said) != 5 {
		t.Errorf("before anything is closed: %+v", v)
	}
	short := d.closed(t, "short", 0.6, false)
	d.closed(t, "near", 0.43, false)
	done := d.closed(t, "done", 0.55, false)
	let := d.closed(t, "let go", 0.5, true)
	open := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "open", Number: number("open", tandem.FormTotal, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 30})
	v := must[app.Reliability](t)(d.Reliability(t.Context(), d.by, d.ws))
	if v.Results != 3 || len(v.Looks) < 6 {
		t.Fatalf("%d results, %d looks", v.Results, len(v.Looks))
	}
	brier, line, n, reached := 0.0, 0.0, 0, 0
	for _, l := range v.Looks {
		came := 0.0
		if l.Goal == done.ID {
			came = 1
		}
		if l.Goal == let.ID || l.Goal == open.ID || l.Reached != (came == 1) || l.Chance <= 0 || l.Chance >= 1 || l.Values < 3 {
			t.Errorf("a look at %s: %+v", l.Title, l)
		}
		if l.Goal == short.ID && l.Line != 0 || l.Goal == done.ID && l.Line != 1 {
			t.Errorf("the straight line of %s says %v", l.Title, l.Line)
		}
		brier, line = brier+(l.Chance-came)*(l.Chance-came), line+(l.Line-came)*(l.Line-came)
	}
	for i, s := range v.Said {
		n, reached = n+s.Looks, reached+s.Reached
		if s.Looks > 0 && (s.Chance < s.From || s.Chance > s.To) {
			t.Errorf("range %d: %+v", i, s)
		}
	}
	count := float64(len(v.Looks))
	if n != len(v.Looks) || math.Abs(v.Chance-brier/count) > 1e-12 || math.Abs(v.Line-line/count) > 1e-12 || reached == 0 {
		t.Errorf("%d looks in ranges, %d reached, Brier %v and %v instead of %v and %v", n, reached, v.Chance, v.Line, brier/count, line/count)
	}
	// What was said must not know what came later: with the later values gone it says the same.
	first := v.Looks[len(v.Looks)-1]
	for _, o := range must[[]tandem.Observation](t)(d.Store.For(d.by).Observations(t.Context(), d.ws, short.Metric, first.Day+1, d.today())) {
		if first.Goal != short.ID {
			t.Fatal("the oldest result is not the last")
		}
		if err := d.DeleteObservation(t.Context(), d.by, d.ws, short.Metric, o.At); err != nil {
			t.Fatal(err)
		}
	}
	found := false
	for _, l := range must[app.Reliability](t)(d.Reliability(t.Context(), d.by, d.ws)).Looks {
		if l.Goal == first.Goal && l.Day == first.Day {
			found = true
			if l.Chance != first.Chance {
				t.Errorf("without later values it says %v instead of %v", l.Chance, first.Chance)
			}
		}
	}
	if !found {
		t.Error("the look is gone")
	}
}

func TestNobodySeesHowAnothersChancesHeld(t *testing.T) {
	d := newDesk(t)
	d.closed(t, "done", 0.43, false)
	other := d.Actor(t, d.Person(t, "Noor"))
	if _, err := d.Reliability(t.Context(), other, d.ws); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("another person is told: %v", err)
	}
}
