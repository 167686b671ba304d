package store

import (
	"context"

	"tandem"
)

// FirstTime keeps a key of the actor's and tells whether it was new: the second press of one button finds
// it and does nothing. It is written in the transaction of what the press does.
func (h *Handle) FirstTime(ctx context.Context, ws tandem.WorkspaceID, route, key string, at tandem.Instant) (bool, error) {
	const q = `INSERT INTO idempotency (workspace_id, person_id, route, key, body_hash, status, reply, made) VALUES ($1, $2, $3, $4, '', 0, '', $5) ON CONFLICT DO NOTHING`
	r, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, route, key, at)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}
