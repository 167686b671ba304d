package web

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"tandem"
	"tandem/app"
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
	Draft        *draftView     // what was read in the line; nil for none
	Suggest      []string       // learning goals for the result that is to be fuelled
	Names        []string       // of numbers that can be parts of a ratio, or guards
	Guard        bool           // the fields of what must not get worse are shown
	Offer        *offerView     // the day's new concept; nil for none
}

func (c *call) pairForm(f *form) (pairForm, error) {
	q := c.R.URL.Query()
	p := pairForm{Fuels: f.keep("fuels", q.Get("fuels"))}
	if err := c.onNumber(f, &p); err != nil {
		return p, err
	}
	var err error
	if p.Names, err = c.partNames(); err != nil {
		return p, err
	}
	if p.Guard, p.Offer, err = c.guardOffered(); err != nil {
		return p, err
	}
	switch kind := q.Get("kind"); kind {
	case "result", "learning":
		p.Only = kind
	}
	if p.Fuels != "" {
		p.Only = "learning"
		if err := c.suggested(&p); err != nil {
			return p, err
		}
	}
	if f.text("fuelled_by") != "" {
		p.Only = "result"
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
		case "result.target_hi", "result.start", "result.reached_when", "learning.collection_size", "result.number.unit", "result.number.period", "result.repeats", "result.title", "result.target", "result.deadline", "learning.title", "result.number.name",
			"result.number.numerator", "result.number.denominator", "result.number.as", "result.guard.metric", "result.guard.bound", "result.guard.side":
			return true
		}
	}
	return false
}

func getNewGoal(_ *Server, c *call) error {
	f := c.fresh()
	if line := c.R.URL.Query().Get("line"); line != "" {
		f.values = url.Values{"line": {line}}
	} else if err := c.begin(f); err != nil {
		return err
	}
	return c.newGoal(f)
}

// newGoal shows the page for something new, with what is wrong in its form. A line in the form is read; the
// script asks for that part of the page alone.
func (c *call) newGoal(f *form) error {
	d, err := c.read(f)
	if err != nil {
		return err
	}
	p, err := c.pairForm(f)
	if err != nil {
		return err
	}
	if p.Advice == "" {
		if p.Advice, err = c.targetHint(f); err != nil {
			return err
		}
	}
	p.Draft, p.More = d, f.inMore() || f.text(fieldTemplate) != ""
	page := newPage(c, f, p)
	if p.Only != "" || p.Number != nil && d == nil {
		page = pairPage(c, f, p)
	}
	v := pageView{Title: c.T("new.title"), Current: "goals", Spaces: true}
	switch {
	case c.partial():
		return c.render(f.statusOr(http.StatusOK), draftAnew(c, f, p))
	case !f.ok():
		return c.refused(v, page)
	}
	return c.page(v, page)
}

// postNewGoal makes a pair, or one of the two; or reads the line again and keeps nothing.
func postNewGoal(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	kind := f.values.Get("kind")
	switch kind {
	case "":
		return c.newGoal(f)
	case "practice":
		return c.keepLimit(s, f)
	}
	p, err := c.pairForm(f)
	if err != nil {
		return err
	}
	in := app.PairInput{Result: c.resultInput(f), Learning: c.learningInput(f)}
	if p.Number != nil {
		in.Result = c.withNumber(f, in.Result, *p.Number)
	}
	if err := c.withTemplate(f, &in); err != nil {
		return err
	}
	in.Key = f.values.Get("key")
	in.Result.Advised, in.Learning.Advised = f.advised(kind), f.advised(kind)
	var made tandem.GoalID
	if f.ok() {
		made, err = c.makeGoal(s, f, kind, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.newGoal(f)
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
		return g.GoalHead().ID, c.addTechnique(s, g.GoalHead(), f)
	case "result":
		g, err := s.App.CreateGoal(c.ctx(), c.Actor, c.Space, in.Result)
		if err != nil {
			return 0, prefixed("result.", err)
		}
		if err := c.linkBack(s, g.GoalHead(), f); err != nil {
			return 0, err
		}
		return g.GoalHead().ID, c.addOutside(s, g.GoalHead(), f)
	}
	p, err := s.App.CreatePair(c.ctx(), c.Actor, c.Space, in)
	if err != nil {
		return 0, err
	}
	if err := c.addTechnique(s, p.Learning.Goal, f); err != nil {
		return 0, err
	}
	return p.Result.ID, c.addOutside(s, p.Result.Goal, f)
}

// addOutside keeps what was named as not in the owner's hands.
func (c *call) addOutside(s *Server, g tandem.Goal, f *form) error {
	for _, text := range f.values["outside"] {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if _, err := s.App.PutFactor(c.ctx(), c.Actor, g.Workspace, g.ID, app.FactorInput{Text: text}); err != nil {
			return err
		}
	}
	return nil
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
	in.Stretch = f.optional("result.stretch")
	n := app.MetricInput{Name: f.text("result.number.name"), Unit: f.text("result.number.unit"), Form: tandem.Form(f.text("result.number.form")), Direction: tandem.Direction(f.text("result.number.direction"))}
	if n.Form == formYesNo {
		yes, no, whole := 1.0, 0.0, 0
		n.Form, n.Direction, n.Lo, n.Hi, n.Decimals = tandem.FormReading, tandem.Up, &no, &yes, &whole
		in.Target, in.ReachedWhen = &yes, tandem.ReachedOnce
	}
	if n.Form == tandem.FormRate {
		n.Period = tandem.Period(f.text("result.number.period"))
	}
	c.ratioInput(f, &n)
	if n.Name == "" {
		n.Name = in.Title
	}
	in.Number, in.Guard = &n, f.guardInput("result.guard.")
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
	in := app.GoalInput{Kind: tandem.KindLearning, Key: f.values.Get("key"), Title: f.text("learning.title"), Why: f.text("learning.why"), FirstStep: f.text("learning.first_step"), Collection: f.text("learning.collection"), Skill: f.text("learning.skill")}
	if n, ok := f.number("learning.collection_size"); ok {
		in.CollectionSize = int(n)
	}
	if id, err := tandem.ParseID[tandem.GoalID](f.text("fuels")); err == nil {
		in.Fuels = []tandem.GoalID{id}
	}
	if times, ok := f.number("learning.practice.times"); ok {
		p := app.MicroGoalInput{Times: times, Period: tandem.Period(f.text("learning.practice.period")), Unit: f.text("learning.practice.unit")}
		if a, ok := f.number("learning.practice.amount"); ok {
			p.Amount = a
		}
		for _, d := range f.text("learning.practice.rest") {
			p.RestDays = append(p.RestDays, int(d-'0'))
		}
		in.Practice = &p
	}
	return in
}

// advised gives what the draft advised, with what is taken of it; nil where no line was read.
func (f *form) advised(kind string) *app.AdvisedInput {
	rule, rest, ok := strings.Cut(f.text("advised"), " ")
	if !ok {
		return nil
	}
	a := app.AdvisedInput{Rule: rule, Quiet: f.values[fieldQuiet], Chosen: map[string]string{"pair": "paired", "learning": "learning", "result": "performance"}[kind]}
	a.Kind, a.Lead, _ = strings.Cut(rest, " ")
	return &a
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
	return c.options(f, "result.number.form", "form.", "total", "reading", "rate", "ratio", formYesNo)
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

// backOr leads to the local page that the form names, or to another.
func (c *call) backOr(other string) string {
	if b := c.R.FormValue("back"); b != "" {
		return localPath(b)
	}
	return other
}
