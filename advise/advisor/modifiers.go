package advisor

import (
	"slices"

	"tandem"
)

// A Modifier changes the form of a goal, not its kind; strategy_first alone also changes which side leads.
type Modifier string

const (
	StrategyFirst     Modifier = "strategy_first"        // "find two ways to try" stands before the number
	FloorNotStretch   Modifier = "floor_not_stretch"     // a minimum, and no field for a stretch
	NoTargetYet       Modifier = "no_target_yet"         // the target stays empty until Earned
	TinyLearning      Modifier = "tiny_learning"         // at most a tenth of the time, one technique
	RenegotiateDate   Modifier = "renegotiate_date"      // ask for a later date
	OneHardOneEasy    Modifier = "one_hard_one_easy"     // what leads may be demanding, its partner is easy
	OwnActionMeasure  Modifier = "own_action_measure"    // a number of one's own doing beside it
	ShortReview       Modifier = "short_review"          // look again within 14 days; no fixed if–then plan asked
	GroupGoal         Modifier = "group_goal"            // one shared number; own goals are contributions
	TeamLearning      Modifier = "general_team_learning" // "find out together how to"; no quota a head
	Private           Modifier = "private"               // seen by the child and its guardians
	SelfCompared      Modifier = "self_compared"         // compared with the own past alone
	NoPromisedRewards Modifier = "no_promised_rewards"   // no field for a reward
	FindMeasure       Modifier = "find_measure"          // first step: pick one number, or a yes or no
	AskAlignment      Modifier = "ask_alignment"         // "What will this help with?"; just joy is an answer
	PlateauWatch      Modifier = "plateau_watch"         // a learning goal is offered when Flat
)

// EasyChance and EasyMinutes are how easy the partner of a demanding goal is made: a result with at least
// this chance, or one level with at most so many minutes a week.
const (
	EasyChance  = 0.8
	EasyMinutes = 75
)

// SoonReview is the most days until the next look where the surroundings are volatile.
const SoonReview = 14

// A formRule is a row of the table of modifiers. It sees the advice as the rows above it left it.
type formRule struct {
	modifier Modifier
	when     func(Inputs, Advice) bool
}

// modifiers are all weighed, in this order. The condition alone decides, whatever the kind: a deferred goal
// of a child is private too.
var modifiers = []formRule{
	{StrategyFirst, func(in Inputs, a Advice) bool { return in.Appraisal == Threat && a.Rule != R0 && a.Rule != R1 }},
	{FloorNotStretch, func(_ Inputs, a Advice) bool { return a.Rule == R0 }},
	{NoTargetYet, func(_ Inputs, a Advice) bool { return a.Rule == R4 }},
	{TinyLearning, func(in Inputs, a Advice) bool { return a.Rule == R4u || a.Rule == R9 && in.Time == Urgent }},
	{RenegotiateDate, func(_ Inputs, a Advice) bool { return a.Rule == R4u }},
	{OneHardOneEasy, func(_ Inputs, a Advice) bool { return a.Kind == Paired && !a.Has(TinyLearning) }},
	{OwnActionMeasure, func(in Inputs, a Advice) bool { return in.Control == MostlyOthers && a.HasResult() }},
	{ShortReview, func(in Inputs, _ Advice) bool { return in.Env == Volatile }},
	{GroupGoal, func(in Inputs, _ Advice) bool { return in.Scope == Team }},
	{TeamLearning, func(in Inputs, a Advice) bool { return in.Scope == Team && a.LearningLeads() }},
	{Private, minor}, {SelfCompared, minor}, {NoPromisedRewards, minor},
	{FindMeasure, func(in Inputs, a Advice) bool { return in.Measure == Unmeasured && a.HasResult() }},
	{AskAlignment, func(_ Inputs, a Advice) bool { return a.Rule == R3 }},
	{PlateauWatch, func(in Inputs, a Advice) bool { return a.Kind == Performance && in.Horizon > 90 }},
}

func minor(in Inputs, _ Advice) bool { return in.Age == tandem.Child || in.Age == tandem.Teen }

// Modifiers gives the names of all modifiers in their order.
func Modifiers() []Modifier {
	names := make([]Modifier, len(modifiers))
	for i, m := range modifiers {
		names[i] = m.modifier
	}
	return names
}

// modify adds the modifiers. Who is afraid of not making it looks for ways first, unless time presses: a
// result alone becomes a pair, and learning leads (Drach-Zahavy & Erez 2002).
func modify(in Inputs, a Advice) Advice {
	for _, m := range modifiers {
		if !m.when(in, a) {
			continue
		}
		a.Modifiers = append(a.Modifiers, m.modifier)
		if m.modifier != StrategyFirst {
			continue
		}
		a.Evidence = append(slices.Clone(a.Evidence), "DZE02")
		if in.Time != Urgent && a.HasResult() {
			a.Kind, a.Lead = Paired, Learning
		}
	}
	return a
}
