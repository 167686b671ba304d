package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func trialOperations() []operation {
	return []operation{
		{id: "get-trial", method: "GET", path: "/techniques/{id}/trial", action: policy.Read, kind: policy.Technique, out: app.TrialView{},
			summary: "The two-week trial of a technique: its uses and what they felt like, what is tried beside it, trials before", run: getTrial},
		{id: "get-new-way", method: "GET", path: "/goals/{id}/new-way", action: policy.Read, kind: policy.Technique, out: app.NewWay{},
			summary: "One new way to try on a result that is half over and on which none was tried; an empty name is nothing", run: getNewWay},
		{id: "try-new-way", method: "POST", path: "/goals/{id}/new-way", action: policy.Create, kind: policy.Technique, out: tandem.Technique{}, status: http.StatusOK,
			summary: "Try the new way that is offered, for two weeks", run: tryNewWay},
		{id: "list-celebrations", method: "GET", path: "/celebrations", action: policy.Read, kind: policy.Learning, out: page[tandem.Celebration]{},
			summary: "What was reached, learned or tried today and yesterday, a line each; none for whoever switched them off", run: listCelebrations},
		{id: "set-celebration", method: "POST", path: "/celebrations", action: policy.Log, kind: policy.Learning, in: app.CheerInput{}, out: tandem.Celebration{}, status: http.StatusOK,
			summary: "Say who helped, or put a line away", run: setCelebration},
		{id: "list-celebration-lifelines", method: "GET", path: "/celebrations/{about}/lifelines", action: policy.Read, kind: policy.Lifeline, out: page[app.CheerTo]{},
			summary: "Your lifelines in which everybody may see what a line of celebration tells; none is proposed", run: listCheerLifelines},
		{id: "tell-celebration", method: "POST", path: "/lifelines/{id}/celebrations", action: policy.Log, kind: policy.Lifeline, in: app.TellInput{}, out: tandem.Note{}, status: http.StatusCreated,
			summary: "Tell a line of celebration to one lifeline; said again it changes nothing", run: tellCheer},
	}
}

func getTrial(c *call) (any, error) {
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		v, err := c.App.GetTrial(ctx, c.Actor, ws, id)
		v.Beside, v.Past = full(v.Beside), full(v.Past)
		return v, err
	})
}

// onResultsWays runs do on the goal of the path; the techniques are the asker's own.
func onResultsWays(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error)) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		if _, err := c.App.GetGoal(ctx, c.Actor, ws, id); err != nil {
			return nil, err
		}
		if err := c.may(c.op.action, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: c.Person.ID, Visibility: tandem.OnlyMe}); err != nil {
			return nil, err
		}
		return do(ctx, ws, id)
	})
}

func getNewWay(c *call) (any, error) {
	return onResultsWays(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.GetNewWay(ctx, c.Actor, ws, id)
	})
}

func tryNewWay(c *call) (any, error) {
	return onResultsWays(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		return c.App.TryNewWay(ctx, c.Actor, ws, id)
	})
}

func listCelebrations(c *call) (any, error) {
	return listed(c.App.ListCelebrations(c.ctx(), c.Actor, c.Space))
}

func listCheerLifelines(c *call) (any, error) {
	return listed(c.App.CheerLifelines(c.ctx(), c.Actor, c.Space, c.R.PathValue("about")))
}

func tellCheer(c *call) (any, error) {
	in, err := read[app.TellInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.TellCheer(c.ctx(), c.Actor, c.Space, id, in)
}

func setCelebration(c *call) (any, error) {
	in, err := read[app.CheerInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.SetCheer(c.ctx(), c.Actor, c.Space, in)
}
