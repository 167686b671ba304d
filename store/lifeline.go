package store

import (
	"context"
	"database/sql"
	"strings"

	"tandem"
	"tandem/policy"
)

// Lifelines lie with accounts. What is read of somebody else hangs on the ties of both in the same query, so
// that nothing is left over once one of them ended.

// mine gives who asks, 0 for an actor that policy does not let at the own lifelines: suspended, bound to a
// workspace, or nobody.
func (h *Handle) mine() tandem.PersonID {
	r := policy.Resource{Kind: policy.Lifeline, Owner: h.actor.Person}
	if policy.Decide(h.rights(), policy.Read, r).Answer != policy.Allow {
		return 0
	}
	return h.actor.Person
}

const lifelineColumns = `l.id, l.question, l.made_by, l.version, l.created`

func lifelineFields(l *tandem.Lifeline) []any {
	return []any{&l.ID, &l.Question, &l.By, &l.Version, &l.Created}
}

const tieColumns = `m.lifeline_id, m.person_id, p.name, m.tie, m.ask, m.parts, m.quiet_days, m.quiet_words, m.quiet_since, m.joined, m.ended`

// A partsColumn reads and writes parts as words.
type partsColumn struct{ p *tandem.Parts }

// Scan implements sql.Scanner.
func (c partsColumn) Scan(v any) error {
	var text sql.NullString
	if err := text.Scan(v); err != nil {
		return err
	}
	var list []tandem.Part
	for _, w := range strings.Fields(text.String) {
		list = append(list, tandem.Part(w))
	}
	p, err := tandem.PartsOf(list)
	*c.p = p
	return err
}

func partsText(p tandem.Parts) string {
	words := make([]string, 0, 4)
	for _, x := range p.List() {
		words = append(words, string(x))
	}
	return strings.Join(words, " ")
}

func tieFields(m *tandem.LifelineMember) []any {
	return []any{&m.Lifeline, &m.Person, &m.Name, &m.Tie, &m.Ask, partsColumn{&m.Parts}, &m.QuietDays, &m.QuietWords, &m.QuietSince, &m.Joined, &m.Ended}
}

func scanTie(r *sql.Rows) (m tandem.LifelineMember, err error) {
	err = r.Scan(tieFields(&m)...)
	return m, err
}

// Lifelines gives the lifelines that the actor is in or was invited to, oldest first, each with the actor's own
// tie.
func (h *Handle) Lifelines(ctx context.Context) (out []tandem.Lifeline, ties []tandem.LifelineMember, err error) {
	const q = `SELECT ` + lifelineColumns + `, ` + tieColumns + ` FROM lifeline_member m JOIN lifeline l ON l.id = m.lifeline_id JOIN person p ON p.id = m.person_id
		WHERE m.person_id = $1 AND m.tie IN ('accepted', 'invited') ORDER BY l.id`
	rows, err := h.q.QueryContext(ctx, q, h.mine())
	all, err := collect(rows, err, func(r *sql.Rows) (l tandem.Lifeline, err error) {
		var m tandem.LifelineMember
		err = r.Scan(append(lifelineFields(&l), tieFields(&m)...)...)
		ties = append(ties, m)
		return l, err
	})
	return all, ties, err
}

// inLifeline: the actor $2 is accepted in lifeline $1.
const inLifeline = `EXISTS (SELECT 1 FROM lifeline_member me WHERE me.lifeline_id = $1 AND me.person_id = $2 AND me.tie = 'accepted')`

// Lifeline gives a lifeline that the actor is in; for anybody else, who was invited included, it is not there.
func (h *Handle) Lifeline(ctx context.Context, id tandem.LifelineID) (l tandem.Lifeline, err error) {
	const q = `SELECT ` + lifelineColumns + ` FROM lifeline l WHERE l.id = $1 AND ` + inLifeline
	err = h.q.QueryRowContext(ctx, q, id, h.mine()).Scan(lifelineFields(&l)...)
	return l, notFound(err, "lifeline")
}

// LifelineMembers gives who is in a lifeline of the actor's or was invited into it, in the order of coming.
func (h *Handle) LifelineMembers(ctx context.Context, id tandem.LifelineID) ([]tandem.LifelineMember, error) {
	const q = `SELECT ` + tieColumns + ` FROM lifeline_member m JOIN person p ON p.id = m.person_id
		WHERE m.lifeline_id = $1 AND m.tie IN ('accepted', 'invited') AND ` + inLifeline + ` ORDER BY m.joined, m.person_id`
	rows, err := h.q.QueryContext(ctx, q, id, h.mine())
	return collect(rows, err, scanTie)
}

// EveryTie gives who is in a lifeline or was invited, for the house itself: an invitation is looked at before
// its bearer is in.
func (h *Handle) EveryTie(ctx context.Context, id tandem.LifelineID) (l tandem.Lifeline, all []tandem.LifelineMember, err error) {
	const head = `SELECT ` + lifelineColumns + ` FROM lifeline l WHERE l.id = $1`
	const q = `SELECT ` + tieColumns + ` FROM lifeline_member m JOIN person p ON p.id = m.person_id WHERE m.lifeline_id = $1 ORDER BY m.joined, m.person_id`
	if h.actor.Source != "local" {
		return l, nil, tandem.NotFound("lifeline")
	}
	if err := h.q.QueryRowContext(ctx, head, id).Scan(lifelineFields(&l)...); err != nil {
		return l, nil, notFound(err, "lifeline")
	}
	rows, err := h.q.QueryContext(ctx, q, id)
	all, err = collect(rows, err, scanTie)
	return l, all, err
}

// AddLifeline keeps a new lifeline; LockLifeline raises its version, which is the lock for who is in it.
func (h *Handle) AddLifeline(ctx context.Context, l tandem.Lifeline) error {
	const q = `INSERT INTO lifeline (id, question, made_by, version, created) VALUES ($1, $2, $3, 1, $4)`
	_, err := h.q.ExecContext(ctx, q, l.ID, l.Question, l.By, l.Created)
	return err
}

// LockLifeline keeps others from writing in a lifeline until the transaction ends.
func (h *Handle) LockLifeline(ctx context.Context, id tandem.LifelineID) error {
	const q = `UPDATE lifeline SET version = version WHERE id = $1`
	r, err := h.q.ExecContext(ctx, q, id)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("lifeline")
}

// SetQuestion changes the weekly question and raises the version.
func (h *Handle) SetQuestion(ctx context.Context, id tandem.LifelineID, question string) error {
	const q = `UPDATE lifeline SET question = $2, version = version + 1 WHERE id = $1`
	_, err := h.q.ExecContext(ctx, q, id, question)
	return err
}

// PutTie keeps how somebody stands to a lifeline and what this person asks and shows there.
func (h *Handle) PutTie(ctx context.Context, m tandem.LifelineMember) error {
	const q = `INSERT INTO lifeline_member (lifeline_id, person_id, tie, ask, parts, quiet_days, quiet_words, quiet_since, joined, ended)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (lifeline_id, person_id) DO UPDATE SET tie = excluded.tie, ask = excluded.ask, parts = excluded.parts, quiet_days = excluded.quiet_days,
		quiet_words = excluded.quiet_words, quiet_since = excluded.quiet_since, joined = excluded.joined, ended = excluded.ended`
	_, err := h.q.ExecContext(ctx, q, m.Lifeline, m.Person, string(m.Tie), m.Ask, partsText(m.Parts), m.QuietDays, m.QuietWords, int64(m.QuietSince), m.Joined, m.Ended)
	return err
}

// PutConsent keeps that somebody said yes to somebody else; Consents gives who said yes to a person.
func (h *Handle) PutConsent(ctx context.Context, id tandem.LifelineID, person, by tandem.PersonID) error {
	const q = `INSERT INTO lifeline_consent (lifeline_id, person_id, by_person) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, id, person, by)
	return err
}

// Consents gives who said yes to a person who was invited.
func (h *Handle) Consents(ctx context.Context, id tandem.LifelineID, person tandem.PersonID) ([]tandem.PersonID, error) {
	const q = `SELECT by_person FROM lifeline_consent WHERE lifeline_id = $1 AND person_id = $2`
	rows, err := h.q.QueryContext(ctx, q, id, person)
	return collect(rows, err, func(r *sql.Rows) (p tandem.PersonID, err error) {
		err = r.Scan(&p)
		return p, err
	})
}

// DropTraces takes away what a person gave to a lifeline and what others said yes to: shares, invitations that
// were not used, consents. What was written stays on the side of its owner.
func (h *Handle) DropTraces(ctx context.Context, id tandem.LifelineID, person tandem.PersonID) error {
	const shares = `DELETE FROM share WHERE lifeline_id = $1 AND (workspace_id, goal_id) IN
		(SELECT g.workspace_id, g.id FROM share s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id WHERE s.lifeline_id = $1 AND g.owner = $2)`
	const invites = `DELETE FROM lifeline_invite WHERE lifeline_id = $1 AND made_by = $2 AND used_at = 0`
	const consents = `DELETE FROM lifeline_consent WHERE lifeline_id = $1 AND (person_id = $2 OR by_person = $2)`
	for _, q := range []string{shares, invites, consents} {
		if _, err := h.q.ExecContext(ctx, q, id, person); err != nil {
			return err
		}
	}
	return nil
}

const lifelineInviteColumns = `i.lifeline_id, i.id, i.who, i.made_by, i.ends, i.used_by, i.used_at`

func scanLifelineInvite(r interface{ Scan(...any) error }) (i tandem.LifelineInvite, err error) {
	err = r.Scan(&i.Lifeline, &i.ID, &i.Who, &i.By, &i.Ends, &i.UsedBy, &i.UsedAt)
	return i, err
}

// LifelineInvites gives the actor's own invitations into a lifeline, newest first, the used ones too.
func (h *Handle) LifelineInvites(ctx context.Context, id tandem.LifelineID) ([]tandem.LifelineInvite, error) {
	const q = `SELECT ` + lifelineInviteColumns + ` FROM lifeline_invite i WHERE i.lifeline_id = $1 AND i.made_by = $2 AND ` + inLifeline + ` ORDER BY i.id DESC`
	rows, err := h.q.QueryContext(ctx, q, id, h.mine())
	return collect(rows, err, func(r *sql.Rows) (tandem.LifelineInvite, error) { return scanLifelineInvite(r) })
}

// LifelineInviteByHash finds the invitation of a secret's hash, for the house itself: holding the secret is the
// right to see it.
func (h *Handle) LifelineInviteByHash(ctx context.Context, hash string) (tandem.LifelineInvite, error) {
	const q = `SELECT ` + lifelineInviteColumns + ` FROM lifeline_invite i WHERE i.hash = $1`
	if h.actor.Source != "local" {
		return tandem.LifelineInvite{}, tandem.NotFound("invite")
	}
	i, err := scanLifelineInvite(h.q.QueryRowContext(ctx, q, hash))
	return i, notFound(err, "invite")
}

// AddLifelineInvite keeps a new invitation under the hash of its secret.
func (h *Handle) AddLifelineInvite(ctx context.Context, i tandem.LifelineInvite, hash string) error {
	const q = `INSERT INTO lifeline_invite (lifeline_id, id, hash, who, made_by, ends, used_by, used_at) VALUES ($1, $2, $3, $4, $5, $6, 0, 0)`
	_, err := h.q.ExecContext(ctx, q, i.Lifeline, i.ID, hash, i.Who, i.By, i.Ends)
	return err
}

// DeleteLifelineInvite takes an own invitation back.
func (h *Handle) DeleteLifelineInvite(ctx context.Context, id tandem.LifelineID, invite tandem.InviteID) error {
	const q = `DELETE FROM lifeline_invite WHERE lifeline_id = $1 AND id = $2 AND made_by = $3 AND used_at = 0`
	r, err := h.q.ExecContext(ctx, q, id, invite, h.mine())
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("invite")
}

// UseLifelineInvite marks an invitation as used; of two who come at once, one gets the error invite_ended.
func (h *Handle) UseLifelineInvite(ctx context.Context, i tandem.LifelineInvite, by tandem.PersonID, at tandem.Instant) error {
	const q = `UPDATE lifeline_invite SET used_by = $3, used_at = $4 WHERE lifeline_id = $1 AND id = $2 AND used_at = 0`
	r, err := h.q.ExecContext(ctx, q, i.Lifeline, i.ID, by, at)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return &tandem.Error{Kind: tandem.KindInvalid, Code: "invite_ended"}
}
