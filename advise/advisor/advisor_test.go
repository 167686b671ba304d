package advisor_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/advise/advisor"
)

// read sets inputs from "key=value;key=value".
func read(t *testing.T, text string) (in advisor.Inputs) {
	t.Helper()
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(part, "=")
		var err error
		if in, err = in.With(advisor.Input(name), value); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	return in
}

func TestTheThirtyWorkedCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if f[0] == "id" {
			continue
		}
		n++
		a := advisor.Advise(read(t, f[2]))
		lead, mods := "-", "none"
		if a.Lead != "" {
			lead = string(a.Lead)
		}
		if len(a.Modifiers) > 0 {
			var names []string
			for _, m := range a.Modifiers {
				names = append(names, string(m))
			}
			mods = strings.Join(names, ",")
		}
		if got, want := strings.Join([]string{string(a.Kind), lead, string(a.Rule), mods}, " "), strings.Join(f[3:], " "); got != want {
			t.Errorf("%s %s: %s, want %s", f[0], f[1], got, want)
		}
	}
	if n != 30 {
		t.Errorf("%d cases were read", n)
	}
}

// combinations visits every combination of the values of the inputs; the horizon is near or far.
func combinations(t *testing.T, visit func(advisor.Inputs)) (n int) {
	t.Helper()
	specs := advisor.Specs()
	var step func(in advisor.Inputs, at int)
	step = func(in advisor.Inputs, at int) {
		if at == len(specs) {
			n++
			visit(in)
			return
		}
		values := specs[at].Values
		if specs[at].Input == advisor.InHorizon {
			values = []string{"90", "91"}
		}
		for _, v := range values {
			next, err := in.With(specs[at].Input, v)
			if err != nil {
				t.Fatal(err)
			}
			step(next, at+1)
		}
	}
	step(advisor.Inputs{}, 0)
	return n
}

func TestEveryCombinationHasOneAnswerThatKeepsThePromises(t *testing.T) {
	seen := map[advisor.Rule]int{}
	mods := map[advisor.Modifier]int{}
	cited := map[string]bool{}
	n := combinations(t, func(in advisor.Inputs) {
		a := advisor.Advise(in)
		seen[a.Rule]++
		for _, m := range a.Modifiers {
			mods[m]++
		}
		for _, key := range a.Evidence {
			cited[key] = true
		}
		safe := in.Stakes == advisor.Safety
		paired := a.Kind == advisor.Paired
		faults := map[string]bool{
			"no answer":                  !slices.Contains([]advisor.Kind{advisor.Performance, advisor.Learning, advisor.Paired, advisor.Defer}, a.Kind),
			"a lead without a pair":      paired != (a.Lead == advisor.Performance || a.Lead == advisor.Learning),
			"a result alone for a child": in.Age == tandem.Child && a.Kind == advisor.Performance,
			"a result alone where ability is low and the work not simple": in.Ability == advisor.Low && in.Complexity != advisor.Simple && !safe && a.Kind == advisor.Performance,
			"wants not deferred":           in.Commitment == advisor.Low && !safe && a.Kind != advisor.Defer,
			"deferred though wanted":       in.Commitment != advisor.Low && a.Kind == advisor.Defer,
			"safety without a minimum":     safe && !(paired && a.Lead == advisor.Performance && a.Has(advisor.FloorNotStretch)),
			"a pair without an easy half":  paired && a.Has(advisor.OneHardOneEasy) == a.Has(advisor.TinyLearning),
			"a minor in public":            in.Age != tandem.Adult && !(a.Has(advisor.Private) && a.Has(advisor.SelfCompared) && a.Has(advisor.NoPromisedRewards)),
			"a measure asked of learning":  !a.HasResult() && (a.Has(advisor.FindMeasure) || a.Has(advisor.OwnActionMeasure)),
			"a plateau watched elsewhere":  a.Has(advisor.PlateauWatch) != (a.Kind == advisor.Performance && in.Horizon > 90),
			"fear met by a bare number":    in.Appraisal == advisor.Threat && in.Time != advisor.Urgent && a.Kind == advisor.Performance,
			"a modifier twice":             len(slices.Compact(slices.Sorted(slices.Values(a.Modifiers)))) != len(a.Modifiers),
			"a rule of studies names none": a.Confidence != advisor.Judgement && len(a.Evidence) == 0,
		}
		for what, is := range faults {
			if is {
				t.Fatalf("%s: %+v gives %+v", what, in, a)
			}
		}
	})
	if n < 139968 {
		t.Errorf("only %d combinations", n)
	}
	t.Logf("%d combinations", n)
	for _, r := range advisor.Rules() {
		if seen[r] == 0 {
			t.Errorf("%s answers nothing", r)
		}
	}
	for _, m := range advisor.Modifiers() {
		if mods[m] == 0 {
			t.Errorf("%s is never given", m)
		}
	}
	for key := range cited {
		if _, ok := advisor.SourceOf(key); !ok {
			t.Errorf("%s is cited and not in the evidence", key)
		}
	}
	for _, s := range advisor.Sources() {
		if !cited[s.Key] || s.Who == "" || s.Where == "" {
			t.Errorf("no rule cites %+v", s)
		}
	}
}

// What is not said counts as its default: leaving a default out changes nothing.
func TestWhatIsNotKnownIsTakenAtItsDefault(t *testing.T) {
	for _, s := range advisor.Specs() {
		for _, base := range []string{"ability=low", "ability=high;complexity=complex", "age=child", "time=urgent", "scope=team_interdependent"} {
			in := read(t, base)
			if in.Get(s.Input) != "" {
				continue
			}
			with, err := in.With(s.Input, s.Default)
			if err != nil {
				t.Fatalf("the default of %s: %v", s.Input, err)
			}
			if a, b := advisor.Advise(in), advisor.Advise(with); a.Rule != b.Rule || a.Kind != b.Kind || a.Lead != b.Lead || !slices.Equal(a.Modifiers, b.Modifiers) {
				t.Errorf("%s with %s=%s: %+v, without: %+v", base, s.Input, s.Default, b, a)
			}
		}
	}
	if a := advisor.Advise(advisor.Inputs{}); a.Rule != advisor.R9 || a.Lead != advisor.Performance {
		t.Errorf("nothing known: %+v", a)
	}
}

func TestInputsRefuseWhatTheyDoNotTake(t *testing.T) {
	for name, values := range map[advisor.Input][]string{
		"abilty": {"low"}, "ability": {"lo", "LOW", "1"}, "horizon": {"-1", "1.5", "soon", "36601"}, "age": {"adults"},
	} {
		for _, v := range values {
			if in, err := (advisor.Inputs{}).With(name, v); err == nil {
				t.Errorf("%s=%s was taken: %+v", name, v, in)
			}
		}
	}
	in := read(t, "horizon=0")
	if in.Horizon != 1 {
		t.Errorf("a deadline today has a horizon of %d", in.Horizon)
	}
	if in, err := in.With(advisor.InHorizon, ""); err != nil || in.Horizon != 0 {
		t.Errorf("taken back: %+v, %v", in, err)
	}
	for n, want := range map[int]advisor.Grade{0: advisor.Low, 3: advisor.Low, 4: advisor.Medium, 6: advisor.Medium, 7: advisor.High, 10: advisor.High} {
		if got := advisor.CommitmentOf(n); got != want {
			t.Errorf("%d of 10 is %s", n, got)
		}
	}
}

// The reasons to choose one kind or the other, each as somebody would answer.
func TestTheReasonsForEachKind(t *testing.T) {
	for _, c := range []struct{ reason, inputs, want string }{
		{"to be able to do something", "wants=capability;ability=medium", "learning"},
		{"a new role", "ability=low;novelty=new;complexity=complex;horizon=180", "learning"},
		{"a weakness", "wants=capability;ability=low;complexity=moderate", "learning"},
		{"change", "env=volatile;ability=low;novelty=new", "learning"},
		{"joy", "wants=capability;novelty=new;complexity=simple", "learning"},
		{"new and many parts, with a hard number", "novelty=new;complexity=complex", "paired, learning leads"},
		{"operations", "complexity=simple;novelty=known;horizon=365", "performance"},
		{"a strategic target by somebody who knows how", "ability=high;complexity=complex;horizon=90", "performance"},
		{"pay that hangs on a number", "ability=high;novelty=known;horizon=30", "performance"},
		{"proof for others", "ability=high;time=urgent;horizon=45", "performance"},
		{"little time", "ability=high;time=urgent;complexity=complex;horizon=120", "performance"},
	} {
		a := advisor.Advise(read(t, c.inputs))
		got := string(a.Kind)
		if a.Lead != "" {
			got += ", " + string(a.Lead) + " leads"
		}
		if got != c.want {
			t.Errorf("%s: %s by %s, want %s", c.reason, got, a.Rule, c.want)
		}
	}
}

func TestTimeThatPresses(t *testing.T) {
	for in, want := range map[string]advisor.Advice{
		"wants=capability;ability=high;time=urgent":                            {Rule: advisor.R8, Kind: advisor.Performance},
		"wants=capability;ability=high":                                        {Rule: advisor.R3, Kind: advisor.Learning},
		"ability=high;time=urgent;appraisal=threat":                            {Rule: advisor.R8, Kind: advisor.Performance},
		"ability=high;appraisal=threat":                                        {Rule: advisor.R8, Kind: advisor.Paired, Lead: advisor.Learning},
		"ability=high;appraisal=threat;scope=team_interdependent":              {Rule: advisor.R8, Kind: advisor.Paired, Lead: advisor.Learning},
		"appraisal=threat;time=urgent":                                         {Rule: advisor.R9, Kind: advisor.Paired, Lead: advisor.Performance},
		"stakes=safety;appraisal=threat;ability=low":                           {Rule: advisor.R0, Kind: advisor.Paired, Lead: advisor.Performance},
		"ability=low;complexity=complex;time=urgent;control=shared":            {Rule: advisor.R4u, Kind: advisor.Paired, Lead: advisor.Learning},
		"ability=low;complexity=complex;time=urgent;scope=team_interdependent": {Rule: advisor.R4t, Kind: advisor.Paired, Lead: advisor.Learning},
	} {
		if a := advisor.Advise(read(t, in)); a.Rule != want.Rule || a.Kind != want.Kind || a.Lead != want.Lead || a.Has(advisor.StrategyFirst) != (strings.Contains(in, "threat") && a.Rule != advisor.R0) {
			t.Errorf("%s: %+v", in, a)
		}
	}
}

func TestAModifierBringsItsOwnEvidence(t *testing.T) {
	if e := advisor.Advise(advisor.Inputs{Appraisal: advisor.Threat}).Evidence; len(e) != 4 || e[3] != "DZE02" {
		t.Errorf("looking for ways first rests on %v", e)
	}
	if e := advisor.Advise(advisor.Inputs{}).Evidence; !slices.Equal(e, []string{"MLW15", "WL96", "NAH13"}) {
		t.Errorf("a modifier's source stayed with the rule: %v", e)
	}
}
