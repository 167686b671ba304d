package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem/app"
	"tandem/policy"
)

func TestTheFirstRunAsksForTheCodeAndMakesTheFirstAccount(t *testing.T) {
	s := newSite(t)
	code, err := s.PrepareSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := s.stranger()
	r.get("/settings").to(t, "/first-run")
	r.get("/sign-in").to(t, "/first-run")
	p := r.get("/first-run").want(t, http.StatusOK)
	p.Want("input[name=code][required]", 1)
	p.Want("input[name=password]", 1)

	p = r.post("/first-run", "code", "wrong", "name", "Mira", "email", "mira@example.org", "password", password, "zone", "Europe/Berlin").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-code-error", "This is not the code. It stands where Tandem was started.")
	p.WantAttr("#f-name", "value", "Mira")
	p.WantAttr("#f-password", "value", "")
	p.WantAttr("#errors a", "href", "#f-code")

	p = r.post("/first-run", "code", code, "name", "", "email", "nobody", "password", "password1234567", "zone", "Europe/Nowhere").want(t, http.StatusUnprocessableEntity)
	p.Want("#errors li", 4)
	p.WantText("#f-password-error", "This password is on the list of common passwords.")
	p.WantAttr("input[name=code]", "type", "hidden")

	r.post("/first-run", "code", code, "name", "Mira", "email", "mira@example.org", "password", password, "zone", "Europe/Berlin").to(t, "/welcome")
	r.get("/welcome").want(t, http.StatusOK).Want("button.act", 2)
	r.post("/first-run", "code", code, "name", "Noor", "email", "noor@example.org", "password", password, "zone", "UTC").to(t, "/sign-in")
	r.get("/first-run").to(t, "/")
}

func TestThePrintedLinkFillsInTheCode(t *testing.T) {
	s := newSite(t)
	code, err := s.PrepareSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.stranger().get("/first-run?code="+code).want(t, http.StatusOK).WantAttr("input[name=code][type=hidden]", "value", code)
}

func TestTheWelcomeChoiceLeadsOn(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.post("/welcome", "who", "me", "go", "goal").to(t, "/goals/new")
	r.post("/welcome", "who", "me", "go", "import").to(t, "/import")
	r.post("/welcome", "who", "team", "go", "goal").to(t, "/settings/people")
}

func TestSigningInAndOut(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	r.get("/settings").to(t, "/sign-in?next=%2Fsettings")
	p := r.post("/sign-in", "email", "mira@example.org", "password", "not this one at all", "next", "/settings").want(t, http.StatusUnprocessableEntity)
	p.WantText("#errors li", "E-mail and password do not match.")
	p.WantAttr("#f-email", "value", "mira@example.org")
	p.WantAttr("input[name=next]", "value", "/settings")
	nobody := r.post("/sign-in", "email", "nobody@example.org", "password", "not this one at all", "next", "/settings").want(t, http.StatusUnprocessableEntity)
	if strings.ReplaceAll(nobody.Text, "nobody@", "mira@") != p.Text {
		t.Error("the page tells which accounts exist")
	}
	r.post("/sign-in", "email", "Mira@example.org", "password", password, "next", "/settings").to(t, "/settings")
	first := r.cookies["tandem"]
	r.get("/settings").want(t, http.StatusOK)
	r.get("/sign-in").to(t, "/")

	r.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
	if r.cookies["tandem"] == first {
		t.Error("the session's secret stayed the same at sign-in")
	}
	old := s.stranger()
	old.cookies["tandem"] = first
	old.get("/settings").want(t, http.StatusSeeOther)

	r.post("/sign-out").to(t, "/sign-in")
	r.get("/settings").want(t, http.StatusSeeOther)
}

func TestAPlantedSessionIsNeverValid(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	r.cookies["tandem"] = strings.Repeat("a", 43)
	r.get("/settings").want(t, http.StatusSeeOther)
	r.cookies["tandem"] = strings.Repeat("a", 43)
	r.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
	if r.cookies["tandem"] == strings.Repeat("a", 43) {
		t.Error("the planted secret was taken over")
	}
}

func TestTooManyTriesAreToldWithTheWait(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	var last answer
	for range 12 {
		last = r.post("/sign-in", "email", "mira@example.org", "password", "not this one at all")
		if last.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	last.want(t, http.StatusTooManyRequests).Want("#errors", 1)
	wait, err := strconv.Atoi(last.Header.Get("Retry-After"))
	if err != nil || wait < 1 {
		t.Fatalf("Retry-After is %q", last.Header.Get("Retry-After"))
	}
	r.post("/sign-in", "email", "mira@example.org", "password", password).want(t, http.StatusTooManyRequests)
	s.Clock.Advance(time.Duration(wait) * time.Second)
	r.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
}

func TestOnlyTheButtonOfAOneTimeLinkSignsIn(t *testing.T) {
	s := newSite(t)
	l, err := s.AddPerson(t.Context(), policy.Local(), app.PersonInput{Email: "noor@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	r := s.stranger()
	for range 2 {
		p := r.get("/link/"+l.Secret).want(t, http.StatusOK)
		p.Want("form", 1)
		p.Want("form button", 1)
		if len(r.cookies) != 0 {
			t.Fatal("opening the link has signed in")
		}
	}
	r.post("/link/"+l.Secret).to(t, "/")
	r.get("/settings").want(t, http.StatusOK).WantText(".toast span", "Signed in. A password of your own is under Settings.")
	p := s.stranger().post("/link/"+l.Secret).want(t, http.StatusUnprocessableEntity)
	p.WantText("#errors li", "This link is not valid any more. Ask for a new one.")

	r.post("/settings/password", "old", "", "new", password).to(t, "/settings")
	r.get("/settings").want(t, http.StatusOK)
	s.stranger().post("/sign-in", "email", "noor@example.org", "password", password).to(t, "/")
}

func TestWhatWasTypedIsKeptWhenTheSessionEnded(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	lost := *r
	r.post("/sign-out").to(t, "/sign-in")

	text := `Boats "R" <us> & more`
	lost.cookies = map[string]string{}
	p := lost.post("/settings/people?space=1", "name", text, "tick", "a", "tick", "b").want(t, http.StatusOK)
	p.WantText("#errors li", "Your session has ended. Sign in again; what you typed is kept.")
	kept, path := p.One("input[name=kept]").Attr("value"), p.One("input[name=kept_path]").Attr("value")

	p = lost.post("/sign-in", "email", "mira@example.org", "password", "wrong wrong wrong", "kept", kept, "kept_path", path).want(t, http.StatusUnprocessableEntity)
	p.WantAttr("input[name=kept]", "value", kept)

	p = lost.post("/sign-in", "email", "mira@example.org", "password", password, "kept", kept, "kept_path", path).want(t, http.StatusOK)
	p.WantTexts("dl dd", text)
	p.WantAttr("main form", "action", "/settings/people?space=1")
	p.WantAttr("main form input[name=name]", "value", text)
	p.Want("main form input[name=tick]", 2)
	lost.post(p.One("main form").Attr("action"), "name", p.One("main form input[name=name]").Attr("value")).want(t, http.StatusSeeOther)
	lost.get("/settings/people").want(t, http.StatusOK).WantText("[aria-labelledby=teams] b", text)
}

func TestAPasswordIsNeverKept(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	p := r.post("/settings/password", "old", password, "new", "eight green boats at noon").want(t, http.StatusOK)
	p.Want("input[name=kept]", 0)
	p.Want("#errors", 0)
	if strings.Contains(p.Text, "boats") {
		t.Error("the password came back in the page")
	}
}

func TestAPartOfAPageLeadsTheWholeOneToTheSignIn(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	r.header.Set("HX-Request", "true")
	r.header.Set("HX-Current-URL", "http://localhost:8080/settings/tokens")
	if a := r.get("/settings").want(t, http.StatusOK); a.Header.Get("HX-Redirect") != "/sign-in?next=%2Fsettings%2Ftokens" {
		t.Errorf("leads to %q", a.Header.Get("HX-Redirect"))
	}
	a := r.post("/settings/people", "name", "Boats").want(t, http.StatusOK)
	if a.Header.Get("HX-Retarget") != "body" {
		t.Error("the sign-in page would land in a part of the page")
	}
	a.Want("input[name=kept]", 1)
}

func TestOnlyAPathOfThisHouseIsFollowed(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	for _, next := range hostileNext {
		a := r.get("/sign-in?next=" + urlQuery(next))
		if l := a.Header.Get("Location"); l != "/" {
			t.Errorf("next=%q leads to %q", next, l)
		}
		a = r.post("/sign-in", "email", "mira@example.org", "password", password, "next", next)
		if l := a.Header.Get("Location"); l != "/" {
			t.Errorf("next=%q leads to %q after signing in", next, l)
		}
		a = r.post("/appearance", "theme", "dark", "back", next)
		if l := a.Header.Get("Location"); l != "/" {
			t.Errorf("back=%q leads to %q", next, l)
		}
	}
}
