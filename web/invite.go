package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/web/ui"
)

// getJoin shows an invitation to whoever has its link. Nothing is written before the button.
func getJoin(s *Server, c *call) error {
	v, err := s.App.GetInvite(c.ctx(), c.R.PathValue("secret"))
	if err != nil {
		return err
	}
	return c.door(http.StatusOK, c.T("join.title"), false, joinBody(c, c.fresh(), v))
}

// postJoin accepts an invitation: as the person who is signed in, or with a new account.
func postJoin(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	secret := c.R.PathValue("secret")
	if c.signedIn() {
		w, err := s.App.AcceptInvite(c.ctx(), c.Actor, secret)
		if err != nil {
			return err
		}
		c.choose(w.ID)
		return c.redirect(teamURL(w.ID), &toast{Key: "toast.joined", Args: map[string]string{"name": w.Name}})
	}
	v, err := s.App.GetInvite(c.ctx(), secret)
	if err != nil {
		return err
	}
	in, err := s.App.SignUp(c.ctx(), app.SignUpInput{
		Invite: secret, Name: f.text("name"), Email: f.text("email"), Password: f.values.Get("password"),
		Lang: c.Lang.String(), Zone: f.text("zone"), From: c.from(),
	})
	if err := f.take(err, tandem.KindUnauthorized, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		return c.door(f.status(), c.T("join.title"), false, joinBody(c, f, v))
	}
	c.enter(in)
	return c.redirect(ui.WelcomeURL(), &toast{Key: "toast.joined", Args: map[string]string{"name": v.Workspace}})
}
