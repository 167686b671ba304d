package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// settingsView is the page of one's own settings.
type settingsView struct {
	Person   tandem.Person // as it stands; the forms hold what was typed
	Sessions []app.SessionView
}

func getSettings(_ *Server, c *call) error {
	return c.settings(http.StatusOK, c.fresh(), c.fresh(), c.fresh())
}

// settings answers with the settings; each of its three forms is fresh or has come back.
func (c *call) settings(status int, profile, email, password *form) error {
	sessions, err := c.s.App.ListSessions(c.ctx(), c.Principal)
	if err != nil {
		return err
	}
	v := settingsView{Person: c.Person, Sessions: sessions}
	return c.pageAs(status, pageView{Title: c.T("settings.title"), Current: "set"}, settingsBody(c, profile, email, password, v))
}

func postSettings(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	name, lang, zone, theme := f.text("name"), f.text("lang"), f.text("zone"), f.text("theme")
	if theme == "auto" {
		theme = ""
	}
	start, err := strconv.Atoi(f.text("day_start"))
	if err != nil {
		start = -1 // refused by its range
	}
	all, off, quiet := f.on("show_all"), !f.on("keys"), !f.on("cheers")
	p, err := s.App.ChangeProfile(c.ctx(), c.Actor, app.ProfileInput{
		Version: f.version(), Name: &name, Lang: &lang, Zone: &zone, DayStart: &start, Theme: &theme, ShowAll: &all, KeysOff: &off, CheersOff: &quiet,
	})
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.settings(f.status(), f, c.fresh(), c.fresh())
	}
	c.rememberTheme(p.Theme)
	return c.redirect(ui.SettingsURL(""), &toast{Key: "toast.saved"})
}

// version reads the version that a form was made from.
func (f *form) version() int64 {
	n, err := strconv.ParseInt(f.text("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func postEmail(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	email := f.text("email")
	_, err = s.App.ChangeProfile(c.ctx(), c.Actor, app.ProfileInput{Version: f.version(), Email: &email, Password: f.values.Get("password")})
	if err := f.take(err, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		return c.settings(f.status(), c.fresh(), f, c.fresh())
	}
	return c.redirect(ui.SettingsURL(""), &toast{Key: "toast.saved"})
}

func postPassword(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.ChangePassword(c.ctx(), c.Principal, app.PasswordInput{Old: f.values.Get("old"), New: f.values.Get("new"), From: c.from()})
	if err := f.take(err, tandem.KindTooMany, tandem.KindBusy); err != nil {
		return err
	}
	if !f.ok() {
		return c.settings(f.status(), c.fresh(), c.fresh(), f)
	}
	c.enter(in)
	return c.redirect(ui.SettingsURL(""), &toast{Key: "toast.password"})
}

func postEndSession(s *Server, c *call) error {
	err := s.App.EndSession(c.ctx(), c.Actor, c.R.PathValue("key"))
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound { // it has ended already: what was wanted
		return err
	}
	return c.redirect(ui.SettingsURL(""), &toast{Key: "toast.session_ended"})
}

// postTheme changes the appearance: for the person, and in this browser for the pages before sign-in.
func postTheme(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	theme := f.text("theme")
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	if c.signedIn() {
		if _, err := s.App.ChangeProfile(c.ctx(), c.Actor, app.ProfileInput{Version: c.Person.Version, Theme: &theme}); err != nil {
			return err
		}
	}
	c.rememberTheme(theme)
	return c.redirect(localPath(f.text("back")), nil)
}

// rememberTheme keeps the appearance in the browser for a year; "" takes it out.
func (c *call) rememberTheme(theme string) {
	k := &http.Cookie{Name: themeCookie, Value: theme, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode}
	if theme == "" {
		k.MaxAge = -1
	}
	http.SetCookie(c.W, k)
}

func getData(_ *Server, c *call) error {
	return c.page(pageView{Title: c.T("settings.data"), Current: "set"}, dataBody(c))
}

func getAbout(s *Server, c *call) error {
	return c.page(pageView{Title: c.T("settings.about"), Current: "set"}, aboutBody(c, s.Version))
}

// getKeys is the list of keys for readers without a script.
func getKeys(_ *Server, c *call) error {
	return c.page(pageView{Title: c.T("keys.title"), Current: "set"}, keysBody(c, c.keyHelp()))
}

func getGallery(_ *Server, c *call) error {
	return c.page(pageView{Title: "Components"}, ui.Gallery())
}

// settingsPages are the entries of the settings' own menu.
func settingsPages(c *call) []ui.NavItem {
	items := []ui.NavItem{{Key: "", Label: c.T("settings.you"), URL: ui.SettingsURL("")}}
	if c.knows("weekly_mail") {
		items = append(items, ui.NavItem{Key: "mail", Label: c.T("settings.mail"), URL: ui.SettingsURL("mail")})
	}
	return append(items, []ui.NavItem{
		{Key: "calendar", Label: c.T("calendar.title"), URL: ui.SettingsURL("calendar")},
		{Key: "people", Label: c.T("settings.people"), URL: ui.SettingsURL("people")},
		{Key: "tokens", Label: c.T("settings.tokens"), URL: ui.SettingsURL("tokens")},
		{Key: "data", Label: c.T("settings.data"), URL: ui.SettingsURL("data")},
		{Key: "about", Label: c.T("settings.about"), URL: ui.SettingsURL("about")},
	}...)
}

// languages are the choices of the language, each in its own words.
func languages(on string) []ui.Option {
	var out []ui.Option
	for _, l := range i18n.Langs() {
		out = append(out, ui.Option{Value: l.String(), Label: l.Name(), On: l.String() == on})
	}
	return out
}

// dayStarts are the hours at which a day can begin, and the one that stands when it is another.
func dayStarts(at int) []ui.Option {
	minutes := []int{0, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 660, 720}
	if !slices.Contains(minutes, at) {
		minutes = append(minutes, at)
	}
	var out []ui.Option
	for _, m := range minutes {
		out = append(out, ui.Option{Value: strconv.Itoa(m), Label: clock(m), On: m == at})
	}
	return out
}

func clock(minutes int) string {
	return strconv.Itoa(minutes/60) + ":" + strconv.Itoa(100 + minutes%60)[1:]
}

func themes(c *call, on string) []ui.Option {
	if on == "" {
		on = "auto"
	}
	var out []ui.Option
	for _, t := range []string{"auto", "light", "dark"} {
		out = append(out, ui.Option{Value: t, Label: c.T("theme." + t), On: t == on})
	}
	return out
}

// browsers and systems are how programs name themselves, the more special first.
var (
	browsers = [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// device gives a few words for what a browser says it is: "Firefox, Linux".
func device(c *call, agent string) string {
	var words []string
	for _, table := range [][][2]string{browsers, systems} {
		if i := slices.IndexFunc(table, func(row [2]string) bool { return strings.Contains(agent, row[0]) }); i >= 0 {
			words = append(words, table[i][1])
		}
	}
	if len(words) == 0 {
		return c.T("settings.some_device")
	}
	return strings.Join(words, ", ")
}

// day writes an instant's day in the reader's zone.
func (c *call) day(i tandem.Instant) string { return c.Lang.DateYear(c.Person.Today(i.Time())) }
