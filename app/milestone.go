package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A MilestoneInput is a step of a goal. Value and Due exist for results only.
type MilestoneInput struct {
	ID    tandem.MilestoneID `json:"id,omitzero"` // none: a new step
	Title string             `json:"title"`
	Value *float64           `json:"value,omitempty"`
	Due   tandem.Day         `json:"due,omitzero"`
}

// PutMilestone adds a step to a goal, or changes one.
func (a *App) PutMilestone(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in MilestoneInput) (m tandem.Milestone, err error) {
	defer tandem.Wrap(&err, "put milestone")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		m = tandem.Milestone{Goal: goal, ID: in.ID, Done: tandem.NoDay}
		if in.ID == 0 {
			m.ID = tandem.NewID[tandem.MilestoneID](a.IDs)
		} else if m, err = milestone(ctx, h, ws, goal, in.ID); err != nil {
			return err
		}
		m.Title, m.Value, m.Due = in.Title, in.Value, dayOr(in.Due, tandem.NoDay)
		if err := m.Validate(g.GoalHead().Kind); err != nil {
			return err
		}
		if err := h.PutMilestone(ctx, ws, m); err != nil {
			return err
		}
		return a.usedConcept(ctx, h, "milestone")
	})
	return m, err
}

// DoneInput closes a step; what it taught becomes a lesson of the goal.
type DoneInput struct {
	Lesson string `json:"lesson,omitempty" tandem:"lines"`
	Still  bool   `json:"still,omitempty"` // it goes on: only what it taught so far is kept
	Undo   bool   `json:"undo,omitempty"`  // open it again
}

// FinishMilestone closes a step, keeps what it taught while it goes on, or opens it again. A step has no
// time in which it must be done.
func (a *App) FinishMilestone(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.MilestoneID, in DoneInput) (m tandem.Milestone, err error) {
	defer tandem.Wrap(&err, "finish milestone")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Log, policy.Goal); err != nil {
			return err
		}
		if m, err = milestone(ctx, h, ws, goal, id); err != nil {
			return err
		}
		if in.Undo {
			m.Done = tandem.NoDay
			return h.PutMilestone(ctx, ws, m)
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		if in.Lesson != "" || in.Still {
			l, err := a.addLesson(ctx, h, ws, tandem.Lesson{Goal: goal, Day: today, Text: in.Lesson, From: "milestone"})
			if err != nil {
				return err
			}
			m.Lesson = l.ID
		}
		if in.Still {
			return h.PutMilestone(ctx, ws, m)
		}
		m.Done = today
		if err := h.PutMilestone(ctx, ws, m); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "milestone.done", int64(goal))
	})
	return m, err
}

// DeleteMilestone removes a step.
func (a *App) DeleteMilestone(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.MilestoneID) (err error) {
	defer tandem.Wrap(&err, "remove milestone")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal); err != nil {
			return err
		}
		return h.DeleteMilestone(ctx, ws, goal, id)
	})
}

// ListMilestones gives the steps of a goal.
func (a *App) ListMilestones(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (ms []tandem.Milestone, err error) {
	defer tandem.Wrap(&err, "list milestones")
	r := a.Store.For(by)
	if _, err := anyGoal(ctx, r, by, ws, goal, policy.Read, policy.Goal); err != nil {
		return nil, err
	}
	return r.Milestones(ctx, ws, goal)
}

func milestone(ctx context.Context, r Reads, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.MilestoneID) (tandem.Milestone, error) {
	all, err := r.Milestones(ctx, ws, goal)
	for _, m := range all {
		if m.ID == id {
			return m, err
		}
	}
	if err == nil {
		err = tandem.NotFound("milestone")
	}
	return tandem.Milestone{}, err
}
