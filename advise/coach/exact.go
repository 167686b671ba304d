package coach

import (
	"slices"
	"strings"
)

// A list is one of exact.tsv: words that are taken as they stand, for turns in which an inflected form says
// something else.
type list string

const (
	wishes      list = "wishes"      // only say that something is wished for
	received    list = "received"    // participles of what an audience or a house does with a work
	pictures    list = "pictures"    // ends of words for a picture or a text that says of whom it is
	prizeverbs  list = "prizeverbs"  // verbs of taking home what others award
	prizes      list = "prizes"      // ends of words for what others award
	choiceverbs list = "choiceverbs" // verbs of being let through a choice
	choices     list = "choices"     // ends of words for a choice that others make
	decided     list = "decided"     // participles of what a town or a state does
	public      list = "public"      // what a town or a state decides about
	lettable    list = "lettable"    // what is let to somebody
)

// exactLists are the lists that the file must have, and no other.
var exactLists = [...]list{wishes, received, pictures, prizeverbs, prizes, choiceverbs, choices, decided, public, lettable}

// listed tells whether a word stands in a list.
func (w *word) listed(l list) bool { return known().exact[l][w.fold] }

// endsListed tells whether a word ends in one of a list.
func endsListed(l list, f string) bool {
	for end := range known().exact[l] {
		if strings.HasSuffix(f, end) {
			return true
		}
	}
	return false
}

// addExact takes one line of exact.tsv.
func (w *wordList) addExact(cols []string) {
	l := list(cols[0])
	if !slices.Contains(exactLists[:], l) || w.exact[l] != nil {
		w.problems = append(w.problems, "exact.tsv: unknown or doubled list: "+cols[0])
		return
	}
	w.exact[l] = map[string]bool{}
	for item := range strings.SplitSeq(cols[1], ",") {
		w.exact[l][fold(strings.TrimSpace(item))] = true
	}
}
