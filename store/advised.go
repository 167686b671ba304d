package store

import (
	"context"
	"database/sql"
	"strings"

	"tandem"
)

// Advised gives what was advised when a goal of the actor's was drafted; NotFound where nothing was.
func (h *Handle) Advised(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (tandem.Advised, error) {
	const q = `SELECT a.goal_id, a.rule, a.kind, a.lead, a.chosen, a.day, a.quiet FROM advised a JOIN goal g ON g.workspace_id = a.workspace_id AND g.id = a.goal_id
		WHERE a.workspace_id = $1 AND ` + storySeen + ` AND a.goal_id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	all, err := collect(rows, err, func(r *sql.Rows) (a tandem.Advised, err error) {
		var quiet string
		err = r.Scan(&a.Goal, &a.Rule, &a.Kind, &a.Lead, &a.Chosen, day{&a.Day}, &quiet)
		a.Quiet = strings.Fields(quiet)
		return a, err
	})
	if err != nil || len(all) == 0 {
		return tandem.Advised{}, firstErr(err, tandem.NotFound("advice"))
	}
	return all[0], nil
}

// PutAdvised keeps what was advised for a goal, in place of what was kept before.
func (h *Handle) PutAdvised(ctx context.Context, ws tandem.WorkspaceID, a tandem.Advised) error {
	const q = `INSERT INTO advised (workspace_id, goal_id, rule, kind, lead, chosen, day, quiet) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, goal_id) DO UPDATE SET rule = excluded.rule, kind = excluded.kind, lead = excluded.lead, chosen = excluded.chosen, day = excluded.day, quiet = excluded.quiet`
	_, err := h.q.ExecContext(ctx, q, ws, a.Goal, a.Rule, a.Kind, a.Lead, a.Chosen, int64(a.Day), strings.Join(a.Quiet, " "))
	return err
}
