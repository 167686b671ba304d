package web

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"tandem"
	"tandem/i18n"
	"tandem/web/assets"
	"tandem/web/ui"
)

// pageView is what a page tells its frame.
type pageView struct {
	Title   string
	Current string // key of the menu entry: today, goals, team, set
	LogURL  string // where the key L leads when the page has no log control
	Back    string // where the appearance form comes back to; "" is the page itself
	Spaces  bool   // the page is about one workspace and can be switched to another
}

// page answers with a page inside the frame.
func (c *call) page(v pageView, body templ.Component) error {
	return c.pageAs(http.StatusOK, v, body)
}

// refused answers with the same page again, what was typed kept and what is wrong said.
func (c *call) refused(v pageView, body templ.Component) error {
	return c.pageAs(http.StatusUnprocessableEntity, v, body)
}

// pageAs answers with a page and a status, and with the switch of workspaces above it where there are
// several.
func (c *call) pageAs(status int, v pageView, body templ.Component) error {
	if v.Spaces && len(c.Actor.Roles) > 1 {
		all, err := c.s.App.ListWorkspaces(c.ctx(), c.Actor)
		if err != nil {
			return err
		}
		body = templ.Join(spaceSwitch(c, all), body)
	}
	return c.render(status, c.shell(v, body))
}

// write answers when nothing can be done about an error any more.
func (c *call) write(status int, page templ.Component) {
	if err := c.render(status, page); err != nil {
		c.s.Log.Debug("answer broke off", "id", c.ID, "err", err)
	}
}

// assetURLs are the addresses of the static files.
func assetURLs(lang i18n.Lang) ui.Assets {
	manifest := assets.URL("manifest.webmanifest")
	if lang == i18n.DE {
		manifest = assets.URL("manifest.de.webmanifest")
	}
	return ui.Assets{Touch: assets.URL("icon-180.png"), Queue: assets.URL("queue.js"), CSS: assets.URL("tandem.css"), JS: assets.URL("tandem.js"), HTMX: assets.URL("htmx.min.js"), Icon: assets.URL("favicon.svg"), Manifest: manifest}
}

// shell puts a page into the frame of a signed-in person.
func (c *call) shell(v pageView, body templ.Component) templ.Component {
	view := ui.ShellView{
		Lang: c.Lang.String(), Title: v.Title, Theme: c.theme(), Assets: assetURLs(c.Lang), Current: v.Current,
		Nav: c.menu(), Initials: initials(c.Person.Name), Home: ui.TodayURL(), NewGoal: ui.NewGoalURL(), Settings: ui.SettingsURL(""),
		LogURL: v.LogURL, Person: c.Person.ID.String(), ThemeURL: ui.ThemeURL(), Path: localPath(c.R.URL.RequestURI()), Keys: !c.Person.KeysOff, Toast: c.takeToast(), Words: c.words(),
	}
	if v.Back != "" {
		view.Path = v.Back
	} else if c.R.Method != http.MethodGet {
		view.Path = ui.TodayURL()
	}
	return with(ui.Shell(view), body)
}

// door answers with a page outside the house: first run, sign-in, invitations.
func (c *call) door(status int, title string, wide bool, body templ.Component) error {
	return c.render(status, c.center(ui.CenterView{Title: title, Wide: wide}, body))
}

// center puts a page into the frame outside the house.
func (c *call) center(v ui.CenterView, body templ.Component) templ.Component {
	v.Lang, v.Theme, v.Assets, v.Skip = c.Lang.String(), c.theme(), assetURLs(c.Lang), c.T("shell.skip")
	return with(ui.Center(v), body)
}

// with gives frame with body as its children.
func with(frame, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, body), w)
	})
}

// menu gives the entries whose time has come: Today and Goals from the start, the team once there is one.
func (c *call) menu() []ui.NavItem {
	items := []ui.NavItem{
		{Key: "today", Label: c.T("nav.today"), URL: ui.TodayURL()},
		{Key: "goals", Label: c.T("nav.goals"), URL: ui.GoalsURL()},
	}
	knows := c.known()
	if knows("review") {
		items = append(items, ui.NavItem{Key: "review", Label: c.T("nav.review"), URL: ui.ReviewURL("")})
	}
	if knows("lifeline") {
		items = append(items, ui.NavItem{Key: "life", Label: c.T("nav.lifelines"), URL: ui.LifelinesURL("")})
	}
	if len(c.Actor.Roles) > 1 {
		items = append(items, ui.NavItem{Key: "team", Label: c.T("nav.team"), URL: ui.SettingsURL("people")})
	}
	return items
}

// knows tells whether the reader has met one concept.
func (c *call) knows(concept string) bool { return c.known()(concept) }

// known gives which concepts the reader has met. A page stands without what cannot be read.
func (c *call) known() func(concept string) bool {
	if c.Person.ShowAll {
		return func(string) bool { return true }
	}
	states, err := c.s.App.Concepts(c.ctx(), c.Actor)
	if err != nil {
		c.s.Log.Warn("concepts", "id", c.ID, "err", err)
	}
	return func(concept string) bool { return shows(states, concept, false) }
}

// theme is the person's choice, or the browser's before sign-in.
func (c *call) theme() string {
	t := c.Person.Theme
	if k, err := c.R.Cookie(themeCookie); !c.signedIn() && err == nil {
		t = k.Value
	}
	if t == "light" || t == "dark" {
		return t
	}
	return ""
}

func (c *call) words() ui.ShellWords {
	w := ui.ShellWords{
		Skip: c.T("shell.skip"), Main: c.T("shell.main"), MainPhone: c.T("shell.main_phone"), NewGoal: c.T("nav.new_goal"), Pinned: c.T("nav.pinned"),
		Settings: c.T("nav.settings"), Appearance: c.T("nav.appearance"), Search: c.T("nav.search"), SignedIn: c.T("shell.signed_in", tandem.Args{"name": c.Person.Name}),
		Undo: c.T("undo"), Close: c.T("close"), Keys: c.T("keys.title"), ResultWord: c.T("kind.result"), LearnWord: c.T("kind.learning"), OfflineLine: c.T("shell.offline"), WaitingLine: c.T("shell.waiting"), RefusedLine: c.T("shell.refused"),
	}
	if !c.Person.KeysOff {
		w.KeyHelp = c.keyHelp()
	}
	return w
}

// keyHelp names the keys and what they do.
func (c *call) keyHelp() map[string]string {
	keys := map[string]string{"N": c.T("keys.n"), "L": c.T("keys.l"), "J": c.T("keys.j"), "K": c.T("keys.k"), "Z": c.T("keys.z"), "?": c.T("keys.help"),
		"G T": c.T("keys.gt"), "G G": c.T("keys.gg"), "Ctrl Enter": c.T("keys.send"), "Esc": c.T("keys.esc")}
	knows := c.known()
	if knows("review") {
		keys["G R"] = c.T("keys.gr")
	}
	if knows("lifeline") {
		keys["G P"] = c.T("keys.gp")
	}
	return keys
}

// initials gives the first two letters of a name.
func initials(name string) string {
	name = strings.TrimSpace(name)
	n := 0
	for i := range name {
		if n == 2 {
			return name[:i]
		}
		n++
	}
	return name
}
