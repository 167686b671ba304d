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

// lifelines writes, with the personal workspace, the lifelines that the person is in with the own side of each,
// and what was written to the person and by the person about themselves; of others nothing else.
func (x *exporting) lifelines(ctx context.Context, person tandem.Person) error {
	if x.ws != person.Personal {
		return nil
	}
	all, ties, err := x.r.Lifelines(ctx)
	if err != nil {
		return err
	}
	for i, l := range all {
		if ties[i].Tie != tandem.TieAccepted {
			continue
		}
		shares, err := x.r.OwnShares(ctx, l.ID)
		if err != nil {
			return err
		}
		m := ties[i]
		if err := x.to.Record("lifeline", struct {
			tandem.Lifeline
			Ask        string         `json:"ask"`
			Parts      []tandem.Part  `json:"parts"`
			QuietDays  int            `json:"quiet_days"`
			QuietWords string         `json:"quiet_words"`
			Joined     tandem.Instant `json:"joined"`
			Shares     []tandem.Share `json:"shares"`
		}{l, m.Ask, m.Parts.List(), m.QuietDays, m.QuietWords, m.Joined, append([]tandem.Share{}, shares...)}); err != nil {
			return err
		}
	}
	for before := tandem.NoteID(0); ; {
		page, err := x.r.OwnNotes(ctx, before, exportPage)
		if err != nil {
			return err
		}
		if err := each(x.to, "note", page); err != nil {
			return err
		}
		if len(page) < exportPage {
			return nil
		}
		before = page[len(page)-1].ID
	}
}
