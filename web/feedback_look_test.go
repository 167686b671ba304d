package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestLookAtFeedback walks the pages of feedback, of a trial and of celebration in a real browser, as who asks
// and as who has the link, and with TANDEM_TEST_SCREENS naming a folder keeps pictures.
func TestLookAtFeedback(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	goal := r.learnt(t, result)
	version := r.get(goal + "/edit").One("input[name=version]").Attr("value")
	r.post(goal+"/edit", "version", version, "title", "Ask before I show", "levels", "knows how\nin calm calls\nunder pressure").to(t, goal)
	for _, name := range []string{"The pause", "Ask twice"} {
		r.post(goal+"/techniques", "name", name).to(t, goal)
	}
	pause := r.get(goal).All("[aria-labelledby=h-techniques] a.b")[1].Attr("href")
	third := r.post(goal+"/techniques", "name", "Say the price, then wait").want(t, http.StatusSeeOther).Header.Get("Location")
	r.post(pause+"/use", "key", "u1", "natural", "9", "note", "The Alder call").to(t, pause)
	r.post(pause+"/use", "key", "u2").to(t, pause)
	r.post("/concepts/feedback/try", "back", goal).to(t, goal)
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name, path string) {
		t.Helper()
		if path != "" {
			b.Open(home + path)
		}
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(400 * time.Millisecond) // colours pass over in a moment
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	look("which-waits", third)
	look("learning", goal)
	b.Open(home + "/feedback/new?goal=" + goal[len("/goals/"):])
	b.Fill("#f-name", "Ana")
	b.Click("[name=show_title] + i")
	b.Click("[name=show_levels] + i")
	b.Click("button[value=show]")
	b.Settle()
	look("ask", "")
	b.Click("button[value=send]")
	b.Settle()
	look("link", "")
	one := b.URL()[len(home):]
	link := r.get(one).want(t, http.StatusOK).One("#link").Text()
	look("asked", link[strings.Index(link, "/asked/"):])
	began := time.Now()
	var e effort
	b.Open(home + link[strings.Index(link, "/asked/"):])
	e.fill(b, "#f-worked", "You let them talk.")
	e.fill(b, "#f-try_next", "Say the price, then wait.")
	b.SetField("#f-score", "4")
	b.SetField("#f-level", "2")
	e.click(b, "button[value=send]")
	t.Logf("an answer by link: %d clicks, %s for a practised person, of which the page took %s", e.clicks, e.time().Round(time.Second), time.Since(began).Round(time.Millisecond))
	if e.time() > time.Minute {
		t.Errorf("an answer takes %s", e.time())
	}
	look("said", one)
	b.Click("form[action$='/read'] button")
	b.Settle()
	look("read", "")
	b.Click("form[action$='/technique'] button")
	b.Settle()
	look("list", "/feedback")
	r.post(goal+"/levels", "level", "2", "how", "use").to(t, goal)
	look("today", "/")
	r.after(t, 14)
	r.post(pause+"/use", "key", "u3", "natural", "5").to(t, pause)
	look("trial-over", pause)
	look("today-over", "/")
	look("half-time", result)
}
