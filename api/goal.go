package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func goalOperations() []operation {
	return []operation{
		{id: "create-goal", method: "POST", path: "/goals", action: policy.Create, kind: policy.Goal, status: http.StatusCreated, in: app.GoalInput{}, out: tandem.PerformanceGoal{},
			summary: "Make a result or a learning goal", run: createGoal},
		{id: "create-pair", method: "POST", path: "/pairs", action: policy.Create, kind: policy.Goal, status: http.StatusCreated, in: app.PairInput{}, out: app.Pair{},
			summary: "Make a result and the learning goal that fuels it", run: createPair},
		{id: "list-goals", method: "GET", path: "/goals", action: policy.Read, kind: policy.Goal, query: []string{"kind", "state", "open", "own", "sort", "next", "limit"}, out: page[tandem.GoalLine]{},
			summary: "List goals, each result with its number and what is kept of its forecast", run: listGoals},
		{id: "get-goal", method: "GET", path: "/goals/{id}", action: policy.Read, kind: policy.Goal, out: tandem.PerformanceGoal{}, summary: "Read a goal", run: getGoal},
		{id: "change-goal", method: "PATCH", path: "/goals/{id}", action: policy.Change, kind: policy.Goal, match: true, in: goalChange{}, out: tandem.PerformanceGoal{},
			summary: "Change a goal", run: changeGoal},
		{id: "move-goal", method: "POST", path: "/goals/{id}/moves", action: policy.Change, kind: policy.Goal, in: moveInput{}, out: tandem.Goal{}, summary: "Pause, resume, rest or release a goal", run: moveGoal},
		{id: "delete-goal", method: "DELETE", path: "/goals/{id}", action: policy.Delete, kind: policy.Goal, summary: "Delete a goal that was made in error", run: deleteGoal},
		{id: "goal-history", method: "GET", path: "/goals/{id}/history", action: policy.Read, kind: policy.Goal, out: page[tandem.HistoryEntry]{}, summary: "The changes of a goal", run: goalHistory},
		{id: "get-forecast", method: "GET", path: "/goals/{id}/forecast", action: policy.Read, kind: policy.Goal, out: tandem.Snapshot{}, summary: "What the numbers of a result promise", run: getForecast},
		{id: "get-closing", method: "GET", path: "/goals/{id}/closing", action: policy.Read, kind: policy.Closing, out: tandem.Closing{}, summary: "The last page of a result", run: getClosing},
		{id: "close-goal", method: "POST", path: "/goals/{id}/closing", action: policy.Change, kind: policy.Closing, in: app.ClosingInput{}, out: tandem.Closing{}, summary: "Write the last page of a result and close it", run: closeGoal},
		{id: "link-goals", method: "POST", path: "/goals/{id}/fuels", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.FuelsInput{}, out: tandem.Fuels{},
			summary: "Link a learning goal to a result that it fuels", run: linkGoals},
		{id: "unlink-goals", method: "DELETE", path: "/goals/{id}/fuels/{result}", action: policy.Change, kind: policy.Goal, summary: "Remove that link", run: unlinkGoals},
		{id: "put-milestone", method: "POST", path: "/goals/{id}/milestones", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.MilestoneInput{}, out: tandem.Milestone{},
			summary: "Add a step, or change one", run: putMilestone},
		{id: "list-milestones", method: "GET", path: "/goals/{id}/milestones", action: policy.Read, kind: policy.Goal, out: page[tandem.Milestone]{}, summary: "The steps of a goal", run: listMilestones},
		{id: "finish-milestone", method: "POST", path: "/goals/{id}/milestones/{step}/done", action: policy.Log, kind: policy.Goal, in: app.DoneInput{}, out: tandem.Milestone{},
			summary: "Close a step; what it taught becomes a lesson", run: finishMilestone},
		{id: "delete-milestone", method: "DELETE", path: "/goals/{id}/milestones/{step}", action: policy.Change, kind: policy.Goal, summary: "Remove a step", run: deleteMilestone},
		{id: "put-factor", method: "POST", path: "/goals/{id}/factors", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.FactorInput{}, out: tandem.Factor{},
			summary: "Name what is in the owner's hands or not", run: putFactor},
		{id: "delete-factor", method: "DELETE", path: "/goals/{id}/factors/{factor}", action: policy.Change, kind: policy.Goal, summary: "Remove a factor", run: deleteFactor},
	}
}

// goal reads the goal's id and finds the workspace that it is in.
func (c *call) goal() (tandem.GoalID, tandem.WorkspaceID, error) {
	id, err := pathID[tandem.GoalID](c, "id")
	if err != nil {
		return 0, 0, err
	}
	if c.R.URL.Query().Has("workspace") || c.Actor.Workspace != 0 {
		return id, c.Space, nil
	}
	ws, err := c.App.SpaceOf(c.ctx(), c.Actor, c.Person.Personal, id)
	return id, ws, err
}

// onGoal runs do on the goal of the path.
func onGoal(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error)) (any, error) {
	id, ws, err := c.goal()
	if err != nil {
		return nil, err
	}
	return do(c.ctx(), ws, id)
}

func createGoal(c *call) (any, error) {
	in, err := read[app.GoalInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreateGoal(c.ctx(), c.Actor, c.Space, in)
}

func createPair(c *call) (any, error) {
	in, err := read[app.PairInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreatePair(c.ctx(), c.Actor, c.Space, in)
}

func listGoals(c *call) (any, error) {
	limit, err := c.limitOf()
	if err != nil {
		return nil, err
	}
	q := c.R.URL.Query()
	sort := tandem.GoalSort(q.Get("sort"))
	if sort != "" && !slices.Contains([]tandem.GoalSort{tandem.SortTitle, tandem.SortDeadline, tandem.SortUpdated}, sort) {
		return nil, tandem.Invalid("sort", "sort_one_of", tandem.Args{"allowed": "title, deadline, updated"})
	}
	p, err := c.App.ListGoals(c.ctx(), c.Actor, c.Space, app.GoalQuery{Kind: tandem.GoalKind(q.Get("kind")), State: tandem.GoalState(q.Get("state")),
		Open: q.Get("open") == "true", Own: q.Get("own") == "true", Sort: sort, Cursor: q.Get("next"), Limit: limit})
	if p.Items == nil {
		p.Items = []tandem.GoalLine{}
	}
	return p, err
}

func getGoal(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.GetGoal(ctx, c.Actor, ws, id)
	})
}

// goalChange is a change of a goal; the version comes in If-Match.
type goalChange struct {
	app.GoalChange
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeGoal(c *call) (any, error) {
	in, err := read[goalChange](c)
	if err != nil {
		return nil, err
	}
	if in.GoalChange.Version, err = c.version(); err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		g, err := c.App.ChangeGoal(ctx, c.Actor, ws, id, in.GoalChange)
		return g, c.staleGoal(ctx, ws, id, err)
	})
}

// staleGoal says who changed a goal since it was read, when, and which version stands.
func (c *call) staleGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID, err error) error {
	if tandem.KindOf(err) != tandem.KindStale {
		return err
	}
	g, bad := c.App.GetGoal(ctx, c.Actor, ws, id)
	past, worse := c.App.GoalHistory(ctx, c.Actor, ws, id)
	if bad != nil || worse != nil || len(past) == 0 {
		return err
	}
	when := c.Now().Sub(past[0].At.Time())
	e := &tandem.Error{Kind: tandem.KindStale, Code: "stale_at", Args: tandem.Args{"when": max(when, time.Duration(0)), "version": g.GoalHead().Version}}
	if past[0].By == c.Person.ID {
		e.Code = "stale_by"
		e.Args["person"] = c.Person.Name
	}
	return e
}

// A moveInput names the move.
type moveInput struct {
	Move tandem.Move `json:"move"`
}

func moveGoal(c *call) (any, error) {
	in, err := read[moveInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.MoveGoal(ctx, c.Actor, ws, id, in.Move, 0)
	})
}

func deleteGoal(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteGoal(ctx, c.Actor, ws, id)
	})
}

func goalHistory(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.GoalHistory(ctx, c.Actor, ws, id))
	})
}

func getForecast(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		o, err := c.App.Outlook(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		return o.Snapshot(tandem.InstantOf(c.Now())), nil
	})
}

func getClosing(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		v, err := c.App.OpenClosing(ctx, c.Actor, ws, id)
		return v.Closing, err
	})
}

func closeGoal(c *call) (any, error) {
	in, err := read[app.ClosingInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.SaveClosing(ctx, c.Actor, ws, id, in)
	})
}

func linkGoals(c *call) (any, error) {
	in, err := read[app.FuelsInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.LinkGoals(ctx, c.Actor, ws, id, in)
	})
}

func unlinkGoals(c *call) (any, error) {
	result, err := pathID[tandem.GoalID](c, "result")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.UnlinkGoals(ctx, c.Actor, ws, id, app.FuelsInput{Result: result})
	})
}

func putMilestone(c *call) (any, error) {
	in, err := read[app.MilestoneInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.PutMilestone(ctx, c.Actor, ws, id, in)
	})
}

func listMilestones(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return listed(c.App.ListMilestones(ctx, c.Actor, ws, id))
	})
}

func finishMilestone(c *call) (any, error) {
	in, err := read[app.DoneInput](c)
	if err != nil {
		return nil, err
	}
	step, err := pathID[tandem.MilestoneID](c, "step")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.FinishMilestone(ctx, c.Actor, ws, id, step, in)
	})
}

func deleteMilestone(c *call) (any, error) {
	step, err := pathID[tandem.MilestoneID](c, "step")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteMilestone(ctx, c.Actor, ws, id, step)
	})
}

func putFactor(c *call) (any, error) {
	in, err := read[app.FactorInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.PutFactor(ctx, c.Actor, ws, id, in)
	})
}

func deleteFactor(c *call) (any, error) {
	f, err := pathID[tandem.FactorID](c, "factor")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.DeleteFactor(ctx, c.Actor, ws, id, f)
	})
}
