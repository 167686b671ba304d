package reader

import (
	"math"
	"strconv"
	"strings"

	"tandem"
)

// digits reads the text of a number token in one of the two forms. ok is false where the token is no number
// in that form: a date, a time of day, misplaced groups, or beyond tandem.MaxNumber.
func digits(raw string, form Form) (v float64, ok bool) {
	if len(raw) > 40 {
		return 0, false
	}
	group, decimal := ",", "."
	if form == Comma {
		group, decimal = ".", ","
	}
	whole, frac, hasFrac := strings.Cut(raw, decimal)
	for _, mark := range []string{group, "'", "’", "\u00a0", "\u202f", "\u2009", " "} {
		if !strings.Contains(whole, mark) {
			continue
		}
		for i, part := range strings.Split(whole, mark) {
			if i > 0 && len(part) != 3 || i == 0 && (len(part) > 3 || part == "0") {
				return 0, false
			}
		}
		whole = strings.ReplaceAll(whole, mark, "")
		break
	}
	if !allDigits(whole) || hasFrac && !allDigits(frac) {
		return 0, false
	}
	v, err := strconv.ParseFloat(whole+"."+frac, 64)
	return v, err == nil && v <= tandem.MaxNumber
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// forms reads a number token both ways. One of them alone is evidence for the form of the whole line.
func forms(raw string) (point, comma float64, isPoint, isComma bool) {
	point, isPoint = digits(raw, Point)
	comma, isComma = digits(raw, Comma)
	return point, comma, isPoint, isComma
}

// A sureness tells how well it is known in which form the line writes numbers.
type sureness uint8

const (
	open   sureness = iota // the line's language and the workspace's form differ
	agreed                 // they are the same
	shown                  // another number of the line, or an answer, shows it
)

// numberForm tells how the line writes numbers. Other numbers of the line that can be read in one way only
// decide; else the workspace's form, where the line's language writes that way too.
func (p *parser) numberForm() (form Form, sure sureness) {
	form = p.in.Numbers
	if id, ok := p.in.Picks[askNumber]; ok {
		if Form(id) == Point || Form(id) == Comma {
			return Form(id), shown
		}
	}
	points, commas := 0, 0
	for i, t := range p.ts {
		if t.kind != numberToken || !strings.ContainsAny(t.low, ".,") || p.isTimeNumber(i) {
			continue
		}
		switch a, b, isPoint, isComma := forms(t.low); {
		case isPoint && isComma && a == b:
		case isPoint && !isComma:
			points++
		case isComma && !isPoint:
			commas++
		}
	}
	switch {
	case points > 0 && commas == 0:
		return Point, shown
	case commas > 0 && points == 0:
		return Comma, shown
	}
	own := Point
	if p.lang == German {
		own = Comma
	}
	if form == own {
		return form, agreed
	}
	return form, open
}

// isTimeNumber tells whether a number token is a German date or a time of day, which says nothing of how
// numbers are written: 31.12.2026, 9.30 Uhr.
func (p *parser) isTimeNumber(i int) bool {
	if strings.Count(p.ts[i].low, ".") == 2 {
		return true
	}
	return p.is(i+1, "clock") || strings.Contains(p.ts[i].low, ":") || p.isSign(i+1, ".") && strings.Count(p.ts[i].low, ".") == 1
}

// number reads the plain number that begins at token i, in digits or in words: n tokens, 0 for none. The
// second reading is there where the form of writing is open.
func (p *parser) number(i int) (v, other float64, two bool, n int) {
	if i >= len(p.ts) {
		return 0, 0, false, 0
	}
	if p.ts[i].kind == numberToken {
		point, comma, isPoint, isComma := forms(p.ts[i].low)
		n = 1
		switch {
		case isPoint && isComma && point != comma:
			if p.form == Comma {
				point, comma = comma, point
			}
			// Three decimals are rare enough to be asked about, and to come second where nothing is sure.
			if p.formSure == open && point < comma {
				point, comma = comma, point
			}
			v, other, two = point, comma, p.formSure == open || p.formSure == agreed && point < comma
		case isPoint:
			v = point
		case isComma:
			v = comma
		default:
			return 0, 0, false, 0
		}
		if f, ok := p.vulgar(i + 1); ok && v == float64(int64(v)) && !two {
			return v + f, 0, false, 2
		}
		return v, other, two, n
	}
	if f, ok := p.vulgar(i); ok {
		return f, 0, false, 1
	}
	if v, k := p.spokenEnglish(i); k > 0 {
		return v, 0, false, k
	}
	if m, k := p.find(i, "spelled"); k > 0 {
		v, _ = strconv.ParseFloat(m, 64)
		return v, 0, false, k
	}
	if p.ts[i].kind == wordToken {
		if v, ok := spelled(p.ts[i].low); ok {
			return v, 0, false, 1
		}
	}
	return 0, 0, false, 0
}

// maxSpoken is how many words a spoken number has at most: "nine hundred and ninety-nine thousand nine hundred
// and ninety-nine", with room to spare.
const maxSpoken = 12

// spokenEnglish reads a number of several words with a hundred or a thousand in it: "two hundred and five",
// "a thousand two hundred". n is 0 for a number of one word.
func (p *parser) spokenEnglish(i int) (v float64, n int) {
	total, current, big := 0.0, 0.0, false
	k := i
	if p.low(k) == "a" && (p.low(k+1) == "hundred" || p.low(k+1) == "thousand") {
		current = 1
		k++
	}
	for k < i+maxSpoken && p.isWord(k) {
		low := p.low(k)
		small, ok := spokenSmall(low)
		switch {
		case ok && math.Mod(current, 100) == 0:
			current += small
		case low == "hundred" && current >= 1 && current <= 9:
			current *= 100
			big = true
		case low == "thousand" && current >= 1 && total == 0:
			total, current = current*1000, 0
			big = true
		case low == "and" && big && math.Mod(current, 100) == 0:
			if _, ok := spokenSmall(p.low(k + 1)); !ok || p.low(k+2) == "hundred" {
				return spokenNumber(total+current, k-i, big)
			}
		default:
			return spokenNumber(total+current, k-i, big)
		}
		k++
	}
	return spokenNumber(total+current, k-i, big)
}

func spokenNumber(v float64, n int, big bool) (float64, int) {
	if !big || n < 2 {
		return 0, 0
	}
	return v, n
}

// spokenSmall reads an English word for 1 to 99.
func spokenSmall(low string) (float64, bool) {
	if tens, one, ok := strings.Cut(low, "-"); ok {
		a, okA := numberWord(tens)
		b, okB := numberWord(one)
		return a + b, okA && okB && a >= 20 && a <= 90 && b >= 1 && b <= 9
	}
	v, ok := numberWord(low)
	return v, ok && v >= 1 && v <= 99
}

// vulgar reads one of the characters ½ ¼ ¾.
func (p *parser) vulgar(i int) (float64, bool) {
	if i >= len(p.ts) || p.ts[i].kind != signToken {
		return 0, false
	}
	switch p.ts[i].low {
	case "½":
		return 0.5, true
	case "¼":
		return 0.25, true
	case "¾":
		return 0.75, true
	}
	return 0, false
}

// spelled reads composed number words up to 9,999: "twenty-five", "fünfundzwanzig", "zweihundertfünfzig".
func spelled(s string) (float64, bool) {
	if len(s) < 4 || len(s) > 60 {
		return 0, false
	}
	if tens, one, ok := strings.Cut(s, "-"); ok {
		a, okA := numberWord(tens)
		b, okB := numberWord(one)
		return a + b, okA && okB && a >= 20 && a <= 90 && b >= 1 && b <= 9
	}
	for _, big := range []struct {
		word string
		n    float64
	}{{"tausend", 1000}, {"hundert", 100}} {
		head, tail, ok := strings.Cut(s, big.word)
		if !ok {
			continue
		}
		a, okA := 1.0, true
		if head != "" {
			a, okA = underHundred(head)
		}
		b, okB := 0.0, true
		if tail != "" {
			if b, okB = underHundred(tail); !okB {
				b, okB = spelled(tail)
			}
		}
		return a*big.n + b, okA && okB && a >= 1 && b < big.n
	}
	return underHundred(s)
}

// underHundred reads a German number word below 100.
func underHundred(s string) (float64, bool) {
	if v, ok := numberWord(s); ok {
		return v, true
	}
	for at := strings.Index(s, "und"); at > 0; {
		one, okA := numberWord(s[:at])
		ten, okB := numberWord(s[at+3:])
		if okA && okB && one >= 1 && one <= 9 && ten >= 20 && ten <= 90 {
			return one + ten, true
		}
		next := strings.Index(s[at+1:], "und")
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return 0, false
}

// numberWord reads one number word of the list, "ein" too.
func numberWord(s string) (float64, bool) {
	if s == "ein" {
		return 1, true
	}
	for _, ph := range lexicon()[s] {
		for _, m := range ph.meanings {
			if len(ph.rest) == 0 && m.class == "spelled" {
				v, err := strconv.ParseFloat(m.value, 64)
				return v, err == nil
			}
		}
	}
	return 0, false
}
