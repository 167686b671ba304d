package web_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestLook walks the pages in a real browser and, with TANDEM_TEST_SCREENS naming a folder, keeps pictures.
func TestLook(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	live := httptest.NewServer(s.handler)
	defer live.Close()
	url := r.pair(t)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	b := tandemtest.Browser(t)
	b.Open(live.URL + "/sign-in")
	b.Fill("#f-email", "mira@example.org")
	b.Fill("#f-password", password)
	b.Click("button.pri")
	b.Settle()
	look := func(name, path string) {
		b.Open(live.URL + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(500 * time.Millisecond) // colours pass over in a moment
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	look("today-first", "/")
	look("pair-new", "/goals/new")
	look("result-day-one", url)
	for i := range 12 {
		s.Clock.Advance(24 * time.Hour)
		v := "1"
		if i%5 == 4 {
			v = "2"
		}
		r.post(url+"/log", "value", v, "key", string(rune('a'+i))).to(t, url)
	}
	look("today", "/")
	look("result", url)
	look("goals", "/goals")
	look("log", url+"/log")
	look("closing", url+"/close")
	look("settings", "/settings")
	look("templates", "/templates")
	look("templates-found", "/templates?text=sales")
	// A learning goal with all that its page can hold, and a closing that is done.
	learning := r.learning(t, "Sell without pushing anybody", "learning.collection", "strategies that help", "learning.collection_size", "3")
	r.post(learning+"/slots", "name", "Ask twice before saying anything about the bicycle").to(t, learning)
	r.post(learning+"/slots", "slot", r.get(learning).One("input[name=slot]").Attr("value"), "name", "Ask twice", "used", "yes").to(t, learning)
	r.post(learning+"/practice", "minutes", "15", "key", "p1", "enjoyment", "4", "reflection", "They talk when I wait, and they stop when I explain.").to(t, learning)
	r.post(learning+"/steps", "do", "add", "title", "Call three people").to(t, learning)
	r.post(learning+"/levels", "level", "3", "how", "self").to(t, learning)
	for _, concept := range []string{"technique", "micro_goal"} {
		r.post("/concepts/"+concept+"/try", "back", learning).to(t, learning)
	}
	s.Clock.AdvanceDays(14)
	look("learning", learning)
	r.post(url+"/factors", "hands", "no", "text", "The weather").to(t, url)
	r.post(url+"/close", "version", "0", "do", "finish", "next", "let_go", "gained", "I wait now.", "unexpected", "A school ordered six.").to(t, url+"/close")
	look("closed", url+"/close")
}
