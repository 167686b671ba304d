package api

import (
	"context"

	"tandem"
	"tandem/app"
)

// A hintReply is the hint of a goal with its sentence and its button in the asker's words; with Earned where a
// learning goal has earned a result, and Flat where the number of a result is.
type hintReply struct {
	app.GoalHint
	Text   string       `json:"text"`
	Button string       `json:"button"`
	Earned *app.Earned  `json:"earned,omitempty"`
	Flat   *app.Plateau `json:"flat,omitempty"`
}

func getHint(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		out, err := hintOf(ctx, c, ws, id)
		if out.Code != "" {
			out.Text, out.Button = c.Lang.T(out.Key, out.Args), c.Lang.T("coach.fix."+out.Fix)
		}
		return out, err
	})
}

func hintOf(ctx context.Context, c *call, ws tandem.WorkspaceID, id tandem.GoalID) (out hintReply, err error) {
	g, err := c.App.GetGoal(ctx, c.Actor, ws, id)
	if err != nil {
		return out, err
	}
	if g.GoalHead().Kind == tandem.KindLearning {
		v, err := c.App.LearningPage(ctx, c.Actor, ws, id)
		if err != nil {
			return out, err
		}
		if e, ok, err := c.App.EarnsTarget(ctx, c.Actor, v); err != nil {
			return out, err
		} else if ok {
			out.Earned = &e
		}
		out.GoalHint, err = c.App.LearningHint(ctx, c.Actor, v)
		return out, err
	}
	v, err := c.App.ResultPage(ctx, c.Actor, ws, id)
	if err != nil {
		return out, err
	}
	if p, ok, err := c.App.IsFlat(ctx, c.Actor, v); err != nil {
		return out, err
	} else if ok {
		out.Flat = &p
	}
	out.GoalHint, err = c.App.ResultHint(ctx, c.Actor, v)
	return out, err
}

// A quietInput names the hint that is put away.
type quietInput struct {
	Code string `json:"code"`
}

func quietHint(c *call) (any, error) {
	in, err := read[quietInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.QuietHint(ctx, c.Actor, ws, id, in.Code)
	})
}
