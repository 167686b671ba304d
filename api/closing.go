package api

import (
	"context"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

func closingOperations() []operation {
	return []operation{
		{id: "get-forecast", method: "GET", path: "/goals/{id}/forecast", action: policy.Read, kind: policy.Goal, out: forecastView{}, summary: "What the numbers of a result promise", run: getForecast},
		{id: "get-closing", method: "GET", path: "/goals/{id}/closing", action: policy.Read, kind: policy.Closing, out: closingPage{}, summary: "The last page of a result: how it ended and what was gained", run: getClosing},
		{id: "get-reliability", method: "GET", path: "/reliability", action: policy.Read, kind: policy.Closing, out: app.Reliability{}, summary: "Of the own closed results: the chance that stood to be said while they ran, beside what came", run: getReliability},
		{id: "close-goal", method: "POST", path: "/goals/{id}/closing", action: policy.Change, kind: policy.Closing, in: app.ClosingInput{}, out: closingView{},
			summary: "Write the last page of a result and, with finish, close it", run: closeGoal},
	}
}

// A forecastView is what the numbers of a result promise, with what it was worked out from and how the
// last likely ranges fared, each of which was worked out from the values before it alone.
type forecastView struct {
	tandem.Snapshot
	Ranges  int `json:"ranges"`      // likely ranges (80 %) for the next value that are looked back on, at most 20
	Held    int `json:"ranges_held"` // how many of them held what came
	Skipped int `json:"skipped"`     // days that were skipped or did not apply
	LeftOut int `json:"left_out"`    // values after today, or longer ago than is looked at
	Pauses  int `json:"pauses"`      // taken out

	// Outside is how earlier results ended, which counts beside fewer than five values; left out from five on.
	Outside *app.Outside `json:"outside,omitempty"`
}

func getForecast(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		o, err := c.App.Outlook(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		f := o.Forecast
		return forecastView{o.Snapshot(tandem.InstantOf(c.Now())), f.Track.Of, f.Track.Inside, o.Skipped, f.Excluded, len(o.Pauses), o.Outside}, nil
	})
}

func getReliability(c *call) (any, error) {
	v, err := c.App.Reliability(c.ctx(), c.Actor, c.Space)
	v.Looks = full(v.Looks)
	return v, err
}

func getClosing(c *call) (any, error) {
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		v, err := c.App.OpenClosing(ctx, c.Actor, ws, id)
		if err != nil {
			return nil, err
		}
		out := closingPage{closingView: closingOf(v.Closing), Before: v.Before, Gain: v.Gain, Factors: []factorView{}, Learning: []tandem.GoalID{}}
		out.Gain.Levels, out.Gain.Lessons = full(out.Gain.Levels), full(out.Gain.Lessons)
		for _, f := range v.Factors {
			out.Factors = append(out.Factors, factorOf(f))
		}
		for _, l := range v.Learning {
			out.Learning = append(out.Learning, l.ID)
		}
		out.Guards, out.Corrected = full(v.Guards), full(v.Fixed)
		if v.Closing.Done == 0 {
			n, err := c.App.ProposeNext(ctx, c.Actor, v)
			if err != nil {
				return nil, err
			}
			out.Next = &nextView{Start: n.Same.Start, Deadline: n.Same.Deadline, Even: n.Even, Level: n.Level, Learning: n.Learning, Technique: n.Technique}
		}
		return out, nil
	})
}

func closeGoal(c *call) (any, error) {
	in, err := read[app.ClosingInput](c)
	if err != nil {
		return nil, err
	}
	return onGoal(c, func(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (any, error) {
		saved, err := c.App.SaveClosing(ctx, c.Actor, ws, id, in)
		return closingOf(saved), c.stale(err, ws, func() (int64, error) {
			v, err := c.App.OpenClosing(ctx, c.Actor, ws, id)
			return v.Closing.Version, err
		}, nil)
	})
}
