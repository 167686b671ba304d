package store

import (
	"context"
	"database/sql"

	"tandem"
	"tandem/policy"
)

const inviteColumns = `i.workspace_id, i.id, i.role, i.made_by, i.ends, i.used_by, i.used_at`

func inviteFields(i *tandem.Invite) []any {
	return []any{&i.Workspace, &i.ID, &i.Role, &i.By, &i.Ends, &i.UsedBy, &i.UsedAt}
}

// Invites gives the invitations of a workspace, newest first, the used ones too.
func (h *Handle) Invites(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Invite, error) {
	const q = `SELECT ` + inviteColumns + ` FROM invite i WHERE i.workspace_id = $1 ORDER BY i.id DESC`
	if !h.seesAll(policy.Invite, ws) {
		return nil, nil
	}
	rows, err := h.q.QueryContext(ctx, q, ws)
	return collect(rows, err, func(r *sql.Rows) (i tandem.Invite, err error) {
		err = r.Scan(inviteFields(&i)...)
		return i, err
	})
}

// Invite gives one invitation.
func (h *Handle) Invite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID) (i tandem.Invite, err error) {
	const q = `SELECT ` + inviteColumns + ` FROM invite i WHERE i.workspace_id = $1 AND i.id = $2`
	if !h.seesAll(policy.Invite, ws) {
		return i, tandem.NotFound("invite")
	}
	err = h.q.QueryRowContext(ctx, q, ws, id).Scan(inviteFields(&i)...)
	return i, notFound(err, "invite")
}

// InviteByHash finds the invitation of a secret's hash, with the workspace it leads to. Holding the
// secret is the right to see it, so that only the house asks, before anybody is a member.
func (h *Handle) InviteByHash(ctx context.Context, hash string) (i tandem.Invite, w tandem.Workspace, err error) {
	const q = `SELECT ` + inviteColumns + `, ` + workspaceColumns + ` FROM invite i JOIN workspace w ON w.workspace_id = i.workspace_id
		WHERE i.hash = $1`
	if h.actor.Source != "local" {
		return i, w, tandem.NotFound("invite")
	}
	err = h.q.QueryRowContext(ctx, q, hash).Scan(append(inviteFields(&i), workspaceFields(&w)...)...)
	return i, w, notFound(err, "invite")
}

// AddInvite keeps a new invitation under the hash of its secret.
func (h *Handle) AddInvite(ctx context.Context, i tandem.Invite, hash string) error {
	const q = `INSERT INTO invite (workspace_id, id, hash, role, made_by, ends, used_by, used_at) VALUES ($1, $2, $3, $4, $5, $6, 0, 0)`
	_, err := h.q.ExecContext(ctx, q, i.Workspace, i.ID, hash, string(i.Role), i.By, i.Ends)
	return err
}

// DeleteInvite takes an invitation back.
func (h *Handle) DeleteInvite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID) error {
	const q = `DELETE FROM invite WHERE workspace_id = $1 AND id = $2`
	r, err := h.q.ExecContext(ctx, q, ws, id)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("invite")
}

// UseInvite marks an invitation as used in the transaction that uses it. Of two who come at once, one
// gets the error invite_ended.
func (h *Handle) UseInvite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID, by tandem.PersonID, at tandem.Instant) error {
	const q = `UPDATE invite SET used_by = $3, used_at = $4 WHERE workspace_id = $1 AND id = $2 AND used_at = 0 AND ends > $4`
	r, err := h.q.ExecContext(ctx, q, ws, id, by, at)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return &tandem.Error{Kind: tandem.KindInvalid, Code: "invite_ended"}
}
