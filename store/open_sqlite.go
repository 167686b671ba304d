package store

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
)

const readers = 4

// sqliteDSN names the file with the settings of a writing or a reading connection.
func sqliteDSN(path string, write bool) string {
	q := url.Values{}
	add := func(pragma string) { q.Add("_pragma", pragma) }
	add("busy_timeout(5000)")
	add("journal_mode(WAL)")
	add("synchronous(FULL)")
	add("foreign_keys(1)")
	if write {
		add("cache_size(-16000)")
		q.Set("_txlock", "immediate")
	} else {
		add("cache_size(-4000)")
		add("query_only(1)")
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func (db *DB) openSQLite(ctx context.Context, path string) (err error) {
	db.dialect = dialectSQLite
	if db.write, err = sql.Open("sqlite", sqliteDSN(path, true)); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err = db.write.PingContext(ctx); err != nil {
		return err
	}
	if db.read, err = sql.Open("sqlite", sqliteDSN(path, false)); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	return nil
}
