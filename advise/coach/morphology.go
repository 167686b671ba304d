package coach

import "strings"

// Longest word that is looked at; longer ones are known by no list.
const maxWord = 48

// bases calls yield with the forms under which a list may hold the folded word w, the word itself first.
// They are guesses: what no list holds finds nothing.
func (l *wordList) bases(w string, yield func(base string, of lang)) {
	yield(w, neither)
	if len(w) < 3 || len(w) > maxWord {
		return
	}
	if base, ok := l.irregular[w]; ok {
		yield(base, neither)
	}
	if s, ok := strings.CutSuffix(w, "'s"); ok {
		yield(s, english)
		return
	}
	englishBases(w, func(s string) { yield(s, english) })
	germanBases(w, func(s string) { yield(s, german) })
}

// englishBases undoes plural, third person, -ing and -ed.
func englishBases(w string, yield func(string)) {
	if s, ok := strings.CutSuffix(w, "ies"); ok && len(s) > 1 {
		yield(s + "y")
	}
	if s, ok := strings.CutSuffix(w, "es"); ok && len(s) > 3 {
		yield(s)
	}
	if s, ok := strings.CutSuffix(w, "s"); ok && !strings.HasSuffix(s, "s") {
		yield(s)
	}
	if s, ok := strings.CutSuffix(w, "ied"); ok && len(s) > 1 {
		yield(s + "y")
	}
	for _, suffix := range [...]string{"ing", "ed"} {
		s, ok := strings.CutSuffix(w, suffix)
		if !ok || len(s) < 2 {
			continue
		}
		yield(s)
		yield(s + "e")
		if n := len(s); n > 2 && s[n-1] == s[n-2] {
			yield(s[:n-1])
		}
		if n := len(s); n > 2 && s[n-1] == 'y' && suffix == "ing" {
			yield(s[:n-1] + "ie")
		}
	}
	if i := strings.Index(w, "iz"); i > 1 { // organize, organise
		yield(w[:i] + "is" + w[i+2:])
	}
}

// germanBases undoes finite forms, participles, infinitives with zu, and the endings of nouns and adjectives.
func germanBases(w string, yield func(string)) {
	for _, suffix := range [...]string{"e", "en", "n", "er", "ern", "em", "es", "s", "st", "t", "te", "ten", "et", "ete", "in", "innen"} {
		s, ok := strings.CutSuffix(w, suffix)
		if !ok || len(s) < 3 {
			continue
		}
		yield(s)
		switch suffix {
		case "e", "st", "t", "te", "ten", "et", "ete":
			yield(s + "en")
			yield(s + "n")
		case "er", "es", "em", "en":
			yield(s + "e")
		}
	}
	yield(w + "en") // kauf, lern
	yield(w + "n")
	// angerufen, aufgeräumt, gekauft: the participle's ge goes, and zu of the infinitive
	for _, mid := range [...]string{"ge", "zu"} {
		i := strings.Index(w, mid)
		if i < 0 || i > 9 || len(w)-i-2 < 3 {
			continue
		}
		s := w[:i] + w[i+2:]
		yield(s)
		if t, ok := strings.CutSuffix(s, "t"); ok {
			yield(t + "en")
			yield(t + "n")
			yield(strings.TrimSuffix(t, "e") + "en")
		}
	}
}

// endings calls yield with the parts of w that may be the last word of a compound, longest first.
func endings(w string, yield func(string) bool) {
	if len(w) > maxWord {
		return
	}
	for i := 3; i <= len(w)-3; i++ {
		if !yield(w[i:]) {
			return
		}
	}
}
