package store

import (
	"context"
	"database/sql"
	"errors"

	"tandem"
)

// Values are written after TouchData of their number in the same transaction: that update is the lock.
// Reads come after the number was read through the actor's rights; they join it again all the same.

const observationColumns = `o.metric_id, o.at, o.day, o.value, o.state, o.source`

// states by their number in the table.
var states = []tandem.State{tandem.StateValue, tandem.StateSkip, tandem.StateNotApplicable}

func stateNumber(s tandem.State) int64 {
	for i, x := range states {
		if x == s {
			return int64(i)
		}
	}
	return 0
}

func scanObservation(r *sql.Rows) (o tandem.Observation, err error) {
	var v sql.NullFloat64
	var state int64
	err = r.Scan(&o.Metric, &o.At, &o.Day, &v, &state, &o.Source)
	if err == nil {
		o.Value, o.State = v.Float64, states[state]
	}
	return o, err
}

func scanNoted(r *sql.Rows) (o tandem.Observation, err error) {
	var v sql.NullFloat64
	var note, external, corrected sql.NullString
	var state int64
	err = r.Scan(&o.Metric, &o.At, &o.Day, &v, &state, &o.Source, &note, &external, &corrected)
	if err == nil {
		o.Value, o.State, o.Note, o.External, o.Corrected = v.Float64, states[state], note.String, external.String, corrected.String
	}
	return o, err
}

// Observations gives the values of a number from one day to another, both included, in the order of
// their instants, without notes.
func (h *Handle) Observations(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Day) ([]tandem.Observation, error) {
	// A day's instants lie within two days of its middle, in any zone; the key finds them.
	const q = `SELECT ` + observationColumns + ` FROM metric m JOIN observation o ON o.workspace_id = m.workspace_id AND o.metric_id = m.id
		WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4 AND o.at >= $5 AND o.at <= $6 AND o.day >= $7 AND o.day <= $8 ORDER BY o.at`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric, edge(from, -2), edge(to, 3), int64(from), int64(to))...)
	return collect(rows, err, scanObservation)
}

// edge gives an instant that lies days away from the beginning of d in UTC.
func edge(d tandem.Day, days int64) int64 { return (int64(d) + days) * 86400_000_000 }

const notedFrom = ` FROM metric m JOIN observation o ON o.workspace_id = m.workspace_id AND o.metric_id = m.id
	LEFT JOIN observation_note n ON n.workspace_id = o.workspace_id AND n.metric_id = o.metric_id AND n.at = o.at
	LEFT JOIN observation_external x ON x.workspace_id = o.workspace_id AND x.metric_id = o.metric_id AND x.at = o.at
	LEFT JOIN correction k ON k.workspace_id = o.workspace_id AND k.metric_id = o.metric_id AND k.at = o.at`

// ObservationPage gives the values of a number before an instant, newest first, with notes, at most
// limit.
func (h *Handle) ObservationPage(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, before tandem.Instant, limit int) ([]tandem.Observation, error) {
	const q = `SELECT ` + observationColumns + `, n.note, x.external_id, k.reason` + notedFrom + `
		WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4 AND o.at < $5 ORDER BY o.at DESC LIMIT $6`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric, before, limit)...)
	return collect(rows, err, scanNoted)
}

// Observation gives the value that an instant names, with its note.
func (h *Handle) Observation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (tandem.Observation, error) {
	const q = `SELECT ` + observationColumns + `, n.note, x.external_id, k.reason` + notedFrom + `
		WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4 AND o.at = $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric, at)...)
	all, err := collect(rows, err, scanNoted)
	if err != nil || len(all) == 0 {
		return tandem.Observation{}, firstErr(err, tandem.NotFound("observation"))
	}
	return all[0], nil
}

// AddObservation writes a value at its instant, or at the next free microsecond, and gives the instant
// that names it.
func (h *Handle) AddObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) (tandem.Instant, error) {
	const q = `INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`
	var v any
	if o.State == tandem.StateValue {
		v = o.Value
	}
	for {
		r, err := h.q.ExecContext(ctx, q, ws, o.Metric, o.At, int64(o.Day), v, stateNumber(o.State), int64(o.Source))
		if err != nil {
			return 0, err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return 0, err
		}
		if n == 1 {
			break
		}
		if o.At, err = h.freeInstant(ctx, ws, o.Metric, o.At); err != nil {
			return 0, err
		}
	}
	if o.Note != "" {
		if err := h.setNote(ctx, ws, o); err != nil {
			return 0, err
		}
	}
	if o.Corrected != "" {
		if err := h.setCorrected(ctx, ws, o); err != nil {
			return 0, err
		}
	}
	if o.External != "" {
		const x = `INSERT INTO observation_external (workspace_id, metric_id, external_id, at) VALUES ($1, $2, $3, $4)`
		if _, err := h.q.ExecContext(ctx, x, ws, o.Metric, o.External, o.At); err != nil {
			return 0, err
		}
	}
	return o.At, nil
}

// freeInstant gives the first instant after at that no value of the number has: the end of the run of
// neighbours that begins at it.
func (h *Handle) freeInstant(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) (free tandem.Instant, err error) {
	const q = `SELECT o.at + 1 FROM observation o WHERE o.workspace_id = $1 AND o.metric_id = $2 AND o.at >= $3
		AND NOT EXISTS (SELECT 1 FROM observation p WHERE p.workspace_id = o.workspace_id AND p.metric_id = o.metric_id AND p.at = o.at + 1)
		ORDER BY o.at LIMIT 1`
	err = h.q.QueryRowContext(ctx, q, ws, metric, at).Scan(&free)
	return free, err
}

// PutObservation writes a value by its external id: a new one is added, a changed one changed, one that
// stands already left alone. Whoever says no note leaves the one that is there.
func (h *Handle) PutObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) (tandem.Put, error) {
	const q = `SELECT ` + observationColumns + `, n.note, x.external_id, k.reason FROM observation_external x
		JOIN observation o ON o.workspace_id = x.workspace_id AND o.metric_id = x.metric_id AND o.at = x.at
		LEFT JOIN observation_note n ON n.workspace_id = o.workspace_id AND n.metric_id = o.metric_id AND n.at = o.at
		LEFT JOIN correction k ON k.workspace_id = o.workspace_id AND k.metric_id = o.metric_id AND k.at = o.at
		WHERE x.workspace_id = $1 AND x.metric_id = $2 AND x.external_id = $3`
	rows, err := h.q.QueryContext(ctx, q, ws, o.Metric, o.External)
	all, err := collect(rows, err, scanNoted)
	if err != nil {
		return tandem.Put{}, err
	}
	if len(all) == 0 {
		at, err := h.AddObservation(ctx, ws, o)
		return tandem.Put{At: at, Did: tandem.PutAdded}, err
	}
	old := all[0]
	o.At, o.Corrected = old.At, old.Corrected
	if o.Note == "" {
		o.Note = old.Note
	}
	if old.Value == o.Value && old.State == o.State && old.Day == o.Day && old.Note == o.Note {
		return tandem.Put{At: old.At, Did: tandem.PutSame}, nil
	}
	return tandem.Put{At: old.At, Did: tandem.PutChanged, Before: &old}, h.SetObservation(ctx, ws, o)
}

// SetObservation changes the value, day, state, source and note of the observation that its instant names.
func (h *Handle) SetObservation(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) error {
	const q = `UPDATE observation SET day = $4, value = $5, state = $6, source = $7 WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	var v any
	if o.State == tandem.StateValue {
		v = o.Value
	}
	r, err := h.q.ExecContext(ctx, q, ws, o.Metric, o.At, int64(o.Day), v, stateNumber(o.State), int64(o.Source))
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return firstErr(err, tandem.NotFound("observation"))
	}
	return errors.Join(h.setNote(ctx, ws, o), h.setCorrected(ctx, ws, o))
}

func (h *Handle) setCorrected(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) error {
	if o.Corrected == "" {
		const del = `DELETE FROM correction WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
		_, err := h.q.ExecContext(ctx, del, ws, o.Metric, o.At)
		return err
	}
	const q = `INSERT INTO correction (workspace_id, metric_id, at, reason) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, metric_id, at) DO UPDATE SET reason = excluded.reason`
	_, err := h.q.ExecContext(ctx, q, ws, o.Metric, o.At, o.Corrected)
	return err
}

func (h *Handle) setNote(ctx context.Context, ws tandem.WorkspaceID, o tandem.Observation) error {
	if o.Note == "" {
		const del = `DELETE FROM observation_note WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
		_, err := h.q.ExecContext(ctx, del, ws, o.Metric, o.At)
		return err
	}
	const q = `INSERT INTO observation_note (workspace_id, metric_id, at, note) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, metric_id, at) DO UPDATE SET note = excluded.note`
	_, err := h.q.ExecContext(ctx, q, ws, o.Metric, o.At, o.Note)
	return err
}

// DeleteObservation removes a value with its note and external id.
func (h *Handle) DeleteObservation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) error {
	const q = `DELETE FROM observation WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	r, err := h.q.ExecContext(ctx, q, ws, metric, at)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return firstErr(err, tandem.NotFound("observation"))
	}
	const note = `DELETE FROM observation_note WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	const external = `DELETE FROM observation_external WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	const correction = `DELETE FROM correction WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	_, err1 := h.q.ExecContext(ctx, note, ws, metric, at)
	_, err2 := h.q.ExecContext(ctx, external, ws, metric, at)
	_, err3 := h.q.ExecContext(ctx, correction, ws, metric, at)
	return errors.Join(err1, err2, err3)
}

// ObservationsBySource gives at most limit values of a number that a source wrote, oldest first.
func (h *Handle) ObservationsBySource(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, source tandem.SourceID, limit int) ([]tandem.Observation, error) {
	const q = `SELECT ` + observationColumns + `, n.note, x.external_id, k.reason` + notedFrom + `
		WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4 AND o.source = $5 ORDER BY o.at LIMIT $6`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric, int64(source), limit)...)
	return collect(rows, err, scanNoted)
}
