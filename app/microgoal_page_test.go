package app_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/app"
)

// TestHalfTheSizeWaitsAfterTimeAway walks three weeks: a week of practice, eight days of nothing, and back. The
// review offers half once, from the next Monday or first of a month on, and until then nothing is asked.
func TestHalfTheSizeWaitsAfterTimeAway(t *testing.T) {
	d := newDesk(t)
	d.Clock.Set(time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)) // a Monday
	l := d.learning(t, "Listen")
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Listen", Goal: l.ID, Amount: 15, Times: 5}))
	practise := func() {
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Minutes: 15}))
	}
	for range 5 {
		practise()
		if v := d.review(t); len(v.Sizes) != 0 {
			t.Fatalf("on a good run it offers %+v", v.Sizes)
		}
		d.Clock.AdvanceDays(1)
	}
	d.Clock.Set(time.Date(2026, 11, 13, 12, 0, 0, 0, time.UTC)) // the seventh day without an entry is today
	if v := d.review(t); len(v.Sizes) != 1 {
		t.Errorf("after seven days: %+v", v.Sizes)
	}
	d.Clock.Set(time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)) // a Wednesday
	practise()
	v := d.review(t)
	if len(v.Sizes) != 1 || v.Sizes[0].Half.Amount != 8 || v.Sizes[0].From != tandem.DateDay(2026, 11, 23) {
		t.Fatalf("back on Wednesday: %+v", v.Sizes)
	}
	_, err := d.SaveReview(t.Context(), d.by, d.ws, tandem.NoDay, app.ReviewInput{Answers: []app.ReviewAnswer{{Micro: m.ID, Choice: tandem.ReviewUp}}})
	wantCode(t, err, "choice: one_of")
	for range 2 { // a second press halves nothing again
		d.reply(t, app.ReviewAnswer{Micro: m.ID, Choice: tandem.ReviewHalf})
	}
	page := must[app.MicroGoalView](t)(d.OpenMicroGoal(t.Context(), d.by, d.ws, m.ID))
	if page.Amount != 8 || !page.Paused(tandem.DateDay(2026, 11, 22)) || page.Paused(tandem.DateDay(2026, 11, 23)) || page.MicroGoal.Times != 5 {
		t.Errorf("halved: %+v", page.MicroGoal)
	}
	d.finishReview(t)
	d.Clock.Set(time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	if v := d.review(t); len(v.Sizes) != 0 {
		t.Errorf("a week later the same time away offers %+v", v.Sizes)
	}
}

// TestWhatSetItOffIsAskedWhereItIsLogged ticks once too often, says why, and finds it in the list beside what the
// review said.
func TestWhatSetItOffIsAskedWhereItIsLogged(t *testing.T) {
	d := newDesk(t)
	m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "At most 2 coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay}))
	asks := func() (ask bool) {
		for _, i := range must[app.TodayView](t)(d.Today(t.Context(), d.by, d.ws)).Items {
			ask = ask || i.AskSetOff
		}
		if got := must[app.MicroGoalView](t)(d.OpenMicroGoal(t.Context(), d.by, d.ws, m.ID)).Asks; got != ask {
			t.Errorf("Today asks %v, its page %v", ask, got)
		}
		return ask
	}
	_, err := d.SaySetOff(t.Context(), d.by, d.ws, m.ID, "Nothing yet")
	wantCode(t, err, "text: set_off_no_value")
	for i := range 3 {
		if asks() {
			t.Errorf("asked after %d of at most 2", i)
		}
		if _, _, err := d.TickMicroGoal(t.Context(), d.by, d.ws, m.ID, app.TickInput{}); err != nil {
			t.Fatal(err)
		}
		d.Clock.Advance(time.Minute)
	}
	if !asks() {
		t.Error("not asked after 3 of at most 2")
	}
	must[tandem.Observation](t)(d.SaySetOff(t.Context(), d.by, d.ws, m.ID, "A long meeting"))
	if asks() {
		t.Error("asked again after it was said")
	}
	d.reply(t, app.ReviewAnswer{Micro: m.ID, SetOff: ptr("Too little sleep")})
	d.Clock.AdvanceDays(1)
	v := must[app.MicroGoalView](t)(d.OpenMicroGoal(t.Context(), d.by, d.ws, m.ID))
	if v.Asks || len(v.SetOffs) != 2 || v.SetOffs[0].Text != "Too little sleep" || !v.SetOffs[0].Review || v.SetOffs[1].Text != "A long meeting" || v.SetOffs[1].Review {
		t.Errorf("the list: %+v", v.SetOffs)
	}
}

// TestTheCountOfDaysIsForAdultsWhoAskForIt looks for "n of the last 28 days" in every place that could tell it.
func TestTheCountOfDaysIsForAdultsWhoAskForIt(t *testing.T) {
	for _, age := range []tandem.AgeBand{tandem.Adult, tandem.Teen, tandem.Child} {
		t.Run(string(age), func(t *testing.T) {
			d := newDesk(t)
			d.Clock.Set(time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC))
			if age != tandem.Adult {
				d.by = d.Actor(t, d.Minor(t, "Tom", age))
				d.ws = must[tandem.Person](t)(d.Store.For(d.by).Person(t.Context())).Personal
			}
			l := d.learning(t, "Listen")
			m := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Listen", Goal: l.ID, Amount: 15, Times: 7}))
			most := must[tandem.MicroGoal](t)(d.CreateMicroGoal(t.Context(), d.by, d.ws, app.MicroGoalInput{Title: "Coffees", Times: 2, AtMost: true, Period: tandem.PeriodDay}))
			for day := range 10 {
				if day != 4 { // a day without
					must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, l.ID, app.PracticeInput{Minutes: 15}))
				}
				if day < 9 {
					d.Clock.AdvanceDays(1)
				}
			}
			told := func(id tandem.MicroGoalID) *tandem.Strength {
				return must[app.MicroGoalView](t)(d.OpenMicroGoal(t.Context(), d.by, d.ws, id)).Strength
			}
			reviewed := func() int {
				v := d.review(t)
				for i := range v.Goals {
					if v.Goals[i].Goal.GoalHead().ID == l.ID {
						if err := d.Stand(t.Context(), d.by, &v, i); err != nil {
							t.Fatal(err)
						}
						return len(v.Goals[i].Learning.Strengths)
					}
				}
				t.Fatal("the review has no such goal")
				return 0
			}
			if s := told(m.ID); s != nil || reviewed() != 0 {
				t.Errorf("nobody asked, and the page tells %+v, the review %d", s, reviewed())
			}
			on, off := true, false
			_, err := d.ChangeMicroGoal(t.Context(), d.by, d.ws, m.ID, app.MicroGoalChange{Version: m.Version, ShowDays: &on})
			if age != tandem.Adult {
				wantCode(t, err, "show_days: days_adults")
				if s := told(most.ID); s != nil {
					t.Errorf("of what is at most it tells %+v", s)
				}
				if _, err := d.ChangeMicroGoal(t.Context(), d.by, d.ws, m.ID, app.MicroGoalChange{Version: m.Version, ShowDays: &off}); err != nil {
					t.Errorf("off is refused: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s := told(m.ID); s == nil || *s != (tandem.Strength{Done: 9, Of: 10}) || reviewed() != 1 {
				t.Errorf("asked for, the page tells %+v, the review %d", s, reviewed())
			}
			if told(most.ID) == nil {
				t.Error("of what is at most it tells nothing")
			}
			d.Clock.AdvanceDays(1) // a day that is not over takes nothing away, and a miss resets nothing
			if s := told(m.ID); s == nil || *s != (tandem.Strength{Done: 9, Of: 10}) {
				t.Errorf("the next morning: %+v", s)
			}
			d.Clock.AdvanceDays(1)
			if s := told(m.ID); s == nil || *s != (tandem.Strength{Done: 9, Of: 11}) {
				t.Errorf("after a day without: %+v", s)
			}
			must[tandem.MicroGoal](t)(d.ChangeMicroGoal(t.Context(), d.by, d.ws, m.ID, app.MicroGoalChange{Version: m.Version + 1, ShowDays: &off}))
			if told(m.ID) != nil {
				t.Error("switched off, it still tells")
			}
		})
	}
}
