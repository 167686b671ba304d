package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/app/apptest"
)

// lineOf gives a friend's line of a kind.
func (f friend) lineOf(t *testing.T, k tandem.CelebrationKind) tandem.Celebration {
	t.Helper()
	all := must[[]tandem.Celebration](t)(f.ListCelebrations(t.Context(), f.by, f.ws))
	i := slices.IndexFunc(all, func(c tandem.Celebration) bool { return c.Kind == k })
	if i < 0 {
		t.Fatalf("no line of %s: %+v", k, all)
	}
	return all[i]
}

// close closes a friend's result at its target.
func (f friend) close(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	g := must[tandem.AnyGoal](t)(f.GetGoal(ctx, f.by, f.ws, f.result)).(tandem.PerformanceGoal)
	must[app.Logged](t)(f.LogObservation(ctx, f.by, f.ws, g.Metric, app.ObservationInput{Value: ptr(500.0)}))
	must[tandem.Closing](t)(f.SaveClosing(ctx, f.by, f.ws, f.result, app.ClosingInput{Finish: true, Next: "let_go"}))
}

// told gives what a friend reads of celebrations in a lifeline.
func (f friend) told(t *testing.T, id tandem.LifelineID) (out []tandem.Note) {
	t.Helper()
	for _, n := range f.look(t, id).Notes {
		if n.Kind == tandem.NoteCheer {
			out = append(out, n)
		}
	}
	return out
}

// offered tells whether a line can be told to a lifeline.
func (f friend) offered(t *testing.T, c tandem.Celebration, id tandem.LifelineID) bool {
	t.Helper()
	all := must[[]app.CheerTo](t)(f.CheerLifelines(t.Context(), f.by, f.ws, c.About))
	return slices.ContainsFunc(all, func(x app.CheerTo) bool { return x.Lifeline == id })
}

// TestSuccessIsToldToTheLifelineThatOneChose: a result that was reached, a level and a lesson are told each in the
// same way, once, to one lifeline and no other, with nothing of techniques; a step is not offered. It is for all of
// that lifeline, stands on their Today until they said something, and is gone with the lifeline.
func TestSuccessIsToldToTheLifelineThatOneChose(t *testing.T) {
	apptest.Each(t, func(t *testing.T, h *apptest.House) {
		ctx := t.Context()
		ana, ben, cleo := newFriend(t, h, "Ana"), newFriend(t, h, "Ben"), newFriend(t, h, "Cleo")
		one, other := begin(t, ana, ben), begin(t, ana, cleo)
		step := must[tandem.Milestone](t)(h.PutMilestone(ctx, ana.by, ana.ws, ana.learning, app.MilestoneInput{Title: "Call three"}))
		must[tandem.Milestone](t)(h.FinishMilestone(ctx, ana.by, ana.ws, ana.learning, step.ID, app.DoneInput{}))
		ana.close(t)
		if ana.offered(t, ana.lineOf(t, tandem.CheerStep), one) {
			t.Error("a step is offered, which no lifeline is shown")
		}
		for i, k := range []tandem.CelebrationKind{tandem.CheerReached, tandem.CheerLevel, tandem.CheerLesson} {
			c := ana.lineOf(t, k)
			if !ana.offered(t, c, one) || !ana.offered(t, c, other) || len(ben.told(t, one)) != i {
				t.Fatalf("%s: offered to both, and told to nobody yet: %+v", k, ben.told(t, one))
			}
			n := must[tandem.Note](t)(h.TellCheer(ctx, ana.by, ana.ws, one, app.TellInput{About: c.About}))
			if again := must[tandem.Note](t)(h.TellCheer(ctx, ana.by, ana.ws, one, app.TellInput{About: c.About})); again.ID != n.ID {
				t.Errorf("%s: told twice", k)
			}
			got := ben.told(t, one)
			if len(got) != i+1 || got[0].Field != string(k) || !got[0].ForAll() {
				t.Errorf("%s: Ben reads %+v", k, got)
			}
			if len(cleo.told(t, other)) != 0 {
				t.Errorf("%s: who was not chosen reads it", k)
			}
		}
		text := shownTo(t, ben, one)
		for want, there := range map[string]bool{"Sales of Ana": true, "in calm calls": true, "Lesson of Ana": true, "Pause of Ana": false, "Call three": false} {
			if strings.Contains(text, want) != there {
				t.Errorf("%q there: %v", want, !there)
			}
		}
		waits := func() (n int) {
			for _, c := range must[[]app.Call](t)(h.LifelineCalls(ctx, ben.by)) {
				if c.Kind == "cheer" {
					n++
				}
			}
			return n
		}
		if waits() != 3 {
			t.Errorf("%d wait on Ben's Today", waits())
		}
		must[tandem.Note](t)(h.Say(ctx, ben.by, one, app.NoteInput{To: ana.by.Person, Kind: tandem.NoteEncourage, Text: "You waited.", About: ben.told(t, one)[0].ID}))
		if waits() != 2 {
			t.Errorf("%d wait after a word about one", waits())
		}
		if err := h.EndLifeline(ctx, ana.by, one); err != nil {
			t.Fatal(err)
		}
		if text := letter(t, ben); strings.Contains(text, "Ana") || waits() != 0 {
			t.Error("it outlives the lifeline")
		}
		_, err := h.TellCheer(ctx, ana.by, ana.ws, one, app.TellInput{About: ana.lineOf(t, tandem.CheerLevel).About})
		wantCode(t, err, "not_found")
	})
}

// TestNobodyIsToldWhatTheyMayNotSee draws what three people of a lifeline open and show, and how far the goal may
// go: a line can be told exactly where each of the others sees that part of the goal on the lifeline's page already.
func TestNobodyIsToldWhatTheyMayNotSee(t *testing.T) {
	h := apptest.New(t)
	ctx := t.Context()
	ana, ben, cleo := newFriend(t, h, "Ana"), newFriend(t, h, "Ben"), newFriend(t, h, "Cleo")
	id := begin(t, ana, ben, cleo)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 24))
	chance := func(n int) bool { return random.IntN(n) == 0 }
	seen := map[bool]int{}
	for range 60 {
		for _, f := range []friend{ana, ben, cleo} {
			parts, goals := []tandem.Part{}, []app.SharedGoalID{}
			for _, p := range tandem.EveryPart.List() {
				if !chance(6) {
					parts = append(parts, p)
				}
			}
			if !chance(8) {
				goals = append(goals, app.SharedGoalID{Goal: f.learning})
			}
			if !chance(8) {
				goals = append(goals, app.SharedGoalID{Goal: f.result})
			}
			f.change(t, id, app.SideInput{Parts: &parts, Goals: &goals})
		}
		g := must[tandem.AnyGoal](t)(h.GetGoal(ctx, ana.by, ana.ws, ana.learning)).GoalHead()
		v := tandem.ByLifelines
		if chance(6) {
			v = tandem.OnlyMe
		}
		if v != g.Visibility {
			must[tandem.AnyGoal](t)(h.ChangeGoal(ctx, ana.by, ana.ws, ana.learning, app.GoalChange{Version: g.Version, Visibility: &v}))
		}
		for k, part := range map[tandem.CelebrationKind]tandem.Part{tandem.CheerLevel: tandem.PartUses, tandem.CheerLesson: tandem.PartLessons} {
			all := true
			for _, f := range []friend{ben, cleo} {
				there := false
				for _, p := range f.look(t, id).Partners {
					for _, g := range p.Goals {
						there = there || g.ID == ana.learning && (part == tandem.PartUses && g.Noticed > 0 || part == tandem.PartLessons && len(g.Lessons) > 0)
					}
				}
				all = all && there
			}
			c := ana.lineOf(t, k)
			_, err := h.TellCheer(ctx, ana.by, ana.ws, id, app.TellInput{About: c.About})
			if all != (err == nil) || err != nil && apptest.Code(err) != "about: cheer_not_shown" || ana.offered(t, c, id) != all {
				t.Errorf("%s: seen by both %v, told: %v, offered %v (seed %d)", k, all, err, ana.offered(t, c, id), seed)
			}
			seen[all]++
		}
	}
	if seen[true] < 10 || seen[false] < 10 {
		t.Errorf("little was put to the test: %v", seen)
	}
}
