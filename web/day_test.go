package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// live serves a site on this machine and signs Mira's browser in.
func (s *site) live(t *testing.T, b *tandemtest.Tab) string {
	t.Helper()
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	b.Open(srv.URL + "/sign-in")
	b.Fill("#f-email", "mira@example.org")
	b.Fill("#f-password", password)
	b.Click("button.pri")
	b.Settle()
	return srv.URL
}

// concepts are the words of Tandem's own things, as they stand on pages; plain words are not among them.
var concepts = map[string][]string{
	"today": {"Today"}, "result": {"result", "Result"}, "learning goal": {"learning goal", "Learning goal"}, "pair": {"pair", "side by side"}, "log": {"Log"},
	"lesson": {"lesson", "Lesson", "teach you"}, "chance": {"chance", "Chance"},
	"level": {"Level ", "Levels"}, "micro-goal": {"micro-goal", "Micro-goal"}, "technique": {"technique", "Technique"}, "milestone": {"Add a step", "Steps"}, "collection": {"collection", "open slot"},
	"stretch": {"stretch", "Stretch"}, "pilot": {"pilot"}, "review": {"Review"}, "lifeline": {"Lifeline"}, "sprint": {"sprint"}, "balance": {"balance"}, "endings": {"endings"}, "difference": {"Difference"},
}

func TestTheFirstDayShowsAtMostSevenConcepts(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	r.post(url+"/log", "value", "1", "key", "v1").to(t, url)
	learning := r.get("/goals").want(t, http.StatusOK)
	seen := map[string]bool{}
	pages := []string{"/", "/goals", url, url + "/log", "/goals/new"}
	for _, a := range learning.All("ul[data-rows] a") {
		pages = append(pages, a.Attr("href"))
	}
	for _, p := range pages {
		text := r.get(p).want(t, http.StatusOK).One("main").Text()
		for name, words := range concepts {
			for _, w := range words {
				if strings.Contains(text, w) {
					seen[name] = true
				}
			}
		}
	}
	if len(seen) > 7 {
		t.Errorf("the pages of the first day show %d concepts: %v", len(seen), seen)
	}
}

func TestThreeEntriesOnTodayInFourClicks(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.pair(t)
	b := tandemtest.Browser(t)
	url := s.live(t, b)
	b.Open(url + "/")
	b.Reset()
	b.Click(`ul.do button[name=minutes][value="10"]`)
	b.Settle()
	b.Click(`ul.do button[name=value][value="1"]`)
	b.Settle()
	b.Click(`ul.do button[name=value][value="1"]`)
	b.Settle()
	if b.Clicks() > 4 {
		t.Errorf("three entries take %d clicks", b.Clicks())
	}
	if text := b.Seen(); !strings.Contains(text, "2 of 20") {
		t.Errorf("the page says: %s", text)
	}
}

func TestAnEntryByKeyboardInFourKeys(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.pair(t)
	b := tandemtest.Browser(t)
	url := s.live(t, b)
	b.Open(url + "/")
	b.Reset()
	b.Press("j", "j", "l")
	b.Settle()
	if b.Keys() > 4 || !strings.Contains(b.Seen(), "1 of 20") {
		t.Errorf("after %d keys the page says: %s", b.Keys(), b.Seen())
	}
}

func TestWithoutAScriptAPairIsMadeAndAValueLogged(t *testing.T) {
	s := newSite(t)
	s.setUp()
	b := tandemtest.Browser(t, tandemtest.NoJavaScript(), tandemtest.Phone())
	url := s.live(t, b)
	b.Open(url + "/goals/new")
	b.Fill("#f-learning-title", "Ask before I show")
	b.Fill("#f-result-title", "20 sales by December")
	b.Fill("#f-result-target", "20")
	b.SetField("#f-result-deadline", "2026-12-20")
	b.Click(`button[value=pair]`)
	b.Settle()
	b.Open(url + "/")
	b.Click(`ul.do button[name=value][value="1"]`)
	b.Settle()
	if text := b.Seen(); !strings.Contains(text, "1 of 20") || !strings.Contains(text, "Sales") && !strings.Contains(text, "20 sales") {
		t.Errorf("the page says: %s", text)
	}
	b.Click(".toast button")
	b.Settle()
	if text := b.Seen(); !strings.Contains(text, "0 of 20") {
		t.Errorf("after undo the page says: %s", text)
	}
}

// TestAPairThatLives walks a person's weeks: a pair, values, a lesson; from the second day a technique used on
// the same tap as a value; one result that is missed and one that ends very close, each closed with what was
// gained.
func TestAPairThatLives(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	links := r.get("/goals").want(t, http.StatusOK).All("ul[data-rows] a")
	learning := ""
	for _, a := range links {
		if a.Attr("href") != result {
			learning = a.Attr("href")
		}
	}
	r.post(learning+"/practice", "minutes", "10", "key", "p1").to(t, learning)
	r.post(learning+"/lessons", "text", "They told me about the school run.").to(t, learning)
	s.Clock.AdvanceDays(1)
	r.post(learning+"/techniques", "name", "Ask about the week").to(t, learning)
	sheet := r.get(result+"/log").want(t, http.StatusOK)
	technique := sheet.One("input[name=technique]").Attr("value")
	if sheet.One("input[name=technique]").HasAttr("checked") {
		t.Error("a technique is chosen in advance")
	}
	for i := range 17 {
		r.post(result+"/log", "value", "1", "technique", technique, "key", "d"+string(rune('a'+i))).to(t, result)
		s.Clock.Advance(24 * time.Hour)
	}
	page := r.get(learning).want(t, http.StatusOK)
	if !strings.Contains(page.Text, "Used 17 times") {
		t.Errorf("the learning page says: %s", page.One("main").Text())
	}
	s.Clock.AdvanceDays(15)
	if today := r.get("/").want(t, http.StatusOK); !strings.Contains(today.Text, "Back again.") {
		t.Errorf("after silence Today says: %s", today.One("h1").Text())
	}
	closing := r.get(result+"/close").want(t, http.StatusOK).One("main").Text()
	for _, w := range []string{"Very close", "17", "lesson", "Ask before I show"} {
		if !strings.Contains(closing, w) {
			t.Errorf("the closing of 17 of 20 does not say %q: %s", w, closing)
		}
	}
	r.post(result+"/close", "version", "0", "do", "finish", "next", "learning", "next_text", "Close calmly").to(t, result+"/close")
	missed := r.post("/goals/new", "kind", "result", "key", "m1", "result.title", "10 reviews", "result.target", "10", "result.deadline", s.today().AddMonths(1).String(),
		"result.number.form", "total", "result.number.direction", "up").Header.Get("Location")
	r.post(missed+"/log", "value", "6", "key", "r6").to(t, missed)
	s.Clock.AdvanceDays(20)
	r.get("/")
	s.Clock.AdvanceDays(20)
	text := r.get(missed+"/close").want(t, http.StatusOK).One("main").Text()
	if !strings.Contains(text, "missed") || strings.Contains(text, "failed") {
		t.Errorf("a miss by 40 %% reads: %s", text)
	}
	r.post(missed+"/close", "version", "0", "do", "finish", "next", "same").to(t, missed+"/close")
}
