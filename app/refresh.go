package app

import (
	"context"
	"time"

	"tandem"
	"tandem/policy"
)

// staleGroup is how many results the worker reads at a time.
const staleGroup = 100

// RefreshEverywhere renews what pages keep of active results in all workspaces, at most limit of them, and
// tells how many. A result that cannot be worked out is logged and left. It is the work of one worker: the
// forecasts are computed one after the other, outside any transaction.
func (a *App) RefreshEverywhere(ctx context.Context, limit int) (n int, err error) {
	defer tandem.Wrap(&err, "refresh everywhere")
	// The earliest day that it is anywhere: a snapshot of that day is nowhere from the future.
	day := tandem.DayOf(a.Now(), time.FixedZone("", -12*3600), 0)
	var last tandem.StaleGoal
	for n < limit {
		stale, err := a.Store.For(policy.Local()).StaleEverywhere(ctx, day, last, min(staleGroup, limit-n))
		if err != nil || len(stale) == 0 {
			return n, err
		}
		for _, s := range stale {
			by := tandem.Actor{Person: s.Owner, Roles: map[tandem.WorkspaceID]tandem.Role{s.Workspace: s.Role}, Source: "session"}
			err := a.Refresh(ctx, by, s.Workspace, []tandem.GoalID{s.Goal})
			if ctx.Err() != nil {
				return n, ctx.Err()
			}
			if err != nil {
				a.Log.Warn("forecast", "goal", s.Goal.String(), "error", err)
			}
			n++
		}
		last = stale[len(stale)-1]
	}
	return n, nil
}
