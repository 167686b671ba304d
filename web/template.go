package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/web/ui"
)

// maxPackForm is the size of the largest form with a pack in it, in bytes.
const maxPackForm = 1 << 20

// A templatesView is the library of examples.
type templatesView struct {
	Text string // that is sought, "" for all
	All  []app.TemplateView
}

func getTemplates(s *Server, c *call) error {
	return c.showTemplates(s, c.fresh(), http.StatusOK)
}

func (c *call) showTemplates(s *Server, f *form, status int) error {
	v := templatesView{Text: tandem.CleanTitle(c.R.URL.Query().Get("text"))}
	if r := []rune(v.Text); len(r) > tandem.MaxTitle {
		v.Text = string(r[:tandem.MaxTitle])
	}
	var err error
	if v.All, err = s.App.ListTemplates(c.ctx(), c.Actor, c.Space, v.Text); err != nil {
		return err
	}
	return c.pageAs(status, pageView{Title: c.T("templates.title"), Current: "goals", Spaces: true}, templatesPage(c, f, v))
}

// postTemplates brings a pack. What is wrong with it is told line by line, and its text stays.
func postTemplates(s *Server, c *call) error {
	f, err := c.formUpTo(maxPackForm)
	if err != nil {
		return err
	}
	_, err = s.App.ImportTemplates(c.ctx(), c.Actor, c.Space, app.PackInput{Pack: f.values.Get("pack")})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.showTemplates(s, f, f.status())
	}
	return c.redirect(ui.TemplatesURL(""), &toast{Key: "toast.templates"})
}

// getTemplatePack sends one template as a file to share.
func getTemplatePack(s *Server, c *call) error {
	v, err := c.template(s, c.R.PathValue("name"))
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.W.Header().Set("Content-Disposition", `attachment; filename="`+v.Name+`.txt"`)
	_, err = c.W.Write([]byte(v.Text()))
	return err
}

// template finds a template in the workspaces of the asker, the current one first.
func (c *call) template(s *Server, name string) (v app.TemplateView, err error) {
	err = tandem.NotFound("template")
	for _, ws := range c.spaces() {
		if v, err = s.App.GetTemplate(c.ctx(), c.Actor, ws, name); tandem.KindOf(err) != tandem.KindNotFound {
			return v, err
		}
	}
	return v, err
}

func postDeleteTemplate(s *Server, c *call) error {
	err := tandem.NotFound("template")
	for _, ws := range c.spaces() {
		if err = s.App.DeleteTemplate(c.ctx(), c.Actor, ws, c.R.PathValue("name")); tandem.KindOf(err) != tandem.KindNotFound {
			break
		}
	}
	if err != nil {
		return err
	}
	return c.redirect(ui.TemplatesURL(""), &toast{Key: "toast.template_gone"})
}

// mayTakeAway tells whether the asker may take a template away that was brought.
func (c *call) mayTakeAway(v app.TemplateView) bool {
	return v.Own && policy.Decide(c.Actor, policy.Delete, policy.Resource{Kind: policy.Template, Workspace: c.Space, Owner: v.Owner}).Answer == policy.Allow
}

// templateNumber says which number an example asks for, and by how much.
func (c *call) templateNumber(v app.TemplateView) string {
	n := v.Pair.Result.Number
	r := v.Pair.Result
	args := tandem.Args{"number": n.Name, "unit": n.Unit, "value": "", "from": "", "to": ""}
	if n.Unit != "" {
		args["unit"] = " " + n.Unit
	}
	switch {
	case v.Change != nil && v.Percent:
		args["value"] = c.num(*v.Change, -1)
		return c.T("templates.percent", args)
	case v.Change != nil:
		args["value"] = c.num(*v.Change, -1)
		return c.T("templates.change", args)
	case r.Target != nil:
		args["value"] = c.num(*r.Target, -1)
		return c.T("templates.target", args)
	}
	args["from"], args["to"] = c.num(*r.TargetLo, -1), c.num(*r.TargetHi, -1)
	return c.T("templates.band", args)
}
