package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func goalOperations() []operation {
	return []operation{
		{id: "create-goal", method: "POST", path: "/goals", action: policy.Create, kind: policy.Goal, status: http.StatusCreated, in: app.GoalInput{}, out: eitherGoal{},
			summary: "Make a result or a learning goal", run: createGoal},
		{id: "create-pair", method: "POST", path: "/pairs", action: policy.Create, kind: policy.Goal, status: http.StatusCreated, in: app.PairInput{}, out: app.Pair{},
			summary: "Make a result and the learning goal that fuels it", run: createPair},
		{id: "list-goals", method: "GET", path: "/goals", action: policy.Read, kind: policy.Goal, query: []string{"kind", "state", "open", "own", "sort", "next", "limit"}, out: page[tandem.GoalLine]{},
			summary: "List goals, each result with its number and what is kept of its forecast", run: listGoals},
		{id: "get-goal", method: "GET", path: "/goals/{id}", action: policy.Read, kind: policy.Goal, out: eitherGoal{}, summary: "Read a goal", run: getGoal},
		{id: "change-goal", method: "PATCH", path: "/goals/{id}", action: policy.Change, kind: policy.Goal, match: true, in: goalChange{}, out: eitherGoal{},
			summary: "Change a goal", run: changeGoal},
		{id: "move-goal", method: "POST", path: "/goals/{id}/moves", action: policy.Change, kind: policy.Goal, mayMatch: true, in: moveInput{}, out: tandem.Goal{}, summary: "Pause, resume, rest or release a goal", run: moveGoal},
		{id: "delete-goal", method: "DELETE", path: "/goals/{id}", action: policy.Delete, kind: policy.Goal, query: []string{"all"}, summary: "Delete a goal; noticed levels and lessons stay in the portfolio unless all is true", run: deleteGoal},
		{id: "goal-history", method: "GET", path: "/goals/{id}/history", action: policy.Read, kind: policy.Goal, out: page[historyView]{}, summary: "The changes of a goal", run: goalHistory},
		{id: "get-hint", method: "GET", path: "/goals/{id}/hint", action: policy.Read, kind: policy.Goal, out: hintReply{},
			summary: "The one hint that an own goal's fields and history ask for; an empty code is none", run: getHint},
		{id: "quiet-hint", method: "POST", path: "/goals/{id}/hint/quiet", action: policy.Change, kind: policy.Goal, in: quietInput{}, summary: "Put a hint away for one goal, for good", run: quietHint},
		{id: "link-goals", method: "POST", path: "/goals/{id}/fuels", action: policy.Change, kind: policy.Learning, status: http.StatusCreated, in: app.FuelsInput{}, out: tandem.Fuels{},
			summary: "Link a learning goal to a result that it fuels", run: linkGoals},
		{id: "list-fuels", method: "GET", path: "/goals/{id}/fuels", action: policy.Read, kind: policy.Goal, out: fuelsReply{},
			summary: "The results that a learning goal fuels, or the learning goals that fuel a result", run: listFuels},
		{id: "unlink-goals", method: "DELETE", path: "/goals/{id}/fuels/{result}", action: policy.Change, kind: policy.Learning, query: []string{"result_workspace"}, summary: "Remove that link", run: unlinkGoals},
		{id: "put-milestone", method: "POST", path: "/goals/{id}/milestones", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.MilestoneInput{}, out: tandem.Milestone{},
			summary: "Add a step, or change one", run: putMilestone},
		{id: "list-milestones", method: "GET", path: "/goals/{id}/milestones", action: policy.Read, kind: policy.Goal, out: page[tandem.Milestone]{}, summary: "The steps of a goal", run: listMilestones},
		{id: "finish-milestone", method: "POST", path: "/goals/{id}/milestones/{step}/done", action: policy.Log, kind: policy.Goal, in: app.DoneInput{}, out: tandem.Milestone{},
			summary: "Close a step; what it taught becomes a lesson", run: finishMilestone},
		{id: "delete-milestone", method: "DELETE", path: "/goals/{id}/milestones/{step}", action: policy.Change, kind: policy.Goal, summary: "Remove a step", run: deleteMilestone},
		{id: "put-factor", method: "POST", path: "/goals/{id}/factors", action: policy.Change, kind: policy.Goal, status: http.StatusCreated, in: app.FactorInput{}, out: factorView{},
			summary: "Name what is in the owner's hands or not", run: putFactor},
		{id: "list-factors", method: "GET", path: "/goals/{id}/factors", action: policy.Read, kind: policy.Goal, out: page[factorView]{}, summary: "What is in the owner's hands and what not, of a result", run: listFactors},
		{id: "delete-factor", method: "DELETE", path: "/goals/{id}/factors/{factor}", action: policy.Change, kind: policy.Goal, summary: "Remove a factor", run: deleteFactor},
	}
}

// eitherGoal stands for an answer that is a result or a learning goal.
type eitherGoal struct{}

func (eitherGoal) alternatives() []any { return []any{tandem.PerformanceGoal{}, tandem.LearningGoal{}} }

// goal reads the goal's id and finds the workspace that it is in.
func (c *call) goal() (tandem.GoalID, tandem.WorkspaceID, error) {
	id, err := pathID[tandem.GoalID](c, "id")
	if err != nil {
		return 0, 0, err
	}
	return id, c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetGoal(c.ctx(), c.Actor, ws, id)
		return err
	}), nil
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
	q, err := c.goalQuery()
	if err != nil {
		return nil, err
	}
	p, err := c.App.ListGoals(c.ctx(), c.Actor, c.Space, q)
	p.Items = full(p.Items)
	return p, err
}

func (c *call) goalQuery() (q app.GoalQuery, err error) {
	if q.Limit, err = c.limitOf(); err != nil {
		return q, err
	}
	if q.Kind, err = choice(c, "kind", tandem.KindPerformance, tandem.KindLearning); err != nil {
		return q, err
	}
	if q.State, err = choice(c, "state", tandem.Draft, tandem.Offered, tandem.Active, tandem.Paused, tandem.Closed, tandem.Resting, tandem.Released); err != nil {
		return q, err
	}
	if q.Sort, err = choice(c, "sort", tandem.SortTitle, tandem.SortDeadline, tandem.SortUpdated); err != nil {
		return q, tandem.Invalid("sort", "sort_one_of", tandem.Args{"allowed": "title, deadline, updated"})
	}
	if q.Open, err = c.flag("open"); err != nil {
		return q, err
	}
	q.Own, err = c.flag("own")
	q.Cursor = c.query.Get("next")
	return q, err
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
		if es := tandem.All(err); len(es) == 1 && es[0].Code == "only_owner" && (in.Target != nil || in.TargetLo != nil || in.TargetHi != nil) {
			err = tandem.Denied("only_owner_target", nil)
		}
		return g, c.staleGoal(ctx, ws, id, err)
	})
}

// staleGoal says who changed a goal since it was read, when, and which version stands.
func (c *call) staleGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID, err error) error {
	return c.stale(err, ws, func() (int64, error) {
		g, err := c.App.GetGoal(ctx, c.Actor, ws, id)
		if err != nil {
			return 0, err
		}
		return g.GoalHead().Version, nil
	}, func() ([]tandem.HistoryEntry, error) { return c.App.GoalHistory(ctx, c.Actor, ws, id) })
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
	version, err := c.version()
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		g, err := c.App.MoveGoal(ctx, c.Actor, ws, id, in.Move, version)
		return g, c.staleGoal(ctx, ws, id, err)
	})
}

func deleteGoal(c *call) (any, error) {
	all, err := c.flag("all")
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		if all {
			return nil, c.App.DeleteGoalAndLearning(ctx, c.Actor, ws, id)
		}
		return nil, c.App.DeleteGoal(ctx, c.Actor, ws, id)
	})
}

func goalHistory(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		es, err := c.App.GoalHistory(ctx, c.Actor, ws, id)
		return shown(es, err, historyOf)
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

// A fuelsReply names one side of the links of a goal. Hidden counts the links whose other end is gone or
// cannot be seen. In Links, what else changed and the looks are told to the learning goal's owner alone.
type fuelsReply struct {
	Results  []tandem.GoalID `json:"results"`
	Learning []tandem.GoalID `json:"learning"`
	Hidden   int             `json:"hidden"`
	Links    []tandem.Fuels  `json:"links"`
}

func listFuels(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		out := fuelsReply{Results: []tandem.GoalID{}, Learning: []tandem.GoalID{}}
		g, err := c.App.GetGoal(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		links, err := c.App.ListLinks(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		out.Links = full(links)
		if g.GoalHead().Kind == tandem.KindPerformance {
			v, err := c.App.ResultPage(ctx, c.Actor, ws, id)
			for _, l := range v.Lines {
				out.Learning = append(out.Learning, l.ID)
			}
			return out, err
		}
		v, err := c.App.LearningPage(ctx, c.Actor, ws, id)
		for _, p := range v.Fuels {
			out.Results = append(out.Results, p.ID)
		}
		out.Hidden = v.Hidden
		return out, err
	})
}

func unlinkGoals(c *call) (any, error) {
	result, err := pathID[tandem.GoalID](c, "result")
	if err != nil {
		return nil, err
	}
	in := app.FuelsInput{Result: result}
	if text := c.query.Get("result_workspace"); text != "" {
		if in.Workspace, err = tandem.ParseID[tandem.WorkspaceID](text); err != nil {
			return nil, err
		}
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return nil, c.App.UnlinkGoals(ctx, c.Actor, ws, id, in)
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
		f, err := c.App.PutFactor(ctx, c.Actor, ws, id, in)
		return factorOf(f), err
	})
}

func listFactors(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		v, err := c.App.ResultPage(ctx, c.Actor, ws, id)
		return shown(v.Factors, err, factorOf)
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
