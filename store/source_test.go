package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"tandem"
)

func TestTwoFirstValuesAtOnceShareOneSource(t *testing.T) {
	eachDB(t, func(t *testing.T, db *DB) {
		ctx, s := context.Background(), newSpace(t, db)
		source := func(after func()) (id tandem.SourceID, err error) {
			err = db.InTx(ctx, func(tx *Tx) (err error) {
				id, err = tx.For(tandem.Actor{}).SourceOf(ctx, s.ws, "token", 77)
				after()
				return err
			})
			return id, err
		}
		var first, second tandem.SourceID
		var errFirst, errSecond error
		begun := make(chan struct{})
		var once sync.Once
		var both sync.WaitGroup
		both.Go(func() {
			first, errFirst = source(func() {
				once.Do(func() { close(begun) })
				time.Sleep(200 * time.Millisecond) // the other one looks meanwhile and finds nothing
			})
		})
		<-begun
		second, errSecond = source(func() {})
		both.Wait()
		if errFirst != nil || errSecond != nil || first != second {
			t.Errorf("sources %d and %d, %v, %v", first, second, errFirst, errSecond)
		}
	})
}
