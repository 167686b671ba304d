package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// A feedbackRow is one feedback in a list, with what became of it.
type feedbackRow struct {
	tandem.Feedback
	Line string // where it stands
	Next string // what became of the second field
	URL  string
}

// A source is one person who was heard, with when that person can be asked again.
type source struct {
	Name, Line string
}

// feedbackList is the page of all feedback of one workspace.
type feedbackList struct {
	Said, Waiting, Asked, Gave []feedbackRow
	Sources                    []source
}

func getFeedbacks(s *Server, c *call) error {
	own, err := s.App.ListFeedback(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	given, err := s.App.ListGiven(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	techniques, err := s.App.ListTechniques(c.ctx(), c.Actor, c.Space)
	if err != nil {
		return err
	}
	var v feedbackList
	for _, f := range own {
		row := c.feedbackRow(f, techniques)
		switch {
		case f.State == tandem.FeedbackGiven:
			v.Said = append(v.Said, row)
		case f.Waits(tandem.InstantOf(c.Now)), f.State == tandem.FeedbackDeclined:
			v.Waiting = append(v.Waiting, row)
		}
		if i := slices.IndexFunc(own, f.SamePerson); f.Asked != 0 && own[i].ID == f.ID { // the newest of each person
			v.Sources = append(v.Sources, source{Name: f.Name, Line: c.againLine(f)})
		}
	}
	for _, f := range given {
		row := feedbackRow{Feedback: f, Line: c.dayShort(c.dayOf(max(f.Given, f.Asked))), URL: ui.GivenURL(f.ID.String())}
		switch {
		case f.Owner == c.Person.ID:
		case f.State == tandem.FeedbackGiven:
			v.Gave = append(v.Gave, row)
		default:
			v.Asked = append(v.Asked, row)
		}
	}
	return c.page(pageView{Title: c.T("feedback.title"), Current: "goals", Spaces: true}, feedbackPage(c, v))
}

// dayOf gives the reader's day of an instant.
func (c *call) dayOf(i tandem.Instant) tandem.Day { return c.Person.Today(i.Time()) }

// againLine says when somebody was asked last and from when on again.
func (c *call) againLine(f tandem.Feedback) string {
	asked := c.dayOf(f.Asked)
	if again := asked + tandem.AskAgainDays; again > c.Today {
		return c.T("feedback.again_from", tandem.Args{"asked": c.dayShort(asked), "date": c.dayShort(again)})
	}
	return c.T("feedback.again_now", tandem.Args{"asked": c.dayShort(asked)})
}

// feedbackRow puts one into a line: who, how it stands, what became of it.
func (c *call) feedbackRow(f tandem.Feedback, techniques []tandem.Technique) feedbackRow {
	r := feedbackRow{Feedback: f, URL: ui.FeedbackURL(f.ID.String(), "")}
	switch f.State {
	case tandem.FeedbackGiven:
		r.Line = c.T("feedback.by."+string(f.How), tandem.Args{"date": c.dayShort(c.dayOf(f.Given))})
	case tandem.FeedbackAsked:
		r.Line = c.T("feedback.asked_until", tandem.Args{"asked": c.dayShort(c.dayOf(f.Asked)), "date": c.dayShort(c.dayOf(f.Ends))})
	case tandem.FeedbackDeclined:
		r.Line = c.T("feedback.not_this_time")
	}
	for _, t := range techniques {
		if f.Technique != 0 && t.ID == f.Technique {
			r.Next = c.T("feedback.became_technique", tandem.Args{"name": t.Name, "state": c.T("technique." + string(t.State))})
		}
	}
	if f.Learning != 0 {
		r.Next = c.T("feedback.became_learning")
	}
	return r
}

// feedbackOn gives what was said on a goal and what is asked for, newest first. A page stands without what
// cannot be read.
func (c *call) feedbackOn(g tandem.Goal) (out []feedbackRow) {
	all, err := c.s.App.ListFeedback(c.ctx(), c.Actor, g.Workspace)
	if err != nil {
		c.s.Log.Warn("feedback", "id", c.ID, "err", err)
	}
	techniques, err := c.s.App.ListTechniques(c.ctx(), c.Actor, g.Workspace)
	if err != nil {
		c.s.Log.Warn("techniques", "id", c.ID, "err", err)
	}
	for _, f := range all {
		if f.Goal == g.ID && (f.State == tandem.FeedbackGiven || f.Waits(tandem.InstantOf(c.Now))) && len(out) < 3 {
			out = append(out, c.feedbackRow(f, techniques))
		}
	}
	return out
}

// An requestView is the page that asks for feedback. Letter is there once it was looked at.
type requestView struct {
	Space   tandem.WorkspaceID
	Goal    *tandem.Goal
	Levels  []string
	Members []app.MemberView // whom the reader may ask by name
	Letter  *app.FeedbackLetter
}

// requestView reads what the form is about: the goal of the address, and who belongs to its workspace.
func (c *call) requestView() (v requestView, err error) {
	v.Space = c.Space
	if text := c.R.FormValue("goal"); text != "" {
		id, err := tandem.ParseID[tandem.GoalID](text)
		if err != nil {
			return v, err
		}
		if v.Space, err = c.s.App.SpaceOf(c.ctx(), c.Actor, c.Person.Personal, id); err != nil {
			return v, err
		}
		any, err := c.s.App.GetGoal(c.ctx(), c.Actor, v.Space, id)
		if err != nil {
			return v, err
		}
		g := any.GoalHead()
		if g.Owner != c.Person.ID {
			return v, tandem.NotFound("goal")
		}
		v.Goal = &g
		if l, ok := any.(tandem.LearningGoal); ok {
			v.Levels = l.Levels
		}
	}
	members, err := c.s.App.ListMembers(c.ctx(), c.Actor, v.Space)
	if k := tandem.KindOf(err); err != nil && k != tandem.KindNotFound && k != tandem.KindDenied {
		return v, err
	}
	v.Members = slices.DeleteFunc(members, func(m app.MemberView) bool { return m.You || m.Role == tandem.RoleGuest })
	return v, nil
}

func getAskFeedback(_ *Server, c *call) error {
	v, err := c.requestView()
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.T("feedback.ask_title"), Current: "goals"}, askPage(c, c.fresh(), v))
}

// postAskFeedback shows the letter, and sends it when it was seen.
func postAskFeedback(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.requestView()
	if err != nil {
		return err
	}
	in := app.AskInput{Key: f.text("key"), Name: f.text("name"), Email: f.text("email"), How: tandem.How(f.text("how")), Ask: f.text("ask"), ShowTitle: f.on("show_title"), ShowLevels: f.on("show_levels")}
	if id, err := tandem.ParseID[tandem.PersonID](f.text("person")); err == nil {
		in.Person, in.Name, in.Email = id, "", ""
	}
	if v.Goal != nil {
		in.Goal = v.Goal.ID
	}
	if n := f.whole("days"); n != nil {
		in.Days = *n
	}
	p := pageView{Title: c.T("feedback.ask_title"), Current: "goals"}
	if !f.ok() {
		return c.refused(p, askPage(c, f, v))
	}
	if f.text("do") != "send" {
		l, err := s.App.PreviewFeedback(c.ctx(), c.Actor, v.Space, in)
		if err := f.take(err); err != nil {
			return err
		}
		if f.ok() {
			v.Letter = &l
		}
		return c.pageAs(f.statusOr(http.StatusOK), p, askPage(c, f, v))
	}
	made, err := s.App.AskFeedback(c.ctx(), c.Actor, v.Space, in)
	if isDone(err) {
		return c.redirect(ui.FeedbackURL("", ""), nil)
	}
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.refused(p, askPage(c, f, v))
	}
	t := &toast{Key: "toast.asked", Args: map[string]string{"name": made.Name}}
	if made.Giver == 0 {
		t = nil // its page shows the link
	}
	return c.redirect(ui.FeedbackURL(made.ID.String(), ""), t)
}

// linkOf gives the whole address of the page of somebody with a link.
func (c *call) linkOf(v app.FeedbackView) string { return c.base() + ui.AskedURL(v.Link) }

// mailTo opens a mail to somebody with the link in it; nothing is sent by itself.
func (c *call) mailTo(v app.FeedbackView) string {
	q := url.Values{"subject": {c.T("feedback.mail_subject", tandem.Args{"name": c.Person.Name})}, "body": {v.Ask + "\n\n" + c.linkOf(v)}}
	u := url.URL{Scheme: "mailto", Opaque: url.PathEscape(v.Email), RawQuery: replacePlus(q.Encode())}
	return u.String()
}

// replacePlus writes spaces as mail programs read them.
func replacePlus(s string) string {
	out := []byte{}
	for i := range len(s) {
		if s[i] == '+' {
			out = append(out, "%20"...)
		} else {
			out = append(out, s[i])
		}
	}
	return string(out)
}

// feedback finds feedback of the reader's among the reader's workspaces.
func (c *call) feedback() (v app.FeedbackView, err error) {
	id, err := pathID[tandem.FeedbackID](c, "id")
	if err != nil {
		return v, err
	}
	for _, ws := range c.spaces() {
		if v, err = c.s.App.GetFeedback(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			return v, err
		}
	}
	return v, err
}

func getFeedback(s *Server, c *call) error {
	v, err := c.feedback()
	if err != nil {
		return err
	}
	techniques, err := s.App.ListTechniques(c.ctx(), c.Actor, v.Workspace)
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.feedbackTitle(v), Current: "goals"}, oneFeedbackPage(c, v, c.feedbackRow(v.Feedback, techniques)))
}

// onFeedback does something with feedback of the reader's and leads on.
func (c *call) onFeedback(done string, do func(v app.FeedbackView) (to string, err error)) error {
	if _, err := c.form(); err != nil {
		return err
	}
	v, err := c.feedback()
	if err != nil {
		return err
	}
	to, err := do(v)
	if err != nil {
		return err
	}
	return c.redirect(to, &toast{Key: done})
}

func postReadFeedback(s *Server, c *call) error {
	return c.onFeedback("toast.read", func(v app.FeedbackView) (string, error) {
		_, err := s.App.ReadFeedback(c.ctx(), c.Actor, v.Workspace, v.ID)
		return ui.FeedbackURL(v.ID.String(), ""), err
	})
}

func postLearnFromFeedback(s *Server, c *call) error {
	return c.onFeedback("toast.learning_created", func(v app.FeedbackView) (string, error) {
		v, err := s.App.LearnFromFeedback(c.ctx(), c.Actor, v.Workspace, v.ID)
		return ui.GoalURL(v.Learning.String()), err
	})
}

func postTryFromFeedback(s *Server, c *call) error {
	return c.onFeedback("toast.technique", func(v app.FeedbackView) (string, error) {
		v, err := s.App.TryFromFeedback(c.ctx(), c.Actor, v.Workspace, v.ID)
		return ui.TechniqueURL(v.Technique.String(), ""), err
	})
}

func postCountFeedback(s *Server, c *call) error {
	return c.onFeedback("toast.level", func(v app.FeedbackView) (string, error) {
		v, err := s.App.CountFeedback(c.ctx(), c.Actor, v.Workspace, v.ID)
		return ui.GoalURL(v.Goal.String()), err
	})
}

func postWithdrawFeedback(s *Server, c *call) error {
	return c.onFeedback("toast.withdrawn", func(v app.FeedbackView) (string, error) {
		return ui.FeedbackURL("", ""), s.App.WithdrawFeedback(c.ctx(), c.Actor, v.Workspace, v.ID)
	})
}

// feedbackIn reads the two fields and what goes with them.
func (f *form) feedbackIn() (in app.FeedbackInput) {
	in = app.FeedbackInput{Key: f.text("key"), Worked: f.text("worked"), TryNext: f.text("try_next"), Decline: f.text("do") == "not_this_time"}
	if n := f.whole("score"); n != nil {
		in.Score = *n
	}
	if n := f.whole("level"); n != nil {
		in.Level = *n
	}
	return in
}

// scoreOptions are the answers to how far along it looked; saying nothing is one.
func (c *call) scoreOptions(f *form) (out []ui.Option) {
	for n := range tandem.MaxScore + 1 {
		v := strconv.Itoa(n)
		out = append(out, ui.Option{Value: v, Label: c.T("feedback.score." + v), On: f.keep("score", "0") == v})
	}
	return out
}

// levelOptions are the levels that are shown; saying nothing is one.
func (c *call) levelOptions(f *form, levels []string) []ui.Option {
	out := []ui.Option{{Value: "0", Label: c.T("feedback.score.0"), On: f.keep("level", "0") == "0"}}
	for i := range levels {
		v := strconv.Itoa(i + 1)
		out = append(out, ui.Option{Value: v, Label: c.levelName(levels, i+1), On: f.keep("level", "0") == v})
	}
	return out
}

func firstLine(s string) string {
	for _, line := range splitLines(s) {
		return line
	}
	return ""
}

// memberName gives the name of a member of a workspace of the reader's.
func (c *call) memberName(ws tandem.WorkspaceID, p tandem.PersonID) string {
	members, err := c.s.App.ListMembers(c.ctx(), c.Actor, ws)
	if err != nil {
		c.s.Log.Warn("members", "id", c.ID, "err", err)
	}
	for _, m := range members {
		if m.Person == p {
			return m.Name
		}
	}
	return c.T("feedback.somebody")
}

// letterDay gives the last day of a request; letterToday is the day it is read on. Who has no account is in no
// zone that is known: days are those of UTC then.
func (c *call) letterDay(l app.FeedbackLetter) tandem.Day {
	if c.signedIn() {
		return c.dayOf(l.Ends)
	}
	return tandem.DayOf(l.Ends.Time(), tandem.Zone("UTC"), 0)
}

func (c *call) letterToday() tandem.Day {
	if c.signedIn() {
		return c.Today
	}
	return tandem.DayOf(c.Now, tandem.Zone("UTC"), 0)
}

// letterOf gives the letter of a request of the reader's that waits.
func (c *call) letterOf(v app.FeedbackView) app.FeedbackLetter {
	return app.FeedbackLetter{From: c.Person.Name, To: v.Name, Ask: v.Ask, Title: v.Title, Levels: v.Levels, Link: v.Giver == 0, Ends: v.Ends}
}

// readWord is the button under words that were not read yet.
func (c *call) readWord(v app.FeedbackView) string {
	if v.Hidden {
		return c.T("feedback.read_show")
	}
	return c.T("feedback.read_done")
}

func (c *call) scoreHint(self bool) string {
	if self {
		return ""
	}
	return c.T("feedback.score_hint")
}

// letterVariant makes the button that shows the letter the first one as long as it was not seen.
func (c *call) letterVariant(v requestView) string {
	if v.Letter == nil {
		return "pri"
	}
	return ""
}

// nameLabel names the field of somebody without an account.
func (c *call) nameLabel(v requestView) string {
	if len(v.Members) > 0 {
		return c.T("feedback.name_other")
	}
	return c.T("feedback.name")
}

func (c *call) memberOptions(f *form, v requestView) []ui.Option {
	out := []ui.Option{{Value: "", Label: c.T("feedback.someone_else"), On: f.text("person") == ""}}
	for _, m := range v.Members {
		out = append(out, ui.Option{Value: m.Person.String(), Label: m.Name, On: f.text("person") == m.Person.String()})
	}
	return out
}

func (c *call) voiceOptions(f *form) (out []ui.Option) {
	for _, h := range []tandem.How{tandem.HowPeer, tandem.HowLead} {
		out = append(out, ui.Option{Value: string(h), Label: c.T("feedback.voice." + string(h)), On: f.text("how") == string(h)})
	}
	return out
}

func (c *call) requestDays(f *form) (out []ui.Option) {
	for _, n := range []int{7, 14, 30} {
		v := strconv.Itoa(n)
		out = append(out, ui.Option{Value: v, Label: c.T("feedback.n_days", tandem.Args{"n": n}), On: f.keep("days", "14") == v})
	}
	return out
}

// sawLevel says which level was seen, and by whom.
func (c *call) sawLevel(v app.FeedbackView) string {
	args := tandem.Args{"name": v.Name, "level": v.Level}
	if v.Level <= len(v.Levels) {
		args["level"] = c.num(float64(v.Level), 0) + " (" + v.Levels[v.Level-1] + ")"
	}
	if v.How == tandem.HowSelf {
		return c.T("feedback.saw_own", args)
	}
	return c.T("feedback.saw_level", args)
}

// feedbackTitle is the heading of one feedback: what was said, or who is asked.
func (c *call) feedbackTitle(v app.FeedbackView) string {
	switch {
	case v.How == tandem.HowSelf:
		return c.T("feedback.own_title")
	case v.State == tandem.FeedbackGiven:
		return c.T("feedback.of", tandem.Args{"name": v.Name})
	}
	return c.T("feedback.you_asked", tandem.Args{"name": v.Name})
}
