package coach

import "strings"

// germanTurns mends the kind of German turns whose head verb alone says too little: a course attended, a thing
// had done, words with somebody, a house bought, a life without something, an abstract thing found.
func (t *text) germanTurns(c *clause, rs []run, number, rated bool) {
	head := t.ws[c.head].fold
	switch {
	case t.betters(c, rs, head, number, rated):
		c.kind, c.is = Learning, facts{vague: true}
	case c.kind == Todo && t.anyEnds(rs, course) && t.attends(head):
		c.kind, c.is = Learning, facts{}
	case strings.HasPrefix(head, "lass") && c.head > c.from && !rated && !number && t.hadDone(c, rs):
		c.kind, c.is = Todo, facts{}
	case (c.kind == Performance || c.kind == Learning) && !number && !rated && t.talksTo(c, rs, head):
		c.kind, c.is = Todo, facts{}
	case c.kind == Todo && (head == "kaufen" || head == "bauen" || head == "erwerben") && t.endsIn(rs, "wohnung", "haus", "eigenheim", "grundstueck", "bauernhof", "wohnmobil", "segelboot", "auto", "hausboot", "tiny house"):
		c.kind, c.is.yesno = Performance, true
	case c.kind == Todo && head == "bringen" && number && t.hasWord(c, "auf", "unter", "ueber"):
		c.kind, c.is.yesno = Performance, false
	case (c.kind == Performance || c.kind == Vague || c.kind == Todo) && !number && t.gains(rs, head):
		c.kind, c.is = Learning, facts{vague: t.has(c.from, c.to, vagueadj)}
	case (head == "geben" || head == "gebe") && c.kind != Learning && !number && !rated && t.anyEnds(rs, thing):
		c.kind, c.is = Todo, facts{}
	case c.kind == Todo && t.perfect(c):
		c.kind, c.is.yesno = Performance, true
	case c.kind == Todo && number && t.hasWord(c, "kilo", "kg", "prozent", "%", "euro", "€", "km", "kilometer", "pfund", "punkte"):
		c.kind = Performance
	case c.kind == Todo && !number && !rated && !t.timed(c) && t.abstractObject(rs), c.kind != Learning && !number && t.hasWord(c, "tun", "machen") && t.hasWord(c, "mehr", "weniger", "genug") && !t.anyEnds(rs, others, metric, thing, bigthing, course):
		c.kind, c.is = Vague, facts{vague: true}
	case c.kind == Learning && !number && !rated && t.ws[c.head].is(practise) && t.loosely(c) && t.anyEnds(rs, badhabit):
		c.kind, c.is = Vague, facts{vague: true}
	case c.kind == Vague && (number || t.timed(c) || t.duration(c)) && t.freeOf(c):
		c.kind, c.is.vague, c.is.yesno = Performance, false, true
	case c.kind == Performance && !number && !rated && !t.timed(c) && c.is.yesno && t.ws[c.head].is(end, reach) && t.onlyAbstract(rs):
		c.kind, c.is.vague, c.is.yesno = Vague, true, false
	}
}

// perfect tells whether a clause ends as something done: "fertig renoviert haben".
func (t *text) perfect(c *clause) bool {
	last := c.to - 1
	for last > c.from && t.ws[last].sign {
		last--
	}
	return last > c.from && t.wordWithin(last, last+1, "haben", "habe") && !t.ws[last-1].upper && participle(t.ws[last-1].fold)
}

// betters tells whether a clause says that one would do better what is a skill: "besser kochen", "besser mit
// Beschwerden umgehen", "an meiner Rechtschreibung arbeiten".
func (t *text) betters(c *clause, rs []run, head string, number, rated bool) bool {
	if number || rated || c.kind == Learning || c.is.stop {
		return false
	}
	if head == "arbeiten" && t.hasWord(c, "an", "am") {
		return t.anyEnds(rs, skill)
	}
	if !t.hasWord(c, "besser", "sicherer", "souveraener", "gekonnter") {
		return false
	}
	return head == "umgehen" && t.hasWord(c, "mit") || t.ws[c.head].is(skill) && (len(rs) == 0 || len(rs) == 1 && t.ws[rs[0].head].is(vagueadj))
}

// gains tells whether a verb of getting has ability or knowledge as its object: "ein Gespür für Farben
// entwickeln", "Kenntnisse in Statistik erwerben".
func (t *text) gains(rs []run, head string) bool {
	switch head {
	case "entwickeln", "bekommen", "kriegen", "gewinnen", "aufbauen", "erlangen", "erwerben", "verschaffen", "erarbeiten", "erweitern", "haben", "sammeln", "schulen", "verfeinern", "schaerfen", "ausbilden", "bringen", "halten":
		if len(rs) > 0 && strings.HasPrefix(t.ws[rs[0].head].fold, "einver") {
			return false // Einverständnis is somebody else's
		}
		return t.endsIn(rs[:min(1, len(rs))], "gespuer", "gefuehl", "verstaendnis", "ueberblick", "wissen", "know-how", "kenntnisse", "fertigkeiten", "fertigkeit", "kompetenz", "kompetenzen", "routine", "sprachgefuehl", "gehoer", "fingerspitzengefuehl", "haendchen", "durchblick", "grundlagen")
	}
	return false
}

// attends tells whether a verb says that somebody takes a course.
func (t *text) attends(head string) bool {
	switch head {
	case "besuchen", "belegen", "absolvieren", "mitmachen", "durcharbeiten", "teilnehmen", "machen", "nehmen", "durchlaufen":
		return true
	}
	return false
}

// hadDone tells whether "lassen" says that a thing is had done: "die Katze entwurmen lassen".
func (t *text) hadDone(c *clause, rs []run) bool {
	before := &t.ws[c.head-1]
	switch before.fold {
	case "sein", "bleiben", "los", "ruhen", "fallen", "gehen", "treiben", "hinreissen", "aergern", "stressen", "provozieren", "ablenken":
		return false
	}
	if before.upper || !t.infinitive(c.head-1) || t.hasWord(c, "mich", "nicht", "uns") {
		return false
	}
	return len(rs) > 0 && !t.anyEnds(rs, badhabit, skill, people)
}

// talksTo tells whether a clause is one talk or one letter: "mit Frau Lenz sprechen", "der Vermieterin
// schreiben", with no skill and no more or better in it.
func (t *text) talksTo(c *clause, rs []run, head string) bool {
	if t.has(c.from, c.to, vagueadj) || t.anyEnds(rs, skill, bigthing) || t.loosely(c) {
		return false
	}
	switch head {
	case "sprechen", "reden", "telefonieren":
		return t.hasWord(c, "mit") && !t.hasWord(c, "koennen", "frei")
	case "schreiben", "mailen", "erstellen":
		if t.endsIn(rs[:min(1, len(rs))], "angebot", "protokoll", "nachricht", "kostenvoranschlag", "antwort", "karte", "einladung", "kuendigung", "widerspruch", "rezension", "beurteilung") && !t.timed(c) {
			return true
		}
		first := t.skipIntro(c)
		return t.wordWithin(first, first+1, "der", "dem", "meinem", "meiner", "unserem", "unserer") && t.has(first, min(first+3, c.to), people, person, thing)
	}
	return false
}

// endsIn tells whether a run ends in one of the words or a compound of it.
func (t *text) endsIn(rs []run, tails ...string) bool {
	for _, r := range rs {
		for _, tail := range tails {
			if strings.HasSuffix(t.ws[r.head].fold, tail) {
				return true
			}
		}
	}
	return false
}

// duration tells whether a clause says how long: "eine Woche lang".
func (t *text) duration(c *clause) bool { return t.hasWord(c, "lang") }

// freeOf tells whether a clause says without what one lives: zuckerfrei, handyfrei.
func (t *text) freeOf(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		switch f := t.ws[i].fold; {
		case f == "stressfrei" || f == "sorgenfrei" || f == "angstfrei":
			return false
		case strings.HasSuffix(f, "frei") && len(f) > 7:
			return true
		}
	}
	return false
}

// abstractObject tells whether the object of a clause is abstract: "Vertrauen zu meinem Pferd".
func (t *text) abstractObject(rs []run) bool {
	obj, has := t.object(rs)
	return has && t.ws[obj.head].upper && t.onlyAbstract([]run{obj})
}

// onlyAbstract tells whether what a clause is about is an abstract thing alone.
func (t *text) onlyAbstract(rs []run) bool {
	if len(rs) == 0 {
		return false
	}
	for _, r := range rs {
		if !t.ends(r, abstract) || t.ends(r, bigthing, others, yesno, metric, findable, thing, people, person) {
			return false
		}
	}
	return true
}

// completes tells whether a German clause states that a thing of one's own is there or done: "bis Pfingsten steht der
// Carport", "der Umzug ist bis April durch", "die zweite Auflage erscheint bis Oktober", "ein aufgeräumter Keller".
func (t *text) completes(c *clause) bool {
	if t.lang != german || !t.timed(c) || t.has(c.from, c.to, rhythm) {
		return false
	}
	stands := false
	for i := c.from; i < c.to; i++ {
		w := &t.ws[i]
		switch w.fold {
		case "steht", "stehen", "haengt", "laeuft", "sitzt", "erscheint", "funktioniert", "liegt", "klappt":
			stands = stands || !w.is(people)
		case "ist", "sind", "hat", "haben":
			last := c.to - 1
			for last > i && (t.ws[last].sign || t.ws[last].time) {
				last--
			}
			stands = stands || last > i && t.wordWithin(last, last+1, "durch", "fertig", "leer", "voll", "weg", "da", "online", "raus", "drin", "draussen", "erledigt", "abgeschlossen", "vorbei", "auf", "zu", "dicht", "trocken", "sauber") || last > i && participle(t.ws[last].fold) && !t.ws[last].upper
		}
		if adjective, ok := strings.CutSuffix(strings.TrimRight(w.fold, "nrsm"), "e"); ok && !w.upper && len(w.fold) > 6 && participle(adjective) && i+1 < c.to && t.ws[i+1].upper && c.head < 0 {
			stands = true // "einen aufgeräumten Keller"
		}
	}
	return stands
}

// outdoes tells whether a German clause says that one does something more or faster than somebody: "schneller laufen als
// mein Bruder", "einen besseren Schnitt als Mia haben".
func (t *text) outdoes(c *clause) bool {
	return t.lang == german && c.head >= 0 && !t.ws[c.head].is(be) && !t.hasWord(c, "sein", "werden", "bleiben") && t.compares(c) && t.has(c.from, c.to, vagueadj) && !t.has(c.from, c.to, trait) && (!t.wordWithin(c.head, c.head+1, "haben") || t.anyEnds(t.runs(c), metric))
}
