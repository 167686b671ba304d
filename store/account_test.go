package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"tandem"
	"tandem/policy"
)

// account keeps a person with a personal workspace and gives the actor.
func account(t *testing.T, db *DB, name string) tandem.Actor {
	t.Helper()
	p := tandem.Person{ID: tandem.NewID[tandem.PersonID](db.IDs()), Personal: tandem.NewID[tandem.WorkspaceID](db.IDs()), Name: name,
		Email: name + "@Example.org", AgeBand: tandem.Adult, Lang: "en", Zone: "Europe/Berlin", Created: 1}
	write(t, db, func(tx *Tx) error {
		w := tx.For(policy.Local())
		return errors.Join(
			w.AddWorkspace(t.Context(), tandem.Workspace{ID: p.Personal, Kind: tandem.PersonalSpace, Name: name, Zone: p.Zone}),
			w.AddPerson(t.Context(), p, "hash of "+name, false),
			w.PutMember(t.Context(), tandem.Member{Workspace: p.Personal, Person: p.ID, Role: tandem.RoleOwner, Joined: 1}))
	})
	return tandem.Actor{Person: p.ID, Name: name, Source: "session", Roles: map[tandem.WorkspaceID]tandem.Role{p.Personal: tandem.RoleOwner}}
}

// team keeps a workspace and makes the actors its members with the roles in their order.
func team(t *testing.T, db *DB, roles []tandem.Role, who ...*tandem.Actor) tandem.WorkspaceID {
	t.Helper()
	ws := tandem.NewID[tandem.WorkspaceID](db.IDs())
	write(t, db, func(tx *Tx) error {
		w := tx.For(policy.Local())
		err := w.AddWorkspace(t.Context(), tandem.Workspace{ID: ws, Kind: tandem.TeamSpace, Name: "Team", Zone: "UTC"})
		for i, a := range who {
			a.Roles[ws] = roles[i]
			err = errors.Join(err, w.PutMember(t.Context(), tandem.Member{Workspace: ws, Person: a.Person, Role: roles[i], Joined: tandem.Instant(i + 1)}))
		}
		return err
	})
	return ws
}

func wantKind(t *testing.T, err error, want tandem.Kind) {
	t.Helper()
	if err == nil || tandem.KindOf(err) != want {
		t.Errorf("got %v, want kind %d", err, want)
	}
}

// atOnce runs fn in n goroutines and gives how many came through.
func atOnce(n int, fn func(i int) error) int64 {
	var ok atomic.Int64
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if fn(i) == nil {
				ok.Add(1)
			}
		})
	}
	wg.Wait()
	return ok.Load()
}

func TestAnAddressBelongsToOneAccount(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		ana, ben := account(t, db, "Ana"), account(t, db, "Ben")
		add := func(email string) error {
			return db.InTx(ctx, func(tx *Tx) error {
				p := tandem.Person{ID: tandem.NewID[tandem.PersonID](db.IDs()), Name: "X", Email: email, AgeBand: tandem.Child}
				return tx.For(policy.Local()).AddPerson(ctx, p, "", false)
			})
		}
		wantKind(t, add("ANA@example.org "), tandem.KindInvalid)
		if err := errors.Join(add(""), add("")); err != nil {
			t.Errorf("accounts without an address collide: %v", err)
		}
		if p, err := db.For(policy.Local()).PersonByEmail(ctx, "ana@example.org"); err != nil || p.ID != ana.Person || p.Email != "Ana@Example.org" {
			t.Error(p, err)
		}
		p, err := db.For(ben).Person(ctx)
		if err != nil {
			t.Fatal(err)
		}
		p.Email = "ana@EXAMPLE.org"
		set := func(p tandem.Person) error {
			return db.InTx(ctx, func(tx *Tx) error { return tx.For(ben).SetPerson(ctx, p) })
		}
		wantKind(t, set(p), tandem.KindInvalid)
		p.Email, p.Theme = "ben@example.net", "dark"
		if err := set(p); err != nil {
			t.Error(err)
		}
		wantKind(t, set(p), tandem.KindStale)
		if q, err := db.For(ben).Person(ctx); err != nil || q.Theme != "dark" || q.Version != p.Version+1 {
			t.Error(q, err)
		}
	})
}

func TestOfTwoWhoTakeOneAddressOneGetsIt(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		n := atOnce(6, func(int) error {
			return db.InTx(t.Context(), func(tx *Tx) error {
				p := tandem.Person{ID: tandem.NewID[tandem.PersonID](db.IDs()), Name: "X", Email: "x@example.org", AgeBand: tandem.Adult}
				return tx.For(policy.Local()).AddPerson(t.Context(), p, "", false)
			})
		})
		if n != 1 {
			t.Errorf("%d got it", n)
		}
	})
}

func TestNobodyReachesTheAccountOfAnother(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		ana, ben := account(t, db, "Ana"), account(t, db, "Ben")
		token := tandem.Token{ID: 9, Person: ana.Person, Name: "t", Scopes: []string{"all"}, Ends: 100}
		write(t, db, func(tx *Tx) error {
			w := tx.For(policy.Local())
			return errors.Join(w.AddToken(ctx, token, "th", 1), w.AddSigninLink(ctx, "lh", ana.Person, 100),
				w.AddSession(ctx, "sh", tandem.Session{Person: ana.Person, Epoch: 1, Made: 1, Ends: 100}))
		})
		bound := ben
		bound.Roles, bound.Source = nil, "token"
		for _, other := range []tandem.Actor{ben, bound, {}} {
			r := db.For(other)
			_, err := r.PersonByID(ctx, ana.Person)
			wantKind(t, err, tandem.KindNotFound)
			_, err = r.PersonByEmail(ctx, "ana@example.org")
			wantKind(t, err, tandem.KindNotFound)
			_, err = r.PasswordOf(ctx, ana.Person)
			wantKind(t, err, tandem.KindNotFound)
			_, err = r.Token(ctx, token.ID)
			wantKind(t, err, tandem.KindNotFound)
			_, _, _, err = r.BySession(ctx, "sh")
			wantKind(t, err, tandem.KindNotFound)
			_, _, _, _, err = r.ByToken(ctx, "th")
			wantKind(t, err, tandem.KindNotFound)
			if all, err := r.TokensOf(ctx, ana.Person); err != nil || len(all) != 0 {
				t.Error(all, err)
			}
			if all, err := r.Sessions(ctx); err != nil || len(all) != 0 {
				t.Error(all, err)
			}
			for what, fn := range map[string]func(w *Handle) error{
				"password":  func(w *Handle) error { _, err := w.SetPassword(ctx, ana.Person, "x"); return err },
				"suspended": func(w *Handle) error { return w.SetSuspended(ctx, ana.Person, true) },
				"profile":   func(w *Handle) error { return w.SetPerson(ctx, tandem.Person{ID: ana.Person, Version: 1}) },
				"session":   func(w *Handle) error { return w.DeleteSession(ctx, "sh") },
				"sessions":  func(w *Handle) error { return w.DeleteSessions(ctx, ana.Person, "") },
				"token":     func(w *Handle) error { return w.RevokeToken(ctx, ana.Person, token.ID, 5) },
				"a token":   func(w *Handle) error { return w.RevokeToken(ctx, other.Person, token.ID, 5) },
				"new token": func(w *Handle) error { return w.AddToken(ctx, tandem.Token{ID: 10, Person: ana.Person}, "x", 1) },
				"link":      func(w *Handle) error { return w.AddSigninLink(ctx, "x", ana.Person, 100) },
				"take":      func(w *Handle) error { _, _, err := w.TakeSigninLink(ctx, "lh"); return err },
				"drop":      func(w *Handle) error { return w.DropSigninLinks(ctx, ana.Person) },
			} {
				err := db.InTx(ctx, func(tx *Tx) error { return fn(tx.For(other)) })
				if tandem.KindOf(err) != tandem.KindNotFound {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
		s, p, roles, err := db.For(policy.Local()).BySession(ctx, "sh")
		if err != nil || s.Person != ana.Person || p.Name != "Ana" || p.Suspended || len(roles) != 1 {
			t.Error(s, p, roles, err)
		}
		got, epoch, _, _, err := db.For(policy.Local()).ByToken(ctx, "th")
		if err != nil || epoch != 1 || got.Revoked != 0 || got.LastUsed != tandem.NoDay || !slices.Equal(got.Scopes, token.Scopes) {
			t.Error(got, epoch, err)
		}
	})
}

func TestCredentialsCarryTheEpochAndTheLastingMemberships(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		ana, ben := account(t, db, "Ana"), account(t, db, "Ben")
		ws := team(t, db, []tandem.Role{tandem.RoleOwner, tandem.RoleLead}, &ben, &ana)
		write(t, db, func(tx *Tx) error {
			w := tx.For(policy.Local())
			return errors.Join(w.AddSession(ctx, "s1", tandem.Session{Person: ana.Person, Epoch: 1, Made: 1, Ends: 100}),
				w.AddToken(ctx, tandem.Token{ID: 9, Person: ana.Person, Ends: 100}, "t1", 1))
		})
		house := db.For(policy.Local())
		_, _, roles, err := house.BySession(ctx, "s1")
		if err != nil || len(roles) != 2 || roles[ws] != tandem.RoleLead {
			t.Fatal(roles, err)
		}
		var epoch int64
		write(t, db, func(tx *Tx) (err error) {
			if err := tx.For(ben).EndMember(ctx, ws, ana.Person, 50); err != nil {
				return err
			}
			epoch, err = tx.For(ana).SetPassword(ctx, ana.Person, "new")
			return err
		})
		s, p, roles, err := house.BySession(ctx, "s1")
		if err != nil || len(roles) != 1 || epoch != 2 || p.Epoch != 2 || s.Epoch != 1 {
			t.Error(s.Epoch, p.Epoch, roles, err)
		}
		tok, made, _, roles, err := house.ByToken(ctx, "t1")
		if err != nil || made != 1 || len(roles) != 1 || tok.Scopes == nil || len(tok.Scopes) != 0 {
			t.Errorf("a token without rights must not look like one with all: %#v %v", tok.Scopes, err)
		}
		write(t, db, func(tx *Tx) error { return tx.For(policy.Local()).SetSuspended(ctx, ana.Person, true) })
		if _, p, _, err = house.BySession(ctx, "s1"); err != nil || !p.Suspended || p.Epoch != 3 {
			t.Error(p, err)
		}
		write(t, db, func(tx *Tx) error {
			return tx.For(policy.Local()).AddSession(ctx, "s3", tandem.Session{Person: ana.Person, Epoch: 3, Made: 60, Ends: 100})
		})
		if all, err := db.For(ana).Sessions(ctx); err != nil || len(all) != 1 || all["s3"].Ends != 100 {
			t.Errorf("sessions that ended stay: %v %v", all, err)
		}
	})
}

func TestWhatMayBeUsedOnceIsUsedOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		ana := account(t, db, "Ana")
		ws := team(t, db, []tandem.Role{tandem.RoleOwner}, &ana)
		write(t, db, func(tx *Tx) error {
			return errors.Join(tx.For(policy.Local()).AddSigninLink(ctx, "link", ana.Person, 100),
				tx.For(ana).AddInvite(ctx, tandem.Invite{Workspace: ws, ID: 5, Role: tandem.RoleMember, By: ana.Person, Ends: 100}, "invite"))
		})
		n := atOnce(8, func(int) error {
			return db.InTx(ctx, func(tx *Tx) error {
				_, _, err := tx.For(policy.Local()).TakeSigninLink(ctx, "link")
				return err
			})
		})
		if n != 1 {
			t.Errorf("the link let in %d", n)
		}
		late := db.InTx(ctx, func(tx *Tx) error { return tx.For(policy.Local()).UseInvite(ctx, ws, 5, 77, 100) })
		wantKind(t, late, tandem.KindInvalid)
		n = atOnce(8, func(i int) error {
			return db.InTx(ctx, func(tx *Tx) error {
				return tx.For(policy.Local()).UseInvite(ctx, ws, 5, tandem.PersonID(i+100), 50)
			})
		})
		if n != 1 {
			t.Errorf("the invitation let in %d", n)
		}
		i, w, err := db.For(policy.Local()).InviteByHash(ctx, "invite")
		if err != nil || i.UsedAt != 50 || i.UsedBy < 100 || w.ID != ws || w.Name != "Team" {
			t.Error(i, w, err)
		}
	})
}

func TestOneSetUpComesThrough(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		write(t, db, func(tx *Tx) error { return tx.For(policy.Local()).SetSetupHash(ctx, "code") })
		setUp := func(i int) error {
			return db.InTx(ctx, func(tx *Tx) error {
				w := tx.For(policy.Local())
				if err := w.EndSetup(ctx, "code"); err != nil {
					return err
				}
				return w.AddPerson(ctx, tandem.Person{ID: tandem.PersonID(i + 1), Name: "X", Email: fmt.Sprintf("%d@example.org", i)}, "", true)
			})
		}
		if n := atOnce(6, setUp); n != 1 {
			t.Errorf("%d set up", n)
		}
		write(t, db, func(tx *Tx) error { return tx.For(policy.Local()).SetSetupHash(ctx, "code") })
		wantKind(t, setUp(99), tandem.KindConflict)
	})
}

func TestNoTryIsLostWhenManyComeAtOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		const tries = 40
		n := atOnce(tries, func(int) error {
			return db.InTx(ctx, func(tx *Tx) error {
				w := tx.For(policy.Local())
				count, _, _, err := w.Tries(ctx, "account:x")
				if err != nil {
					return err
				}
				return w.SetTries(ctx, "account:x", count+1, 7, 8)
			})
		})
		write(t, db, func(tx *Tx) error {
			w := tx.For(policy.Local())
			count, since, next, err := w.Tries(ctx, "account:x")
			if n != tries || count != tries || since != 7 || next != 8 {
				t.Errorf("%d came through, %d counted, %d %d", n, count, since, next)
			}
			return errors.Join(err, w.DropTries(ctx, 8))
		})
		write(t, db, func(tx *Tx) error {
			w := tx.For(policy.Local())
			count, _, _, err := w.Tries(ctx, "account:x")
			if count != tries {
				t.Error("a counter that still holds was dropped")
			}
			return errors.Join(err, w.DropTries(ctx, 9), w.SetTries(ctx, "account:x", 0, 0, 0))
		})
	})
}

func TestAWorkspaceIsSeenByItsMembersAlone(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		ana, ben, gus, out := account(t, db, "Ana"), account(t, db, "Ben"), account(t, db, "Gus"), account(t, db, "Otto")
		ws := team(t, db, []tandem.Role{tandem.RoleOwner, tandem.RoleMember, tandem.RoleGuest}, &ana, &ben, &gus)
		write(t, db, func(tx *Tx) error {
			return tx.For(ana).AddInvite(ctx, tandem.Invite{Workspace: ws, ID: 5, Role: tandem.RoleMember, By: ana.Person, Ends: 100}, "invite")
		})
		suspended, bound := ana, ana
		suspended.Suspended, bound.Workspace = true, 4711
		for _, c := range []struct {
			who                    tandem.Actor
			sees, members, invites bool
		}{{ana, true, true, true}, {ben, true, true, false}, {gus, true, false, false}, {out, false, false, false}, {suspended, false, false, false}, {bound, false, false, false}} {
			r := db.For(c.who)
			_, err := r.Workspace(ctx, ws)
			if (err == nil) != c.sees || err != nil && tandem.KindOf(err) != tandem.KindNotFound {
				t.Errorf("%s: %v", c.who.Name, err)
			}
			all, err := r.Workspaces(ctx)
			if seen := slices.ContainsFunc(all, func(w tandem.Workspace) bool { return w.ID == ws }); seen != c.sees || err != nil {
				t.Errorf("%s lists %v %v", c.who.Name, all, err)
			}
			members, err := r.Members(ctx, ws)
			if (len(members) == 3) != c.members || len(members) == 0 == c.members || err != nil {
				t.Errorf("%s: %v %v", c.who.Name, members, err)
			}
			names, err := r.PersonNames(ctx, ws)
			if (len(names) == 3) != c.members || err != nil {
				t.Errorf("%s: %v %v", c.who.Name, names, err)
			}
			_, err = r.Member(ctx, ws, ben.Person)
			if (err == nil) != (c.members || c.who.Person == ben.Person) {
				t.Errorf("%s: %v", c.who.Name, err)
			}
			invites, err := r.Invites(ctx, ws)
			if (len(invites) == 1) != c.invites || err != nil {
				t.Errorf("%s: %v %v", c.who.Name, invites, err)
			}
			_, err = r.Invite(ctx, ws, 5)
			if (err == nil) != c.invites {
				t.Errorf("%s: %v", c.who.Name, err)
			}
			_, _, err = r.InviteByHash(ctx, "invite")
			wantKind(t, err, tandem.KindNotFound)
		}
		for _, fn := range []func(w *Handle) error{
			func(w *Handle) error { return w.EndMember(ctx, ws, out.Person, 5) },
			func(w *Handle) error { return w.DeleteInvite(ctx, ws, 6) },
			func(w *Handle) error { return w.LockWorkspace(ctx, 4711) },
		} {
			wantKind(t, db.InTx(ctx, func(tx *Tx) error { return fn(tx.For(ana)) }), tandem.KindNotFound)
		}
	})
}
