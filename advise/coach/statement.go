package coach

import (
	"slices"
	"strings"
)

// statement gives who does what a clause says as a whole sentence, or -1: "my landlord accepts a dog", "four of five guests
// order a dessert", "vier von fünf Gästen bestellen einen Nachtisch", "they pick me".
func (t *text) statement(c *clause) int {
	from := t.pastWish(c)
	if from >= c.to {
		return -1
	}
	if t.lang == german {
		return t.germanStatement(c, from)
	}
	if c.head >= 0 && c.head <= from {
		return -1
	}
	who, plural, amount := -1, false, false
	for i := from; i < min(from+10, c.to); i++ {
		w := &t.ws[i]
		switch {
		case w.time, w.sign && w.fold != "%" && w.fold != "-", w.fold == "i", w.fold == "we":
			return -1
		case who >= 0 && t.englishFinite(c, i, plural, amount):
			return who
		case who >= 0 && i == who+1 && w.is(people) && !w.is(prep) && t.names(i):
			who, plural = i, plural || pluralNoun(w.fold) // "my knee surgeon", "a food critic"
		case who >= 0 && (w.is(prep, det) || t.ws[i-1].is(prep, det) || strings.HasSuffix(w.fold, "ly") || w.is(people)):
		case who >= 0:
			return -1
		case w.number:
			amount = true
		case i == from && t.wordWithin(i, i+1, "they", "he", "she", "nobody", "everyone", "everybody", "someone", "somebody"):
			if c.join != noClass {
				return -1
			}
			who, plural = i, w.fold == "they"
		case t.names(i) || i == from && w.upper && w.unknown() && t.wordWithin(i+2, i+3, "me", "us", "my", "our"):
			who, plural = i, pluralNoun(w.fold)
		case w.is(det, vagueadj) || w.fold == "%" || w.fold == "of" || w.fold == "out" || w.fold == "at" || t.wordWithin(i, i+1, "half", "most", "least", "thirds", "third", "quarter", "quarters", "both", "all", "many", "percent"):
		case i > from && i < from+4 && !w.is(prep, and, act) && !w.upper:
		default:
			return -1
		}
	}
	return -1
}

// pluralNoun tells whether an English word names several.
func pluralNoun(f string) bool {
	switch f {
	case "children", "people", "women", "men", "police", "staff", "grandchildren", "kids", "stepchildren", "press":
		return true
	}
	return strings.HasSuffix(f, "s") && !strings.HasSuffix(f, "ss") && f != "boss"
}

// englishFinite tells whether word i is the finite verb of the subject at who.
func (t *text) englishFinite(c *clause, i int, plural, amount bool) bool {
	w := &t.ws[i]
	switch w.fold {
	case "will", "would", "should", "could", "can", "must", "may", "might", "is", "are", "was", "has", "have", "does", "do", "gets", "don't", "doesn't", "won't", "wouldn't", "isn't", "aren't", "stops", "starts", "helps", "lets", "let":
		return !(i+1 < c.to && t.wordWithin(i+1, i+2, "my", "i")) || w.fold != "have"
	}
	if w.upper || w.number || w.is(prep) && !w.is(verbs...) || strings.HasSuffix(w.fold, "ed") {
		return false
	}
	follows := i+1 >= c.to || t.ws[i+1].time || t.ws[i+1].number || t.ws[i+1].is(det, prep) || t.ws[i+1].upper || t.ws[i+1].is(ownpast) || strings.HasSuffix(t.ws[i+1].fold, "ly") ||
		t.wordWithin(i+1, i+2, "me", "us", "it", "him", "her", "them", "back", "up", "out", "off", "to", "home", "away", "more", "less", "not", "each")
	object := i+1 < c.to && (t.ws[i+1].is(det) && !t.ws[i+1].number && !t.ws[i+1].time || t.wordWithin(i+1, i+2, "me", "us", "my", "our", "it", "them"))
	if strings.HasSuffix(w.fold, "ing") && amount {
		return object && len(w.fold) > 5
	}
	known := w.is(verbs...) || w.is(owndoing, obtain, doing)
	noun := w.is(others, counted, metric, evidence, activity, event, thing, bigthing, abstract)
	if !known && !w.unknown() && !(noun && object) {
		return false
	}
	if noun && !object && !(w.is(verbs...) && !w.is(others, counted, metric) && i+1 < c.to && t.wordWithin(i+1, i+2, "into", "out", "away", "back", "in", "to")) {
		return false
	}
	s := strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss")
	if s {
		return !plural && follows
	}
	return plural && follows && !strings.HasSuffix(w.fold, "ing")
}

// pastWish gives the first word behind the words of a wish: "I hope", "wenn doch", "hoffentlich".
func (t *text) pastWish(c *clause) int {
	i := t.skipIntro(c)
	for i < c.to && (t.wish(i) || i > c.from && t.wordWithin(i, i+1, "that", "if", "when", "dass", "wenn", "doch", "nur", "bloss", "ob")) || i == c.from && i+1 < c.to && t.wordWithin(i, i+1, "wenn", "if") && t.wordWithin(i+1, i+2, "doch", "nur", "bloss", "only") {
		i++
	}
	return i
}

// wish tells whether a word only says that something is wished for.
func (t *text) wish(i int) bool {
	return t.ws[i].listed(wishes)
}

// dropWish leaves out a first clause that only says that something is wished for: "ich hätte gern, dass …".
func (t *text) dropWish() {
	if len(t.clauses) < 2 {
		return
	}
	c := &t.clauses[0]
	for i := c.from; i < c.to; i++ {
		if !t.wish(i) && !t.ws[i].sign {
			return
		}
	}
	if next := t.clauses[1].from; next == 0 || !t.wordWithin(next-1, next+1, "dass", "wenn", "if", "that", "when") {
		return
	}
	t.clauses = t.clauses[1:]
	t.clauses[0].join = noClass
}

// germanStatement gives who does what a German clause says, by turns that germanSubject does not hold: a verb-last
// clause of a wish, an amount of somebody, a plural before a verb with its object.
func (t *text) germanStatement(c *clause, from int) int {
	if from > 0 && t.wordWithin(from-1, from, "dass", "wenn", "ob", "doch", "nur", "bloss") {
		return t.dassSubject(c, from)
	}
	if from > c.from && t.wordWithin(from, from+1, "dass", "wenn", "ob") {
		return t.dassSubject(c, from+1)
	}
	who, bare := -1, true
	for i := from; i < min(from+9, c.to); i++ {
		w := &t.ws[i]
		switch {
		case w.fold == "ich" || w.fold == "wir" || w.fold == "man" || w.time && who < 0 || w.sign && w.fold != "%":
			return -1
		case who >= 0 && !w.upper && t.germanFinite(c, i, who, bare):
			return who
		case who < 0 && i > from && t.ws[i].is(prep) && w.fold != "von":
			return -1
		case who < 0 && t.names(i):
			if t.wordWithin(from, i, "den", "dem", "einen", "einem", "meinen", "meinem", "meiner", "unserem", "unseren", "jedem", "jeden", "einer") && !t.wordWithin(max(i-2, 0), i, "von") && !t.wordWithin(from, i, "keiner", "jeder") {
				return -1
			}
			who = i
		case who < 0:
			bare = bare && !w.number && !w.is(det)
			if !(w.number || w.is(det, amount, vagueadj) || w.fold == "%" || w.fold == "von" || w.fold == "prozent" || w.fold == "haelfte" || !w.upper && i < from+4 && !t.finiteForm(i)) {
				return -1
			}
		}
	}
	return -1
}

// germanFinite tells whether word i is the finite verb of a plural or an amount of people before it; bare is a noun
// with neither article nor amount.
func (t *text) germanFinite(c *clause, i, who int, bare bool) bool {
	w := &t.ws[i]
	if w.time || w.number || w.is(prep, det) && !w.is(be) || i+1 >= c.to {
		return false
	}
	switch w.fold {
	case "ist", "sind", "wird", "werden", "hat", "haben", "soll", "sollen", "sollte", "sollten", "kann", "koennen", "darf", "duerfen", "muss", "muessen", "will", "wollen", "macht", "tut", "gibt", "nimmt", "laesst", "hilft", "haelt", "faehrt", "schlaeft", "isst", "liest":
		return !strings.HasSuffix(w.fold, "en") || t.several(t.pastWish(c), who+1) && i == who+1
	}
	if strings.HasSuffix(w.fold, "t") && len(w.fold) > 3 && !adverb(w.fold) && (i == who+1 || !participle(w.fold)) && (w.is(verbs...) || w.is(owndoing, doing) || w.unknown()) {
		return true
	}
	if !strings.HasSuffix(w.fold, "en") && !strings.HasSuffix(w.fold, "ern") && !strings.HasSuffix(w.fold, "eln") || !(w.is(verbs...) || w.is(owndoing) || w.unknown()) || t.endsInInfinitive(c) {
		return false
	}
	next := &t.ws[i+1]
	object := next.is(det) && !next.time || t.wordWithin(i+1, i+2, "mich", "mir", "uns", "sich")
	switch {
	case object:
		return true
	case w.is(owndoing):
		return false
	}
	last := c.to - 1
	return next.number && !next.time || !bare && (next.upper || next.is(prep) || next.time) && t.germanSubjectDet(c) || t.wordWithin(last, last+1, "ab", "an", "auf", "aus", "ein", "mit", "zu", "zurueck", "frei", "ueber", "vor", "weg", "durch")
}

// germanSubjectDet tells whether a clause begins with an amount or an article that a subject has.
func (t *text) germanSubjectDet(c *clause) bool {
	from := t.pastWish(c)
	return from < c.to && (t.ws[from].number || t.wordWithin(from, from+1, "die", "meine", "unsere", "alle", "viele", "beide", "seine", "ihre", "zwei", "drei", "mindestens", "etwa"))
}

// givenBy gives who gives what a clause is about, or -1: "a discount from our supplier", "ein Ja vom Ausschuss". A letter or
// a picture of somebody is one's own.
func (t *text) givenBy(c *clause) int {
	if c.head >= 0 && (!t.ws[c.head].is(obtain) && !t.wordWithin(c.head, c.head+1, "receive", "have", "hear", "get", "erhalten", "bekommen", "kriegen") || t.ws[c.head].spans[act] > 1) {
		return -1
	}
	if c.head < 0 && t.has(c.from, c.to, course, skill, rhythm) {
		return -1
	}
	rs := t.runs(c)
	for i, r := range rs {
		if r.prep < 0 || !t.wordWithin(r.prep, r.prep+1, "from", "von", "vom", "seitens") || !t.personEnds(r) {
			if !(r.prep > 0 && t.wordWithin(r.prep, r.prep+1, "of") && t.wordWithin(r.prep-1, r.prep, "out") && t.personEnds(r)) {
				continue
			}
		}
		if i == 0 && (c.head < 0 || t.lang == english) {
			continue
		}
		if i > 0 && (t.ends(rs[i-1], course, skill, bigthing) || t.depicts(t.ws[rs[i-1].head].fold)) {
			return -1
		}
		return r.head
	}
	return -1
}

// personEnds tells whether a run names somebody.
func (t *text) personEnds(r run) bool {
	return t.ends(r, people, rank) || t.names(r.head) || t.lang == english && t.ws[r.head].unknown() && agent(t.ws[r.head].fold)
}

// depicts tells whether a word is a picture or a text that says of whom it is.
func (t *text) depicts(f string) bool {
	return endsListed(pictures, f)
}

// genitive gives whose German measure a clause is about, or -1: "Mamas Blutdruck auf 130 bringen".
func (t *text) genitive(c *clause) int {
	i := t.skipIntro(c)
	if t.lang != german || i+1 >= c.to || !t.numbers(i, c.to) || !t.ws[i+1].upper {
		return -1
	}
	if w := &t.ws[i]; w.is(people) && strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss") && !w.is(owndoing) {
		return i
	}
	return -1
}

// keeps gives whom a clause says one keeps or does not lose, or -1: "retain 90 % of our clients", "keinen Kunden verlieren".
func (t *text) keeps(c *clause) int {
	last := c.to - 1
	for last > c.from && (t.ws[last].sign || t.ws[last].time) {
		last--
	}
	switch {
	case t.lang == german && t.wordWithin(last, last+1, "halten", "behalten", "verlieren", "binden"):
	case t.lang == english && c.head >= 0 && t.wordWithin(c.head, c.head+1, "keep", "retain", "lose", "keeping", "losing", "retaining"):
	default:
		return -1
	}
	for _, r := range t.runs(c) {
		if r.prep >= 0 && t.lang == english && !t.wordWithin(r.prep, r.prep+1, "of") {
			break
		}
		if t.ends(r, findable, counted) && t.ends(r, people, findable) && (r.prep < 0 || !t.ws[r.prep].is(prep) || t.wordWithin(r.prep, r.prep+1, "of", "von") || t.lang == german && r.head == last-1) {
			if t.lang == english && r.head+1 < c.to && !t.ws[r.head+1].time && !t.ws[r.head+1].is(prep, when, event) && !t.ws[r.head+1].sign {
				continue
			}
			return r.head
		}
	}
	return -1
}

// prizes tells whether a clause says that one takes or brings home what others award.
func (t *text) prizes(c *clause) bool {
	if c.head < 0 || !t.ws[c.head].listed(prizeverbs) {
		return false
	}
	for i := c.from; i < c.to; i++ {
		f := t.ws[i].fold
		if endsListed(prizes, f) || (strings.HasSuffix(f, "cup") || strings.HasSuffix(f, "title")) && t.wordWithin(max(i-1, 0), i, "the", "first") {
			return true
		}
		if f == "preis" && t.wordWithin(max(i-1, 0), i, "ersten", "zweiten", "dritten", "einen") {
			return true
		}
	}
	return false
}

// chosen gives the verb by which one is let through a choice that others make, or -1: "pass the audition", "das Vorspiel
// bestehen", "mich für die Landesmeisterschaft qualifizieren".
func (t *text) chosenIn(c *clause) int {
	if c.head < 0 {
		return -1
	}
	f := t.ws[c.head].fold
	if strings.HasPrefix(f, "qualif") {
		for _, r := range t.runs(c) {
			if r.prep >= 0 && t.wordWithin(r.prep, r.prep+1, "for", "fuer", "fuers") && t.ends(r, contest, others, event) {
				return c.head
			}
		}
		return -1
	}
	if !t.ws[c.head].listed(choiceverbs) {
		return -1
	}
	for i := c.from; i < c.to; i++ {
		if i != c.head && endsListed(choices, t.ws[i].fold) {
			return i
		}
	}
	return -1
}

// thingWins gives the verb of a thing of one's own that only others let win, or -1: "unsere Liste holt 12 %", "our video
// ranks first", "mein Roman wird in einer Zeitung besprochen".
func (t *text) thingWins(c *clause) int {
	from := t.pastWish(c)
	for from < c.to && (t.ws[from].time || t.ws[from].sign) {
		from++
	}
	if from >= c.to || !t.wordWithin(from, from+1, "my", "our", "the", "mein", "meine", "unser", "unsere", "der", "die", "das") {
		return -1
	}
	for i := from + 2; i < min(from+6, c.to); i++ {
		switch f := t.ws[i].fold; f {
		case "wins", "ranks", "places", "lands", "charts", "airs", "beats", "tops", "qualifies", "trends", "outsells", "goes":
			if t.lang == english && (f != "goes" || t.wordWithin(i+1, i+2, "viral", "through", "public")) && (f != "lands" && f != "places" || t.hasWord(c, "in", "on", "first", "second", "third")) {
				return i
			}
		case "gets", "is", "are", "get":
			if t.lang == english && i+1 < c.to && t.received(i+1) {
				return i + 1
			}
		case "holt", "gewinnt", "erringt", "schlaegt", "landet", "taucht", "klettert", "siegt", "ueberzeugt", "punktet", "trendet", "knackt", "verkauft":
			if t.lang == german && (f != "verkauft" || t.hasWord(c, "sich")) {
				return i
			}
		case "steigt", "zieht", "setzt", "kommt", "schafft", "bekommt", "erhaelt", "geht", "kriegt":
			if t.lang == german && (t.ws[c.to-1].fold == "auf" && f == "steigt" || t.ws[c.to-1].fold == "ein" && f == "zieht" || t.ws[c.to-1].fold == "durch" && f != "bekommt" || f[0] != 's' && f[0] != 'z' && f[0] != 'g' && t.has(i, c.to, others, contest, byothers, counted)) {
				return i
			}
		case "wird", "werden":
			for j := i + 1; j < c.to && t.lang == german; j++ {
				if t.received(j) {
					return j
				}
			}
		}
	}
	return -1
}

// received tells whether word i is a participle of what an audience or a house does with a work.
func (t *text) received(i int) bool {
	if t.ws[i].is(byothers) && t.ws[i].spans[byothers] == 1 {
		return true
	}
	return t.ws[i].listed(received)
}

// seesDone gives the participle of what others do with something of one's own in an English clause, or -1: "see my novel
// reviewed in a newspaper", "have our street closed to traffic".
func (t *text) seesDone(c *clause) int {
	at := c.head
	if at < 0 {
		at = t.skipIntro(c)
	}
	if t.lang != english || at+2 >= c.to || !t.wordWithin(at, at+1, "see", "have", "get", "want", "seeing", "having", "getting") || !t.wordWithin(at+1, at+2, "my", "our", "the") {
		return -1
	}
	for i := at + 3; i < min(at+7, c.to); i++ {
		if t.ws[i-1].is(prep, det) || t.ws[i].is(det) {
			continue
		}
		if t.received(i) {
			return i
		}
		if t.ws[i].listed(decided) && t.public(at+1, i) {
			return i
		}
	}
	return -1
}

// public tells whether something that a town or a state decides about stands within from to.
func (t *text) public(from, to int) bool {
	return slices.ContainsFunc(t.ws[from:to], func(w word) bool { return w.listed(public) })
}

// lettingOut tells whether an English clause says that a room or a house is let to somebody.
func (t *text) lettingOut(c *clause) bool {
	from := t.skipIntro(c)
	if t.lang != english || !t.wordWithin(from, from+1, "let", "letting", "sublet") || from+2 >= c.to {
		return false
	}
	for i := from + 1; i < min(from+6, c.to); i++ {
		if t.ws[i].listed(lettable) {
			return true
		}
	}
	return false
}

// byPhrase tells whether a phrase of several words says that others decide.
func (t *text) byPhrase(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if t.ws[i].spans[byothers] > 1 {
			return true
		}
	}
	return false
}

// phraseOfOthers tells whether a run is a phrase of several words of what others decide: "invitation to".
func (t *text) phraseOfOthers(r run) bool {
	for i := max(r.from, 0); i <= r.head; i++ {
		if n := int(t.ws[i].spans[others]); n > 1 && i+n > r.head {
			return true
		}
	}
	return false
}
