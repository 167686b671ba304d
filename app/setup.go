package app

import (
	"context"
	"strings"

	"tandem"
	"tandem/policy"
)

// The first run, and the administration of accounts on the machine itself. Its actor is policy.Local:
// whoever may run commands beside the data needs no account.

// NeedsSetup tells whether nobody has an account yet.
func (a *App) NeedsSetup(ctx context.Context) (bool, error) {
	some, err := a.Store.For(policy.Local()).AnyPerson(ctx)
	return !some, err
}

// PrepareSetup makes a fresh set-up code for printing at the start, and ends the one before; "" once
// somebody has an account. Only its hash is stored.
func (a *App) PrepareSetup(ctx context.Context) (code string, err error) {
	defer tandem.Wrap(&err, "prepare set-up")
	plain, hash := a.Keys.NewCode()
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(policy.Local())
		some, err := w.AnyPerson(ctx)
		if err != nil || some {
			code = ""
			return err
		}
		code = plain
		return w.SetSetupHash(ctx, hash)
	})
	return code, err
}

// A SetUpInput is what the first page asks for.
type SetUpInput struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Password string `json:"password"`
	Lang     string `json:"lang"`
	Zone     string `json:"zone"`
	From     `json:"-"`
}

// SetUp makes the first account, which runs the instance, with its own workspace, and signs it in.
// Errors: setup_code, setup_done, what is wrong with the fields.
func (a *App) SetUp(ctx context.Context, in SetUpInput) (s SignedIn, err error) {
	defer tandem.Wrap(&err, "set up")
	if err := a.try(ctx, []tryKey{{"setup:" + in.Address, a.Keys.Address}}); err != nil {
		return s, err
	}
	need, err := a.NeedsSetup(ctx)
	if err != nil {
		return s, err
	}
	if !need {
		return s, &tandem.Error{Kind: tandem.KindConflict, Code: "setup_done"}
	}
	_, want, _, err := a.Store.For(policy.Local()).Instance(ctx)
	if err != nil {
		return s, err
	}
	hash := a.Keys.HashCode(in.Code)
	if want == "" || hash != want {
		return s, tandem.Invalid("code", "setup_code", nil)
	}
	p := newPerson(in.Name, in.Email, in.Lang, in.Zone)
	if err := a.checkAccount(p, in.Password); err != nil {
		return s, err
	}
	phc, err := a.Keys.Hash(ctx, in.Password)
	if err != nil {
		return s, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.For(policy.Local()).EndSetup(ctx, hash); err != nil {
			return err
		}
		p, err = a.addPerson(ctx, tx, p, phc, true)
		if err != nil {
			return err
		}
		s, err = a.openSession(ctx, tx, p, in.From, nil)
		return err
	})
	return s, err
}

// newPerson fills an account that nothing else is said of.
func newPerson(name, email, lang, zone string) tandem.Person {
	p := tandem.Person{Name: tandem.CleanTitle(name), Email: tandem.CleanTitle(email), AgeBand: tandem.Adult, Lang: lang, Zone: zone, Epoch: 1}
	if p.Lang == "" {
		p.Lang = "en"
	}
	if p.Zone == "" {
		p.Zone = "UTC"
	}
	return p
}

// checkAccount names every field of a new account that cannot be accepted, its password among them.
func (a *App) checkAccount(p tandem.Person, password string) error {
	es := tandem.All(p.Validate())
	if err := a.Keys.CheckPassword(password, p.Email, p.Name); err != nil {
		es = append(es, tandem.All(err)...)
	}
	return es.Err()
}

// addPerson keeps a new account with its personal workspace. Whoever comes first runs the instance.
func (a *App) addPerson(ctx context.Context, tx Tx, p tandem.Person, phc string, operator bool) (tandem.Person, error) {
	w, now := tx.For(policy.Local()), a.now()
	p.ID, p.Personal, p.Created, p.Version = tandem.NewID[tandem.PersonID](a.IDs), tandem.NewID[tandem.WorkspaceID](a.IDs), now, 1
	if err := w.AddWorkspace(ctx, tandem.Workspace{ID: p.Personal, Kind: tandem.PersonalSpace, Name: p.Name, Zone: p.Zone, Created: now}); err != nil {
		return p, err
	}
	if err := w.AddPerson(ctx, p, phc, operator); err != nil {
		return p, err
	}
	if err := w.PutMember(ctx, tandem.Member{Workspace: p.Personal, Person: p.ID, Role: tandem.RoleOwner, Joined: now}); err != nil {
		return p, err
	}
	return p, tx.Emit(tandem.Event{Workspace: p.Personal, Kind: "person.added", Object: int64(p.ID), Person: p.ID, At: now})
}

// A PersonInput is an account that is made on the machine. It gets no password: its person chooses one
// after the first sign-in by the link.
type PersonInput struct {
	Email string `json:"email"`
	Name  string `json:"name"` // "": the part of the address before the @
	Lang  string `json:"lang"`
	Zone  string `json:"zone"`
}

// A PersonLink is an account with the secret of a one-time link that signs in to it.
type PersonLink struct {
	Person tandem.Person
	Secret string
	Ends   tandem.Instant
}

// AddPerson makes an account and a one-time link.
func (a *App) AddPerson(ctx context.Context, by tandem.Actor, in PersonInput) (l PersonLink, err error) {
	defer tandem.Wrap(&err, "add person")
	if err := may(by, policy.Create, policy.Resource{Kind: policy.Account}); err != nil {
		return l, err
	}
	if in.Name == "" {
		in.Name = beforeAt(in.Email)
	}
	p := newPerson(in.Name, in.Email, in.Lang, in.Zone)
	if err := p.Validate(); err != nil {
		return l, err
	}
	plain, hash := a.Keys.NewSecret()
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		if err := w.SetSetupHash(ctx, ""); err != nil {
			return err
		}
		some, err := w.AnyPerson(ctx)
		if err != nil {
			return err
		}
		l = PersonLink{Secret: plain, Ends: after(a.now(), linkLasts)}
		if l.Person, err = a.addPerson(ctx, tx, p, "", !some); err != nil {
			return err
		}
		return w.AddSigninLink(ctx, hash, l.Person.ID, l.Ends)
	})
	return l, err
}

// ResetPerson takes the password of an account away, ends every session, token and link of it, and makes
// a new one-time link. A suspended account stays suspended.
func (a *App) ResetPerson(ctx context.Context, by tandem.Actor, email string) (l PersonLink, err error) {
	defer tandem.Wrap(&err, "reset person")
	plain, hash := a.Keys.NewSecret()
	err = a.administer(ctx, by, email, "person.reset", func(w Writes, p tandem.Person) error {
		l = PersonLink{Person: p, Secret: plain, Ends: after(a.now(), linkLasts)}
		if _, err := w.SetPassword(ctx, p.ID, ""); err != nil {
			return err
		}
		if err := w.DeleteSessions(ctx, p.ID, ""); err != nil {
			return err
		}
		if err := w.DropSigninLinks(ctx, p.ID); err != nil {
			return err
		}
		return w.AddSigninLink(ctx, hash, p.ID, l.Ends)
	})
	return l, err
}

// SuspendPerson keeps an account out from the next request on, or lets it in again; its sessions and
// tokens do not come back.
func (a *App) SuspendPerson(ctx context.Context, by tandem.Actor, email string, suspended bool) (err error) {
	defer tandem.Wrap(&err, "suspend person")
	kind := "person.suspended"
	if !suspended {
		kind = "person.let_in"
	}
	return a.administer(ctx, by, email, kind, func(w Writes, p tandem.Person) error {
		if err := w.SetSuspended(ctx, p.ID, suspended); err != nil {
			return err
		}
		if err := w.DropSigninLinks(ctx, p.ID); err != nil {
			return err
		}
		return w.DeleteSessions(ctx, p.ID, "")
	})
}

// administer finds an account by its address and changes it in one transaction.
func (a *App) administer(ctx context.Context, by tandem.Actor, email, event string, fn func(Writes, tandem.Person) error) error {
	if err := may(by, policy.Manage, policy.Resource{Kind: policy.Account}); err != nil {
		return err
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		p, err := w.PersonByEmail(ctx, tandem.EmailKey(email))
		if err != nil {
			return err
		}
		if err := fn(w, p); err != nil {
			return err
		}
		return tx.Emit(tandem.Event{Workspace: p.Personal, Kind: event, Object: int64(p.ID), Person: p.ID, At: a.now()})
	})
}

// beforeAt gives the part of an address before the @.
func beforeAt(email string) string {
	name, _, _ := strings.Cut(email, "@")
	return name
}
