package tandem

// A Review is a person's guided look at one week in one workspace, saved as it goes. Week is the Monday that
// names it, Since the first day it looks at, Day the day it was last written on. DoneDay is NoDay until it is
// finished; from then on nothing of it changes.
//
// Lesson is the one lesson of the week: it lies with the goal LessonGoal under the id LessonID.
type Review struct {
	Workspace  WorkspaceID  `json:"workspace"`
	Owner      PersonID     `json:"owner"`
	Week       Day          `json:"week"`
	Since      Day          `json:"since"`
	Day        Day          `json:"day"`
	DoneDay    Day          `json:"done_day"`
	Lesson     string       `json:"lesson,omitempty"`
	LessonGoal GoalID       `json:"lesson_goal,omitzero"`
	LessonID   LessonID     `json:"-"`
	Items      []ReviewItem `json:"items"`
	Version    int64        `json:"version"`
	Created    Instant      `json:"created"`
}

// IsDone tells whether the review is finished.
func (r Review) IsDone() bool { return r.DoneDay != NoDay }

// MostReviewed bounds the goals of one review.
const MostReviewed = 200

// A ReviewChoice is the one answer to a goal in a review.
type ReviewChoice string

const (
	ReviewOpen   ReviewChoice = ""       // not answered yet
	ReviewGoOn   ReviewChoice = "go_on"  // results: nothing changes
	ReviewChange ReviewChoice = "change" // results: another target or another date, with the reason
	ReviewLetGo  ReviewChoice = "let_go" // results: closed before their day
	ReviewUp     ReviewChoice = "up"     // learning: the next level
	ReviewSame   ReviewChoice = "same"   // learning: the same level, look again later
	ReviewRest   ReviewChoice = "rest"   // learning
	ReviewPause  ReviewChoice = "pause"  // both
	ReviewHalf   ReviewChoice = "half"   // micro-goals after time away: half the size from the next landmark day on
)

// A ReviewItem is what a review says of one goal, or of a micro-goal: then Kind is "", and what is written is
// SetOff where it went over what it asks at most, and the choice half or same after time away.
//
// Chance is the chance of a result as it stood when it was looked at, in (0, 1); nil where none was told.
// SeenDay is the day of that look.
type ReviewItem struct {
	Goal    GoalID       `json:"goal,omitzero"`
	Micro   MicroGoalID  `json:"micro_goal,omitzero"`
	Kind    GoalKind     `json:"kind,omitempty"`
	Choice  ReviewChoice `json:"choice,omitempty"`
	Chance  *float64     `json:"chance,omitempty"`
	SeenDay Day          `json:"seen_day"`
	Why     string       `json:"why,omitempty"`  // of a change, a pause or letting go
	Step    string       `json:"step,omitempty"` // the next small step
	SetOff  string       `json:"set_off,omitempty"`
}

// Choices gives the answers that there are to a goal of a kind, "" for a micro-goal.
func Choices(k GoalKind) []ReviewChoice {
	switch k {
	case "":
		return []ReviewChoice{ReviewHalf, ReviewSame}
	case KindLearning:
		return []ReviewChoice{ReviewUp, ReviewSame, ReviewPause, ReviewRest}
	}
	return []ReviewChoice{ReviewGoOn, ReviewChange, ReviewPause, ReviewLetGo}
}

// Validate names every field that cannot be accepted.
func (i ReviewItem) Validate() error {
	var es Errors
	if i.Choice != ReviewOpen {
		checkOneOf(&es, "choice", i.Choice, Choices(i.Kind)...)
	}
	checkText(&es, "why", i.Why, MaxStory, true)
	checkText(&es, "step", i.Step, MaxTitle, false)
	checkText(&es, "set_off", i.SetOff, MaxStory, true)
	return es.Err()
}

// Item gives what the review says of a goal, nil for nothing yet.
func (r *Review) Item(g GoalID) *ReviewItem {
	for i := range r.Items {
		if r.Items[i].Goal == g {
			return &r.Items[i]
		}
	}
	return nil
}

// Slip gives what the review says of a micro-goal, nil for nothing yet.
func (r *Review) Slip(m MicroGoalID) *ReviewItem {
	for i := range r.Items {
		if r.Items[i].Micro == m && m != 0 {
			return &r.Items[i]
		}
	}
	return nil
}

// Strength is how steady a micro-goal was: days on which it was done (at most: on which it was not exceeded)
// of the last 28. Days on which nothing was asked, rest days, pauses, days that did not apply, days before it
// began and FreePasses skipped days, are left out of both. It is no chain: nothing sets it back.
type Strength struct {
	Done int `json:"done"`
	Of   int `json:"of"`
}

// StrengthDays is over how many days strength is counted.
const StrengthDays = 28

// StrengthOn counts the strength on a day from the metric's observations of the last 28 days. A day that is
// not over counts only if it is done. For a period longer than a day, at most Times is asked of the sum of
// the period up to and with the day.
func (g MicroGoal) StrengthOn(today Day, obs []Observation) (s Strength) {
	sums, excused, skipped := map[Day]float64{}, map[Day]bool{}, map[Day]bool{}
	for _, o := range obs {
		switch o.State {
		case StateValue:
			sums[o.Day] += o.Value
		case StateSkip:
			skipped[o.Day] = true
		default:
			excused[o.Day] = true
		}
	}
	passes := FreePasses
	for d := today - StrengthDays + 1; d <= today; d++ {
		v, has := sums[d]
		done := has && v > 0 && v >= g.Amount
		if g.AtMost {
			sum := 0.0
			for x := g.Period.Start(d); x <= d; x++ {
				sum += sums[x]
			}
			done = d < today && sum <= g.Times
		}
		switch {
		case d < g.Start || g.Paused(d) || excused[d] && !has:
		case skipped[d] && !has && passes > 0:
			passes--
		case d == today && !done:
		case g.RestDays&(1<<uint(d.Weekday())) != 0 && !has:
		default:
			s.Of++
			if done {
				s.Done++
			}
		}
	}
	return s
}

// SlipsOn gives the days from one to today on which an at-most micro-goal went over what it asks, the days of
// a pause left out: each day on which something was added beyond.
func (g MicroGoal) SlipsOn(from, today Day, obs []Observation) (out []Day) {
	if !g.AtMost {
		return nil
	}
	sums := map[Day]float64{}
	for _, o := range obs {
		if o.State == StateValue {
			sums[o.Day] += o.Value
		}
	}
	for d := max(from, g.Start); d <= today; d++ {
		sum := 0.0
		for x := g.Period.Start(d); x <= d; x++ {
			sum += sums[x]
		}
		if sums[d] > 0 && sum > g.Times && !g.Paused(d) {
			out = append(out, d)
		}
	}
	return out
}

// Entries are what a person entered over some days: numbers before adjectives.
type Entries struct {
	Values    int     `json:"values"`
	Practices int     `json:"practices"`
	Minutes   float64 `json:"minutes"` // practised
	Uses      int     `json:"uses"`
	Lessons   int     `json:"lessons"`
}

// All gives how many entries there are.
func (e Entries) All() int { return e.Values + e.Practices + e.Uses + e.Lessons }
