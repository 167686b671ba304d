package coach

import "tandem"

// Parameters of the checks of facts. They are conventions of the evidence table unless a source is named in
// the table of checks.
const (
	manyHours       = 8     // LEARN_LOOP: logged hours
	unusedDays      = 56    // LEARN_LOOP: days without a use
	alignDays       = 14    // NO_ALIGN
	reviewDays      = 35    // NO_REVIEW
	reviewVolatile  = 14    // NO_REVIEW while much changes
	longHorizon     = 42    // NO_MILESTONE: days to go
	stepDays        = 14    // NO_MILESTONE: a step within
	enoughValues    = 5     // from which a chance counts
	rareChance      = 0.15  // TOO_HARD
	beyondBest      = 1.5   // TOO_HARD: times the best of the own last 8 periods
	lowConfidence   = 2     // TOO_HARD: of 10
	nearlySure      = 0.90  // TOO_EASY
	evenChance      = 0.5   // TWO_HARD
	steepLevels     = 2     // TWO_HARD
	steepMinutes    = 150.0 // TWO_HARD: a week
	capAdult        = 5     // TOO_MANY
	capAdultResults = 3     // TOO_MANY: of these, results
	capTeen         = 3     // TOO_MANY
	capChild        = 2     // TOO_MANY
	missedInARow    = 2     // STRETCH_RISK
	notSaid         = -1    // of counts that nobody has said
)

// NotSaid stands for a number that nobody has said.
const NotSaid = notSaid

// GoalFacts are what the checks need to know of a goal beside its text. A pointer is nil and a count NotSaid
// where it is not known; a check that lacks what it needs does not fire.
type GoalFacts struct {
	Kind tandem.GoalKind
	Age  tandem.AgeBand

	// Of a result.
	Baseline      bool     // where it stands is known
	Total         bool     // it is a total, which begins at nothing
	Values        int      // values so far
	Chance        *float64 // of reaching the target, now
	ChanceAtStart *float64 // when it began
	Ambition      *float64 // target against the best of the own last 8 periods, 1 for as good; nil without such a history
	Confidence    *int     // own, 0 to 10
	Floor         bool     // a minimum that must be met
	Stretch       bool     // a stretch is set
	DaysNeeded25  *int     // a quarter of own similar goals took fewer days
	Days          int      // to the deadline, NotSaid without one
	NextStep      int      // days to the next step that is due, NotSaid without one
	Learning      int      // active learning goals linked
	PairAdvised   bool     // the advice was a pair, or learning
	HighAbility   bool
	Shared        bool // a team's or an organisation's
	Pressing      bool // its number is money, speed or quantity
	Guarded       bool // a guard says what must not get worse

	// Of a learning goal.
	Aligned     bool // linked to a goal or a value, or for joy
	Joy         bool
	Since       int     // days since it began
	Hours       float64 // logged
	SinceUse    int     // days since the last use, NotSaid for none
	LevelsUp    int     // aimed levels above the present one
	WeekMinutes float64 // planned a week
	PairChance  *float64

	// Of both.
	NextReview int // days to the next look, NotSaid without one
	Volatile   bool
	Active     int // active goals of the person, this one counted
	Results    int // of these, results
	MissedLast int // missed in a row, most recent first
	Strain     bool
}

// Checks gives the checks of fields and history that fire, in the order of the table. Those that belong to
// teams and assigned goals come with teams.
func (f GoalFacts) Checks() (fired []Check) {
	holds := map[Check]bool{
		NoMilestone: f.Days > longHorizon && (f.NextStep == NotSaid || f.NextStep > stepDays),
		NoReview:    f.NextReview == NotSaid || f.NextReview > f.reviewWithin(),
		TooMany:     f.tooMany(),
	}
	if f.Kind == tandem.KindPerformance {
		f.ofResult(holds)
	} else {
		f.ofLearning(holds)
	}
	for _, r := range rules {
		if holds[r.Check] && (f.Age != tandem.Child || r.Child) {
			fired = append(fired, r.Check)
		}
	}
	return fired
}

func (f GoalFacts) reviewWithin() int {
	if f.Volatile {
		return reviewVolatile
	}
	return reviewDays
}

func (f GoalFacts) tooMany() bool {
	switch f.Age {
	case tandem.Child:
		return f.Active > capChild
	case tandem.Teen:
		return f.Active > capTeen
	}
	return f.Active > capAdult || f.Results > capAdultResults
}

func (f GoalFacts) ofResult(holds map[Check]bool) {
	holds[NoBaseline] = !f.Baseline && !f.Total
	holds[TooHard] = f.Chance != nil && f.Values >= enoughValues && *f.Chance < rareChance ||
		f.Ambition != nil && *f.Ambition > beyondBest || f.Confidence != nil && *f.Confidence <= lowConfidence
	holds[TooEasy] = f.ChanceAtStart != nil && f.Values >= enoughValues && *f.ChanceAtStart > nearlySure && !f.Floor
	holds[TooSoon] = f.DaysNeeded25 != nil && f.Days != NotSaid && f.Days < *f.DaysNeeded25
	holds[StretchRisk] = f.Stretch && (f.MissedLast >= missedInARow || f.Strain || f.tooMany())
	holds[NoPartner] = f.PairAdvised && !f.HighAbility && f.Learning == 0
	holds[Tunnel] = f.Shared && f.Pressing && !f.Guarded
}

func (f GoalFacts) ofLearning(holds map[Check]bool) {
	holds[NoMilestone] = false // no deadline, so nothing is far away
	holds[NoAlign] = !f.Aligned && !f.Joy && f.Since >= alignDays
	holds[LearnLoop] = f.Hours >= manyHours && (f.SinceUse == NotSaid || f.SinceUse >= unusedDays) && !f.Joy
	holds[TwoHard] = f.PairChance != nil && *f.PairChance < evenChance && (f.LevelsUp >= steepLevels || f.WeekMinutes > steepMinutes)
}

// SeverityOf gives the severity of a check for a goal of a kind: no next look is only a hint for a result.
func SeverityOf(c Check, kind tandem.GoalKind) Severity {
	for _, r := range rules {
		if r.Check == c {
			if c == NoReview && kind == tandem.KindPerformance {
				return Hint
			}
			return r.Severity
		}
	}
	return Hint
}
