package app

import (
	"context"
	"errors"
	"math"
	"slices"

	"tandem"
	"tandem/analytics/impact"
	"tandem/policy"
)

// These bound what is asked of the engine: the values without which there is no difference, the learning
// goals that are told apart, those for which a late beginning is weighed as well, and the false starts.
const (
	FewestBefore = 14
	FewestAfter  = 7
	mostCompared = 8
	mostLate     = 3
	latest       = 14 // days by which a level sets in at the latest
	falseStarts  = 20
)

// A Since is what happened on the day from which a learning goal may show in a number: a level was noticed,
// or a technique that was kept was used for the first time.
type Since struct {
	Level     int              // 0 for a technique
	Technique tandem.Technique // for none zero
	Day       tandem.Day       // NoDay where neither happened yet
	Uses      int              // of the technique
}

// A Comparison is one learning goal beside the number of a result. Before what else changed was said, it
// has no figure: Answered is false and Difference is empty but for its counts.
type Comparison struct {
	Learning tandem.LearningGoal
	Link     tandem.Fuels
	Since    Since
	Answered bool
	Other    string     // a factor out of the owner's hands that may look the same; "" for none named
	Start    int        // cell of the series
	When     tandem.Day // when it could be told, NoDay for not within two years or not known
	Shape    impact.Shape
	impact.Difference
}

// Enough tells whether there are values enough on both sides; Figure whether there is one to show.
func (x Comparison) Enough() bool { return x.Before >= FewestBefore && x.After >= FewestAfter }
func (x Comparison) Figure() bool { return x.Answered && x.Enough() && x.Told }

// A DifferenceView is what the page of a result says of the difference since its learning goals.
type DifferenceView struct {
	Series  Series
	Worth   float64 // smallest difference worth having
	Method  string
	Unusual int
	Items   []Comparison
	effects []int // the item of each effect of question
	impact.Question
}

// Comparable tells whether any learning goal has values enough on both sides.
func (v DifferenceView) Comparable() bool {
	return slices.ContainsFunc(v.Items, Comparison.Enough)
}

// Best gives the surest difference that can be drawn, nil where all are too early.
func (v DifferenceView) Best() *Comparison {
	var best *Comparison
	for i, x := range v.Items {
		if x.Figure() && x.Word != impact.TooEarly && (best == nil || x.Word > best.Word || x.Word == best.Word && x.Sure > best.Sure) {
			best = &v.Items[i]
		}
	}
	return best
}

// Plan says what can be compared on the page of a result, without working anything out. It has only what
// the actor may read: the learning goals whose story is the actor's to read, beside a result that is.
func Plan(by tandem.Actor, v ResultView) DifferenceView {
	if v.Goal.State == tandem.Closed || v.Goal.State == tandem.Draft {
		return DifferenceView{}
	}
	out := DifferenceView{Series: seriesOf(v.Outlook)}
	out.Worth = worthHaving(v.Outlook, out.Series.Cell)
	for _, l := range v.Lines {
		if may(by, policy.Read, policy.Resource{Kind: policy.Learning, Workspace: l.Workspace, Owner: l.Owner, Visibility: l.Visibility}) != nil {
			continue
		}
		if !v.Own && l.Owner != by.Person {
			continue // beside somebody else's result a person compares what they learn themselves
		}
		x := Comparison{Learning: l.LearningGoal, Link: l.Link, When: tandem.NoDay}
		x.Since = sinceOf(l, v.Techniques, out.Series)
		if x.Since.Day != tandem.NoDay && len(out.Series.Starts) > 0 {
			x.Start = out.Series.at(x.Since.Day)
			x.Before, x.After = out.Series.counts(x.Start)
			x.Answered = x.Link.Answered(x.Since.Day)
			if x.Before >= FewestBefore && x.After < FewestAfter {
				x.When = out.whenTold(len(out.Series.Starts) - 1 + (FewestAfter-x.After)*out.Series.gap())
			}
		}
		for _, f := range v.Factors {
			if !f.InHands && x.Other == "" {
				x.Other = f.Text
			}
		}
		out.Items = append(out.Items, x)
	}
	return out
}

// whenTold gives the day on which a cell is over, NoDay where that is more than two years off.
func (v DifferenceView) whenTold(cell int) tandem.Day {
	if d := v.Series.Day(cell + 1); d <= v.Series.Starts[len(v.Series.Starts)-1]+seriesDays {
		return d
	}
	return tandem.NoDay
}

// sinceOf chooses the day from which a learning goal is compared: that of the newest level with values
// enough on both sides; else of a kept technique that has them; else of the newest level or the technique.
func sinceOf(l LearningLine, techniques []tandem.Technique, s Series) Since {
	var all []Since
	seen := map[int]bool{}
	for _, e := range l.Evidence { // oldest first
		if !seen[e.Level] && (e.How != tandem.HowSelf || e.Level <= 2) {
			seen[e.Level] = true
			all = append(all, Since{Level: e.Level, Day: e.Day})
		}
	}
	slices.Reverse(all)
	if t, ok := keptTechnique(l, techniques); ok {
		all = append(all, t)
	}
	for _, x := range all {
		if before, after := s.counts(s.at(x.Day)); before >= FewestBefore && after >= FewestAfter {
			return x
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return Since{Day: tandem.NoDay}
}

// keptTechnique gives the most used of a learning goal's techniques that were kept or adapted.
func keptTechnique(l LearningLine, techniques []tandem.Technique) (best Since, ok bool) {
	for _, t := range techniques {
		if t.Goal != l.ID || t.State != tandem.Kept && t.State != tandem.Adapted {
			continue
		}
		x := Since{Technique: t}
		for _, u := range l.Uses {
			if u.Technique == t.ID {
				if x.Uses == 0 || u.Day < x.Day {
					x.Day = u.Day
				}
				x.Uses++
			}
		}
		if x.Uses > best.Uses {
			best, ok = x, true
		}
	}
	return best, ok
}

// Compare works out, in one question, how much the number of a result differs since each of its learning
// goals, and counts the look. What else changed is asked first: an item that was not answered keeps its
// figure to itself. It runs outside any transaction.
func (a *App) Compare(ctx context.Context, by tandem.Actor, v ResultView) (d DifferenceView, err error) {
	defer tandem.Wrap(&err, "difference")
	d = Plan(by, v)
	d.ask(v)
	if !slices.ContainsFunc(d.Items, func(x Comparison) bool { return x.Answered && x.Enough() }) {
		return d, nil
	}
	answer, err := a.Worked.difference(d.Question)
	if errors.As(err, new(impact.BadQuestion)) {
		return d, nil // sums beyond any number that can be entered: nothing is told
	}
	if err != nil {
		return d, err
	}
	d.Method, d.Unusual = answer.Method, answer.Unusual
	for k, i := range d.effects {
		x := &d.Items[i]
		told := answer.Effects[k]
		if x.Answered && x.Enough() {
			x.Difference = told
			if told.Tell > 0 {
				x.When = d.whenTold(told.Tell)
			}
		}
	}
	return d, a.countLooks(ctx, by, v.Today, d.Items)
}

// ask puts all learning goals beside the number into one question.
func (v *DifferenceView) ask(r ResultView) {
	s := v.Series
	v.Question = impact.Question{Values: s.Values, Worth: v.Worth, Down: r.Metric.Direction == tandem.Down, Placebos: falseStarts, Season: 7}
	if s.Cell != tandem.PeriodDay {
		v.Season = 1
	}
	v.effects = nil
	for i := range v.Items {
		if x := &v.Items[i]; x.Since.Day != tandem.NoDay && x.Before > 0 && x.After > 0 && len(v.effects) < mostCompared {
			v.effects = append(v.effects, i)
		}
	}
	for _, i := range v.effects {
		x := &v.Items[i]
		e := impact.Effect{Shape: impact.Step, Start: x.Start}
		switch {
		case s.Cell != tandem.PeriodDay: // a period is longer than what a use carries over, or a late beginning
		case x.Since.Level == 0:
			e.Shape, e.Dose = impact.Dosed, dose(s, r.Uses, x.Since.Technique.ID)
		default:
			// A beginning two weeks later is weighed only where values enough would follow it.
			_, later := s.counts(x.Start + latest)
			e.Late = len(v.effects) <= mostLate && later >= FewestAfter
		}
		x.Shape = e.Shape
		v.Effects = append(v.Effects, e)
	}
}

// Effect gives what was asked about an item, if it was part of the question.
func (v DifferenceView) Effect(x Comparison) (impact.Effect, bool) {
	for k, i := range v.effects {
		if v.Items[i].Learning.ID == x.Learning.ID {
			return v.Effects[k], true
		}
	}
	return impact.Effect{}, false
}

// ShapeName gives the name of a shape as `tandem impact` reads it.
func ShapeName(s impact.Shape) string {
	return [...]string{"step", "ramp", "dose", "given", "any"}[min(s, impact.AnyForm)]
}

// dose counts the uses of a technique on each cell.
func dose(s Series, uses []tandem.Use, of tandem.TechniqueID) []float64 {
	out := make([]float64, len(s.Starts))
	for _, u := range uses {
		if i := s.at(u.Day+1) - 1; u.Technique == of && i >= 0 && i < len(out) {
			out[i]++
		}
	}
	return out
}

// countLooks counts that the owner looked at figures today.
func (a *App) countLooks(ctx context.Context, by tandem.Actor, today tandem.Day, items []Comparison) error {
	var looked []*Comparison
	for i := range items {
		if x := &items[i]; x.Figure() && x.Link.LookedDay != today && x.Learning.Owner == by.Person {
			looked = append(looked, x)
		}
	}
	if len(looked) == 0 {
		return nil
	}
	err := a.Store.InTx(ctx, func(tx Tx) error {
		for _, x := range looked {
			if err := tx.For(by).CountLook(ctx, x.Link, today); err != nil {
				return err
			}
		}
		return nil
	})
	for _, x := range looked {
		x.Link.Looks, x.Link.LookedDay = x.Link.Looks+1, today
	}
	return err
}

// A CoursePoint is the share of a difference that has come in by a cell: of a day for readings and rates,
// and the number of days' worth so far for totals.
type CoursePoint struct {
	Day   tandem.Day
	Share float64
}

// Course gives how a difference comes in, cell by cell from its start: the weights of the beginnings that
// were tried, so that its mean since then is one.
func (v DifferenceView) Course(x Comparison) (out []CoursePoint) {
	n := len(v.Series.Values)
	if x.Start >= n {
		return nil
	}
	raw := make([]float64, n)
	for _, w := range x.Lags {
		from := x.Start + w.Delay
		if x.Shape == impact.Dosed {
			from = x.Start
		}
		if from >= n {
			continue
		}
		scale := float64(n-x.Start) / float64(n-from) // mean one since the start
		for i := from; i < n; i++ {
			raw[i] += w.Share * scale
		}
	}
	for i := x.Start; i < n; i++ {
		if y := raw[i]; !math.IsNaN(y) {
			out = append(out, CoursePoint{Day: v.Series.Starts[i], Share: y})
		}
	}
	return out
}
