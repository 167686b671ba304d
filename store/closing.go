package store

import (
	"context"
	"database/sql"
	"strings"

	"tandem"
)

const closingColumns = `c.goal_id, c.outcome, c.value, c.share, c.gained, c.unexpected, c.next, c.next_goal, c.next_technique, c.release_why, c.done, c.done_day, c.version, c.withheld, c.gains`

func scanClosing(r *sql.Rows) (c tandem.Closing, err error) {
	gains := ""
	err = r.Scan(&c.Goal, &c.Outcome, &c.Value, &c.Share, &c.Gained, &c.Unexpected, &c.Next, &c.NextGoal, &c.NextTech, &c.ReleaseWhy, &c.Done, day{&c.DoneDay}, &c.Version, &c.Withheld, &gains)
	for _, w := range strings.Fields(gains) {
		c.Gains = append(c.Gains, tandem.GainWord(w))
	}
	return c, err
}

// Closing gives the closing of a result, begun or done; NotFound when none was begun.
func (h *Handle) Closing(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (tandem.Closing, error) {
	const q = `SELECT ` + closingColumns + ` FROM closing c JOIN goal g ON g.workspace_id = c.workspace_id AND g.id = c.goal_id
		WHERE c.workspace_id = $1 AND ` + storySeen + ` AND c.goal_id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	all, err := collect(rows, err, scanClosing)
	if err != nil || len(all) == 0 {
		return tandem.Closing{}, firstErr(err, tandem.NotFound("closing"))
	}
	return all[0], nil
}

// Closings gives the actor's own closings that are done, newest first, at most limit.
func (h *Handle) Closings(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Closing, error) {
	const q = `SELECT ` + closingColumns + ` FROM closing c JOIN goal g ON g.workspace_id = c.workspace_id AND g.id = c.goal_id
		WHERE c.workspace_id = $1 AND ` + storySeen + ` AND c.done > 0 ORDER BY c.done DESC LIMIT $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, limit)...)
	return collect(rows, err, scanClosing)
}

// PutClosing begins a closing (version 0) or changes it at the version that was read.
func (h *Handle) PutClosing(ctx context.Context, ws tandem.WorkspaceID, c tandem.Closing) error {
	if c.Version == 0 {
		const add = `INSERT INTO closing (workspace_id, goal_id, outcome, value, share, gained, unexpected, next, next_goal, next_technique, release_why, done, done_day, version, withheld, gains)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15) ON CONFLICT DO NOTHING`
		r, err := h.q.ExecContext(ctx, add, ws, c.Goal, string(c.Outcome), c.Value, c.Share, c.Gained, c.Unexpected, string(c.Next), c.NextGoal, c.NextTech, c.ReleaseWhy, c.Done, nullDay(c.DoneDay),
			c.Withheld, gainsText(c.Gains))
		return changed(r, err, "closing")
	}
	const q = `UPDATE closing SET outcome = $3, value = $4, share = $5, gained = $6, unexpected = $7, next = $8, next_goal = $9, next_technique = $10, release_why = $11,
		done = $12, done_day = $13, withheld = $15, gains = $16, version = version + 1 WHERE workspace_id = $1 AND goal_id = $2 AND version = $14`
	r, err := h.q.ExecContext(ctx, q, ws, c.Goal, string(c.Outcome), c.Value, c.Share, c.Gained, c.Unexpected, string(c.Next), c.NextGoal, c.NextTech, c.ReleaseWhy, c.Done, nullDay(c.DoneDay), c.Version,
		c.Withheld, gainsText(c.Gains))
	return changed(r, err, "closing")
}

func gainsText(words []tandem.GainWord) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, " ")
}

// AddHistory keeps one change: what stood before and after, as JSON text. Seq is the next of its object.
func (h *Handle) AddHistory(ctx context.Context, e tandem.HistoryEntry) error {
	const q = `INSERT INTO history (workspace_id, kind, object_id, sub, seq, at, by_person, before, after)
		SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), COALESCE(MAX(seq), 0) + 1, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT), CAST($8 AS TEXT)
		FROM history WHERE workspace_id = $1 AND kind = $2 AND object_id = $3 AND sub = $4`
	_, err := h.q.ExecContext(ctx, q, e.Workspace, e.Kind, e.Object, e.Sub, e.At, e.By, e.Before, e.After)
	return err
}

// History gives the changes of one thing, newest first. Whether the actor may see the thing is asked
// before.
func (h *Handle) History(ctx context.Context, ws tandem.WorkspaceID, kind string, object, sub int64, limit int) ([]tandem.HistoryEntry, error) {
	const q = `SELECT workspace_id, kind, object_id, sub, seq, at, by_person, before, after FROM history
		WHERE workspace_id = $1 AND kind = $2 AND object_id = $3 AND sub = $4 ORDER BY seq DESC LIMIT $5`
	rows, err := h.q.QueryContext(ctx, q, ws, kind, object, sub, limit)
	return collect(rows, err, func(r *sql.Rows) (e tandem.HistoryEntry, err error) {
		err = r.Scan(&e.Workspace, &e.Kind, &e.Object, &e.Sub, &e.Seq, &e.At, &e.By, &e.Before, &e.After)
		return e, err
	})
}

const batchColumns = `workspace_id, id, person_id, format, file, state, source, rows_read, rows_imported, rows_skipped, created`

func scanBatch(r *sql.Rows) (b tandem.Batch, err error) {
	err = r.Scan(&b.Workspace, &b.ID, &b.Person, &b.Format, &b.File, &b.State, &b.Source, &b.Read, &b.Imported, &b.Skipped, &b.Created)
	return b, err
}

// Batches gives the actor's own imports, newest first, at most limit.
func (h *Handle) Batches(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Batch, error) {
	const q = `SELECT ` + batchColumns + ` FROM import_batch WHERE workspace_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT $3`
	rows, err := h.q.QueryContext(ctx, q, ws, h.actor.Person, limit)
	return collect(rows, err, scanBatch)
}

// Batch gives one of the actor's own imports.
func (h *Handle) Batch(ctx context.Context, ws tandem.WorkspaceID, id tandem.BatchID) (tandem.Batch, error) {
	const q = `SELECT ` + batchColumns + ` FROM import_batch WHERE workspace_id = $1 AND person_id = $2 AND id = $3`
	rows, err := h.q.QueryContext(ctx, q, ws, h.actor.Person, id)
	all, err := collect(rows, err, scanBatch)
	if err != nil || len(all) == 0 {
		return tandem.Batch{}, firstErr(err, tandem.NotFound("import"))
	}
	return all[0], nil
}

// BrokenBatches gives the imports of all workspaces that were broken off; for the house's own actor.
func (h *Handle) BrokenBatches(ctx context.Context) ([]tandem.Batch, error) {
	const q = `SELECT ` + batchColumns + ` FROM import_batch WHERE state = 'running' ORDER BY id`
	rows, err := h.q.QueryContext(ctx, q)
	return collect(rows, err, scanBatch)
}

// PutBatch keeps an import and how far it is.
func (h *Handle) PutBatch(ctx context.Context, b tandem.Batch) error {
	const q = `INSERT INTO import_batch (workspace_id, id, person_id, format, file, state, source, rows_read, rows_imported, rows_skipped, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (workspace_id, id) DO UPDATE SET state = excluded.state, rows_read = excluded.rows_read, rows_imported = excluded.rows_imported, rows_skipped = excluded.rows_skipped`
	_, err := h.q.ExecContext(ctx, q, b.Workspace, b.ID, b.Person, b.Format, b.File, string(b.State), int64(b.Source), b.Read, b.Imported, b.Skipped, b.Created)
	return err
}

// BatchMetrics gives the numbers that hold values of an import or were made by it, with whether it made
// them.
func (h *Handle) BatchMetrics(ctx context.Context, ws tandem.WorkspaceID, b tandem.Batch) (made map[tandem.MetricID]bool, err error) {
	const q = `SELECT m.id, m.batch = $3 FROM metric m WHERE m.workspace_id = $1 AND m.owner = $2 AND (m.batch = $3
		OR EXISTS (SELECT 1 FROM observation o WHERE o.workspace_id = m.workspace_id AND o.metric_id = m.id AND o.source = $4))`
	made = map[tandem.MetricID]bool{}
	rows, err := h.q.QueryContext(ctx, q, ws, b.Person, b.ID, int64(b.Source))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id tandem.MetricID
		var own bool
		if err := rows.Scan(&id, &own); err != nil {
			return nil, err
		}
		made[id] = own
	}
	return made, rows.Err()
}

// BatchGoals gives the goals that an import made.
func (h *Handle) BatchGoals(ctx context.Context, ws tandem.WorkspaceID, b tandem.BatchID) ([]tandem.GoalID, error) {
	const q = `SELECT id FROM goal WHERE workspace_id = $1 AND batch = $2 ORDER BY id`
	rows, err := h.q.QueryContext(ctx, q, ws, b)
	return collect(rows, err, func(r *sql.Rows) (id tandem.GoalID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

// DeleteMetricIfUnused removes a number that has no values, no goal, no micro-goal and no ratio; gone tells.
func (h *Handle) DeleteMetricIfUnused(ctx context.Context, ws tandem.WorkspaceID, id tandem.MetricID) (gone bool, err error) {
	const q = `DELETE FROM metric WHERE workspace_id = $1 AND id = $2
		AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.workspace_id = $1 AND o.metric_id = $2)
		AND NOT EXISTS (SELECT 1 FROM performance p WHERE p.workspace_id = $1 AND p.metric_id = $2)
		AND NOT EXISTS (SELECT 1 FROM learning l WHERE l.workspace_id = $1 AND l.minutes_metric = $2)
		AND NOT EXISTS (SELECT 1 FROM guard w WHERE w.workspace_id = $1 AND w.metric_id = $2)
		AND NOT EXISTS (SELECT 1 FROM micro_goal g WHERE g.workspace_id = $1 AND g.metric_id = $2)
		AND NOT EXISTS (SELECT 1 FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.numerator = $2)
		AND NOT EXISTS (SELECT 1 FROM metric r WHERE r.workspace_id = $1 AND r.form = 'ratio' AND r.denominator = $2)`
	r, err := h.q.ExecContext(ctx, q, ws, id)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}
