package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A FuelsInput names the result that a learning goal fuels.
type FuelsInput struct {
	Result    tandem.GoalID      `json:"result"`
	Workspace tandem.WorkspaceID `json:"workspace,omitzero"` // of the result; the learning goal's unless said
	LagDays   int                `json:"lag_days,omitempty"`
}

// LinkGoals links a learning goal to a result that it fuels. The link lies with the learning goal and
// grants nothing.
func (a *App) LinkGoals(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, learning tandem.GoalID, in FuelsInput) (f tandem.Fuels, err error) {
	defer tandem.Wrap(&err, "link goals")
	f = tandem.Fuels{Workspace: ws, Learning: learning, ResultWorkspace: in.Workspace, Result: in.Result, LagDays: in.LagDays}
	if f.ResultWorkspace == 0 {
		f.ResultWorkspace = ws
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		l, err := learningGoal(ctx, h, by, ws, learning, policy.Change)
		if err != nil {
			return err
		}
		if err := a.linkIn(ctx, h, by, l, f); err != nil {
			return err
		}
		f, err = linkOf(ctx, h, ws, learning, f.ResultWorkspace, f.Result)
		return err
	})
	return f, err
}

// linkOf gives one link of a learning goal.
func linkOf(ctx context.Context, r Reads, ws tandem.WorkspaceID, learning tandem.GoalID, of tandem.WorkspaceID, result tandem.GoalID) (tandem.Fuels, error) {
	links, err := r.FuelsFrom(ctx, ws, learning)
	for _, f := range links {
		if f.ResultWorkspace == of && f.Result == result {
			return f, nil
		}
	}
	if err == nil {
		err = tandem.NotFound("link")
	}
	return tandem.Fuels{}, err
}

// ListLinks gives the links of a goal of either kind: those of a learning goal, or those that lead to a
// result. What else changed and how often it was looked at are told to the owner of the learning goal alone.
func (a *App) ListLinks(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (links []tandem.Fuels, err error) {
	defer tandem.Wrap(&err, "list links")
	r := a.Store.For(by)
	g, err := anyGoal(ctx, r, by, ws, goal, policy.Read, policy.Goal)
	if err != nil {
		return nil, err
	}
	if g.GoalHead().Kind == tandem.KindPerformance {
		return r.FuelsTo(ctx, ws, ws, goal)
	}
	return r.FuelsFrom(ctx, ws, goal)
}

// A ChangedInput says what else changed since a learning goal began to count.
type ChangedInput struct {
	Workspace tandem.WorkspaceID `json:"workspace,omitzero"` // of the result; the learning goal's unless said
	Changed   string             `json:"changed" tandem:"lines"`
}

// SayWhatChanged keeps the answer to the one question that is asked before a difference is told. It lies
// with the link, so that each result of a learning goal has its own.
func (a *App) SayWhatChanged(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, learning, result tandem.GoalID, in ChangedInput) (f tandem.Fuels, err error) {
	defer tandem.Wrap(&err, "say what changed")
	if in.Workspace == 0 {
		in.Workspace = ws
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, learning, policy.Change); err != nil {
			return err
		}
		if f, err = linkOf(ctx, h, ws, learning, in.Workspace, result); err != nil {
			return err
		}
		f.Changed = in.Changed
		if f.ChangedDay, err = a.today(ctx, h); err != nil {
			return err
		}
		if err := f.Validate(); err != nil {
			return err
		}
		if err := h.SetChanged(ctx, f); err != nil {
			return err
		}
		return a.usedConcept(ctx, h, "difference")
	})
	return f, err
}

// UnlinkGoals removes the link from a learning goal to a result.
func (a *App) UnlinkGoals(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, learning tandem.GoalID, in FuelsInput) (err error) {
	defer tandem.Wrap(&err, "unlink goals")
	if in.Workspace == 0 {
		in.Workspace = ws
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := learningGoal(ctx, h, by, ws, learning, policy.Change); err != nil {
			return err
		}
		return h.DeleteFuels(ctx, tandem.Fuels{Workspace: ws, Learning: learning, ResultWorkspace: in.Workspace, Result: in.Result})
	})
}
