package coach

import "strings"

// wordChecks are the checks of single words and phrases, of every kind but a to-do.
func (t *text) wordChecks(c *clause) (fired []Check) {
	add := func(k Check, holds bool) {
		if holds {
			fired = append(fired, k)
		}
	}
	add(Compare, t.compares(c))
	add(Avoid, c.join != purpose && t.avoids(c))
	to := t.asked(c)
	add(Absolute, t.has(c.from, to, absolute) || t.child && t.has(c.from, to, childabs))
	add(Habit21, t.habit21())
	add(Trait, t.traits(c))
	return fired
}

// compares tells whether other people are the standard.
func (t *text) compares(c *clause) bool {
	if c.head >= 0 && t.ws[c.head].is(othersverb) && t.wordWithin(c.head, c.head+1, "win", "won", "winning", "gewinnen", "gewinne", "siegen") && t.has(c.from, c.to, contest) {
		return true
	}
	for i := c.from; i < c.to; i++ {
		if f := t.ws[i].fold; (f == "than" || f == "als" && t.comparative(i)) && i+1 < c.to && !t.ownStandard(i+1) {
			return true
		}
		n := int(t.ws[i].spans[compare])
		if n == 0 || t.ws[i].is(learn) && n == 1 {
			continue
		}
		if i > c.from && t.wordWithin(i-1, i, "my", "our", "your", "mein", "meine", "unser", "own", "eigene") {
			continue
		}
		last := t.ws[i+n-1].fold
		if (last == "than" || last == "als" || last == "wie" || last == "as") && t.ownStandard(i+n) {
			continue
		}
		if t.ws[i].fold == "the" || t.ws[i].fold == "best" || t.ws[i].fold == "beste" {
			if t.wordWithin(i, min(i+6, len(t.ws)), "way", "version", "possible", "practices", "weg", "version", "selbst") {
				continue
			}
		}
		if n == 1 && t.ws[i].is(end) && i != c.head && t.lang == english {
			continue // "to the beat"
		}
		if t.ws[i].fold == "beat" && t.wordWithin(i, min(i+4, len(t.ws)), "own", "record", "best", "procrastination", "fear") && t.wordWithin(i, min(i+3, len(t.ws)), "my", "own", "personal") && !t.has(i, min(i+4, len(t.ws)), person) {
			continue
		}
		return true
	}
	return false
}

// comparative tells whether a German comparative stands within the words before "als".
func (t *text) comparative(i int) bool {
	for j := i - 1; j >= max(0, i-6); j-- {
		f := t.ws[j].fold
		if f == "mehr" || f == "weniger" || len(f) > 4 && (strings.HasSuffix(f, "er") || strings.HasSuffix(f, "ere") || strings.HasSuffix(f, "eren") || strings.HasSuffix(f, "erer") || strings.HasSuffix(f, "eres")) && (t.ws[j].is(vagueadj, trait) || !t.ws[j].upper && !t.ws[j].is(prep, det)) {
			return true
		}
	}
	return false
}

// ownStandard tells whether what follows "than" is a number or the own past.
func (t *text) ownStandard(i int) bool {
	for j := i; j < min(i+4, len(t.ws)); j++ {
		if t.ws[j].is(person) && j > i-1 && !t.ws[j].is(ownpast) {
			return false
		}
		if t.ws[j].is(ownpast) && (j == i || !t.ws[j].number && !t.ws[j].digits) || (t.ws[j].number || t.ws[j].time) && (j == i || t.ws[i].is(det) && j == i+1) {
			return true
		}
	}
	return i >= len(t.ws)
}

func (t *text) wordWithin(from, to int, words ...string) bool {
	for i := max(from, 0); i < to && i < len(t.ws); i++ {
		for _, w := range words {
			if t.ws[i].fold == w {
				return true
			}
		}
	}
	return false
}

// asked gives the end of what a clause says itself: a question that a learning verb asks is not what is aimed
// at ("find out why my bread never rises").
func (t *text) asked(c *clause) int {
	if c.kind != Learning || c.head < 0 {
		return c.to
	}
	for i := c.head; i < c.to; i++ {
		switch t.ws[i].fold {
		case "why", "how", "what", "which", "whether", "when", "warum", "wieso", "wie", "was", "welche", "welcher", "welches", "wann", "ob", "weshalb":
			return i
		}
	}
	return c.to
}

// avoids tells whether a clause says what not to do.
func (t *text) avoids(c *clause) bool {
	to := t.asked(c)
	if t.wordWithin(to+1, to+2, "not", "nicht") {
		to = c.to
	}
	for i := c.from; i < to; i++ {
		w := &t.ws[i]
		if !w.is(avoid) {
			continue
		}
		n := int(w.spans[avoid])
		if t.moreThan(i) {
			continue
		}
		if n > 1 {
			return true
		}
		switch w.fold {
		case "not", "nicht":
			if t.wordWithin(i+1, i+2, "only", "nur", "just", "yet", "noch") || t.wordWithin(max(i-5, 0), i, "prove", "proving", "show") {
				continue
			}
			return true
		}
		if i > c.from && t.wordWithin(i-1, i, "without", "from", "ohne") {
			continue
		}
		if w.is(prep) || c.head >= 0 && i != c.head && t.lang == english && w.is(end, reach, vague) {
			continue
		}
		if t.lang == english && i > c.from && c.head >= 0 && i != c.head && t.ws[c.head].is(learn) && !strings.HasPrefix(w.fold, "never") {
			// "learn to stop a ball" is a skill; "learn to stop interrupting" is what not to do
			if i+1 < len(t.ws) && strings.HasSuffix(t.ws[i+1].fold, "ing") {
				return true
			}
			continue
		}
		return true
	}
	return false
}

// habit21 tells whether the text says that 21 days or three weeks make or break a habit.
func (t *text) habit21() bool {
	i := t.index(0, len(t.ws), habit21)
	if i < 0 {
		return false
	}
	if t.has(0, len(t.ws), habit, badhabit) {
		return true
	}
	if strings.HasPrefix(t.ws[i].fold, "21") && t.has(0, len(t.ws), stop, rhythm) {
		return true
	}
	return strings.HasPrefix(t.ws[i].fold, "21-") && !t.has(0, len(t.ws), bigthing)
}

// traits tells whether a clause aims at being, proving or not being a kind of person.
func (t *text) traits(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		n := int(t.ws[i].spans[trait])
		if n == 0 {
			continue
		}
		if n == 1 && t.wordWithin(i+n, i+n+1, "at", "in", "with", "when", "im", "beim", "bei", "about", "enough", "on", "speaking", "giving", "conversations") {
			continue
		}
		if c.head < 0 {
			return c.is.bare && c.kind == Vague
		}
		for j := max(c.from, i-5); j < i; j++ {
			if t.ws[j].is(be) && t.ws[j].fold != "feel" || t.ws[j].fold == "prove" || t.ws[j].fold == "seem" || strings.HasPrefix(t.ws[j].fold, "think") || t.ws[j].fold == "im" || t.ws[j].fold == "i'm" || t.ws[j].fold == "beweisen" {
				return true
			}
		}
		for j := i + n; t.lang == german && j < min(c.to, i+4); j++ {
			if t.ws[j].fold == "sein" || t.ws[j].fold == "werden" || t.ws[j].fold == "bin" || t.ws[j].fold == "wirken" {
				return true
			}
		}
		if t.ws[c.head].is(stop) {
			return true
		}
	}
	return false
}
