package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tandem"
)

// A Tx is an open transaction (on SQLite: a savepoint of one). After a statement error it answers only
// that error, as PostgreSQL does; expected conflicts are written ON CONFLICT DO NOTHING, never caught.
type Tx struct {
	db  *DB
	raw querier
	err error
}

var errNested = errors.New("a transaction inside a transaction")

type inTxKey struct{}

// InTx runs fn in one transaction and returns when it is durable on disk. fn reads, checks and writes
// through tx only, computes nothing heavy, calls nothing outside and may run twice. An error or panic
// of fn rolls back what it did. The context is looked at before fn starts; statements do not get it.
func (db *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.group != nil {
		return db.group.do(ctx, fn)
	}
	return db.inOwnTx(fn)
}

// run calls fn with a panic turned into an error of fn alone.
func (tx *Tx) run(fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in transaction: %v", p)
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.err
}

func (tx *Tx) keep(err error) error {
	if err != nil && tx.err == nil && !errors.Is(err, sql.ErrNoRows) {
		tx.err = err
	}
	return err
}

// ExecContext runs a statement; the context is ignored on purpose.
func (tx *Tx) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	if tx.err != nil {
		return nil, tx.err
	}
	r, err := tx.raw.ExecContext(context.Background(), query, args...)
	return r, tx.keep(err)
}

// QueryContext runs a query; the context is ignored on purpose.
func (tx *Tx) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	if tx.err != nil {
		return nil, tx.err
	}
	r, err := tx.raw.QueryContext(context.Background(), query, args...)
	return r, tx.keep(err)
}

// QueryRowContext runs a query for one row; the context is ignored on purpose.
func (tx *Tx) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	return tx.raw.QueryRowContext(context.Background(), query, args...)
}

// Emit puts an event into the outbox of the transaction.
func (tx *Tx) Emit(e tandem.Event) error {
	const q = `INSERT INTO outbox (workspace_id, id, kind, object_id, person_id, at, owner, lease_until, fence, tries)
		VALUES ($1, $2, $3, $4, $5, $6, '', 0, 0, 0)`
	_, err := tx.ExecContext(context.Background(), q, e.Workspace, tx.db.nextID(), e.Kind, e.Object, e.Person, e.At)
	return err
}
