package store

import (
	"context"
	"database/sql"

	"tandem"
)

// fuelsColumns are those of a link f from a goal g. What else changed, and the looks, are of the story of
// the learning goal: they are nothing for anybody but its owner ($2).
const fuelsColumns = `f.workspace_id, f.learning_id, f.result_workspace, f.result_id, f.lag_days, CASE WHEN g.owner = $2 THEN f.changed ELSE '' END,
	CASE WHEN g.owner = $2 THEN f.changed_day END, CASE WHEN g.owner = $2 THEN f.looks ELSE 0 END, CASE WHEN g.owner = $2 THEN f.looked_day END`

// FuelsFrom gives the links of a learning goal; FuelsTo those that lead to a result, from learning goals
// the actor may see.
func (h *Handle) FuelsFrom(ctx context.Context, ws tandem.WorkspaceID, learning tandem.GoalID) ([]tandem.Fuels, error) {
	const q = `SELECT ` + fuelsColumns + `
		FROM goal g JOIN fuels f ON f.workspace_id = g.workspace_id AND f.learning_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.id = $4 ORDER BY f.result_id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, learning)...)
	return collect(rows, err, scanFuels)
}

// FuelsTo gives the links that lead to a result of a workspace.
func (h *Handle) FuelsTo(ctx context.Context, ws tandem.WorkspaceID, resultSpace tandem.WorkspaceID, result tandem.GoalID) ([]tandem.Fuels, error) {
	const q = `SELECT ` + fuelsColumns + `
		FROM fuels f JOIN goal g ON g.workspace_id = f.workspace_id AND g.id = f.learning_id
		WHERE f.workspace_id = $1 AND ` + goalSeen + ` AND f.result_workspace = $4 AND f.result_id = $5 ORDER BY f.learning_id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, resultSpace, result)...)
	return collect(rows, err, scanFuels)
}

// Fuels gives every link from a learning goal that the actor may see.
func (h *Handle) Fuels(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Fuels, error) {
	const q = `SELECT ` + fuelsColumns + `
		FROM fuels f JOIN goal g ON g.workspace_id = f.workspace_id AND g.id = f.learning_id
		WHERE f.workspace_id = $1 AND ` + goalSeen + ` ORDER BY f.learning_id, f.result_id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, scanFuels)
}

func scanFuels(r *sql.Rows) (f tandem.Fuels, err error) {
	err = r.Scan(&f.Workspace, &f.Learning, &f.ResultWorkspace, &f.Result, &f.LagDays, &f.Changed, day{&f.ChangedDay}, &f.Looks, day{&f.LookedDay})
	return f, err
}

// PutFuels links a learning goal to a result, or changes the lag of the link.
func (h *Handle) PutFuels(ctx context.Context, f tandem.Fuels) error {
	const q = `INSERT INTO fuels (workspace_id, learning_id, result_workspace, result_id, lag_days) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, learning_id, result_workspace, result_id) DO UPDATE SET lag_days = excluded.lag_days`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.Learning, f.ResultWorkspace, f.Result, f.LagDays)
	return err
}

// DeleteFuels removes a link.
func (h *Handle) DeleteFuels(ctx context.Context, f tandem.Fuels) error {
	const q = `DELETE FROM fuels WHERE workspace_id = $1 AND learning_id = $2 AND result_workspace = $3 AND result_id = $4`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.Learning, f.ResultWorkspace, f.Result)
	return err
}

// SetChanged keeps what the owner says that else changed, with the day on which it was said.
func (h *Handle) SetChanged(ctx context.Context, f tandem.Fuels) error {
	const q = `UPDATE fuels SET changed = $5, changed_day = $6 WHERE workspace_id = $1 AND learning_id = $2 AND result_workspace = $3 AND result_id = $4`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.Learning, f.ResultWorkspace, f.Result, f.Changed, nullDay(f.ChangedDay))
	return err
}

// CountLook counts one look at a difference, at most one a day.
func (h *Handle) CountLook(ctx context.Context, f tandem.Fuels, today tandem.Day) error {
	const q = `UPDATE fuels SET looks = looks + 1, looked_day = $5 WHERE workspace_id = $1 AND learning_id = $2 AND result_workspace = $3 AND result_id = $4
		AND (looked_day IS NULL OR looked_day < $5)`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.Learning, f.ResultWorkspace, f.Result, int64(today))
	return err
}
