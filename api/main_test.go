package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"tandem/api"
	"tandem/app"
	"tandem/app/apptest"
	"tandem/policy"
	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// A site is the API behind a real listener, over a real database.
type site struct {
	*apptest.House
	t      *testing.T
	server *httptest.Server
	log    *bytes.Buffer // what the API logged as an error
}

func newSite(t *testing.T, change ...func(*api.Options)) *site {
	t.Helper()
	return siteOf(t, apptest.New(t), change...)
}

// siteOf opens the API over a house.
func siteOf(t *testing.T, h *apptest.House, change ...func(*api.Options)) *site {
	t.Helper()
	s := &site{House: h, t: t, log: &bytes.Buffer{}}
	o := api.Options{App: h.App, Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelError})), Now: h.Clock.Now, Version: "test", ChangesPerMinute: 1_000_000}
	for _, c := range change {
		c(&o)
	}
	s.server = httptest.NewServer(api.Handler(o))
	t.Cleanup(s.server.Close)
	return s
}

// person makes an account and gives its token with the rights.
func (s *site) person(email string, scopes ...string) string {
	s.t.Helper()
	if _, err := s.AddPerson(s.t.Context(), policy.Local(), app.PersonInput{Email: email, Name: strings.Split(email, "@")[0]}); err != nil {
		s.t.Fatal(err)
	}
	return s.token(email, scopes...)
}

func (s *site) token(email string, scopes ...string) string {
	s.t.Helper()
	if len(scopes) == 0 {
		scopes = []string{"all"}
	}
	m, err := s.CreateTokenFor(s.t.Context(), policy.Local(), email, app.TokenInput{Name: "test", Scopes: scopes})
	if err != nil {
		s.t.Fatal(err)
	}
	return m.Secret
}

// dump gives the whole database as text.
func (s *site) dump() string {
	s.t.Helper()
	var b bytes.Buffer
	if err := s.DB.DumpCanonical(s.t.Context(), &b); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// An answer is what came back, its JSON read.
type answer struct {
	t *testing.T
	*http.Response
	Text string
	JSON map[string]any
}

// send makes a request; pairs are header names and values, an empty value takes a header away.
func (s *site) send(token, method, path, body string, pairs ...string) answer {
	s.t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	q, err := http.NewRequestWithContext(s.t.Context(), method, s.server.URL+path, r)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
	}
	q.Header.Set("Accept-Language", "en")
	for i := 0; i+1 < len(pairs); i += 2 {
		if q.Header.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			q.Header.Del(pairs[i])
		}
	}
	w, err := s.server.Client().Do(q)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	a := answer{t: s.t, Response: w, Text: string(b)}
	if strings.Contains(w.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(b, &a.JSON); err != nil {
			s.t.Fatalf("%s %s: %v: %s", method, path, err, a.Text)
		}
	}
	return a
}

// want asks for a status and, where it is given, the words of the problem.
func (a answer) want(status int, detail ...string) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Fatalf("%s %s: status %d instead of %d: %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.Text)
	}
	for _, d := range detail {
		if got, _ := a.JSON["detail"].(string); got != d {
			a.t.Errorf("says %q instead of %q", got, d)
		}
	}
	return a
}

func (a answer) text(name string) string { s, _ := a.JSON[name].(string); return s }

func (a answer) id() string { return a.text("id") }

func (a answer) items() []any { l, _ := a.JSON["items"].([]any); return l }
