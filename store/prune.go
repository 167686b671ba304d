package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// How long is kept what is of no use any more: a reply for a repeated request, a session that nobody has
// used, events that all have seen, counters of tries.
const (
	keepReplies  = 30 * 24 * time.Hour
	keepSessions = 30 * 24 * time.Hour
	keepEvents   = 30 * 24 * time.Hour
	keepTries    = 24 * time.Hour
	keepMails    = 60 * 24 * time.Hour
)

// pruneGroup is how many rows one transaction deletes, so that writers in between do not wait.
const pruneGroup = 500

// Prune deletes what has run out, at most limit rows, and tells how many: kept replies, sessions, sign-in
// links, counters of tries, events, mails that were sent and links in them. It is safe beside anything else.
func (db *DB) Prune(ctx context.Context, limit int) (n int, err error) {
	defer tandem.Wrap(&err, "prune")
	const replies = `DELETE FROM idempotency WHERE (workspace_id, person_id, route, key) IN
		(SELECT workspace_id, person_id, route, key FROM idempotency WHERE made <= $1 LIMIT $2)`
	const sessions = `DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE ends <= $1 OR seen <= $2 LIMIT $3)`
	const links = `DELETE FROM signin_link WHERE hash IN (SELECT hash FROM signin_link WHERE ends <= $1 LIMIT $2)`
	const tries = `DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE since <= $1 AND next_at <= $2 LIMIT $3)`
	const events = `DELETE FROM outbox WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM outbox WHERE at <= $1 ORDER BY at LIMIT $2)`
	const mails = `DELETE FROM mail WHERE (person_id, kind, week) IN (SELECT person_id, kind, week FROM mail WHERE state <> 'queued' AND done <= $1 LIMIT $2)`
	const mailLinks = `DELETE FROM mail_link WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM mail_link WHERE ends <= $1 LIMIT $2)`
	now := tandem.InstantOf(db.now())
	for _, drop := range []func(*Tx, int) (int64, error){
		func(tx *Tx, most int) (int64, error) {
			return affected(tx.ExecContext(ctx, replies, now-micros(keepReplies), most))
		},
		func(tx *Tx, most int) (int64, error) {
			return affected(tx.ExecContext(ctx, sessions, now, now-micros(keepSessions), most))
		},
		func(tx *Tx, most int) (int64, error) { return affected(tx.ExecContext(ctx, links, now, most)) },
		func(tx *Tx, most int) (int64, error) {
			return affected(tx.ExecContext(ctx, tries, now-micros(keepTries), now, most))
		},
		func(tx *Tx, most int) (int64, error) {
			return affected(tx.ExecContext(ctx, events, now-micros(keepEvents), most))
		},
		func(tx *Tx, most int) (int64, error) {
			return affected(tx.ExecContext(ctx, mails, now-micros(keepMails), most))
		},
		func(tx *Tx, most int) (int64, error) { return affected(tx.ExecContext(ctx, mailLinks, now, most)) },
	} {
		for n < limit {
			gone, group := int64(0), min(pruneGroup, limit-n)
			err := db.InTx(ctx, func(tx *Tx) (err error) {
				gone, err = drop(tx, group)
				return err
			})
			if err != nil {
				return n, err
			}
			n += int(gone)
			if gone < int64(group) {
				break
			}
		}
	}
	return n, nil
}

// affected gives how many rows a statement changed.
func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
