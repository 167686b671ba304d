package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tandem"
)

// A dialect is one of the two engines. This file and the open_*.go files hold every difference.
type dialect uint8

const (
	dialectSQLite dialect = iota
	dialectPostgres
)

func (d dialect) goose() goose.Dialect {
	if d == dialectPostgres {
		return goose.DialectPostgres
	}
	return goose.DialectSQLite3
}

// foreignFiles names the migrations that are for the other engine alone.
func (d dialect) foreignFiles(fsys fs.FS) ([]string, error) {
	if d == dialectPostgres {
		return fs.Glob(fsys, "*.sqlite.sql")
	}
	return fs.Glob(fsys, "*.postgres.sql")
}

// clock gives the database's own time, the only clock that leases are compared with.
func (d dialect) clock(ctx context.Context, q querier) (at tandem.Instant, err error) {
	const sqliteClock = `SELECT CAST(unixepoch('subsec') * 1000000 AS BIGINT)`
	const postgresClock = `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)`
	if d == dialectPostgres {
		err = q.QueryRowContext(ctx, postgresClock).Scan(&at)
	} else {
		err = q.QueryRowContext(ctx, sqliteClock).Scan(&at)
	}
	return at, err
}

// retryable tells whether the whole transaction may succeed when it runs again: a serialisation
// failure or a deadlock. Nothing of it was done.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// duplicate tells whether err says that a unique index holds such a row already. It is for an UPDATE, which
// knows no ON CONFLICT, of two at once on PostgreSQL; on SQLite nobody comes between looking and writing.
func duplicate(err error, index string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505" && pg.ConstraintName == index
}

// sqliteCode gives the extended result code of an SQLite error, 0 for any other.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// Codes of KindStorage errors that come and go while the program runs.
const (
	codeDiskFull = "disk_full"
	codeReadOnly = "read_only"
)

// codeAway is the KindBusy error of a PostgreSQL server that is stopped, starts or cannot be reached.
const codeAway = "database_away"

// outside turns an engine's error into one that people can be told: a full disk, a disk that cannot be
// written, a database that is busy. Any other error stays as it is.
func outside(err error) error {
	if err == nil || tandem.KindOf(err) != tandem.KindInternal {
		return err
	}
	kind, code := classify(err)
	if code == "" {
		return err
	}
	return &tandem.Error{Kind: kind, Code: code, Cause: err}
}

func classify(err error) (tandem.Kind, string) {
	switch c := sqliteCode(err); {
	case c == sqlite3.SQLITE_IOERR_READ || c == sqlite3.SQLITE_IOERR_SHORT_READ:
		return 0, ""
	case c&0xff == sqlite3.SQLITE_FULL, c&0xff == sqlite3.SQLITE_IOERR:
		// A limit on the file's size gives an I/O error instead of "full".
		return tandem.KindStorage, codeDiskFull
	case c&0xff == sqlite3.SQLITE_READONLY, damaged(err):
		return tandem.KindStorage, codeReadOnly
	case c&0xff == sqlite3.SQLITE_BUSY:
		return tandem.KindBusy, "busy"
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		if disconnected(err) {
			return tandem.KindBusy, codeAway
		}
		return 0, ""
	}
	switch {
	case pg.Code == "53100":
		return tandem.KindStorage, codeDiskFull
	case pg.Code == "25006":
		return tandem.KindStorage, codeReadOnly
	case strings.HasPrefix(pg.Code, "57P"), strings.HasPrefix(pg.Code, "08"):
		return tandem.KindBusy, codeAway
	case pg.Code == "53300", retryable(err):
		return tandem.KindBusy, "busy"
	}
	return 0, ""
}

// disconnected tells whether err says that the server cannot be reached or went away. Whether a commit
// that ended so stands is unknown: callers that try again need a key.
func disconnected(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || connClosed(err)
}

// connClosed tells whether err is the driver's own, of a connection that ended before. Its type has no name
// outside, and the same type says "conn busy", which would be a fault of ours.
func connClosed(err error) bool {
	return pgconn.SafeToRetry(err) && strings.HasSuffix(err.Error(), "conn closed")
}

// damaged tells whether err says that the file itself is broken.
func damaged(err error) bool {
	c := sqliteCode(err) & 0xff
	return c == sqlite3.SQLITE_CORRUPT || c == sqlite3.SQLITE_NOTADB
}

// bytewise is the collation that orders text by its bytes, whatever the locale of a cluster.
const bytewise = ` COLLATE "C"`

// text gives a text of the table tables as this engine takes it: SQLite orders by bytes unasked and knows
// no collation of that name.
func (d dialect) text(of string) string {
	if d == dialectSQLite {
		return strings.ReplaceAll(of, bytewise, "")
	}
	return of
}

// rowsOf and rowOf run a text out of one of the tables of constants (tables, orphans), and put writes by one.
func rowsOf(ctx context.Context, q lister, text string) (*sql.Rows, error) {
	return q.QueryContext(ctx, text)
}

func rowOf(ctx context.Context, q querier, text string) row { return q.QueryRowContext(ctx, text) }

func put(ctx context.Context, q querier, text string, args []any) error {
	_, err := q.ExecContext(ctx, text, args...)
	return err
}
