package tandem

import "strings"

// An ActivityType is a form of planned learning.
type ActivityType string

const (
	Course      ActivityType = "course"
	Book        ActivityType = "book"
	Mentoring   ActivityType = "mentoring"
	Training    ActivityType = "training"
	Practising  ActivityType = "practice"
	Project     ActivityType = "project"
	Teaching    ActivityType = "teaching"
	Certificate ActivityType = "certificate"
	RealWork    ActivityType = "real_work"
)

// ActivityTypes are all of them, in the order in which they are offered.
func ActivityTypes() []ActivityType {
	return []ActivityType{Course, Book, Mentoring, Training, Practising, Project, Teaching, Certificate, RealWork}
}

// A Tag is a part of learning: an activity and a practice carry one of the four.
type Tag string

const (
	Study    Tag = "study"
	Practise Tag = "practise"
	Reflect  Tag = "reflect"
	Apply    Tag = "apply"
)

// Tags are the four, in the order of the process.
func Tags() []Tag { return []Tag{Study, Practise, Reflect, Apply} }

// usualTags is what an activity of a type mostly is; a course that is applied is said to be.
var usualTags = map[ActivityType]Tag{
	Course: Study, Book: Study, Mentoring: Reflect, Training: Practise, Practising: Practise, Project: Apply, Teaching: Apply, Certificate: Study, RealWork: Apply,
}

// UsualTag gives the tag of an activity of the type where nobody says another.
func (t ActivityType) UsualTag() Tag { return usualTags[t] }

// activityWords name the type in what people write, by the beginning of a word or, with a star, anywhere in
// it; English and German. The first line that fits decides, so that "certificate course" is a certificate.
var activityWords = []struct {
	of    ActivityType
	words string
}{
	{Certificate, "certif *zertifi exam *prüfung licen *führerschein diplom"},
	{Mentoring, "mentor coach tutor sparring"},
	{Teaching, "teach explain workshop present unterricht erkläre vortrag referat präsent"},
	{Book, "book read chapter article *buch lies lese kapitel *artikel"},
	{Course, "course class lecture webinar video tutorial seminar *kurs *vorlesung vhs"},
	{Training, "training train drill *schulung *übungsabend"},
	{Project, "project build prototype *projekt baue bau *prototyp"},
	{RealWork, "client customer meeting kunde kundin *gespräch *termin"},
}

// ActivityTypeOf reads the type from the words of an activity; practice where none is named.
func ActivityTypeOf(title string) ActivityType {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r > 127) })
	for _, x := range activityWords {
		for _, key := range strings.Fields(x.words) {
			anywhere := strings.HasPrefix(key, "*")
			key = strings.TrimPrefix(key, "*")
			for _, w := range words {
				if strings.HasPrefix(w, key) || anywhere && strings.Contains(w, key) {
					return x.of
				}
			}
		}
	}
	return Practising
}

// An Activity is planned learning on a learning goal. Its day is a plan, never something that can be missed:
// an activity that waits is simply still open.
type Activity struct {
	Goal      GoalID       `json:"goal"`
	ID        ActivityID   `json:"id"`
	Title     string       `json:"title"`
	Type      ActivityType `json:"type"`
	Tag       Tag          `json:"tag"`
	With      string       `json:"with,omitempty"` // with whom: a mentor, a class
	Day       Day          `json:"day"`            // planned for; NoDay whenever it fits
	Done      Day          `json:"done"`           // NoDay while it is open
	Ends      Day          `json:"ends"`           // last day on which a certificate holds; NoDay for no end
	Enjoyment int          `json:"enjoyment"`      // 1 to 5; 0 not said
	Lesson    LessonID     `json:"lesson,omitempty"`
}

// Validate names every field that cannot be accepted.
func (a Activity) Validate(today Day) error {
	var es Errors
	checkTitle(&es, "title", a.Title, "activity_missing")
	checkOneOf(&es, "type", a.Type, ActivityTypes()...)
	checkOneOf(&es, "tag", a.Tag, Tags()...)
	checkText(&es, "with", a.With, MaxTitle, false)
	if a.Enjoyment < 0 || a.Enjoyment > 5 {
		es.Add("enjoyment", "int_range", Args{"field": "enjoyment", "lo": 1, "hi": 5})
	}
	if a.Done != NoDay && a.Done > today {
		es.Add("done", "value_in_future", nil)
	}
	if a.Ends != NoDay && a.Type != Certificate {
		es.Add("ends", "only_certificate", nil)
	}
	return es.Err()
}

// TagCounts says how often each part of learning was done: activities that are done, practices, which were
// practised where they do not say, and uses, which are applied. The order is that of Tags.
func TagCounts(as []Activity, ps []Practice, uses []Use) (n [4]int) {
	add := func(t Tag) {
		for i, x := range Tags() {
			if x == t {
				n[i]++
			}
		}
	}
	for _, a := range as {
		if a.Done != NoDay {
			add(a.Tag)
		}
	}
	for _, p := range ps {
		if p.Activity == "" {
			add(Practise)
		} else {
			add(Tag(p.Activity))
		}
	}
	for range uses {
		add(Apply)
	}
	return n
}
