package web

import (
	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// pilot finds a pilot among the reader's workspaces.
func (c *call) pilot() (p tandem.Pilot, err error) {
	id, err := pathID[tandem.PilotID](c, "id")
	if err != nil {
		return p, err
	}
	for _, ws := range c.spaces() {
		if p, err = c.s.App.GetPilot(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			return p, err
		}
	}
	return p, err
}

// A pilotForm is the page on which a pilot is planned.
type pilotForm struct {
	Technique tandem.Technique
	Choices   []app.PilotChoice
	Stepped   bool
	First     tandem.Day // proposed
}

// Steppable tells whether there are numbers enough for a stepped start.
func (v pilotForm) Steppable() bool { return len(v.Choices) >= tandem.FewestStarts }

func (c *call) pilotForm() (v pilotForm, err error) {
	if v.Technique, err = c.technique(); err != nil {
		return v, err
	}
	v.Choices, err = c.s.App.PilotChoices(c.ctx(), c.Actor, v.Technique.Workspace, v.Technique.ID)
	v.Stepped = c.R.FormValue("design") == string(tandem.PilotStepped) && v.Steppable()
	v.First = tandem.PeriodWeek.Next(c.Today)
	return v, err
}

func getNewPilot(_ *Server, c *call) error {
	v, err := c.pilotForm()
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("pilot.new"), Current: "goals"}, newPilotPage(c, c.fresh(), v))
}

// postNewPilot plans a pilot. From then on nothing of it changes.
func postNewPilot(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.pilotForm()
	if err != nil {
		return err
	}
	in := app.PilotInput{Key: f.values.Get("key"), Design: tandem.PilotDesign(f.text("design")), Hypothesis: f.text("hypothesis"), First: f.day("first"), Worth: f.optional("worth")}
	in.Pairs, in.Days = f.whole("pairs"), f.whole("days")
	if n := f.whole("wash_out"); n != nil {
		in.WashOut = *n
	}
	for _, text := range f.all("results") {
		id, err := tandem.ParseID[tandem.GoalID](text)
		if err != nil {
			return err
		}
		in.Results = append(in.Results, id)
	}
	var p tandem.Pilot
	if f.ok() {
		p, err = s.App.CreatePilot(c.ctx(), c.Actor, v.Technique.Workspace, v.Technique.ID, in)
		if isDone(err) {
			return c.redirect(ui.TechniqueURL(v.Technique.ID.String(), ""), nil)
		}
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.refused(pageView{Title: c.T("pilot.new"), Current: "goals"}, newPilotPage(c, f, v))
	}
	return c.redirect(ui.PilotURL(p.ID.String(), ""), &toast{Key: "toast.pilot"})
}

// whole reads a whole number, nil when the field is empty or wrong.
func (f *form) whole(name string) *int {
	v, ok := f.number(name)
	if !ok {
		return nil
	}
	n := int(v)
	if float64(n) != v {
		f.errs.Add(name, "want_whole", tandem.Args{"field": name})
		return nil
	}
	return &n
}

func getPilot(s *Server, c *call) error {
	p, err := c.pilot()
	if err != nil {
		return err
	}
	v, err := s.App.PilotPage(c.ctx(), c.Actor, p.Workspace, p.ID)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("pilot.of", tandem.Args{"name": v.Tried.Name}), Current: "goals"}, pilotPage(c, v))
}

// getPilotDays sends all days of a pilot as a file.
func getPilotDays(s *Server, c *call) error {
	p, err := c.pilot()
	if err != nil {
		return err
	}
	v, err := s.App.PilotPage(c.ctx(), c.Actor, p.Workspace, p.ID)
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.W.Header().Set("Content-Disposition", `attachment; filename="`+p.ID.String()+`.csv"`)
	_, err = c.W.Write([]byte(pilotDays(v)))
	return err
}

// onPilot reads the pilot of the path and the posted form, calls what it does and leads back to its page.
func (c *call) onPilot(done string, do func(p tandem.Pilot, f *form) error) error {
	p, err := c.pilot()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := do(p, f); err != nil {
		return err
	}
	return c.redirect(ui.PilotURL(p.ID.String(), ""), &toast{Key: done})
}

func postStopPilot(s *Server, c *call) error {
	return c.onPilot("toast.saved", func(p tandem.Pilot, _ *form) error {
		_, err := s.App.StopPilot(c.ctx(), c.Actor, p.Workspace, p.ID)
		return err
	})
}

func postPilotChanged(s *Server, c *call) error {
	return c.onPilot("toast.saved", func(p tandem.Pilot, f *form) error {
		in := app.PilotChanged{Changed: f.text("changed")}
		if f.text("do") == "nothing" {
			in.Changed = c.T("since.nothing_else")
		}
		_, err := s.App.SayPilotChanged(c.ctx(), c.Actor, p.Workspace, p.ID, in)
		return err
	})
}

func postPilotVerdict(s *Server, c *call) error {
	return c.onPilot("toast.saved", func(p tandem.Pilot, f *form) error {
		_, err := s.App.DecidePilot(c.ctx(), c.Actor, p.Workspace, p.ID, app.PilotDecision{Verdict: tandem.PilotVerdict(f.text("verdict")), Words: f.text("words")})
		return err
	})
}

// pilotArgs are what the sentence that offers the concept tells, on the page of a technique that was used
// three times beside a number with eight values.
func (c *call) pilotArgs(v techniqueView) tandem.Args {
	if v.Used < 3 || v.Technique.State == tandem.Dropped || len(v.Choices) == 0 || v.Choices[0].Values < 8 {
		return tandem.Args{}
	}
	return tandem.Args{"technique": v.Technique.Name, "n": v.Used, "number": v.Choices[0].Number.Name}
}

// A techniquePilot is a pilot on the page of its technique, in a line.
type techniquePilot struct {
	tandem.Pilot
	Line string
}

// pilotsOf gives the pilots of a technique, newest first, and whether one is open.
func (c *call) pilotsOf(t tandem.Technique) (out []techniquePilot, open bool, err error) {
	all, err := c.s.App.ListPilots(c.ctx(), c.Actor, t.Workspace)
	if err != nil {
		return nil, false, err
	}
	for _, p := range all {
		if p.Technique != t.ID {
			continue
		}
		blocks, err := app.PilotBlocks(p)
		if err != nil {
			return nil, false, err
		}
		open = open || p.Open(c.Today)
		out = append(out, techniquePilot{p, c.pilotStands(app.PilotView{Pilot: p, Blocks: blocks, Tried: t, Today: c.Today})})
	}
	return out, open, nil
}

// pilotStands says in a line how far a pilot is.
func (c *call) pilotStands(v app.PilotView) string {
	switch b, now := v.Now(c.Today); {
	case v.Verdict != "":
		return c.T("pilot.decided."+string(v.Verdict), tandem.Args{"date": c.near(v.Decided)})
	case v.Over(c.Today):
		return c.T("pilot.over")
	case c.Today < v.First:
		return c.T("pilot.begins", tandem.Args{"date": c.near(v.First)})
	case v.Design == tandem.PilotStepped:
		begun := 0
		for _, n := range v.Numbers {
			if n.Start <= c.Today {
				begun++
			}
		}
		return c.T("pilot.now_stepped", tandem.Args{"name": v.Tried.Name, "n": begun, "of": len(v.Numbers), "date": c.near(v.Last())})
	case now:
		return c.blockWords(v.Tried.Name, b.On, v.Days == 7 && tandem.PeriodWeek.Start(b.From) == b.From, b.To)
	}
	return ""
}

// blockWords says what chance drew for these days.
func (c *call) blockWords(name string, on, week bool, until tandem.Day) string {
	key := "pilot.now_without"
	if on {
		key = "pilot.now_with"
	}
	if week {
		key += "_week"
	}
	return c.T(key, tandem.Args{"name": name, "date": c.near(until), "weekday": c.Lang.Weekday(until.Weekday())})
}

// todayPilot gives the line and the button of a pilot on Today.
func (c *call) todayPilot(p app.TodayPilot) (line, more string) {
	switch {
	case p.Over:
		return c.T("pilot.over_of", tandem.Args{"name": p.Name}), c.T("pilot.see")
	case p.Stepped:
		return c.T("pilot.now_stepped", tandem.Args{"name": p.Name, "n": p.Begun, "of": p.Numbers, "date": c.near(p.Until)}), c.T("pilot.plan")
	}
	return c.blockWords(p.Name, p.With, p.Week, p.Until), c.T("pilot.plan")
}

// numberOptions are the numbers that a pilot of blocks can look at.
func (c *call) numberOptions(f *form, v pilotForm) (out []ui.Option) {
	for i, x := range v.Choices {
		id := x.Result.ID.String()
		out = append(out, ui.Option{Value: id, Label: c.T("pilot.number_of", tandem.Args{"name": x.Number.Name, "title": x.Result.Title}), On: f.keep("results", "") == id || !f.sent() && i == 0})
	}
	return out
}

// withPilots puts on the page of a technique what there is of pilots, or the offer of one.
func (c *call) withPilots(v *techniqueView) (err error) {
	t := v.Technique
	if v.Choices, err = c.s.App.PilotChoices(c.ctx(), c.Actor, t.Workspace, t.ID); err != nil {
		return err
	}
	if v.Pilots, v.Open, err = c.pilotsOf(t); err != nil {
		return err
	}
	states, err := c.s.App.Concepts(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	args, places := tandem.Args{}, []string{}
	if v.Pilot = len(v.Pilots) > 0 || shows(states, "measured_pilot", c.Person.ShowAll); !v.Pilot {
		args, places = c.pilotArgs(*v), []string{"technique"}
	}
	if len(v.Uses) > 0 && c.Today-v.Uses[0].Day < askFelt { // after the use
		args["used"], places = t.Name, append(places, "log")
	}
	if v.Offer, err = c.offer(t.Workspace, args, places...); err == nil && v.Offer != nil && v.Offer.Key == "feedback" {
		v.Offer.Try = ui.AskFeedbackURL(t.Goal.String())
	}
	return err
}
