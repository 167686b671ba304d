package store

import (
	"context"
	"database/sql"

	"tandem"
)

const microColumns = `m.workspace_id, m.id, m.goal_id, m.owner, m.metric_id, m.title, m.amount, m.times, m.at_most, m.period, m.rest_days, m.start_day, m.archived, m.version, m.created, m.show_days`

// microSeen: a micro-goal is its owner's alone.
const microSeen = `(m.owner = $2 AND $3)`

func scanMicro(r *sql.Rows) (m tandem.MicroGoal, err error) {
	var rest int64
	err = r.Scan(&m.Workspace, &m.ID, &m.Goal, &m.Owner, &m.Metric, &m.Title, &m.Amount, &m.Times, &m.AtMost, &m.Period, &rest, &m.Start, &m.Archived, &m.Version, &m.Created, &m.ShowDays)
	m.RestDays = uint8(rest)
	return m, err
}

// MicroGoals gives every micro-goal of the workspace that the actor may see and that is not archived,
// with its pauses.
func (h *Handle) MicroGoals(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.MicroGoal, error) {
	const q = `SELECT ` + microColumns + ` FROM micro_goal m WHERE m.workspace_id = $1 AND ` + microSeen + ` AND NOT m.archived ORDER BY m.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, scanMicro)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	spans, err := h.Pauses(ctx, ws)
	for i := range all {
		all[i].Pauses = spans[int64(all[i].ID)]
	}
	return all, err
}

// MicroGoal gives one micro-goal with its pauses.
func (h *Handle) MicroGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.MicroGoalID) (tandem.MicroGoal, error) {
	const q = `SELECT ` + microColumns + ` FROM micro_goal m WHERE m.workspace_id = $1 AND ` + microSeen + ` AND m.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	all, err := collect(rows, err, scanMicro)
	if err != nil || len(all) == 0 {
		return tandem.MicroGoal{}, firstErr(err, tandem.NotFound("microgoal"))
	}
	spans, err := h.Pauses(ctx, ws)
	all[0].Pauses = spans[int64(id)]
	return all[0], err
}

// AddMicroGoal keeps a new micro-goal.
func (h *Handle) AddMicroGoal(ctx context.Context, m tandem.MicroGoal) error {
	const q = `INSERT INTO micro_goal (workspace_id, id, goal_id, owner, metric_id, title, amount, times, at_most, period, rest_days, start_day, archived, version, created, show_days)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15)`
	_, err := h.q.ExecContext(ctx, q, m.Workspace, m.ID, m.Goal, m.Owner, m.Metric, m.Title, m.Amount, m.Times, m.AtMost, string(m.Period), int64(m.RestDays), int64(m.Start), m.Archived, m.Created, m.ShowDays)
	return err
}

// SetMicroGoal changes a micro-goal of the version that was read.
func (h *Handle) SetMicroGoal(ctx context.Context, m tandem.MicroGoal) error {
	const q = `UPDATE micro_goal SET title = $3, amount = $4, times = $5, at_most = $6, period = $7, rest_days = $8, archived = $9, show_days = $11, version = version + 1
		WHERE workspace_id = $1 AND id = $2 AND version = $10`
	r, err := h.q.ExecContext(ctx, q, m.Workspace, m.ID, m.Title, m.Amount, m.Times, m.AtMost, string(m.Period), int64(m.RestDays), m.Archived, m.Version, m.ShowDays)
	return changed(r, err, "microgoal")
}

// Pauses gives the stretches in which goals and micro-goals of the workspace rest, by object.
func (h *Handle) Pauses(ctx context.Context, ws tandem.WorkspaceID) (map[int64][]tandem.Span, error) {
	const q = `SELECT object_id, from_day, to_day FROM pause WHERE workspace_id = $1 ORDER BY object_id, from_day`
	type row struct {
		id int64
		s  tandem.Span
	}
	rows, err := h.q.QueryContext(ctx, q, ws)
	all, err := collect(rows, err, func(r *sql.Rows) (x row, err error) {
		err = r.Scan(&x.id, &x.s.From, day{&x.s.To})
		return x, err
	})
	out := map[int64][]tandem.Span{}
	for _, x := range all {
		out[x.id] = append(out[x.id], x.s)
	}
	return out, err
}

// PutPause begins a stretch of rest, or gives it its end.
func (h *Handle) PutPause(ctx context.Context, ws tandem.WorkspaceID, object int64, s tandem.Span) error {
	const q = `INSERT INTO pause (workspace_id, object_id, from_day, to_day) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, object_id, from_day) DO UPDATE SET to_day = excluded.to_day`
	_, err := h.q.ExecContext(ctx, q, ws, object, int64(s.From), nullDay(s.To))
	return err
}

// DeletePause removes a stretch of rest.
func (h *Handle) DeletePause(ctx context.Context, ws tandem.WorkspaceID, object int64, from tandem.Day) error {
	const q = `DELETE FROM pause WHERE workspace_id = $1 AND object_id = $2 AND from_day = $3`
	_, err := h.q.ExecContext(ctx, q, ws, object, int64(from))
	return err
}
