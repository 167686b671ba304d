package coach

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem/advise/reader"
)

// A Rewrite is what a button puts in where a rule can tell it; empty, the button only asks. Texts are the new
// texts: one in the place of the old one, two for two goals. Action and Skill, for a result that others decide, are
// message keys of an own action and of a learning goal beside the result, which stays as it is.
type Rewrite struct {
	Texts         []string
	Action, Skill string
}

// MessageKey gives the key of a check's sentence, "" for a child where the check does not run.
func (r Rule) MessageKey(child bool) string {
	key := strings.ToLower(string(r.Check))
	switch {
	case !child:
		return "coach." + key
	case r.Child:
		return "coach.child." + key
	}
	return ""
}

// Key gives the message key of the button.
func (f Fix) Key() string { return "coach.fix." + string(f) }

// rewrite makes the text that a button puts in.
func (a Advice) rewrite(f Fix) Rewrite {
	t := newText(&reader.Reading{Text: a.Text}, a.Child)
	switch f {
	case FixOwnAction:
		c := a.reason()
		return Rewrite{Action: "coach.action." + c, Skill: "coach.skill." + c}
	case FixNineOfTen:
		return t.nineOfTen()
	case FixTenWeeks:
		return t.tenWeeks()
	case FixOwnPast:
		return t.ownPast()
	case FixSplit:
		return t.halves()
	}
	return Rewrite{}
}

// reasons are why a result depends on others, by words that its marks hold.
var reasons = []struct {
	name  string
	words []string
}{
	{"income", []string{"income", "salary", "earn", "raise", "bonus", "revenue", "profit", "turnover", "umsatz", "gehalt", "verdien", "einkommen", "gewinn", "einnahmen", "lohn"}},
	{"audience", []string{"follower", "subscriber", "view", "like", "reader", "listener", "download", "visitor", "traffic", "abonn", "abos", "leser", "hörer", "aufruf", "besucher", "reichweite", "klick"}},
	{"job", []string{"promot", "hire", "job", "position", "manager", "lead", "captain", "accept", "admit", "elected", "beförder", "eingestellt", "stelle", "leit", "chef", "zusage", "studienplatz", "gewählt"}},
	{"prize", []string{"first place", "win", "prize", "award", "medal", "title", "trophy", "platz", "preis", "medaille", "pokal", "titel", "sieg", "meister"}},
	{"funding", []string{"fund", "grant", "investor", "donation", "donor", "sponsor", "vote", "signature", "spend", "förder", "stimmen", "unterschrift", "stipend", "scholarship"}},
	{"clients", []string{"client", "customer", "sale", "sell", "deal", "order", "booking", "contract", "review", "rating", "kund", "verk", "auftr", "bestell", "buchung", "vertr", "bewert", "abschl"}},
}

func (a Advice) reason() string {
	for _, r := range reasons {
		for _, m := range a.Marks {
			marked := strings.ToLower(a.Text[m.Start:m.End])
			if slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(marked, w) }) {
				return r.name
			}
		}
	}
	return "other"
}

// allTheTime are the words that go when a rhythm with slips takes their place.
var allTheTime = []string{"always", "every time", "without fail", "without exception", "no exceptions", "at all times", "each and every time",
	"immer", "stets", "jedes mal", "ohne ausnahme", "ausnahmslos", "jederzeit"}

// nineOfTen takes an all-or-nothing word out and puts nine of ten in. "Never" and "perfect" are asked about.
func (t *text) nineOfTen() Rewrite {
	for i := range t.ws {
		w := &t.ws[i]
		if w.fold == "100" && t.wordWithin(i+1, i+2, "%", "percent", "prozent") {
			return Rewrite{Texts: []string{t.raw[:w.start] + "90" + t.raw[w.end:]}}
		}
		for _, a := range allTheTime {
			words := strings.Fields(a)
			if !follows(t.ws[i:], words, t.lang) {
				continue
			}
			rest := strings.TrimSpace(t.raw[:w.start]) + " " + strings.TrimSpace(t.raw[t.ws[i+len(words)-1].end:])
			tail := ", 9 of 10 times"
			if t.lang == german {
				tail = ", in 9 von 10 Fällen"
			}
			return Rewrite{Texts: []string{capital(strings.TrimRight(strings.TrimSpace(rest), ".! ")) + tail}}
		}
	}
	return Rewrite{}
}

// tenWeeks puts ten weeks in the place of the 21 days.
func (t *text) tenWeeks() Rewrite {
	for i := range t.ws {
		n := int(t.ws[i].spans[habit21])
		if n == 0 {
			continue
		}
		weeks := "10 weeks"
		if t.lang == german {
			weeks = "10 Wochen"
		}
		if strings.Contains(t.ws[i].fold, "-") {
			weeks = strings.ReplaceAll(weeks, " ", "-")
		}
		return Rewrite{Texts: []string{t.raw[:t.ws[i].start] + weeks + t.raw[t.ws[i+n-1].end:]}}
	}
	return Rewrite{}
}

// ownPast puts the own last time in the place of whom the text compares with, where that ends the text.
func (t *text) ownPast() Rewrite {
	for i := range t.ws {
		switch f := t.ws[i].fold; {
		case f == "than" && i > 0:
			return Rewrite{Texts: []string{t.raw[:t.ws[i].end] + " last time"}}
		case f == "als" && i > 0 && t.comparative(i):
			for j := i + 1; j < len(t.ws) && j < i+5; j++ {
				if t.ws[j].upper || t.ws[j].is(person) && !t.ws[j].is(det) {
					return Rewrite{Texts: []string{t.raw[:t.ws[i].end] + " beim letzten Mal" + t.raw[t.ws[j].end:]}}
				}
			}
		}
	}
	return Rewrite{}
}

// halves cuts a text at the word that joins two goals.
func (t *text) halves() Rewrite {
	if len(t.clauses) < 2 {
		return Rewrite{}
	}
	for i, c := range t.clauses[1:] {
		if c.join != and || c.from == 0 {
			continue
		}
		before := t.clauses[i]
		first, second := t.raw[t.ws[t.clauses[0].from].start:t.ws[before.to-1].end], t.raw[t.ws[c.from].start:]
		return Rewrite{Texts: []string{capital(strings.TrimSpace(first)), capital(strings.TrimSpace(second))}}
	}
	return Rewrite{}
}

// capital makes the first letter a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
