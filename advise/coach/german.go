package coach

import (
	"slices"
	"strings"
)

// germanHead finds a German head verb: the last infinitive or participle of the clause, else the first finite
// verb or imperative with its prefix.
func (t *text) germanHead(c *clause, start int) {
	isVerb := func(i int) bool {
		w := &t.ws[i]
		return w.is(verbs...) && !w.time && !w.number && (!w.upper || i == start || i == c.from)
	}
	best := -1
	for i := c.to - 1; i >= start; i-- {
		if !isVerb(i) || t.ws[i].is(det) && t.ws[i].spans[stop] > 0 && t.verbLen(i) == 1 || t.ws[i].is(prep) && t.verbLen(i) == 1 {
			continue
		}
		n := t.verbLen(i)
		if t.infinitive(i + n - 1) {
			best = i
			if i > start+1 && t.ws[i-1].fold == "zu" {
				continue // what the verb before it is about: "lernen zu kochen"
			}
			break
		}
	}
	if best < 0 {
		for i := start; i < min(start+3, c.to); i++ {
			if isVerb(i) && !t.ws[i].is(det, prep) {
				best = i
				break
			}
		}
	}
	if best == start && start+2 < len(t.ws) && t.ws[start].upper && t.ws[start+2].upper && (t.ws[start+1].fold == "," || t.ws[start+1].is(and)) && t.ws[start].is(skill, others, abstract) {
		return // the first noun of a list: "Stricken, Spanisch und Tanzen lernen"
	}
	if best < 0 {
		if start < c.to && !t.ws[start].sign {
			c.head, c.after = start, start+1 // a finite verb that only its prefix makes known: "hör auf"
			if t.separable(c); !t.ws[start].is(verbs...) {
				c.head, c.after = -1, c.from
			}
		}
		return
	}
	// a phrase that ends in the same verb says more: "befördert werden", "einen Weg finden"
	end := best + t.verbLen(best)
	for i := max(start, best-4); i < best; i++ {
		if n := t.verbLenOr0(i); n > 1 && i+n >= end {
			best, end = i, i+n
			break
		}
	}
	c.head, c.after = best, end
	t.separable(c)
}

// infinitive tells whether word i looks like a German infinitive or participle.
func (t *text) infinitive(i int) bool {
	w := t.ws[i].fold
	return strings.HasSuffix(w, "en") || strings.HasSuffix(w, "ern") || strings.HasSuffix(w, "eln") || w == "sein" || w == "tun" || w == "sei"
}

// separablePrefixes are what German verbs leave at the end of a clause.
var separablePrefixes = []string{"ab", "an", "auf", "aus", "bei", "durch", "ein", "fort", "her", "hin", "kennen", "los", "mit", "nach", "teil", "um", "vor", "weg", "weiter", "zu", "zurueck", "heraus", "raus", "fertig"}

// separable puts a finite verb and the prefix at the end of its clause together: "melde … an".
func (t *text) separable(c *clause) {
	last := c.to - 1
	for last > c.head && t.ws[last].sign {
		last--
	}
	if next := c.head + 1; next < c.to && slices.Contains(separablePrefixes, t.ws[next].fold) && (next+1 >= len(t.ws) || t.wordWithin(next+1, next+2, "zu", "mit", "damit", ",")) {
		last = next
	}
	if last <= c.head || !slices.Contains(separablePrefixes, t.ws[last].fold) {
		return
	}
	l := known()
	w := &t.ws[c.head]
	for _, form := range w.forms {
		for _, e := range l.first[t.ws[last].fold+form.base] {
			if e.lang == german && len(e.rest) == 0 {
				w.spans[e.class] = max(w.spans[e.class], 1)
			}
		}
	}
}

// germanVerbFirst tells whether a German clause has only its verb: "lesen und schreiben".
func (t *text) germanVerbFirst(c *clause) bool { return c.head == c.from }

// complement tells whether a German clause behind a comma is what the verb before it is about: "lernen, nicht
// zu schreien".
func (t *text) complement(c *clause) bool {
	if c.from == 0 || t.ws[c.from-1].fold != "," || c.to-c.from < 2 {
		return false
	}
	last := c.to - 1
	if t.ws[last-1].fold == "zu" && t.infinitive(last) {
		return true
	}
	for _, p := range separablePrefixes {
		if strings.HasPrefix(t.ws[last].fold, p+"zu") && t.infinitive(last) {
			return true
		}
	}
	return false
}

// relative tells whether a German relative clause begins at i: behind a comma, der, die, das, with a finite verb
// at its end.
func (t *text) relative(i int) bool {
	if i == 0 || t.ws[i-1].fold != "," {
		return false
	}
	switch t.ws[i].fold {
	case "der", "die", "das", "den", "dem", "deren":
	default:
		return false
	}
	end := i + 1
	for end < len(t.ws) && !t.ws[end].sign && end < i+14 {
		end++
	}
	last := t.ws[end-1].fold
	return strings.HasSuffix(last, "t") || strings.HasSuffix(last, "te") || last == "kann" || last == "soll" || last == "will"
}
