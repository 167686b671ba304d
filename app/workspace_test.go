package app_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
)

func TestATeamIsMadeAndOthersJoinByLink(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben := h.Person(t, "Ana"), h.Person(t, "Ben")
	w, err := h.CreateWorkspace(ctx, h.Actor(t, ana), app.WorkspaceInput{Name: " Sales "})
	if err != nil || w.Kind != tandem.TeamSpace || w.Name != "Sales" || w.Zone != "Europe/Berlin" {
		t.Fatal(w, err)
	}
	_, err = h.CreateWorkspace(ctx, h.Actor(t, ana), app.WorkspaceInput{Name: "\u200b"})
	wantCode(t, err, "name: workspace_name_missing")
	_, err = h.GetWorkspace(ctx, h.Actor(t, ben), w.ID)
	wantCode(t, err, "not_found")

	m, err := h.CreateInvite(ctx, h.Actor(t, ana), w.ID, app.InviteInput{})
	if err != nil || m.Invite.Role != tandem.RoleMember {
		t.Fatal(m, err)
	}
	v, err := h.GetInvite(ctx, m.Secret)
	if err != nil || v.Workspace != "Sales" || v.By != "Ana" || v.Role != tandem.RoleMember {
		t.Fatal(v, err)
	}
	_, err = h.GetInvite(ctx, "guessed")
	wantCode(t, err, "invite_ended")
	if got, err := h.AcceptInvite(ctx, h.Actor(t, ben), m.Secret); err != nil || got.ID != w.ID {
		t.Fatal(got, err)
	}
	if role := h.Actor(t, ben).Roles[w.ID]; role != tandem.RoleMember {
		t.Error(role)
	}
	_, err = h.AcceptInvite(ctx, h.Actor(t, h.Person(t, "Cara")), m.Secret)
	wantCode(t, err, "invite_ended")

	all, err := h.ListMembers(ctx, h.Actor(t, ben), w.ID)
	if err != nil || len(all) != 2 || all[0].Name != "Ana" || all[0].Role != tandem.RoleOwner || !all[1].You || all[1].Name != "Ben" {
		t.Fatalf("%+v %v", all, err)
	}
	spaces, err := h.ListWorkspaces(ctx, h.Actor(t, ben))
	if err != nil || len(spaces) != 2 || spaces[0].Kind != tandem.PersonalSpace || spaces[1].ID != w.ID {
		t.Errorf("%+v %v", spaces, err)
	}
}

func TestAnInvitationIsUsedOnceHoldsItsTimeAndFallsWithItsMaker(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, cara := h.Person(t, "Ana"), h.Person(t, "Cara")
	team := h.Team(t, ana)
	h.Join(t, ana, team, cara, tandem.RoleCoordinator)
	invite := func(by app.SignedIn) app.InviteMade {
		t.Helper()
		m, err := h.CreateInvite(ctx, h.Actor(t, by), team, app.InviteInput{Days: 3})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	once := invite(ana)
	var in atomic.Int64
	var wg sync.WaitGroup
	for _, name := range []string{"Dora", "Emil", "Fritz", "Gina"} {
		actor := h.Actor(t, h.Person(t, name))
		wg.Go(func() {
			if _, err := h.AcceptInvite(ctx, actor, once.Secret); err == nil {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d joined", in.Load())
	}

	kept := invite(ana)
	if _, err := h.AcceptInvite(ctx, h.Actor(t, cara), kept.Secret); err != nil {
		t.Error(err)
	}
	if _, err := h.GetInvite(ctx, kept.Secret); err != nil {
		t.Errorf("a member used an invitation up: %v", err)
	}
	if h.Actor(t, cara).Roles[team] != tandem.RoleCoordinator {
		t.Error("an invitation took a role away")
	}
	if err := h.DeleteInvite(ctx, h.Actor(t, cara), team, kept.Invite.ID); err != nil {
		t.Fatal(err)
	}
	_, err := h.GetInvite(ctx, kept.Secret)
	wantCode(t, err, "invite_ended")

	theirs, late := invite(cara), invite(ana)
	if all, err := h.ListInvites(ctx, h.Actor(t, ana), team); err != nil || len(all) != 2 {
		t.Error(all, err)
	}
	if err := h.ChangeRole(ctx, h.Actor(t, ana), team, cara.Person.ID, tandem.RoleMember); err != nil {
		t.Fatal(err)
	}
	_, err = h.AcceptInvite(ctx, h.Actor(t, h.Person(t, "Hugo")), theirs.Secret)
	wantCode(t, err, "invite_ended")
	h.Clock.Advance(72 * time.Hour)
	_, err = h.AcceptInvite(ctx, h.Actor(t, h.Person(t, "Ines")), late.Secret)
	wantCode(t, err, "invite_ended")
	if all, err := h.ListInvites(ctx, h.Actor(t, ana), team); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
}

func TestWhoInvitesWhom(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben, cara, out := h.Person(t, "Ana"), h.Person(t, "Ben"), h.Person(t, "Cara"), h.Person(t, "Otto")
	team := h.Team(t, ana, ben)
	h.Join(t, ana, team, cara, tandem.RoleCoordinator)
	for _, c := range []struct {
		who  app.SignedIn
		in   app.InviteInput
		want string
	}{
		{ana, app.InviteInput{Role: tandem.RoleOwner}, ""},
		{cara, app.InviteInput{Role: tandem.RoleMember}, ""},
		{cara, app.InviteInput{Role: tandem.RoleOwner}, "denied"},
		{cara, app.InviteInput{Role: tandem.RoleCoordinator}, "denied"},
		{ben, app.InviteInput{}, "not_found"},
		{out, app.InviteInput{}, "not_found"},
		{ana, app.InviteInput{Role: "king"}, "role: one_of"},
		{ana, app.InviteInput{Days: 31}, "days: int_range"},
	} {
		_, err := h.CreateInvite(ctx, h.Actor(t, c.who), team, c.in)
		wantCode(t, err, c.want)
	}
	_, err := h.CreateInvite(ctx, h.Actor(t, ana), ana.Person.Personal, app.InviteInput{})
	wantCode(t, err, "denied")
	narrow, _ := h.Token(t, ana, app.TokenInput{Scopes: []string{"read:people", "write:people"}})
	_, err = h.CreateInvite(ctx, narrow.Actor, team, app.InviteInput{})
	wantCode(t, err, "scope_missing")
	if all, err := h.ListInvites(ctx, h.Actor(t, ben), team); apptest.Code(err) != "not_found" || len(all) != 0 {
		t.Error(all, err)
	}
}

func TestRolesChangeByWhoMayAndSomebodyStaysOwner(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben, cara, out := h.Person(t, "Ana"), h.Person(t, "Ben"), h.Person(t, "Cara"), h.Person(t, "Otto")
	team := h.Team(t, ana, ben)
	h.Join(t, ana, team, cara, tandem.RoleCoordinator)
	for _, c := range []struct {
		who, whom app.SignedIn
		to        tandem.Role
		want      string
	}{
		{ben, ben, tandem.RoleOwner, "denied"},
		{ben, cara, tandem.RoleMember, "denied"},
		{cara, ana, tandem.RoleMember, "denied"},
		{cara, ben, tandem.RoleCoordinator, "denied"},
		{cara, cara, tandem.RoleOwner, "denied"},
		{out, ben, tandem.RoleOwner, "not_found"},
		{ana, out, tandem.RoleMember, "not_found"},
		{ana, ana, tandem.RoleMember, "role: last_owner"},
		{ana, ben, "king", "role: one_of"},
		{ana, ben, tandem.RoleOwner, ""},
		{ana, ana, tandem.RoleCoordinator, ""},
		{ana, ben, tandem.RoleMember, "denied"},
		{ben, cara, tandem.RoleOwner, ""},
	} {
		wantCode(t, h.ChangeRole(ctx, h.Actor(t, c.who), team, c.whom.Person.ID, c.to), c.want)
	}
	stale := h.Actor(t, ana)
	if err := h.ChangeRole(ctx, h.Actor(t, ben), team, ana.Person.ID, tandem.RoleMember); err != nil {
		t.Fatal(err)
	}
	dora := h.Person(t, "Dora")
	h.Join(t, ben, team, dora, tandem.RoleMember)
	wantCode(t, h.RemoveMember(ctx, stale, team, dora.Person.ID), "denied") // was under way when the role changed
	if err := h.ChangeRole(ctx, h.Actor(t, ben), team, ana.Person.ID, tandem.RoleCoordinator); err != nil {
		t.Fatal(err)
	}
	if h.Actor(t, ben).Roles[team] != tandem.RoleOwner || h.Actor(t, ana).Roles[team] != tandem.RoleCoordinator {
		t.Error("roles are not what was given")
	}
	wantCode(t, h.RemoveMember(ctx, h.Actor(t, ana), ana.Person.Personal, ana.Person.ID), "denied")
}

func TestTwoOwnersWhoLeaveAtOnceDoNotBothGo(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben := h.Person(t, "Ana"), h.Person(t, "Ben")
	team := h.Team(t, ana)
	h.Join(t, ana, team, ben, tandem.RoleOwner)
	var gone atomic.Int64
	var wg sync.WaitGroup
	for _, s := range []app.SignedIn{ana, ben} {
		actor := h.Actor(t, s)
		wg.Go(func() {
			if err := h.RemoveMember(ctx, actor, team, actor.Person); err == nil {
				gone.Add(1)
			}
		})
	}
	wg.Wait()
	if gone.Load() != 1 {
		t.Errorf("%d left", gone.Load())
	}
}

func TestARemovedMemberIsRefusedOnTheNextRequest(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben, cara := h.Person(t, "Ana"), h.Person(t, "Ben"), h.Person(t, "Cara")
	team := h.Team(t, ana, ben, cara)
	_, secret := h.Token(t, ben, app.TokenInput{Scopes: []string{"all"}, Workspace: team})
	stale := h.Actor(t, ben)
	wantCode(t, h.RemoveMember(ctx, h.Actor(t, cara), team, ben.Person.ID), "denied")
	if err := h.RemoveMember(ctx, h.Actor(t, ana), team, ben.Person.ID); err != nil {
		t.Fatal(err)
	}
	for _, by := range []tandem.Actor{h.Actor(t, ben), tokenActor(t, h, secret)} {
		_, err := h.GetWorkspace(ctx, by, team)
		wantCode(t, err, "not_found")
		_, err = h.ListMembers(ctx, by, team)
		wantCode(t, err, "not_found")
		if d := policy.Decide(by, policy.Read, policy.Resource{Kind: policy.Goal, Workspace: team, Owner: ben.Person.ID}); d.Answer != policy.Hide {
			t.Error(d)
		}
	}
	// A request that was under way when the membership ended changes nothing any more.
	wantCode(t, h.RemoveMember(ctx, stale, team, cara.Person.ID), "not_found")
	if err := h.RemoveMember(ctx, h.Actor(t, cara), team, cara.Person.ID); err != nil {
		t.Error("a member could not leave:", err)
	}
	h.Join(t, ana, team, ben, tandem.RoleMember)
	if _, err := h.GetWorkspace(ctx, h.Actor(t, ben), team); err != nil {
		t.Error("who was removed could not be invited again:", err)
	}
}

func tokenActor(t *testing.T, h *apptest.House, secret string) tandem.Actor {
	t.Helper()
	by, err := h.AuthenticateToken(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return by.Actor
}

func TestAWorkspaceIsChangedByWhoMayAndByItsVersion(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben := h.Person(t, "Ana"), h.Person(t, "Ben")
	team := h.Team(t, ana, ben)
	w, err := h.GetWorkspace(ctx, h.Actor(t, ben), team)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.ChangeWorkspace(ctx, h.Actor(t, ben), team, app.WorkspaceInput{Version: w.Version, Name: "Mine"})
	wantCode(t, err, "denied")
	_, err = h.ChangeWorkspace(ctx, h.Actor(t, ana), team, app.WorkspaceInput{Version: w.Version, Name: "Ours", Zone: "Moon/Base"})
	wantCode(t, err, "zone: zone_unknown")
	if w, err = h.ChangeWorkspace(ctx, h.Actor(t, ana), team, app.WorkspaceInput{Version: w.Version, Name: "Ours"}); err != nil || w.Name != "Ours" {
		t.Fatal(w, err)
	}
	_, err = h.ChangeWorkspace(ctx, h.Actor(t, ana), team, app.WorkspaceInput{Version: w.Version - 1, Name: "Late"})
	wantCode(t, err, "stale")
}

func TestSomebodyNewSignsUpWithAnInvitation(t *testing.T) {
	h, ctx := apptest.New(t), t.Context()
	ana, ben := h.Person(t, "Ana"), withPassword(t, h, "Ben")
	team := h.Team(t, ana)
	invite := func() string {
		t.Helper()
		m, err := h.CreateInvite(ctx, h.Actor(t, ana), team, app.InviteInput{})
		if err != nil {
			t.Fatal(err)
		}
		return m.Secret
	}
	in := app.SignUpInput{Invite: "guessed", Name: "Dora", Email: "dora@example.org", Password: password, Lang: "de", Zone: "Europe/Vienna"}
	_, err := h.SignUp(ctx, in)
	wantCode(t, err, "invite_ended")
	in.Invite = invite()
	weak := in
	weak.Password, weak.Email = "dora", "dora"
	_, err = h.SignUp(ctx, weak)
	if es := tandem.All(err); len(es) != 2 {
		t.Error(err)
	}
	s, err := h.SignUp(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	by := h.Actor(t, s)
	if by.Roles[team] != tandem.RoleMember || by.Roles[s.Person.Personal] != tandem.RoleOwner || s.Person.Lang != "de" {
		t.Errorf("%+v", by)
	}
	in.Email = "emil@example.org"
	_, err = h.SignUp(ctx, in)
	wantCode(t, err, "invite_ended")
	if _, err := h.AddPerson(ctx, policy.Local(), app.PersonInput{Email: "emil@example.org"}); err != nil {
		t.Error("half of a sign-up was kept:", err)
	}

	// Somebody who has an account needs its password, and gives nothing away by a wrong one.
	counter := &countingHasher{Hasher: h.Keys.Hasher}
	h.Keys.Hasher = counter
	in = app.SignUpInput{Invite: invite(), Name: "Somebody", Email: "ben@example.org", Password: "not the right sentence"}
	_, err = h.SignUp(ctx, in)
	wantCode(t, err, "sign_in_failed")
	if counter.n.Load() != 1 {
		t.Errorf("%d hashes", counter.n.Load())
	}
	if _, member := h.Actor(t, ben).Roles[team]; member {
		t.Error("a wrong password joined")
	}
	in.Password = password
	if s, err = h.SignUp(ctx, in); err != nil || s.Person.ID != ben.Person.ID || s.Person.Name != "Ben" {
		t.Fatal(s.Person, err)
	}
	if h.Actor(t, ben).Roles[team] != tandem.RoleMember {
		t.Error("did not join")
	}
}
