package app

import (
	"context"
	"math"

	"tandem"
	"tandem/analytics/forecast"
	"tandem/policy"
)

// Closed results are looked back on from these shares of their time, at most so many results.
var lookedFrom = [...]float64{0.25, 0.5, 0.75}

const lookedBack = 60

// A Look is what stood to be said of a result that is closed by now, from a day while it ran: worked out
// again from the values of the days up to then, by the rule that stood at its end.
type Look struct {
	Goal    tandem.GoalID `json:"goal"`
	Title   string        `json:"title"`
	Day     tandem.Day    `json:"day"`
	Values  int           `json:"values"`
	Chance  float64       `json:"chance"`        // in (0, 1)
	Line    float64       `json:"straight_line"` // 1 when the pace up to then, continued, reaches the target, else 0
	Reached bool          `json:"reached"`       // how it ended
}

// A Said is the looks whose chance was about the same.
type Said struct {
	From    float64 `json:"from"` // the chance is at least From and under To; 1 belongs to the last
	To      float64 `json:"to"`
	Looks   int     `json:"looks"`
	Chance  float64 `json:"chance"` // on average; 0 without looks
	Reached int     `json:"reached"`
}

// Reliability says how well the chances held. Its two distances are Brier scores: the mean of (chance −
// outcome)², 0 when every chance was certain and right, 0.25 for saying 1 in 2 each time. Source: G. W.
// Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
type Reliability struct {
	Results int     `json:"results"`             // closed results that had a chance while they ran
	Looks   []Look  `json:"looks"`               // newest result first, by day
	Said    []Said  `json:"said"`                // five ranges of the chance, from low to high
	Chance  float64 `json:"brier"`               // of the chances
	Line    float64 `json:"brier_straight_line"` // of the straight line
}

// Reliability looks back on the actor's own results that are closed: what would have been said while they
// ran beside what came. Results that were let go tell nothing and are left out.
func (a *App) Reliability(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (v Reliability, err error) {
	defer tandem.Wrap(&err, "reliability")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Closing, Workspace: ws, Owner: by.Person}); err != nil {
		return v, err
	}
	r := a.Store.For(by)
	closings, err := r.Closings(ctx, ws, lookedBack)
	if err != nil {
		return v, err
	}
	pauses, err := r.Pauses(ctx, ws)
	if err != nil {
		return v, err
	}
	past := endedOf(closings)
	for _, c := range closings {
		if c.Outcome == tandem.LetGo {
			continue
		}
		looks, err := lookBack(ctx, a.Worked, r, by, ws, c, pauses[int64(c.Goal)], past)
		if err != nil {
			return v, err
		}
		if len(looks) > 0 {
			v.Results++
			v.Looks = append(v.Looks, looks...)
		}
	}
	v.sum()
	return v, nil
}

// lookBack works out what would have been said of one closed result, with what had ended by then.
func lookBack(ctx context.Context, w *Worked, r Reads, by tandem.Actor, ws tandem.WorkspaceID, c tandem.Closing, pauses []tandem.Span, past []ended) (out []Look, err error) {
	any, err := r.Goal(ctx, ws, c.Goal)
	if err != nil {
		return nil, err
	}
	g, ok := any.(tandem.PerformanceGoal)
	if !ok || g.State != tandem.Closed {
		return nil, nil
	}
	m, err := r.Metric(ctx, ws, g.Metric)
	if err != nil {
		return nil, err
	}
	v, err := valuesOf(ctx, r, by, policy.Goal, m, g.Start-historyDays, g.Deadline, g.Deadline+1)
	if err != nil {
		return nil, err
	}
	for _, share := range lookedFrom {
		day := g.Start + tandem.Day(math.Round(share*float64(g.Deadline-g.Start)))
		o, err := look(w, g, m, v.until(day), pauses, day)
		if err != nil {
			return nil, err
		}
		if g.Visibility != tandem.OnlyMe {
			past = nil
		}
		if err := o.blend(ctx, r, past); err != nil {
			return nil, err
		}
		f := o.Forecast
		if f.Status != forecast.Open || math.IsNaN(f.Chance) {
			continue // nothing is said yet, or it is settled
		}
		out = append(out, Look{Goal: g.ID, Title: g.Title, Day: day, Values: f.N, Chance: f.Chance, Line: straightLine(o),
			Reached: c.NumberReached()})
	}
	return out, nil
}

// straightLine tells where the present pace, continued to the deadline, would end: 1 where the target is
// reached there, else 0.
func straightLine(o Outlook) float64 {
	q, f := o.Input, o.Forecast
	end := f.Now + f.PaceNow*float64(q.Deadline-q.Today)/forecast.PaceDays
	reached := false
	switch {
	case q.Direction == forecast.Within:
		reached = end >= q.TargetLo && end <= q.TargetHi
	case q.Direction == forecast.Down:
		reached = end <= q.Target
	default:
		reached = end >= q.Target
	}
	if reached {
		return 1
	}
	return 0
}

// sum fills the ranges and the two distances from the looks.
func (v *Reliability) sum() {
	const ranges = 5
	for i := range ranges {
		v.Said = append(v.Said, Said{From: float64(i) / ranges, To: float64(i+1) / ranges})
	}
	for _, l := range v.Looks {
		came := 0.0
		s := &v.Said[min(int(l.Chance*ranges), ranges-1)]
		s.Looks++
		s.Chance += l.Chance
		if l.Reached {
			came = 1
			s.Reached++
		}
		v.Chance += (l.Chance - came) * (l.Chance - came)
		v.Line += (l.Line - came) * (l.Line - came)
	}
	for i := range v.Said {
		if n := v.Said[i].Looks; n > 0 {
			v.Said[i].Chance /= float64(n)
		}
	}
	if n := float64(len(v.Looks)); n > 0 {
		v.Chance, v.Line = v.Chance/n, v.Line/n
	}
}
