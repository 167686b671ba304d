package web

import (
	"net/url"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A logView is the sheet that logs a value of a result.
type logView struct {
	Goal        tandem.PerformanceGoal
	Metric      tandem.Metric
	Techniques  []tandem.Technique
	Label, Hint string
	Parts       []partLog // of a ratio: what is logged in its place
	Part        string    // the one that was sent, or the first
}

func (c *call) logView(s *Server) (v logView, ws tandem.WorkspaceID, err error) {
	id, ws, err := c.goal()
	if err != nil {
		return v, ws, err
	}
	g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return v, ws, err
	}
	p, ok := g.(tandem.PerformanceGoal)
	if !ok {
		return v, ws, tandem.NotFound("goal")
	}
	v.Goal = p
	if v.Metric, err = s.App.MetricToLog(c.ctx(), c.Actor, ws, p.Metric); err != nil {
		return v, ws, err
	}
	v.Label, v.Hint = v.Metric.Name, c.T("log.sets")
	if v.Metric.Form != tandem.FormReading {
		v.Hint = c.T("log.adds")
	}
	if v.Parts, err = c.partsToLog(ws, v.Metric); err != nil {
		return v, ws, err
	}
	if len(v.Parts) > 0 {
		v.Part = v.Parts[0].Part
	}
	v.Techniques, err = s.App.TechniquesFor(c.ctx(), c.Actor, ws, id)
	return v, ws, err
}

func getLog(s *Server, c *call) error {
	v, _, err := c.logView(s)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("log.title", tandem.Args{"title": v.Goal.Title}), Current: "goals"}, logPage(c, c.fresh(), v))
}

// postLog keeps a value of a result together with the techniques that were used for it. A second press of
// the same button finds its key and changes nothing.
func postLog(s *Server, c *call) error {
	v, ws, err := c.logView(s)
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	if fix := f.values.Get("value_fix"); fix != "" {
		f.values.Set("value", fix)
	}
	in := app.ObservationInput{Day: f.day("day"), Note: f.text("note"), State: tandem.State(f.text("state"))}
	if in.State == "" || in.State == tandem.StateValue {
		in.Value = f.optional("value")
	}
	if key := f.text("key"); key != "" {
		in.ExternalID = "form:" + key
	}
	for _, t := range f.all("technique") {
		id, err := tandem.ParseID[tandem.TechniqueID](t)
		if err != nil {
			return err
		}
		in.Techniques = append(in.Techniques, id)
	}
	for _, p := range v.Parts {
		if p.Part == f.text("part") {
			v.Part, v.Metric = p.Part, p.Metric
		}
	}
	if v.Metric.IsRatio() {
		f.errs.Add("", "ratio_logs_parts", tandem.Args{"name": v.Metric.Name, "numerator": v.Parts[0].Name, "denominator": v.Parts[1].Name})
	}
	var l app.Logged
	if f.ok() {
		l, err = s.App.LogObservation(c.ctx(), c.Actor, ws, v.Metric.ID, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		f.suggest()
		return c.refused(pageView{Title: v.Goal.Title, Current: "goals"}, logPage(c, f, v))
	}
	if err := s.App.Refresh(c.ctx(), c.Actor, ws, l.Goals); err != nil {
		return err
	}
	back := c.backOr(ui.GoalURL(v.Goal.ID.String()))
	return c.redirect(back, c.loggedToast(v.Metric, l, back))
}

// loggedToast says what was logged, with the address that takes it back.
func (c *call) loggedToast(m tandem.Metric, l app.Logged, back string) *toast {
	t := &toast{Key: "toast.logged", Args: map[string]string{"value": c.observationWords(m, l.Observation), "name": m.Name}, Undo: ui.ValueURL(valueID(m.ID, l.At), "delete") + "?back=" + url.QueryEscape(back)}
	if l.BeforeStart {
		t.Key = "note.value_before_start"
	}
	if len(l.Uses) > 0 {
		t.Key = "toast.logged_with"
	}
	return t
}

// postQuickLog takes the fixed form NAME NUMBER [DATE] [note].
func postQuickLog(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	date := func(text string) (tandem.Day, error) {
		y, m, d, err := c.Lang.ParseDate(text, c.Today)
		return tandem.DateDay(y, m, d), err
	}
	found, err := s.App.ParseLog(c.ctx(), c.Actor, c.Space, f.text("text"), c.Lang.Numbers().ParseNumber, date)
	if err != nil {
		return err
	}
	in := app.ObservationInput{Value: &found.Value, Day: found.Day, Note: found.Note}
	if key := f.text("key"); key != "" {
		in.ExternalID = "form:" + key
	}
	l, err := s.App.LogObservation(c.ctx(), c.Actor, c.Space, found.Metric.ID, in)
	if err != nil {
		return err
	}
	if err := s.App.Refresh(c.ctx(), c.Actor, c.Space, l.Goals); err != nil {
		return err
	}
	return c.redirect(ui.TodayURL(), c.loggedToast(found.Metric, l, ui.TodayURL()))
}

// microGoal finds a micro-goal among the reader's workspaces and leads back after do.
func (c *call) microGoal(done string, do func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (undo string, err error)) error {
	id, err := pathID[tandem.MicroGoalID](c, "id")
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	for _, ws := range c.spaces() {
		undo, err := do(ws, id, f)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue
		}
		if err != nil && !isDone(err) {
			return err
		}
		return c.redirect(c.backOr(ui.TodayURL()), &toast{Key: done, Undo: undo})
	}
	return tandem.NotFound("microgoal")
}

func postTick(s *Server, c *call) error {
	return c.microGoal("toast.ticked", func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		m, at, err := s.App.Tick(c.ctx(), c.Actor, ws, id, app.TickInput{Key: f.values.Get("key")})
		return ui.ValueURL(valueID(m, at), "delete"), err
	})
}

func postSkip(s *Server, c *call) error {
	return c.microGoal("toast.skipped", func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		m, at, err := s.App.Tick(c.ctx(), c.Actor, ws, id, app.TickInput{State: tandem.StateSkip})
		return ui.ValueURL(valueID(m, at), "delete"), err
	})
}

// postPause begins a rest, or ends the one that lasts.
func postPause(s *Server, c *call) error {
	return c.microGoal("toast.saved", func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		return "", s.App.TogglePause(c.ctx(), c.Actor, ws, id)
	})
}

func postMicroGoal(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		minutes, _ := f.number("minutes")
		days, _ := f.number("days")
		if !f.ok() {
			return "", nil
		}
		g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
		if err != nil {
			return "", err
		}
		_, err = s.App.CreateMicroGoal(c.ctx(), c.Actor, ws, app.MicroGoalInput{Title: g.GoalHead().Title, Goal: id, Amount: minutes, Times: days})
		return "", err
	})
}
