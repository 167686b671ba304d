package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// ratio makes a result on deals by calls through the form and gives its address.
func (r *reader) ratio(t *testing.T) string {
	t.Helper()
	return r.post("/goals/new", "kind", "result", "key", "q1", "result.title", "Close 30 of 100", "result.target", "30", "result.deadline", "2027-01-31", "result.number.name", "Closed",
		"result.number.form", "ratio", "result.number.period", "week", "result.number.as", "share", "result.number.numerator", "Deals", "result.number.denominator", "Calls", "result.number.direction", "up").
		want(t, http.StatusSeeOther).Header.Get("Location")
}

// TestARatioIsMadeLoggedAndReadWithoutAScript goes from the form to both parts, to Today, and to the page that
// shows what each value was made from.
func TestARatioIsMadeLoggedAndReadWithoutAScript(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	form := r.get("/goals/new?kind=result").want(t, http.StatusOK)
	form.Want("#f-result-number-form option[value=ratio]", 1)
	p := r.post("/goals/new", "kind", "result", "key", "q0", "result.title", "Close", "result.target", "30", "result.deadline", "2027-01-31", "result.number.form", "ratio",
		"result.number.numerator", "Deals").want(t, http.StatusUnprocessableEntity)
	p.WantText("#f-result-number-denominator-error", "Name the two numbers that it is worked out from, such as deals and calls.")
	p.Want("details.more[open]", 1)
	p = r.post("/goals/new", "kind", "result", "key", "q0", "result.title", "Close", "result.target", "30", "result.deadline", "2027-01-31", "result.number.form", "total",
		"result.number.numerator", "Deals").want(t, http.StatusUnprocessableEntity)
	p.Want("#f-result-number-numerator-error", 1)

	url := r.ratio(t)
	p = r.get(url+"/log").want(t, http.StatusOK)
	p.Want("main form input[name=part]", 2)
	p.Want("main form label[for=f-value]", 1)
	p.Want("main form label[for=f-value-denominator]", 1)
	// Three weeks: 1 of 4, 0 of 5, 3 of 6; the weeks are whole when the fourth is under way.
	for week, v := range [][2]string{{"1", "4"}, {"0", "5"}, {"3", "6"}} {
		day := []string{"2026-11-21", "2026-11-25", "2026-12-01"}[week]
		s.Clock.AdvanceDays([]int{0, 4, 6}[week])
		r.post(url+"/log", "part", "denominator", "value", v[1], "day", day, "key", "d"+day).to(t, url)
		r.post(url+"/log", "part", "numerator", "value", v[0], "day", day, "key", "n"+day).to(t, url)
	}
	s.Clock.AdvanceDays(7) // 8 December, a Tuesday
	bad := r.post(url+"/log", "part", "denominator", "value", "1O", "key", "x").want(t, http.StatusUnprocessableEntity)
	bad.Want("#f-value-error", 1)
	if h := bad.One("section[aria-labelledby=h-denominator] form").Text(); !strings.Contains(h, "Calls") {
		t.Errorf("the field that is wrong stands with %s", h)
	}
	bad = r.post(url+"/log", "value", "3", "key", "y").want(t, http.StatusUnprocessableEntity)
	bad.WantText("#errors li", "“Closed” is worked out from “Deals” and “Calls”. Log the value on one of those two.")
	r.post("/log", "text", "Closed 25", "key", "z").want(t, http.StatusUnprocessableEntity)

	p = r.get(url).want(t, http.StatusOK)
	table := p.One("figcaption table").Text()
	for _, w := range []string{"16 Nov to 22 Nov 25 % 1 4", "23 Nov to 29 Nov 0 % 0 5", "30 Nov to 6 Dec 50 % 3 6", "Period Closed Deals Calls"} {
		if !strings.Contains(table, w) {
			t.Errorf("%q is not in %s", w, table)
		}
	}
	well := p.One("details.more .well").Text()
	for _, w := range []string{"3 whole periods with a value", "Each value is the sum of Deals divided by the sum of Calls, over one week.", "The last one, 30 Nov to 6 Dec: Deals 3, Calls 6, which is 50 %."} {
		if !strings.Contains(well, w) {
			t.Errorf("%q is not in %s", w, well)
		}
	}
	lately := p.One("[aria-labelledby=h-lately]").Text()
	if !strings.Contains(lately, "50 % 30 Nov to 6 Dec Deals 3, Calls 6") || !strings.Contains(lately, "under way") {
		t.Errorf("lately: %s", lately)
	}
	today := r.get("/").want(t, http.StatusOK)
	row := today.One("li[id^=row-goal]").Text()
	if !strings.Contains(row, "Deals +1 → 1 this week") || !strings.Contains(row, "Calls +1 → 1 this week") {
		t.Errorf("Today asks %s", row)
	}
	today.Want("li[id^=row-goal] form input[name=part][value=denominator]", 1)

	number := regexp.MustCompile(`/numbers/metric_\w+`).FindString(p.One("[aria-labelledby=h-lately] a").Attr("href"))
	page := r.get(number).want(t, http.StatusOK)
	if text := page.One("main").Text(); !strings.Contains(text, "Worked out from Deals divided by Calls") || !strings.Contains(text, "23 Nov to 29 Nov 0 % 0 5") {
		t.Errorf("the number's page: %s", text)
	}
	part := r.get(page.All("main .head a[href^='/numbers/']")[1].Attr("href")).want(t, http.StatusOK)
	if text := part.One("main").Text(); !strings.Contains(text, "Calls") || !strings.Contains(text, "Part of Closed") {
		t.Errorf("the part's page: %s", text)
	}
	list := r.get("/goals").want(t, http.StatusOK).One("main").Text()
	if !strings.Contains(list, "Close 30 of 100") {
		t.Errorf("the list: %s", list)
	}
	for _, path := range []string{"/reliability", url + "/edit", url + "/close", number + "?from=x"} {
		if a := r.get(path); a.StatusCode >= 500 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}

func TestARatioSpeaksGerman(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.ratio(t)
	r.post(url+"/log", "part", "denominator", "value", "8", "key", "d").to(t, url)
	r.post(url+"/log", "part", "numerator", "value", "2", "key", "n").to(t, url)
	s.Clock.AdvanceDays(3)
	version := r.get("/settings").All("input[name=version]")[0].Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
	text := r.get(url).want(t, http.StatusOK).One("main").Text()
	for _, w := range []string{"Jeder Wert ist die Summe von Deals geteilt durch die Summe von Calls, je Woche.", "16. Nov. bis 22. Nov.: Deals 2, Calls 8, das ist 25 %.", "läuft noch"} {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in %s", w, text)
		}
	}
}
