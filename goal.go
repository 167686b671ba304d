package tandem

// A GoalKind is one of the two kinds of goals. It never changes: "turn into" makes a new, linked goal.
type GoalKind string

const (
	KindPerformance GoalKind = "performance" // on pages: a result
	KindLearning    GoalKind = "learning"
)

// A Visibility says who may see a goal beside its owner. Each includes the ones before it.
type Visibility string

const (
	OnlyMe      Visibility = "only_me"
	ByLifelines Visibility = "lifelines" // the owner's lifelines
	ByUnit      Visibility = "unit"
	ByWorkspace Visibility = "workspace"
)

// A GoalState is a station in a goal's life. Each kind has its own; see Lifecycle.
type GoalState string

const (
	Draft    GoalState = "draft"
	Offered  GoalState = "offered" // results: waits for the owner's yes
	Active   GoalState = "active"
	Paused   GoalState = "paused"
	Closed   GoalState = "closed"   // results: closed with an outcome
	Resting  GoalState = "resting"  // learning: visible, no reminders
	Released GoalState = "released" // learning: let go, what was gained stays
)

// A Goal is what both kinds have in common. It is always part of a PerformanceGoal or a LearningGoal.
type Goal struct {
	Workspace  WorkspaceID `json:"workspace"`
	ID         GoalID      `json:"id"`
	Kind       GoalKind    `json:"kind"`
	Owner      PersonID    `json:"owner"`
	Title      string      `json:"title"`
	Why        string      `json:"why,omitempty"`
	State      GoalState   `json:"state"`
	Visibility Visibility  `json:"visibility"`
	PausedFrom Day         `json:"paused_from"` // NoDay unless paused
	ExternalID string      `json:"external_id,omitempty"`
	Version    int64       `json:"version"`
	Created    Instant     `json:"created"`
	CreatedDay Day         `json:"created_day"`
	Updated    Instant     `json:"updated"`
	Batch      BatchID     `json:"-"` // the import that made it
}

// GoalHead gives the common part, whatever the kind.
func (g Goal) GoalHead() Goal { return g }

// An AnyGoal is a PerformanceGoal or a LearningGoal.
type AnyGoal interface{ GoalHead() Goal }

// ReachedWhen is the rule by which a result counts as reached. It decides the chance, the endings and
// the closing alike.
type ReachedWhen string

const (
	ReachedTotal ReachedWhen = "total"      // the sum by the date
	ReachedOnce  ReachedWhen = "once"       // any one value
	ReachedAtEnd ReachedWhen = "at_the_end" // the trend on the date
	ReachedHeld  ReachedWhen = "held"       // HeldFor values in a row up to the date
	ReachedKept  ReachedWhen = "kept"       // the share KeptShare of the periods inside
)

// A PerformanceGoal (on pages: a result) is a result, measured: a number, a target, a date, an owner.
//
// Target is in the metric's unit; for "keep within" TargetLo and TargetHi bound the band instead.
// Baseline is where the number stood at the start, nil for none known. SoFar is what was already
// counted when a total began. Stretch lies beyond the target. HeldFor is in values, KeptShare in (0,1].
// A total that must not be above its target (a budget) has direction down.
type PerformanceGoal struct {
	Goal
	Metric      MetricID    `json:"metric"`
	Start       Day         `json:"start"`
	Deadline    Day         `json:"deadline"`
	Baseline    *float64    `json:"baseline,omitempty"`
	SoFar       float64     `json:"so_far"`
	Target      float64     `json:"target"`
	TargetLo    *float64    `json:"target_lo,omitempty"`
	TargetHi    *float64    `json:"target_hi,omitempty"`
	Stretch     *float64    `json:"stretch,omitempty"`
	ReachedWhen ReachedWhen `json:"reached_when"`
	HeldFor     int         `json:"held_for,omitempty"`
	KeptShare   float64     `json:"kept_share,omitempty"`
	Repeats     Period      `json:"repeats,omitempty"` // month or quarter; PeriodNone for once
	Judged      string      `json:"judged,omitempty"`  // "how this is judged"
}

// Defaults fills the rule that fits the metric's form and direction.
func (g *PerformanceGoal) Defaults(m Metric) {
	g.Kind = KindPerformance
	if g.ReachedWhen == "" {
		switch {
		case m.Direction == Within:
			g.ReachedWhen = ReachedKept
		case m.Form == FormTotal:
			g.ReachedWhen = ReachedTotal
		default:
			g.ReachedWhen = ReachedAtEnd
		}
	}
	if g.ReachedWhen == ReachedKept && g.KeptShare == 0 {
		g.KeptShare = 0.9
	}
	if g.ReachedWhen == ReachedHeld && g.HeldFor == 0 {
		g.HeldFor = 3
	}
}

// Validate names every field that cannot be accepted.
func (g PerformanceGoal) Validate(m Metric) error {
	var es Errors
	g.Goal.check(&es)
	checkOneOf(&es, "reached_when", g.ReachedWhen, ReachedTotal, ReachedOnce, ReachedAtEnd, ReachedHeld, ReachedKept)
	for field, v := range map[string]*float64{"baseline": g.Baseline, "target_lo": g.TargetLo, "target_hi": g.TargetHi, "stretch": g.Stretch} {
		checkNumber(&es, field, v)
	}
	checkNumber(&es, "target", &g.Target)
	checkNumber(&es, "so_far", &g.SoFar)
	checkText(&es, "judged", g.Judged, MaxStory, true)
	if g.Deadline == NoDay {
		es.Add("deadline", "deadline_missing", nil)
	} else if g.Start != NoDay && g.Deadline < g.Start {
		es.Add("deadline", "deadline_before_start", Args{"deadline": g.Deadline, "start": g.Start})
	}
	if m.Direction == Within {
		if g.TargetLo == nil || g.TargetHi == nil {
			es.Add("target", "band_missing", nil)
		} else if *g.TargetLo > *g.TargetHi {
			es.Add("target_hi", "bounds_order", Args{"lo": *g.TargetLo, "hi": *g.TargetHi})
		}
	} else {
		if from := g.From(m); from != nil && *from == g.Target && g.ReachedWhen != ReachedKept && g.ReachedWhen != ReachedTotal {
			es.Add("target", "target_equals_baseline", Args{"baseline": *from})
		} else if from != nil && g.ReachedWhen != ReachedKept && m.Form != FormTotal && (g.Target > *from) != (m.Direction == Up) {
			es.Add("target", "target_against_direction", Args{"baseline": *from, "direction": m.Direction})
		}
	}
	if g.ReachedWhen == ReachedTotal && m.Form != FormTotal {
		es.Add("reached_when", "rule_needs_total", nil)
	}
	if g.ReachedWhen == ReachedHeld && (g.HeldFor < 2 || g.HeldFor > 100) {
		es.Add("held_for", "int_range", Args{"field": "held_for", "lo": 2, "hi": 100})
	}
	if g.ReachedWhen == ReachedKept && !(g.KeptShare > 0 && g.KeptShare <= 1) {
		es.Add("kept_share", "share_range", Args{"field": "kept_share"})
	}
	if g.Repeats != PeriodNone {
		checkOneOf(&es, "repeats", g.Repeats, PeriodMonth, PeriodQuarter)
	}
	return es.Err()
}

// From gives where the way begins: the baseline; zero for a total; nil where none is known.
func (g PerformanceGoal) From(m Metric) *float64 {
	if m.Form == FormTotal {
		zero := 0.0
		return &zero
	}
	return g.Baseline
}

// A LearningGoal is a capability, or a question to explore. It has no deadline, no target, no pace and
// no chance: there is no field to hold one.
//
// Aim is the level aimed at (0: none named); Levels are the written levels of the skill, at most 8.
// ReviewDay is when to look again. Minutes is the goal's own metric for practised minutes. Collection
// names what is counted without a date ("strategies"), CollectionSize how many slots stand open.
type LearningGoal struct {
	Goal
	Skill          string   `json:"skill,omitempty"`
	Levels         []string `json:"levels,omitempty"`
	Aim            int      `json:"aim,omitempty"`
	ReviewDay      Day      `json:"review_day"`
	Minutes        MetricID `json:"minutes,omitempty"`
	Collection     string   `json:"collection,omitempty"`
	CollectionSize int      `json:"collection_size,omitempty"`
	FirstStep      string   `json:"first_step,omitempty"` // what to do the first time, one sentence
	About          string   `json:"about,omitempty"`      // knowledge, skill or attitude; open where that was left open, "" not asked yet
	Known          int      `json:"known,omitempty"`      // the newest looks in a row at which the owner said to know what works
}

// Validate names every field that cannot be accepted.
func (g LearningGoal) Validate() error {
	var es Errors
	g.Goal.check(&es)
	checkText(&es, "skill", g.Skill, MaxTitle, false)
	checkText(&es, "first_step", g.FirstStep, MaxTitle, false)
	checkText(&es, "collection", g.Collection, MaxTitle, false)
	if n := len(g.Levels); n != 0 && (n < 3 || n > 8) {
		es.Add("levels", "level_count", Args{"count": n})
	}
	for _, l := range g.Levels {
		checkTitle(&es, "levels", l, "level_text_missing")
	}
	if g.Aim < 0 || g.Aim > max(len(g.Levels), 8) {
		es.Add("aim", "int_range", Args{"field": "aim", "lo": 0, "hi": max(len(g.Levels), 8)})
	}
	if g.About != "" {
		checkOneOf(&es, "about", g.About, AboutKnowledge, AboutSkill, AboutAttitude, AboutOpen)
	}
	if g.CollectionSize < 0 || g.CollectionSize > 100 {
		es.Add("collection_size", "int_range", Args{"field": "collection_size", "lo": 0, "hi": 100})
	}
	if g.State == Active && g.ReviewDay == NoDay {
		es.Add("review_day", "review_day_missing", nil)
	}
	return es.Err()
}

func (g Goal) check(es *Errors) {
	checkTitle(es, "title", g.Title, "title_missing")
	checkText(es, "why", g.Why, MaxStory, true)
	checkText(es, "external_id", g.ExternalID, 200, false)
	checkOneOf(es, "visibility", g.Visibility, OnlyMe, ByLifelines, ByUnit, ByWorkspace)
}

// Fuels is the link learning goal → result, with the lag after which an effect is expected. The link
// lies with the learning goal and grants nothing.
//
// Changed is what the learning goal's owner says that else changed since it began to count, said on
// ChangedDay (NoDay: not asked yet). Looks is on how many days the difference was looked at, LookedDay the
// last of them.
type Fuels struct {
	Workspace       WorkspaceID `json:"workspace"`
	Learning        GoalID      `json:"learning"`
	ResultWorkspace WorkspaceID `json:"result_workspace"`
	Result          GoalID      `json:"result"`
	LagDays         int         `json:"lag_days"`
	Changed         string      `json:"changed"`
	ChangedDay      Day         `json:"changed_day"`
	Looks           int         `json:"looks"`
	LookedDay       Day         `json:"looked_day"`
}

// Answered tells whether it was said what else changed since a day.
func (f Fuels) Answered(since Day) bool { return f.ChangedDay != NoDay && f.ChangedDay >= since }

// Validate names every field that cannot be accepted.
func (f Fuels) Validate() error {
	var es Errors
	if CleanTitle(f.Changed) == "" {
		es.Add("changed", "changed_missing", nil)
	}
	checkText(&es, "changed", f.Changed, MaxStory, true)
	return es.Err()
}

// A Factor is something that was named at the start, or noticed later, as in the owner's hands or not.
type Factor struct {
	Goal    GoalID
	ID      FactorID
	InHands bool
	Text    string
	Closing string // what became of it, written at the closing
}

// Validate names every field that cannot be accepted.
func (f Factor) Validate() error {
	var es Errors
	checkTitle(&es, "text", f.Text, "factor_missing")
	checkText(&es, "closing", f.Closing, MaxStory, true)
	return es.Err()
}

// A Span is a stretch of days, both ends included; To is NoDay while it lasts.
type Span struct{ From, To Day }
