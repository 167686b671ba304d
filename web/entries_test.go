package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tandem"
)

// sendJSON sends a text as the script of entries does.
func (r *reader) sendJSON(method, path, text string) answer {
	r.t.Helper()
	q := httptest.NewRequest(method, path, strings.NewReader(text))
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	return r.send(q)
}

type entryAnswers struct {
	Entries []struct{ Key, Did, Why string }
}

func TestEntriesAreReadInTheWayThatThePersonWrites(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.pair(t)
	var names struct {
		Person, Lang, Seal string
		Spaces             []struct {
			Space   string
			Numbers []struct{ ID, Name string }
		}
	}
	a := r.sendJSON("GET", "/entries/names", "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(a.Text), &names); err != nil || len(names.Spaces) != 1 || len(names.Spaces[0].Numbers) != 1 || names.Lang != "en" || len(names.Seal) != 44 {
		t.Fatalf("%v: %s", err, a.Text)
	}
	number := names.Spaces[0].Numbers[0].ID
	entry := func(key, more string) string {
		return `{"key":"` + key + `","kind":"value","made":"2026-11-21T08:00:00.123Z","today":"2026-11-21","metric":"` + number + `",` + more + `}`
	}
	for _, c := range []struct{ body, key, did, why string }{
		{entry("a", `"typed":"1.5"`), "a", "added", ""},
		{entry("a", `"typed":"1.5"`), "a", "again", ""},
		{entry("b", `"typed":"1,5"`), "b", "refused", "1.5"},
		{entry("c", `"typed":"much"`), "c", "refused", "much"},
		{entry("d", `"typed":"2","space":"`+tandem.WorkspaceID(77).String()+`"`), "d", "refused", "workspace"},
		{`{"key":"e","kind":"undo"}`, "e", "undone", ""},
		{entry("e", `"typed":"9"`), "e", "undone", ""},
	} {
		a := r.sendJSON("POST", "/entries", `{"entries":[`+c.body+`]}`).want(t, http.StatusOK)
		var got entryAnswers
		if err := json.Unmarshal([]byte(a.Text), &got); err != nil || len(got.Entries) != 1 {
			t.Fatalf("%v: %s", err, a.Text)
		}
		if e := got.Entries[0]; e.Key != c.key || e.Did != c.did || c.why != "" && !strings.Contains(e.Why, c.why) || c.why == "" && e.Why != "" {
			t.Errorf("%s: %s", c.body, a.Text)
		}
	}
	r.sendJSON("POST", "/entries", `{"entries":[{"key":"a","cheer":1}]}`).want(t, http.StatusBadRequest)
	r.sendJSON("POST", "/entries", `sales 12`).want(t, http.StatusBadRequest)
	if text := r.get("/").want(t, http.StatusOK).One("main").Text(); !strings.Contains(text, "1.5") {
		t.Errorf("Today says: %s", text)
	}
}

func TestWhoIsNotSignedInIsToldSoInAWordAScriptReads(t *testing.T) {
	s := newSite(t)
	s.setUp()
	r := s.stranger()
	r.sendJSON("GET", "/entries/names", "").want(t, http.StatusUnauthorized)
	r.sendJSON("POST", "/entries", `{"entries":[]}`).want(t, http.StatusUnauthorized)
}

// The one page that devices keep is the same for everybody, in two languages.
func TestThePageThatIsKeptSaysNothingOfAnybody(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.pair(t)
	for path, word := range map[string]string{"/offline/en": "No connection", "/offline/de": "Keine Verbindung"} {
		mine, theirs := r.get(path).want(t, http.StatusOK), s.stranger().get(path).want(t, http.StatusOK)
		if mine.Text != theirs.Text || !strings.Contains(mine.Text, word) || strings.Contains(mine.Text, "Mira") {
			t.Errorf("%s is not the same page for everybody", path)
		}
	}
	r.get("/offline/fr").want(t, http.StatusNotFound)
	w := s.stranger().get("/sw.js").want(t, http.StatusOK)
	if k := w.Header.Get("Content-Type"); !strings.HasPrefix(k, "text/javascript") || w.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the worker is %s, %s", k, w.Header.Get("Cache-Control"))
	}
	for _, want := range []string{`"/offline/en"`, `"/offline/de"`, `importScripts("/assets/queue.`} {
		if !strings.Contains(w.Text, want) {
			t.Errorf("the worker does not name %s", want)
		}
	}
	for _, left := range []string{"VERSION", "/*FILES*/", "QUEUE"} {
		if strings.Contains(w.Text, left) {
			t.Errorf("the worker still says %s", left)
		}
	}
}
