package tandem

import (
	"math"
	"slices"
	"strings"
)

// A Guard is what must not get worse while a result is pursued: a bound on another number of the workspace. A
// result whose guard is broken at its end is not called reached, whatever its own number says; the chance
// of the number is not touched by it.
//
// Bound is in the unit of the guard's number. With Every each value of the result's time must keep it; else
// the time is taken together: the mean of readings, the sum of a total, the mean over whole periods of a
// rate, the ratio of the sums. Judged and Stood are what was found when the result was closed.
type Guard struct {
	Workspace WorkspaceID `json:"workspace"`
	Goal      GoalID      `json:"goal"`
	Metric    MetricID    `json:"metric"`
	Side      Side        `json:"side"`
	Bound     float64     `json:"bound"`
	Every     bool        `json:"every"`
	Judged    GuardState  `json:"judged,omitempty"`
	Stood     *float64    `json:"stood,omitempty"`
}

// MostGuards is how many numbers may guard one result.
const MostGuards = 2

// A Side says on which side of its bound a guard's number stays.
type Side string

const (
	AtLeast Side = "at_least"
	AtMost  Side = "at_most"
)

// A GuardState says how a guard stands.
type GuardState string

const (
	GuardHolds  GuardState = "holds"
	GuardBroken GuardState = "broken"
	GuardOpen   GuardState = "open" // nothing to judge by yet
)

// Validate names every field that cannot be accepted, beside the result whose number is result.
func (g Guard) Validate(result MetricID) error {
	var es Errors
	checkOneOf(&es, "side", g.Side, AtLeast, AtMost)
	checkNumber(&es, "bound", &g.Bound)
	if g.Metric == result {
		es.Add("metric", "guard_is_result", nil)
	}
	return es.Err()
}

// Keeps tells whether a value keeps the bound.
func (g Guard) Keeps(v float64) bool {
	const eps = 1e-9
	tolerance := eps * max(1, math.Abs(g.Bound))
	if g.Side == AtMost {
		return v <= g.Bound+tolerance
	}
	return v >= g.Bound-tolerance
}

// Worse gives the one of two values that lies further on the wrong side.
func (g Guard) Worse(a, b float64) float64 {
	if g.Side == AtMost {
		return max(a, b)
	}
	return min(a, b)
}

// Judge says how the guard stands by what was found, nil for nothing. A total that has to come to at least its
// bound can only be judged once its time is over.
func (g Guard) Judge(stood *float64, grows, over bool) GuardState {
	switch {
	case stood == nil, grows && g.Side == AtLeast && !over && !g.Keeps(*stood):
		return GuardOpen
	case g.Keeps(*stood):
		return GuardHolds
	}
	return GuardBroken
}

// pressingUnits are the units of money, in lower case, and those of time, which a number of speed counts in.
var pressingUnits = []string{"$", "€", "£", "¥", "usd", "eur", "gbp", "chf", "dollar", "dollars", "euro", "euros", "s", "sec", "seconds", "sekunden", "min", "minutes", "minuten", "h", "hours", "stunden"}

// Presses tells whether a number is about money, speed or a count: what grows by doing more of it, and may grow at
// the cost of something else.
func (m Metric) Presses() bool {
	unit := strings.ToLower(strings.TrimSpace(m.Unit))
	return m.Form == FormTotal || m.Form == FormRate || strings.Contains(unit, "/") || slices.Contains(pressingUnits, unit)
}
