package advisor

import "slices"

// asked are the inputs that a person can be asked for, in the order that decides among equals. At most one
// of them is asked when a goal is made; all of them stand under "Why this".
var asked = []Input{InAbility, InComplexity, InControl, InTime, InCommitment}

// Asked gives the inputs that a person can be asked for.
func Asked() []Input { return slices.Clone(asked) }

// A Question is an input that a person can be asked for, with how it stands. Decides is how much its answer
// can change the advice, and Turns tells whether any answer changes the kind or what leads.
type Question struct {
	Input   Input
	Values  []string
	Value   string // as it stands, or its default
	Origin  Origin
	Decides float64
	Turns   bool
}

// Questions gives all that can be asked for, the most decisive first. What decides most is the input whose
// answers lead to the most different advice, all else as it is known or at its default: the mean distance
// over all pairs of its answers.
func Questions(f Facts, said Inputs) []Question {
	known, from := Infer(f, said)
	known = known.WithDefaults()
	qs := make([]Question, 0, len(asked))
	for _, name := range asked {
		s, _ := SpecOf(name)
		q := Question{Input: name, Values: slices.Clone(s.Values), Value: known.Get(name), Origin: from[name]}
		var answers []Advice
		for _, v := range s.Values {
			with, _ := said.With(name, v)
			in, _ := Infer(f, with)
			answers = append(answers, Advise(in))
		}
		pairs := 0.0
		for i, a := range answers {
			for _, b := range answers[:i] {
				q.Decides += apart(a, b)
				q.Turns = q.Turns || a.Kind != b.Kind || a.Lead != b.Lead
				pairs++
			}
		}
		q.Decides /= pairs
		qs = append(qs, q)
	}
	slices.SortStableFunc(qs, func(a, b Question) int {
		switch {
		case a.Decides > b.Decides:
			return -1
		case a.Decides < b.Decides:
			return 1
		}
		return 0
	})
	return qs
}

// Ask gives the one question worth asking when a goal is made: of what is not known, the one that decides
// most. ok is false where no answer would change the kind or what leads.
func Ask(f Facts, said Inputs) (q Question, ok bool) {
	for _, q := range Questions(f, said) {
		if q.Origin == FromDefault && q.Turns {
			return q, true
		}
	}
	return q, false
}

// How far two pieces of advice are apart: a kind weighs more than any number of modifiers that two answers
// can differ in, what leads half as much. Conventions, no study behind them.
const (
	kindApart     = 4.0
	leadApart     = 2.0
	modifierApart = 0.25
)

func apart(a, b Advice) (d float64) {
	switch {
	case a.Kind != b.Kind:
		d = kindApart
	case a.Lead != b.Lead:
		d = leadApart
	}
	for _, m := range modifiers {
		if a.Has(m.modifier) != b.Has(m.modifier) {
			d += modifierApart
		}
	}
	return d
}
