package coach

import "strings"

// decideBe finds the kind behind be, become, get, feel by what follows (in German, by what comes before).
func (t *text) decideBe(c *clause, rs []run) {
	from, to := c.after, c.to
	if t.lang == german && c.head > c.from {
		from, to = c.from, c.head
	}
	number := t.numbers(from, to)
	switch {
	case t.masters(from, to):
		c.kind = Learning
		for i := from; i < to; i++ {
			f := t.ws[i].fold
			c.is.vague = c.is.vague || f == "better" || f == "good" || f == "besser" || f == "gut" || f == "great" || f == "confident" || f == "comfortable"
		}
	case number:
		c.kind = Performance
	case t.has(from, to, trait, vagueadj) && !t.anyEnds(rs, others, counted):
		c.kind, c.is.vague = Vague, true
	case t.has(from, to, yesno, role, rank, othersverb, compare):
		c.kind, c.is.yesno = Performance, true
		if t.anyEnds(rs, counted) {
			c.is.yesno = false
		}
	case t.lang == german && t.wordWithin(c.head, c.head+1, "werden", "werde") && len(rs) > 0 && t.ws[rs[len(rs)-1].head].upper && !t.anyEnds(rs, abstract, person):
		c.kind, c.is.yesno = Performance, true
	case t.anyEnds(rs, others, counted, metric) && t.ws[c.head].is(reach):
		c.kind = Performance
		c.is.yesno = !t.anyEnds(rs, counted) && !t.anyEnds(rs, metric)
		c.is.vague = t.has(from, to, vagueadj)
	case t.ws[c.head].is(reach) && t.anyEnds(rs, thing):
		c.kind = Todo
	case t.ws[c.head].is(reach) && len(rs) > 0 && !t.anyEnds(rs, abstract):
		c.kind, c.is.weak = Performance, true
	default:
		c.kind, c.is.vague = Vague, true
	}
}

// masters tells whether a complement says good at something: an adjective of ability with at or in and a skill.
func (t *text) masters(from, to int) bool {
	for i := from; i < to; i++ {
		switch t.ws[i].fold {
		case "better", "good", "great", "confident", "comfortable", "fluent", "proficient", "competent", "skilled", "skilful", "faster", "gut", "besser", "sicher", "sicherer", "fit", "fliessend",
			"sattelfest", "firm", "trittsicher", "versiert", "bewandert", "geuebt", "geuebter", "routiniert", "routinierter", "gewandt", "gewandter", "souveraen", "souveraener", "schneller", "geschickter", "kompetent", "kompetenter", "verhandlungssicher":
			for j := i + 1; j < min(i+5, to); j++ {
				if f := t.ws[j].fold; f == "at" || f == "in" || f == "with" || f == "im" || f == "beim" || f == "bei" || strings.HasSuffix(f, "ing") && len(f) > 5 {
					return t.has(from, to, skill, field) || t.gerundIn(from, to)
				}
			}
			if t.lang == german {
				for j := from; j < i; j++ {
					if f := t.ws[j].fold; f == "in" || f == "im" || f == "beim" || f == "bei" {
						return true
					}
				}
			}
		}
	}
	return false
}

func (t *text) gerundIn(from, to int) bool {
	for i := from; i < to; i++ {
		if f := t.ws[i].fold; strings.HasSuffix(f, "ing") && len(f) > 5 {
			return true
		}
	}
	return false
}

// decideNoun finds the kind of a clause without a verb.
func (t *text) decideNoun(c *clause, rs []run) {
	c.is.bare = true
	number := t.numbers(c.from, c.to)
	rated := t.has(c.from, c.to, rhythm)
	better := t.has(c.from, c.to, vagueadj)
	obj, has := t.object(rs)
	switch {
	case t.basics(c, rs):
		c.kind = Learning
	case has && t.ends(obj, thing) && !number && !rated && !better && !t.phraseOfOthers(obj):
		c.kind = Todo
	case t.has(c.from, c.to, ladder) && t.has(c.from, c.to, skill):
		c.kind = Learning
	case has && t.ends(obj, skill) && !t.ends(obj, others) && (!number || t.has(c.from, c.to, activity)):
		c.kind, c.is.vague = Learning, better
	case number || rated || t.has(c.from, c.to, amount):
		c.kind = Performance
	case t.has(c.from, c.to, absolute) && has:
		c.kind, c.is.yesno = Performance, true
	case t.unknownVerb(c) && (better || t.lang == german && t.anyEnds(rs, abstract) && !number && !t.anyEnds(rs, thing, bigthing)):
		c.kind, c.is.vague = Vague, true
	case t.unknownVerb(c):
		c.kind = Todo
		if t.timed(c) {
			c.kind, c.is.yesno = Performance, true
		}
	case t.has(c.from, c.to, yesno) && t.timed(c) && !t.anyEnds(rs, counted) && !better:
		c.kind, c.is.yesno = Performance, true
	case has && t.ends(obj, yesno) && !t.ends(obj, counted) && !better:
		c.kind, c.is.yesno = Performance, true
	case has && t.ends(obj, others, counted):
		c.kind, c.is.yesno, c.is.vague = Performance, !t.ends(obj, counted) && !better, better
	case has && better && t.wordWithin(obj.head, obj.head+1, "zeit", "time"):
		c.kind, c.is.vague = Vague, true
	case has && t.ends(obj, metric) && better:
		c.kind, c.is.vague = Performance, true
	case has && t.ends(obj, bigthing, contest, role) && !better && (t.timed(c) || len(rs) > 1):
		c.kind, c.is.yesno = Performance, true
	case t.has(c.from, c.to, trait, abstract) || !has:
		c.kind, c.is.vague = Vague, better || t.has(c.from, c.to, trait)
	case better:
		c.kind, c.is.vague = Performance, true
	case t.has(c.from, c.to, compare):
		c.kind, c.is.yesno = Performance, true
	default:
		c.kind, c.is.vague, c.is.weak = Vague, better, true
		if t.timed(c) {
			c.kind, c.is.vague = Performance, false
		}
	}
}

// basics tells whether a clause without a verb names what one begins to learn: "Grundlagen der Fotografie",
// "introduction to statistics".
func (t *text) basics(c *clause, rs []run) bool {
	if len(rs) < 2 || rs[0].from > t.skipIntro(c)+1 {
		return false
	}
	switch t.ws[rs[0].head].fold {
	case "grundlagen", "grundkenntnisse", "basics", "basiswissen", "einfuehrung", "einstieg", "grundbegriffe", "grundzuege", "kunst", "art", "fundamentals", "introduction", "foundations":
		return rs[1].prep >= 0
	}
	return false
}

// unknownVerb tells whether a clause without a known verb reads like an order: a verb that no list holds with
// an object that is at hand ("descale the kettle", "die Mülltonne rausstellen").
func (t *text) unknownVerb(c *clause) bool {
	start := t.skipIntro(c)
	if t.lang == german {
		last := c.to - 1
		for last > start && (t.ws[last].sign || t.ws[last].time) {
			last--
		}
		return last > start && !t.ws[last].upper && t.infinitive(last) && len(t.ws[last].fold) > 5 && !t.ws[last].is(vagueadj, prep, det, abstract)
	}
	if start+1 >= c.to || t.ws[start].is(vagueadj, det, prep, skill, metric, others) || t.ws[start].number || t.ws[start].sign {
		return false
	}
	return t.wordWithin(start+1, start+2, "the", "my", "our", "a", "an", "some")
}

// refuses tells whether a clause says what not to do without a verb of stopping: "keine Kleider kaufen", "buy no
// clothes".
func (t *text) refuses(c *clause) bool {
	from, to := c.from, c.to
	if t.lang == english {
		from, to = c.after, min(c.after+1, c.to)
	}
	for i := from; i < to; i++ {
		if !t.ws[i].is(stop) || !t.ws[i].is(avoid) || i == c.head {
			continue
		}
		switch f := t.ws[i].fold; {
		case f == "no" || f == "never" || f == "nie" || f == "niemals" || strings.HasPrefix(f, "kein"):
			return !t.moreThan(i)
		case f == "nicht":
			return t.wordWithin(i+1, i+2, "mehr") && !t.moreThan(i)
		}
	}
	return false
}

// moreThan tells whether a negation only bounds an amount: "no more than 2", "nicht mehr als 2".
func (t *text) moreThan(i int) bool {
	return t.wordWithin(i+1, i+4, "than", "als") || t.wordWithin(i+1, i+2, "later", "less", "fewer", "weniger", "spaeter")
}
