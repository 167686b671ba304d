package app

import (
	"context"

	"tandem"
	"tandem/advise/advisor"
	"tandem/policy"
)

// A GapKind says why learning goals are proposed for a result.
type GapKind string

const (
	GapNone  GapKind = ""
	GapSteep GapKind = "steep" // the chance is below 1 in 3
	GapStill GapKind = "still" // the number has been flat for six weeks
)

// A Gap is what a result lacks, with at most three learning goals that could help, each with its reason.
type Gap struct {
	Kind      GapKind      `json:"kind"`
	Plateau   *Plateau     `json:"plateau,omitempty"` // where it stands still
	Suggested []Suggestion `json:"-"`
}

// gapChance is the chance below which learning goals are proposed.
const gapChance = 1.0 / 3

// GetGap tells what an own result lacks and what could be learned for it.
func (a *App) GetGap(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (g Gap, err error) {
	defer tandem.Wrap(&err, "get gap")
	v, err := a.ResultPage(ctx, by, ws, id)
	if err != nil {
		return g, err
	}
	return a.GapOf(ctx, by, v)
}

// GapOf tells what a result lacks whose page was read; nothing for a result of others, one that is over, reached
// or paused, or too few values.
func (a *App) GapOf(ctx context.Context, by tandem.Actor, v ResultView) (g Gap, err error) {
	if !v.Own || v.Goal.State != tandem.Active || v.Today > v.Goal.Deadline || v.IsReached() || v.Forecast.N < figures {
		return g, nil
	}
	switch {
	case v.IsLost() || v.Forecast.Chance < gapChance:
		g.Kind = GapSteep
	case v.Metric.Form != tandem.FormTotal:
		if p, still := advisor.StandsStill(courseOf(v)); still {
			g.Kind, g.Plateau = GapStill, &p
		}
	}
	if g.Kind == GapNone {
		return g, nil
	}
	g.Suggested, err = a.SuggestLearning(ctx, by, v.Goal.Workspace, SuggestInput{Goal: v.Goal.ID, Beyond: true})
	return g, err
}

// A TakeInput is a suggested learning goal that is taken: the own learning goal that it continues, the template
// that it is made of, or its title alone.
type TakeInput struct {
	Title    string        `json:"title,omitempty"`
	Learning tandem.GoalID `json:"learning,omitzero"` // one that is there: it is linked, none is made
	Template string        `json:"template,omitempty"`
	Key      string        `json:"-"` // makes a second press harmless
}

// TakeLearning has a learning goal fuel a result in one step: one that is there is linked, another is made and
// linked. It is for the owner of the result; whoever else sees it links a learning goal from its own page.
func (a *App) TakeLearning(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, result tandem.GoalID, in TakeInput) (l tandem.LearningGoal, err error) {
	defer tandem.Wrap(&err, "take learning")
	made := GoalInput{Kind: tandem.KindLearning, Title: in.Title, Fuels: []tandem.GoalID{result}}
	if in.Template != "" {
		t, err := a.GetTemplate(ctx, by, ws, in.Template)
		if err != nil {
			return l, err
		}
		made = t.Pair.Learning
		made.Kind, made.Template, made.Fuels = tandem.KindLearning, in.Template, []tandem.GoalID{result}
		if p := made.Practice; p != nil && p.Period == tandem.PeriodNone {
			p.Period = tandem.PeriodWeek
		}
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := a.once(ctx, h, ws, "take-learning", in.Key); err != nil {
			return err
		}
		g, err := anyGoal(ctx, h, by, ws, result, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		if g.GoalHead().Kind != tandem.KindPerformance {
			return tandem.Invalid("goal", "needs_result", tandem.Args{"title": g.GoalHead().Title})
		}
		if in.Learning != 0 {
			if l, err = learningGoal(ctx, h, by, ws, in.Learning, policy.Change); err != nil {
				return err
			}
			return a.linkIn(ctx, h, by, l, tandem.Fuels{Workspace: ws, Learning: l.ID, ResultWorkspace: ws, Result: result})
		}
		any, err := a.createIn(ctx, tx, by, ws, made)
		if err == nil {
			l = any.(tandem.LearningGoal)
		}
		return err
	})
	return l, err
}
