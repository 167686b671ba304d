package store

import (
	"context"
	"time"

	"tandem"
)

// ClaimJob takes a job that is due for the time of lease, in the database's own time, so that of several
// instances one runs it. A job that nobody has run yet is due at once. ok is false while it is not due or
// somebody else has it. fence rises with every claim: what ends with an older one came too late.
func (db *DB) ClaimJob(ctx context.Context, name, owner string, lease time.Duration) (fence int64, ok bool, err error) {
	defer tandem.Wrap(&err, "claim job")
	const add = `INSERT INTO job (name, due, owner, lease_until, fence, last_run, last_error) VALUES ($1, 0, '', 0, 0, 0, '')
		ON CONFLICT DO NOTHING`
	const take = `UPDATE job SET owner = $1, lease_until = $2, fence = fence + 1 WHERE name = $3 AND due <= $4 AND lease_until <= $4`
	const read = `SELECT fence FROM job WHERE name = $1`
	err = db.InTx(ctx, func(tx *Tx) error {
		fence, ok = 0, false
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, add, name); err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, take, owner, now+micros(lease), name, now)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
		ok = true
		return tx.QueryRowContext(ctx, read, name).Scan(&fence)
	})
	return fence, ok, err
}

// RenewJob lengthens the lease of a job from now on, in the database's own time. ok is false when it is not the
// claimer's any more: given back, or claimed by another one after the lease was over.
func (db *DB) RenewJob(ctx context.Context, name string, fence int64, lease time.Duration) (ok bool, err error) {
	defer tandem.Wrap(&err, "renew job")
	const q = `UPDATE job SET lease_until = $1 WHERE name = $2 AND fence = $3 AND owner <> ''`
	err = db.InTx(ctx, func(tx *Tx) error {
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		n, err := affected(tx.ExecContext(ctx, q, now+micros(lease), name, fence))
		ok = n == 1
		return err
	})
	return ok, err
}

// FinishJob gives a job back; it is due again after a while. problem is why it did not succeed, "" when it
// did. ok is false when the lease had passed to another one meanwhile.
func (db *DB) FinishJob(ctx context.Context, name string, fence int64, next time.Duration, problem string) (ok bool, err error) {
	defer tandem.Wrap(&err, "finish job")
	const q = `UPDATE job SET due = $1, owner = '', lease_until = 0, last_run = $2, last_error = $3 WHERE name = $4 AND fence = $5`
	err = db.InTx(ctx, func(tx *Tx) error {
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, q, now+micros(next), now, problem, name, fence)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		ok = n == 1
		return err
	})
	return ok, err
}

// micros gives a duration in the unit of instants.
func micros(d time.Duration) tandem.Instant { return tandem.Instant(d / time.Microsecond) }
