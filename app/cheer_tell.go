package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A CheerTo is a lifeline that a line of celebration can be told to, since everybody in it may see that part of
// the goal anyway.
type CheerTo struct {
	Lifeline tandem.LifelineID `json:"lifeline"`
	With     []string          `json:"with"` // names of the others
	Told     bool              `json:"told"`
}

// CheerLifelines gives the lifelines that a line of celebration that stands can be told to; none is proposed.
// The error is NotFound for a line that stands no more.
func (a *App) CheerLifelines(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, about string) (out []CheerTo, err error) {
	defer tandem.Wrap(&err, "celebration lifelines")
	if err := may(by, policy.Read, ownLifelines(by)); err != nil {
		return nil, err
	}
	c, g, err := a.cheerLine(ctx, by, ws, about)
	if err != nil {
		return nil, err
	}
	return a.cheerTo(ctx, by, c, g)
}

// cheerTo gives the lifelines for a line about a goal of the actor's.
func (a *App) cheerTo(ctx context.Context, by tandem.Actor, c tandem.Celebration, g tandem.Goal) (out []CheerTo, err error) {
	if _, ok := c.Kind.Part(); !ok {
		return nil, nil
	}
	r := a.Store.For(by)
	all, ties, err := r.Lifelines(ctx)
	if err != nil {
		return nil, err
	}
	for i, l := range all {
		if ties[i].Tie != tandem.TieAccepted {
			continue
		}
		_, me, others, err := inside(ctx, r, asked(by), l.ID, policy.Read)
		if err != nil {
			return nil, err
		}
		if ok, err := a.seeAnyway(ctx, r, me, others, c, g); err != nil {
			return nil, err
		} else if !ok {
			continue
		}
		x := CheerTo{Lifeline: l.ID}
		for _, m := range accepted(others) {
			x.With = append(x.With, m.Name)
		}
		old, err := a.toldBefore(ctx, r, by, cheerNote(tandem.Note{Lifeline: l.ID}, c, g))
		if err != nil {
			return nil, err
		}
		x.Told = old != nil
		out = append(out, x)
	}
	return out, nil
}

// cheerLine finds a line of celebration that stands, with the goal that it is about. The right to read is the
// person's: a token has been asked for what the use case is.
func (a *App) cheerLine(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, about string) (c tandem.Celebration, g tandem.Goal, err error) {
	by = asked(by)
	if err := may(by, policy.Read, cheersOf(by, ws)); err != nil {
		return c, g, err
	}
	all, err := a.celebrations(ctx, by, ws)
	if err != nil {
		return c, g, err
	}
	i := slices.IndexFunc(all, func(x tandem.Celebration) bool { return x.About == about })
	if i < 0 {
		return c, g, tandem.NotFound("celebration")
	}
	if c = all[i]; c.Goal == 0 {
		return c, g, nil
	}
	any, err := a.Store.For(by).Goal(ctx, ws, c.Goal)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return c, g, nil // its goal is gone: nobody is shown it
	}
	if err != nil {
		return c, g, err
	}
	return c, any.GoalHead(), nil
}

// seeAnyway tells whether everybody else in a lifeline may see what a line tells: its owner chose the goal for
// this lifeline and opened that part, the reader shows that part too, and policy lets a lifeline read it. That a
// result was just closed takes nothing away: until then it was shown.
func (a *App) seeAnyway(ctx context.Context, r Reads, me tandem.LifelineMember, others []tandem.LifelineMember, c tandem.Celebration, g tandem.Goal) (bool, error) {
	part, ok := c.Kind.Part()
	if !ok || g.ID == 0 || !me.Parts.Of(g.Kind).Has(part) {
		return false, nil
	}
	mine, err := r.OwnShares(ctx, me.Lifeline)
	if err != nil || !slices.Contains(mine, tandem.Share{Workspace: g.Workspace, Goal: g.ID, Lifeline: me.Lifeline}) {
		return false, err
	}
	shared, err := r.SharedGoals(ctx, me.Lifeline)
	if err != nil {
		return false, err
	}
	kind := policy.Learning
	if g.Kind == tandem.KindPerformance {
		kind = policy.Goal
	}
	there := accepted(others)
	for _, m := range there {
		reader := tandem.Actor{Person: m.Person, Source: "session"}
		story := policy.Resource{Kind: kind, Workspace: g.Workspace, Owner: g.Owner, Visibility: g.Visibility, Tie: m.Tie}
		if !showsOf(m, shared).Has(part) || policy.Decide(reader, policy.Read, story).Answer != policy.Allow {
			return false, nil
		}
	}
	return len(there) > 0, nil
}

// cheerNote makes of a note what a line tells: its kind, the goal's words, and those of the level or lesson. No
// technique and nobody's name goes with it.
func cheerNote(n tandem.Note, c tandem.Celebration, g tandem.Goal) tandem.Note {
	n.Kind, n.Field, n.Space, n.Goal, n.Level, n.Text = tandem.NoteCheer, string(c.Kind), g.Workspace, g.ID, c.Level, g.Title
	if c.Kind == tandem.CheerLevel || c.Kind == tandem.CheerLesson {
		n.Learned = c.Text
	}
	return n
}

// toldBefore gives the note that told the same already, nil for none.
func (a *App) toldBefore(ctx context.Context, r Reads, by tandem.Actor, n tandem.Note) (*tandem.Note, error) {
	today, err := a.today(ctx, r)
	if err != nil {
		return nil, err
	}
	all, err := r.LifelineNotes(ctx, n.Lifeline, today-tandem.CheerDays-1, mostNotes)
	for i, x := range all {
		if x.Kind == tandem.NoteCheer && x.Owner == by.Person && x.Field == n.Field && x.Goal == n.Goal && x.Level == n.Level && x.Learned == n.Learned {
			return &all[i], err
		}
	}
	return nil, err
}

// A TellInput says which line of celebration is told: as the line says what it is about.
type TellInput struct {
	About string `json:"about"`
}

// TellCheer tells a line of celebration to one lifeline, as a note that everybody in it reads. Said again it
// changes nothing. The error is cheer_not_shown where somebody there may not see that part of the goal.
func (a *App) TellCheer(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.LifelineID, in TellInput) (n tandem.Note, err error) {
	defer tandem.Wrap(&err, "tell celebration")
	if _, _, _, err := inside(ctx, a.Store.For(by), by, id, policy.Log); err != nil {
		return n, err
	}
	c, g, err := a.cheerLine(ctx, by, ws, in.About)
	if err != nil {
		return n, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		_, me, others, err := a.lockInside(ctx, h, by, id, policy.Log)
		if err != nil {
			return err
		}
		if ok, err := a.seeAnyway(ctx, h, me, others, c, g); err != nil {
			return err
		} else if !ok {
			return tandem.Invalid("about", "cheer_not_shown", nil)
		}
		if n, err = a.fresh(ctx, h, by, id, tandem.NoteCheer); err != nil {
			return err
		}
		n = cheerNote(n, c, g)
		n.Owner = by.Person
		old, err := a.toldBefore(ctx, h, by, n)
		if err != nil {
			return err
		}
		if old != nil {
			n = *old
			return nil
		}
		if err := n.Validate(); err != nil {
			return err
		}
		return a.put(ctx, tx, h, by, n, "lifeline.told")
	})
	return n, err
}
