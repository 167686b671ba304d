package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// ListImports gives the actor's own imports, newest first.
func (a *App) ListImports(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (bs []tandem.Batch, err error) {
	defer tandem.Wrap(&err, "list imports")
	if err := may(by, policy.Read, importOf(by, ws)); err != nil {
		return nil, err
	}
	return a.Store.For(by).Batches(ctx, ws, 100)
}

// UndoImport removes exactly what an import wrote: values that it brought, values that it changed get back
// what stood before, and goals and numbers that it made go unless something else has come to use them.
func (a *App) UndoImport(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.BatchID) (b tandem.Batch, err error) {
	defer tandem.Wrap(&err, "undo import")
	if err := may(by, policy.Delete, importOf(by, ws)); err != nil {
		return b, err
	}
	if b, err = a.Store.For(by).Batch(ctx, ws, id); err != nil || b.State == tandem.BatchUndone {
		return b, err
	}
	by = asked(by)
	return a.undo(ctx, by, b)
}

// UndoBroken undoes every import that was begun before an instant and is still marked as running: the
// process that ran it is gone. It tells how many.
func (a *App) UndoBroken(ctx context.Context, before tandem.Instant) (n int, err error) {
	defer tandem.Wrap(&err, "undo broken imports")
	all, err := a.Store.For(policy.Local()).BrokenBatches(ctx)
	for _, b := range all {
		if b.Created >= before {
			continue
		}
		by := tandem.Actor{Person: b.Person, Roles: map[tandem.WorkspaceID]tandem.Role{b.Workspace: tandem.RoleMember}, Source: "session"}
		if _, err := a.undo(ctx, by, b); err != nil {
			return n, err
		}
		n++
	}
	return n, err
}

// undo undoes a batch, group by group; it can be broken off and run again.
func (a *App) undo(ctx context.Context, by tandem.Actor, b tandem.Batch) (tandem.Batch, error) {
	made, err := a.Store.For(by).BatchMetrics(ctx, b.Workspace, b)
	if err != nil {
		return b, err
	}
	undone, err := a.undoneSources(ctx, by, b)
	if err != nil {
		return b, err
	}
	for _, metric := range sortedKeys(made) {
		for more := true; more; {
			err := a.Store.InTx(ctx, func(tx Tx) (err error) {
				more, err = a.undoValues(ctx, tx.For(by), by, b, metric, undone)
				return err
			})
			if err != nil {
				return b, err
			}
		}
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if err := a.undoGoals(ctx, h, b); err != nil {
			return err
		}
		for range 2 { // ratios go before their parts
			for _, metric := range sortedKeys(made) {
				if made[metric] {
					if _, err := h.DeleteMetricIfUnused(ctx, b.Workspace, metric); err != nil {
						return err
					}
				}
			}
		}
		b.State = tandem.BatchUndone
		if err := h.PutBatch(ctx, b); err != nil {
			return err
		}
		return a.emit(tx, by, b.Workspace, "import.undone", int64(b.ID))
	})
	return b, err
}

// undoneSources gives the sources of the person's imports that do not stand: this one, and those undone
// before. A value goes back to what stood before it, but never to what one of them brought.
func (a *App) undoneSources(ctx context.Context, by tandem.Actor, b tandem.Batch) (map[tandem.SourceID]bool, error) {
	all, err := a.Store.For(by).Batches(ctx, b.Workspace, 1000)
	out := map[tandem.SourceID]bool{b.Source: true}
	for _, old := range all {
		if old.State == tandem.BatchUndone {
			out[old.Source] = true
		}
	}
	return out, err
}

// undoValues takes back one group of an import's values of a number; more tells whether there may be
// others.
func (a *App) undoValues(ctx context.Context, h Writes, by tandem.Actor, b tandem.Batch, metric tandem.MetricID, undone map[tandem.SourceID]bool) (more bool, err error) {
	if err := h.TouchData(ctx, b.Workspace, metric); err != nil {
		return false, err
	}
	group, err := h.ObservationsBySource(ctx, b.Workspace, metric, b.Source, importGroup)
	if err != nil {
		return false, err
	}
	for _, o := range group {
		before, err := stoodBefore(ctx, h, b.Workspace, o, undone)
		if err != nil {
			return false, err
		}
		var after any
		if before == nil {
			if err = h.DeleteUsesOn(ctx, b.Workspace, metric, o.At); err == nil {
				err = h.DeleteObservation(ctx, b.Workspace, metric, o.At)
			}
		} else {
			after, err = *before, h.SetObservation(ctx, b.Workspace, *before)
			if err == nil {
				err = a.remember(ctx, h, by, b.Workspace, "observation", int64(metric), int64(o.At), o, after)
			}
		}
		if err != nil {
			return false, err
		}
	}
	return len(group) == importGroup, nil
}

// stoodBefore gives the newest state of a value that none of the sources wrote; nil for none.
func stoodBefore(ctx context.Context, r Reads, ws tandem.WorkspaceID, o tandem.Observation, undone map[tandem.SourceID]bool) (*tandem.Observation, error) {
	past, err := r.History(ctx, ws, "observation", int64(o.Metric), int64(o.At), 100)
	for _, e := range past {
		var before tandem.Observation
		if e.Before == "" {
			continue
		}
		if err := readJSON(e.Before, &before); err != nil {
			return nil, err
		}
		if !undone[before.Source] {
			return &before, nil
		}
	}
	return nil, err
}

// undoGoals removes the goals that an import made, but for those that have a life of their own by now.
func (a *App) undoGoals(ctx context.Context, h Writes, b tandem.Batch) error {
	goals, err := h.BatchGoals(ctx, b.Workspace, b.ID)
	if err != nil {
		return err
	}
	for _, id := range goals {
		lives, err := hasLife(ctx, h, b.Workspace, id)
		if tandem.KindOf(err) == tandem.KindNotFound && err != nil {
			continue
		}
		if err != nil {
			return err
		}
		if lives {
			continue
		}
		if err := h.DeleteGoal(ctx, b.Workspace, id); err != nil {
			return err
		}
	}
	return nil
}

// hasLife tells whether somebody wrote something under a goal since it was made.
func hasLife(ctx context.Context, r Reads, ws tandem.WorkspaceID, id tandem.GoalID) (bool, error) {
	g, err := r.Goal(ctx, ws, id)
	if err != nil {
		return false, err
	}
	_, err = r.Closing(ctx, ws, id)
	if err == nil || tandem.KindOf(err) != tandem.KindNotFound {
		return err == nil, err
	}
	lessons, err := r.Lessons(ctx, ws, id)
	if err != nil || len(lessons) > 0 {
		return true, err
	}
	steps, err := r.Milestones(ctx, ws, id)
	if err != nil || len(steps) > 0 {
		return true, err
	}
	evidence, err := r.Evidence(ctx, ws, id)
	for _, e := range evidence {
		if e.How != tandem.HowSelf || e.Day != g.GoalHead().CreatedDay { // not the level that the file stated
			return true, err
		}
	}
	if err != nil {
		return false, err
	}
	practices, err := r.Practices(ctx, ws, id, 0, 1<<30)
	return len(practices) > 0, err
}
