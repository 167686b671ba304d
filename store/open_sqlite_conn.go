package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"

	"modernc.org/sqlite"
)

// maxStmts bounds the prepared statements of one connection; the house has some 300 texts.
const maxStmts = 512

// pool opens a connection pool whose connections prepare each text once and report every error of the
// engine to seen, also those that come while rows are read.
func pool(dsn string, conns int, seen func(error)) (*sql.DB, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	p := sql.OpenDB(&connector{Connector: base, seen: seen})
	p.SetMaxOpenConns(conns)
	p.SetMaxIdleConns(conns)
	return p, nil
}

type connector struct {
	driver.Connector
	seen func(error)
}

// Connect opens a connection.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	raw, err := c.Connector.Connect(ctx)
	if err != nil {
		c.seen(err)
		return nil, err
	}
	base, ok := raw.(sqliteConn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver lacks an interface"), raw.Close())
	}
	return &conn{sqliteConn: base, seen: c.seen, stmts: map[string]*stmt{}}, nil
}

// sqliteConn is what the driver's connection offers.
type sqliteConn interface {
	driver.Conn
	driver.Pinger
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// conn keeps prepared statements by their text. database/sql calls it from one goroutine at a time.
type conn struct {
	sqliteConn
	seen  func(error)
	stmts map[string]*stmt
}

type stmt struct {
	driver.StmtExecContext
	driver.StmtQueryContext
	close func() error
	busy  bool // its rows are being read
}

// prepared gives the statement of query, nil when it should run unprepared: a text that is run once in a
// while, or one whose rows are still open.
func (c *conn) prepared(ctx context.Context, query string) (*stmt, error) {
	s := c.stmts[query]
	if s != nil && !s.busy {
		return s, nil
	}
	if s != nil || !worthKeeping(query) {
		return nil, nil
	}
	raw, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	exec, can1 := raw.(driver.StmtExecContext)
	ask, can2 := raw.(driver.StmtQueryContext)
	if !can1 || !can2 {
		return nil, raw.Close()
	}
	if len(c.stmts) >= maxStmts {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	s = &stmt{StmtExecContext: exec, StmtQueryContext: ask, close: raw.Close}
	c.stmts[query] = s
	return s, nil
}

func worthKeeping(query string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch word {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT":
		return true
	}
	return false
}

// forget closes the statements that are not being read.
func (c *conn) forget() error {
	var errs []error
	for text, s := range c.stmts {
		if !s.busy {
			errs = append(errs, s.close())
			delete(c.stmts, text)
		}
	}
	return errors.Join(errs...)
}

// ExecContext runs a statement.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (r driver.Result, err error) {
	defer func() { c.seen(err) }()
	s, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext runs a query.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (r driver.Rows, err error) {
	defer func() { c.seen(err) }()
	s, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	var raw driver.Rows
	if s == nil {
		raw, err = c.sqliteConn.QueryContext(ctx, query, args)
	} else {
		raw, err = s.QueryContext(ctx, args)
	}
	if err != nil {
		return nil, err
	}
	if s != nil {
		s.busy = true
	}
	return &rows{Rows: raw, of: s, seen: c.seen}, nil
}

// Close ends the connection.
func (c *conn) Close() error {
	for _, s := range c.stmts {
		s.busy = false
	}
	return errors.Join(c.forget(), c.sqliteConn.Close())
}

type rows struct {
	driver.Rows
	of   *stmt // nil: unprepared
	seen func(error)
}

// Next reads the next row.
func (r *rows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err != nil && err != io.EOF {
		r.seen(err)
	}
	return err
}

// Close gives the statement back.
func (r *rows) Close() error {
	err := r.Rows.Close()
	if r.of != nil {
		r.of.busy = false
	}
	return err
}
