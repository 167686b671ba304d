package app

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/reader"
)

// proposedDays is how far off a deadline is proposed where a line names none; it ends with its month.
const proposedDays = 75

// drop takes out of a reading what its writer did not mean, kind by kind.
func drop(r reader.Reading, not []string) reader.Reading {
	for _, k := range not {
		switch reader.Kind(k) {
		case reader.KindFrom:
			r.From = nil
		case reader.KindSoFar:
			r.SoFar = nil
		case reader.KindTarget, reader.KindNumber:
			r.Target, r.Rate = nil, ""
		case reader.KindChange:
			r.Change = nil
		case reader.KindStretch:
			r.Stretch = nil
		case reader.KindBounds:
			r.Lo, r.Hi = nil, nil
		case reader.KindMeasure:
			r.Measure = ""
		case reader.KindDirection:
			r.Direction, r.AtMost = "", false
		case reader.KindDeadline, reader.KindPeriod:
			r.First, r.Last, r.Calendar, r.Unplaced = tandem.NoDay, tandem.NoDay, "", ""
		case reader.KindRepeats:
			r.Repeats = ""
		case reader.KindRate:
			r.Rate = ""
		case reader.KindRhythm:
			r.Micro = nil
		case reader.KindCollection:
			r.Collection = nil
		case reader.KindEvidence:
			r.Evidence = nil
		case reader.KindActivity:
			r.Activities = nil
		case reader.KindOwner:
			r.Owner = ""
		case reader.KindSkill, reader.KindQuestion:
			r.Skill, r.Explores = "", false
		}
	}
	r.Spans = slices.DeleteFunc(slices.Clone(r.Spans), func(s reader.Span) bool { return slices.Contains(not, string(s.Kind)) })
	return r
}

// draftResult gives the result that a line names. from is where it stands, where that was said beside the
// line. What is not in the line is named in proposed.
func draftResult(r reader.Reading, title string, from *float64, today tandem.Day) (in GoalInput, proposed []string) {
	in = GoalInput{Kind: tandem.KindPerformance, Title: title, Start: tandem.NoDay, Deadline: r.Last, Repeats: r.Repeats}
	if in.Deadline == tandem.NoDay || in.Deadline < today {
		in.Deadline = tandem.PeriodMonth.Next(today+proposedDays) - 1
		proposed = append(proposed, "deadline")
	}
	if r.First != tandem.NoDay && r.First > today {
		in.Start = r.First
	}
	if r.Repeats != tandem.PeriodMonth && r.Repeats != tandem.PeriodQuarter {
		in.Repeats = tandem.PeriodNone
	}
	n := MetricInput{Form: formOf(r), Period: r.Rate, Direction: r.Direction}
	if n.Form != tandem.FormRate {
		n.Period = tandem.PeriodNone
	}
	n.Name, n.Unit = numberNames(r, title)
	in.Number = &n
	if r.From != nil && from == nil {
		from = &r.From.Value
	}
	if n.Form == tandem.FormTotal {
		if in.SoFar = from; from == nil && r.SoFar != nil {
			in.SoFar = &r.SoFar.Value
		}
	} else {
		in.Baseline = from
	}
	switch target := targetOf(r, from); {
	case r.Lo != nil && r.Hi != nil:
		n.Direction = tandem.Within
		in.TargetLo, in.TargetHi = &r.Lo.Value, &r.Hi.Value
	case target != nil:
		in.Target = target
		if r.Stretch != nil {
			in.Stretch = &r.Stretch.Value
		}
	case r.Change == nil: // yes or no
		one, zero, none := 1.0, 0.0, 0
		in.Target, n.Lo, n.Hi, n.Decimals = &one, &zero, &one, &none
		in.ReachedWhen = tandem.ReachedOnce
		proposed = append(proposed, "target")
	}
	if n.Direction == "" || n.Direction == tandem.Within && in.TargetLo == nil {
		n.Direction = tandem.Up
		if r.AtMost || from != nil && in.Target != nil && *in.Target < *from {
			n.Direction = tandem.Down
		}
	}
	return in, proposed
}

// targetOf gives what is to be reached: the amount that is named, or where it stands with the change that
// is named; nil where neither is known.
func targetOf(r reader.Reading, from *float64) *float64 {
	if r.Target != nil {
		return &r.Target.Value
	}
	if r.Change == nil || from == nil {
		return nil
	}
	by := r.Change.Value
	sign := 1.0
	if r.Direction == tandem.Down || r.AtMost {
		sign = -1
	}
	v := *from + sign*by
	switch r.Change.Quantity {
	case reader.Percent:
		v = *from * (1 + sign*by/100)
	case reader.Factor:
		if v = *from * by; sign < 0 && by != 0 {
			v = *from / by
		}
	}
	v = math.Round(v*1e6) / 1e6
	return &v
}

// formOf tells whether the values of a line are judged by whole periods, add up, or replace one another.
func formOf(r reader.Reading) tandem.Form {
	switch {
	case r.Rate != tandem.PeriodNone:
		return tandem.FormRate
	case r.SoFar != nil:
		return tandem.FormTotal
	case r.Target == nil || r.From != nil || r.Lo != nil || r.Target.Of != 0:
		return tandem.FormReading
	case r.AtMost || r.Direction == tandem.Down:
		if r.Calendar != tandem.PeriodNone && (r.Target.Quantity == reader.Count || r.Target.Quantity == reader.Money) {
			return tandem.FormTotal // a budget
		}
		return tandem.FormReading
	}
	switch r.Target.Quantity {
	case reader.Count, reader.Money, reader.Distance, reader.Volume:
		if r.Target.Unit != "" || r.Measure != "" {
			return tandem.FormTotal
		}
	}
	return tandem.FormReading
}

// numberNames gives the name and the unit of the number of a line.
func numberNames(r reader.Reading, title string) (name, unit string) {
	name = r.Measure
	var of reader.Quantity
	for _, a := range []*reader.Amount{r.Target, r.Change, r.From, r.SoFar, r.Lo} {
		if a == nil {
			continue
		}
		of = a.Quantity
		if a.Quantity == reader.Count {
			if name == "" {
				name = a.Unit
			} else if !strings.EqualFold(name, a.Unit) {
				unit = a.Unit
			}
		} else if a.Quantity != reader.Factor && !(a.Quantity == reader.Percent && r.Change == a) {
			unit = a.Unit
		}
		break
	}
	if name == "" {
		name = usualName(title, of)
	}
	return capital(name), unit
}

// usualNames are what the numbers of lines are called that name only what shall become of them: "earn $100,000",
// "lose 10 pounds". The next goal of the kind then finds the same number.
var usualNames = []struct {
	of         reader.Quantity
	word, name string
}{
	{reader.Money, "earn", "Earnings"}, {reader.Money, "verdienen", "Verdienst"}, {reader.Money, "save", "Savings"}, {reader.Money, "sparen", "Erspartes"},
	{reader.Mass, "lose", "Weight"}, {reader.Mass, "weigh", "Weight"}, {reader.Mass, "abnehmen", "Gewicht"}, {reader.Mass, "zunehmen", "Gewicht"}, {reader.Mass, "wiegen", "Gewicht"},
}

// usualName gives the name of the number of a title, the title itself where none is usual.
func usualName(title string, of reader.Quantity) string {
	words := strings.Fields(strings.ToLower(title))
	for _, u := range usualNames {
		if u.of == of && slices.Contains(words, u.word) {
			return u.name
		}
	}
	return title
}

// draftLearning gives the learning goal that a line names.
func draftLearning(r reader.Reading, title string) GoalInput {
	in := GoalInput{Kind: tandem.KindLearning, Title: title, Deadline: tandem.NoDay, Start: tandem.NoDay, ReviewDay: tandem.NoDay}
	if r.Skill != "" && !r.Explores {
		in.Skill = r.Skill
	}
	if r.Collection != nil {
		in.Collection, in.CollectionSize = r.Collection.Of, r.Collection.N
	}
	if len(r.Activities) > 0 {
		in.FirstStep = capital(r.Activities[0])
	}
	return in
}

// practiceOf gives the small promise of a line, nil for none.
func practiceOf(r reader.Reading, title string) *MicroGoalInput {
	m := r.Micro
	if m == nil {
		return nil
	}
	in := &MicroGoalInput{Title: title, Times: m.Times, AtMost: m.AtMost, Period: m.Period}
	if minutes, ok := m.Amount.Minutes(); ok {
		in.Amount = minutes
	} else {
		in.Amount, in.Unit = m.Amount.Value, m.Amount.Unit
	}
	for d := range 7 {
		if m.RestDays&(1<<d) != 0 {
			in.RestDays = append(in.RestDays, d)
		}
	}
	return in
}

// capital gives a text with a capital at its beginning.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// limitOf gives the micro-goal that a line is as a whole: at most so many in each day, week or month, with no last day
// and no way towards it; nil for none. An amount of money or time is a result's.
func limitOf(r reader.Reading, kind coach.Kind, title string) *MicroGoalInput {
	m := r.Micro
	if m == nil || !m.AtMost || m.Times < 1 || kind != coach.Performance || r.Last != tandem.NoDay || r.From != nil || r.SoFar != nil || r.Stretch != nil || r.Change != nil || m.Amount.Value > 0 {
		return nil
	}
	if m.Period != tandem.PeriodDay && m.Period != tandem.PeriodWeek && m.Period != tandem.PeriodMonth || m.Amount.Unit != "" && m.Amount.Quantity != reader.Count {
		return nil
	}
	if r.Measure != "" && r.Target != nil {
		title = r.Measure
	}
	for _, lead := range limitLeads {
		if rest, ok := strings.CutPrefix(strings.ToLower(title), lead); ok && rest != "" {
			title = title[len(lead):]
			break
		}
	}
	in := practiceOf(r, short(capital(title)))
	if in.Unit != "" && strings.EqualFold(in.Unit, in.Title) {
		in.Unit = ""
	}
	return in
}

// limitLeads are what stands before the thing that is limited once its bound is gone: "with sweets".
var limitLeads = []string{"with ", "mit ", "of ", "for ", "nur "}
