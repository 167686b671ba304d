package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// The page of how chances held appears with the first result that is closed, and says what stood to be said
// on the way beside what came, in both languages.
func TestHowWellTheChanceHeldIsTold(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	if p := r.get("/goals?show=ended").want(t, http.StatusOK); strings.Contains(p.Text, "/goals/reliability") {
		t.Error("the list leads to a page without anything on it")
	}
	r.get("/goals/reliability").want(t, http.StatusOK).WantText("main h2", "Nothing to look back on yet")
	for i := range 26 {
		r.post(result+"/log", "value", "1", "key", string(rune('a'+i))).to(t, result)
		s.Clock.AdvanceDays(1)
	}
	s.Clock.AdvanceDays(12)
	r.post(result+"/close", "version", "0", "gains", "kept_on", "do", "finish").to(t, result+"/close")
	if p := r.get("/goals?show=ended").want(t, http.StatusOK); !strings.Contains(p.Text, "/goals/reliability") {
		t.Error("the list does not lead to it")
	}
	p := r.get("/goals/reliability").want(t, http.StatusOK)
	p.Want("[aria-labelledby=h-said] tbody tr", 5)
	if rows := p.All("[aria-labelledby=h-looks] tbody tr"); len(rows) < 1 || !strings.Contains(rows[0].Text(), "in 100") || !strings.Contains(rows[0].Text(), "reached") {
		t.Errorf("the looks say: %s", p.One("main").Text())
	}
	for _, word := range []string{"failed", "NaN", "{"} {
		if strings.Contains(p.One("main").Text(), word) {
			t.Errorf("the page says %q: %s", word, p.One("main").Text())
		}
	}
	version := r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "light").want(t, http.StatusSeeOther)
	if de := r.get("/goals/reliability").want(t, http.StatusOK).One("main").Text(); !strings.Contains(de, "Wie gut die Chance stimmte") || !strings.Contains(de, "von 100") {
		t.Errorf("in German it says: %s", de)
	}
}
