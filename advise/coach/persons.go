package coach

import (
	"slices"
	"strings"
)

// doneByOthers gives the word for a person or body whose doing is the result of a clause: whom somebody gets to
// do something ("get my son to tidy up", "meinen Chef dazu bringen"), or who does it ("dass meine Tochter …
// isst", "customers rate us 4.5").
func (t *text) doneByOthers(c *clause) (int, bool) {
	said := c.join == purpose && !t.wordWithin(c.from, c.from+1, "dass", "that") && !t.wordWithin(c.from-1, c.from, "dass", "that")
	if t.lang == german {
		if i := t.germanCaused(c); i >= 0 || said {
			return i, i >= 0
		}
		i := t.germanSubject(c)
		return i, i >= 0
	}
	if i := t.caused(c); i >= 0 {
		return i, true
	}
	if i := t.inStates(c); i >= 0 {
		return i, true
	}
	if i := t.takesIn(c); i >= 0 {
		return i, true
	}
	if said {
		return -1, false // "where my sister lives" says no more of the result
	}
	i := t.subject(c)
	return i, i >= 0
}

// names tells whether word i names a person or a body, by the lists or, with a capital that no list knows, as a
// name. A group that "our" makes one's own is none.
func (t *text) names(i int) bool {
	w := &t.ws[i]
	if w.is(people) {
		if w.is(det) && i+1 < len(t.ws) && (t.ws[i+1].upper || t.ws[i+1].time || t.ws[i+1].number) {
			return false // "jeden Morgen", "alle zwei Wochen"
		}
		own := i > 0 && t.wordWithin(max(i-2, 0), i, "our", "unser", "unsere", "unserem", "unseren", "unserer") &&
			t.wordWithin(i, i+1, "team", "department", "company", "club", "squad", "crew", "office", "verein", "abteilung", "firma", "mannschaft", "betrieb", "unternehmen", "class", "klasse", "business", "firm", "family", "familie")
		return !own
	}
	if t.lang == german && w.upper && w.unknown() && i > 0 && nominal(w.fold) {
		return true // "der Befragten"
	}
	if t.lang != english || i <= t.skipFrom(i) || w.time || w.number {
		return false
	}
	return w.is(rank) || w.unknown() && (w.upper || agent(w.fold))
}

// nominal tells whether a folded German noun is a participle that names people: Angeschriebene, Befragten, Mitwirkende.
func nominal(f string) bool {
	for _, tail := range [...]string{"en", "e"} {
		if s, ok := strings.CutSuffix(f, tail); ok && (participle(s) || strings.HasSuffix(s, "end")) && len(s) > 5 {
			return true
		}
	}
	return false
}

// othersDoing gives the word that says that somebody else decides a clause: who does it, who gives it, who is kept, what
// only an audience lets win; -1 for none.
func (t *text) othersDoing(c *clause) int {
	if who, ok := t.doneByOthers(c); ok {
		return who
	}
	said := c.join == purpose && !t.wordWithin(c.from-1, c.from+1, "dass", "that")
	if !said {
		for _, find := range [...]func(*clause) int{t.statement, t.thingWins} {
			if i := find(c); i >= 0 {
				return i
			}
		}
	}
	for _, find := range [...]func(*clause) int{t.givenBy, t.genitive, t.keeps, t.chosenIn, t.seesDone} {
		if i := find(c); i >= 0 {
			return i
		}
	}
	if t.prizes(c) {
		return c.head
	}
	return -1
}

// agent tells whether a word that no list knows names somebody by what they do: plumber, senator, dentist.
func agent(f string) bool {
	f = strings.TrimSuffix(f, "s")
	for _, tail := range [...]string{"er", "or", "ist", "ian", "man", "woman", "men", "women", "ee"} {
		if strings.HasSuffix(f, tail) && len(f) > len(tail)+2 {
			return true
		}
	}
	return false
}

// skipFrom gives the first word of the clause around word i.
func (t *text) skipFrom(i int) int {
	for _, c := range t.clauses {
		if c.from <= i && i < c.to {
			return c.from
		}
	}
	return 0
}

// unknown tells whether no list knows a word.
func (w *word) unknown() bool { return w.spans == [classes]uint8{} && !w.sign && !w.digits }

// caused gives whom an English clause gets to do something, or -1.
func (t *text) caused(c *clause) int {
	from, head := c.after, ""
	if c.head < 0 {
		if c.from > 0 && c.join != noClass {
			return -1
		}
		from = t.skipIntro(c)
		if from == c.from || !t.wordWithin(from-1, from, "want", "like", "love", "need", "wish") {
			return -1
		}
	} else if head = t.ws[c.head].fold; !t.causes(c) {
		return -1
	}
	who := -1
	for i := from; i < min(from+7, c.to); i++ {
		w := &t.ws[i]
		if w.sign && w.fold != "%" || w.is(prep) && w.fold != "of" && w.fold != "in" && w.fold != "at" && !w.number && who < 0 || w.time {
			break
		}
		if who >= 0 && i > who && (w.fold == "to" || w.fold == "into" || w.fold == "off" || w.fold == "onto") {
			if i+1 < c.to && !t.ws[i+1].number && !t.ws[i+1].is(det) && !t.ws[i+1].time && (w.fold != "to" || !t.ws[i+1].upper) {
				return who
			}
			return -1
		}
		if who >= 0 && i == who+1 && strings.HasPrefix(head, "ha") || who >= 0 && i == who+1 && (head == "make" || head == "help" || head == "let") {
			if (w.is(verbs...) || w.is(doing)) && !w.is(prep, rhythm) || w.unknown() && !w.upper {
				return who
			}
		}
		if t.names(i) {
			who = i
		}
	}
	return -1
}

// causes tells whether a verb may have somebody do something.
func (t *text) causes(c *clause) bool {
	switch t.ws[c.head].fold {
	case "help":
		return t.numbers(c.from, c.to)
	case "get", "getting", "have", "having", "make", "let", "persuade", "convince", "talk", "encourage", "motivate", "inspire", "nudge", "coax", "push", "allow", "ask", "bring", "lead", "want", "need", "wean", "love", "like", "expect", "wish":
		return true
	}
	return false
}

// subject gives who does the result of an English clause without a verb at its beginning, or -1: a person or
// body, then a finite verb.
func (t *text) subject(c *clause) int {
	if c.head >= 0 {
		return -1
	}
	who, single, several := -1, false, false
	from := t.skipIntro(c)
	for i := from; i < min(from+9, c.to); i++ {
		w := &t.ws[i]
		if who < 0 {
			single = single || t.wordWithin(i, i+1, "my", "the", "each", "every", "our")
			several = several || w.number
			if w.is(people) && t.names(i) {
				who = i
			} else if !(w.number || w.is(det) || w.fold == "%" || w.fold == "of" || w.fold == "all" || w.fold == "least" || w.fold == "most" || w.is(vagueadj)) {
				return -1
			}
			continue
		}
		if t.wordWithin(i, i+1, "can", "will", "should", "must", "is", "are", "has", "have", "does", "do", "gets") {
			return who
		}
		if w.is(verbs...) && !w.is(others, counted, evidence, activity, metric, prep) {
			s := strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss")
			if s && (single || t.wordWithin(who, who+1, "everyone", "everybody", "nobody", "someone")) || !s && (several || strings.HasSuffix(t.ws[who].fold, "s") || t.wordWithin(who, who+1, "children", "people", "parents")) && !strings.HasSuffix(w.fold, "ing") {
				return who
			}
		}
		if !(w.is(prep, det) || i > who+1 && t.ws[i-1].is(prep, det)) && !w.is(people) {
			return -1
		}
	}
	return -1
}

// germanCaused gives whom a German clause gets to do something, or -1.
func (t *text) germanCaused(c *clause) int {
	if c.head < 0 {
		return -1
	}
	with := false
	switch f := t.ws[c.head].fold; f {
	case "bringen", "kriegen", "bekommen":
		with = t.wordWithin(c.from, c.to, "dazu", "davon", "soweit")
	case "bewegen", "motivieren", "animieren", "ermutigen":
		with = t.wordWithin(c.from, c.to, "dazu", "zum", "zur", "zu")
	case "ueberreden", "ueberzeugen", "umstimmen", "abbringen", "begeistern", "rumkriegen", "herumkriegen":
		with = true
	case "lassen", "dazubringen":
		with = t.wordWithin(c.from, c.to, "dazu")
	}
	if !with {
		return -1
	}
	for i := c.from; i < min(c.head, c.to); i++ {
		if t.ws[i].is(people) && t.names(i) && !(i > 0 && t.ws[i-1].is(prep)) {
			return i
		}
	}
	return -1
}

// germanSubject gives who does the result of a German clause, or -1: the subject of a clause with "dass", the
// subject before a finite verb, or behind it where something else stands first.
func (t *text) germanSubject(c *clause) int {
	from := t.skipIntro(c)
	if from >= c.to {
		return -1
	}
	if t.ws[from].fold == "dass" || from > 0 && from == c.from && t.ws[from-1].fold == "dass" {
		if t.ws[from].fold == "dass" {
			from++
		}
		return t.dassSubject(c, from)
	}
	who, end := t.nounPhrase(c, from)
	if who >= 0 && end < c.to && t.finite(c, end, t.several(from, who)) {
		return who
	}
	// "ab Mai kommen dienstags alle ins Büro"
	for i := from; i < min(from+7, c.to); i++ {
		w := &t.ws[i]
		if w.time || w.number || w.is(prep, det, when, event, rhythm) || w.upper {
			continue
		}
		if i == c.from || i+1 >= c.to || !t.finiteForm(i) {
			return -1
		}
		for j := i + 1; j < min(i+5, c.to); j++ {
			if t.wordWithin(j, j+1, "ich", "wir", "mich", "man") || t.ws[j].is(prep) && !t.ws[j].time && !t.ws[j].number {
				return -1
			}
			if t.names(j) && !t.wordWithin(j-1, j, "den", "einen", "meinen", "dem", "meinem", "meiner") && !t.endsInInfinitive(c) {
				return j
			}
		}
		return -1
	}
	return -1
}

// dassSubject gives the subject of a clause with "dass": the first person or body, or a name; -1 where the
// speaker or a thing is.
func (t *text) dassSubject(c *clause, from int) int {
	for i := from; i < min(from+7, c.to); i++ {
		w := &t.ws[i]
		switch {
		case w.fold == "ich" || w.fold == "wir" || w.fold == "man":
			return -1
		case i == from && t.wordWithin(i, i+1, "sie", "er", "jemand", "niemand", "keiner", "jeder", "alle") && t.wordWithin(i+1, i+2, "mich", "mir", "uns", "ihn", "meine", "meinen", "mein", "unser", "unsere"):
			return i
		case w.is(people):
			if t.names(i) {
				return i
			}
			return -1
		case w.upper && w.unknown() && i > 0 && (t.ws[i-1].fold == "dass" || !t.ws[i-1].is(det)) && !w.time:
			return i // a name
		case w.upper && !w.time && !t.ws[min(i+1, len(t.ws)-1)].is(people):
			return -1
		}
	}
	return -1
}

// nounPhrase gives the person or body that the words from i on name, and the first word behind it and what
// belongs to it; -1 if they name none.
func (t *text) nounPhrase(c *clause, i int) (who, end int) {
	who = -1
	for ; i < c.to; i++ {
		w := &t.ws[i]
		switch {
		case w.is(people) && who < 0 && t.names(i):
			who = i
		case who < 0 && (w.number || w.is(det) || w.fold == "%" || w.fold == "prozent" || w.fold == "von" || w.fold == "der"):
		case who >= 0 && (w.is(prep) && !w.time && t.ws[min(i+1, len(t.ws)-1)].upper || w.is(prep, det) && w.fold != "mit" && i+2 < c.to && t.ws[i+2].upper && !w.time):
		case who >= 0 && w.upper && t.ws[i-1].is(prep, det):
		default:
			return who, i
		}
	}
	return who, i
}

// several tells whether an amount or a plural article stands between from and who.
func (t *text) several(from, who int) bool {
	return t.numbers(from, who) || t.wordWithin(from, who+1, "alle", "die", "meine", "viele", "unsere")
}

// finiteForm tells whether a German word looks like a finite verb.
func (t *text) finiteForm(i int) bool {
	w := &t.ws[i]
	if w.upper || w.time || w.number || w.is(det, prep, rhythm, when) || len(w.fold) < 3 {
		return false
	}
	return (w.is(verbs...) || w.is(owndoing) || w.unknown() && (len(w.fold) > 5 || len(w.fold) > 3 && strings.HasSuffix(w.fold, "t"))) && !adverb(w.fold) && (strings.HasSuffix(w.fold, "t") || strings.HasSuffix(w.fold, "en") || strings.HasSuffix(w.fold, "rn")) || t.wordWithin(i, i+1, "soll", "sollen", "kann", "koennen", "will", "wollen", "wird", "werden", "ist", "sind", "hat", "haben", "muss", "muessen", "darf", "duerfen")
}

// finite tells whether word i is the finite verb of what stands before it, and not the infinitive at its end.
func (t *text) finite(c *clause, i int, several bool) bool {
	if !t.finiteForm(i) {
		return false
	}
	f := t.ws[i].fold
	if strings.HasSuffix(f, "t") || f == "soll" || f == "sollen" || f == "kann" || f == "will" || f == "sind" || f == "muss" {
		return true
	}
	if i+1 >= c.to || !several || t.endsInInfinitive(c) {
		return false
	}
	if t.ws[i].is(owndoing) && !t.ws[i].is(othersverb) && !t.wordWithin(i+1, i+2, "uns", "mich", "mir") && !t.has(i+1, c.to, det) {
		return false
	}
	if last := c.to - 1; last > i && slices.Contains(separablePrefixes, t.ws[last].fold) || t.comesTo(i) {
		return true
	}
	for j := i + 1; j < c.to; j++ { // an object or a prefix behind it shows that what stands before is the subject
		if t.wordWithin(j, j+1, "uns", "mich", "mir", "unseren", "unsere", "meinen", "meine", "unser", "mein", "mit", "ein", "ab", "zurueck", "an", "zu", "jede", "jeden", "jedes", "den", "die", "das", "eine", "einen", "ihr", "ihre", "ihren", "alle") && (j+1 == c.to || t.ws[j].is(det)) {
			return true
		}
	}
	return false
}

// endsInInfinitive tells whether the last word of a clause is an infinitive.
func (t *text) endsInInfinitive(c *clause) bool {
	last := c.to - 1
	for last > c.from && t.ws[last].sign {
		last--
	}
	return !t.ws[last].upper && !t.ws[last].time && t.infinitive(last) && t.ws[last].is(verbs...)
}
