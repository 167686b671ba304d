package web_test

import (
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/app"
	"tandem/policy"
	"tandem/tandemtest"
)

// TestLookAtTheDoorAndTheSettings walks the pages around the goals in a real browser, in both themes and
// at three widths, and, with TANDEM_TEST_SCREENS naming a folder, keeps pictures.
func TestLookAtTheDoorAndTheSettings(t *testing.T) {
	s := newSite(t)
	live := httptest.NewServer(s.handler)
	defer live.Close()
	code, err := s.PrepareSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := tandemtest.Browser(t, tandemtest.Complaints()) // a form that comes back with 422 is one
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name string) {
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"390-dark", 390, 844, true}, {"320", 320, 700, false}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(500 * time.Millisecond) // colours pass over in a moment
			b.WantNoSidewaysScroll()
			if w.width > 320 {
				b.Axe()
			}
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	b.Open(live.URL + "/first-run")
	look("first-run")
	b.Fill("#f-code", code)
	b.Fill("#f-name", "Mira")
	b.Fill("#f-email", "mira@example.org")
	b.Fill("#f-password", "password1234567")
	b.Click("button.pri")
	b.Settle()
	look("first-run-problem")
	b.Fill("#f-password", password)
	b.Click("button.pri")
	b.Settle()
	look("welcome")
	b.Open(live.URL + "/settings/people")
	look("people")
	b.Fill("#f-name", "Harbour Bikes")
	b.Click("button.pri")
	b.Settle()
	b.Click("form[action$='/invites'] button")
	b.Settle()
	look("team")
	join := b.Page().One("#link").Text()
	b.Open(live.URL + "/settings/tokens")
	look("tokens")
	b.Fill("#f-name", "laptop")
	b.Click("label:has(input[value='read:goals'])")
	b.Click("form[action='/settings/tokens'] button.pri")
	b.Settle()
	look("token-made")
	for _, page := range []string{"/settings", "/settings/data", "/settings/about", "/keys", "/no-such-page"} {
		b.Open(live.URL + page)
		look(strings.ReplaceAll(page[1:], "/", "-"))
	}
	l, err := s.AddPerson(t.Context(), policy.Local(), app.PersonInput{Email: "noor@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	other := b.Beside(tandemtest.Complaints())
	b = other
	for name, page := range map[string]string{"join": join[strings.Index(join, "/join/"):], "link": "/link/" + l.Secret, "sign-in": "/sign-in?next=%2Fgoals", "invitation-ended": "/join/x"} {
		b.Open(live.URL + page)
		look(name)
	}
}

// In a home network there is no https, browsers then say nothing but the origin of a form, and that only
// while the page's referrer is not forbidden altogether.
func TestSigningInWorksOverPlainHTTPFromAnotherMachine(t *testing.T) {
	s := newSite(t)
	s.setUp()
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	live := httptest.NewUnstartedServer(s.handler)
	live.Listener.Close()
	live.Listener = l
	live.Start()
	defer live.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, noJS := range []bool{false, true} {
		b := tandemtest.Browser(t, tandemtest.Complaints()) // it complains that http is no https
		b.JavaScript(!noJS)
		b.Open("http://" + outside() + ":" + port + "/sign-in?next=%2Fsettings")
		b.Fill("#f-email", "mira@example.org")
		b.Fill("#f-password", password)
		b.Click("button.pri")
		b.Settle()
		if got := b.Page().One("h1").Text(); got != "Settings" {
			t.Fatalf("without a script %v: the page after signing in is %q", noJS, got)
		}
	}
}

// outside gives an address of this machine that browsers do not take for the machine itself.
func outside() string {
	addrs, err := net.InterfaceAddrs()
	if err == nil {
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() {
				return n.IP.String()
			}
		}
	}
	return "0.0.0.0"
}
