package store

import (
	"context"
	"database/sql"

	"tandem"
	"tandem/policy"
)

const memberColumns = `m.workspace_id, m.person_id, m.role, m.joined, m.ended`

func memberFields(m *tandem.Member) []any {
	return []any{&m.Workspace, &m.Person, &m.Role, &m.Joined, &m.Ended}
}

// Members gives the lasting memberships of a workspace, the oldest first.
func (h *Handle) Members(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Member, error) {
	const q = `SELECT ` + memberColumns + ` FROM member m WHERE m.workspace_id = $1 AND m.ended = 0 ORDER BY m.joined, m.person_id`
	if !h.seesAll(policy.Member, ws) {
		return nil, nil
	}
	rows, err := h.q.QueryContext(ctx, q, ws)
	return collect(rows, err, func(r *sql.Rows) (m tandem.Member, err error) {
		err = r.Scan(memberFields(&m)...)
		return m, err
	})
}

// Member gives one lasting membership. The actor's own is always found; that of others only by who may
// see the members.
func (h *Handle) Member(ctx context.Context, ws tandem.WorkspaceID, person tandem.PersonID) (m tandem.Member, err error) {
	const q = `SELECT ` + memberColumns + ` FROM member m WHERE m.workspace_id = $1 AND m.person_id = $2 AND m.ended = 0`
	if person != h.actor.Person && !h.seesAll(policy.Member, ws) {
		return m, tandem.NotFound("member")
	}
	err = h.q.QueryRowContext(ctx, q, ws, person).Scan(memberFields(&m)...)
	return m, notFound(err, "member")
}

// PutMember makes a person a member, again where a membership had ended, or gives another role.
func (h *Handle) PutMember(ctx context.Context, m tandem.Member) error {
	const q = `INSERT INTO member (workspace_id, person_id, role, joined, ended) VALUES ($1, $2, $3, $4, 0)
		ON CONFLICT (workspace_id, person_id) DO UPDATE SET role = excluded.role, joined = excluded.joined, ended = 0`
	_, err := h.q.ExecContext(ctx, q, m.Workspace, m.Person, string(m.Role), m.Joined)
	return err
}

// EndMember ends a membership at an instant. What the person made stays, and out of reach.
func (h *Handle) EndMember(ctx context.Context, ws tandem.WorkspaceID, person tandem.PersonID, at tandem.Instant) error {
	const q = `UPDATE member SET ended = $3 WHERE workspace_id = $1 AND person_id = $2 AND ended = 0`
	r, err := h.q.ExecContext(ctx, q, ws, person, at)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("member")
}
