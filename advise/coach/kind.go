package coach

import "strings"

// A run is a stretch of words between prepositions, with its head: the last word that names something.
type run struct {
	prep     int // the preposition before it, -1 for none
	from, to int
	head     int // -1 for none
}

// runs cuts from to, without the head verb, at prepositions, signs and times.
func (t *text) runs(c *clause) (rs []run) {
	r := run{prep: -1, from: -1, head: -1}
	flush := func() {
		if r.head >= 0 {
			rs = append(rs, r)
		}
		r = run{prep: -1, from: -1, head: -1}
	}
	from := c.from
	if t.lang == english && c.head >= 0 {
		from = c.after
	}
	for i := from; i < c.to; i++ {
		w := &t.ws[i]
		switch {
		case c.head >= 0 && i >= c.head && i < c.after:
			flush()
		case w.sign && i > 0 && t.ws[i-1].number && strings.Contains("$€£%", w.fold):
		case w.sign || w.time:
			flush()
		case w.is(intro) && i < c.from+6 && c.head > i:
			i += int(w.spans[intro]) - 1
		case w.is(and):
			flush()
		case w.fold == "at" && t.wordWithin(i+1, i+2, "least", "most"):
			i++
		case w.fold == "mindestens" || w.fold == "hoechstens":
		case w.is(prep) && !w.digits && !t.verbPhrase(i):
			flush()
			r.prep = i
		case w.number && (w.digits || r.head < 0):
			if r.from < 0 {
				r.from = i
			}
		case t.lang == german && r.head >= 0 && (w.fold == "der" || w.fold == "des" || w.fold == "meiner" || w.fold == "unserer" || w.fold == "eines" || w.fold == "einer"):
			flush()
			r.prep, r.from = i, i
		case t.lang == german && r.head >= 0 && t.wordWithin(i, i+1, "ein", "eine", "einen", "den", "das", "mein", "meine", "meinen", "unser", "unsere", "unseren"):
			flush()
			r.from = i
		case w.is(det) && !w.is(filler, abstract, person):
			if r.from < 0 {
				r.from = i
			}
		case strings.HasSuffix(w.fold, "ly") && !w.is(skill), w.fold == "back" && i > c.from && t.ws[i-1].is(others, counted, metric):
		case t.lang == german && r.head >= 0 && t.ws[r.head].upper && !w.upper:
		default:
			if r.from < 0 {
				r.from = i
			}
			r.head = i
		}
		if r.head == i || r.from == i {
			r.to = i + 1
		}
	}
	flush()
	return rs
}

// verbPhrase tells whether a preposition begins a phrase of a class that matters, such as "with a native".
func (t *text) verbPhrase(i int) bool { return t.ws[i].spans[skill] > 1 }

// ends tells whether a word or phrase of a class ends at the head of a run.
func (t *text) ends(r run, cs ...class) bool {
	for i := max(r.from, 0); i <= r.head; i++ {
		for _, c := range cs {
			if n := int(t.ws[i].spans[c]); n > 0 && (i+n-1 == r.head || n > 1 && i+n > r.head) {
				return true
			}
		}
	}
	return false
}

// object tells what the first run that names something is about; "of" and "von" lead on to the next one.
func (t *text) object(rs []run) (r run, ok bool) {
	if t.lang == german && len(rs) > 1 && rs[0].prep >= 0 && t.ws[rs[0].prep].is(prep) {
		for _, r := range rs[1:] {
			if r.prep < 0 && r.from >= 0 && t.ws[r.from].is(det) {
				return r, true // "bei einer Trainerin den Laufstil"
			}
		}
	}
	for i, r := range rs {
		if r.prep >= 0 && i == 0 && t.lang == english && len(rs) > 1 && t.has(r.prep, r.prep+1, rhythm) {
			continue
		}
		w := &t.ws[r.head]
		if (w.fold == "number" || w.fold == "amount" || w.fold == "rate" && i+1 < len(rs) || w.fold == "anzahl" || w.fold == "zahl") && i+1 < len(rs) {
			return rs[i+1], true
		}
		return r, true
	}
	return run{prep: -1, head: -1}, false
}

// anyEnds tells whether one of the runs ends in a word of the classes.
func (t *text) anyEnds(rs []run, cs ...class) bool {
	for _, r := range rs {
		if t.ends(r, cs...) {
			return true
		}
	}
	return false
}

// longest gives the class with the longest phrase at word i, the first of equals.
func (t *text) longest(i int, cs ...class) class {
	best, n := noClass, uint8(0)
	for _, c := range cs {
		if k := t.ws[i].spans[c]; k > n {
			best, n = c, k
		}
	}
	return best
}

// decide finds the kind of one clause.
func (t *text) decide(c *clause) {
	rs := t.runs(c)
	switch {
	case c.is.asked:
		c.kind = Learning
		if t.has(c.from, c.to, vagueadj, trait) && (c.head < 0 || t.ws[c.head].is(be)) && !t.masters(c.from, c.to) && !t.anyEnds(rs, skill, metric, others) {
			c.kind, c.is.vague = Vague, true
		}
	case c.head < 0:
		t.decideNoun(c, rs)
	case t.wordWithin(c.head, c.head+1, "prove", "proving", "beweisen") && t.has(c.after, len(t.ws), trait):
		c.kind, c.is.vague = Vague, true
	default:
		t.decideVerb(c, rs)
	}
	t.levels(c, rs)
	t.doneKind(c)
}

// doneKind makes a result of what somebody is to do or what others decide, where the verb alone says less.
func (t *text) doneKind(c *clause) {
	if c.kind == Performance && !c.is.yesno && !c.is.vague && !t.numbers(c.from, c.to) && t.completes(c) {
		c.is.yesno = true
	}
	if c.kind == Vague && t.outdoes(c) {
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
		return
	}
	if c.kind == Learning && c.join == noClass && !c.is.asked && (c.head < 0 || t.lang == german) && !c.is.stop {
		if t.statement(c) >= 0 || t.thingWins(c) >= 0 {
			c.kind, c.is = Performance, facts{yesno: true}
		}
		return
	}
	if c.kind != Todo && c.kind != Vague || c.is.stop {
		return
	}
	if t.statement(c) >= 0 && !t.hasWord(c, "better", "more", "less", "nicer", "besser", "mehr", "weniger", "netter", "oefter") {
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
		return
	}
	better := t.has(c.from, c.to, vagueadj, trait) && !t.numbers(c.from, c.to)
	if !better && (t.othersDoing(c) >= 0 || t.lang == german && t.goesThrough(c) >= 0) {
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
		return
	}
	if c.kind == Todo && c.head >= 0 && t.timed(c) && (t.wordWithin(c.head, c.head+1, "bringen", "bring", "put") && t.hasWord(c, "in", "ins", "into", "onto", "auf")) && len(t.decidedNouns(c)) > 0 {
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
		return
	}
	if (c.head >= 0 || t.byAgent(c) >= 0 || t.lettingOut(c) || t.byPhrase(c)) && !t.ownDoing(c) && len(t.participles(c)) > 0 && !better && !(c.kind == Todo && c.head >= 0 && t.ws[c.head].spans[act] > 1) {
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
	}
}

// levels turns "reach B2 in Spanish" and "B2 in Spanish" into learning.
func (t *text) levels(c *clause, rs []run) {
	if c.kind != Performance || !t.has(c.from, c.to, ladder) || !t.has(c.from, c.to, skill) {
		return
	}
	if c.head < 0 || t.ws[c.head].is(reach, end, be) && !t.has(c.after, c.to, others, metric) {
		c.kind = Learning
	}
}

// decideVerb finds the kind of a clause by its head verb.
func (t *text) decideVerb(c *clause, rs []run) {
	obj, has := t.object(rs)
	rated := t.has(c.from, c.to, rhythm)
	number := t.numbers(c.from, c.to)
	v := t.longest(c.head, stop, learn, othersverb, act, practise, end, change, vague, reach, live, be, show)
	if v != learn && v != stop && t.refuses(c) {
		v = stop
	}
	switch v {
	case stop:
		t.decideStop(c, rs)
	case learn:
		c.kind = Learning
		if t.ws[c.head].is(vague) && !t.anyEnds(rs, skill) && !t.gerundObject(rs) {
			t.decideVague(c, rs)
		} else if t.ws[c.head].spans[vague] > 0 || t.betterAt(c) {
			c.is.vague = true
		}
	case othersverb, end:
		c.kind = Performance
		c.is.yesno = !t.has(c.head, c.after, counted) && (!has || !t.ends(obj, counted) || t.single(obj)) && !t.loosely(c)
		if t.wordWithin(c.head, c.head+1, "be", "become", "being", "becoming") && !number && t.has(c.after, c.to, trait, vagueadj) && !t.anyEnds(rs, role, rank) {
			c.kind, c.is.vague, c.is.yesno = Vague, true, false
		}
		if f := t.ws[c.head].fold; t.ws[c.head].spans[othersverb] > 1 || strings.HasSuffix(f, "vermieten") {
		} else if t.smallThing(c, rs, number, rated) || (strings.HasPrefix(f, "sell") || strings.HasPrefix(f, "verkauf")) && !number && c.is.yesno && has && !t.timed(c) && !t.anyEnds(rs, others, counted) {
			c.kind, c.is.yesno = Todo, false
		}
	case act:
		c.kind = Todo
		if !number && t.has(c.from, c.to, vagueadj) && !t.anyEnds(rs, thing, bigthing) && t.wordWithin(c.from, c.to, "closer", "better", "more", "naeher", "besser", "mehr", "together", "oefter", "haeufiger", "regelmaessiger", "seltener") {
			c.kind, c.is.vague = Vague, true
		} else if t.has(c.from, c.to, ladder) && t.has(c.from, c.to, skill) {
			c.kind = Learning
		} else if rated || number && !t.labelled(c) && (t.large(c) || t.timed(c) && t.atLeast(c, 3)) || t.has(c.from, c.to, absolute) {
			c.kind, c.is.yesno = Performance, rated || !number
		} else if t.ws[c.head].is(end) && t.anyEnds(rs, bigthing) && t.ws[c.head].spans[end] >= t.ws[c.head].spans[act] {
			c.kind, c.is.yesno = Performance, true
		}
	case practise:
		t.decidePractise(c, rs, number)
	case change, vague:
		t.decideVague(c, rs)
	case be:
		t.decideBe(c, rs)
	case live:
		c.kind, c.is.vague = Vague, true
		if number || rated {
			c.kind, c.is.vague = Performance, false
		}
	default:
		t.decideReach(c, rs, number, rated)
	}
	if c.kind != Todo && c.kind != Learning && t.ws[c.head].is(doing) && t.ws[c.head].is(reach, practise, live, end, act) && t.anyEnds(rs, course) && !t.ws[c.head].is(othersverb) {
		c.kind, c.is = Learning, facts{}
	}
	if t.lang == german {
		t.germanTurns(c, rs, number, rated)
	}
	t.improved(c, rs, number)
}

// improved turns "play the piano better" into learning.
func (t *text) improved(c *clause, rs []run, number bool) {
	if c.kind == Todo || c.kind == Learning || number || !t.anyEnds(rs, skill) {
		return
	}
	for i := c.from; i < c.to; i++ {
		if f := t.ws[i].fold; f == "better" || f == "besser" || f == "sicherer" || f == "fluently" || f == "fliessend" || f == "fluent" {
			c.kind, c.is.vague, c.is.yesno = Learning, f == "better" || f == "besser" || f == "sicherer", false
			return
		}
	}
}

// betterAt tells whether a learning verb says only better or good: "get better at".
func (t *text) betterAt(c *clause) bool {
	if t.lang == german && t.wordWithin(c.head, c.after, "koennen") && t.wordWithin(c.from, c.to, "besser") {
		return true
	}
	for i := c.head; i < c.after && i < len(t.ws); i++ {
		switch t.ws[i].fold {
		case "better", "good", "great", "improve", "besser", "gut", "sicherer", "fit", "confident", "comfortable":
			return true
		}
	}
	return false
}

// gerundObject tells whether an object is something done: an -ing form, a German infinitive as a noun.
func (t *text) gerundObject(rs []run) bool {
	for _, r := range rs {
		for i := max(r.from, 0); i <= r.head; i++ {
			f := t.ws[i].fold
			if strings.HasSuffix(f, "ing") && len(f) > 5 && !t.ws[i].is(metric, abstract, others) {
				return true
			}
		}
	}
	return false
}

// labelled tells whether the only amount of a clause is the number of a thing: "invoice 4711", "Folie 7".
func (t *text) labelled(c *clause) bool {
	found := false
	for i := c.from; i < c.to; i++ {
		if !t.ws[i].number || t.ws[i].sign {
			continue
		}
		if found || !t.ws[i].digits || i == c.from || !(t.ws[i-1].is(thing) || t.wordWithin(i-1, i, "slide", "folie", "ticket", "room", "raum", "seite", "page", "chapter", "kapitel", "version", "nummer", "number", "nr", "task", "aufgabe", "issue")) {
			return false
		}
		found = true
	}
	return found
}

// timed tells whether a date, a stretch or an event stands in a clause.
func (t *text) timed(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if t.ws[i].time || t.ws[i].is(rhythm, when) {
			return true
		}
	}
	return false
}

// large tells whether an amount of five or more stands in a clause, more than one sitting holds.
func (t *text) large(c *clause) bool { return t.atLeast(c, 5) }

// atLeast tells whether an amount of n or more stands in a clause.
func (t *text) atLeast(c *clause, n float64) bool {
	for _, s := range t.read.Spans {
		if s.Start >= t.ws[c.from].start && s.End <= t.ws[c.to-1].end && s.Value.Amount.Value >= n {
			return true
		}
	}
	return false
}

// smallThing tells whether a verb with an end has an object of one sitting: "get a haircut", "write the email".
func (t *text) smallThing(c *clause, rs []run, number, rated bool) bool {
	return !rated && !(number && (t.timed(c) || t.large(c))) && t.anyEnds(rs[:min(1, len(rs))], thing) && !t.anyEnds(rs, bigthing, others) && c.after-c.head == 1
}

// decideReach finds the kind behind a verb that takes a number.
func (t *text) decideReach(c *clause, rs []run, number, rated bool) {
	c.kind = Performance
	switch {
	case t.smallThing(c, rs, number, rated):
		c.kind = Todo
	case number || rated || t.has(c.from, c.to, amount):
	case t.ws[c.head].is(live) && t.has(c.from, c.to, vagueadj):
		c.kind, c.is.vague = Vague, true
	case t.has(c.from, c.to, vagueadj) && t.wordWithin(c.head, c.after, "have", "haben"):
		c.is.yesno = t.timed(c)
		if !c.is.yesno {
			c.kind, c.is.vague = Vague, true
		}
	case t.anyEnds(rs, yesno, role) && !t.anyEnds(rs, counted):
		c.is.yesno = true
	case t.has(c.from, c.to, yesno) && !t.anyEnds(rs, counted):
		c.is.yesno = true
	case len(rs) > 0 && t.ends(rs[0], others) && (!t.ends(rs[0], counted, metric) || t.single(rs[0])) && !t.has(c.from, c.to, vagueadj):
		c.is.yesno = true
	case t.anyEnds(rs, others, metric, counted):
		c.is.vague = t.has(c.from, c.to, vagueadj) && !t.wordWithin(c.from, c.to, "good", "great", "gut", "gutes", "gute", "guten")
	case t.has(c.from, c.to, vagueadj):
		c.kind, c.is.vague = Vague, true
	case t.anyEnds(rs, abstract) || len(rs) == 0:
		c.kind, c.is.vague = Vague, true
	default:
		c.is.yesno = t.ws[c.head].is(end) || !t.has(c.after, c.to, filler) && !t.loosely(c)
	}
}

// single tells whether a run is about one thing: "an interview", not interviews.
func (t *text) single(r run) bool {
	return r.from >= 0 && t.wordWithin(r.from, r.from+1, "a", "an", "my", "ein", "eine", "einen", "meinen", "meine", "mein") && !strings.HasSuffix(t.ws[r.head].fold, "s")
}

// loosely tells whether only a word for much or more says how much: "sell lots of candles".
func (t *text) loosely(c *clause) bool {
	return t.wordWithin(c.from, c.to, "more", "lots", "loads", "many", "some", "much", "plenty", "several", "mehr", "viel", "viele", "vielen", "einige", "etwas", "mehrere", "often", "oft", "regularly", "regelmaessig", "lot", "bit", "little", "bisschen", "wenig", "less", "fewer", "weniger")
}

// decideVague finds the kind behind a verb without an end, by what it is about.
func (t *text) decideVague(c *clause, rs []run) {
	number := t.numbers(c.from, c.to) || t.has(c.from, c.to, amount)
	c.is.vague = t.ws[c.head].is(vague, learn)
	obj, has := t.object(rs)
	w := &t.ws[c.head]
	switch {
	case t.masters(c.from, c.to) && !number:
		c.kind, c.is.vague = Learning, true
	case !number && w.is(be) && w.spans[vague] > 2:
		c.kind = Vague
	case !number && w.spans[vague] > 1 && w.spans[vague] > max(w.spans[change], w.spans[reach], w.spans[end]) && !(has && t.ends(obj, skill, metric, others, counted)) && !t.gerundObject(rs):
		c.kind = Vague
	case number && w.is(change) && !w.is(vague, learn):
		c.kind = Performance
	case number && !(has && t.ends(obj, skill) && !t.ends(obj, metric, others)):
		c.kind = Performance
	case !has, t.wordWithin(obj.head, obj.head+1, "zeit", "time"):
		c.kind = Vague
	case t.ends(obj, skill) && !t.ends(obj, others):
		c.kind = Learning
	case t.ends(obj, others, counted, metric):
		c.kind = Performance
		if t.ends(obj, abstract) && t.ws[c.head].fold == "work" {
			c.kind = Vague
		}
	case t.ends(obj, abstract, person, trait, filler, vagueadj, badhabit), w.is(be) && obj.prep >= 0 && t.wordWithin(obj.prep, obj.prep+1, "as", "als", "in"),
		t.lang == german && obj.prep >= 0 && t.wordWithin(obj.prep, obj.prep+1, "als"):
		c.kind = Vague
	case t.gerundObject(rs):
		c.kind = Learning
	case t.ws[c.head].is(change):
		c.kind = Performance
		c.is.yesno = !c.is.vague && !number && !t.loosely(c)
	case t.ws[c.head].is(learn):
		c.kind = Learning
	default:
		c.kind = Vague
	}
}

// decidePractise finds the kind behind practise, read, train.
func (t *text) decidePractise(c *clause, rs []run, number bool) {
	c.kind = Learning
	head := t.ws[c.head].fold
	if strings.HasPrefix(head, "read") || strings.HasPrefix(head, "les") || strings.HasPrefix(head, "lies") || strings.HasPrefix(head, "watch") || strings.HasPrefix(head, "listen") {
		about := t.has(c.from, c.head, skill, field) || t.has(c.after, c.to, skill, field)
		for i := c.from; i < c.to; i++ {
			switch t.ws[i].fold {
			case "about", "on", "ueber", "zu", "zum":
				about = true
			}
		}
		if !about && t.lang == german && !number && !t.has(c.from, c.to, rhythm) && t.anyEnds(rs, thing) {
			c.kind = Todo
		} else if !about {
			c.kind = Performance
			if !number && !t.has(c.from, c.to, rhythm) {
				c.is.yesno = !t.has(c.from, c.to, vagueadj)
				if !c.is.yesno {
					c.kind, c.is.vague = Vague, true
				}
			}
		}
	}
	if strings.HasPrefix(head, "train") && !t.has(c.from, c.to, skill) && (number || t.has(c.from, c.to, rhythm)) {
		c.kind = Performance
	}
}

// decideStop finds the kind of what not to do.
func (t *text) decideStop(c *clause, rs []run) {
	c.is.stop = true
	c.kind, c.is.yesno = Performance, true
	if t.has(c.head, c.to, trait) || t.lang == german && t.has(c.from, c.to, trait) {
		c.kind = Vague
	}
	for i := c.from; i < c.to; i++ {
		f := t.ws[i].fold
		for _, stem := range [...]string{"procrastinat", "worry", "overthink", "stress", "prokrastin", "sorge", "gruebel", "doubt", "zweif", "aergern", "being", "panic"} {
			if strings.HasPrefix(f, stem) {
				c.kind = Vague
			}
		}
	}
	if t.wordWithin(c.from, c.to, "things", "everything", "alles", "stuff", "all") {
		c.kind = Vague
	}
	if t.numbers(c.from, c.to) {
		c.kind = Performance
	}
	if c.kind == Vague {
		c.is.vague, c.is.yesno = true, false
	}
}
