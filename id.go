package tandem

import (
	"strings"
	"sync/atomic"
	"time"
)

// An ID names one thing of kind N inside its workspace. It is a 64-bit number that sorts by the time
// it was made: 42 bits of milliseconds since 2020-01-01 UTC and 21 random bits. Zero means none.
//
// Outside the program an ID is text: the noun's prefix, an underscore and 13 digits of Crockford's
// base 32 ("goal_0F3A…"), so that ids sort as text too and one noun's id is never taken for another's.
type ID[N Noun] int64

type Noun interface{ prefix() string }

type (
	personNoun    struct{}
	workspaceNoun struct{}
	goalNoun      struct{}
	metricNoun    struct{}
	milestoneNoun struct{}
	microNoun     struct{}
	techniqueNoun struct{}
	useNoun       struct{}
	pilotNoun     struct{}
	practiceNoun  struct{}
	lessonNoun    struct{}
	evidenceNoun  struct{}
	slotNoun      struct{}
	factorNoun    struct{}
	tokenNoun     struct{}
	inviteNoun    struct{}
	batchNoun     struct{}
	activityNoun  struct{}
	feedbackNoun  struct{}
	lifelineNoun  struct{}
	noteNoun      struct{}
)

func (personNoun) prefix() string    { return "person" }
func (workspaceNoun) prefix() string { return "space" }
func (goalNoun) prefix() string      { return "goal" }
func (metricNoun) prefix() string    { return "metric" }
func (milestoneNoun) prefix() string { return "step" }
func (microNoun) prefix() string     { return "micro" }
func (techniqueNoun) prefix() string { return "technique" }
func (useNoun) prefix() string       { return "use" }
func (pilotNoun) prefix() string     { return "pilot" }
func (practiceNoun) prefix() string  { return "practice" }
func (lessonNoun) prefix() string    { return "lesson" }
func (evidenceNoun) prefix() string  { return "evidence" }
func (slotNoun) prefix() string      { return "slot" }
func (factorNoun) prefix() string    { return "factor" }
func (tokenNoun) prefix() string     { return "token" }
func (inviteNoun) prefix() string    { return "invite" }
func (batchNoun) prefix() string     { return "import" }
func (activityNoun) prefix() string  { return "activity" }
func (feedbackNoun) prefix() string  { return "feedback" }
func (lifelineNoun) prefix() string  { return "lifeline" }
func (noteNoun) prefix() string      { return "note" }

// The id types, one for each noun.
type (
	PersonID    = ID[personNoun]
	WorkspaceID = ID[workspaceNoun]
	GoalID      = ID[goalNoun]
	MetricID    = ID[metricNoun]
	MilestoneID = ID[milestoneNoun]
	MicroGoalID = ID[microNoun]
	TechniqueID = ID[techniqueNoun]
	UseID       = ID[useNoun]
	PilotID     = ID[pilotNoun]
	PracticeID  = ID[practiceNoun]
	LessonID    = ID[lessonNoun]
	EvidenceID  = ID[evidenceNoun]
	SlotID      = ID[slotNoun]
	FactorID    = ID[factorNoun]
	TokenID     = ID[tokenNoun]
	InviteID    = ID[inviteNoun]
	BatchID     = ID[batchNoun]
	ActivityID  = ID[activityNoun]
	FeedbackID  = ID[feedbackNoun]
	LifelineID  = ID[lifelineNoun]
	NoteID      = ID[noteNoun]
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// String gives the outside form; "" for none.
func (id ID[N]) String() string {
	if id == 0 {
		return ""
	}
	var n N
	p := n.prefix()
	b := make([]byte, len(p)+14)
	copy(b, p)
	b[len(p)] = '_'
	for i, v := len(b)-1, uint64(id); i > len(p); i, v = i-1, v>>5 {
		b[i] = crockford[v&31]
	}
	return string(b)
}

// ParseID reads the outside form: tandem.ParseID[tandem.GoalID](text). Anything else is a NotFound error: a nonsense id and an id of
// something that the reader may not see must look the same.
func ParseID[I interface{ ID[N] }, N Noun](s string) (I, error) {
	var n N
	digits, ok := strings.CutPrefix(s, n.prefix()+"_")
	if !ok || len(digits) != 13 {
		return 0, NotFound(nounOf(n.prefix()))
	}
	var v uint64
	for i := range len(digits) {
		d := strings.IndexByte(crockford, digits[i])
		if d < 0 || v >= 1<<58 {
			return 0, NotFound(nounOf(n.prefix()))
		}
		v = v<<5 | uint64(d)
	}
	if v == 0 {
		return 0, NotFound(nounOf(n.prefix()))
	}
	return I(v), nil
}

// nounOf gives what errors call the things whose ids begin so, so that a nonsense id is answered in the
// words for one that is not there. A person is met from outside as a member alone.
func nounOf(prefix string) string {
	switch prefix {
	case "space":
		return "workspace"
	case "person":
		return "member"
	case "step":
		return "milestone"
	case "micro":
		return "microgoal"
	}
	return prefix
}

// MarshalText gives the outside form, for JSON.
func (id ID[N]) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the outside form; empty text is no id.
func (id *ID[N]) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*id = 0
		return nil
	}
	*id, err = ParseID[ID[N]](string(b))
	return err
}

// IDs makes ids. One maker serves a whole process; its numbers never fall, even when the clock does.
type IDs struct {
	now  func() time.Time
	rand func() uint64
	last atomic.Int64
}

// idEpoch is 2020-01-01 UTC in milliseconds; 42 bits last until the year 2159.
const idEpoch = 1577836800000

// NewIDs gives a maker that reads the clock now and random bits from rand.
func NewIDs(now func() time.Time, rand func() uint64) *IDs { return &IDs{now: now, rand: rand} }

// next gives the next number: larger than every number given before in this process.
func (m *IDs) next() int64 {
	ms := m.now().UnixMilli() - idEpoch
	want := max(ms, 0)<<21 | int64(m.rand()&(1<<21-1))
	for {
		last := m.last.Load()
		v := max(want, last+1)
		if m.last.CompareAndSwap(last, v) {
			return v
		}
	}
}

// NewID gives a fresh id: tandem.NewID[tandem.GoalID](ids).
func NewID[I ~int64](m *IDs) I { return I(m.next()) }

// IDAt gives the id of something that was made elsewhere at an instant: always the same for one instant and
// mark, so that it counts once however often it comes. Marks tell apart what was made in one millisecond; 21
// bits of them count.
func IDAt[I ~int64](at Instant, mark uint64) I {
	ms := int64(at)/1000 - idEpoch
	return I(max(max(ms, 0)<<21|int64(mark&(1<<21-1)), 1))
}
