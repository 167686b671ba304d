package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Cheers gives what the actor said about lines of celebration, by what they are about.
func (h *Handle) Cheers(ctx context.Context, ws tandem.WorkspaceID) (map[string]tandem.Cheer, error) {
	const q = `SELECT c.name, c.helped, c.away FROM cheer c WHERE c.workspace_id = $1 AND c.owner = $2 AND $3`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, func(r *sql.Rows) (c tandem.Cheer, err error) {
		err = r.Scan(&c.About, &c.Helped, &c.Away)
		return c, err
	})
	out := map[string]tandem.Cheer{}
	for _, c := range all {
		out[c.About] = c
	}
	return out, err
}

// PutCheer keeps what the actor says about one.
func (h *Handle) PutCheer(ctx context.Context, ws tandem.WorkspaceID, c tandem.Cheer) error {
	const q = `INSERT INTO cheer (workspace_id, owner, name, helped, away) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, owner, name) DO UPDATE SET helped = excluded.helped, away = excluded.away`
	_, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, c.About, c.Helped, c.Away)
	return err
}

// OwnDone gives the steps of the actor's own goals that were taken since a day, oldest first.
func (h *Handle) OwnDone(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) ([]tandem.Milestone, error) {
	const q = `SELECT s.goal_id, s.id, s.title, s.done FROM goal g JOIN milestone s ON s.workspace_id = g.workspace_id AND s.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND s.done >= $4 ORDER BY s.done, s.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(since))...)
	return collect(rows, err, func(r *sql.Rows) (m tandem.Milestone, err error) {
		m.Due = tandem.NoDay
		err = r.Scan(&m.Goal, &m.ID, &m.Title, day{&m.Done})
		return m, err
	})
}

// LastEntry gives the newest day before one on which the actor entered something: a value on an own number, a
// practice, a use or a lesson; NoDay for none. Days of values are read from the newest value of each number.
func (h *Handle) LastEntry(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day) (d tandem.Day, err error) {
	const q = `SELECT max(day) FROM (
		SELECT max(p.day) AS day FROM practice p WHERE p.workspace_id = $1 AND p.day < $3 AND p.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)
		UNION ALL SELECT max(l.day) FROM lesson l WHERE l.workspace_id = $1 AND l.day < $3 AND l.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)
		UNION ALL SELECT max(u.day) FROM use_log u WHERE u.workspace_id = $1 AND u.day < $3 AND u.technique_id IN (SELECT id FROM technique WHERE workspace_id = $1 AND owner = $2)
		UNION ALL SELECT (SELECT o.day FROM observation o WHERE o.workspace_id = m.workspace_id AND o.metric_id = m.id AND o.at < $4 AND o.day < $3 ORDER BY o.at DESC LIMIT 1)
			FROM metric m WHERE m.workspace_id = $1 AND m.owner = $2) AS entered`
	d = tandem.NoDay
	err = h.q.QueryRowContext(ctx, q, ws, h.actor.Person, int64(before), edge(before, 3)).Scan(day{&d})
	return d, err
}
