package store

import (
	"context"
	"database/sql"

	"tandem"
	"tandem/policy"
)

// Sessions, one-time links and the counters of tries. Every credential is looked up here at each
// request, so that what was revoked is refused on the next one.

type rolesByWorkspace = map[tandem.WorkspaceID]tandem.Role

// BySession finds the session of a secret's hash with its person and the lasting memberships, in one
// query. The caller judges times, epochs and suspension.
func (h *Handle) BySession(ctx context.Context, hash string) (s tandem.Session, p tandem.Person, roles rolesByWorkspace, err error) {
	const q = `SELECT s.person_id, s.epoch, s.made, s.seen, s.ends, s.agent, ` + personColumns + `,
		COALESCE(m.workspace_id, 0), COALESCE(m.role, '')
		FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN member m ON m.person_id = p.id AND m.ended = 0
		WHERE s.hash = $1`
	roles = rolesByWorkspace{}
	rows, err := h.q.QueryContext(ctx, q, hash)
	found, err := collect(rows, err, func(r *sql.Rows) (ok bool, err error) {
		var ws tandem.WorkspaceID
		var role tandem.Role
		to := append([]any{&s.Person, &s.Epoch, &s.Made, &s.Seen, &s.Ends, &s.Agent}, personFields(&p)...)
		err = r.Scan(append(to, &ws, &role)...)
		if ws != 0 {
			roles[ws] = role
		}
		return true, err
	})
	if err != nil || len(found) == 0 || !h.administers(policy.Read, p.ID) {
		return tandem.Session{}, tandem.Person{}, nil, firstErr(err, tandem.NotFound("session"))
	}
	return s, p, roles, nil
}

// Sessions gives the actor's own sessions by the hash of their secret.
func (h *Handle) Sessions(ctx context.Context) (map[string]tandem.Session, error) {
	const q = `SELECT hash, person_id, epoch, made, seen, ends, agent FROM session WHERE person_id = $1`
	type keyed struct {
		hash string
		s    tandem.Session
	}
	rows, err := h.q.QueryContext(ctx, q, h.actor.Person)
	all, err := collect(rows, err, func(r *sql.Rows) (k keyed, err error) {
		err = r.Scan(&k.hash, &k.s.Person, &k.s.Epoch, &k.s.Made, &k.s.Seen, &k.s.Ends, &k.s.Agent)
		return k, err
	})
	out := make(map[string]tandem.Session, len(all))
	for _, k := range all {
		out[k.hash] = k.s
	}
	return out, err
}

// AddSession keeps a new session under the hash of its secret, and drops those of the person that have
// ended.
func (h *Handle) AddSession(ctx context.Context, hash string, s tandem.Session) error {
	const old = `DELETE FROM session WHERE person_id = $1 AND (ends <= $2 OR epoch <> $3)`
	const q = `INSERT INTO session (hash, person_id, epoch, made, seen, ends, agent) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	if _, err := h.q.ExecContext(ctx, old, s.Person, s.Made, s.Epoch); err != nil {
		return err
	}
	_, err := h.q.ExecContext(ctx, q, hash, s.Person, s.Epoch, s.Made, s.Seen, s.Ends, s.Agent)
	return err
}

// TouchSession notes when a session was last used.
func (h *Handle) TouchSession(ctx context.Context, hash string, seen tandem.Instant) error {
	const q = `UPDATE session SET seen = $3 WHERE hash = $1 AND person_id = $2 AND seen < $3`
	_, err := h.q.ExecContext(ctx, q, hash, h.actor.Person, seen)
	return err
}

// DeleteSession ends the actor's session of that hash.
func (h *Handle) DeleteSession(ctx context.Context, hash string) error {
	const q = `DELETE FROM session WHERE hash = $1 AND person_id = $2`
	r, err := h.q.ExecContext(ctx, q, hash, h.actor.Person)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("session")
}

// DeleteSessions ends every session of a person but the one with the hash keep ("": none is kept).
func (h *Handle) DeleteSessions(ctx context.Context, person tandem.PersonID, keep string) error {
	const q = `DELETE FROM session WHERE person_id = $1 AND hash <> $2`
	if !h.administers(policy.Manage, person) {
		return tandem.NotFound("person")
	}
	_, err := h.q.ExecContext(ctx, q, person, keep)
	return err
}

// AddSigninLink keeps the hash of a one-time link.
func (h *Handle) AddSigninLink(ctx context.Context, hash string, person tandem.PersonID, ends tandem.Instant) error {
	const q = `INSERT INTO signin_link (hash, person_id, ends) VALUES ($1, $2, $3)`
	if !h.administers(policy.Manage, person) {
		return tandem.NotFound("person")
	}
	_, err := h.q.ExecContext(ctx, q, hash, person, ends)
	return err
}

// TakeSigninLink deletes a link in the transaction that uses it and gives whom it lets in and until
// when it was good. Of two who use it at once, one finds nothing.
func (h *Handle) TakeSigninLink(ctx context.Context, hash string) (person tandem.PersonID, ends tandem.Instant, err error) {
	const q = `DELETE FROM signin_link WHERE hash = $1 RETURNING person_id, ends`
	err = h.q.QueryRowContext(ctx, q, hash).Scan(&person, &ends)
	if err == nil && !h.administers(policy.Manage, person) {
		err = sql.ErrNoRows
	}
	return person, ends, notFound(err, "link")
}

// DropSigninLinks deletes every link of a person.
func (h *Handle) DropSigninLinks(ctx context.Context, person tandem.PersonID) error {
	const q = `DELETE FROM signin_link WHERE person_id = $1`
	if !h.administers(policy.Manage, person) {
		return tandem.NotFound("person")
	}
	_, err := h.q.ExecContext(ctx, q, person)
	return err
}

// Tries gives the counter of tries under a key and locks it until the transaction ends, so that two
// instances cannot both count the same try.
func (h *Handle) Tries(ctx context.Context, key string) (count int64, since, next tandem.Instant, err error) {
	const q = `INSERT INTO throttle (key, count, since, next_at) VALUES ($1, 0, 0, 0)
		ON CONFLICT (key) DO UPDATE SET count = throttle.count RETURNING count, since, next_at`
	err = h.q.QueryRowContext(ctx, q, key).Scan(&count, &since, &next)
	return count, since, next, err
}

// SetTries keeps the counter of tries under a key that Tries has locked; without a count it is dropped.
func (h *Handle) SetTries(ctx context.Context, key string, count int64, since, next tandem.Instant) error {
	const drop = `DELETE FROM throttle WHERE key = $1`
	const q = `UPDATE throttle SET count = $2, since = $3, next_at = $4 WHERE key = $1`
	if count == 0 {
		_, err := h.q.ExecContext(ctx, drop, key)
		return err
	}
	_, err := h.q.ExecContext(ctx, q, key, count, since, next)
	return err
}

// DropTries deletes counters whose window has been quiet since an instant, so that addresses seen once
// do not stay.
func (h *Handle) DropTries(ctx context.Context, before tandem.Instant) error {
	const q = `DELETE FROM throttle WHERE since < $1 AND next_at < $1`
	_, err := h.q.ExecContext(ctx, q, before)
	return err
}
