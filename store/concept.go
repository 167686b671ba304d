package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Concepts gives how far the actor is with each concept, by its key.
func (h *Handle) Concepts(ctx context.Context) (map[string]tandem.ConceptState, error) {
	const q = `SELECT name, state, times, day, shown FROM concept WHERE person_id = $1`
	rows, err := h.q.QueryContext(ctx, q, h.actor.Person)
	all, err := collect(rows, err, func(r *sql.Rows) (c tandem.ConceptState, err error) {
		err = r.Scan(&c.Key, &c.State, &c.Times, &c.Day, &c.Shown)
		return c, err
	})
	out := make(map[string]tandem.ConceptState, len(all))
	for _, c := range all {
		out[c.Key] = c
	}
	return out, err
}

// SetConcept keeps how far the actor is with a concept.
func (h *Handle) SetConcept(ctx context.Context, c tandem.ConceptState) error {
	const q = `INSERT INTO concept (person_id, name, state, times, day, shown) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (person_id, name) DO UPDATE SET state = excluded.state, times = excluded.times, day = excluded.day, shown = excluded.shown`
	_, err := h.q.ExecContext(ctx, q, h.actor.Person, c.Key, c.State, c.Times, int64(c.Day), c.Shown)
	return err
}

// ConceptCounts gives the counts that the triggers look at and that one query can answer: practices
// since a day, lessons, uses, most uses of one technique, the oldest learning goal's day (NoDay: none), and whether a second person
// or a test ever noticed a level.
func (h *Handle) ConceptCounts(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) (practices, lessons, uses, usesOfOne int, oldest, level tandem.Day, second bool, err error) {
	const q = `SELECT
		(SELECT count(*) FROM practice p WHERE p.workspace_id = $1 AND p.day >= $3 AND p.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)),
		(SELECT count(*) FROM lesson l WHERE l.workspace_id = $1 AND l.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)),
		(SELECT count(*) FROM use_log u WHERE u.workspace_id = $1 AND u.technique_id IN (SELECT id FROM technique WHERE workspace_id = $1 AND owner = $2)),
		(SELECT COALESCE(max(n), 0) FROM (SELECT count(*) AS n FROM use_log u WHERE u.workspace_id = $1 AND u.technique_id IN (SELECT id FROM technique WHERE workspace_id = $1 AND owner = $2)
			GROUP BY u.technique_id) AS each_one),
		(SELECT min(created_day) FROM goal WHERE workspace_id = $1 AND owner = $2 AND kind = 'learning'),
		(SELECT min(day) FROM (SELECT min(e.day) AS day FROM evidence e WHERE e.workspace_id = $1 AND e.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)
			UNION ALL SELECT min(t.since) FROM technique t WHERE t.workspace_id = $1 AND t.owner = $2 AND t.state IN ('kept', 'adapted')) AS first),
		EXISTS (SELECT 1 FROM evidence e WHERE e.workspace_id = $1 AND e.how NOT IN ('self', 'use') AND e.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2))`
	err = h.q.QueryRowContext(ctx, q, ws, h.actor.Person, int64(since)).Scan(&practices, &lessons, &uses, &usesOfOne, day{&oldest}, day{&level}, &second)
	return practices, lessons, uses, usesOfOne, oldest, level, second, err
}
