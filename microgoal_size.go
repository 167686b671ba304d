package tandem

import "math"

// AwayDays is from how many days in a row without an entry on half the size of a micro-goal is offered; it is
// offered up to ComeBackDays after the first day that has one again. Rules of thumb (guidance, section 6).
const (
	AwayDays     = 7
	ComeBackDays = 14
)

// FreePasses is how many skipped days of the last StrengthDays are left out of "n of the last 28 days"; each is
// one's own choice, and further ones count as days that were asked.
const FreePasses = 2

// Landmark gives the first day from d on, itself included, on which people like to begin afresh: a Monday or the
// first of a month (Dai, Milkman and Riis 2014, "The Fresh Start Effect").
func (d Day) Landmark() Day {
	for PeriodWeek.Start(d) != d && PeriodMonth.Start(d) != d {
		d++
	}
	return d
}

// Away gives the newest stretch of at least AwayDays days without an entry that lies between two days: before its
// first day there was an entry, and it lasts up to today or ended at most ComeBackDays before.
func Away(entered map[Day]bool, from, today Day) (s Span, ok bool) {
	began := NoDay // the newest day with an entry before the stretch that is looked at
	for d := from; d <= today+1; d++ {
		if !entered[d] && d <= today {
			continue
		}
		if began != NoDay && d-began-1 >= AwayDays && d-1 >= today-ComeBackDays {
			s, ok = Span{From: began + 1, To: d - 1}, true
		}
		began = d
	}
	return s, ok
}

// HalfSize gives the micro-goal with half of what it asks, in whole numbers: half the amount of a day, or where
// that is one already half the times. ok is false where there is nothing to halve.
func (g MicroGoal) HalfSize() (half MicroGoal, ok bool) {
	switch {
	case g.AtMost:
		return g, false
	case g.Amount >= 2:
		g.Amount = math.Ceil(g.Amount / 2)
	case g.Times >= 2:
		g.Times = math.Ceil(g.Times / 2)
	default:
		return g, false
	}
	return g, true
}

// OnAGoodRun tells whether the last seven days hold what a micro-goal asks of seven days.
func (g MicroGoal) OnAGoodRun(today Day, obs []Observation) bool {
	sums := map[Day]float64{}
	for _, o := range obs {
		if o.State == StateValue && o.Day > today-7 && o.Day <= today {
			sums[o.Day] += o.Value
		}
	}
	done := 0.0
	for _, v := range sums {
		if g.Amount == 0 {
			done += v
		} else if v >= g.Amount {
			done++
		}
	}
	asked := g.Times
	switch g.Period {
	case PeriodDay:
		asked *= 7
	case PeriodMonth:
		asked *= 7 / 30.0
	}
	return done >= asked && done > 0
}

// CountsDays tells whether "n of the last 28 days" is for a person to see: adults alone, who asked for it. Of what
// shall happen at most so often it stands in the place of a chain that breaks, and nobody has to ask.
func (g MicroGoal) CountsDays(age AgeBand) bool { return age == Adult && (g.ShowDays || g.AtMost) }

// PassesLeft gives how many free passes there are left on a day.
func (g MicroGoal) PassesLeft(today Day, obs []Observation) int {
	days := map[Day]bool{}
	for _, o := range obs {
		if o.State == StateSkip && o.Day > today-StrengthDays && o.Day <= today {
			days[o.Day] = true
		}
	}
	return max(FreePasses-len(days), 0)
}

// A SetOff is what a person says set off a day on which a micro-goal went over what it asks at most: beside the
// value, or in a review of the days before.
type SetOff struct {
	Day    Day    `json:"day"`
	Text   string `json:"text"`
	Review bool   `json:"review"`
}
