package web

import (
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/web/ui"
)

// An editForm is what a goal's page of changes shows.
type editForm struct {
	Title, Action, Back, Version string
	Fields                       []ui.FieldView
	ID                           string
	Guard                        bool     // what must not get worse can be set here
	Names                        []string // of numbers that can guard
}

func getEditGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	g, err := s.App.GoalTo(c.ctx(), c.Actor, ws, id, policy.Change)
	if err != nil {
		return err
	}
	f := c.fresh()
	e, err := c.editForm(s, f, g)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: e.Title, Current: "goals"}, editPage(c, f, e))
}

func (c *call) editForm(s *Server, f *form, any tandem.AnyGoal) (e editForm, err error) {
	g := any.GoalHead()
	e = editForm{Title: g.Title, Action: ui.GoalActionURL(g.ID.String(), "edit"), Back: ui.GoalURL(g.ID.String()), Version: strconv.FormatInt(g.Version, 10), ID: g.ID.String()}
	e.Fields = append(e.Fields, ui.FieldView{Name: "title", Label: c.T("new.name"), Value: g.Title})
	if p, ok := any.(tandem.PerformanceGoal); ok {
		m, err := s.App.GetMetric(c.ctx(), c.Actor, g.Workspace, p.Metric)
		if err != nil {
			return e, err
		}
		form := c.Lang.Numbers()
		if m.Direction == tandem.Within && p.TargetLo != nil && p.TargetHi != nil {
			e.Fields = append(e.Fields, ui.FieldView{Name: "target_lo", Label: c.T("new.target_lo"), Value: form.Input(*p.TargetLo), InputMode: "decimal"},
				ui.FieldView{Name: "target_hi", Label: c.T("new.target_hi"), Value: form.Input(*p.TargetHi), InputMode: "decimal"})
		} else {
			advice, err := c.editAdvice(f, p, m)
			if err != nil {
				return e, err
			}
			e.Fields = append(e.Fields, ui.FieldView{Name: "target", Label: c.T("new.target"), Value: form.Input(p.Target), InputMode: "decimal", Hint: advice})
			stretch := ""
			if p.Stretch != nil {
				stretch = form.Input(*p.Stretch)
			}
			e.Fields = append(e.Fields, ui.FieldView{Name: "stretch", Label: c.T("new.stretch"), Value: stretch, InputMode: "decimal"})
		}
		if e.Guard, e.Names, err = c.guardShown(p); err != nil {
			return e, err
		}
		e.Fields = append(e.Fields, ui.FieldView{Name: "deadline", Label: c.T("new.by"), Type: "date", Value: p.Deadline.String()})
	}
	if l, ok := any.(tandem.LearningGoal); ok {
		e.Fields = append(e.Fields, ui.FieldView{Name: "first_step", Label: c.T("new.first_step"), Value: l.FirstStep},
			ui.FieldView{Name: "levels", Label: c.T("new.levels"), Type: "textarea", Rows: 5, Hint: c.T("new.levels_hint"), Value: joinLines(l.Levels)})
	}
	e.Fields = append(e.Fields, ui.FieldView{Name: "why", Label: c.T("new.why"), Type: "textarea", Rows: 3, Value: g.Why})
	return e, nil
}

// postEditGoal changes a goal; whoever was faster is told, and what was typed is kept.
func postEditGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	g, err := s.App.GetGoal(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	title, why := f.text("title"), f.text("why")
	version, err := strconv.ParseInt(f.values.Get("version"), 10, 64)
	if err != nil {
		version = 0
	}
	in := app.GoalChange{Version: version, Title: &title, Why: &why}
	if g.GoalHead().Kind == tandem.KindPerformance {
		in.Target, in.TargetLo, in.TargetHi, in.Stretch = f.optional("target"), f.optional("target_lo"), f.optional("target_hi"), f.optional("stretch")
		if d := f.day("deadline"); d != tandem.NoDay {
			in.Deadline = &d
		}
	} else {
		step, levels := f.text("first_step"), splitLines(f.values.Get("levels"))
		in.FirstStep, in.Levels = &step, &levels
	}
	if f.ok() {
		_, err = s.App.ChangeGoal(c.ctx(), c.Actor, ws, id, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		e, err := c.editForm(s, f, g)
		if err != nil {
			return err
		}
		return c.refused(pageView{Title: e.Title, Current: "goals"}, editPage(c, f, e))
	}
	return c.redirect(ui.GoalURL(id.String()), &toast{Key: "toast.saved"})
}

func getDeleteGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	g, err := s.App.GoalTo(c.ctx(), c.Actor, ws, id, policy.Delete)
	if err != nil {
		return err
	}
	title := c.T("delete.goal", tandem.Args{"title": g.GoalHead().Title})
	return c.page(pageView{Title: title, Current: "goals"}, deletePage(c, title, c.T("delete.goal_text"), c.T("delete.keep"), ui.GoalActionURL(id.String(), "delete"), ui.GoalURL(id.String())))
}

func postDeleteGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	remove := s.App.DeleteGoal
	if f.text("all") == "yes" {
		remove = s.App.DeleteGoalAndLearning
	}
	if err := remove(c.ctx(), c.Actor, ws, id); err != nil {
		return err
	}
	return c.redirect(ui.GoalsURL(), &toast{Key: "toast.deleted"})
}
