package coach

import (
	"embed"
	"strings"
	"sync"
)

// lists holds the words that the coach knows: one line a class and language, "class TAB language TAB words",
// the words in base form, set apart by ", ". Inflected forms are found by rule (morphology.go) or in
// irregular.tsv. A German word with a leading * is also known as the last part of a compound.
//
//go:embed words/*.tsv
var lists embed.FS

// A lang is one of the two languages, or neither.
type lang uint8

const (
	neither lang = iota
	english
	german
)

// A class is what a word can be in the grammar of a goal.
type class uint8

const (
	noClass    class = iota
	intro            // "I want to": says nothing of the goal
	question         // "how do I"
	learn            // learning verbs
	practise         // learning verbs that are an activity themselves
	act              // acting verbs of one sitting
	end              // verbs whose end is a yes or no
	reach            // verbs that take a number
	change           // verbs of change from where it stands
	vague            // verbs without an end
	live             // verbs of daily life, an end only with a number
	stop             // what not to do
	be               // copulas
	show             // showing what was learned
	doing            // doing something for what is learned
	othersverb       // verbs whose result others decide
	others           // results that others decide
	counted          // of these, the ones that are counted, never a yes or no
	field            // whole fields, no skill
	filler           // words in the place of a skill
	skill            // nameable skills
	metric           // what in the world can be measured
	abstract         // what cannot
	evidence         // tests, demonstrations, products, feedback
	activity         // courses, minutes, rhythm
	habit            // words for habit
	badhabit         // habits to break
	event            // days without a date
	contest          // contests
	person           // other people
	bigthing         // products of many sittings
	thing            // things of one sitting
	role             // positions
	prep             // prepositions and joining words
	det              // articles, pronouns, quantifiers
	vagueadj         // adjectives without a measure
	trait            // kinds of person
	absolute         // all or nothing
	childabs         // all or nothing for children
	compare          // measured against others
	ownpast          // measured against oneself
	avoid            // negations
	habit21          // 21 days
	and              // joins
	means            // joins what is done
	purpose          // joins what for
	proof            // joins how it shows
	yesno            // ends that are a yes or no
	rhythm           // how often
	when             // a time that is no date
	amount           // verbs and words with an amount in them: double
	ladder           // levels of a ladder: B2, grade 3
	byothers         // participles of what others decide
	rank             // positions that others give
	body             // body weight, calories, looks
	bodyunit         // units of weight
	bodyfree         // what else weighs
	course           // courses and lessons
	people           // people and bodies who act or decide
	obtain           // verbs of getting and finding
	findable         // whom or what one has only if others agree
	owndoing         // verbs of one's own doing, whatever they are done with
	cause            // good causes that money and things are collected for
	classes
)

// classNames are the names in the lists.
var classNames = map[string]class{
	"intro": intro, "question": question, "learn": learn, "practise": practise, "act": act, "end": end,
	"reach": reach, "change": change, "vague": vague, "live": live, "stop": stop, "be": be, "show": show,
	"doing": doing, "othersverb": othersverb, "others": others, "counted": counted, "field": field,
	"filler": filler, "skill": skill, "metric": metric, "abstract": abstract, "evidence": evidence,
	"activity": activity, "habit": habit, "badhabit": badhabit, "event": event, "contest": contest,
	"person": person, "bigthing": bigthing, "thing": thing, "role": role, "prep": prep, "det": det,
	"vagueadj": vagueadj, "trait": trait, "abs": absolute, "childabs": childabs, "compare": compare,
	"ownpast": ownpast, "avoid": avoid, "habit21": habit21, "and": and, "means": means,
	"purpose": purpose, "proof": proof, "yesno": yesno, "rhythmword": rhythm, "timeword": when,
	"amount": amount, "ladder": ladder, "course": course, "rank": rank,
	"body": body, "bodyunit": bodyunit, "bodyfree": bodyfree, "byothers": byothers,
	"people": people, "findable": findable, "obtain": obtain, "owndoing": owndoing, "cause": cause,
}

// An entry is one word or phrase in one class.
type entry struct {
	class class
	lang  lang
	rest  []string // the words after the first
}

// A wordList is all that the coach knows of words.
type wordList struct {
	first     map[string][]entry // by first word, folded
	last      map[string][]entry // last parts of German compounds
	irregular map[string]string
	exact     map[list]map[string]bool
	problems  []string
}

// known gives the lists, read once.
var known = sync.OnceValue(readLists)

func readLists() *wordList {
	w := &wordList{first: make(map[string][]entry, 8192), last: make(map[string][]entry, 2048), irregular: map[string]string{}, exact: map[list]map[string]bool{}}
	files, _ := lists.ReadDir("words") // the folder is part of the program
	for _, f := range files {
		data, _ := lists.ReadFile("words/" + f.Name())
		for line := range strings.SplitSeq(string(data), "\n") {
			cols := strings.Split(strings.TrimRight(line, "\r"), "\t")
			switch {
			case line == "" || line[0] == '#':
			case f.Name() == "irregular.tsv" && len(cols) == 2:
				w.irregular[cols[0]] = cols[1]
			case f.Name() == "exact.tsv" && len(cols) == 2:
				w.addExact(cols)
			case len(cols) == 3:
				w.add(f.Name(), cols)
			default:
				w.problems = append(w.problems, f.Name()+": "+line)
			}
		}
	}
	for _, l := range exactLists {
		if len(w.exact[l]) == 0 {
			w.problems = append(w.problems, "exact.tsv: no list "+string(l))
		}
	}
	return w
}

// add takes one line of a list.
func (w *wordList) add(file string, cols []string) {
	c, ok := classNames[cols[0]]
	l := map[string]lang{"en": english, "de": german}[cols[1]]
	if !ok || l == neither {
		w.problems = append(w.problems, file+": unknown class or language: "+cols[0]+" "+cols[1])
		return
	}
	for item := range strings.SplitSeq(cols[2], ",") {
		item = strings.TrimSpace(item)
		compound := strings.HasPrefix(item, "*")
		parts := pieces(fold(strings.ToLower(strings.TrimPrefix(item, "*"))))
		if len(parts) == 0 {
			w.problems = append(w.problems, file+": an empty word in "+cols[0])
			continue
		}
		e := entry{class: c, lang: l, rest: parts[1:]}
		w.first[parts[0]] = append(w.first[parts[0]], e)
		if compound && len(parts) == 1 && len(parts[0]) >= 3 {
			w.last[parts[0]] = append(w.last[parts[0]], e)
		}
	}
}

// pieces cuts a list's item as scan cuts a text.
func pieces(item string) []string {
	var p []string
	for _, t := range scan(item) {
		p = append(p, t.fold)
	}
	return p
}

// fold writes German letters and typographic marks as those do who have no key for them.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "’", "'", "‘", "'", "é", "e", "è", "e", "‐", "-", "‑", "-").Replace(s)
		}
	}
	return s
}
