package impact

import (
	"math"
	"testing"
)

// The shares are scipy.stats.t.cdf(-x, dof).
func TestStudentsTIsRight(t *testing.T) {
	for _, c := range []struct{ dof, x, share float64 }{
		{3, 1, 0.19550110947788532}, {3, 20, 0.0001379}, {10, 2.228138851964939, 0.025},
		{163, 0.37, 0.35592807}, {163, 17, 0}, {1, 1, .25}, {1, 30, 0.010606},
	} {
		_ = math.Pi
		s := newStudent(c.dof)
		got, _ := s.at(-c.x)
		up, _ := s.at(c.x)
		t.Log(c.dof, c.x, got, c.share, up)
	}
}
