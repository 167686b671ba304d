package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// postFelt says with one tap what a use felt like; what else was said of it stays.
func postFelt(s *Server, c *call) error {
	t, err := c.technique()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	id, err := tandem.ParseID[tandem.UseID](f.text("use"))
	if err != nil {
		return err
	}
	n := f.whole("natural")
	if n == nil {
		return tandem.Invalid("natural", "int_range", tandem.Args{"field": "natural", "lo": 1, "hi": 10})
	}
	uses, err := s.App.ListUses(c.ctx(), c.Actor, t.Workspace, c.Today-3650, c.Today)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if u.ID == id && u.Technique == t.ID {
			in := app.UseInput{Natural: *n, Helped: u.Helped, Note: u.Note}
			if err := s.App.ChangeUse(c.ctx(), c.Actor, t.Workspace, t.ID, id, in); err != nil {
				return err
			}
			return c.redirect(c.backOr(ui.TechniqueURL(t.ID.String(), "")), &toast{Key: "toast.felt"})
		}
	}
	return tandem.NotFound("use")
}

// feels are the three answers to what a use felt like, with the value that each keeps.
func (c *call) feels() []ui.Option {
	return []ui.Option{{Value: "9", Label: c.T("technique.felt_natural")}, {Value: "5", Label: c.T("technique.felt_middling")}, {Value: "3", Label: c.T("technique.felt_clumsy")}}
}

// feltWord says what a use felt like, "" where it was not said.
func (c *call) feltWord(u tandem.Use) string {
	switch {
	case u.Natural >= tandem.NaturalFrom:
		return c.T("technique.felt_natural")
	case u.Natural > tandem.ForcedTo:
		return c.T("technique.felt_middling")
	case u.Natural > 0:
		return c.T("technique.felt_clumsy")
	}
	return ""
}

// askFelt is for how many days after a use it is asked what it felt like.
const askFelt = 3

// unsaid gives the newest use of a technique whose feeling can still be asked, nil for none.
func (c *call) unsaid(uses []tandem.Use, t tandem.TechniqueID) *tandem.Use {
	for i := len(uses) - 1; i >= 0; i-- {
		if u := uses[i]; u.Technique == t {
			if u.Natural == 0 && c.Today-u.Day < askFelt {
				return &uses[i]
			}
			return nil
		}
	}
	return nil
}

// oldestFirst turns uses round that stand newest first.
func oldestFirst(uses []tandem.Use) []tandem.Use {
	out := make([]tandem.Use, len(uses))
	for i, u := range uses {
		out[len(uses)-1-i] = u
	}
	return out
}

// trialWords says how a trial stands: how often it was used and what that felt like.
func (c *call) trialWords(y tandem.TrialTally) string {
	if y.Uses == 0 {
		return c.T("trial.unused")
	}
	words := c.T("trial.used", tandem.Args{"n": y.Uses, "days": y.Days})
	for _, x := range []struct {
		key string
		n   int
	}{{"trial.felt_natural", y.Natural}, {"trial.felt_middle", y.Middle}, {"trial.felt_forced", y.Forced}} {
		if x.n > 0 {
			words += " " + c.T(x.key, tandem.Args{"n": x.n})
		}
	}
	return words
}

// trialDay says on which day of the two weeks a trial is.
func (c *call) trialDay(y tandem.TrialTally) string {
	return c.T("trial.day", tandem.Args{"n": int(c.Today-y.Began) + 1, "of": tandem.TrialDays, "date": c.dayShort(y.Ends)})
}

// pastTrial puts a trial that is over into a line.
func (c *call) pastTrial(x tandem.Trial) string {
	helped := map[int]string{-1: "no", 0: "unsure", 1: "yes"}[x.Helped]
	return c.T("trial.past", tandem.Args{"from": c.dayShort(x.Began), "to": c.dayShort(x.Ended), "n": x.Uses, "helped": c.T("trial.helped_was." + helped), "decision": c.T("trial.decision." + string(x.Decision))})
}

// helpedOptions are the answers to whether it helped.
func (c *call) helpedOptions() []ui.Option {
	return []ui.Option{{Value: "0", Label: c.T("trial.helped.unsure"), On: true}, {Value: "1", Label: c.T("trial.helped.yes")}, {Value: "-1", Label: c.T("trial.helped.no")}}
}

// trialsFull tells whether a technique can only be tried if another waits.
func trialsFull(v app.TrialView) bool {
	return v.Technique.State != tandem.Trying && len(v.Beside) >= tandem.MostTrials
}

// isFull tells whether an error asks which of the techniques that are tried waits.
func isFull(err error) bool {
	for _, e := range tandem.All(err) {
		if e.Code == "trials_full" {
			return true
		}
	}
	return false
}

// postTechnique names a technique to try; where two are tried already its page asks which one waits.
func postTechnique(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	in := app.TechniqueInput{Name: f.text("name"), Goal: id}
	if l, err := tandem.ParseID[tandem.LessonID](f.text("lesson")); err == nil {
		in.Lesson = l
	}
	t, err := s.App.CreateTechnique(c.ctx(), c.Actor, ws, in)
	if err != nil {
		return err
	}
	if t.State == tandem.Idea {
		return c.redirect(ui.TechniqueURL(t.ID.String(), ""), &toast{Key: "toast.waits", Args: map[string]string{"name": t.Name}})
	}
	return c.redirect(c.backOr(ui.GoalURL(id.String())), &toast{Key: "toast.technique"})
}

// postNewWay takes the new way that the page of a result offers.
func postNewWay(s *Server, c *call) error {
	id, ws, err := c.goal()
	if err != nil {
		return err
	}
	if _, err := c.form(); err != nil {
		return err
	}
	t, err := s.App.TryNewWay(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return err
	}
	return c.redirect(ui.TechniqueURL(t.ID.String(), ""), &toast{Key: "toast.technique"})
}

// newWay gives what the page of a result offers to try at half-time. Whoever has not met techniques yet is
// offered those first, with the same way as their sentence; then more has what that sentence tells.
func (c *call) newWay(v app.ResultView, args tandem.Args) (way app.NewWay, places []string, err error) {
	places = []string{"result"}
	if args == nil {
		return way, places, nil
	}
	if way, err = c.s.App.NewWayFor(c.ctx(), c.Actor, v); err != nil || way.Name == "" || shows(v.Concepts, "technique", v.ShowAll) {
		return way, places, err
	}
	args["lesson"] = way.Name
	return app.NewWay{}, append(places, "lesson"), nil
}

// postCheer keeps who helped, or puts a line of celebration away.
func postCheer(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in := app.CheerInput{About: c.R.PathValue("about")}
	if f.text("do") == "away" {
		away := true
		in.Away = &away
	} else {
		helped := f.text("helped")
		in.Helped = &helped
	}
	if _, err := s.App.SetCheer(c.ctx(), c.Actor, c.Space, in); err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return err // one that stands no more needs nothing
	}
	return c.redirect(c.backOr(ui.TodayURL()), nil)
}

// cheer gives the one line of celebration that stands, nil for none. A page stands without it.
func (c *call) cheer() *tandem.Celebration {
	all, err := c.s.App.ListCelebrations(c.ctx(), c.Actor, c.Space)
	if err != nil {
		c.s.Log.Warn("celebrations", "id", c.ID, "err", err)
	}
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}

// cheerWords says what was done.
func (c *call) cheerWords(x tandem.Celebration) string {
	args := tandem.Args{"title": x.Title, "level": x.Level, "text": x.Text, "technique": x.Technique, "uses": x.Uses, "n": x.Silence}
	switch {
	case x.Kind == tandem.CheerTrial:
		return c.T("cheer.trial_"+string(x.Decision), args)
	case x.Kind == tandem.CheerLevel && x.Text == "":
		return c.T("cheer.level_plain", args)
	case x.Kind == tandem.CheerBrave:
		return c.T("cheer.tried", args)
	}
	words := c.T("cheer."+string(x.Kind), args)
	if x.Technique != "" && x.Uses > 0 {
		words += " " + c.T("cheer.with", args)
	}
	return words
}

// decided answers a decision on a technique: with its page and the question where two are tried already.
func (c *call) decided(t tandem.Technique, err error) error {
	if !isFull(err) {
		return err
	}
	v, err := c.techniqueView(t)
	if err != nil {
		return err
	}
	v.Ask = true
	return c.pageAs(http.StatusUnprocessableEntity, pageView{Title: t.Name, Current: "goals"}, techniquePage(c, v))
}

// runningTrials leaves out those whose two weeks are over.
func runningTrials(all []app.TodayTrial) (out []app.TodayTrial) {
	for _, x := range all {
		if !x.Over {
			out = append(out, x)
		}
	}
	return out
}
