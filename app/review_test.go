package app_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

func (d *desk) review(t *testing.T) app.ReviewView {
	t.Helper()
	return must[app.ReviewView](t)(d.OpenReview(t.Context(), d.by, d.ws, tandem.NoDay))
}

func (d *desk) reply(t *testing.T, a ...app.ReviewAnswer) tandem.Review {
	t.Helper()
	return must[tandem.Review](t)(d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Answers: a}))
}

func (d *desk) finishReview(t *testing.T) tandem.Review {
	t.Helper()
	return must[tandem.Review](t)(d.FinishReview(t.Context(), d.by, d.ws, tandem.NoDay))
}

// stand gives a goal of the review under way, with where it stands.
func (d *desk) stand(t *testing.T, g tandem.GoalID) app.ReviewGoal {
	t.Helper()
	v := d.review(t)
	for i := range v.Goals {
		if v.Goals[i].Goal.GoalHead().ID == g {
			if err := d.Stand(t.Context(), d.by, &v, i); err != nil {
				t.Fatal(err)
			}
			return v.Goals[i]
		}
	}
	t.Fatalf("%v is not in the review", g)
	return app.ReviewGoal{}
}

// TestTheChangeOfAChanceIsToldAgainstTheLastReview keeps two reviews 12 days apart: the second, and the page
// of the result, tell the change from what the first one told, also after a value of before was corrected.
func TestTheChangeOfAChanceIsToldAgainstTheLastReview(t *testing.T) {
	d := newDesk(t)
	g := d.result(t, d.climbing(60))
	d.climb(t, g.Metric, 48, 40)
	d.reply(t, app.ReviewAnswer{Goal: g.ID, Choice: tandem.ReviewGoOn})
	told := d.page(t, g.ID).Forecast.Chance
	first := d.finishReview(t)
	if i := first.Item(g.ID); i == nil || i.Chance == nil || *i.Chance != told || i.SeenDay != d.today() || !first.IsDone() {
		t.Fatalf("kept %+v; the page told %v", first, told)
	}
	if m := d.page(t, g.ID).Moved; m != nil {
		t.Errorf("right after the review %+v is told", m)
	}
	since := d.today()
	for range 12 {
		d.Clock.AdvanceDays(1)
		d.log(t, g.Metric, 59)
	}
	check := func(m *app.Moved) {
		t.Helper()
		if m == nil {
			t.Fatal("nothing is told")
		}
		if m.Since != since || !m.Review || m.Days != 12 || m.New != 12 || m.From != told || math.Abs(m.From+m.Time+m.Values+m.Calendar+m.Goal-m.To) > 1e-12 {
			t.Errorf("told %+v, at the review it was %v", m, told)
		}
		from, to, p := m.Points()
		if from+p[0]+p[1]+p[2]+p[3] != to {
			t.Errorf("from %d to %d by %v", from, to, p)
		}
	}
	check(d.page(t, g.ID).Moved)
	s := d.stand(t, g.ID).Result
	check(s.Moved)
	if s.Was == nil || *s.Was != told {
		t.Errorf("it was %v", s.Was)
	}
	old := must[app.ObservationPage](t)(d.ListObservations(t.Context(), d.by, d.ws, g.Metric, "", 200)).Items[14]
	must[tandem.Observation](t)(d.EditObservation(t.Context(), d.by, d.ws, g.Metric, old.At, app.ObservationChange{Value: ptr(old.Value - 5)}))
	check(d.page(t, g.ID).Moved)

	// a second review: from then on it is that one
	d.finishReview(t)
	d.Clock.AdvanceDays(1)
	d.log(t, g.Metric, 59)
	if m := d.page(t, g.ID).Moved; m == nil || m.Days != 1 || m.New != 1 {
		t.Errorf("a day after the second review: %+v", m)
	}
}

// TestAReviewIsLeftTakenUpAndFinished walks a review over two days, with each choice, and finds it again.
func TestAReviewIsLeftTakenUpAndFinished(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		s := h.Person(t, "Mira")
		d := &desk{House: h, by: h.Actor(t, s), ws: s.Person.Personal}
		go1, late, gone := d.result(t, d.sales()), d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "10 reviews", Number: &app.MetricInput{Name: "Reviews", Form: tandem.FormTotal}, Target: ptr(10.0), Deadline: d.today() + 20}),
			d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Run 5 km", Number: &app.MetricInput{Name: "Run"}, Target: ptr(5.0), Deadline: d.today() + 30})
		up, rest := d.learning(t, "Listen"), d.learning(t, "Write")
		d.log(t, go1.Metric, 1)
		d.log(t, go1.Metric, 1)
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, up.ID, app.PracticeInput{Minutes: 20}))
		v := d.review(t)
		if v.Version != 0 || len(v.Goals) != 5 || v.Entries.Values != 2 || v.Entries.Practices != 1 || v.Entries.Minutes != 20 || v.Since != d.today()-6 {
			t.Fatalf("before it is begun: %+v", v)
		}
		if v.Goals[0].Goal.GoalHead().ID != late.ID || v.Goals[3].Goal.GoalHead().Kind != tandem.KindLearning {
			t.Errorf("order %v", v.Goals)
		}
		_, err := d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Answers: []app.ReviewAnswer{{Goal: late.ID, Choice: tandem.ReviewChange, Deadline: d.today() + 50}}})
		wantCode(t, err, "why: review_why")
		_, err = d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Answers: []app.ReviewAnswer{{Goal: late.ID, Choice: tandem.ReviewChange, Why: "x"}}})
		wantCode(t, err, "deadline: review_nothing_changed")
		_, err = d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Answers: []app.ReviewAnswer{{Goal: up.ID, Choice: tandem.ReviewLetGo}}})
		wantCode(t, err, "choice: one_of")
		if v = d.review(t); v.Version != 0 {
			t.Errorf("a refused answer began the review: %+v", v.Review)
		}
		d.reply(t, app.ReviewAnswer{Goal: late.ID, Choice: tandem.ReviewChange, Deadline: d.today() + 50, Why: "The shop was closed."})
		d.reply(t, app.ReviewAnswer{Goal: gone.ID, Choice: tandem.ReviewLetGo, Why: "Cycling suits me more."})

		d.Clock.AdvanceDays(2) // Monday: the review of last week was left, and is taken up
		if v = d.review(t); v.Week != tandem.PeriodWeek.Start(d.today())-7 || v.Item(late.ID) == nil || v.Item(late.ID).Why != "The shop was closed." {
			t.Fatalf("taken up: %+v", v.Review)
		}
		d.reply(t, app.ReviewAnswer{Goal: go1.ID, Choice: tandem.ReviewGoOn, Step: ptr("Call the baker")}, app.ReviewAnswer{Goal: up.ID, Choice: tandem.ReviewUp}, app.ReviewAnswer{Goal: rest.ID, Choice: tandem.ReviewRest})
		d.reply(t, app.ReviewAnswer{Goal: up.ID, Choice: tandem.ReviewUp}, app.ReviewAnswer{Goal: gone.ID, Choice: tandem.ReviewLetGo}) // a second press
		for range 2 {
			must[tandem.Review](t)(d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Lesson: ptr("Mornings are best."), LessonGoal: up.ID}))
		}
		done := d.finishReview(t)
		if done.DoneDay != d.today() || len(done.Items) != 5 || done.Item(go1.ID).Step != "Call the baker" {
			t.Errorf("finished %+v", done)
		}
		goal := func(id tandem.GoalID) tandem.AnyGoal {
			return must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, id))
		}
		if l := goal(up.ID).(tandem.LearningGoal); l.Aim != 1 || l.ReviewDay != d.today()+14 {
			t.Errorf("one level up: aim %d, next look in %d days", l.Aim, l.ReviewDay-d.today())
		}
		if goal(rest.ID).GoalHead().State != tandem.Resting || goal(gone.ID).GoalHead().State != tandem.Closed || goal(late.ID).(tandem.PerformanceGoal).Deadline != d.today()+48 {
			t.Errorf("rest %v, gone %v, late %v", goal(rest.ID), goal(gone.ID), goal(late.ID))
		}
		c := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, gone.ID))
		if c.Closing.Outcome != tandem.LetGo || c.Closing.ReleaseWhy != "Cycling suits me more." {
			t.Errorf("let go: %+v", c.Closing)
		}
		if ls := must[[]tandem.Lesson](t)(d.ListLessons(t.Context(), d.by, d.ws, up.ID)); len(ls) != 1 || ls[0].From != "review" {
			t.Errorf("lessons %+v", ls)
		}
		if st := must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)).Steps; len(st) != 1 || st[0].Step != "Call the baker" {
			t.Errorf("Today names %+v", st)
		}
		_, err = d.SaveReview(t.Context(), d.by, d.ws, done.Week, app.ReviewInput{})
		wantCode(t, err, "week: review_not_now")

		if v = d.review(t); v.Week != tandem.PeriodWeek.Start(d.today()) || v.Version != 0 || len(v.Goals) != 3 || v.Last != d.today() {
			t.Errorf("this week's: %+v", v)
		}
		d.Clock.AdvanceDays(4)
		if v = d.review(t); v.Since != d.today()-3 || d.stand(t, go1.ID).LastStep != "Call the baker" {
			t.Errorf("it looks back to %v", v.Since)
		}
		if all := must[[]tandem.Review](t)(d.ListReviews(t.Context(), d.by, d.ws, 10)); len(all) != 1 {
			t.Errorf("kept %+v", all)
		}
	})
}

// TestALookThatIsNotDueMovesNoDay says "the same" before the day and on it: 14 days, then 28.
func TestALookThatIsNotDueMovesNoDay(t *testing.T) {
	d := newDesk(t)
	l := d.learning(t, "Listen")
	next := func() tandem.Day {
		return must[tandem.AnyGoal](t)(d.GetGoal(t.Context(), d.by, d.ws, l.ID)).(tandem.LearningGoal).ReviewDay
	}
	first := next()
	d.Clock.AdvanceDays(7)
	d.reply(t, app.ReviewAnswer{Goal: l.ID, Choice: tandem.ReviewSame})
	d.finishReview(t)
	if next() != first {
		t.Errorf("a week before its day the look went to %v", next())
	}
	d.Clock.AdvanceDays(22)
	d.reply(t, app.ReviewAnswer{Goal: l.ID, Choice: tandem.ReviewSame})
	if got := next() - d.today(); got != 28 {
		t.Errorf("after 29 days the next look is in %d days", got)
	}
}

// TestWhatWentOverAsksWhatSetItOff counts strength beside it, and time off counts for nothing.
func TestWhatWentOverAsksWhatSetItOff(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "At most 2 coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay}))
	tick := func(n int) {
		for range n {
			_, _, err := d.TickMicroGoal(t.Context(), d.by, d.ws, m.ID, app.TickInput{})
			if err != nil {
				t.Fatal(err)
			}
			d.Clock.Advance(1e9)
		}
	}
	for i := range 10 {
		tick([]int{1, 3, 2, 0}[i%4])
		d.Clock.AdvanceDays(1)
	}
	v := d.review(t)
	if len(v.Slips) != 1 || len(v.Slips[0].Days) != 2 || v.Slips[0].Strength != (tandem.Strength{Done: 7, Of: 10}) {
		t.Fatalf("slips %+v", v.Slips)
	}
	d.reply(t, app.ReviewAnswer{Micro: m.ID, SetOff: ptr("A long meeting")})
	if v = d.review(t); v.Slips[0].SetOff != "A long meeting" {
		t.Errorf("slips %+v", v.Slips)
	}
	must[tandem.MicroGoal](t)(d.PauseMicroGoal(t.Context(), d.by, d.ws, m.ID, app.PauseInput{}))
	tick(5)
	d.Clock.AdvanceDays(5)
	if v = d.review(t); len(v.Slips) != 1 || len(v.Slips[0].Days) != 2 || v.Slips[0].Strength.Of != 10 {
		t.Errorf("in time off: %+v", v.Slips)
	}
}

// TestTheReviewIsOfferedOnTheFirstFridayWithThreeEntries goes through the days of two weeks.
func TestTheReviewIsOfferedOnTheFirstFridayWithThreeEntries(t *testing.T) {
	d := newDesk(t) // a Saturday
	g := d.result(t, d.sales())
	offered := func() bool {
		c, ok, err := d.OfferConcept(t.Context(), d.by, d.ws, func(c tandem.Concept) bool { return c.Key == "review" })
		if err != nil {
			t.Fatal(err)
		}
		return ok && c.Key == "review"
	}
	for i := range 14 {
		d.Clock.AdvanceDays(1) // Sunday first
		want := i >= 12        // the second Friday
		if got := offered(); got != want {
			t.Errorf("day %d, a %v: offered %v", i, d.today().Weekday(), got)
		}
		if i == 3 || i == 4 || i == 9 || i == 10 || i == 11 {
			d.log(t, g.Metric, 1)
		}
		if want {
			return
		}
	}
}
