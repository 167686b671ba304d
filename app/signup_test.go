package app_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// raced has several do the same at once and gives the codes of their errors in order, "" for each that
// succeeded.
func raced(n int, do func(i int) error) []string {
	codes := make([]string, n)
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			codes[i] = apptest.Code(do(i))
		})
	}
	close(start)
	wg.Wait()
	slices.Sort(codes)
	return codes
}

func invitation(t *testing.T, h *apptest.House, by app.SignedIn, team tandem.WorkspaceID) string {
	t.Helper()
	m, err := h.CreateInvite(t.Context(), h.Actor(t, by), team, app.InviteInput{})
	if err != nil {
		t.Fatal(err)
	}
	return m.Secret
}

func TestSignUpsAtOnceWithOneAddressAreOneAccount(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx := t.Context()
		ana := h.Person(t, "Ana")
		team := h.Team(t, ana)
		secrets := []string{invitation(t, h, ana, team), invitation(t, h, ana, team), invitation(t, h, ana, team)}
		for round := range 3 {
			email := fmt.Sprintf("ben%d@example.org", round)
			one := invitation(t, h, ana, team)
			got := raced(3, func(int) error {
				_, err := h.SignUp(ctx, app.SignUpInput{Invite: one, Name: "Ben", Email: email, Password: password})
				return err
			})
			if !slices.Equal(got, []string{"", "invite_ended", "invite_ended"}) {
				t.Errorf("three with one invitation: %q", got)
			}
		}
		got := raced(3, func(i int) error {
			in := app.SignUpInput{Invite: secrets[i], Name: "Cas", Email: "cas@example.org", Password: password}
			_, err := h.SignUp(ctx, in)
			return err
		})
		if !slices.Equal(got, []string{"", "", ""}) { // the first makes the account, the others sign in to it
			t.Errorf("three with the same password: %q", got)
		}
		mallory := []string{invitation(t, h, ana, team), invitation(t, h, ana, team)}
		got = raced(2, func(i int) error {
			in := app.SignUpInput{Invite: mallory[i], Name: "Dag", Email: "dag@example.org", Password: fmt.Sprint(password, i)}
			_, err := h.SignUp(ctx, in)
			return err
		})
		if !slices.Equal(got, []string{"", "sign_in_failed"}) {
			t.Errorf("two with other passwords: %q", got)
		}
		members, err := h.ListMembers(ctx, h.Actor(t, ana), team)
		if err != nil || len(members) != 6 {
			t.Errorf("%d members, %v", len(members), err)
		}
	})
}

func TestTwoWhoTakeOneAddressAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		for round := range 4 {
			two := []app.SignedIn{h.Person(t, fmt.Sprint("Ana", round)), h.Person(t, fmt.Sprint("Ben", round))}
			email := fmt.Sprintf("same%d@example.org", round)
			got := raced(2, func(i int) error {
				_, err := h.ChangeProfile(t.Context(), h.Actor(t, two[i]), app.ProfileInput{Version: 1, Email: &email})
				return err
			})
			if !slices.Equal(got, []string{"", "email: email_taken"}) {
				t.Errorf("got %q", got)
			}
		}
	})
}

func TestAnInvitationIsNoKeyToWhoHasAnAccount(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx := t.Context()
		ana, ben := h.Person(t, "Ana"), withPassword(t, h, "Ben")
		team := h.Team(t, ana, ben)
		secret := invitation(t, h, ana, team)
		ask := func(i int, email string) string {
			// another address, another network, and now and then one's own account
			_, err := h.SignUp(ctx, app.SignUpInput{Invite: secret, Name: "X", Email: email, Password: "not the right sentence", From: app.From{Address: fmt.Sprint("192.0.2.", i)}})
			return apptest.Code(err)
		}
		told := 0
		for i := range 20 {
			name := fmt.Sprint("Person", i)
			h.Person(t, name)
			switch got := ask(i, name+"@example.org"); got {
			case "sign_in_failed":
				told++
			case "too_many_tries":
			default:
				t.Errorf("got %q", got)
			}
			if i == 5 {
				if _, err := h.SignUp(ctx, app.SignUpInput{Invite: secret, Name: "Ben", Email: "ben@example.org", Password: password, From: app.From{Address: "198.51.100.1"}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if told != 9 { // with Ben's, ten
			t.Errorf("%d addresses were told", told)
		}
		h.Clock.Advance(2 * time.Hour)
		if got := ask(30, "Person19@example.org"); got != "sign_in_failed" {
			t.Errorf("later it answers %q", got)
		}
	})
}

func TestWhoChangesTheAddressLearnsOfFewOthers(t *testing.T) {
	h := apptest.New(t)
	ana := withPassword(t, h, "Ana")
	version, told := int64(1), 0
	for i := range 20 {
		name := fmt.Sprint("Person", i)
		h.Person(t, name)
		email := name + "@example.org"
		if i == 5 {
			email = "new@example.org" // one's own success gives nothing back
		}
		p, err := h.ChangeProfile(t.Context(), h.Actor(t, ana), app.ProfileInput{Version: version, Email: &email, Password: password})
		switch got := apptest.Code(err); got {
		case "":
			version = p.Version
		case "email: email_taken":
			told++
		case "too_many_tries":
		default:
			t.Errorf("got %q", got)
		}
	}
	if told != 9 || version != 2 {
		t.Errorf("%d addresses were told, version %d", told, version)
	}
}
