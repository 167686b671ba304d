package web

import (
	"fmt"
	"net/url"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// fieldTemplate keeps the name of the example that a form began from, so that its use is counted.
const fieldTemplate = "template"

// begin fills the fields of a new form from what its address names: an example, a title for what is to be
// learned, or the learning goal that a result belongs to.
func (c *call) begin(f *form) error {
	q := c.R.URL.Query()
	if title := tandem.CleanTitle(q.Get("title")); title != "" && q.Get("fuels") != "" {
		f.values = url.Values{"learning.title": {title}}
	}
	if from := q.Get("fuelled_by"); from != "" {
		id, err := tandem.ParseID[tandem.GoalID](from)
		if err != nil {
			return err
		}
		ws, err := c.s.App.SpaceOf(c.ctx(), c.Actor, c.Person.Personal, id)
		if err != nil {
			return err
		}
		g, err := c.s.App.GetGoal(c.ctx(), c.Actor, ws, id)
		if err != nil {
			return err
		}
		f.values = url.Values{"fuelled_by": {from}, "result.title": {g.GoalHead().Title}, "result.deadline": {(c.Today + newDays).String()}}
	}
	return c.fromTemplate(f)
}

// suggested gives at most three titles of learning goals for the result that a new one is to fuel.
func (c *call) suggested(p *pairForm) error {
	id, err := tandem.ParseID[tandem.GoalID](p.Fuels)
	if err != nil {
		return nil // told when the goal is made
	}
	ws, err := c.s.App.SpaceOf(c.ctx(), c.Actor, c.Person.Personal, id)
	if err != nil {
		return err
	}
	all, err := c.s.App.SuggestLearning(c.ctx(), c.Actor, ws, app.SuggestInput{Goal: id})
	for _, s := range all {
		p.Suggest = append(p.Suggest, s.Title)
	}
	return err
}

// linkBack has the learning goal fuel the result that was made from its page.
func (c *call) linkBack(s *Server, g tandem.Goal, f *form) error {
	from := f.text("fuelled_by")
	if from == "" {
		return nil
	}
	id, err := tandem.ParseID[tandem.GoalID](from)
	if err != nil {
		return err
	}
	_, err = s.App.LinkGoals(c.ctx(), c.Actor, g.Workspace, id, app.FuelsInput{Result: g.ID})
	return err
}

// fromTemplate fills the fields of a new form from the example that the address names, if it names one. A
// name that nobody brought, or that is not for the asker, is not found.
func (c *call) fromTemplate(f *form) error {
	name := c.R.URL.Query().Get(fieldTemplate)
	if name == "" {
		return nil
	}
	t, err := c.s.App.GetTemplate(c.ctx(), c.Actor, c.Space, name)
	if err != nil {
		return err
	}
	// The fields are those of a draft of the same two goals; only what a line does not tell comes beside.
	t.Pair.Result.Deadline = c.Today + tandem.Day(t.Days)
	t.Pair.Result.Start = tandem.NoDay
	if p := t.Pair.Learning.Practice; p != nil && p.Period == tandem.PeriodNone {
		p.Period = tandem.PeriodWeek
	}
	f.values = url.Values{fieldTemplate: {t.Name}, "outside": t.Outside}
	for name, v := range c.draftFields(app.Draft{Result: &t.Pair.Result, Learning: &t.Pair.Learning}) {
		f.values.Set(name, v)
	}
	f.values.Set("result.why", t.Why)
	f.values.Set("learning.levels", strings.Join(t.Pair.Learning.Levels, "\n"))
	f.values.Set("technique", t.Technique)
	return nil
}

// templateOf gives the example that a form began from; ok is false where it began from none, or where the
// example was taken away meanwhile, which is told when the goal is made.
func (c *call) templateOf(f *form) (t app.TemplateView, ok bool, err error) {
	name := f.text(fieldTemplate)
	if name == "" {
		return t, false, nil
	}
	t, err = c.s.App.GetTemplate(c.ctx(), c.Actor, c.Space, name)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return t, false, nil
	}
	return t, err == nil, err
}

// withTemplate adds to a pair what the form knows of its example: where it came from, its levels, and the
// target where the example says only by how much and the field is empty.
func (c *call) withTemplate(f *form, in *app.PairInput) error {
	in.Result.Template, in.Learning.Template = f.text(fieldTemplate), f.text(fieldTemplate)
	for level := range strings.Lines(f.values.Get("learning.levels")) {
		if level = strings.TrimSpace(level); level != "" {
			in.Learning.Levels = append(in.Learning.Levels, level)
		}
	}
	t, ok, err := c.templateOf(f)
	if err != nil || !ok || t.Change == nil || f.text("result.target") != "" {
		return err
	}
	from := in.Result.Baseline
	if from == nil {
		from = in.Result.SoFar
	}
	if target, ok := t.TargetFrom(from); ok {
		in.Result.Target = &target
	}
	return nil
}

// targetHint says what the target becomes where it is left empty, by the example: "Weight: −10 lb from where
// it stands".
func (c *call) targetHint(f *form) (string, error) {
	t, ok, err := c.templateOf(f)
	if err != nil || !ok || t.Change == nil {
		return "", err
	}
	return c.T("new.target_by_change", tandem.Args{"change": c.templateNumber(t)}), nil
}

// moreOutside gives the fields of what is not in one's hands, beyond the first.
func (f *form) moreOutside() (out []ui.FieldView) {
	for i, text := range f.values["outside"] {
		if i > 0 {
			out = append(out, ui.FieldView{ID: fmt.Sprintf("f-outside-%d", i+1), Name: "outside", Label: f.c.T("new.outside"), Value: text, Autocomplete: "off"})
		}
	}
	return out
}

// addTechnique keeps the technique of an example with the learning goal that came from it.
func (c *call) addTechnique(s *Server, g tandem.Goal, f *form) error {
	name := f.text("technique")
	if name == "" {
		return nil
	}
	_, err := s.App.CreateTechnique(c.ctx(), c.Actor, g.Workspace, app.TechniqueInput{Name: name, Goal: g.ID})
	return err
}
