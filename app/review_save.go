package app

import (
	"context"
	"math"

	"tandem"
	"tandem/policy"
)

// A ReviewInput is what is written in a review; what is nil or empty stays as it is.
type ReviewInput struct {
	Answers    []ReviewAnswer `json:"answers,omitempty"`
	Lesson     *string        `json:"lesson,omitempty" tandem:"lines"` // the one of the week; "" takes it back
	LessonGoal tandem.GoalID  `json:"lesson_goal,omitzero"`            // the goal that it lies with
}

// A ReviewAnswer is the answer to one goal, or to one micro-goal: what set it off, or half its size or the same. Target, TargetLo, TargetHi
// and Deadline belong to the choice "change".
type ReviewAnswer struct {
	Goal     tandem.GoalID       `json:"goal,omitzero"`
	Micro    tandem.MicroGoalID  `json:"micro_goal,omitzero"`
	Choice   tandem.ReviewChoice `json:"choice,omitempty"`
	Why      string              `json:"why,omitempty" tandem:"lines"`
	Target   *float64            `json:"target,omitempty"`
	TargetLo *float64            `json:"target_lo,omitempty"`
	TargetHi *float64            `json:"target_hi,omitempty"`
	Deadline tandem.Day          `json:"deadline,omitzero"`
	Step     *string             `json:"step,omitempty"`
	SetOff   *string             `json:"set_off,omitempty" tandem:"lines"`
}

// SaveReview keeps what is written in the review under way so far. A choice is done at once: a result is
// changed, paused or let go, a learning goal goes up, is looked at again later, is paused or rests. The same
// choice a second time changes nothing.
func (a *App) SaveReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, week tandem.Day, in ReviewInput) (v tandem.Review, err error) {
	defer tandem.Wrap(&err, "save review")
	if len(in.Answers) > tandem.MostReviewed {
		return v, tandem.Invalid("answers", "int_range", tandem.Args{"field": "answers", "lo": 0, "hi": tandem.MostReviewed})
	}
	head, today, err := a.reviewToWrite(ctx, by, ws, week)
	if err != nil {
		return v, err
	}
	last := map[tandem.GoalID]ClosingView{}
	for _, x := range in.Answers {
		if i := head.Item(x.Goal); x.Choice != tandem.ReviewLetGo || i != nil && i.Choice == tandem.ReviewLetGo {
			continue
		}
		g, err := a.GetGoal(ctx, asked(by), ws, x.Goal)
		if err != nil {
			return v, err
		}
		if g.GoalHead().Kind != tandem.KindPerformance {
			continue // the choice is refused below
		}
		if last[x.Goal], err = a.OpenClosing(ctx, asked(by), ws, x.Goal); err != nil {
			return v, err
		}
	}
	err = a.inReview(ctx, by, head, func(tx Tx, r *tandem.Review) error {
		for _, x := range in.Answers {
			if err := a.answer(ctx, tx, by, r, x, last, today); err != nil {
				return err
			}
		}
		if err := a.reviewLesson(ctx, tx.For(by), by, r, in, today); err != nil {
			return err
		}
		r.Day = today
		if err := tx.For(by).SetReview(ctx, *r); err != nil {
			return err
		}
		v, err = tx.For(by).Review(ctx, ws, r.Week)
		return err
	})
	return v, err
}

// reviewToWrite gives the review under way; any other cannot be written any more, or not yet.
func (a *App) reviewToWrite(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, week tandem.Day) (v tandem.Review, today tandem.Day, err error) {
	if err := may(by, policy.Change, reviewsOf(by, ws)); err != nil {
		return v, today, err
	}
	r := a.Store.For(by)
	now, today, err := a.reviewOf(ctx, r, by, ws, tandem.NoDay)
	if err != nil || week == tandem.NoDay || week == now.Week {
		return now, today, err
	}
	if v, _, err = a.reviewOf(ctx, r, by, ws, week); err == nil || tandem.KindOf(err) == tandem.KindNotFound {
		err = tandem.Invalid("week", "review_not_now", tandem.Args{"week": now.Week.String()})
	}
	return v, today, err
}

// inReview runs do on the review as it stands under its lock.
func (a *App) inReview(ctx context.Context, by tandem.Actor, head tandem.Review, do func(tx Tx, r *tandem.Review) error) error {
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := h.BeginReview(ctx, head); err != nil {
			return err
		}
		r, err := h.Review(ctx, head.Workspace, head.Week)
		if err != nil {
			return err
		}
		if r.IsDone() {
			return tandem.Invalid("week", "review_done", tandem.Args{"date": r.DoneDay.String()})
		}
		if err := do(tx, &r); err != nil {
			return err
		}
		return a.usedConcept(ctx, h, "review")
	})
}

// answer keeps one answer and does what it chooses.
func (a *App) answer(ctx context.Context, tx Tx, by tandem.Actor, r *tandem.Review, in ReviewAnswer, last map[tandem.GoalID]ClosingView, today tandem.Day) error {
	h := tx.For(by)
	if in.Micro != 0 {
		return a.answerMicro(ctx, tx, by, r, in, today)
	}
	g, err := anyGoal(ctx, h, by, r.Workspace, in.Goal, policy.Change, policy.Goal)
	if err != nil {
		return err
	}
	head := g.GoalHead()
	i := tandem.ReviewItem{Goal: head.ID, Kind: head.Kind}
	if old := r.Item(head.ID); old != nil {
		i = *old
	}
	was := i.Choice
	i.SeenDay, i.Step = today, tandem.CleanTitle(or(in.Step, i.Step))
	if in.Choice != tandem.ReviewOpen {
		i.Choice, i.Why = in.Choice, in.Why
	}
	if err := i.Validate(); err != nil {
		return err
	}
	if in.Choice != tandem.ReviewOpen && (was != in.Choice || in.Choice == tandem.ReviewChange) {
		if head.State != tandem.Active {
			return tandem.Invalid("choice", "review_not_open", tandem.Args{"title": head.Title})
		}
		if err := a.choose(ctx, tx, by, g, in, last, today); err != nil {
			return err
		}
	}
	return h.PutReviewItem(ctx, r.Workspace, r.Week, i)
}

// choose does what was chosen for an active goal.
func (a *App) choose(ctx context.Context, tx Tx, by tandem.Actor, g tandem.AnyGoal, in ReviewAnswer, last map[tandem.GoalID]ClosingView, today tandem.Day) (err error) {
	h, head := tx.For(by), g.GoalHead()
	switch in.Choice {
	case tandem.ReviewPause:
		_, err = a.moveIn(ctx, tx, by, head.Workspace, head.ID, tandem.MovePause, 0)
	case tandem.ReviewRest:
		_, err = a.moveIn(ctx, tx, by, head.Workspace, head.ID, tandem.MoveRest, 0)
	case tandem.ReviewChange:
		err = a.carryOver(ctx, tx, by, g.(tandem.PerformanceGoal), in)
	case tandem.ReviewLetGo:
		v := last[head.ID]
		if v.Goal.Deadline <= today || v.Closing.NumberReached() {
			return tandem.Invalid("choice", "review_close_it", tandem.Args{"title": head.Title})
		}
		_, err = a.saveClosing(ctx, tx, by, v, ClosingInput{Version: v.Closing.Version, Next: tandem.NextLetGo, ReleaseWhy: in.Why, Finish: true})
	case tandem.ReviewUp:
		l := g.(tandem.LearningGoal)
		evidence, err := h.Evidence(ctx, l.Workspace, l.ID)
		if err != nil {
			return err
		}
		noticed, _ := tandem.LevelNow(evidence)
		l.Aim = max(l.Aim, noticed) + 1
		if err := l.Validate(); err != nil {
			return err
		}
		if err := h.SetAim(ctx, l.Workspace, l.ID, l.Aim); err != nil {
			return err
		}
		return h.SetReviewDay(ctx, l.Workspace, l.ID, today+untilNextLook(l, today))
	case tandem.ReviewSame:
		if l := g.(tandem.LearningGoal); l.ReviewDay == tandem.NoDay || l.ReviewDay <= today {
			err = h.SetReviewDay(ctx, l.Workspace, l.ID, today+untilNextLook(l, today))
		}
	}
	return err
}

// carryOver changes target or date of a result. A date that moves needs its reason.
func (a *App) carryOver(ctx context.Context, tx Tx, by tandem.Actor, p tandem.PerformanceGoal, in ReviewAnswer) error {
	h := tx.For(by)
	change := GoalChange{Version: p.Version, Target: in.Target, TargetLo: in.TargetLo, TargetHi: in.TargetHi}
	if d := dayOr(in.Deadline, p.Deadline); d != p.Deadline {
		change.Deadline = &d
	}
	same := func(now *float64, old float64) bool { return now == nil || *now == old }
	switch {
	case change.Deadline == nil && same(in.Target, p.Target) && same(in.TargetLo, or(p.TargetLo, math.NaN())) && same(in.TargetHi, or(p.TargetHi, math.NaN())):
		return tandem.Invalid("deadline", "review_nothing_changed", nil)
	case change.Deadline != nil && tandem.CleanTitle(in.Why) == "":
		return tandem.Invalid("why", "review_why", nil)
	}
	now, err := a.changeResult(ctx, h, p, change)
	if err != nil {
		return err
	}
	if err := a.remember(ctx, h, by, p.Workspace, "goal", int64(p.ID), 0, p, now); err != nil {
		return err
	}
	return a.emit(tx, by, p.Workspace, "goal.changed", int64(p.ID))
}

// reviewLesson keeps the lesson of the week with its goal, in place of one that was written in this review.
func (a *App) reviewLesson(ctx context.Context, h Writes, by tandem.Actor, r *tandem.Review, in ReviewInput, today tandem.Day) error {
	if in.Lesson == nil {
		return nil
	}
	text, goal := *in.Lesson, in.LessonGoal
	if goal == 0 {
		goal = r.LessonGoal
	}
	if text == r.Lesson && goal == r.LessonGoal {
		return nil
	}
	if r.LessonID != 0 {
		if err := h.DeleteLesson(ctx, r.Workspace, r.LessonGoal, r.LessonID); err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return err
		}
	}
	r.Lesson, r.LessonGoal, r.LessonID = "", 0, 0
	if tandem.CleanTitle(text) == "" {
		return nil
	}
	if goal == 0 {
		return tandem.Invalid("lesson_goal", "review_lesson_goal", nil)
	}
	if _, err := anyGoal(ctx, h, by, r.Workspace, goal, policy.Log, policy.Learning); err != nil {
		return err
	}
	l, err := a.addLesson(ctx, h, r.Workspace, tandem.Lesson{Goal: goal, Day: today, Text: text, From: "review"})
	if err != nil {
		return renamed(err, "lesson")
	}
	r.Lesson, r.LessonGoal, r.LessonID = text, goal, l.ID
	return nil
}

// FinishReview ends the review under way and keeps the chance of each open result as it stands: the next
// review, and what moved a chance, are told against it.
func (a *App) FinishReview(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, week tandem.Day) (v tandem.Review, err error) {
	defer tandem.Wrap(&err, "finish review")
	head, today, err := a.reviewToWrite(ctx, by, ws, week)
	if err != nil {
		return v, err
	}
	results, err := a.Store.For(by).Results(ctx, ws, true, []tandem.GoalState{tandem.Active}, tandem.NoDay, 0, tandem.MostReviewed)
	if err != nil {
		return v, err
	}
	stood := map[tandem.GoalID]*float64{}
	for _, x := range results {
		o, err := a.Outlook(ctx, asked(by), ws, x.ID)
		if err != nil {
			return v, err
		}
		stood[x.ID] = nil
		if f := o.Forecast; o.IsOpen() && f.N >= figures {
			stood[x.ID] = finite(f.Chance)
		}
	}
	err = a.inReview(ctx, by, head, func(tx Tx, r *tandem.Review) error {
		h := tx.For(by)
		for id, chance := range stood {
			i := tandem.ReviewItem{Goal: id, Kind: tandem.KindPerformance}
			if old := r.Item(id); old != nil {
				i = *old
			}
			i.Chance, i.SeenDay = chance, today
			if err := h.PutReviewItem(ctx, ws, r.Week, i); err != nil {
				return err
			}
		}
		r.Day, r.DoneDay = today, today
		if err := h.SetReview(ctx, *r); err != nil {
			return err
		}
		if v, err = h.Review(ctx, ws, r.Week); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "review.finished", int64(r.Week))
	})
	return v, err
}
