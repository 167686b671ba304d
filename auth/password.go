package auth

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// Lengths of a password, in characters: 15 where it is the only factor (NIST SP 800-63B-4, 3.1.1.2),
// 256 so that hashing has a bound. There are no rules of composition.
const (
	MinPassword = 15
	MaxPassword = 256
)

// commonList is the compressed list of common passwords, one a line; NOTICE says where it is from. It is
// read through once for each new password and kept nowhere.
//
//go:embed common.txt.gz
var commonList []byte

// CheckPassword tells whether a person may take this password, by the first of these codes that fits:
// text_bad_utf8, password_short {min}, password_long {max}, password_pattern (one character, unit or
// sequence over and over), password_personal (made of the own e-mail and name or of ours alone),
// password_common (on the list, also with digits around it). The error never holds the password.
func CheckPassword(password, email, name string) error {
	if !utf8.ValidString(password) {
		return tandem.Invalid("password", "text_bad_utf8", nil)
	}
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword && isCommon(password):
		return tandem.Invalid("password", "password_common", nil)
	case n < MinPassword:
		return tandem.Invalid("password", "password_short", tandem.Args{"min": MinPassword})
	case n > MaxPassword:
		return tandem.Invalid("password", "password_long", tandem.Args{"max": MaxPassword})
	case isPattern(password):
		return tandem.Invalid("password", "password_pattern", nil)
	case isPersonal(password, email, name):
		return tandem.Invalid("password", "password_personal", nil)
	case isCommon(password):
		return tandem.Invalid("password", "password_common", nil)
	}
	return nil
}

// isCommon looks the password up as it is, without the digits around it, without the digits and up to
// three other signs around it, and, where it is one text twice or more, as that text.
func isCommon(password string) bool {
	p := strings.ToLower(password)
	wanted := map[string]bool{p: true, strings.TrimFunc(p, unicode.IsDigit): true}
	core := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	signs := 0
	for _, r := range strings.Replace(p, core, "", 1) {
		if !unicode.IsDigit(r) {
			signs++
		}
	}
	if signs <= 3 {
		wanted[core] = true
	}
	for _, w := range []string{p, core} {
		if unit := repeated(w); unit != "" {
			wanted[unit] = true
		}
	}
	return anyListed(wanted)
}

// anyListed reads through the list once: about 5 ms, and nothing stays in memory.
func anyListed(wanted map[string]bool) bool {
	delete(wanted, "")
	z, err := gzip.NewReader(bytes.NewReader(commonList))
	if err != nil {
		panic("auth: the embedded list of common passwords is damaged: " + err.Error())
	}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		if wanted[string(lines.Bytes())] {
			return true
		}
	}
	if err := lines.Err(); err != nil {
		panic("auth: the embedded list of common passwords is damaged: " + err.Error())
	}
	return false
}

// repeated gives the shortest text that s is made of by writing it twice or more; "" where there is none.
func repeated(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return ""
}

// isPattern finds what no list can hold: fewer than five different characters, a unit of under eight
// bytes over and over, and runs such as abcdefg… or 98765… that make up nearly the whole.
func isPattern(password string) bool {
	r := []rune(strings.ToLower(password))
	seen := map[rune]bool{}
	runs := 0
	for i, c := range r {
		seen[c] = true
		if i > 0 && (c-r[i-1] == 1 || c-r[i-1] == -1 || c == r[i-1] || c == '0' && r[i-1] == '9' || c == '9' && r[i-1] == '0') {
			runs++
		}
	}
	unit := repeated(string(r))
	return len(seen) < 5 || unit != "" && len(unit) < 8 || runs >= len(r)-4
}

// isPersonal tells whether the letters of the password are nothing but words of the person's e-mail
// address and name and of the product's name, in any order.
func isPersonal(password, email, name string) bool {
	letters := keepLetters(password)
	if letters == "" {
		return false
	}
	words := []string{"tandem"}
	for _, w := range strings.FieldsFunc(email+" "+name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w = keepLetters(w); utf8.RuneCountInString(w) >= 2 {
			words = append(words, w)
		}
	}
	// made[i] tells whether the first i bytes are made of whole words.
	made := make([]bool, len(letters)+1)
	made[0] = true
	for i := range letters {
		if !made[i] {
			continue
		}
		for _, w := range words {
			if strings.HasPrefix(letters[i:], w) {
				made[i+len(w)] = true
			}
		}
	}
	return made[len(letters)]
}

func keepLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
