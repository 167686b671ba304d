// Package apptest gives the use cases on a real database, for the tests of every room above the store: an
// SQLite file, or both engines in turn where the answer hangs on the store. Fake is the clock alone.
package apptest

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/auth"
	"tandem/policy"
	"tandem/store"
	"tandem/tandemtest"
	"tandem/transfer/files"
)

// A House is an App over a database, with the clock that both go by.
type House struct {
	*app.App
	DB    *store.DB
	Clock *tandemtest.Clock
	dsn   string
	open  bool
}

// New opens a fresh SQLite file at 21 November 2026, 9:00 UTC.
func New(t testing.TB) *House {
	t.Helper()
	return on(t, filepath.Join(t.TempDir(), "tandem.db"))
}

// Each runs f as the subtests "sqlite" and "postgres", each with a house of its own as New makes it.
func Each(t *testing.T, f func(t *testing.T, h *House)) {
	t.Helper()
	tandemtest.EachDB(t, func(t *testing.T, dsn string) { f(t, on(t, dsn)) }, tandemtest.Template("schema", func(url string) error {
		db, err := store.Open(context.Background(), url, store.Options{Now: time.Now, Rand: rand.Uint64})
		if err != nil {
			return err
		}
		return db.Close()
	}))
}

func on(t testing.TB, dsn string) *House {
	t.Helper()
	h := &House{Clock: tandemtest.NewClock(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)), dsn: dsn}
	h.start(t)
	t.Cleanup(func() {
		if h.open {
			if err := h.DB.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return h
}

// At opens a database that is there already, with a clock that begins at now: for a process of a test's own.
func At(t testing.TB, dsn string, now time.Time) *House {
	t.Helper()
	h := on(t, dsn)
	h.Clock.Set(now)
	return h
}

// Leave closes the database, so that another process may open what it gives.
func (h *House) Leave(t testing.TB) (dsn string) {
	t.Helper()
	h.open = false
	if err := h.DB.Close(); err != nil {
		t.Fatal(err)
	}
	return h.dsn
}

// Return opens the database again after Leave.
func (h *House) Return(t testing.TB) { h.start(t) }

// Reopen closes the database and opens it again, as a restart of the program does.
func (h *House) Reopen(t testing.TB) {
	t.Helper()
	h.open = false
	if err := h.DB.Close(); err != nil {
		t.Fatal(err)
	}
	h.start(t)
}

func (h *House) start(t testing.TB) {
	t.Helper()
	db, err := store.Open(context.Background(), h.dsn, store.Options{Now: h.Clock.Now, Rand: rand.Uint64})
	if err != nil {
		t.Fatal(err)
	}
	h.DB, h.open = db, true
	h.App = &app.App{Store: app.Over(db), Now: h.Clock.Now, IDs: db.IDs(), Log: slog.New(slog.DiscardHandler), Keys: Keys(), Files: files.Reader{}, Worked: app.NewWorked(app.WorkedBytes)}
}

// Keys is the wiring of the program: real secrets, real hashes.
func Keys() app.Keys {
	return app.Keys{
		Hasher:        auth.NewHasher(),
		CheckPassword: auth.CheckPassword,
		NewSecret:     app.Shown(auth.NewSecret),
		NewToken:      app.ShownToken(auth.NewToken),
		NewCode:       app.Shown(auth.NewCode),
		HashSecret:    auth.HashSecret,
		HashCode:      auth.HashCode,
		Scopes:        app.Words(auth.ParseScopes),
		Account:       app.Attempts(auth.AccountLimit().Attempt),
		Address:       app.Attempts(auth.AddressLimit().Attempt),
	}
}

// Person makes an account, "Ana" with the address ana@example.org, and signs it in by its link. It has no
// password.
func (h *House) Person(t testing.TB, name string) app.SignedIn {
	t.Helper()
	ctx := context.Background()
	l, err := h.AddPerson(ctx, policy.Local(), app.PersonInput{Name: name, Email: strings.ToLower(name) + "@example.org", Zone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.SignInByLink(ctx, l.Secret, app.From{Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Minor makes the account of a child or teen and signs it in by its link. An account that somebody makes for
// themselves is an adult's.
func (h *House) Minor(t testing.TB, name string, band tandem.AgeBand) app.SignedIn {
	t.Helper()
	ctx := context.Background()
	p := tandem.Person{ID: tandem.NewID[tandem.PersonID](h.IDs), Name: name, Email: strings.ToLower(name) + "@example.org", AgeBand: band, Lang: "en", Zone: "Europe/Berlin",
		Personal: tandem.NewID[tandem.WorkspaceID](h.IDs), Version: 1}
	err := h.Store.InTx(ctx, func(tx app.Tx) error {
		w := tx.For(policy.Local())
		if err := w.AddWorkspace(ctx, tandem.Workspace{ID: p.Personal, Kind: tandem.PersonalSpace, Name: p.Name, Zone: p.Zone}); err != nil {
			return err
		}
		if err := w.AddPerson(ctx, p, "", false); err != nil {
			return err
		}
		return w.PutMember(ctx, tandem.Member{Workspace: p.Personal, Person: p.ID, Role: tandem.RoleOwner})
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := h.ResetPerson(ctx, policy.Local(), p.Email)
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.SignInByLink(ctx, l.Secret, app.From{Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Actor gives who holds the session now: with the roles of this moment.
func (h *House) Actor(t testing.TB, s app.SignedIn) tandem.Actor {
	t.Helper()
	by, err := h.Authenticate(context.Background(), s.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return by.Actor
}

// Team makes a workspace of the owner's that the others join by invitations.
func (h *House) Team(t testing.TB, owner app.SignedIn, others ...app.SignedIn) tandem.WorkspaceID {
	t.Helper()
	ctx := context.Background()
	w, err := h.CreateWorkspace(ctx, h.Actor(t, owner), app.WorkspaceInput{Name: "Team"})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range others {
		h.Join(t, owner, w.ID, o, tandem.RoleMember)
	}
	return w.ID
}

// Join has somebody join a workspace by an invitation of the owner's.
func (h *House) Join(t testing.TB, owner app.SignedIn, ws tandem.WorkspaceID, who app.SignedIn, role tandem.Role) {
	t.Helper()
	ctx := context.Background()
	m, err := h.CreateInvite(ctx, h.Actor(t, owner), ws, app.InviteInput{Role: role})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AcceptInvite(ctx, h.Actor(t, who), m.Secret); err != nil {
		t.Fatal(err)
	}
}

// Token makes a token of somebody's and gives who holds it.
func (h *House) Token(t testing.TB, s app.SignedIn, in app.TokenInput) (app.Principal, string) {
	t.Helper()
	ctx := context.Background()
	if in.Name == "" {
		in.Name = "test"
	}
	m, err := h.CreateToken(ctx, h.Actor(t, s), in)
	if err != nil {
		t.Fatal(err)
	}
	by, err := h.AuthenticateToken(ctx, m.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return by, m.Secret
}

// Code gives the code of an error, and its field before a colon where it has one: "email: email_taken".
// "" is no error, and an error that is none of ours is given in words.
func Code(err error) string {
	var e *tandem.Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &e):
		return err.Error()
	case e.Field != "":
		return e.Field + ": " + e.Code
	}
	return e.Code
}
