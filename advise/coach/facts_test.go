package coach_test

import (
	"slices"
	"testing"

	"tandem"
	"tandem/advise/coach"
)

// TestChecksOfFacts moves one fact of a quiet goal over each bound and back.
func TestChecksOfFacts(t *testing.T) {
	one := func(v float64) *float64 { return &v }
	number := func(v int) *int { return &v }
	result := coach.GoalFacts{Kind: tandem.KindPerformance, Age: tandem.Adult, Baseline: true, Days: 90, NextStep: 5, Learning: 1, NextReview: 7, Active: 1, Results: 1}
	learning := coach.GoalFacts{Kind: tandem.KindLearning, Age: tandem.Adult, Aligned: true, Days: coach.NotSaid, NextStep: coach.NotSaid, NextReview: 14, SinceUse: 3, Active: 1}
	for _, quiet := range []coach.GoalFacts{result, learning} {
		if fired := quiet.Checks(); len(fired) != 0 {
			t.Errorf("a quiet goal: %s", names(fired))
		}
	}
	for _, c := range []struct {
		check coach.Check
		base  coach.GoalFacts
		on    func(*coach.GoalFacts)
		off   func(*coach.GoalFacts)
	}{
		{coach.NoBaseline, result, func(f *coach.GoalFacts) { f.Baseline = false }, func(f *coach.GoalFacts) { f.Baseline, f.Total = false, true }},
		{coach.NoMilestone, result, func(f *coach.GoalFacts) { f.Days, f.NextStep = 43, 15 }, func(f *coach.GoalFacts) { f.Days, f.NextStep = 42, coach.NotSaid }},
		{coach.NoReview, result, func(f *coach.GoalFacts) { f.NextReview = 36 }, func(f *coach.GoalFacts) { f.NextReview = 35 }},
		{coach.NoReview, learning, func(f *coach.GoalFacts) { f.NextReview, f.Volatile = 15, true }, func(f *coach.GoalFacts) { f.NextReview, f.Volatile = 14, true }},
		{coach.NoReview, learning, func(f *coach.GoalFacts) { f.NextReview = coach.NotSaid }, func(f *coach.GoalFacts) {}},
		{coach.TooHard, result, func(f *coach.GoalFacts) { f.Chance, f.Values = one(.149), 5 }, func(f *coach.GoalFacts) { f.Chance, f.Values = one(.149), 4 }},
		{coach.TooHard, result, func(f *coach.GoalFacts) { f.Ambition = one(1.51) }, func(f *coach.GoalFacts) { f.Ambition = one(1.5) }},
		{coach.TooHard, result, func(f *coach.GoalFacts) { f.Confidence = number(2) }, func(f *coach.GoalFacts) { f.Confidence = number(3) }},
		{coach.TooEasy, result, func(f *coach.GoalFacts) { f.ChanceAtStart, f.Values = one(.91), 5 }, func(f *coach.GoalFacts) { f.ChanceAtStart, f.Values, f.Floor = one(.91), 5, true }},
		{coach.TooSoon, result, func(f *coach.GoalFacts) { f.DaysNeeded25 = number(91) }, func(f *coach.GoalFacts) { f.DaysNeeded25 = number(90) }},
		{coach.StretchRisk, result, func(f *coach.GoalFacts) { f.Stretch, f.MissedLast = true, 2 }, func(f *coach.GoalFacts) { f.Stretch, f.MissedLast = true, 1 }},
		{coach.StretchRisk, result, func(f *coach.GoalFacts) { f.Stretch, f.Strain = true, true }, func(f *coach.GoalFacts) { f.Strain = true }},
		{coach.NoPartner, result, func(f *coach.GoalFacts) { f.PairAdvised, f.Learning = true, 0 }, func(f *coach.GoalFacts) { f.PairAdvised, f.Learning, f.HighAbility = true, 0, true }},
		{coach.Tunnel, result, func(f *coach.GoalFacts) { f.Shared, f.Pressing = true, true }, func(f *coach.GoalFacts) { f.Shared, f.Pressing, f.Guarded = true, true, true }},
		{coach.NoAlign, learning, func(f *coach.GoalFacts) { f.Aligned, f.Since = false, 14 }, func(f *coach.GoalFacts) { f.Aligned, f.Since = false, 13 }},
		{coach.LearnLoop, learning, func(f *coach.GoalFacts) { f.Hours, f.SinceUse = 8, 56 }, func(f *coach.GoalFacts) { f.Hours, f.SinceUse = 8, 55 }},
		{coach.LearnLoop, learning, func(f *coach.GoalFacts) { f.Hours, f.SinceUse = 8, coach.NotSaid }, func(f *coach.GoalFacts) { f.Hours, f.SinceUse, f.Joy = 8, coach.NotSaid, true }},
		{coach.TwoHard, learning, func(f *coach.GoalFacts) { f.PairChance, f.LevelsUp = one(.49), 2 }, func(f *coach.GoalFacts) { f.PairChance, f.LevelsUp = one(.5), 2 }},
		{coach.TwoHard, learning, func(f *coach.GoalFacts) { f.PairChance, f.WeekMinutes = one(.1), 151 }, func(f *coach.GoalFacts) { f.PairChance, f.WeekMinutes = one(.1), 150 }},
		{coach.TooMany, result, func(f *coach.GoalFacts) { f.Active = 6 }, func(f *coach.GoalFacts) { f.Active = 5 }},
		{coach.TooMany, result, func(f *coach.GoalFacts) { f.Results = 4 }, func(f *coach.GoalFacts) { f.Results = 3 }},
		{coach.TooMany, learning, func(f *coach.GoalFacts) { f.Age, f.Active = tandem.Teen, 4 }, func(f *coach.GoalFacts) { f.Age, f.Active = tandem.Teen, 3 }},
		{coach.TooMany, learning, func(f *coach.GoalFacts) { f.Age, f.Active = tandem.Child, 3 }, func(f *coach.GoalFacts) { f.Age, f.Active = tandem.Child, 2 }},
	} {
		on, off := c.base, c.base
		c.on(&on)
		c.off(&off)
		if fired := on.Checks(); !slices.Contains(fired, c.check) {
			t.Errorf("%s does not fire: %+v", c.check, on)
		}
		if fired := off.Checks(); slices.Contains(fired, c.check) {
			t.Errorf("%s fires: %+v", c.check, off)
		}
	}
	child := result
	child.Age, child.Baseline, child.NextReview = tandem.Child, false, coach.NotSaid
	if fired := child.Checks(); len(fired) != 0 {
		t.Errorf("a child's goal: %s", names(fired))
	}
	if coach.SeverityOf(coach.NoReview, tandem.KindPerformance) != coach.Hint || coach.SeverityOf(coach.NoReview, tandem.KindLearning) != coach.Worth {
		t.Error("the severity of NO_REVIEW")
	}
}
