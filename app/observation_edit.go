package app

import (
	"context"

	"tandem"
)

// A valueState is what the history keeps of a value: the value itself and the uses that rode on it.
type valueState struct {
	tandem.Observation
	Rode []tandem.Use `json:"rode,omitempty"`
}

// valueNow gives a value with the uses that ride on it.
func valueNow(ctx context.Context, r Reads, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (s valueState, err error) {
	if s.Observation, err = r.Observation(ctx, ws, metric, at); err != nil {
		return s, err
	}
	uses, err := r.Uses(ctx, ws, s.Day, s.Day)
	for _, u := range uses {
		if u.Metric == metric && u.ObservationAt == at {
			s.Rode = append(s.Rode, u)
			s.Uses = append(s.Uses, u.ID)
		}
	}
	return s, err
}

// replaceValue puts one state of a value in the place of another: nil before appears, nil after goes. A
// value of another day lies at another instant, for instants are what days are found by; the uses move
// with it. It gives what stands then and writes the history of it.
func (a *App) replaceValue(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, before, after *valueState) error {
	var stood, stands any
	at := tandem.Instant(0)
	if before != nil {
		stood, at = *before, before.At
	}
	stays := before != nil && after != nil && before.At == after.At
	if before != nil && !stays {
		if err := h.DeleteUsesOn(ctx, ws, metric, before.At); err != nil {
			return err
		}
		if err := h.DeleteObservation(ctx, ws, metric, before.At); err != nil {
			return err
		}
	}
	switch {
	case stays:
		if err := h.SetObservation(ctx, ws, after.Observation); err != nil {
			return err
		}
	case after != nil:
		if err := a.bringValue(ctx, h, ws, after); err != nil {
			return err
		}
	}
	if after != nil {
		stands, at = *after, after.At
	}
	return a.remember(ctx, h, by, ws, "observation", int64(metric), int64(at), stood, stands)
}

// bringValue writes a value with the uses that ride on it; both get the instant that is free.
func (a *App) bringValue(ctx context.Context, h Writes, ws tandem.WorkspaceID, s *valueState) (err error) {
	put := tandem.Put{}
	if s.External != "" {
		put, err = h.PutObservation(ctx, ws, s.Observation)
	} else {
		put.At, err = h.AddObservation(ctx, ws, s.Observation)
	}
	if err != nil {
		return err
	}
	s.At = put.At
	for i := range s.Rode {
		u := &s.Rode[i]
		u.At, u.Day, u.ObservationAt = s.At, s.Day, s.At
		if err := h.AddUse(ctx, ws, *u); err != nil {
			return err
		}
	}
	return nil
}

// An ObservationChange changes a value; what is nil stays. Another day gives the value another instant,
// and with it another id.
type ObservationChange struct {
	Value *float64      `json:"value,omitempty"`
	State *tandem.State `json:"state,omitempty"`
	Day   *tandem.Day   `json:"day,omitempty"`
	Note  *string       `json:"note,omitempty" tandem:"lines"`
	Tag   string        `json:"-"` // ETag that was read; "" takes any

	// Reason says why a value is changed after the last day of a result that counts it; then it is asked, and
	// stands beside the value.
	Reason string `json:"reason,omitempty"`
}

// EditObservation changes a value; what stood before is kept in its history.
func (a *App) EditObservation(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant, in ObservationChange) (o tandem.Observation, err error) {
	defer tandem.Wrap(&err, "edit observation")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		m, person, err := a.lockValues(ctx, h, by, ws, metric)
		if err != nil {
			return err
		}
		before, err := valueNow(ctx, h, ws, metric, at)
		if err != nil {
			return err
		}
		if in.Tag != "" && in.Tag != before.Tag() {
			return &tandem.Error{Kind: tandem.KindStale, Code: "stale", Args: tandem.Args{"noun": "observation"}}
		}
		after := before
		after.Rode = append([]tandem.Use(nil), before.Rode...)
		after.Value, after.State, after.Note = or(in.Value, after.Value), or(in.State, after.State), or(in.Note, after.Note)
		if in.State == nil && in.Value != nil {
			after.State = tandem.StateValue
		}
		if after.State != tandem.StateValue {
			after.Value = 0
		}
		if in.Day != nil && *in.Day != before.Day {
			after.Day = *in.Day
			after.At = after.Day.Noon(m.Location(person))
		}
		today := m.DayOf(person, a.Now())
		err = after.Validate(m, today)
		if errC := correct(ctx, h, ws, before.Observation, &after.Observation, in.Reason, today); err == nil {
			err = errC
		}
		if err != nil {
			return err
		}
		if err := a.replaceValue(ctx, h, by, ws, metric, &before, &after); err != nil {
			return err
		}
		o = after.Observation
		return a.emit(tx, by, ws, "observation.changed", int64(metric))
	})
	return o, err
}

// lockValues gives a number whose values the actor may write, under the lock for them, with its owner.
func (a *App) lockValues(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID) (m tandem.Metric, owner tandem.Person, err error) {
	if m, err = loggedOn(ctx, h, by, ws, metric); err != nil {
		return m, owner, err
	}
	if owner, err = h.Person(ctx); err != nil {
		return m, owner, err
	}
	return m, owner, h.TouchData(ctx, ws, metric)
}

// DeleteObservation removes a value with the uses that rode on it; its history keeps both, so that
// UndoObservation brings them back.
func (a *App) DeleteObservation(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (err error) {
	defer tandem.Wrap(&err, "delete observation")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, _, err := a.lockValues(ctx, h, by, ws, metric); err != nil {
			return err
		}
		before, err := valueNow(ctx, h, ws, metric, at)
		if err != nil {
			return err
		}
		if err := a.replaceValue(ctx, h, by, ws, metric, &before, nil); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "observation.deleted", int64(metric))
	})
}

// UndoObservation takes back the last change of a value: an edit gives what stood before, a deleted value
// comes back, a value that was only logged goes. Undone twice, the change stands again. It gives what
// stands then, nil for nothing.
func (a *App) UndoObservation(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (o *tandem.Observation, err error) {
	defer tandem.Wrap(&err, "undo observation")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		o = nil
		h := tx.For(by)
		if _, _, err := a.lockValues(ctx, h, by, ws, metric); err != nil {
			return err
		}
		var before, after *valueState
		now, err := valueNow(ctx, h, ws, metric, at)
		switch {
		case err == nil:
			before = &now
		case tandem.KindOf(err) != tandem.KindNotFound:
			return err
		}
		past, err := h.History(ctx, ws, "observation", int64(metric), int64(at), 1)
		if err != nil {
			return err
		}
		if before == nil && len(past) == 0 {
			return tandem.NotFound("observation")
		}
		if len(past) > 0 && past[0].Before != "" {
			after = new(valueState)
			if err := readJSON(past[0].Before, after); err != nil {
				return err
			}
			if before != nil && after.At == before.At {
				after.Rode = before.Rode // the uses of a value that stays are not touched by its edits
			}
		}
		if err := a.replaceValue(ctx, h, by, ws, metric, before, after); err != nil {
			return err
		}
		if after != nil {
			o = &after.Observation
		}
		return a.emit(tx, by, ws, "observation.changed", int64(metric))
	})
	return o, err
}
