package library

import (
	"cmp"
	"slices"
	"strings"

	"tandem"
)

// A Need is the result that a learning goal is sought for. Number, its unit and its topic may be empty.
type Need struct {
	Text   string
	Number string
	Unit   string
	Lang   string // of the templates to prefer
	Minor  bool
	Beside []string        // titles of the learning goals that fuel it already: no template, lesson or technique is proposed by one
	Linked []tandem.GoalID // those goals themselves, where a level of theirs is no answer
}

// Past is what a person has that a learning goal can be made of.
type Past struct {
	Skills     []Skill
	Lessons    []Lesson
	Techniques []Technique
	Templates  []Template
	Taken      map[string]int // how often each template became a goal in the workspace, by key
}

// A Skill is a skill of an own learning goal. Numbers are the names of the numbers that it fuels. Liked is
// the mean enjoyment of its practice, 1 to 5; 0 not said. Used is how often its techniques were used.
type Skill struct {
	Goal    tandem.GoalID
	Name    string
	Levels  []string
	Noticed int
	Numbers []string
	Liked   float64
	Used    int
	Open    bool // still being learned
}

// A Lesson is one that was written; Number that of the result which it came from or which its learning goal
// fuels. Liked is that of its learning goal.
type Lesson struct {
	ID     tandem.LessonID
	Goal   tandem.GoalID
	Text   string
	About  string // the skill or the goal that it is from
	Day    tandem.Day
	Number string
	Liked  float64
	Taken  bool // a technique was made of it
}

// A Technique is one that was named; Numbers are those that its learning goal fuels or that it rode on.
type Technique struct {
	ID      tandem.TechniqueID
	Name    string
	Day     tandem.Day
	State   tandem.TechniqueState
	Uses    int
	Helped  int // uses that were said to have helped, less those that did not
	Numbers []string
}

// A From says what a suggestion is made of.
type From string

const (
	FromLesson    From = "lesson"    // written once, to be used again
	FromTechnique From = "technique" // named and not used yet, or used and liked
	FromSkill     From = "skill"     // the next level of a skill
	FromTemplate  From = "template"
)

// A Suggestion is a learning goal for a result, with why: Reason names the sentence "suggest.reason." + Reason
// of the catalogue, Args fill it.
type Suggestion struct {
	Title     string             `json:"title"`
	From      From               `json:"from"`
	Reason    string             `json:"reason"`
	Args      tandem.Args        `json:"args,omitempty"`
	Goal      tandem.GoalID      `json:"goal,omitzero"`      // the learning goal that it continues or comes from
	Lesson    tandem.LessonID    `json:"lesson,omitzero"`    //
	Technique tandem.TechniqueID `json:"technique,omitzero"` //
	Template  string             `json:"template,omitempty"` // key
	Score     float64            `json:"score"`              // only for comparing suggestions of one answer
}

// MostSuggestions is how many learning goals are suggested for a result.
const MostSuggestions = 3

// How much what fits weighs; conventions. What is the person's own stands before a template that fits as
// well, and what was used or liked before what was not.
const (
	sameNumber = 4.0
	sameWord   = 1.0
	listWord   = 0.8 // stands among a template's words alone
	sameUnit   = 0.5
	ownMore    = 1.5
	leastFit   = 0.8
)

// Suggest ranks learning goals for a result: the next level of skills that have to do with it, lessons to use
// again, techniques named and not used, and templates, by the words and the number they share with the result.
// At most three, at most two of one kind, none twice; none rather than what does not fit.
func Suggest(n Need, p Past) []Suggestion {
	need := wordSet(n.Text + " " + n.Number)
	beside := map[string]bool{}
	for _, t := range n.Beside {
		beside[titleKey(t)] = true
	}
	var all []Suggestion
	add := func(s Suggestion, fit, more float64) {
		if fit >= leastFit && (s.From == FromSkill && !slices.Contains(n.Linked, s.Goal) || s.From != FromSkill && !beside[titleKey(s.Title)]) {
			s.Score = fit * more
			all = append(all, s)
		}
	}
	for _, s := range p.Skills {
		if s.Name == "" || s.Noticed >= len(s.Levels) && len(s.Levels) > 0 {
			continue
		}
		v := Suggestion{Title: s.Name, From: FromSkill, Goal: s.Goal, Reason: "skill", Args: tandem.Args{"skill": s.Name}}
		if len(s.Levels) > 0 {
			v.Reason, v.Args = "level", tandem.Args{"skill": s.Name, "level": s.Noticed + 1, "sentence": s.Levels[s.Noticed]}
		}
		add(v, fits(need, n.Number, s.Name, s.Numbers...), ownMore*liking(s.Liked, s.Used))
	}
	for _, l := range p.Lessons {
		if l.Taken {
			continue
		}
		add(Suggestion{Title: l.Text, From: FromLesson, Goal: l.Goal, Lesson: l.ID, Reason: "lesson", Args: monthOf(l.Day)}, fits(need, n.Number, l.Text, l.Number), ownMore*liking(l.Liked, 0))
	}
	for _, t := range p.Techniques {
		if t.State == tandem.Dropped {
			continue
		}
		v := Suggestion{Title: t.Name, From: FromTechnique, Technique: t.ID, Reason: "technique_unused", Args: monthOf(t.Day)}
		more := ownMore
		switch {
		case t.Uses > 0 && t.Helped > 0:
			v.Reason, v.Args, more = "technique_helped", tandem.Args{"n": t.Helped}, ownMore*liking(0, t.Helped)
		case t.Uses > 0:
			continue // used, and nobody said that it helped
		}
		add(v, fits(need, n.Number, t.Name, t.Numbers...), more)
	}
	for _, m := range Match(n, p.Templates) {
		add(Suggestion{Title: m.Learning, From: FromTemplate, Template: m.Key, Reason: "template", Args: tandem.Args{"template": m.Result}}, m.Fit, liking(0, p.Taken[m.Key]))
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(b.Score, a.Score) })
	return few(all)
}

// titleKey is what two titles of the same words have in common.
func titleKey(title string) string { return strings.Join(tokens(title), " ") }

// few takes the best, none twice and at most two of one kind.
func few(all []Suggestion) (best []Suggestion) {
	kinds, titles := map[From]int{}, map[string]bool{}
	for _, s := range all {
		key := titleKey(s.Title)
		if len(best) < MostSuggestions && kinds[s.From] < 2 && !titles[key] {
			best = append(best, s)
			kinds[s.From]++
			titles[key] = true
		}
	}
	return best
}

// liking raises what was enjoyed (1 to 5, 0 not said) and used: at most to double each.
func liking(enjoyed float64, used int) float64 {
	m := 1.0
	if enjoyed > 0 {
		m *= 1 + (enjoyed-3)/4 // from a half to one and a half
	}
	return m * (1 + float64(min(used, 10))/10)
}

func monthOf(d tandem.Day) tandem.Args {
	y, m, _ := d.Date()
	return tandem.Args{"month": int(m), "year": y}
}

// fits weighs what a text and the numbers of something share with the need.
func fits(need []string, number, text string, numbers ...string) (fit float64) {
	for _, x := range numbers {
		if number != "" && tandem.NameKey(x) == tandem.NameKey(number) {
			fit += sameNumber
			break
		}
	}
	return fit + sameWord*float64(shared(need, wordSet(text)))
}

// A Matched is a template with how well it fits.
type Matched struct {
	Template
	Fit float64
}

// Match gives the templates that fit a result, the best first: by shared words, the name of the number, the
// unit. Words of both languages count, so that a German result finds an English template of a pack that has
// no German; each template comes once, in the language of the need where there is one.
func Match(n Need, all []Template) []Matched {
	need := wordSet(n.Text + " " + n.Number)
	best := map[string]float64{}
	for _, t := range all {
		if n.Minor && t.ForAdults() {
			continue
		}
		own := wordSet(t.Result + " " + t.Number)
		n1, n2 := shared(need, own), shared(need, append(own, wordSet(strings.Join(t.Words, " "))...))
		fit := sameWord*float64(n1) + listWord*float64(n2-n1)
		if n.Number != "" && tandem.NameKey(t.Number) == tandem.NameKey(n.Number) {
			fit += sameNumber
		}
		if fit > 0 && n.Unit != "" && strings.EqualFold(n.Unit, t.Unit) {
			fit += sameUnit
		}
		best[t.Key] = max(best[t.Key], fit)
	}
	var found []Matched
	for _, t := range Choose(all, n.Lang) {
		if fit := best[t.Key]; fit >= leastFit {
			found = append(found, Matched{t, fit})
		}
	}
	slices.SortStableFunc(found, func(a, b Matched) int { return cmp.Compare(b.Fit, a.Fit) })
	return found
}

// common are words that tell nothing of what a goal is about.
var common = map[string]bool{
	"the": true, "and": true, "for": true, "with": true, "this": true, "that": true, "from": true, "per": true, "than": true, "more": true, "less": true, "get": true, "make": true,
	"reach": true, "year": true, "month": true, "week": true, "day": true, "days": true, "weeks": true, "months": true, "quarter": true, "until": true, "what": true, "how": true, "new": true,
	"learn": true, "better": true, "have": true, "are": true, "was": true, "not": true, "all": true, "one": true, "who": true, "into": true, "before": true, "after": true, "within": true,
	"number": true, "goal": true, "monday": true, "may": true, "june": true, "its": true, "use": true, "increase": true, "his": true, "her": true, "our": true, "your": true,
	"der": true, "die": true, "das": true, "den": true, "dem": true, "des": true, "ein": true, "eine": true, "einen": true, "einem": true, "einer": true, "und": true, "oder": true, "mit": true,
	"von": true, "vom": true, "bis": true, "zum": true, "zur": true, "für": true, "auf": true, "aus": true, "bei": true, "nach": true, "vor": true, "wie": true, "ich": true,
	"mich": true, "mein": true, "meine": true, "meinen": true, "jahr": true, "monat": true, "woche": true, "wochen": true, "tag": true, "tage": true, "tagen": true, "quartal": true, "mehr": true,
	"weniger": true, "neue": true, "neuen": true, "lernen": true, "besser": true, "machen": true, "dieses": true, "diesem": true, "diesen": true, "nicht": true, "ist": true, "sind": true,
	"haben": true, "werden": true, "können": true, "ziel": true, "zahl": true, "über": true, "unter": true, "pro": true, "alle": true, "als": true, "steigern": true, "erreichen": true,
}

// wordSet gives the words of a text that tell what it is about, each once: three letters or more, no number.
func wordSet(text string) (words []string) {
	for _, w := range tokens(text) {
		if len(w) >= 3 && !common[w] && (w[0] < '0' || w[0] > '9') && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// shared counts the words of a that b has too. Two words are one where they begin alike and differ in the
// ending alone, of at most three letters, fewer in short words (sale, sales; rest and restore are two).
func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.ContainsFunc(b, func(y string) bool { return alike(x, y) }) {
			n++
		}
	}
	return n
}

func alike(a, b string) bool {
	if a == b {
		return true
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	same := 0
	for same < len(short) && short[same] == long[same] {
		same++
	}
	return same >= 4 && len(short)-same <= 1 && len(long)-same <= min(3, same/2-1)
}
