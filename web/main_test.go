package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	_ "time/tzdata"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/tandemtest"
	"tandem/web"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// A site is the pages over real use cases on a real database.
type site struct {
	*apptest.House
	t       *testing.T
	handler http.Handler
	opt     web.Options
}

// newSite opens a fresh one, over plain http.
func newSite(t *testing.T, change ...func(*web.Options)) *site {
	t.Helper()
	h := apptest.New(t)
	o := web.Options{App: h.App, Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now, Version: "test"}
	for _, f := range change {
		f(&o)
	}
	return &site{House: h, t: t, handler: web.Handler(o), opt: o}
}

// A reader is somebody's browser: it keeps cookies and says where its forms come from.
type reader struct {
	*site
	cookies map[string]string
	header  http.Header
	addr    string
}

// stranger is a browser in which nobody is signed in.
func (s *site) stranger() *reader {
	return &reader{site: s, cookies: map[string]string{}, header: http.Header{"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}}, addr: "192.0.2.1:4711"}
}

// as is a browser in which somebody is signed in.
func (s *site) as(in app.SignedIn) *reader {
	r := s.stranger()
	r.cookies["tandem"] = in.Secret
	return r
}

// An answer is what came back, its body read, as a page where it is one.
type answer struct {
	tandemtest.Page
	*http.Response
	Text string
}

func (r *reader) get(path string) answer {
	r.t.Helper()
	return r.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form of name, value, name, value …
func (r *reader) post(path string, pairs ...string) answer {
	r.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	q := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	return r.send(q)
}

func (r *reader) send(q *http.Request) answer {
	r.t.Helper()
	q.Host, q.RemoteAddr = "localhost:8080", r.addr
	for k, v := range r.header {
		q.Header[k] = v
	}
	for name, value := range r.cookies {
		q.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, q)
	a := answer{Response: w.Result()}
	b, err := io.ReadAll(a.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	a.Text = string(b)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		a.Page = tandemtest.HTML(r.t, a.Text)
	}
	for _, k := range a.Cookies() {
		if k.MaxAge < 0 {
			delete(r.cookies, k.Name)
		} else {
			r.cookies[k.Name] = k.Value
		}
	}
	return a
}

// want ends the test unless the answer has that status.
func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("got %d %s instead of %d: %.600s", a.StatusCode, a.Header.Get("Location"), status, a.Text)
	}
	return a
}

// to ends the test unless the answer leads there.
func (a answer) to(t *testing.T, location string) answer {
	t.Helper()
	a.want(t, http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != location {
		t.Fatalf("leads to %q instead of %q", got, location)
	}
	return a
}

const password = "seven green boats at noon"

// setUp makes the first account of a fresh site, Mira's, and gives her browser.
func (s *site) setUp() *reader {
	s.t.Helper()
	code, err := s.PrepareSetup(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	r := s.stranger()
	r.post("/first-run", "code", code, "name", "Mira", "email", "mira@example.org", "password", password, "zone", "Europe/Berlin").to(s.t, "/welcome")
	return r
}

// today is the site's present day in Mira's zone.
func (s *site) today() tandem.Day {
	return tandem.DayOf(s.Clock.Now(), tandem.Zone("Europe/Berlin"), 0)
}
