package store

import (
	"context"
	"database/sql"

	"tandem"
)

const guardColumns = `w.workspace_id, w.goal_id, w.metric_id, w.side, w.bound, w.every_value, w.judged, w.stood`

func scanGuard(r *sql.Rows) (g tandem.Guard, err error) {
	err = r.Scan(&g.Workspace, &g.Goal, &g.Metric, &g.Side, &g.Bound, &g.Every, &g.Judged, &g.Stood)
	return g, err
}

// Guards gives the guards of a result that the actor may see. Whether their numbers may be seen is another
// question.
func (h *Handle) Guards(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Guard, error) {
	const q = `SELECT ` + guardColumns + ` FROM guard w JOIN goal g ON g.workspace_id = w.workspace_id AND g.id = w.goal_id
		WHERE w.workspace_id = $1 AND ` + goalSeen + ` AND w.goal_id = $4 ORDER BY w.metric_id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, scanGuard)
}

// PutGuard adds a guard to a result, or changes it.
func (h *Handle) PutGuard(ctx context.Context, g tandem.Guard) error {
	const q = `INSERT INTO guard (workspace_id, goal_id, metric_id, side, bound, every_value, judged, stood) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, goal_id, metric_id) DO UPDATE SET side = excluded.side, bound = excluded.bound, every_value = excluded.every_value,
			judged = excluded.judged, stood = excluded.stood`
	_, err := h.q.ExecContext(ctx, q, g.Workspace, g.Goal, g.Metric, string(g.Side), g.Bound, g.Every, string(g.Judged), g.Stood)
	return err
}

// DeleteGuard takes a guard off a result.
func (h *Handle) DeleteGuard(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, metric tandem.MetricID) error {
	const q = `DELETE FROM guard WHERE workspace_id = $1 AND goal_id = $2 AND metric_id = $3`
	r, err := h.q.ExecContext(ctx, q, ws, goal, metric)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return firstErr(err, tandem.NotFound("guard"))
	}
	return nil
}

// Corrections gives the values of a number from one day to another that were corrected, oldest first, each with
// its reason.
func (h *Handle) Corrections(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, from, to tandem.Day) ([]tandem.Observation, error) {
	const q = `SELECT ` + observationColumns + `, n.note, x.external_id, k.reason` + notedFrom + `
		WHERE m.workspace_id = $1 AND ` + metricSeen + ` AND m.id = $4 AND k.reason IS NOT NULL AND o.at >= $5 AND o.at <= $6 AND o.day >= $7 AND o.day <= $8 ORDER BY o.at`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric, edge(from, -2), edge(to, 3), int64(from), int64(to))...)
	return collect(rows, err, scanNoted)
}
