package tandem

// A Snapshot keeps what pages need often of a result: made outside any transaction, stored only if the
// data it was made from still stand. DataVersion and GoalVersion tell from which, Method by which
// engine, Day on which day.
type Snapshot struct {
	Goal        GoalID    `json:"goal"`
	DataVersion int64     `json:"data_version"`
	GoalVersion int64     `json:"goal_version"`
	Day         Day       `json:"day"`
	Method      string    `json:"method"`
	Made        Instant   `json:"made"`
	Values      int       `json:"values"`           // values used
	Chance      *float64  `json:"chance,omitempty"` // nil: too few values
	Status      string    `json:"status"`           // "open", "reached", "lost", "too_few", "ended"
	Now         float64   `json:"now"`
	Lo80        *float64  `json:"lo80,omitempty"` // likely range on the deadline
	Hi80        *float64  `json:"hi80,omitempty"`
	PaceNeeded  *float64  `json:"pace_needed,omitempty"` // per week
	PaceNow     *float64  `json:"pace_now,omitempty"`
	Expected    Day       `json:"expected"` // NoDay: not within the horizon
	Last        *float64  `json:"last,omitempty"`
	LastDay     Day       `json:"last_day"`
	Spark       []float32 `json:"spark,omitempty"` // at most 30 points of the trend, for lists
}

// A GoalLine is a goal as lists show it. A result comes with its number and the snapshot that stands
// (nil: none yet), a learning goal without its written levels.
type GoalLine struct {
	Result   *PerformanceGoal `json:"result,omitempty"`
	Learning *LearningGoal    `json:"learning,omitempty"`
	Number   *Metric          `json:"number,omitempty"`
	Snapshot *Snapshot        `json:"snapshot,omitempty"`
}

// Head gives the common part of the goal.
func (l GoalLine) Head() Goal {
	if l.Result != nil {
		return l.Result.Goal
	}
	return l.Learning.Goal
}

// Any gives the goal as either kind.
func (l GoalLine) Any() AnyGoal {
	if l.Result != nil {
		return *l.Result
	}
	return *l.Learning
}

// Fresh tells whether the snapshot was made from what stands now.
func (l GoalLine) Fresh(today Day) bool {
	s := l.Snapshot
	return s != nil && s.GoalVersion == l.Result.Version && s.DataVersion == l.Number.DataVersion && s.Day == today
}

// A GoalSort is an order of goals: by title, by deadline (learning goals, which have none, come last),
// or the newest change first.
type GoalSort string

const (
	SortTitle    GoalSort = "title"
	SortDeadline GoalSort = "deadline"
	SortUpdated  GoalSort = "updated"
)

// A StaleGoal is a result whose snapshot no longer stands, with its owner's role for acting as them.
type StaleGoal struct {
	Workspace WorkspaceID
	Goal      GoalID
	Owner     PersonID
	Role      Role
}

// A HistoryEntry is one change of one thing: who, when, before and after, as JSON text.
type HistoryEntry struct {
	Workspace WorkspaceID `json:"-"`
	Kind      string      `json:"kind"` // "goal", "observation", "metric", …
	Object    int64       `json:"-"`
	Sub       int64       `json:"-"` // the instant, for an observation
	Seq       int64       `json:"seq"`
	At        Instant     `json:"at"`
	By        PersonID    `json:"by"`
	Before    string      `json:"before,omitempty"`
	After     string      `json:"after,omitempty"`
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

// A ListedResult is a result as lists show it: with its number and what pages keep of it, nil for
// nothing yet.
type ListedResult struct {
	PerformanceGoal
	Number   Metric    `json:"number"`
	Snapshot *Snapshot `json:"snapshot,omitempty"`
}

// Fresh tells whether the snapshot was made today from the goal and the data that stand.
func (s Snapshot) Fresh(g PerformanceGoal, m Metric, today Day) bool {
	return s.DataVersion == m.DataVersion && s.GoalVersion == g.Version && s.Day == today
}

// A KeptReply is the answer to a request that carried a key, kept for a repeat; Status 0 is none yet.
type KeptReply struct {
	Status int
	Body   string
}
