package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A ShareChoice is an own goal that can be shown to a lifeline. Private tells that it is for its owner alone so
// far: choosing it lets lifelines see it.
type ShareChoice struct {
	tandem.Goal
	Private bool
}

// ShareChoices gives the actor's own open goals of every workspace, the personal one first.
func (a *App) ShareChoices(ctx context.Context, by tandem.Actor) (out []ShareChoice, err error) {
	defer tandem.Wrap(&err, "share choices")
	r := a.Store.For(by)
	p, err := r.Person(ctx)
	if err != nil {
		return nil, err
	}
	spaces := []tandem.WorkspaceID{}
	for ws := range by.Roles {
		if ws != p.Personal && policy.Decide(by, policy.Create, policy.Resource{Kind: policy.Goal, Workspace: ws, Owner: by.Person}).Answer == policy.Allow {
			spaces = append(spaces, ws)
		}
	}
	slices.Sort(spaces)
	for _, ws := range append([]tandem.WorkspaceID{p.Personal}, spaces...) {
		all, err := a.lines(ctx, r, ws, GoalQuery{Own: true, Open: true})
		if err != nil {
			return nil, err
		}
		sortLines(all, tandem.SortTitle)
		for _, l := range all {
			out = append(out, ShareChoice{Goal: l.Head(), Private: l.Head().Visibility == tandem.OnlyMe})
		}
	}
	return out, nil
}
