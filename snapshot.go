package tandem

// A Snapshot keeps what pages need often of a result: made outside any transaction, stored only if the
// data it was made from still stand. DataVersion and GoalVersion tell from which, Method by which
// engine, Day on which day.
type Snapshot struct {
	Goal        GoalID
	DataVersion int64
	GoalVersion int64
	Day         Day
	Method      string
	Made        Instant
	Values      int      // values used
	Chance      *float64 // nil: too few values
	Status      string   // "open", "reached", "lost", "too_few", "ended"
	Now         float64
	Lo80, Hi80  *float64 // likely range on the deadline
	PaceNeeded  *float64 // per week
	PaceNow     *float64
	Expected    Day // NoDay: not within the horizon
	Last        *float64
	LastDay     Day
	Spark       []float32 // at most 30 points of the trend, for lists
}

// A HistoryEntry is one change of one thing: who, when, before and after, as JSON text.
type HistoryEntry struct {
	Workspace WorkspaceID
	Kind      string // "goal", "observation", "metric", …
	Object    int64
	Sub       int64 // the instant, for an observation
	Seq       int64
	At        Instant
	By        PersonID
	Before    string
	After     string
}

// An Event tells that something happened; it is written in the transaction that did it and drained from
// the outbox afterwards.
type Event struct {
	Workspace WorkspaceID
	Kind      string // "observation.logged", "goal.closed", …
	Object    int64
	Person    PersonID
	At        Instant
}
