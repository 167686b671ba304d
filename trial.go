package tandem

// The light trial of a technique: two weeks, the uses, "did it help?", and the person's own decision.
const (
	TrialDays  = 14
	MostTrials = 2 // at a time on one learning goal; a third waits
)

// A Trial is one that is over: from the day it began to the day of the decision. Decision is kept, adapted or
// dropped; trying for two more weeks, idea where it was put back to wait.
type Trial struct {
	Technique TechniqueID    `json:"technique"`
	Began     Day            `json:"began"`
	Ended     Day            `json:"ended"`
	Uses      int            `json:"uses"`
	Natural   int            `json:"natural"` // uses that felt natural
	Helped    int            `json:"helped"`  // the person's answer: -1 no, 1 yes, 0 hard to say
	Decision  TechniqueState `json:"decision"`
	Words     string         `json:"words"`
}

// A TrialTally is how a trial stands: what its uses felt like and whether they helped, each as it was said.
type TrialTally struct {
	Began   Day `json:"began"`
	Ends    Day `json:"ends"` // the first day on which it can be decided in the light of two weeks
	Uses    int `json:"uses"`
	Days    int `json:"days"` // with a use
	Natural int `json:"natural"`
	Middle  int `json:"all_right"`
	Forced  int `json:"forced"`
	Helped  int `json:"helped"` // uses of which it was said that it helped
	Not     int `json:"not_helped"`
}

// NaturalFrom and ForcedTo part the scale of how natural a use felt (1 to 10) into natural, all right, forced.
const (
	NaturalFrom = 7
	ForcedTo    = 3
)

// Tally counts the uses of a technique since it is being tried.
func (t Technique) Tally(uses []Use) TrialTally {
	y := TrialTally{Began: t.Since, Ends: t.Since + TrialDays}
	days := map[Day]bool{}
	for _, u := range uses {
		if u.Technique != t.ID || u.Day < t.Since {
			continue
		}
		y.Uses++
		days[u.Day] = true
		switch {
		case u.Natural >= NaturalFrom:
			y.Natural++
		case u.Natural > ForcedTo:
			y.Middle++
		case u.Natural > 0:
			y.Forced++
		}
		switch u.Helped {
		case 1:
			y.Helped++
		case -1:
			y.Not++
		}
	}
	y.Days = len(days)
	return y
}

// Over tells whether the two weeks are over on a day.
func (y TrialTally) Over(today Day) bool { return today >= y.Ends }

// Running gives the techniques of all that are on trial beside one: those of the same learning goal, or of
// none, that are being tried.
func (t Technique) Running(all []Technique) (out []Technique) {
	for _, x := range all {
		if x.ID != t.ID && x.Goal == t.Goal && x.State == Trying {
			out = append(out, x)
		}
	}
	return out
}
