package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/notify/weekly"
	"tandem/tandemtest"
)

// A missing is a run of simulated misses: what it reads is held against the words and colours of blame.
type missing struct {
	*reader
	t      *testing.T
	by     tandem.Actor
	ws     tandem.WorkspaceID
	api    http.Handler
	token  string
	danger []string
	pages  int
	said   map[string]bool
}

// looks reads a page. A page that was refused has its own colour for what has to be put right.
func (m *missing) looks(p answer, danger []string) {
	m.pages++
	for _, fault := range p.Blame(danger) {
		if !m.said[fault] {
			m.t.Errorf("%s: %s", p.Request.URL, fault)
		}
		m.said[fault] = true
	}
}

func (m *missing) page(path string) answer {
	m.t.Helper()
	p := m.get(path)
	p.Request = httptest.NewRequest("GET", path, nil)
	m.looks(p.want(m.t, http.StatusOK), m.danger)
	return p
}

// text reads an answer of the API, or a mail.
func (m *missing) text(where, text string) {
	m.pages++
	for _, fault := range tandemtest.Blame(text) {
		m.t.Errorf("%s: %s", where, fault)
	}
}

func (m *missing) ask(path string) {
	m.t.Helper()
	q := httptest.NewRequest("GET", api.Prefix+path, nil)
	q.Header.Set("Authorization", "Bearer "+m.token)
	w := httptest.NewRecorder()
	m.api.ServeHTTP(w, q)
	if w.Code != http.StatusOK {
		m.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	m.text(path, w.Body.String())
}

func (m *missing) speaks(lang string) {
	m.t.Helper()
	version := m.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	m.post("/settings", "version", version, "name", "Mira", "lang", lang, "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(m.t, "/settings")
}

func at(v float64) *float64 { return &v }

// around reads what a person meets beside the result: the day, the lists, the review, the mail, the answers of the
// API.
func (m *missing) around() {
	m.t.Helper()
	for _, path := range []string{"/", "/goals", "/goals?show=ended", "/goals/reliability", "/review", "/goals/new", "/settings/mail"} {
		m.page(path)
	}
	for _, path := range []string{"/today", "/goals?limit=100", "/reviews", "/reliability"} {
		m.ask(path)
	}
	l, err := m.PreviewLetter(m.t.Context(), m.by)
	if err != nil {
		m.t.Fatal(err)
	}
	mail := weekly.Write(l, "")
	m.text("mail", mail.Subject+"\n"+mail.Plain)
}

// TestAHundredMissesAreNeverCalledAFailure simulates misses of every kind, walks each through the pages of its last
// days to every next step, in both languages, and reads all that is said.
func TestAHundredMissesAreNeverCalledAFailure(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in, err := s.SignIn(t.Context(), app.SignInInput{Email: "mira@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	by := s.Actor(t, in)
	_, token := s.Token(t, in, app.TokenInput{Name: "test", Scopes: []string{"all"}})
	css, err := os.ReadFile(filepath.Join("assets", "tandem.css"))
	if err != nil {
		t.Fatal(err)
	}
	m := &missing{reader: r, t: t, by: by, ws: in.Person.Personal, token: token, danger: tandemtest.DangerClasses(string(css), "--risk"), said: map[string]bool{},
		api: api.Handler(api.Options{App: s.App, Log: slog.New(slog.DiscardHandler), Now: s.Clock.Now, Version: "test", ChangesPerMinute: 1_000_000})}
	if len(m.danger) == 0 {
		t.Fatal("the style sheet has no danger colour to look for")
	}
	start := s.today()
	kinds := []app.GoalInput{
		{Title: "Sell", Number: &app.MetricInput{Form: tandem.FormTotal}, Target: at(20.0)},
		{Title: "Lighter", Number: &app.MetricInput{Unit: "lb", Direction: tandem.Down}, Baseline: at(180.0), Target: at(170.0)},
		{Title: "Steady", Number: &app.MetricInput{Direction: tandem.Within}, TargetLo: at(170.0), TargetHi: at(172.0)},
		{Title: "Spend less", Number: &app.MetricInput{Form: tandem.FormTotal, Direction: tandem.Down}, Target: at(3.0)},
		{Title: "Run often", Number: &app.MetricInput{Form: tandem.FormRate, Period: tandem.PeriodWeek}, Target: at(9.0), ReachedWhen: tandem.ReachedOnce},
	}
	const misses = 100
	var goals []tandem.PerformanceGoal
	for i := range misses {
		g := kinds[i%len(kinds)]
		g.Kind, g.Title, g.Deadline = tandem.KindPerformance, fmt.Sprintf("%s %d", g.Title, i+1), start+14
		n := *g.Number
		n.Name, g.Number = fmt.Sprintf("Number %d", i+1), &n
		made, err := s.CreateGoal(t.Context(), by, m.ws, g)
		if err != nil {
			t.Fatal(err)
		}
		goals = append(goals, made.(tandem.PerformanceGoal))
	}
	s.Clock.AdvanceDays(13)
	for i, g := range goals {
		n := i % 9 // from none to eight values
		if g.ReachedWhen == tandem.ReachedTotal && g.Target == 3 {
			n = 2 + i%7 // a limit is missed by values alone
		}
		for d := range n {
			v := []float64{1, []float64{178, 182, 176}[i%3] + float64(d%2), 181, 2, 1}[i%len(kinds)]
			if _, err := s.LogObservation(t.Context(), by, m.ws, g.Metric, app.ObservationInput{Value: &v, Day: start + tandem.Day(d+1)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	m.after(t, 0)
	outcomes, nexts := map[tandem.Outcome]int{}, []string{"same", "reset", "learning", "technique", "note", "let_go", ""}
	for i, lang := range []string{"en", "de"} {
		m.speaks(lang)
		m.around()
		for _, g := range goals[i*10 : i*10+10] {
			m.page("/goals/" + g.ID.String())
		}
		for _, g := range goals[i*10 : i*10+5] { // planned time off is told as such
			url := "/goals/" + g.ID.String()
			m.post(url+"/move", "move", "pause").to(t, url)
			m.page(url)
			m.around()
			m.post(url+"/move", "move", "resume").to(t, url)
		}
	}
	m.after(t, 2)
	for i, g := range goals {
		if i%(misses/2) == 0 {
			m.speaks([]string{"en", "de"}[i/(misses/2)])
		}
		url, next := "/goals/"+g.ID.String(), nexts[i%len(nexts)]
		if g.TargetLo != nil && next == "reset" {
			next = "same"
		}
		m.page(url)
		m.page(url + "/close")
		form := []string{"version", "0", "next", next, "next_text", "Ask first", "next_target", "2", "do", "finish"}
		refused := m.post(url+"/close", form...).want(t, http.StatusUnprocessableEntity) // nothing gained is named yet
		refused.Request = httptest.NewRequest("POST", url+"/close", nil)
		m.looks(refused, slices.DeleteFunc(slices.Clone(m.danger), func(c string) bool { return c == "err" || c == "errs" }))
		m.post(url+"/close", append(form, "gains", string(tandem.GainWords()[i%6]))...).to(t, url+"/close")
		m.page(url + "/close")
		m.page(url)
		m.ask("/goals/" + g.ID.String() + "/closing")
		m.ask("/goals/" + g.ID.String() + "/forecast")
		v, err := s.OpenClosing(t.Context(), by, m.ws, g.ID)
		if err != nil || !v.Closing.Outcome.Missed() {
			t.Errorf("%s ended as %s, %v", g.Title, v.Closing.Outcome, err)
		}
		outcomes[v.Closing.Outcome]++
	}
	for _, lang := range []string{"en", "de"} {
		m.speaks(lang)
		m.around()
	}
	// After silence one thing is said, and nothing else than it.
	m.after(t, 40)
	for lang, back := range map[string]string{"en": "Back again.", "de": "Wieder da."} {
		m.speaks(lang)
		m.around()
		if p := m.page("/"); p.One("h1").Text() != back {
			t.Errorf("after silence: %q", p.One("h1").Text())
		}
	}
	t.Logf("%d misses, %d pages and answers, %v", misses, m.pages, outcomes)
	if m.pages < 6*misses || len(outcomes) < 3 || slices.Contains(strings.Fields(fmt.Sprint(outcomes)), "reached") {
		t.Errorf("%d pages, outcomes %v", m.pages, outcomes)
	}
}
