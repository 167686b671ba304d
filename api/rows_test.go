package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem/api"
)

// Bad input and the reply that each must get, row by row of the reliability page.

func TestBadInputRows(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	goal := s.send(tok, "POST", goals, someGoal).want(201)
	learn := s.send(tok, "POST", goals, `{"kind":"learning","title":"Ask before I show"}`).want(201)
	one := []string{"If-Match", `"1"`}
	for _, c := range []struct {
		row, method, path, body string
		header                  []string
		status                  int
		detail                  string
	}{
		{"row 1: empty body", "POST", goals, "", nil, 400, "The request has no body. Send a JSON object."},
		{"row 1: empty body with a key", "POST", goals, "", []string{"Idempotency-Key", "k"}, 400, "The request has no body. Send a JSON object."},
		{"row 2: a list", "POST", goals, `[]`, nil, 400, "Send one JSON object, not a list."},
		{"row 2: null", "POST", goals, `null`, nil, 400, "Send one JSON object, not null."},
		{"row 3: a key twice", "POST", goals, `{"title":"a","title":"b"}`, nil, 400, "The field title appears twice."},
		{"row 4: wrong case", "POST", goals, `{"Title":"a"}`, nil, 400, "Unknown field Title. Did you mean title?"},
		{"row 4: read-only", "PATCH", goals + "/" + goal.id(), `{"version":3}`, one, 422, "version cannot be set here."},
		{"row 5: a second document", "POST", goals, `{"title":"a"}{}`, nil, 400, "There is text after the end of the JSON object."},
		{"row 6: bad UTF-8", "POST", goals, "{\"title\":\"a\xff\"}", nil, 400, "The text is not valid UTF-8 (byte 12)."},
		{"row 6: half a character", "POST", goals, `{"title":"a\ud800"}`, nil, 400, ""},
		{"row 7: a control character", "POST", goals, `{"kind":"learning","title":"abc\u0000"}`, nil, 422, "title contains a control character (position 4)."},
		{"row 8: depth", "POST", goals, `{"levels":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}`, nil, 400, "The JSON is nested too deeply (limit 32)."},
		{"row 9: 1e400", "POST", goals, `{"target":1e400}`, nil, 422, "target must be a number between -1e15 and 1e15."},
		{"row 9: 5,000 digits", "POST", goals, `{"target":` + strings.Repeat("9", 5000) + `}`, nil, 422, "target must be a number between -1e15 and 1e15."},
		{"row 10: target = baseline", "POST", goals, `{"kind":"performance","title":"a","deadline":"2026-12-31","target":10,"baseline":10,"number":{"name":"n"}}`, nil, 422,
			"target equals baseline (10). Set a target that differs, or make this a learning goal."},
		{"row 11: learning with target", "POST", goals, `{"kind":"learning","title":"a","target":3}`, nil, 422,
			"A learning goal has no target. To collect things learned use a `collection`; to reach a number, make a result and link this goal to it."},
		{"row 11: learning changed to have a deadline", "PATCH", goals + "/" + learn.id(), `{"deadline":"2027-01-01"}`, one, 422, "A learning goal has no end date; it goes on."},
		{"row 11: learning changed to have a target", "PATCH", goals + "/" + learn.id(), `{"target":0}`, one, 422,
			"A learning goal has no target. To collect things learned use a `collection`; to reach a number, make a result and link this goal to it."},
		{"row 13: content type", "POST", goals, `{}`, []string{"Content-Type", "text/plain"}, 415, "Send Content-Type: application/json."},
		{"row 13: no content type", "POST", goals, `{}`, []string{"Content-Type", ""}, 415, "Send Content-Type: application/json."},
		{"row 14: 1 MiB", "POST", goals, `{"title":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "The body is larger than 1 MiB."},
		{"row 14: 1 MiB with a key", "POST", goals, `{"title":"` + strings.Repeat("x", 1<<20) + `"}`, []string{"Idempotency-Key", "k"}, 413, "The body is larger than 1 MiB."},
		{"row 15: no If-Match", "PATCH", goals + "/" + goal.id(), `{"title":"b"}`, nil, 428, "Send If-Match with the version you read."},
		{"row 17: nonsense id", "GET", goals + "/goal_nonsense", "", nil, 404, "No such goal, or you cannot see it."},
		{"row 20: limit", "GET", goals + "?limit=1000000", "", nil, 422, "limit is 1–200."},
		{"row 20: limit zero", "GET", goals + "?limit=0", "", nil, 422, "limit is 1–200."},
		{"row 20: sort", "GET", goals + "?sort=password_hash", "", nil, 422, "Sort by one of: title, deadline, updated."},
	} {
		t.Run(c.row, func(t *testing.T) {
			before := s.dump()
			a := s.send(tok, c.method, c.path, c.body, c.header...)
			a.t = t
			a.want(c.status)
			if c.detail != "" {
				a.want(c.status, c.detail)
			}
			if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("the type is %q", got)
			}
			if a.text("type") == "" || a.text("title") == "" || len(a.JSON["errors"].([]any)) == 0 {
				t.Errorf("the problem is %s", a.Text)
			}
			if s.dump() != before {
				t.Error("something was kept")
			}
		})
	}
}

func TestRow11SeveralFieldsAreToldAtOnce(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	a := s.send(tok, "POST", goals, `{"kind":"learning","title":"","target":3,"deadline":"2026-12-31","stretch":4}`).want(422)
	told := map[string]bool{}
	for _, e := range a.JSON["errors"].([]any) {
		told[e.(map[string]any)["field"].(string)] = true
	}
	for _, field := range []string{"title", "target", "deadline", "stretch"} {
		if !told[field] {
			t.Errorf("%s is not told: %s", field, a.Text)
		}
	}
}

func TestRow13To20SpeakTheAskersLanguage(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	s.send(tok, "POST", goals, "", "Accept-Language", "de-AT, en;q=0.5").want(400, "Die Anfrage hat keinen Inhalt. Sende ein JSON-Objekt.")
	me := s.send(tok, "GET", "/api/v1/me", "").want(200)
	s.send(tok, "PATCH", "/api/v1/me", `{"lang":"de"}`, "If-Match", me.Header.Get("ETag")).want(200)
	s.send(tok, "POST", goals, "", "Accept-Language", "").want(400, "Die Anfrage hat keinen Inhalt. Sende ein JSON-Objekt.")
}

func TestRow15StaleChangesAreToldWithTheVersion(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	g := s.send(tok, "POST", goals, someGoal).want(201)
	if g.Header.Get("ETag") != `"1"` {
		t.Errorf("ETag %q", g.Header.Get("ETag"))
	}
	s.send(tok, "PATCH", goals+"/"+g.id(), `{"title":"21 sales"}`, "If-Match", `"1"`).want(200)
	s.Clock.Advance(2 * time.Minute)
	a := s.send(tok, "PATCH", goals+"/"+g.id(), `{"title":"22 sales"}`, "If-Match", `"1"`).want(412, "Changed by mira 2 min ago; current version is 2.")
	if a.Header.Get("ETag") != `"2"` {
		t.Errorf("ETag of what stands is %q", a.Header.Get("ETag"))
	}
	s.send(tok, "PATCH", goals+"/"+g.id(), `{"title":"22 sales"}`, "If-Match", `"two"`).want(412)
	s.send(tok, "POST", goals+"/"+g.id()+"/moves", `{"move":"pause"}`, "If-Match", `"1"`).want(412)
	s.send(tok, "POST", goals+"/"+g.id()+"/moves", `{"move":"pause"}`, "If-Match", `"2"`).want(200)
	s.send(tok, "POST", goals+"/"+g.id()+"/moves", `{"move":"resume"}`).want(200)

	metric := "/api/v1/metrics/" + g.text("metric")
	s.send(tok, "PATCH", metric, `{"unit":"pieces"}`, "If-Match", `"1"`).want(200)
	s.send(tok, "PATCH", metric, `{"unit":"pc"}`, "If-Match", `"1"`).want(412, "Changed since you read it; current version is 2.")
	v := s.send(tok, "POST", metric+"/observations", `{"value":1}`).want(201)
	at := metric + "/observations/" + v.text("at")
	s.send(tok, "PATCH", at, `{"value":2}`).want(428)
	edited := s.send(tok, "PATCH", at, `{"value":2}`, "If-Match", v.Header.Get("ETag")).want(200)
	stale := s.send(tok, "PATCH", at, `{"value":3}`, "If-Match", v.Header.Get("ETag")).want(412)
	if tag := stale.Header.Get("ETag"); tag != edited.Header.Get("ETag") || tag == v.Header.Get("ETag") {
		t.Errorf("ETags: %q, then %q, told as %q", v.Header.Get("ETag"), edited.Header.Get("ETag"), tag)
	}
	if got := s.send(tok, "GET", at, "").want(200); got.JSON["value"] != 2.0 {
		t.Errorf("the value is %s", got.Text)
	}
}

func TestRow16ARepeatedKeyDoesNothingTwice(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	first := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	again := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	if first.Text != again.Text || first.Header.Get("ETag") != again.Header.Get("ETag") || first.Header.Get("Content-Type") != again.Header.Get("Content-Type") {
		t.Errorf("the repeat answers %v %s", again.Header, again.Text)
	}
	s.send(tok, "POST", goals, strings.Replace(someGoal, "20 sales", "30 sales", 1), "Idempotency-Key", "k-1").want(422, "This key was used for a different request.")
	if n := len(s.send(tok, "GET", goals, "").want(200).items()); n != 1 {
		t.Errorf("%d goals stand", n)
	}
	other := s.person("noor@example.org")
	if got := s.send(other, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201); got.id() == first.id() {
		t.Error("another person's key gave an answer")
	}
	path := "/api/v1/metrics/" + first.text("metric") + "/observations"
	v := s.send(tok, "POST", path, `{"value":3}`, "Idempotency-Key", "k-2").want(201)
	w := s.send(tok, "POST", path, `{"value":3}`, "Idempotency-Key", "k-2").want(201)
	if v.Text != w.Text || v.Header.Get("ETag") != w.Header.Get("ETag") {
		t.Errorf("the repeat of a value answers %s %s", w.Header.Get("ETag"), w.Text)
	}
	s.send(tok, "POST", path, `{"value":"x"}`, "Idempotency-Key", "k-3").want(422)
	s.send(tok, "POST", path, `{"value":4}`, "Idempotency-Key", "k-3").want(201) // what was refused did not use the key up
	s.send(tok, "POST", path, `{"value":4}`, "Idempotency-Key", "with space").want(422)
	s.send(tok, "POST", path, `{"value":4}`, "Idempotency-Key", strings.Repeat("k", 201)).want(422)
	s.send(tok, "POST", path, `{"value":4}`, "Idempotency-Key", "k\xff").want(422)
}

func TestRow16TwentyAtOnceDoItOnce(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	m := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Sales","form":"total"}`).want(201)
	path := "/api/v1/metrics/" + m.id() + "/observations"
	statuses := make(chan int, 20)
	for range cap(statuses) {
		go func() { statuses <- s.send(tok, "POST", path, `{"value":1}`, "Idempotency-Key", "same").StatusCode }()
	}
	for range cap(statuses) {
		if st := <-statuses; st != 201 && st != 409 {
			t.Errorf("status %d", st)
		}
	}
	if n := len(s.send(tok, "GET", path, "").want(200).items()); n != 1 {
		t.Errorf("%d values stand", n)
	}
}

func TestNothingSecretIsKeptForARepeat(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	made := s.send(tok, "POST", "/api/v1/tokens", `{"name":"shell","scopes":["read:goals"]}`, "Idempotency-Key", "t").want(201)
	secret := made.text("secret")
	if !strings.HasPrefix(secret, "tandem_") {
		t.Fatalf("made %s", made.Text)
	}
	again := s.send(tok, "POST", "/api/v1/tokens", `{"name":"shell","scopes":["read:goals"]}`, "Idempotency-Key", "t").want(201)
	if again.id() != made.id() || again.JSON["secret"] != nil {
		t.Errorf("the repeat answers %s", again.Text)
	}
	team := s.send(tok, "POST", "/api/v1/workspaces", `{"name":"Team"}`).want(201)
	invite := s.send(tok, "POST", "/api/v1/workspaces/"+team.id()+"/invites", `{}`, "Idempotency-Key", "i").want(201)
	kept := s.dump()
	for _, x := range []string{secret, invite.text("secret"), tok} {
		if x == "" || strings.Contains(kept, x) {
			t.Errorf("the secret %q lies in the database", x)
		}
	}
	if list := s.send(tok, "GET", "/api/v1/tokens", ""); strings.Contains(list.Text, "secret") || strings.Contains(list.Text, secret) {
		t.Errorf("the list shows %s", list.Text)
	}
}

func TestRow17HiddenAndAbsentLookTheSame(t *testing.T) {
	s := newSite(t)
	tok, other := s.person("mira@example.org"), s.person("noor@example.org")
	goal := s.send(tok, "POST", goals, someGoal).want(201)
	for _, tail := range []string{"", "/history", "/forecast", "/closing", "/milestones", "/factors", "/fuels", "/difference", "/lessons", "/techniques"} {
		hidden := s.send(other, "GET", goals+"/"+goal.id()+tail, "").want(404)
		absent := s.send(other, "GET", goals+"/goal_0000000000001"+tail, "").want(404)
		nonsense := s.send(other, "GET", goals+"/nonsense"+tail, "").want(404)
		if hidden.Text != absent.Text || hidden.Text != nonsense.Text {
			t.Errorf("%s: hidden %q, absent %q, nonsense %q", tail, hidden.Text, absent.Text, nonsense.Text)
		}
	}
	metric := "/api/v1/metrics/" + goal.text("metric")
	hidden := s.send(other, "GET", metric, "").want(404)
	if nonsense := s.send(other, "GET", "/api/v1/metrics/x", "").want(404); hidden.Text != nonsense.Text {
		t.Errorf("hidden %q, nonsense %q", hidden.Text, nonsense.Text)
	}
}

func TestRow18SeenButNotAllowed(t *testing.T) {
	s := newSite(t)
	owner, member := s.person("mira@example.org"), s.person("noor@example.org")
	team := s.send(owner, "POST", "/api/v1/workspaces", `{"name":"Team"}`).want(201).id()
	secret := s.send(owner, "POST", "/api/v1/workspaces/"+team+"/invites", `{}`).want(201).text("secret")
	if look := s.send(member, "POST", "/api/v1/invites/look", `{"secret":"`+secret+`"}`).want(200); look.text("workspace") != "Team" || look.text("by") != "mira" {
		t.Errorf("the invitation shows %s", look.Text)
	}
	s.send(member, "POST", "/api/v1/invites/accept", `{"secret":"`+secret+`"}`).want(200)
	g := s.send(owner, "POST", goals+"?workspace="+team, someGoal).want(201)
	s.send(member, "GET", goals+"/"+g.id(), "").want(200)
	s.send(member, "PATCH", goals+"/"+g.id(), `{"target":30}`, "If-Match", `"1"`).want(403, "You can see this goal but only its owner can change the target.")
	s.send(member, "PATCH", goals+"/"+g.id(), `{"title":"mine"}`, "If-Match", `"1"`).want(403, "You can see this but only its owner can change it.")
	s.send(member, "POST", "/api/v1/metrics/"+g.text("metric")+"/observations", `{"value":1}`).want(403)
}

func TestRow19TokensAreAskedForAndLimited(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	a := s.send("", "GET", goals, "").want(401, "Send a token in the Authorization header.")
	if a.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Error("the scheme is not told")
	}
	s.send("tandem_wrong", "GET", goals, "").want(401, "This token is not valid.")
	s.send("", "GET", goals, "", "Authorization", "Basic bWlyYTpwYXNzd29yZA==").want(401)
	s.send("", "GET", goals, "", "Cookie", "tandem="+tok).want(401)
	s.send("", "GET", goals, "", "Authorization", "bearer "+tok).want(200)
	s.send("", "GET", goals+"?token="+tok, "").want(400, "Send the token in the Authorization header.")
	s.send(tok, "GET", goals+"?access_token="+tok, "").want(400, "Send the token in the Authorization header.")
	reader := s.token("mira@example.org", "read:goals")
	s.send(reader, "GET", goals, "").want(200)
	s.send(reader, "POST", goals, someGoal).want(403, "This token lacks write:goals. Make a token with that right.")
	s.Clock.AdvanceDays(100)
	a = s.send(reader, "GET", goals, "").want(401)
	if d := a.text("detail"); !strings.HasPrefix(d, "Token expired on 2027-02-") {
		t.Errorf("says %q", d)
	}
}

func TestRow21ChangesOfAMinuteAreCounted(t *testing.T) {
	s := newSite(t, func(o *api.Options) { o.ChangesPerMinute = 6 })
	tok, other := s.person("mira@example.org"), s.person("noor@example.org")
	m := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Sales","form":"total"}`).want(201)
	path := "/api/v1/metrics/" + m.id() + "/observations"
	s.send(tok, "POST", path+"/bulk", `{"rows":[{"value":1},{"value":1},{"value":1},{"value":1},{"value":1},{"value":1},{"value":1}]}`).want(200)
	for range 4 {
		s.send(tok, "POST", path, `{"value":1}`).want(201)
	}
	a := s.send(tok, "POST", path, `{"value":1}`).want(429, "Too many changes. Try again in 10 s.")
	if a.Header.Get("Retry-After") != "10" {
		t.Errorf("Retry-After %q", a.Header.Get("Retry-After"))
	}
	s.send(tok, "GET", path, "").want(200)
	s.send(other, "POST", "/api/v1/metrics", `{"name":"Sales"}`).want(201)
	s.Clock.Advance(10 * time.Second)
	s.send(tok, "POST", path, `{"value":1}`).want(201)
	s.send(tok, "POST", path, `{"value":1}`).want(429)
}

func TestAddressesThatAreNone(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	s.send(tok, "GET", "/api/v1/nothing", "").want(404)
	a := s.send(tok, "PUT", goals, "").want(405, "This address does not accept PUT.")
	if a.Header.Get("Allow") != "GET, POST" {
		t.Errorf("Allow %q", a.Header.Get("Allow"))
	}
	s.send(tok, "GET", goals+"?workspce=space_0000000000001", "").want(400)
	s.send(tok, "GET", goals+"?limit=1&limit=2", "").want(400, "The parameter limit stands twice.")
	s.send(tok, "GET", goals+"?limit=%zz", "").want(400)
	s.send(tok, "GET", goals+"?kind=both", "").want(422)
	s.send(tok, "GET", goals+"?open=maybe", "").want(422)
	s.send(tok, "GET", goals+"?next=%ff", "").want(422)
	s.send(tok, "GET", goals+"?next=x", "").want(422)
	s.send(tok, "GET", "/api/v1/uses?from=2026-02-30", "").want(422)
	s.send(tok, "GET", goals+"?workspace=space_0000000000001", "").want(404)
	for _, method := range []string{http.MethodGet, http.MethodOptions} {
		if h := s.send(tok, method, goals, "", "Origin", "https://evil.invalid").Header; h.Get("Access-Control-Allow-Origin") != "" || h.Get("Access-Control-Allow-Methods") != "" {
			t.Error("another site may read")
		}
	}
}
