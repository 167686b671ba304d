package tandem

// A Move is a step from one state of a goal to another, by name.
type Move string

const (
	MoveOffer   Move = "offer"   // draft result → offered to the person asked to own it
	MoveStart   Move = "start"   // draft or offered → active: the owner's yes
	MoveDecline Move = "decline" // offered → draft
	MovePause   Move = "pause"
	MoveResume  Move = "resume"
	MoveClose   Move = "close"   // results only, with an outcome
	MoveReopen  Move = "reopen"  // a closed result within the undo time
	MoveRest    Move = "rest"    // learning only
	MoveRelease Move = "release" // learning only; nothing gained is lost
	MoveTakeUp  Move = "take_up" // a released learning goal again
)

// lifecycle is the table of every step that exists, by kind, state and move. What is not in it is
// refused.
var lifecycle = map[GoalKind]map[GoalState]map[Move]GoalState{
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

// Step gives the state that move leads to, or the Invalid error move_not_here.
func (g Goal) Step(move Move) (GoalState, error) {
	to, ok := lifecycle[g.Kind][g.State][move]
	if !ok {
		return "", Invalid("state", "move_not_here", Args{"move": move, "state": g.State, "kind": g.Kind})
	}
	return to, nil
}

// Moves gives the moves that are open to the goal in its state.
func (g Goal) Moves() []Move {
	var out []Move
	for _, m := range []Move{MoveOffer, MoveStart, MoveDecline, MovePause, MoveResume, MoveClose, MoveReopen, MoveRest, MoveRelease, MoveTakeUp} {
		if _, ok := lifecycle[g.Kind][g.State][m]; ok {
			out = append(out, m)
		}
	}
	return out
}

// An Outcome is how a result ended.
type Outcome string

const (
	Exceeded  Outcome = "exceeded" // the stretch was reached, or 110 % of the way
	Reached   Outcome = "reached"
	VeryClose Outcome = "very_close"  // 85 % of the way or more
	MovedALot Outcome = "moved_a_lot" // 50 % or more
	Started   Outcome = "started"     // below 50 %
	MovedAway Outcome = "moved_away"  // behind where it began
	LetGo     Outcome = "released"    // let go before its day
)

// Missed tells whether sentences say "missed".
func (o Outcome) Missed() bool { return o == MovedALot || o == Started || o == MovedAway }

// OutcomeOf judges a share of the way (1 = at the target) of a result. Whether it was reached comes from
// the result's own rule; the share alone never makes it so. A result that is reached or missed only (an
// at-most total, keep within) has allOrNothing. Shares are compared on decimals, so that exactly 0.85
// counts however it was computed.
func OutcomeOf(reached bool, share float64, stretch, allOrNothing bool) Outcome {
	const eps = 1e-9
	switch {
	case reached && !allOrNothing && (stretch || share >= 1.1-eps):
		return Exceeded
	case reached:
		return Reached
	case allOrNothing:
		return Started
	case share >= 0.85-eps:
		return VeryClose
	case share >= 0.5-eps:
		return MovedALot
	case share >= -eps:
		return Started
	}
	return MovedAway
}
