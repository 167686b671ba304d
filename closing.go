package tandem

// A Closing is the last page of a result: what was gained, what was in the owner's hands and what not,
// what came unexpectedly, what comes next. It is saved as the owner goes; Done is zero until then.
type Closing struct {
	Goal       GoalID      `json:"goal"`
	Outcome    Outcome     `json:"outcome"`
	Value      float64     `json:"value"`  // the value that was judged
	Share      float64     `json:"share"`  // of the way, 1 = at the target; 0 for all-or-nothing results that were missed
	Gained     string      `json:"gained"` // the owner's own line
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
	checkOneOf(&es, "next", c.Next, NextNone, NextSame, NextLearning, NextTechnique, NextLetGo)
	return es.Err()
}

// A NextStep is what a closing leads to.
type NextStep string

const (
	NextNone      NextStep = ""
	NextSame      NextStep = "same"      // the same for the next period
	NextLearning  NextStep = "learning"  // a learning goal
	NextTechnique NextStep = "technique" // a technique to try
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
