package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// given finds what the reader is asked for, or gave, among the reader's workspaces.
func (c *call) given() (f tandem.Feedback, l app.FeedbackLetter, err error) {
	id, err := pathID[tandem.FeedbackID](c, "id")
	if err != nil {
		return f, l, err
	}
	for _, ws := range c.spaces() {
		if f, l, err = c.s.App.GetGiven(c.ctx(), c.Actor, ws, id); err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			return f, l, err
		}
	}
	return f, l, err
}

func getGiven(_ *Server, c *call) error {
	x, l, err := c.given()
	if err != nil {
		return err
	}
	p := pageView{Title: c.T("feedback.for", tandem.Args{"name": l.From}), Current: "goals"}
	if x.State != tandem.FeedbackAsked || !x.Waits(tandem.InstantOf(c.Now)) {
		return c.page(p, gavePage(c, x, l))
	}
	return c.page(p, givePage(c, c.fresh(), l))
}

func postGiven(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	x, l, err := c.given()
	if err != nil {
		return err
	}
	if in := f.feedbackIn(); f.ok() {
		_, err := s.App.AnswerFeedback(c.ctx(), c.Actor, x.Workspace, x.ID, in)
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.refused(pageView{Title: c.T("feedback.for", tandem.Args{"name": l.From}), Current: "goals"}, givePage(c, f, l))
	}
	return c.redirect(ui.TodayURL(), &toast{Key: "toast.gave", Args: map[string]string{"name": l.From}})
}

// A writeView is the page on which feedback is written unasked: on an own goal, or offered to its owner.
type writeView struct {
	Goal   tandem.Goal
	Levels []string
	Owner  string // "" is the reader
}

func (c *call) writeView() (v writeView, err error) {
	id, ws, err := c.goal()
	if err != nil {
		return v, err
	}
	g, err := c.s.App.GetGoal(c.ctx(), c.Actor, ws, id)
	if err != nil {
		return v, err
	}
	v.Goal = g.GoalHead()
	if err := c.s.App.MayGive(c.Actor, ws); err != nil {
		return v, err
	}
	if l, ok := g.(tandem.LearningGoal); ok {
		v.Levels = l.Levels
	}
	if v.Goal.Owner == c.Person.ID {
		return v, nil
	}
	members, err := c.s.App.ListMembers(c.ctx(), c.Actor, ws)
	for _, m := range members {
		if m.Person == v.Goal.Owner {
			v.Owner = m.Name
		}
	}
	if v.Owner == "" {
		v.Owner = c.T("feedback.owner")
	}
	return v, err
}

func getWriteFeedback(_ *Server, c *call) error {
	v, err := c.writeView()
	if err != nil {
		return err
	}
	return c.page(pageView{Title: c.writeTitle(v), Current: "goals"}, writePage(c, c.fresh(), v))
}

func (c *call) writeTitle(v writeView) string {
	if v.Owner == "" {
		return c.T("feedback.own_title")
	}
	return c.T("feedback.offer_title", tandem.Args{"name": v.Owner})
}

func postWriteFeedback(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.writeView()
	if err != nil {
		return err
	}
	var x tandem.Feedback
	if in := f.feedbackIn(); f.ok() {
		x, err = s.App.WriteFeedback(c.ctx(), c.Actor, v.Goal.Workspace, v.Goal.ID, in)
		if isDone(err) {
			return c.redirect(ui.GoalURL(v.Goal.ID.String()), nil)
		}
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.refused(pageView{Title: c.writeTitle(v), Current: "goals"}, writePage(c, f, v))
	}
	if v.Owner == "" {
		return c.redirect(ui.FeedbackURL(x.ID.String(), ""), &toast{Key: "toast.saved"})
	}
	return c.redirect(ui.GoalURL(v.Goal.ID.String()), &toast{Key: "toast.gave", Args: map[string]string{"name": v.Owner}})
}

// getAsked shows the letter to whoever has the link. Mail programs open links by themselves: it writes nothing.
func getAsked(s *Server, c *call) error {
	l, err := s.App.FeedbackLink(c.ctx(), c.R.PathValue("link"))
	return c.asked(c.fresh(), l, err)
}

func (c *call) asked(f *form, l app.FeedbackLetter, err error) error {
	switch {
	case tandem.KindOf(err) == tandem.KindNotFound:
		return c.door(http.StatusNotFound, c.T("feedback.title"), false, askedOverBody(c, c.T("feedback.link_over")))
	case err != nil:
		return err
	}
	c.inTheirWords(l.Lang)
	return c.door(f.statusOr(http.StatusOK), c.T("feedback.for", tandem.Args{"name": l.From}), true, askedBody(c, f, l))
}

func postAsked(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	l, err := s.App.FeedbackLink(c.ctx(), c.R.PathValue("link"))
	if err != nil {
		return c.asked(f, l, err)
	}
	c.inTheirWords(l.Lang)
	in := f.feedbackIn()
	if f.ok() {
		_, err := s.App.AnswerFeedbackLink(c.ctx(), c.R.PathValue("link"), in)
		if tandem.KindOf(err) == tandem.KindNotFound {
			return c.asked(f, l, err)
		}
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return c.asked(f, l, nil)
	}
	text := c.T("feedback.link_done", tandem.Args{"name": l.From})
	if in.Decline {
		text = c.T("feedback.link_declined", tandem.Args{"name": l.From})
	}
	return c.door(http.StatusOK, c.T("feedback.title"), false, askedOverBody(c, text))
}
