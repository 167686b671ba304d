package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	wordToken   tokenKind = iota // letters, with apostrophes and hyphens between them
	numberToken                  // digits, with marks between them
	signToken                    // any other single character
	breakToken                   // an end of line
)

// A token is a piece of the text. Glued tells that nothing stands between it and the token before.
type token struct {
	start, end int
	kind       tokenKind
	glued      bool
	low        string   // in lower case
	phrases    []phrase // that begin with it
}

// scan cuts text into tokens.
func scan(text string) []token {
	lex := lexicon()
	ts := make([]token, 0, len(text)/5+4)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		var t token
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			t = token{start: i, end: i + n, kind: breakToken}
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			i += n
			continue
		case isDigit(text[i]):
			t = token{start: i, end: numberEnd(text, i), kind: numberToken}
		case unicode.IsLetter(r) || unicode.IsMark(r):
			afterDigit := i > 0 && isDigit(text[i-1])
			t = token{start: i, end: wordEnd(text, i, afterDigit), kind: wordToken}
		default:
			t = token{start: i, end: i + n, kind: signToken}
		}
		t.low = text[t.start:t.end]
		if t.kind == wordToken {
			t.low = strings.ReplaceAll(strings.ToLower(t.low), "’", "'")
		}
		if strings.HasPrefix(t.low, "mid-") { // mid-May
			t.end, t.low = t.start+4, "mid-"
		}
		if len(t.low) <= 40 {
			t.phrases = lex[t.low]
		}
		t.glued = len(ts) > 0 && ts[len(ts)-1].end == t.start
		ts = append(ts, t)
		i = t.end
	}
	return ts
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// numberEnd gives the end of the digits that begin at i, with single marks between digits: points, commas,
// colons, slashes, apostrophes and narrow spaces, and the hyphens of 2026-12-31.
func numberEnd(text string, i int) int {
	if isoDate(text[i:]) {
		return i + 10
	}
	i = spacedEnd(text, i)
	for i < len(text) {
		if isDigit(text[i]) {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(".,:/'’\u00a0\u202f\u2009", r) || i+n >= len(text) || !isDigit(text[i+n]) {
			return i
		}
		i += n
	}
	return i
}

// spacedEnd gives the end of groups of three digits that begin at i with plain spaces between them: "1 234
// 567", "10 000". A single group that is no "000" is a number of its own: "14 300" may be a day and a value. It
// gives i where there are none.
func spacedEnd(text string, i int) int {
	end := i
	for end < len(text) && isDigit(text[end]) {
		end++
	}
	if end-i > 3 || text[i] == '0' {
		return i
	}
	groups, at := 0, end
	for at+3 < len(text) && text[at] == ' ' && isDigit(text[at+1]) && isDigit(text[at+2]) && isDigit(text[at+3]) && (at+4 == len(text) || !isDigit(text[at+4])) {
		at += 4
		groups++
	}
	if groups > 1 || groups == 1 && text[end+1:at] == "000" {
		return at
	}
	return i
}

// isoDate tells whether s begins like 2026-12-31, with no digit after it.
func isoDate(s string) bool {
	if len(s) < 10 || len(s) > 10 && isDigit(s[10]) {
		return false
	}
	for i := range 10 {
		if dash := i == 4 || i == 7; dash != (s[i] == '-') || !dash && !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// wordEnd gives the end of the word that begins at i. A word behind a digit is letters alone, so that
// 1h30 falls into three.
func wordEnd(text string, i int, afterDigit bool) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
		case isDigit(text[i]) && !afterDigit:
		case r == '\'' || r == '’' || r == '-' || r == '\u2010' || r == '\u2011':
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if !unicode.IsLetter(next) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}
