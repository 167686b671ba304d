// Package coach reads the text of a goal and says what would make it clearer. It finds the kind of the text,
// the checks that fire, which words depend on other people, and for each check a message key and the code of
// the one button that mends it; checks that need fields or history are functions of Facts. Rules and word
// lists decide, nothing leaves the program. It never stands in the way of saving: a blocker keeps a goal in
// draft only while it is shared with or assigned to others.
//
// Time is linear in the length of the text.
package coach

import (
	"slices"

	"tandem/advise/reader"
)

// An Advice is what the coach sees in one text. Checks are all checks of the text that fire, in the order of
// the table; of a text with a result part and a learning part each part is judged by itself. Marks are the
// bytes of the words that depend on other people. Lang is the language of the text: by its words, else the reader's.
type Advice struct {
	Text   string
	Lang   reader.Lang
	Kind   Kind
	Checks []Check
	Parts  []Part
	Marks  []Mark
	Child  bool
}

// A Part is one side of a text: its bytes, its kind, its own checks.
type Part struct {
	Start, End int
	Kind       Kind
	Checks     []Check
}

// A Mark is a place of the text, in bytes.
type Mark struct{ Start, End int }

// A Message is one sentence for the person: Key and the fix's code are message keys of the catalogue,
// "coach.<check>" or "coach.child.<check>" and "coach.fix.<fix>". Rewritten is the text that the button puts in, ""
// where it asks instead.
type Message struct {
	Check     Check
	Severity  Severity
	Key       string
	Fix       Fix
	Rewritten Rewrite
}

// MostMessages is how many messages stand at a time; for a child one.
const MostMessages = 3

// Look coaches the text of a reading.
func Look(r reader.Reading, child bool) Advice {
	t := newText(&r, child)
	for i := range t.clauses {
		t.decide(&t.clauses[i])
	}
	a := Advice{Text: r.Text, Lang: r.Lang, Child: child}
	if t.sure {
		a.Lang = map[lang]reader.Lang{english: reader.English, german: reader.German}[t.lang]
	}
	parts := t.parts()
	kinds := map[Kind]bool{}
	fired := map[Check]bool{}
	for _, p := range parts {
		checks := t.checks(p)
		kinds[p.kind] = true
		for _, c := range checks {
			fired[c] = true
		}
		if p.kind == Performance {
			a.Marks = append(a.Marks, t.others(p)...)
		}
		start, end := t.bytes(p)
		a.Parts = append(a.Parts, Part{start, end, p.kind, checks})
	}
	switch {
	case kinds[Performance] && kinds[Learning]:
		a.Kind = Both
	case len(parts) > 0:
		a.Kind = parts[0].kind
	default:
		a.Kind = Vague
	}
	for _, rule := range rules {
		if fired[rule.Check] && (!child || rule.Child) {
			a.Checks = append(a.Checks, rule.Check)
		}
	}
	return a
}

// Messages gives the messages to show, the severest first, then in the order of the table: three, or one for
// a child. Checks in dismissed do not come back. Others are checks of Facts that hold beside the text's.
func (a Advice) Messages(dismissed []Check, others ...Check) []Message {
	var ms []Message
	for _, severity := range []Severity{Blocker, Worth, Hint} {
		for _, rule := range rules {
			holds := slices.Contains(a.Checks, rule.Check) || slices.Contains(others, rule.Check)
			if !holds || rule.Severity != severity || slices.Contains(dismissed, rule.Check) || a.Child && !rule.Child {
				continue
			}
			ms = append(ms, Message{rule.Check, severity, rule.MessageKey(a.Child), rule.Fix, a.rewrite(rule.Fix)})
		}
	}
	most := MostMessages
	if a.Child {
		most = 1
	}
	return ms[:min(len(ms), most)]
}

// Blocks tells whether a blocker stands: a goal that is shared or assigned stays a draft until it is mended.
func (a Advice) Blocks() bool {
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.Severity == Blocker && slices.Contains(a.Checks, r.Check) })
}

// bytes gives the place of a part in the text.
func (t *text) bytes(p part) (start, end int) {
	if len(t.ws) == 0 {
		return 0, 0
	}
	first, last := p.clauses[0], p.clauses[len(p.clauses)-1]
	return t.ws[first.from].start, t.ws[last.to-1].end
}
