package auth

import (
	"math/bits"
	"slices"
	"strings"

	"tandem"
)

// Lifetimes of API tokens in days: proposed, and longest.
const (
	TokenDays    = 90
	MaxTokenDays = 365
)

// ScopeAll is the scope of a token that has all rights of its person, those of later versions as well.
const ScopeAll = "all"

// scopeNouns are the kinds of things that a scope can name, in the order in which they are written. Their
// places are bits of Scopes for one run of the program only: what is stored is the words.
var scopeNouns = [...]string{"goals", "metrics", "observations", "practice", "techniques", "today", "people", "imports", "exports", "feedback", "lifelines", "reviews", "templates"}

// scopeVerbs are what a scope can allow. Writing does not include reading.
var scopeVerbs = [...]string{"read", "write"}

// readOnlyNouns have no write scope: they are views.
var readOnlyNouns = [...]string{"today", "exports"}

// Scopes are what a token may do at most: a set of "verb:noun", or all.
type Scopes uint32

const allScopes Scopes = 1 << 31

// ScopeNames lists every scope that a token can be given, all last.
func ScopeNames() []string {
	var names []string
	for _, n := range scopeNouns {
		for _, v := range scopeVerbs {
			if scopeBit(v, n) != 0 {
				names = append(names, v+":"+n)
			}
		}
	}
	return append(names, ScopeAll)
}

// ParseScopes reads scopes as a token's row, a form or a flag holds them, one word each. Errors:
// scope_none for an empty list, scope_unknown {value, allowed}.
func ParseScopes(words []string) (Scopes, error) {
	var s Scopes
	for _, w := range words {
		verb, noun, _ := strings.Cut(w, ":")
		bit := scopeBit(verb, noun)
		if w == ScopeAll {
			bit = allScopes
		}
		if bit == 0 {
			return 0, tandem.Invalid("scopes", "scope_unknown",
				tandem.Args{"value": w, "allowed": strings.Join(ScopeNames(), ", ")})
		}
		s |= bit
	}
	if s == 0 {
		return 0, tandem.Invalid("scopes", "scope_none", nil)
	}
	if s&allScopes != 0 {
		s = allScopes // one set, one value
	}
	return s, nil
}

// scopeBit gives the bit of a scope, 0 where there is no such one.
func scopeBit(verb, noun string) Scopes {
	v, n := slices.Index(scopeVerbs[:], verb), slices.Index(scopeNouns[:], noun)
	if v < 0 || n < 0 || verb == "write" && slices.Contains(readOnlyNouns[:], noun) {
		return 0
	}
	return 1 << (n*len(scopeVerbs) + v)
}

// Words gives the scopes as they are stored: each once, in the table's order; all alone where it is set.
func (s Scopes) Words() []string {
	if s&allScopes != 0 {
		return []string{ScopeAll}
	}
	words := make([]string, 0, bits.OnesCount32(uint32(s)))
	for _, name := range ScopeNames() {
		verb, noun, _ := strings.Cut(name, ":")
		if bit := scopeBit(verb, noun); bit != 0 && s&bit != 0 {
			words = append(words, name)
		}
	}
	return words
}

// String joins the words with blanks.
func (s Scopes) String() string { return strings.Join(s.Words(), " ") }

// Allows tells whether the scopes hold verb:noun. A scope that the table does not know is held by
// nobody, not even by all: a route that asks for one is a mistake.
func (s Scopes) Allows(verb, noun string) bool {
	bit := scopeBit(verb, noun)
	return bit != 0 && s&(bit|allScopes) != 0
}

// Require gives nil when the scopes hold verb:noun, else the Denied error scope_missing that names it.
func (s Scopes) Require(verb, noun string) error {
	if s.Allows(verb, noun) {
		return nil
	}
	return tandem.Denied("scope_missing", tandem.Args{"scope": verb + ":" + noun})
}
