package reader

import (
	"embed"
	"strings"
	"sync"
)

// words holds the lists: one line a meaning, "class TAB value TAB language TAB forms", the forms set apart by
// " | ". A form is one or more words in lower case; a language of "-" belongs to neither.
//
//go:embed words/*.tsv
var words embed.FS

// A class is the part that a word plays in the grammar.
type class string

// A meaning is one thing that a form can mean.
type meaning struct {
	class class
	value string
	lang  Lang // "" for both
}

// A phrase is a form of one or more words, with all that it can mean.
type phrase struct {
	rest     []string // the words after the first
	meanings []meaning
}

// lexicon gives the phrases by their first word, longest first.
var lexicon = sync.OnceValue(func() map[string][]phrase {
	lex := map[string][]phrase{}
	entries, _ := words.ReadDir("words") // the folder is part of the program
	for _, e := range entries {
		data, _ := words.ReadFile("words/" + e.Name())
		for line := range strings.SplitSeq(string(data), "\n") {
			f := strings.Split(line, "\t")
			if len(f) != 4 || strings.HasPrefix(line, "#") {
				continue
			}
			m := meaning{class: class(f[0]), value: f[1], lang: Lang(f[2])}
			if m.lang == "-" {
				m.lang = ""
			}
			for form := range strings.SplitSeq(f[3], " | ") {
				add(lex, form, m)
				if plain := foldUmlauts(form); plain != form {
					add(lex, plain, m)
				}
			}
		}
	}
	return lex
})

// add puts a form into the lexicon, behind the longer ones.
func add(lex map[string][]phrase, form string, m meaning) {
	f := strings.Fields(form)
	if len(f) == 0 {
		return
	}
	ps := lex[f[0]]
	at := len(ps)
	for i, p := range ps {
		if len(p.rest) == len(f)-1 && strings.Join(p.rest, " ") == strings.Join(f[1:], " ") {
			ps[i].meanings = append(ps[i].meanings, m)
			return
		}
		if len(p.rest) < len(f)-1 {
			at = min(at, i)
		}
	}
	ps = append(ps, phrase{})
	copy(ps[at+1:], ps[at:])
	ps[at] = phrase{rest: f[1:], meanings: []meaning{m}}
	lex[f[0]] = ps
}

// foldUmlauts writes German letters as those do who have no key for them.
func foldUmlauts(s string) string {
	if !strings.ContainsAny(s, "äöüß") {
		return s
	}
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(s)
}
