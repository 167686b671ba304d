package main

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// keys gives what the values of the numbers lie under, the oldest number first. Nobody may write meanwhile.
func keys(ctx context.Context, path string) (found []key, err error) {
	db, err := openRaw(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	const metrics = `SELECT workspace_id, id FROM metric ORDER BY id`
	rows, err := db.QueryContext(ctx, metrics)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k key
		if err := rows.Scan(&k.workspace, &k.metric); err != nil {
			return nil, err
		}
		found = append(found, k)
	}
	return found, rows.Err()
}

// fill gives each number count values, step apart, the last one an hour ago, by the engine alone: ten
// million values would take the API an hour. The server must not run. The values rise from 40 to 60 and
// scatter by up to 10, rounded to tenths; their days are those of UTC.
func fill(ctx context.Context, path string, to []key, count int, step time.Duration) (err error) {
	db, err := openRaw(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	const values = `INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source)
		WITH RECURSIVE n (i, at) AS (SELECT 0, ?3 - (?4 - 1) * ?5 UNION ALL SELECT i + 1, at + ?5 FROM n WHERE i + 1 < ?4)
		SELECT ?1, ?2, at, at / 86400000000, round(40 + 20.0 * i / ?4 + (i * 7919 % 97) / 9.7, 1), 0, 1 FROM n`
	const touch = `UPDATE metric SET data_version = data_version + 1 WHERE workspace_id = ?1 AND id = ?2`
	last := time.Now().Add(-time.Hour).UnixMicro()
	for _, k := range to {
		if err := inTx(ctx, db, func(tx *sql.Tx) error {
			_, err1 := tx.ExecContext(ctx, values, k.workspace, k.metric, last, count, step.Microseconds())
			_, err2 := tx.ExecContext(ctx, touch, k.workspace, k.metric)
			return errors.Join(err1, err2)
		}); err != nil {
			return err
		}
	}
	const merge = `PRAGMA wal_checkpoint(TRUNCATE)`
	_, err = db.ExecContext(ctx, merge)
	return err
}

func inTx(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A stored is what a database holds.
type stored struct {
	values int64 // plain ones
	bytes  int64 // of the pages that hold them
	all    int64 // of all pages in use
}

// count reads it, also beside a running server.
func count(ctx context.Context, path string) (s stored, err error) {
	db, err := openRaw(path)
	if err != nil {
		return s, err
	}
	defer db.Close()
	const values = `SELECT count(*) FROM observation`
	const own = `SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = 'observation'`
	const pages = `SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s`
	err = errors.Join(db.QueryRowContext(ctx, values).Scan(&s.values), db.QueryRowContext(ctx, own).Scan(&s.bytes), db.QueryRowContext(ctx, pages).Scan(&s.all))
	return s, err
}
