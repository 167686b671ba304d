package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/tandemtest"
)

// putKey writes one row by key.
func putKey(tx *Tx, key string) error { return putCtx(context.Background(), tx, key) }

func putCtx(ctx context.Context, tx *Tx, key string) error {
	const q = `INSERT INTO throttle (key, count, since, next_at) VALUES ($1, 1, 0, 0)`
	_, err := tx.ExecContext(ctx, q, key)
	return err
}

// keys gives what is stored.
func keys(t testing.TB, db *DB) []string {
	t.Helper()
	rows, err := db.read.QueryContext(context.Background(), `SELECT key FROM throttle`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var k string
		if err := rows.Scan(&k); err != nil {
			t.Fatal(err)
		}
		out = append(out, k)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// grouped runs fns so that they fall into one group of commits, in their order, and gives their errors.
func grouped(t testing.TB, db *DB, ctxs []context.Context, fns ...func(*Tx) error) []error {
	t.Helper()
	hold, held := make(chan struct{}), make(chan struct{})
	go func() {
		_ = db.InTx(context.Background(), func(*Tx) error { close(held); <-hold; return nil })
	}()
	<-held
	errs := make([]error, len(fns))
	var all sync.WaitGroup
	for i, fn := range fns {
		ctx := context.Background()
		if i < len(ctxs) && ctxs[i] != nil {
			ctx = ctxs[i]
		}
		all.Go(func() { errs[i] = db.InTx(ctx, fn) })
		for len(db.group.queue) != i+1 {
			time.Sleep(100 * time.Microsecond)
		}
	}
	close(hold)
	all.Wait()
	return errs
}

func TestACancelledContextTouchesOnlyItsOwnFunction(t *testing.T) {
	db := openFile(t)
	ctx, cancel := context.WithCancel(context.Background())
	before, cancelBefore := context.WithCancel(context.Background())
	errs := grouped(t, db, []context.Context{nil, ctx, before},
		func(tx *Tx) error { defer cancelBefore(); return putKey(tx, "first") },
		func(tx *Tx) error {
			cancel() // in the middle: the function runs to its end and its statements do not notice
			return errors.Join(putCtx(ctx, tx, "cancelled a"), putCtx(ctx, tx, "cancelled b"))
		},
		func(tx *Tx) error { return putKey(tx, "never started") },
		func(tx *Tx) error { return putKey(tx, "last") },
	)
	if errs[0] != nil || errs[1] != nil || !errors.Is(errs[2], context.Canceled) || errs[3] != nil {
		t.Errorf("errors %v", errs)
	}
	if got := keys(t, db); !slices.Equal(got, []string{"cancelled a", "cancelled b", "first", "last"}) {
		t.Errorf("stored %q", got)
	}
}

func TestAnErrorOrPanicRollsBackItsOwnFunctionAlone(t *testing.T) {
	db := openFile(t)
	mine := errors.New("mine")
	errs := grouped(t, db, nil,
		func(tx *Tx) error { return putKey(tx, "first") },
		func(tx *Tx) error { _ = putKey(tx, "erred"); return mine },
		func(tx *Tx) error { _ = putKey(tx, "panicked"); panic("at once") },
		func(tx *Tx) error {
			rows, err := tx.QueryContext(context.Background(), `SELECT key FROM throttle`)
			if err != nil || !rows.Next() {
				return errors.New("no row")
			}
			panic("with open rows")
		},
		func(tx *Tx) error { return putKey(tx, "last") },
	)
	if errs[0] != nil || !errors.Is(errs[1], mine) || errs[4] != nil {
		t.Errorf("errors %v", errs)
	}
	for _, i := range []int{2, 3} {
		if errs[i] == nil || !strings.Contains(errs[i].Error(), "panic in transaction") {
			t.Errorf("a panic came back as %v", errs[i])
		}
	}
	if got := keys(t, db); !slices.Equal(got, []string{"first", "last"}) {
		t.Errorf("stored %q", got)
	}
}

func TestAFunctionThatEndsItsGoroutineStopsNobody(t *testing.T) {
	db := openFile(t)
	errs := grouped(t, db, nil,
		func(tx *Tx) error { return putKey(tx, "first") },
		func(tx *Tx) error { _ = putKey(tx, "exited"); runtime.Goexit(); return nil },
		func(tx *Tx) error { return putKey(tx, "last") },
	)
	if errs[0] != nil || !errors.Is(errs[1], errExited) || errs[2] != nil {
		t.Errorf("errors %v", errs)
	}
	write(t, db, func(tx *Tx) error { return putKey(tx, "later") })
	if got := keys(t, db); !slices.Equal(got, []string{"first", "last", "later"}) {
		t.Errorf("stored %q", got)
	}
}

func TestAfterAStatementErrorTheTransactionAnswersOnlyThatError(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		var first, exec, query, row error
		err := db.InTx(context.Background(), func(tx *Tx) error {
			_ = putKey(tx, "same")
			first = putKey(tx, "same")
			exec = putKey(tx, "other")
			_, query = tx.QueryContext(context.Background(), `SELECT 1`)
			var n int
			row = tx.QueryRowContext(context.Background(), `SELECT 1`).Scan(&n)
			return nil // swallowing it does not help
		})
		if first == nil || err == nil {
			t.Fatalf("a doubled key gave %v, its transaction %v", first, err)
		}
		for what, e := range map[string]error{"exec": exec, "query": query, "row": row, "commit": err} {
			if !errors.Is(e, first) {
				t.Errorf("%s answers %v instead of %v", what, e, first)
			}
		}
		if got := keys(t, db); len(got) != 0 {
			t.Errorf("stored %q", got)
		}
	})
}

func TestAnErrorOfARowQueryIsKeptToo(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		err := db.InTx(context.Background(), func(tx *Tx) error {
			if err := putKey(tx, "same"); err != nil {
				return err
			}
			const q = `INSERT INTO throttle (key, count, since, next_at) VALUES ($1, 1, 0, 0) RETURNING count`
			_ = tx.QueryRowContext(context.Background(), q, "same")
			return nil
		})
		if err == nil || len(keys(t, db)) != 0 {
			t.Errorf("got %v, stored %q", err, keys(t, db))
		}
	})
}

func TestATransactionInsideATransactionIsRefusedAtOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		var inner error
		done := make(chan error, 1)
		go func() {
			done <- db.InTx(context.Background(), func(tx *Tx) error {
				inner = db.InTx(context.Background(), func(tx *Tx) error { return putKey(tx, "inner") })
				return putKey(tx, "outer")
			})
		}()
		select {
		case err := <-done:
			if err != nil || !errors.Is(inner, errNested) {
				t.Errorf("outer %v, inner %v", err, inner)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("it waits for itself")
		}
		write(t, db, func(tx *Tx) error { return putKey(tx, "after") })
		if got := keys(t, db); !slices.Equal(got, []string{"after", "outer"}) {
			t.Errorf("stored %q", got)
		}
	})
}

func TestATransactionIsOverWhenItsFunctionReturned(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		var kept *Tx
		write(t, db, func(tx *Tx) error { kept = tx; return nil })
		if err := putKey(kept, "late"); err == nil {
			t.Error("a transaction took a statement after its end")
		}
	})
}

// limitPages lets the file grow by more pages only, as a full disk would.
func limitPages(t *testing.T, db *DB, more int) {
	t.Helper()
	write(t, db, func(tx *Tx) error {
		var pages, limit int
		if err := tx.QueryRowContext(context.Background(), `PRAGMA page_count`).Scan(&pages); err != nil {
			return err
		}
		return tx.QueryRowContext(context.Background(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+more)).Scan(&limit)
	})
}

func TestAFullDiskInTheMiddleOfAGroup(t *testing.T) {
	db := openFile(t)
	limitPages(t, db, 12)
	small := func(key string) func(*Tx) error { return func(tx *Tx) error { return putKey(tx, key) } }
	large := func(tx *Tx) error { return putKey(tx, strings.Repeat("x", 100_000)) }
	errs := grouped(t, db, nil, small("a"), small("b"), large, small("c"), large, small("d"))
	for i, err := range errs {
		if wantFull := i == 2 || i == 4; wantFull != (err != nil) {
			t.Errorf("function %d: %v", i, err)
		}
		var e *tandem.Error
		if err != nil && (!errors.As(err, &e) || e.Kind != tandem.KindStorage || e.Code != "disk_full") {
			t.Errorf("function %d: %v", i, err)
		}
	}
	if got := keys(t, db); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("stored %d rows", len(got))
	}
	limitPages(t, db, 1000)
	write(t, db, large)
	if err := db.Health(); err != nil {
		t.Errorf("after space returned: %v", err)
	}
}

func TestWhenTheTransactionItselfEndsEachFunctionRunsAgainAlone(t *testing.T) {
	db := openFile(t)
	var runs [4]int
	endIt := true
	errs := grouped(t, db, nil,
		func(tx *Tx) error { runs[0]++; return putKey(tx, "first") },
		func(tx *Tx) error {
			runs[1]++
			if endIt { // what SQLite does by itself on an I/O error
				endIt = false
				_, err := tx.raw.ExecContext(context.Background(), `ROLLBACK`)
				return errors.Join(errors.New("disk"), err)
			}
			return errors.New("disk again")
		},
		func(tx *Tx) error { runs[2]++; return putKey(tx, "third") },
		func(tx *Tx) error { runs[3]++; return putKey(tx, "last") },
	)
	if errs[0] != nil || errs[1] == nil || errs[2] != nil || errs[3] != nil {
		t.Errorf("errors %v", errs)
	}
	if runs != [4]int{2, 2, 1, 1} {
		t.Errorf("runs %v", runs)
	}
	if got := keys(t, db); !slices.Equal(got, []string{"first", "last", "third"}) {
		t.Errorf("stored %q", got)
	}
}

func TestPastTheLimitOfTheQueueCallersAreToldAtOnce(t *testing.T) {
	db := openFile(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { _ = db.InTx(context.Background(), func(*Tx) error { close(held); <-hold; return nil }) })
	<-held
	for range queueMax {
		all.Go(func() { _ = db.InTx(context.Background(), func(*Tx) error { return nil }) })
	}
	for len(db.group.queue) < queueMax {
		time.Sleep(time.Millisecond)
	}
	if err := db.InTx(context.Background(), func(*Tx) error { return nil }); tandem.KindOf(err) != tandem.KindBusy {
		t.Errorf("got %v", err)
	}
	close(hold)
	all.Wait()
}

func TestThirtyTwoWritersWithErrorsAndPanicsGetTheirOwnAnswers(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		var all sync.WaitGroup
		var mu sync.Mutex
		var want []string
		for w := range 32 {
			all.Go(func() {
				for i := range 40 {
					key := fmt.Sprintf("%02d-%02d", w, i)
					err := db.InTx(context.Background(), func(tx *Tx) error {
						if err := putKey(tx, key); err != nil {
							return err
						}
						switch (w + i) % 5 {
						case 0:
							return errors.New(key)
						case 1:
							panic(key)
						case 2:
							return putKey(tx, key)
						}
						return nil
					})
					if should := (w+i)%5 > 2; should != (err == nil) {
						t.Errorf("%s: %v", key, err)
					}
					if err == nil {
						mu.Lock()
						want = append(want, key)
						mu.Unlock()
					}
				}
			})
		}
		all.Wait()
		slices.Sort(want)
		if got := keys(t, db); !slices.Equal(got, want) {
			t.Errorf("stored %d rows instead of %d", len(got), len(want))
		}
	})
}

func TestADeadlockOnPostgreSQLRunsAgain(t *testing.T) {
	db := open(t, tandemtest.Postgres(t, migrated()))
	write(t, db, func(tx *Tx) error { return errors.Join(putKey(tx, "a"), putKey(tx, "b")) })
	const q = `UPDATE throttle SET count = count + 1 WHERE key = $1`
	var all, met sync.WaitGroup
	var runs atomic.Int64
	met.Add(2)
	for _, order := range [][2]string{{"a", "b"}, {"b", "a"}} {
		all.Go(func() {
			first := true
			write(t, db, func(tx *Tx) error {
				runs.Add(1)
				if _, err := tx.ExecContext(context.Background(), q, order[0]); err != nil {
					return err
				}
				if first { // both hold one row and want the other
					first = false
					met.Done()
					met.Wait()
				}
				_, err := tx.ExecContext(context.Background(), q, order[1])
				return err
			})
		})
	}
	all.Wait()
	var sum int
	if err := db.read.QueryRowContext(context.Background(), `SELECT sum(count) FROM throttle`).Scan(&sum); err != nil || sum != 6 {
		t.Errorf("sum %d, %v", sum, err)
	}
	if runs.Load() < 3 {
		t.Errorf("%d runs: no deadlock", runs.Load())
	}
}

func TestAServerThatGoesAwayIsBusyAndTheNextTransactionWorks(t *testing.T) {
	db := open(t, tandemtest.Postgres(t, migrated()))
	for _, last := range []bool{false, true} {
		err := db.InTx(context.Background(), func(tx *Tx) error {
			var pid int
			if err := tx.QueryRowContext(context.Background(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
				return err
			}
			if err := putKey(tx, "lost"); err != nil {
				return err
			}
			if _, err := db.write.Exec(`SELECT pg_terminate_backend($1)`, pid); err != nil {
				return err
			}
			time.Sleep(50 * time.Millisecond)
			if last { // the commit finds out
				return nil
			}
			return putKey(tx, "after")
		})
		if tandem.KindOf(err) != tandem.KindBusy {
			t.Errorf("at the commit %t: %v", last, err)
		}
		write(t, db, func(tx *Tx) error { return putKey(tx, fmt.Sprint("next ", last)) })
	}
	if got := keys(t, db); !slices.Equal(got, []string{"next false", "next true"}) {
		t.Errorf("stored %q", got)
	}
}

func TestACloseAnswersWhatWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tandem.db")
	db, err := Open(context.Background(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	errs := make(chan error, 200)
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			errs <- db.InTx(context.Background(), func(tx *Tx) error { return putKey(tx, fmt.Sprint(i)) })
		})
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	all.Wait()
	close(errs)
	ok := 0
	for err := range errs {
		if err == nil {
			ok++
		} else if !errors.Is(err, errClosed) {
			t.Error(err)
		}
	}
	if got := len(keys(t, open(t, path))); got != ok {
		t.Errorf("%d acknowledged, %d stored", ok, got)
	}
}
