package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A PeriodInput is what is written in a look back; what is nil or empty stays as it is.
type PeriodInput struct {
	Answers  []PeriodAnswer `json:"answers,omitempty"`
	Question *string        `json:"question,omitempty"` // one for the time that follows
}

// A PeriodAnswer is the answer to one result whose day lay in the period. Target, TargetLo and TargetHi belong to
// the choice "changed", which needs its reason.
type PeriodAnswer struct {
	Goal     tandem.GoalID    `json:"goal"`
	Choice   tandem.CarryOver `json:"choice,omitempty"`
	Why      string           `json:"why,omitempty" tandem:"lines"`
	Target   *float64         `json:"target,omitempty"`
	TargetLo *float64         `json:"target_lo,omitempty"`
	TargetHi *float64         `json:"target_hi,omitempty"`
}

// closes tells whether a choice closes its result.
func (x PeriodAnswer) closes() bool {
	return x.Choice != tandem.CarryOpen && x.Choice != tandem.CarryLater
}

// SavePeriodReview keeps what is written in the look back under way so far. A choice is done at once: the result
// is closed, and where it says so made again for the time that follows. The same choice again changes nothing.
func (a *App) SavePeriodReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day, in PeriodInput) (v tandem.PeriodReview, err error) {
	defer tandem.Wrap(&err, "save period review")
	if len(in.Answers) > tandem.MostReviewed {
		return v, tandem.Invalid("answers", "int_range", tandem.Args{"field": "answers", "lo": 0, "hi": tandem.MostReviewed})
	}
	head, today, err := a.periodToWrite(ctx, by, ws, period, first)
	if err != nil {
		return v, err
	}
	last := map[tandem.GoalID]ClosingView{}
	for _, x := range in.Answers {
		if last[x.Goal], err = a.OpenClosing(ctx, asked(by), ws, x.Goal); err != nil {
			return v, err
		}
	}
	err = a.inPeriodReview(ctx, by, head, func(tx Tx, r *tandem.PeriodReview) error {
		for _, x := range in.Answers {
			if err := a.carry(ctx, tx, by, r, x, last[x.Goal], today); err != nil {
				return err
			}
		}
		if in.Question != nil {
			r.Question = tandem.CleanTitle(*in.Question)
		}
		if err := r.Validate(); err != nil {
			return err
		}
		r.Day = today
		if err := tx.For(by).SetPeriodReview(ctx, *r); err != nil {
			return err
		}
		v, err = tx.For(by).PeriodReview(ctx, ws, r.Period, r.First)
		return err
	})
	return v, err
}

// periodToWrite gives the look back under way; any other cannot be written any more, or not yet.
func (a *App) periodToWrite(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (v tandem.PeriodReview, today tandem.Day, err error) {
	if err := may(by, policy.Change, reviewsOf(by, ws)); err != nil {
		return v, today, err
	}
	v, today, err = a.periodOf(ctx, a.Store.For(by), by, ws, period, first)
	now := tandem.NoDay
	if err == nil || tandem.KindOf(err) == tandem.KindNotFound {
		if now = period.Ended(today); first != tandem.NoDay && first != now {
			err = tandem.Invalid("first_day", "period_not_now", tandem.Args{"first": now.String()})
		}
	}
	return v, today, err
}

// inPeriodReview runs do on the look back as it stands under its lock.
func (a *App) inPeriodReview(ctx context.Context, by tandem.Actor, head tandem.PeriodReview, do func(tx Tx, r *tandem.PeriodReview) error) error {
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := h.BeginPeriodReview(ctx, head); err != nil {
			return err
		}
		r, err := h.PeriodReview(ctx, head.Workspace, head.Period, head.First)
		if err != nil {
			return err
		}
		if r.IsDone() {
			return tandem.Invalid("first_day", "review_done", tandem.Args{"date": r.DoneDay.String()})
		}
		if err := do(tx, &r); err != nil {
			return err
		}
		return a.usedConcept(ctx, h, "month_review")
	})
}

// carry keeps the answer to one result and does what it chooses.
func (a *App) carry(ctx context.Context, tx Tx, by tandem.Actor, r *tandem.PeriodReview, in PeriodAnswer, v ClosingView, today tandem.Day) error {
	h := tx.For(by)
	if err := may(by, policy.Change, policy.Resource{Kind: policy.Goal, Workspace: r.Workspace, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return err // what is said of a goal is a change of it, also to a token
	}
	if v.Goal.Owner != by.Person || v.Goal.Deadline < r.First || v.Goal.Deadline > r.Last() {
		return tandem.Invalid("goal", "period_other_goal", tandem.Args{"title": v.Goal.Title})
	}
	i := tandem.PeriodItem{Goal: v.Goal.ID, SeenDay: today}
	if old := r.Item(v.Goal.ID); old != nil {
		i = *old
	}
	was := i.Choice
	i.Choice, i.Why, i.SeenDay = in.Choice, in.Why, today
	reached := v.Closing.Outcome == tandem.Reached || v.Closing.Outcome == tandem.Exceeded
	if err := i.Validate(reached); err != nil {
		return err
	}
	closed := v.Goal.State == tandem.Closed
	switch {
	case closed && in.Choice == was:
		return nil
	case closed:
		return tandem.Invalid("choice", "period_closed", tandem.Args{"title": v.Goal.Title})
	case !in.closes():
		return h.PutPeriodItem(ctx, *r, i)
	case today < v.Goal.Deadline && !reached:
		return tandem.Invalid("choice", "period_not_due", tandem.Args{"title": v.Goal.Title, "date": v.Goal.Deadline.String()})
	}
	c := ClosingInput{Version: v.Closing.Version, Finish: true, Why: true}
	switch in.Choice {
	case tandem.CarrySame:
		c.Next = tandem.NextSame
	case tandem.CarryChanged:
		c.Next, c.NextTarget, c.NextLo, c.NextHi = tandem.NextReset, in.Target, in.TargetLo, in.TargetHi
		if !c.changes(v) {
			return tandem.Invalid("target", "carry_nothing_changed", nil)
		}
	case tandem.CarryReleased:
		c.Next = tandem.NextLetGo
	}
	done, err := a.saveClosing(ctx, tx, by, v, c)
	if err != nil {
		return err
	}
	i.Next = done.NextGoal
	return h.PutPeriodItem(ctx, *r, i)
}

// FinishPeriodReview ends the look back under way.
func (a *App) FinishPeriodReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (v tandem.PeriodReview, err error) {
	defer tandem.Wrap(&err, "finish period review")
	head, today, err := a.periodToWrite(ctx, by, ws, period, first)
	if err != nil {
		return v, err
	}
	err = a.inPeriodReview(ctx, by, head, func(tx Tx, r *tandem.PeriodReview) error {
		r.Day, r.DoneDay, v = today, today, *r
		v.Day, v.DoneDay = today, today
		if err := tx.For(by).SetPeriodReview(ctx, *r); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "period_review.finished", int64(r.First))
	})
	return v, err
}
