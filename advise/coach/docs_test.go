package coach_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tandem/advise/coach"
	"tandem/i18n"
	"tandem/tandemtest"
)

var update = flag.Bool("update", false, "write docs/coach.md again")

// TestDocumentationOfTheChecks holds docs/coach.md to the table of the checks and the catalogue's sentences.
func TestDocumentationOfTheChecks(t *testing.T) {
	path := filepath.Join(tandemtest.Root(t), "docs", "coach.md")
	want := document()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/coach.md is not what the table says; run: go test ./advise/coach -run Documentation -update")
	}
}

// TestEveryCheckHasItsSentences: message and button in both languages, a question for children, an example that
// fires the check.
func TestEveryCheckHasItsSentences(t *testing.T) {
	for _, r := range coach.Rules() {
		for _, key := range []string{r.MessageKey(false), r.MessageKey(true), r.Fix.Key()} {
			if key != "" && !i18n.Has(key) {
				t.Errorf("%s: no sentence %s", r.Check, key)
			}
		}
		if r.Child {
			for _, lang := range i18n.Langs() {
				if s := lang.T(r.MessageKey(true), nil); !strings.HasSuffix(s, "?") {
					t.Errorf("%s: the child's sentence %q is no question", r.Check, s)
				}
			}
		}
		if r.Scope != coach.OfFacts && !slices.Contains(look(r.Example, false).Checks, r.Check) {
			t.Errorf("%s: its example %q does not fire it: %s", r.Check, r.Example, names(look(r.Example, false).Checks))
		}
	}
	for _, c := range []string{"clients", "income", "audience", "job", "prize", "funding", "other"} {
		if !i18n.Has("coach.action."+c) || !i18n.Has("coach.skill."+c) {
			t.Errorf("no own action or skill for %s", c)
		}
	}
}

func document() string {
	var b strings.Builder
	b.WriteString(`# The checks of the coach

Made from the table in ` + "`advise/coach/table.go`" + ` and the catalogue by ` + "`go test ./advise/coach -run Documentation -update`" + `; a test
holds it to both. At most three messages stand at a time, the severest first, then in the order below; a child gets one, and
it is a question. A blocker keeps a goal in draft only while it is shared with or assigned to others; saving is never blocked.
A dismissed message does not come back for that goal.

Suppression: with TODO nothing else fires. A vague text has only VAGUE_VERB, COMPARE, AVOID, ABSOLUTE, MULTI, HABIT_21 and
TRAIT. NO_MEASURE takes the place of NO_BASELINE. A learning goal never has NO_DEADLINE. Of a text with a result part and a
learning part each is judged by itself.

Severity: B blocker, W worth fixing, H hint. Scope: T the text alone, F fields or history, T/F first the text, later the fields.
Evidence keys are those of the evidence table; an empty one is a convention.

| check | of | scope | severity | fires on | evidence | example | button | children |
|---|---|---|---|---|---|---|---|---|
`)
	for _, r := range coach.Rules() {
		child := "no"
		if r.Child {
			child = "yes"
		}
		severity := string(r.Severity)
		if r.Check == coach.NoReview {
			severity += " (result: H)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", r.Check, r.About, r.Scope, severity, r.Trigger, r.Evidence, r.Example, i18n.EN.T(r.Fix.Key(), nil), child)
	}
	b.WriteString("\n## What is said\n\n| check | English | German |\n|---|---|---|\n")
	sentence := func(name, key string) {
		args := i18n.Args{"n": 6}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, i18n.EN.T(key, args), i18n.DE.T(key, args))
	}
	for _, r := range coach.Rules() {
		sentence(string(r.Check), r.MessageKey(false))
	}
	b.WriteString("\n## What children are asked\n\n| check | English | German |\n|---|---|---|\n")
	for _, r := range coach.Rules() {
		if r.Child {
			sentence(string(r.Check), r.MessageKey(true))
		}
	}
	b.WriteString(`
## How a text is read

The reader marks numbers, dates and rhythms. The coach cuts the text into clauses, finds each head verb (in German the last
infinitive, else the finite verb with its prefix), what it is about, and decides the kind by classes of words:
learning verbs, verbs with a yes or no at the end, verbs that take a number, verbs of change, verbs without an end, verbs of one
sitting, refusals; skills, fields, results of others, what can be measured, what cannot. The words are in
` + "`advise/coach/words`" + `, base forms by class and language; inflection, German compounds and separable verbs are found by rule.

OTHERS_CONTROL is told in eight ways: a verb ("win", "be promoted", "überreden"), a noun of what others give ("subscribers",
"Zusage"), a participle ("accepted", "bewilligt bekommen", "extended by the owner"), whom or what one has only if others agree
behind a verb of getting ("find a successor", "Wohnung finden"), and a person or body whose doing is the result ("get my son to
…", "dass mein Team …", "ab Mai kommen alle …"). Verbs of one's own doing (call, write, apply, visit; anrufen, einreichen) leave
it out, whoever it is done with; "our team" is one's own. Money put aside, training, own points and own times never have it.
A whole sentence tells it by its subject ("my landlord accepts a dog", "vier von fünf Gästen bestellen …", "I hope they pick me",
"wenn doch der Nachbar …"), a gift by who gives it ("ein Ja vom Ausschuss"), and a choice or a prize by its name ("pass the
audition", "den ersten Preis holen", "keinen Kunden verlieren").

` + "`go run ./bench/coach FILE…`" + ` scores it on labelled texts (columns text, kind, checks; or text and kind, or text and others alone); with ` + "`-totals`" + ` it prints no text.
A score on texts that were looked at while the lists were written says little; quote only one on texts that nobody looked at.

## Minors

` + "`coach.Body`" + ` tells whether a text is about body weight, calories or looks, in either language and in whatever words; no child or
teen sets such a result. It is generous. Cooking, eating well, sport and strength are no such text.
`)
	return b.String()
}
