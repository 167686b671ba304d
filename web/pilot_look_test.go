package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestLookAtAPilot walks the pages of a pilot in a real browser, from the plan to the verdict, and with
// TANDEM_TEST_SCREENS naming a folder keeps pictures.
func TestLookAtAPilot(t *testing.T) {
	x := pilot(t)
	live := httptest.NewServer(x.handler)
	defer live.Close()
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	b := tandemtest.Browser(t)
	signIn := func() {
		b.Open(live.URL + "/sign-in")
		if len(b.Page().All("#f-email")) == 0 {
			return // the session still stands
		}
		b.Fill("#f-email", "mira@example.org")
		b.Fill("#f-password", password)
		b.Click("button.pri")
		b.Settle()
	}
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
	signIn()
	look("pilot-new", x.address+"/pilot")
	url := x.plan(t, "worth", "0.5", "pairs", "6", "days", "7", "wash_out", "1").want(t, http.StatusSeeOther).Header.Get("Location")
	look("pilot-planned", url)
	first := x.stored(t).First
	x.Clock.AdvanceDays(int(first-x.today()) - 1)
	x.log(t, 2, false)
	x.renew(t)
	x.r.after(t, 1)
	signIn()
	look("pilot-today", "/")
	look("pilot-technique", x.address)
	look("pilot-running", url)
	x.live(t, x.stored(t), 1)
	signIn()
	look("pilot-asked", url)
	x.r.post(url+"/changed", "changed", "A new price in January.", "do", "save").to(t, url)
	look("pilot-showed", url)
}
