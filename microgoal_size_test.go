package tandem

import (
	"testing"

	"pgregory.net/rapid"
)

func TestALandmarkIsAMondayOrTheFirstOfAMonth(t *testing.T) {
	for from, want := range map[string]string{"2026-11-23": "2026-11-23", "2026-11-24": "2026-11-30", "2026-11-28": "2026-11-30", "2026-12-01": "2026-12-01", "2026-12-29": "2027-01-01", "2027-01-02": "2027-01-04"} {
		d, err := ParseDay(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Landmark().String(); got != want {
			t.Errorf("from %s on it is %s, want %s", from, got, want)
		}
	}
}

func TestHalfTheSize(t *testing.T) {
	for _, c := range []struct{ amount, times, halfAmount, halfTimes float64 }{{15, 5, 8, 5}, {10, 3, 5, 3}, {1, 5, 1, 3}, {0, 4, 0, 2}, {0, 5, 0, 3}} {
		g, ok := (MicroGoal{Amount: c.amount, Times: c.times}).HalfSize()
		if !ok || g.Amount != c.halfAmount || g.Times != c.halfTimes {
			t.Errorf("half of %v on %v: %v on %v, %v", c.amount, c.times, g.Amount, g.Times, ok)
		}
	}
	for _, g := range []MicroGoal{{Times: 1}, {Amount: 1, Times: 1}, {Times: 4, AtMost: true}} {
		if _, ok := g.HalfSize(); ok {
			t.Errorf("%+v was halved", g)
		}
	}
}

func TestTimeAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := Day(20_000)
		gap := rapid.IntRange(0, 20).Draw(t, "gap")
		since := rapid.IntRange(0, 20).Draw(t, "since") // days with an entry after it, today included
		entered := map[Day]bool{}
		for d := today - 60; d <= today; d++ {
			entered[d] = d > today-Day(since) || d <= today-Day(since+gap)
		}
		s, ok := Away(entered, today-60, today)
		want := gap >= AwayDays && since <= ComeBackDays
		if ok != want || ok && (int(s.To-s.From)+1 != gap || s.To != today-Day(since)) {
			t.Fatalf("%d days away, %d back: %+v, %v", gap, since, s, ok)
		}
	})
	if _, ok := Away(map[Day]bool{}, 0, 60); ok {
		t.Error("who never began is away")
	}
}

// Two skips of 28 days are free, a third counts as a day that was asked; a miss takes nothing else.
func TestTwoPassesAreFree(t *testing.T) {
	g := MicroGoal{Amount: 1, Times: 7, Period: PeriodWeek}
	for skips, want := range map[int]Strength{0: {Done: 20, Of: 27}, 1: {Done: 20, Of: 26}, 2: {Done: 20, Of: 25}, 3: {Done: 20, Of: 25}, 7: {Done: 20, Of: 25}} {
		var obs []Observation
		today := Day(20_000)
		for i := range 20 {
			obs = append(obs, minutes(today-Day(StrengthDays)+1+Day(i), 1))
		}
		for i := range skips {
			obs = append(obs, Observation{Day: today - 7 + Day(i), State: StateSkip})
		}
		if got := g.StrengthOn(today, obs); got != want {
			t.Errorf("with %d skips it is %+v, want %+v", skips, got, want)
		}
		if left := g.PassesLeft(today, obs); left != max(0, FreePasses-skips) {
			t.Errorf("with %d skips %d passes are left", skips, left)
		}
	}
}
