package app

import (
	"context"

	"tandem"
)

// today gives the actor's own local day.
func (a *App) today(ctx context.Context, r Reads) (tandem.Day, error) {
	p, err := r.Person(ctx)
	return p.Today(a.Now()), err
}

// emit puts an event of the actor's into the outbox of the transaction.
func (a *App) emit(tx Tx, by tandem.Actor, ws tandem.WorkspaceID, kind string, object int64) error {
	return tx.Emit(tandem.Event{Workspace: ws, Kind: kind, Object: object, Person: by.Person, At: a.now()})
}
