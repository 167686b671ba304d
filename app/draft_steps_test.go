package app_test

import (
	"slices"
	"testing"

	"tandem"
	"tandem/app"
)

// TestAFarTargetIsOfferedInSteps types a target on a number that was there before: far above the best so far it is
// offered in steps, of which none is more than half beyond the one before; nearer it is not, and what was put away
// stays away.
func TestAFarTargetIsOfferedInSteps(t *testing.T) {
	d := newDesk(t)
	first := d.result(t, app.GoalInput{Kind: tandem.KindPerformance, Title: "Sales", Number: &app.MetricInput{Name: "Sales", Form: tandem.FormRate, Period: tandem.PeriodWeek}, Target: ptr(12.0), Deadline: d.today() + 60})
	for w := range 9 {
		for range 8 + w%3 { // 8 to 10 a week
			must[app.Logged](t)(d.LogObservation(t.Context(), d.by, d.ws, first.Metric, app.ObservationInput{Value: ptr(1.0)}))
		}
		d.Clock.AdvanceDays(7)
	}
	far := d.draft(t, "Reach 45 sales a week by 30 December 2027")
	if far.Number == nil || far.Target == nil || far.Target.Best == nil || *far.Target.Best != 10 {
		t.Fatalf("drafted %+v on %+v", far.Target, far.Number)
	}
	i := slices.IndexFunc(far.Hints, func(h app.DraftHint) bool { return h.Code == "TOO_HARD" })
	if i < 0 {
		t.Fatalf("45 of 10: %+v", far.Hints)
	}
	steps := far.Hints[i].Steps
	if want := []float64{15, 21, 31, 45}; !slices.Equal(steps, want) {
		t.Errorf("steps %v, want %v", steps, want)
	}
	if near := d.draft(t, "Reach 14 sales a week by 30 December 2027"); slices.Contains(codes(near), "TOO_HARD") {
		t.Errorf("14 of 10: %+v", near.Hints)
	}
	away := must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Reach 45 sales a week by 30 December 2027", Quiet: []string{"TOO_HARD"}}))
	if slices.Contains(codes(away), "TOO_HARD") {
		t.Error("it comes back after it was put away")
	}
}
