package app

import (
	"context"
	"slices"

	"tandem"
)

// today gives the actor's own local day.
func (a *App) today(ctx context.Context, r Reads) (tandem.Day, error) {
	p, err := r.Person(ctx)
	return p.Today(a.Now()), err
}

// emit puts an event of the actor's into the outbox of the transaction.
func (a *App) emit(tx Tx, by tandem.Actor, ws tandem.WorkspaceID, kind string, object int64) error {
	at := a.now()
	if slices.Contains(checkIns, kind) {
		if err := tx.AnswerReminder(by.Person, at); err != nil {
			return err
		}
	}
	return tx.Emit(tandem.Event{Workspace: ws, Kind: kind, Object: object, Person: by.Person, At: at})
}

// checkIns are the events that answer a weekly mail: something was entered or finished on a goal.
var checkIns = []string{"observation.logged", "practice.logged", "use.logged", "microgoal.ticked", "level.noticed", "milestone.done", "goal.closed"}

// ErrDone says that the same press was done already: nothing was done again.
var ErrDone error = &tandem.Error{Kind: tandem.KindConflict, Code: "done_already"}

// once lets an action with a key happen one time; without a key always.
func (a *App) once(ctx context.Context, h Writes, ws tandem.WorkspaceID, route, key string) error {
	if key == "" {
		return nil
	}
	first, err := h.FirstTime(ctx, ws, route, key, a.now())
	if err == nil && !first {
		err = ErrDone
	}
	return err
}
