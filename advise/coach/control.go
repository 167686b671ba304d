package coach

import "strings"

// others gives the places of a result that other people decide on: the verb ("win", "be promoted"), the noun
// ("subscribers"), the participle ("accepted"), or the person whose doing is the result ("get my son to …").
func (t *text) others(p part) (marks []Mark) {
	for i := range p.clauses {
		c := &p.clauses[i]
		if c.kind != Performance && !(i == 0 && c.kind == Vague && c.head < 0) || c.join == means || c.join == proof {
			continue
		}
		if who := t.othersDoing(c); who >= 0 {
			marks = append(marks, Mark{t.ws[who].start, t.ws[who].end})
		}
		if c.is.stop {
			continue
		}
		own := t.ownDoing(c)
		if c.head >= 0 && !own {
			marks = append(marks, t.decidingVerb(c)...)
		}
		if c.head < 0 || !t.ws[c.head].is(act) || t.ws[c.head].is(reach, end, othersverb, change, obtain) || t.has(c.from, c.to, byothers) || t.moves(c) {
			marks = append(marks, t.participles(c)...)
			if !own {
				marks = append(marks, t.decidedNouns(c)...)
			}
		}
	}
	return merged(marks)
}

// decidingVerb marks the head verb where its result is decided by others.
func (t *text) decidingVerb(c *clause) (marks []Mark) {
	w := &t.ws[c.head]
	if n := int(w.spans[othersverb]); n > 0 && t.decidedByOthers(c) {
		marks = append(marks, Mark{w.start, t.ws[c.head+n-1].end})
	}
	for i := c.head + 1; i < c.after && len(marks) == 0; i++ {
		if t.ws[i].spans[othersverb] == 1 && w.is(vague) {
			marks = append(marks, Mark{t.ws[i].start, t.ws[i].end}) // "25 % mehr verdienen"
		}
	}
	if strings.HasPrefix(w.fold, "sell") && t.numbers(c.from, c.to) && len(marks) == 0 {
		marks = append(marks, Mark{w.start, w.end})
	}
	if f := w.fold; strings.HasPrefix(f, "rais") || strings.HasPrefix(f, "collect") || strings.HasPrefix(f, "gather") || strings.Contains(f, "sammel") {
		amount := strings.HasPrefix(f, "rais") && c.after+1 < c.to && (t.ws[c.after].number || t.ws[c.after].sign) && t.hasWord(c, "for", "towards", "toward")
		if amount || t.money(c) || t.numbers(c.from, c.to) && t.has(c.from, c.to, cause) {
			marks = append(marks, Mark{w.start, w.end})
		}
	}
	return marks
}

// participles marks what others do with something: accepted, elected, "on the shortlist".
func (t *text) participles(c *clause) (marks []Mark) {
	for i := c.from; i < c.to; i++ {
		if t.lettingOut(c) && i == c.from {
			marks = append(marks, Mark{t.ws[i].start, t.ws[i].end})
		}
		if n := int(t.ws[i].spans[byothers]); n > 0 {
			marks = append(marks, Mark{t.ws[i].start, t.ws[i+n-1].end})
		}
	}
	if i := t.passive(c); i >= 0 {
		marks = append(marks, Mark{t.ws[i].start, t.ws[i].end})
	}
	if i := t.byAgent(c); i >= 0 {
		marks = append(marks, Mark{t.ws[i].start, t.ws[i].end})
	}
	found := [...]int{t.receivedParticiple(c), -1, -1, -1}
	if t.lang == german {
		found[1], found[2], found[3] = t.togetherAgain(c), t.inHouse(c), t.goesThrough(c)
	} else if len(marks) == 0 {
		found[1] = t.doneTo(c)
	}
	for _, i := range found {
		if i >= 0 {
			marks = append(marks, Mark{t.ws[i].start, t.ws[i].end})
		}
	}
	return marks
}

// passive gives the participle of what is done to the speaker, or -1: "angestellt werden", "be headhunted by". A
// state is no such thing ("organised"), nor what must be done to a thing.
func (t *text) passive(c *clause) int {
	if t.lang != german {
		if c.head < 0 || !t.wordWithin(c.head, c.head+1, "be", "get", "getting", "being") || c.head+2 >= c.to {
			return -1
		}
		w := &t.ws[c.head+1]
		if strings.HasSuffix(w.fold, "ed") && !w.is(vagueadj, trait, yesno, role, thing, learn) && t.wordWithin(c.head+2, c.head+3, "by", "as", "into", "onto", "to") {
			return c.head + 1
		}
		return -1
	}
	last := c.to - 1
	for last > c.from && (t.ws[last].sign || t.ws[last].time) {
		last--
	}
	if last <= c.from || t.ws[last].fold != "werden" || t.ws[last-1].upper || !participle(t.ws[last-1].fold) || t.ws[last-1].is(vagueadj, trait, learn) || t.hasWord(c, "soll", "sollen", "muss", "muessen", "ich") {
		return -1
	}
	for _, r := range t.runs(c) {
		if r.prep < 0 && !t.ends(r, role, rank, people, person) && r.head != last-1 {
			return -1
		}
	}
	switch t.ws[last-1].fold {
	case "organisiert", "strukturiert", "engagiert", "vernetzt", "verheiratet", "geschieden", "bekannt", "erfahren", "vertraut", "gewohnt", "erwachsen", "zertifiziert", "entspannt", "ausgeglichen", "begeistert", "beruehmt", "beliebt", "gesund", "verliebt":
		return -1
	}
	return last - 1
}

// byAgent gives who does something to what a clause is about, or -1: "extended by the owner"; a German "dürfen"
// says as much: others allow it.
func (t *text) byAgent(c *clause) int {
	for i := c.from + 1; i < c.to; i++ {
		f, before := t.ws[i].fold, t.ws[i-1].fold
		if t.lang == german {
			if (f == "duerfen" || f == "darf") && !t.wordWithin(c.from, c.to, "nicht", "kein", "keine", "keinen") {
				return i
			}
			continue
		}
		if f != "by" || t.ws[i].time || len(before) < 4 || !strings.HasSuffix(before, "ed") && !strings.HasSuffix(before, "en") && !strings.HasSuffix(before, "wn") && !strings.HasSuffix(before, "ght") {
			continue
		}
		for j := i + 1; j < min(i+4, c.to); j++ {
			if t.ws[j].is(people) && t.names(j) {
				return j
			}
			if !t.ws[j].is(det, vagueadj) {
				break
			}
		}
	}
	return -1
}

// receivedParticiple gives the participle of a German "bekommen" that others do for one: "den Antrag bewilligt
// bekommen", or -1. What one gets done oneself is no such thing: "geregelt bekommen".
func (t *text) receivedParticiple(c *clause) int {
	if t.lang != german {
		return -1
	}
	for i := max(c.from+1, 1); i < c.to; i++ {
		switch t.ws[i].fold {
		case "bekommen", "bekomme", "bekommt", "kriegen", "kriege", "erhalten":
		default:
			continue
		}
		f := t.ws[i-1].fold
		if t.ws[i-1].upper || !participle(f) {
			continue
		}
		switch f {
		case "geregelt", "gebacken", "geloest", "geordnet", "repariert", "erledigt", "aufgeraeumt", "geschafft", "abgeschlossen", "fertiggestellt", "organisiert", "sortiert", "gestemmt", "gebaut", "umgesetzt", "bezahlt", "abbezahlt":
			return -1
		}
		return i - 1
	}
	return -1
}

// participle tells whether a folded German word looks like a participle of the past.
func participle(f string) bool {
	if len(f) < 6 || !strings.HasSuffix(f, "t") && !strings.HasSuffix(f, "en") {
		return false
	}
	if strings.HasSuffix(f, "iert") {
		return true
	}
	for _, p := range [...]string{"ge", "ver", "be", "er", "ent", "zer", "ange", "abge", "aufge", "ausge", "einge", "zuge", "mitge", "vorge", "nachge", "durchge", "uebernommen"} {
		if strings.HasPrefix(f, p) {
			return true
		}
	}
	return false
}

// decidedNouns marks the nouns of what others decide that a clause is about.
func (t *text) decidedNouns(c *clause) (marks []Mark) {
	rs := t.runs(c)
	obj, has := t.object(rs)
	if c.head >= 0 && (t.ws[c.head].is(be) && !t.ws[c.head].is(reach, change, obtain) || t.rises(c)) && t.anyEnds(rs, rank) {
		r := rs[len(rs)-1]
		for _, each := range rs {
			if t.ends(each, rank) {
				r = each
			}
		}
		return []Mark{{t.ws[max(r.from, 0)].start, t.ws[r.head].end}}
	}
	if c.head >= 0 && t.ws[c.head].is(be) && !t.ws[c.head].is(reach, change, obtain, byothers) && !t.anyEnds(rs, counted) {
		return nil
	}
	for i, r := range rs {
		near := i == 0 || has && r == obj || r.prep < 0 && t.lang == german || r.prep >= 0 && (t.leadsOn(r) || t.wordWithin(r.prep, r.prep+1, "on", "onto") && c.head >= 0 && t.wordWithin(c.head, c.head+1, "get", "have", "land", "appear", "feature", "put"))
		if !near || t.lang == german && r.prep < 0 && i+1 < len(rs) && rs[i+1].prep < 0 && t.wordWithin(r.from, r.from+1, "meiner", "meinem", "dem", "jedem", "unserem", "einem", "unserer") {
			continue // to whom it is done: "meiner Partnerin den Rücken massieren"
		}
		switch {
		case t.ends(r, others) && !t.ownMatter(c, r):
			marks = append(marks, Mark{t.ws[t.phraseStart(r)].start, t.ws[r.head].end})
		case c.head >= 0 && i < 2 && (r.prep < 0 || t.lang == german && r.prep >= 0 && !t.ws[r.prep].is(prep)) && t.obtains(c) && (t.ends(r, findable) || t.seeks(c) && (t.ends(r, role) || t.ws[r.head].unknown() && agent(t.ws[r.head].fold) && t.lang == english)), t.countsPeople(c, r):
			marks = append(marks, Mark{t.ws[r.head].start, t.ws[r.head].end})
		case c.head < 0 && i == 0 && r.prep < 0 && t.ends(r, findable) && t.wordWithin(max(r.from, 0), r.head, "new", "neuen", "neue", "neuer", "another", "weiteren", "weitere", "a", "an", "ein", "eine", "einen") && (t.timed(c) || !t.wordWithin(max(r.from, 0), r.head, "a", "an", "ein", "eine", "einen")):
			marks = append(marks, Mark{t.ws[r.head].start, t.ws[r.head].end})
		case t.theirs(c, rs, i), r.prep >= 0 && t.ws[r.prep].fold == "into" && i > 0 && t.ends(r, people) && t.obtains(c):
			marks = append(marks, Mark{t.ws[max(r.from, 0)].start, t.ws[r.head].end})
		}
	}
	return marks
}

// obtains tells whether the head is a verb of getting; "have" and "haben" ask for an amount.
func (t *text) obtains(c *clause) bool {
	w := &t.ws[c.head]
	return w.is(obtain) && (!strings.HasPrefix(w.fold, "hab") || t.numbers(c.from, c.to)) || t.wordWithin(c.head, c.head+1, "have") && t.numbers(c.from, c.to)
}

// seeks tells whether the head verb says that somebody is looked for and found.
func (t *text) seeks(c *clause) bool {
	switch t.ws[c.head].fold {
	case "find", "recruit", "hire", "enlist", "appoint", "finden", "einstellen", "anwerben", "verpflichten", "auftreiben":
		return true
	}
	return false
}

// rises tells whether a verb says that somebody moves up: "move up to", "aufsteigen", "zum Leiter werden".
func (t *text) rises(c *clause) bool {
	switch t.ws[c.head].fold {
	case "move", "rise", "step", "go", "get", "work", "climb", "be", "become", "make", "aufsteigen", "hocharbeiten", "hochkommen", "steigen", "aufruecken", "nachruecken", "werden", "schaffen", "bringen", "kommen", "wechseln":
		for i := c.from; i < c.to; i++ {
			switch t.ws[i].fold {
			case "to", "into", "als", "as", "zu", "zur", "zum", "bis":
				return t.has(i, min(i+5, c.to), rank)
			}
		}
	}
	return false
}

// countsPeople tells whether a number of people is what a group, a list or a place is to come to: "grow our
// choir to 40 singers", "12 women in the running group".
func (t *text) countsPeople(c *clause, r run) bool {
	if !t.ends(r, findable, people) || !t.numbers(max(r.from, 0), r.head) {
		return false
	}
	if c.head >= 0 {
		if r.prep >= 0 && t.ws[r.prep].is(prep) {
			return t.ws[c.head].is(change) || t.wordWithin(r.prep, r.prep+1, "to", "auf", "from", "past", "over", "above", "ueber")
		}
		return t.ws[c.head].is(change, obtain) && !t.ws[c.head].is(act) || t.wordWithin(c.head, c.head+1, "have", "haben")
	}
	return r.prep < 0 && t.timed(c)
}

// theirs tells whether run i names a measure of somebody else: "my pupils' average", "Noten meiner Tochter".
func (t *text) theirs(c *clause, rs []run, i int) bool {
	r := rs[i]
	if c.head < 0 || !t.ws[c.head].is(change, reach, obtain, end, othersverb) || t.compares(c) {
		return false
	}
	for k := max(r.from, 0); k < r.head; k++ {
		w := &t.ws[k]
		if w.is(people) && (strings.HasSuffix(w.fold, "'s") || k+1 < len(t.ws) && (t.ws[k+1].fold == "'" || t.ws[k+1].fold == "’")) && t.ends(r, metric, evidence, badhabit) {
			return !t.wordWithin(k-1, k, "our")
		}
		if t.lang == german && k+1 == r.head && strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss") && (w.is(people) && t.numbers(c.from, c.to) || w.is(people) && t.ends(r, metric, evidence)) {
			return true // "Mamas Blutdruck"
		}
	}
	if t.lang != german || i+1 >= len(rs) || !t.ends(r, metric, evidence) {
		return false
	}
	next := rs[i+1]
	return t.ends(next, people) && next.prep >= 0 && t.wordWithin(next.prep, next.prep+1, "meiner", "meines", "der", "des", "von", "vom")
}

// leadsOn tells whether the words behind a preposition still say what the result is; behind to, over, past only
// an amount does.
func (t *text) leadsOn(r run) bool {
	switch t.ws[r.prep].fold {
	case "an":
		return !t.ends(r, people) || t.numbers(max(r.from, 0), r.head) // letters to somebody are one's own
	case "of", "in", "into", "by", "as", "ins", "in die", "von", "auf", "im", "um", "als", "ans", "zum", "zur":
		return true
	case "to", "from", "over", "past", "above", "beyond", "zu", "ueber", "with", "mit", "at", "on":
		return t.numbers(max(r.from, 0), r.head) && r.from <= r.head
	}
	return false
}

// decidedByOthers leaves out the verbs that have another sense: "win time", "sell my bike", "sign the form".
func (t *text) decidedByOthers(c *clause) bool {
	if t.ws[c.head].spans[othersverb] > 1 {
		return true
	}
	if t.ws[c.head].spans[act] > t.ws[c.head].spans[othersverb] {
		return false
	}
	f, rs := t.ws[c.head].fold, t.runs(c)
	switch {
	case strings.HasPrefix(f, "earn") && len(rs) > 0 && t.wordWithin(rs[0].head, rs[0].head+1, "badge", "badges", "certificate", "licence", "license", "degree", "diploma", "qualification", "belt", "credits", "points"):
		return false // what one's own doing earns
	case strings.HasPrefix(f, "plac") && !t.has(c.from, c.to, contest, rank, compare):
		return false // "place 10 nesting boxes"
	}
	return !t.has(c.from, c.to, ladder)
}

// ownDoing tells whether the head verb is something one does oneself, whoever it is done with: call, write,
// visit, apply. A verb that is longer in another list says something else: "sign up 6 companies".
func (t *text) ownDoing(c *clause) bool {
	if c.head < 0 {
		at := t.skipIntro(c)
		if t.lang == german {
			at = c.to - 1
		}
		return at < c.to && !t.ws[at].upper && t.ws[at].is(owndoing) && !t.ws[at].is(others, obtain, othersverb)
	}
	w := &t.ws[c.head]
	if w.is(change) && t.numbers(c.from, c.to) && t.anyEnds(t.runs(c), counted) || t.prizes(c) || t.seesDone(c) >= 0 {
		return false // "cut complaints from 12 to 4", "take first prize"
	}
	n := w.spans[owndoing]
	if c.head > c.from && t.ws[c.head-1].spans[owndoing] > 1 {
		return true // "aktuell halten"
	}
	return n > 0 && n >= max(w.spans[othersverb], w.spans[obtain]) && !(w.is(othersverb, obtain) && n <= 1)
}

// ownMatter leaves out what only sounds like others: a number of one's own, time of customers.
func (t *text) ownMatter(c *clause, r run) bool {
	if t.ends(r, metric, skill) && !t.ends(r, counted) {
		for i := max(r.from, 0); i < r.head; i++ {
			if n := int(t.ws[i].spans[others]); n > 1 && i+n > r.head {
				return false // "no-show rate"
			}
			if n := int(t.ws[i].spans[others]); n > 0 && i+n <= r.head || t.ws[i].is(counted) {
				return t.ends(r, metric)
			}
		}
	}
	return c.head >= 0 && t.wordWithin(c.head, c.head+1, "make") && !t.ends(r, counted) && t.wordWithin(r.head, r.head+1, "call", "calls")
}

// phraseStart gives the first word of the phrase of others that ends at a run's head.
func (t *text) phraseStart(r run) int {
	for i := max(r.from, 0); i < r.head; i++ {
		if n := int(t.ws[i].spans[others]); n > 1 && i+n-1 >= r.head {
			return i
		}
	}
	return r.head
}

// merged leaves out marks within others; they come in the order of the text but for a verb behind its object.
func merged(marks []Mark) (out []Mark) {
	for _, m := range marks {
		at := len(out)
		for at > 0 && out[at-1].Start > m.Start {
			at--
		}
		if at > 0 && out[at-1].End >= m.End || at < len(out) && out[at].Start < m.End {
			continue
		}
		out = append(out, Mark{})
		copy(out[at+1:], out[at:])
		out[at] = m
	}
	return out
}

// money tells whether a clause is about an amount of money, or says that it is for a good cause.
func (t *text) money(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		switch f := t.ws[i].fold; f {
		case "$", "€", "£", "euro", "euros", "dollars", "pounds", "eur", "usd", "gbp", "chf", "franken", "charity", "donations", "spenden":
			return true
		}
	}
	return false
}
