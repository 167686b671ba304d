// Package store keeps everything on disk: one SQL text for SQLite and PostgreSQL. All reading and
// writing of a workspace goes through For(actor), so that no caller can forget who asks.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"tandem"
)

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect dialect
	write   *sql.DB    // SQLite: one connection; PostgreSQL: the pool
	read    *sql.DB    // SQLite: query_only connections; PostgreSQL: the same pool
	group   *committer // SQLite
	now     func() time.Time
	ids     *tandem.IDs

	path    string                       // SQLite: of the file
	lock    *os.File                     // SQLite, exclusive: held while open
	refusal atomic.Pointer[tandem.Error] // why this process does not write at all
	trouble atomic.Pointer[tandem.Error] // why the last write met the disk's limits; nil after one that did not
	waiting atomic.Int64                 // PostgreSQL: callers that wait for a connection
}

// Options are what Open needs from outside.
//
// Exclusive takes the lock of a serving process on an SQLite file; local administration leaves it out
// and works beside one. AllowNetworkFS opens an SQLite file on a file system whose locks may not hold.
type Options struct {
	Now            func() time.Time
	Rand           func() uint64
	Exclusive      bool
	AllowNetworkFS bool
}

// Open opens dsn, a file path for SQLite or a postgres:// URL, and brings its schema up to date.
//
// A file that is damaged, empty where data was, of another program or written by a newer version is
// refused with KindStorage and left as it is; one that another process serves with a RunningError. On a
// disk that cannot be written it opens for reading, see Health.
func Open(ctx context.Context, dsn string, o Options) (_ *DB, err error) {
	defer tandem.Wrap(&err, "open database")
	db := &DB{now: o.Now, ids: tandem.NewIDs(o.Now, o.Rand)}
	if postgresDSN(dsn) {
		err = db.openPostgres(ctx, dsn)
	} else {
		err = db.openSQLite(ctx, dsn, o)
	}
	if err == nil {
		err = db.migrate(ctx)
	}
	if err == nil && db.dialect == dialectSQLite && db.refusal.Load() == nil {
		db.group, err = startCommitter(ctx, db)
	}
	if err == nil {
		err = db.ensureInstance(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func postgresDSN(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close ends all connections when what waits is written; what was acknowledged is on disk already.
func (db *DB) Close() error {
	var errs []error
	if db.group != nil {
		errs = append(errs, db.group.stop())
	}
	if db.read != nil && db.read != db.write {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil {
		errs = append(errs, db.write.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	return errors.Join(errs...)
}

// Postgres tells whether the database is PostgreSQL, which several instances may share.
func (db *DB) Postgres() bool { return db.dialect == dialectPostgres }

// IDs gives the maker of ids of this database.
func (db *DB) IDs() *tandem.IDs { return db.ids }

// nextID gives a fresh id for a row of any noun.
func (db *DB) nextID() int64 {
	var next func(*tandem.IDs) tandem.BatchID = tandem.NewID
	return int64(next(db.ids))
}

// A querier runs statements: a reader or an open transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) row
}

// A lister gives rows: a querier, or the driver's own transaction.
type lister interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// A row is one row that was asked for, or why there is none.
type row interface {
	Scan(dest ...any) error
	Err() error
}

// A Handle reads, and inside a transaction writes, on behalf of one actor. Every method names the
// workspace, and what the actor may not see does not exist for it.
type Handle struct {
	q     querier
	actor tandem.Actor
	db    *DB
	tx    *Tx // nil: reads only
}

// For gives a handle that reads committed data for actor a. A cancelled context cancels its query.
func (db *DB) For(a tandem.Actor) *Handle { return &Handle{q: db.reads(), actor: a, db: db} }

// For gives a handle that reads and writes inside the transaction. Its statements ignore the caller's
// context: a cancelled statement would take the whole group of commits with it.
func (tx *Tx) For(a tandem.Actor) *Handle { return &Handle{q: tx, actor: a, db: tx.db, tx: tx} }

// collect reads all rows with scan.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) (out []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, away(rows.Err())
}

// notFound turns an absent row into the NotFound error of a noun.
func notFound(err error, noun string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return tandem.NotFound(noun)
	}
	return err
}

// changed wants exactly one row to have been changed by an UPDATE that names the version which was
// read; none means that somebody was faster.
func changed(r sql.Result, err error, noun string) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err != nil {
		return err
	}
	if n != 1 {
		return &tandem.Error{Kind: tandem.KindStale, Code: "stale", Args: tandem.Args{"noun": noun}}
	}
	return nil
}

func nullDay(d tandem.Day) any {
	if d == tandem.NoDay {
		return nil
	}
	return int64(d)
}

// A day reads a nullable day column into d.
type day struct{ d *tandem.Day }

// Scan implements sql.Scanner.
func (s day) Scan(v any) error {
	switch x := v.(type) {
	case nil:
		*s.d = tandem.NoDay
	case int64:
		*s.d = tandem.Day(x)
	default:
		return fmt.Errorf("day column holds %T", v)
	}
	return nil
}
