package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// met answers every concept but one, so that the one has the day's place.
func (r *reader) met(t *testing.T, but string) {
	t.Helper()
	by := r.signedIn(t, r).Actor
	for _, k := range tandem.Concepts() {
		if k.Built && k.Key != but {
			if err := r.AnswerConcept(t.Context(), by, k.Key, true); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A learning goal that was advised to go without a target gets the offer of a result once others noticed
// three of five levels; a self-rating earns none. One tap leads to the form, and what is made is linked.
func TestALearningGoalEarnsAResult(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.signedIn(t, r)
	five := []string{"a", "b", "Asks under pressure", "d", "e"}
	make := func(title, rule string) tandem.GoalID {
		g, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindLearning, Title: title, Levels: five, Advised: &app.AdvisedInput{Rule: rule, Kind: "learning"}})
		if err != nil {
			t.Fatal(err)
		}
		return g.GoalHead().ID
	}
	id, other := make("Ask better", "R4"), make("Draw better", "R1")
	r.after(t, 40)
	r.met(t, "switch")
	r.after(t, 1)
	offered := func(id tandem.GoalID) bool {
		t.Helper()
		return r.get("/goals/"+id.String()).want(t, http.StatusOK).Has("form[action='/concepts/switch/try']")
	}
	notice := func(id tandem.GoalID, level int, how tandem.How) {
		t.Helper()
		if _, err := r.NoticeLevel(t.Context(), r.signedIn(t, r).Actor, in.Person.Personal, id, app.LevelInput{Level: level, How: how}); err != nil {
			t.Fatal(err)
		}
	}
	notice(id, 3, tandem.HowSelf)
	notice(id, 2, tandem.HowPeer)
	if offered(id) {
		t.Error("a self-rating earned a target")
	}
	notice(id, 3, tandem.HowPeer)
	notice(other, 3, tandem.HowPeer)
	if offered(other) {
		t.Error("a goal of another rule earned one")
	}
	if !offered(id) {
		t.Fatal("the result is not offered")
	}
	page := r.get("/goals/" + id.String())
	if text := page.One("[aria-label='A result could follow']").Text(); !strings.Contains(text, "Asks under pressure") || !strings.Contains(text, "of 5 levels") {
		t.Errorf("the offer says %s", text)
	}
	if r.get("/").Has("form[action='/concepts/switch/try']") {
		t.Error("it stands on another page too")
	}
	r.post("/concepts/switch/not-now", "back", "/").to(t, "/")
	if offered(id) {
		t.Error("it is offered after Not now")
	}
	r.after(t, 27)
	if offered(id) {
		t.Error("it is back before 28 days")
	}
	r.after(t, 1)
	if !offered(id) {
		t.Fatal("it is not back after 28 days")
	}
	there := r.get("/goals/" + id.String()).One("form[action='/concepts/switch/try'] input[name=back]").Attr("value")
	r.post("/concepts/switch/try", "back", there).to(t, there)
	form := r.get(there).want(t, http.StatusOK)
	form.WantAttr("#f-result-title", "value", "Ask better")
	form.WantAttr("input[name=fuelled_by]", "value", id.String())
	made := r.post("/goals/new", "kind", "result", "key", "x", "fuelled_by", id.String(), "result.title", "12 talks", "result.target", "12", "result.number.name", "Talks", "result.number.form", "total",
		"result.deadline", (s.today()+60).String()).want(t, http.StatusSeeOther).Header.Get("Location")
	if text := r.get(made).want(t, http.StatusOK).One("[aria-labelledby=h-fuel]").Text(); !strings.Contains(text, "Ask better") {
		t.Errorf("what fuels it: %s", text)
	}
}

// Whoever says at two looks in a row to know what works has earned a result too; a look between that does not say
// so begins anew. Only a goal that was advised to go without a target is asked.
func TestTwoLooksThatKnowWhatWorksEarnAResult(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.signedIn(t, r)
	make := func(rule string) string {
		g, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindLearning, Title: "Ask better", Advised: &app.AdvisedInput{Rule: rule, Kind: "learning"}})
		if err != nil {
			t.Fatal(err)
		}
		return "/goals/" + g.GoalHead().ID.String()
	}
	page, other := make("R4"), make("R3")
	look := func(fields ...string) {
		t.Helper()
		r.after(t, 40)
		if p := r.get(page).want(t, http.StatusOK); !p.Has("form[action$='/look'] input[name=known]") {
			t.Fatal("the look does not ask")
		}
		r.post(page+"/look", append(fields, "back", page)...).to(t, page)
	}
	offered := func() bool {
		r.met(t, "switch")
		r.after(t, 1)
		return r.get(page).Has("form[action='/concepts/switch/try']")
	}
	look("known", "yes")
	if look(); offered() {
		t.Error("a look that did not say so counted")
	}
	if look("known", "yes"); offered() {
		t.Error("one look earned a result")
	}
	r.post(page+"/look", "known", "yes", "back", page).to(t, page)
	if offered() {
		t.Error("the same look counted twice")
	}
	if look("known", "yes"); !offered() {
		t.Fatal("two looks in a row earned nothing")
	}
	if text := r.get(page).One("[aria-label='A result could follow']").Text(); !strings.Contains(text, "Twice in a row you said that you know what works.") {
		t.Errorf("the offer says %s", text)
	}
	if r.after(t, 40); r.get(other).want(t, http.StatusOK).Has("input[name=known]") {
		t.Error("a goal of another rule is asked")
	}
}

// A result that was advised to go alone over more than 90 days and whose number has been flat for six weeks
// gets the offer of something to learn, with three titles in the form; one that rises gets none.
func TestAFlatNumberGetsTheOfferOfLearning(t *testing.T) {
	for _, x := range []struct {
		name  string
		rule  string
		rise  float64
		days  tandem.Day
		offer bool
	}{{"flat", "R7", 0, 120, true}, {"rising", "R7", 0.2, 120, false}, {"short", "R7", 0, 50, false}, {"another rule", "R2", 0, 120, false}} {
		t.Run(x.name, func(t *testing.T) {
			s := newSite(t)
			r := s.setUp()
			in := r.signedIn(t, r)
			target, from := 40.0, 20.0
			g, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "More sales", Number: &app.MetricInput{Name: "Sales index"}, Baseline: &from,
				Target: &target, Start: s.today() + 45 - x.days/2, Deadline: s.today() + 45 + x.days/2, Advised: &app.AdvisedInput{Rule: x.rule, Kind: "performance"}})
			if err != nil {
				t.Fatal(err)
			}
			p := g.(tandem.PerformanceGoal)
			r.after(t, 45)
			today := s.today()
			for d := range 45 {
				v := 22 + float64(d%3) + x.rise*float64(d)
				if _, err := r.LogObservation(t.Context(), r.signedIn(t, r).Actor, in.Person.Personal, p.Metric, app.ObservationInput{Value: &v, Day: today - 44 + tandem.Day(d)}); err != nil {
					t.Fatal(err)
				}
			}
			r.met(t, "plateau")
			r.after(t, 1)
			page := r.get("/goals/"+p.ID.String()).want(t, http.StatusOK)
			if got := page.Has("form[action='/concepts/plateau/try']"); got != x.offer {
				t.Fatalf("offered: %v", got)
			}
			if !x.offer {
				return
			}
			if text := page.One("[aria-label='Something to learn for it']").Text(); !strings.Contains(text, "Sales index has stayed near 23") {
				t.Errorf("the offer says %s", text)
			}
			there := page.One("form[action='/concepts/plateau/try'] input[name=back]").Attr("value")
			form := r.get(there).want(t, http.StatusOK)
			form.WantAttr("input[name=fuels]", "value", p.ID.String())
			titles := form.All("[role=group][aria-label='Could fuel it'] a")
			if len(titles) == 0 || len(titles) > 3 {
				t.Fatalf("%d titles are suggested", len(titles))
			}
			r.get(titles[0].Attr("href")).want(t, http.StatusOK).WantAttr("#f-learning-title", "value", titles[0].Text())
		})
	}
}

// At most one hint stands on a goal's page, none on its first day, and what was put away stays away for that
// goal alone.
func TestAGoalsPageHasOneHintThatMayBePutAway(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.signedIn(t, r)
	var urls []string
	for i := range 6 {
		target := 10.0
		g, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: fmt.Sprintf("Result %d", i), Number: &app.MetricInput{Name: fmt.Sprintf("N%d", i), Form: tandem.FormTotal},
			Target: &target, Deadline: s.today() + 100})
		if err != nil {
			t.Fatal(err)
		}
		urls = append(urls, "/goals/"+g.GoalHead().ID.String())
	}
	r.get(urls[0]).want(t, http.StatusOK).Want("#hint", 0)
	r.met(t, "")
	r.after(t, 1)
	p := r.get(urls[0]).want(t, http.StatusOK)
	p.Want("#hint", 1)
	if text := p.One("#hint").Text(); !strings.Contains(text, "You have 6 active goals. Which ones may wait?") {
		t.Errorf("the hint says %s", text)
	}
	p.Want("main a[href='"+urls[0]+"/edit#f-why']", 0) // the open reason waits its turn
	p.WantAttr("#hint a", "href", "/goals")
	r.post(urls[0]+"/hint", "code", "TOO_MANY").to(t, urls[0])
	p = r.get(urls[0]).want(t, http.StatusOK)
	p.Want("#hint", 1)
	if text := p.One("#hint").Text(); !strings.Contains(text, "What is the first small step?") || strings.Contains(p.One("[aria-labelledby=h-steps]").Text(), "No steps yet") {
		t.Errorf("the next hint says %s", text)
	}
	r.post(urls[0]+"/hint", "code", "NO_MILESTONE").to(t, urls[0])
	p = r.get(urls[0]).want(t, http.StatusOK)
	p.Want("#hint", 0)
	p.Want("main a[href='"+urls[0]+"/edit#f-why']", 1)
	if text := r.get(urls[1]).One("#hint").Text(); !strings.Contains(text, "6 active goals") {
		t.Errorf("another goal's hint says %s", text)
	}
	r.post(urls[1]+"/hint", "code", "NONSENSE").want(t, http.StatusUnprocessableEntity)
}
