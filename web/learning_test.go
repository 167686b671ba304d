package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// learning makes a learning goal over the form, with more fields in pairs, and gives its address.
func (r *reader) learning(t *testing.T, title string, more ...string) string {
	t.Helper()
	return r.post("/goals/new", append([]string{"kind", "learning", "key", "l-" + title, "learning.title", title}, more...)...).want(t, http.StatusSeeOther).Header.Get("Location")
}

// learnt gives the address of the learning goal beside the result of a pair.
func (r *reader) learnt(t *testing.T, result string) string {
	t.Helper()
	return r.get(result).want(t, http.StatusOK).One("[aria-labelledby=h-fuel] a.b").Attr("href")
}

// after lets days go by, more than a session lasts, and signs in again.
func (r *reader) after(t *testing.T, days int) {
	t.Helper()
	r.Clock.AdvanceDays(days)
	r.post("/sign-in", "email", "mira@example.org", "password", password).to(t, "/")
}

func TestLearningMayStandAloneWithItsReason(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Find a fun way to move", "learning.why", "I want to feel awake.")
	p := r.get(url).want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-fuels]").Text(); !strings.Contains(text, "learning may stand alone") || !strings.Contains(text, "“I want to feel awake.”") {
		t.Errorf("what it fuels, and why: %s", text)
	}
	r.get("/goals").want(t, http.StatusOK).WantTexts("ul[data-rows] > li a.b", "Find a fun way to move")
	r.get("/").want(t, http.StatusOK).Want("ul.do > li button[name=minutes]", 3)
}

func TestAMissingReasonOrStepIsShownAndBlocksNothing(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	version := r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "en", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto", "keys", "on", "show_all", "on").to(t, "/settings")
	for _, url := range []string{result, r.learnt(t, result)} {
		p := r.get(url).want(t, http.StatusOK)
		p.Want("main a[href='"+url+"/edit#f-why']", 1)
		p.WantText("[aria-labelledby=h-steps] p", "No steps yet. A small one is enough.")
		p.Want("main [aria-invalid]", 0)
		edit := r.get(url+"/edit").want(t, http.StatusOK)
		fields := []string{"why", "So that we can stay here."}
		for _, in := range edit.All("main form input[name]") {
			fields = append(fields, in.Attr("name"), in.Attr("value"))
		}
		r.post(url+"/edit", fields...).to(t, url)
		r.post(url+"/steps", "do", "add", "title", "Call three people").to(t, url)
		p = r.get(url).want(t, http.StatusOK)
		p.Want("main a[href$='/edit#f-why']", 0)
		p.WantTexts("[aria-labelledby=h-steps] li b", "Call three people")
		if !strings.Contains(p.One("main").Text(), "“So that we can stay here.”") {
			t.Errorf("the reason is not on the page: %s", p.One("main").Text())
		}
	}
	r.post(result+"/log", "value", "1", "key", "v1").to(t, result) // nothing of it was needed for that
}

func TestACollectionIsNamedUsedAndRated(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Sell without pushing", "learning.collection", "strategies that help", "learning.collection_size", "3")
	const panel = "[aria-labelledby=h-slots] "
	p := r.get(url).want(t, http.StatusOK)
	p.WantText("#h-slots", "3 strategies that help")
	p.Want(panel+"a.slot", 3)
	r.post(url+"/slots", "name", "Ask twice").to(t, url)
	p = r.get(url)
	p.Want(panel+"a.slot", 2)
	p.Want(panel+"select[name=rating]", 0) // what was not used yet is not rated
	slot := p.One(panel + "input[name=slot]").Attr("value")
	r.post(url+"/slots", "slot", slot, "name", "Ask twice", "used", "yes").to(t, url)
	p = r.get(url)
	if text := p.One(panel + "ul").Text(); !strings.Contains(text, "used on") {
		t.Errorf("after its use: %s", text)
	}
	p.Want(panel+"select[name=rating] option", 6)
	r.post(url+"/slots", "slot", slot, "name", "Ask twice", "rating", "4").to(t, url)
	p = r.get(url)
	p.WantText(panel+".chip", "a help")
	p.Want(panel+"select[name=rating]", 0)
	if text := p.One(panel + "ul").Text(); !strings.Contains(text, "used on") || !strings.Contains(text, "Number 3: still open. It has no date.") {
		t.Errorf("once rated: %s", text)
	}
}

// TestAStepMayTakeItsTimeAndTeachesOnTheWay keeps a step open for months: it has no day, says nothing of
// time, and holds what it taught meanwhile.
func TestAStepMayTakeItsTimeAndTeachesOnTheWay(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Speak Spanish")
	r.post(url+"/steps", "do", "add", "title", "Order a meal").to(t, url)
	const panel = "[aria-labelledby=h-steps] "
	p := r.get(url).want(t, http.StatusOK)
	p.Want(panel+"input[type=date]", 0)
	step := p.One(panel + "input[name=step]").Attr("value")
	before := p.One(panel + "li").Text()
	r.after(t, 200)
	p = r.get(url).want(t, http.StatusOK)
	p.WantText(panel+"li", before)
	r.post(url+"/steps", "do", "still", "step", step).want(t, http.StatusUnprocessableEntity) // that it goes on needs no entry; a lesson does
	r.post(url+"/steps", "do", "still", "step", step, "lesson", "I read the card aloud first.").to(t, url)
	p = r.get(url)
	p.WantTexts(panel+"li p", "", "“I read the card aloud first.”")
	p.Want(panel+"button[value=done]", 1)
	r.after(t, 30)
	r.post(url+"/steps", "do", "done", "step", step, "lesson", "They answer slowly when I smile.").to(t, url)
	p = r.get(url)
	p.Want(panel+"button[value=done]", 0)
	if text := p.One(panel + "li").Text(); !strings.Contains(text, "“They answer slowly when I smile.”") {
		t.Errorf("the step that is done: %s", text)
	}
	p.Want("[aria-labelledby=h-lessons] li", 2)
}

func TestALookAgainSetsTheNextLevel(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Listen")
	version := r.get(url + "/edit").One("input[name=version]").Attr("value")
	r.post(url+"/edit", "version", version, "title", "Listen", "levels", "knows how\nin calm calls\nunder pressure").to(t, url)
	r.post(url+"/levels", "level", "2", "how", "use").to(t, url)
	const panel = "[aria-labelledby=h-look] "
	r.get(url).want(t, http.StatusOK).Want(panel+"button", 0) // its day has not come
	r.after(t, 14)
	p := r.get(url).want(t, http.StatusOK)
	p.WantTexts(panel+"button", "I looked", "Aim higher: 3: under pressure", "Pause", "Let it rest")
	r.post(url+"/look", "do", "next").to(t, url)
	p = r.get(url)
	p.Want(panel+"button", 0)
	if text := p.One("[aria-labelledby=h-look]").Text(); !strings.Contains(text, "Up next: 3: under pressure.") {
		t.Errorf("after looking: %s", text)
	}
	r.after(t, 40)
	p = r.get(url)
	p.WantTexts(panel+"button", "I looked", "Pause", "Let it rest") // above the highest there is none
	day := p.One("[aria-labelledby=h-look] .ph span").Text()
	r.post(url+"/look").to(t, url)
	if again := r.get(url).One("[aria-labelledby=h-look] .ph span").Text(); again == day {
		t.Errorf("looked, and the day is still %s", day)
	}
}

// TestALessonBecomesATechniqueToTry begins where a person does: with a lesson, and nothing else. The pages
// offer the technique the next day, and the lesson itself can be tried.
func TestALessonBecomesATechniqueToTry(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Ask before I show")
	r.post(url+"/lessons", "text", "Silence makes them talk.").to(t, url)
	r.get(url).want(t, http.StatusOK).Want("form[action='"+url+"/techniques']", 0) // not on the first day
	s.Clock.AdvanceDays(1)
	p := r.get(url).want(t, http.StatusOK)
	if text := p.One("form[action='/concepts/technique/try']").Attr("method"); text != "post" || !strings.Contains(p.One("main").Text(), "“Silence makes them talk.” can be used again.") {
		t.Fatalf("no technique is offered: %s", p.One("main").Text())
	}
	there := p.One("form[action='/concepts/technique/try'] input[name=back]").Attr("value")
	r.post("/concepts/technique/try", "back", there).to(t, there)
	p = r.get(strings.TrimSuffix(there, "#technique"))
	if own := p.One("#technique input[name=lesson]").Attr("value"); own != p.One("[aria-labelledby=h-lessons] input[name=lesson]").Attr("value") {
		t.Errorf("what is tried in own words is of lesson %q", own)
	}
	p = r.get(url)
	p.Want("#technique input[name=lesson]", 0)
	lesson := p.One("[aria-labelledby=h-lessons] input[name=lesson]").Attr("value")
	name := p.One("[aria-labelledby=h-lessons] input[name=name]").Attr("value")
	r.post(url+"/techniques", "lesson", lesson, "name", name).to(t, url)
	p = r.get(url)
	p.WantText("[aria-labelledby=h-techniques] a.b", "Silence makes them talk.")
	p.WantText("[aria-labelledby=h-lessons] li a", "Trying")
	p.Want("[aria-labelledby=h-lessons] form", 0) // it is not tried twice
}

func TestATrialEndsWithOnesOwnDecision(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	url := r.learnt(t, result)
	r.post(url+"/techniques", "name", "The pause").to(t, url)
	technique := r.get(url).One("[aria-labelledby=h-techniques] a.b").Attr("href")
	for _, c := range []struct{ press, stands string }{{"adapted", "Adapted"}, {"dropped", "Dropped"}, {"trying", "Trying"}, {"kept", "Kept"}} {
		p := r.get(technique).want(t, http.StatusOK)
		p.Want("form[action='"+technique+"/decide'] button", 3)
		p.Want("form[action='"+technique+"/decide'] button[value="+c.press+"]", 1)
		version := p.One("input[name=version]").Attr("value")
		r.post(technique+"/decide", "version", version, "state", c.press, "verdict", "Better when they are calm: "+c.press).to(t, technique)
		p = r.get(result).want(t, http.StatusOK)
		p.WantText("[aria-labelledby=h-tried] .chip", c.stands)
		if text := p.One("[aria-labelledby=h-tried] p").Text(); !strings.Contains(text, "Better when they are calm: "+c.press) {
			t.Errorf("%s: the result says %s", c.press, text)
		}
	}
	p := r.post(technique+"/decide", "version", "1", "state", "decided", "verdict", "")
	p.want(t, http.StatusUnprocessableEntity)
}

func TestWhatYouSayStandsBesideWhatWasNoticed(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Listen")
	at := func(level, how string) string {
		t.Helper()
		r.post(url+"/levels", "level", level, "how", how).to(t, url)
		return r.get(url).want(t, http.StatusOK).One("[aria-labelledby=h-levels]").Text()
	}
	here := func() string { t.Helper(); return r.get(url).One(".levels li.cur h3").Text() }
	at("2", "self")
	if text := at("4", "self"); !strings.Contains(text, "You say level 4.") || here() != "Level 2 You are here" {
		t.Errorf("level 4 is only said: %s; here is %s", text, here())
	}
	if text := at("3", "use"); !strings.Contains(text, "You say level 4.") || here() != "Level 3 You are here" {
		t.Errorf("level 3 was seen in real use: %s; here is %s", text, here())
	}
	r.get(url).WantTexts(".levels .chip", "You", "Real use", "You")
	if text := at("4", "peer"); strings.Contains(text, "You say level") || here() != "Level 4 You are here" {
		t.Errorf("somebody else saw level 4: %s; here is %s", text, here())
	}
}

func TestPracticeKeepsHowItWasAndWhatItTaught(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Listen")
	p := r.get(url).want(t, http.StatusOK)
	p.WantAttr("#f-enjoyment option[selected]", "value", "0") // nobody has to say it
	r.post(url+"/practice", "minutes", "20", "key", "p1", "enjoyment", "0").to(t, url)
	r.get(url).WantText("#last-practice", "Last practised today: 20 min.")
	r.post(url+"/practice", "minutes", "15", "key", "p2", "enjoyment", "5", "reflection", "They talk when I wait.").to(t, url)
	p = r.get(url)
	p.WantText("#last-practice", "Last practised today: 15 min. How it was: a joy.")
	p.WantTexts("[aria-labelledby=h-lessons] li p", "They talk when I wait.", "21 Nov")
	r.post(url+"/practice", "minutes", "15", "key", "p3", "enjoyment", "6").want(t, http.StatusUnprocessableEntity)
}

// TestASmallPromiseIsMadeWhereItIsOffered practises twice, takes the offer of Today and makes a micro-goal.
func TestASmallPromiseIsMadeWhereItIsOffered(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.learning(t, "Listen")
	for _, key := range []string{"p1", "p2"} {
		s.Clock.AdvanceDays(1)
		r.post(url+"/practice", "minutes", "10", "key", key).to(t, url)
	}
	r.get(url).want(t, http.StatusOK).Want("form[action$='/micro-goals']", 0)
	p := r.get("/").want(t, http.StatusOK)
	p.WantAttr("form[action='/concepts/micro_goal/try'] input[name=back]", "value", url)
	p.WantAttr("form[action='/concepts/micro_goal/not-now'] input[name=back]", "value", "/")
	r.post("/concepts/micro_goal/try", "back", url).to(t, url)
	r.get(url).want(t, http.StatusOK).Want("form[action='"+url+"/micro-goals']", 2) // practice, and at most so often
	r.post(url+"/micro-goals", "minutes", "10", "days", "5").to(t, url)
	p = r.get(url)
	p.Want("#f-micro-minutes", 0)
	if text := p.One("main").Text(); !strings.Contains(text, "10 minutes, 5 days a week") || !strings.Contains(text, "1 of 5 days this week") { // of yesterday, Sunday, and today
		t.Errorf("the promise: %s", text)
	}
}
