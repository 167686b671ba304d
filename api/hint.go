package api

import (
	"context"

	"tandem"
	"tandem/app"
)

// A hintReply is the hint of a goal with its sentence and its button in the asker's words.
type hintReply struct {
	app.GoalHint
	Text   string `json:"text"`
	Button string `json:"button"`
}

func getHint(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		h, err := c.App.GetHint(ctx, c.Actor, ws, id)
		out := hintReply{GoalHint: h}
		if h.Code != "" {
			out.Text, out.Button = c.Lang.T(h.Key, h.Args), c.Lang.T("coach.fix."+h.Fix)
		}
		return out, err
	})
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
