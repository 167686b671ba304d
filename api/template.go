package api

import (
	"net/http"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func templateOperations() []operation {
	return []operation{
		{id: "list-templates", method: "GET", path: "/templates", action: policy.Read, kind: policy.Template, query: []string{"text"}, out: page[app.TemplateView]{}, summary: "List paired templates, those that fit a text or all", run: listTemplates},
		{id: "get-template", method: "GET", path: "/templates/{name}", action: policy.Read, kind: policy.Template, out: app.TemplateView{}, summary: "Read a template, ready for create-pair", run: getTemplate},
		{id: "import-templates", method: "POST", path: "/templates", action: policy.Create, kind: policy.Template, status: http.StatusCreated, in: app.PackInput{}, out: page[app.TemplateView]{}, summary: "Bring a pack of templates for the workspace", run: importTemplates},
		{id: "export-templates", method: "GET", path: "/template-pack", action: policy.Read, kind: policy.Template, query: []string{"names"}, out: app.PackInput{}, summary: "Templates as a pack to share: the workspace's own, or those that are named", run: exportTemplates},
		{id: "delete-template", method: "DELETE", path: "/templates/{name}", action: policy.Delete, kind: policy.Template, summary: "Take a template away that was brought for the workspace", run: deleteTemplate},
		{id: "suggest-learning", method: "GET", path: "/suggestions", action: policy.Read, kind: policy.Learning, query: []string{"text", "number", "unit", "goal"}, out: page[suggestionView]{}, summary: "Three learning goals for a result", run: suggestLearning},
	}
}

// textOf reads a parameter that is a text.
func (c *call) textOf(name string) (string, error) {
	text := c.query.Get(name)
	if n := len([]rune(text)); n > tandem.MaxTitle {
		return "", tandem.Invalid(name, "text_too_long", tandem.Args{"limit": tandem.MaxTitle, "length": n})
	}
	return text, nil
}

func listTemplates(c *call) (any, error) {
	text, err := c.textOf("text")
	if err != nil {
		return nil, err
	}
	return listed(c.App.ListTemplates(c.ctx(), c.Actor, c.Space, text))
}

func getTemplate(c *call) (any, error) {
	name := c.R.PathValue("name")
	return c.App.GetTemplate(c.ctx(), c.Actor, c.spaceOf(func(ws tandem.WorkspaceID) error {
		return c.App.FindTemplate(c.ctx(), c.Actor, ws, name, false)
	}), name)
}

func importTemplates(c *call) (any, error) {
	in, err := read[app.PackInput](c)
	if err != nil {
		return nil, err
	}
	return listed(c.App.ImportTemplates(c.ctx(), c.Actor, c.Space, in))
}

func exportTemplates(c *call) (any, error) {
	var names []string
	for n := range strings.SplitSeq(c.query.Get("names"), ",") {
		if n = strings.TrimSpace(n); n != "" {
			names = append(names, n)
		}
	}
	pack, err := c.App.ExportTemplates(c.ctx(), c.Actor, c.Space, names)
	return app.PackInput{Pack: pack}, err
}

func deleteTemplate(c *call) (any, error) {
	name := c.R.PathValue("name")
	return nil, c.App.DeleteTemplate(c.ctx(), c.Actor, c.spaceOf(func(ws tandem.WorkspaceID) error {
		return c.App.FindTemplate(c.ctx(), c.Actor, ws, name, true)
	}), name)
}

// suggestionView is a suggestion with its reason in the asker's words.
type suggestionView struct {
	app.Suggestion
	Why string `json:"why"`
}

// suggestInput reads what something learned is sought for.
func (c *call) suggestInput() (in app.SuggestInput, err error) {
	for name, to := range map[string]*string{"text": &in.Text, "number": &in.Number, "unit": &in.Unit} {
		if *to, err = c.textOf(name); err != nil {
			return in, err
		}
	}
	if id := c.query.Get("goal"); id != "" {
		in.Goal, err = tandem.ParseID[tandem.GoalID](id)
	}
	return in, err
}

func suggestLearning(c *call) (any, error) {
	in, err := c.suggestInput()
	if err != nil {
		return nil, err
	}
	all, err := c.App.SuggestLearning(c.ctx(), c.Actor, c.Space, in)
	return shown(all, err, func(s app.Suggestion) suggestionView {
		return suggestionView{s, c.Lang.T("suggest.reason."+s.Reason, s.Args)}
	})
}
