package client_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tandem/client"
)

// A script answers requests one after the other and keeps what was asked.
type script struct {
	answers []func(http.ResponseWriter)
	asked   []*http.Request
	bodies  []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.asked, s.bodies = append(s.asked, r), append(s.bodies, string(b))
	s.answers[min(len(s.asked), len(s.answers))-1](w)
}

func says(status int, kind, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func start(t *testing.T, answers ...func(http.ResponseWriter)) (*script, *client.Client) {
	s := &script{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, &client.Client{URL: server.URL, Token: "secret"}
}

func TestARefusalIsToldInTheServersWords(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(http.ResponseWriter)
		words  string
		code   int
	}{
		{"one reason", says(422, "application/problem+json", `{"detail":"Give the goal a title.","errors":[{"field":"title","detail":"Give the goal a title."}]}`), "Give the goal a title.", 3},
		{"several reasons", says(422, "application/problem+json", `{"detail":"One.","errors":[{"detail":"One."},{"detail":"Two."}]}`), "One. Two.", 3},
		{"not signed in", says(401, "application/problem+json", `{"detail":"This token is not valid."}`), "This token is not valid.", 3},
		{"too many", says(429, "application/problem+json", `{"detail":"Too many changes."}`), "Too many changes.", 4},
		{"busy", says(503, "application/problem+json", `{"detail":"The disk is full."}`), "The disk is full.", 4},
		{"a fault", says(500, "application/problem+json", `{"detail":"Something went wrong."}`), "Something went wrong.", 1},
		{"a proxy's page", says(502, "text/html", "<h1>Bad gateway</h1>"), "The server answered 502 Bad Gateway.", 1},
		{"another program", says(200, "text/html", "<h1>Welcome</h1>"), "is no Tandem", 3},
	} {
		_, cl := start(t, c.answer)
		_, err := cl.Today(t.Context())
		var e *client.Error
		if !errors.As(err, &e) || !strings.Contains(e.Error(), c.words) || e.ExitCode() != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestEveryPageOfAListIsRead(t *testing.T) {
	s, cl := start(t, says(200, "application/json", `{"items":[{"result":{"title":"a"}}],"next":"more"}`), says(200, "application/json", `{"items":[{"learning":{"title":"b"}}]}`))
	all, err := cl.Goals(t.Context())
	if err != nil || len(all) != 2 || all[0].Head().Title != "a" || all[1].Head().Title != "b" {
		t.Errorf("read %+v, %v", all, err)
	}
	if q := s.asked[1].URL.Query(); q.Get("next") != "more" || q.Get("limit") != "200" {
		t.Errorf("the second page was asked for by %s", s.asked[1].URL)
	}
}

func TestARequestCarriesTokenLanguageAndKey(t *testing.T) {
	s, cl := start(t, says(201, "application/json", `{}`), says(201, "application/json", `{}`), says(200, "application/zip", "PK"))
	cl.Lang = "de"
	for range 2 {
		if _, err := cl.Log(t.Context(), "Sales 3", nil); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := cl.Export(t.Context(), &file); err != nil || file.String() != "PK" {
		t.Errorf("the file is %q, %v", &file, err)
	}
	first, second, third := s.asked[0].Header, s.asked[1].Header, s.asked[2].Header
	if first.Get("Authorization") != "Bearer secret" || first.Get("Accept-Language") != "de" || s.bodies[0] != `{"text":"Sales 3"}` {
		t.Errorf("asked with %v %s", first, s.bodies[0])
	}
	if k := first.Get("Idempotency-Key"); len(k) < 20 || k == second.Get("Idempotency-Key") || third.Get("Idempotency-Key") != "" {
		t.Error("a change has a key of its own, a look has none")
	}
}
