package api

import (
	"context"
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func techniqueOperations() []operation {
	return []operation{
		{id: "create-technique", method: "POST", path: "/techniques", action: policy.Create, kind: policy.Technique, status: http.StatusCreated, in: app.TechniqueInput{}, out: tandem.Technique{}, summary: "Name a technique to try", run: createTechnique},
		{id: "list-techniques", method: "GET", path: "/techniques", action: policy.Read, kind: policy.Technique, out: page[tandem.Technique]{}, summary: "List techniques", run: listTechniques},
		{id: "get-technique", method: "GET", path: "/techniques/{id}", action: policy.Read, kind: policy.Technique, out: tandem.Technique{}, summary: "Read a technique", run: getTechnique},
		{id: "change-technique", method: "PATCH", path: "/techniques/{id}", action: policy.Change, kind: policy.Technique, match: true, in: techniqueChange{}, out: tandem.Technique{}, summary: "Rename a technique, keep, adapt or drop it", run: changeTechnique},
		{id: "log-use", method: "POST", path: "/techniques/{id}/uses", action: policy.Log, kind: policy.Technique, status: http.StatusCreated, in: app.UseInput{}, out: useView{}, summary: "Log that a technique was used", run: logUse},
		{id: "list-uses", method: "GET", path: "/uses", action: policy.Read, kind: policy.Technique, query: []string{"from", "to"}, out: page[useView]{}, summary: "List uses", run: listUses},
		{id: "change-use", method: "POST", path: "/techniques/{id}/uses/{use}", action: policy.Log, kind: policy.Technique, in: app.UseInput{}, summary: "Say afterwards how a use went", run: changeUse},
		{id: "techniques-for", method: "GET", path: "/goals/{id}/techniques", action: policy.Read, kind: policy.Technique, out: page[tandem.Technique]{}, summary: "The techniques that can ride on a value of a result", run: techniquesFor},
		{id: "delete-use", method: "DELETE", path: "/techniques/{id}/uses/{use}", action: policy.Log, kind: policy.Technique, summary: "Take a use back", run: deleteUse},
	}
}

func createTechnique(c *call) (any, error) {
	in, err := read[app.TechniqueInput](c)
	if err != nil {
		return nil, err
	}
	return c.App.CreateTechnique(c.ctx(), c.Actor, c.Space, in)
}

func listTechniques(c *call) (any, error) {
	return listed(c.App.ListTechniques(c.ctx(), c.Actor, c.Space))
}

// onTechnique runs do on the technique of the path, in the workspace that it is in.
func onTechnique(c *call, do func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error)) (any, error) {
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return nil, err
	}
	return do(c.ctx(), c.spaceOf(func(ws tandem.WorkspaceID) error {
		_, err := c.server.App.GetTechnique(c.ctx(), c.Actor, ws, id)
		return err
	}), id)
}

func getTechnique(c *call) (any, error) {
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		return c.App.GetTechnique(ctx, c.Actor, ws, id)
	})
}

// techniqueChange is a change of a technique; the version comes in If-Match.
type techniqueChange struct {
	app.TechniqueChange
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeTechnique(c *call) (any, error) {
	in, err := read[techniqueChange](c)
	if err != nil {
		return nil, err
	}
	if in.TechniqueChange.Version, err = c.version(); err != nil {
		return nil, err
	}
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		t, err := c.App.ChangeTechnique(ctx, c.Actor, ws, id, in.TechniqueChange)
		return t, c.stale(err, ws, func() (int64, error) {
			t, err := c.App.GetTechnique(ctx, c.Actor, ws, id)
			return t.Version, err
		}, nil)
	})
}

func logUse(c *call) (any, error) {
	in, err := read[app.UseInput](c)
	if err != nil {
		return nil, err
	}
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		u, err := c.App.LogUse(ctx, c.Actor, ws, id, in)
		return useOf(u), err
	})
}

func listUses(c *call) (any, error) {
	from, to, err := c.days()
	if err != nil {
		return nil, err
	}
	all, err := c.App.ListUses(c.ctx(), c.Actor, c.Space, from, to)
	return shown(all, err, useOf)
}

func techniquesFor(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		g, err := c.App.GetGoal(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		if err := c.may(policy.Read, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: c.Person.ID, Visibility: tandem.OnlyMe}); err != nil {
			return nil, err
		}
		return listed(c.App.TechniquesFor(ctx, c.Actor, ws, g.GoalHead().ID))
	})
}

func changeUse(c *call) (any, error) {
	in, err := read[app.UseInput](c)
	if err != nil {
		return nil, err
	}
	use, err := pathID[tandem.UseID](c, "use")
	if err != nil {
		return nil, err
	}
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		return nil, c.App.ChangeUse(ctx, c.Actor, ws, id, use, in)
	})
}

func deleteUse(c *call) (any, error) {
	use, err := pathID[tandem.UseID](c, "use")
	if err != nil {
		return nil, err
	}
	return onTechnique(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (any, error) {
		return nil, c.App.DeleteUse(ctx, c.Actor, ws, id, use)
	})
}
