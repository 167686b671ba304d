package tandem

import (
	"testing"

	"pgregory.net/rapid"
)

func monday(t *testing.T) Day {
	t.Helper()
	d, err := ParseDay("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func minutes(d Day, v float64) Observation {
	return Observation{Day: d, Value: v, State: StateValue}
}

func TestAMicroGoalCountsItsWholePeriod(t *testing.T) {
	mon := monday(t)
	g := MicroGoal{Amount: 15, Times: 5, Period: PeriodWeek, Start: mon - 30}
	obs := []Observation{minutes(mon, 10), minutes(mon, 5), minutes(mon+1, 14), minutes(mon+2, 40), minutes(mon-1, 60), {Day: mon + 3, State: StateSkip}}
	got := g.TallyOn(mon+3, obs)
	if got.Done != 2 || len(got.DoneDays) != 2 {
		t.Errorf("10+5 and 40 make two days; got %v on %v", got.Done, got.DoneDays)
	}
	if got.Asked != 4 {
		t.Errorf("one skipped day of seven asks 4 of 5, got %v", got.Asked)
	}
}

func TestAWholePauseAsksNothing(t *testing.T) {
	mon := monday(t)
	g := MicroGoal{Amount: 1, Times: 4, Period: PeriodWeek, Start: mon - 30, Pauses: []Span{{From: mon - 2, To: NoDay}}}
	got := g.TallyOn(mon+2, nil)
	if got.Asked != 0 || !got.Kept {
		t.Errorf("got %+v", got)
	}
}

func TestAtMostIsKeptUntilItIsExceeded(t *testing.T) {
	mon := monday(t)
	g := MicroGoal{Times: 2, AtMost: true, Period: PeriodDay, Start: mon - 30}
	if got := g.TallyOn(mon, []Observation{minutes(mon, 1), minutes(mon, 1)}); !got.Kept {
		t.Errorf("two of at most two: %+v", got)
	}
	if got := g.TallyOn(mon, []Observation{minutes(mon, 2), minutes(mon, 1)}); got.Kept {
		t.Errorf("three of at most two: %+v", got)
	}
}

func TestMoreEntriesNeverCountForLess(t *testing.T) {
	mon := monday(t)
	rapid.Check(t, func(t *rapid.T) {
		g := MicroGoal{
			Amount: float64(rapid.IntRange(0, 20).Draw(t, "amount")), Times: float64(rapid.IntRange(1, 7).Draw(t, "times")),
			Period: PeriodWeek, Start: mon - 10, RestDays: rapid.Uint8Range(0, 127).Draw(t, "rest"),
		}
		var obs []Observation
		last := g.TallyOn(mon+6, obs)
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			obs = append(obs, minutes(mon+Day(rapid.IntRange(0, 6).Draw(t, "day")), float64(rapid.IntRange(1, 30).Draw(t, "value"))))
			now := g.TallyOn(mon+6, obs)
			if now.Done < last.Done || now.Asked > g.Times || now.Remaining < 0 {
				t.Fatalf("%+v after %+v", now, last)
			}
			last = now
		}
	})
}
