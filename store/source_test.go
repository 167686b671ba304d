package store

import (
	"context"
	"sync"
	"testing"

	"tandem"
)

func TestManyFirstValuesAtOnceShareOneSource(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		s := newSpace(t, db)
		ids := make([]tandem.SourceID, 12)
		errs := make([]error, len(ids))
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				errs[i] = db.InTx(context.Background(), func(tx *Tx) (err error) {
					ids[i], err = tx.For(tandem.Actor{}).SourceOf(context.Background(), s.ws, "token", 77)
					return err
				})
			})
		}
		all.Wait()
		for i, err := range errs {
			if err != nil || ids[i] != ids[0] {
				t.Errorf("writer %d got source %d, %v; the first %d", i, ids[i], err, ids[0])
			}
		}
	})
}
