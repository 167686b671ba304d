package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem/app"
)

func TestTheCountOfDaysIsSwitchedOnThePageOfTheMicroGoal(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	by := s.Actor(t, app.SignedIn{Secret: r.cookies["tandem"]})
	p, err := s.Store.For(by).Person(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.CreateMicroGoal(t.Context(), by, p.Personal, app.MicroGoalInput{Title: "Ten pages", Amount: 10, Times: 5})
	if err != nil {
		t.Fatal(err)
	}
	url := "/micro-goals/" + m.ID.String()
	for range 3 {
		r.post(url+"/tick", "key", "k"+s.today().String(), "back", url).to(t, url)
		r.after(t, 1)
	}
	says := func(want string, shown bool) {
		t.Helper()
		if text := r.get(url).want(t, http.StatusOK).One("main").Text(); strings.Contains(text, want) != shown {
			t.Errorf("%q stands there: %v; the page says: %s", want, !shown, text)
		}
	}
	says("of the last 3", false)
	says("free", false)
	r.post(url+"/days", "show", "on").to(t, url)
	says("3 of the last 3 days.", true)
	says("Skip today: 2 of 2 free", true)
	r.after(t, 3) // three days without: nothing is reset
	says("3 of the last 6 days.", true)
	r.post(url+"/days", "show", "off").to(t, url)
	says("of the last 6", false)
}
