package api

import (
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
		{id: "log-use", method: "POST", path: "/techniques/{id}/uses", action: policy.Log, kind: policy.Technique, status: http.StatusCreated, in: app.UseInput{}, out: tandem.Use{}, summary: "Log that a technique was used", run: logUse},
		{id: "list-uses", method: "GET", path: "/uses", action: policy.Read, kind: policy.Technique, query: []string{"from", "to"}, out: page[tandem.Use]{}, summary: "List uses", run: listUses},
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

func getTechnique(c *call) (any, error) {
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.GetTechnique(c.ctx(), c.Actor, c.Space, id)
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
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return nil, err
	}
	if in.TechniqueChange.Version, err = c.version(); err != nil {
		return nil, err
	}
	return c.App.ChangeTechnique(c.ctx(), c.Actor, c.Space, id, in.TechniqueChange)
}

func logUse(c *call) (any, error) {
	in, err := read[app.UseInput](c)
	if err != nil {
		return nil, err
	}
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return nil, err
	}
	return c.App.LogUse(c.ctx(), c.Actor, c.Space, id, in)
}

func listUses(c *call) (any, error) {
	from, to, err := c.days()
	if err != nil {
		return nil, err
	}
	return listed(c.App.ListUses(c.ctx(), c.Actor, c.Space, from, to))
}

func deleteUse(c *call) (any, error) {
	id, err := pathID[tandem.TechniqueID](c, "id")
	if err != nil {
		return nil, err
	}
	use, err := pathID[tandem.UseID](c, "use")
	if err != nil {
		return nil, err
	}
	return nil, c.App.DeleteUse(c.ctx(), c.Actor, c.Space, id, use)
}
