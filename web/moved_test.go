package web_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// pages makes a result on a number of its own with n daily values that climb from 48 to about 56, and gives
// its address.
func (r *reader) pages(t *testing.T, n int, target float64) (url string, g tandem.PerformanceGoal, in app.Principal) {
	t.Helper()
	in = r.signedIn(t, r)
	today := in.Person.Today(r.Clock.Now())
	made, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "More pages", Number: &app.MetricInput{Name: "Pages"},
		Start: today - 800, Target: &target, Deadline: today + 40})
	if err != nil {
		t.Fatal(err)
	}
	g = made.(tandem.PerformanceGoal)
	rng := rand.New(rand.NewPCG(3, 3))
	rows := make([]app.ObservationInput, n)
	for i := range rows {
		v := math.Round(10*(48+8*float64(i)/float64(n)+3*rng.NormFloat64())) / 10
		rows[i] = app.ObservationInput{Value: &v, Day: today - tandem.Day(n-1-i)}
	}
	for part := range slices.Chunk(rows, 500) {
		if _, err := r.BulkObservations(t.Context(), in.Actor, in.Person.Personal, g.Metric, part); err != nil {
			t.Fatal(err)
		}
	}
	return "/goals/" + g.ID.String(), g, in
}

var sinceLine = regexp.MustCompile(`^Since 14 Nov: from (\d+) to (\d+) in 100\.$`)

// TestWhatMovedTheChanceAddsUp reads the panel as a person would: the rows lead from one chance to the other,
// and no row is of nothing or of a learning goal.
func TestWhatMovedTheChanceAddsUp(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url, g, in := r.pages(t, 60, 55)
	read := func() (rows []string) {
		t.Helper()
		p := r.get(url).want(t, http.StatusOK)
		p.WantText("#h-moved", "What moved the chance")
		m := sinceLine.FindStringSubmatch(p.One("[aria-labelledby=h-moved] .pb > p").Text())
		if m == nil {
			t.Fatalf("the panel says %s", p.One("[aria-labelledby=h-moved]").Text())
		}
		at, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		if gauge := p.One(".nums").Text(); !strings.Contains(gauge, fmt.Sprintf("%d %%", to)) {
			t.Errorf("%d in 100 beside %s", to, gauge)
		}
		for _, row := range p.All("[aria-labelledby=h-moved] li") {
			rows = append(rows, row.Text())
			n, err := strconv.Atoi(strings.NewReplacer("+", "", "−", "-").Replace(strings.Fields(row.Text())[0]))
			if err != nil || n == 0 {
				t.Errorf("row %q: %v", row.Text(), err)
			}
			at += n
		}
		if at != to {
			t.Errorf("%v lead to %d instead of %d", rows, at, to)
		}
		return rows
	}
	if rows := strings.Join(read(), "; "); !strings.Contains(rows, "Values: 7 new values") || strings.Contains(rows, "Goal:") || strings.Contains(rows, "Calendar:") {
		t.Errorf("rows %s", rows)
	}
	target := 53.0
	if _, err := s.ChangeGoal(t.Context(), in.Actor, g.Workspace, g.ID, app.GoalChange{Version: g.Version, Target: &target}); err != nil {
		t.Fatal(err)
	}
	if rows := strings.Join(read(), "; "); !strings.Contains(rows, "Goal: target, date or rule was changed") {
		t.Errorf("after another target: %s", rows)
	}
	target = 99
	if _, err := s.ChangeGoal(t.Context(), in.Actor, g.Workspace, g.ID, app.GoalChange{Version: g.Version + 1, Target: &target}); err != nil {
		t.Fatal(err)
	}
	p := r.get(url).want(t, http.StatusOK)
	p.Want("#h-moved", 0) // a steep chance shows no fall
	if !strings.Contains(p.One(".nums").Text(), "teep") {
		t.Errorf("the chance is not steep: %s", p.One(".nums").Text())
	}
}

// TestThePanelSpeaksGerman reads the new sentences in the other language.
func TestThePanelSpeaksGerman(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url, _, _ := r.pages(t, 60, 55)
	version := r.get("/settings").All("input[name=version]")[0].Attr("value")
	r.post("/settings", "version", version, "name", "Mira", "lang", "de", "zone", "Europe/Berlin", "day_start", "0", "theme", "auto").to(t, "/settings")
	p := r.get(url).want(t, http.StatusOK)
	text := p.One("[aria-labelledby=h-moved]").Text() + p.One("details.more .well").Text() + r.get(url+"/edit").One("#f-target-hint").Text()
	for _, w := range []string{"Was die Aussicht bewegt hat", "Seit 14. Nov.: von ", " von 100.", "Werte: 7 neue Werte", "von den letzten 20 vermuteten Bereichen haben gehalten", "Version 2:", "Bis 31. Dezember. So wahrscheinlich wie nicht: "} {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in %s", w, text)
		}
	}
}

// TestWhyThisNumberSaysHowTheRangesHeld finds method, version and track record in plain words.
func TestWhyThisNumberSaysHowTheRangesHeld(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url, g, in := r.pages(t, 60, 55)
	v, err := s.ResultPage(t.Context(), in.Actor, g.Workspace, g.ID)
	if err != nil || v.Forecast.Track.Of != 20 {
		t.Fatal(v.Forecast.Track, err)
	}
	text := r.get(url).One("details.more .well").Text()
	for _, w := range []string{fmt.Sprintf("%d of the last 20 likely ranges held", v.Forecast.Track.Inside), "averaged smoothing, version 2", "60 days with values"} {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in %s", w, text)
		}
	}
	if strings.Contains(text, "left out") {
		t.Errorf("nothing was left out: %s", text)
	}
	few, _, _ := r.pages(t, 4, 57)
	if text := r.get(few).One("details.more .well").Text(); strings.Contains(text, "ranges") {
		t.Errorf("of four values: %s", text)
	}
}

// TestTargetsAreNamedWhereATargetIsTyped reads the line under the target on both forms.
func TestTargetsAreNamedWhereATargetIsTyped(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	url, g, _ := r.pages(t, 60, 55)
	line := regexp.MustCompile(`^By (.+)\. About even: ([\d.]+)\. Bold, about 1 in 4: ([\d.]+)\.$`)
	named := func(p answer, id, date string) {
		t.Helper()
		hint := p.One("#f-" + id + "-hint").Text()
		m := line.FindStringSubmatch(hint)
		if m == nil || m[1] != date {
			t.Fatalf("the line says %q, not by %s", hint, date)
		}
		even, _ := strconv.ParseFloat(m[2], 64)
		if bold, _ := strconv.ParseFloat(m[3], 64); even < 40 || bold <= even {
			t.Errorf("the line says %q", hint)
		}
	}
	named(r.get(url+"/edit"), "target", "31 December")
	p := r.post(url+"/edit", "version", "1", "title", "", "why", "", "target", "57", "deadline", "2027-02-01").want(t, http.StatusUnprocessableEntity)
	named(p, "target", "1 February 2027")

	number := g.Metric.String()
	r.get("/numbers/"+number).want(t, http.StatusOK).Want("main a[href='/goals/new?number="+number+"']", 1)
	p = r.get("/goals/new?number="+number).want(t, http.StatusOK)
	named(p, "result-target", "19 February 2027")
	p.WantAttr("#f-result-deadline", "value", "2027-02-19")
	p.Want("#f-result-number-name", 0)
	p = r.post("/goals/new", "kind", "result", "key", "n1", "number", number, "result.title", "", "result.target", "58", "result.deadline", "2027-03-01").want(t, http.StatusUnprocessableEntity)
	named(p, "result-target", "1 March 2027")
	p.WantAttr("input[name=number]", "value", number)
	p = r.post("/goals/new", "kind", "result", "key", "n1", "number", number, "result.title", "Pages", "result.target", "58", "result.deadline", "2027-02-30").want(t, http.StatusUnprocessableEntity)
	p.Want("#f-result-target-hint", 0)
	p.Want("#errors li", 1)
	made := r.post("/goals/new", "kind", "result", "key", "n1", "number", number, "result.title", "Pages by spring", "result.target", "58", "result.deadline", "2027-03-01").want(t, http.StatusSeeOther)
	r.get(made.Header.Get("Location")).want(t, http.StatusOK).Want("main a[href='/numbers/"+number+"']", 1)

	r.get("/goals/new").want(t, http.StatusOK).Want("#f-result-target-hint", 0)
	few, _, _ := r.pages(t, 4, 57)
	r.get(few+"/edit").want(t, http.StatusOK).Want("#f-target-hint", 0)
	noor := s.as(s.Person(t, "Noor"))
	noor.get("/goals/new?number="+number).want(t, http.StatusNotFound)
	noor.post("/goals/new", "kind", "result", "number", number, "result.title", "Mine", "result.target", "58", "result.deadline", "2027-03-01").want(t, http.StatusNotFound)
}
