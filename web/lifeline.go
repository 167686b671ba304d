package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// notesShown is how many notes the page of a lifeline lists, and how many the page of all of them.
const (
	notesShown = 20
	mostWords  = 200
)

// A lifelineView is a lifeline in the reader's words. About is the note that the form answers, nil for none;
// Link is that of an invitation just made, shown this once.
type lifelineView struct {
	app.LifelineView
	About *tandem.Note
	Link  string
	Made  tandem.LifelineInvite
	Goals map[tandem.GoalID]string // titles of the goals that are seen, the own ones too
}

func (c *call) lifelinePageView(title string) pageView {
	return pageView{Title: title, Current: "life"}
}

func getLifelines(s *Server, c *call) error {
	all, err := s.App.ListLifelines(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.page(c.lifelinePageView(c.T("life.title")), lifelinesPage(c, all))
}

// withNames joins the names of the others in a lifeline.
func (c *call) withNames(names []string) string {
	if len(names) == 0 {
		return c.T("life.alone")
	}
	return c.Lang.List(names)
}

// lifeline reads a lifeline by the id of the address.
func (c *call) lifeline() (v lifelineView, err error) {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return v, err
	}
	if v.LifelineView, err = c.s.App.GetLifeline(c.ctx(), c.Actor, id); err != nil {
		return v, err
	}
	v.Goals = map[tandem.GoalID]string{}
	for _, p := range v.Partners {
		for _, g := range p.Goals {
			v.Goals[g.ID] = g.Title
		}
	}
	return v, nil
}

// names gives who else is in it.
func (v lifelineView) names() (out []string) {
	for _, p := range v.Partners {
		out = append(out, p.Name)
	}
	return out
}

// one gives the only partner, nil where there are none or several.
func (v lifelineView) one() *app.Partner {
	if len(v.Partners) == 1 {
		return &v.Partners[0]
	}
	return nil
}

// heading says whose back one has.
func (c *call) lifelineHeading(v lifelineView) string {
	switch len(v.Partners) {
	case 0:
		return c.T("life.title_one")
	case 1:
		return c.T("life.back", tandem.Args{"name": v.Partners[0].Name})
	}
	return c.T("life.back_all", tandem.Args{"names": c.Lang.List(v.names())})
}

// lifelineSub says since when it is mutual.
func (c *call) lifelineSub(v lifelineView) string {
	switch len(v.Partners) {
	case 0:
		return c.T("life.nobody_yet")
	case 1:
		return c.T("life.mutual", tandem.Args{"date": c.day(v.Partners[0].Since), "name": v.Partners[0].Name})
	}
	return c.T("life.mutual_all")
}

func getLifeline(_ *Server, c *call) error {
	v, err := c.lifeline()
	if err != nil {
		return err
	}
	if about := c.R.URL.Query().Get("about"); about != "" {
		v.About = v.note(about)
	}
	return c.lifelineAnswer(http.StatusOK, c.fresh(), v)
}

// note finds a note by its id; nil for none that can be answered.
func (v lifelineView) note(id string) *tandem.Note {
	for i, n := range v.Notes {
		if n.ID.String() == id && n.Author != v.Me.Person && v.person(n.Author) != nil {
			return &v.Notes[i]
		}
	}
	return nil
}

// person finds a partner.
func (v lifelineView) person(id tandem.PersonID) *app.Partner {
	for i, p := range v.Partners {
		if p.Person == id {
			return &v.Partners[i]
		}
	}
	return nil
}

// lifelineAnswer answers with the page of a lifeline.
func (c *call) lifelineAnswer(status int, f *form, v lifelineView) error {
	return c.pageAs(status, c.lifelinePageView(c.lifelineHeading(v)), lifelinePage(c, f, v))
}

// onLifeline reads the form of a POST on a lifeline, does it, and answers: with its page when something is
// wrong in a field, else by going to back.
func (c *call) onLifeline(back func(id string) string, told string, do func(id tandem.LifelineID, f *form) error) error {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := f.take(do(id, f)); err != nil {
		return err
	}
	if f.ok() {
		return c.redirect(back(id.String()), &toast{Key: told})
	}
	v, err := c.lifeline()
	if err != nil {
		return err
	}
	v.About = v.note(f.text("about"))
	return c.lifelineAnswer(f.status(), f, v)
}

func toLifeline(id string) string { return ui.LifelineURL(id) }

func postSay(s *Server, c *call) error {
	told := "toast.said"
	if k := c.R.PostFormValue("kind"); k == string(tandem.NoteEncourage) || k == string(tandem.NoteHonest) {
		told += "_" + k // the other half is asked for
	}
	return c.onLifeline(toLifeline, told, func(id tandem.LifelineID, f *form) error {
		in := app.NoteInput{Kind: tandem.NoteKind(f.text("kind")), Text: f.text("text"), Level: 0}
		in.To, _ = tandem.ParseID[tandem.PersonID](f.text("to"))
		in.Goal, _ = tandem.ParseID[tandem.GoalID](f.text("goal"))
		in.About, _ = tandem.ParseID[tandem.NoteID](f.text("about"))
		if n, err := strconv.Atoi(f.text("level")); err == nil {
			in.Level = n
		}
		_, err := s.App.Say(c.ctx(), c.Actor, id, in)
		return err
	})
}

func postRescue(s *Server, c *call) error {
	return c.onLifeline(toLifeline, "toast.rescue", func(id tandem.LifelineID, f *form) error {
		_, err := s.App.AskRescue(c.ctx(), c.Actor, id, app.RescueInput{Text: f.text("help")})
		return renameField(err, "text", "help")
	})
}

// renameField gives the errors of one field another field's name.
func renameField(err error, from, to string) error {
	es := tandem.All(err)
	if es == nil {
		return err
	}
	out := make(tandem.Errors, len(es))
	for i, e := range es {
		x := *e
		if x.Field == from {
			x.Field = to
		}
		out[i] = &x
	}
	return out.Err()
}

func postAgree(s *Server, c *call) error {
	return c.onLifeline(toLifeline, "toast.saved", func(id tandem.LifelineID, f *form) error {
		person, err := pathID[tandem.PersonID](c, "person")
		if err != nil {
			return err
		}
		return s.App.AgreeLifeline(c.ctx(), c.Actor, id, person, f.text("do") == "yes")
	})
}

func postEndLifeline(s *Server, c *call) error {
	return c.onLifeline(func(string) string { return ui.LifelinesURL("") }, "toast.life_ended", func(id tandem.LifelineID, _ *form) error {
		return s.App.EndLifeline(c.ctx(), c.Actor, id)
	})
}

// postLifelineInvite makes an invitation and shows its link in the answer itself.
func postLifelineInvite(s *Server, c *call) error {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	made, err := s.App.InviteToLifeline(c.ctx(), c.Actor, id, app.LifelineInviteInput{Who: f.text("who")})
	if err := f.take(err); err != nil {
		return err
	}
	return c.invited(f, made)
}

// invited answers with the page of the lifeline of the address, with the link of an invitation just made.
func (c *call) invited(f *form, made app.LifelineInviteMade) error {
	v, err := c.lifeline()
	if err != nil {
		return err
	}
	if !f.ok() {
		return c.lifelineAnswer(f.status(), f, v)
	}
	v.Link, v.Made = c.base()+ui.LifelineJoinURL(made.Secret), made.Invite
	return c.lifelineAnswer(http.StatusOK, c.fresh(), v)
}

func postLifelineWithdraw(s *Server, c *call) error {
	return c.onLifeline(toLifeline, "toast.invite_withdrawn", func(id tandem.LifelineID, _ *form) error {
		invite, err := pathID[tandem.InviteID](c, "invite")
		if err != nil {
			return err
		}
		return s.App.DeleteLifelineInvite(c.ctx(), c.Actor, id, invite)
	})
}

func getExchange(_ *Server, c *call) error {
	v, err := c.lifeline()
	if err != nil {
		return err
	}
	return c.page(c.lifelinePageView(c.T("life.exchange")), exchangePage(c, c.fresh(), v))
}

func postExchange(s *Server, c *call) error {
	v, err := c.lifeline()
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	_, err = s.App.CheckIn(c.ctx(), c.Actor, v.ID, app.CheckInInput{Did: f.text("did"), Learned: f.text("learned"), Need: f.text("need")})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.refused(c.lifelinePageView(c.T("life.exchange")), exchangePage(c, f, v))
	}
	return c.redirect(ui.LifelineURL(v.ID.String()), &toast{Key: "toast.exchanged"})
}

// postNote says what becomes of a note.
func postNote(s *Server, c *call) error {
	id, err := pathID[tandem.NoteID](c, "note")
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	to := tandem.NoteState(f.text("to"))
	if _, err := s.App.SettleNote(c.ctx(), c.Actor, id, to); err != nil {
		return err
	}
	told := "toast.note_done"
	if to == tandem.NoteTaken || to == tandem.NoteKept {
		told = "toast.note_" + string(to)
	}
	return c.redirect(localPath(f.text("back")), &toast{Key: told})
}

func getNotes(s *Server, c *call) error {
	all, err := s.App.ListNotes(c.ctx(), c.Actor, mostWords)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(n tandem.Note) bool { return n.Author == c.Person.ID })
	return c.page(c.lifelinePageView(c.T("life.words")), notesPage(c, all))
}

// noteHead says who wrote a note, what it is and when.
func (c *call) noteHead(n tandem.Note) string {
	args := tandem.Args{"name": n.Name, "date": c.near(n.Day)}
	if n.Author == c.Person.ID {
		return c.T("note.mine."+string(n.Kind), args)
	}
	return c.T("note.head."+string(n.Kind), args)
}

// settles tells whether the reader may take over or keep what a note suggests.
func (c *call) settles(n tandem.Note) bool {
	return n.Owner == c.Person.ID && n.State == tandem.NoteOpen && n.Author != c.Person.ID && (n.Kind == tandem.NoteWording || n.Kind == tandem.NoteNoticed && n.Level > 0)
}

// quoted puts words into the quotation marks of the language.
func (c *call) quoted(text string) string { return c.T("quoted", tandem.Args{"text": text}) }

// seenRow is one line of what is seen: with an open eye, or a lock.
type seenRow struct {
	Open bool
	Text string
}

// seenRows say what the reader sees of a partner, and that everything else is the partner's.
func (c *call) seenRows(p app.Partner) (out []seenRow) {
	for _, g := range p.Goals {
		var parts []string
		for _, x := range g.Parts.List() {
			parts = append(parts, c.T("part.short."+string(x)))
		}
		out = append(out, seenRow{true, c.T("life.sees_goal", tandem.Args{"title": g.Title, "parts": c.Lang.List(parts)})})
	}
	if len(p.Goals) == 0 {
		return append(out, seenRow{false, c.T("life.sees_none", tandem.Args{"name": p.Name})})
	}
	return append(out, seenRow{false, c.T("life.rest_theirs", tandem.Args{"name": p.Name})})
}

// goalDid says what somebody did on a learning goal in the last seven days, or how a result goes: numbers, and
// nothing of days without any.
func (c *call) goalDid(g app.PartnerGoal) string {
	if g.Kind == tandem.KindPerformance {
		word, _ := g.Stands()
		if word != "open" {
			return c.T("life.stands." + word)
		}
		chance, _ := c.chanceWords(g.Chance, 3) // in words alone
		return c.T("life.stands.open", tandem.Args{"chance": chance})
	}
	var parts []string
	if len(g.Used) > 0 {
		parts = append(parts, c.T("life.used", tandem.Args{"n": len(g.Used)}))
	}
	if len(g.Practised) > 0 {
		parts = append(parts, c.T("life.practised", tandem.Args{"n": len(g.Practised)}))
	}
	if g.Noticed > 0 {
		parts = append(parts, c.levelName(g.Levels, g.Noticed)+".")
	}
	if len(parts) == 0 {
		return c.T("life.nothing_new")
	}
	return strings.Join(parts, " ")
}

// noticeOptions are the levels that can be noticed.
func (c *call) noticeOptions(g app.PartnerGoal) (out []ui.Option) {
	n := len(g.Levels)
	if n == 0 {
		n = 5
	}
	out = append(out, ui.Option{Label: c.T("life.level_none")})
	for i := range n {
		out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: c.levelName(g.Levels, i+1)})
	}
	return out
}

// notesOf gives what the page of a lifeline lists: what is between the reader and the others, newest first.
func (v lifelineView) notesOf() []tandem.Note { return v.Notes[:min(len(v.Notes), notesShown)] }
