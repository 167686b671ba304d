package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// own is the actor's account as policy sees it.
func own(by tandem.Actor) policy.Resource {
	return policy.Resource{Kind: policy.Account, Owner: by.Person}
}

// Profile gives the actor's own account.
func (a *App) Profile(ctx context.Context, by tandem.Actor) (p tandem.Person, err error) {
	defer tandem.Wrap(&err, "profile")
	if err := may(by, policy.Read, own(by)); err != nil {
		return p, err
	}
	return a.Store.For(by).Person(ctx)
}

// A ProfileInput changes what is not nil, of the version that was read. Another address needs the
// password, because it is what the person signs in with.
type ProfileInput struct {
	Version  int64   `json:"version"`
	Name     *string `json:"name"`
	Email    *string `json:"email"`
	Password string  `json:"password"`
	Lang     *string `json:"lang"`
	Zone     *string `json:"zone"`
	DayStart *int    `json:"day_start"` // minutes after midnight, 0 to 720
	Theme    *string `json:"theme"`     // "", "light" or "dark"
	ShowAll  *bool   `json:"show_all"`
	KeysOff  *bool   `json:"keys_off"`
	// CheersOff: no line says what was just reached, learned or tried.
	CheersOff *bool `json:"cheers_off"`
}

func (in ProfileInput) apply(p tandem.Person) tandem.Person {
	set(&p.Name, in.Name)
	set(&p.Email, in.Email)
	set(&p.Lang, in.Lang)
	set(&p.Zone, in.Zone)
	set(&p.DayStart, in.DayStart)
	set(&p.Theme, in.Theme)
	set(&p.ShowAll, in.ShowAll)
	set(&p.KeysOff, in.KeysOff)
	set(&p.CheersOff, in.CheersOff)
	p.Version = in.Version
	p.Name, p.Email = tandem.CleanTitle(p.Name), tandem.CleanTitle(p.Email)
	return p
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// ChangeProfile changes the actor's own profile and settings.
func (a *App) ChangeProfile(ctx context.Context, by tandem.Actor, in ProfileInput) (p tandem.Person, err error) {
	defer tandem.Wrap(&err, "change profile")
	if err := may(by, policy.Change, own(by)); err != nil {
		return p, err
	}
	old, err := a.Store.For(by).Person(ctx)
	if err != nil {
		return p, err
	}
	p = in.apply(old)
	if err := p.Validate(); err != nil {
		return p, err
	}
	if tandem.EmailKey(p.Email) != tandem.EmailKey(old.Email) {
		if err := a.prove(ctx, by, old, in.Password); err != nil {
			return p, err
		}
		// Which addresses are taken is told here, so that asking is counted, with the right password too.
		if err := a.try(ctx, []tryKey{{"account:email:" + old.ID.String(), a.Keys.Account}}); err != nil {
			return p, err
		}
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		fresh, err := w.Person(ctx)
		if err != nil {
			return err
		}
		p = in.apply(fresh)
		if err := w.SetPerson(ctx, p); err != nil {
			return err
		}
		p.Version++
		if p.Zone != fresh.Zone {
			if err := a.replan(ctx, w, p); err != nil {
				return err
			}
		}
		return a.emit(tx, by, p.Personal, "person.changed", int64(p.ID))
	})
	return p, err
}

// prove wants the actor's own password again before something that an unwatched browser must not be
// able to do. Tries are counted as for signing in. An account without a password, fresh from a one-time
// link, needs a session instead; a token is never enough.
func (a *App) prove(ctx context.Context, by tandem.Actor, p tandem.Person, password string) error {
	phc, err := a.Store.For(policy.Local()).PasswordOf(ctx, p.ID)
	if err != nil {
		return err
	}
	if phc == "" {
		if by.Source == "session" {
			return nil
		}
		return tandem.Invalid("password", "password_wrong", nil)
	}
	keys := []tryKey{{"account:proof:" + p.ID.String(), a.Keys.Account}}
	if err := a.try(ctx, keys); err != nil {
		return err
	}
	ok, err := a.Keys.Verify(ctx, password, phc)
	if err != nil {
		return err
	}
	if !ok {
		return tandem.Invalid("password", "password_wrong", nil)
	}
	return a.Store.InTx(ctx, func(tx Tx) error { return a.forgive(ctx, tx, keys) })
}

// A PasswordInput changes the own password; Old is not asked for where there is none yet.
type PasswordInput struct {
	Old string `json:"old"`
	New string `json:"new"`
	From
}

// ChangePassword sets a new password and ends every session, token and link of the person; the present
// session is renewed with another secret. Asked for with a token, the answer holds no session.
func (a *App) ChangePassword(ctx context.Context, by Principal, in PasswordInput) (s SignedIn, err error) {
	defer tandem.Wrap(&err, "change password")
	if err := may(by.Actor, policy.Manage, own(by.Actor)); err != nil {
		return s, err
	}
	p, err := a.Store.For(by.Actor).Person(ctx)
	if err != nil {
		return s, err
	}
	if err := a.prove(ctx, by.Actor, p, in.Old); err != nil {
		return s, rename(err, "old")
	}
	if err := a.Keys.CheckPassword(in.New, p.Email, p.Name); err != nil {
		return s, rename(err, "new")
	}
	phc, err := a.Keys.Hash(ctx, in.New)
	if err != nil {
		return s, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(policy.Local())
		fresh, err := w.PersonByID(ctx, p.ID)
		if err != nil {
			return err
		}
		if fresh.Epoch != p.Epoch || fresh.Suspended {
			return &tandem.Error{Kind: tandem.KindUnauthorized, Code: "session_ended"}
		}
		if fresh.Epoch, err = w.SetPassword(ctx, p.ID, phc); err != nil {
			return err
		}
		if err := w.DeleteSessions(ctx, p.ID, ""); err != nil {
			return err
		}
		if err := w.DropSigninLinks(ctx, p.ID); err != nil {
			return err
		}
		s = SignedIn{}
		if by.Session != "" {
			if s, err = a.openSession(ctx, tx, fresh, in.From, nil); err != nil {
				return err
			}
		}
		return a.emit(tx, by.Actor, p.Personal, "password.changed", int64(p.ID))
	})
	return s, err
}

// rename gives the errors of field "password" another field's name.
func rename(err error, field string) error {
	es := tandem.All(err)
	if es == nil {
		return err
	}
	out := make(tandem.Errors, len(es))
	for i, e := range es {
		c := *e
		if c.Field == "password" {
			c.Field = field
		}
		out[i] = &c
	}
	return out.Err()
}

// A SessionView is one of the own sessions. Key names it; it is not its secret.
type SessionView struct {
	Key     string         `json:"key"`
	Made    tandem.Instant `json:"made"`
	Seen    tandem.Instant `json:"seen"` // to the hour
	Ends    tandem.Instant `json:"ends"`
	Agent   string         `json:"agent"`
	Current bool           `json:"current"`
}

const sessionKey = 16 // characters of the hash that name a session

// ListSessions gives the own sessions that still hold, the present one first, then the newest.
func (a *App) ListSessions(ctx context.Context, by Principal) (out []SessionView, err error) {
	defer tandem.Wrap(&err, "list sessions")
	if err := may(by.Actor, policy.Read, own(by.Actor)); err != nil {
		return nil, err
	}
	all, err := a.Store.For(by.Actor).Sessions(ctx)
	if err != nil {
		return nil, err
	}
	now := a.now()
	for hash, s := range all {
		if s.Ends > now && after(s.Seen, sessionIdle) > now && s.Epoch == by.Person.Epoch {
			out = append(out, SessionView{Key: hash[:sessionKey], Made: s.Made, Seen: s.Seen, Ends: s.Ends, Agent: s.Agent, Current: hash == by.Session})
		}
	}
	slices.SortFunc(out, func(x, y SessionView) int {
		switch {
		case x.Current:
			return -1
		case y.Current || x.Made < y.Made:
			return 1
		}
		return -1
	})
	return out, nil
}

// EndSession ends one of the own sessions by its key.
func (a *App) EndSession(ctx context.Context, by tandem.Actor, key string) (err error) {
	defer tandem.Wrap(&err, "end session")
	all, err := a.Store.For(by).Sessions(ctx)
	if err != nil {
		return err
	}
	for hash := range all {
		if len(key) == sessionKey && hash[:sessionKey] == key {
			return a.endSession(ctx, by, hash)
		}
	}
	return tandem.NotFound("session")
}

func (a *App) endSession(ctx context.Context, by tandem.Actor, hash string) error {
	if err := may(by, policy.Manage, own(by)); err != nil {
		return err
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		if err := w.DeleteSession(ctx, hash); err != nil {
			return err
		}
		p, err := w.Person(ctx)
		if err != nil {
			return err
		}
		return a.emit(tx, by, p.Personal, "session.ended", 0)
	})
}
