package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/auth"
	"tandem/policy"
	"tandem/store"
)

func TestANewPasswordEndsEveryCredentialAndRenewsThePresentOne(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := withPassword(t, h, "Ana")
	other, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	_, secret := h.Token(t, ana, app.TokenInput{Scopes: []string{"read:goals"}})

	_, err = h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: "wrong", New: "another long sentence"})
	wantCode(t, err, "old: password_wrong")
	_, err = h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: password, New: "zebra kayak 7"})
	wantCode(t, err, "new: password_short")
	_, err = h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: password, New: "ana@example.org"})
	wantCode(t, err, "new: password_personal")
	h.Actor(t, other)

	renewed, err := h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: password, New: "another long sentence"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{ana.Secret, other.Secret} {
		_, err = h.Authenticate(ctx, s)
		wantCode(t, err, "session_ended")
	}
	_, err = h.AuthenticateToken(ctx, secret)
	wantCode(t, err, "token_unknown")
	h.Actor(t, renewed)
	_, err = h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	wantCode(t, err, "sign_in_failed")
	if _, err := h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: "another long sentence"}); err != nil {
		t.Error(err)
	}
}

func TestACredentialOfAnEarlierEpochDoesNotHold(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := h.Person(t, "Ana")
	_, secret := h.Token(t, ana, app.TokenInput{Scopes: []string{"all"}})
	err := h.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.For(policy.Local()).SetPassword(ctx, ana.Person.ID, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Authenticate(ctx, ana.Secret)
	wantCode(t, err, "session_ended")
	_, err = h.AuthenticateToken(ctx, secret)
	wantCode(t, err, "token_unknown")
}

func TestATokenDoesNotChooseTheFirstPassword(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	by, secret := h.Token(t, h.Person(t, "Ana"), app.TokenInput{Scopes: []string{"all"}})
	_, err := h.ChangePassword(ctx, by, app.PasswordInput{New: password})
	wantCode(t, err, "old: password_wrong")
	if _, err := h.AuthenticateToken(ctx, secret); err != nil {
		t.Error(err)
	}
	narrow, _ := h.Token(t, h.Person(t, "Ben"), app.TokenInput{Scopes: []string{"read:people", "write:people"}})
	_, err = h.ChangePassword(ctx, narrow, app.PasswordInput{New: password})
	wantCode(t, err, "scope_missing")
}

func TestGuessingTheOwnPasswordFromAnOpenBrowserIsSlowedToo(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := withPassword(t, h, "Ana")
	for range 10 {
		_, err := h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: "wrong", New: "another long sentence"})
		wantCode(t, err, "old: password_wrong")
	}
	_, err := h.ChangePassword(ctx, ana.Principal, app.PasswordInput{Old: password, New: "another long sentence"})
	wantCode(t, err, "too_many_tries")
}

func TestAProfileIsChangedByItsVersion(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := withPassword(t, h, "Ana")
	h.Person(t, "Ben")
	by := h.Actor(t, ana)
	p, err := h.Profile(ctx, by)
	if err != nil {
		t.Fatal(err)
	}
	lang, zone, start, on := "de", "Asia/Tokyo", 240, true
	q, err := h.ChangeProfile(ctx, by, app.ProfileInput{Version: p.Version, Lang: &lang, Zone: &zone, DayStart: &start, ShowAll: &on})
	if err != nil || q.Version != p.Version+1 {
		t.Fatal(q, err)
	}
	if r, err := h.Profile(ctx, by); err != nil || r != q || r.Lang != "de" || r.Zone != zone || r.DayStart != 240 || !r.ShowAll || r.Name != "Ana" {
		t.Fatal(r, err)
	}
	_, err = h.ChangeProfile(ctx, by, app.ProfileInput{Version: p.Version, Lang: &lang})
	if tandem.KindOf(err) != tandem.KindStale {
		t.Error(err)
	}
	nowhere, loud := "Mars/Olympus", "loud"
	_, err = h.ChangeProfile(ctx, by, app.ProfileInput{Version: q.Version, Zone: &nowhere, Theme: &loud})
	if es := tandem.All(err); len(es) != 2 {
		t.Error(err)
	}

	next, taken := "ana@example.net", "Ben@example.org"
	_, err = h.ChangeProfile(ctx, by, app.ProfileInput{Version: q.Version, Email: &next})
	wantCode(t, err, "password: password_wrong")
	_, err = h.ChangeProfile(ctx, by, app.ProfileInput{Version: q.Version, Email: &taken, Password: password})
	wantCode(t, err, "email: email_taken")
	if _, err = h.ChangeProfile(ctx, by, app.ProfileInput{Version: q.Version, Email: &next, Password: password}); err != nil {
		t.Fatal(err)
	}
	_, err = h.SignIn(ctx, app.SignInInput{Email: "ana@example.org", Password: password})
	wantCode(t, err, "sign_in_failed")
	if _, err = h.SignIn(ctx, app.SignInInput{Email: next, Password: password}); err != nil {
		t.Error(err)
	}
}

func TestATokenHoldsItsRightsItsTimeAndItsWorkspace(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := h.Person(t, "Ana")
	by := h.Actor(t, ana)
	for want, in := range map[string]app.TokenInput{
		"name: required":        {Scopes: []string{"all"}, Name: " \u200b"},
		"scopes: scope_none":    {Name: "x"},
		"scopes: scope_unknown": {Name: "x", Scopes: []string{"read:minds"}},
		"days: token_days":      {Name: "x", Scopes: []string{"all"}, Days: 366},
		"not_found":             {Name: "x", Scopes: []string{"all"}, Workspace: 12345},
	} {
		_, err := h.CreateToken(ctx, by, in)
		wantCode(t, err, want)
	}
	m, err := h.CreateToken(ctx, by, app.TokenInput{Name: "script", Scopes: []string{"write:goals", "read:goals", "read:goals"}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(m.Secret, m.Token.Prefix) || !auth.IsToken(m.Secret) || !slices.Equal(m.Token.Scopes, []string{"read:goals", "write:goals"}) {
		t.Errorf("%+v", m.Token)
	}
	if days := m.Token.Ends.Time().Sub(h.Clock.Now()); days != 90*24*time.Hour {
		t.Error(days)
	}
	all, err := h.ListTokens(ctx, by)
	if err != nil || len(all) != 1 || all[0].LastUsed != tandem.NoDay {
		t.Fatalf("%+v %v", all, err)
	}
	holder, err := h.AuthenticateToken(ctx, m.Secret)
	if err != nil || holder.Actor.Source != "token" || holder.Actor.Token != m.Token.ID || holder.Session != "" {
		t.Fatal(holder, err)
	}
	if all, err = h.ListTokens(ctx, by); err != nil || all[0].LastUsed != tandem.DateDay(2026, 11, 21) {
		t.Errorf("%+v %v", all, err)
	}
	_, err = h.ListTokens(ctx, holder.Actor)
	wantCode(t, err, "scope_missing")
	_, err = h.AuthenticateToken(ctx, m.Secret+"x")
	wantCode(t, err, "token_unknown")

	h.Clock.AdvanceDays(90)
	_, err = h.AuthenticateToken(ctx, m.Secret)
	wantCode(t, err, "token_expired")
	var e *tandem.Error
	if !errors.As(err, &e) || e.Kind != tandem.KindUnauthorized || e.Args["day"] != tandem.DateDay(2027, 2, 19) {
		t.Errorf("%+v", e)
	}
}

func TestARevokedTokenEndsWithTheNextRequest(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben := h.Person(t, "Ana"), h.Person(t, "Ben")
	holder, secret := h.Token(t, ana, app.TokenInput{Scopes: []string{"all"}})
	wantCode(t, h.RevokeToken(ctx, h.Actor(t, ben), holder.Actor.Token), "not_found")
	if _, err := h.AuthenticateToken(ctx, secret); err != nil {
		t.Fatal(err)
	}
	if err := h.RevokeToken(ctx, h.Actor(t, ana), holder.Actor.Token); err != nil {
		t.Fatal(err)
	}
	_, err := h.AuthenticateToken(ctx, secret)
	wantCode(t, err, "token_unknown")
	if all, err := h.ListTokens(ctx, h.Actor(t, ana)); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
}

func TestATokenMakesNoTokenThatReachesFurther(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := h.Person(t, "Ana")
	team := h.Team(t, ana)
	parent, _ := h.Token(t, ana, app.TokenInput{Scopes: []string{"all"}, Days: 10})
	child, err := h.CreateToken(ctx, parent.Actor, app.TokenInput{Name: "child", Scopes: []string{"read:goals"}, Days: 300})
	if err != nil || child.Token.Ends.Time().Sub(h.Clock.Now()) != 10*24*time.Hour {
		t.Fatal(child.Token, err)
	}
	bound, _ := h.Token(t, ana, app.TokenInput{Scopes: []string{"all"}, Workspace: team})
	_, err = h.CreateToken(ctx, bound.Actor, app.TokenInput{Name: "free", Scopes: []string{"all"}})
	wantCode(t, err, "not_found")
	narrow, _ := h.Token(t, ana, app.TokenInput{Scopes: []string{"read:people", "write:people"}})
	_, err = h.CreateToken(ctx, narrow.Actor, app.TokenInput{Name: "wide", Scopes: []string{"all"}})
	wantCode(t, err, "scope_missing")

	w, err := h.ListWorkspaces(ctx, bound.Actor)
	if err != nil || len(w) != 1 || w[0].ID != team {
		t.Errorf("a bound token sees %v %v", w, err)
	}
	_, err = h.GetWorkspace(ctx, bound.Actor, ana.Person.Personal)
	wantCode(t, err, "not_found")
}

func TestTheMachineListsAndRevokesTokensOfAnybody(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana := h.Person(t, "Ana")
	m, err := h.CreateTokenFor(ctx, policy.Local(), "Ana@example.org", app.TokenInput{Name: "cli", Scopes: []string{"all"}})
	if err != nil {
		t.Fatal(err)
	}
	by, err := h.AuthenticateToken(ctx, m.Secret)
	if err != nil || by.Person.ID != ana.Person.ID {
		t.Fatal(by, err)
	}
	if all, err := h.ListTokensOf(ctx, policy.Local(), "ana@example.org"); err != nil || len(all) != 1 || all[0].ID != m.Token.ID {
		t.Error(all, err)
	}
	_, err = h.CreateTokenFor(ctx, h.Actor(t, h.Person(t, "Ben")), "ana@example.org", app.TokenInput{Name: "x", Scopes: []string{"all"}})
	wantCode(t, err, "not_found")
	if err := h.RevokeTokenOf(ctx, policy.Local(), "ana@example.org", m.Token.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.AuthenticateToken(ctx, m.Secret)
	wantCode(t, err, "token_unknown")
}

func TestEveryRightThatPolicyAsksForCanBeGiven(t *testing.T) {
	for _, k := range []policy.Kind{policy.Goal, policy.Metric, policy.Observation, policy.Learning, policy.MicroGoal, policy.Technique,
		policy.Closing, policy.Workspace, policy.Member, policy.Invite, policy.Import, policy.Account, policy.Today, policy.Export, policy.Template, policy.Review, policy.Feedback, policy.Given, policy.Lifeline, policy.Note, "unknown"} {
		for _, act := range []policy.Action{policy.Read, policy.Create, policy.Change, policy.Log, policy.Delete, policy.Manage} {
			if _, err := auth.ParseScopes([]string{policy.ScopeFor(k, act)}); err != nil {
				t.Errorf("%s %s: %v", k, act, err)
			}
		}
	}
}
