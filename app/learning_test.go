package app_test

import (
	"slices"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestAResultIsReachedInSmallSteps sets three steps on the way, takes them one by one, and finds the next one
// on Today when its day is near.
func TestAResultIsReachedInSmallSteps(t *testing.T) {
	d := newDesk(t)
	g, l := d.result(t, d.sales()), d.learning(t, "Listen")
	var steps []tandem.Milestone
	for i, v := range []float64{5, 10, 15} {
		steps = append(steps, must[tandem.Milestone](t)(d.PutMilestone(t.Context(), d.by, d.ws, g.ID, app.MilestoneInput{Title: "Sell more", Value: &v, Due: d.today() + tandem.Day(20*(i+1))})))
	}
	_, err := d.PutMilestone(t.Context(), d.by, d.ws, l.ID, app.MilestoneInput{Title: "Ask twice", Due: d.today() + 20})
	wantCode(t, err, "due: learning_no_deadline")
	next := func() (out []tandem.MilestoneID) {
		for _, i := range must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)).Items {
			if i.Kind == "milestone" {
				out = append(out, i.Milestone.ID)
			}
		}
		return out
	}
	if got := next(); got != nil {
		t.Errorf("twenty days before, Today asks for %v", got)
	}
	d.Clock.AdvanceDays(15)
	if got := next(); !slices.Equal(got, []tandem.MilestoneID{steps[0].ID}) {
		t.Errorf("five days before, Today asks for %v", got)
	}
	done := must[tandem.Milestone](t)(d.FinishMilestone(t.Context(), d.by, d.ws, g.ID, steps[0].ID, app.DoneInput{Lesson: "Mornings are best."}))
	if done.Done != d.today() || next() != nil {
		t.Errorf("done %+v, Today still asks for %v", done, next())
	}
	all := must[[]tandem.Milestone](t)(d.ListMilestones(t.Context(), d.by, d.ws, g.ID))
	lessons := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, g.ID))
	if len(all) != 3 || all[0].Done == tandem.NoDay || all[1].Done != tandem.NoDay || *all[2].Value != 15 || len(lessons) != 1 || all[0].Lesson != lessons[0].ID {
		t.Errorf("steps %+v, lessons %+v", all, lessons)
	}
	if p := must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, g.ID)).(tandem.PerformanceGoal); p.Target != 20 || p.State != tandem.Active {
		t.Errorf("a step changed its result: %+v", p)
	}
}

// TestWhatWasLearnedOutlivesItsGoals closes the result, deletes it, lets the learning goal go, and finds level,
// lesson and technique each time.
func TestWhatWasLearnedOutlivesItsGoals(t *testing.T) {
	d := newDesk(t)
	p := must[app.Pair](t)(d.CreatePair(t.Context(), d.by, d.ws, app.PairInput{Result: d.sales(), Learning: app.GoalInput{Title: "Listen"}}))
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, p.Learning.ID, app.LevelInput{Level: 3, How: tandem.HowRealUse}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, p.Learning.ID, app.LessonInput{Text: "Silence works."}))
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause", Goal: p.Learning.ID}))
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, tech.ID, app.UseInput{}))
	d.Clock.AdvanceDays(91)
	for _, end := range []struct {
		what string
		do   func() error
	}{
		{"the result is closed", func() error {
			_, err := d.SaveClosing(t.Context(), d.by, d.ws, p.Result.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true, Next: tandem.NextLetGo})
			return err
		}},
		{"the result is deleted", func() error { return d.DeleteGoal(t.Context(), d.by, d.ws, p.Result.ID) }},
		{"the learning is let go", func() error {
			_, err := d.MoveGoal(t.Context(), d.by, d.ws, p.Learning.ID, tandem.MoveRelease, p.Learning.Version)
			return err
		}},
	} {
		if err := end.do(); err != nil {
			t.Fatal(end.what, err)
		}
		v := must[app.LearningView](t)(d.LearningPage(t.Context(), d.by, d.ws, p.Learning.ID))
		if v.Noticed != 3 || len(v.Lessons) != 1 || v.Lessons[0].Text != "Silence works." || len(v.Techniques) != 1 || len(v.TechUses[tech.ID]) != 1 {
			t.Errorf("%s: level %d, lessons %v, techniques %v, uses %v", end.what, v.Noticed, v.Lessons, v.Techniques, v.TechUses)
		}
	}
}

// TestAPracticeIsKeptWithMinutesJoyAndLesson logs practice under a micro-goal in minutes, which counts it.
func TestAPracticeIsKeptWithMinutesJoyAndLesson(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Listen", Goal: l.ID, Amount: 15, Times: 5}))
	d.Clock.AdvanceDays(2) // Monday
	for _, in := range []app.PracticeInput{{Minutes: 10, Enjoyment: 2}, {Minutes: 5, Enjoyment: 5, Activity: "practise", Reflection: "They talk when I wait."}, {Activity: "reflect", Reflection: "I hurry when I am tired."}} {
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, l.ID, in))
	}
	ps := must[[]tandem.Practice](t)(d.ListPractice(t.Context(), d.by, d.ws, l.ID, d.today(), d.today()))
	if len(ps) != 3 || ps[0].Enjoyment != 2 || ps[1].Enjoyment != 5 || ps[1].Activity != "practise" || ps[2].Activity != "reflect" {
		t.Errorf("kept %+v", ps)
	}
	ls := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, l.ID))
	if len(ls) != 2 || ls[0].Text != "I hurry when I am tired." || ls[1].From != "practice" {
		t.Errorf("lessons %+v", ls)
	}
	all := must[[]app.MicroGoalTally](t)(d.ListMicroGoals(t.Context(), d.by, d.ws, l.ID))
	if len(all) != 1 || all[0].ID != m.ID || all[0].Tally.Done != 1 || all[0].Tally.TodaySum != 15 {
		t.Errorf("10 and 5 minutes make a day of 15: %+v", all)
	}
	_, err := d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Minutes: 5, Enjoyment: 6})
	wantCode(t, err, "enjoyment: int_range")
}

// TestASlipTakesNothingFromAMicroGoalOfAtMost goes over what was asked on one day: that day is told, the next
// one begins anew, and nothing that was kept before is gone.
func TestASlipTakesNothingFromAMicroGoalOfAtMost(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Cigarettes", Times: 2, AtMost: true, Period: tandem.PeriodDay}))
	tally := func() tandem.Tally {
		t.Helper()
		return must[[]app.MicroGoalTally](t)(d.ListMicroGoals(t.Context(), d.by, d.ws, 0))[0].Tally
	}
	for n := 0; n <= 3; n++ {
		if got := tally(); got.Kept != (n <= 2) || got.Done != float64(n) || got.Asked != 2 {
			t.Errorf("after %d: %+v", n, got)
		}
		d.log(t, m.Metric, 1)
	}
	d.Clock.AdvanceDays(1)
	if got := tally(); !got.Kept || got.Done != 0 {
		t.Errorf("on the next day: %+v", got)
	}
	if v := d.values(t, m.Metric); len(v) != 4 {
		t.Errorf("%d values stand", len(v))
	}
}

// TestLearningIsPrivateUnlessItsOwnerShowsIt makes a learning goal in a team without saying who sees it.
func TestLearningIsPrivateUnlessItsOwnerShowsIt(t *testing.T) {
	h := apptest.New(t)
	mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
	ws := h.Team(t, mira, noor)
	d := &desk{House: h, by: h.Actor(t, mira), ws: ws}
	member := h.Actor(t, noor)
	l := d.learning(t, "Stay calm")
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, ws, l.ID, app.LevelInput{Level: 2}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, ws, l.ID, app.LessonInput{Text: "I was afraid of the phone."}))
	seen := func() (errs []error) {
		_, page := d.LearningPage(t.Context(), member, ws, l.ID)
		_, goal := d.GetGoal(t.Context(), member, ws, l.ID)
		return append(errs, page, goal)
	}
	listed := func() int {
		return len(must[app.GoalPage](t)(d.ListGoals(t.Context(), member, ws, app.GoalQuery{Limit: 10})).Items)
	}
	for _, err := range seen() {
		wantCode(t, err, "not_found")
	}
	if n := listed(); n != 0 {
		t.Errorf("%d goals are listed for somebody else", n)
	}
	must[tandem.AnyGoal](t)(d.ChangeGoal(t.Context(), d.by, ws, l.ID, app.GoalChange{Version: l.Version, Visibility: ptr(tandem.ByWorkspace)}))
	for _, err := range seen() {
		wantCode(t, err, "")
	}
	if n := listed(); n != 1 {
		t.Errorf("%d goals are listed once it is shared", n)
	}
	_, err := d.ListLessons(t.Context(), member, ws, l.ID) // what was written about oneself stays one's own
	if err == nil {
		t.Error("the lessons of a shared learning goal are read by somebody else")
	}
}

// TestATrialNeedsNobodysApproval has an ordinary member of a team begin a trial, use it and decide.
func TestATrialNeedsNobodysApproval(t *testing.T) {
	h := apptest.New(t)
	mira, noor := h.Person(t, "Mira"), h.Person(t, "Noor")
	ws := h.Team(t, mira, noor)
	d := &desk{House: h, by: h.Actor(t, noor), ws: ws}
	tech := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, ws, app.TechniqueInput{Name: "No meetings on Fridays"}))
	if tech.State != tandem.Trying {
		t.Fatalf("a new trial waits as %s", tech.State)
	}
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, ws, tech.ID, app.UseInput{Helped: 1}))
	tech = must[tandem.Technique](t)(d.ChangeTechnique(t.Context(), d.by, ws, tech.ID, app.TechniqueChange{Version: tech.Version, State: ptr(tandem.Kept), Verdict: ptr("Quiet work gets done.")}))
	if tech.State != tandem.Kept || tech.Owner != d.by.Person {
		t.Errorf("decided %+v", tech)
	}
	_, err := d.ChangeTechnique(t.Context(), h.Actor(t, mira), ws, tech.ID, app.TechniqueChange{Version: tech.Version, State: ptr(tandem.Dropped)})
	wantCode(t, err, "not_found") // nor does anybody else decide
}

// TestWhatWasUsedOnceIsNotCalledUnused looks at Today long after the only use.
func TestWhatWasUsedOnceIsNotCalledUnused(t *testing.T) {
	d := newDesk(t)
	used := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "The pause"}))
	never := must[tandem.Technique](t)(d.CreateTechnique(t.Context(), d.by, d.ws, app.TechniqueInput{Name: "Ask twice"}))
	must[tandem.Use](t)(d.LogUse(t.Context(), d.by, d.ws, used.ID, app.UseInput{}))
	for _, days := range []int{0, 1, 89, 1, 1, 200} {
		d.Clock.AdvanceDays(days)
		v := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws))
		if len(v.Unused) != 1 || v.Unused[0].ID != never.ID {
			t.Errorf("on %s not yet used: %+v", d.today(), v.Unused)
		}
	}
}

// TestTheNextLevelIsAboveWhatWasNoticed raises the aim, which is a look of its own when its day has come.
func TestTheNextLevelIsAboveWhatWasNoticed(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	must[tandem.Evidence](t)(d.NoticeLevel(t.Context(), d.by, d.ws, l.ID, app.LevelInput{Level: 3, How: tandem.HowRealUse}))
	stands := func() tandem.LearningGoal {
		t.Helper()
		return must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, l.ID)).(tandem.LearningGoal)
	}
	if aim := must[int](t)(d.NextLevel(t.Context(), d.by, d.ws, l.ID)); aim != 4 || stands().Aim != 4 || stands().ReviewDay != l.ReviewDay {
		t.Errorf("aims at %d, stands %+v", aim, stands())
	}
	d.Clock.AdvanceDays(int(l.ReviewDay - d.today()))
	if aim := must[int](t)(d.NextLevel(t.Context(), d.by, d.ws, l.ID)); aim != 5 || stands().ReviewDay != d.today()+14 {
		t.Errorf("on its day: aims at %d, looks again %s", aim, stands().ReviewDay)
	}
	d.Clock.AdvanceDays(14)
	next := must[tandem.Day](t)(d.LookAgain(t.Context(), d.by, d.ws, l.ID, app.LookInput{}))
	if next != d.today()+28 || stands().ReviewDay != next || stands().Aim != 5 || stands().State != tandem.Active {
		t.Errorf("looked: next %s, stands %+v", next, stands())
	}
}

// TestARateIsCountedFromDailyToYearly logs one value in each stretch of the year, and Today says what the
// period of each result holds so far.
func TestARateIsCountedFromDailyToYearly(t *testing.T) {
	d := newDesk(t)
	days := []tandem.Day{d.today(), tandem.DateDay(2026, 11, 17), tandem.DateDay(2026, 11, 2), tandem.DateDay(2026, 10, 5), tandem.DateDay(2026, 2, 3), tandem.DateDay(2025, 12, 30)}
	for i, p := range []tandem.Period{tandem.PeriodDay, tandem.PeriodWeek, tandem.PeriodMonth, tandem.PeriodQuarter, tandem.PeriodYear} {
		in := app.GoalInput{Kind: tandem.KindPerformance, Title: "Calls", Number: number("Calls", tandem.FormRate, tandem.Up), Target: ptr(3.0), Start: tandem.DateDay(2025, 1, 1), Deadline: tandem.DateDay(2027, 12, 31)}
		in.Number.Period = p
		g := d.result(t, in)
		for _, day := range days {
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, g.Metric, app.ObservationInput{Value: ptr(1.0), Day: day}))
		}
		var sum float64
		for _, x := range must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)).Items {
			if x.Kind == "log" && x.Result.ID == g.ID && x.Period == p {
				sum = x.Sum
			}
		}
		if sum != float64(i+1) {
			t.Errorf("each %s: %v so far", p, sum)
		}
		o := must[app.Outlook](t)(d.Outlook(t.Context(), d.by, d.ws, g.ID))
		if o.Goal.Target != 3 || len(o.Input.Points) == 0 {
			t.Errorf("each %s: %d whole periods", p, len(o.Input.Points))
		}
	}
}
