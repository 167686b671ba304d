package coach

// A Rewrite is what a button puts in where a rule can tell it. Text is the whole text again, "" where the
// button only asks.
type Rewrite struct {
	Text string
}

func (a Advice) rewrite(f Fix) Rewrite { return Rewrite{} }

// MessageKey gives the key of the check's sentence.
func (r Rule) MessageKey(child bool) string { return "" }
