package store

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/policy"
	"tandem/tandemtest"
)

// told is what asking gave while the server was away: how often each kind of error came, and the first of
// each.
type told struct {
	kinds map[tandem.Kind]int
	first map[tandem.Kind]error
}

// restarted ends the server and starts it again while two ask for each thing all the time. Afterwards asking
// must work.
func restarted(t *testing.T, s *tandemtest.Server, end func(), asks map[string]func() error) map[string]told {
	t.Helper()
	out := map[string]told{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var stop atomic.Bool
	for name, ask := range asks {
		x := told{map[tandem.Kind]int{}, map[tandem.Kind]error{}}
		out[name] = x
		for range 2 {
			wg.Go(func() {
				for !stop.Load() {
					err := ask()
					if err == nil {
						continue
					}
					mu.Lock()
					k := tandem.KindOf(err)
					if x.kinds[k]++; x.kinds[k] == 1 {
						x.first[k] = err
					}
					mu.Unlock()
					time.Sleep(time.Millisecond)
				}
			})
		}
	}
	time.Sleep(100 * time.Millisecond)
	end()
	time.Sleep(100 * time.Millisecond)
	s.Start()
	stop.Store(true)
	wg.Wait()
	for name, ask := range asks {
		err := ask()
		for try := 0; try < 40 && tandem.KindOf(err) == tandem.KindBusy; try++ { // dead connections may be left in the pool
			err = ask()
		}
		if err != nil {
			t.Errorf("the server runs again, and asking for %s gives %v", name, err)
		}
	}
	return out
}

func TestAReaderOfAStoppedServerIsToldToComeAgain(t *testing.T) {
	s := tandemtest.PostgresServer(t)
	db := open(t, s.URL())
	ctx, door := context.Background(), db.For(policy.Local())
	asks := map[string]func() error{
		"a row":  func() error { _, err := door.AnyPerson(ctx); return err },
		"a noun": func() error { _, err := door.PersonByID(ctx, 5); return missing(err) },
		"rows":   func() error { _, _, _, err := door.BySession(ctx, "none"); return missing(err) },
		"many":   func() error { _, err := db.For(tandem.Actor{Person: 1}).Workspaces(ctx); return err },
		"doctor": func() error { _, err := db.Doctor(ctx); return err },
		"write":  func() error { return db.InTx(ctx, func(*Tx) error { return nil }) },
	}
	for _, how := range []struct {
		name string
		end  func()
	}{{"stopped", s.Stop}, {"crashed", s.Crash}, {"stopped again", s.Stop}} {
		for name, x := range restarted(t, s, how.end, asks) {
			if x.kinds[tandem.KindBusy] == 0 || len(x.kinds) != 1 {
				t.Errorf("%s, asked for %s: %v, %v", how.name, name, x.kinds, x.first)
			}
			if es := tandem.All(x.first[tandem.KindBusy]); len(es) != 1 || es[0].Code != codeAway {
				t.Errorf("%s, asked for %s, it says %v", how.name, name, es)
			}
		}
	}
}

// missing takes the answer that nothing is there for a good one.
func missing(err error) error {
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil
	}
	return err
}

func TestWhatIsNoServersFaultStaysAsItIs(t *testing.T) {
	file := open(t, filepath.Join(t.TempDir(), "tandem.db"))
	if _, err := file.reads().QueryContext(t.Context(), `SELECT nothing`); err == nil || tandem.KindOf(err) != tandem.KindInternal {
		t.Errorf("a wrong query on SQLite: %v", err)
	}
	eachDB(t, func(t *testing.T, db *DB) {
		var n int
		if err := db.reads().QueryRowContext(t.Context(), `SELECT nothing`).Scan(&n); err == nil || tandem.KindOf(err) != tandem.KindInternal {
			t.Errorf("a wrong query: %v", err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := db.For(policy.Local()).AnyPerson(gone); !errors.Is(err, context.Canceled) || tandem.KindOf(err) != tandem.KindInternal {
			t.Errorf("a reader who is gone: %v", err)
		}
		late, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
		defer cancel()
		if _, err := db.For(policy.Local()).AnyPerson(late); !errors.Is(err, context.DeadlineExceeded) || tandem.KindOf(err) != tandem.KindInternal {
			t.Errorf("a reader who took too long: %v", err)
		}
	})
}
