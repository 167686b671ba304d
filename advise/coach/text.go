package coach

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is one piece of the text: letters with marks between them, digits, or a single sign.
type word struct {
	start, end int
	fold       string // in lower case, folded
	forms      []form // under which a list may hold it
	digits     bool
	sign       bool
	upper      bool // begins with a capital
	number     bool // the reader sees a number here
	time       bool // the reader sees a date or a stretch here
	spans      [classes]uint8
	lang       lang // if only one of the languages knows it
}

// A form is a guess at the base form of a word, by the grammar of one language, or neither's.
type form struct {
	base string
	of   lang
}

// is tells whether a word or phrase of class c begins here.
func (w *word) is(cs ...class) bool {
	for _, c := range cs {
		if w.spans[c] > 0 {
			return true
		}
	}
	return false
}

// scan cuts a text into words. Time and memory are linear in its length.
func scan(text string) []word {
	ws := make([]word, 0, len(text)/5+4)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		w := word{start: i}
		switch {
		case r == '\n':
			w.sign, i = true, i+n
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			i += n
			continue
		case unicode.IsLetter(r):
			w.upper = unicode.IsUpper(r)
			i = lettersEnd(text, i)
		case unicode.IsDigit(r):
			w.digits = true
			i = digitsEnd(text, i)
		default:
			w.sign, i = true, i+n
		}
		w.end = i
		w.fold = text[w.start:w.end]
		if len(w.fold) <= 2*maxWord {
			w.fold = fold(strings.ToLower(w.fold))
		}
		ws = append(ws, w)
	}
	return ws
}

// lettersEnd gives the end of the letters from i, with apostrophes, hyphens, digits and + between or behind.
func lettersEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
		case r == '\'' || r == '’' || r == '-' || r == '‐' || r == '‑' || r == '.':
			next, m := utf8.DecodeRuneInString(text[i+n:])
			if !unicode.IsLetter(next) {
				return i
			}
			if after, _ := utf8.DecodeRuneInString(text[i+n+m:]); r == '.' && unicode.IsLetter(after) {
				return i // a point between words, not in an abbreviation
			}
		case r == '+' && strings.HasPrefix(text[i:], "++"):
			return i + 2
		default:
			return i
		}
		i += n
	}
	return i
}

func digitsEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsDigit(r) {
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if !strings.ContainsRune(".,:'’", r) || !unicode.IsDigit(next) {
				return i
			}
		}
		i += n
	}
	return i
}

// mark looks up every word and phrase, first in both languages, then keeps those of the text's own where
// both know the word. It is not sure where neither language has more words.
func mark(ws []word) (own lang, sure bool) {
	l := known()
	for i := range ws {
		w := &ws[i]
		if w.sign || w.digits {
			w.forms = []form{{w.fold, neither}}
			continue
		}
		l.bases(w.fold, func(base string, of lang) { w.forms = append(w.forms, form{base, of}) })
	}
	found := make([][]match, len(ws))
	count := [3]int{}
	for i := range ws {
		found[i] = l.look(ws, i)
		var langs [3]bool
		for _, m := range found[i] {
			langs[m.lang] = true
		}
		switch {
		case langs[english] && !langs[german]:
			count[english]++
			ws[i].lang = english
		case langs[german] && !langs[english]:
			count[german]++
			ws[i].lang = german
		}
	}
	own = english
	if count[german] > count[english] {
		own = german
	}
	for i := range ws {
		for _, m := range found[i] {
			joins := m.class == purpose || m.class == means || m.class == proof || m.class == intro
			if (ws[i].lang == neither || joins) && m.lang != own {
				continue
			}
			ws[i].spans[m.class] = max(ws[i].spans[m.class], m.n)
		}
	}
	return own, count[german] != count[english]
}

// A match is a word or phrase of n words found at a place.
type match struct {
	class class
	lang  lang
	n     uint8
}

// look finds what the lists know at word i.
func (l *wordList) look(ws []word, i int) (found []match) {
	w := ws[i].fold
	for _, f := range ws[i].forms {
		for _, e := range l.first[f.base] {
			if (f.of == neither || f.of == e.lang) && (f.base == w || !fixed(f.base) && !joining(e.class)) && follows(ws[i+1:], e.rest, e.lang) {
				found = append(found, match{e.class, e.lang, uint8(1 + len(e.rest))})
			}
		}
	}
	if slices.ContainsFunc(found, func(m match) bool { return m.class == others && m.n == 1 }) && len(w) > 6 {
		endings(w, func(tail string) bool { // Neukunden are counted as Kunden are
			more := false
			l.nounBases(tail, func(base string) {
				for _, e := range l.last[base] {
					more = true
					if e.class == counted {
						found = append(found, match{counted, e.lang, 1})
					}
				}
			})
			return !more
		})
	}
	if len(found) > 0 || ws[i].sign || ws[i].digits || len(w) < 6 {
		return found
	}
	if k := strings.LastIndexByte(w, '-'); k > 0 && k < len(w)-2 {
		w = w[k+1:]
		l.bases(w, func(base string, of lang) {
			for _, e := range l.first[base] {
				if (of == neither || of == e.lang) && len(e.rest) == 0 && e.class != prep && e.class != det {
					found = append(found, match{e.class, e.lang, 1})
				}
			}
		})
		if len(found) > 0 {
			return found
		}
	}
	endings(w, func(tail string) bool {
		l.nounBases(tail, func(base string) {
			for _, e := range l.last[base] {
				found = append(found, match{e.class, e.lang, 1})
			}
		})
		return len(found) == 0
	})
	return found
}

// nounBases are the forms of the last part of a compound: endings of nouns alone.
func (l *wordList) nounBases(w string, yield func(string)) {
	yield(w)
	for _, suffix := range [...]string{"s", "es", "n", "en", "e", "er", "ern"} {
		if s, ok := strings.CutSuffix(w, suffix); ok && len(s) >= 4 {
			yield(s)
		}
	}
}

// follows tells whether the words of rest stand at the beginning of ws, as they are or inflected.
func follows(ws []word, rest []string, of lang) bool {
	if len(ws) < len(rest) {
		return false
	}
	for k, r := range rest {
		if ws[k].fold != r && !slices.ContainsFunc(ws[k].forms, func(f form) bool { return f.base == r && (f.of == neither || f.of == of) }) {
			return false
		}
	}
	return true
}

// fixed tells whether a word is never a base form: no other word is an inflected "nicht".
func fixed(w string) bool {
	return w == "nicht" || w == "not" || w == "no" || w == "nie" || w == "in" || w == "so"
}

// joining tells whether the words of a class are never inflected.
func joining(c class) bool {
	return c == purpose || c == means || c == proof || c == and || c == prep
}
