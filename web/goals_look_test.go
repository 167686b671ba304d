package web_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestGoalLook walks steps, guards, gaps and closings in a real browser, in both languages, with axe; with
// TANDEM_TEST_SCREENS naming a folder it keeps pictures.
func TestGoalLook(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	live := httptest.NewServer(s.handler)
	defer live.Close()
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	b := tandemtest.Browser(t)
	look := func(name, path string) {
		b.Open(live.URL + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}, {"1280-dark", 1280, 900, true}} {
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
	signIn := func() {
		b.Open(live.URL + "/sign-in")
		b.Fill("#f-email", "mira@example.org")
		b.Fill("#f-password", password)
		b.Click("button.pri")
		b.Settle()
	}
	url := r.pair(t)
	learning := r.learnt(t, url)
	version := r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "en", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto", "show_all", "on").to(t, "/settings")
	r.post(url+"/factors", "hands", "no", "text", "Stock of cargo bikes").to(t, url)
	r.post(url+"/guards", "guard.metric", "Complaints", "guard.side", "at_most", "guard.bound", "5").to(t, url+"#h-guard")
	for i := range 8 {
		s.Clock.Advance(24 * time.Hour)
		r.post(url+"/log", "value", fmt.Sprint(1-i%2), "key", string(rune('a'+i))).to(t, url)
		r.post(learning+"/practice", "minutes", "15", "key", fmt.Sprint("p", i)).to(t, learning)
	}
	r.post(learning+"/lessons", "text", "When I ask about their week, they tell me which bike they need.").to(t, learning)
	r.post(learning+"/levels", "level", "2", "how", "use").to(t, learning)
	signIn()
	look("split-offered", url)
	b.Open(live.URL + url)
	b.Click("button[name=n][value='3']")
	b.Settle()
	look("in-steps", url)
	look("edit-guard", url+"/edit#guard")
	(&missing{reader: r, t: t}).speaks("de")
	look("in-steps-de", url)
	(&missing{reader: r, t: t}).speaks("en")
	r.after(t, 30)
	signIn()
	look("closing-missed", url+"/close")
	(&missing{reader: r, t: t}).speaks("de")
	look("closing-missed-de", url+"/close")
	r.post(url+"/close", "version", "0", "do", "finish", "next", "same", "gains", "what_works", "gains", "kept_on", "unexpected", "Eleven asked to be called back.").to(t, url+"/close")
	look("closed-missed-de", url+"/close")
}
