package tandem

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on text, in characters.
const (
	MaxTitle = 200
	MaxStory = 4000
)

func sortBy[T any](s []T, less func(a, b T) bool) {
	sort.SliceStable(s, func(i, j int) bool { return less(s[i], s[j]) })
}

// CleanTitle trims spaces and what cannot be seen from both ends, so that a title that looks empty is
// empty.
func CleanTitle(s string) string { return strings.TrimFunc(s, invisible) }

func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r) || r == '\u115F' || r == '\u1160' || r == '\u3164' || r == '\u2800'
}

// checkTitle wants a text that can be seen; missing is the code when there is none.
func checkTitle(es *Errors, field, s, missing string) {
	if CleanTitle(s) == "" {
		es.Add(field, missing, nil)
		return
	}
	checkText(es, field, s, MaxTitle, false)
}

// checkText wants valid UTF-8 of at most limit characters without control characters; lines allows
// line breaks and tabs.
func checkText(es *Errors, field, s string, limit int, lines bool) {
	if !utf8.ValidString(s) {
		es.Add(field, "text_bad_utf8", nil)
		return
	}
	pos := 0
	for _, r := range s {
		pos++
		if unicode.IsControl(r) && !(lines && (r == '\n' || r == '\r' || r == '\t')) {
			es.Add(field, "control_char", Args{"field": field, "pos": pos})
			return
		}
	}
	if pos > limit {
		es.Add(field, "text_too_long", Args{"limit": limit, "length": pos})
	}
}

// checkEmail wants the form of one address.
func checkEmail(es *Errors, email string) {
	at := strings.IndexByte(email, '@')
	if at < 1 || at == len(email)-1 || len(email) > 254 || strings.ContainsAny(email, " \t\r\n<>\"") || strings.Count(email, "@") != 1 {
		es.Add("email", "email_form", Args{"value": email})
	}
}

func checkNumber(es *Errors, field string, v *float64) {
	if v != nil && (math.IsNaN(*v) || math.Abs(*v) > MaxNumber) {
		es.Add(field, "number_range", Args{"field": field})
	}
}

func checkOneOf[T ~string](es *Errors, field string, v T, allowed ...T) {
	if !slices.Contains(allowed, v) {
		names := make([]string, len(allowed))
		for i, a := range allowed {
			names[i] = string(a)
		}
		es.Add(field, "one_of", Args{"field": field, "value": string(v), "allowed": strings.Join(names, ", ")})
	}
}
