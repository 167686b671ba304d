package advisor

import "tandem"

// Facts are what is known of a goal and its owner without asking: from the words of the goal, the profile,
// and the owner's own history. The zero value knows nothing.
type Facts struct {
	Age        tandem.AgeBand // of the profile
	Days       int            // to the deadline; 0 where none is named, 1 for today
	Estimate   int            // days that the owner thinks it takes, learning included; 0 not said
	Capability bool           // the words name something to be able to do, and no result beside it
	Others     bool           // the words name a result that others decide
	Measured   *bool          // a number, or a yes or no, was found in the words; nil: not looked
	Team       bool           // the goal is one of a team that needs each other's work
	Safety     bool           // somebody could get hurt
	Closed     int            // own closed results on the same number
	Reached    int            // of them, reached or exceeded
	Level      int            // highest level noticed in the skill it needs; 0 none
	Levels     int            // levels of that skill
	Replans    int            // changes of target or deadline in the last 28 days
}

// An Origin says where an input comes from.
type Origin string

const (
	FromDefault Origin = ""        // not known
	FromPerson  Origin = "person"  // said
	FromHistory Origin = "history" // own closed results and noticed levels
	FromWords   Origin = "words"   // the words of the goal, its deadline, its place
	FromProfile Origin = "profile"
)

// Where a level counts as being able to do it, and as knowing a part: 4 and 2 of 5.
const (
	highLevel   = 0.8
	mediumLevel = 0.4
)

// Infer fills in what was not said. The profile decides on the age whatever is said. Else what the person
// said counts before history, and history before the words of the goal; what none of them tells stays
// unknown. Ability alone is weighed against the record, for self-ratings go with real ability only
// moderately (Zell & Krizan 2014): high needs one reached result on the same number, or 4 of 5 levels
// noticed, and is medium without; who says low and has such a record is taken as medium. Time is urgent
// when the deadline comes before the owner's own estimate, or within 14 days where ability is not high.
func Infer(f Facts, said Inputs) (Inputs, map[Input]Origin) {
	in, from := said, map[Input]Origin{}
	for _, s := range specs {
		if said.Get(s.Input) != "" {
			from[s.Input] = FromPerson
		}
	}
	fill := func(name Input, holds bool, value string, origin Origin) {
		if holds && in.Get(name) == "" {
			in, _ = in.With(name, value)
			from[name] = origin
		}
	}
	if f.Age != "" {
		in.Age = f.Age
		from[InAge] = FromProfile
	}
	f.ability(&in, from)
	fill(InNovelty, f.Closed > 0 || f.level() >= highLevel, string(Known), FromHistory)
	fill(InNovelty, f.Level > 0, string(Partly), FromHistory)
	fill(InEnv, f.Replans > 1, string(Volatile), FromHistory)
	fill(InStakes, f.Safety, string(Safety), FromWords)
	fill(InWants, f.Capability, string(Capability), FromWords)
	fill(InControl, f.Others, string(MostlyOthers), FromWords)
	fill(InScope, f.Team, string(Team), FromWords)
	if f.Measured != nil {
		value := Unmeasured
		if *f.Measured {
			value = Measured
		}
		fill(InMeasure, true, string(value), FromWords)
	}
	if f.Days > 0 && in.Horizon == 0 {
		in.Horizon = min(f.Days, MostHorizon)
		from[InHorizon] = FromWords
	}
	near := in.Horizon > 0 && (in.Horizon < 14 && in.Ability != High || in.Horizon < f.Estimate)
	fill(InTime, near, string(Urgent), FromWords)
	return in, from
}

// ability weighs what was said against the record.
func (f Facts) ability(in *Inputs, from map[Input]Origin) {
	record := f.Reached > 0 || f.level() >= highLevel
	switch {
	case in.Ability == High && !record, in.Ability == Low && record:
		in.Ability = Medium
	case in.Ability != "":
		return
	case record:
		in.Ability = High
	case f.level() >= mediumLevel:
		in.Ability = Medium
	case f.Level > 0:
		in.Ability = Low
	default:
		return
	}
	from[InAbility] = FromHistory
}

// level gives the noticed level as a share of its levels.
func (f Facts) level() float64 {
	if f.Levels <= 0 {
		return 0
	}
	return float64(f.Level) / float64(f.Levels)
}
