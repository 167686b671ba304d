package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem/app"
)

// joined gives Mira's team and somebody who joined it, by the forms.
func (r *reader) joined(t *testing.T, name string) (team string, in app.SignedIn, other *reader) {
	t.Helper()
	team = r.post("/settings/people", "name", "Alder").want(t, http.StatusSeeOther).Header.Get("Location")
	link := r.post(team+"/invites", "role", "member", "days", "7").want(t, http.StatusOK).One("#link").Text()
	in = r.Person(t, name)
	other = r.as(in)
	other.post(link[strings.Index(link, "/join/"):]).want(t, http.StatusSeeOther)
	return team, in, other
}

// used gives a learning goal with a technique that was used, and the technique's address.
func (r *reader) used(t *testing.T) (goal, technique string) {
	t.Helper()
	goal = r.learning(t, "Ask before I show")
	r.post(goal+"/techniques", "name", "The pause").to(t, goal)
	technique = r.get(goal).want(t, http.StatusOK).One("[aria-labelledby=h-techniques] a.b").Attr("href")
	r.post(technique+"/use", "key", "u1").to(t, technique)
	return goal, technique
}

// TestFeedbackIsOfferedAfterTheFirstUse finds no word of it before, and the offer on the page where the use
// was logged.
func TestFeedbackIsOfferedAfterTheFirstUse(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	goal, technique := r.used(t)
	for _, p := range []string{"/", "/goals", goal, technique} {
		if text := r.get(p).want(t, http.StatusOK).One("body").Text(); strings.Contains(text, "eedback") {
			t.Errorf("%s on the first day: %s", p, text)
		}
	}
	r.after(t, 1)
	for _, p := range []string{"/", "/goals", goal} {
		if text := r.get(p).want(t, http.StatusOK).One("body").Text(); strings.Contains(text, "eedback") {
			t.Errorf("%s: %s", p, text)
		}
	}
	p := r.get(technique).want(t, http.StatusOK)
	if text := p.One("section[aria-label='New: feedback in two fields']").Text(); !strings.Contains(text, "You used “The pause”. If somebody was there, ask: what worked, what to try next?") {
		t.Errorf("the offer: %s", text)
	}
	ask := p.One("form[action='/concepts/feedback/try'] input[name=back]").Attr("value")
	r.post("/concepts/feedback/try", "back", ask).to(t, "/feedback/new?goal="+goal[len("/goals/"):])
	r.get(goal).want(t, http.StatusOK).Want("[aria-labelledby=h-feedback] a[href='"+ask+"']", 1)
}

// TestSomebodyWithoutAnAccountAnswersByALink sees the letter, sends it, and has it answered in another browser:
// what is read there is what was shown, and the score waits for the words.
func TestSomebodyWithoutAnAccountAnswersByALink(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	goal, _ := r.used(t)
	r.post(goal+"/edit", "version", r.get(goal+"/edit").One("input[name=version]").Attr("value"), "title", "Ask before I show", "levels", "knows how\nin calm calls\nunder pressure").to(t, goal)
	id := goal[len("/goals/"):]
	p := r.get("/feedback/new?goal="+id).want(t, http.StatusOK)
	p.Want("select[name=person]", 0) // nobody belongs here but Mira
	p.Want("button[value=send]", 0)
	form := []string{"goal", id, "name", "Ana", "how", "peer", "days", "14", "ask", "How was the Alder call?\nBe honest.", "show_levels", "on"}
	p = r.post("/feedback/new", append(form, "do", "show")...).want(t, http.StatusOK)
	letter := p.One(".letter").Text()
	for _, want := range []string{"From Mira", "How was the Alder call? Be honest.", "2. in calm calls", "Only Mira reads them.", "until 5 December"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter does not say %q: %s", want, letter)
		}
	}
	if strings.Contains(letter, "Ask before I show") {
		t.Errorf("the title was not chosen: %s", letter)
	}
	r.get("/feedback").want(t, http.StatusOK).Want("#h-waiting", 0) // nothing was sent yet
	again := []string{}
	for _, in := range p.All("form.taps input") {
		again = append(again, in.Attr("name"), in.Attr("value"))
	}
	one := r.post("/feedback/new", append(again, "do", "send")...).want(t, http.StatusSeeOther).Header.Get("Location")
	p = r.get(one).want(t, http.StatusOK)
	link := p.One("#link").Text()
	link = link[strings.Index(link, "/asked/"):]
	p.Want("a[href^='mailto:']", 1)
	p = r.post("/feedback/new", append(form, "do", "show")...).want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-name-error", "Ana was asked less than 14 days ago. Ask again from 5 December 2026.")
	p.WantAttr("#f-name", "value", "Ana")

	ana := s.stranger()
	p = ana.get(link).want(t, http.StatusOK)
	if read := p.One(".letter").Text(); read != letter {
		t.Errorf("shown: %s\nread:  %s", letter, read)
	}
	if text := p.One("body").Text(); strings.Contains(text, "Ask before I show") || strings.Contains(text, "The pause") {
		t.Errorf("the page tells more: %s", text)
	}
	p.Want("nav", 0)
	p = ana.post(link, "worked", " ", "try_next", "", "score", "4").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-worked-error", "Write at least one of the two fields: what worked, or what to try next.")
	p.WantAttr("#f-score option[selected]", "value", "4")
	p = ana.post(link, "worked", "You let them talk.", "try_next", "Say the price, then wait.", "score", "4", "level", "2", "do", "send").want(t, http.StatusOK)
	if text := p.One("main").Text(); !strings.Contains(text, "Sent. Only Mira reads it.") {
		t.Errorf("after sending: %s", text)
	}
	ana.get(link).want(t, http.StatusNotFound)
	ana.post(link, "worked", "Once more").want(t, http.StatusNotFound)

	p = r.get("/").want(t, http.StatusOK)
	p.WantAttr("[aria-labelledby=h-waits] a", "href", one)
	p = r.get(one).want(t, http.StatusOK)
	text := p.One("main").Text()
	if !strings.Contains(text, "You let them talk.") || !strings.Contains(text, "Say the price, then wait.") || strings.Contains(text, "4 of 5") || strings.Contains(text, "calm") {
		t.Errorf("the words first: %s", text)
	}
	p.WantText("form[action='"+one+"/read'] button", "I have read it: show the rest")
	r.post(one+"/read").to(t, one)
	p = r.get(one).want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-score]").Text(); !strings.Contains(text, "4 of 5: it works well") || !strings.Contains(text, "Ana saw level 2 (in calm calls).") {
		t.Errorf("then the score: %s", text)
	}
	r.post(one+"/level").to(t, goal)
	r.get(goal).want(t, http.StatusOK).WantTexts(".levels .chip", "Someone else")
	technique := r.post(one+"/technique").want(t, http.StatusSeeOther).Header.Get("Location")
	r.get(technique).want(t, http.StatusOK).WantText("h1", "Say the price, then wait.")
	learning := r.post(one+"/learning").want(t, http.StatusSeeOther).Header.Get("Location")
	r.get(learning).want(t, http.StatusOK).WantText("h1", "Say the price, then wait.")
	p = r.get("/feedback").want(t, http.StatusOK)
	p.WantTexts("[aria-labelledby=h-again] li p", "asked 21 Nov, again from 5 Dec")
	r.get("/").want(t, http.StatusOK).Want("#h-waits", 0)
}

// TestWhatOthersAskStandsOnTodayAtOnce asks a member on her first day, who has met nothing of it: it stands on
// her Today, and is answered there in German.
func TestWhatOthersAskStandsOnTodayAtOnce(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	team, in, ana := r.joined(t, "Ana")
	person := in.Person.ID.String()
	r.post("/space", "space", team[strings.LastIndex(team, "/")+1:], "back", "/")
	form := []string{"person", person, "how", "lead", "days", "7", "ask", "How was the Alder call?"}
	p := r.get("/feedback/new").want(t, http.StatusOK)
	p.WantTexts("select[name=person] option", "Someone without an account", "Ana")
	p = r.post("/feedback/new", append(form, "do", "show")...).want(t, http.StatusOK)
	p.WantText("button[value=send]", "Ask Ana")
	r.post("/feedback/new", append(form, "do", "send")...).want(t, http.StatusSeeOther)
	version := ana.get("/settings").All("input[name=version]")[0].Attr("value")
	ana.post("/settings", "version", version, "name", "Ana", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto", "keys", "on", "cheers", "on").to(t, "/settings")
	p = ana.get("/").want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-waits]").Text(); !strings.Contains(text, "Mira fragt: Was ging gut, was als Nächstes versuchen?") || !strings.Contains(text, "How was the Alder call?") {
		t.Errorf("on Ana's Today: %s", text)
	}
	give := p.One("[aria-labelledby=h-waits] a").Attr("href")
	p = ana.get(give).want(t, http.StatusOK)
	p.WantTexts("label[for=f-worked],label[for=f-try_next]", "Was ging gut?", "Was als Nächstes versuchen?")
	ana.post(give, "do", "not_this_time").to(t, "/")
	ana.get("/").want(t, http.StatusOK).Want("#h-waits", 0)
	if text := r.get("/feedback").want(t, http.StatusOK).One("[aria-labelledby=h-waiting]").Text(); !strings.Contains(text, "Not this time") {
		t.Errorf("Mira reads: %s", text)
	}
	eve := s.as(s.Person(t, "Eve"))
	eve.get(give).want(t, http.StatusNotFound)
}

// TestFeedbackIsOfferedUnasked on a goal that can be seen, and looked at by oneself on an own one.
func TestFeedbackIsOfferedUnasked(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	team, _, ana := r.joined(t, "Ana")
	r.post("/space", "space", team[strings.LastIndex(team, "/")+1:], "back", "/")
	goal := r.post("/goals/new", "kind", "result", "key", "k", "result.title", "20 sales", "result.target", "20", "result.deadline", "2026-12-20", "result.number.name", "Sales", "result.number.form", "total", "result.number.direction", "up").want(t, http.StatusSeeOther).Header.Get("Location")
	ana.post("/concepts/feedback/try", "back", "/")
	p := ana.get(goal).want(t, http.StatusOK)
	p.WantText("[aria-labelledby=h-feedback] a", "Offer feedback")
	ana.get(goal+"/feedback").want(t, http.StatusOK).WantText("h1", "Feedback for Mira")
	ana.post(goal+"/feedback", "key", "f1", "worked", "You asked first.", "try_next", "Call in the morning").to(t, goal)
	ana.post(goal+"/feedback", "key", "f1", "worked", "You asked first.").to(t, goal) // a second press
	if text := ana.get(goal).One("main").Text(); strings.Contains(text, "You asked first.") {
		t.Errorf("it stands on the page that others see: %s", text)
	}
	p = r.get(goal).want(t, http.StatusOK)
	p.WantTexts("[aria-labelledby=h-feedback] .rows a", "Ana")
	own := r.post(goal+"/feedback", "key", "f2", "try_next", "Write it down").want(t, http.StatusSeeOther).Header.Get("Location")
	p = r.get(own).want(t, http.StatusOK)
	p.WantText("h1", "Your own look")
	p.Want("form[action$='/read']", 0)
	ana.get(own).want(t, http.StatusNotFound)
	p = r.get("/feedback").want(t, http.StatusOK)
	p.WantTexts("[aria-labelledby=h-said] a.b", "You", "Ana")
	p.Want("#h-gave", 0)
	ana.post("/space", "space", team[strings.LastIndex(team, "/")+1:], "back", "/")
	ana.get("/feedback").want(t, http.StatusOK).WantTexts("[aria-labelledby=h-gave] a.b", "To Mira")
}
