package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// Lifetimes of a token in days: when nothing is said, and at most.
const (
	tokenDays    = 90
	maxTokenDays = 365
)

// A TokenInput asks for a token. It can only remove rights: Scopes are "read:goals", "write:goals", … or
// "all"; Workspace binds it to one (0: any); Days is how long it holds, 0 for 90.
type TokenInput struct {
	Name      string             `json:"name"`
	Scopes    []string           `json:"scopes"`
	Workspace tandem.WorkspaceID `json:"workspace"`
	Days      int                `json:"days"`
}

// A TokenMade is a new token with its secret, which is shown this once.
type TokenMade struct {
	Token  tandem.Token
	Secret string
}

// CreateToken makes a token for the actor's own account. A token may make another one, but none that
// reaches further or lasts longer than itself.
func (a *App) CreateToken(ctx context.Context, by tandem.Actor, in TokenInput) (m TokenMade, err error) {
	defer tandem.Wrap(&err, "create token")
	if err := may(by, policy.Create, own(by)); err != nil {
		return m, err
	}
	t, err := a.newToken(in)
	if err != nil {
		return m, err
	}
	if _, member := by.Roles[t.Workspace]; t.Workspace != 0 && !member {
		return m, tandem.NotFound("workspace")
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		if by.Token != 0 {
			parent, err := w.Token(ctx, by.Token)
			if err != nil {
				return err
			}
			if t, err = within(t, parent); err != nil {
				return err
			}
		}
		p, err := w.Person(ctx)
		if err != nil {
			return err
		}
		m, err = a.keepToken(ctx, tx, by, p, t)
		return err
	})
	return m, err
}

// CreateTokenFor makes a token for somebody's account, on the machine itself.
func (a *App) CreateTokenFor(ctx context.Context, by tandem.Actor, email string, in TokenInput) (m TokenMade, err error) {
	defer tandem.Wrap(&err, "create token for person")
	t, err := a.newToken(in)
	if err != nil {
		return m, err
	}
	if err := may(by, policy.Create, policy.Resource{Kind: policy.Account}); err != nil {
		return m, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		p, err := tx.For(by).PersonByEmail(ctx, tandem.EmailKey(email))
		if err != nil {
			return err
		}
		m, err = a.keepToken(ctx, tx, by, p, t)
		return err
	})
	return m, err
}

// newToken checks what is asked for, field by field.
func (a *App) newToken(in TokenInput) (t tandem.Token, err error) {
	var es tandem.Errors
	name := tandem.CleanTitle(in.Name)
	if name == "" {
		es.Add("name", "required", tandem.Args{"field": "name"})
	}
	if n := len([]rune(name)); n > tandem.MaxTitle || cut(name, n) != name {
		es.Add("name", "text_too_long", tandem.Args{"limit": tandem.MaxTitle, "length": n})
	}
	if in.Days == 0 {
		in.Days = tokenDays
	}
	if in.Days < 1 || in.Days > maxTokenDays {
		es.Add("days", "token_days", tandem.Args{"limit": maxTokenDays})
	}
	scopes, err := a.Keys.Scopes(in.Scopes)
	if err != nil {
		es = append(es, tandem.All(err)...)
	}
	if err := es.Err(); err != nil {
		return t, err
	}
	now := a.now()
	ends := tandem.InstantOf(now.Time().AddDate(0, 0, in.Days))
	return tandem.Token{Name: name, Scopes: scopes, Workspace: in.Workspace, Created: now, Ends: ends, LastUsed: tandem.NoDay}, nil
}

// within cuts a token down to the one that makes it. A right that the maker lacks is the error
// scope_missing.
func within(t, parent tandem.Token) (tandem.Token, error) {
	for _, s := range t.Scopes {
		if !slices.Contains(parent.Scopes, s) && !slices.Contains(parent.Scopes, policy.AllRights) {
			return t, tandem.Denied("scope_missing", tandem.Args{"noun": "token", "scope": s})
		}
	}
	if parent.Workspace != 0 {
		t.Workspace = parent.Workspace
	}
	t.Ends = min(t.Ends, parent.Ends)
	return t, nil
}

func (a *App) keepToken(ctx context.Context, tx Tx, by tandem.Actor, p tandem.Person, t tandem.Token) (m TokenMade, err error) {
	plain, prefix, hash := a.Keys.NewToken()
	t.ID, t.Person, t.Prefix = tandem.NewID[tandem.TokenID](a.IDs), p.ID, prefix
	if err := tx.For(by).AddToken(ctx, t, hash, p.Epoch); err != nil {
		return m, err
	}
	by.Person = p.ID
	return TokenMade{Token: t, Secret: plain}, a.emit(tx, by, p.Personal, "token.created", int64(t.ID))
}

// ListTokens gives the actor's own tokens that are not revoked, newest first; those that have ended by
// their time stay in sight.
func (a *App) ListTokens(ctx context.Context, by tandem.Actor) (out []tandem.Token, err error) {
	defer tandem.Wrap(&err, "list tokens")
	if err := may(by, policy.Read, own(by)); err != nil {
		return nil, err
	}
	all, err := a.Store.For(by).Tokens(ctx)
	return standing(all), err
}

// ListTokensOf gives the tokens of somebody's account, on the machine itself.
func (a *App) ListTokensOf(ctx context.Context, by tandem.Actor, email string) (out []tandem.Token, err error) {
	defer tandem.Wrap(&err, "list tokens of person")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Account}); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	p, err := r.PersonByEmail(ctx, tandem.EmailKey(email))
	if err != nil {
		return nil, err
	}
	all, err := r.TokensOf(ctx, p.ID)
	return standing(all), err
}

func standing(all []tandem.Token) []tandem.Token {
	return slices.DeleteFunc(all, func(t tandem.Token) bool { return t.Revoked != 0 })
}

// RevokeToken ends one of the actor's own tokens, from the next request on.
func (a *App) RevokeToken(ctx context.Context, by tandem.Actor, id tandem.TokenID) (err error) {
	defer tandem.Wrap(&err, "revoke token")
	if err := may(by, policy.Manage, own(by)); err != nil {
		return err
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		if err := w.RevokeToken(ctx, by.Person, id, a.now()); err != nil {
			return err
		}
		p, err := w.Person(ctx)
		if err != nil {
			return err
		}
		return a.emit(tx, by, p.Personal, "token.revoked", int64(id))
	})
}

// RevokeTokenOf ends a token of somebody's account, on the machine itself.
func (a *App) RevokeTokenOf(ctx context.Context, by tandem.Actor, email string, id tandem.TokenID) (err error) {
	defer tandem.Wrap(&err, "revoke token of person")
	return a.administer(ctx, by, email, "token.revoked", func(w Writes, p tandem.Person) error {
		return w.RevokeToken(ctx, p.ID, id, a.now())
	})
}
