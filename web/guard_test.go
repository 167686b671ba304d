package web_test

import (
	"crypto/tls"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tandem/app"
	"tandem/store"
	"tandem/web"
)

func urlQuery(s string) string { return url.QueryEscape(s) }

// hostileNext are places that a redirect must never lead to.
var hostileNext = []string{
	"https://evil.invalid", "//evil.invalid", "///evil.invalid", "/\\evil.invalid", "\\\\evil.invalid", "/\t/evil.invalid", "/\n/evil.invalid",
	"javascript:alert(1)", "http:evil.invalid", "evil.invalid", " //evil.invalid", "/\r\nLocation: https://evil.invalid", "", ".", "..//evil.invalid",
	"/%09/\\evil.invalid\\", "https:/evil.invalid", "data:text/html,x", "ftp://evil.invalid", "@evil.invalid",
}

// addresses are pages that answer as they are, some for a person, some for none.
var addresses = []string{
	"/healthz", "/readyz", "/metrics", "/sign-in", "/link/x", "/join/x", "/welcome", "/keys", "/settings", "/settings/tokens", "/settings/people",
	"/settings/data", "/settings/about", "/no-such-page", "/settings/people/space_0000000000001", "/first-run", "/gallery",
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	s := newSite(t, func(o *web.Options) { o.Gallery = true })
	mira := s.setUp()
	for _, r := range []*reader{s.stranger(), mira} {
		for _, path := range addresses {
			a := r.get(path)
			for name, want := range map[string]string{
				"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
				"X-Content-Type-Options":       "nosniff",
				"Referrer-Policy":              "no-referrer",
				"Cross-Origin-Opener-Policy":   "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin",
				"Cache-Control":                "no-store",
				"Strict-Transport-Security":    "",
				"Access-Control-Allow-Origin":  "",
			} {
				if got := a.Header.Get(name); got != want {
					t.Errorf("%s: %s is %q instead of %q", path, name, got, want)
				}
			}
			if a.StatusCode >= 500 {
				t.Errorf("%s: %d", path, a.StatusCode)
			}
		}
	}
}

func TestOverPlainHTTPAFormStillSaysWhereItComesFrom(t *testing.T) {
	s := newSite(t)
	q := httptest.NewRequest(http.MethodGet, "/sign-in", nil)
	q.Host = "192.168.1.20:8080"
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, q)
	if got := w.Header().Get("Referrer-Policy"); got != "same-origin" {
		t.Errorf("Referrer-Policy is %q; browsers then send Origin: null and nobody in a home network could sign in", got)
	}
}

func TestNothingInAPageRunsOrStyles(t *testing.T) {
	s := newSite(t, func(o *web.Options) { o.Gallery = true })
	mira := s.setUp()
	handler := regexp.MustCompile(`(?i)\son[a-z]+\s*=|javascript:|\shx-on|\sjs:`)
	for _, r := range []*reader{s.stranger(), mira} {
		for _, path := range addresses {
			a := r.get(path)
			if a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
				continue
			}
			a.Want("[style]", 0)
			a.Want("style", 0)
			a.Want("script:not([src])", 0)
			if m := handler.FindString(a.Text); m != "" {
				t.Errorf("%s: %q", path, m)
			}
			if a.StatusCode == http.StatusOK || a.StatusCode == http.StatusNotFound {
				a.Want("html[lang=en]", 1)
				a.Want("head title", 1)
				a.Want("h1", 1)
				a.Want("main#main", 1)
				a.Want(".skip[href='#main']", 1)
			}
		}
	}
}

func TestEveryFieldHasItsLabelAndEveryIDIsOnce(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther)
	team := mira.get("/settings/people").One("[aria-labelledby=teams] a.btn").Attr("href")
	pages := append([]string{team}, addresses...)
	for _, path := range pages {
		a := mira.get(path)
		if a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			continue
		}
		seen := map[string]bool{}
		for _, e := range a.All("[id]") {
			if id := e.Attr("id"); seen[id] {
				t.Errorf("%s: the id %s stands twice", path, id)
			} else {
				seen[id] = true
			}
		}
		for _, e := range a.All("input.in, select.in, textarea.in") {
			if id := e.Attr("id"); e.Attr("aria-label") == "" && (id == "" || !a.Has("label[for='"+id+"']")) {
				t.Errorf("%s: a field without label: %s", path, e.Source())
			}
		}
	}
}

func TestAFormFromElsewhereHasNoEffect(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	for name, headers := range map[string]map[string]string{
		"another site":          {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.invalid"},
		"a sibling host":        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost:8080"},
		"old browser, Origin":   {"Origin": "https://evil.invalid"},
		"no origin at all":      {"Origin": "null"},
		"no headers, a session": {},
	} {
		for _, path := range []string{"/settings/people", "/settings/tokens", "/sign-out", "/settings", "/space", "/welcome", "/appearance"} {
			q := httptest.NewRequest(http.MethodPost, path, strings.NewReader("name=Evil&scopes=all&days=90"))
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for k, v := range headers {
				q.Header.Set(k, v)
			}
			a := r.send(q).want(t, http.StatusForbidden)
			a.WantText("main .flow p", "This form was sent from another site and was not accepted. Open Tandem and try again.")
			if name != "no headers, a session" && len(a.Cookies()) != 0 {
				t.Errorf("%s, %s: sets a cookie", name, path)
			}
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} { // a GET that says it were a POST
		q := httptest.NewRequest(method, "/sign-out?_method=POST", nil)
		q.Header.Set("X-HTTP-Method-Override", "POST")
		r.send(q).want(t, http.StatusNotFound)
	}
	q := httptest.NewRequest(http.MethodPost, "/settings/people", strings.NewReader(`{"name":"Evil"}`))
	q.Header.Set("Content-Type", "text/plain")
	q.Header.Set("Sec-Fetch-Site", "cross-site")
	r.send(q).want(t, http.StatusForbidden)
	p := r.get("/settings/people").want(t, http.StatusOK)
	p.Want("#teams", 0)
	r.get("/settings/tokens").want(t, http.StatusOK).Want("#tokens", 0)
}

func TestTheCookieIsBoundToTheHostOverHTTPS(t *testing.T) {
	s := newSite(t, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	s.setUp()
	in := func(name string, change func(*http.Request)) *http.Response {
		q := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader("email=mira@example.org&password="+urlQuery(password)))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.RemoteAddr = "192.0.2.9:1"
		change(q)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, q)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", name, w.Code)
		}
		return w.Result()
	}
	for name, c := range map[string]struct {
		change func(*http.Request)
		secure bool
	}{
		"plain http":                {func(*http.Request) {}, false},
		"https":                     {func(q *http.Request) { q.TLS = &tls.ConnectionState{} }, true},
		"https at a trusted proxy":  {func(q *http.Request) { q.RemoteAddr = "10.1.2.3:9"; q.Header.Set("X-Forwarded-Proto", "https") }, true},
		"somebody says it is https": {func(q *http.Request) { q.Header.Set("X-Forwarded-Proto", "https") }, false},
	} {
		a := in(name, c.change)
		k := a.Cookies()[0]
		if want := map[bool]string{true: "__Host-tandem", false: "tandem"}[c.secure]; k.Name != want || k.Secure != c.secure {
			t.Errorf("%s: the cookie is %s, secure %v", name, k.Name, k.Secure)
		}
		if !k.HttpOnly || k.Path != "/" || k.Domain != "" || k.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: %s", name, a.Header.Get("Set-Cookie"))
		}
		if (a.Header.Get("Strict-Transport-Security") != "") != c.secure {
			t.Errorf("%s: Strict-Transport-Security %q", name, a.Header.Get("Strict-Transport-Security"))
		}
	}
}

func TestAForgedAddressDoesNotGetAroundTheCounter(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	for i := range 150 { // one-time links are counted by the address alone
		r.header.Set("X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i))
		r.header.Set("X-Real-Ip", fmt.Sprintf("198.51.100.%d", i))
		if r.post("/link/guess").StatusCode == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("150 tries went through")
}

func TestHeadersOfOthersOpenNothing(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	for _, name := range []string{"X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Auth-Request-Email", "X-Webauth-User", "X-Forwarded-Email", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Host", "Forwarded"} {
		r.header.Set(name, "mira@example.org")
	}
	a := r.get("/settings")
	a.to(t, "/sign-in?next=%2Fsettings")
}

func TestWhatIsAbsentAndWhatIsHiddenLookTheSame(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	noor := s.as(s.Person(t, "Noor"))
	mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther)
	hidden := mira.get("/settings/people").One("[aria-labelledby=teams] a.btn").Attr("href")
	absent := hidden[:len(hidden)-6] + "ZZZZZZ"
	a, b := noor.get(hidden).want(t, http.StatusNotFound), noor.get(absent).want(t, http.StatusNotFound)
	if a.Text != b.Text {
		t.Errorf("hidden and absent differ:\n%s\n%s", a.Text, b.Text)
	}
	if c := noor.get("/settings/people/nonsense").want(t, http.StatusNotFound); c.Text != a.Text {
		t.Errorf("nonsense and hidden differ:\n%s\n%s", c.Text, a.Text)
	}
	for _, path := range []string{hidden, hidden + "/leave", hidden + "/invites", hidden + "/members/person_0000000000001/remove"} {
		x := noor.post(path, "name", "Mine", "version", "1", "role", "member", "days", "7").want(t, http.StatusNotFound)
		y := noor.post(strings.Replace(path, hidden, absent, 1), "name", "Mine", "version", "1", "role", "member", "days", "7").want(t, http.StatusNotFound)
		if x.Text != y.Text {
			t.Errorf("%s tells that the team exists", path)
		}
	}
}

func TestAFormThatIsTooLargeOrUnreadableIsRefused(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.post("/settings/people", "name", strings.Repeat("x", 70<<10)).want(t, http.StatusRequestEntityTooLarge).
		WantText("main .flow p", "What was entered is larger than 64 KiB. Shorten it and send again.")
	q := httptest.NewRequest(http.MethodPost, "/settings/people", strings.NewReader("name=%zz"))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	r.send(q).want(t, http.StatusBadRequest)
}

func TestPagesArePackedForWhoTakesIt(t *testing.T) {
	s := newSite(t)
	q := httptest.NewRequest(http.MethodGet, "/sign-in", nil)
	q.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	s.setUp()
	s.handler.ServeHTTP(w, q)
	if w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("headers %v", w.Header())
	}
	plain := s.stranger().get("/sign-in")
	if 3*len(plain.Text) < 5*w.Body.Len() {
		t.Errorf("packed %d bytes, plain %d", w.Body.Len(), len(plain.Text))
	}
}

func TestTheCountsAreForTheMachineItself(t *testing.T) {
	s := newSite(t)
	r := s.stranger()
	r.get("/metrics").want(t, http.StatusNotFound)
	r.addr = "127.0.0.1:9"
	a := r.get("/metrics").want(t, http.StatusOK)
	for _, name := range []string{"tandem_build_info{version=\"test\"} 1", "tandem_requests_total{status=\"4xx\"} 1", "tandem_request_seconds_count 1"} {
		if !strings.Contains(a.Text, name) {
			t.Errorf("no %s in:\n%s", name, a.Text)
		}
	}
	r.get("/healthz").want(t, http.StatusOK)
	r.get("/readyz").want(t, http.StatusOK)
}

func TestAServerWhoseDatabaseIsGoneIsNotReady(t *testing.T) {
	s := newSite(t, func(o *web.Options) {
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "other.db"), store.Options{Now: o.Now, Rand: rand.Uint64})
		if err != nil {
			t.Fatal(err)
		}
		gone := *o.App
		gone.Store = app.Over(db)
		o.App = &gone
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
	r := s.stranger()
	r.get("/healthz").want(t, http.StatusOK)
	r.get("/readyz").want(t, http.StatusServiceUnavailable)
	p := r.get("/settings")
	if p.StatusCode < 500 || p.Header.Get("Retry-After") == "" && p.StatusCode == http.StatusServiceUnavailable {
		t.Errorf("%d with Retry-After %q", p.StatusCode, p.Header.Get("Retry-After"))
	}
	p.WantText("h1", "This page did not load, and nothing was lost")
	p.Want("details .mono", 1)
}
