package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// resultOperations are what stands beside the number of a result: its steps, its guards, and what could be learned
// for it.
func resultOperations() []operation {
	return []operation{
		{id: "split-goal", method: "POST", path: "/goals/{id}/milestones/split", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.SplitInput{}, out: page[tandem.Milestone]{},
			summary: "Split the way of a result into even steps, each with its value and no day", run: splitGoal},
		{id: "put-guard", method: "POST", path: "/goals/{id}/guards", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.GuardInput{}, out: tandem.Guard{},
			summary: "Set what must not get worse while a result is pursued", run: putGuard},
		{id: "list-guards", method: "GET", path: "/goals/{id}/guards", action: policy.Read, kind: policy.Goal, out: page[app.GuardView]{}, summary: "What must not get worse, and how it stands", run: listGuards},
		{id: "delete-guard", method: "DELETE", path: "/goals/{id}/guards/{metric}", action: policy.Change, kind: policy.Goal, summary: "Take a guard off a result", run: deleteGuard},
		{id: "get-gap", method: "GET", path: "/goals/{id}/gap", action: policy.Read, kind: policy.Goal, out: gapReply{},
			summary: "What an own result lacks, steep or still, with learning goals that could help; an empty kind is nothing", run: getGap},
		{id: "take-learning", method: "POST", path: "/goals/{id}/learning", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.TakeInput{}, out: tandem.LearningGoal{},
			summary: "Have a learning goal fuel a result in one step: link one, or make and link it", run: takeLearning},
	}
}

func splitGoal(c *call) (any, error) {
	in, err := read[app.SplitInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.SplitGoal(ctx, c.Actor, ws, id, in))
	})
}

func putGuard(c *call) (any, error) {
	in, err := read[app.GuardInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.PutGuard(ctx, c.Actor, ws, id, in)
	})
}

func listGuards(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.ListGuards(ctx, c.Actor, ws, id))
	})
}

func deleteGuard(c *call) (any, error) {
	metric, err := pathID[tandem.MetricID](c, "metric")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteGuard(ctx, c.Actor, ws, id, metric)
	})
}

// A gapReply is a gap with the reason of each learning goal in the asker's words.
type gapReply struct {
	app.Gap
	Suggested []suggestionView `json:"suggested"`
}

func getGap(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		g, err := c.App.GetGap(ctx, c.Actor, ws, id)
		out := gapReply{Gap: g, Suggested: []suggestionView{}}
		for _, s := range g.Suggested {
			out.Suggested = append(out.Suggested, suggestionView{s, c.Lang.T("suggest.reason."+s.Reason, s.Args)})
		}
		return out, err
	})
}

func takeLearning(c *call) (any, error) {
	in, err := read[app.TakeInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.TakeLearning(ctx, c.Actor, ws, id, in)
	})
}
