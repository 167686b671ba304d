package coach

import (
	"slices"
	"strings"

	"tandem/advise/reader"
)

// learningChecks are those of a learning goal.
func (t *text) learningChecks(p part) (fired []Check) {
	m := p.main()
	numbers := false
	for _, c := range p.clauses {
		numbers = numbers || t.numbers(c.from, c.to)
	}
	proved := t.proved(p)
	if m.is.vague && !numbers && !proved {
		fired = append(fired, VagueVerb)
	}
	if t.noSkill(m) {
		fired = append(fired, NoSkill)
	}
	if !proved {
		fired = append(fired, NoEvidence)
	}
	if !t.practised(p) {
		fired = append(fired, NoActivity)
	}
	return fired
}

// objectEnd gives the first word behind what is to be learned: the object of the head verb, with the
// infinitive or the words behind about, in, at that belong to it.
func (t *text) objectEnd(c *clause) (from, to int) {
	if c.head < 0 || t.lang == german && c.head > c.from+1 {
		return c.from, c.after
	}
	from = c.after
	i := from
	for i < c.to {
		w := &t.ws[i]
		if w.sign || w.time || w.is(rhythm) || i > from+1 && t.leavesObject(i) && !(w.fold == "at" && t.betterAt(c)) {
			break
		}
		i++
	}
	return from, i
}

// leavesObject tells whether the words from i on say how or how well, not what.
func (t *text) leavesObject(i int) bool {
	w := &t.ws[i]
	switch w.fold {
	case "by", "with", "for", "at", "through", "using", "via", "until", "before", "after", "every", "each", "without", "from", "on", "mit", "durch", "bei", "anhand", "ohne", "fuer", "bis", "vor", "per":
		return true
	}
	return w.number && t.has(i, i+2, activity)
}

// proved tells whether a learning goal says how it will show.
func (t *text) proved(p part) bool {
	if t.spanWithin(p, reader.KindEvidence) {
		return true
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		switch {
		case i == 0:
			if t.provedWithin(c) {
				return true
			}
		case c.join == proof || t.someoneCan(c):
			return true
		case t.has(c.from, c.to, evidence, ladder):
			return true
		case c.join == means:
			if c.head >= 0 && t.strongShow(c.head) {
				return true
			}
		case c.head >= 0 && t.ws[c.head].is(show):
			if !t.has(c.from, c.to, rhythm) || !t.has(c.from, c.to, activity) || t.strongShow(c.head) {
				return true
			}
		}
	}
	return false
}

// spanWithin tells whether the reader marked a place of one of the kinds within a part.
func (t *text) spanWithin(p part, kinds ...reader.Kind) bool {
	start, end := t.bytes(p)
	for _, s := range t.read.Spans {
		if strings.HasPrefix(t.raw[s.Start:], "at ") {
			continue // "better at giving feedback" is the skill itself
		}
		if s.Start >= start && s.End <= end && slices.Contains(kinds, s.Kind) {
			return true
		}
	}
	return false
}

// someoneCan tells whether a clause says what somebody else can do with it: "so that a colleague can draw it".
func (t *text) someoneCan(c *clause) bool {
	return c.join == purpose && t.has(c.from, min(c.from+5, c.to), person) && t.wordWithin(c.from, c.to, "can", "could", "understands", "understand", "gets", "likes", "kann", "koennen", "versteht", "nachmachen", "isst", "eats", "wears", "traegt", "uses", "nutzt")
}

// provedWithin looks for proof in the main clause, beside what is to be learned.
func (t *text) provedWithin(c *clause) bool {
	from, to := t.objectEnd(c)
	if c.is.asked {
		return false
	}
	for i := c.from; i < c.to; i++ {
		w := &t.ws[i]
		inside := i >= from && i < to
		if w.is(ladder) && !(w.fold == "level" && inside && i == to-1) || w.spans[evidence] > 1 {
			return true
		}
		if w.is(evidence) && !inside && (c.head < 0 || i > c.head || t.lang == german) && t.lang != german {
			return true
		}
		if t.lang == german && w.is(evidence) && i > c.from && t.behindPrep(i) {
			return true
		}
	}
	return false
}

// behindPrep tells whether a German word stands behind mit, bei, in, vor, bis zu, für.
func (t *text) behindPrep(i int) bool {
	for j := i - 1; j >= max(0, i-4); j-- {
		switch t.ws[j].fold {
		case "mit", "bei", "beim", "vor", "zur", "zum", "fuer", "in", "im", "ohne", "anhand", "als", "so":
			return true
		}
		if t.ws[j].sign || t.ws[j].is(learn) {
			return false
		}
	}
	return false
}

// strongShow tells whether a verb shows what was learned even where it is also practice.
func (t *text) strongShow(i int) bool {
	if t.ws[i].spans[show] > 1 {
		return true
	}
	for _, f := range t.ws[i].forms {
		switch f.base {
		case "show", "demonstrate", "teach", "explain", "present", "perform", "prove", "pass", "demo", "publish", "solve", "build", "exhibit", "give", "ship", "launch", "compete", "hold",
			"zeigen", "vorfuehren", "beweisen", "nachweisen", "erklaeren", "beibringen", "unterrichten", "praesentieren", "vortragen", "auffuehren", "vorspielen", "loesen", "bestehen", "veroeffentlichen", "bauen", "halten", "geben":
			return true
		}
	}
	return false
}

// practised tells whether a learning goal says what will be done for it.
func (t *text) practised(p part) bool {
	if t.spanWithin(p, reader.KindActivity, reader.KindRhythm) || t.fromSomeone(p) {
		return true
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		switch {
		case i == 0:
			if c.head >= 0 && t.ws[c.head].is(practise) && !t.ws[c.head].is(learn) || t.has(c.from, c.to, rhythm) {
				return true
			}
			if t.practisedWithin(c) {
				return true
			}
		case c.join == means:
			return true
		case t.wordWithin(c.from, c.to, "feedback", "rueckmeldung", "rueckmeldungen"):
		case t.has(c.from, c.to, activity, rhythm):
			return true
		case c.head >= 0 && t.ws[c.head].is(doing, practise) && !t.strongShow(c.head) && c.join != purpose && c.join != proof:
			return true
		}
	}
	return false
}

// fromSomeone tells whether somebody teaches: "from my uncle", "mit meiner Oma".
func (t *text) fromSomeone(p part) bool {
	for _, c := range p.clauses {
		if t.wordWithin(c.from, c.to, "feedback", "rueckmeldung", "rueckmeldungen") {
			continue
		}
		for i := c.from; i+1 < c.to; i++ {
			switch t.ws[i].fold {
			case "from", "von", "vom", "bei", "beim", "with", "mit":
				if t.has(i+1, min(i+4, c.to), person) && !t.has(i+1, min(i+4, c.to), evidence) && t.ws[i+1].fold != "others" {
					return true
				}
			}
		}
	}
	return false
}

// practisedWithin looks for an activity in the main clause, beside what is to be learned.
func (t *text) practisedWithin(c *clause) bool {
	from, to := t.objectEnd(c)
	for i := c.from; i < c.to; i++ {
		w := &t.ws[i]
		inside := i >= from && i < to
		if !w.is(activity) || w.time && !w.is(rhythm) {
			continue
		}
		counted := i > 0 && t.ws[i-1].number || i > 1 && t.ws[i-2].number
		if t.lang == german && (t.behindPrep(i) || counted) || t.lang != german && (!inside || counted) || w.spans[activity] > 1 {
			return true
		}
		if c.head >= 0 && !t.ws[c.head].is(learn) && t.ws[c.head].is(doing, reach) {
			return true
		}
	}
	return false
}

// noSkill tells whether what is to be learned is a filler or a whole field.
func (t *text) noSkill(c *clause) bool {
	if c.is.asked || t.wordWithin(max(c.head, c.from), c.to, "how", "which", "what", "why", "whether", "when", "wie", "welche", "welcher", "welches", "welchen", "was", "warum", "ob", "wann") {
		return false
	}
	for j := range t.clauses {
		if d := &t.clauses[j]; d.from > c.from && d.join == purpose && d.head >= 0 && t.ws[d.head].is(learn) && !(c.head >= 0 && t.ws[c.head].is(learn)) {
			c = d
		}
	}
	if c.head >= 0 && !t.ws[c.head].is(learn) {
		for i := c.after; i < c.to; i++ {
			if t.ws[i].is(learn) && (t.wordWithin(i-1, i, "to") || t.wordWithin(i-2, i, "zu")) {
				c = &clause{from: i, to: c.to, head: i, after: i + t.verbLen(i)}
				break
			}
		}
	}
	if c.head >= 0 && c.after < c.to && (t.ws[c.after].spans[filler] > 2 && t.ws[c.head].is(learn)) {
		return true
	}
	if c.head >= 0 && c.to+1 < len(t.ws) && t.ws[c.to].fold == "," && t.wordWithin(c.to+1, c.to+2, "how", "why", "when", "wie", "warum", "weshalb", "wieso", "wann", "wo", "woher", "woran", "wodurch") {
		return false // "begreifen, wie Zinseszins wirkt"
	}
	rs := t.runs(c)
	if t.lang == german && len(rs) > 1 && t.ends(rs[1], skill) && t.wordWithin(rs[1].prep, rs[1].prep+1, "des", "der", "von", "vom") {
		return false // "die Kunst des Brotbackens"
	}
	if len(rs) == 0 {
		return c.head >= 0 && t.ws[c.head].is(learn, practise, vague)
	}
	for i, r := range rs {
		if i > 2 {
			break
		}
		if r.prep >= 0 && i > 0 {
			switch t.ws[r.prep].fold {
			case "about", "in", "on", "of", "ueber", "im", "zu", "zum", "zur":
			default:
				return false
			}
		}
		if t.ends(r, skill) {
			return false
		}
		if i+1 < len(rs) && rs[i+1].prep == r.to && t.wordWithin(r.to, r.to+1, "of", "von") {
			continue // the art of baking
		}
		if t.ends(r, course, activity) && !t.ends(r, field) {
			continue
		}
		if r.prep >= 0 && (t.ws[r.prep].fold == "about" || i == 0 && t.ws[r.prep].fold == "ueber" && t.wordWithin(r.prep-1, r.prep, "mehr")) && t.bare(r, false) && r.to-max(r.from, 0) == 1 {
			return true
		}
		if t.ends(r, filler) && i+1 < len(rs) && t.ws[r.head].fold != "skills" && t.ws[r.head].fold != "basics" {
			continue // more about …
		}
		switch t.ws[r.head].fold {
		case "stuff", "things", "thing", "kram", "zeug", "sachen", "dinge":
			return true
		}
		if t.ends(r, filler) && t.bare(r, true) {
			return true
		}
		return t.ends(r, field) && t.bare(r, false)
	}
	return false
}

// bare tells whether a run has nothing but its head, articles and fillers: no word that narrows it.
func (t *text) bare(r run, fillers bool) bool {
	for i := max(r.from, 0); i < r.head; i++ {
		w := &t.ws[i]
		if w.is(det, filler) || w.number || strings.HasPrefix(w.fold, "new") || w.is(field) && int(w.spans[field])+i > r.head {
			continue
		}
		if fillers && (w.is(vagueadj) || w.is(filler) || w.fold == "useful" || w.fold == "interesting" || w.fold == "different") {
			continue
		}
		return false
	}
	return true
}
