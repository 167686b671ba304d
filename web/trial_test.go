package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestAThirdTechniqueAsksWhichOneWaits names three for one learning goal and has one of the first two wait.
func TestAThirdTechniqueAsksWhichOneWaits(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	goal := r.learning(t, "Ask before I show")
	for _, name := range []string{"The pause", "Ask twice"} {
		r.post(goal+"/techniques", "name", name).to(t, goal)
	}
	third := r.post(goal+"/techniques", "name", "Price, then wait").want(t, http.StatusSeeOther).Header.Get("Location")
	p := r.get(third).want(t, http.StatusOK)
	p.WantText("#h-waits", "Two are being tried. Which one waits while you try “Price, then wait”?")
	p.WantTexts("[aria-labelledby=h-waits] .btn", "“Ask twice” waits", "“The pause” waits", "“Price, then wait” waits")
	form := p.All("[aria-labelledby=h-waits] form")[0]
	fields := []string{}
	for _, in := range form.All("input") {
		fields = append(fields, in.Attr("name"), in.Attr("value"))
	}
	r.post(form.Attr("action"), fields...).to(t, third)
	p = r.get(third).want(t, http.StatusOK)
	p.Want("#h-waits", 0)
	states := map[string]string{}
	for _, li := range r.get(goal).want(t, http.StatusOK).All("[aria-labelledby=h-techniques] li") {
		states[li.One("a.b").Text()] = li.One(".chip").Text()
	}
	if states["Price, then wait"] != "Trying" || states["The pause"] != "Trying" || states["Ask twice"] != "Idea" {
		t.Errorf("states: %v", states)
	}
	// What was decided and is to be tried again is asked about in the same way, and nothing is lost.
	var asks string
	for _, a := range r.get(goal).All("[aria-labelledby=h-techniques] a.b") {
		if a.Text() == "Ask twice" {
			asks = a.Attr("href")
		}
	}
	version := r.get(asks).One("[aria-labelledby=h-verdict] input[name=version]").Attr("value")
	r.post(asks+"/decide", "version", version, "state", "dropped", "verdict", "Too much.").to(t, asks)
	version = r.get(asks).One("[aria-labelledby=h-verdict] input[name=version]").Attr("value")
	p = r.post(asks+"/decide", "version", version, "state", "trying", "verdict", "Too much.").want(t, http.StatusUnprocessableEntity)
	p.Want("[aria-labelledby=h-waits] form", 2)
}

// TestATrialAsksInTheEndWhetherItHelped uses a technique, says with one tap what it felt like, and decides after
// two weeks; the decision stands with its uses.
func TestATrialAsksInTheEndWhetherItHelped(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	goal, technique := r.used(t)
	p := r.get(goal).want(t, http.StatusOK)
	felt := p.One("form[action='" + technique + "/felt']")
	p.WantTexts("form[action='"+technique+"/felt'] button", "natural", "all right", "clumsy")
	r.post(technique+"/felt", "use", felt.One("input[name=use]").Attr("value"), "natural", "9", "back", goal).to(t, goal)
	r.get(goal).want(t, http.StatusOK).Want("form[action='"+technique+"/felt']", 0)
	r.after(t, 4)
	r.post(technique+"/use", "key", "u2", "note", "With Birch", "natural", "3").to(t, technique)
	p = r.get(technique).want(t, http.StatusOK)
	p.WantText("#trial", "Used 2 times on 2 days. Felt natural: 1. Clumsy: 1.")
	p.WantTexts("[aria-labelledby=h-uses] .chip", "clumsy", "natural")
	p.Want("[name=helped]", 0)
	p = r.get("/").want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-trying] li").Text(); !strings.Contains(text, "The pause Day 5 of 14, to decide from 5 Dec") {
		t.Errorf("on Today: %s", text)
	}
	r.after(t, 10)
	r.post("/log", "key", "l1", "text", "10m Ask before I show").to(t, "/") // back again after the silence
	p = r.get("/").want(t, http.StatusOK)
	p.Want("#h-trying", 0)
	if text := p.One("section[aria-label='The pause']").Text(); !strings.Contains(text, "Two weeks of “The pause” are over") {
		t.Errorf("on Today: %s", text)
	}
	p = r.get(technique).want(t, http.StatusOK)
	p.WantText("#h-verdict", "Two weeks are over")
	p.WantTexts("form[action='"+technique+"/decide'] button", "Keep it", "Adapt it", "Drop it", "Two weeks more")
	p.WantTexts("#f-helped option", "hard to say", "yes", "no")
	version := p.One("form[action='" + technique + "/decide'] input[name=version]").Attr("value")
	r.post(technique+"/decide", "version", version, "state", "dropped", "verdict", "Too slow for me.", "helped", "-1").to(t, technique)
	p = r.get(technique).want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-verdict]").Text(); !strings.Contains(text, "21 Nov to 5 Dec: used 2 times, it did not help, dropped.") {
		t.Errorf("what stays: %s", text)
	}
	if text := r.get("/").One("#cheer").Text(); !strings.Contains(text, "Tried and decided: “The pause”, used 2 times, is dropped. Now you know.") {
		t.Errorf("dropping is celebrated too: %s", text)
	}
}

// TestAtHalfTimeOneNewWayIsOffered on the page of a result: first the concept, for whoever has not met it, then
// the way itself, taken with one tap or put away for good.
func TestAtHalfTimeOneNewWayIsOffered(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t) // until 20 December
	r.after(t, 12)
	r.post(result+"/log", "value", "1", "key", "v1").to(t, result)
	r.get(result).want(t, http.StatusOK).Want("#h-way", 0)
	r.after(t, 3)
	r.post(result+"/log", "value", "1", "key", "v2").to(t, result)
	p := r.get(result).want(t, http.StatusOK)
	p.Want("#h-way", 0)
	if p.One("section[aria-label='New: a technique']"); !strings.Contains(p.Text, "can be used again") {
		t.Errorf("techniques are not offered first: %s", p.One("main").Text())
	}
	r.post("/concepts/technique/try", "back", result).to(t, result)
	p = r.get(result).want(t, http.StatusOK)
	if text := p.One("[aria-labelledby=h-way]").Text(); !strings.Contains(text, "Half of the time is over. One new way to try?") || !strings.Contains(text, "From an example that fits.") {
		t.Errorf("offered: %s", text)
	}
	technique := r.post(result+"/new-way").want(t, http.StatusSeeOther).Header.Get("Location")
	r.get(technique).want(t, http.StatusOK).Want("form[action='"+technique+"/use']", 1)
	p = r.get(result).want(t, http.StatusOK)
	p.WantText("[aria-labelledby=h-way] p.sm", "You named it and have not used it yet.")
	r.post(result+"/hint", "code", "NO_NEW_WAY").to(t, result)
	r.get(result).want(t, http.StatusOK).Want("#h-way", 0)
}

// TestALineCelebratesWhatWasDone closes a result and writes a lesson: both have the same line on Today, which
// says who was there, closes, and is off when it is switched off.
func TestALineCelebratesWhatWasDone(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	result := r.pair(t)
	learning := r.learnt(t, result)
	r.get("/").want(t, http.StatusOK).Want("#cheer", 0)
	r.post(learning+"/lessons", "text", "Silence makes them talk.").to(t, learning)
	shape := func() string {
		t.Helper()
		c := r.get("/").want(t, http.StatusOK).One("#cheer")
		return strings.Join([]string{c.Attr("class"), c.One("svg").Attr("class"), c.One("p").Attr("class")}, "|")
	}
	p := r.get("/").want(t, http.StatusOK)
	p.WantText("#cheer p", "Learned: “Silence makes them talk.”")
	p.Want("#cheer svg", 1)
	lesson := shape()
	r.post(result+"/log", "value", "20", "key", "v1").to(t, result)
	r.post(result+"/close", "version", "0", "do", "finish", "next", "let_go").to(t, result+"/close")
	p = r.get("/").want(t, http.StatusOK)
	p.WantText("#cheer p", "Reached: 20 sales by December.")
	p.Want("#cheer", 1)
	if got := shape(); got != lesson {
		t.Errorf("a result is celebrated in another size: %s, %s", got, lesson)
	}
	about := p.All("#cheer form")[0].Attr("action")
	r.post(about, "helped", "Ana").to(t, "/")
	r.get("/").WantText("#cheer p", "Reached: 20 sales by December. With Ana.")
	r.post(about, "do", "away").to(t, "/")
	r.get("/").WantText("#cheer p", "Learned: “Silence makes them talk.”")
	version := r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto", "keys", "on").to(t, "/settings")
	r.get("/").want(t, http.StatusOK).Want("#cheer", 0)
	if text := r.get("/settings").One("main").Text(); !strings.Contains(text, "Eine Zeile für das gerade Getane") {
		t.Errorf("the switch: %s", text)
	}
	version = r.get("/settings").One("[action='/settings'] input[name=version]").Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto", "keys", "on", "cheers", "on").to(t, "/settings")
	r.get("/").WantText("#cheer p", "Gelernt: „Silence makes them talk.“")
}
