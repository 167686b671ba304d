package tandem

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAnIDReadsBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := GoalID(rapid.Int64Min(1).Draw(t, "id"))
		back, err := ParseID[GoalID](id.String())
		if err != nil || back != id {
			t.Fatalf("%d → %s → %d, %v", id, id, back, err)
		}
	})
}

func TestNonsenseIDsAreNotFound(t *testing.T) {
	for _, s := range []string{"", "goal_", "goal_123", "metric_0000000000001", "goal_000000000000O", "goal_0000000000000", "goal_ZZZZZZZZZZZZZ", "../etc"} {
		if _, err := ParseID[GoalID](s); KindOf(err) != KindNotFound {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestIDsSortByTimeAndNeverFall(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	r := uint64(1<<21 - 1)
	m := NewIDs(func() time.Time { return now }, func() uint64 { r--; return r })
	last := NewID[GoalID](m)
	for i := range 1000 {
		if i == 500 {
			now = now.Add(-time.Hour) // the clock jumps back
		}
		id := NewID[GoalID](m)
		if id <= last || id.String() <= last.String() {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
}

func TestIDsAreUniqueAcrossGoroutines(t *testing.T) {
	m := NewIDs(time.Now, func() uint64 { return 7 })
	var mu sync.Mutex
	seen := map[MetricID]bool{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				id := NewID[MetricID](m)
				mu.Lock()
				if seen[id] {
					t.Errorf("%s came twice", id)
				}
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
