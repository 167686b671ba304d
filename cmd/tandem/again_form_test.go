package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// w gives words in the person's language.
func (c *comparison) w(en, de string) string { return [2]string{en, de}[c.x.lang] }

// form writes digits as the person's language does.
func (c *comparison) form(s string) string {
	s, negative := strings.CutPrefix(s, "-")
	whole, fraction, has := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + c.w(",", ".") + whole[i:]
	}
	if has {
		whole += c.w(".", ",") + fraction
	}
	if negative && strings.Trim(s, "0.") != "" {
		whole = "−" + whole
	}
	return whole
}

// round writes a computed figure with three digits; whole ones keep all of theirs.
func (c *comparison) round(v float64) string {
	if v == math.Trunc(v) {
		return c.form(strconv.FormatFloat(v, 'f', -1, 64))
	}
	s := strconv.FormatFloat(v, 'f', max(2-int(math.Floor(math.Log10(math.Abs(v)))), 0), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return c.form(s)
}

func (c *comparison) signed(v float64) string {
	if s := c.round(v); v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return c.round(v)
}

func (c *comparison) exact(v float64) string {
	return c.form(strconv.FormatFloat(v, 'f', c.m.Decimals, 64))
}

func (c *comparison) value(v float64) string {
	if c.m.Decimals >= 0 {
		return c.exact(v)
	}
	return c.round(v)
}

// along has a tenth where the whole way is short beside the number.
func (c *comparison) along(v float64) string {
	if c.m.Decimals < 0 && c.m.Form != "ratio" && c.g.Baseline != nil && math.Abs(v) >= 100 && math.Abs(c.g.Target-*c.g.Baseline) <= math.Abs(v)/5 {
		return c.form(strconv.FormatFloat(v, 'f', 1, 64))
	}
	return c.value(v)
}

// roughly has three digits of a large number: it is an end of a range.
func (c *comparison) roughly(v float64) string {
	if c.m.Decimals <= 0 && math.Abs(v) >= 1000 {
		unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-2)
		v = math.Round(v/unit) * unit
	}
	return c.along(v)
}

func (c *comparison) target() string {
	if c.m.Direction == "within" {
		return c.exact(*c.g.TargetLo) + c.w(" to ", " bis ") + c.exact(*c.g.TargetHi)
	}
	return c.exact(c.g.Target)
}

// date writes a day in a sentence.
func (c *comparison) date(d ownDay) string {
	t := d.time()
	s := fmt.Sprintf("%d%s %s", t.Day(), c.w("", "."), c.w(t.Month().String(), [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}[t.Month()-1]))
	if t.Year() != c.x.Today.time().Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// short writes a day in a list.
func (c *comparison) short(d ownDay) string {
	t := d.time()
	s := fmt.Sprintf("%d%s %s", t.Day(), c.w("", "."), c.w(t.Month().String()[:3], [...]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."}[t.Month()-1]))
	if t.Year() != c.x.Today.time().Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}
