package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// pair makes a pair over the form and gives the address of its result.
func (r *reader) pair(t *testing.T) string {
	t.Helper()
	a := r.post("/goals/new", "kind", "pair", "key", "k1",
		"learning.title", "Ask before I show", "learning.first_step", "Write five questions",
		"result.title", "20 sales by December", "result.target", "20", "result.deadline", "2026-12-20",
		"result.number.name", "Sales", "result.number.form", "total", "result.number.direction", "up", "result.from", "")
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.StatusCode, a.Text)
	}
	return a.Header.Get("Location")
}

func TestAPairIsMadeInOneForm(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	p := r.get(url).want(t, http.StatusOK)
	p.WantText("h1", "20 sales by December")
	p.Want("svg.chart", 2)
	if strings.Contains(p.Text, "in 10") {
		t.Error("a result without values has a chance")
	}
	again := r.post("/goals/new", "kind", "pair", "key", "k1", "learning.title", "Ask before I show", "result.title", "20 sales by December", "result.target", "20",
		"result.deadline", "2026-12-20", "result.number.form", "total")
	if again.StatusCode >= 500 {
		t.Errorf("the second press gives %d", again.StatusCode)
	}
	r.get("/goals").want(t, http.StatusOK).Want("ul[data-rows] > li", 2)
	today := r.get("/").want(t, http.StatusOK)
	today.Want("ul.do > li", 2)
	today.Want("ol.roads li", 4)
}

func TestWhatIsWrongComesBackBesideItsField(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	p := r.post("/goals/new", "kind", "pair", "learning.title", "", "result.title", "\u200b", "result.target", "1.000,5", "result.deadline", "2026-02-29", "result.number.form", "total").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-result-deadline-error", "29 February 2026 does not exist. The last day of that month is the 28th.")
	p.WantAttr("#f-result-target", "value", "1.000,5")
}

func TestValuesMoveTheChance(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	for i := range 8 {
		s.Clock.Advance(24 * time.Hour)
		r.post(url+"/log", "value", "1", "key", string(rune('a'+i))).to(t, url)
	}
	r.post(url+"/log", "value", "1", "key", "a").to(t, url) // the same press again
	p := r.get(url).want(t, http.StatusOK)
	if !strings.Contains(p.Text, "8 of 20") && !strings.Contains(p.Text, "in 10") && !strings.Contains(p.Text, "teep") {
		t.Errorf("the page says: %s", p.Text)
	}
	r.get("/").want(t, http.StatusOK).Want("svg.spark, svg.chart", 1)
}

func TestALearningGoalShowsNothingToMiss(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	a := r.post("/goals/new", "kind", "learning", "learning.title", "Ask before I show")
	url := a.Header.Get("Location")
	p := r.get(url).want(t, http.StatusOK)
	for _, word := range []string{"deadline", "Deadline", "Target", "chance", "Chance", "failed"} {
		if strings.Contains(p.Text, word) {
			t.Errorf("the page of a learning goal says %q", word)
		}
	}
	r.post(url+"/practice", "minutes", "10", "key", "p1", "reflection", "They told me about the school run.").to(t, url)
	r.get(url).want(t, http.StatusOK).WantText("#h-lessons", "Lessons")
	for _, path := range []string{"/edit", "/delete"} {
		r.get(url+path).want(t, http.StatusOK)
	}
}

func TestAClosingKeepsWhatWasGained(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	for i := range 17 {
		s.Clock.Advance(24 * time.Hour)
		r.post(url+"/log", "value", "1", "key", string(rune('a'+i))).to(t, url)
	}
	s.Clock.Advance(20 * 24 * time.Hour)
	r.get(url).want(t, http.StatusOK)
	p := r.get(url+"/close").want(t, http.StatusOK)
	if !strings.Contains(p.Text, "Very close") {
		t.Errorf("17 of 20 reads: %s", p.Text)
	}
	r.post(url+"/close", "version", "0", "gains", "kept_on", "do", "finish", "next", "same", "unexpected", "Two came back with a friend.").to(t, url+"/close")
	p = r.get(url+"/close").want(t, http.StatusOK)
	p.Want(".gains li", 1)
	r.get("/goals?show=ended").want(t, http.StatusOK).Want("ul[data-rows] > li", 1)
}
