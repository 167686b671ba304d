package api

import (
	"net/http"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// A profile is the person behind the token.
type profile struct {
	ID       tandem.PersonID    `json:"id"`
	Name     string             `json:"name"`
	Email    string             `json:"email"`
	Lang     string             `json:"lang"`
	Zone     string             `json:"zone"`
	DayStart int                `json:"day_start"`
	Theme    string             `json:"theme"`
	ShowAll  bool               `json:"show_all"`
	KeysOff  bool               `json:"keys_off"`
	Cheers   bool               `json:"cheers_off"`
	Personal tandem.WorkspaceID `json:"personal_workspace"`
	Version  int64              `json:"version"`
}

func profileOf(p tandem.Person) profile {
	return profile{ID: p.ID, Name: p.Name, Email: p.Email, Lang: p.Lang, Zone: p.Zone, DayStart: p.DayStart, Theme: p.Theme, ShowAll: p.ShowAll, KeysOff: p.KeysOff, Cheers: p.CheersOff, Personal: p.Personal, Version: p.Version}
}

// A tokenView is a token without its secret.
type tokenView struct {
	ID        tandem.TokenID     `json:"id"`
	Name      string             `json:"name"`
	Prefix    string             `json:"prefix"`
	Scopes    []string           `json:"scopes"`
	Workspace tandem.WorkspaceID `json:"workspace,omitzero"`
	Created   tandem.Instant     `json:"created"`
	Ends      tandem.Instant     `json:"ends"`
	LastUsed  tandem.Day         `json:"last_used"`
	Secret    string             `json:"secret,omitempty"` // once, when it is made
}

func tokenOf(t tandem.Token, secret string) tokenView {
	return tokenView{ID: t.ID, Name: t.Name, Prefix: t.Prefix, Scopes: t.Scopes, Workspace: t.Workspace, Created: t.Created, Ends: t.Ends, LastUsed: t.LastUsed, Secret: secret}
}

func accountOperations() []operation {
	return []operation{
		{id: "get-me", method: "GET", path: "/me", action: policy.Read, kind: policy.Account, out: profile{}, summary: "Who this token is", run: getMe},
		{id: "change-me", method: "PATCH", path: "/me", action: policy.Change, kind: policy.Account, match: true, in: profileChange{}, out: profile{}, summary: "Change profile and settings", run: changeMe},
		{id: "change-password", method: "POST", path: "/me/password", action: policy.Manage, kind: policy.Account, repeats: true, in: passwordInput{}, summary: "Set another password; it ends every session and token, this one too", run: changePassword},
		{id: "list-sessions", method: "GET", path: "/sessions", action: policy.Read, kind: policy.Account, out: page[app.SessionView]{}, summary: "Where you are signed in", run: listSessions},
		{id: "end-session", method: "DELETE", path: "/sessions/{key}", action: policy.Manage, kind: policy.Account, summary: "Sign out there", run: endSession},
		{id: "list-tokens", method: "GET", path: "/tokens", action: policy.Read, kind: policy.Account, out: page[tokenView]{}, summary: "List tokens", run: listTokens},
		{id: "create-token", method: "POST", path: "/tokens", action: policy.Create, kind: policy.Account, status: http.StatusCreated, secret: true, in: app.TokenInput{}, out: tokenView{}, summary: "Make a token; its secret is shown once", run: createToken},
		{id: "revoke-token", method: "DELETE", path: "/tokens/{id}", action: policy.Manage, kind: policy.Account, summary: "End a token", run: revokeToken},
	}
}

func getMe(c *call) (any, error) {
	p, err := c.App.Profile(c.ctx(), c.Actor)
	return profileOf(p), err
}

// profileChange is a change of the profile; the version comes in If-Match.
type profileChange struct {
	app.ProfileInput
	Version int64 `json:"version,omitempty" tandem:"readonly"`
}

func changeMe(c *call) (any, error) {
	in, err := read[profileChange](c)
	if err != nil {
		return nil, err
	}
	if in.ProfileInput.Version, err = c.version(); err != nil {
		return nil, err
	}
	p, err := c.App.ChangeProfile(c.ctx(), c.Actor, in.ProfileInput)
	return profileOf(p), c.stale(err, c.Space, func() (int64, error) {
		p, err := c.App.Profile(c.ctx(), c.Actor)
		return p.Version, err
	}, nil)
}

// A passwordInput changes the password; old is the one before.
type passwordInput struct {
	Old string `json:"old"`
	New string `json:"new"`
}

func changePassword(c *call) (any, error) {
	in, err := read[passwordInput](c)
	if err != nil {
		return nil, err
	}
	_, err = c.App.ChangePassword(c.ctx(), c.Principal, app.PasswordInput{Old: in.Old, New: in.New})
	return nil, err
}

func listSessions(c *call) (any, error) { return listed(c.App.ListSessions(c.ctx(), c.Principal)) }

func endSession(c *call) (any, error) {
	return nil, c.App.EndSession(c.ctx(), c.Actor, c.R.PathValue("key"))
}

func listTokens(c *call) (any, error) {
	all, err := c.App.ListTokens(c.ctx(), c.Actor)
	out := make([]tokenView, 0, len(all))
	for _, t := range all {
		out = append(out, tokenOf(t, ""))
	}
	return page[tokenView]{Items: out}, err
}

func createToken(c *call) (any, error) {
	in, err := read[app.TokenInput](c)
	if err != nil {
		return nil, err
	}
	m, err := c.App.CreateToken(c.ctx(), c.Actor, in)
	return tokenOf(m.Token, m.Secret), err
}

func revokeToken(c *call) (any, error) {
	id, err := pathID[tandem.TokenID](c, "id")
	if err != nil {
		return nil, err
	}
	return nil, c.App.RevokeToken(c.ctx(), c.Actor, id)
}
