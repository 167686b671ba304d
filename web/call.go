package web

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"tandem"
	"tandem/app"
	"tandem/i18n"
)

// A call is one request with what every handler needs: who asks, in which language, when.
type call struct {
	s             *Server
	W             http.ResponseWriter
	R             *http.Request
	ID            string // of the request, for the log and for error pages
	app.Principal        // who asks; zero on open routes without a session
	Space         tandem.WorkspaceID
	Lang          i18n.Lang
	Now           time.Time
	Today         tandem.Day
}

// ctx gives the request's context: it ends when the reader goes away.
func (c *call) ctx() context.Context { return c.R.Context() }

// T gives a sentence of the catalogue in the reader's language.
func (c *call) T(key string, args ...tandem.Args) string { return c.Lang.T(key, args...) }

// num writes a number in the reader's form; decimals -1 for as many as it needs.
func (c *call) num(v float64, decimals int) string { return c.Lang.Numbers().Number(v, decimals) }

// signedIn tells whether somebody is signed in.
func (c *call) signedIn() bool { return c.Person.ID != 0 }

// partial tells whether the script asks for a part of the page only.
func (c *call) partial() bool { return c.R.Header.Get("HX-Request") == "true" }

// pathID reads an id from the path; nonsense is NotFound, as something hidden is.
func pathID[I interface{ tandem.ID[N] }, N tandem.Noun](c *call, name string) (I, error) {
	return tandem.ParseID[I, N](c.R.PathValue(name))
}

// render writes a component with a status.
func (c *call) render(status int, page templ.Component) error {
	c.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.W.WriteHeader(status)
	return page.Render(c.ctx(), c.W)
}

// redirect answers a POST: go and read that page. A toast says there what happened.
func (c *call) redirect(url string, t *toast) error {
	if t != nil {
		c.setToast(*t)
	}
	http.Redirect(c.W, c.R, url, http.StatusSeeOther)
	return nil
}
