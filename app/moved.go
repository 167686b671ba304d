package app

import (
	"context"
	"math"

	"tandem"
	"tandem/analytics/forecast"
)

const (
	movedDays = 7       // what moved a chance is told against so many days ago where no review is kept
	figures   = 5       // values from which a chance and an advised target are figures
	steep     = 1.0 / 3 // a chance below it is not shown, nor how it fell there
)

// FiguresFrom is how many values a chance needs to be told as a figure.
const FiguresFrom = figures

// A Moved tells what moved the chance of a result since a day; the parts add up to its change.
type Moved struct {
	Since  tandem.Day
	Review bool // since is the day of the last review; else some days ago, because none is kept
	Days   int  // that went by
	New    int  // values that came: of a rate or a ratio the periods that were completed
	forecast.Shift
}

// steps gives the chances on the way: as it was, after the days went by, after the values came, after time
// off was planned or taken back, and after the goal was changed, which is as it is. They are the same where a
// part is nothing.
func (m Moved) steps() [5]float64 {
	out := [5]float64{m.From, 0, 0, 0, m.To}
	for i, part := range []float64{m.Goal, m.Calendar, m.Values} {
		out[3-i] = out[4-i] - part
	}
	if m.Time == 0 {
		out[1] = m.From
	}
	return out
}

// moved tells what moved the chance of a result since the last review; since seven days ago where no review
// is kept that looked at it.
func (a *App) moved(ctx context.Context, r Reads, person tandem.Person, o Outlook) (*Moved, error) {
	last, err := r.LastSaid(ctx, o.Goal.Workspace, o.Today+1, o.Goal.ID)
	if err != nil {
		return nil, err
	}
	return a.movedFrom(ctx, r, person, o, last)
}

// movedFrom tells what moved the chance of a result since a review, nil where that says nothing: unless the
// result runs, its chance is a figure now and was one then, and it is not steep. It starts from the chance
// that the review told; what values that were corrected since say of that day counts as values.
func (a *App) movedFrom(ctx context.Context, r Reads, person tandem.Person, o Outlook, last *tandem.ReviewItem) (*Moved, error) {
	g, since := o.Goal, o.Today-movedDays
	if last != nil {
		since = last.SeenDay
	}
	if f := o.Forecast; g.State != tandem.Active || !o.IsOpen() || f.N < figures || !(f.Chance >= steep) || since >= o.Today || last != nil && last.Chance == nil {
		return nil, nil
	}
	was, err := asOf(ctx, r, person, g, since)
	if err != nil || since < was.Start || was.Deadline < was.Start {
		return nil, err
	}
	before := then(was, o, since)
	if len(before.Points) < figures {
		return nil, nil
	}
	s, err := a.Worked.moved(before, o.Input, o.Forecast)
	if err != nil || !(s.From > 0 && s.From < 1) {
		return nil, err // no chance was said then, or all was settled
	}
	m := &Moved{Since: since, Review: last != nil, Days: int(o.Today - since), New: len(o.Input.Points) - len(before.Points), Shift: s}
	if last != nil {
		m.Values, m.From = m.Values+m.From-*last.Chance, *last.Chance
	}
	return m, nil
}

// asOf gives a result as it stood at the end of a day, by the history of its changes.
func asOf(ctx context.Context, r Reads, person tandem.Person, g tandem.PerformanceGoal, day tandem.Day) (tandem.PerformanceGoal, error) {
	past, err := r.History(ctx, g.Workspace, "goal", int64(g.ID), 0, 50)
	if err != nil {
		return g, err
	}
	was := g
	for _, e := range past { // newest first
		if person.Today(e.At.Time()) <= day {
			break
		}
		var before tandem.PerformanceGoal
		if err := readJSON(e.Before, &before); err == nil && before.Metric == g.Metric { // pauses keep no more than the head
			was = before
		}
	}
	was.Goal = g.Goal
	return was, nil
}

// then puts a result as it stood on a day into the words of the forecast: with the values of the days up to
// then and the pauses that had begun.
func then(was tandem.PerformanceGoal, o Outlook, day tandem.Day) forecast.Goal {
	days := o.Days
	for len(days) > 0 && days[len(days)-1].Day > day {
		days = days[:len(days)-1]
	}
	var pauses []tandem.Span
	for _, s := range o.Pauses {
		if s.From > day {
			continue
		}
		if s.To > day {
			s.To = tandem.NoDay // nobody knew when it would end
		}
		pauses = append(pauses, s)
	}
	q := question(was, o.Metric, days, pauses, day)
	q.Scale = o.Input.Scale // what later values showed of the number is no change of the goal
	return q
}

// hundredths gives a chance as whole hundredths, never below 5 or above 95, as every page shows it.
func hundredths(p float64) int { return int(min(max(math.Round(p*100), 5), 95)) }

// Points gives the change of each part in whole hundredths: time, values, calendar, goal. They add up to
// the difference of the two chances as these are shown.
func (m Moved) Points() (from, to int, parts [4]int) {
	steps := m.steps()
	for i := range parts {
		parts[i] = hundredths(steps[i+1]) - hundredths(steps[i])
	}
	return hundredths(m.From), hundredths(m.To), parts
}
