package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// TestStepsAndLearningStandOnOneRoad follows a pair from its first day: steps with a day, the practice, the
// first try and the look again lie on the time axis of the result; later the uses do.
func TestStepsAndLearningStandOnOneRoad(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	learning := r.learnt(t, url)
	r.post(url+"/steps", "do", "add", "title", "First five", "due", "2026-11-28").to(t, url)
	r.post(url+"/steps", "do", "add", "title", "Ten", "due", "2026-12-08").to(t, url)
	p := r.get(url).want(t, http.StatusOK)
	p.Want("svg.wide rect.ms", 2)
	p.Want("svg.wide circle.pd", 5)     // the first days of practice
	p.Want("svg.wide path.use.plan", 1) // the first try
	p.Want(".sws .sx2", 0)              // steps need no switch on a road map
	picture := p.One("svg.wide").Text()
	for _, w := range []string{"First five", "Ten", "Ask before I show", "first try, 24 Nov", "look again 5 Dec", "the way goes on", "Target 20"} {
		if !strings.Contains(picture, w) {
			t.Errorf("the road does not say %q: %s", w, picture)
		}
	}
	step := p.All("[aria-labelledby=h-steps] input[name=step]")[0].Attr("value")
	r.post(url+"/steps", "do", "done", "step", step, "lesson", "Mornings are best.").to(t, url)
	r.get(url).Want("svg.wide rect.ms.on", 1)
	r.post(learning+"/techniques", "name", "The pause").to(t, learning)
	technique := r.get(url + "/log").One("input[name=technique]").Attr("value")
	for _, key := range []string{"a", "b", "c", "d"} {
		r.post(url+"/log", "value", "1", "technique", technique, "key", key).to(t, url)
		s.Clock.AdvanceDays(1)
	}
	p = r.get(url).want(t, http.StatusOK)
	p.Want("svg.wide .x2 rect.ms", 2)
	p.Want("svg.wide .x2 rect.ms.on", 1)
	p.Want(".sws .sx2", 1)
	picture = p.One("svg.wide").Text()
	for _, w := range []string{"Ask before I show", "used 4 times", "look again 5 Dec"} {
		if !strings.Contains(picture, w) {
			t.Errorf("the picture does not say %q: %s", w, picture)
		}
	}
}

// TestNewWaysTriedStandWithTheResult counts what was used, not what was only named.
func TestNewWaysTriedStandWithTheResult(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	learning := r.learnt(t, url)
	tried := func() string {
		t.Helper()
		for _, n := range r.get(url).want(t, http.StatusOK).All("main .nums > *") {
			if text := n.Text(); strings.Contains(text, "New ways tried") {
				return text
			}
		}
		return ""
	}
	if got := tried(); got != "" {
		t.Errorf("before there is any: %q", got)
	}
	for _, name := range []string{"The pause", "Ask twice"} {
		r.post(learning+"/techniques", "name", name).to(t, learning)
	}
	if got := tried(); got != "" {
		t.Errorf("a zero is counted before the first use: %q", got)
	}
	pause := r.get(learning).All("[aria-labelledby=h-techniques] form[action$='/use']")[0].Attr("action")
	r.post(pause, "key", "u1").want(t, http.StatusSeeOther)
	r.post(pause, "key", "u2").want(t, http.StatusSeeOther)
	if got := tried(); !strings.HasPrefix(got, "New ways tried 1") || !strings.Contains(got, "used 2 times") {
		t.Errorf("after two uses of one: %q", got)
	}
}

// TestTheLoopOfAPairIsSeen reads it from the page of the result: goal, gap, learning, use.
func TestTheLoopOfAPairIsSeen(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.pair(t)
	learning := r.learnt(t, url)
	r.post(learning+"/practice", "minutes", "10", "key", "p1").to(t, learning)
	r.post(learning+"/techniques", "name", "The pause").to(t, learning)
	technique := r.get(url + "/log").One("input[name=technique]").Attr("value")
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		r.post(url+"/log", "value", "1", "technique", technique, "key", key).to(t, url)
		s.Clock.AdvanceDays(1)
	}
	p := r.get(url).want(t, http.StatusOK)
	p.WantText("h1", "20 sales by December")
	numbers := p.One(".nums").Text()
	for _, w := range []string{"So far 5 of 20", "24 days left", "Pace needed"} { // the gap
		if !strings.Contains(numbers, w) {
			t.Errorf("the numbers do not say %q: %s", w, numbers)
		}
	}
	p.WantText("[aria-labelledby=h-fuel] p", "practised 1 time · used 5 times")
	p.WantText("[aria-labelledby=h-tried] a.b", "The pause")
	r.get(learning).want(t, http.StatusOK).WantAttr("[aria-labelledby=h-fuels] a.b", "href", url) // and back
}

// TestTheClosingReadsAgainWhatWasNotInOnesHands names an outside factor with the result, says at the closing
// what became of it and what came unexpectedly, and finds all of it on the page that stays.
func TestTheClosingReadsAgainWhatWasNotInOnesHands(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.post("/goals/new", "kind", "result", "key", "k1", "result.title", "20 sales", "result.target", "20", "result.deadline", "2026-12-01", "result.number.form", "total",
		"outside", "The weather").want(t, http.StatusSeeOther).Header.Get("Location")
	r.post(url+"/factors", "hands", "yes", "text", "Calling every day").to(t, url)
	if text := r.get(url).One("[aria-labelledby=h-why]").Text(); !strings.Contains(text, "In your hands Calling every day Not in your hands The weather") {
		t.Errorf("the result says: %s", text)
	}
	r.post(url+"/log", "value", "6", "key", "v1").to(t, url)
	s.Clock.AdvanceDays(12)
	p := r.get(url+"/close").want(t, http.StatusOK)
	var factor string
	for _, in := range p.All(".hands input[name^='factor.']") {
		if label := p.One("label[for='" + in.Attr("id") + "']").Text(); label == "What became of it: The weather" {
			factor = in.Attr("name")
		}
	}
	if factor == "" {
		t.Fatalf("the weather is not read again: %s", p.One("main").Text())
	}
	r.post(url+"/close", "version", "0", "gains", "kept_on", "do", "finish", "next", "let_go", "unexpected", "A school ordered six bicycles.", factor, "It rained for a week.", "hands_out", "A holiday").to(t, url+"/close")
	p = r.get(url+"/close").want(t, http.StatusOK)
	hands := p.All("#hands .hands > div")
	if len(hands) != 2 || hands[0].Text() != "In your hands Calling every day" || !strings.Contains(hands[1].Text(), "The weather It rained for a week.") || !strings.Contains(hands[1].Text(), "A holiday") {
		t.Errorf("the page that stays: %s", p.One("main").Text())
	}
	p.WantText("#unexpected", "What came unexpectedly “A school ordered six bicycles.”")
}

func TestLearnedAndNotYetUsedStandsOnToday(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	learning := r.learnt(t, r.pair(t))
	r.post(learning+"/techniques", "name", "The pause").to(t, learning)
	s.Clock.AdvanceDays(1)
	p := r.get("/").want(t, http.StatusOK)
	p.WantText("#h-unused", "Learned, not yet used")
	p.WantText("[aria-labelledby=h-unused] a", "The pause")
	r.post(p.One("[aria-labelledby=h-unused] a").Attr("href")+"/use", "key", "u1").want(t, http.StatusSeeOther)
	r.get("/").want(t, http.StatusOK).Want("#h-unused", 0)
}

func TestNumbersCarryAnyUnit(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	for _, c := range []struct{ name, unit, form, value, shown string }{
		{"Revenue", "€", "total", "1,250.50", "+€1,250.50"}, {"Pieces", "pieces", "total", "40", "+40"},
		{"Customers", "customers", "reading", "12", "12"}, {"Share of repeat orders", "%", "reading", "37.5", "37.5"},
	} {
		url := r.post("/goals/new", "kind", "result", "key", c.name, "result.title", c.name+" up", "result.target", "5000", "result.deadline", "2026-12-20", "result.number.name", c.name,
			"result.number.unit", c.unit, "result.number.form", c.form).want(t, http.StatusSeeOther).Header.Get("Location")
		r.post(url+"/log", "value", c.value, "key", "v-"+c.name).to(t, url)
		p := r.get(url).want(t, http.StatusOK)
		if text := p.One("svg.wide").Text(); !strings.Contains(text, c.name+" ("+c.unit+")") {
			t.Errorf("the picture of %s does not name its unit: %s", c.name, text)
		}
		p = r.get(p.One("[aria-labelledby=h-lately] a").Attr("href")).want(t, http.StatusOK)
		p.WantText("tbody td.n", c.shown)
		if meta := p.One(".meta").Text(); !strings.HasSuffix(meta, c.unit) {
			t.Errorf("the page of %s: %s", c.name, meta)
		}
	}
}

func TestAResultIsJudgedByThePeriodThatWasChosen(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	r.get("/goals/new").want(t, http.StatusOK).WantAttr("#f-result-number-period option[selected]", "value", "week")
	for period, words := range map[string]string{"day": "a day", "week": "a week", "month": "a month", "quarter": "a quarter", "year": "a year"} {
		url := r.post("/goals/new", "kind", "result", "key", period, "result.title", "Calls", "result.target", "3", "result.deadline", "2028-12-31", "result.number.name", "Calls",
			"result.number.form", "rate", "result.number.period", period).want(t, http.StatusSeeOther).Header.Get("Location")
		if text := r.get(url).want(t, http.StatusOK).One("svg.wide").Text(); !strings.Contains(text, "Calls "+words) {
			t.Errorf("judged each %s: %s", period, text)
		}
	}
	r.post("/goals/new", "kind", "result", "key", "x", "result.title", "Calls", "result.target", "3", "result.deadline", "2028-12-31", "result.number.form", "rate", "result.number.period", "fortnight").
		want(t, http.StatusUnprocessableEntity).Want("#f-result-number-period-error", 1)
}

// TestOnesOwnPastIsAllThatOneIsComparedWith gives two people of a team the same kind of result. What one did
// stands on no page of the other's.
func TestOnesOwnPastIsAllThatOneIsComparedWith(t *testing.T) {
	s := newSite(t)
	mira := s.setUp()
	team := mira.post("/settings/people", "name", "Harbour Bikes").want(t, http.StatusSeeOther).Header.Get("Location")
	id, err := tandem.ParseID[tandem.WorkspaceID](strings.TrimPrefix(team, "/settings/people/"))
	if err != nil {
		t.Fatal(err)
	}
	signedIn := s.Person(t, "Noor")
	s.Join(t, app.SignedIn{Secret: mira.cookies["tandem"]}, id, signedIn, tandem.RoleMember)
	noor := s.as(signedIn)
	noor.post("/space", "space", id.String(), "back", "/").to(t, "/")
	reach := func(r *reader, value, best string) string {
		t.Helper()
		url := r.post("/goals/new", "kind", "result", "key", "k", "result.title", "Reach further", "result.target", "900", "result.from", "5", "result.deadline", "2026-12-01",
			"result.number.name", "Reach", "result.number.form", "reading").want(t, http.StatusSeeOther).Header.Get("Location")
		for i, v := range []string{value, best, value, value} {
			r.post(url+"/log", "value", v, "key", "v"+string(rune('a'+i))).to(t, url)
			s.Clock.AdvanceDays(1)
		}
		return url
	}
	own := reach(mira, "61", "67")
	reach(noor, "731", "797")
	s.Clock.AdvanceDays(8)
	for _, path := range []string{own, own + "/close", "/"} {
		text := mira.get(path).want(t, http.StatusOK).One("main").Text()
		for _, other := range []string{"731", "797", "Noor"} {
			if strings.Contains(text, other) {
				t.Errorf("%s holds %q: %s", path, other, text)
			}
		}
	}
	if text := mira.get(own + "/close").One(".gains").Text(); !strings.Contains(text, "67 the best value") {
		t.Errorf("the own best: %s", text)
	}
}

// TestWhyThisNumberSaysWhatCountsBesideFewValues logs on and on: with three and four values the page says what
// was blended in, before and after there is nothing of that.
func TestWhyThisNumberSaysWhatCountsBesideFewValues(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url := r.post("/goals/new", "kind", "result", "key", "k1", "result.title", "20 sales", "result.target", "20", "result.deadline", "2026-12-31", "result.number.form", "total").
		want(t, http.StatusSeeOther).Header.Get("Location")
	for n := 1; n <= 5; n++ {
		r.post(url+"/log", "value", "1", "key", fmt.Sprint("v", n)).to(t, url)
		text := r.get(url).One("main").Text()
		said := fmt.Sprintf("a chance of 1 in 2 counts beside them, since no earlier results are counted here. Of %d parts, %d are from the values", n+5, n)
		if got := strings.Contains(text, said); got != (n == 3 || n == 4) {
			t.Errorf("with %d values it says so: %t", n, got)
		}
		s.Clock.AdvanceDays(1)
	}
}
