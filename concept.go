package tandem

// A Concept is one thing that a person can meet in Tandem, with what must have happened before it
// stands on a page. The sentences are in the message catalogue ("concept." + Key + ".sentence").
//
// Seven are there from the first hour; each further one waits until the person's own data ask for it.
// Built tells whether this program has what the concept names: what is not built is never offered.
type Concept struct {
	Key       string
	Place     string // where the question arises: "today", "result", "learning", "technique", "lesson" (after the lessons of a learning goal), "log" (after a use), "closing", "new"
	FirstHour bool
	Built     bool
	Again     bool // is about one goal: once used, it may be offered for another after QuietDays
	Trigger   func(Facts) bool
}

// Facts are what the triggers look at: counts over a person's own entries, all in whole days.
type Facts struct {
	Today           Day
	FirstDay        Day // the day the account was made
	Values          int // most values on one result
	Practices7      int // practices within 7 days
	Lessons         int
	Uses            int
	UsesOfOne       int     // of the technique that was used most
	LearningAge     int     // days since the oldest learning goal was made
	ResultAge       int     // days since the newest result without a milestone was made
	ResultDaysLeft  int     // days to that result's deadline
	QuarterGone     bool    // a quarter of the time of a result is gone
	LowestChance    float64 // over open results; 1 where none is known
	HighestChance   float64 // over open results; 0 where none is known
	Silence         int     // days since the last entry
	NamesCollection bool    // a learning goal names a count of things
	SecondPerson    bool    // a second person or a test was added to a level
	LastMiss        Day     // day of the last missed closing; NoDay none
	FridayEntries   int     // entries of the seven days up to the last Friday
	Closed          bool    // a result was closed
	TeamQuantity    bool    // an own open result in a team is about money, speed or a count, and nothing guards it
	Reviews         int     // weekly reviews that were finished, up to 3
	MonthEntries    int     // entries of the month that ended last; 0 from the 15th on, and for a month of which there was less than half
	SinceLevel      int     // days since the oldest level was noticed or technique kept; 0 for none
}

// concepts is the table of progressive disclosure. Its order is the order in which offers are weighed.
var concepts = []Concept{
	{Key: "today", Place: "today", FirstHour: true, Built: true},
	{Key: "result", Place: "new", FirstHour: true, Built: true},
	{Key: "learning_goal", Place: "new", FirstHour: true, Built: true},
	{Key: "pair", Place: "new", FirstHour: true, Built: true},
	{Key: "log", Place: "today", FirstHour: true, Built: true},
	{Key: "lesson", Place: "today", FirstHour: true, Built: true},
	{Key: "chance", Place: "result", FirstHour: true, Built: true},
	{Key: "technique", Place: "lesson", Built: true, Trigger: func(f Facts) bool { return f.Lessons >= 1 || f.QuarterGone }},
	{Key: "micro_goal", Place: "today", Built: true, Trigger: func(f Facts) bool { return f.Practices7 >= 2 }},
	{Key: "level", Place: "learning", Built: true, Trigger: func(f Facts) bool { return f.LearningAge >= 14 }},
	{Key: "milestone", Place: "result", Built: true, Trigger: func(f Facts) bool {
		return f.ResultAge >= 3 && f.ResultDaysLeft > 42-f.ResultAge || f.LowestChance < 1.0/3
	}},
	{Key: "collection", Place: "learning", Built: true, Trigger: func(f Facts) bool { return f.NamesCollection }},
	{Key: "evidence", Place: "learning", Built: true, Trigger: func(f Facts) bool { return f.SecondPerson }},
	{Key: "pause", Place: "today", Built: true, Trigger: func(f Facts) bool { return f.Silence >= 5 }},
	{Key: "stretch", Place: "result", Built: true, Trigger: func(f Facts) bool { return f.HighestChance > 0.8 }},
	{Key: "recurring", Place: "closing"}, // the last page of a result asks it of everybody
	// The page looks closer: it has the sentence only for a goal that earned a target, or whose number is flat.
	{Key: "switch", Place: "learning", Built: true, Again: true, Trigger: func(f Facts) bool { return f.LearningAge > 0 }},
	{Key: "plateau", Place: "result", Built: true, Again: true, Trigger: func(f Facts) bool { return f.Values >= 6 }},
	// The page looks closer: it has the sentence only for a technique used 3 times beside a number with 8 values.
	{Key: "measured_pilot", Place: "technique", Built: true, Trigger: func(f Facts) bool { return f.UsesOfOne >= 3 && f.Values >= 8 }},
	// The page looks closer: it has the sentence only with 14 values before the level and 7 after.
	{Key: "difference", Place: "result", Built: true, Trigger: func(f Facts) bool { return f.Values >= 21 && f.SinceLevel >= 7 }},
	{Key: "review", Place: "today", Built: true, Trigger: func(f Facts) bool {
		return f.FridayEntries >= 3 && (f.Today.Weekday()+2)%7 < 3 // its sentence says "this week": Friday to Sunday
	}},
	// The page looks closer: only where this server sends mail, and to this account.
	{Key: "weekly_mail", Place: "review", Built: true, Trigger: func(f Facts) bool { return f.Reviews >= 1 }},
	{Key: "month_review", Place: "today", Built: true, Trigger: func(f Facts) bool { return f.MonthEntries >= 3 }},
	// The page looks closer: it has the sentence only where there is a learning goal to ask about.
	{Key: "lifeline", Place: "today", Built: true, Trigger: func(f Facts) bool {
		return f.Lessons >= 1 || f.LastMiss != NoDay || f.Today-f.FirstDay >= 7
	}},
	{Key: "feedback", Place: "log", Built: true, Trigger: func(f Facts) bool { return f.Uses >= 1 }},
	{Key: "guard", Place: "new", Built: true, Trigger: func(f Facts) bool { return f.TeamQuantity }},
	{Key: "sprint", Place: "review"},
	{Key: "balance", Place: "review"},
	{Key: "own_confidence", Place: "review"},
	{Key: "portfolio", Place: "closing", Built: true, Trigger: func(f Facts) bool { return f.Closed }},
	{Key: "offer", Place: "waiting"},
	{Key: "serves", Place: "result"},
	{Key: "map", Place: "team"},
	{Key: "cycle", Place: "team"},
}

// Concepts gives the table.
func Concepts() []Concept { return append([]Concept(nil), concepts...) }

// A ConceptState is how far a person is with a concept.
type ConceptState struct {
	Key   string
	State string // "offered", "used", "not_now"
	Times int    // how often "not now" was said
	Day   Day    // of the last change
	Shown int    // on how many days it was offered since it was last used
}

// Concept states.
const (
	ConceptOffered = "offered"
	ConceptUsed    = "used"
	ConceptNotNow  = "not_now"
)

// QuietDays is how long a concept keeps quiet after "Not now"; twice is for good.
const QuietDays = 28

// unanswered is how long a concept keeps quiet after the n-th day on which it stood there and nobody said
// anything; after one more it is for good, and only Settings has it ("Never nag", guidance, section 6).
var unanswered = [...]Day{7, 28, 84}

// rests tells whether a concept is not to be offered on a day because of what was said, or not said, to it.
func (s ConceptState) rests(c Concept, today Day) bool {
	switch since := today - s.Day; s.State {
	case ConceptUsed:
		return !c.Again || since < QuietDays
	case ConceptNotNow:
		return s.Times >= 2 || since < QuietDays
	case ConceptOffered:
		n := max(s.Shown, 1)
		return n > len(unanswered) || since < unanswered[n-1]
	}
	return false
}

// OfferConcept gives the one further concept that may be offered today, if any: the first of the table
// that the asker has a place for, whose trigger fired and which was neither used nor declined lately. There
// is at most one new concept a local day, none within a day of a miss and none on the first day.
func OfferConcept(f Facts, states map[string]ConceptState, fits func(Concept) bool) (Concept, bool) {
	if f.Today <= f.FirstDay || f.LastMiss != NoDay && f.Today-f.LastMiss <= 1 {
		return Concept{}, false
	}
	for _, c := range concepts {
		if s, ok := states[c.Key]; ok && s.Day == f.Today {
			return c, s.State == ConceptOffered && fits(c) // today's offer stands until it is answered
		}
	}
	for _, c := range concepts {
		if c.FirstHour || !c.Built || !c.Trigger(f) || !fits(c) {
			continue
		}
		if !states[c.Key].rests(c, f.Today) {
			return c, true
		}
	}
	return Concept{}, false
}

// ConceptVisible tells whether a concept may stand in menus and on pages: from the first hour, once
// used, or because the person asked to be shown everything.
func ConceptVisible(key string, states map[string]ConceptState, showAll bool) bool {
	for _, c := range concepts {
		if c.Key == key {
			return c.FirstHour || c.Built && (showAll || states[key].State == ConceptUsed)
		}
	}
	return false
}

// Look takes one open result into the facts; last is the newest day on which anything was entered.
func (f *Facts) Look(x ListedResult, last *Day) {
	if age := int(f.Today - x.CreatedDay); age >= 3 {
		f.ResultAge, f.ResultDaysLeft = age, max(f.ResultDaysLeft, int(x.Deadline-f.Today))
	}
	if length := x.Deadline - x.Start; length > 0 && (f.Today-x.Start)*4 >= length {
		f.QuarterGone = true
	}
	*last = max(*last, x.CreatedDay)
	s := x.Snapshot
	if s == nil {
		return
	}
	f.Values = max(f.Values, s.Values)
	if s.Chance != nil && s.Values >= 3 {
		f.LowestChance, f.HighestChance = min(f.LowestChance, *s.Chance), max(f.HighestChance, *s.Chance)
	}
	if s.LastDay != NoDay {
		*last = max(*last, s.LastDay)
	}
}
