package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// TestTwoWhoWordTheQuestionLoseNothing: who saves from an older page is told so, keeps what was typed, reads what
// stands now, and can save again.
func TestTwoWhoWordTheQuestionLoseNothing(t *testing.T) {
	x := newTwosome(t)
	side := x.page() + "/mine"
	version := x.tomas.get(side).want(t, http.StatusOK).One("main input[name=version]").Attr("value")
	form := func(version, question string) []string {
		return []string{"version", version, "question", question, "ask", "Ask me.", "quiet_days", "0", "quiet_words", "", "parts", "practice"}
	}
	x.mira.post(side, form(version, "What went well?")...).to(t, x.page())
	p := x.tomas.post(side, form(version, "What was hard?")...).want(t, http.StatusUnprocessableEntity)
	text := p.One("main").Text()
	if !strings.Contains(text, "changed in the meantime") || !strings.Contains(text, "now says: “What went well?”") || p.One("#f-question").Attr("value") != "What was hard?" {
		t.Errorf("the second is told: %s", text)
	}
	x.mira.get(x.page()+"/exchange").WantText("h1", "What went well?")
	x.tomas.post(side, form(p.One("main input[name=version]").Attr("value"), "What was hard?")...).to(t, x.page())
	x.mira.get(x.page()+"/exchange").WantText("h1", "What was hard?")
	// What is wrong besides keeps the version that it was made from.
	version = x.tomas.get(side).One("main input[name=version]").Attr("value")
	p = x.tomas.post(side, form(version, "")...).want(t, http.StatusUnprocessableEntity)
	x.mira.post(side, form(version, "What did you try?")...).to(t, x.page())
	x.tomas.post(side, form(p.One("main input[name=version]").Attr("value"), "What else?")...).want(t, http.StatusUnprocessableEntity)
	x.tomas.post(side, "question", "What else?", "quiet_days", "0").want(t, http.StatusUnprocessableEntity)
}

// TestALineIsToldToTheLifelineThatOneChose: beside a line of celebration each lifeline has a button, none is
// chosen; pressed, the others read it in their language on Today and on the page, and answer there. A result and a
// lesson have the same.
func TestALineIsToldToTheLifelineThatOneChose(t *testing.T) {
	x := newTwosome(t)
	r := wants[tandem.AnyGoal](t)(x.CreateGoal(t.Context(), x.other.Actor, x.other.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "Ten talks", Target: new(10.0),
		Deadline: x.other.Person.Today(x.Clock.Now()) + 60, Number: &app.MetricInput{Name: "Talks", Form: tandem.FormTotal}}))
	if err := x.ChangeLifeline(t.Context(), x.other.Actor, x.id, app.SideInput{Version: 2, Goals: &[]app.SharedGoalID{{Goal: x.his}, {Goal: r.GoalHead().ID}}}); err != nil {
		t.Fatal(err)
	}
	version := x.tomas.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	x.tomas.post("/settings", "version", version, "name", "Tomas", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
	said := func(words, theirs string) {
		t.Helper()
		p := x.mira.get("/").want(t, http.StatusOK)
		if text := p.One("#cheer p").Text(); !strings.HasPrefix(text, words) {
			t.Errorf("the line says %s", text)
		}
		tell := p.One("#cheer form[action$='/tell']")
		if tell.Text() != "Tell Tomas" {
			t.Errorf("the button says %s", tell.Text())
		}
		x.mira.post(tell.Attr("action"), "about", tell.One("input[name=about]").Attr("value")).to(t, "/")
		p = x.mira.get("/").want(t, http.StatusOK)
		p.Want("#cheer form[action$='/tell']", 0)
		p.WantText("#cheer .taps .mut", "Told Tomas.")
		if text := x.tomas.get("/").want(t, http.StatusOK).One("#life").Text(); !strings.Contains(text, "erzählt dir, was gelungen ist") || !strings.Contains(text, theirs) {
			t.Errorf("on Today of Tomas: %s", text)
		}
		page := x.tomas.get(x.page()).want(t, http.StatusOK)
		if text := page.One("[aria-labelledby=h-between]").Text(); !strings.Contains(text, theirs) {
			t.Errorf("on the lifeline of Tomas: %s", text)
		}
		if text := x.mira.get(x.page()).want(t, http.StatusOK).One("[aria-labelledby=h-between]").Text(); !strings.Contains(text, "You told") || strings.Contains(text, "Got it") {
			t.Errorf("on the own page: %s", text)
		}
	}
	x.mira.post(x.asks+"/lessons", "text", "Silence makes them talk.").to(t, x.asks)
	if text := x.tomas.get("/").want(t, http.StatusOK).One("main").Text(); strings.Contains(text, "Silence makes them talk.") {
		t.Errorf("it is told by itself: %s", text)
	}
	said("Learned: “Silence makes them talk.”", "Gelernt: „Silence makes them talk.“")
	x.mira.post(x.result+"/log", "value", "20", "key", "v1").to(t, x.result)
	x.mira.post(x.result+"/close", "version", "0", "do", "finish", "next", "let_go").to(t, x.result+"/close")
	said("Reached: 20 sales by December.", "Erreicht: 20 sales by December.")
	x.mira.post(x.page()+"/tell", "about", "none").to(t, "/")
	x.as(x.Person(t, "Alma")).post(x.page()+"/tell", "about", "none").want(t, http.StatusNotFound)
}

// TestTheMailHoldsLifelinesForWhoSaysSo: the choice stands in the settings of whoever is in a lifeline, unticked;
// saved elsewhere it stays; the preview then says what the mail would.
func TestTheMailHoldsLifelinesForWhoSaysSo(t *testing.T) {
	x := newTwosome(t)
	x.SendsMail = true
	alone := x.as(x.Person(t, "Alma"))
	alone.get("/settings/mail").want(t, http.StatusOK).Want("input[name=lifelines]", 0)
	p := x.mira.get("/settings/mail").want(t, http.StatusOK)
	p.Want("input[name=lifelines]", 1)
	p.Want("input[name=lifelines][checked]", 0)
	preview := func() string { return x.mira.get("/settings/mail/preview").want(t, http.StatusOK).One("pre").Text() }
	if text := preview(); strings.Contains(text, "Tomas") {
		t.Errorf("nobody said so: %s", text)
	}
	x.mira.post("/settings/mail", "weekday", "5", "hour", "16", "lives", "on", "lifelines", "on").to(t, "/settings/mail")
	x.mira.get("/settings/mail").Want("input[name=lifelines][checked]", 1)
	if text := preview(); !strings.Contains(text, "With Tomas: “What did you try this week?”") || !strings.Contains(text, "Answer in a minute") || strings.Contains(text, "Spanish") || strings.Contains(text, "Slow is understood") {
		t.Errorf("the preview says %s", text)
	}
	x.mira.post("/settings/mail", "weekday", "4", "hour", "16").to(t, "/settings/mail")
	x.mira.get("/settings/mail").Want("input[name=lifelines][checked]", 1)
	x.mira.post("/settings/mail", "weekday", "4", "hour", "16", "lives", "on").to(t, "/settings/mail")
	x.mira.get("/settings/mail").Want("input[name=lifelines][checked]", 0)
}
