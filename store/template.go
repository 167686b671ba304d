package store

import (
	"context"
	"database/sql"

	"tandem"
	"tandem/policy"
)

// Templates gives what was brought for a workspace, oldest first.
func (h *Handle) Templates(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Template, error) {
	const q = `SELECT t.workspace_id, t.name, t.lang, t.owner, t.text, t.created FROM template t WHERE t.workspace_id = $1 ORDER BY t.created, t.name, t.lang`
	if !h.seesAll(policy.Template, ws) {
		return nil, nil
	}
	rows, err := h.q.QueryContext(ctx, q, ws)
	return collect(rows, err, func(r *sql.Rows) (t tandem.Template, err error) {
		err = r.Scan(&t.Workspace, &t.Name, &t.Lang, &t.Owner, &t.Text, &t.Created)
		return t, err
	})
}

// PutTemplate keeps a template in place of the one of that name and language.
func (h *Handle) PutTemplate(ctx context.Context, t tandem.Template) error {
	const q = `INSERT INTO template (workspace_id, name, lang, owner, text, created) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, name, lang) DO UPDATE SET owner = excluded.owner, text = excluded.text, created = excluded.created`
	_, err := h.q.ExecContext(ctx, q, t.Workspace, t.Name, t.Lang, t.Owner, t.Text, t.Created)
	return err
}

// DeleteTemplate takes a template away.
func (h *Handle) DeleteTemplate(ctx context.Context, ws tandem.WorkspaceID, name, lang string) error {
	const q = `DELETE FROM template WHERE workspace_id = $1 AND name = $2 AND lang = $3`
	_, err := h.q.ExecContext(ctx, q, ws, name, lang)
	return err
}

// TakeTemplate notes from which template a goal was made.
func (h *Handle) TakeTemplate(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, name string) error {
	const q = `INSERT INTO template_taken (workspace_id, goal_id, name) VALUES ($1, $2, $3) ON CONFLICT (workspace_id, goal_id) DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, ws, goal, name)
	return err
}

// TakenTemplates counts, by name, the goals that were made from templates, of those that the actor may see:
// what somebody keeps for themselves tells others nothing.
func (h *Handle) TakenTemplates(ctx context.Context, ws tandem.WorkspaceID) (map[string]int, error) {
	const q = `SELECT x.name FROM template_taken x JOIN goal g ON g.workspace_id = x.workspace_id AND g.id = x.goal_id WHERE x.workspace_id = $1 AND ` + goalSeen
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	names, err := collect(rows, err, func(r *sql.Rows) (name string, err error) {
		err = r.Scan(&name)
		return name, err
	})
	taken := map[string]int{}
	for _, n := range names {
		taken[n]++
	}
	return taken, err
}
