package tandem

// A PeriodReview is a person's look back at one month or quarter that is over, in one workspace, saved as it
// goes. First is its first day, Day the day it was last written on. DoneDay is NoDay until it is finished; from
// then on nothing of it changes. Question is the one that the person takes along into the time that follows.
type PeriodReview struct {
	Workspace WorkspaceID  `json:"workspace"`
	Owner     PersonID     `json:"owner"`
	Period    Period       `json:"period"` // PeriodMonth or PeriodQuarter
	First     Day          `json:"first_day"`
	Day       Day          `json:"day"`
	DoneDay   Day          `json:"done_day"`
	Question  string       `json:"question,omitempty"`
	Items     []PeriodItem `json:"items"`
	Version   int64        `json:"version"`
	Created   Instant      `json:"created"`
}

// IsDone tells whether the look back is finished.
func (r PeriodReview) IsDone() bool { return r.DoneDay != NoDay }

// Last gives the last day of the period.
func (r PeriodReview) Last() Day { return r.Period.Next(r.First) - 1 }

// Item gives what was answered to a result, nil for nothing yet.
func (r *PeriodReview) Item(g GoalID) *PeriodItem {
	for i := range r.Items {
		if r.Items[i].Goal == g {
			return &r.Items[i]
		}
	}
	return nil
}

// Validate names every field that cannot be accepted.
func (r PeriodReview) Validate() error {
	var es Errors
	checkOneOf(&es, "period", r.Period, PeriodMonth, PeriodQuarter)
	checkText(&es, "question", r.Question, MaxStory, false)
	return es.Err()
}

// A CarryOver is what a person does with a result whose day lay in the period.
type CarryOver string

const (
	CarryOpen     CarryOver = ""         // not answered yet
	CarrySame     CarryOver = "same"     // closed, and the same again for the time that follows
	CarryChanged  CarryOver = "changed"  // closed, and again with another target, with the reason
	CarryReleased CarryOver = "released" // not reached: closed and let go
	CarryDone     CarryOver = "done"     // reached: closed
	CarryLater    CarryOver = "later"    // left as it is: its own last page is for another day
)

// CarryChoices gives the answers that there are to a result that was reached or not.
func CarryChoices(reached bool) []CarryOver {
	if reached {
		return []CarryOver{CarryDone, CarrySame, CarryChanged, CarryLater}
	}
	return []CarryOver{CarrySame, CarryChanged, CarryReleased, CarryLater}
}

// A PeriodItem is the answer to one result. Next is the result that was made by it, 0 for none.
type PeriodItem struct {
	Goal    GoalID    `json:"goal"`
	Choice  CarryOver `json:"choice,omitempty"`
	Why     string    `json:"why,omitempty"`
	Next    GoalID    `json:"next_goal,omitzero"`
	SeenDay Day       `json:"seen_day"`
}

// Validate names every field that cannot be accepted.
func (i PeriodItem) Validate(reached bool) error {
	var es Errors
	if i.Choice != CarryOpen {
		checkOneOf(&es, "choice", i.Choice, CarryChoices(reached)...)
	}
	if i.Choice == CarryChanged && CleanTitle(i.Why) == "" {
		es.Add("why", "carry_why", nil)
	}
	checkText(&es, "why", i.Why, MaxStory, true)
	return es.Err()
}

// Ended gives the first day of the newest period that is over on a day, or that ends with it.
func (p Period) Ended(today Day) Day { return p.Start(p.Start(today+1) - 1) }
