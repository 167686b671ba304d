package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// The session's cookie. Over https its name begins with __Host-, which binds it to this host and to
// https; over plain http, as in a home network, browsers would drop such a cookie and nobody could sign
// in.
const (
	secureCookie = "__Host-tandem"
	plainCookie  = "tandem"
	spaceCookie  = "tandem-space"
	themeCookie  = "tandem-theme"
)

func (c *call) secure() bool { return c.s.https(c.R) }

func (c *call) cookieName() string {
	if c.secure() {
		return secureCookie
	}
	return plainCookie
}

// secret gives the session's secret that the browser sent, "" for none.
func (c *call) secret() string {
	k, err := c.R.Cookie(c.cookieName())
	if err != nil {
		return ""
	}
	return k.Value
}

// from says where a sign-in comes from.
func (c *call) from() app.From {
	return app.From{Address: c.s.address(c.R), Agent: c.R.UserAgent(), Known: c.secret()}
}

// keep puts a new session into the browser.
func (c *call) keep(in app.SignedIn) {
	http.SetCookie(c.W, &http.Cookie{Name: c.cookieName(), Value: in.Secret, Path: "/", Expires: in.Ends.Time(), HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode})
}

// forget takes the session out of the browser.
func (c *call) forget() {
	http.SetCookie(c.W, &http.Cookie{Name: c.cookieName(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode})
}

// begin makes the call of a request: who asks, from the session; in which language and space.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) (*call, error) {
	c := &call{s: s, W: w, R: r, ID: w.Header().Get(requestIDHeader), Now: s.Now()}
	c.Lang = i18n.FromHeader(r.Header.Get("Accept-Language"), i18n.EN)
	c.Today = tandem.DayOf(c.Now, time.UTC, 0)
	secret := c.secret()
	if secret == "" {
		return c, nil
	}
	by, err := s.App.Authenticate(r.Context(), secret)
	if tandem.KindOf(err) == tandem.KindUnauthorized {
		c.forget()
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.Principal = by
	c.Lang, _ = i18n.ParseLang(c.Person.Lang)
	c.Today = c.Person.Today(c.Now)
	c.Space = c.space()
	return c, nil
}

// space gives the workspace that lists and new goals are about: the asked one, the one chosen last, or
// the person's own.
func (c *call) space() tandem.WorkspaceID {
	asked := c.R.URL.Query().Get("space")
	if asked == "" {
		if k, err := c.R.Cookie(spaceCookie); err == nil {
			asked = k.Value
		}
	}
	if id, err := tandem.ParseID[tandem.WorkspaceID](asked); err == nil {
		if _, in := c.Actor.Roles[id]; in {
			return id
		}
	}
	return c.Person.Personal
}

// find looks for something in the person's workspaces, the own one first, and gives the one that it is
// in: an address names a thing and not where it lies. What is in none of them is NotFound.
func find[T any](c *call, get func(ws tandem.WorkspaceID) (T, error)) (ws tandem.WorkspaceID, it T, err error) {
	for _, ws := range c.spaces() {
		it, err = get(ws)
		if err == nil || tandem.KindOf(err) != tandem.KindNotFound {
			return ws, it, err
		}
	}
	return 0, it, err
}

// spaces gives the workspaces that the person is in: the own one, then the oldest first.
func (c *call) spaces() []tandem.WorkspaceID {
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(c.Actor.Roles)), func(ws tandem.WorkspaceID) bool { return ws == c.Person.Personal })
	return append([]tandem.WorkspaceID{c.Person.Personal}, others...)
}

// serve answers a request by a route's handler; what goes wrong becomes a page in one place.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := s.begin(w, r)
		if err == nil {
			w.Header().Set("Cache-Control", "no-store")
			if rt.open || c.signedIn() {
				err = rt.handle(s, c)
			} else {
				err = c.askToSignIn()
			}
		}
		if err != nil {
			c.fail(err)
		}
	})
}

// askToSignIn leads to the sign-in page. A form that was posted after its session ended is kept on that
// page and offered again afterwards, so that nothing typed is lost.
func (c *call) askToSignIn() error {
	if c.R.Header.Get("Accept") == "application/json" { // a script asks, which keeps what it has
		c.W.WriteHeader(http.StatusUnauthorized)
		return nil
	}
	needs, err := c.s.App.NeedsSetup(c.ctx())
	if err != nil {
		return err
	}
	if needs {
		return c.redirect(ui.FirstRunURL(), nil)
	}
	if c.R.Method == http.MethodGet || c.R.Method == http.MethodHead {
		next := c.R.URL.RequestURI()
		if c.partial() { // a part of a page is no place to come back to
			next = ""
			if u, err := url.Parse(c.R.Header.Get("HX-Current-URL")); err == nil {
				next = localPath(u.RequestURI())
			}
			c.W.Header().Set("HX-Redirect", ui.SignInURL(next))
			return nil
		}
		if next == "/" {
			next = ""
		}
		return c.redirect(ui.SignInURL(next), nil)
	}
	if c.partial() {
		c.W.Header().Set("HX-Retarget", "body")
		c.W.Header().Set("HX-Reswap", "innerHTML")
	}
	return signInKeeping(c)
}

// localPath gives a path of this house, or "/" for anything that could lead elsewhere.
func localPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n\t") {
		return "/"
	}
	return p
}
