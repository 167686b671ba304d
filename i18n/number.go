package i18n

import (
	"math"
	"strconv"
	"strings"
)

// Auto asks Number for the shortest digits that read back as the same number.
const Auto = -1

// MaxNumber is the largest magnitude that is read: beyond it a float64 no longer holds tenths.
const MaxNumber = 1e15

// minus is the sign that pages print; the hyphen is read as well.
const minus = "−"

// A NumberForm is a workspace's way of writing numbers.
type NumberForm uint8

const (
	Point NumberForm = iota // 1,000.5
	Comma                   // 1.000,5
)

// Numbers gives the form that the language uses unless the workspace says otherwise.
func (l Lang) Numbers() NumberForm {
	if l == DE {
		return Comma
	}
	return Point
}

// String gives the name under which a workspace stores the form: "point" or "comma".
func (f NumberForm) String() string {
	if f == Comma {
		return "comma"
	}
	return "point"
}

// ParseForm reads the name of a form.
func ParseForm(s string) (f NumberForm, ok bool) {
	switch s {
	case "point":
		return Point, true
	case "comma":
		return Comma, true
	}
	return Point, false
}

// Example is a number that shows the form: "1,000.5" or "1.000,5".
func (f NumberForm) Example() string { return f.Number(1000.5, 1) }

func (f NumberForm) marks() (group, decimal byte) {
	if f == Comma {
		return '.', ','
	}
	return ',', '.'
}

// Number writes v with that many decimals, or with Auto the shortest digits that read back as v.
// Zero is never signed. An unknown number (NaN) is written as a dash, a bound that is none as ∞.
func (f NumberForm) Number(v float64, decimals int) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return minus + "∞"
	}
	return f.group(strconv.FormatFloat(v, 'f', decimals, 64))
}

// Round writes a computed number to three significant digits, without trailing zeros: 13.4, 0.0312,
// 1,240. Whole numbers keep all their digits, for a sum is exact.
func (f NumberForm) Round(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || v == math.Trunc(v) {
		return f.Number(v, Auto)
	}
	decimals := 2 - int(math.Floor(math.Log10(math.Abs(v))))
	s := strconv.FormatFloat(v, 'f', max(decimals, 0), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return f.group(s)
}

// Integer writes a whole number with its digit groups.
func (f NumberForm) Integer(n int64) string { return f.group(strconv.FormatInt(n, 10)) }

// Signed is Round with a plus before a rise: +1.2, −0.3, 0.
func (f NumberForm) Signed(v float64) string {
	s := f.Round(v)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// group turns the digits of strconv into the form.
func (f NumberForm) group(s string) string {
	group, decimal := f.marks()
	s, negative := strings.CutPrefix(s, "-")
	whole, frac, hasFrac := strings.Cut(s, ".")
	var b strings.Builder
	if negative && strings.Trim(s, "0.") != "" {
		b.WriteString(minus)
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(group)
		}
		b.WriteByte(whole[i])
	}
	if hasFrac {
		b.WriteByte(decimal)
		b.WriteString(frac)
	}
	return b.String()
}

// ParseNumber reads a number that a person typed, in the form alone: digit groups may be left out
// but not misplaced. What could only have been meant in the other form is the Problem
// number_other_form with a suggestion (reliability row 25); any other text is number_form; a number
// beyond ±MaxNumber is number_range.
func (f NumberForm) ParseNumber(s string) (float64, error) {
	text := strings.TrimSpace(s)
	if v, ok := f.read(text); ok {
		if math.Abs(v) > MaxNumber {
			return 0, &Problem{Code: "number_range", Args: Args{"value": clip(text)}}
		}
		return v, nil
	}
	if v, ok := f.other().read(text); ok && math.Abs(v) <= MaxNumber {
		return 0, &Problem{Code: "number_other_form", Args: Args{
			"value": clip(text), "suggestion": f.bare(v), "example": f.Example()}}
	}
	return 0, &Problem{Code: "number_form", Args: Args{"value": clip(text), "example": f.Example()}}
}

func (f NumberForm) other() NumberForm { return f ^ 1 }

// bare writes v for a field that is typed into: no digit groups and a hyphen for the sign.
func (f NumberForm) bare(v float64) string {
	_, decimal := f.marks()
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", string(decimal), 1)
}

// Input writes v as a person would type it, for the value of a text field.
func (f NumberForm) Input(v float64) string { return f.bare(v) }

// read reads a sign, digits in groups of three or without groups, and decimals.
func (f NumberForm) read(s string) (float64, bool) {
	group, decimal := f.marks()
	sign := ""
	for _, p := range []string{"-", minus, "+"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			s = rest
			if p != "+" {
				sign = "-"
			}
			break
		}
	}
	whole, frac, hasFrac := strings.Cut(s, string(decimal))
	if hasFrac && !digits(frac) {
		return 0, false
	}
	if whole == "" && hasFrac {
		whole = "0" // ".5"
	}
	whole, ok := ungroup(whole, group)
	if !ok {
		return 0, false
	}
	// ParseFloat can only fail by range here, and then gives an infinity that the caller refuses.
	v, _ := strconv.ParseFloat(sign+whole+"."+frac, 64)
	return v + 0, true // −0 and 0 are one number
}

// ungroup takes out well-placed group marks; spaces and apostrophes group in both forms.
func ungroup(s string, mark byte) (string, bool) {
	for _, m := range []string{string(mark), " ", "\u00a0", "\u202f", "'", "’"} {
		if !strings.Contains(s, m) {
			continue
		}
		parts := strings.Split(s, m)
		for i, p := range parts {
			if !digits(p) || (i > 0 && len(p) != 3) || len(p) > 3 {
				return "", false
			}
		}
		return strings.Join(parts, ""), true
	}
	return s, digits(s)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// clip shortens what was typed for the sentence that quotes it, to at most 40 characters.
func clip(s string) string {
	r := []rune(s)
	if len(r) <= 40 {
		return s
	}
	return string(r[:39]) + "…"
}
