package reader

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameTokens is how far into a log line a name is looked for; it keeps the time linear.
const maxNameTokens = 60

// A found name is one that fits words of the line.
type found struct {
	list, index int // which list, which name of it
	i, n        int // tokens
	score       int // exact 3, another ending 2, one word of several 1
	words       int // how many words of the name fit
}

// A nameIndex finds names by the stems of their words.
type nameIndex struct {
	lists [][]Named
	words map[string][]nameWord
	stems [][][]string // list, name: the stems of its own words
}

type nameWord struct{ list, index int }

// newNameIndex reads the names that share a word with the line: what is left out could not be found.
func (p *parser) newNameIndex(lists ...[]Named) *nameIndex {
	said := map[string]bool{}
	for _, t := range p.ts[:min(len(p.ts), maxNameTokens)] {
		said[stem(t.low)] = true
	}
	x := &nameIndex{lists: lists, words: map[string][]nameWord{}, stems: make([][][]string, len(lists))}
	lex := lexicon()
	for l, names := range lists {
		x.stems[l] = make([][]string, len(names))
		for k, name := range names {
			if !sharesWord(name.Name, said) {
				continue
			}
			tokens := scan(clip(name.Name))
			hasWord := slices.ContainsFunc(tokens, func(t token) bool { return t.kind == wordToken })
			for _, t := range tokens {
				if t.kind == signToken || t.kind == breakToken || len(x.stems[l][k]) >= 12 {
					continue
				}
				s := stem(t.low)
				x.stems[l][k] = append(x.stems[l][k], s)
				if !isFunction(lex[t.low]) && (t.kind == wordToken || !hasWord) && len(x.words[s]) < maxSameWord {
					x.words[s] = append(x.words[s], nameWord{l, k})
				}
			}
		}
	}
	return x
}

// sharesWord tells whether one of the words of a name is in the set of stems.
func sharesWord(name string, said map[string]bool) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(clip(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }) {
		if said[stem(w)] {
			return true
		}
	}
	return false
}

// maxSameWord is how many names with the same word are tried at each place of the line.
const maxSameWord = 64

// clip keeps a name to a length that is sensible for one.
func clip(s string) string {
	if len(s) > 200 {
		return s[:200]
	}
	return s
}

// isFunction tells whether a word is one without meaning of its own.
func isFunction(ps []phrase) bool {
	for _, ph := range ps {
		for _, m := range ph.meanings {
			if len(ph.rest) == 0 && m.class == "stop" {
				return true
			}
		}
	}
	return false
}

var plainVowels = strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ae", "a", "oe", "o", "ue", "u", "ß", "ss")

// isPlain tells whether a word has neither an umlaut nor what stands for one, as most have.
func isPlain(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf || w[i] == 'e' && i > 0 && strings.IndexByte("aou", w[i-1]) >= 0 {
			return false
		}
	}
	return true
}

// stemEnds are the endings that are cut.
var stemEnds = [...]string{"ies", "en", "es", "er", "e", "s", "n", "y"}

// stem cuts the endings of a word in either language, so that "Verkäufe" and "Verkauf", "sales" and "sale"
// are one. It is made to find names, not to be right about grammar.
func stem(w string) string {
	w = strings.ToLower(w)
	if !isPlain(w) {
		w = plainVowels.Replace(w)
	}
	for {
		cut := ""
		for _, end := range stemEnds {
			if strings.HasSuffix(w, end) && len(w)-len(end) >= 3 {
				cut = end
				break
			}
		}
		if cut == "" {
			return w
		}
		w = w[:len(w)-len(cut)]
	}
}

// search gives the names that fit best, the best first; names of equal worth stand together at the front.
// Tokens that are taken are passed over.
func (p *parser) search(x *nameIndex, taken []bool) (all []found) {
	best := map[nameWord]int{} // name to its place in all
	for i := 0; i < len(p.ts) && i < maxNameTokens; i++ {
		if taken[i] || p.ts[i].kind == signToken || p.ts[i].kind == breakToken {
			continue
		}
		for _, w := range x.words[stem(p.ts[i].low)] {
			f := p.fit(x, w, i, taken)
			if at, ok := best[w]; !ok {
				best[w] = len(all)
				all = append(all, f)
			} else if f.better(all[at]) {
				all[at] = f
			}
		}
	}
	if len(all) == 0 {
		all = p.compounds(x, taken)
	}
	return all
}

func (f found) better(g found) bool {
	return f.score > g.score || f.score == g.score && f.words > g.words
}

// fit tells how well a name fits the words around token i, one of which is its own.
func (p *parser) fit(x *nameIndex, w nameWord, i int, taken []bool) found {
	stems := x.stems[w.list][w.index]
	f := found{list: w.list, index: w.index, i: i, n: 1, score: 1, words: 1}
	at := 0
	for k, s := range stems { // which word of the name stands at i
		if s == stem(p.ts[i].low) {
			at = k
			break
		}
	}
	start := i
	for k := at - 1; k >= 0 && start > 0 && !taken[start-1] && stem(p.ts[start-1].low) == stems[k]; k-- {
		start--
		f.words++
	}
	end := i + 1
	for k := at + 1; k < len(stems) && end < len(p.ts) && !taken[end]; k++ {
		if p.ts[end].kind == signToken && end+1 < len(p.ts) && !taken[end+1] && stem(p.ts[end+1].low) == stems[k] {
			end++
		}
		if stem(p.ts[end].low) != stems[k] {
			break
		}
		end++
		f.words++
	}
	f.i, f.n = start, end-start
	if f.words == len(stems) {
		f.score = 2
		if strings.EqualFold(strings.Join(strings.Fields(p.slice(start, end)), " "), strings.Join(strings.Fields(x.lists[w.list][w.index].Name), " ")) {
			f.score = 3
		}
	}
	return f
}

// compounds finds names of which a word ends in one of the line: "Fragen" for "Bedarfsfragen".
func (p *parser) compounds(x *nameIndex, taken []bool) (all []found) {
	for i := 0; i < len(p.ts) && i < 12; i++ {
		s := stem(p.ts[i].low)
		if taken[i] || p.ts[i].kind != wordToken || len(s) < 4 || isFunction(p.ts[i].phrases) {
			continue
		}
		for l, names := range x.lists {
			for k, name := range names {
				for w := range strings.FieldsFuncSeq(strings.ToLower(clip(name.Name)), unicode.IsSpace) {
					own := stem(w)
					if len(own) > len(s)+2 && strings.HasSuffix(own, s) {
						all = append(all, found{list: l, index: k, i: i, n: 1, score: 1, words: 1})
						break
					}
				}
				if len(all) >= maxSameWord {
					return all
				}
			}
		}
	}
	return all
}
