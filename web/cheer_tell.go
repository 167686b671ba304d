package web

import (
	"errors"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// tells gives the lifelines that a line of celebration can be told to. A page stands without them.
func (c *call) tells(x tandem.Celebration) []app.CheerTo {
	all, err := c.s.App.CheerLifelines(c.ctx(), c.Actor, c.Space, x.About)
	if err != nil {
		c.s.Log.Warn("celebration lifelines", "id", c.ID, "err", err)
	}
	return all
}

// postTell tells a line of celebration to the lifeline whose button was pressed.
func postTell(s *Server, c *call) error {
	id, err := pathID[tandem.LifelineID](c, "id")
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	_, err = s.App.TellCheer(c.ctx(), c.Actor, c.Space, id, app.TellInput{About: f.text("about")})
	var e *tandem.Error
	if errors.As(err, &e) && e.Kind == tandem.KindNotFound && e.Args["noun"] == "celebration" {
		return c.redirect(c.backOr(ui.TodayURL()), nil) // it stands no more, and needs nothing
	}
	if err != nil {
		return err
	}
	return c.redirect(c.backOr(ui.TodayURL()), &toast{Key: "toast.told"})
}

// toldWords says what somebody told, in the reader's language.
func (c *call) toldWords(n tandem.Note) string {
	args := tandem.Args{"title": n.Text, "level": n.Level, "text": n.Learned}
	switch kind := tandem.CelebrationKind(n.Field); {
	case kind == tandem.CheerBrave:
		return c.T("cheer.tried_told", args)
	case kind == tandem.CheerLevel && n.Learned == "":
		return c.T("cheer.level_plain", args)
	default:
		return c.T("cheer."+string(kind), args)
	}
}
