package web

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// setUpView is the first page of a new installation. Code came with the printed link; then it is not
// asked for.
type setUpView struct{ Code string }

func getFirstRun(s *Server, c *call) error {
	needs, err := s.App.NeedsSetup(c.ctx())
	if err != nil {
		return err
	}
	if !needs {
		return c.redirect(ui.TodayURL(), nil)
	}
	return c.door(http.StatusOK, c.T("setup.title"), false, setUpBody(c, c.fresh(), setUpView{Code: c.R.URL.Query().Get("code")}))
}

func postFirstRun(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.SetUp(c.ctx(), app.SetUpInput{
		Code: f.text("code"), Name: f.text("name"), Email: f.text("email"), Password: f.values.Get("password"),
		Lang: c.Lang.String(), Zone: f.text("zone"), From: c.from(),
	})
	if len(tandem.All(err)) == 1 && tandem.All(err)[0].Code == "setup_done" {
		return c.redirect(ui.SignInURL(""), nil)
	}
	if err := f.take(err, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		v := setUpView{Code: f.text("code")}
		if f.error("code") != "" {
			v.Code = "" // ask for it again
		}
		return c.door(f.status(), c.T("setup.title"), false, setUpBody(c, f, v))
	}
	c.enter(in)
	return c.redirect(ui.WelcomeURL(), nil)
}

// zones are the time zones that the pages propose; any other name of the zone data can be typed.
var zones = []string{
	"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Anchorage", "America/Argentina/Buenos_Aires",
	"America/Bogota", "America/Chicago", "America/Denver", "America/Halifax", "America/Lima", "America/Los_Angeles", "America/Mexico_City",
	"America/New_York", "America/Phoenix", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "America/Toronto", "America/Vancouver",
	"Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kathmandu",
	"Asia/Kolkata", "Asia/Manila", "Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tashkent",
	"Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Brisbane", "Australia/Perth", "Australia/Sydney",
	"Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Budapest", "Europe/Copenhagen",
	"Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London", "Europe/Luxembourg", "Europe/Madrid",
	"Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Sofia", "Europe/Stockholm",
	"Europe/Tallinn", "Europe/Vienna", "Europe/Vilnius", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland", "Pacific/Honolulu", "UTC",
}

// guessZone proposes a zone before anybody has said one; a script on the page may know better.
func (c *call) guessZone() string {
	if c.signedIn() {
		return c.Person.Zone
	}
	if c.Lang == i18n.DE {
		return "Europe/Berlin"
	}
	return "UTC"
}
