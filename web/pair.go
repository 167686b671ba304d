package web

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/policy"
	"tandem/web/ui"
)

// formKey gives a key that makes a second press of the same button harmless.
func (c *call) formKey() string {
	var b [12]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// A pairForm says which parts of the form for something new are shown.
type pairForm struct {
	Only         string // "result", "learning" or "" for both
	Fuels        string // the result that a new learning goal fuels
	More         bool   // the fold is open
	Visibilities []ui.Option
	Number       *tandem.Metric // the result's number where it is there already
	Advice       string         // targets for that number
	Deadline     string         // proposed
	Names        []string       // of numbers that can be parts of a ratio
}

func (c *call) pairForm(f *form) (pairForm, error) {
	q := c.R.URL.Query()
	p := pairForm{Fuels: f.keep("fuels", q.Get("fuels"))}
	if err := c.onNumber(f, &p); err != nil {
		return p, err
	}
	if p.Number == nil {
		var err error
		if p.Names, err = c.partNames(); err != nil {
			return p, err
		}
	}
	switch kind := q.Get("kind"); kind {
	case "result", "learning":
		p.Only = kind
	}
	if p.Fuels != "" {
		p.Only = "learning"
	}
	if c.Space != c.Person.Personal {
		for _, v := range []tandem.Visibility{tandem.ByWorkspace, tandem.OnlyMe} {
			p.Visibilities = append(p.Visibilities, ui.Option{Value: string(v), Label: c.T("visibility." + string(v)), On: f.text("visibility") == string(v)})
		}
	}
	return p, nil
}

// inMore tells whether something in the fold is wrong.
func (f *form) inMore() bool {
	for _, e := range f.errs {
		switch e.Field {
		case "result.target_hi", "result.start", "result.reached_when", "learning.collection_size", "result.number.unit", "result.number.period", "result.repeats",
			"result.number.numerator", "result.number.denominator", "result.number.as":
			return true
		}
	}
	return false
}

func getNewGoal(_ *Server, c *call) error {
	f := c.fresh()
	p, err := c.pairForm(f)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("new.title"), Current: "goals", Spaces: true}, pairPage(c, f, p))
}

// postNewGoal makes a pair, or one of the two.
func postNewGoal(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	kind := f.values.Get("kind")
	p, err := c.pairForm(f)
	if err != nil {
		return err
	}
	in := app.PairInput{Result: c.resultInput(f), Learning: c.learningInput(f)}
	if p.Number != nil {
		in.Result = c.withNumber(f, in.Result, *p.Number)
	}
	in.Key = f.values.Get("key")
	var made tandem.GoalID
	if f.ok() {
		made, err = c.makeGoal(s, f, kind, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		p.More = f.inMore()
		return c.refused(pageView{Title: c.T("new.title"), Current: "goals", Spaces: true}, pairPage(c, f, p))
	}
	return c.redirect(ui.GoalURL(made.String()), &toast{Key: "toast." + kind + "_created"})
}

// makeGoal calls the use case of the button that was pressed. Fields are named as the form names them.
func (c *call) makeGoal(s *Server, f *form, kind string, in app.PairInput) (tandem.GoalID, error) {
	switch kind {
	case "learning":
		g, err := s.App.CreateGoal(c.ctx(), c.Actor, c.Space, in.Learning)
		if err != nil {
			return 0, prefixed("learning.", err)
		}
		return g.GoalHead().ID, nil
	case "result":
		g, err := s.App.CreateGoal(c.ctx(), c.Actor, c.Space, in.Result)
		if err != nil {
			return 0, prefixed("result.", err)
		}
		return g.GoalHead().ID, c.addOutside(s, g.GoalHead(), f)
	}
	p, err := s.App.CreatePair(c.ctx(), c.Actor, c.Space, in)
	if err != nil {
		return 0, err
	}
	return p.Result.ID, c.addOutside(s, p.Result.Goal, f)
}

// addOutside keeps what was named as not in the owner's hands.
func (c *call) addOutside(s *Server, g tandem.Goal, f *form) error {
	text := f.text("outside")
	if text == "" {
		return nil
	}
	_, err := s.App.PutFactor(c.ctx(), c.Actor, g.Workspace, g.ID, app.FactorInput{Text: text})
	return err
}

// prefixed names the fields of an error as the form does.
func prefixed(prefix string, err error) error {
	es := tandem.All(err)
	if len(es) == 0 {
		return err
	}
	out := make(tandem.Errors, len(es))
	for i, e := range es {
		n := *e
		if n.Field != "" {
			n.Field = prefix + n.Field
		}
		out[i] = &n
	}
	return out.Err()
}

func (c *call) resultInput(f *form) app.GoalInput {
	in := app.GoalInput{Kind: tandem.KindPerformance, Key: f.values.Get("key"), Title: f.text("result.title"), Why: f.text("result.why"), Deadline: f.day("result.deadline"), Start: f.day("result.start"),
		Target: f.optional("result.target"), ReachedWhen: tandem.ReachedWhen(f.text("result.reached_when")), Repeats: tandem.Period(f.text("result.repeats")),
		Visibility: tandem.Visibility(f.text("visibility"))}
	n := app.MetricInput{Name: f.text("result.number.name"), Unit: f.text("result.number.unit"), Form: tandem.Form(f.text("result.number.form")), Direction: tandem.Direction(f.text("result.number.direction"))}
	if n.Form == tandem.FormRate {
		n.Period = tandem.Period(f.text("result.number.period"))
	}
	c.ratioInput(f, &n)
	if n.Name == "" {
		n.Name = in.Title
	}
	in.Number = &n
	from := f.optional("result.from")
	if n.Form == tandem.FormTotal {
		in.SoFar = from
	} else {
		in.Baseline = from
	}
	if n.Direction == tandem.Within {
		in.TargetLo, in.TargetHi = in.Target, f.optional("result.target_hi")
	}
	return in
}

func (c *call) learningInput(f *form) app.GoalInput {
	in := app.GoalInput{Kind: tandem.KindLearning, Key: f.values.Get("key"), Title: f.text("learning.title"), Why: f.text("learning.why"), FirstStep: f.text("learning.first_step"), Collection: f.text("learning.collection")}
	if n, ok := f.number("learning.collection_size"); ok {
		in.CollectionSize = int(n)
	}
	if id, err := tandem.ParseID[tandem.GoalID](f.text("fuels")); err == nil {
		in.Fuels = []tandem.GoalID{id}
	}
	return in
}

// options gives the choices of a select; the one that was sent, or the first, is on.
func (c *call) options(f *form, field, prefix string, values ...string) (out []ui.Option) {
	now := f.text(field)
	for _, v := range values {
		label := v
		if label == "" {
			label = "auto"
		}
		out = append(out, ui.Option{Value: v, Label: c.T(prefix + label), On: v == now})
	}
	return out
}

func (c *call) formOptions(f *form) []ui.Option {
	return c.options(f, "result.number.form", "form.", "total", "reading", "rate", "ratio")
}

func (c *call) directionOptions(f *form) []ui.Option {
	return c.options(f, "result.number.direction", "direction.", "up", "down", "within")
}

func (c *call) periodOptions(f *form) []ui.Option {
	out := c.options(f, "result.number.period", "period.each.", "day", "week", "month", "quarter", "year")
	for i := range out {
		out[i].On = out[i].On || f.text("result.number.period") == "" && out[i].Value == string(tandem.PeriodWeek)
	}
	return out
}

func (c *call) reachedOptions(f *form) []ui.Option {
	return c.options(f, "result.reached_when", "rule.", "", "total", "once", "at_the_end", "held", "kept")
}

func (c *call) repeatOptions(f *form) []ui.Option {
	return c.options(f, "result.repeats", "repeat.", "", "month", "quarter")
}

// An editForm is what a goal's page of changes shows.
type editForm struct {
	Title, Action, Back, Version string
	Fields                       []ui.FieldView
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
	e = editForm{Title: g.Title, Action: ui.GoalActionURL(g.ID.String(), "edit"), Back: ui.GoalURL(g.ID.String()), Version: strconv.FormatInt(g.Version, 10)}
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
	return c.page(pageView{Title: title, Current: "goals"}, deletePage(c, title, c.T("delete.goal_text"), ui.GoalActionURL(id.String(), "delete"), ui.GoalURL(id.String())))
}

func postDeleteGoal(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	if err := s.App.DeleteGoal(c.ctx(), c.Actor, ws, id); err != nil {
		return err
	}
	return c.redirect(ui.GoalsURL(), &toast{Key: "toast.deleted"})
}

// backOr leads to the local page that the form names, or to another.
func (c *call) backOr(other string) string {
	if b := c.R.FormValue("back"); b != "" {
		return localPath(b)
	}
	return other
}
