package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"tandem"
)

// An engine is what runs a transaction's statements: a connection that has one open, or the driver's own.
type engine interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// A Tx is an open transaction (on SQLite: a savepoint of one). After a statement error it answers only
// that error, as PostgreSQL does; expected conflicts are written ON CONFLICT DO NOTHING, never caught.
type Tx struct {
	db   *DB
	raw  engine
	err  error
	read []*sql.Rows // given out; closed at the end, so that none holds the connection
}

var (
	errNested = errors.New("a transaction inside a transaction")
	errExited = errors.New("the function ended its goroutine inside a transaction")
	errClosed = errors.New("the database is closed")
)

// How often a transaction that met another one runs again on PostgreSQL, and how many may wait for a
// connection before callers are told to come back later.
const (
	postgresTries   = 5
	postgresWaiting = 1024
)

// InTx runs fn in one transaction and returns when it is durable on disk. fn reads, checks and writes
// through tx only, computes nothing heavy, calls nothing outside and may run twice. An error or panic
// of fn rolls back what it did. The context is looked at before fn starts; statements do not get it.
//
// A queue that is full answers KindBusy at once; a disk that is full or read-only KindStorage.
func (db *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	if insideTx() {
		return errNested
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if e := db.refusal.Load(); e != nil {
		return e
	}
	if db.group != nil {
		return db.group.do(ctx, fn)
	}
	return db.inOwnTx(ctx, fn)
}

// insideTx tells whether the caller runs inside a transaction, by looking for Tx.run among the functions
// that called it. A function inside a transaction holds no context that could tell, and on SQLite waiting
// for itself would stop all writing. It takes some microseconds on a deep stack.
func insideTx() bool {
	run := reflect.ValueOf((*Tx).run).Pointer()
	var at [64]uintptr
	for skip := 2; ; skip += len(at) {
		n := runtime.Callers(skip, at[:])
		for _, pc := range at[:n] {
			if f := runtime.FuncForPC(pc); f != nil && f.Entry() == run {
				return true
			}
		}
		if n < len(at) {
			return false
		}
	}
}

// inOwnTx runs fn in a transaction of its own, again when it met another one.
func (db *DB) inOwnTx(ctx context.Context, fn func(*Tx) error) (err error) {
	if db.waiting.Add(1) > postgresWaiting {
		db.waiting.Add(-1)
		return busy(nil)
	}
	c, err := db.write.Conn(ctx)
	db.waiting.Add(-1)
	if err != nil {
		return outside(err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	for try := 1; ; try++ {
		err = db.once(c, fn)
		if !retryable(err) || try > postgresTries {
			return db.told(err)
		}
		pause := time.Duration(1+rand.IntN(20<<try)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (db *DB) once(c *sql.Conn, fn func(*Tx) error) error {
	raw, err := c.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // fn ended its goroutine
			_ = raw.Rollback()
		}
	}()
	tx := &Tx{db: db, raw: raw}
	err = tx.run(fn)
	done = true
	if err != nil {
		// The connection may be gone, and then the server has rolled back already.
		_ = raw.Rollback()
		return err
	}
	return raw.Commit()
}

// told turns the error of a transaction into what callers may see and keeps the state of the disk.
func (db *DB) told(err error) error {
	err = outside(err)
	var e *tandem.Error
	switch {
	case err == nil:
		db.trouble.Store(nil)
	case errors.As(err, &e) && e.Kind == tandem.KindStorage:
		db.trouble.Store(e)
	}
	return err
}

// Health gives nil while writing works, else the KindStorage error that writes meet: for a banner on
// every page and for readiness. Reads go on in any case.
func (db *DB) Health() error {
	for _, p := range []*atomic.Pointer[tandem.Error]{&db.refusal, &db.trouble} {
		if e := p.Load(); e != nil {
			return e
		}
	}
	return nil
}

// run calls fn with a panic turned into an error of fn alone. It is never inlined: insideTx looks for it.
//
//go:noinline
func (tx *Tx) run(fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in transaction: %v\n%s", p, debug.Stack())
		}
		for _, r := range tx.read {
			_ = r.Close()
		}
		if tx.err == nil {
			tx.err = sql.ErrTxDone
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.err
}

func (tx *Tx) keep(err error) error {
	if err != nil && tx.err == nil {
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
	if err == nil {
		tx.read = append(tx.read, r)
	}
	return r, tx.keep(err)
}

// QueryRowContext runs a query for one row; the context is ignored on purpose.
func (tx *Tx) QueryRowContext(_ context.Context, query string, args ...any) row {
	if tx.err != nil {
		return tx.raw.QueryRowContext(over{context.Background(), tx.err}, query, args...)
	}
	r := tx.raw.QueryRowContext(context.Background(), query, args...)
	_ = tx.keep(r.Err())
	return r
}

// over is a context that ended with err: the only way to make an *sql.Row that answers an error.
type over struct {
	context.Context
	err error
}

// Done is closed from the start.
func (over) Done() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// Err gives the error.
func (o over) Err() error { return o.err }

// Emit puts an event into the outbox of the transaction.
func (tx *Tx) Emit(e tandem.Event) error {
	const q = `INSERT INTO outbox (workspace_id, id, kind, object_id, person_id, at, owner, lease_until, fence, tries)
		VALUES ($1, $2, $3, $4, $5, $6, '', 0, 0, 0)`
	_, err := tx.ExecContext(context.Background(), q, e.Workspace, tx.db.nextID(), e.Kind, e.Object, e.Person, e.At)
	return err
}
