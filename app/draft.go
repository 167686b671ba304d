package app

import (
	"tandem"
	"tandem/advise/advisor"
	"tandem/advise/coach"
)

// maxLine is how many bytes of a line are read.
const maxLine = 10_000

// A DraftInput is one line of text, and what its writer answered to a draft of it before.
type DraftInput struct {
	Text  string            `json:"text" tandem:"lines"`
	Picks map[string]string `json:"picks,omitempty"` // of two readings the one that is meant: question to choice
	Not   []string          `json:"not,omitempty"`   // kinds of places that are not meant, such as deadline
	Know  map[string]string `json:"know,omitempty"`  // answers to what the advice rests on, such as ability: low
	From  *float64          `json:"from,omitempty"`  // where the number stands, where the line does not say it
	Quiet []string          `json:"quiet,omitempty"` // codes of hints that were put away
}

// A Draft is what one line becomes before anything is kept. Result and Learning can be sent to create-goal
// or create-pair as they are. What the line does not say is missing in them, but for what Proposed names.
type Draft struct {
	Text      string              `json:"text"`
	Kind      coach.Kind          `json:"kind"` // performance, learning, both, todo or vague
	Spans     []DraftSpan         `json:"spans"`
	Others    [][2]int            `json:"others,omitempty"`   // bytes of words that depend on other people
	Question  *DraftQuestion      `json:"question,omitempty"` // one at most
	Hints     []DraftHint         `json:"hints"`
	Result    *GoalInput          `json:"result,omitempty"`
	Learning  *GoalInput          `json:"learning,omitempty"`
	Practice  *MicroGoalInput     `json:"practice,omitempty"`  // a limit for each day, week or month without a last day: send it to create-micro-goal
	Proposed  []string            `json:"proposed,omitempty"`  // fields of the result that the line does not say
	Suggested []Suggestion        `json:"suggested,omitempty"` // learning goals for a result, where the line names none
	Lessons   []tandem.LessonLine `json:"lessons,omitempty"`   // own ones that have to do with the line
	StepOf    []DraftStepOf       `json:"step_of,omitempty"`   // own learning goals that a line which is a step can be an activity of
	Advice    DraftAdvice         `json:"advice"`
	Target    *Advice             `json:"target,omitempty"` // even and bold targets, where the number has a past
	Number    *tandem.Metric      `json:"-"`                // the existing number that the result is on
	Tells     tandem.Day          `json:"tells"`            // first day on which a difference could be told
}

// A DraftStepOf is a learning goal that a step can be an activity of, with the type that its words name.
type DraftStepOf struct {
	Goal  tandem.GoalID       `json:"goal"`
	Title string              `json:"title"`
	Type  tandem.ActivityType `json:"type"`
}

// A DraftSpan is a place of the text that was understood: the bytes Start to End, and of what kind. Choices
// are there where it has two readings.
type DraftSpan struct {
	Start   int           `json:"start"`
	End     int           `json:"end"`
	Kind    string        `json:"kind"`
	Asks    string        `json:"asks,omitempty"`
	Picked  int           `json:"picked,omitempty"`
	Choices []DraftChoice `json:"choices,omitempty"`
}

// A DraftChoice is one of several answers; Key and Args are its words in the catalogue.
type DraftChoice struct {
	ID   string      `json:"id"`
	Key  string      `json:"-"`
	Args tandem.Args `json:"-"`
}

// A DraftQuestion is the one thing that is asked. About says what an answer goes into: picks (its ID names
// the question), know (its ID names what the advice rests on), from (a number is asked), kind (which of the
// two it is) or words (the line itself is to say more).
type DraftQuestion struct {
	About   string        `json:"about"`
	ID      string        `json:"id,omitempty"`
	Key     string        `json:"-"`
	Args    tandem.Args   `json:"-"`
	Choices []DraftChoice `json:"choices,omitempty"`
}

// A DraftHint is a remark on the text; Code names the check and Fix its button. Texts are what the line becomes
// by it: one, or two to begin with either of them. Of a result that others decide ActionKey and SkillKey name an
// own action and a skill beside it, which go into first_step and title of the learning goal. Of a target far above
// anything reached before Steps lead from the best so far to the target: the first becomes the target, the last the
// stretch.
type DraftHint struct {
	Code      string    `json:"code"`
	Key       string    `json:"-"`
	Fix       coach.Fix `json:"fix"`
	Texts     []string  `json:"texts,omitempty"`
	ActionKey string    `json:"-"`
	SkillKey  string    `json:"-"`

	Args  tandem.Args `json:"-"`
	Steps []float64   `json:"steps,omitempty"`
}

// A DraftAdvice says which kind fits, by which rule, and what it rests on.
type DraftAdvice struct {
	Kind       advisor.Kind       `json:"kind"`
	Lead       advisor.Kind       `json:"lead,omitempty"`
	Rule       advisor.Rule       `json:"rule"`
	Modifiers  []advisor.Modifier `json:"modifiers"`
	Confidence advisor.Confidence `json:"confidence"`
	Evidence   []string           `json:"evidence"`
	Asks       []advisor.Question `json:"-"` // what it rests on and how that stands, the most decisive first
}
