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
}
