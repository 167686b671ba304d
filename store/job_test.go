package store

import (
	"context"
	"testing"
	"time"

	"tandem"
)

func claim(t *testing.T, db *DB, owner string, lease time.Duration) (int64, bool) {
	t.Helper()
	fence, ok, err := db.ClaimJob(context.Background(), "sweep", owner, lease)
	if err != nil {
		t.Fatal(err)
	}
	return fence, ok
}

func TestAJobIsRunByOneUntilItsLeaseIsOver(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		first, ok := claim(t, db, "a", time.Hour)
		if !ok {
			t.Fatal("a job that nobody has run yet is not given")
		}
		if _, ok := claim(t, db, "b", time.Hour); ok {
			t.Error("two have the same job")
		}
		if ok, err := db.FinishJob(context.Background(), "sweep", first, time.Hour, ""); err != nil || !ok {
			t.Errorf("it cannot be given back: %t, %v", ok, err)
		}
		if _, ok := claim(t, db, "b", time.Hour); ok {
			t.Error("it is given before it is due")
		}
	})
}

func TestALeaseThatPassedIsFencedOff(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		old, _ := claim(t, db, "a", time.Millisecond)
		time.Sleep(20 * time.Millisecond)
		fresh, ok := claim(t, db, "b", time.Hour)
		if !ok || fresh <= old {
			t.Fatalf("fences %d, then %d, %t", old, fresh, ok)
		}
		if ok, err := db.FinishJob(context.Background(), "sweep", old, 0, "late"); err != nil || ok {
			t.Errorf("the one whose lease passed gave the other's job back: %t, %v", ok, err)
		}
		if ok, err := db.FinishJob(context.Background(), "sweep", fresh, 0, ""); err != nil || !ok {
			t.Errorf("its owner cannot give it back: %t, %v", ok, err)
		}
		if _, ok := claim(t, db, "c", time.Hour); !ok {
			t.Error("a job that is due at once is not given")
		}
	})
}

func TestWhatHasRunOutIsDeletedAndNothingElse(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx, now := context.Background(), tandem.InstantOf(db.now())
		day := micros(24 * time.Hour)
		put := func(query string, args ...any) {
			write(t, db, func(tx *Tx) error { _, err := tx.ExecContext(ctx, query, args...); return err })
		}
		const person = `INSERT INTO person (id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created)
			VALUES (1, 'A', '', NULL, '', 'adult', 'en', 'UTC', 0, '', false, false, false, false, 1, 1, 1, 0)`
		put(person)
		for key, made := range map[string]tandem.Instant{"old": now - 31*day, "new": now - 29*day} {
			put(`INSERT INTO idempotency (workspace_id, person_id, route, key, body_hash, status, reply, made) VALUES (1, 1, 'r', $1, '', 0, '', $2)`, key, made)
		}
		put(`INSERT INTO session (hash, person_id, epoch, made, seen, ends, agent) VALUES ('over', 1, 1, 0, $1, $2, '')`, now, now-1)
		put(`INSERT INTO session (hash, person_id, epoch, made, seen, ends, agent) VALUES ('idle', 1, 1, 0, $1, $2, '')`, now-31*day, now+day)
		put(`INSERT INTO session (hash, person_id, epoch, made, seen, ends, agent) VALUES ('good', 1, 1, 0, $1, $2, '')`, now-29*day, now+day)
		put(`INSERT INTO signin_link (hash, person_id, ends) VALUES ('over', 1, $1)`, now-1)
		put(`INSERT INTO signin_link (hash, person_id, ends) VALUES ('good', 1, $1)`, now+day)
		put(`INSERT INTO throttle (key, count, since, next_at) VALUES ('quiet', 1, $1, $1)`, now-2*day)
		put(`INSERT INTO throttle (key, count, since, next_at) VALUES ('waits', 1, $1, $2)`, now-2*day, now+day)
		put(`INSERT INTO outbox (workspace_id, id, kind, object_id, person_id, at, owner, lease_until, fence, tries) VALUES (1, 1, 'k', 0, 0, $1, '', 0, 0, 0)`, now-31*day)
		put(`INSERT INTO outbox (workspace_id, id, kind, object_id, person_id, at, owner, lease_until, fence, tries) VALUES (1, 2, 'k', 0, 0, $1, '', 0, 0, 0)`, now-29*day)

		if n, err := db.Prune(ctx, 2); err != nil || n != 2 {
			t.Errorf("with a limit of 2 it deleted %d, %v", n, err)
		}
		if n, err := db.Prune(ctx, 100); err != nil || n != 4 {
			t.Errorf("the rest was %d rows, %v; want 4", n, err)
		}
		for query, want := range map[string]string{
			`SELECT key FROM idempotency`: "new", `SELECT hash FROM session`: "good", `SELECT hash FROM signin_link`: "good",
			`SELECT key FROM throttle`: "waits", `SELECT CAST(id AS TEXT) FROM outbox`: "2",
		} {
			var got string
			if err := db.read.QueryRowContext(ctx, query).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %q is left, %v; want %q", query, got, err, want)
			}
		}
	})
}

// TestARenewedLeaseHolds renews a lease that would be over: nobody else has the job. Who lost it, or gave it back,
// renews nothing.
func TestARenewedLeaseHolds(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		renew := func(fence int64, lease time.Duration) bool {
			t.Helper()
			ok, err := db.RenewJob(ctx, "sweep", fence, lease)
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		first, _ := claim(t, db, "a", 50*time.Millisecond)
		if !renew(first, time.Hour) {
			t.Error("its owner cannot renew it")
		}
		time.Sleep(70 * time.Millisecond)
		if _, ok := claim(t, db, "b", time.Hour); ok {
			t.Error("a renewed job is given to another one")
		}
		renew(first, time.Millisecond)
		time.Sleep(20 * time.Millisecond)
		second, ok := claim(t, db, "b", time.Hour)
		if !ok || renew(first, time.Hour) || !renew(second, time.Hour) {
			t.Error("who lost it renews it, or who has it does not")
		}
		if ok, err := db.FinishJob(ctx, "sweep", second, 0, ""); err != nil || !ok || renew(second, time.Hour) {
			t.Errorf("what was given back is renewed: %v, %v", ok, err)
		}
	})
}
