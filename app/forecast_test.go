package app_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"tandem"
	"tandem/app"
)

// daily logs one value a day, the last one for today.
func (d *desk) daily(t *testing.T, m tandem.MetricID, values ...float64) {
	t.Helper()
	rows := make([]app.ObservationInput, len(values))
	for i := range values {
		rows[i] = app.ObservationInput{Value: &values[i], Day: d.today() - tandem.Day(len(values)-1-i)}
	}
	for _, r := range must[[]app.BulkRow](t)(d.BulkObservations(t.Context(), d.by, d.ws, m, rows)) {
		if r.Errors != nil {
			t.Fatal(r.Errors)
		}
	}
}

func (d *desk) snapshot(t *testing.T, g tandem.GoalID) *tandem.Snapshot {
	t.Helper()
	return must[*tandem.Snapshot](t)(d.Store.For(d.by).Snapshot(t.Context(), d.ws, g))
}

func TestAChanceStandsFromThreeValuesOn(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	for n := 1; n <= 6; n++ {
		d.log(t, g.Metric, 1)
		if err := d.Refresh(t.Context(), d.by, d.ws, []tandem.GoalID{g.ID}); err != nil {
			t.Fatal(err)
		}
		s := d.snapshot(t, g.ID)
		if (s.Chance != nil) != (n >= 3) || s.Values != n || (n < 3) != (s.Status == "too_few") {
			t.Errorf("on day %d: %d values, chance %v, %s", n, s.Values, s.Chance, s.Status)
		}
		if s.Last == nil || *s.Last != 1 || s.LastDay != d.today() || s.Now != float64(n) {
			t.Errorf("on day %d: last %v, now %v", n, s.Last, s.Now)
		}
		d.Clock.AdvanceDays(1)
	}
}

func TestASnapshotIsRenewedWhenItNoLongerStands(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.daily(t, g.Metric, 1, 0, 2, 1, 0, 3)
	line := func() tandem.GoalLine {
		return must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Limit: 5})).Items[0]
	}
	if line().Fresh(d.today()) {
		t.Error("nothing was worked out, yet the list has it")
	}
	for what, change := range map[string]func(){
		"a value":     func() { d.log(t, g.Metric, 2) },
		"another day": func() { d.Clock.AdvanceDays(1) },
		"a new target": func() {
			head := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g.ID)).GoalHead()
			must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, d.ws, g.ID, app.GoalChange{Version: head.Version, Target: ptr(33.0)}))
		},
	} {
		must[int](t)(d.RefreshStale(t.Context(), d.by, d.ws, 10))
		if !line().Fresh(d.today()) {
			t.Errorf("before %s it is not fresh", what)
		}
		if n := must[int](t)(d.RefreshStale(t.Context(), d.by, d.ws, 10)); n != 0 {
			t.Errorf("before %s: %d fresh ones renewed", what, n)
		}
		change()
		if l := line(); l.Fresh(d.today()) || l.Snapshot == nil {
			t.Errorf("after %s: the old figure is %+v", what, l.Snapshot)
		}
		if n := must[int](t)(d.RefreshStale(t.Context(), d.by, d.ws, 10)); n != 1 {
			t.Errorf("after %s: %d renewed", what, n)
		}
	}
	if s := d.snapshot(t, g.ID); s.Chance == nil || *s.Chance <= 0 || *s.Chance >= 1 || s.Lo80 == nil || *s.Lo80 >= *s.Hi80 || len(s.Spark) == 0 || s.Method == "" {
		t.Errorf("snapshot %+v", s)
	}
}

// TestAnOutlookOfOldDataIsNotKept logs a value while the forecast is being worked out.
func TestAnOutlookOfOldDataIsNotKept(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.daily(t, g.Metric, 1, 0, 2, 1, 0, 3)
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	d.log(t, g.Metric, 2)
	if err := d.Keep(t.Context(), d.by, o); err != nil {
		t.Fatal(err)
	}
	if s := d.snapshot(t, g.ID); s != nil {
		t.Errorf("kept %+v", s)
	}
	o = must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	if err := d.Keep(t.Context(), d.by, o); err != nil {
		t.Fatal(err)
	}
	if s := d.snapshot(t, g.ID); s == nil || s.DataVersion != o.Metric.DataVersion {
		t.Errorf("kept %+v", s)
	}
}

func TestTheWorkerRenewsEverybodysResults(t *testing.T) {
	h := newDesk(t)
	goals := map[tandem.GoalID]*desk{}
	for _, name := range []string{"Noor", "Tomas", "Ana"} {
		s := h.Person(t, name)
		d := &desk{House: h.House, by: h.Actor(t, s)}
		d.ws = must[tandem.Person](t)(h.Store.For(d.by).Person(t.Context())).Personal
		for range 2 {
			g := d.result(t, d.sales())
			d.daily(t, g.Metric, 1, 0, 2, 1, 0, 3)
			goals[g.ID] = d
		}
	}
	for _, want := range []int{4, 2, 0} {
		if n := must[int](t)(h.RefreshEverywhere(t.Context(), 4)); n != want {
			t.Errorf("renewed %d, want %d", n, want)
		}
	}
	for id, d := range goals {
		if s := d.snapshot(t, id); s == nil || s.Chance == nil {
			t.Errorf("goal %s: %+v", id, s)
		}
	}
}

func TestValuesBeforeTheStartTeachAndDoNotCount(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.daily(t, g.Metric, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2)
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	if o.Forecast.Now != 2 || o.Forecast.N != 10 {
		t.Errorf("so far %v of %d values", o.Forecast.Now, o.Forecast.N)
	}
}

func TestARateIsSeenByItsWholePeriods(t *testing.T) {
	monday := tandem.DateDay(2026, 11, 2)
	for _, c := range []struct {
		what  string
		start tandem.Day
		happ  bool
		days  []tandem.Day // of one run each, counted from the Monday; today is Saturday of the third week
		want  string
	}{
		{"a result of the first day has its first week", monday, true, []tandem.Day{2, 4, 8}, "[{20765 2} {20772 1}]"},
		{"a week under way at the start is left out", monday + 2, true, []tandem.Day{2, 4, 8}, "[{20772 1}]"},
		{"a week without a run is none", monday, true, []tandem.Day{0, 14}, "[{20765 1} {20772 0}]"},
		{"or unknown, where days are not logged as they happen", monday, false, []tandem.Day{0, 14}, "[{20765 1}]"},
		{"nothing after a first week under way is none too", monday + 2, true, []tandem.Day{2}, "[{20772 0}]"},
	} {
		d := newDesk(t)
		in := app.GoalInput{Kind: tandem.KindPerformance, Title: "Run", Number: number("Runs", tandem.FormRate, tandem.Up), Target: ptr(3.0), Start: c.start, Deadline: d.today() + 60}
		in.Number.WhenItHappens = &c.happ
		g := d.result(t, in)
		for _, day := range c.days {
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: ptr(1.0), Day: monday + day}))
		}
		o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
		got := fmt.Sprint(o.Input.Points) // days 20765 and 20772 are the Sundays of the two weeks
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestALearningGoalHasNoOutlook(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	_, err := d.Outlook(t.Context(), d.by, d.ws, l.ID)
	wantCode(t, err, "goal: needs_result")
	_, err = d.OpenClosing(t.Context(), d.by, d.ws, l.ID)
	wantCode(t, err, "goal: needs_result")
}

func TestAPauseIsTimeOffForTheForecast(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	head := must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, g.Version))
	d.Clock.AdvanceDays(4)
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	if len(o.Input.Off) != 1 || o.Input.Off[0].To != int(d.today()) {
		t.Errorf("while it lasts: %v", o.Input.Off)
	}
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveResume, head.Version))
	o = must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	if len(o.Input.Off) != 1 || o.Input.Off[0].To != int(d.today())-1 {
		t.Errorf("afterwards: %v", o.Input.Off)
	}
}

func TestOnePressIsOneValue(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: ptr(1.0), Key: "press-1"})
		})
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		switch {
		case errors.Is(err, app.ErrDone):
			done++
		case err != nil:
			t.Error(err)
		}
	}
	if v := d.values(t, g.Metric); len(v) != 1 || done != len(errs)-1 {
		t.Errorf("%d values, %d told that it was done", len(v), done)
	}
}

// TestNoUpdateIsLostAmongThirtyTwoPeople edits one goal from 32 sides, each trying again when told that it
// was too late.
func TestNoUpdateIsLostAmongThirtyTwoPeople(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for {
				p, err := d.GetGoal(t.Context(), d.by, d.ws, g.ID)
				if err != nil {
					t.Error(err)
					return
				}
				now := p.(tandem.PerformanceGoal)
				_, err = d.ChangeGoal(t.Context(), d.by, d.ws, g.ID, app.GoalChange{Version: now.Version, Target: ptr(now.Target + 1)})
				if err == nil {
					return
				}
				if tandem.KindOf(err) != tandem.KindStale {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if p := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g.ID)).(tandem.PerformanceGoal); p.Target != 52 || p.Version != 33 {
		t.Errorf("target %v at version %d, want 52 at 33", p.Target, p.Version)
	}
}
