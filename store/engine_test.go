package store

import (
	"context"
	"testing"
)

func TestBothEnginesKeepWhatWasWritten(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		write(t, db, func(tx *Tx) error {
			const q = `INSERT INTO throttle (key, count, since, next_at) VALUES ($1, $2, $3, $4)`
			_, err := tx.ExecContext(context.Background(), q, "a", 3, 1, 2)
			return err
		})
		var n int64
		if err := db.read.QueryRowContext(context.Background(), `SELECT count FROM throttle WHERE key = $1`, "a").Scan(&n); err != nil || n != 3 {
			t.Errorf("got %d, %v", n, err)
		}
	})
}
