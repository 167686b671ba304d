package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// A GoalChange changes a goal of the version that was read; what is nil stays. A learning goal refuses
// what only a result has.
type GoalChange struct {
	Version    int64              `json:"version"`
	Title      *string            `json:"title,omitempty"`
	Why        *string            `json:"why,omitempty" tandem:"lines"`
	Visibility *tandem.Visibility `json:"visibility,omitempty"`

	Start       *tandem.Day         `json:"start,omitempty"`
	Deadline    *tandem.Day         `json:"deadline,omitempty"`
	Baseline    *float64            `json:"baseline,omitempty"`
	SoFar       *float64            `json:"so_far,omitempty"`
	Target      *float64            `json:"target,omitempty"`
	TargetLo    *float64            `json:"target_lo,omitempty"`
	TargetHi    *float64            `json:"target_hi,omitempty"`
	Stretch     *float64            `json:"stretch,omitempty"`
	ReachedWhen *tandem.ReachedWhen `json:"reached_when,omitempty"`
	HeldFor     *int                `json:"held_for,omitempty"`
	KeptShare   *float64            `json:"kept_share,omitempty"`
	Repeats     *tandem.Period      `json:"repeats,omitempty"`
	Judged      *string             `json:"judged,omitempty" tandem:"lines"`

	Skill          *string     `json:"skill,omitempty"`
	Levels         *[]string   `json:"levels,omitempty"`
	Aim            *int        `json:"aim,omitempty"`
	ReviewDay      *tandem.Day `json:"review_day,omitempty"`
	Collection     *string     `json:"collection,omitempty"`
	CollectionSize *int        `json:"collection_size,omitempty"`
	FirstStep      *string     `json:"first_step,omitempty"`
	About          *string     `json:"about,omitempty"` // knowledge, skill, attitude or open
}

// ChangeGoal changes a goal; what stood before is kept in its history.
func (a *App) ChangeGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, in GoalChange) (g tandem.AnyGoal, err error) {
	defer tandem.Wrap(&err, "change goal")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		old, err := anyGoal(ctx, h, by, ws, id, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		switch x := old.(type) {
		case tandem.PerformanceGoal:
			g, err = a.changeResult(ctx, h, x, in)
		case tandem.LearningGoal:
			g, err = a.changeLearning(ctx, h, x, in)
		}
		if err != nil {
			return err
		}
		if err := a.remember(ctx, h, by, ws, "goal", int64(id), 0, old, g); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "goal.changed", int64(id))
	})
	return g, err
}

func (a *App) changeHead(g *tandem.Goal, in GoalChange) {
	g.Version = in.Version
	g.Title, g.Why, g.Visibility = tandem.CleanTitle(or(in.Title, g.Title)), or(in.Why, g.Why), or(in.Visibility, g.Visibility)
	g.Updated = a.now()
}

func (a *App) changeResult(ctx context.Context, h Writes, p tandem.PerformanceGoal, in GoalChange) (tandem.AnyGoal, error) {
	m, err := h.Metric(ctx, p.Workspace, p.Metric)
	if err != nil {
		return nil, err
	}
	a.changeHead(&p.Goal, in)
	p.Start, p.Deadline, p.SoFar, p.Target = or(in.Start, p.Start), or(in.Deadline, p.Deadline), or(in.SoFar, p.SoFar), or(in.Target, p.Target)
	for _, x := range []struct{ to, in **float64 }{{&p.Baseline, &in.Baseline}, {&p.TargetLo, &in.TargetLo}, {&p.TargetHi, &in.TargetHi}, {&p.Stretch, &in.Stretch}} {
		if *x.in != nil {
			*x.to = *x.in
		}
	}
	p.ReachedWhen, p.HeldFor, p.KeptShare = or(in.ReachedWhen, p.ReachedWhen), or(in.HeldFor, p.HeldFor), or(in.KeptShare, p.KeptShare)
	p.Repeats, p.Judged = or(in.Repeats, p.Repeats), or(in.Judged, p.Judged)
	var es tandem.Errors
	for _, f := range learningChange(in) {
		es.Add(f, "only_learning", tandem.Args{"field": f})
	}
	es = append(es, tandem.All(p.Validate(m))...)
	if in.Title != nil {
		err := aboutBody(ctx, h, namedText{"title", p.Title}, namedText{"title", m.Name}, namedText{"title", m.Unit})
		if err != nil && tandem.All(err) == nil {
			return nil, err
		}
		es = append(es, tandem.All(err)...)
	}
	if err := es.Err(); err != nil {
		return nil, err
	}
	err = h.SetPerformance(ctx, p)
	p.Version++
	return p, err
}

func learningChange(in GoalChange) (fields []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"skill", in.Skill != nil}, {"levels", in.Levels != nil}, {"aim", in.Aim != nil}, {"review_day", in.ReviewDay != nil},
		{"collection", in.Collection != nil || in.CollectionSize != nil}, {"first_step", in.FirstStep != nil}, {"about", in.About != nil},
	} {
		if f.set {
			fields = append(fields, f.name)
		}
	}
	return fields
}

func (a *App) changeLearning(ctx context.Context, h Writes, l tandem.LearningGoal, in GoalChange) (tandem.AnyGoal, error) {
	a.changeHead(&l.Goal, in)
	l.Skill, l.Levels, l.Aim, l.ReviewDay = or(in.Skill, l.Skill), or(in.Levels, l.Levels), or(in.Aim, l.Aim), or(in.ReviewDay, l.ReviewDay)
	l.Collection, l.CollectionSize, l.FirstStep = or(in.Collection, l.Collection), or(in.CollectionSize, l.CollectionSize), or(in.FirstStep, l.FirstStep)
	l.About = or(in.About, l.About)
	var es tandem.Errors
	refuseResultFields(GoalInput{Target: in.Target, TargetLo: in.TargetLo, TargetHi: in.TargetHi, Deadline: or(in.Deadline, tandem.NoDay), Baseline: in.Baseline, SoFar: in.SoFar, Stretch: in.Stretch,
		ReachedWhen: or(in.ReachedWhen, ""), HeldFor: or(in.HeldFor, 0), KeptShare: or(in.KeptShare, 0), Repeats: or(in.Repeats, ""), Judged: or(in.Judged, ""), Start: or(in.Start, tandem.NoDay)}, &es)
	es = append(es, tandem.All(l.Validate())...)
	if err := es.Err(); err != nil {
		return nil, err
	}
	err := h.SetLearning(ctx, l)
	l.Version++
	return l, err
}

// MoveGoal moves a goal to another state of its life: pause, resume, rest, release and so on. Closing and
// releasing a result have use cases of their own.
func (a *App) MoveGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, move tandem.Move, version int64) (g tandem.Goal, err error) {
	defer tandem.Wrap(&err, "move goal")
	if move == tandem.MoveClose {
		return g, tandem.Invalid("move", "close_by_closing", nil)
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		g, err = a.moveIn(ctx, tx, by, ws, id, move, version)
		return err
	})
	return g, err
}

func (a *App) moveIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, move tandem.Move, version int64) (g tandem.Goal, err error) {
	h := tx.For(by)
	old, err := anyGoal(ctx, h, by, ws, id, policy.Change, policy.Goal)
	if err != nil {
		return g, err
	}
	g = old.GoalHead()
	if version != 0 {
		g.Version = version
	}
	before := g
	if g.State, err = g.Step(move); err != nil {
		return g, err
	}
	today, err := a.today(ctx, h)
	if err != nil {
		return g, err
	}
	switch {
	case g.State == tandem.Paused:
		g.PausedFrom = today
		err = h.PutPause(ctx, ws, int64(id), tandem.Span{From: today, To: tandem.NoDay})
	case before.State == tandem.Paused && before.PausedFrom == today:
		err = h.DeletePause(ctx, ws, int64(id), today)
		g.PausedFrom = tandem.NoDay
	case before.State == tandem.Paused:
		err = h.PutPause(ctx, ws, int64(id), tandem.Span{From: before.PausedFrom, To: today - 1})
		g.PausedFrom = tandem.NoDay
	}
	if err == nil && move == tandem.MoveReopen {
		err = a.reopenClosing(ctx, h, ws, id)
	}
	if err != nil {
		return g, err
	}
	g.Updated = a.now()
	if err := h.SetGoal(ctx, g); err != nil {
		return g, err
	}
	if err := a.remember(ctx, h, by, ws, "goal", int64(id), 0, before, g); err != nil {
		return g, err
	}
	g.Version++
	return g, a.emit(tx, by, ws, "goal."+string(move), int64(id))
}

// reopenClosing takes back that a result was closed; what was written on its last page stays.
func (a *App) reopenClosing(ctx context.Context, h Writes, ws tandem.WorkspaceID, id tandem.GoalID) error {
	c, err := h.Closing(ctx, ws, id)
	if err != nil {
		return err
	}
	c.Done, c.DoneDay, c.Outcome, c.ReleaseWhy, c.Withheld = 0, tandem.NoDay, "", "", false
	guards, err := h.Guards(ctx, ws, id)
	if err != nil {
		return err
	}
	for _, g := range guards {
		g.Judged, g.Stood = "", nil
		if err := h.PutGuard(ctx, g); err != nil {
			return err
		}
	}
	return h.PutClosing(ctx, ws, c)
}

// DeleteGoal removes a goal with everything under it. Its number and the number's values stay, and so do the
// levels that were noticed and the lessons: levels outlive their goals.
func (a *App) DeleteGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (err error) {
	return a.deleteGoal(ctx, by, ws, id, true)
}

// DeleteGoalAndLearning removes a goal with all that was learned under it, for one that was made in error.
func (a *App) DeleteGoalAndLearning(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (err error) {
	return a.deleteGoal(ctx, by, ws, id, false)
}

func (a *App) deleteGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, keep bool) (err error) {
	defer tandem.Wrap(&err, "delete goal")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := anyGoal(ctx, h, by, ws, id, policy.Delete, policy.Goal)
		if err != nil {
			return err
		}
		if err := a.remember(ctx, h, by, ws, "goal", int64(id), 0, g, nil); err != nil {
			return err
		}
		if keep {
			if err := h.KeepLearned(ctx, ws, id); err != nil {
				return err
			}
		}
		if err := h.DeleteGoal(ctx, ws, id); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "goal.deleted", int64(id))
	})
}

// GetGoal gives one goal, a tandem.PerformanceGoal or a tandem.LearningGoal.
func (a *App) GetGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (g tandem.AnyGoal, err error) {
	defer tandem.Wrap(&err, "read goal")
	return anyGoal(ctx, a.Store.For(by), by, ws, id, policy.Read, policy.Goal)
}

// GoalTo gives a goal to somebody who is about to do act to it: a form that could not be sent is not shown.
func (a *App) GoalTo(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID, act policy.Action) (g tandem.AnyGoal, err error) {
	defer tandem.Wrap(&err, "read goal")
	return anyGoal(ctx, a.Store.For(by), by, ws, id, act, policy.Goal)
}

// SpaceOf finds the workspace, among the actor's, in which a goal exists for the actor: the personal one
// first.
func (a *App) SpaceOf(ctx context.Context, by tandem.Actor, personal tandem.WorkspaceID, id tandem.GoalID) (ws tandem.WorkspaceID, err error) {
	defer tandem.Wrap(&err, "find goal")
	spaces := []tandem.WorkspaceID{personal}
	for s := range by.Roles {
		if s != personal {
			spaces = append(spaces, s)
		}
	}
	for _, s := range spaces {
		if _, err := a.GetGoal(ctx, by, s, id); err == nil {
			return s, nil
		} else if tandem.KindOf(err) != tandem.KindNotFound {
			return 0, err
		}
	}
	return 0, tandem.NotFound("goal")
}

// GoalHistory gives the changes of a goal, newest first.
func (a *App) GoalHistory(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (es []tandem.HistoryEntry, err error) {
	defer tandem.Wrap(&err, "read history")
	r := a.Store.For(by)
	if _, err := anyGoal(ctx, r, by, ws, id, policy.Read, policy.Goal); err != nil {
		return nil, err
	}
	return r.History(ctx, ws, "goal", int64(id), 0, 50)
}
