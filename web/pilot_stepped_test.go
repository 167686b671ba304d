package web_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// six makes six numbers that the technique's learning goal fuels, and gives their results and numbers.
func (x *piloted) six(t *testing.T) (results []tandem.GoalID, numbers []tandem.MetricID) {
	t.Helper()
	by, ws := x.mira.Actor, x.mira.Person.Personal
	learning := must(tandem.ParseID[tandem.GoalID](strings.TrimPrefix(x.learning, "/goals/")))
	for i := range 6 {
		target, from := 20.0, 5.0
		g, err := x.CreateGoal(t.Context(), by, ws, app.GoalInput{Kind: tandem.KindPerformance, Title: fmt.Sprintf("Class %d talks", i), Number: &app.MetricInput{Name: fmt.Sprintf("Minutes %d", i)},
			Target: &target, Baseline: &from, Deadline: x.today() + 300})
		if err != nil {
			t.Fatal(err)
		}
		p := g.(tandem.PerformanceGoal)
		if _, err := x.LinkGoals(t.Context(), by, ws, learning, app.FuelsInput{Result: p.ID}); err != nil {
			t.Fatal(err)
		}
		results, numbers = append(results, p.ID), append(numbers, p.Metric)
	}
	return results, numbers
}

// TestASteppedStartFromThePlanToTheVerdict goes the whole way over the pages for what cannot be unlearned: offered beside
// the blocks, planned over six numbers, each with a start of its own, lived, asked, told of all numbers together; what is
// asked of too few numbers is refused with nothing lost.
func TestASteppedStartFromThePlanToTheVerdict(t *testing.T) {
	x := pilot(t)
	results, numbers := x.six(t)
	noise := rand.New(rand.NewPCG(9, 9))
	day := func(p *tandem.Pilot) {
		for i, m := range numbers {
			y := 10 + float64(i) + noise.NormFloat64()
			if p != nil && x.today() >= p.Numbers[i].Start {
				y += 1.5
			}
			y = math.Round(y*100) / 100
			if _, err := x.LogObservation(t.Context(), x.mira.Actor, x.mira.Person.Personal, m, app.ObservationInput{Value: &y}); err != nil {
				t.Fatal(err)
			}
		}
		x.Clock.AdvanceDays(1)
	}
	for range 30 {
		day(nil)
	}
	x.r.after(t, 0)
	form := x.address + "/pilot?design=stepped"
	x.r.get(x.address+"/pilot").want(t, http.StatusOK).Want("a[href='"+form+"']", 1)
	p := x.r.get(form).want(t, http.StatusOK)
	if n := len(p.All("input[name=results]")); n < 6 {
		t.Fatalf("%d numbers can be chosen", n)
	}
	send := func(n int) answer {
		pairs := []string{"key", p.One("form input[name=key]").Attr("value"), "design", "stepped", "hypothesis", "They talk more.", "worth", "0.5", "first", p.One("#f-first").Attr("value"), "days", "14"}
		for _, id := range results[:n] {
			pairs = append(pairs, "results", id.String())
		}
		return x.r.post(x.address+"/pilot", pairs...)
	}
	few := send(3).want(t, http.StatusUnprocessableEntity)
	few.WantText("#f-hypothesis", "They talk more.")
	few.Want("input[name=results][checked]", 3)
	address := send(6).want(t, http.StatusSeeOther).Header.Get("Location")
	if _, err := url.Parse(address); err != nil || !strings.HasPrefix(address, "/pilots/") {
		t.Fatalf("it leads to %q", address)
	}
	stored := x.stored(t)
	starts := map[tandem.Day]bool{}
	for _, n := range stored.Numbers {
		starts[n.Start] = true
	}
	if len(starts) != 6 {
		t.Fatalf("%d starts", len(starts))
	}
	page := x.r.get(address).want(t, http.StatusOK)
	if text := page.One("main").Text(); !strings.Contains(text, "6 starts, 14 days apart") || strings.Contains(text, "made a difference") {
		t.Errorf("planned it says %s", text)
	}
	half := stored.First + 40
	for x.today() < half {
		day(&stored)
	}
	x.r.after(t, 0)
	page = x.r.get(address).want(t, http.StatusOK)
	if text := page.One(".say0").Text(); !strings.Contains(text, "begun on 3 of 6 numbers") || strings.Contains(page.One("main").Text(), "made a difference") {
		t.Errorf("halfway it says %s", text)
	}
	for x.today() <= stored.Last() {
		day(&stored)
	}
	x.r.after(t, 0)
	page = x.r.get(address).want(t, http.StatusOK)
	if strings.Contains(page.One("main").Text(), "made a difference") {
		t.Error("the figure comes before the question what else changed")
	}
	x.r.post(address+"/changed", "changed", "A new room.", "do", "save").to(t, address)
	page = x.r.get(address).want(t, http.StatusOK)
	text := page.One("main").Text()
	for _, w := range []string{"“The pause” made a difference", "of 720 ways to draw the days", "Day Minutes 0 Minutes 1 Minutes 2 Minutes 3 Minutes 4 Minutes 5", "Each number is compared before and since its own start", "A new room."} {
		if !strings.Contains(text, w) {
			t.Errorf("at the end it does not say %q: %s", w, text)
		}
	}
}
