package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// A reader reads committed data outside a transaction. A PostgreSQL server that cannot be reached or goes
// away is told as writes tell it, so that a restart of the database is a moment's wait for readers too and
// no fault of the program.
type reader struct{ pool *sql.DB }

func (db *DB) reads() reader { return reader{db.read} }

// ExecContext runs a statement.
func (r reader) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	done, err := r.pool.ExecContext(ctx, query, args...)
	return done, away(err)
}

// QueryContext runs a query. That the server goes away while rows are read is told by collect.
func (r reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := r.pool.QueryContext(ctx, query, args...)
	return rows, away(err)
}

// QueryRowContext runs a query for one row.
func (r reader) QueryRowContext(ctx context.Context, query string, args ...any) row {
	return toldRow{r.pool.QueryRowContext(ctx, query, args...)}
}

type toldRow struct{ raw *sql.Row }

func (r toldRow) Scan(dest ...any) error { return away(r.raw.Scan(dest...)) }

func (r toldRow) Err() error { return away(r.raw.Err()) }

// away turns what PostgreSQL and the way to it answer a reader into errors that people can be told, see
// outside. An error of SQLite stays as it is, and so does a reader who is gone or took too long.
func away(err error) error {
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	if errors.As(err, &pg) || errors.As(err, &connect) {
		return outside(err)
	}
	if disconnected(err) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return outside(err)
	}
	return err
}
