package tandem

// AskAgainDays is how many days lie between two requests to one person.
const AskAgainDays = 14

// MaxScore is the highest score of a piece of work; the lowest is 1, and 0 is not said.
const MaxScore = 5

// A FeedbackState is a station of feedback.
type FeedbackState string

const (
	FeedbackAsked     FeedbackState = "asked"
	FeedbackGiven     FeedbackState = "given"
	FeedbackDeclined  FeedbackState = "declined"  // "not this time", without a reason
	FeedbackWithdrawn FeedbackState = "withdrawn" // by who asked
)

// A Feedback is what somebody saw of a person's work, in two fields: what worked, and what to try next. It is
// Owner's alone; who gave it sees the own words.
//
// Giver is a member of the workspace, the owner for one's own look, 0 for somebody with a link, whom Name and
// Email then name as the owner did. How is whose voice it is: self, peer or lead. Ask is the owner's wording,
// "" for feedback that was offered. Title and Levels are what the owner chose to show of the goal, as they
// stood when it was asked. Score is hidden from the owner until the words are read.
type Feedback struct {
	Workspace WorkspaceID   `json:"workspace"`
	ID        FeedbackID    `json:"id"`
	Owner     PersonID      `json:"owner"`
	Giver     PersonID      `json:"giver"`
	Name      string        `json:"name"`
	Email     string        `json:"email,omitempty"`
	How       How           `json:"how"`
	Goal      GoalID        `json:"goal"`
	Title     string        `json:"title,omitempty"`
	Levels    []string      `json:"levels,omitempty"`
	Ask       string        `json:"ask,omitempty"`
	Asked     Instant       `json:"asked,omitzero"` // 0: offered
	Ends      Instant       `json:"ends,omitzero"`  // of the request; 0: offered
	State     FeedbackState `json:"state"`
	Worked    string        `json:"worked,omitempty"`
	TryNext   string        `json:"try_next,omitempty"`
	Score     int           `json:"score,omitempty"` // 1 to 5; 0 not said
	Level     int           `json:"level,omitempty"` // of the skill, that the giver saw; 0 not said
	Given     Instant       `json:"given,omitzero"`
	Read      Instant       `json:"read,omitzero"` // when the owner had read the words
	Learning  GoalID        `json:"learning"`
	Technique TechniqueID   `json:"technique"`
	Evidence  EvidenceID    `json:"evidence"`
}

// Validate names every field that cannot be accepted.
func (f Feedback) Validate() error {
	var es Errors
	if f.Giver == 0 {
		checkTitle(&es, "name", f.Name, "feedback_name_missing")
		if f.Email != "" {
			checkEmail(&es, f.Email)
		}
	}
	checkOneOf(&es, "how", f.How, HowSelf, HowPeer, HowLead)
	if f.Asked != 0 {
		if CleanTitle(f.Ask) == "" {
			es.Add("ask", "feedback_ask_missing", nil)
		}
		checkText(&es, "ask", f.Ask, MaxStory, true)
	}
	if f.State == FeedbackGiven {
		if CleanTitle(f.Worked) == "" && CleanTitle(f.TryNext) == "" {
			es.Add("worked", "feedback_empty", nil)
		}
		checkText(&es, "worked", f.Worked, MaxStory, true)
		checkText(&es, "try_next", f.TryNext, MaxStory, true)
		if f.Score < 0 || f.Score > MaxScore {
			es.Add("score", "int_range", Args{"field": "score", "lo": 1, "hi": MaxScore})
		}
		if f.Level < 0 || f.Level > len(f.Levels) {
			es.Add("level", "int_range", Args{"field": "level", "lo": 0, "hi": len(f.Levels)})
		}
	}
	return es.Err()
}

// Waits tells whether somebody is still asked at an instant.
func (f Feedback) Waits(now Instant) bool { return f.State == FeedbackAsked && f.Ends > now }

// Veiled gives the feedback as its owner sees it: without what the giver scored until the words are read.
func (f Feedback) Veiled() Feedback {
	if f.Read == 0 {
		f.Score, f.Level = 0, 0
	}
	return f
}

// HasScore tells whether there is something to see once the words are read.
func (f Feedback) HasScore() bool { return f.Score > 0 || f.Level > 0 }

// ForGiver gives the feedback as its giver sees it: the request and the own words, nothing of what the owner
// made of them.
func (f Feedback) ForGiver() Feedback {
	f.Read, f.Learning, f.Technique, f.Evidence = 0, 0, 0, 0
	if f.Title == "" {
		f.Goal = 0
	}
	return f
}

// SamePerson tells whether two requests went to one person: the same member, else the same address, or the
// same name where one of them has no address.
func (f Feedback) SamePerson(g Feedback) bool {
	if f.Giver != 0 || g.Giver != 0 {
		return f.Giver == g.Giver
	}
	if f.Email != "" && g.Email != "" {
		return EmailKey(f.Email) == EmailKey(g.Email)
	}
	return NameKey(f.Name) == NameKey(g.Name)
}
