package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// TestAFarTargetIsOfferedInStepsWhereItIsTyped types a target far above anything that a number reached: the page offers
// steps, and one tap takes the first of them as the target and keeps the last as the stretch.
func TestAFarTargetIsOfferedInStepsWhereItIsTyped(t *testing.T) {
	s := newSite(t)
	r := s.setUp()
	in := r.signedIn(t, r)
	target, one := 12.0, 1.0
	g, err := r.CreateGoal(t.Context(), in.Actor, in.Person.Personal, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormRate, Period: tandem.PeriodWeek}, Target: &target, Deadline: s.today() + 90})
	if err != nil {
		t.Fatal(err)
	}
	for w := range 9 {
		for range 8 + w%3 {
			if _, err := r.LogObservation(t.Context(), in.Actor, in.Person.Personal, g.(tandem.PerformanceGoal).Metric, app.ObservationInput{Value: &one}); err != nil {
				t.Fatal(err)
			}
		}
		r.Clock.AdvanceDays(7)
	}
	r.after(t, 0)
	const line = "Reach 45 sales a week by 30 December 2027"
	p := r.post("/goals/new", "do", "read", "line", line).want(t, http.StatusOK)
	text := p.One("#draft").Text()
	if !strings.Contains(text, "Your best so far is 10, and 45 is far beyond it. Go in steps: 15 first, and 45 stays as the stretch?") || !strings.Contains(text, "15 → 21 → 31 → 45") {
		t.Errorf("it says %s", text)
	}
	was := p.One("input[name=was]").Attr("value")
	p = r.post("/goals/new", "do", "read", "line", line, "was", was, "result.target", "45", "fix", "TOO_HARD").want(t, http.StatusOK)
	p.WantAttr("#f-result-target", "value", "15")
	p.WantAttr("#f-result-stretch", "value", "45")
	if strings.Contains(p.One("#draft").Text(), "Your best so far") {
		t.Error("the offer stays after it was taken")
	}
}
