// Package advisor tells which kind of goal fits: a result, a learning goal, both, or none yet. It is advice
// and never a gate. The rules are those of the evidence on performance and learning goals; each answer
// names the rule that gave it, why, and how strong the evidence is.
//
// Everything here is a pure function: the same inputs give the same advice.
package advisor

// A Kind is what is advised.
type Kind string

const (
	Performance Kind = "performance" // a result alone
	Learning    Kind = "learning"    // a learning goal alone
	Paired      Kind = "paired"      // both; Lead says which of them comes first
	Defer       Kind = "defer"       // no goal yet
)

// A Rule is the name of a rule, as in the rules' table.
type Rule string

const (
	R0  Rule = "R0"
	R1  Rule = "R1"
	R2  Rule = "R2"
	R3  Rule = "R3"
	R4t Rule = "R4t"
	R4u Rule = "R4u"
	R4  Rule = "R4"
	R5  Rule = "R5"
	R6  Rule = "R6"
	R7  Rule = "R7"
	R8  Rule = "R8"
	R8p Rule = "R8p"
	R9  Rule = "R9"
	R10 Rule = "R10"
)

// A Confidence says how well the studies behind a rule carry it.
type Confidence string

const (
	Strong       Confidence = "strong"
	Moderate     Confidence = "moderate"
	WeakModerate Confidence = "weak_moderate"
	Weak         Confidence = "weak"
	Judgement    Confidence = "judgement" // our own; no study behind it
)

// An Advice is the answer to a set of inputs.
type Advice struct {
	Kind       Kind
	Lead       Kind // Performance or Learning where Kind is Paired; else ""
	Rule       Rule
	Modifiers  []Modifier // in the order of their table
	Evidence   []string   // keys of Evidence, the strongest first; none where it is judgement alone
	Confidence Confidence
}

// Reason is the key of the sentence that says why, in the message catalogue.
func (a Advice) Reason() string { return "advisor.reason." + string(a.Rule) }

// HasResult tells whether a result is a part of what is advised.
func (a Advice) HasResult() bool { return a.Kind == Performance || a.Kind == Paired }

// LearningLeads tells whether learning comes first or stands alone.
func (a Advice) LearningLeads() bool { return a.Kind == Learning || a.Lead == Learning }

// Has tells whether a modifier applies.
func (a Advice) Has(m Modifier) bool {
	for _, x := range a.Modifiers {
		if x == m {
			return true
		}
	}
	return false
}

// Advise answers: the first rule that matches gives the kind, then every modifier that matches is added.
// What is not known is taken at its default, so that there is always exactly one answer.
func Advise(in Inputs) Advice {
	in = in.WithDefaults()
	for _, r := range rules {
		if !r.when(in) {
			continue
		}
		a := Advice{Rule: r.rule, Evidence: r.evidence, Confidence: r.confidence}
		a.Kind, a.Lead = r.answer(in)
		return modify(in, a)
	}
	panic("advisor: the last rule matches always")
}
