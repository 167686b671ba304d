package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/auth"
	"tandem/web/ui"
)

// tokensView is the page of tokens; Made is the one just made, whose secret is shown this once.
type tokensView struct {
	Tokens []tandem.Token
	Spaces []tandem.Workspace
	Made   *app.TokenMade
	Base   string // address of the server, for the example
}

func getTokens(_ *Server, c *call) error { return c.tokens(http.StatusOK, c.fresh(), nil) }

// tokens answers with the page of tokens.
func (c *call) tokens(status int, f *form, made *app.TokenMade) error {
	all, err := c.s.App.ListTokens(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	spaces, err := c.s.App.ListWorkspaces(c.ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := tokensView{Tokens: all, Spaces: spaces, Made: made, Base: c.base()}
	return c.pageAs(status, pageView{Title: c.T("settings.tokens"), Current: "set"}, tokensBody(c, f, v))
}

// postToken makes a token and shows its secret in the answer itself, so that it lies in no cookie, no
// address and no history.
func postToken(s *Server, c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	days, err := strconv.Atoi(f.text("days"))
	if err != nil {
		days = -1 // refused by its range
	}
	in := app.TokenInput{Name: f.text("name"), Scopes: f.all("scopes"), Days: days}
	if w := f.text("space"); w != "" {
		if in.Workspace, err = tandem.ParseID[tandem.WorkspaceID](w); err != nil {
			return err
		}
	}
	made, err := s.App.CreateToken(c.ctx(), c.Actor, in)
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return c.tokens(f.status(), f, nil)
	}
	return c.tokens(http.StatusOK, c.fresh(), &made)
}

func postRevokeToken(s *Server, c *call) error {
	id, err := pathID[tandem.TokenID](c, "token")
	if err == nil {
		err = s.App.RevokeToken(c.ctx(), c.Actor, id)
	}
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return err
	}
	return c.redirect(ui.SettingsURL("tokens"), &toast{Key: "toast.token_revoked"})
}

// base gives the address of this server for links that leave the page: the configured one, or that of
// the request.
func (c *call) base() string {
	if c.s.BaseURL != "" {
		return strings.TrimRight(c.s.BaseURL, "/")
	}
	if c.secure() {
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

// A scopeRow is one line of the table of rights; a verb that the noun lacks is "".
type scopeRow struct{ Noun, Read, Write string }

// scopeRows puts the rights into a table, a noun a line.
func scopeRows() (rows []scopeRow) {
	for _, name := range auth.ScopeNames() {
		verb, noun, ok := strings.Cut(name, ":")
		switch {
		case !ok:
		case verb == "read":
			rows = append(rows, scopeRow{Noun: noun, Read: name})
		default:
			rows[len(rows)-1].Write = name
		}
	}
	return rows
}

// tokenDays are the lifetimes that the page proposes.
func tokenDays(c *call, on string) []ui.Option {
	var out []ui.Option
	for _, n := range []int{7, 30, auth.TokenDays, auth.MaxTokenDays} {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: c.T("tokens.days", tandem.Args{"n": n}), On: strconv.Itoa(n) == on})
	}
	return out
}

// spaceOptions are the workspaces that a token can be bound to, none first.
func spaceOptions(c *call, all []tandem.Workspace, on string) []ui.Option {
	out := []ui.Option{{Value: "", Label: c.T("tokens.any_space"), On: on == ""}}
	for _, w := range all {
		out = append(out, ui.Option{Value: w.ID.String(), Label: c.spaceName(w), On: on == w.ID.String()})
	}
	return out
}

// rightsOf gives a token's rights in words.
func rightsOf(c *call, t tandem.Token) string {
	var words []string
	for _, s := range t.Scopes {
		if verb, noun, ok := strings.Cut(s, ":"); ok {
			words = append(words, c.T("scope."+noun)+" ("+c.T("scope.verb."+verb)+")")
		} else {
			words = append(words, c.T("scope.all"))
		}
	}
	return strings.Join(words, ", ")
}

// ticked tells whether a right was ticked in the form that came back.
func ticked(f *form, scope string) bool { return slices.Contains(f.all("scopes"), scope) }
