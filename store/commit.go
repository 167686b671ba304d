package store

import (
	"context"

	"tandem"
)

type committer struct{}

func (c *committer) stop() {}

func (c *committer) do(context.Context, func(*Tx) error) error { return nil }

func (db *DB) inOwnTx(fn func(*Tx) error) error {
	raw, err := db.write.BeginTx(context.Background(), nil)
	if err != nil {
		return outside(err)
	}
	tx := &Tx{db: db, raw: raw}
	if err := tx.run(fn); err != nil {
		_ = raw.Rollback()
		return outside(err)
	}
	return outside(raw.Commit())
}

// nextID gives a fresh id for a row of any noun.
func (db *DB) nextID() int64 {
	var next func(*tandem.IDs) tandem.BatchID = tandem.NewID
	return int64(next(db.ids))
}
