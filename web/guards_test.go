package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// TestAGuardIsOfferedInATeamAndWithholdsReached meets the guard where its trigger fired and nowhere before, sets one,
// sees why reached waits, and shows a member nothing of a private number.
func TestAGuardIsOfferedInATeamAndWithholdsReached(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in, err := s.SignIn(t.Context(), app.SignInInput{Email: "mira@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	other := s.Person(t, "Tom")
	team := s.Team(t, in, other)
	by := s.Actor(t, in)
	own := r.pair(t)
	r.after(t, 2)
	for _, path := range []string{"/", "/goals", "/goals/new", own, own + "/edit"} {
		p := r.get(path+"?space="+in.Person.Personal.String()).want(t, http.StatusOK)
		if strings.Contains(p.Page.Text(), "get worse") || strings.Contains(p.Page.Text(), "must not suffer") {
			t.Errorf("a guard stands on %s before its time", path)
		}
	}
	g, err := s.CreateGoal(t.Context(), by, team, app.GoalInput{Kind: tandem.KindPerformance, Title: "Calls", Target: at(20), Deadline: s.today() + 30, Number: &app.MetricInput{Name: "Calls made", Form: tandem.FormTotal}})
	if err != nil {
		t.Fatal(err)
	}
	url := "/goals/" + g.GoalHead().ID.String()
	r.get(url+"/edit").want(t, http.StatusOK).Want("#guard", 0)
	p := r.get("/goals/new?space="+team.String()).want(t, http.StatusOK)
	if !strings.Contains(p.Page.Text(), "What must not suffer while Calls made rises?") {
		t.Fatalf("it is not offered: %s", p.Page.Text())
	}
	r.post("/concepts/guard/try", "back", p.One("form[action='/concepts/guard/try'] input[name=back]").Attr("value")).to(t, url+"/edit#guard")
	r.get(url+"/edit").want(t, http.StatusOK).Want("#guard input", 2)
	r.get("/goals/new?kind=result&space="+team.String()).want(t, http.StatusOK).Want("input[name='result.guard.bound']", 1)

	p = r.post(url+"/guards", "guard.metric", "Complaints", "guard.side", "at_most", "guard.bound", "five").want(t, http.StatusUnprocessableEntity)
	p.WantAttr("#f-guard-metric", "value", "Complaints")
	p = r.post(url+"/guards", "guard.side", "at_most", "guard.bound", "5").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-guard-metric-error", "Which number must not get worse? Name one of yours, or a new one.")
	r.post(url+"/guards", "guard.metric", "Complaints", "guard.side", "at_most", "guard.bound", "5").to(t, url+"#h-guard")
	r.get(url).want(t, http.StatusOK).WantText("[aria-labelledby=h-guard] b", "Complaints: at most 5")

	guards, err := s.ListGuards(t.Context(), by, team, g.GoalHead().ID)
	if err != nil || len(guards) != 1 {
		t.Fatal(guards, err)
	}
	for metric, v := range map[tandem.MetricID]float64{guards[0].Metric: 7, g.(tandem.PerformanceGoal).Metric: 20} {
		if _, err := s.LogObservation(t.Context(), by, team, metric, app.ObservationInput{Value: &v}); err != nil {
			t.Fatal(err)
		}
	}
	text := r.get(url).want(t, http.StatusOK).Page.Text()
	for _, want := range []string{"The number is there: 20.", "Complaints stands at 7, and at most 5 was agreed.", "Reached waits until it is back.", "The chance speaks of the result’s own number alone."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q: %s", want, text)
		}
	}
	tom := s.as(other)
	text = tom.get(url).want(t, http.StatusOK).Page.Text()
	if strings.Contains(text, "Complaints") || strings.Contains(text, "at most") || !strings.Contains(text, "also rests on a number that you cannot see") {
		t.Errorf("a member reads: %s", text)
	}
	r.after(t, 31)
	r.post(url+"/close", "version", "0", "do", "finish", "next", "let_go").to(t, url+"/close")
	text = r.get(url+"/close").want(t, http.StatusOK).Page.Text()
	if !strings.Contains(text, "20: the number is there.") || !strings.Contains(text, "Complaints stands at 7, and at most 5 was agreed.") {
		t.Errorf("the last page says %s", text)
	}
}
