package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// What a durable check-in costs: the version of its number, the value, the event.
const (
	benchTouch = `UPDATE metric SET data_version = data_version + 1 WHERE workspace_id = $1 AND id = $2`
	benchValue = `INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source) VALUES ($1, $2, $3, 20000, 1.5, 0, 1)`
	benchEvent = `INSERT INTO outbox (workspace_id, id, kind, object_id, person_id, at, owner, lease_until, fence, tries)
		VALUES ($1, $2, 'observation.logged', $3, 102, $4, '', 0, 0, 0)`
)

// benchWriters wait at once, as people would.
const benchWriters = 256

// BenchmarkCheckIn compares check-ins through InTx with the same statements, prepared, in groups of the
// same size, by the same driver and nothing else. The ratio is ours to raw; at least 0.5 is the aim.
func BenchmarkCheckIn(b *testing.B) {
	var perSecond [2]float64
	b.Run("raw", func(b *testing.B) { benchRaw(b); perSecond[0] = rate(b) })
	b.Run("InTx", func(b *testing.B) {
		benchInTx(b)
		perSecond[1] = rate(b)
		if perSecond[0] > 0 {
			b.ReportMetric(perSecond[1]/perSecond[0], "of-raw")
		}
	})
}

func rate(b *testing.B) float64 {
	r := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(r, "check-ins/s")
	return r
}

// byWriters shares b.N calls of do, numbered from 1, between the writers.
func byWriters(b *testing.B, do func(n int64) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for range benchWriters {
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := do(n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
}

func benchInTx(b *testing.B) {
	db := openFile(b)
	furnish(b, db)
	byWriters(b, func(n int64) error {
		return db.InTx(context.Background(), func(tx *Tx) error {
			if _, err := tx.ExecContext(context.Background(), benchTouch, 101, 103); err != nil {
				return err
			}
			if _, err := tx.ExecContext(context.Background(), benchValue, 101, 103, n); err != nil {
				return err
			}
			_, err := tx.ExecContext(context.Background(), benchEvent, 101, n, 103, n)
			return err
		})
	})
}

func benchRaw(b *testing.B) {
	path := filepath.Join(b.TempDir(), "tandem.db")
	made, err := Open(context.Background(), path, options())
	if err != nil {
		b.Fatal(err)
	}
	furnish(b, made)
	if err := made.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", sqliteDSN(path, true, ""))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	type row struct {
		n    int64
		done chan error
	}
	queue := make(chan row, benchWriters)
	ended := make(chan error, 1)
	go func() {
		var group []row
		for r := range queue {
			group = append(group[:0], r)
		more:
			for len(group) < groupMax {
				select {
				case r, ok := <-queue:
					if !ok {
						break more
					}
					group = append(group, r)
				default:
					break more
				}
			}
			err := rawGroup(db, func(do func(n int64) error) error {
				for _, r := range group {
					if err := do(r.n); err != nil {
						return err
					}
				}
				return nil
			})
			for _, r := range group {
				r.done <- err
			}
		}
		ended <- nil
	}()
	byWriters(b, func(n int64) error {
		r := row{n, make(chan error, 1)}
		queue <- r
		return <-r.done
	})
	close(queue)
	<-ended
}

// rawGroup writes one group in one transaction by statements that are prepared once for it.
func rawGroup(db *sql.DB, each func(do func(n int64) error) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var prepared [3]*sql.Stmt
	for i, text := range []string{benchTouch, benchValue, benchEvent} {
		if prepared[i], err = tx.Prepare(text); err != nil {
			return err
		}
	}
	err = each(func(n int64) error {
		if _, err := prepared[0].Exec(101, 103); err != nil {
			return err
		}
		if _, err := prepared[1].Exec(101, 103, n); err != nil {
			return err
		}
		_, err := prepared[2].Exec(101, n, 103, n)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}
