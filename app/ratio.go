package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A PartInput names a part of a ratio: a number that is there, by its id, or one of the actor's own by its
// name. Where there is none of that name, a number that adds up is made.
type PartInput struct {
	Metric tandem.MetricID `json:"metric,omitzero"`
	Name   string          `json:"name,omitempty"`
}

// Parts are the two numbers that a ratio is made of, with its periods, oldest first; the last may be under
// way.
type Parts struct {
	Numerator   tandem.Metric        `json:"numerator"`
	Denominator tandem.Metric        `json:"denominator"`
	Periods     []tandem.RatioPeriod `json:"periods"`
}

// newNumber gives the number that an input describes, not yet kept, with those that are to be kept before
// it: the parts of a ratio that were only named. Everything that is wrong is told at once.
func (a *App) newNumber(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, in MetricInput, batch tandem.BatchID) (m tandem.Metric, made []tandem.Metric, err error) {
	m = a.metric(by, ws, in)
	m.Batch = batch
	if !m.IsRatio() {
		m.Numerator, m.Denominator = in.Numerator.Metric, in.Denominator.Metric // Validate refuses them
		es := tandem.Errors(tandem.All(m.Validate()))
		for i, p := range []PartInput{in.Numerator, in.Denominator} {
			if field := [...]string{"numerator", "denominator"}[i]; p.Name != "" && p.Metric == 0 {
				es.Add(field, "only_ratio", tandem.Args{"field": field})
			}
		}
		return m, nil, es.Err()
	}
	var es tandem.Errors
	var parts [2]tandem.Metric
	for i, p := range []struct {
		field string
		in    PartInput
		to    *tandem.MetricID
	}{{"numerator", in.Numerator, &m.Numerator}, {"denominator", in.Denominator, &m.Denominator}} {
		part, fresh, err := a.part(ctx, r, by, ws, p.in, batch)
		if err != nil {
			more := tandem.All(err)
			if more == nil {
				return m, nil, err
			}
			for _, e := range more {
				if e.Kind != tandem.KindInvalid {
					return m, nil, err
				}
				es.Add(p.field, e.Code, e.Args)
			}
			part.ID = -1 // what is wrong with it was told
		}
		if fresh && i == 1 && len(made) == 1 && tandem.NameKey(made[0].Name) == tandem.NameKey(part.Name) {
			part, fresh = made[0], false
		}
		if fresh {
			made = append(made, part)
		}
		parts[i], *p.to = part, part.ID
	}
	es = append(es, tandem.All(m.Validate())...)
	if len(es) == 0 {
		es = tandem.All(m.CheckParts(parts[0], parts[1]))
	}
	return m, made, es.Err()
}

// part gives the number that an input names, the zero metric for none. A fresh one is not yet kept.
func (a *App) part(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, in PartInput, batch tandem.BatchID) (m tandem.Metric, fresh bool, err error) {
	if in.Metric != 0 {
		m, err = r.Metric(ctx, ws, in.Metric)
		switch {
		case tandem.KindOf(err) == tandem.KindNotFound && err != nil:
			return m, false, tandem.Invalid("metric", "not_found", tandem.Args{"noun": "metric"})
		case err == nil && m.Archived && m.Owner == by.Person:
			return m, false, tandem.Invalid("metric", "ratio_part_archived", tandem.Args{"name": m.Name})
		case err != nil:
			return m, false, err
		}
		return m, false, may(by, policy.Log, metricOf(policy.Observation, m))
	}
	name := tandem.CleanTitle(in.Name)
	if name == "" {
		return m, false, nil
	}
	all, err := r.MetricsByName(ctx, ws, name)
	if err != nil {
		return m, false, err
	}
	if i := slices.IndexFunc(all, func(m tandem.Metric) bool { return !m.Archived }); i >= 0 {
		return all[i], false, may(by, policy.Log, metricOf(policy.Observation, all[i]))
	}
	m = a.metric(by, ws, MetricInput{Name: name, Form: tandem.FormTotal})
	m.Batch = batch
	if err := may(by, policy.Create, metricOf(policy.Metric, m)); err != nil {
		return m, true, err
	}
	return m, true, m.Validate()
}

// addNumber keeps a new number after the parts that were made for it.
func addNumber(ctx context.Context, h Writes, m tandem.Metric, made []tandem.Metric) error {
	for _, x := range append(slices.Clone(made), m) {
		if err := h.AddMetric(ctx, x); err != nil {
			return err
		}
	}
	return nil
}

// seenParts gives the two numbers of a ratio to somebody who may see what they say, by the kind of thing that
// is being read: the figures of a goal, or values.
func seenParts(ctx context.Context, r Reads, by tandem.Actor, k policy.Kind, m tandem.Metric) (Parts, error) {
	p, err := partsOf(ctx, r, m)
	for _, x := range []tandem.Metric{p.Numerator, p.Denominator} {
		if err == nil {
			err = may(by, policy.Read, metricOf(k, x))
		}
	}
	return p, err
}

// partsOf gives the two numbers of a ratio as far as they exist for the reader.
func partsOf(ctx context.Context, r Reads, m tandem.Metric) (p Parts, err error) {
	for _, x := range []struct {
		id tandem.MetricID
		to *tandem.Metric
	}{{m.Numerator, &p.Numerator}, {m.Denominator, &p.Denominator}} {
		if *x.to, err = r.Metric(ctx, m.Workspace, x.id); err != nil {
			return p, err
		}
	}
	return p, nil
}

// loggedOn gives a number whose values the actor may write. A ratio has none of its own: the error names
// its parts.
func loggedOn(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID) (tandem.Metric, error) {
	m, err := ownMetric(ctx, r, by, ws, id)
	if err != nil || !m.IsRatio() {
		return m, err
	}
	p, err := partsOf(ctx, r, m)
	if err != nil {
		return m, err
	}
	return m, m.LogHere(p.Numerator.Name, p.Denominator.Name)
}

// values are what a number says: one value a day, or of a ratio one for each period that is over, on its
// last day; with the days that were skipped or did not apply, and of a ratio its parts.
type values struct {
	days  []tandem.DayValue
	skips []tandem.Day
	parts *Parts
}

// valuesOf reads what a number says from one day to another, as of today. The kind is that of what is read:
// a goal with its figures, a number, or values.
func valuesOf(ctx context.Context, r Reads, by tandem.Actor, k policy.Kind, m tandem.Metric, from, to, today tandem.Day) (v values, err error) {
	if !m.IsRatio() {
		obs, err := r.Observations(ctx, m.Workspace, m.ID, from, to)
		return values{days: m.DayRule.Days(obs), skips: skipsOf(obs)}, err
	}
	p, err := seenParts(ctx, r, by, k, m)
	if err != nil {
		return v, err
	}
	person, err := r.Person(ctx)
	if err != nil {
		return v, err
	}
	var of [2]tandem.RatioPart
	for i, part := range []tandem.Metric{p.Numerator, p.Denominator} {
		obs, err := r.Observations(ctx, m.Workspace, part.ID, from, to)
		if err != nil {
			return v, err
		}
		v.skips = append(v.skips, skipsOf(obs)...)
		of[i] = part.PartOf(part.DayRule.Days(obs), max(part.DayOf(person, part.Created.Time()), from))
	}
	p.Periods = m.RatioPeriods(of[0], of[1], today)
	v.days, v.parts = tandem.RatioDays(p.Periods), &p
	return v, nil
}

func skipsOf(obs []tandem.Observation) (days []tandem.Day) {
	for _, o := range obs {
		if o.State != tandem.StateValue {
			days = append(days, o.Day)
		}
	}
	return days
}

// until gives what was said by the end of a day.
func (v values) until(day tandem.Day) values {
	n := len(v.days)
	for n > 0 && v.days[n-1].Day > day {
		n--
	}
	v.days = v.days[:n]
	v.skips = slices.DeleteFunc(slices.Clone(v.skips), func(d tandem.Day) bool { return d > day })
	return v
}

// A PeriodPage is a page of the periods of a ratio, newest first, with its parts.
type PeriodPage struct {
	Numerator   tandem.Metric        `json:"numerator"`
	Denominator tandem.Metric        `json:"denominator"`
	Items       []tandem.RatioPeriod `json:"items"`
	Next        string               `json:"next,omitempty"`
}

// ListPeriods gives the periods of a ratio with the sums of its parts, newest first: the one under way,
// then those that are over.
func (a *App) ListPeriods(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID, cursor string, limit int) (p PeriodPage, err error) {
	defer tandem.Wrap(&err, "list periods")
	r := a.Store.For(by)
	m, err := r.Metric(ctx, ws, id)
	if err != nil {
		return p, err
	}
	if err := may(by, policy.Read, metricOf(policy.Observation, m)); err != nil {
		return p, err
	}
	if !m.IsRatio() {
		return p, tandem.Invalid("metric", "needs_ratio", tandem.Args{"name": m.Name})
	}
	before := int(1) << 30
	if err := readCursor(cursor, &before); err != nil {
		return p, err
	}
	today, err := a.today(ctx, r)
	if err != nil {
		return p, err
	}
	v, err := valuesOf(ctx, r, by, policy.Observation, m, today-historyDays, today, today)
	if err != nil {
		return p, err
	}
	p.Numerator, p.Denominator = v.parts.Numerator, v.parts.Denominator
	for _, x := range slices.Backward(v.parts.Periods) {
		if int(x.Start) >= before {
			continue
		}
		if len(p.Items) == limit {
			p.Next = writeCursor(int(p.Items[limit-1].Start))
			break
		}
		p.Items = append(p.Items, x)
	}
	return p, nil
}

// RatiosOf gives the ratios in use that a number is a part of.
func (a *App) RatiosOf(ctx context.Context, by tandem.Actor, m tandem.Metric) (ms []tandem.Metric, err error) {
	defer tandem.Wrap(&err, "read ratios")
	if err := may(by, policy.Read, metricOf(policy.Metric, m)); err != nil {
		return nil, err
	}
	return a.Store.For(by).RatiosOf(ctx, m.Workspace, m.ID)
}

// stays refuses to put away a part of a ratio that is in use, and to take out a ratio whose parts are not.
func stays(ctx context.Context, r Reads, m tandem.Metric) error {
	if m.IsRatio() {
		if m.Archived {
			return nil
		}
		p, err := partsOf(ctx, r, m)
		if err != nil {
			return err
		}
		return m.CheckParts(p.Numerator, p.Denominator)
	}
	if !m.Archived {
		return nil
	}
	ratios, err := r.RatiosOf(ctx, m.Workspace, m.ID)
	if err != nil || len(ratios) == 0 {
		return err
	}
	return tandem.Invalid("archived", "ratio_needs_part", tandem.Args{"name": m.Name, "ratio": ratios[0].Name})
}
