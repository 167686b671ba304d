package tandem

// A Cheer is what a person said about a line of celebration: who helped, in their words, or that it is put
// away. About names what the line is about.
type Cheer struct {
	About  string `json:"about"`
	Helped string `json:"helped,omitempty"`
	Away   bool   `json:"away,omitempty"`
}

// Validate names every field that cannot be accepted.
func (c Cheer) Validate() error {
	var es Errors
	checkText(&es, "helped", c.Helped, MaxTitle, false)
	return es.Err()
}

// A CelebrationKind says what was done.
type CelebrationKind string

const (
	CheerReached CelebrationKind = "reached" // a result, at its target or beyond
	CheerClose   CelebrationKind = "very_close"
	CheerBrave   CelebrationKind = "tried" // a result was missed, and a new way was tried on it
	CheerLevel   CelebrationKind = "level"
	CheerTrial   CelebrationKind = "trial" // two weeks are decided, also when the technique is dropped
	CheerStep    CelebrationKind = "step"
	CheerLesson  CelebrationKind = "lesson"
	CheerBack    CelebrationKind = "back" // entered something again after days of silence
)

// A Celebration is one line about what a person did: what it was, with which technique and, if the person
// says so, who helped. Lines about learning and about results are of one size. There is at most one at a time.
type Celebration struct {
	Cheer
	Kind      CelebrationKind `json:"kind"`
	Day       Day             `json:"day"`
	Goal      GoalID          `json:"goal,omitzero"`
	Title     string          `json:"title,omitempty"` // of the goal
	Level     int             `json:"level,omitempty"`
	Text      string          `json:"text,omitempty"`      // of the level, the lesson or the step
	Technique string          `json:"technique,omitempty"` // that was used most with it
	Decision  TechniqueState  `json:"decision,omitempty"`  // of a trial
	Uses      int             `json:"uses,omitempty"`
	Silence   int             `json:"silence,omitempty"` // days without an entry before a return
}

// CheerDays is for how many days a line stands: the day itself and the one after.
const CheerDays = 2

// Part gives the part of a goal that a line tells of, as far as a lifeline can be shown it; ok is false for
// steps, trials and returns, which no lifeline is shown.
func (k CelebrationKind) Part() (p Part, ok bool) {
	switch k {
	case CheerReached, CheerClose, CheerBrave:
		return PartResult, true
	case CheerLevel:
		return PartUses, true
	case CheerLesson:
		return PartLessons, true
	}
	return "", false
}
