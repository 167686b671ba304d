package app_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
)

// ended makes a result whose values lie between its start and its deadline, with the clock on the day
// after. values are days after the start and numbers, in pairs.
func (d *desk) ended(t *testing.T, in app.GoalInput, values ...float64) tandem.PerformanceGoal {
	t.Helper()
	start := d.today()
	in.Deadline = start + 30
	g := d.result(t, in)
	d.Clock.AdvanceDays(31)
	for i := 0; i < len(values); i += 2 {
		must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: &values[i+1], Day: start + tandem.Day(values[i])}))
	}
	return g
}

func number(name string, form tandem.Form, dir tandem.Direction) *app.MetricInput {
	return &app.MetricInput{Name: name, Form: form, Direction: dir}
}

func TestHowAResultEnds(t *testing.T) {
	total := func(target float64) app.GoalInput {
		return app.GoalInput{Title: "Sell", Number: number("Sales", tandem.FormTotal, tandem.Up), Target: &target}
	}
	with := func(in app.GoalInput, f func(*app.GoalInput)) app.GoalInput { f(&in); return in }
	weight := app.GoalInput{Title: "Lighter", Number: number("Weight", tandem.FormReading, tandem.Down), Baseline: ptr(80.0), Target: ptr(70.0), ReachedWhen: tandem.ReachedOnce}
	band := app.GoalInput{Title: "Steady", Number: number("Sleep", tandem.FormReading, tandem.Within), TargetLo: ptr(7.0), TargetHi: ptr(8.0)}
	budget := app.GoalInput{Title: "Spend less", Number: number("Spent", tandem.FormTotal, tandem.Down), Target: ptr(100.0)}
	rate := app.GoalInput{Title: "Run often", Number: number("Runs", tandem.FormRate, tandem.Up), Target: ptr(3.0), ReachedWhen: tandem.ReachedOnce}
	for _, c := range []struct {
		what    string
		in      app.GoalInput
		values  []float64
		outcome tandem.Outcome
		value   float64
		share   float64
	}{
		{"17 of 20 is very close, exactly", total(20), []float64{1, 10, 9, 7}, tandem.VeryClose, 17, .85},
		{"16 of 20 moved a lot", total(20), []float64{1, 10, 9, 6}, tandem.MovedALot, 16, .8},
		{"12 of 20 is missed by 40 %", total(20), []float64{1, 12}, tandem.MovedALot, 12, .6},
		{"10 of 20 still moved a lot", total(20), []float64{1, 10}, tandem.MovedALot, 10, .5},
		{"9 of 20 was started", total(20), []float64{1, 9}, tandem.Started, 9, .45},
		{"nothing of 20 was started", total(20), nil, tandem.Started, 0, 0},
		{"20 of 20 is reached", total(20), []float64{1, 10, 9, 10}, tandem.Reached, 20, 1},
		{"22 of 20 is exceeded", total(20), []float64{1, 22}, tandem.Exceeded, 22, 1.1},
		{"21 of 20 with a stretch of 21 is exceeded", with(total(20), func(in *app.GoalInput) { in.Stretch = ptr(21.0) }), []float64{1, 21}, tandem.Exceeded, 21, 1.05},
		{"what was there before counts", with(total(20), func(in *app.GoalInput) { in.SoFar = ptr(5.0) }), []float64{1, 12}, tandem.VeryClose, 17, .85},
		{"a value after the deadline does not count", total(20), []float64{1, 12, 31, 8}, tandem.MovedALot, 12, .6},
		{"a value from before the start does not count", total(20), []float64{-3, 8, 1, 12}, tandem.MovedALot, 12, .6},
		{"9 of 10 kilos is very close", weight, []float64{3, 78, 9, 71, 20, 73}, tandem.VeryClose, 71, .9},
		{"heavier than at the start moved away", weight, []float64{3, 81}, tandem.MovedAway, 81, -.1},
		{"70 kilos once is reached", weight, []float64{3, 70, 9, 75}, tandem.Reached, 70, 1},
		{"without a baseline the last value before the start is it", with(weight, func(in *app.GoalInput) { in.Baseline = nil }), []float64{-9, 90, -2, 80, 5, 75}, tandem.MovedALot, 75, .5},
		{"inside for 9 of 10 days is kept", band, []float64{1, 7, 2, 7, 3, 7.5, 4, 8, 5, 7, 6, 7, 7, 7, 8, 7, 9, 7, 10, 9}, tandem.Reached, .9, 0},
		{"inside for 8 of 10 days is not, and there is no almost", band, []float64{1, 7, 2, 7, 3, 7.5, 4, 8, 5, 7, 6, 7, 7, 7, 8, 7, 9, 6, 10, 9}, tandem.Started, .8, 0},
		{"a budget that holds is reached, never exceeded", budget, []float64{1, 20, 9, 30}, tandem.Reached, 50, 0},
		{"a budget that does not hold is missed, and there is no almost", budget, []float64{1, 101}, tandem.Started, 101, 0},
		{"a rate is judged by its whole weeks", rate, []float64{2, 1, 4, 1, 9, 1, 10, 1, 12, 1}, tandem.Reached, 3, 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			d := newDesk(t)
			c.in.Kind = tandem.KindPerformance
			g := d.ended(t, c.in, c.values...)
			v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
			if v.Closing.Outcome != c.outcome || math.Abs(v.Closing.Value-c.value) > 1e-9 || c.share != 0 && math.Abs(v.Closing.Share-c.share) > 1e-9 {
				t.Errorf("%s %v %v, want %s %v %v", v.Closing.Outcome, v.Closing.Value, v.Closing.Share, c.outcome, c.value, c.share)
			}
			done := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Finish: true, Next: tandem.NextLetGo, Gains: &[]tandem.GainWord{"kept_on"}}))
			if done.Outcome != c.outcome || done.Done == 0 || done.DoneDay != d.today() {
				t.Errorf("closed as %+v", done)
			}
		})
	}
}

// TestWhatWasGainedStandsOnTheLastPage closes a missed result whose learning bore fruit.
func TestWhatWasGainedStandsOnTheLastPage(t *testing.T) {
	d := newDesk(t)
	in := app.PairInput{Result: d.sales(), Learning: app.GoalInput{Title: "Ask better questions"}}
	in.Result.Deadline = d.today() + 30
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, in))
	before := d.learning(t, "Something else")
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: p.Learning.ID}))
	for range 3 {
		d.Clock.AdvanceDays(2)
		must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, p.Result.Metric, app.ObservationInput{Value: ptr(4.0), Techniques: []tandem.TechniqueID{tech.ID}}))
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, p.Learning.ID, app.PracticeInput{Minutes: 15}))
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, before.ID, app.PracticeInput{Minutes: 60}))
	}
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, p.Learning.ID, app.LessonInput{Text: "Silence works."}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, p.Learning.ID, app.LevelInput{Level: 2}))
	must[tandem.Factor](t)(d.PutFactor(t.Context(), d.by, d.ws, p.Result.ID, app.FactorInput{InHands: false, Text: "The weather"}))
	d.Clock.AdvanceDays(40)
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, before.ID, app.LessonInput{Text: "Not of this result."}))

	v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, p.Result.ID))
	g := v.Gain
	if g.Uses != 4 || g.Practices != 3 || g.Minutes != 45 || len(g.Lessons) != 1 || len(g.Levels) != 1 || len(v.Factors) != 1 || len(v.Learning) != 1 {
		t.Errorf("gain %+v, factors %v, learning %v", g, v.Factors, v.Learning)
	}
	if v.Closing.Outcome != tandem.MovedALot || v.Closing.Value != 12 || v.Closing.Share != .6 {
		t.Errorf("closing %+v", v.Closing)
	}

	// Saved as one goes, at the version that was read.
	c := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Gained: ptr("I wait now.")}))
	_, err := d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Gained: ptr("from another window")})
	if tandem.KindOf(err) != tandem.KindStale {
		t.Errorf("a save over what was not read: %v", err)
	}
	c = must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Version: c.Version, Unexpected: ptr("A friend called.")}))
	if c.Gained != "I wait now." || c.Unexpected != "A friend called." || c.Done != 0 {
		t.Errorf("saved %+v", c)
	}
	if s := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, p.Result.ID)).GoalHead().State; s != tandem.Active {
		t.Errorf("saving closes nothing: %s", s)
	}
	c = must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Version: c.Version, Finish: true, Next: tandem.NextLearning, NextText: "Find out who buys"}))
	if s := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, p.Result.ID)).GoalHead().State; s != tandem.Closed {
		t.Errorf("the result is %s", s)
	}
	next := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, c.NextGoal)).GoalHead()
	learning := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, p.Learning.ID)).GoalHead()
	if next.Kind != tandem.KindLearning || next.Title != "Find out who buys" || learning.State != tandem.Active {
		t.Errorf("next %+v, the learning goal is %s", next, learning.State)
	}
	// What stands on the page stays as it was judged, whatever is logged later.
	must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, p.Result.Metric, app.ObservationInput{Value: ptr(8.0), Day: p.Result.Deadline}))
	if v = must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, p.Result.ID)); v.Closing.Value != 12 || v.Closing.Outcome != tandem.MovedALot {
		t.Errorf("a closed result changed: %+v", v.Closing)
	}
	if len(v.Gain.Lessons) != 1 || v.Gain.Uses != 4 {
		t.Errorf("what was gained is gone: %+v", v.Gain)
	}
}

func TestWhatComesNext(t *testing.T) {
	d := newDesk(t)
	open := func() (tandem.PerformanceGoal, tandem.LearningGoal) {
		in := app.PairInput{Result: d.sales(), Learning: app.GoalInput{Title: "Listen"}}
		y, m, _ := d.today().Date()
		in.Result.Start, in.Result.Deadline = tandem.DateDay(y, m, 1), tandem.PeriodMonth.Next(d.today())-1
		in.Result.SoFar, in.Result.Baseline = ptr(4.0), nil
		p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, in))
		d.Clock.AdvanceDays(int(in.Result.Deadline-d.today()) + 3)
		return p.Result, p.Learning
	}
	finish := func(g tandem.PerformanceGoal, next tandem.NextStep, text string) (tandem.Closing, error) {
		return d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Finish: true, Next: next, NextText: text, Gains: &[]tandem.GainWord{"what_works"}})
	}
	g, l := open()
	c := must[tandem.Closing](t)(finish(g, tandem.NextSame, ""))
	same := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, c.NextGoal)).(tandem.PerformanceGoal)
	if same.Metric != g.Metric || same.Target != g.Target || same.Start != g.Deadline+1 || same.Deadline != tandem.PeriodMonth.Next(same.Start)-1 || same.SoFar != 0 || same.State != tandem.Active {
		t.Errorf("the same for next month: %+v", same)
	}
	links := must[[]tandem.Fuels](t)(d.Store.For(d.by).FuelsTo(t.Context(), d.ws, d.ws, same.ID))
	if len(links) != 1 || links[0].Learning != l.ID {
		t.Errorf("its learning goal does not fuel the next one: %v", links)
	}
	g, l = open()
	_, err := finish(g, tandem.NextTechnique, " ")
	wantCode(t, err, "next_text: technique_name_missing")
	_, err = finish(g, tandem.NextLearning, "")
	wantCode(t, err, "next_text: title_missing")
	_, err = finish(g, "more", "")
	wantCode(t, err, "next: one_of")
	c = must[tandem.Closing](t)(finish(g, tandem.NextTechnique, "Call before noon"))
	tech := must[tandem.Technique](t)(d.GetTechnique(t.Context(), d.by, d.ws, c.NextTech))
	if tech.Name != "Call before noon" || tech.Goal != l.ID || tech.State != tandem.Trying {
		t.Errorf("technique %+v", tech)
	}
}

func TestAResultLetGoBeforeItsDayIsNoMiss(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	d.log(t, g.Metric, 2)
	c := must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Finish: true, Next: tandem.NextLetGo, ReleaseWhy: "We moved."}))
	if c.Outcome != tandem.LetGo || c.Outcome.Missed() || c.ReleaseWhy != "We moved." {
		t.Errorf("closed as %+v", c)
	}
	// Taken back, it goes on and can be closed again.
	head := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g.ID)).GoalHead()
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MoveReopen, head.Version))
	v := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, g.ID))
	if v.Closing.Done != 0 || v.Closing.Outcome != tandem.Started {
		t.Errorf("taken back: %+v", v.Closing)
	}
	d.log(t, g.Metric, 18)
	c = must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Version: v.Closing.Version, Finish: true}))
	if c.Outcome != tandem.Reached {
		t.Errorf("reached before its day, but closed as %+v", c)
	}
}

func TestAPausedResultCanBeClosedAndItsPauseEnds(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.sales())
	must[tandem.Goal](t)(d.MoveGoal(t.Context(), d.by, d.ws, g.ID, tandem.MovePause, g.Version))
	d.Clock.AdvanceDays(3)
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, g.ID, app.ClosingInput{Finish: true}))
	spans := must[map[int64][]tandem.Span](t)(d.Store.For(d.by).Pauses(t.Context(), d.ws))[int64(g.ID)]
	if len(spans) != 1 || spans[0].To != d.today() {
		t.Errorf("pauses %v", spans)
	}
}
