package app

import (
	"context"
	"math"
	"time"

	"tandem"
	"tandem/policy"
)

// How much of a period a look back reads at most.
const (
	periodLessons = 500
	goingShown    = 5
)

// A PeriodView is a look back as it is shown: what the time was, each result whose day lay in it, learning goals
// at a glance, and the question for the time that follows.
type PeriodView struct {
	tandem.PeriodReview
	Today    tandem.Day
	Asked    string // the question that the look back before left; "" for none
	Entries  tandem.Entries
	Lessons  []tandem.Lesson   // of the period, newest first
	Results  []PeriodResult    // whose day lay in it, by that day
	Going    []PeriodGoing     // results under way beyond it, the nearest first, a few
	More     int               // results under way beyond those
	Learning []PeriodLearning  // all that are not released
	Levels   []tandem.Evidence // noticed in it
}

// A PeriodResult is a result whose day lay in the period. Closing is there once StandClosed asked for it.
type PeriodResult struct {
	tandem.ListedResult
	Answer  tandem.PeriodItem
	Outcome tandem.Outcome // of one that is closed
	Closing *ClosingView
}

// A PeriodGoing is a result that goes on.
type PeriodGoing struct{ tandem.ListedResult }

// A PeriodLearning is what was done for a learning goal in the period.
type PeriodLearning struct {
	tandem.LearningGoal
	Practices int // days
	Minutes   float64
	Uses      int
	Lessons   int
	Level     int // the highest noticed in it; 0 for none
}

// periodOf gives the look back at a period as it stands, or as it would begin. NoDay is the one under way: the
// newest that is over, or that ends today.
func (a *App) periodOf(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (v tandem.PeriodReview, today tandem.Day, err error) {
	if today, err = a.today(ctx, r); err != nil {
		return v, today, err
	}
	if err := (tandem.PeriodReview{Period: period}).Validate(); err != nil {
		return v, today, err
	}
	now := period.Ended(today)
	switch {
	case first == tandem.NoDay:
		first = now
	case first != period.Start(first):
		return v, today, tandem.Invalid("first_day", "period_first", tandem.Args{"first": period.Start(first).String()})
	}
	v, err = r.PeriodReview(ctx, ws, period, first)
	if tandem.KindOf(err) != tandem.KindNotFound || first != now {
		return v, today, err
	}
	return tandem.PeriodReview{Workspace: ws, Owner: by.Person, Period: period, First: first, Day: today, DoneDay: tandem.NoDay, Created: a.now()}, today, nil
}

// OpenPeriodReview gives a look back of the actor's, the one under way for NoDay. Reading one writes nothing.
func (a *App) OpenPeriodReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (v PeriodView, err error) {
	defer tandem.Wrap(&err, "open period review")
	if err := may(by, policy.Read, reviewsOf(by, ws)); err != nil {
		return v, err
	}
	r := a.Store.For(by)
	if v.PeriodReview, v.Today, err = a.periodOf(ctx, r, by, ws, period, first); err != nil {
		return v, err
	}
	if err := periodStory(ctx, r, &v); err != nil {
		return v, err
	}
	if err := periodResults(ctx, r, &v); err != nil {
		return v, err
	}
	return v, periodLearning(ctx, r, &v)
}

// periodStory reads what the time was, and the question that was taken into it.
func periodStory(ctx context.Context, r Reads, v *PeriodView) (err error) {
	if v.Entries, err = r.Entries(ctx, v.Workspace, v.First, v.Last()); err != nil {
		return err
	}
	lessons, err := r.OwnLessons(ctx, v.Workspace, periodLessons)
	if err != nil {
		return err
	}
	for _, l := range lessons {
		if l.Day >= v.First && l.Day <= v.Last() {
			v.Lessons = append(v.Lessons, l)
		}
	}
	before, err := r.PeriodReview(ctx, v.Workspace, v.Period, v.Period.Start(v.First-1))
	if err == nil && before.IsDone() {
		v.Asked = before.Question
	}
	if tandem.KindOf(err) == tandem.KindNotFound {
		err = nil
	}
	return err
}

// periodResults reads the results whose day lay in the period, and those that go on.
func periodResults(ctx context.Context, r Reads, v *PeriodView) error {
	states := []tandem.GoalState{tandem.Active, tandem.Paused, tandem.Closed}
	all, err := r.Results(ctx, v.Workspace, true, states, v.First-1, math.MaxInt64, tandem.MostReviewed)
	if err != nil {
		return err
	}
	for _, x := range all {
		switch {
		case x.Deadline <= v.Last():
			one := PeriodResult{ListedResult: x, Answer: tandem.PeriodItem{Goal: x.ID, SeenDay: v.Today}}
			if i := v.Item(x.ID); i != nil {
				one.Answer = *i
			}
			if x.State == tandem.Closed {
				c, err := r.Closing(ctx, v.Workspace, x.ID)
				if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
					return err
				}
				one.Outcome = c.Outcome
			}
			v.Results = append(v.Results, one)
		case x.State != tandem.Active || x.CreatedDay > v.Last():
		case len(v.Going) < goingShown:
			v.Going = append(v.Going, PeriodGoing{x})
		default:
			v.More++
		}
	}
	return nil
}

// periodLearning counts what was done for each learning goal.
func periodLearning(ctx context.Context, r Reads, v *PeriodView) error {
	ws, first, last := v.Workspace, v.First, v.Last()
	goals, err := r.Learnings(ctx, ws, true, []tandem.GoalState{tandem.Active, tandem.Paused, tandem.Resting}, 0, tandem.MostReviewed)
	if err != nil {
		return err
	}
	practices, err := r.OwnPractices(ctx, ws, first, last)
	if err != nil {
		return err
	}
	uses, err := r.Uses(ctx, ws, first, last)
	if err != nil {
		return err
	}
	techniques, err := r.Techniques(ctx, ws)
	if err != nil {
		return err
	}
	of := map[tandem.TechniqueID]tandem.GoalID{}
	for _, t := range techniques {
		of[t.ID] = t.Goal
	}
	for _, l := range goals {
		if l.CreatedDay > last {
			continue
		}
		x := PeriodLearning{LearningGoal: l}
		days := map[tandem.Day]bool{}
		for _, p := range practices {
			if p.Goal == l.ID {
				days[p.Day] = true
				x.Minutes += p.Minutes
			}
		}
		x.Practices = len(days)
		for _, u := range uses {
			if of[u.Technique] == l.ID {
				x.Uses++
			}
		}
		for _, s := range v.Lessons {
			if s.Goal == l.ID {
				x.Lessons++
			}
		}
		evidence, err := r.Evidence(ctx, ws, l.ID)
		if err != nil {
			return err
		}
		for _, e := range evidence {
			if e.Day >= first && e.Day <= last {
				x.Level = max(x.Level, e.Level)
				v.Levels = append(v.Levels, e)
			}
		}
		v.Learning = append(v.Learning, x)
	}
	return nil
}

// StandClosed reads what a result at a place of a look back left behind: the page that it is closed on.
func (a *App) StandClosed(ctx context.Context, by tandem.Actor, v *PeriodView, place int) (err error) {
	defer tandem.Wrap(&err, "where a result ended")
	c, err := a.OpenClosing(ctx, asked(by), v.Workspace, v.Results[place].ID)
	if err == nil {
		v.Results[place].Closing = &c
	}
	return err
}

// ListPeriodReviews gives the actor's looks back at months and quarters, newest first, at most limit.
func (a *App) ListPeriodReviews(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, limit int) (all []tandem.PeriodReview, err error) {
	defer tandem.Wrap(&err, "list period reviews")
	if err := may(by, policy.Read, reviewsOf(by, ws)); err != nil {
		return nil, err
	}
	return a.Store.For(by).PeriodReviews(ctx, ws, limit)
}

// A ReviewWaiting is a review that Today has one line for: of the week on Fridays, of a month or a quarter in the
// first days after it. First is the first day of what it looks at.
type ReviewWaiting struct {
	Period tandem.Period `json:"period"`
	First  tandem.Day    `json:"first_day"`
}

// Until which day of the time that follows Today names the look back at a month and at a quarter.
const (
	monthWaits   = 10
	quarterWaits = 21
)

// reviewWaiting gives the one review that Today names, nil for none: of those that the person has met and has not
// finished.
func reviewWaiting(ctx context.Context, r Reads, ws tandem.WorkspaceID, today tandem.Day) (*ReviewWaiting, error) {
	var due []ReviewWaiting
	if today.Weekday() == time.Friday {
		due = append(due, ReviewWaiting{tandem.PeriodWeek, tandem.PeriodWeek.Start(today)})
	}
	if p := tandem.PeriodMonth; today-p.Start(today) < monthWaits {
		due = append(due, ReviewWaiting{p, p.Ended(today)})
	}
	if p := tandem.PeriodQuarter; today-p.Start(today) < quarterWaits {
		due = append(due, ReviewWaiting{p, p.Ended(today)})
	}
	if len(due) == 0 {
		return nil, nil
	}
	person, err := r.Person(ctx)
	if err != nil {
		return nil, err
	}
	met, err := r.Concepts(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range due {
		concept, done := "month_review", false
		if w.Period == tandem.PeriodWeek {
			concept = "review"
		}
		if !tandem.ConceptVisible(concept, met, person.ShowAll) || w.Period.Next(w.First) <= person.Today(person.Created.Time()) {
			continue
		}
		if w.Period == tandem.PeriodWeek {
			var v tandem.Review
			v, err = r.Review(ctx, ws, w.First)
			done = err == nil && v.IsDone()
		} else {
			var v tandem.PeriodReview
			v, err = r.PeriodReview(ctx, ws, w.Period, w.First)
			done = err == nil && v.IsDone()
		}
		if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return nil, err
		}
		if !done {
			return &w, nil
		}
	}
	return nil, nil
}
