package web

import (
	"net/url"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
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

// postQuickLog takes one line and says what it was understood as. What is refused comes back in the field,
// with a button for each reading where there are several.
func postQuickLog(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	l, err := s.App.LogLine(c.ctx(), c.Actor, c.Space, app.LineInput{Key: f.text("key"), Text: f.text("text"), Picks: f.pairs(fieldPick)})
	if isDone(err) {
		return c.redirect(ui.TodayURL(), nil)
	}
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.refused(pageView{Title: c.T("log.line"), Current: "today"}, linePage(c, f))
	}
	if l.Value != nil {
		if err := s.App.Refresh(c.ctx(), c.Actor, c.Space, l.Value.Goals); err != nil {
			return err
		}
	}
	return c.redirect(ui.TodayURL(), c.lineToast(l))
}

// lineField is the field of a line that came back. Where a question stands above it, nothing is wrong with it.
func (f *form) lineField() ui.FieldView {
	v := f.field(ui.FieldView{Name: "text", Label: f.c.T("log.line"), Autocomplete: "off"})
	if f.ask() != nil {
		v.Error = ""
	}
	return v
}

// mostToldNote is how many characters of a note a toast tells.
const mostToldNote = 60

// lineToast says what a line was understood as, with the address that takes it back.
func (c *call) lineToast(l app.LoggedLine) *toast {
	t := &toast{Key: "toast.logged", Args: map[string]string{"name": l.Name}}
	var value, note string
	day, with, back := c.Today, l.Techniques, "?back="+url.QueryEscape(ui.TodayURL())
	switch l.Kind {
	case app.LineValue:
		if l.Value.BeforeStart {
			return c.loggedToast(l.Number, *l.Value, ui.TodayURL())
		}
		value, day, note = c.observationWords(l.Number, l.Value.Observation), l.Value.Day, l.Value.Note
		if unit := unitAfter(l.Number); unit != "" && l.Value.State == tandem.StateValue {
			value += " " + unit
		}
		t.Undo = ui.ValueURL(valueID(l.Number.ID, l.Value.At), "delete") + back
	case app.LinePractice:
		value, day, note = c.T("log.minutes", tandem.Args{"n": c.num(l.Practice.Minutes, i18n.Auto)}), l.Practice.Day, l.Practice.Reflection
		t.Undo = ui.GoalActionURL(l.Practice.Goal.String(), "practice") + "/" + l.Practice.ID.String() + "/delete" + back
	case app.LineUse:
		t.Key, day, note, with = "toast.used", l.Uses[0].Day, l.Uses[0].Note, l.Techniques[1:]
		t.Undo = ui.TechniqueURL(l.Uses[0].Technique.String(), "unuse") + back
		t.Undo += "&use=" + l.Uses[0].ID.String()
		for _, u := range l.Uses[1:] {
			t.Undo += "&also=" + u.Technique.String() + "." + u.ID.String()
		}
	}
	var more []string
	if value != "" {
		more = append(more, value)
	}
	if day != c.Today {
		more = append(more, c.Lang.DayWord(day, c.Today))
	}
	for _, name := range with {
		more = append(more, c.T("log.line_with", tandem.Args{"name": name}))
	}
	if r := []rune(note); len(r) > mostToldNote {
		note = string(r[:mostToldNote]) + "…"
	}
	if note != "" {
		more = append(more, c.T("log.line_note", tandem.Args{"note": note}))
	}
	if t.Args["value"] = strings.Join(more, ", "); l.Kind == app.LineUse && len(more) > 0 {
		t.Args["name"] += ", " + t.Args["value"]
	}
	return t
}

// microGoal finds a micro-goal among the reader's workspaces and leads back after do.
func (c *call) microGoal(done *string, do func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (undo string, err error)) error {
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
		return c.redirect(c.backOr(ui.TodayURL()), &toast{Key: *done, Undo: undo})
	}
	return tandem.NotFound("microgoal")
}

func postTick(s *Server, c *call) error {
	done := "toast.ticked"
	return c.microGoal(&done, func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		m, at, err := s.App.Tick(c.ctx(), c.Actor, ws, id, app.TickInput{Key: f.values.Get("key")})
		if m.AtMost {
			done = "toast.counted"
		}
		return ui.ValueURL(valueID(m.Metric, at), "delete"), err
	})
}

func postSkip(s *Server, c *call) error {
	done := "toast.skipped"
	return c.microGoal(&done, func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		m, at, err := s.App.Tick(c.ctx(), c.Actor, ws, id, app.TickInput{Key: f.values.Get("key"), State: tandem.StateSkip})
		return ui.ValueURL(valueID(m.Metric, at), "delete"), err
	})
}

// postPause begins a rest, or ends the one that lasts.
func postPause(s *Server, c *call) error {
	done := "toast.saved"
	return c.microGoal(&done, func(ws tandem.WorkspaceID, id tandem.MicroGoalID, f *form) (string, error) {
		return "", s.App.TogglePause(c.ctx(), c.Actor, ws, id)
	})
}

func postMicroGoal(s *Server, c *call) error {
	return c.act("toast.saved", func(id tandem.GoalID, ws tandem.WorkspaceID, f *form) (string, error) {
		if what := f.text("what"); what != "" {
			most, _ := f.number("most")
			if !f.ok() {
				return "", nil
			}
			in := app.MicroGoalInput{Title: what, Goal: id, Times: most, AtMost: true, Period: tandem.Period(f.text("period"))}
			_, err := s.App.CreateMicroGoal(c.ctx(), c.Actor, ws, in)
			return "", err
		}
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
