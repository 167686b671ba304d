package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/policy"
)

// How long a sign-in lasts: in all, without being used, and how stale "last used" may be.
const (
	sessionLasts = 90 * 24 * time.Hour
	sessionIdle  = 30 * 24 * time.Hour
	sessionTouch = time.Hour
	linkLasts    = 24 * time.Hour
	maxAgent     = 200 // characters kept of what a browser says it is
)

// A Principal is who a request comes from.
type Principal struct {
	Actor   tandem.Actor
	Person  tandem.Person
	Session string // hash of the session's secret; "" for a token
}

// A SignedIn is a new session: Secret goes into the browser's cookie and is nowhere else.
type SignedIn struct {
	Principal
	Secret string
	Ends   tandem.Instant
}

// From says where a sign-in comes from. Known is the secret of the session that the browser still
// holds, if any: it ends, and tells a known device, whose tries are counted apart, so that a stranger
// who guesses cannot shut the owner out.
type From struct {
	Address string `json:"-"`
	Agent   string `json:"-"`
	Known   string `json:"-"`
}

// A SignInInput is an address with its password.
type SignInInput struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	From     `json:"-"`
}

// SignIn gives a session for an address and its password. Whatever is wrong, the error is
// sign_in_failed after the time of one hash, so that nobody learns which accounts exist;
// too_many_tries says in how many seconds to come again.
func (a *App) SignIn(ctx context.Context, in SignInInput) (s SignedIn, err error) {
	defer tandem.Wrap(&err, "sign in")
	old := a.known(ctx, in.Known)
	tries := a.triesFor(in.Email, in.From, old)
	if err := a.try(ctx, tries); err != nil {
		return s, err
	}
	p, ok, err := a.verify(ctx, in.Email, in.Password)
	if err != nil {
		return s, err
	}
	if !ok {
		return s, signInFailed()
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		s, err = a.openSession(ctx, tx, p, in.From, old)
		if err != nil {
			return err
		}
		return a.forgive(ctx, tx, tries)
	})
	return s, err
}

func signInFailed() error {
	return &tandem.Error{Kind: tandem.KindUnauthorized, Code: "sign_in_failed"}
}

// verify finds the account of an address and checks the password, at the price of one hash whether
// there is such an account or not.
func (a *App) verify(ctx context.Context, email, password string) (p tandem.Person, ok bool, err error) {
	door := a.Store.For(policy.Local())
	p, err = door.PersonByEmail(ctx, tandem.EmailKey(email))
	if tandem.KindOf(err) == tandem.KindNotFound {
		return p, false, a.Keys.VerifyDummy(ctx, password)
	}
	if err != nil {
		return p, false, err
	}
	phc, err := door.PasswordOf(ctx, p.ID)
	if err != nil {
		return p, false, err
	}
	ok, err = a.Keys.Verify(ctx, password, phc)
	return p, ok && !p.Suspended, err
}

// openSession makes a session for the person as it stood when its password was checked: an account
// that was changed or suspended since then is not let in. The browser's session before it ends.
func (a *App) openSession(ctx context.Context, tx Tx, p tandem.Person, from From, old *Principal) (s SignedIn, err error) {
	now, w := a.now(), tx.For(policy.Local())
	fresh, err := w.PersonByID(ctx, p.ID)
	if err != nil {
		return s, err
	}
	if fresh.Suspended || fresh.Epoch != p.Epoch {
		return s, signInFailed()
	}
	if old != nil {
		err := tx.For(old.Actor).DeleteSession(ctx, old.Session)
		if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return s, err
		}
	}
	plain, hash := a.Keys.NewSecret()
	row := tandem.Session{Person: p.ID, Epoch: fresh.Epoch, Made: now, Seen: now, Ends: after(now, sessionLasts), Agent: cut(from.Agent, maxAgent)}
	if err := w.AddSession(ctx, hash, row); err != nil {
		return s, err
	}
	_, _, roles, err := w.BySession(ctx, hash)
	if err != nil {
		return s, err
	}
	s = SignedIn{Principal: Principal{Actor: actorOf(fresh, roles), Person: fresh, Session: hash}, Secret: plain, Ends: row.Ends}
	return s, tx.Emit(tandem.Event{Workspace: fresh.Personal, Kind: "session.started", Person: fresh.ID, At: now})
}

func actorOf(p tandem.Person, roles map[tandem.WorkspaceID]tandem.Role) tandem.Actor {
	return tandem.Actor{Person: p.ID, Name: p.Name, Suspended: p.Suspended, Roles: roles, Source: "session"}
}

// known gives whose session a browser still holds, ended or not; nil for none.
func (a *App) known(ctx context.Context, secret string) *Principal {
	if secret == "" {
		return nil
	}
	hash := a.Keys.HashSecret(secret)
	_, p, roles, err := a.Store.For(policy.Local()).BySession(ctx, hash)
	if err != nil {
		return nil
	}
	return &Principal{Actor: actorOf(p, roles), Person: p, Session: hash}
}

// SignInByLink gives a session for a one-time link, which is used up by it. The error is link_used for
// any link that does not hold.
func (a *App) SignInByLink(ctx context.Context, secret string, from From) (s SignedIn, err error) {
	defer tandem.Wrap(&err, "sign in by link")
	old := a.known(ctx, from.Known)
	tries := []tryKey{{"address:" + from.Address, a.Keys.Address}}
	if err := a.try(ctx, tries); err != nil {
		return s, err
	}
	used := &tandem.Error{Kind: tandem.KindUnauthorized, Code: "link_used"}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(policy.Local())
		id, ends, err := w.TakeSigninLink(ctx, a.Keys.HashSecret(secret))
		if tandem.KindOf(err) == tandem.KindNotFound || err == nil && ends <= a.now() {
			return used
		}
		if err != nil {
			return err
		}
		p, err := w.PersonByID(ctx, id)
		if err != nil {
			return err
		}
		if p.Suspended {
			return used
		}
		if s, err = a.openSession(ctx, tx, p, from, old); err != nil {
			return err
		}
		return a.forgive(ctx, tx, tries)
	})
	return s, err
}

// SignOut ends the session that the request came with.
func (a *App) SignOut(ctx context.Context, by Principal) (err error) {
	defer tandem.Wrap(&err, "sign out")
	return a.endSession(ctx, by.Actor, by.Session)
}

// Authenticate gives who holds the secret of a session; the error is session_ended for any that does
// not hold. It looks into the database each time, so that what was revoked ends with the next request.
func (a *App) Authenticate(ctx context.Context, secret string) (by Principal, err error) {
	now, hash := a.now(), a.Keys.HashSecret(secret)
	ended := &tandem.Error{Kind: tandem.KindUnauthorized, Code: "session_ended"}
	s, p, roles, err := a.Store.For(policy.Local()).BySession(ctx, hash)
	switch {
	case tandem.KindOf(err) == tandem.KindNotFound:
		return by, ended
	case err != nil:
		return by, err
	case s.Ends <= now, after(s.Seen, sessionIdle) <= now, s.Epoch != p.Epoch, p.Suspended:
		return by, ended
	}
	by = Principal{Actor: actorOf(p, roles), Person: p, Session: hash}
	if after(s.Seen, sessionTouch) <= now {
		a.note(ctx, "session", func(tx Tx) error { return tx.For(by.Actor).TouchSession(ctx, hash, now) })
	}
	return by, nil
}

// AuthenticateToken gives who holds the secret of a token, with what the token leaves of the person's
// rights. Errors: token_expired with the day, token_unknown for any other that does not hold.
func (a *App) AuthenticateToken(ctx context.Context, secret string) (by Principal, err error) {
	now := a.now()
	unknown := &tandem.Error{Kind: tandem.KindUnauthorized, Code: "token_unknown"}
	t, epoch, p, roles, err := a.Store.For(policy.Local()).ByToken(ctx, a.Keys.HashSecret(secret))
	switch {
	case tandem.KindOf(err) == tandem.KindNotFound:
		return by, unknown
	case err != nil:
		return by, err
	case t.Revoked != 0, epoch != p.Epoch, p.Suspended:
		return by, unknown
	case t.Ends <= now:
		return by, &tandem.Error{Kind: tandem.KindUnauthorized, Code: "token_expired", Args: tandem.Args{"day": p.Today(t.Ends.Time())}}
	}
	by = Principal{Actor: actorOf(p, roles), Person: p}
	by.Actor.Source, by.Actor.Token, by.Actor.Scopes, by.Actor.Workspace = "token", t.ID, t.Scopes, t.Workspace
	if today := p.Today(a.Now()); t.LastUsed < today {
		a.note(ctx, "token", func(tx Tx) error { return tx.For(by.Actor).TouchToken(ctx, t.ID, today) })
	}
	return by, nil
}

// note writes when a credential was last used. A disk that is full must not keep anybody from reading,
// so that a failure is told to the log alone.
func (a *App) note(ctx context.Context, what string, fn func(Tx) error) {
	if err := a.Store.InTx(ctx, fn); err != nil {
		a.Log.WarnContext(ctx, "last use not noted", "of", what, "error", err)
	}
}

// A tryKey is one counter of tries with its limit.
type tryKey struct {
	key   string
	limit Attempt
}

// triesFor gives the counters of a sign-in: that of the account and that of the network address. Keys
// hold a hash of what was typed, because people type passwords into the wrong field.
func (a *App) triesFor(email string, from From, old *Principal) []tryKey {
	account := a.Keys.HashSecret("account " + tandem.EmailKey(email))
	if old != nil && tandem.EmailKey(old.Person.Email) == tandem.EmailKey(email) {
		account += ":" + old.Session[:16]
	}
	return []tryKey{{"account:" + account, a.Keys.Account}, {"address:" + from.Address, a.Keys.Address}}
}

// try counts one try under every key, or refuses it with too_many_tries and counts none. It is durable
// before the try is made. Keys are locked in their order, so that two requests never wait for each
// other.
func (a *App) try(ctx context.Context, keys []tryKey) error {
	keys = slices.SortedFunc(slices.Values(keys), func(x, y tryKey) int { return strings.Compare(x.key, y.key) })
	return a.Store.InTx(ctx, func(tx Tx) error {
		now, w := a.now(), tx.For(policy.Local())
		for _, k := range keys {
			n, since, next, err := w.Tries(ctx, k.key)
			if err != nil {
				return err
			}
			t, wait := k.limit(Throttle{Count: int(n), WindowStart: since, NextAt: next}, now)
			if wait > 0 {
				seconds := int64((wait + time.Second - 1) / time.Second)
				return &tandem.Error{Kind: tandem.KindTooMany, Code: "too_many_tries", Args: tandem.Args{"seconds": seconds}}
			}
			if err := w.SetTries(ctx, k.key, int64(t.Count), t.WindowStart, t.NextAt); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgive undoes what try counted, after a right password: the account's counter ends, the address gets
// its one try back. Counters that have been quiet for a day go too.
func (a *App) forgive(ctx context.Context, tx Tx, keys []tryKey) error {
	w := tx.For(policy.Local())
	keys = slices.SortedFunc(slices.Values(keys), func(x, y tryKey) int { return strings.Compare(x.key, y.key) })
	for _, k := range keys {
		n, since, next, err := w.Tries(ctx, k.key)
		if err != nil {
			return err
		}
		left := n - 1
		if strings.HasPrefix(k.key, "account:") {
			left = 0
		}
		if err := w.SetTries(ctx, k.key, max(left, 0), since, min(next, a.now())); err != nil {
			return err
		}
	}
	return w.DropTries(ctx, after(a.now(), -24*time.Hour))
}

// after gives the instant d after i.
func after(i tandem.Instant, d time.Duration) tandem.Instant {
	return i + tandem.Instant(d/time.Microsecond)
}

// cut keeps at most n characters of a text and nothing that is not text.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
