package library

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tandem"
)

// head is the first line of a pack.
const head = "tandem templates 1"

var (
	keyForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	numberForm   = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)
	countForm    = regexp.MustCompile(`^([0-9]{1,3}) (.+)$`)
	practiceForm = regexp.MustCompile(`^([0-9]{1,3}) (?:minutes|Minuten), ([1-7]) (?:days?|Tage?) (?:a week|die Woche)$`)
	periodForm   = regexp.MustCompile(`^([0-9]{1,3}) (day|week|month|quarter|year|Tag|Woche|Monat|Quartal|Jahr)(?:s|e|n)?$`)
	bandForm     = regexp.MustCompile(`^([+-]?[0-9.]+) (?:to|bis) ([+-]?[0-9.]+)$`)
)

// A line is one key of a template: how its value is read, and how it is written.
type line struct {
	name     string
	many     bool   // may stand several times
	needed   bool   // must stand
	accepted string // what its value can be; "" is a text of at most MaxTitle characters
	read     func(t *Template, v string) bool
	write    func(t Template) []string
}

// words gives a key whose value is a text.
func words(name string, needed bool, at func(t *Template) *string) line {
	return line{name: name, needed: needed,
		read:  func(t *Template, v string) bool { *at(t) = v; return true },
		write: func(t Template) []string { return some(*at(&t)) },
	}
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// lines gives the keys in the order in which they are written.
func lines() []line {
	return []line{
		oneOf("topic", true, topics, func(t *Template) *string { return &t.Topic }),
		{name: "for", accepted: "everyone, adults",
			read:  func(t *Template, v string) bool { t.Adults = v == "adults"; return v == "adults" || v == "everyone" },
			write: func(t Template) []string { return map[bool][]string{true: {"adults"}}[t.Adults] }},
		words("result", true, func(t *Template) *string { return &t.Result }),
		words("number", true, func(t *Template) *string { return &t.Number }),
		{name: "unit", accepted: "at most 40 characters", read: func(t *Template, v string) bool { t.Unit = v; return utf8.RuneCountInString(v) <= 40 }, write: func(t Template) []string { return some(t.Unit) }},
		oneOf("form", false, []tandem.Form{tandem.FormReading, tandem.FormTotal, tandem.FormRate}, func(t *Template) *tandem.Form { return &t.Form }),
		oneOf("every", false, []tandem.Period{tandem.PeriodWeek, tandem.PeriodMonth, tandem.PeriodQuarter}, func(t *Template) *tandem.Period { return &t.Every }),
		oneOf("direction", false, []tandem.Direction{tandem.Up, tandem.Down, tandem.Within}, func(t *Template) *tandem.Direction { return &t.Direction }),
		{name: "reached when", accepted: "total, once, at the end, held, kept", read: readReached, write: func(t Template) []string { return some(strings.ReplaceAll(string(t.ReachedWhen), "_", " ")) }},
		{name: "target", accepted: "a number such as 20 or 12.5", read: func(t *Template, v string) bool { return number(&t.Target, v) }, write: func(t Template) []string { return plain(t.Target, "", "") }},
		{name: "change", accepted: "a number such as -10, +12.5 or +30 %", read: readChange, write: writeChange},
		{name: "band", accepted: "two numbers, such as 20 to 25", read: readBand, write: writeBand},
		{name: "period", needed: true, accepted: "a time such as 6 weeks, 1 month or 2 years, at most 10 years", read: readPeriod, write: func(t Template) []string { return some(writePeriod(t.Days)) }},
		words("learning", true, func(t *Template) *string { return &t.Learning }),
		{name: "level", many: true, needed: true, read: func(t *Template, v string) bool { t.Levels = append(t.Levels, v); return true }, write: func(t Template) []string { return t.Levels }},
		{name: "collection", accepted: "a count and a name, such as 3 strategies, at most 100", read: readCollection, write: func(t Template) []string {
			if t.Size == 0 {
				return nil
			}
			return []string{fmt.Sprintf("%d %s", t.Size, t.Collection)}
		}},
		{name: "practice", accepted: "minutes and days, such as 15 minutes, 5 days a week", read: readPractice, write: func(t Template) []string {
			if t.Times == 0 {
				return nil
			}
			return []string{fmt.Sprintf("%d minutes, %d %s a week", t.Minutes, t.Times, map[bool]string{true: "day", false: "days"}[t.Times == 1])}
		}},
		words("first step", false, func(t *Template) *string { return &t.FirstStep }),
		words("technique", true, func(t *Template) *string { return &t.Technique }),
		{name: "outside", many: true, needed: true, read: func(t *Template, v string) bool { t.Outside = append(t.Outside, v); return true }, write: func(t Template) []string { return t.Outside }},
		words("why", true, func(t *Template) *string { return &t.Why }),
		{name: "words", accepted: "words with commas between them", read: readWords, write: func(t Template) []string { return some(strings.Join(t.Words, ", ")) }},
	}
}

func oneOf[T ~string](name string, needed bool, values []T, at func(t *Template) *T) line {
	var names []string
	for _, v := range values {
		names = append(names, string(v))
	}
	return line{name: name, needed: needed, accepted: strings.Join(names, ", "),
		read:  func(t *Template, v string) bool { *at(t) = T(v); return slices.Contains(values, T(v)) },
		write: func(t Template) []string { return some(string(*at(&t))) }}
}

func number(to **float64, v string) bool {
	f, err := strconv.ParseFloat(v, 64)
	*to = &f
	return err == nil && numberForm.MatchString(v) && math.Abs(f) <= tandem.MaxNumber
}

func plain(v *float64, before, after string) []string {
	if v == nil {
		return nil
	}
	return []string{before + strconv.FormatFloat(*v, 'f', -1, 64) + after}
}

func readReached(t *Template, v string) bool {
	t.ReachedWhen = tandem.ReachedWhen(strings.ReplaceAll(v, " ", "_"))
	return slices.Contains([]string{"total", "once", "at the end", "held", "kept"}, v)
}

func readChange(t *Template, v string) bool {
	n, percent := strings.CutSuffix(v, "%")
	t.Percent = percent
	return number(&t.Change, strings.TrimSpace(n)) && *t.Change != 0
}

func writeChange(t Template) []string {
	if t.Change == nil {
		return nil
	}
	before, after := "", ""
	if *t.Change > 0 {
		before = "+"
	}
	if t.Percent {
		after = " %"
	}
	return plain(t.Change, before, after)
}

func readBand(t *Template, v string) bool {
	m := bandForm.FindStringSubmatch(v)
	return m != nil && number(&t.Lo, m[1]) && number(&t.Hi, m[2]) && *t.Lo < *t.Hi
}

func writeBand(t Template) []string {
	if t.Lo == nil || t.Hi == nil {
		return nil
	}
	return []string{plain(t.Lo, "", "")[0] + " to " + plain(t.Hi, "", "")[0]}
}

const mostDays = 3660

func readPeriod(t *Template, v string) bool {
	m := periodForm.FindStringSubmatch(v)
	if m == nil {
		return false
	}
	n, _ := strconv.Atoi(m[1])
	t.Days = n * map[string]int{"day": 1, "Tag": 1, "week": 7, "Woche": 7, "month": 30, "Monat": 30, "quarter": 91, "Quartal": 91, "year": 365, "Jahr": 365}[m[2]]
	return t.Days > 0 && t.Days <= mostDays
}

func writePeriod(days int) string {
	for _, u := range []struct {
		name string
		days int
	}{{"year", 365}, {"quarter", 91}, {"month", 30}, {"week", 7}, {"day", 1}} {
		if n := days / u.days; n > 0 && days%u.days == 0 {
			if n > 1 {
				u.name += "s"
			}
			return fmt.Sprintf("%d %s", n, u.name)
		}
	}
	return ""
}

func readCollection(t *Template, v string) bool {
	m := countForm.FindStringSubmatch(v)
	if m == nil {
		return false
	}
	t.Size, _ = strconv.Atoi(m[1])
	t.Collection = m[2]
	return t.Size >= 1 && t.Size <= 100
}

func readPractice(t *Template, v string) bool {
	m := practiceForm.FindStringSubmatch(v)
	if m == nil {
		return false
	}
	t.Minutes, _ = strconv.Atoi(m[1])
	t.Times, _ = strconv.Atoi(m[2])
	return t.Minutes >= 1 && t.Minutes <= 240
}

func readWords(t *Template, v string) bool {
	for w := range strings.SplitSeq(v, ",") {
		if w = strings.TrimSpace(w); w == "" {
			return false
		}
		t.Words = append(t.Words, w)
	}
	return len(t.Words) <= maxWords
}

// Write gives templates of a language as a pack.
func Write(lang string, templates []Template) string {
	return WriteAll([]string{lang}, map[string][]Template{lang: templates})
}

// WriteAll gives templates of several languages as a pack, language by language.
func WriteAll(langs []string, templates map[string][]Template) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, lang := range langs {
		fmt.Fprintf(&b, "language: %s\n", lang)
		writeBlocks(&b, templates[lang])
	}
	return b.String()
}

func writeBlocks(b *strings.Builder, templates []Template) {
	for _, t := range templates {
		fmt.Fprintf(b, "\ntemplate: %s\n", t.Key)
		for _, l := range lines() {
			for _, v := range l.write(t) {
				fmt.Fprintf(b, "%s: %s\n", l.name, v)
			}
		}
	}
}
