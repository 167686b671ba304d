package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A LifelineLetter is what the bearer of an invitation reads before saying yes: words that were written for
// it, and what people in this lifeline may show. Nothing of anybody's goals.
type LifelineLetter struct {
	From     string         `json:"from"`
	With     []string       `json:"with"` // who else is in it
	Ask      string         `json:"ask,omitempty"`
	Question string         `json:"question"`
	Parts    []tandem.Part  `json:"parts"`
	Ends     tandem.Instant `json:"ends"`
}

// GetLifelineInvite shows an invitation to the bearer of its secret; the error is invite_ended for any that
// does not hold.
func (a *App) GetLifelineInvite(ctx context.Context, secret string) (v LifelineLetter, err error) {
	defer tandem.Wrap(&err, "get lifeline invite")
	i, l, all, err := a.lifelineInvite(ctx, a.Store.For(policy.Local()), secret)
	if err != nil {
		return v, err
	}
	v = LifelineLetter{Question: l.Question, With: []string{}, Ends: i.Ends}
	for _, m := range accepted(all) {
		if m.Person == i.By {
			v.From, v.Ask, v.Parts = m.Name, m.Ask, m.Parts.List()
		} else {
			v.With = append(v.With, m.Name)
		}
	}
	return v, nil
}

// lifelineInvite finds the invitation of a secret that still holds: not used, in time, and from somebody who is
// in the lifeline.
func (a *App) lifelineInvite(ctx context.Context, door Reads, secret string) (i tandem.LifelineInvite, l tandem.Lifeline, all []tandem.LifelineMember, err error) {
	ended := &tandem.Error{Kind: tandem.KindInvalid, Code: "invite_ended"}
	i, err = door.LifelineInviteByHash(ctx, a.Keys.HashSecret(secret))
	if tandem.KindOf(err) == tandem.KindNotFound || err == nil && (i.UsedAt != 0 || i.Ends <= a.now()) {
		err = ended
	}
	if err != nil {
		return i, l, nil, err
	}
	if l, all, err = door.EveryTie(ctx, i.Lifeline); err != nil {
		return i, l, nil, err
	}
	for _, m := range accepted(all) {
		if m.Person == i.By {
			from, err := door.PersonByID(ctx, i.By)
			if err == nil && from.Suspended {
				err = ended
			}
			return i, l, all, err
		}
	}
	return i, l, nil, ended
}

// AcceptLifeline says yes to an invitation, which is used up. The actor is in once everybody who is in said yes
// too; who invited has said it with the invitation. Nothing of the actor's is shown before goals are chosen.
func (a *App) AcceptLifeline(ctx context.Context, by tandem.Actor, secret string) (l tandem.Lifeline, tie tandem.Tie, err error) {
	defer tandem.Wrap(&err, "accept lifeline")
	if err := may(by, policy.Create, ownLifelines(by)); err != nil {
		return l, tie, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		l, tie, err = a.joinLifeline(ctx, tx, by.Person, secret)
		return err
	})
	return l, tie, err
}

// joinLifeline uses an invitation up for a person.
func (a *App) joinLifeline(ctx context.Context, tx Tx, person tandem.PersonID, secret string) (l tandem.Lifeline, tie tandem.Tie, err error) {
	door := tx.For(policy.Local())
	i, l, _, err := a.lifelineInvite(ctx, door, secret)
	if err != nil {
		return l, tie, err
	}
	if err := door.LockLifeline(ctx, l.ID); err != nil {
		return l, tie, err
	}
	i, l, all, err := a.lifelineInvite(ctx, door, secret) // as it stands now that nobody else writes
	if err != nil {
		return l, tie, err
	}
	p, err := door.PersonByID(ctx, person)
	if err != nil {
		return l, tie, err
	}
	if err := grown(p); err != nil {
		return l, tie, err
	}
	there, parts := 0, tandem.EveryPart
	for _, m := range all {
		if m.Person == person && m.Tie != tandem.TieEnded {
			return l, m.Tie, nil // in it already: the invitation is left to others
		}
		if m.Person == i.By {
			parts = m.Parts
		}
		if m.Tie != tandem.TieEnded {
			there++
		}
	}
	if there >= tandem.MostInLifeline {
		return l, tie, tandem.Invalid("", "lifeline_full", tandem.Args{"limit": tandem.MostInLifeline})
	}
	if err := door.UseLifelineInvite(ctx, i, person, a.now()); err != nil {
		return l, tie, err
	}
	me := tandem.LifelineMember{Lifeline: l.ID, Person: person, Tie: tandem.TieInvited, Parts: parts, QuietSince: p.Today(a.Now()), Joined: a.now()}
	if err := door.PutTie(ctx, me); err != nil {
		return l, tie, err
	}
	if err := door.PutConsent(ctx, l.ID, person, i.By); err != nil {
		return l, tie, err
	}
	if err := a.settleTies(ctx, door, l.ID, append(withoutPerson(all, person), me)); err != nil {
		return l, tie, err
	}
	actor := tandem.Actor{Person: person}
	if _, err := tx.For(actor).Lifeline(ctx, l.ID); err == nil {
		tie = tandem.TieAccepted
	} else if tie = tandem.TieInvited; tandem.KindOf(err) != tandem.KindNotFound {
		return l, tie, err
	}
	if err := a.usedConcept(ctx, tx.For(actor), "lifeline"); err != nil {
		return l, tie, err
	}
	return l, tie, a.emit(tx, actor, p.Personal, "lifeline.accepted", int64(l.ID))
}

func withoutPerson(all []tandem.LifelineMember, person tandem.PersonID) (out []tandem.LifelineMember) {
	for _, m := range all {
		if m.Person != person {
			out = append(out, m)
		}
	}
	return out
}

// AgreeLifeline answers whether somebody who was invited by another may come in. No ends it for that person;
// nobody is told who said it.
func (a *App) AgreeLifeline(ctx context.Context, by tandem.Actor, id tandem.LifelineID, person tandem.PersonID, yes bool) (err error) {
	defer tandem.Wrap(&err, "agree lifeline")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		_, me, others, err := a.lockInside(ctx, h, by, id, policy.Change)
		if err != nil {
			return err
		}
		for _, m := range others {
			if m.Person != person || m.Tie != tandem.TieInvited {
				continue
			}
			if !yes {
				return a.leave(ctx, h, m)
			}
			if err := h.PutConsent(ctx, id, person, by.Person); err != nil {
				return err
			}
			return a.settleTies(ctx, h, id, append(others, me))
		}
		return tandem.NotFound("person")
	})
}

// withdraw takes back a yes while the others have not said theirs.
func (a *App) withdraw(ctx context.Context, h Writes, by tandem.Actor, id tandem.LifelineID) error {
	if err := may(by, policy.Delete, ownLifelines(by)); err != nil {
		return err
	}
	mine := func() (tandem.LifelineMember, error) {
		_, ties, err := h.Lifelines(ctx)
		i := slices.IndexFunc(ties, func(m tandem.LifelineMember) bool { return m.Lifeline == id && m.Tie == tandem.TieInvited })
		if err != nil || i < 0 {
			return tandem.LifelineMember{}, firstOf(err, tandem.NotFound("lifeline"))
		}
		return ties[i], nil
	}
	if _, err := mine(); err != nil {
		return err
	}
	if err := h.LockLifeline(ctx, id); err != nil {
		return err
	}
	m, err := mine() // as it stands now that nobody else writes
	if err != nil {
		return err
	}
	return a.leave(ctx, h, m)
}
