package forecast

import (
	"testing"

	"pgregory.net/rapid"
)

// TestClosedPeriodsCountAsBefore compares a tally with one whose first periods were closed.
func TestClosedPeriodsCountAsBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGoal(t)
		g.Rule = Kept
		g.normalise()
		points, _ := g.visible()
		since := g.since(points)
		whole, closed := newTally(&g, since), newTally(&g, since)
		day := rapid.IntRange(g.Start-3, g.Deadline+3).Draw(t, "closed before")
		closed.close(day)
		for k := range 20 {
			if max(day, g.Start)+k > g.Deadline {
				break // a path ends there
			}
			whole.add(max(day, g.Start)+k, float64(k))
			closed.add(max(day, g.Start)+k, float64(k))
		}
		if a, b := whole.shareOn(g.Deadline+40), closed.shareOn(g.Deadline+40); a != b {
			t.Fatalf("share %v, with closed periods %v", a, b)
		}
	})
}
