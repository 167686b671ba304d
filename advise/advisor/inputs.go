package advisor

import (
	"fmt"
	"slices"
	"strconv"

	"tandem"
)

// The values of the inputs. "" is always "not known".
type (
	Stakes     string
	Grade      string // of commitment and of ability
	Wants      string
	Novelty    string
	Complexity string
	Time       string
	Control    string
	Env        string
	Scope      string
	Appraisal  string
	Measure    string
)

const (
	Normal Stakes = "normal"
	Safety Stakes = "safety" // somebody could get hurt if this is done badly

	Low    Grade = "low"
	Medium Grade = "medium"
	High   Grade = "high"

	Outcome    Wants = "outcome"
	Capability Wants = "capability"

	Known  Novelty = "known"
	Partly Novelty = "partly"
	New    Novelty = "new"

	Simple  Complexity = "simple"
	Several Complexity = "moderate"
	Complex Complexity = "complex"

	Unhurried Time = "normal"
	Urgent    Time = "urgent"

	MostlyMine   Control = "mostly_mine"
	Shared       Control = "shared"
	MostlyOthers Control = "mostly_others"

	Stable   Env = "stable"
	Changing Env = "changing"
	Volatile Env = "volatile" // the plan is expected to change more than once a month

	ForOne Scope = "person"
	Team   Scope = "team_interdependent" // nobody can finish without the others' work

	Neutral   Appraisal = "neutral"
	Challenge Appraisal = "challenge"
	Threat    Appraisal = "threat"

	Measured   Measure = "yes"
	Unmeasured Measure = "no"
)

// DefaultHorizon is the days to the deadline where none is known, MostHorizon the most that is accepted.
const (
	DefaultHorizon = 90
	MostHorizon    = 36600
)

// Inputs are what the advice rests on; what is "" or 0 is not known. Horizon is the days to the deadline,
// 1 for one that is today.
type Inputs struct {
	Stakes     Stakes         `json:"stakes,omitempty"`
	Commitment Grade          `json:"commitment,omitempty"`
	Age        tandem.AgeBand `json:"age,omitempty"`
	Wants      Wants          `json:"wants,omitempty"`
	Novelty    Novelty        `json:"novelty,omitempty"`
	Complexity Complexity     `json:"complexity,omitempty"`
	Ability    Grade          `json:"ability,omitempty"`
	Time       Time           `json:"time,omitempty"`
	Control    Control        `json:"control,omitempty"`
	Env        Env            `json:"env,omitempty"`
	Scope      Scope          `json:"scope,omitempty"`
	Appraisal  Appraisal      `json:"appraisal,omitempty"`
	Measure    Measure        `json:"measure,omitempty"`
	Horizon    int            `json:"horizon,omitempty"`
}

// An Input is the name of one of them.
type Input string

const (
	InStakes     Input = "stakes"
	InCommitment Input = "commitment"
	InAge        Input = "age"
	InWants      Input = "wants"
	InNovelty    Input = "novelty"
	InComplexity Input = "complexity"
	InAbility    Input = "ability"
	InTime       Input = "time"
	InControl    Input = "control"
	InEnv        Input = "env"
	InScope      Input = "scope"
	InAppraisal  Input = "appraisal"
	InMeasure    Input = "measure"
	InHorizon    Input = "horizon"
)

// A Spec is what an input accepts: one of Values, or for the horizon a whole number of days.
type Spec struct {
	Input   Input
	Values  []string
	Default string
}

// specs are the inputs with their values in order, and the default of each.
var specs = []Spec{
	{InStakes, []string{"normal", "safety"}, "normal"},
	{InCommitment, []string{"low", "medium", "high"}, "high"},
	{InAge, []string{"child", "teen", "adult"}, "adult"},
	{InWants, []string{"outcome", "capability"}, "outcome"},
	{InNovelty, []string{"known", "partly", "new"}, "partly"},
	{InComplexity, []string{"simple", "moderate", "complex"}, "moderate"},
	{InAbility, []string{"low", "medium", "high"}, "medium"},
	{InTime, []string{"normal", "urgent"}, "normal"},
	{InControl, []string{"mostly_mine", "shared", "mostly_others"}, "shared"},
	{InEnv, []string{"stable", "changing", "volatile"}, "stable"},
	{InScope, []string{"person", "team_interdependent"}, "person"},
	{InAppraisal, []string{"neutral", "challenge", "threat"}, "neutral"},
	{InMeasure, []string{"yes", "no"}, "yes"},
	{InHorizon, nil, "90"},
}

// Specs gives the table of inputs.
func Specs() []Spec { return slices.Clone(specs) }

// SpecOf gives what an input accepts; ok is false for a name that is none.
func SpecOf(name Input) (s Spec, ok bool) {
	i := slices.IndexFunc(specs, func(s Spec) bool { return s.Input == name })
	if i < 0 {
		return s, false
	}
	return specs[i], true
}

// Get gives an input as text, "" where it is not known.
func (in Inputs) Get(name Input) string {
	if name == InHorizon {
		if in.Horizon == 0 {
			return ""
		}
		return strconv.Itoa(in.Horizon)
	}
	if p := in.place(name); p != nil {
		return p.get()
	}
	return ""
}

// With gives the inputs with one of them set from text, or to not known by "". The error tells an unknown
// name or a value that is not accepted.
func (in Inputs) With(name Input, value string) (Inputs, error) {
	s, ok := SpecOf(name)
	switch {
	case !ok:
		return in, fmt.Errorf("there is no input %q", name)
	case name == InHorizon:
		n, err := strconv.Atoi(value)
		if value != "" && (err != nil || n < 0 || n > MostHorizon) {
			return in, fmt.Errorf("%s is not %q", name, value)
		}
		if in.Horizon = n; value != "" {
			in.Horizon = max(n, 1)
		}
		return in, nil
	case value != "" && !slices.Contains(s.Values, value):
		return in, fmt.Errorf("%s is not %q", name, value)
	}
	in.place(name).set(value)
	return in, nil
}

// WithDefaults gives the inputs with what is not known at its default.
func (in Inputs) WithDefaults() Inputs {
	for _, s := range specs {
		if in.Get(s.Input) == "" {
			in, _ = in.With(s.Input, s.Default)
		}
	}
	return in
}

// A slot is where a value that is a text stands.
type slot interface {
	get() string
	set(string)
}

type word[T ~string] struct{ at *T }

func (w word[T]) get() string  { return string(*w.at) }
func (w word[T]) set(s string) { *w.at = T(s) }

func (in *Inputs) place(name Input) slot {
	switch name {
	case InStakes:
		return word[Stakes]{&in.Stakes}
	case InCommitment:
		return word[Grade]{&in.Commitment}
	case InAge:
		return word[tandem.AgeBand]{&in.Age}
	case InWants:
		return word[Wants]{&in.Wants}
	case InNovelty:
		return word[Novelty]{&in.Novelty}
	case InComplexity:
		return word[Complexity]{&in.Complexity}
	case InAbility:
		return word[Grade]{&in.Ability}
	case InTime:
		return word[Time]{&in.Time}
	case InControl:
		return word[Control]{&in.Control}
	case InEnv:
		return word[Env]{&in.Env}
	case InScope:
		return word[Scope]{&in.Scope}
	case InAppraisal:
		return word[Appraisal]{&in.Appraisal}
	case InMeasure:
		return word[Measure]{&in.Measure}
	}
	return nil
}

// CommitmentOf reads an answer on the scale from 0 to 10: up to 3 low, up to 6 medium, from 7 high.
func CommitmentOf(tenths int) Grade {
	switch {
	case tenths <= 3:
		return Low
	case tenths <= 6:
		return Medium
	}
	return High
}
