package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// A Claim is an event of the outbox that one instance may deliver until its lease is over. Tries counts
// the attempts before this one.
type Claim struct {
	tandem.Event
	ID    int64
	Fence int64
	Tries int64
}

// ClaimEvents takes at most limit events that nobody has, oldest first, for the time of lease in the
// database's own time. An event whose lease passed is given again, with a higher fence.
func (db *DB) ClaimEvents(ctx context.Context, owner string, limit int, lease time.Duration) (out []Claim, err error) {
	defer tandem.Wrap(&err, "claim events")
	const read = `SELECT workspace_id, id, kind, object_id, person_id, at, fence, tries FROM outbox
		WHERE lease_until <= $1 ORDER BY at LIMIT $2`
	const take = `UPDATE outbox SET owner = $1, lease_until = $2, fence = fence + 1 WHERE workspace_id = $3 AND id = $4 AND fence = $5`
	err = db.InTx(ctx, func(tx *Tx) error {
		out = nil
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, read, now, limit)
		free, err := collect(rows, err, func(r *sql.Rows) (c Claim, err error) {
			err = r.Scan(&c.Workspace, &c.ID, &c.Kind, &c.Object, &c.Person, &c.At, &c.Fence, &c.Tries)
			return c, err
		})
		if err != nil {
			return err
		}
		for _, c := range free {
			// Of two that read the same row the second finds another fence.
			n, err := affected(tx.ExecContext(ctx, take, owner, now+micros(lease), c.Workspace, c.ID, c.Fence))
			if err != nil {
				return err
			}
			if n == 1 {
				c.Fence++
				out = append(out, c)
			}
		}
		return nil
	})
	return out, err
}

// FinishEvent takes a delivered event out of the outbox. It belongs into the transaction of the effect:
// where the lease passed to another one it is the error stale, and nothing of the effect stands.
func (tx *Tx) FinishEvent(c Claim) error {
	const q = `DELETE FROM outbox WHERE workspace_id = $1 AND id = $2 AND fence = $3`
	r, err := tx.ExecContext(context.Background(), q, c.Workspace, c.ID, c.Fence)
	return changed(r, err, "event")
}

// PutBackEvent gives an event back that could not be delivered; it is given again after a while. It does
// nothing when the lease passed to another one meanwhile.
func (db *DB) PutBackEvent(ctx context.Context, c Claim, after time.Duration) (err error) {
	defer tandem.Wrap(&err, "put back event")
	const q = `UPDATE outbox SET owner = '', lease_until = $1, tries = tries + 1 WHERE workspace_id = $2 AND id = $3 AND fence = $4`
	return db.InTx(ctx, func(tx *Tx) error {
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, q, now+micros(after), c.Workspace, c.ID, c.Fence)
		return err
	})
}
