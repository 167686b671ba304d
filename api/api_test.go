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

// A site is the API over a real database.
type site struct {
	*apptest.House
	t       *testing.T
	handler http.Handler
}

func newSite(t *testing.T) *site {
	t.Helper()
	h := apptest.New(t)
	return &site{House: h, t: t, handler: api.Handler(api.Options{App: h.App, Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now, Version: "test", ChangesPerMinute: 100_000})}
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

// An answer is what came back, its JSON read.
type answer struct {
	t *testing.T
	*http.Response
	Text string
	JSON map[string]any
}

// send makes a request; pairs are header names and values.
func (s *site) send(token, method, path, body string, pairs ...string) answer {
	s.t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	q := httptest.NewRequest(method, path, r)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
	}
	q.Header.Set("Accept-Language", "en")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Header.Set(pairs[i], pairs[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, q)
	a := answer{t: s.t, Response: w.Result(), Text: w.Body.String()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &a.JSON); err != nil {
			s.t.Fatalf("%v: %s", err, a.Text)
		}
	}
	return a
}

// want asks for a status and, where it is given, the words of the problem.
func (a answer) want(status int, detail ...string) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Fatalf("status %d instead of %d: %s", a.StatusCode, status, a.Text)
	}
	for _, d := range detail {
		if got, _ := a.JSON["detail"].(string); got != d {
			a.t.Errorf("says %q instead of %q", got, d)
		}
	}
	return a
}

func (a answer) id() string { s, _ := a.JSON["id"].(string); return s }

const goals = "/api/v1/goals"

const someGoal = `{"kind":"performance","title":"20 sales","deadline":"2026-12-31","target":20,"number":{"name":"Sales","form":"total"}}`

func TestTheMainJobOverTheAPI(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	pair := s.send(tok, "POST", "/api/v1/pairs", `{"result":`+someGoal+`,"learning":{"kind":"learning","title":"Ask before I show"}}`).want(201)
	result := pair.JSON["result"].(map[string]any)
	learning := pair.JSON["learning"].(map[string]any)["id"].(string)
	metric := result["metric"].(string)
	tech := s.send(tok, "POST", "/api/v1/techniques", `{"name":"The pause","goal":"`+learning+`"}`).want(201)
	for range 6 {
		s.send(tok, "POST", "/api/v1/metrics/"+metric+"/observations", `{"value":1,"techniques":["`+tech.id()+`"]}`).want(201)
		s.Clock.AdvanceDays(1)
	}
	f := s.send(tok, "GET", goals+"/"+result["id"].(string)+"/forecast", "").want(200)
	if f.JSON["chance"] == nil || f.JSON["now"] != 6.0 {
		t.Errorf("the forecast is %s", f.Text)
	}
	s.send(tok, "POST", goals+"/"+learning+"/practice", `{"minutes":10,"reflection":"They talk more."}`).want(201)
	s.send(tok, "POST", "/api/v1/log", `{"text":"Sales 2 2026-11-20 two walk-ins"}`).want(201)
	s.send(tok, "POST", "/api/v1/log", `{"text":"sold two"}`).want(422)
	today := s.send(tok, "GET", "/api/v1/today", "").want(200)
	if items := today.JSON["items"].([]any); len(items) < 2 {
		t.Errorf("today has %s", today.Text)
	}
	list := s.send(tok, "GET", goals+"?sort=title", "").want(200)
	if n := len(list.JSON["items"].([]any)); n != 2 {
		t.Errorf("%d goals are listed", n)
	}
	page := s.send(tok, "GET", "/api/v1/metrics/"+metric+"/observations?limit=3", "").want(200)
	if n := len(page.JSON["items"].([]any)); n != 3 || page.JSON["next"] == "" {
		t.Errorf("a page of three has %d", n)
	}
	s.send(tok, "POST", goals+"/"+result["id"].(string)+"/closing", `{"version":0,"finish":true,"next":"let_go"}`).want(200)
}

func TestBadInputOverTheAPI(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	goal := s.send(tok, "POST", goals, someGoal).want(201)
	learn := s.send(tok, "POST", goals, `{"kind":"learning","title":"Ask before I show"}`).want(201)
	other := s.person("noor@example.org")
	for _, c := range []struct {
		row, method, path, body string
		header                  []string
		status                  int
		detail                  string
	}{
		{"row 1: empty body", "POST", goals, "", nil, 400, "The request has no body. Send a JSON object."},
		{"row 2: a list", "POST", goals, `[]`, nil, 400, "Send one JSON object, not a list."},
		{"row 2: null", "POST", goals, `null`, nil, 400, "Send one JSON object, not null."},
		{"row 3: a key twice", "POST", goals, `{"title":"a","title":"b"}`, nil, 400, "The field title appears twice."},
		{"row 4: wrong case", "POST", goals, `{"Title":"a"}`, nil, 400, "Unknown field Title. Did you mean title?"},
		{"row 4: read-only", "PATCH", goals + "/" + goal.id(), `{"version":3}`, []string{"If-Match", `"1"`}, 422, "version cannot be set here."},
		{"row 5: a second document", "POST", goals, `{"title":"a"}{}`, nil, 400, "There is text after the end of the JSON object."},
		{"row 6: bad UTF-8", "POST", goals, "{\"title\":\"a\xff\"}", nil, 400, "The text is not valid UTF-8 (byte 12)."},
		{"row 7: a control character", "POST", goals, `{"kind":"learning","title":"abc\u0000"}`, nil, 422, "title contains a control character (position 4)."},
		{"row 8: depth", "POST", goals, `{"levels":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}`, nil, 400, "The JSON is nested too deeply (limit 32)."},
		{"row 9: 1e400", "POST", goals, `{"target":1e400}`, nil, 422, "target must be a number between -1e15 and 1e15."},
		{"row 10: target = baseline", "POST", goals, `{"kind":"performance","title":"a","deadline":"2026-12-31","target":10,"baseline":10,"number":{"name":"n"}}`, nil, 422,
			"target equals baseline (10). Set a target that differs, or make this a learning goal."},
		{"row 11: learning with target", "POST", goals, `{"kind":"learning","title":"a","target":3}`, nil, 422,
			"A learning goal has no target. To collect things learned use a `collection`; to reach a number, make a result and link this goal to it."},
		{"row 11: learning changed to have a deadline", "PATCH", goals + "/" + learn.id(), `{"deadline":"2027-01-01"}`, []string{"If-Match", `"1"`}, 422, "A learning goal has no end date; it goes on."},
		{"row 13: content type", "POST", goals, `{}`, []string{"Content-Type", "text/plain"}, 415, "Send Content-Type: application/json."},
		{"row 14: 1 MiB", "POST", goals, `{"title":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "The body is larger than 1 MiB."},
		{"row 15: no If-Match", "PATCH", goals + "/" + goal.id(), `{"title":"b"}`, nil, 428, "Send If-Match with the version you read."},
		{"row 17: nonsense id", "GET", goals + "/goal_nonsense", "", nil, 404, "No such goal, or you cannot see it."},
		{"row 20: limit", "GET", goals + "?limit=1000000", "", nil, 422, "limit is 1–200."},
		{"row 20: sort", "GET", goals + "?sort=password_hash", "", nil, 422, "Sort by one of: title, deadline, updated."},
	} {
		t.Run(c.row, func(t *testing.T) {
			a := s.send(tok, c.method, c.path, c.body, c.header...)
			a.t = t
			a.want(c.status, c.detail)
		})
	}
	hidden := s.send(other, "GET", goals+"/"+goal.id(), "").want(404)
	absent := s.send(other, "GET", goals+"/goal_0000000000001", "").want(404)
	if hidden.Text != absent.Text {
		t.Errorf("hidden %q and absent %q differ", hidden.Text, absent.Text)
	}
}

func TestStaleChangesAreToldWithTheVersion(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	g := s.send(tok, "POST", goals, someGoal).want(201)
	if g.Header.Get("ETag") != `"1"` {
		t.Errorf("ETag %q", g.Header.Get("ETag"))
	}
	s.send(tok, "PATCH", goals+"/"+g.id(), `{"title":"21 sales"}`, "If-Match", `"1"`).want(200)
	a := s.send(tok, "PATCH", goals+"/"+g.id(), `{"title":"22 sales"}`, "If-Match", `"1"`).want(412)
	if d := a.JSON["detail"].(string); !strings.Contains(d, "current version is 2") {
		t.Errorf("says %q", d)
	}
}

func TestARepeatedKeyDoesNothingTwice(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	first := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	again := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	if first.Text != again.Text {
		t.Errorf("the repeat answers %s", again.Text)
	}
	s.send(tok, "POST", goals, strings.Replace(someGoal, "20 sales", "30 sales", 1), "Idempotency-Key", "k-1").want(422, "This key was used for a different request.")
	list := s.send(tok, "GET", goals, "").want(200)
	if n := len(list.JSON["items"].([]any)); n != 1 {
		t.Errorf("%d goals stand", n)
	}
}

func TestTokensAreAskedForAndLimited(t *testing.T) {
	s := newSite(t)
	s.person("mira@example.org")
	s.send("", "GET", goals, "").want(401)
	s.send("tandem_wrong", "GET", goals, "").want(401)
	s.send("", "GET", goals+"?token=x", "").want(400, "Send the token in the Authorization header.")
	reader := s.token("mira@example.org", "read:goals")
	s.send(reader, "GET", goals, "").want(200)
	a := s.send(reader, "POST", goals, someGoal).want(403)
	if d := a.JSON["detail"].(string); !strings.Contains(d, "write:goals") {
		t.Errorf("says %q", d)
	}
	s.Clock.AdvanceDays(100)
	a = s.send(reader, "GET", goals, "").want(401)
	if d := a.JSON["detail"].(string); !strings.HasPrefix(d, "Token expired on 2027-") {
		t.Errorf("says %q", d)
	}
}

func TestBulkRowsHaveTheirResults(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	m := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Weight","unit":"kg","lo":20}`).want(201)
	a := s.send(tok, "POST", "/api/v1/metrics/"+m.id()+"/observations/bulk", `{"rows":[{"value":80,"day":"2026-11-01"},{"value":3},{"day":"2026-11-02","state":"skip"},{"value":79,"day":"2027-01-01"}]}`).want(200)
	if a.JSON["logged"] != 2.0 || a.JSON["refused"] != 2.0 {
		t.Errorf("answers %s", a.Text)
	}
}

func TestImportOverTheAPI(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	csv := "goal,date,value\nSales,2026-11-18,2\nSales,2026-11-19,1\n"
	a := s.send(tok, "POST", "/api/v1/imports/csv?file=sales.csv&dry_run=true", csv, "Content-Type", "text/csv").want(200)
	if a.JSON["added"] != 2.0 {
		t.Errorf("a dry run answers %s", a.Text)
	}
	a = s.send(tok, "POST", "/api/v1/imports/csv?file=sales.csv", csv, "Content-Type", "text/csv").want(200)
	s.send(tok, "POST", "/api/v1/imports/"+a.id()+"/undo", "").want(200)
}

func TestTheDocumentNamesEveryOperationOnce(t *testing.T) {
	b, err := json.Marshal(api.Document("test"))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte(`"operationId":"log-observation"`)); n != 1 {
		t.Errorf("log-observation stands %d times", n)
	}
	seen := map[string]bool{}
	var d struct {
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	for path, methods := range d.Paths {
		for m, op := range methods {
			if op.OperationID == "" || seen[op.OperationID] {
				t.Errorf("%s %s: id %q", m, path, op.OperationID)
			}
			seen[op.OperationID] = true
		}
	}
	if len(seen) < 60 {
		t.Errorf("%d operations", len(seen))
	}
}
