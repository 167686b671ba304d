package tandem

// A How says how a level was noticed. The kinds are kept apart.
type How string

const (
	HowSelf    How = "self" // the person says so
	HowPeer    How = "peer"
	HowLead    How = "lead" // manager or teacher
	HowTest    How = "test"
	HowDemo    How = "demonstration"
	HowRealUse How = "use" // seen in real work or life
)

// Evidence is one noticing of a level. What is reached stays: evidence is added, never taken away.
type Evidence struct {
	Goal  GoalID     `json:"goal"`
	ID    EvidenceID `json:"id"`
	Level int        `json:"level"`
	How   How        `json:"how"`
	By    PersonID   `json:"by"` // who wrote it down
	Day   Day        `json:"day"`
	Note  string     `json:"note"`
	// Who noticed it, in a word or two, and where: "Noor", "calls with clients".
	Who     string `json:"who"`
	Context string `json:"context"`
}

// LevelNow gives the level that counts as reached and the level the person says. Self-rating counts up
// to level 2; above it a level is noticed only with a use or a second person.
func LevelNow(all []Evidence) (noticed, said int) {
	for _, e := range all {
		said = max(said, e.Level)
		if e.How != HowSelf || e.Level <= 2 {
			noticed = max(noticed, e.Level)
		}
	}
	return noticed, said
}

// A Practice is logged learning on a learning goal. Its minutes are an observation of the goal's own
// minutes metric at the same instant.
type Practice struct {
	Goal       GoalID     `json:"goal"`
	ID         PracticeID `json:"id"`
	At         Instant    `json:"at"`
	Day        Day        `json:"day"`
	Minutes    float64    `json:"minutes"`
	Reflection string     `json:"reflection"` // one line
	Enjoyment  int        `json:"enjoyment"`  // 1 to 5; 0 not said
	Activity   string     `json:"activity"`   // study, practise, reflect or apply; "" not said
}

// Validate names every field that cannot be accepted.
func (p Practice) Validate(today Day) error {
	var es Errors
	if !(p.Minutes >= 0 && p.Minutes <= 1440) {
		es.Add("minutes", "minutes_range", nil)
	}
	checkText(&es, "reflection", p.Reflection, MaxStory, true)
	if p.Enjoyment < 0 || p.Enjoyment > 5 {
		es.Add("enjoyment", "int_range", Args{"field": "enjoyment", "lo": 1, "hi": 5})
	}
	if p.Activity != "" {
		checkOneOf(&es, "activity", Tag(p.Activity), Tags()...)
	}
	if p.Day > today {
		es.Add("day", "value_in_future", nil)
	}
	return es.Err()
}

// A Slot is one open place of a collection: named, used, rated. It has no date and cannot be missed.
type Slot struct {
	Goal    GoalID `json:"goal"`
	ID      SlotID `json:"id"`
	N       int    `json:"n"`
	Name    string `json:"name"`
	UsedDay Day    `json:"used_day"`
	Rating  int    `json:"rating"` // 1 to 5; 0 not rated
}

// A TechniqueState is a station of a technique.
type TechniqueState string

const (
	Idea    TechniqueState = "idea"
	Trying  TechniqueState = "trying"
	Kept    TechniqueState = "kept"
	Adapted TechniqueState = "adapted"
	Dropped TechniqueState = "dropped"
)

// A Technique is something that can be used in real work or life. Goal is the learning goal it belongs
// to (0: none), Lesson the lesson it came from (0: none).
type Technique struct {
	Workspace WorkspaceID    `json:"workspace"`
	ID        TechniqueID    `json:"id"`
	Owner     PersonID       `json:"owner"`
	Name      string         `json:"name"`
	State     TechniqueState `json:"state"`
	Goal      GoalID         `json:"goal"`
	Lesson    LessonID       `json:"lesson"`
	Since     Day            `json:"since"` // the day of its present state
	Verdict   string         `json:"verdict"`
	Version   int64          `json:"version"`
	Created   Instant        `json:"created"`
}

// Validate names every field that cannot be accepted.
func (t Technique) Validate() error {
	var es Errors
	checkTitle(&es, "name", t.Name, "technique_name_missing")
	checkOneOf(&es, "state", t.State, Idea, Trying, Kept, Adapted, Dropped)
	checkText(&es, "verdict", t.Verdict, MaxStory, true)
	return es.Err()
}

// A Use is one time that a technique was used in real work or life, alone or together with a value:
// then Metric and ObservationAt name the observation it rode on.
type Use struct {
	Technique     TechniqueID `json:"technique"`
	ID            UseID       `json:"id"`
	At            Instant     `json:"at"`
	Day           Day         `json:"day"`
	Metric        MetricID    `json:"metric"`
	ObservationAt Instant     `json:"observation_at"`
	Helped        int         `json:"helped"`  // -1 no, 1 yes, 0 not said
	Natural       int         `json:"natural"` // 1 to 10; 0 not said
	Note          string      `json:"note"`
	Context       string      `json:"context"` // where, in a word or two
}

// A Lesson is one sentence that was learned: from a milestone, a practice, a use, a review or a closing.
type Lesson struct {
	Goal GoalID   `json:"goal"`
	ID   LessonID `json:"id"`
	Day  Day      `json:"day"`
	Text string   `json:"text"`
	From string   `json:"from"` // "practice", "use", "milestone", "activity", "closing", "review", "log"
	// Dropped: set aside by its owner; it is offered no more.
	Dropped bool `json:"dropped,omitempty"`
}

// A Milestone is a small step of a goal. Value and Due exist for results only; closing it asks what it
// taught, which becomes its Lesson.
type Milestone struct {
	Goal   GoalID      `json:"goal"`
	ID     MilestoneID `json:"id"`
	Title  string      `json:"title"`
	Value  *float64    `json:"value"`
	Due    Day         `json:"due"`
	Done   Day         `json:"done"`
	Lesson LessonID    `json:"lesson"`
}

// Validate names every field that cannot be accepted for a step of a goal of kind.
func (m Milestone) Validate(kind GoalKind) error {
	var es Errors
	checkTitle(&es, "title", m.Title, "title_missing")
	checkNumber(&es, "value", m.Value)
	if kind == KindLearning && m.Due != NoDay {
		es.Add("due", "learning_no_deadline", nil)
	}
	if kind == KindLearning && m.Value != nil {
		es.Add("value", "learning_no_target", nil)
	}
	return es.Err()
}

// Validate names every field that cannot be accepted; levels is how many levels are written (0: none, up
// to 8 are taken).
func (e Evidence) Validate(levels int, today Day) error {
	var es Errors
	if levels == 0 {
		levels = 8
	}
	if e.Level < 1 || e.Level > levels {
		es.Add("level", "int_range", Args{"field": "level", "lo": 1, "hi": levels})
	}
	checkOneOf(&es, "how", e.How, HowSelf, HowPeer, HowLead, HowTest, HowDemo, HowRealUse)
	checkText(&es, "note", e.Note, MaxStory, true)
	checkText(&es, "who", e.Who, MaxTitle, false)
	checkText(&es, "context", e.Context, MaxTitle, false)
	if e.Day > today {
		es.Add("day", "value_in_future", nil)
	}
	return es.Err()
}

// Validate names every field that cannot be accepted.
func (s Slot) Validate() error {
	var es Errors
	checkTitle(&es, "name", s.Name, "slot_name_missing")
	if s.Rating < 0 || s.Rating > 5 {
		es.Add("rating", "int_range", Args{"field": "rating", "lo": 1, "hi": 5})
	}
	return es.Err()
}

// Validate names every field that cannot be accepted.
func (l Lesson) Validate() error {
	var es Errors
	if CleanTitle(l.Text) == "" {
		es.Add("text", "lesson_missing", nil)
	}
	checkText(&es, "text", l.Text, MaxStory, true)
	checkOneOf(&es, "from", l.From, "practice", "use", "milestone", "activity", "closing", "review", "log")
	return es.Err()
}

// Validate names every field that cannot be accepted.
func (u Use) Validate(today Day) error {
	var es Errors
	if u.Helped < -1 || u.Helped > 1 {
		es.Add("helped", "int_range", Args{"field": "helped", "lo": -1, "hi": 1})
	}
	if u.Natural < 0 || u.Natural > 10 {
		es.Add("natural", "int_range", Args{"field": "natural", "lo": 1, "hi": 10})
	}
	checkText(&es, "note", u.Note, MaxStory, true)
	checkText(&es, "context", u.Context, MaxTitle, false)
	if u.Day > today {
		es.Add("day", "value_in_future", nil)
	}
	return es.Err()
}
