package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// guardName names the number of a guard.
func (c *call) guardName(g app.GuardView) string {
	if g.Hidden || g.Number == nil {
		return c.T("guard.hidden")
	}
	return g.Number.Name
}

// guardBound says what is asked of a guard: "Complaints: at most 5".
func (c *call) guardBound(g app.GuardView) string {
	if g.Hidden || g.Number == nil {
		return c.T("guard.hidden")
	}
	return c.T("guard."+string(g.Side), tandem.Args{"name": g.Number.Name, "bound": c.exact(*g.Number, g.Bound)})
}

// guardStands says how a guard stands: "7 on the whole so far. Reached waits until it is back."
func (c *call) guardStands(g app.GuardView) string {
	switch {
	case g.Hidden || g.Number == nil:
		return c.T("guard.hidden_text")
	case g.Stood == nil:
		return c.T("guard.open")
	}
	key := "guard.stands_whole"
	switch {
	case g.Number.Form == tandem.FormTotal:
		key = "guard.stands_total"
	case g.Every:
		key = "guard.stands_every"
	}
	said := c.T(key, tandem.Args{"value": c.value(*g.Number, *g.Stood)})
	if g.State == tandem.GuardBroken {
		return said + " " + c.T("guard.waits")
	}
	return said
}

// held tells whether a result whose number is there is not called reached: a guard is broken, or rests on a number
// that the reader cannot see.
func (c *call) held(v app.ResultView) bool {
	for _, g := range v.Guards {
		if g.State == tandem.GuardBroken || g.Hidden {
			return true
		}
	}
	return false
}

// heldWords gives the reason in words.
func (c *call) heldWords(v app.ResultView) string {
	for _, g := range v.Guards {
		if g.State == tandem.GuardBroken {
			return c.guardReason(g)
		}
	}
	return c.T("guard.hidden_text")
}

// guardReason says why a guard keeps a result from being called reached.
func (c *call) guardReason(g app.GuardView) string {
	if g.Number == nil || g.Stood == nil {
		return c.T("guard.hidden_text")
	}
	return c.T("guard.reason."+string(g.Side), tandem.Args{"name": g.Number.Name, "value": c.value(*g.Number, *g.Stood), "bound": c.exact(*g.Number, g.Bound)})
}

func (c *call) sideOptions(now string) (out []ui.Option) {
	for _, s := range []tandem.Side{tandem.AtMost, tandem.AtLeast} {
		out = append(out, ui.Option{Value: string(s), Label: c.T("guard.side." + string(s)), On: now == string(s)})
	}
	return out
}

func (c *call) everyOptions(now string) []ui.Option {
	return []ui.Option{{Value: "", Label: c.T("guard.whole"), On: now == ""}, {Value: "yes", Label: c.T("guard.every"), On: now == "yes"}}
}

// guardInput reads the fields of a guard; nil where no number is named.
func (f *form) guardInput(prefix string) *app.GuardInput {
	name, bound := f.text(prefix+"metric"), f.optional(prefix+"bound")
	if name == "" && bound == nil {
		return nil
	}
	in := app.GuardInput{Side: tandem.Side(f.text(prefix + "side")), Bound: bound, Every: f.on(prefix + "every")}
	if name != "" {
		in.Number = &app.MetricInput{Name: name}
	}
	return &in
}

// postGuard sets what must not get worse, or takes it off. What is wrong comes back on the page of changes.
func postGuard(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	if t := f.text("remove"); t != "" {
		m, err := tandem.ParseID[tandem.MetricID](t)
		if err == nil {
			err = s.App.DeleteGuard(c.ctx(), c.Actor, ws, id, m)
		}
		if err != nil {
			return err
		}
		return c.redirect(ui.GoalURL(id.String()), &toast{Key: "toast.removed"})
	}
	in := f.guardInput("guard.")
	if in == nil {
		in = &app.GuardInput{}
	}
	if f.ok() {
		_, err = s.App.PutGuard(c.ctx(), c.Actor, ws, id, *in)
		if err := f.take(prefixed("guard.", err)); err != nil {
			return err
		}
	}
	if f.ok() {
		return c.redirect(ui.GoalURL(id.String())+"#h-guard", &toast{Key: "toast.saved"})
	}
	g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	e, err := c.editForm(s, f, g)
	if err != nil {
		return err
	}
	e.Guard = true
	return c.refused(pageView{Title: e.Title, Current: "goals"}, editPage(c, f, e))
}

// guardOffered gives what the form for something new tells of guards: whether its fields are shown, and the day's
// offer with the page where it can be tried, nil for none.
func (c *call) guardOffered() (shown bool, offer *offerView, err error) {
	states, err := c.s.App.Concepts(c.ctx(), c.Actor)
	if err != nil || shows(states, "guard", c.Person.ShowAll) {
		return err == nil, nil, err
	}
	if c.partial() || c.R.Method != http.MethodGet {
		return false, nil, nil // the line is being read
	}
	x, err := c.s.App.Unguarded(c.ctx(), c.Actor, c.Space)
	if err != nil || x == nil {
		return false, nil, err
	}
	offer, err = c.offer(c.Space, tandem.Args{"number": x.Number.Name}, "new")
	if offer != nil {
		offer.Try = ui.GoalActionURL(x.ID.String(), "edit") + "#guard"
	}
	return false, offer, err
}

// guardShown tells whether the page of changes of a result has the fields of a guard, with the names of numbers
// that could be one.
func (c *call) guardShown(p tandem.PerformanceGoal) (bool, []string, error) {
	states, err := c.s.App.Concepts(c.ctx(), c.Actor)
	if err != nil || p.State == tandem.Closed || !shows(states, "guard", c.Person.ShowAll) {
		return false, nil, err
	}
	names, err := c.partNames()
	return true, names, err
}
