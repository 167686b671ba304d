package advisor

import "tandem"

// A kindRule is a row of the table that decides the kind.
type kindRule struct {
	rule       Rule
	when       func(Inputs) bool
	answer     func(Inputs) (kind, lead Kind)
	evidence   []string
	confidence Confidence
}

// rules are weighed in this order and the first that matches answers: safety, then wanting it, childhood,
// the wish for a capability, not knowing how, who controls it, volatility, simplicity, ability. Time
// pressure changes the size and which side leads, not that an unknown task needs learning.
var rules = []kindRule{
	{R0, func(in Inputs) bool { return in.Stakes == Safety }, resultLeads, nil, Judgement},
	{R1, func(in Inputs) bool { return in.Commitment == Low }, alone(Defer), []string{"KL99", "LL02"}, Moderate},
	{R2, func(in Inputs) bool { return in.Age == tandem.Child }, func(in Inputs) (Kind, Kind) {
		if in.Wants == Capability {
			return Learning, ""
		}
		return Paired, Learning
	}, []string{"BS81", "MD98", "DKR99"}, Moderate},
	{R3, func(in Inputs) bool { return in.Wants == Capability && in.Time != Urgent }, alone(Learning), []string{"SLTL04", "LSC08"}, Moderate},
	{R4t, func(in Inputs) bool { return in.lost() && in.Scope == Team }, learningLeads, []string{"NAH13", "KLE11"}, WeakModerate},
	{R4u, func(in Inputs) bool { return in.lost() && in.Time == Urgent }, learningLeads, []string{"SL01", "VY15", "MLW15"}, Moderate},
	{R4, Inputs.lost, alone(Learning), []string{"WL96", "SL01", "SLTL04", "NOO21"}, Moderate},
	{R5, func(in Inputs) bool { return in.Control == MostlyOthers }, func(in Inputs) (Kind, Kind) {
		return leads(in.Ability == High && in.Env != Volatile)
	}, []string{"HAR16"}, Judgement},
	{R6, func(in Inputs) bool { return in.Env == Volatile }, learningLeads, []string{"LS99", "MBa12"}, WeakModerate},
	{R7, func(in Inputs) bool { return in.Complexity == Simple && in.Ability != Low }, alone(Performance), []string{"WML87", "WL96", "EP17"}, Strong},
	{R8, func(in Inputs) bool { return in.Ability == High && (in.Time == Urgent || in.Horizon <= 90) }, alone(Performance), []string{"SC09", "LL02", "VY15"}, Moderate},
	{R8p, func(in Inputs) bool { return in.Ability == High }, resultLeads, []string{"SC09", "MAR91", "MLW15"}, Weak},
	{R9, func(in Inputs) bool { return in.Ability == Medium }, func(in Inputs) (Kind, Kind) {
		return leads(in.Time == Urgent || in.Scope == Team || !in.hard())
	}, []string{"MLW15", "WL96", "NAH13"}, Moderate},
	{R10, func(Inputs) bool { return true }, resultLeads, []string{"WML87"}, Weak},
}

// Rules gives the names of the rules in the order in which they are weighed.
func Rules() []Rule {
	names := make([]Rule, len(rules))
	for i, r := range rules {
		names[i] = r.rule
	}
	return names
}

// lost tells that the way to succeed is not known and not found by doing.
func (in Inputs) lost() bool { return in.Ability == Low && in.Complexity != Simple }

// hard tells that the task has many parts or is new.
func (in Inputs) hard() bool { return in.Complexity == Complex || in.Novelty == New }

func alone(k Kind) func(Inputs) (Kind, Kind) { return func(Inputs) (Kind, Kind) { return k, "" } }

func resultLeads(Inputs) (kind, lead Kind)   { return Paired, Performance }
func learningLeads(Inputs) (kind, lead Kind) { return Paired, Learning }

func leads(result bool) (kind, lead Kind) {
	if result {
		return Paired, Performance
	}
	return Paired, Learning
}
