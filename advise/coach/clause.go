package coach

import (
	"slices"
	"strings"

	"tandem/advise/reader"
)

// A clause is a stretch of words with at most one head verb.
type clause struct {
	from, to int
	join     class // what joins it to what comes before: noClass, and, means, purpose, proof
	head     int   // the head verb, -1 for none
	after    int   // the first word behind the head verb
	kind     Kind
	is       facts
}

// facts are what the kind of a clause was told by.
type facts struct {
	vague  bool // without an end
	stop   bool // what not to do
	yesno  bool // an end that is a yes or no
	asked  bool // a question
	bare   bool // no verb
	weak   bool // nothing known spoke for the kind
	paired bool // two things joined by and in one clause
}

// A text is one text with its words and clauses.
type text struct {
	raw     string
	ws      []word
	lang    lang
	sure    bool // of the language
	clauses []clause
	child   bool
	read    *reader.Reading
}

// newText cuts a reading's text into words and clauses.
func newText(r *reader.Reading, child bool) *text {
	t := &text{raw: r.Text, ws: scan(r.Text), child: child, read: r}
	t.lang, t.sure = mark(t.ws)
	k := 0
	for _, s := range r.Spans {
		for k < len(t.ws) && t.ws[k].end <= s.Start {
			k++
		}
		for j := k; j < len(t.ws) && t.ws[j].start < s.End; j++ {
			switch s.Kind {
			case reader.KindDeadline, reader.KindPeriod, reader.KindRepeats:
				t.ws[j].time = !strings.Contains(r.Text[s.Start:s.End], "%") // "by 40 % before launch" is no day
			case reader.KindRate, reader.KindRhythm: // "20 new words" is a rhythm too, with "a week"
				t.ws[j].time = !strings.ContainsAny(r.Text[s.Start:s.End], "0123456789")
			case reader.KindNumber, reader.KindFrom, reader.KindSoFar, reader.KindTarget, reader.KindStretch, reader.KindChange, reader.KindBounds, reader.KindCollection:
				first := t.ws[j].start == s.Start && !t.ws[j].sign && !wordOne(r.Text[s.Start:s.End]) && !strings.ContainsAny(r.Text[s.Start:s.End], "0123456789")
				t.ws[j].number = t.ws[j].number || t.ws[j].digits || first && !t.ws[j].is(change, amount)
			}
		}
	}
	for i := range t.ws {
		if i > 0 && len(t.ws[i].fold) == 1 && t.ws[i].upper && t.ws[i].fold <= "f" && t.wordWithin(i-1, i, "a", "an", "straight", "grade") {
			t.ws[i].number = true // a mark: "an A in physics"
		}
		t.ws[i].number = t.ws[i].number || t.ws[i].digits && !t.ws[i].time
	}
	t.split()
	for i := range t.clauses {
		t.findHead(&t.clauses[i])
	}
	t.join()
	return t
}

// has tells whether a word of one of the classes begins within from to.
func (t *text) has(from, to int, cs ...class) bool {
	for i := max(from, 0); i < to && i < len(t.ws); i++ {
		if t.ws[i].is(cs...) {
			return true
		}
	}
	return false
}

// index gives the first word of a class in from to, or -1.
func (t *text) index(from, to int, cs ...class) int {
	for i := max(from, 0); i < to && i < len(t.ws); i++ {
		if t.ws[i].is(cs...) {
			return i
		}
	}
	return -1
}

// numbers tells whether an amount stands in from to.
func (t *text) numbers(from, to int) bool {
	for i := max(from, 0); i < to && i < len(t.ws); i++ {
		if t.ws[i].number && !t.ws[i].sign {
			return true
		}
	}
	return false
}

// mostClauses is how many clauses a text is cut into; what comes behind is one. No goal has a tenth of them.
const mostClauses = 40

// split cuts the words into clauses at marks and joining words.
func (t *text) split() {
	from, join := 0, noClass
	cut := func(i, n int, next class) {
		if i > from {
			t.clauses = append(t.clauses, clause{from: from, to: i, join: join})
		}
		if i > from || next != noClass {
			join = next
		}
		from = i + n
	}
	for i := 0; i < len(t.ws); i++ {
		w := &t.ws[i]
		if w.time || w.number || len(t.clauses) >= mostClauses {
			continue
		}
		switch {
		case w.is(proof):
			n := int(w.spans[proof])
			cut(i, n, proof)
			i += n - 1
		case w.is(purpose) && i > 0 && t.mayCut(i, int(w.spans[purpose])):
			n := int(w.spans[purpose])
			cut(i, n, purpose)
			i += n - 1
		case w.is(and):
			n := int(w.spans[and])
			cut(i, n, and)
			i += n - 1
		case w.sign && strings.ContainsAny(w.fold, ",;:.!?()–—\n"):
			next := and
			if join != noClass && join != and && i == from {
				next = join
			}
			cut(i, 1, next)
		case t.lang == english && w.is(means) && !w.is(byothers) && i > 0 && !(i == from+1 && t.ws[from].is(learn, vague)) && t.meansActivity(i):
			cut(i, 1, means)
		case w.fold == "indem":
			cut(i, 1, means)
		case t.lang == german && t.relative(i):
			cut(i, 1, purpose)
		}
	}
	cut(len(t.ws), 0, noClass)
}

// mayCut tells whether a joining word for a purpose really joins: "which" and "who" need a clause behind
// them, German "um" must not stand before a number.
func (t *text) mayCut(i, n int) bool {
	if i+n >= len(t.ws) {
		return false
	}
	switch t.ws[i].fold {
	case "which", "who", "where", "that", "wo", "wenn":
		if t.ws[i-1].is(learn, show) || t.ws[i-1].fold == "out" {
			return false
		}
	}
	return t.lang != german || t.ws[i].fold != "um" || !t.ws[i+n].number && !t.ws[i+n].time && t.withZu(i+n)
}

// withZu tells whether an infinitive with "zu" stands behind word i: "um ein Viertel senken" has none.
func (t *text) withZu(i int) bool {
	for j := i; j < len(t.ws) && j < i+20; j++ {
		if t.ws[j].fold == "zu" {
			return true
		}
		for _, p := range separablePrefixes {
			if !t.ws[j].upper && strings.HasPrefix(t.ws[j].fold, p+"zu") && t.infinitive(j) {
				return true
			}
		}
	}
	return false
}

// meansActivity tells whether by, with, through leads to something done: an -ing form or an activity.
func (t *text) meansActivity(i int) bool {
	for j := i + 1; j < min(i+5, len(t.ws)); j++ {
		if t.ws[i].fold == "by" && (t.ws[j].number || t.ws[j].time) {
			return false
		}
		if strings.HasSuffix(t.ws[j].fold, "ing") && len(t.ws[j].fold) > 5 || t.ws[j].is(activity, evidence) {
			return true
		}
	}
	return false
}

// join makes one clause of what only the joining word had cut: "costs and errors", "read and write", and
// leading times: "By June, run 5 km".
func (t *text) join() {
	out := t.clauses[:0]
	for _, c := range t.clauses {
		n := len(out)
		switch {
		case n == 0:
			out = append(out, c)
		case n == 1 && t.ws[c.from-1].fold == ":" && out[0].head < 0 && !t.numbers(out[0].from, out[0].to):
			c.join = noClass
			out[0] = c // a label before a colon
		case out[n-1].head < 0 && t.onlyTime(out[n-1].from, out[n-1].to):
			c.join = out[n-1].join
			c.from = out[n-1].from
			out[n-1] = c
			t.findHead(&out[n-1])
		case t.lang == german && c.join == and && t.complement(&c) && out[n-1].head >= 0:
			out[n-1].to = c.to
		case t.lang == german && c.join == and && out[n-1].head < 0 && c.head >= 0 && out[n-1].join != proof && !t.numbers(out[n-1].from, out[n-1].to):
			c.from, c.join = out[n-1].from, out[n-1].join
			out[n-1] = c
			t.findHead(&out[n-1])
			out[n-1].is.paired = true
		case c.join == and && !t.ownClause(&c):
			out[n-1].is.paired = out[n-1].is.paired || !t.onlyTime(c.from, c.to)
			if out[n-1].head < 0 || t.lang == german && c.head >= 0 && !t.germanVerbFirst(&c) && !t.numbers(c.from, c.to) && !t.numbers(out[n-1].from, out[n-1].to) {
				out[n-1].to = c.to
				t.findHead(&out[n-1])
			} else {
				out[n-1].to = c.to
			}
		default:
			out = append(out, c)
		}
	}
	t.clauses = out
	t.dropPreamble()
	t.dropWish()
}

// dropPreamble leaves out what only tells how it is: "I keep losing arguments, I want to find out …".
func (t *text) dropPreamble() {
	for i := len(t.clauses) - 1; i > 0; i-- {
		c := &t.clauses[i]
		if t.ws[c.from].spans[intro] < 2 || c.join != and {
			continue
		}
		if f := t.ws[t.clauses[0].from]; f.spans[intro] < 2 && (f.fold == "i" || f.fold == "ich" || f.fold == "my" || f.fold == "mein" || f.fold == "meine" || f.fold == "we" || f.fold == "wir") {
			t.clauses = t.clauses[i:]
			t.clauses[0].join = noClass
			return
		}
	}
}

// ownClause tells whether a clause behind "and" stands on its own: it has a verb of its own, or an amount
// with something counted.
func (t *text) ownClause(c *clause) bool {
	if c.head >= 0 {
		w := &t.ws[c.head]
		if c.from > 0 && strings.HasPrefix(t.ws[c.from-1].fold, "whil") {
			return true
		}
		if t.lang == english && (strings.HasSuffix(w.fold, "ing") || strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss")) {
			return false
		}
		return !t.onlyTime(c.from, c.to)
	}
	return t.numbers(c.from, c.to) && !t.has(c.from, c.to, activity) && c.to-c.from > 1
}

// onlyTime tells whether nothing but times, their prepositions and intros stands in from to.
func (t *text) onlyTime(from, to int) bool {
	for i := from; i < to; {
		w := &t.ws[i]
		switch {
		case w.time || w.sign || w.is(prep, det, when, event, rhythm):
			i += max(1, int(max(w.spans[rhythm], w.spans[when])))
		case w.is(intro):
			i += int(w.spans[intro])
		default:
			return false
		}
	}
	return true
}

// verbs are the classes of head verbs.
var verbs = []class{learn, practise, act, end, reach, change, vague, live, stop, be, othersverb, show}

// findHead finds the head verb of a clause.
func (t *text) findHead(c *clause) {
	c.head, c.after = -1, c.from
	start := t.skipIntro(c)
	if t.lang == german {
		t.germanHead(c, start)
		return
	}
	for i := start; i < c.to; i++ {
		w := &t.ws[i]
		switch {
		case w.time || w.sign:
			continue
		case w.fold == "to" || w.fold == "i" || w.fold == "we" || w.fold == "then" || strings.HasSuffix(w.fold, "ly") && !w.is(verbs...) && !w.is(rhythm):
			continue
		case w.is(rhythm, when) && !w.is(verbs...):
			i += int(max(w.spans[rhythm], w.spans[when])) - 1
			continue
		case w.is(prep) && i == start && t.leadingPhrase(i, c.to) > 0 && !w.is(stop):
			i = t.leadingPhrase(i, c.to) - 1
			continue
		case w.is(absolute) && !w.is(verbs...) && i+int(w.spans[absolute]) < c.to:
			i += int(w.spans[absolute]) - 1
		case w.number:
			return
		case int(w.spans[others]) > t.verbLenOr0(i) && w.spans[othersverb] == 0:
			return // "open rate of 35 %"
		case w.is(verbs...):
			c.head, c.after = i, i+t.verbLen(i)
			t.particle(c)
			return
		default:
			return
		}
	}
}

// leadingPhrase gives the end of a leading phrase that begins with a preposition and ends in a time or a
// comma: "At the meet in May win"; 0 if it does not end so.
func (t *text) leadingPhrase(i, to int) int {
	for j := i + 1; j < min(i+7, to); j++ {
		if t.ws[j].time {
			for j < to && t.ws[j].time {
				j++
			}
			return j
		}
		if t.ws[j].is(event) {
			return j + 1
		}
	}
	return 0
}

// verbLen gives the number of words of the head verb at i: the longest of its classes.
func (t *text) verbLen(i int) int {
	n := uint8(1)
	for _, c := range verbs {
		n = max(n, t.ws[i].spans[c])
	}
	return int(n)
}

// skipIntro passes over "I want to", "My goal is to", also several of them.
func (t *text) skipIntro(c *clause) int {
	i := c.from
	for i < c.to {
		w := &t.ws[i]
		switch {
		case w.is(question) && i == c.from && (w.spans[question] > 1 || i == 0 && !w.is(learn)):
			c.is.asked = true
			i += int(w.spans[question])
		case w.is(intro) && int(w.spans[intro]) >= t.verbLenOr0(i):
			i += int(w.spans[intro])
		case w.sign:
			i++
		case w.time && i == c.from:
			for i < c.to && t.ws[i].time {
				i++
			}
		default:
			return i
		}
	}
	return i
}

func (t *text) verbLenOr0(i int) int {
	if !t.ws[i].is(verbs...) {
		return 0
	}
	return t.verbLen(i)
}

// wordOne tells whether a number is the word one or a German article, which counts nothing by itself.
func wordOne(s string) bool {
	w, _, _ := strings.Cut(strings.ToLower(s), " ")
	return slices.Contains([]string{"one", "a", "an", "ein", "eine", "einen", "einem", "einer", "eins"}, w)
}

// particle takes an English verb with its particle behind the object as one of change: "bring errors down to 3".
func (t *text) particle(c *clause) {
	w := &t.ws[c.head]
	if w.spans[change] > 1 || !w.is(act, reach, be, change, vague, doing) || c.after-c.head > 1 {
		return
	}
	for i := c.after; i < c.to; i++ {
		if f := t.ws[i].fold; f != "down" && f != "up" {
			continue
		}
		if i+1 == c.to || t.ws[i+1].number || t.ws[i+1].time || t.wordWithin(i+1, i+2, "to", "from", "by", "below", "under", "above", "over") {
			w.spans[act], w.spans[vague], w.spans[be] = 0, 0, 0
			w.spans[change] = 1
		}
		return
	}
}
