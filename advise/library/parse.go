package library

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// mostFaults is how many things that are wrong are told at once.
const mostFaults = 20

// Parse reads a pack. What is wrong is told line by line, with what is accepted; the field of every error
// is "pack". A pack with anything wrong gives no templates.
func Parse(text string) ([]Template, error) {
	p := parser{lines: lines(), keys: map[string]int{}}
	if len(text) > MaxPack {
		p.fault("pack_too_large", tandem.Args{"limit": strconv.Itoa(MaxPack>>10) + " KiB"})
		return nil, p.faults.Err()
	}
	if !utf8.ValidString(text) {
		p.fault("pack_bad_utf8", nil)
		return nil, p.faults.Err()
	}
	for l := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		p.line++
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			p.take(l)
		}
		if len(p.faults) >= mostFaults || p.stop {
			return nil, p.faults.Err()
		}
	}
	p.end()
	if !p.begun {
		p.fault("pack_head", tandem.Args{"line": 1, "accepted": head})
	} else if len(p.done) == 0 && len(p.faults) == 0 {
		p.fault("pack_empty", nil)
	}
	if len(p.faults) > 0 {
		return nil, p.faults.Err()
	}
	return p.done, nil
}

type parser struct {
	lines  []line
	line   int
	begun  bool // the head was read
	stop   bool
	lang   string
	now    *Template // the one that is being read
	from   int       // its first line
	seen   map[string]int
	keys   map[string]int // of templates, with the line where they stand
	done   []Template
	faults tandem.Errors
}

// fault notes what is wrong; codes are those of the catalogue.
func (p *parser) fault(code string, args tandem.Args) {
	p.faults = append(p.faults, &tandem.Error{Kind: tandem.KindInvalid, Field: "pack", Code: code, Args: args})
}

// take reads a line that says something.
func (p *parser) take(text string) {
	if !p.begun {
		if p.begun = text == head; !p.begun {
			p.fault("pack_head", tandem.Args{"line": p.line, "accepted": head})
			p.stop = true
		}
		return
	}
	name, value, ok := strings.Cut(text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	switch {
	case !ok:
		p.fault("pack_line_form", tandem.Args{"line": p.line, "value": shown(text)})
	case name == "language":
		p.end()
		if p.lang = value; value != "en" && value != "de" {
			p.fault("pack_value", tandem.Args{"line": p.line, "key": name, "value": shown(value), "accepted": "en, de"})
		}
	case name == "template":
		p.begin(value)
	case p.now == nil:
		p.fault("pack_no_template", tandem.Args{"line": p.line, "key": shown(name)})
		p.stop = true
	default:
		p.set(name, value)
	}
}

// begin ends the template before and begins the next one.
func (p *parser) begin(key string) {
	p.end()
	if p.lang == "" {
		p.fault("pack_language", tandem.Args{"line": p.line})
		p.lang = "en"
	}
	p.now, p.from, p.seen = &Template{Key: key, Lang: p.lang}, p.line, map[string]int{}
	switch before, twice := p.keys[p.lang+" "+key]; {
	case !keyForm.MatchString(key) || len(key) > 60:
		p.fault("pack_key_form", tandem.Args{"line": p.line, "value": shown(key)})
	case twice:
		p.fault("pack_key_twice", tandem.Args{"line": p.line, "value": key, "before": before})
	case len(p.keys) == MaxTemplates:
		p.fault("pack_too_many", tandem.Args{"limit": MaxTemplates})
		p.stop = true
	}
	p.keys[p.lang+" "+key] = p.line
}

// set reads one key of the template.
func (p *parser) set(name, value string) {
	i := slices.IndexFunc(p.lines, func(l line) bool { return l.name == name })
	if i < 0 {
		p.unknown(name)
		return
	}
	l := p.lines[i]
	before, twice := p.seen[name]
	p.seen[name] = p.line
	limit := tandem.MaxTitle
	if name == "words" || name == "why" {
		limit = 4 * tandem.MaxTitle
	}
	switch {
	case twice && !l.many:
		p.fault("pack_twice", tandem.Args{"line": p.line, "key": name, "before": before})
	case tandem.CleanTitle(value) == "":
		p.fault("pack_no_value", tandem.Args{"line": p.line, "key": name})
	case utf8.RuneCountInString(value) > limit:
		p.fault("pack_too_long", tandem.Args{"line": p.line, "key": name, "limit": limit})
	case strings.ContainsFunc(value, unicode.IsControl):
		p.fault("pack_control", tandem.Args{"line": p.line, "key": name})
	case !l.read(p.now, value):
		p.fault("pack_value", tandem.Args{"line": p.line, "key": name, "value": shown(value), "accepted": l.accepted})
	}
}

// unknown names the key that was probably meant, or all.
func (p *parser) unknown(name string) {
	best, least := "", min(2, len(name)/3)+1
	names := []string{"template"}
	for _, l := range p.lines {
		names = append(names, l.name)
	}
	for _, n := range names {
		if len(name) <= 40 {
			if d := tandem.Slips(strings.ToLower(name), n); d < least {
				best, least = n, d
			}
		}
	}
	if best != "" {
		p.fault("pack_key_near", tandem.Args{"line": p.line, "key": shown(name), "suggestion": best})
		return
	}
	p.fault("pack_key_unknown", tandem.Args{"line": p.line, "key": shown(name), "accepted": strings.Join(names, ", ")})
}

// end checks the template that was read, as a whole.
func (p *parser) end() {
	if p.now == nil {
		return
	}
	t := *p.now
	p.now = nil
	before := len(p.faults)
	at := func(key string) int {
		if n, ok := p.seen[key]; ok {
			return n
		}
		return p.from
	}
	for _, l := range p.lines {
		if _, ok := p.seen[l.name]; l.needed && !ok {
			p.fault("pack_missing", tandem.Args{"line": p.from, "template": shown(t.Key), "key": l.name})
		}
	}
	if n := len(t.Levels); n > 0 && (n < 3 || n > 5) {
		p.fault("pack_levels", tandem.Args{"line": at("level"), "template": shown(t.Key), "count": n})
	}
	if len(t.Outside) > maxOutside {
		p.fault("pack_outside", tandem.Args{"line": at("outside"), "template": shown(t.Key), "limit": maxOutside})
	}
	if t.Size == 0 && t.Times == 0 && t.FirstStep == "" {
		p.fault("pack_no_beginning", tandem.Args{"line": p.from, "template": shown(t.Key)})
	}
	t.defaults()
	p.check(t, at)
	if len(p.faults) == before {
		p.done = append(p.done, t)
	}
}

// defaults fills what follows from the rest, as a new number and a new result do.
func (t *Template) defaults() {
	m := tandem.Metric{Form: t.Form, Direction: t.Direction, Period: t.Every}
	m.Defaults()
	g := tandem.PerformanceGoal{ReachedWhen: t.ReachedWhen}
	g.Defaults(m)
	t.Form, t.Direction, t.Every, t.ReachedWhen = m.Form, m.Direction, m.Period, g.ReachedWhen
}

// check compares the keys of the number with each other.
func (p *parser) check(t Template, at func(string) int) {
	goals := 0
	for _, key := range []string{"target", "change", "band"} {
		if _, ok := p.seen[key]; ok {
			goals++
		}
	}
	_, band := p.seen["band"]
	name := shown(t.Key)
	switch {
	case goals != 1:
		p.fault("pack_one_target", tandem.Args{"line": p.from, "template": name})
	case band != (t.Direction == tandem.Within):
		p.fault("pack_band", tandem.Args{"line": at("direction"), "template": name})
	case t.Change != nil && (*t.Change > 0) != (t.Direction == tandem.Up):
		p.fault("pack_change", tandem.Args{"line": at("change"), "template": name})
	case t.Form != tandem.FormReading && t.Change != nil:
		p.fault("pack_change_form", tandem.Args{"line": at("change"), "template": name})
	}
	if _, every := p.seen["every"]; every && t.Form != tandem.FormRate {
		p.fault("pack_every", tandem.Args{"line": at("every"), "template": name})
	}
	if t.ReachedWhen == tandem.ReachedTotal && t.Form != tandem.FormTotal {
		p.fault("pack_total", tandem.Args{"line": at("reached when"), "template": name})
	}
}

// shown gives a text of the input as it may stand in a message: forty characters at most.
func shown(s string) string {
	r := []rune(strings.ToValidUTF8(s, "�"))
	if len(r) > 40 {
		r = append(r[:40], '…')
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return '�'
		}
		return c
	}, string(r))
}
