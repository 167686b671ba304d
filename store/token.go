package store

import (
	"context"
	"database/sql"
	"strings"

	"tandem"
	"tandem/policy"
)

const tokenColumns = `t.id, t.person_id, t.name, t.prefix, t.scopes, t.only_workspace, t.created, t.ends, t.last_used, t.revoked`

// A tokenRow reads the columns of tokenColumns.
type tokenRow struct {
	tandem.Token
	words string
	used  int64
}

func (r *tokenRow) fields() []any {
	return []any{&r.ID, &r.Person, &r.Name, &r.Prefix, &r.words, &r.Workspace, &r.Created, &r.Ends, &r.used, &r.Revoked}
}

// token gives the token of the row. A day of 0 is a token that was never used, and no words are an
// empty list, which allows nothing.
func (r *tokenRow) token() tandem.Token {
	r.Scopes = append([]string{}, strings.Fields(r.words)...)
	r.LastUsed = tandem.Day(r.used)
	if r.used == 0 {
		r.LastUsed = tandem.NoDay
	}
	return r.Token
}

func scanToken(rows *sql.Rows) (tandem.Token, error) {
	var r tokenRow
	err := rows.Scan(r.fields()...)
	return r.token(), err
}

// Tokens gives the actor's own tokens, newest first, the revoked ones too.
func (h *Handle) Tokens(ctx context.Context) ([]tandem.Token, error) {
	return h.TokensOf(ctx, h.actor.Person)
}

// TokensOf gives the tokens of a person, newest first, the revoked ones too.
func (h *Handle) TokensOf(ctx context.Context, person tandem.PersonID) ([]tandem.Token, error) {
	const q = `SELECT ` + tokenColumns + ` FROM token t WHERE t.person_id = $1 ORDER BY t.id DESC`
	if !h.administers(policy.Read, person) {
		return nil, nil
	}
	rows, err := h.q.QueryContext(ctx, q, person)
	return collect(rows, err, scanToken)
}

// Token gives one of the actor's own tokens.
func (h *Handle) Token(ctx context.Context, id tandem.TokenID) (tandem.Token, error) {
	const q = `SELECT ` + tokenColumns + ` FROM token t WHERE t.id = $1 AND t.person_id = $2`
	var r tokenRow
	err := h.q.QueryRowContext(ctx, q, id, h.actor.Person).Scan(r.fields()...)
	return r.token(), notFound(err, "token")
}

// ByToken finds the token of a secret's hash with the epoch it was made in, its person and the lasting
// memberships, in one query. The caller judges times, epochs and suspension.
func (h *Handle) ByToken(ctx context.Context, hash string) (t tandem.Token, epoch int64, p tandem.Person, roles rolesByWorkspace, err error) {
	const q = `SELECT ` + tokenColumns + `, t.epoch, ` + personColumns + `, COALESCE(m.workspace_id, 0), COALESCE(m.role, '')
		FROM token t JOIN person p ON p.id = t.person_id LEFT JOIN member m ON m.person_id = p.id AND m.ended = 0
		WHERE t.hash = $1`
	roles = rolesByWorkspace{}
	var row tokenRow
	rows, err := h.q.QueryContext(ctx, q, hash)
	found, err := collect(rows, err, func(r *sql.Rows) (ok bool, err error) {
		var ws tandem.WorkspaceID
		var role tandem.Role
		err = r.Scan(append(append(append(row.fields(), &epoch), personFields(&p)...), &ws, &role)...)
		if ws != 0 {
			roles[ws] = role
		}
		return true, err
	})
	if err != nil || len(found) == 0 || !h.administers(policy.Read, p.ID) {
		return tandem.Token{}, 0, tandem.Person{}, nil, firstErr(err, tandem.NotFound("token"))
	}
	return row.token(), epoch, p, roles, nil
}

// AddToken keeps a new token under the hash of its secret; it ends with the epoch it was made in.
func (h *Handle) AddToken(ctx context.Context, t tandem.Token, hash string, epoch int64) error {
	const q = `INSERT INTO token (id, person_id, name, prefix, hash, scopes, only_workspace, epoch, created, ends, last_used, revoked)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)`
	if !h.administers(policy.Create, t.Person) {
		return tandem.NotFound("person")
	}
	_, err := h.q.ExecContext(ctx, q, t.ID, t.Person, t.Name, t.Prefix, hash, strings.Join(t.Scopes, " "), t.Workspace, epoch, t.Created, t.Ends)
	return err
}

// TouchToken notes the day on which the actor's token was last used.
func (h *Handle) TouchToken(ctx context.Context, id tandem.TokenID, d tandem.Day) error {
	const q = `UPDATE token SET last_used = $3 WHERE id = $1 AND person_id = $2 AND last_used < $3`
	_, err := h.q.ExecContext(ctx, q, id, h.actor.Person, int64(d))
	return err
}

// RevokeToken ends a token of a person at an instant; one that is revoked already stays as it is.
func (h *Handle) RevokeToken(ctx context.Context, person tandem.PersonID, id tandem.TokenID, at tandem.Instant) error {
	const q = `UPDATE token SET revoked = $3 WHERE id = $1 AND person_id = $2 AND revoked = 0`
	const there = `SELECT EXISTS (SELECT 1 FROM token WHERE id = $1 AND person_id = $2)`
	if !h.administers(policy.Manage, person) {
		return tandem.NotFound("token")
	}
	if _, err := h.q.ExecContext(ctx, q, id, person, at); err != nil {
		return err
	}
	var found bool
	if err := h.q.QueryRowContext(ctx, there, id, person).Scan(&found); err != nil || found {
		return err
	}
	return tandem.NotFound("token")
}
