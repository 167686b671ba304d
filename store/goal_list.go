package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"tandem"
)

// Results gives the results of a workspace that the actor may see in one query, each with its number and
// what pages keep of it: those in one of the states, after a deadline and id, by deadline, at most limit.
func (h *Handle) Results(ctx context.Context, ws tandem.WorkspaceID, own bool, states []tandem.GoalState, afterDeadline tandem.Day, after tandem.GoalID, limit int) ([]tandem.ListedResult, error) {
	const q = `SELECT ` + goalColumns + `, ` + performanceColumns + `, ` + metricColumns + `, s.body
		FROM goal g JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		JOIN metric m ON m.workspace_id = p.workspace_id AND m.id = p.metric_id
		LEFT JOIN snapshot s ON s.workspace_id = g.workspace_id AND s.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND (g.owner = $2 OR NOT $4) AND g.state IN ($5, $6, $7, $8)
			AND (p.deadline > $9 OR p.deadline = $9 AND g.id > $10)
		ORDER BY p.deadline, g.id LIMIT $11`
	st := fourStates(states)
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, own, st[0], st[1], st[2], st[3], int64(afterDeadline), after, limit)...)
	return collect(rows, err, func(r *sql.Rows) (x tandem.ListedResult, err error) {
		var rank ranks
		var body sql.NullString
		fields := append(append(goalFields(&x.Goal), performanceFields(&x.PerformanceGoal)...), metricFields(&x.Number, &rank)...)
		if err := r.Scan(append(fields, &body)...); err != nil {
			return x, err
		}
		x.Number.Visibility = rank.widest()
		if body.Valid {
			x.Snapshot = new(tandem.Snapshot)
			err = json.Unmarshal([]byte(body.String), x.Snapshot)
		}
		return x, err
	})
}

// fourStates fills a list of at most four states up with its first.
func fourStates(states []tandem.GoalState) (out [4]string) {
	for i := range out {
		if i < len(states) {
			out[i] = string(states[i])
		} else if len(states) > 0 {
			out[i] = string(states[0])
		}
	}
	return out
}

// Learnings gives the learning goals of a workspace that the actor may see, in one of the states, oldest
// first after an id, at most limit; without their levels.
func (h *Handle) Learnings(ctx context.Context, ws tandem.WorkspaceID, own bool, states []tandem.GoalState, after tandem.GoalID, limit int) ([]tandem.LearningGoal, error) {
	const q = `SELECT ` + goalColumns + `, ` + learningColumns + ` FROM goal g JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND (g.owner = $2 OR NOT $4) AND g.state IN ($5, $6, $7, $8) AND g.id > $9 ORDER BY g.id LIMIT $10`
	st := fourStates(states)
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, own, st[0], st[1], st[2], st[3], after, limit)...)
	return collect(rows, err, scanLearning)
}

// GoalsOn gives the actor's own results that a number decides, by itself or as a part of a ratio.
func (h *Handle) GoalsOn(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID) ([]tandem.PerformanceGoal, error) {
	const q = `SELECT ` + goalColumns + `, ` + performanceColumns + ` FROM performance p JOIN goal g ON g.workspace_id = p.workspace_id AND g.id = p.goal_id
		WHERE p.workspace_id = $1 AND ` + goalSeen + ` AND p.metric_id IN (SELECT CAST($4 AS BIGINT) UNION ALL ` + ratiosOf + `) ORDER BY p.deadline DESC, g.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, metric)...)
	return collect(rows, err, scanPerformance)
}

// GoalByExternal gives the actor's own goal of an external id.
func (h *Handle) GoalByExternal(ctx context.Context, ws tandem.WorkspaceID, external string) (id tandem.GoalID, err error) {
	const q = `SELECT g.id FROM goal g WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.owner = $2 AND g.external_id = $4 ORDER BY g.id LIMIT 1`
	err = h.q.QueryRowContext(ctx, q, h.see(ws, external)...).Scan(&id)
	return id, notFound(err, "goal")
}

// Snapshot gives what pages keep of a result; nil when there is none.
func (h *Handle) Snapshot(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) (*tandem.Snapshot, error) {
	const q = `SELECT s.body FROM snapshot s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id
		WHERE s.workspace_id = $1 AND ` + goalSeen + ` AND s.goal_id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	all, err := collect(rows, err, func(r *sql.Rows) (s *tandem.Snapshot, err error) {
		var body string
		if err := r.Scan(&body); err != nil {
			return nil, err
		}
		s = new(tandem.Snapshot)
		return s, json.Unmarshal([]byte(body), s)
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// PutSnapshot keeps a snapshot if the data and the goal it was made from still stand; stored tells.
func (h *Handle) PutSnapshot(ctx context.Context, ws tandem.WorkspaceID, s tandem.Snapshot) (stored bool, err error) {
	body, err := json.Marshal(s)
	if err != nil {
		return false, err
	}
	const q = `INSERT INTO snapshot (workspace_id, goal_id, data_version, goal_version, day, made, body)
		SELECT g.workspace_id, g.id, ` + dataVersion + `, g.version, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT)
		FROM goal g JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		JOIN metric m ON m.workspace_id = p.workspace_id AND m.id = p.metric_id
		WHERE g.workspace_id = $1 AND g.id = $2 AND ` + dataVersion + ` = $3 AND g.version = $4
		ON CONFLICT (workspace_id, goal_id) DO UPDATE SET data_version = excluded.data_version, goal_version = excluded.goal_version,
			day = excluded.day, made = excluded.made, body = excluded.body`
	r, err := h.q.ExecContext(ctx, q, ws, s.Goal, s.DataVersion, s.GoalVersion, int64(s.Day), s.Made, string(body))
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// StaleResults gives active results whose snapshot is missing or was made from other data or on another
// day, across a workspace, at most limit.
func (h *Handle) StaleResults(ctx context.Context, ws tandem.WorkspaceID, today tandem.Day, limit int) ([]tandem.GoalID, error) {
	const q = `SELECT g.id FROM goal g JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		JOIN metric m ON m.workspace_id = p.workspace_id AND m.id = p.metric_id
		LEFT JOIN snapshot s ON s.workspace_id = g.workspace_id AND s.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.owner = $2 AND g.state = 'active'
			AND (s.goal_id IS NULL OR s.data_version <> ` + dataVersion + ` OR s.goal_version <> g.version OR s.day <> $4) ORDER BY g.id LIMIT $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(today), limit)...)
	return collect(rows, err, func(r *sql.Rows) (id tandem.GoalID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

// StaleEverywhere gives active results of all workspaces, after one of them, whose snapshot is missing,
// was made from other data or before a day, each with its owner's role; for the house's own actor alone.
func (h *Handle) StaleEverywhere(ctx context.Context, before tandem.Day, after tandem.StaleGoal, limit int) ([]tandem.StaleGoal, error) {
	if h.actor.Source != "local" {
		return nil, nil
	}
	const q = `SELECT g.workspace_id, g.id, g.owner, mb.role FROM goal g
		JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		JOIN metric m ON m.workspace_id = p.workspace_id AND m.id = p.metric_id
		JOIN member mb ON mb.workspace_id = g.workspace_id AND mb.person_id = g.owner AND mb.ended = 0
		LEFT JOIN snapshot s ON s.workspace_id = g.workspace_id AND s.goal_id = g.id
		WHERE (g.workspace_id > $1 OR g.workspace_id = $1 AND g.id > $2) AND g.state = 'active'
			AND (s.goal_id IS NULL OR s.data_version <> ` + dataVersion + ` OR s.goal_version <> g.version OR s.day < $3)
		ORDER BY g.workspace_id, g.id LIMIT $4`
	rows, err := h.q.QueryContext(ctx, q, after.Workspace, after.Goal, int64(before), limit)
	return collect(rows, err, func(r *sql.Rows) (s tandem.StaleGoal, err error) {
		err = r.Scan(&s.Workspace, &s.Goal, &s.Owner, &s.Role)
		return s, err
	})
}
