package tandem

import (
	"testing"
)

func TestEveryCellOfTheLifecycle(t *testing.T) {
	allowed := map[GoalKind]map[GoalState]map[Move]GoalState{
		KindPerformance: {
			Draft:   {MoveOffer: Offered, MoveStart: Active},
			Offered: {MoveStart: Active, MoveDecline: Draft},
			Active:  {MovePause: Paused, MoveClose: Closed},
			Paused:  {MoveResume: Active, MoveClose: Closed},
			Closed:  {MoveReopen: Active},
		},
		KindLearning: {
			Draft:    {MoveStart: Active, MoveRelease: Released},
			Active:   {MovePause: Paused, MoveRest: Resting, MoveRelease: Released},
			Paused:   {MoveResume: Active, MoveRest: Resting, MoveRelease: Released},
			Resting:  {MoveResume: Active, MoveRelease: Released},
			Released: {MoveTakeUp: Active},
		},
	}
	states := []GoalState{Draft, Offered, Active, Paused, Closed, Resting, Released}
	moves := []Move{MoveOffer, MoveStart, MoveDecline, MovePause, MoveResume, MoveClose, MoveReopen, MoveRest, MoveRelease, MoveTakeUp}
	for _, kind := range []GoalKind{KindPerformance, KindLearning} {
		for _, s := range states {
			for _, m := range moves {
				want, ok := allowed[kind][s][m]
				got, err := Goal{Kind: kind, State: s}.Step(m)
				if ok != (err == nil) || got != want {
					t.Errorf("%s %s by %s: got %q, %v; want %q", kind, s, m, got, err, want)
				}
			}
		}
	}
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		why          string
		reached      bool
		share        float64
		stretch, all bool
		want         Outcome
	}{
		{"17 of 20 is exactly 85 %", false, 17.0 / 20, false, false, VeryClose},
		{"0.85 by another road", false, 1 - 0.15, false, false, VeryClose},
		{"nine of ten pounds", false, 0.9, false, false, VeryClose},
		{"full share, yet the rule says no", false, 1, false, false, VeryClose},
		{"half the way", false, 0.5, false, false, MovedALot},
		{"missed by 40 %", false, 0.6, false, false, MovedALot},
		{"a start", false, 0.1, false, false, Started},
		{"nothing moved", false, 0, false, false, Started},
		{"behind the start", false, -0.1, false, false, MovedAway},
		{"on the target", true, 1, false, false, Reached},
		{"110 %", true, 1.1, false, false, Exceeded},
		{"the stretch", true, 1.02, true, false, Exceeded},
		{"a budget kept", true, 1.4, false, true, Reached},
		{"a budget not kept", false, 0.99, false, true, Started},
	} {
		if got := OutcomeOf(c.reached, c.share, c.stretch, c.all); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

func fp(v float64) *float64 { return &v }

func TestAResultThatCannotBeIsRefusedFieldByField(t *testing.T) {
	m := Metric{Form: FormReading, Direction: Up}
	good := PerformanceGoal{Goal: Goal{Kind: KindPerformance, Title: "Run", Visibility: OnlyMe}, Deadline: 100, Start: 50, Baseline: fp(10), Target: 16, ReachedWhen: ReachedAtEnd}
	if err := good.Validate(m); err != nil {
		t.Fatal(err)
	}
	for code, break_ := range map[string]func(*PerformanceGoal){
		"target_equals_baseline":   func(g *PerformanceGoal) { g.Target = 10 },
		"target_against_direction": func(g *PerformanceGoal) { g.Target = 9 },
		"deadline_before_start":    func(g *PerformanceGoal) { g.Deadline = 49 },
		"deadline_missing":         func(g *PerformanceGoal) { g.Deadline = NoDay },
		"title_missing":            func(g *PerformanceGoal) { g.Title = "\u200b\u2060 \u00ad" },
		"control_char":             func(g *PerformanceGoal) { g.Title = "a\x00b" },
		"number_range":             func(g *PerformanceGoal) { g.Target = 2e15 },
		"rule_needs_total":         func(g *PerformanceGoal) { g.ReachedWhen = ReachedTotal },
		"int_range":                func(g *PerformanceGoal) { g.ReachedWhen, g.HeldFor = ReachedHeld, 1 },
		"share_range":              func(g *PerformanceGoal) { g.ReachedWhen, g.KeptShare = ReachedKept, 1.2 },
		"text_too_long":            func(g *PerformanceGoal) { g.Title = string(make([]byte, 0, 1)) + repeat("x", 201) },
	} {
		g := good
		break_(&g)
		es := All(g.Validate(m))
		if len(es) == 0 || es[0].Code != code {
			t.Errorf("%s: got %v", code, es)
		}
	}
}

func repeat(s string, n int) (out string) {
	for range n {
		out += s
	}
	return out
}

func TestSelfRatingCountsUpToLevelTwo(t *testing.T) {
	noticed, said := LevelNow([]Evidence{{Level: 2, How: HowSelf}, {Level: 4, How: HowSelf}, {Level: 1, How: HowTest}})
	if noticed != 2 || said != 4 {
		t.Errorf("noticed %d, said %d", noticed, said)
	}
	noticed, _ = LevelNow([]Evidence{{Level: 3, How: HowRealUse}})
	if noticed != 3 {
		t.Errorf("a use notices level 3, got %d", noticed)
	}
}
