package reader

import (
	"slices"
	"strings"

	"tandem"
)

// The ids of the questions, which are also the last part of their message keys.
const (
	askNumber  = "number_form" // 1.500 or 1,500
	askOwner   = "owner"       // a name before a colon: who, or what is counted
	askYear    = "year"        // this year, late in it: this one or the next
	askRepeats = "repeats"     // this month: once, or each month
	askDate    = "date_order"  // 3/4: day first or month first
	askMetres  = "metres"      // 400m: minutes or metres
	askClock   = "clock"       // 27:30: minutes and seconds, or hours and minutes
	askWeekday = "weekday"     // by Friday, on a Friday; next Friday
	askEdge    = "edge"        // by June: its first day or its last
	askName    = "name"        // which of two numbers or learning goals a log line is for

	askTechnique = "technique" // which of two techniques a log line names
)

// asks are the questions in the order in which they decide: a factor of a thousand first, a few days last.
var asks = []string{askNumber, askName, askTechnique, askOwner, askYear, askClock, askRepeats, askMetres, askDate, askEdge, askWeekday}

// A parser holds one line while it is read.
type parser struct {
	text     string
	in       Context
	ts       []token
	lang     Lang
	form     Form // in which numbers that fit both are read
	formSure sureness
	log      bool // a log line: looks back rather than ahead
}

func newParser(text string, in Context) *parser {
	if in.Lang != German {
		in.Lang = English
	}
	if in.Numbers != Point && in.Numbers != Comma {
		in.Numbers = Point
		if in.Lang == German {
			in.Numbers = Comma
		}
	}
	p := &parser{text: text, in: in, ts: scan(text)}
	p.lang = p.language()
	p.form, p.formSure = p.numberForm()
	return p
}

// language counts the words that the lists know in one language alone. A draw is the person's language.
func (p *parser) language() Lang {
	count := map[Lang]int{}
	for i, t := range p.ts {
		var lang Lang
		for _, ph := range t.phrases {
			if !p.follows(i, ph) {
				continue
			}
			for _, m := range ph.meanings {
				if m.lang == "" || lang != "" && lang != m.lang {
					lang = ""
					break
				}
				lang = m.lang
			}
			break
		}
		if lang != "" {
			count[lang]++
		}
		if strings.ContainsAny(t.low, "äöüß") {
			count[German]++
		}
	}
	switch {
	case count[English] > count[German]:
		return English
	case count[German] > count[English]:
		return German
	}
	return p.in.Lang
}

// follows tells whether the rest of a phrase stands behind token i.
func (p *parser) follows(i int, ph phrase) bool {
	if i+len(ph.rest) >= len(p.ts) {
		return false
	}
	for k, w := range ph.rest {
		if p.ts[i+1+k].low != w {
			return false
		}
	}
	return true
}

// find gives the value of the longest phrase of a class at token i, and its tokens; n is 0 for none.
func (p *parser) find(i int, c class) (value string, n int) {
	if i < 0 || i >= len(p.ts) {
		return "", 0
	}
	for _, ph := range p.ts[i].phrases {
		for _, m := range ph.meanings {
			if m.class == c && p.follows(i, ph) {
				return m.value, 1 + len(ph.rest)
			}
		}
	}
	return "", 0
}

// findAny is find for the longest phrase of several classes.
func (p *parser) findAny(i int, cs ...class) (c class, value string, n int) {
	for _, each := range cs {
		if v, k := p.find(i, each); k > n {
			c, value, n = each, v, k
		}
	}
	return c, value, n
}

// skip gives the tokens of a phrase of a class at i, 0 for none.
func (p *parser) skip(i int, c class) int {
	_, n := p.find(i, c)
	return n
}

func (p *parser) is(i int, c class) bool { return p.skip(i, c) > 0 }

// isSign tells whether token i is one of the characters of set.
func (p *parser) isSign(i int, set string) bool {
	return i >= 0 && i < len(p.ts) && p.ts[i].kind == signToken && strings.Contains(set, p.ts[i].low)
}

// low gives the text of token i in lower case, "" behind the end.
func (p *parser) low(i int) string {
	if i < 0 || i >= len(p.ts) {
		return ""
	}
	return p.ts[i].low
}

func (p *parser) isNumber(i int) bool {
	return i >= 0 && i < len(p.ts) && p.ts[i].kind == numberToken
}

func (p *parser) isWord(i int) bool {
	return i >= 0 && i < len(p.ts) && p.ts[i].kind == wordToken
}

// glued tells whether token i stands right behind the one before.
func (p *parser) glued(i int) bool { return i > 0 && i < len(p.ts) && p.ts[i].glued }

// ends tells whether nothing of the clause stands at i: the end, a break, or a mark between clauses.
func (p *parser) ends(i int) bool {
	return i >= len(p.ts) || p.ts[i].kind == breakToken || p.isSign(i, ",;.!?()[]–—:")
}

// slice gives the text of the tokens from i to before j.
func (p *parser) slice(i, j int) string {
	if i < 0 || j > len(p.ts) || i >= j {
		return ""
	}
	return p.text[p.ts[i].start:p.ts[j-1].end]
}

// pick puts choices in force: the one that an earlier answer names, else the first. A single choice is no
// choice.
func (p *parser) pick(s Span, ask string, choices []Choice) Span {
	if len(choices) == 0 {
		return s
	}
	at := max(slices.IndexFunc(choices, func(c Choice) bool { return c.ID == p.in.Picks[ask] }), 0)
	s.Value = choices[at].Value
	if len(choices) > 1 {
		s.Choices, s.Picked, s.Asks = choices, at, ask
	}
	return s
}

// choice makes one choice of a question: its key is "reader.pick.<ask>.<id>".
func choice(ask, id string, v Value, args tandem.Args) Choice {
	return Choice{ID: id, Key: "reader.pick." + ask + "." + id, Args: args, Value: v}
}

// answered tells whether a question has an answer. A name that is not among the choices is none: the line
// would go to another thing than was meant.
func (p *parser) answered(s Span) bool {
	id := p.in.Picks[s.Asks]
	if s.Asks == askName || s.Asks == askTechnique {
		return slices.ContainsFunc(s.Choices, func(c Choice) bool { return c.ID == id })
	}
	return id != ""
}

// ask chooses among the places with two readings that nobody has answered the one that decides most.
func (p *parser) ask(spans []Span) *Question {
	best, rank := -1, len(asks)
	for i, s := range spans {
		if at := slices.Index(asks, s.Asks); len(s.Choices) > 1 && at >= 0 && at < rank && !p.answered(s) {
			best, rank = i, at
		}
	}
	if best < 0 {
		return nil
	}
	s := spans[best]
	return &Question{ID: s.Asks, Key: "reader.ask." + s.Asks, Args: s.Choices[0].Args, Span: best, Choices: s.Choices[:2]}
}
