package tandem

// A PilotDesign says how chance comes into a pilot.
type PilotDesign string

const (
	// PilotBlocks is for what can be switched on and off: pairs of blocks of days, one with the technique
	// and one without, and in each pair chance decides which comes first.
	PilotBlocks PilotDesign = "blocks"
	// PilotStepped is for what cannot be unlearned: the technique begins on one number after another, and
	// chance decides on which when.
	PilotStepped PilotDesign = "stepped"
)

// A PilotVerdict is what becomes of a technique after its pilot. The figures say keep, drop or unclear;
// adapt is the person's own choice alone.
type PilotVerdict string

const (
	PilotKeep    PilotVerdict = "keep"
	PilotAdapt   PilotVerdict = "adapt"
	PilotDrop    PilotVerdict = "drop"
	PilotUnclear PilotVerdict = "unclear"
)

// State gives the station that a technique takes by a verdict; after an unclear one it goes on being tried.
func (v PilotVerdict) State() TechniqueState {
	switch v {
	case PilotKeep:
		return Kept
	case PilotAdapt:
		return Adapted
	case PilotDrop:
		return Dropped
	}
	return Trying
}

// A PilotDraw says among which orders of the blocks chance chooses. It stays as it was when the pilot was made.
type PilotDraw int64

const (
	DrawEachPair PilotDraw = 0 // every pair by itself
	DrawFewTurns PilotDraw = 1 // from six pairs on without the orders that turn most often
)

// Limits of a pilot. EnoughPairs is from how many pairs it may say that a technique made a difference: of
// 52 orders 2 are as extreme as can be. With fewer it can hint, not prove. FewestStarts is the same for
// the numbers of a stepped start.
const (
	FewestPairs     = 4
	MostPairs       = 100
	EnoughPairs     = 6
	FewestStarts    = 5
	MostStarts      = 20
	MostPilotBlock  = 60  // days of a block, or between two starts
	MostPilotDays   = 730 // from the first day to the last
	MostPilotAhead  = 60  // days from today to the first day
	FewestPilotSide = 14  // days that count, with the technique and without
)

// A Pilot is the measured trial of a technique. Everything that decides what its figures will be is fixed
// when it is made, before its first day: the numbers, the days and the seed from which the order is drawn,
// so that anybody can draw it again.
type Pilot struct {
	Workspace  WorkspaceID   `json:"workspace"`
	ID         PilotID       `json:"id"`
	Technique  TechniqueID   `json:"technique"`
	Owner      PersonID      `json:"owner"`
	Design     PilotDesign   `json:"design"`
	Hypothesis string        `json:"hypothesis"`
	Numbers    []PilotNumber `json:"numbers"` // one for blocks, several for a stepped start
	Worth      float64       `json:"worth"`   // smallest difference a day worth having, in the unit of the numbers, above 0
	First      Day           `json:"first"`
	Pairs      int           `json:"pairs"`    // of blocks; 0 for a stepped start
	Days       int           `json:"days"`     // of a block, or from one start to the next
	WashOut    int           `json:"wash_out"` // first days of each block that do not count
	Draw       PilotDraw     `json:"draw"`     // the orders among which chance chooses
	Seed       int64         `json:"seed"`     // from 1, exact as a float
	Changed    string        `json:"changed"`  // what else changed meanwhile, in the owner's words
	ChangedDay Day           `json:"changed_day"`
	Stopped    Day           `json:"stopped"` // ended early on this day; it counts no more
	Verdict    PilotVerdict  `json:"verdict"` // the person's own; "" until then
	Decided    Day           `json:"decided"`
	Words      string        `json:"words"` // of the verdict
	Version    int64         `json:"version"`
	Created    Instant       `json:"created"`
}

// A PilotNumber is a number that a pilot looks at, with the result that it belongs to. Start is the day
// from which the technique is used on it in a stepped start, as drawn.
type PilotNumber struct {
	Metric MetricID `json:"metric"`
	Result GoalID   `json:"result"`
	Start  Day      `json:"start"`
}

// Last gives the last day of the plan. In a stepped start the number that begins last has two steps of
// days with the technique.
func (p Pilot) Last() Day {
	if p.Design == PilotStepped {
		return p.First + Day((len(p.Numbers)+1)*p.Days) - 1
	}
	return p.First + Day(2*p.Pairs*p.Days) - 1
}

// End gives the last day that counts: that of the plan, or the one before it was stopped.
func (p Pilot) End() Day {
	if p.Stopped != NoDay && p.Stopped <= p.Last() {
		return p.Stopped - 1
	}
	return p.Last()
}

// Over tells whether no day that counts is left to come.
func (p Pilot) Over(today Day) bool { return p.Stopped != NoDay || today > p.Last() }

// Open tells whether the pilot still binds its numbers: it is neither over nor decided.
func (p Pilot) Open(today Day) bool { return p.Verdict == "" && !p.Over(today) }

// Enough tells whether the design has enough pairs, or starts, to say that something made a difference.
func (p Pilot) Enough() bool {
	if p.Design == PilotStepped {
		return len(p.Numbers) >= FewestStarts
	}
	return p.Pairs >= EnoughPairs
}

// Validate names every field that cannot be accepted; today is the owner's day on which it is made.
func (p Pilot) Validate(today Day) error {
	var es Errors
	if CleanTitle(p.Hypothesis) == "" {
		es.Add("hypothesis", "pilot_hypothesis_missing", nil)
	}
	checkText(&es, "hypothesis", p.Hypothesis, MaxStory, true)
	checkOneOf(&es, "design", p.Design, PilotBlocks, PilotStepped)
	if !(p.Worth > 0 && p.Worth <= MaxNumber) {
		es.Add("worth", "pilot_worth", nil)
	}
	if p.First <= today || p.First > today+MostPilotAhead {
		es.Add("first", "pilot_first", Args{"days": MostPilotAhead})
	}
	if p.Design == PilotStepped {
		p.checkStepped(&es)
	} else {
		p.checkBlocks(&es)
	}
	if len(es) == 0 && p.Last()-p.First >= MostPilotDays {
		es.Add("days", "pilot_long", Args{"days": int(p.Last()-p.First) + 1, "limit": MostPilotDays})
	}
	return es.Err()
}

func (p Pilot) checkBlocks(es *Errors) {
	if len(p.Numbers) != 1 {
		es.Add("results", "pilot_one_number", nil)
	}
	if p.Pairs < FewestPairs || p.Pairs > MostPairs {
		es.Add("pairs", "int_range", Args{"field": "pairs", "lo": FewestPairs, "hi": MostPairs})
	}
	if p.Days < 1 || p.Days > MostPilotBlock {
		es.Add("days", "int_range", Args{"field": "days", "lo": 1, "hi": MostPilotBlock})
	}
	if p.WashOut < 0 || p.WashOut > 0 && p.WashOut >= p.Days {
		es.Add("wash_out", "int_range", Args{"field": "wash_out", "lo": 0, "hi": max(p.Days-1, 0)})
	}
	if n := p.Pairs * (p.Days - p.WashOut); len(*es) == 0 && n < FewestPilotSide {
		es.Add("days", "pilot_short", Args{"n": n, "needed": FewestPilotSide})
	}
}

func (p Pilot) checkStepped(es *Errors) {
	if n := len(p.Numbers); n < FewestStarts || n > MostStarts {
		es.Add("results", "pilot_numbers", Args{"n": n, "lo": FewestStarts, "hi": MostStarts})
	}
	if p.Days < 7 || p.Days > MostPilotBlock {
		es.Add("days", "int_range", Args{"field": "days", "lo": 7, "hi": MostPilotBlock})
	}
	if p.Pairs != 0 {
		es.Add("pairs", "pilot_no_pairs", nil)
	}
	if p.WashOut != 0 {
		es.Add("wash_out", "pilot_no_pairs", nil)
	}
}

// ValidateVerdict names what cannot be accepted in the person's own verdict.
func (p Pilot) ValidateVerdict() error {
	var es Errors
	checkOneOf(&es, "verdict", p.Verdict, PilotKeep, PilotAdapt, PilotDrop, PilotUnclear)
	checkText(&es, "words", p.Words, MaxStory, true)
	return es.Err()
}

// ValidateChanged names what cannot be accepted in what else changed. It says something, even if that is
// nothing.
func (p Pilot) ValidateChanged() error {
	var es Errors
	if CleanTitle(p.Changed) == "" {
		es.Add("changed", "changed_missing", nil)
	}
	checkText(&es, "changed", p.Changed, MaxStory, true)
	return es.Err()
}
