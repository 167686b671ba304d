package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem"
	"tandem/app"
)

func TestATotalAddsAndAReadingSets(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.log(t, g.Metric, 1)
	d.log(t, g.Metric, 2)
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
	if len(o.Days) != 1 || o.Days[0].Value != 3 {
		t.Errorf("two values of a total make %+v", o.Days)
	}
	in := d.sales()
	in.Title, in.Number, in.Target, in.Baseline = "Lighter", &app.MetricInput{Name: "Weight", Direction: tandem.Down}, ptr(70.0), ptr(80.0)
	w := d.result(t, in)
	d.log(t, w.Metric, 79)
	d.Clock.Advance(time.Hour)
	d.log(t, w.Metric, 78)
	o = must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, w.ID))
	if len(o.Days) != 1 || o.Days[0].Value != 78 {
		t.Errorf("two values of a reading make %+v", o.Days)
	}
}

func TestValuesAreForTodayOrEarlier(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	log := func(in app.ObservationInput) (app.Logged, error) {
		in.Value = ptr(1.0)
		return d.LogObservation(t.Context(), d.by, d.ws, g.Metric, in)
	}
	_, err := log(app.ObservationInput{Day: d.today() + 1})
	wantCode(t, err, "day: value_in_future")
	_, err = log(app.ObservationInput{At: tandem.InstantOf(d.Clock.Now().Add(24 * time.Hour))})
	wantCode(t, err, "day: value_in_future")
	l, err := log(app.ObservationInput{Day: d.today() - 10})
	if err != nil || !l.BeforeStart || l.Day != d.today()-10 || l.At != l.Day.Noon(tandem.Zone("Europe/Berlin")) {
		t.Errorf("a value from before the start: %+v, %v", l, err)
	}
	if l, err = log(app.ObservationInput{}); err != nil || l.BeforeStart || l.At != tandem.InstantOf(d.Clock.Now()) {
		t.Errorf("a value of now: %+v, %v", l, err)
	}
	// 23:30 in Berlin is the day there, and 00:30 the next one.
	d.Clock.Set(time.Date(2026, 11, 25, 22, 30, 0, 0, time.UTC))
	if l, err = log(app.ObservationInput{}); err != nil || l.Day.String() != "2026-11-25" {
		t.Errorf("at 23:30: %s, %v", l.Day, err)
	}
	d.Clock.Advance(time.Hour)
	if l, err = log(app.ObservationInput{}); err != nil || l.Day.String() != "2026-11-26" {
		t.Errorf("at 00:30: %s, %v", l.Day, err)
	}
	_, err = d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{})
	wantCode(t, err, "value: required")
	if _, err = d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{State: tandem.StateSkip}); err != nil {
		t.Errorf("a skip has no value: %v", err)
	}
}

func TestABoundedNumberRefusesWhatCannotBe(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.Metric](t)(d.CreateMetric(t.Context(), d.by, d.ws, app.MetricInput{Name: "Share", Lo: ptr(0.0), Hi: ptr(1.0)}))
	_, err := d.LogObservation(t.Context(), d.by, d.ws, m.ID, app.ObservationInput{Value: ptr(1.2)})
	wantCode(t, err, "value: value_out_of_bounds")
	o := d.log(t, m.ID, 0.5)
	_, err = d.EditObservation(t.Context(), d.by, d.ws, m.ID, o.At, app.ObservationChange{Value: ptr(-1.0)})
	wantCode(t, err, "value: value_out_of_bounds")
}

func TestAnEditKeepsWhatStoodAndUndoBringsItBack(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, d.sales()).Metric
	o := d.log(t, m, 12)
	tag := o.Tag()
	edited := must[tandem.Observation](t)(d.EditObservation(t.Context(), d.by, d.ws, m, o.At, app.ObservationChange{Value: ptr(21.0), Note: ptr("typo"), Tag: tag}))
	if edited.Value != 21 || edited.Note != "typo" {
		t.Errorf("edited %+v", edited)
	}
	_, err := d.EditObservation(t.Context(), d.by, d.ws, m, o.At, app.ObservationChange{Value: ptr(3.0), Tag: tag})
	if tandem.KindOf(err) != tandem.KindStale {
		t.Errorf("an edit of what was read before: %v", err)
	}
	past := must[[]tandem.HistoryEntry](t)(d.ObservationHistory(t.Context(), d.by, d.ws, m, o.At))
	if len(past) != 1 {
		t.Errorf("history %+v", past)
	}
	for i, want := range []float64{12, 21, 12} {
		if got := must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, o.At)); got == nil || got.Value != want {
			t.Errorf("undo %d: %+v, want %v", i+1, got, want)
		}
	}
}

func TestADeletedValueComesBackWithWhatRodeOnIt(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, d.sales()).Metric
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause"}))
	o := must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: ptr(1.0), Note: "calm", ExternalID: "x-1", Techniques: []tandem.TechniqueID{tech.ID}}))
	uses := func() []tandem.Use {
		return must[[]tandem.Use](t)(d.ListUses(t.Context(), d.by, d.ws, 0, d.today()))
	}
	if u := uses(); len(u) != 1 || u[0].ObservationAt != o.At || u[0].Metric != m {
		t.Fatalf("uses %+v", u)
	}
	if err := d.DeleteObservation(t.Context(), d.by, d.ws, m, o.At); err != nil {
		t.Fatal(err)
	}
	if len(d.values(t, m)) != 0 || len(uses()) != 0 {
		t.Error("something is left of a deleted value")
	}
	back := must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, o.At))
	if back == nil || back.Value != 1 || back.Note != "calm" || back.External != "x-1" || back.At != o.At {
		t.Errorf("back %+v", back)
	}
	if u := uses(); len(u) != 1 || u[0].ObservationAt != o.At {
		t.Errorf("uses %+v", u)
	}
	gone := must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, o.At))
	if gone != nil || len(d.values(t, m)) != 0 || len(uses()) != 0 {
		t.Errorf("undone once more: %+v", gone)
	}
	must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, o.At))
	moved := must[tandem.Observation](t)(d.EditObservation(t.Context(), d.by, d.ws, m, o.At, app.ObservationChange{Day: ptr(d.today() - 40)}))
	if u := uses(); len(u) != 1 || u[0].Day != d.today()-40 || u[0].ObservationAt != moved.At {
		t.Errorf("the use did not move along: %+v", u)
	}
	found := must[[]tandem.Observation](t)(d.Store.For(d.by).Observations(t.Context(), d.ws, m, d.today()-40, d.today()-40))
	if len(found) != 1 {
		t.Errorf("the moved value is not found by its day")
	}
	must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, moved.At))
	if u := uses(); len(u) != 1 || u[0].Day != d.today() || u[0].ObservationAt != o.At {
		t.Errorf("the use did not move back: %+v", u)
	}
	_, err := d.UndoObservation(t.Context(), d.by, d.ws, m, 12345)
	wantCode(t, err, "not_found")
}

func TestALoggedValueIsTakenBackByUndo(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, d.sales()).Metric
	o := d.log(t, m, 4)
	if got := must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, m, o.At)); got != nil || len(d.values(t, m)) != 0 {
		t.Errorf("left %+v", got)
	}
}

// TestUndoGivesBackWhateverStood changes a value at random and undoes all of it.
func TestUndoGivesBackWhateverStood(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, d.sales()).Metric
	rapid.Check(t, func(rt *rapid.T) {
		d.Clock.Advance(time.Second)
		o, err := d.LogObservation(t.Context(), d.by, d.ws, m, app.ObservationInput{Value: ptr(float64(rapid.IntRange(0, 99).Draw(rt, "value")))})
		if err != nil {
			rt.Fatal(err)
		}
		want := o.Observation
		at := o.At
		n := rapid.IntRange(1, 3).Draw(rt, "changes")
		for range n {
			c := app.ObservationChange{Note: ptr(rapid.StringMatching(`[a-z]{0,4}`).Draw(rt, "note"))}
			if rapid.Bool().Draw(rt, "moves") {
				c.Day = ptr(d.today() - tandem.Day(rapid.IntRange(0, 50).Draw(rt, "day")))
			}
			was := must[tandem.Observation](t)(d.GetObservation(t.Context(), d.by, d.ws, m, at))
			now, err := d.EditObservation(t.Context(), d.by, d.ws, m, at, c)
			if err != nil {
				rt.Fatal(err)
			}
			back, err := d.UndoObservation(t.Context(), d.by, d.ws, m, now.At)
			if err != nil || back.Tag() != was.Tag() || back.At != was.At {
				rt.Fatalf("%+v came back as %+v, %v", was, back, err)
			}
			at = back.At
		}
		if got := must[tandem.Observation](t)(d.GetObservation(t.Context(), d.by, d.ws, m, at)); got.Tag() != want.Tag() {
			rt.Fatalf("%+v became %+v", want, got)
		}
	})
}

func TestABulkCallAnswersEachRow(t *testing.T) {
	d := newDesk(t)
	m := d.result(t, d.sales()).Metric
	rows := make([]app.ObservationInput, 1203)
	for i := range rows {
		rows[i] = app.ObservationInput{Value: ptr(1.0), Day: d.today() - tandem.Day(i%300), ExternalID: fmt.Sprint("row-", i)}
	}
	rows[7].Value = nil
	rows[700].Day = d.today() + 1
	before := must[tandem.Metric](t)(d.GetMetric(t.Context(), d.by, d.ws, m)).DataVersion
	check := func(want tandem.PutDone) {
		t.Helper()
		out, bad := []app.BulkRow{}, []int{}
		for group := range slices.Chunk(rows, app.BulkGroup) {
			out = append(out, must[[]app.BulkRow](t)(d.BulkObservations(t.Context(), d.by, d.ws, m, group))...)
		}
		for i, r := range out {
			if r.Row != i%app.BulkGroup+1 {
				t.Fatalf("row %d answers %d", i+1, r.Row)
			}
			if r.Errors != nil {
				bad = append(bad, i+1)
			} else if r.Logged.Did != want {
				t.Fatalf("row %d: %s, want %s", r.Row, r.Logged.Did, want)
			}
		}
		if len(out) != len(rows) || !slices.Equal(bad, []int{8, 701}) {
			t.Errorf("%d answers, bad %v", len(out), bad)
		}
	}
	_, err := d.BulkObservations(t.Context(), d.by, d.ws, m, rows)
	wantCode(t, err, "rows: int_range")
	check(tandem.PutAdded)
	check(tandem.PutSame)
	after := must[tandem.Metric](t)(d.GetMetric(t.Context(), d.by, d.ws, m)).DataVersion
	if after-before != 6 {
		t.Errorf("the data version rose by %d, want once a group", after-before)
	}
	obs := must[[]tandem.Observation](t)(d.Store.For(d.by).Observations(t.Context(), d.ws, m, d.today()-300, d.today()))
	if len(obs) != 1201 {
		t.Errorf("%d values stand", len(obs))
	}
}
