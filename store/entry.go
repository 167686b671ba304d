package store

import (
	"context"
	"database/sql"
	"errors"

	"tandem"
)

// What a device made without a connection is written here: it may come late, in any order and several times.

// ValueByExternal gives the instant of the value that was written with an external id; ok is false for none.
func (h *Handle) ValueByExternal(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, external string) (at tandem.Instant, ok bool, err error) {
	const q = `SELECT at FROM observation_external WHERE workspace_id = $1 AND metric_id = $2 AND external_id = $3`
	err = h.q.QueryRowContext(ctx, q, ws, metric, external).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return at, err == nil, err
}

// MoveObservation gives a value another instant, which must be free, with everything that names it by its
// instant: note, external id, the uses and the practice that it belongs to, and its history.
func (h *Handle) MoveObservation(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Instant) error {
	const value = `UPDATE observation SET at = $4 WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	const note = `UPDATE observation_note SET at = $4 WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	const external = `UPDATE observation_external SET at = $4 WHERE workspace_id = $1 AND metric_id = $2 AND at = $3`
	const uses = `UPDATE use_log SET at = $4, observation_at = $4 WHERE workspace_id = $1 AND metric_id = $2 AND observation_at = $3`
	const practice = `UPDATE practice SET at = $4 WHERE workspace_id = $1 AND at = $3 AND minutes > 0
		AND goal_id IN (SELECT l.goal_id FROM learning l WHERE l.workspace_id = $1 AND l.minutes_metric = $2)`
	const history = `UPDATE history SET sub = $4 WHERE workspace_id = $1 AND kind = 'observation' AND object_id = $2 AND sub = $3
		AND NOT EXISTS (SELECT 1 FROM history t WHERE t.workspace_id = $1 AND t.kind = 'observation' AND t.object_id = $2 AND t.sub = $4)`
	for _, q := range []string{value, note, external, uses, practice, history} {
		if _, err := h.q.ExecContext(ctx, q, ws, metric, from, to); err != nil {
			return err
		}
	}
	return nil
}

// AddUseOnce keeps a use unless one with its id is there.
func (h *Handle) AddUseOnce(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error {
	const q = `INSERT INTO use_log (workspace_id, technique_id, id, at, day, metric_id, observation_at, helped, natural_feel, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, ws, u.Technique, u.ID, u.At, int64(u.Day), u.Metric, u.ObservationAt, u.Helped, u.Natural, u.Note)
	return err
}

// AddPracticeOnce keeps a practice unless one with its id is there.
func (h *Handle) AddPracticeOnce(ctx context.Context, ws tandem.WorkspaceID, p tandem.Practice) error {
	const q = `INSERT INTO practice (workspace_id, goal_id, id, at, day, minutes, reflection, enjoyment, activity)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, ws, p.Goal, p.ID, p.At, int64(p.Day), p.Minutes, p.Reflection, p.Enjoyment, p.Activity)
	return err
}

// AddLessonOnce keeps a lesson unless one with its id is there.
func (h *Handle) AddLessonOnce(ctx context.Context, ws tandem.WorkspaceID, l tandem.Lesson) error {
	const q = `INSERT INTO lesson (workspace_id, goal_id, id, day, text, origin) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, ws, l.Goal, l.ID, int64(l.Day), l.Text, l.From)
	return err
}

// TryTechnique notes that a technique was used on a day: an idea is tried from then on, and one that is being
// tried was so from that day at the latest. Uses that come in another order leave the same.
func (h *Handle) TryTechnique(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID, d tandem.Day) error {
	const q = `UPDATE technique SET state = 'trying', since = $3, version = version + CASE WHEN state = 'idea' THEN 1 ELSE 0 END
		WHERE workspace_id = $1 AND id = $2 AND (state = 'idea' OR state = 'trying' AND since > $3)`
	_, err := h.q.ExecContext(ctx, q, ws, id, int64(d))
	return err
}

// ClaimMinutes names the number that holds the minutes of a learning goal, unless it has one. Whoever is told
// that it was claimed makes the number.
func (h *Handle) ClaimMinutes(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, m tandem.MetricID) (claimed bool, err error) {
	const q = `UPDATE learning SET minutes_metric = $3 WHERE workspace_id = $1 AND goal_id = $2 AND minutes_metric = 0`
	r, err := h.q.ExecContext(ctx, q, ws, goal, m)
	n, err := affected(r, err)
	return n == 1, err
}
