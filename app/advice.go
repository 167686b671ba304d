package app

import (
	"context"

	"tandem"
	"tandem/analytics/forecast"
	"tandem/policy"
)

// An AdviceInput says for which day and by which rule targets are asked for.
type AdviceInput struct {
	Start       tandem.Day // today unless said
	Deadline    tandem.Day
	ReachedWhen tandem.ReachedWhen // what fits the number unless said
	SoFar       float64            // of a total
}

// An Advice names targets for a number by a day: one with an even chance and a bold one, reached about one
// time in four. Both are missing under five values and where no target can be named.
type Advice struct {
	Metric      tandem.MetricID    `json:"metric"`
	Deadline    tandem.Day         `json:"deadline"`
	ReachedWhen tandem.ReachedWhen `json:"reached_when"`
	Values      int                `json:"values"`         // that it rests on; of a rate or a ratio the whole periods
	Best        *float64           `json:"best,omitempty"` // of the last 8 values or periods; none of a total or to be kept within
	Even        *float64           `json:"even,omitempty"`
	Bold        *float64           `json:"bold,omitempty"`
	Method      string             `json:"method"`
}

// Advise names targets for a new result on a number.
func (a *App) Advise(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID, in AdviceInput) (v Advice, err error) {
	defer tandem.Wrap(&err, "advise")
	r := a.Store.For(by)
	m, err := r.Metric(ctx, ws, id)
	if err != nil {
		return v, err
	}
	if err := may(by, policy.Read, metricOf(policy.Metric, m)); err != nil {
		return v, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return v, err
	}
	p := tandem.PerformanceGoal{Goal: tandem.Goal{Workspace: ws}, Metric: id, Start: dayOr(in.Start, today), Deadline: dayOr(in.Deadline, tandem.NoDay), ReachedWhen: in.ReachedWhen, SoFar: in.SoFar}
	p.Defaults(m)
	var es tandem.Errors
	for _, e := range tandem.All(p.Validate(m)) {
		if e.Field == "deadline" || e.Field == "reached_when" {
			es = append(es, e)
		}
	}
	if in.ReachedWhen == tandem.ReachedKept {
		es.Add("reached_when", "kept_has_no_advice", nil)
	}
	if err := es.Err(); err != nil {
		return v, err
	}
	return advise(ctx, r, by, policy.Metric, p, m, nil, today)
}

// AdviseGoal names targets for a result as it stands, by another deadline.
func (a *App) AdviseGoal(ctx context.Context, by tandem.Actor, p tandem.PerformanceGoal, deadline tandem.Day) (v Advice, err error) {
	defer tandem.Wrap(&err, "advise")
	if err := may(by, policy.Read, goalOf(p.Goal)); err != nil {
		return v, err
	}
	r := a.Store.For(by)
	m, err := r.Metric(ctx, p.Workspace, p.Metric)
	if err != nil {
		return v, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return v, err
	}
	pauses, err := r.Pauses(ctx, p.Workspace)
	if err != nil {
		return v, err
	}
	p.Deadline = max(deadline, p.Start)
	return advise(ctx, r, by, policy.Goal, p, m, pauses[int64(p.ID)], today)
}

func advise(ctx context.Context, r Reads, by tandem.Actor, k policy.Kind, p tandem.PerformanceGoal, m tandem.Metric, pauses []tandem.Span, today tandem.Day) (v Advice, err error) {
	v = Advice{Metric: m.ID, Deadline: p.Deadline, ReachedWhen: p.ReachedWhen, Method: forecast.Method}
	said, err := valuesOf(ctx, r, by, k, m, today-historyDays, today, today)
	if err != nil {
		return v, err
	}
	q := question(p, m, said.days, pauses, today)
	v.Values = len(q.Points)
	if v.Values < figures || q.Rule == forecast.Kept {
		return v, nil // a kept result asks for a share of the time, and its target must stand before
	}
	v.Best = bestSoFar(q, m)
	t, err := forecast.Advise(q)
	if err != nil {
		return v, err
	}
	v.Even, v.Bold = finite(t.Even), finite(t.Bold)
	return v, nil
}
