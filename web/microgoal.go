package web

import (
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// microGoalPath finds a micro-goal among the reader's workspaces.
func (c *call) microGoalPath() (v app.MicroGoalView, err error) {
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return v, err
	}
	for _, ws := range c.spaces() {
		if v, err = c.s.App.OpenMicroGoal(c.ctx(), c.Actor, ws, id); tandem.KindOf(err) != tandem.KindNotFound {
			return v, err
		}
	}
	return v, tandem.NotFound("microgoal")
}

func getMicroGoal(_ *Server, c *call) error {
	v, err := c.microGoalPath()
	if err != nil {
		return err
	}
	return c.page(pageView{Title: v.Title, Current: "goals"}, microGoalPage(c, c.fresh(), v))
}

// postSetOff keeps what set a micro-goal off today.
func postSetOff(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.microGoalPath()
	if err != nil {
		return err
	}
	if text := f.text("text"); strings.TrimSpace(text) != "" {
		_, err = s.App.SaySetOff(c.ctx(), c.Actor, v.Workspace, v.ID, text)
		if err := f.take(renamed(err, "note", "text")); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.refused(pageView{Title: v.Title, Current: "goals"}, microGoalPage(c, f, v))
	}
	return c.redirect(c.backOr(ui.MicroGoalPageURL(v.ID.String())), &toast{Key: "toast.saved"})
}

// renamed gives an error of one field the name that the form has for it.
func renamed(err error, from, to string) error {
	all := tandem.All(err)
	if len(all) == 0 {
		return err
	}
	out := make(tandem.Errors, len(all))
	for i, e := range all {
		x := *e
		if x.Field == from {
			x.Field = to
		}
		out[i] = &x
	}
	return out.Err()
}

// sizeWords says half the size of a micro-goal and from when.
func (c *call) sizeWords(x app.ReviewSize) string {
	return c.T("size.from", tandem.Args{"size": c.microWords(x.Half), "day": c.Lang.DateWeekday(x.From)})
}

// postDays shows "n of the last 28 days" of a micro-goal, or hides it.
func postDays(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.microGoalPath()
	if err != nil {
		return err
	}
	on := f.text("show") == "on"
	if _, err := s.App.ChangeMicroGoal(c.ctx(), c.Actor, v.Workspace, v.ID, app.MicroGoalChange{Version: v.Version, ShowDays: &on}); err != nil {
		return err
	}
	return c.redirect(ui.MicroGoalPageURL(v.ID.String()), nil)
}
