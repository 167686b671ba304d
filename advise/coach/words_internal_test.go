package coach

import "testing"

// A line that no list takes, or a list without words, would go unseen: its words would just not be known.
func TestEveryLineOfTheListsIsTaken(t *testing.T) {
	for _, p := range known().problems {
		t.Error(p)
	}
}
