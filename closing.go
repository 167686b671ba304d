package tandem

// A Closing is the last page of a result: what was gained, what was in the owner's hands and what not,
// what came unexpectedly, what comes next. It is saved as the owner goes; Done is zero until then.
type Closing struct {
	Goal       GoalID      `json:"goal"`
	Outcome    Outcome     `json:"outcome"`
	Value      float64     `json:"value"`    // the value that was judged
	Share      float64     `json:"share"`    // of the way, 1 = at the target; 0 for all-or-nothing results that were missed
	Withheld   bool        `json:"withheld"` // the number was there, but a guard was broken: not called reached
	Gained     string      `json:"gained"`   // the owner's own line
	Gains      []GainWord  `json:"gains"`    // what was tapped as gained
	Unexpected string      `json:"unexpected"`
	Next       NextStep    `json:"next"`
	NextGoal   GoalID      `json:"next_goal"`      // the goal that was made by it
	NextTech   TechniqueID `json:"next_technique"` // the technique that was made by it
	ReleaseWhy string      `json:"release_why"`    // when it was let go before its day
	Done       Instant     `json:"done"`
	DoneDay    Day         `json:"done_day"`
	Version    int64       `json:"version"`
}

// Validate names every field that cannot be accepted.
func (c Closing) Validate() error {
	var es Errors
	checkText(&es, "gained", c.Gained, MaxStory, true)
	checkText(&es, "unexpected", c.Unexpected, MaxStory, true)
	checkText(&es, "release_why", c.ReleaseWhy, MaxStory, true)
	checkOneOf(&es, "next", c.Next, NextNone, NextSame, NextReset, NextLearning, NextTechnique, NextNote, NextLetGo)
	if len(c.Gains) > len(gainWords) {
		es.Add("gains", "int_range", Args{"field": "gains", "lo": 0, "hi": len(gainWords)})
	}
	for _, w := range c.Gains {
		checkOneOf(&es, "gains", w, gainWords...)
	}
	return es.Err()
}

// NumberReached tells whether the number came to its target, also where a guard keeps it from being called
// reached. It is what the chance speaks of.
func (c Closing) NumberReached() bool {
	return c.Outcome == Reached || c.Outcome == Exceeded || c.Withheld
}

// A GainWord is one of the words of what a result left behind; the sentences are in the catalogue ("gain." +
// the word).
type GainWord string

var gainWords = []GainWord{"what_works", "what_does_not", "the_number", "somebody", "kept_on", "what_i_want"}

// GainWords gives them in the order of pages.
func GainWords() []GainWord { return append([]GainWord(nil), gainWords...) }

// A NextStep is what a closing leads to.
type NextStep string

const (
	NextNone      NextStep = ""
	NextSame      NextStep = "same"      // the same for the next period
	NextReset     NextStep = "reset"     // the next period with another target
	NextLearning  NextStep = "learning"  // a learning goal
	NextTechnique NextStep = "technique" // a technique to try
	NextNote      NextStep = "note"      // what lay outside, kept as a note
	NextLetGo     NextStep = "let_go"
)

// A Gain is what the work on a result left behind, whatever its number was.
type Gain struct {
	Levels    []Evidence `json:"levels"` // noticed while the result ran, on its learning goals
	Uses      int        `json:"uses"`
	Lessons   []Lesson   `json:"lessons"`
	Practices int        `json:"practices"` // days practised
	Minutes   float64    `json:"minutes"`   // practised
}

// A Batch is one import; its number as a source marks what it wrote, and undoing removes exactly that.
type Batch struct {
	Workspace WorkspaceID `json:"workspace"`
	ID        BatchID     `json:"id"`
	Person    PersonID    `json:"person"`
	Format    string      `json:"format"` // "goals" or "csv"
	File      string      `json:"file"`
	State     BatchState  `json:"state"`
	Source    SourceID    `json:"-"`
	Read      int         `json:"read"`
	Imported  int         `json:"imported"`
	Skipped   int         `json:"skipped"`
	Created   Instant     `json:"created"`
}

// A BatchState is a station of an import. A batch found running at start was broken off and is undone.
type BatchState string

const (
	BatchRunning BatchState = "running"
	BatchDone    BatchState = "done"
	BatchUndone  BatchState = "undone"
)
