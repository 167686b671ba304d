package store

import (
	"context"
	"database/sql"
	"errors"

	"tandem"
)

// FirstTime keeps a key of the actor's and tells whether it was new: the second press of one button finds
// it and does nothing. It is written in the transaction of what the press does.
func (h *Handle) FirstTime(ctx context.Context, ws tandem.WorkspaceID, route, key string, at tandem.Instant) (bool, error) {
	return h.TakeKey(ctx, ws, route, key, "", at)
}

// TakeKey is FirstTime for a request, whose body's hash is kept too.
func (h *Handle) TakeKey(ctx context.Context, ws tandem.WorkspaceID, route, key, body string, at tandem.Instant) (bool, error) {
	const q = `INSERT INTO idempotency (workspace_id, person_id, route, key, body_hash, status, reply, made) VALUES ($1, $2, $3, $4, $5, 0, '', $6) ON CONFLICT DO NOTHING`
	r, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, route, key, body, at)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// KeyReply gives the kept answer to a request of the actor's with a key; status 0 while there is none.
func (h *Handle) KeyReply(ctx context.Context, ws tandem.WorkspaceID, route, key string) (body string, r tandem.KeptReply, found bool, err error) {
	const q = `SELECT body_hash, status, reply FROM idempotency WHERE workspace_id = $1 AND person_id = $2 AND route = $3 AND key = $4`
	err = h.q.QueryRowContext(ctx, q, ws, h.actor.Person, route, key).Scan(&body, &r.Status, &r.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return "", r, false, nil
	}
	return body, r, err == nil, err
}

// SetKeyReply keeps the answer to a request with a key.
func (h *Handle) SetKeyReply(ctx context.Context, ws tandem.WorkspaceID, route, key string, r tandem.KeptReply) error {
	const q = `UPDATE idempotency SET status = $5, reply = $6 WHERE workspace_id = $1 AND person_id = $2 AND route = $3 AND key = $4`
	_, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, route, key, r.Status, r.Body)
	return err
}
