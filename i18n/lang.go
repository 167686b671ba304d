// Package i18n is the one catalogue of everything that people read: sentences in English and German,
// and the way that numbers, dates, durations and chances are written and read back.
//
// Sentences lie in messages/<noun>.tsv, one file for each noun, with the columns key, English and
// German. A sentence holds placeholders:
//
//	{name}              the argument of that name; whole numbers get the language's digit groups
//	{n|value|values}    a choice by number: the first text for exactly one, else the second
//	{name:raw}          the argument as it is, without digit groups (years, ports, versions)
//	{name:month}        a month's name, from its number 1 to 12
//	{name:ordinal}      "28th" or "28."
//	{name:date}         "31 December 2026", from anything with a Date method
//	{name:noun}         the catalogue's word noun.<argument>, else the argument itself
//	{name:field}        the catalogue's word field.<argument>, else the argument itself
//	{name:list}         "a, b and c", from a []string
//	{name:ago}          "2 min ago", from a time.Duration
//	{name:wait}         "12 s" or "3 min", from seconds
//
// \n in a text is a line break. A text returned from here is plain: the writer of HTML escapes it.
package i18n

import "strings"

// A Lang is a language that pages, mails and errors are written in.
type Lang uint8

const (
	EN Lang = iota // English
	DE             // German
)

// Langs are the languages, in the order of the catalogue's columns.
func Langs() []Lang { return []Lang{EN, DE} }

// String gives the language tag, as stored and as in the lang attribute of HTML: "en" or "de".
func (l Lang) String() string {
	if l == DE {
		return "de"
	}
	return "en"
}

// Name gives the language's own name for itself.
func (l Lang) Name() string {
	if l == DE {
		return "Deutsch"
	}
	return "English"
}

// ParseLang reads a language tag; a region is ignored, so "de-AT" is German. ok is false for a
// language that there is no catalogue for, and the answer is then English.
func ParseLang(tag string) (l Lang, ok bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	switch strings.ToLower(base) {
	case "de":
		return DE, true
	case "en":
		return EN, true
	}
	return EN, false
}

// FromHeader picks the language of an Accept-Language header (RFC 9110, 12.5.4): the known language
// with the highest weight, the first of equals. Where none is known the answer is fallback.
func FromHeader(header string, fallback Lang) Lang {
	best, weight := fallback, 0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		l, ok := ParseLang(tag)
		if w := quality(params); ok && w > weight {
			best, weight = l, w
		}
	}
	return best
}

// quality reads "q=0.8" as 800; no or an unreadable weight is 1000.
func quality(params string) int {
	_, q, found := strings.Cut(params, "q=")
	if !found {
		return 1000
	}
	q = strings.TrimSpace(q)
	whole, frac, _ := strings.Cut(q, ".")
	if whole != "0" {
		return 1000
	}
	w, unit := 0, 100
	for _, c := range frac {
		if c < '0' || c > '9' || unit == 0 {
			break
		}
		w += int(c-'0') * unit
		unit /= 10
	}
	return w
}
