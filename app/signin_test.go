package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
)

const password = "correct horse battery staple"

// countingHasher is the real one; it counts how often it was asked.
type countingHasher struct {
	app.Hasher
	n atomic.Int64
}

func (h *countingHasher) Hash(ctx context.Context, pw string) (string, error) {
	h.n.Add(1)
	return h.Hasher.Hash(ctx, pw)
}

func (h *countingHasher) Verify(ctx context.Context, pw, phc string) (bool, error) {
	h.n.Add(1)
	return h.Hasher.Verify(ctx, pw, phc)
}

func (h *countingHasher) VerifyDummy(ctx context.Context, pw string) error {
	h.n.Add(1)
	return h.Hasher.VerifyDummy(ctx, pw)
}

// withPassword makes an account that has chosen a password.
func withPassword(t *testing.T, h *apptest.House, name string) app.SignedIn {
	t.Helper()
	s, err := h.ChangePassword(t.Context(), h.Person(t, name).Principal, app.PasswordInput{New: password})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantCode(t *testing.T, err error, want string) {
	t.Helper()
	if got := apptest.Code(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestTheFirstRunAsksForTheCodeAndHappensOnce(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	if need, err := h.NeedsSetup(ctx); err != nil || !need {
		t.Fatal(need, err)
	}
	in := app.SetUpInput{Name: "Ana", Email: "Ana@Example.org", Password: password, Lang: "de", Zone: "Europe/Berlin"}
	_, err := h.SetUp(ctx, in)
	wantCode(t, err, "code: setup_code")

	first, err := h.PrepareSetup(ctx)
	if err != nil || first == "" {
		t.Fatal(first, err)
	}
	second, err := h.PrepareSetup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in.Code = first
	_, err = h.SetUp(ctx, in)
	wantCode(t, err, "code: setup_code")

	in.Code, in.Password = second, "password1234567"
	_, err = h.SetUp(ctx, in)
	wantCode(t, err, "password: password_common")

	in.Password = password
	s, err := h.SetUp(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Profile(ctx, h.Actor(t, s))
	if err != nil || p.Name != "Ana" || p.Lang != "de" || p.Personal == 0 {
		t.Fatal(p, err)
	}
	if w, err := h.ListWorkspaces(ctx, h.Actor(t, s)); err != nil || len(w) != 1 || w[0].ID != p.Personal || w[0].Kind != tandem.PersonalSpace {
		t.Fatal(w, err)
	}
	if role := h.Actor(t, s).Roles[p.Personal]; role != tandem.RoleOwner {
		t.Error(role)
	}
	_, err = h.SetUp(ctx, in)
	wantCode(t, err, "setup_done")
	if code, err := h.PrepareSetup(ctx); err != nil || code != "" {
		t.Error(code, err)
	}
}

func TestOfSeveralWhoHoldTheCodeOneSetsUp(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	code, err := h.PrepareSetup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var done atomic.Int64
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			_, err := h.SetUp(ctx, app.SetUpInput{Code: code, Name: "Ana", Email: fmt.Sprintf("a%d@example.org", i), Password: password})
			if err == nil {
				done.Add(1)
			} else if c := apptest.Code(err); c != "setup_done" && c != "code: setup_code" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done.Load() != 1 {
		t.Errorf("%d set up", done.Load())
	}
}

func TestSignInTellsNobodyWhichAccountsExist(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	withPassword(t, h, "Ana")
	withPassword(t, h, "Ben")
	h.Person(t, "Cara") // has no password
	if err := h.SuspendPerson(ctx, policy.Local(), "ben@example.org", true); err != nil {
		t.Fatal(err)
	}
	counter := &countingHasher{Hasher: h.Keys.Hasher}
	h.Keys.Hasher = counter
	var first error
	for _, try := range []app.SignInInput{
		{Email: "ana@example.org", Password: "wrong"},
		{Email: "nobody@example.org", Password: password},
		{Email: "", Password: password},
		{Email: "ben@example.org", Password: password},
		{Email: "cara@example.org", Password: password},
		{Email: "cara@example.org", Password: ""},
	} {
		before := counter.n.Load()
		_, err := h.SignIn(ctx, try)
		if first == nil {
			first = err
		}
		var e *tandem.Error
		if !errors.As(err, &e) || e.Kind != tandem.KindUnauthorized || err.Error() != first.Error() {
			t.Errorf("%s: %v, first was %v", try.Email, err, first)
		}
		if n := counter.n.Load() - before; n != 1 {
			t.Errorf("%s: %d hashes", try.Email, n)
		}
	}
	if _, err := h.SignIn(ctx, app.SignInInput{Email: " ANA@example.org ", Password: password}); err != nil {
		t.Error(err)
	}
}

// slowHasher lets something happen while a password is being checked.
type slowHasher struct {
	app.Hasher
	meanwhile func()
}

func (h slowHasher) Verify(ctx context.Context, pw, phc string) (bool, error) {
	ok, err := h.Hasher.Verify(ctx, pw, phc)
	h.meanwhile()
	return ok, err
}

func TestWhoIsResetWhileSigningInIsNotLetIn(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	withPassword(t, h, "Ana")
	h.Keys.Hasher = slowHasher{h.Keys.Hasher, func() {
		if _, err := h.ResetPerson(ctx, policy.Local(), "ana@example.org"); err != nil {
			t.Error(err)
		}
	}}
	_, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	wantCode(t, err, "sign_in_failed")
}

func TestAGuesserIsSlowedAndTheCounterOutlivesARestart(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	device := withPassword(t, h, "Ana")
	guess := app.SignInInput{Email: "ana@example.org", Password: "not this one either", From: app.From{Address: "192.0.2.1"}}
	for range 10 {
		_, err := h.SignIn(ctx, guess)
		wantCode(t, err, "sign_in_failed")
	}
	right := app.SignInInput{Email: "ana@example.org", Password: password, From: app.From{Address: "192.0.2.2"}}
	_, err := h.SignIn(ctx, right)
	wantCode(t, err, "too_many_tries")
	var e *tandem.Error
	if !errors.As(err, &e) || e.Args["seconds"] != int64(15*60) {
		t.Errorf("%+v", err)
	}

	h.Reopen(t)
	_, err = h.SignIn(ctx, right)
	wantCode(t, err, "too_many_tries")

	known := right
	known.Known = device.Secret
	s, err := h.SignIn(ctx, known)
	if err != nil {
		t.Errorf("the owner's own device was shut out: %v", err)
	}
	stranger := withPassword(t, h, "Ben")
	known.Known = stranger.Secret
	_, err = h.SignIn(ctx, known)
	wantCode(t, err, "too_many_tries")

	h.Clock.Advance(15 * time.Minute)
	if s, err = h.SignIn(ctx, right); err != nil {
		t.Error(err)
	}
	h.Actor(t, s)
}

func TestANetworkAddressHasATriesLimitOfItsOwn(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	from := app.From{Address: "192.0.2.1"}
	for range 100 {
		_, err := h.SignInByLink(ctx, "no such link", from)
		wantCode(t, err, "link_used")
	}
	_, err := h.SignInByLink(ctx, "no such link", from)
	wantCode(t, err, "too_many_tries")
	_, err = h.SignInByLink(ctx, "no such link", app.From{Address: "192.0.2.2"})
	wantCode(t, err, "link_used")
	h.Clock.Advance(time.Hour)
	_, err = h.SignInByLink(ctx, "no such link", from)
	wantCode(t, err, "link_used")
}

func TestASessionIsNewAtEachSignInAndThePlantedOneNeverHolds(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	first := withPassword(t, h, "Ana")
	in := app.SignInInput{Email: "ana@example.org", Password: password, From: app.From{Known: "planted", Agent: "A\x00gent"}}
	second, err := h.SignIn(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if second.Secret == "planted" || second.Secret == first.Secret || len(second.Secret) < 43 {
		t.Error("the secret is not new")
	}
	_, err = h.Authenticate(ctx, "planted")
	wantCode(t, err, "session_ended")

	in.Known = second.Secret
	third, err := h.SignIn(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, second.Secret)
	wantCode(t, err, "session_ended")
	h.Actor(t, first)
	h.Actor(t, third)

	ben := withPassword(t, h, "Ben")
	in.Known = ben.Secret
	if _, err := h.SignIn(ctx, in); err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, ben.Secret)
	wantCode(t, err, "session_ended")
}

func TestSessionsEndByTimeBySignOutAndByKey(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	one := withPassword(t, h, "Ana")
	h.Clock.Advance(time.Minute)
	two, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password, From: app.From{Agent: "Phone"}})
	if err != nil {
		t.Fatal(err)
	}
	ben := h.Person(t, "Ben")
	all, err := h.ListSessions(ctx, one.Principal)
	if err != nil || len(all) != 2 || !all[0].Current || all[1].Agent != "Phone" || all[1].Current {
		t.Fatalf("%+v %v", all, err)
	}
	wantCode(t, h.EndSession(ctx, h.Actor(t, ben), all[1].Key), "not_found")
	wantCode(t, h.EndSession(ctx, h.Actor(t, one), ""), "not_found")
	if err := h.EndSession(ctx, h.Actor(t, one), all[1].Key); err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, two.Secret)
	wantCode(t, err, "session_ended")
	h.Actor(t, one)
	if err := h.SignOut(ctx, one.Principal); err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, one.Secret)
	wantCode(t, err, "session_ended")

	h.Clock.AdvanceDays(29)
	h.Actor(t, ben)
	h.Clock.AdvanceDays(29)
	h.Actor(t, ben) // being used keeps it
	h.Clock.AdvanceDays(31)
	_, err = h.Authenticate(ctx, ben.Secret)
	wantCode(t, err, "session_ended")

	used := h.Person(t, "Cara")
	for range 4 {
		h.Actor(t, used)
		h.Clock.AdvanceDays(20)
	}
	h.Clock.AdvanceDays(10)
	_, err = h.Authenticate(ctx, used.Secret)
	wantCode(t, err, "session_ended")
}

func TestAOneTimeLinkWorksOnceAndForADay(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	l, err := h.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "ana@example.org"})
	if err != nil || l.Person.Name != "ana" {
		t.Fatal(l.Person, err)
	}
	var in atomic.Int64
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if _, err := h.SignInByLink(ctx, l.Secret, app.From{}); err == nil {
				in.Add(1)
			} else {
				wantCode(t, err, "link_used")
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d came in", in.Load())
	}
	l, err = h.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "ben@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(24 * time.Hour)
	_, err = h.SignInByLink(ctx, l.Secret, app.From{})
	wantCode(t, err, "link_used")
	_, err = h.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "BEN@example.org"})
	wantCode(t, err, "email: email_taken")
	_, err = h.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "nonsense"})
	wantCode(t, err, "email: email_form")
	ana := h.Person(t, "Cara")
	_, err = h.AddPerson(ctx, h.Actor(t, ana), app.PersonInput{Email: "dora@example.org"})
	wantCode(t, err, "not_found")
}

func TestSuspensionHoldsFromTheNextRequestOnEveryPath(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := withPassword(t, h, "Ana")
	_, secret := h.Token(t, ana, app.TokenInput{Scopes: []string{"all"}})
	if err := h.SuspendPerson(ctx, policy.Local(), "Ana@example.org", true); err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		_, err := h.Authenticate(ctx, ana.Secret)
		wantCode(t, err, "session_ended")
		_, err = h.AuthenticateToken(ctx, secret)
		wantCode(t, err, "token_unknown")
	}
	check()
	_, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	wantCode(t, err, "sign_in_failed")
	again, err := h.ResetPerson(ctx, policy.Local(), "ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.SignInByLink(ctx, again.Secret, app.From{})
	wantCode(t, err, "link_used")
	if err := h.SuspendPerson(ctx, policy.Local(), "ana@example.org", false); err != nil {
		t.Fatal(err)
	}
	check() // what ended does not come back
	wantCode(t, h.SuspendPerson(ctx, policy.Local(), "nobody@example.org", true), "not_found")
	wantCode(t, h.SuspendPerson(ctx, h.Actor(t, h.Person(t, "Ben")), "ana@example.org", true), "not_found")
}

func TestAResetEndsEverythingAndOpensOneDoor(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := withPassword(t, h, "Ana")
	_, secret := h.Token(t, ana, app.TokenInput{Scopes: []string{"read:goals"}})
	first, err := h.ResetPerson(ctx, policy.Local(), "ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.ResetPerson(ctx, policy.Local(), "ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, ana.Secret)
	wantCode(t, err, "session_ended")
	_, err = h.AuthenticateToken(ctx, secret)
	wantCode(t, err, "token_unknown")
	_, err = h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	wantCode(t, err, "sign_in_failed")
	_, err = h.SignInByLink(ctx, first.Secret, app.From{})
	wantCode(t, err, "link_used")
	s, err := h.SignInByLink(ctx, second.Secret, app.From{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ChangePassword(ctx, s.Principal, app.PasswordInput{New: "another long sentence"}); err != nil {
		t.Error(err)
	}
	if _, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: "another long sentence"}); err != nil {
		t.Error(err)
	}
}
