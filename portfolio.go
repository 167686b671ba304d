package tandem

import (
	"slices"
	"strings"
	"unicode"
)

// What a learning goal is about. Open means that it was asked and left open.
const (
	AboutKnowledge = "knowledge"
	AboutSkill     = "skill"
	AboutAttitude  = "attitude"
	AboutOpen      = "open"
)

// Precedence orders the sources of evidence, from 1 for a self-rating to 6 for a use in real work: what was
// noticed by the higher one stands in front where several say the same level. 0 is no source.
func (h How) Precedence() int {
	return slices.Index([]How{HowSelf, HowPeer, HowLead, HowTest, HowDemo, HowRealUse}, h) + 1
}

// FrontEvidence gives the evidence that stands in front: of those for the level that counts as reached, the
// one of the highest precedence, and of these the newest; nil where no level counts yet.
func FrontEvidence(all []Evidence) *Evidence {
	noticed, _ := LevelNow(all)
	var front *Evidence
	for i, e := range all {
		if e.Level != noticed || e.How == HowSelf && e.Level > 2 {
			continue
		}
		if front == nil || e.How.Precedence() > front.How.Precedence() || e.How == front.How && e.Day >= front.Day {
			front = &all[i]
		}
	}
	return front
}

// A LevelReached is a level with the first day on which it counted as reached.
type LevelReached struct {
	Level int `json:"level"`
	Day   Day `json:"day"`
	How   How `json:"how"` // the source of the highest precedence on any day
}

// LevelsReached gives each level that was noticed by itself, lowest first. A level that was skipped is not
// among them: it was passed, not noticed.
func LevelsReached(all []Evidence) (out []LevelReached) {
	for _, e := range all {
		if e.How == HowSelf && e.Level > 2 {
			continue
		}
		i := slices.IndexFunc(out, func(r LevelReached) bool { return r.Level == e.Level })
		if i < 0 {
			out = append(out, LevelReached{e.Level, e.Day, e.How})
			continue
		}
		out[i].Day = min(out[i].Day, e.Day)
		if e.How.Precedence() > out[i].How.Precedence() {
			out[i].How = e.How
		}
	}
	slices.SortFunc(out, func(a, b LevelReached) int { return a.Level - b.Level })
	return out
}

// TransferContexts is in how many contexts something was seen before it counts as carried over.
const TransferContexts = 2

// Contexts gives the different contexts in which a skill was seen, by evidence other than a self-rating and by
// uses, in the order of their first day. Two are one where they read alike.
func Contexts(es []Evidence, uses []Use) (out []string) {
	type seen struct {
		day  Day
		text string
	}
	var all []seen
	for _, e := range es {
		if e.How != HowSelf {
			all = append(all, seen{e.Day, e.Context})
		}
	}
	for _, u := range uses {
		all = append(all, seen{u.Day, u.Context})
	}
	slices.SortStableFunc(all, func(a, b seen) int { return int(a.day) - int(b.day) })
	known := map[string]bool{}
	for _, x := range all {
		text := CleanTitle(x.text)
		if key := strings.Join(strings.Fields(Fold(text)), " "); key != "" && !known[key] {
			known[key] = true
			out = append(out, text)
		}
	}
	return out
}

// NextLevelFits tells whether the next level can be offered: someone or something else than oneself noticed
// the level, one says it oneself, and it was used twice at least 7 days apart. From level 1 on to 2 the
// self-rating is enough.
func NextLevelFits(level int, es []Evidence, uses []Use) bool {
	said, outside := 0, false
	for _, e := range es {
		if e.How == HowSelf {
			said = max(said, e.Level)
		}
		outside = outside || e.Level >= level && e.How != HowSelf && e.How != HowRealUse
	}
	if level == 1 && said >= 1 {
		return true
	}
	if level < 1 || !outside || said < level || len(uses) < 2 {
		return false
	}
	first, last := uses[0].Day, uses[0].Day
	for _, u := range uses {
		first, last = min(first, u.Day), max(last, u.Day)
	}
	return last-first >= 7
}

// A LessonLine is a lesson with where it comes from and what became of it.
type LessonLine struct {
	Lesson
	Workspace WorkspaceID    `json:"workspace"`
	Title     string         `json:"title"` // of its goal
	Skill     string         `json:"skill,omitempty"`
	Kind      GoalKind       `json:"kind"`
	Gone      bool           `json:"gone,omitempty"`     // its goal was deleted
	Technique TechniqueID    `json:"technique,omitzero"` // that was made of it
	Name      string         `json:"name,omitempty"`     // of the technique
	State     TechniqueState `json:"state,omitempty"`    //
	Uses      int            `json:"uses"`               // of the technique
	LastUse   Day            `json:"last_use"`           // NoDay for none
}

// Unused tells whether a lesson waits: nothing made of it was used yet, and it was not set aside.
func (l LessonLine) Unused() bool {
	return !l.Dropped && l.Uses == 0 && l.State != Dropped
}

// Of gives what the lesson is about: the skill of its goal, else the goal's title.
func (l LessonLine) Of() string {
	if l.Skill != "" {
		return l.Skill
	}
	return l.Title
}

// A KeptLearning is what was learned under a goal that was deleted: a noticed level or a lesson, with the name of the
// skill. What is reached stays.
type KeptLearning struct {
	Workspace WorkspaceID `json:"workspace"`
	Owner     PersonID    `json:"owner"`
	Goal      GoalID      `json:"goal"` // that is gone
	ID        int64       `json:"id"`   // of the evidence or the lesson
	Kind      KeptKind    `json:"kind"`
	GoalKind  GoalKind    `json:"goal_kind"`
	Skill     string      `json:"skill"`
	Level     int         `json:"level,omitempty"`
	Text      string      `json:"text"` // the sentence of the level, or the lesson
	How       string      `json:"how"`  // source of the evidence, or where the lesson is from
	By        PersonID    `json:"by"`
	Who       string      `json:"who"`
	Context   string      `json:"context"`
	Day       Day         `json:"day"`
	Note      string      `json:"note"`
	Dropped   bool        `json:"dropped,omitempty"`
}

// A KeptKind says what a KeptLearning is.
type KeptKind string

const (
	KeptEvidence KeptKind = "evidence"
	KeptLesson   KeptKind = "lesson"
)

// plain are letters that are found by a plain one.
var plain = map[rune]rune{
	'ä': 'a', 'à': 'a', 'á': 'a', 'â': 'a', 'ã': 'a', 'å': 'a', 'æ': 'a', 'ç': 'c', 'è': 'e', 'é': 'e', 'ê': 'e', 'ë': 'e', 'ì': 'i', 'í': 'i', 'î': 'i', 'ï': 'i', 'ñ': 'n',
	'ö': 'o', 'ò': 'o', 'ó': 'o', 'ô': 'o', 'õ': 'o', 'ø': 'o', 'œ': 'o', 'ü': 'u', 'ù': 'u', 'ú': 'u', 'û': 'u', 'ý': 'y', 'ÿ': 'y',
}

// Fold gives a text as it is compared when something is looked for: lower case, without accents, and ä, a and
// ae alike, as are ß and ss, so that whoever has no umlaut on the keyboard finds what has.
func Fold(text string) string {
	var b strings.Builder
	before := ' '
	for _, r := range strings.ToLower(text) {
		switch p, ok := plain[r]; {
		case unicode.Is(unicode.Mn, r):
			continue
		case r == 'ß':
			b.WriteString("ss")
		case r == 'e' && (before == 'a' || before == 'o' || before == 'u'):
			// the e of ae, oe and ue
		case ok:
			b.WriteRune(p)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// FindLessons gives the lessons in which every word of a text stands, by itself or as a part of a word: first
// those that say all of it themselves, then those whose goal or skill says it; no text finds all. The order
// is kept otherwise.
func FindLessons(all []LessonLine, text string) (out []LessonLine) {
	words := strings.Fields(Fold(text))
	has := func(in string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(in, w) })
	}
	var later []LessonLine
	for _, l := range all {
		own := Fold(l.Text)
		switch {
		case has(own):
			out = append(out, l)
		case has(own + " " + Fold(l.Title+" "+l.Skill+" "+l.Name)):
			later = append(later, l)
		}
	}
	return append(out, later...)
}
