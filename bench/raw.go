package main

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver of the store
)

// openRaw opens an SQLite file by the driver of the store and nothing else, as durable as it has it.
func openRaw(path string) (*sql.DB, error) {
	const settings = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)"
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+settings)
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// groupMax is how many rows the raw limit takes into one commit: as many as the store does.
const groupMax = 256

// A rawRow waits for the commit that holds it.
type rawRow struct {
	at   int64
	done chan error
}

// rawGroupCommit measures what the disk and the engine give when nothing else is done: writers hand a
// row each to one goroutine, which commits all that wait, synced, and then answers them.
func rawGroupCommit(ctx context.Context, path string, writers int, d time.Duration) (measured, error) {
	db, err := openRaw(path)
	if err != nil {
		return measured{}, err
	}
	defer db.Close()
	const table = `CREATE TABLE IF NOT EXISTS raw (workspace_id BIGINT NOT NULL, metric_id BIGINT NOT NULL, at BIGINT NOT NULL,
		day BIGINT NOT NULL, value DOUBLE PRECISION, state BIGINT NOT NULL, source BIGINT NOT NULL,
		PRIMARY KEY (workspace_id, metric_id, at)) WITHOUT ROWID`
	if _, err := db.ExecContext(ctx, table); err != nil {
		return measured{}, err
	}
	var last atomic.Int64
	last.Store(time.Now().UnixMicro())
	rows := make(chan rawRow)
	committer := make(chan error, 1)
	go func() { committer <- commitGroups(ctx, db, rows) }()

	tallies := make([]tally, writers)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range tallies {
		wg.Go(func() {
			t := &tallies[i]
			t.failures = map[string]int64{}
			row := rawRow{done: make(chan error, 1)}
			for ctx.Err() == nil && time.Since(start) < d {
				t.sent++
				began := time.Now()
				row.at = last.Add(1)
				rows <- row
				if <-row.done != nil {
					t.failures["commit"]++
					continue
				}
				t.took = append(t.took, time.Since(began))
			}
		})
	}
	wg.Wait()
	took := time.Since(start)
	close(rows)
	return summarise(tallies, took), <-committer
}

// commitGroups is the writing goroutine of the raw limit. After an error it answers all with it.
func commitGroups(ctx context.Context, db *sql.DB, rows <-chan rawRow) (err error) {
	const insert = `INSERT INTO raw (workspace_id, metric_id, at, day, value, state, source) VALUES (1, 1, ?, ?, ?, 0, 1)`
	stmt, err := db.PrepareContext(ctx, insert)
	for first := range rows {
		group := []rawRow{first}
	more:
		for len(group) < groupMax {
			select {
			case row, open := <-rows:
				if !open {
					break more
				}
				group = append(group, row)
			default:
				break more
			}
		}
		if err == nil {
			err = commitGroup(ctx, db, stmt, group)
		}
		for _, row := range group {
			row.done <- err
		}
	}
	return err
}

func commitGroup(ctx context.Context, db *sql.DB, stmt *sql.Stmt, group []rawRow) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	in := tx.StmtContext(ctx, stmt)
	defer in.Close()
	for i, row := range group {
		if _, err := in.ExecContext(ctx, row.at, row.at/microsADay, float64(i)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

const microsADay = 24 * 60 * 60 * 1_000_000

// A key is what the values of a number lie under.
type key struct{ workspace, metric int64 }

// rawDashboard measures the query that a page with these numbers cannot do without, runs times: the last
// 90 points of each, nothing done with them. It gives the time of each run.
func rawDashboard(ctx context.Context, path string, keys []key, runs int) (took []time.Duration, err error) {
	db, err := openRaw(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	const points = `SELECT at, value FROM observation WHERE workspace_id = ? AND metric_id = ? ORDER BY at DESC LIMIT 90`
	stmt, err := db.PrepareContext(ctx, points)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	for range runs {
		began := time.Now()
		for _, k := range keys {
			if err := readPoints(ctx, stmt, k); err != nil {
				return nil, err
			}
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return took, nil
}

func readPoints(ctx context.Context, stmt *sql.Stmt, k key) error {
	rows, err := stmt.QueryContext(ctx, k.workspace, k.metric)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		var value sql.NullFloat64
		if err := rows.Scan(&at, &value); err != nil {
			return err
		}
	}
	return rows.Err()
}
