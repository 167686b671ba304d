package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestALimitIsKeptAsAMicroGoal types a limit for each week without JavaScript in both languages: the button that stands
// out keeps it as a micro-goal, and a line that is no limit has no such button.
func TestALimitIsKeptAsAMicroGoal(t *testing.T) {
	for _, x := range []struct{ lang, line, title, words string }{
		{"en", "At most 2 evenings a week with sweets", "Sweets", "At most 2 a week"},
		{"de", "höchstens 2 Abende pro Woche Süßes", "Süßes", "Höchstens 2 in der Woche"},
	} {
		t.Run(x.lang, func(t *testing.T) {
			s := newSite(t)
			r := s.setUp()
			r.post("/settings", "version", r.get("/settings").All("input[name=version]")[0].Attr("value"), "name", "Mira", "lang", x.lang, "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
			p := r.post("/goals/new", "do", "read", "line", x.line).want(t, http.StatusOK)
			p.Want("button[name=kind].pri", 1)
			p.Want("button[name=kind][value=practice].pri", 1)
			if got := strings.Join(strings.Fields(p.One("section[aria-labelledby=limit-h] .pb").Text()), " "); !strings.Contains(got, x.title) || !strings.Contains(got, x.words) {
				t.Errorf("it says %q", got)
			}
			p.Want("[aria-labelledby=cards-h]", 0)
			to := r.post("/goals/new", "kind", "practice", "line", x.line).want(t, http.StatusSeeOther).Header.Get("Location")
			if !strings.HasPrefix(to, "/micro-goals/") {
				t.Fatalf("it leads to %s", to)
			}
			if got := r.get(to).want(t, http.StatusOK).One("h1").Text(); got != x.title {
				t.Errorf("the page is headed %q", got)
			}
			r.get("/goals").Want("button[value=practice]", 0)
			again := r.post("/goals/new", "do", "read", "line", "Reach 16 sales a week by March").want(t, http.StatusOK)
			again.Want("button[value=practice]", 0)
			again.Want("button[name=kind].pri", 1)
			r.post("/goals/new", "kind", "practice", "line", "Reach 16 sales a week by March").want(t, http.StatusOK).Want("#f-line", 1)
		})
	}
}
