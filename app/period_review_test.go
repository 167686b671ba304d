package app_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// november is a desk on 1 November 2026 with three results of November, one beyond it and a learning goal.
func november(t *testing.T, h *apptest.House) (d *desk, sales, calls, run, far tandem.PerformanceGoal, listen tandem.LearningGoal) {
	t.Helper()
	h.Clock.Set(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	s := h.Person(t, "Mira")
	d = &desk{House: h, by: h.Actor(t, s), ws: s.Person.Personal}
	total := func(title string, target float64, day tandem.Day) tandem.PerformanceGoal {
		return d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: title, Number: &app.MetricInput{Name: title, Form: tandem.FormTotal}, Target: &target, Deadline: day})
	}
	last := tandem.DateDay(2026, 11, 30)
	sales, calls, run, far = total("20 sales", 20, last), total("30 calls", 30, last), total("5 runs", 5, last), total("90 pages", 90, last+40)
	listen = d.learning(t, "Listen")
	must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, listen.ID, app.PracticeInput{Minutes: 20}))
	must[tandem.Lesson](t)(d.AddLesson(t.Context(), d.by, d.ws, listen.ID, app.LessonInput{Text: "Silence helps."}))
	d.Clock.AdvanceDays(10)
	d.log(t, sales.Metric, 17)
	d.log(t, calls.Metric, 12)
	d.log(t, run.Metric, 6)
	return d, sales, calls, run, far, listen
}

func (d *desk) lookBack(t *testing.T) app.PeriodView {
	t.Helper()
	return must[app.PeriodView](t)(d.OpenPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay))
}

// TestAMonthIsLookedBackAt closes three results in their three ways, each once however often it is pressed, and
// takes a question along.
func TestAMonthIsLookedBackAt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		d, sales, calls, run, far, listen := november(t, h)
		carry := func(x app.PeriodAnswer) error {
			_, err := d.SavePeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay, app.PeriodInput{Answers: []app.PeriodAnswer{x}})
			return err
		}
		if v := d.lookBack(t); v.First != tandem.DateDay(2026, 10, 1) || len(v.Results) != 0 {
			t.Errorf("in November it looks at %s: %+v", v.First, v.Results)
		}
		d.Clock.Set(time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
		v := d.lookBack(t)
		if v.First != tandem.DateDay(2026, 11, 1) || v.Version != 0 || len(v.Results) != 3 || len(v.Going) != 1 || v.Going[0].ID != far.ID || v.Entries.Values != 3 || len(v.Lessons) != 1 {
			t.Fatalf("before it is begun: %+v", v)
		}
		if l := v.Learning; len(l) != 1 || l[0].ID != listen.ID || l[0].Practices != 1 || l[0].Minutes != 20 || l[0].Lessons != 1 {
			t.Errorf("learning %+v", l)
		}
		target := 15.0
		wantCode(t, carry(app.PeriodAnswer{Goal: calls.ID, Choice: tandem.CarryChanged, Target: &target}), "why: carry_why")
		wantCode(t, carry(app.PeriodAnswer{Goal: calls.ID, Choice: tandem.CarryChanged, Why: "x"}), "target: carry_nothing_changed")
		wantCode(t, carry(app.PeriodAnswer{Goal: calls.ID, Choice: tandem.CarryDone}), "choice: one_of")
		wantCode(t, carry(app.PeriodAnswer{Goal: far.ID, Choice: tandem.CarrySame}), "goal: period_other_goal")
		if v = d.lookBack(t); v.Version != 0 {
			t.Errorf("what was refused began it: %+v", v.PeriodReview)
		}
		for range 2 {
			for _, x := range []app.PeriodAnswer{
				{Goal: sales.ID, Choice: tandem.CarryReleased}, {Goal: calls.ID, Choice: tandem.CarryChanged, Target: &target, Why: "The shop was closed for two weeks."}, {Goal: run.ID, Choice: tandem.CarrySame},
			} {
				if err := carry(x); err != nil {
					t.Fatalf("%+v: %v", x, err)
				}
			}
		}
		wantCode(t, carry(app.PeriodAnswer{Goal: sales.ID, Choice: tandem.CarrySame}), "choice: period_closed")
		results := must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{Own: true, Limit: 50}))
		open := map[string]tandem.PerformanceGoal{}
		for _, l := range results.Items {
			if l.Result != nil && l.Result.State == tandem.Active {
				open[l.Result.Title] = *l.Result
			}
		}
		if len(open) != 3 || open["30 calls"].Target != 15 || open["30 calls"].Deadline != tandem.DateDay(2026, 12, 31) || open["5 runs"].Target != 5 || open["5 runs"].Start != tandem.DateDay(2026, 12, 1) {
			t.Errorf("open are %+v", open)
		}
		for id, want := range map[tandem.GoalID]tandem.Outcome{sales.ID: tandem.VeryClose, calls.ID: tandem.Started, run.ID: tandem.Exceeded} {
			if c := must[app.ClosingView](t)(d.OpenClosing(t.Context(), d.by, d.ws, id)); c.Closing.Outcome != want || c.Closing.Done == 0 {
				t.Errorf("%s ended as %+v", c.Goal.Title, c.Closing)
			}
		}
		question := "  Who buys twice?  "
		must[tandem.PeriodReview](t)(d.SavePeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay, app.PeriodInput{Question: &question}))
		must[tandem.PeriodReview](t)(d.FinishPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay))
		if _, err := d.FinishPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay); err == nil {
			t.Error("it can be finished twice")
		}
		v = d.lookBack(t)
		if !v.IsDone() || v.Question != "Who buys twice?" || len(v.Items) != 3 || v.Item(calls.ID).Why == "" || v.Item(calls.ID).Next != open["30 calls"].ID {
			t.Errorf("kept %+v", v.PeriodReview)
		}
		_, err := d.SavePeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.DateDay(2026, 10, 1), app.PeriodInput{})
		wantCode(t, err, "first_day: period_not_now")
		_, err = d.OpenPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.DateDay(2026, 11, 2))
		wantCode(t, err, "first_day: period_first")
		_, err = d.OpenPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodWeek, tandem.NoDay)
		wantCode(t, err, "period: one_of")
		d.Clock.Set(time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)) // its last day: the month that ends today
		if v = d.lookBack(t); v.First != tandem.DateDay(2026, 12, 1) || v.Asked != "Who buys twice?" || len(v.Results) != 2 {
			t.Errorf("the next one: %+v", v)
		}
		q := must[app.PeriodView](t)(d.OpenPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodQuarter, tandem.NoDay))
		if q.First != tandem.DateDay(2026, 10, 1) || q.Last() != tandem.DateDay(2026, 12, 31) || len(q.Results) != 5 {
			t.Errorf("the quarter: %+v", q)
		}
		if all := must[[]tandem.PeriodReview](t)(d.ListPeriodReviews(t.Context(), d.by, d.ws, 10)); len(all) != 1 {
			t.Errorf("kept are %+v", all)
		}
	})
}

// TestTheReviewOfAMonthIsOfferedAfterTheFirstMonthWithEntries, once, and then Today has its line until it is done.
func TestTheReviewOfAMonthIsOfferedAfterTheFirstMonthWithEntries(t *testing.T) {
	d, _, _, _, _, _ := november(t, apptest.New(t))
	offered := func() bool {
		c, ok, err := d.OfferConcept(t.Context(), d.by, d.ws, func(c tandem.Concept) bool { return c.Key == "month_review" })
		if err != nil {
			t.Fatal(err)
		}
		return ok && c.Key == "month_review"
	}
	waits := func() *app.ReviewWaiting { return must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)).Review }
	for day := tandem.DateDay(2026, 11, 11); day < tandem.DateDay(2026, 12, 1); day++ {
		d.Clock.Set(day.Noon(time.UTC).Time())
		if offered() || waits() != nil {
			t.Errorf("%s: offered %v, waits %v", day, offered(), waits())
		}
	}
	d.Clock.Set(time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
	if !offered() || waits() != nil {
		t.Errorf("on 1 December: offered %v, waits %v", offered(), waits())
	}
	if err := d.AnswerConcept(t.Context(), d.by, "month_review", true); err != nil {
		t.Fatal(err)
	}
	if w := waits(); w == nil || w.Period != tandem.PeriodMonth || w.First != tandem.DateDay(2026, 11, 1) {
		t.Errorf("waits %+v", w)
	}
	if err := d.AnswerConcept(t.Context(), d.by, "review", true); err != nil {
		t.Fatal(err)
	}
	d.Clock.Set(time.Date(2026, 12, 4, 9, 0, 0, 0, time.UTC)) // a Friday: the week goes first
	if w := waits(); w == nil || w.Period != tandem.PeriodWeek {
		t.Errorf("on Friday waits %+v", w)
	}
	must[tandem.Review](t)(d.FinishReview(t.Context(), d.by, d.ws, tandem.NoDay))
	if w := waits(); w == nil || w.Period != tandem.PeriodMonth {
		t.Errorf("after the review of the week waits %+v", w)
	}
	must[tandem.PeriodReview](t)(d.FinishPeriodReview(t.Context(), d.by, d.ws, tandem.PeriodMonth, tandem.NoDay))
	if w := waits(); w != nil {
		t.Errorf("after both waits %+v", w)
	}
	d.Clock.Set(time.Date(2026, 12, 16, 9, 0, 0, 0, time.UTC))
	if offered() {
		t.Error("offered in the second half of a month")
	}
}
