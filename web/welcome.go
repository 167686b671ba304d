package web

import (
	"tandem/web/ui"
)

func getWelcome(_ *Server, c *call) error {
	return c.door(200, c.T("welcome.title"), true, welcomeBody(c))
}

// postWelcome leads on: for a team its place comes first, then whatever was chosen.
func postWelcome(_ *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	switch {
	case f.text("who") == "team":
		return c.redirect(ui.SettingsURL("people"), nil)
	case f.text("go") == "import":
		return c.redirect(ui.ImportURL(""), nil)
	}
	return c.redirect(ui.NewGoalURL(), nil)
}
