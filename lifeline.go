package tandem

import (
	"math/bits"
	"slices"
)

// A Lifeline is a mutual partnership of two to five people who support each other, are honest and do not let
// each other fall. It belongs to no workspace: what each of them gives lies on that person's own side.
type Lifeline struct {
	ID       LifelineID `json:"id"`
	Question string     `json:"question"` // the weekly question that all answer
	By       PersonID   `json:"by"`       // who began it; no rights come with that
	Version  int64      `json:"version"`  // rises with each change of the question or of somebody's side
	Created  Instant    `json:"created"`
}

// How many people a lifeline holds, how long a question, an ask or words for silence may be, and in how many
// days silence may be told at the earliest and at the latest.
const (
	MostInLifeline = 5
	MaxLine        = 300
	QuietFrom      = 3
	QuietTo        = 90
)

// A Tie is how somebody stands to a lifeline. Only TieAccepted grants anything.
type Tie string

const (
	TieNone     Tie = ""
	TieInvited  Tie = "invited"  // said yes to an invitation; the others have not yet
	TieAccepted Tie = "accepted" // all said yes
	TieEnded    Tie = "ended"
)

// A Part is one thing that somebody can show of the goals that were chosen.
type Part string

const (
	PartUses     Part = "uses"     // levels, and that something learned was used
	PartPractice Part = "practice" // on which days
	PartLessons  Part = "lessons"  // what was learned, in the person's words
	PartResult   Part = "result"   // how a result goes, in words
)

// allParts gives the parts in the order in which pages name them.
var allParts = [...]Part{PartUses, PartPractice, PartLessons, PartResult}

// Parts is a set of parts.
type Parts uint8

// EveryPart is all there is.
const EveryPart Parts = 1<<len(allParts) - 1

const (
	learningParts Parts = 0b0111
	resultParts   Parts = 0b1000
)

// PartsOf gives a set; what is no part is the error of field "parts".
func PartsOf(list []Part) (p Parts, err error) {
	var es Errors
	for _, x := range list {
		i := slices.Index(allParts[:], x)
		if i < 0 {
			checkOneOf(&es, "parts", x, allParts[:]...)
			return 0, es.Err()
		}
		p |= 1 << i
	}
	return p, nil
}

// List gives the parts in their order.
func (p Parts) List() []Part {
	out := make([]Part, 0, bits.OnesCount8(uint8(p)))
	for i, x := range allParts {
		if p&(1<<i) != 0 {
			out = append(out, x)
		}
	}
	return out
}

// Has tells whether a part is in the set.
func (p Parts) Has(x Part) bool { return slices.Contains(p.List(), x) }

// Of gives those of the parts that a goal of a kind has.
func (p Parts) Of(k GoalKind) Parts {
	if k == KindLearning {
		return p & learningParts
	}
	return p & resultParts
}

// Shows gives what somebody really shows: of the parts that were opened, those that at least one of the chosen
// goals has. Who chose no goal shows nothing.
func Shows(opened Parts, chosen []GoalKind) (p Parts) {
	for _, k := range chosen {
		p |= opened.Of(k)
	}
	return p
}

// Between gives what two people of a lifeline see of each other, when each shows a set of parts. It is the same
// from either side and within what both show: nobody sees more than they show.
func Between(a, b Parts) Parts { return a & b }

// A LifelineMember is somebody in a lifeline, with what this person asks of the others and shows them.
//
// QuietDays is after how many days without any entry the others are told QuietWords, 0 for never; the days are
// counted from QuietSince on, the day on which the rule was set.
type LifelineMember struct {
	Lifeline   LifelineID
	Person     PersonID
	Name       string
	Tie        Tie
	Ask        string
	Parts      Parts
	QuietDays  int
	QuietWords string
	QuietSince Day
	Joined     Instant
	Ended      Instant // 0 while it lasts
}

// Validate names every field that cannot be accepted.
func (m LifelineMember) Validate() error {
	var es Errors
	checkText(&es, "ask", m.Ask, MaxLine, false)
	checkText(&es, "quiet_words", m.QuietWords, MaxLine, false)
	if m.QuietDays != 0 {
		if m.QuietDays < QuietFrom || m.QuietDays > QuietTo {
			es.Add("quiet_days", "int_range", Args{"field": "quiet_days", "lo": QuietFrom, "hi": QuietTo})
		}
		if CleanTitle(m.QuietWords) == "" {
			es.Add("quiet_words", "quiet_words_missing", nil)
		}
	}
	return es.Err()
}

// IsQuiet tells whether the others may be told of silence, when the newest entry is of a day; NoDay for none.
func (m LifelineMember) IsQuiet(last, today Day) bool {
	if m.QuietDays == 0 {
		return false
	}
	from := m.QuietSince
	if last != NoDay {
		from = max(from, last)
	}
	return int(today-from) >= m.QuietDays
}

// Validate names every field that cannot be accepted.
func (l Lifeline) Validate() error {
	var es Errors
	if CleanTitle(l.Question) == "" {
		es.Add("question", "lifeline_question_missing", nil)
	}
	checkText(&es, "question", l.Question, MaxLine, false)
	return es.Err()
}

// A LifelineInvite lets the bearer of its secret ask to come into a lifeline, once.
type LifelineInvite struct {
	Lifeline LifelineID
	ID       InviteID
	Who      string // whom the inviter had in mind, for the own list
	By       PersonID
	Ends     Instant
	UsedBy   PersonID
	UsedAt   Instant
}

// Validate names every field that cannot be accepted.
func (i LifelineInvite) Validate() error {
	var es Errors
	checkText(&es, "who", i.Who, MaxTitle, false)
	return es.Err()
}

// A Share is a goal that its owner chose to show to a lifeline. It lies in the goal's workspace.
type Share struct {
	Workspace WorkspaceID `json:"workspace"`
	Goal      GoalID      `json:"goal"`
	Lifeline  LifelineID  `json:"lifeline"`
}

// A SharedGoal is a goal that is shown to a lifeline, as far as all of its parts go; the rest depends on what
// the reader shows.
type SharedGoal struct {
	Goal
	Snapshot *Snapshot // of a result
	Aim      int       // of a learning goal
	Judged   string    // of a result
}

// A SharedLearning is what a learning goal shows: its levels, and of some days when it was practised and used and
// the newest lessons.
type SharedLearning struct {
	Levels    []string
	Evidence  []Evidence
	Practised []Day
	Used      []Day
	Lessons   []Lesson
}

// A NoteKind says what somebody wrote in a lifeline.
type NoteKind string

const (
	NoteCheckIn   NoteKind = "check_in"  // the weekly exchange: did, learned, need
	NoteRescue    NoteKind = "rescue"    // "I need help with …"
	NoteEncourage NoteKind = "encourage" // what went well
	NoteHonest    NoteKind = "honest"    // what was seen, and what it did
	NoteAsk       NoteKind = "ask"       // an open question
	NoteNoticed   NoteKind = "noticed"   // a level of a learning goal, seen by a second person
	NoteWording   NoteKind = "wording"   // other words for a goal
	NoteAnswer    NoteKind = "answer"    // to a question or a call for help
	NoteCheer     NoteKind = "cheer"     // a line of celebration, told to all: field is its kind, text the goal, learned the level or lesson
)

// Said are the kinds that one person says to another.
func Said() []NoteKind {
	return []NoteKind{NoteEncourage, NoteHonest, NoteAsk, NoteNoticed, NoteWording, NoteAnswer}
}

// A NoteState is what the owner of a note did with it. Nobody else is told.
type NoteState string

const (
	NoteOpen  NoteState = "open"
	NoteDone  NoteState = "done"  // read, answered, or no longer needed
	NoteTaken NoteState = "taken" // the wording, or the level, was taken over
	NoteKept  NoteState = "kept"  // everything stays as it was
)

// A Note is something written in a lifeline. It lies on the side of its Owner, whom it is about: of a check-in,
// a call for help and a celebration that is the author and all in the lifeline read it; of everything else it is the one whom
// it is said to, and nobody but these two reads it. Once either of them ended, only the owner does.
type Note struct {
	Workspace WorkspaceID `json:"-"` // the owner's personal one
	ID        NoteID      `json:"id"`
	Lifeline  LifelineID  `json:"lifeline"`
	Owner     PersonID    `json:"owner"`
	Author    PersonID    `json:"author"`
	Name      string      `json:"name"` // of the author
	Kind      NoteKind    `json:"kind"`
	State     NoteState   `json:"state,omitempty"`    // told to the owner, and of what is for all
	Space     WorkspaceID `json:"workspace,omitzero"` // of the goal
	Goal      GoalID      `json:"goal,omitzero"`
	Level     int         `json:"level,omitempty"`
	Field     string      `json:"field,omitempty"` // of a wording: "title" or "judged"; of a celebration its kind
	About     NoteID      `json:"about,omitzero"`  // the note that this answers
	Text      string      `json:"text"`            // of a check-in: what was done
	Learned   string      `json:"learned,omitempty"`
	Need      string      `json:"need,omitempty"`
	Day       Day         `json:"day"` // of the author
	At        Instant     `json:"at"`
}

// ForAll tells whether everybody in the lifeline reads the note.
func (n Note) ForAll() bool { return n.Owner == n.Author }

// Validate names every field that cannot be accepted.
func (n Note) Validate() error {
	var es Errors
	limit, lines := MaxStory, true
	switch n.Kind {
	case NoteCheckIn:
		if CleanTitle(n.Text) == "" && CleanTitle(n.Learned) == "" && CleanTitle(n.Need) == "" {
			es.Add("did", "check_in_empty", nil)
		}
	case NoteRescue:
		if CleanTitle(n.Text) == "" {
			es.Add("text", "rescue_empty", nil)
		}
	case NoteCheer:
		if _, ok := CelebrationKind(n.Field).Part(); !ok {
			es.Add("about", "cheer_not_shown", nil)
		}
	case NoteWording:
		checkOneOf(&es, "field", n.Field, "title", "judged")
		if n.Field == "title" {
			limit, lines = MaxTitle, false
		}
		if CleanTitle(n.Text) == "" {
			es.Add("text", "wording_empty", nil)
		}
		checkText(&es, "why", n.Need, MaxLine, false)
	default:
		checkOneOf(&es, "kind", n.Kind, Said()...)
		if CleanTitle(n.Text) == "" && (n.Kind != NoteNoticed || n.Level == 0) {
			es.Add("text", "note_empty", nil)
		}
	}
	did := "text"
	if n.Kind == NoteCheckIn {
		did = "did"
	}
	checkText(&es, did, n.Text, limit, lines)
	checkText(&es, "learned", n.Learned, MaxStory, true)
	if n.Kind == NoteCheckIn {
		checkText(&es, "need", n.Need, MaxStory, true)
	}
	return es.Err()
}
