package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestSettingsAreSavedAndComeBackWithWhatIsWrong(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.get("/settings").want(t, http.StatusOK)
	p.Want(".set nav a", 6)
	p.Want(".set nav a[aria-current=page]", 1)
	p.WantAttr("#f-zone", "value", "Europe/Berlin")
	version := p.One("[action='/settings'] input[name=version]").Attr("value")

	p = r.post("/settings", "version", version, "name", " ", "lang", "de", "zone", "Mars/Olympus", "day_start", "240", "theme", "dark").want(t, http.StatusUnprocessableEntity)
	p.Want("#errors li", 2)
	p.WantText("#f-zone-error", "There is no time zone “Mars/Olympus”. Write it like Europe/Berlin.")
	p.WantAttr("#f-zone", "value", "Mars/Olympus")
	p.WantAttr("#f-lang option[selected]", "value", "de")
	p.WantAttr("input[name=theme][checked]", "value", "dark")
	p.Want("#f-keys[checked]", 0)

	r.post("/settings", "version", version, "name", "Mira B", "lang", "de", "zone", "Europe/Vienna", "day_start", "240", "theme", "dark", "show_all", "on").to(t, "/settings")
	p = r.get("/settings").want(t, http.StatusOK)
	p.Want("html[lang=de][data-theme=dark]", 1)
	p.Want("body[data-keys=off]", 1)
	p.Want("#f-show_all[checked]", 1)
	p.WantAttr("#f-day_start option[selected]", "value", "240")
	p.WantText(".toast span", "Gespeichert")
	r.get("/settings").Want(".toast", 0)

	p = r.post("/settings", "version", version, "name", "Too late", "lang", "de", "zone", "Europe/Vienna", "day_start", "0", "theme", "auto").want(t, http.StatusUnprocessableEntity)
	p.WantAttr("#f-name", "value", "Too late")
	if now := p.One("[action='/settings'] input[name=version]").Attr("value"); now == version {
		t.Error("the form that came back still holds the version that is gone")
	}
	r.get("/keys").want(t, http.StatusOK).Want("main dl dt b", 12)
}

func TestAnotherAddressNeedsThePassword(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	version := r.get("/settings").One("[action='/settings/email'] input[name=version]").Attr("value")
	p := r.post("/settings/email", "version", version, "email", "new@example.org", "password", "wrong").want(t, http.StatusUnprocessableEntity)
	p.Want("details[open] #f-email", 1)
	p.WantText("#f-password-error", "This is not your password.")
	r.post("/settings/email", "version", version, "email", "new@example.org", "password", password).to(t, "/settings")
	s.stranger().post("/sign-in", "email", "new@example.org", "password", password).to(t, "/")
}

func TestANewPasswordSignsOutEverywhereElse(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	other := s.stranger()
	other.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
	p := r.post("/settings/password", "old", "wrong", "new", "eight green boats at noon").want(t, http.StatusUnprocessableEntity)
	p.Want("#f-old-error", 1)
	p = r.post("/settings/password", "old", password, "new", "tug of 12 ox").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-new-error", "Use at least 15 characters.")
	before := r.cookies["tandem"]
	r.post("/settings/password", "old", password, "new", "eight green boats at noon").to(t, "/settings")
	if r.cookies["tandem"] == before {
		t.Error("the session kept its secret")
	}
	r.get("/settings").want(t, http.StatusOK)
	other.get("/settings").want(t, http.StatusSeeOther)
}

func TestASessionElsewhereCanBeEnded(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	other := s.stranger()
	other.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
	p := r.get("/settings")
	p.Want("[aria-labelledby=sessions] li form", 2)
	p.WantTexts("[aria-labelledby=sessions] li:not([id]) b", "Firefox, Linux", "Firefox, Linux")
	end := p.One("[aria-labelledby=sessions] form:not([action='/sign-out'])").Attr("action")
	other2 := s.as(s.Person(t, "Noor"))
	other2.post(end).want(t, http.StatusSeeOther) // none of hers: nothing happens
	other.get("/settings").want(t, http.StatusOK)
	r.post(end).to(t, "/settings")
	other.get("/settings").want(t, http.StatusSeeOther)
	r.post(end).to(t, "/settings")
}

func TestTheAppearanceIsRememberedBeforeAndAfterSignIn(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.post("/appearance", "theme", "dark", "back", "/settings/about").to(t, "/settings/about")
	r.get("/settings").Want("html[data-theme=dark]", 1)
	r.post("/sign-out").to(t, "/sign-in")
	r.get("/sign-in").Want("html[data-theme=dark]", 1)
	r.post("/appearance", "theme", "auto", "back", "/sign-in").to(t, "/sign-in")
	r.get("/sign-in").Want("html[data-theme]", 0)
}

func TestATokenIsShownOnceAndCanBeRevoked(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.post("/settings/tokens", "name", "laptop", "days", "90").want(t, http.StatusUnprocessableEntity)
	p.WantAttr("#errors a", "href", "#f-scopes")
	p.WantText("fieldset .err", "Choose at least one right.")
	p.WantAttr("#f-name", "value", "laptop")
	p = r.post("/settings/tokens", "name", "", "scopes", "read:goals", "days", "400").want(t, http.StatusUnprocessableEntity)
	p.Want("input[value='read:goals'][checked]", 1)
	p.Want("#errors li", 2)

	p = r.post("/settings/tokens", "name", "laptop", "scopes", "read:today", "scopes", "write:observations", "days", "30").want(t, http.StatusOK)
	secret := p.One("#secret").Text()
	if by, err := s.AuthenticateToken(t.Context(), secret); err != nil || strings.Join(by.Actor.Scopes, " ") != "write:observations read:today" {
		t.Errorf("the token shown gives %v, %v", by.Actor.Scopes, err)
	}
	if curl := p.All("pre.code")[1].Text(); curl != `curl -H "Authorization: Bearer `+secret+`" http://localhost:8080/api/v1/today` {
		t.Error(curl)
	}
	p = r.get("/settings/tokens").want(t, http.StatusOK)
	if strings.Contains(p.Text, secret) {
		t.Error("the secret is shown a second time")
	}
	p.Want("[aria-labelledby=tokens] li", 1)
	r.post(p.One("[aria-labelledby=tokens] form").Attr("action")).to(t, "/settings/tokens")
	if _, err := s.AuthenticateToken(t.Context(), secret); err == nil {
		t.Error("the revoked token still lets in")
	}
	r.get("/settings/tokens").Want("[aria-labelledby=tokens]", 0)
}

func TestATeamIsMadeJoinedAndLeft(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	mira.get("/settings").Want(".side a.n[href='/settings/people']", 0)
	mira.post("/settings/people", "name", "").want(t, http.StatusUnprocessableEntity).WantText("#f-name-error", "Give it a name.")
	team := mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther).Header.Get("Location")
	p := mira.get(team).want(t, http.StatusOK)
	p.WantText("h1", "Harbour Bikes")
	p.Want(".side a.n[href='/settings/people']", 1)

	p = mira.post(team+"/invites", "role", "member", "days", "7").want(t, http.StatusOK)
	link := strings.TrimPrefix(p.One("#link").Text(), "http://localhost:8080")
	p = mira.post(team+"/invites", "role", "coordinator", "days", "7").want(t, http.StatusOK)
	second := strings.TrimPrefix(p.One("#link").Text(), "http://localhost:8080")
	if strings.Contains(mira.get(team).Text, link) {
		t.Error("the link is shown a second time")
	}

	noor := s.stranger()
	p = noor.get(link).want(t, http.StatusOK)
	p.WantText("h1", "Join Harbour Bikes")
	p.Want("a[href^='/sign-in?next=']", 1)
	noor.post(link, "name", "Noor", "email", "noor@example.org", "password", "short", "zone", "UTC").want(t, http.StatusUnprocessableEntity).Want("#f-password-error", 1)
	noor.post(link, "name", "Noor", "email", "noor@example.org", "password", "nine green boats at noon", "zone", "UTC").to(t, "/welcome")
	noor.get(team).want(t, http.StatusOK).Want("[aria-labelledby=members] li", 2)
	noor.get(team).Want("[aria-labelledby=invites]", 0)
	noor.post(team+"/invites", "role", "member", "days", "7").want(t, http.StatusNotFound)
	s.stranger().get(link).want(t, http.StatusUnprocessableEntity).WantText("main p", "This invitation is not valid any more. Ask for a new one.")

	ana := s.as(s.Person(t, "Ana"))
	ana.get(second).want(t, http.StatusOK).Want("form input[name=password]", 0)
	ana.post(second).to(t, team)
	p = ana.get(team)
	p.Want("[aria-labelledby=members] li", 3)
	p.Want("[aria-labelledby=members] form", 1) // of Noor, who is neither herself nor an owner

	role := mira.get(team).All("form[action$='/role']")
	if len(role) != 2 {
		t.Fatalf("%d roles can be changed", len(role))
	}
	mira.post(role[0].Attr("action"), "role", "coordinator").to(t, team)
	mira.post(team+"/leave").want(t, http.StatusUnprocessableEntity).WantText("#errors li", "Someone must stay who can manage it. Name another owner first.")
	mira.post(team, "version", "1", "name", "Harbour").want(t, http.StatusUnprocessableEntity) // the roles have changed it since
	version := mira.get(team).One("input[name=version]").Attr("value")
	mira.post(team, "version", version, "name", "Harbour").to(t, team)

	remove := mira.get(team).All("form[action$='/remove']")
	mira.post(remove[0].Attr("action")).to(t, team)
	noor.get(team).want(t, http.StatusNotFound)
	ana.post(team+"/leave").to(t, "/settings/people")
	ana.get(team).want(t, http.StatusNotFound)
}

func TestAnInvitationCanBeWithdrawnAndEnds(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	team := mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther).Header.Get("Location")
	invite := func() string {
		return strings.TrimPrefix(mira.post(team+"/invites", "role", "member", "days", "1").want(t, http.StatusOK).One("#link").Text(), "http://localhost:8080")
	}
	link := invite()
	mira.post(mira.get(team).One("form[action$='/withdraw']").Attr("action")).to(t, team)
	s.stranger().get(link).want(t, http.StatusUnprocessableEntity)
	link = invite()
	s.Clock.Advance(25 * time.Hour)
	s.stranger().get(link).want(t, http.StatusUnprocessableEntity)
}

func TestTheSwitchOfWorkspacesStandsWhereThereAreSeveral(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	mira.get("/goals").want(t, http.StatusOK).Want("#space", 0)
	team := mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther).Header.Get("Location")
	id := strings.TrimPrefix(team, "/settings/people/")
	p := mira.get("/goals").want(t, http.StatusOK)
	p.WantTexts("#space button", "My own", "Harbour Bikes")
	p.WantText("#space [aria-current]", "Harbour Bikes")
	mira.post("/space", "space", p.All("#space button")[0].Attr("value"), "back", "/goals").to(t, "/goals")
	mira.get("/goals").WantText("#space [aria-current]", "My own")
	s.as(s.Person(t, "Noor")).post("/space", "space", id, "back", "/goals").want(t, http.StatusNotFound)
}
