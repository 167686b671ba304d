package advisor_test

import (
	"math"
	"testing"

	"tandem"
	"tandem/advise/advisor"
)

func TestInferencePrecedence(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		name  string
		facts advisor.Facts
		said  advisor.Inputs
		input advisor.Input
		want  string
		from  advisor.Origin
	}{
		{"nothing known", advisor.Facts{}, advisor.Inputs{}, advisor.InAbility, "", advisor.FromDefault},
		{"the profile decides on the age", advisor.Facts{Age: tandem.Child}, advisor.Inputs{Age: tandem.Adult}, advisor.InAge, "child", advisor.FromProfile},
		{"high needs a record", advisor.Facts{}, advisor.Inputs{Ability: advisor.High}, advisor.InAbility, "medium", advisor.FromHistory},
		{"one that was missed is none", advisor.Facts{Closed: 2}, advisor.Inputs{Ability: advisor.High}, advisor.InAbility, "medium", advisor.FromHistory},
		{"a reached result is one", advisor.Facts{Closed: 1, Reached: 1}, advisor.Inputs{Ability: advisor.High}, advisor.InAbility, "high", advisor.FromPerson},
		{"four levels of five are one", advisor.Facts{Level: 4, Levels: 5}, advisor.Inputs{Ability: advisor.High}, advisor.InAbility, "high", advisor.FromPerson},
		{"three of five are not", advisor.Facts{Level: 3, Levels: 5}, advisor.Inputs{Ability: advisor.High}, advisor.InAbility, "medium", advisor.FromHistory},
		{"a record without a word", advisor.Facts{Reached: 1}, advisor.Inputs{}, advisor.InAbility, "high", advisor.FromHistory},
		{"low against a record", advisor.Facts{Reached: 1}, advisor.Inputs{Ability: advisor.Low}, advisor.InAbility, "medium", advisor.FromHistory},
		{"low without a record", advisor.Facts{Level: 2, Levels: 5}, advisor.Inputs{Ability: advisor.Low}, advisor.InAbility, "low", advisor.FromPerson},
		{"two of five know a part", advisor.Facts{Level: 2, Levels: 5}, advisor.Inputs{}, advisor.InAbility, "medium", advisor.FromHistory},
		{"one of five does not", advisor.Facts{Level: 1, Levels: 5}, advisor.Inputs{}, advisor.InAbility, "low", advisor.FromHistory},
		{"done before", advisor.Facts{Closed: 1}, advisor.Inputs{}, advisor.InNovelty, "known", advisor.FromHistory},
		{"said to be new", advisor.Facts{Closed: 1}, advisor.Inputs{Novelty: advisor.New}, advisor.InNovelty, "new", advisor.FromPerson},
		{"learned a part", advisor.Facts{Level: 1, Levels: 5}, advisor.Inputs{}, advisor.InNovelty, "partly", advisor.FromHistory},
		{"others decide", advisor.Facts{Others: true}, advisor.Inputs{}, advisor.InControl, "mostly_others", advisor.FromWords},
		{"said that they do not", advisor.Facts{Others: true}, advisor.Inputs{Control: advisor.MostlyMine}, advisor.InControl, "mostly_mine", advisor.FromPerson},
		{"a capability", advisor.Facts{Capability: true}, advisor.Inputs{}, advisor.InWants, "capability", advisor.FromWords},
		{"a team", advisor.Facts{Team: true}, advisor.Inputs{}, advisor.InScope, "team_interdependent", advisor.FromWords},
		{"danger", advisor.Facts{Safety: true}, advisor.Inputs{}, advisor.InStakes, "safety", advisor.FromWords},
		{"plans that change", advisor.Facts{Replans: 2}, advisor.Inputs{}, advisor.InEnv, "volatile", advisor.FromHistory},
		{"one change is none", advisor.Facts{Replans: 1}, advisor.Inputs{}, advisor.InEnv, "", advisor.FromDefault},
		{"a number", advisor.Facts{Measured: &yes}, advisor.Inputs{}, advisor.InMeasure, "yes", advisor.FromWords},
		{"no number", advisor.Facts{Measured: &no}, advisor.Inputs{}, advisor.InMeasure, "no", advisor.FromWords},
		{"days", advisor.Facts{Days: 200}, advisor.Inputs{}, advisor.InHorizon, "200", advisor.FromWords},
		{"thirteen days", advisor.Facts{Days: 13}, advisor.Inputs{}, advisor.InTime, "urgent", advisor.FromWords},
		{"fourteen days", advisor.Facts{Days: 14}, advisor.Inputs{}, advisor.InTime, "", advisor.FromDefault},
		{"thirteen days with a record", advisor.Facts{Days: 13, Reached: 1}, advisor.Inputs{}, advisor.InTime, "", advisor.FromDefault},
		{"shorter than the own estimate", advisor.Facts{Days: 40, Estimate: 41, Reached: 1}, advisor.Inputs{}, advisor.InTime, "urgent", advisor.FromWords},
		{"said to be no hurry", advisor.Facts{Days: 5}, advisor.Inputs{Time: advisor.Unhurried}, advisor.InTime, "normal", advisor.FromPerson},
	} {
		in, from := advisor.Infer(c.facts, c.said)
		if in.Get(c.input) != c.want || from[c.input] != c.from {
			t.Errorf("%s: %s is %q from %q, want %q from %q", c.name, c.input, in.Get(c.input), from[c.input], c.want, c.from)
		}
	}
}

func TestTheOneQuestionIsTheOneThatDecidesMost(t *testing.T) {
	for _, c := range []struct {
		name  string
		facts advisor.Facts
		said  advisor.Inputs
		want  advisor.Input // "" for none
	}{
		// simple: a result alone; moderate: the result leads; complex: learning leads.
		{"nothing known", advisor.Facts{}, advisor.Inputs{}, advisor.InComplexity},
		{"the work is known to be simple", advisor.Facts{}, advisor.Inputs{Complexity: advisor.Simple}, advisor.InControl},
		{"the work is known to be complex", advisor.Facts{}, advisor.Inputs{Complexity: advisor.Complex}, advisor.InAbility},
		{"four of five are said", advisor.Facts{}, advisor.Inputs{Ability: advisor.Medium, Complexity: advisor.Several, Control: advisor.Shared, Time: advisor.Unhurried}, advisor.InCommitment},
		{"safety has decided", advisor.Facts{}, advisor.Inputs{Stakes: advisor.Safety}, ""},
		{"all are said", advisor.Facts{}, advisor.Inputs{Ability: advisor.Medium, Complexity: advisor.Several, Control: advisor.Shared, Time: advisor.Unhurried, Commitment: advisor.High}, ""},
		{"a child is asked only whether it wants to", advisor.Facts{Age: tandem.Child}, advisor.Inputs{}, advisor.InCommitment},
	} {
		q, ok := advisor.Ask(c.facts, c.said)
		if ok != (c.want != "") || q.Input != c.want {
			t.Errorf("%s: asks for %q (%v)", c.name, q.Input, ok)
		}
	}
	for _, q := range advisor.Questions(advisor.Facts{}, advisor.Inputs{}) {
		// Simple is a result alone, the others are pairs with an easy half: two kinds, one lead, two times one modifier.
		want := map[advisor.Input]float64{advisor.InComplexity: (4 + 4 + 2 + 2*0.25) / 3, advisor.InTime: 2 * 0.25}
		if w, ok := want[q.Input]; ok && math.Abs(q.Decides-w) > 1e-12 {
			t.Errorf("%s decides %v, want %v", q.Input, q.Decides, w)
		}
	}
	qs := advisor.Questions(advisor.Facts{Others: true}, advisor.Inputs{Ability: advisor.Low})
	if len(qs) != len(advisor.Asked()) {
		t.Fatalf("%d stand under Why this", len(qs))
	}
	for i, q := range qs {
		if i > 0 && q.Decides > qs[i-1].Decides {
			t.Errorf("%s decides more than %s before it", q.Input, qs[i-1].Input)
		}
		if q.Input == advisor.InControl && (q.Value != "mostly_others" || q.Origin != advisor.FromWords) {
			t.Errorf("control stands as %+v", q)
		}
	}
}

// No other single answer moves the advice further than the one that is asked for.
func TestNoOtherQuestionMovesTheAdviceFurther(t *testing.T) {
	for _, in := range []advisor.Inputs{{}, {Wants: advisor.Capability}, {Env: advisor.Volatile}, {Scope: advisor.Team}, {Novelty: advisor.New}, {Control: advisor.MostlyOthers}} {
		q, ok := advisor.Ask(advisor.Facts{}, in)
		if !ok {
			t.Errorf("%+v: nothing to ask", in)
			continue
		}
		kinds := func(name advisor.Input) int {
			found := map[[2]advisor.Kind]bool{}
			s, _ := advisor.SpecOf(name)
			for _, v := range s.Values {
				with, err := in.With(name, v)
				if err != nil {
					t.Fatal(err)
				}
				known, _ := advisor.Infer(advisor.Facts{}, with)
				a := advisor.Advise(known)
				found[[2]advisor.Kind{a.Kind, a.Lead}] = true
			}
			return len(found)
		}
		for _, name := range advisor.Asked() {
			if in.Get(name) == "" && kinds(name) > kinds(q.Input) {
				t.Errorf("%+v: %s is asked and leads to %d answers, %s to %d", in, q.Input, kinds(q.Input), name, kinds(name))
			}
		}
	}
}
