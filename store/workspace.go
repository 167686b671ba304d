package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"

	"tandem"
	"tandem/policy"
)

const workspaceColumns = `w.workspace_id, w.kind, w.name, w.zone, w.version, w.created, w.fiscal_month, w.dates`

func workspaceFields(w *tandem.Workspace) []any {
	return []any{&w.ID, &w.Kind, &w.Name, &w.Zone, &w.Version, &w.Created, &w.Calendar.FiscalMonth, namedDays{&w.Calendar.Dates}}
}

// Workspace gives a workspace that the actor is a member of.
func (h *Handle) Workspace(ctx context.Context, ws tandem.WorkspaceID) (w tandem.Workspace, err error) {
	const q = `SELECT ` + workspaceColumns + ` FROM workspace w WHERE w.workspace_id = $1`
	if !h.seesAll(policy.Workspace, ws) {
		return w, tandem.NotFound("workspace")
	}
	err = h.q.QueryRowContext(ctx, q, ws).Scan(workspaceFields(&w)...)
	return w, notFound(err, "workspace")
}

// Workspaces gives the workspaces that the actor is a member of: the personal one, then the oldest.
func (h *Handle) Workspaces(ctx context.Context) ([]tandem.Workspace, error) {
	const q = `SELECT ` + workspaceColumns + ` FROM member m JOIN workspace w ON w.workspace_id = m.workspace_id
		WHERE m.person_id = $1 AND m.ended = 0 ORDER BY CASE w.kind WHEN 'personal' THEN 0 ELSE 1 END, w.workspace_id`
	rows, err := h.q.QueryContext(ctx, q, h.actor.Person)
	all, err := collect(rows, err, func(r *sql.Rows) (w tandem.Workspace, err error) {
		err = r.Scan(workspaceFields(&w)...)
		return w, err
	})
	seen := all[:0]
	for _, w := range all {
		if h.seesAll(policy.Workspace, w.ID) {
			seen = append(seen, w)
		}
	}
	return seen, err
}

// AddWorkspace keeps a new workspace.
func (h *Handle) AddWorkspace(ctx context.Context, w tandem.Workspace) error {
	const q = `INSERT INTO workspace (workspace_id, kind, name, zone, next_source, version, created, fiscal_month, dates) VALUES ($1, $2, $3, $4, 1, 1, $5, $6, $7)`
	_, err := h.q.ExecContext(ctx, q, w.ID, string(w.Kind), w.Name, w.Zone, w.Created, max(w.Calendar.FiscalMonth, 1), namedDays{&w.Calendar.Dates})
	return err
}

// SetWorkspace changes name, zone and calendar of a workspace of the version that was read.
func (h *Handle) SetWorkspace(ctx context.Context, w tandem.Workspace) error {
	const q = `UPDATE workspace SET name = $3, zone = $4, fiscal_month = $5, dates = $6, version = version + 1 WHERE workspace_id = $1 AND version = $2`
	r, err := h.q.ExecContext(ctx, q, w.ID, w.Version, w.Name, w.Zone, w.Calendar.FiscalMonth, namedDays{&w.Calendar.Dates})
	return changed(r, err, "workspace")
}

// LockWorkspace raises the version of a workspace. That update is the lock on both engines for rules
// over several of its rows, such as "somebody must stay its owner".
func (h *Handle) LockWorkspace(ctx context.Context, ws tandem.WorkspaceID) error {
	const q = `UPDATE workspace SET version = version + 1 WHERE workspace_id = $1`
	r, err := h.q.ExecContext(ctx, q, ws)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.NotFound("workspace")
}

// namedDays reads and writes the named days of a calendar as one text, "" for none.
type namedDays struct{ of *[]tandem.NamedDay }

func (n namedDays) Value() (driver.Value, error) {
	if len(*n.of) == 0 {
		return "", nil
	}
	b, err := json.Marshal(*n.of)
	return string(b), err
}

// Scan takes what Value gave.
func (n namedDays) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil || s.String == "" {
		return err
	}
	if err := json.Unmarshal([]byte(s.String), n.of); err != nil {
		return err
	}
	for i := range *n.of {
		if d := &(*n.of)[i]; d.From == 0 {
			d.From = tandem.NoDay
		}
	}
	return nil
}
