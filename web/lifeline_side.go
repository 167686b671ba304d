package web

import (
	"net/http"
	"slices"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A sideView is the form of what one asks of a lifeline and shows it; ID is 0 for a new one.
type sideView struct {
	ID       tandem.LifelineID
	Version  int64
	Question string
	Side     tandem.LifelineMember
	Mine     []tandem.Share
	Choices  []app.ShareChoice
	With     []string // who reads the letter
}

// shown tells whether a goal is chosen, in the form as it was sent or as it stands.
func (v sideView) shown(f *form, g app.ShareChoice) bool {
	if f.sent() {
		return slices.Contains(f.all("goals"), shareValue(g))
	}
	return slices.Contains(v.Mine, tandem.Share{Workspace: g.Workspace, Goal: g.ID, Lifeline: v.ID})
}

// opened tells whether a part is opened.
func (v sideView) opened(f *form, p tandem.Part) bool {
	if f.sent() {
		return slices.Contains(f.all("parts"), string(p))
	}
	return v.Side.Parts.Has(p)
}

func shareValue(g app.ShareChoice) string { return g.Workspace.String() + "." + g.ID.String() }

// from is the version that the form was made from: the one that stands where that was shown to be stale.
func (v sideView) from(f *form) string {
	now := strconv.FormatInt(v.Version, 10)
	if f.isStale() {
		return now
	}
	return f.keep("version", now)
}

// isStale tells whether somebody changed the thing of the form meanwhile.
func (f *form) isStale() bool {
	return slices.ContainsFunc(f.errs, func(e *tandem.Error) bool { return e.Kind == tandem.KindStale })
}

// questionHint says who answers the question, and how it stands where somebody else worded it meanwhile.
func (c *call) questionHint(f *form, v sideView) string {
	if f.isStale() && f.text("question") != v.Question {
		return c.T("life.question_now", tandem.Args{"text": v.Question})
	}
	return c.T("life.question_hint")
}

// reader names who reads the letter.
func (v sideView) reader(c *call, f *form) string {
	if len(v.With) > 0 {
		return c.Lang.List(v.With)
	}
	if who := f.text("who"); who != "" {
		return who
	}
	return c.T("life.they")
}

// quietOptions are the days after which silence may be told; never is proposed.
func (c *call) quietOptions(on int) (out []ui.Option) {
	days := []int{0, 7, 14, 21, 30}
	if !slices.Contains(days, on) {
		days = append(days, on)
	}
	for _, n := range days {
		label := c.T("life.quiet_never")
		if n > 0 {
			label = c.T("life.quiet_days", tandem.Args{"n": n})
		}
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: label, On: n == on})
	}
	return out
}

// quietLetter is what the others read in silence, nothing where the rule is off.
func (c *call) quietLetter(f *form, v sideView) string {
	days, words := v.Side.QuietDays, v.Side.QuietWords
	if f.sent() {
		days, _ = strconv.Atoi(f.text("quiet_days"))
		words = f.text("quiet_words")
	}
	if days == 0 || words == "" {
		return c.T("life.letter_never")
	}
	return c.T("life.letter_quiet", tandem.Args{"n": days, "words": words})
}

// sideInput reads the form.
func (f *form) sideInput() (in app.SideInput) {
	question, ask, words := f.text("question"), f.text("ask"), f.text("quiet_words")
	in.Question, in.Ask, in.QuietWords = &question, &ask, &words
	parts := []tandem.Part{}
	for _, p := range f.all("parts") {
		parts = append(parts, tandem.Part(p))
	}
	days, err := strconv.Atoi(f.text("quiet_days"))
	if err != nil {
		days = -1 // refused by its range
	}
	in.Parts, in.QuietDays = &parts, &days
	goals := []app.SharedGoalID{}
	for _, text := range f.all("goals") {
		goals = append(goals, sharedGoal(text))
	}
	in.Goals = &goals
	return in
}

// sharedGoal reads a goal with its workspace; nonsense is one that is not there.
func sharedGoal(text string) (x app.SharedGoalID) {
	for i := range text {
		if text[i] == '.' {
			x.Workspace, _ = tandem.ParseID[tandem.WorkspaceID](text[:i])
			x.Goal, _ = tandem.ParseID[tandem.GoalID](text[i+1:])
		}
	}
	return x
}

func (c *call) newSide() (v sideView, err error) {
	v = sideView{Question: c.T("life.question_first"), Side: tandem.LifelineMember{Parts: tandem.EveryPart}}
	v.Choices, err = c.s.App.ShareChoices(c.ctx(), c.Actor)
	return v, err
}

func getNewLifeline(_ *Server, c *call) error {
	v, err := c.newSide()
	if err != nil {
		return err
	}
	return c.page(c.lifelinePageView(c.T("life.ask_title")), sidePage(c, c.fresh(), v))
}

// postNewLifeline begins a lifeline, invites into it and shows the link in the answer itself.
func postNewLifeline(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	l, err := s.App.CreateLifeline(c.ctx(), c.Actor, f.sideInput())
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		v, err := c.newSide()
		if err != nil {
			return err
		}
		return c.refused(c.lifelinePageView(c.T("life.ask_title")), sidePage(c, f, v))
	}
	made, err := s.App.InviteToLifeline(c.ctx(), c.Actor, l.ID, app.LifelineInviteInput{Who: f.text("who")})
	if err := f.take(err); err != nil {
		return err
	}
	c.R.SetPathValue("id", l.ID.String())
	return c.invited(f, made)
}

// side reads the own side of the lifeline of the address.
func (c *call) side() (v sideView, err error) {
	l, err := c.lifeline()
	if err != nil {
		return v, err
	}
	v = sideView{ID: l.ID, Version: l.Version, Question: l.Question, Side: l.Me, Mine: l.Mine, With: l.names()}
	v.Choices, err = c.s.App.ShareChoices(c.ctx(), c.Actor)
	return v, err
}

func getSide(_ *Server, c *call) error {
	v, err := c.side()
	if err != nil {
		return err
	}
	return c.page(c.lifelinePageView(c.T("life.side")), sidePage(c, c.fresh(), v))
}

func postSide(s *Server, c *call) error {
	v, err := c.side()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	in := f.sideInput()
	in.Version = f.version()
	if err := f.take(s.App.ChangeLifeline(c.ctx(), c.Actor, v.ID, in)); err != nil {
		return err
	}
	if !f.ok() {
		return c.refused(c.lifelinePageView(c.T("life.side")), sidePage(c, f, v))
	}
	return c.redirect(ui.LifelineURL(v.ID.String()), &toast{Key: "toast.saved"})
}

// A wordView is the page on which a goal is worded together: the goal as it stands, and what was suggested.
// Own tells that the goal is the reader's; Owner is whose it is.
type wordView struct {
	Lifeline tandem.LifelineID
	Goal     tandem.GoalID
	Title    string
	Judged   string
	Kind     tandem.GoalKind
	Own      bool
	Owner    app.Partner
	Notes    []tandem.Note
}

// before gives the words that a suggestion would take the place of.
func (v wordView) before(n tandem.Note) string {
	if n.Field == "judged" {
		return v.Judged
	}
	return v.Title
}

// word reads a goal of the address that is worded together: one that a partner shows, or an own one.
func (c *call) word() (v wordView, err error) {
	l, err := c.lifeline()
	if err != nil {
		return v, err
	}
	id, err := pathID[tandem.GoalID](c, "goal")
	if err != nil {
		return v, err
	}
	v = wordView{Lifeline: l.ID, Goal: id}
	for _, n := range l.Notes {
		if n.Goal == id && n.Kind == tandem.NoteWording {
			v.Notes = append(v.Notes, n)
		}
	}
	for _, p := range l.Partners {
		for _, g := range p.Goals {
			if g.ID == id {
				v.Title, v.Judged, v.Kind, v.Owner = g.Title, g.Judged, g.Kind, p
				return v, nil
			}
		}
	}
	for _, s := range l.Mine {
		if s.Goal != id {
			continue
		}
		g, err := c.s.App.GetGoal(c.ctx(), c.Actor, s.Workspace, id)
		if err != nil {
			return v, err
		}
		v.Own, v.Title, v.Kind = true, g.GoalHead().Title, g.GoalHead().Kind
		if p, ok := g.(tandem.PerformanceGoal); ok {
			v.Judged = p.Judged
		}
		return v, nil
	}
	return v, tandem.NotFound("goal")
}

func getWord(_ *Server, c *call) error {
	v, err := c.word()
	if err != nil {
		return err
	}
	return c.page(c.lifelinePageView(c.T("word.title")), wordPage(c, c.fresh(), v))
}

// postWord suggests other words for a goal of somebody else.
func postWord(s *Server, c *call) error {
	v, err := c.word()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	field := "title"
	if v.Kind == tandem.KindPerformance && f.text("field") == "judged" {
		field = "judged"
	}
	_, err = s.App.Say(c.ctx(), c.Actor, v.Lifeline, app.NoteInput{To: v.Owner.Person, Kind: tandem.NoteWording, Goal: v.Goal, Field: field, Text: f.text("text"), Why: f.text("why")})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.refused(c.lifelinePageView(c.T("word.title")), wordPage(c, f, v))
	}
	return c.redirect(ui.LifelineURL(v.Lifeline.String(), "word", v.Goal.String()), &toast{Key: "toast.worded"})
}

// getJoinLifeline shows an invitation to whoever has its link. Nothing is written before the button.
func getJoinLifeline(s *Server, c *call) error {
	v, err := s.App.GetLifelineInvite(c.ctx(), c.R.PathValue("secret"))
	if err != nil {
		return err
	}
	return c.door(http.StatusOK, c.T("join.title"), true, joinLifelineBody(c, c.fresh(), v))
}

// postJoinLifeline says yes: as the person who is signed in, or with a new account.
func postJoinLifeline(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	secret := c.R.PathValue("secret")
	if c.signedIn() {
		l, tie, err := s.App.AcceptLifeline(c.ctx(), c.Actor, secret)
		if err != nil {
			return err
		}
		if tie != tandem.TieAccepted {
			return c.redirect(ui.LifelinesURL(""), &toast{Key: "toast.life_waits"})
		}
		return c.redirect(ui.LifelineURL(l.ID.String(), "mine"), &toast{Key: "toast.life_joined"})
	}
	v, err := s.App.GetLifelineInvite(c.ctx(), secret)
	if err != nil {
		return err
	}
	in, err := s.App.SignUp(c.ctx(), app.SignUpInput{
		Lifeline: secret, Name: f.text("name"), Email: f.text("email"), Password: f.values.Get("password"),
		Lang: c.Lang.String(), Zone: f.text("zone"), From: c.from(),
	})
	if err := f.take(err, tandem.KindUnauthorized, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		return c.door(f.status(), c.T("join.title"), true, joinLifelineBody(c, f, v))
	}
	c.enter(in)
	return c.redirect(ui.LifelinesURL(""), &toast{Key: "toast.life_joined"})
}
