package app_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// hint gives the code of a goal's hint.
func (d *desk) hint(t *testing.T, id tandem.GoalID) string {
	t.Helper()
	return must[app.GoalHint](t)(d.GetHint(t.Context(), d.by, d.ws, id)).Code
}

// Within 24 hours of a miss no goal has a hint; a day later it has.
func TestNoHintWithinADayOfAMiss(t *testing.T) {
	d := newDesk(t)
	missed := d.sales()
	missed.Deadline = d.today() + 2
	m := d.result(t, missed)
	g := d.result(t, d.sales())
	d.Clock.AdvanceDays(3)
	if got := d.hint(t, g.ID); got != "NO_MILESTONE" {
		t.Fatalf("before: %q", got)
	}
	must[tandem.Closing](t)(d.SaveClosing(t.Context(), d.by, d.ws, m.ID, app.ClosingInput{Gains: &[]tandem.GainWord{"kept_on"}, Finish: true, Next: tandem.NextLetGo}))
	for _, x := range []struct {
		after time.Duration
		want  string
	}{{0, ""}, {23 * time.Hour, ""}, {2 * time.Hour, "NO_MILESTONE"}} {
		d.Clock.Advance(x.after)
		if got := d.hint(t, g.ID); got != x.want {
			t.Errorf("after %v more: %q instead of %q", x.after, got, x.want)
		}
	}
}

// A child gets the checks for children alone, in a child's words; nobody gets the hint of another's goal.
func TestAChildGetsOnlyTheHintsForChildren(t *testing.T) {
	h := apptest.New(t)
	kid := deskOf(t, h, h.Minor(t, "Kim", tandem.Child))
	g := kid.result(t, kid.sales())
	kid.Clock.AdvanceDays(1)
	if got := kid.hint(t, g.ID); got != "" {
		t.Errorf("a child with one goal: %q", got)
	}
	kid.result(t, kid.sales())
	kid.learning(t, "Learn a handstand")
	got := must[app.GoalHint](t)(kid.GetHint(t.Context(), kid.by, kid.ws, g.ID))
	if got.Code != "TOO_MANY" || got.Key != "coach.child.too_many" {
		t.Errorf("a child with three goals: %+v", got)
	}
	other := deskOf(t, h, h.Person(t, "Noor"))
	if _, err := h.GetHint(t.Context(), other.by, kid.ws, g.ID); tandem.KindOf(err) != tandem.KindNotFound {
		t.Errorf("somebody else: %v", err)
	}
	wantCode(t, h.QuietHint(t.Context(), other.by, kid.ws, g.ID, "TOO_MANY"), "not_found")
}

// Each hint that fields or history ask for comes up with them, and only then.
func TestWhatFieldsAndHistoryAskFor(t *testing.T) {
	d := newDesk(t)
	loop, lone, far := d.learning(t, "Read about sales"), d.learning(t, "Draw"), d.result(t, d.sales())
	for range 5 {
		must[tandem.Practice](t)(d.LogPractice(t.Context(), d.by, d.ws, loop.ID, app.PracticeInput{Minutes: 120}))
	}
	must[tandem.Fuels](t)(d.LinkGoals(t.Context(), d.by, d.ws, loop.ID, app.FuelsInput{Result: far.ID}))
	d.Clock.AdvanceDays(1)
	if got := d.hint(t, loop.ID); got != "LEARN_LOOP" {
		t.Errorf("ten hours without a use: %q", got)
	}
	if got := d.hint(t, lone.ID); got != "" {
		t.Errorf("a learning goal of yesterday: %q", got)
	}
	d.Clock.AdvanceDays(14)
	if got := d.hint(t, lone.ID); got != "NO_ALIGN" {
		t.Errorf("two weeks without what it helps with: %q", got)
	}
	if err := d.QuietHint(t.Context(), d.by, d.ws, lone.ID, "NO_ALIGN"); err != nil {
		t.Fatal(err)
	}
	if got := d.hint(t, lone.ID); got != "" {
		t.Errorf("after it was put away: %q", got)
	}
	if got := d.hint(t, far.ID); got != "NO_MILESTONE" {
		t.Errorf("far away without a step: %q", got)
	}
	must[tandem.Milestone](t)(d.PutMilestone(t.Context(), d.by, d.ws, far.ID, app.MilestoneInput{Title: "Call three people"}))
	if got := d.hint(t, far.ID); got != "" {
		t.Errorf("with a step: %q", got)
	}
	paired := d.sales()
	paired.Deadline, paired.Advised = d.today()+30, &app.AdvisedInput{Rule: "R5", Kind: "paired", Lead: "learning"}
	alone := d.result(t, paired)
	d.Clock.AdvanceDays(1)
	if got := d.hint(t, alone.ID); got != "NO_PARTNER" {
		t.Errorf("a pair was advised: %q", got)
	}
}
