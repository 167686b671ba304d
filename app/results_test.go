package app_test

import (
	"errors"
	"slices"
	"testing"

	"tandem"
	"tandem/app"
)

// TestTheWayIsSplitIntoStepsWithoutADay splits "5 pounds, then the next 5", and each step closes with its lesson.
func TestTheWayIsSplitIntoStepsWithoutADay(t *testing.T) {
	d := newDesk(t)
	lighter := app.GoalInput{Kind: tandem.KindPerformance, Title: "Lighter", Number: &app.MetricInput{Name: "Weight", Unit: "lb", Direction: tandem.Down}, Baseline: ptr(180.0), Target: ptr(170.0), Deadline: d.today() + 90}
	g := d.result(t, lighter)
	steps := must[[]tandem.Milestone](t)(d.SplitGoal(t.Context(), d.by, d.ws, g.ID, app.SplitInput{Steps: 2}))
	if len(steps) != 2 || *steps[0].Value != 175 || *steps[1].Value != 170 || steps[0].Title != "175 lb" || steps[0].Due != tandem.NoDay || steps[1].Due != tandem.NoDay {
		t.Fatalf("steps %+v", steps)
	}
	_, err := d.SplitGoal(t.Context(), d.by, d.ws, g.ID, app.SplitInput{Steps: 3})
	wantCode(t, err, "steps: steps_there")
	if again := must[[]tandem.Milestone](t)(d.SplitGoal(t.Context(), d.by, d.ws, g.ID, app.SplitInput{Steps: 2})); len(again) != 2 || again[0].ID != steps[0].ID {
		t.Errorf("a second press makes %+v", again)
	}
	done := must[tandem.Milestone](t)(d.FinishMilestone(t.Context(), d.by, d.ws, g.ID, steps[0].ID, app.DoneInput{Lesson: "Soup first."}))
	if done.Done != d.today() || done.Lesson == 0 {
		t.Errorf("closed as %+v", done)
	}
	must[tandem.Milestone](t)(d.PutMilestone(t.Context(), d.by, d.ws, g.ID, app.MilestoneInput{ID: steps[1].ID, Title: "171 lb", Value: ptr(171.0)}))
	v := must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, g.ID))
	for want, at := range map[float64]float64{.5: 175, .9: 171} {
		if share, ok := v.StepShare(at); !ok || share < want-1e-9 || share > want+1e-9 {
			t.Errorf("%v lies at %v of the way, want %v", at, share, want)
		}
	}
	if len(v.Milestones) != 2 || *v.Milestones[1].Value != 171 {
		t.Errorf("steps %+v", v.Milestones)
	}
	// From where it stands, not from where it began; whole where pieces are counted, none twice.
	sales := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sell", Number: number("Sales", tandem.FormTotal, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 30})
	d.log(t, sales.Metric, 5)
	o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, sales.ID))
	if got, err := o.StepValues(3); err != nil || !slices.Equal(got, []float64{10, 15, 20}) {
		t.Errorf("from 5 to 20: %v, %v", got, err)
	}
	if got, err := o.StepValues(12); err != nil || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) || got[len(got)-1] != 20 {
		t.Errorf("twelve steps of 15 pieces: %v, %v", got, err)
	}
	d.log(t, sales.Metric, 15)
	_, err = d.SplitGoal(t.Context(), d.by, d.ws, sales.ID, app.SplitInput{Steps: 3})
	wantCode(t, err, "steps: steps_no_way")
	unknown := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sleep", Number: number("Hours", tandem.FormReading, tandem.Up), Target: ptr(8.0), Deadline: d.today() + 30})
	_, err = d.SplitGoal(t.Context(), d.by, d.ws, unknown.ID, app.SplitInput{Steps: 3})
	wantCode(t, err, "steps: steps_no_start")
	_, err = d.SplitGoal(t.Context(), d.by, d.ws, unknown.ID, app.SplitInput{Steps: 1})
	wantCode(t, err, "steps: int_range")
}

// TestABrokenGuardWithholdsReached closes a result whose number is there, with a number beside it that got worse.
func TestABrokenGuardWithholdsReached(t *testing.T) {
	guarded := func(in app.GuardInput, values ...float64) (*desk, tandem.PerformanceGoal) {
		d := newDesk(t)
		g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sell", Number: number("Sales", tandem.FormTotal, tandem.Up), Target: ptr(20.0), Deadline: d.today() + 10})
		guard := must[tandem.Guard](t)(d.PutGuard(t.Context(), d.by, d.ws, g.ID, in))
		d.Clock.AdvanceDays(11)
		must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: ptr(20.0), Day: g.Deadline - 3}))
		for i, v := range values {
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, guard.Metric, app.ObservationInput{Value: &v, Day: g.Start + tandem.Day(i)}))
		}
		return d, g
	}
	complaints := app.GuardInput{Number: number("Complaints", tandem.FormTotal, tandem.Down), Bound: ptr(5.0)}
	rating := app.GuardInput{Number: number("Rating", tandem.FormReading, tandem.Up), Bound: ptr(4.0), Side: tandem.AtLeast}
	each := rating
	each.Every = true
	for _, c := range []struct {
		what    string
		in      app.GuardInput
		values  []float64
		outcome tandem.Outcome
		state   tandem.GuardState
	}{
		{"at the bound it holds", complaints, []float64{2, 3}, tandem.Reached, tandem.GuardHolds},
		{"above it is broken", complaints, []float64{2, 4}, tandem.VeryClose, tandem.GuardBroken},
		{"no value breaks nothing", complaints, nil, tandem.Reached, tandem.GuardOpen},
		{"the mean of readings counts", rating, []float64{3, 5, 4.5}, tandem.Reached, tandem.GuardHolds},
		{"and breaks", rating, []float64{3, 4.5, 4}, tandem.VeryClose, tandem.GuardBroken},
		{"each value, where each has to keep it", each, []float64{3, 5, 5}, tandem.VeryClose, tandem.GuardBroken},
		{"a total that never came to its least", app.GuardInput{Number: number("Calls", tandem.FormTotal, tandem.Up), Bound: ptr(9.0), Side: tandem.AtLeast}, []float64{3}, tandem.VeryClose, tandem.GuardBroken},
	} {
		t.Run(c.what, func(t *testing.T) {
			d, g := guarded(c.in, c.values...)
			v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
			if v.Closing.Outcome != c.outcome || v.Closing.Withheld != (c.outcome == tandem.VeryClose) || v.Guards[0].State != c.state {
				t.Errorf("%+v, %+v", v.Closing, v.Guards)
			}
			done := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Finish: true, Next: tandem.NextSame}))
			if done.Outcome != c.outcome || !done.NumberReached() {
				t.Errorf("closed as %+v", done)
			}
			// It stands as it was judged, and guards the next period too.
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, v.Guards[0].Metric, app.ObservationInput{Value: ptr(100.0), Day: g.Start}))
			if v = must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID)); v.Guards[0].State != c.state || v.Closing.Outcome != c.outcome {
				t.Errorf("a closed result changed: %+v", v.Guards[0])
			}
			if next := must[[]app.GuardView](t)(d.ListGuards(t.Context(), d.by, d.ws, done.NextGoal)); len(next) != 1 || next[0].Bound != *c.in.Bound || next[0].Judged != "" {
				t.Errorf("guards of the next period: %+v", next)
			}
			_, err := d.PutGuard(t.Context(), d.by, d.ws, g.ID, c.in)
			wantCode(t, err, "guard_after_closing")
		})
	}
	d := newDesk(t)
	g := d.result(t, d.sales())
	_, err := d.PutGuard(t.Context(), d.by, d.ws, g.ID, app.GuardInput{Metric: g.Metric, Bound: ptr(1.0)})
	wantCode(t, err, "metric: guard_is_result")
	_, err = d.PutGuard(t.Context(), d.by, d.ws, g.ID, app.GuardInput{Side: "around"})
	wantCode(t, err, "bound: guard_bound_missing")
	for _, name := range []string{"A", "B"} {
		must[tandem.Guard](t)(d.PutGuard(t.Context(), d.by, d.ws, g.ID, app.GuardInput{Number: &app.MetricInput{Name: name}, Bound: ptr(1.0)}))
	}
	_, err = d.PutGuard(t.Context(), d.by, d.ws, g.ID, app.GuardInput{Number: &app.MetricInput{Name: "C"}, Bound: ptr(1.0)})
	wantCode(t, err, "metric: guard_most")
	must[tandem.Guard](t)(d.PutGuard(t.Context(), d.by, d.ws, g.ID, app.GuardInput{Number: &app.MetricInput{Name: "B"}, Bound: ptr(2.0)})) // changes its bound
	l := d.learning(t, "Listen")
	_, err = d.PutGuard(t.Context(), d.by, d.ws, l.ID, app.GuardInput{Number: &app.MetricInput{Name: "B"}, Bound: ptr(2.0)})
	wantCode(t, err, "goal: needs_result")
}

// TestAValueIsCorrectedAfterTheDayWithItsReason changes a value once the last day of its result is over.
func TestAValueIsCorrectedAfterTheDayWithItsReason(t *testing.T) {
	d := newDesk(t)
	g := d.ended(t, app.GoalInput{Title: "Sell", Kind: tandem.KindPerformance, Number: number("Sales", tandem.FormTotal, tandem.Up), Target: ptr(20.0)}, 1, 10, 31, 4)
	page := must[app.ObservationPage](t)(d.ListObservations(t.Context(), d.by, d.ws, g.Metric, "", 10))
	late, early := page.Items[0], page.Items[1]
	edit := func(o tandem.Observation, in app.ObservationChange) (tandem.Observation, error) {
		return d.EditObservation(t.Context(), d.by, d.ws, g.Metric, o.At, in)
	}
	_, err := edit(early, app.ObservationChange{Value: ptr(12.0)})
	wantCode(t, err, "reason: correction_reason_missing")
	o := must[tandem.Observation](t)(edit(early, app.ObservationChange{Value: ptr(12.0), Reason: "A receipt turned up."}))
	if o.Value != 12 || o.Corrected != "A receipt turned up." {
		t.Errorf("corrected as %+v", o)
	}
	must[tandem.Observation](t)(edit(early, app.ObservationChange{Note: ptr("paper")})) // a note alone is none
	must[tandem.Observation](t)(edit(late, app.ObservationChange{Value: ptr(5.0)}))     // a day that no result counts
	_, err = edit(late, app.ObservationChange{Day: ptr(g.Deadline)})                    // into its time
	wantCode(t, err, "reason: correction_reason_missing")
	v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
	if len(v.Fixed) != 1 || v.Fixed[0].Corrected != "A receipt turned up." || v.Closing.Value != 12 {
		t.Errorf("%+v, %v", v.Fixed, v.Closing.Value)
	}
	must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, g.Metric, early.At)) // the note
	back := must[*tandem.Observation](t)(d.UndoObservation(t.Context(), d.by, d.ws, g.Metric, early.At))
	if back == nil || back.Corrected == "" {
		t.Logf("undone twice, the note stands again: %+v", back)
	}
	if err := d.DeleteObservation(t.Context(), d.by, d.ws, g.Metric, early.At); err != nil {
		t.Fatal(err)
	}
	if v = must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID)); len(v.Fixed) != 0 {
		t.Errorf("a removed value is corrected still: %+v", v.Fixed)
	}
}

// TestAMissIsClosedWithWhatWasGainedAndWhatItIsFor asks for one thing gained, and leads each cause to its next step.
func TestAMissIsClosedWithWhatWasGainedAndWhatItIsFor(t *testing.T) {
	miss := func() (*desk, tandem.PerformanceGoal) {
		d := newDesk(t)
		return d, d.ended(t, app.GoalInput{Title: "Sell", Kind: tandem.KindPerformance, Number: number("Sales", tandem.FormTotal, tandem.Up), Target: ptr(20.0)}, 1, 2, 5, 2, 9, 2, 14, 2, 20, 2, 26, 2)
	}
	gains := &[]tandem.GainWord{"what_does_not", "kept_on"}
	d, g := miss()
	finish := func(in app.ClosingInput) (tandem.Closing, error) {
		in.Finish = true
		return d.SaveClosing(t.Context(), d.by, d.ws, g.ID, in)
	}
	_, err := finish(app.ClosingInput{Next: tandem.NextLetGo})
	wantCode(t, err, "gains: gained_missing")
	_, err = finish(app.ClosingInput{Gains: &[]tandem.GainWord{"fame"}})
	wantCode(t, err, "gains: one_of")
	must[tandem.Factor](t)(d.PutFactor(t.Context(), d.by, d.ws, g.ID, app.FactorInput{Text: "The weather"}))
	v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
	n := must[app.Next](t)(d.ProposeNext(t.Context(), d.by, v))
	if n.Even != nil && (*n.Even < v.Closing.Value || *n.Even >= 20 || *n.Even != float64(int(*n.Even))) {
		t.Errorf("an even target of %v", *n.Even)
	}
	_, err = finish(app.ClosingInput{Gains: gains, Next: tandem.NextReset})
	wantCode(t, err, "next_target: target_missing")
	c := must[tandem.Closing](t)(finish(app.ClosingInput{Gains: gains, Next: tandem.NextReset, NextTarget: ptr(13.0)}))
	next := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, c.NextGoal)).(tandem.PerformanceGoal)
	if !slices.Equal(c.Gains, *gains) || next.Target != 13 || next.Start <= g.Deadline {
		t.Errorf("closed %+v, next %+v", c, next)
	}
	if f := must[app.ResultView](t)(d.ResultPage(t.Context(), d.by, d.ws, next.ID)).Factors; len(f) != 1 || f[0].Text != "The weather" {
		t.Errorf("what was named is not named again: %+v", f)
	}
	// A number that rose towards its end has an even target between what was reached and what was asked.
	d = newDesk(t)
	rose := d.ended(t, app.GoalInput{Title: "Run", Kind: tandem.KindPerformance, Number: number("Km", tandem.FormReading, tandem.Up), Baseline: ptr(2.0), Target: ptr(30.0)}, 1, 2, 5, 3, 9, 4, 13, 5, 17, 6, 21, 7, 25, 8, 29, 9)
	v = must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, rose.ID))
	if n = must[app.Next](t)(d.ProposeNext(t.Context(), d.by, v)); n.Even == nil || *n.Even < v.Closing.Value || *n.Even >= 30 {
		t.Errorf("after %v an even target of %v", v.Closing.Value, n.Even)
	}
	d, g = miss()
	_, err = finish(app.ClosingInput{Gains: gains, Next: tandem.NextNote})
	wantCode(t, err, "next_text: factor_missing")
	must[tandem.Closing](t)(finish(app.ClosingInput{Gained: ptr("I count now."), Next: tandem.NextNote, NextText: "The shop was shut"}))
	if v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID)); len(v.Factors) != 1 || v.Factors[0].InHands || v.Factors[0].Text != "The shop was shut" {
		t.Errorf("factors %+v", v.Factors)
	}
}

// TestTheLearningGoesOnWhenItsResultIsReached closes a reached result into the next level of its learning goal.
func TestTheLearningGoesOnWhenItsResultIsReached(t *testing.T) {
	d := newDesk(t)
	in := app.PairInput{Result: d.sales(), Learning: app.GoalInput{Title: "Listen", Levels: []string{"with notes", "without notes", "under pressure"}}}
	in.Result.Deadline = d.today() + 30
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, in))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, p.Learning.ID, app.LevelInput{Level: 1}))
	d.log(t, p.Result.Metric, 20)
	v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, p.Result.ID))
	n := must[app.Next](t)(d.ProposeNext(t.Context(), d.by, v))
	if n.Level == nil || n.Level.Level != 2 || n.Level.Sentence != "without notes" || n.Even != nil {
		t.Fatalf("next %+v", n)
	}
	c := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Finish: true, Next: tandem.NextLearning, NextGoal: n.Level.Goal}))
	l := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, p.Learning.ID)).(tandem.LearningGoal)
	if c.NextGoal != l.ID || l.Aim != 2 || l.State != tandem.Active {
		t.Errorf("closing %+v, learning %+v", c, l)
	}
}

// TestASteepOrStillResultGetsThreeThingsToLearn proposes learning goals with reasons, and one tap links one.
func TestASteepOrStillResultGetsThreeThingsToLearn(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sell 200 bicycles", Number: number("Sales", tandem.FormTotal, tandem.Up), Target: ptr(200.0), Deadline: d.today() + 30})
	gap := func(id tandem.GoalID) app.Gap { return must[app.Gap](t)(d.GetGap(t.Context(), d.by, d.ws, id)) }
	if x := gap(g.ID); x.Kind != app.GapNone {
		t.Errorf("a gap before any value: %+v", x)
	}
	for range 12 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 1)
	}
	x := gap(g.ID)
	if x.Kind != app.GapSteep || len(x.Suggested) == 0 || len(x.Suggested) > 3 {
		t.Fatalf("a steep result: %+v", x)
	}
	for _, s := range x.Suggested {
		if s.Title == "" || s.Reason == "" {
			t.Errorf("without a reason: %+v", s)
		}
	}
	s := x.Suggested[0]
	l := must[tandem.LearningGoal](t)(d.TakeLearning(t.Context(), d.by, d.ws, g.ID, app.TakeInput{Title: s.Title, Template: s.Template, Key: "k1"}))
	if links := must[[]tandem.Fuels](t)(d.Store.For(d.by).FuelsTo(t.Context(), d.ws, d.ws, g.ID)); len(links) != 1 || links[0].Learning != l.ID || l.Title == "" {
		t.Errorf("links %+v, learning %+v", links, l)
	}
	if _, err := d.TakeLearning(t.Context(), d.by, d.ws, g.ID, app.TakeInput{Title: s.Title, Key: "k1"}); !errors.Is(err, app.ErrDone) {
		t.Errorf("a second press: %v", err)
	}
	own := d.learning(t, "Close calmly")
	must[tandem.LearningGoal](t)(d.TakeLearning(t.Context(), d.by, d.ws, g.ID, app.TakeInput{Learning: own.ID}))
	if links := must[[]tandem.Fuels](t)(d.Store.For(d.by).FuelsTo(t.Context(), d.ws, d.ws, g.ID)); len(links) != 2 {
		t.Errorf("links %+v", links)
	}
	_, err := d.TakeLearning(t.Context(), d.by, d.ws, g.ID, app.TakeInput{})
	wantCode(t, err, "title: title_missing")

	flat := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Run faster", Number: number("Speed", tandem.FormReading, tandem.Up), Baseline: ptr(10.0), Target: ptr(10.3), ReachedWhen: tandem.ReachedOnce, Deadline: d.today() + 200})
	for i := range 16 {
		d.Clock.AdvanceDays(3)
		d.log(t, flat.Metric, 10+.02*float64(i%2))
	}
	if x := gap(flat.ID); x.Kind == app.GapNone {
		t.Errorf("a number that stands still: %+v", x)
	}
}
