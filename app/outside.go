package app

import (
	"context"
	"math"

	"tandem"
	"tandem/analytics/forecast"
)

// An Outside is the part of a chance that comes from how the person's earlier results ended. It stands
// beside the values while they are fewer than five.
type Outside struct {
	Values     int     `json:"values"`      // since the start: n of the values' part n/(n+5)
	Inside     float64 `json:"inside"`      // what the values alone say, in (0, 1)
	Chance     float64 `json:"chance"`      // what earlier results alone say, in (0, 1)
	Reached    int     `json:"reached"`     // earlier results that were reached
	Ended      int     `json:"ended"`       // of so many; 0 for none, when half are taken to be reached
	SameNumber bool    `json:"same_number"` // all of them were of the same number
}

// An ended result is one of the owner's that is closed and was not let go before its day.
type ended struct {
	goal    tandem.GoalID
	day     tandem.Day
	reached bool
}

// endedOf keeps what closings tell of how results end. One that was let go tells nothing of that.
func endedOf(closings []tandem.Closing) (out []ended) {
	for _, c := range closings {
		if c.Outcome != tandem.LetGo {
			out = append(out, ended{c.Goal, c.DoneDay, c.NumberReached()})
		}
	}
	return out
}

// needsOutside tells whether a chance stands that rests on too few values to stand alone. One chance
// stands for everyone who sees a result, and how results ended is the owner's story: so earlier results
// count only where nobody else sees this one.
func (o Outlook) needsOutside() bool {
	f := o.Forecast
	return f.Status == forecast.Open && !math.IsNaN(f.Chance) && f.N < figures
}

// outside blends the chance of a result with few values with how the owner's earlier results ended, those
// of the same number where there are any. Nothing is read across workspaces. Closings are read as the actor,
// so that policy gives them to their owner alone.
func (o *Outlook) outside(ctx context.Context, r Reads) error {
	if !o.needsOutside() {
		return nil
	}
	var past []ended
	if o.Goal.Visibility == tandem.OnlyMe {
		closings, err := r.Closings(ctx, o.Goal.Workspace, lookedBack)
		if err != nil {
			return err
		}
		past = endedOf(closings)
	}
	return o.blend(ctx, r, past)
}

// blend is outside for results that ended at any time; those up to the outlook's day count.
func (o *Outlook) blend(ctx context.Context, r Reads, past []ended) error {
	if !o.needsOutside() {
		return nil
	}
	same := map[tandem.GoalID]bool{}
	if len(past) > 0 {
		siblings, err := r.GoalsOn(ctx, o.Goal.Workspace, o.Goal.Metric)
		if err != nil {
			return err
		}
		for _, g := range siblings {
			same[g.ID] = true
		}
	}
	var all, number forecast.OutsideView
	for _, e := range past {
		if e.goal == o.Goal.ID || e.day > o.Today {
			continue
		}
		hit := 0
		if e.reached {
			hit = 1
		}
		all.OwnReached, all.OwnEnded = all.OwnReached+hit, all.OwnEnded+1
		if same[e.goal] {
			number.OwnReached, number.OwnEnded = number.OwnReached+hit, number.OwnEnded+1
		}
	}
	view := all
	if number.OwnEnded > 0 {
		view = number
	}
	since := 0
	for _, p := range o.Input.Points {
		if p.Day >= o.Input.Start && p.Day <= min(o.Input.Today, o.Input.Deadline) {
			since++
		}
	}
	f := &o.Forecast
	o.Outside = &Outside{Values: since, Inside: f.Chance, Chance: view.Chance(), Reached: view.OwnReached, Ended: view.OwnEnded, SameNumber: number.OwnEnded > 0}
	f.Chance = view.Blend(f.Chance, since)
	return nil
}
