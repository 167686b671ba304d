package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"tandem"
)

// emitted puts n events into the outbox.
func emitted(t *testing.T, db *DB, n int) {
	t.Helper()
	write(t, db, func(tx *Tx) error {
		for i := range n {
			if err := tx.Emit(tandem.Event{Workspace: 1, Kind: "observation.logged", Object: int64(i), Person: 2, At: tandem.Instant(i)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func claims(t *testing.T, db *DB, owner string, limit int, lease time.Duration) []Claim {
	t.Helper()
	out, err := db.ClaimEvents(context.Background(), owner, limit, lease)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnEventIsGivenToOneAndGoneWhenItIsDelivered(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		emitted(t, db, 3)
		mine := claims(t, db, "a", 2, time.Hour)
		if len(mine) != 2 || mine[0].Object != 0 || mine[1].Object != 1 {
			t.Fatalf("the oldest two are %+v", mine)
		}
		theirs := claims(t, db, "b", 10, time.Hour)
		if len(theirs) != 1 || theirs[0].Object != 2 {
			t.Fatalf("what is left is %+v", theirs)
		}
		write(t, db, func(tx *Tx) error { return tx.FinishEvent(mine[0]) })
		if err := db.PutBackEvent(context.Background(), mine[1], 0); err != nil {
			t.Fatal(err)
		}
		again := claims(t, db, "c", 10, time.Hour)
		if len(again) != 1 || again[0].ID != mine[1].ID || again[0].Tries != 1 {
			t.Errorf("put back, it is given as %+v", again)
		}
	})
}

func TestAnEventThatIsPutBackWaits(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		emitted(t, db, 1)
		c := claims(t, db, "a", 1, time.Hour)
		if err := db.PutBackEvent(context.Background(), c[0], time.Hour); err != nil {
			t.Fatal(err)
		}
		if got := claims(t, db, "b", 1, time.Hour); len(got) != 0 {
			t.Errorf("it is given at once: %+v", got)
		}
	})
}

func TestC8WhoseLeasePassedHasNoEffectAnyMore(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		emitted(t, db, 1)
		old := claims(t, db, "a", 1, time.Millisecond)[0]
		time.Sleep(20 * time.Millisecond)
		fresh := claims(t, db, "b", 1, time.Hour)
		if len(fresh) != 1 || fresh[0].Fence <= old.Fence {
			t.Fatalf("after its lease it is given as %+v", fresh)
		}
		effect := func(c Claim, key string) error {
			return db.InTx(context.Background(), func(tx *Tx) error {
				if err := putKey(tx, key); err != nil {
					return err
				}
				return tx.FinishEvent(c)
			})
		}
		if err := effect(old, "late"); tandem.KindOf(err) != tandem.KindStale {
			t.Errorf("the late one: %v", err)
		}
		if err := effect(fresh[0], "once"); err != nil {
			t.Error(err)
		}
		if got := keys(t, db); len(got) != 1 || got[0] != "once" {
			t.Errorf("effects %q", got)
		}
	})
}

func TestC8EventsOfManyInstancesHaveTheirEffectOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		const events = 200
		emitted(t, db, events)
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() {
				for round := 0; ; round++ {
					batch := claims(t, db, fmt.Sprint(i), 16, time.Minute)
					if len(batch) == 0 {
						return
					}
					for n, c := range batch {
						if (n+round)%7 == 6 { // could not be delivered: somebody has it again
							if err := db.PutBackEvent(context.Background(), c, 0); err != nil {
								t.Error(err)
							}
							continue
						}
						err := db.InTx(context.Background(), func(tx *Tx) error {
							if err := putKey(tx, fmt.Sprint(c.Object)); err != nil {
								return err
							}
							return tx.FinishEvent(c)
						})
						if err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		all.Wait()
		if got := keys(t, db); len(got) != events {
			t.Errorf("%d effects of %d events", len(got), events)
		}
	})
}
