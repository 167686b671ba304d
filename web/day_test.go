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
		for _, name := range tandemtest.Concepts(text) {
			seen[name] = true
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
	var e effort
	e.click(b, `ul.do button[name=minutes][value="10"]`)
	e.click(b, `ul.do button[name=value][value="1"]`)
	e.click(b, `ul.do button[name=value][value="1"]`)
	if b.Clicks() > 4 || e.time() > 15*time.Second {
		t.Errorf("three entries take %d clicks and %v", b.Clicks(), e.time())
	}
	t.Logf("%d clicks, %v", b.Clicks(), e.time())
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
	b.Fill("#f-line", "Learn to ask before I show, so that I make 20 sales by 20 December")
	b.Click(`button[value=read]`)
	b.Settle()
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
