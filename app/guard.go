package app

import (
	"cmp"
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A GuardView is a guard of a result with how it stands. Of a number that the reader may not see, Hidden is set
// and nothing else is told.
type GuardView struct {
	tandem.Guard
	Number *tandem.Metric    `json:"-"` // nil where it is hidden
	State  tandem.GuardState `json:"state"`
	Hidden bool              `json:"hidden"`
}

// A GuardInput says what must not get worse: a number that is there, one of the own by its name, or a new one.
type GuardInput struct {
	Metric tandem.MetricID `json:"metric,omitzero"`
	Number *MetricInput    `json:"number,omitempty"`
	Side   tandem.Side     `json:"side,omitempty"` // at_most unless said
	Bound  *float64        `json:"bound"`
	Every  bool            `json:"every,omitempty"` // each value keeps it; else all of the time together
}

// PutGuard sets what must not get worse while a result is pursued, or changes its bound.
func (a *App) PutGuard(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, in GuardInput) (g tandem.Guard, err error) {
	defer tandem.Wrap(&err, "put guard")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		any, err := anyGoal(ctx, tx.For(by), by, ws, goal, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		p, ok := any.(tandem.PerformanceGoal)
		if !ok {
			return tandem.Invalid("goal", "needs_result", tandem.Args{"title": any.GoalHead().Title})
		}
		g, err = a.putGuard(ctx, tx, by, p, in)
		return err
	})
	return g, err
}

func (a *App) putGuard(ctx context.Context, tx Tx, by tandem.Actor, p tandem.PerformanceGoal, in GuardInput) (g tandem.Guard, err error) {
	h, ws := tx.For(by), p.Workspace
	if p.State == tandem.Closed {
		return g, tandem.Invalid("", "guard_after_closing", tandem.Args{"title": p.Title})
	}
	g = tandem.Guard{Workspace: ws, Goal: p.ID, Metric: in.Metric, Side: in.Side, Bound: or(in.Bound, 0), Every: in.Every}
	if g.Side == "" {
		g.Side = tandem.AtMost
	}
	var es tandem.Errors
	if in.Bound == nil {
		es.Add("bound", "guard_bound_missing", nil)
	}
	made, err := a.guardNumber(ctx, h, by, ws, in, &g)
	if more := tandem.All(err); err != nil && more == nil {
		return g, err
	} else if len(more) > 0 && more[0].Kind != tandem.KindInvalid {
		return g, err
	} else {
		es = append(es, more...)
	}
	es = append(es, tandem.All(g.Validate(p.Metric))...)
	all, err := h.Guards(ctx, ws, p.ID)
	if err != nil {
		return g, err
	}
	there := slices.ContainsFunc(all, func(x tandem.Guard) bool { return x.Metric == g.Metric })
	if !there && len(all) >= tandem.MostGuards {
		es.Add("metric", "guard_most", tandem.Args{"limit": tandem.MostGuards})
	}
	if err := es.Err(); err != nil {
		return g, err
	}
	if made != nil {
		if err := h.AddMetric(ctx, *made); err != nil {
			return g, err
		}
	}
	if err := h.PutGuard(ctx, g); err != nil {
		return g, err
	}
	if err := a.usedConcept(ctx, h, "guard"); err != nil {
		return g, err
	}
	return g, a.emit(tx, by, ws, "guard.changed", int64(p.ID))
}

// guardNumber finds the number of a guard, by its id or, of the actor's own, by its name; made is a new one,
// not kept yet.
func (a *App) guardNumber(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, in GuardInput, g *tandem.Guard) (made *tandem.Metric, err error) {
	if in.Metric != 0 {
		m, err := h.Metric(ctx, ws, in.Metric)
		if tandem.KindOf(err) == tandem.KindNotFound {
			return nil, tandem.Invalid("metric", "not_found", tandem.Args{"noun": "metric"})
		}
		if err != nil {
			return nil, err
		}
		return nil, may(by, policy.Read, metricOf(policy.Metric, m))
	}
	if in.Number == nil || tandem.CleanTitle(in.Number.Name) == "" {
		return nil, tandem.Invalid("metric", "guard_number_missing", nil)
	}
	same, err := h.MetricsByName(ctx, ws, tandem.CleanTitle(in.Number.Name))
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(same, func(m tandem.Metric) bool { return !m.Archived }); i >= 0 {
		g.Metric = same[i].ID
		return nil, nil
	}
	if err := aboutBody(ctx, h, numberTexts("number.", *in.Number)...); err != nil {
		return nil, err
	}
	n := *in.Number
	if n.Direction == "" && g.Side == tandem.AtMost {
		n.Direction = tandem.Down
	}
	m := a.metric(by, ws, n)
	if m.IsRatio() {
		return nil, tandem.Invalid("number.form", "guard_ratio_new", nil)
	}
	if err := m.Validate(); err != nil {
		return nil, err
	}
	g.Metric = m.ID
	return &m, may(by, policy.Create, metricOf(policy.Metric, m))
}

// DeleteGuard takes a guard off a result.
func (a *App) DeleteGuard(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID, metric tandem.MetricID) (err error) {
	defer tandem.Wrap(&err, "remove guard")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		g, err := anyGoal(ctx, h, by, ws, goal, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		if g.GoalHead().State == tandem.Closed {
			return tandem.Invalid("", "guard_after_closing", tandem.Args{"title": g.GoalHead().Title})
		}
		if err := h.DeleteGuard(ctx, ws, goal, metric); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "guard.changed", int64(goal))
	})
}

// ListGuards gives what must not get worse while a result is pursued, and how it stands.
func (a *App) ListGuards(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, goal tandem.GoalID) (out []GuardView, err error) {
	defer tandem.Wrap(&err, "list guards")
	r := a.Store.For(by)
	g, err := anyGoal(ctx, r, by, ws, goal, policy.Read, policy.Goal)
	if err != nil {
		return nil, err
	}
	p, ok := g.(tandem.PerformanceGoal)
	if !ok {
		return nil, tandem.Invalid("goal", "needs_result", tandem.Args{"title": g.GoalHead().Title})
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.guards(ctx, r, by, p, today)
}

// guards judges the guards of a result over its time so far. Once it is closed they stand as they were found.
// Of a number that the reader may not see nothing is told, not even whether it holds.
func (a *App) guards(ctx context.Context, r Reads, by tandem.Actor, p tandem.PerformanceGoal, today tandem.Day) (out []GuardView, err error) {
	all, err := r.Guards(ctx, p.Workspace, p.ID)
	for _, g := range all {
		v := GuardView{Guard: g, State: g.Judged}
		m, err := r.Metric(ctx, p.Workspace, g.Metric)
		if err == nil {
			err = may(by, policy.Read, metricOf(policy.Metric, m))
		}
		if tandem.KindOf(err) == tandem.KindNotFound {
			out = append(out, GuardView{Guard: tandem.Guard{Workspace: p.Workspace, Goal: p.ID}, State: tandem.GuardOpen, Hidden: true})
			continue
		}
		if err != nil {
			return nil, err
		}
		if v.Number = &m; g.Judged == "" {
			if v.Stood, err = stood(ctx, r, by, p, m, g, today); err != nil {
				return nil, err
			}
			v.State = g.Judge(v.Stood, m.Form == tandem.FormTotal, today > p.Deadline)
		}
		out = append(out, v)
	}
	return out, err
}

// stood gives what a guard is judged by over the time of its result, nil for nothing yet.
func stood(ctx context.Context, r Reads, by tandem.Actor, p tandem.PerformanceGoal, m tandem.Metric, g tandem.Guard, today tandem.Day) (*float64, error) {
	end := min(p.Deadline, today)
	v, err := valuesOf(ctx, r, by, policy.Metric, m, p.Start, end, today)
	if err != nil {
		return nil, err
	}
	var values []float64
	switch {
	case m.Form == tandem.FormRate:
		for _, x := range wholePeriods(m, v.days, p.Start, min(end+1, today)) {
			values = append(values, x.Value)
		}
	default:
		for _, d := range v.days {
			if !m.IsRatio() || d.Day < today && d.Day <= end {
				values = append(values, d.Value)
			}
		}
	}
	if len(values) == 0 {
		return nil, nil
	}
	x := values[0]
	switch {
	case g.Every && m.Form != tandem.FormTotal:
		for _, y := range values[1:] {
			x = g.Worse(x, y)
		}
		return &x, nil
	case m.IsRatio() && v.parts != nil:
		if sum, ok := wholeRatio(m, *v.parts, p.Start, end, today); ok {
			return &sum, nil
		}
	}
	for _, y := range values[1:] {
		x += y
	}
	if m.Form != tandem.FormTotal {
		x /= float64(len(values))
	}
	return &x, nil
}

// wholeRatio gives the ratio of the sums of a ratio's parts over the periods that are over, in the unit of the
// ratio.
func wholeRatio(m tandem.Metric, parts Parts, from, to, today tandem.Day) (float64, bool) {
	up, down := 0.0, 0.0
	for _, x := range parts.Periods {
		if x.Value != nil && x.End >= from && x.End <= to && x.End < today {
			up, down = up+x.Numerator, down+x.Denominator
		}
	}
	if !(down > 0) {
		return 0, false
	}
	if m.Percent {
		up *= 100
	}
	return up / down, true
}

// withheld tells whether a guard that is broken keeps a result from being called reached.
func withheld(guards []GuardView) bool {
	return slices.ContainsFunc(guards, func(g GuardView) bool { return g.State == tandem.GuardBroken })
}

// Unguarded gives the newest own open result in a team that is about money, speed or a count and has no guard; nil
// for none.
func (a *App) Unguarded(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (x *tandem.ListedResult, err error) {
	defer tandem.Wrap(&err, "find unguarded")
	r := a.Store.For(by)
	results, err := r.Results(ctx, ws, true, []tandem.GoalState{tandem.Active}, tandem.NoDay, 0, mostListed)
	if err != nil {
		return nil, err
	}
	return unguarded(ctx, r, ws, results)
}

func unguarded(ctx context.Context, r Reads, ws tandem.WorkspaceID, results []tandem.ListedResult) (newest *tandem.ListedResult, err error) {
	pressing := slices.DeleteFunc(slices.Clone(results), func(x tandem.ListedResult) bool { return !x.Number.Presses() })
	if len(pressing) == 0 {
		return nil, nil
	}
	space, err := r.Workspace(ctx, ws)
	if err != nil || space.Kind == tandem.PersonalSpace {
		return nil, err
	}
	slices.SortStableFunc(pressing, func(a, b tandem.ListedResult) int { return cmp.Compare(b.Created, a.Created) })
	for i, x := range pressing {
		guards, err := r.Guards(ctx, ws, x.ID)
		if err != nil {
			return nil, err
		}
		if len(guards) == 0 {
			return &pressing[i], nil
		}
	}
	return nil, nil
}
