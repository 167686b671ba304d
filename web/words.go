package web

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/web/ui"
)

// calendar gives the words a picture needs to name days.
func (c *call) calendar() ui.Calendar {
	cal := ui.Calendar{DayMonth: func(d int) string { return c.Lang.DateShort(tandem.Day(d)) }}
	for m := range cal.Months {
		cal.Months[m] = c.T("month.short." + string(rune('a'+m)))
	}
	for d := range cal.Weekdays {
		cal.Weekdays[d] = c.T("weekday.letter." + string(rune('a'+d)))
	}
	return cal
}

// value writes a number of a metric: with its own decimals, or as computed numbers are.
func (c *call) value(m tandem.Metric, v float64) string {
	if m.Decimals >= 0 {
		return c.priced(m, c.Lang.Numbers().Number(v, m.Decimals))
	}
	return c.priced(m, c.Lang.Numbers().Round(v))
}

// along writes a computed number of a result. Where the whole way is short beside the number itself, as of ten
// pounds at 190, a tenth is worth seeing.
func (c *call) along(g tandem.PerformanceGoal, m tandem.Metric, v float64) string {
	if m.Decimals < 0 && !m.IsRatio() && g.Baseline != nil && math.Abs(v) >= 100 && math.Abs(g.Target-*g.Baseline) <= math.Abs(v)/5 {
		m.Decimals = 1
	}
	return c.value(m, v)
}

// roughly writes a number that is far from sure, the ends of a range or a first step, with three digits of its own.
func (c *call) roughly(g tandem.PerformanceGoal, m tandem.Metric, v float64) string {
	if size := math.Abs(v); size >= 1000 && m.Decimals <= 0 {
		unit := math.Pow(10, math.Floor(math.Log10(size))-2)
		v = math.Round(v/unit) * unit
	}
	return c.along(g, m, v)
}

// signed writes a change of a number with its sign: "+$1,934".
func (c *call) signed(m tandem.Metric, v float64) string {
	return c.priced(m, c.Lang.Numbers().Signed(v))
}

// priced gives a figure the sign of its currency: "$100,000", "−$5", in German "100.000 €".
func (c *call) priced(m tandem.Metric, figure string) string {
	switch {
	case !m.IsMoney():
		return figure
	case c.Lang != i18n.EN:
		return figure + "\u00a0" + m.Unit
	}
	n := strings.IndexFunc(figure, unicode.IsDigit)
	return figure[:max(n, 0)] + m.Unit + figure[max(n, 0):]
}

// unitAfter is the unit where it follows a figure; that of money stands with the figure already.
func unitAfter(m tandem.Metric) string {
	if m.IsMoney() {
		return ""
	}
	return m.Unit
}

// exact writes a value as it was entered; that of a ratio is computed.
func (c *call) exact(m tandem.Metric, v float64) string {
	if m.IsRatio() {
		return c.value(m, v)
	}
	return c.entered(m, v)
}

// entered writes a number that somebody typed.
func (c *call) entered(m tandem.Metric, v float64) string {
	if m.Decimals < 0 && m.IsMoney() && v != math.Trunc(v) {
		m.Decimals = 2 // money has cents or none
	}
	if m.Decimals >= 0 {
		return c.priced(m, c.Lang.Numbers().Number(v, m.Decimals))
	}
	return c.priced(m, c.Lang.Numbers().Number(v, i18n.Auto))
}

// target writes what is to be reached: "16", or "3 to 5" for keep within.
func (c *call) target(g tandem.PerformanceGoal, m tandem.Metric) string {
	if m.Direction == tandem.Within && g.TargetLo != nil && g.TargetHi != nil {
		return c.T("range", tandem.Args{"lo": c.entered(m, *g.TargetLo), "hi": c.entered(m, *g.TargetHi)})
	}
	return c.entered(m, g.Target)
}

// unitLine names the number over its picture: "Sales a week".
func (c *call) unitLine(m tandem.Metric) string {
	switch {
	case m.Form == tandem.FormRate:
		return c.T("unit.rate", tandem.Args{"name": m.Name, "period": c.T("period.a." + string(m.Period))})
	case m.IsRatio() && m.Unit != "":
		return c.T("unit.ratio", tandem.Args{"name": m.Name, "unit": m.Unit, "period": c.T("period.one." + string(m.Period))})
	case m.IsRatio():
		return c.T("unit.ratio_plain", tandem.Args{"name": m.Name, "period": c.T("period.one." + string(m.Period))})
	case m.Unit != "":
		return c.T("unit.named", tandem.Args{"name": m.Name, "unit": m.Unit})
	}
	return m.Name
}

// chanceWords says a chance in words, and the per cent where it may stand.
func (c *call) chanceWords(chance *float64, values int) (words, percent string) {
	if chance == nil {
		return "", ""
	}
	words = c.Lang.Chance(*chance, values)
	if p, ok := i18n.ChancePercent(*chance, values); ok {
		percent = c.Lang.Percent(p)
	}
	return words, percent
}

// usedWords says how often something was used; nothing is counted that has not begun.
func (c *call) usedWords(n int) string {
	if n == 0 {
		return c.T("technique.not_yet")
	}
	return c.T("technique.used", tandem.Args{"n": n})
}

// steep tells whether a chance is too small to stand on Today and in lists: below 1 in 3.
func steep(s *tandem.Snapshot) bool {
	return s != nil && s.Chance != nil && s.Values >= i18n.ChanceWordsFrom && *s.Chance < 1.0/3
}

// reachedWords says by which rule a result counts as reached.
func (c *call) reachedWords(g tandem.PerformanceGoal, m tandem.Metric) string {
	share := int(math.Round(g.KeptShare * 100))
	return c.T("reached."+string(g.ReachedWhen), tandem.Args{"target": c.target(g, m), "n": g.HeldFor, "share": c.Lang.Percent(share)})
}

// near writes a day in a sentence: the year only where it is another one.
func (c *call) near(d tandem.Day) string { return c.Lang.DateNear(d, c.Today) }

// sentenceCase gives a sentence its capital.
func sentenceCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// dayShort writes a day for lists, with its year when it is another one.
func (c *call) dayShort(d tandem.Day) string {
	y, _, _ := d.Date()
	if now, _, _ := c.Today.Date(); y != now {
		return c.Lang.DateShortYear(d)
	}
	return c.Lang.DateShort(d)
}

// shows tells whether a concept may stand on the page.
func shows(states map[string]tandem.ConceptState, key string, all bool) bool {
	return tandem.ConceptVisible(key, states, all)
}

// levelOf gives the level noticed on a learning goal, with how many levels there are.
func levelOf(l app.LearningLine) (level, of int) {
	level, _ = tandem.LevelNow(l.Evidence)
	return level, max(len(l.Levels), 5)
}

// kindWord is the hidden word before a goal's title.
func (c *call) kindView(k tandem.GoalKind) ui.KindView {
	if k == tandem.KindLearning {
		return ui.KindView{Kind: ui.Learning, Word: c.T("kind.learning")}
	}
	return ui.KindView{Kind: ui.Result, Word: c.T("kind.result")}
}
