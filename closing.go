package tandem

// A Closing is the last page of a result: what was gained, what was in the owner's hands and what not,
// what came unexpectedly, what comes next. It is saved as the owner goes; Done is zero until then.
type Closing struct {
	Goal       GoalID
	Outcome    Outcome
	Value      float64 // the value that was judged
	Share      float64 // of the way, 1 = at the target; 0 for all-or-nothing results that were missed
	Gained     string  // the owner's own line
	Unexpected string
	Next       NextStep
	NextGoal   GoalID      // the goal that was made by it
	NextTech   TechniqueID // the technique that was made by it
	ReleaseWhy string      // when it was let go before its day
	Done       Instant
	DoneDay    Day
	Version    int64
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
	Levels    []Evidence // noticed while the result ran, on its learning goals
	Uses      int
	Lessons   []Lesson
	Practices int     // days practised
	Minutes   float64 // practised
}

// A Batch is one import; its number as a source marks what it wrote, and undoing removes exactly that.
type Batch struct {
	Workspace WorkspaceID
	ID        BatchID
	Person    PersonID
	Format    string // "goals" or "csv"
	File      string
	State     BatchState
	Source    SourceID
	Read      int
	Imported  int
	Skipped   int
	Created   Instant
}

// A BatchState is a station of an import. A batch found running at start was broken off and is undone.
type BatchState string

const (
	BatchRunning BatchState = "running"
	BatchDone    BatchState = "done"
	BatchUndone  BatchState = "undone"
)
