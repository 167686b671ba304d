package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

func metricOf(k policy.Kind, m tandem.Metric) policy.Resource {
	return policy.Resource{Kind: k, Workspace: m.Workspace, Owner: m.Owner, Visibility: m.Visibility, Archived: m.Archived}
}

// ownMetric loads a number whose values the actor may write.
func ownMetric(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID) (tandem.Metric, error) {
	m, err := r.Metric(ctx, ws, id)
	if err != nil {
		return m, err
	}
	return m, may(by, policy.Log, metricOf(policy.Observation, m))
}

// A MetricInput is a number to be measured.
type MetricInput struct {
	Name          string           `json:"name"`
	Unit          string           `json:"unit,omitempty"`
	Form          tandem.Form      `json:"form,omitempty"`      // reading unless said
	Direction     tandem.Direction `json:"direction,omitempty"` // up unless said
	DayRule       tandem.DayRule   `json:"day_rule,omitempty"`
	Period        tandem.Period    `json:"period,omitempty"`     // of a rate or a ratio; week unless said
	Numerator     PartInput        `json:"numerator,omitzero"`   // of a ratio
	Denominator   PartInput        `json:"denominator,omitzero"` // of a ratio
	Percent       bool             `json:"percent,omitempty"`    // of a ratio: counts in hundredths
	Decimals      *int             `json:"decimals,omitempty"`
	Lo            *float64         `json:"lo,omitempty"`
	Hi            *float64         `json:"hi,omitempty"`
	WhenItHappens *bool            `json:"when_it_happens,omitempty"` // totals: a day without a value is zero; true unless said
	ExternalID    string           `json:"external_id,omitempty"`
}

// metric gives the number that an input describes, without the parts of a ratio.
func (a *App) metric(by tandem.Actor, ws tandem.WorkspaceID, in MetricInput) tandem.Metric {
	m := tandem.Metric{Workspace: ws, ID: tandem.NewID[tandem.MetricID](a.IDs), Owner: by.Person, Name: tandem.CleanTitle(in.Name), Unit: in.Unit, Form: in.Form, Direction: in.Direction,
		DayRule: in.DayRule, Period: in.Period, Percent: in.Percent, Decimals: -1, Lo: in.Lo, Hi: in.Hi, WhenItHappens: or(in.WhenItHappens, true), ExternalID: in.ExternalID,
		Visibility: tandem.OnlyMe, DataVersion: 1, Version: 1, Created: a.now()}
	m.Decimals = or(in.Decimals, -1)
	m.Defaults()
	return m
}

// CreateMetric keeps a new number.
func (a *App) CreateMetric(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in MetricInput) (m tandem.Metric, err error) {
	defer tandem.Wrap(&err, "create metric")
	if err := may(by, policy.Create, metricOf(policy.Metric, a.metric(by, ws, in))); err != nil {
		return m, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := aboutBody(ctx, h, numberTexts("", in)...); err != nil {
			return err
		}
		var made []tandem.Metric
		if m, made, err = a.newNumber(ctx, h, by, ws, in, 0); err != nil {
			return err
		}
		if err := addNumber(ctx, h, m, made); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "metric.created", int64(m.ID))
	})
	return m, err
}

// A MetricChange changes a number of the version that was read; what is nil stays. Its form never changes,
// nor what a ratio is made of: the values would mean something else.
type MetricChange struct {
	Version       int64             `json:"version"`
	Name          *string           `json:"name,omitempty"`
	Unit          *string           `json:"unit,omitempty"`
	Direction     *tandem.Direction `json:"direction,omitempty"`
	DayRule       *tandem.DayRule   `json:"day_rule,omitempty"`
	Decimals      *int              `json:"decimals,omitempty"`
	Lo            *float64          `json:"lo,omitempty"`
	Hi            *float64          `json:"hi,omitempty"`
	WhenItHappens *bool             `json:"when_it_happens,omitempty"`
	Archived      *bool             `json:"archived,omitempty"`
}

// ChangeMetric changes a number.
func (a *App) ChangeMetric(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID, in MetricChange) (m tandem.Metric, err error) {
	defer tandem.Wrap(&err, "change metric")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if m, err = h.Metric(ctx, ws, id); err != nil {
			return err
		}
		r := metricOf(policy.Metric, m)
		r.Archived = false // taking it out again is a change too
		if err := may(by, policy.Change, r); err != nil {
			return err
		}
		before := m
		m.Version = in.Version
		m.Name, m.Unit, m.Direction, m.DayRule = tandem.CleanTitle(or(in.Name, m.Name)), or(in.Unit, m.Unit), or(in.Direction, m.Direction), or(in.DayRule, m.DayRule)
		m.Decimals, m.WhenItHappens, m.Archived = or(in.Decimals, m.Decimals), or(in.WhenItHappens, m.WhenItHappens), or(in.Archived, m.Archived)
		if in.Lo != nil {
			m.Lo = in.Lo
		}
		if in.Hi != nil {
			m.Hi = in.Hi
		}
		if err := m.Validate(); err != nil {
			return err
		}
		if in.Name != nil || in.Unit != nil {
			if err := aboutBody(ctx, h, namedText{"name", m.Name}, namedText{"unit", m.Unit}); err != nil {
				return err
			}
		}
		if before.Archived != m.Archived {
			if err := stays(ctx, h, m); err != nil {
				return err
			}
		}
		if err := h.SetMetric(ctx, m); err != nil {
			return err
		}
		if err := a.remember(ctx, h, by, ws, "metric", int64(id), 0, before, m); err != nil {
			return err
		}
		m.Version++
		return a.emit(tx, by, ws, "metric.changed", int64(id))
	})
	return m, err
}

// GetMetric gives one number.
func (a *App) GetMetric(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID) (m tandem.Metric, err error) {
	defer tandem.Wrap(&err, "read metric")
	if m, err = a.Store.For(by).Metric(ctx, ws, id); err != nil {
		return m, err
	}
	return m, may(by, policy.Read, metricOf(policy.Metric, m))
}

// MetricToLog gives a number to somebody who is about to log or correct its values.
func (a *App) MetricToLog(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.MetricID) (m tandem.Metric, err error) {
	defer tandem.Wrap(&err, "read metric")
	if m, err = a.Store.For(by).Metric(ctx, ws, id); err != nil {
		return m, err
	}
	return m, may(by, policy.Log, metricOf(policy.Observation, m))
}

// A MetricPage is a page of numbers, by name.
type MetricPage struct {
	Items []tandem.Metric `json:"items"`
	Next  string          `json:"next,omitempty"` // cursor; "" at the end
}

// ListMetrics gives the numbers of a workspace that the actor may see.
func (a *App) ListMetrics(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, cursor string, limit int) (p MetricPage, err error) {
	defer tandem.Wrap(&err, "list metrics")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Metric, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return p, err
	}
	var from struct {
		Name string
		ID   tandem.MetricID
	}
	if err := readCursor(cursor, &from); err != nil {
		return p, err
	}
	p.Items, err = a.Store.For(by).Metrics(ctx, ws, from.Name, from.ID, limit+1)
	if len(p.Items) > limit {
		p.Items = p.Items[:limit]
		last := p.Items[limit-1]
		from.Name, from.ID = tandem.NameKey(last.Name), last.ID
		p.Next = writeCursor(from)
	}
	return p, err
}
