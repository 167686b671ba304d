package app_test

import (
	"slices"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// TestAChildsGoalIsSpecificAboutLearningAndWithinReach has a child write goals: a whole field is asked back, being better
// than others and being clever are turned into something to do, one remark at a time in a child's words, a result never
// stands alone, and what is far beyond the child's own best asks for the first step.
func TestAChildsGoalIsSpecificAboutLearningAndWithinReach(t *testing.T) {
	h := apptest.New(t)
	kid := deskOf(t, h, h.Minor(t, "Kim", tandem.Child))
	for line, want := range map[string]string{
		"Learn about animals": "NO_SKILL", "Be faster than Tom at swimming": "NO_ACTIVITY", "Become smarter": "TRAIT", "Never miss my piano practice": "AVOID",
	} {
		x := kid.draft(t, line)
		if len(x.Hints) > 1 {
			t.Errorf("%q: %d remarks at once", line, len(x.Hints))
		}
		asked := x.Question != nil && x.Question.About == "words"
		if !slices.Contains(codes(x), want) && !asked {
			t.Errorf("%q: %v, want %s or a question back", line, codes(x), want)
		}
		for _, hint := range x.Hints {
			if want := "coach.child."; len(hint.Key) < len(want) || hint.Key[:len(want)] != want {
				t.Errorf("%q: the words are %s", line, hint.Key)
			}
		}
	}
	if x := kid.draft(t, "Read 20 books by 30 June 2027"); x.Advice.Kind == "performance" {
		t.Errorf("a result alone for a child, by %s", x.Advice.Rule)
	}
	g := kid.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Lanes", Number: &app.MetricInput{Name: "Lanes", Form: tandem.FormRate, Period: tandem.PeriodWeek}, Target: ptr(12.0), Deadline: kid.today() + 90})
	for range 9 {
		must[app.Logged](t)(kid.LogObservation(t.Context(), kid.by, kid.ws, g.Metric, app.ObservationInput{Value: ptr(10.0)}))
		kid.Clock.AdvanceDays(7)
	}
	if x := kid.draft(t, "Swim 45 lanes a week by 30 December 2027"); !slices.Equal(codes(x), []string{"TOO_HARD"}) || x.Hints[0].Key != "coach.child.too_hard" {
		t.Errorf("45 where 10 was the best: %+v", x.Hints)
	}
}
