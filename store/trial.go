package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Trials gives the trials of the actor's techniques that are over, newest first.
func (h *Handle) Trials(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Trial, error) {
	const q = `SELECT x.technique_id, x.began, x.ended, x.uses, x.felt_natural, x.helped, x.decision, x.words
		FROM technique t JOIN trial x ON x.workspace_id = t.workspace_id AND x.technique_id = t.id
		WHERE t.workspace_id = $1 AND ` + techniqueSeen + ` ORDER BY x.ended DESC, x.technique_id DESC, x.began DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, func(r *sql.Rows) (x tandem.Trial, err error) {
		err = r.Scan(&x.Technique, &x.Began, &x.Ended, &x.Uses, &x.Natural, &x.Helped, &x.Decision, &x.Words)
		return x, err
	})
}

// PutTrial keeps a trial that is over; one of the same beginning is decided anew.
func (h *Handle) PutTrial(ctx context.Context, ws tandem.WorkspaceID, x tandem.Trial) error {
	const q = `INSERT INTO trial (workspace_id, technique_id, began, ended, uses, felt_natural, helped, decision, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, technique_id, began) DO UPDATE SET ended = excluded.ended, uses = excluded.uses, felt_natural = excluded.felt_natural,
		helped = excluded.helped, decision = excluded.decision, words = excluded.words`
	_, err := h.q.ExecContext(ctx, q, ws, x.Technique, int64(x.Began), int64(x.Ended), x.Uses, x.Natural, x.Helped, string(x.Decision), x.Words)
	return err
}
