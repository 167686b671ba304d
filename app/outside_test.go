package app_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
)

// again makes one more result of a number, of 20 in 30 days.
func (d *desk) again(t *testing.T, m tandem.MetricID) tandem.PerformanceGoal {
	t.Helper()
	return d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Again", Metric: m, Target: ptr(20.0), Deadline: d.today() + 30})
}

// grow logs values on successive days, the last one today.
func (d *desk) grow(t *testing.T, g tandem.PerformanceGoal, n int) app.Outlook {
	t.Helper()
	for range n {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 1)
	}
	return must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
}

func blended(inside, outside float64, n int) float64 {
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	w := float64(n) / float64(n+5)
	return 1 / (1 + math.Exp(-w*odds(inside)-(1-w)*odds(outside)))
}

func TestEarlierResultsCountBesideFewValues(t *testing.T) {
	d := newDesk(t)
	first := d.result(t, d.sales())
	for n := 1; n <= 5; n++ {
		o := d.grow(t, first, 1)
		switch x := o.Outside; {
		case n < 3 || n >= 5:
			if x != nil || math.IsNaN(o.Forecast.Chance) != (n < 3) {
				t.Errorf("%d values: %+v, chance %v", n, x, o.Forecast.Chance)
			}
		case x == nil:
			t.Errorf("%d values: nothing beside them", n)
		case x.Values != n || x.Ended != 0 || x.Chance != .5 || math.Abs(o.Forecast.Chance-blended(x.Inside, .5, n)) > 1e-12 || o.Forecast.Chance == x.Inside:
			t.Errorf("%d values: %+v, chance %v", n, x, o.Forecast.Chance)
		}
	}
	near := d.closed(t, "near", 0.43, false) // missed
	d.closed(t, "let go", 0.5, true)         // tells nothing
	done := d.closed(t, "done", 0.55, false) // reached
	d.closed(t, "done too", 0.55, false)

	other := d.grow(t, d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "New", Number: number("New", tandem.FormTotal, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 30}), 3)
	if x := other.Outside; x == nil || x.Reached != 2 || x.Ended != 3 || x.SameNumber || x.Chance != 4.0/7 {
		t.Errorf("a new number has all earlier results: %+v", x)
	}
	if got, want := other.Forecast.Chance, blended(other.Outside.Inside, 4.0/7, 3); math.Abs(got-want) > 1e-12 {
		t.Errorf("chance %v, want %v", got, want)
	}
	if s := other.Snapshot(0); s.Chance == nil || *s.Chance != other.Forecast.Chance {
		t.Errorf("lists keep %v, the page says %v", s.Chance, other.Forecast.Chance)
	}
	for _, c := range []struct {
		g       tandem.PerformanceGoal
		reached int
	}{{near, 0}, {done, 1}} {
		// the number has its history, so the engine stands alone
		if o := d.grow(t, d.again(t, c.g.Metric), 3); o.Outside != nil || o.Forecast.N < 30 {
			t.Errorf("a number with history: %+v of %d values", o.Outside, o.Forecast.N)
		}
	}
}

// TestEarlierResultsOfTheSameNumberComeFirst closes a result of two values, so that its number is young yet.
func TestEarlierResultsOfTheSameNumberComeFirst(t *testing.T) {
	d := newDesk(t)
	short := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Short", Number: number("Short", tandem.FormTotal, tandem.Up), Target: ptr(2.0), Deadline: d.today() + 3})
	d.grow(t, short, 1)
	d.Clock.AdvanceDays(4)
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, short.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true}))
	d.closed(t, "done", 0.55, false)
	o := d.grow(t, d.again(t, short.Metric), 2)
	if x := o.Outside; x == nil || !x.SameNumber || x.Reached != 0 || x.Ended != 1 || x.Values != 2 || x.Chance != .4 || o.Forecast.N != 3 {
		t.Errorf("%+v of %d values", x, o.Forecast.N)
	}
}

// TestASharedResultTellsNothingOfEarlierOnes: others see its chance, and how results ended is the owner's.
func TestASharedResultTellsNothingOfEarlierOnes(t *testing.T) {
	d := newDesk(t)
	d.closed(t, "done", 0.55, false)
	in := d.sales()
	in.Visibility = tandem.ByWorkspace
	if x := d.grow(t, d.result(t, in), 3).Outside; x == nil || x.Ended != 0 || x.Chance != .5 {
		t.Errorf("shared: %+v", x)
	}
}

// TestALookBackBlendsAsThePageDid: what is scored is what stood to be said.
func TestALookBackBlendsAsThePageDid(t *testing.T) {
	d := newDesk(t)
	d.closed(t, "done", 0.55, false)
	g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Few", Number: number("Few", tandem.FormTotal, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 8})
	said := 0.0
	for day := range 9 {
		if day%2 == 0 {
			d.log(t, g.Metric, 1)
		}
		if day == 4 {
			o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
			if said = o.Forecast.Chance; o.Outside == nil || o.Outside.Ended != 1 {
				t.Fatalf("%+v", o.Outside)
			}
		}
		d.Clock.AdvanceDays(1)
	}
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true}))
	for _, l := range must[app.Reliability](t)(d.Reliability(t.Context(), d.by, d.ws)).Looks {
		if l.Goal == g.ID && l.Values == 3 {
			if l.Chance != said {
				t.Errorf("said %v, scored %v", said, l.Chance)
			}
			return
		}
	}
	t.Error("nothing is scored")
}
