package tandem

// Advised is what was advised when a goal was drafted, and what its owner took instead or of it. It is kept
// so that advice can be judged by what became of the goals, and so that a hint that was put away stays away.
type Advised struct {
	Goal   GoalID   `json:"goal"`
	Rule   string   `json:"rule"`   // of the advice, such as R4; "" where none was given
	Kind   string   `json:"kind"`   // performance, learning, paired or defer
	Lead   string   `json:"lead"`   // performance or learning of a pair; "" for none
	Chosen string   `json:"chosen"` // performance, learning or paired
	Day    Day      `json:"day"`
	Quiet  []string `json:"quiet"` // codes of hints that do not come back for this goal
}

// Followed tells whether what was taken is what was advised.
func (a Advised) Followed() bool { return a.Kind == a.Chosen }

const maxQuiet = 40

// Validate names every field that cannot be accepted.
func (a Advised) Validate() error {
	var es Errors
	checkCode(&es, "advised.rule", a.Rule)
	if a.Kind != "" || a.Rule != "" {
		checkOneOf(&es, "advised.kind", a.Kind, "performance", "learning", "paired", "defer")
	}
	if a.Lead != "" {
		checkOneOf(&es, "advised.lead", a.Lead, "performance", "learning")
	}
	checkOneOf(&es, "advised.chosen", a.Chosen, "performance", "learning", "paired")
	if len(a.Quiet) > maxQuiet {
		es.Add("advised.quiet", "int_range", Args{"field": "advised.quiet", "lo": 0, "hi": maxQuiet})
	}
	for _, q := range a.Quiet {
		checkCode(&es, "advised.quiet", q)
	}
	return es.Err()
}

// checkCode refuses what is no code of a rule or hint: at most 32 letters, digits and underscores.
func checkCode(es *Errors, field, s string) {
	for _, r := range s {
		if !(r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') || len(s) > 32 {
			es.Add(field, "code_unknown", Args{"field": field, "value": s})
			return
		}
	}
}
