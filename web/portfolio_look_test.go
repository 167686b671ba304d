package web_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestLookAtWhatWasLearned walks the pages of a learning life in a real browser, in both languages, and with
// TANDEM_TEST_SCREENS naming a folder keeps pictures.
func TestLookAtWhatWasLearned(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	live := httptest.NewServer(s.handler)
	defer live.Close()
	learning, result := r.portfolio(t)
	for _, a := range [][]string{
		{"/activities", "title", "Course: listening in sales", "day", "2026-11-24"},
		{"/activities", "title", "Ana listens in on Tuesday", "type", "mentoring", "with", "Ana"},
		{"/activities", "title", "Certificate of mediation", "ends", "2027-11-20"},
		{"/practice", "minutes", "15", "key", "p1", "activity", "reflect", "reflection", "I hurry when I am tired, and then I explain instead of asking."},
		{"/practice", "minutes", "15", "key", "p2", "enjoyment", "5", "reflection", "If I wait three seconds, they tell me the real reason."},
		{"/lessons", "text", "“Why” sounds like blame. “What made you” does not."},
		{"/lessons", "text", "The script is a railing, not a road."},
		{"/levels", "level", "2", "how", "test", "who", "Noor", "context", "role play", "note", "8 of 10"},
		{"/levels", "level", "2", "how", "use", "context", "calls with clients"},
	} {
		r.post(learning+a[0], a[1:]...).to(t, learning)
	}
	done := r.get(learning).All("form[action*='/activities/']")[0].Attr("action")
	r.post(done, "enjoyment", "4", "lesson", "Short is enough.").to(t, learning)
	for _, concept := range []string{"technique", "level"} {
		r.post("/concepts/"+concept+"/try", "back", learning).to(t, learning)
	}
	r.after(t, 400)
	run := r.learning(t, "Run without a watch")
	r.post(run+"/levels", "level", "1", "how", "self").to(t, run)
	r.post(run+"/lessons", "text", "Slow is fine on tired days.").to(t, run)
	r.post(run+"/delete").to(t, "/goals")
	r.post(learning+"/activities", "title", "Give a talk on listening", "day", "2027-12-20").to(t, learning)
	r.after(t, 20)
	b := tandemtest.Browser(t)
	signIn := func() {
		b.Open(live.URL + "/sign-in")
		if len(b.Page().All("#f-email")) == 0 {
			return
		}
		b.Fill("#f-email", "mira@example.org")
		b.Fill("#f-password", password)
		b.Click("button.pri")
		b.Settle()
	}
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name, path string, sizes int) {
		b.Open(live.URL + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"390", 390, 844, false}, {"1280-dark", 1280, 900, true}, {"390-dark", 390, 844, true}}[:sizes] {
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
	look("learn-goal", learning, 4)
	look("learn-lessons", "/lessons", 4)
	look("learn-portfolio", "/portfolio", 4)
	look("learn-book", "/portfolio/book", 4)
	look("learn-today", "/", 2)
	look("learn-delete", learning+"/delete", 2)
	look("learn-closing", result+"/close", 2)
	r.post("/settings", "version", r.get("/settings").All("input[name=version]")[0].Attr("value"), "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0")
	look("learn-goal-de", learning, 2)
	look("learn-lessons-de", "/lessons?unused=yes", 2)
	look("learn-portfolio-de", "/portfolio", 2)
	look("learn-book-de", "/portfolio/book", 2)
}
