package app

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/policy"
)

// ownLifelines is what policy is asked about the actor's lifelines as a list, and before one is begun.
func ownLifelines(by tandem.Actor) policy.Resource {
	return policy.Resource{Kind: policy.Lifeline, Owner: by.Person}
}

// inside loads a lifeline that the actor is in, with everybody in it or invited, and asks whether act is
// allowed. For anybody else, who was invited or has ended it included, it is not there.
func inside(ctx context.Context, r Reads, by tandem.Actor, id tandem.LifelineID, act policy.Action) (l tandem.Lifeline, me tandem.LifelineMember, others []tandem.LifelineMember, err error) {
	if l, err = r.Lifeline(ctx, id); err != nil {
		return l, me, nil, err
	}
	all, err := r.LifelineMembers(ctx, id)
	if err != nil {
		return l, me, nil, err
	}
	for _, m := range all {
		if m.Person == by.Person {
			me = m
		} else {
			others = append(others, m)
		}
	}
	return l, me, others, may(by, act, policy.Resource{Kind: policy.Lifeline, Tie: me.Tie})
}

// accepted gives those who are in.
func accepted(all []tandem.LifelineMember) (out []tandem.LifelineMember) {
	for _, m := range all {
		if m.Tie == tandem.TieAccepted {
			out = append(out, m)
		}
	}
	return out
}

// A SideInput is what somebody asks of a lifeline and shows to it; what is left out stays. Question is the
// weekly question of all. Goals replaces the goals that are shown; quiet_days 0 switches the rule for silence
// off. Version is that of the lifeline which a change was made from.
type SideInput struct {
	Version    int64           `json:"version"`
	Question   *string         `json:"question,omitempty"`
	Ask        *string         `json:"ask,omitempty"`
	Parts      *[]tandem.Part  `json:"parts,omitempty"`
	Goals      *[]SharedGoalID `json:"goals,omitempty"`
	QuietDays  *int            `json:"quiet_days,omitempty"`
	QuietWords *string         `json:"quiet_words,omitempty"`
}

// A SharedGoalID names a goal that is shown; the personal workspace unless said.
type SharedGoalID struct {
	Workspace tandem.WorkspaceID `json:"workspace,omitzero"`
	Goal      tandem.GoalID      `json:"goal"`
}

// apply takes a change over into what stood.
func (in SideInput) apply(l tandem.Lifeline, m tandem.LifelineMember, today tandem.Day) (tandem.Lifeline, tandem.LifelineMember, error) {
	var es tandem.Errors
	set(&l.Question, in.Question)
	set(&m.Ask, in.Ask)
	if in.Parts != nil {
		p, err := tandem.PartsOf(*in.Parts)
		es = append(es, tandem.All(err)...)
		m.Parts = p
	}
	was := m.QuietDays
	set(&m.QuietDays, in.QuietDays)
	set(&m.QuietWords, in.QuietWords)
	if m.QuietDays != was {
		m.QuietSince = today
	}
	l.Question, m.Ask, m.QuietWords = tandem.CleanTitle(l.Question), tandem.CleanTitle(m.Ask), tandem.CleanTitle(m.QuietWords)
	es = append(append(es, tandem.All(l.Validate())...), tandem.All(m.Validate())...)
	return l, m, es.Err()
}

// grown wants an adult: lifelines of minors wait until guardians can be asked.
func grown(p tandem.Person) error {
	if p.AgeBand != tandem.Adult {
		return tandem.Denied("lifeline_minor", nil)
	}
	return nil
}

// CreateLifeline begins a lifeline with the actor alone in it; others come by invitation.
func (a *App) CreateLifeline(ctx context.Context, by tandem.Actor, in SideInput) (l tandem.Lifeline, err error) {
	defer tandem.Wrap(&err, "create lifeline")
	if err := may(by, policy.Create, ownLifelines(by)); err != nil {
		return l, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		p, err := h.Person(ctx)
		if err != nil {
			return err
		}
		if err := grown(p); err != nil {
			return err
		}
		today := p.Today(a.Now())
		l = tandem.Lifeline{ID: tandem.NewID[tandem.LifelineID](a.IDs), By: p.ID, Version: 1, Created: a.now()}
		m := tandem.LifelineMember{Lifeline: l.ID, Person: p.ID, Tie: tandem.TieAccepted, Parts: tandem.EveryPart, QuietSince: today, Joined: a.now()}
		if l, m, err = in.apply(l, m, today); err != nil {
			return err
		}
		if err := h.AddLifeline(ctx, l); err != nil {
			return err
		}
		if err := h.PutTie(ctx, m); err != nil {
			return err
		}
		if in.Goals != nil {
			if err := a.show(ctx, h, by, l.ID, *in.Goals); err != nil {
				return err
			}
		}
		if err := a.usedConcept(ctx, h, "lifeline"); err != nil {
			return err
		}
		return a.emit(tx, by, p.Personal, "lifeline.begun", int64(l.ID))
	})
	return l, err
}

// ChangeLifeline changes the actor's own side of a lifeline, and the weekly question. It is stale where either
// was changed since it was read, so that of two who word the question at once the second sees the first.
func (a *App) ChangeLifeline(ctx context.Context, by tandem.Actor, id tandem.LifelineID, in SideInput) (err error) {
	defer tandem.Wrap(&err, "change lifeline")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		l, me, _, err := a.lockInside(ctx, h, by, id, policy.Change)
		if err != nil {
			return err
		}
		if l.Version != in.Version {
			return &tandem.Error{Kind: tandem.KindStale, Code: "stale", Args: tandem.Args{"noun": "lifeline"}}
		}
		p, err := h.Person(ctx)
		if err != nil {
			return err
		}
		if l, me, err = in.apply(l, me, p.Today(a.Now())); err != nil {
			return err
		}
		if err := h.SetQuestion(ctx, id, l.Question); err != nil {
			return err
		}
		if err := h.PutTie(ctx, me); err != nil {
			return err
		}
		if in.Goals != nil {
			if err := a.show(ctx, h, by, id, *in.Goals); err != nil {
				return err
			}
		}
		return a.emit(tx, by, p.Personal, "lifeline.changed", int64(id))
	})
}

// lockInside is inside with the lifeline locked for the rest of the transaction. Who is not in it does not
// lock it.
func (a *App) lockInside(ctx context.Context, h Writes, by tandem.Actor, id tandem.LifelineID, act policy.Action) (l tandem.Lifeline, me tandem.LifelineMember, others []tandem.LifelineMember, err error) {
	if _, _, _, err = inside(ctx, h, by, id, act); err != nil {
		return l, me, nil, err
	}
	if err = h.LockLifeline(ctx, id); err != nil {
		return l, me, nil, err
	}
	return inside(ctx, h, by, id, act)
}

// mostShared bounds the goals that one person shows to a lifeline.
const mostShared = 20

// show makes a list the goals that the actor shows. A goal that was for its owner alone is for lifelines from
// then on: both are said by the same choice, and a goal that is set back to its owner alone is shown no more.
func (a *App) show(ctx context.Context, h Writes, by tandem.Actor, id tandem.LifelineID, goals []SharedGoalID) error {
	p, err := h.Person(ctx)
	if err != nil {
		return err
	}
	old, err := h.OwnShares(ctx, id)
	if err != nil {
		return err
	}
	if len(goals) > mostShared {
		return tandem.Invalid("goals", "lifeline_many_goals", tandem.Args{"limit": mostShared})
	}
	var now []tandem.Share
	for _, x := range goals {
		if x.Workspace == 0 {
			x.Workspace = p.Personal
		}
		s := tandem.Share{Workspace: x.Workspace, Goal: x.Goal, Lifeline: id}
		g, err := anyGoal(ctx, h, by, x.Workspace, x.Goal, policy.Change, policy.Goal)
		if err != nil {
			return err
		}
		if g.GoalHead().Visibility == tandem.OnlyMe {
			if err := a.widen(ctx, h, by, g, tandem.ByLifelines); err != nil {
				return err
			}
		}
		if now = append(now, s); !slices.Contains(old, s) {
			if err := h.AddShare(ctx, s); err != nil {
				return err
			}
		}
	}
	for _, s := range old {
		if !slices.Contains(now, s) {
			if err := h.DropShare(ctx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// widen lets lifelines see a goal, with its history.
func (a *App) widen(ctx context.Context, h Writes, by tandem.Actor, g tandem.AnyGoal, v tandem.Visibility) (err error) {
	in := GoalChange{Version: g.GoalHead().Version, Visibility: &v}
	var now tandem.AnyGoal
	switch x := g.(type) {
	case tandem.PerformanceGoal:
		now, err = a.changeResult(ctx, h, x, in)
	case tandem.LearningGoal:
		now, err = a.changeLearning(ctx, h, x, in)
	}
	if err != nil {
		return err
	}
	return a.remember(ctx, h, by, g.GoalHead().Workspace, "goal", int64(g.GoalHead().ID), 0, g, now)
}

// EndLifeline ends the actor's part in a lifeline at once. From then on nothing of it is there for the actor,
// and nothing of the actor for the others; nobody is told. What was written to the actor stays on the own side.
// Who was invited and waits for the others takes the yes back.
func (a *App) EndLifeline(ctx context.Context, by tandem.Actor, id tandem.LifelineID) (err error) {
	defer tandem.Wrap(&err, "end lifeline")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		_, me, others, err := a.lockInside(ctx, h, by, id, policy.Delete)
		if tandem.KindOf(err) == tandem.KindNotFound {
			return a.withdraw(ctx, h, by, id)
		}
		if err != nil {
			return err
		}
		if err := a.leave(ctx, h, me); err != nil {
			return err
		}
		if err := a.settleTies(ctx, h, id, others); err != nil {
			return err
		}
		p, err := h.Person(ctx)
		if err != nil {
			return err
		}
		return a.emit(tx, by, p.Personal, "lifeline.ended", int64(id))
	})
}

// leave ends a tie and takes away what came with it.
func (a *App) leave(ctx context.Context, h Writes, m tandem.LifelineMember) error {
	m.Tie, m.Ended = tandem.TieEnded, a.now()
	m.Ask, m.QuietDays, m.QuietWords = "", 0, ""
	if err := h.PutTie(ctx, m); err != nil {
		return err
	}
	return h.DropTraces(ctx, m.Lifeline, m.Person)
}

// settleTies lets in who was invited and to whom everybody who is in said yes.
func (a *App) settleTies(ctx context.Context, h Writes, id tandem.LifelineID, all []tandem.LifelineMember) error {
	in := accepted(all)
	for _, m := range all {
		if m.Tie != tandem.TieInvited || len(in) == 0 {
			continue
		}
		yes, err := h.Consents(ctx, id, m.Person)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(in, func(x tandem.LifelineMember) bool { return !slices.Contains(yes, x.Person) }) {
			continue
		}
		m.Tie, m.Joined = tandem.TieAccepted, a.now()
		if err := h.PutTie(ctx, m); err != nil {
			return err
		}
		in = append(in, m)
	}
	return nil
}

// A LifelineInviteInput asks for an invitation: whom it is meant for, for the own list, and how many days it
// holds.
type LifelineInviteInput struct {
	Who  string `json:"who,omitempty"`
	Days int    `json:"days,omitempty"`
}

// A LifelineInviteMade is a new invitation with its secret, which is shown this once.
type LifelineInviteMade struct {
	Invite tandem.LifelineInvite
	Secret string
}

// InviteToLifeline makes an invitation by link: whoever brings its secret first may say yes.
func (a *App) InviteToLifeline(ctx context.Context, by tandem.Actor, id tandem.LifelineID, in LifelineInviteInput) (m LifelineInviteMade, err error) {
	defer tandem.Wrap(&err, "invite to lifeline")
	if in.Days == 0 {
		in.Days = inviteDays
	}
	plain, hash := a.Keys.NewSecret()
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		_, me, others, err := a.lockInside(ctx, h, by, id, policy.Change)
		if err != nil {
			return err
		}
		if in.Days < 1 || in.Days > maxInviteDays {
			return tandem.Invalid("days", "int_range", tandem.Args{"field": "days", "lo": 1, "hi": maxInviteDays})
		}
		i := tandem.LifelineInvite{Lifeline: id, ID: tandem.NewID[tandem.InviteID](a.IDs), Who: tandem.CleanTitle(in.Who), By: me.Person, Ends: after(a.now(), time.Duration(in.Days)*24*time.Hour)}
		if err := i.Validate(); err != nil {
			return err
		}
		if len(others)+1 >= tandem.MostInLifeline {
			return tandem.Invalid("", "lifeline_full", tandem.Args{"limit": tandem.MostInLifeline})
		}
		m = LifelineInviteMade{Invite: i, Secret: plain}
		return h.AddLifelineInvite(ctx, i, hash)
	})
	return m, err
}

// DeleteLifelineInvite takes an own invitation back.
func (a *App) DeleteLifelineInvite(ctx context.Context, by tandem.Actor, id tandem.LifelineID, invite tandem.InviteID) (err error) {
	defer tandem.Wrap(&err, "delete lifeline invite")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, _, _, err := inside(ctx, h, by, id, policy.Change); err != nil {
			return err
		}
		return h.DeleteLifelineInvite(ctx, id, invite)
	})
}
