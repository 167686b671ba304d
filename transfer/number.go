package transfer

import (
	"math"
	"strconv"
)

// maxNumber bounds every number that is accepted, in both directions.
const maxNumber = 1e15

// pow10 are the powers of ten that a float64 holds exactly.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// numberFault tells why a cell is no number.
type numberFault uint8

const (
	numberFine  numberFault = iota
	numberForm              // not written as a number in this form
	numberRange             // beyond ±1e15
)

// numeral is the state of reading one number.
type numeral struct {
	decimal  byte // '.' or ','
	negative bool
	mantissa uint64 // of the first 15 digits, leading zeros aside, both sides of the mark
	digits   int    // how many digits there are, leading zeros aside
	whole    int    // digits before the mark, as written
	fraction int    // digits behind it
	marked   bool   // the mark was read
	group    int    // what separates thousands, 0 for nothing
	run      int    // digits since the last separator
	zero     bool   // the first digit was a zero
}

// readNumber reads a trimmed cell whose decimal mark is decimal. The other mark, spaces and
// apostrophes may separate thousands, all of one kind and only in groups of three; so 12,5 is refused
// where the mark is a point instead of being read as 125. Up to 15 digits and 22 decimals are divided
// once, which rounds correctly (Clinger 1990); anything longer goes to strconv.
func readNumber(cell []byte, decimal byte) (float64, numberFault) {
	n := numeral{decimal: decimal}
	b := n.sign(cell)
	unsigned := b
	for len(b) > 0 {
		c := b[0]
		switch {
		case c >= '0' && c <= '9':
			n.digit(c)
			b = b[1:]
		case c == decimal:
			if n.marked || !n.groupEnds() {
				return 0, numberForm
			}
			n.marked = true
			b = b[1:]
		case c == 'e' || c == 'E':
			return n.withExponent(unsigned[:len(unsigned)-len(b)], b[1:])
		default:
			kind, width := separator(b, decimal)
			if width == 0 || !n.separate(kind) {
				return 0, numberForm
			}
			b = b[width:]
		}
	}
	if !n.ends() {
		return 0, numberForm
	}
	if n.digits <= 15 && n.fraction < len(pow10) {
		return n.bounded(float64(n.mantissa) / pow10[n.fraction])
	}
	return n.slow(unsigned, "")
}

// sign steps over a leading sign, the typographic minus included.
func (n *numeral) sign(b []byte) []byte {
	switch {
	case len(b) > 0 && b[0] == '+':
		return b[1:]
	case len(b) > 0 && b[0] == '-':
		n.negative = true
		return b[1:]
	case len(b) > 2 && b[0] == 0xE2 && b[1] == 0x88 && b[2] == 0x92: // U+2212
		n.negative = true
		return b[3:]
	}
	return b
}

func (n *numeral) digit(c byte) {
	if n.marked {
		n.fraction++
	} else {
		n.zero = n.zero || n.whole == 0 && c == '0'
		n.whole++
		n.run++
	}
	if c != '0' || n.digits > 0 {
		if n.digits++; n.digits <= 15 {
			n.mantissa = n.mantissa*10 + uint64(c-'0')
		}
	}
}

// separator gives the kind and width of the character that may separate thousands: the other mark,
// an apostrophe (straight or U+2019), a space (also U+00A0, U+202F, U+2009).
func separator(b []byte, decimal byte) (kind, width int) {
	switch {
	case (b[0] == ',' || b[0] == '.') && b[0] != decimal, b[0] == '\'', b[0] == ' ':
		return int(b[0]), 1
	case len(b) > 1 && b[0] == 0xC2 && b[1] == 0xA0:
		return 0xA0, 2
	case len(b) > 2 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0xAF || b[2] == 0x89 || b[2] == 0x99):
		return 0x2000 + int(b[2]), 3
	}
	return 0, 0
}

func (n *numeral) separate(kind int) bool {
	if n.marked || n.zero || n.run == 0 || n.run > 3 {
		return false
	}
	if n.group != 0 && (n.group != kind || n.run != 3) {
		return false
	}
	n.group, n.run = kind, 0
	return true
}

func (n *numeral) groupEnds() bool { return n.group == 0 || n.run == 3 }

func (n *numeral) ends() bool {
	if n.marked {
		return n.fraction > 0
	}
	return n.whole > 0 && n.groupEnds()
}

// withExponent reads what follows the e; before is what stands in front of it.
func (n *numeral) withExponent(before, b []byte) (float64, numberFault) {
	if !n.ends() || n.group != 0 || len(b) == 0 || len(b) > 6 {
		return 0, numberForm
	}
	digits := b
	if b[0] == '+' || b[0] == '-' {
		digits = b[1:]
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, numberForm
		}
	}
	if len(digits) == 0 {
		return 0, numberForm
	}
	return n.slow(before, string(b))
}

// slow leaves the digits of b, with the mark moved into the exponent, to strconv.
func (n *numeral) slow(b []byte, exponent string) (float64, numberFault) {
	text := append(make([]byte, 0, len(b)+16), '0')
	for _, c := range b {
		if c >= '0' && c <= '9' {
			text = append(text, c)
		}
	}
	shift := -n.fraction
	if exponent != "" {
		e, _ := strconv.Atoi(exponent) // a sign and at most six digits, checked
		shift += e
	}
	text = strconv.AppendInt(append(text, 'e'), int64(shift), 10)
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return 0, numberRange
	}
	return n.bounded(v)
}

func (n *numeral) bounded(v float64) (float64, numberFault) {
	if v > maxNumber {
		return 0, numberRange
	}
	if n.negative && v != 0 {
		v = -v
	}
	return v, numberFine
}

// markTold is what one cell says about the decimal mark of its column.
type markTold uint8

const (
	markNothing markTold = iota // no number, or one that reads the same either way
	markPoint
	markComma
	markOpen // 1.234 or 1,234: both readings are good and differ
)

// tellMark reads the cell both ways and compares.
func tellMark(cell []byte) markTold {
	point, badPoint := readNumber(cell, '.')
	comma, badComma := readNumber(cell, ',')
	switch {
	case badPoint == numberForm && badComma == numberForm:
		return markNothing
	case badComma == numberForm:
		return markPoint
	case badPoint == numberForm:
		return markComma
	case point != comma:
		return markOpen
	}
	return markNothing
}

// readClock reads h:mm and h:mm:ss as hours; ok is false for any other cell.
func readClock(cell []byte) (hours float64, ok bool) {
	b, negative := cell, false
	if len(b) > 0 && b[0] == '-' {
		b, negative = b[1:], true
	}
	var part [3]int
	count, width := 0, 0
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9' && width < 6:
			part[count] = part[count]*10 + int(c-'0')
			width++
		case c == ':' && count < 2 && width > 0 && (count == 0 || width == 2):
			count, width = count+1, 0
		default:
			return 0, false
		}
	}
	if count == 0 || width != 2 || part[1] > 59 || part[2] > 59 {
		return 0, false
	}
	hours = float64(part[0]*3600+part[1]*60+part[2]) / 3600
	if negative {
		hours = -hours
	}
	return hours, true
}

// finite tells whether a value may be stored.
func finite(v float64) bool { return !math.IsNaN(v) && math.Abs(v) <= maxNumber }
