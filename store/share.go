package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"tandem"
)

// OwnShares gives the goals that the actor shows to a lifeline.
func (h *Handle) OwnShares(ctx context.Context, id tandem.LifelineID) ([]tandem.Share, error) {
	const q = `SELECT s.workspace_id, s.goal_id, s.lifeline_id FROM share s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id
		WHERE s.lifeline_id = $1 AND g.owner = $2 ORDER BY s.workspace_id, s.goal_id`
	rows, err := h.q.QueryContext(ctx, q, id, h.mine())
	return collect(rows, err, func(r *sql.Rows) (s tandem.Share, err error) {
		err = r.Scan(&s.Workspace, &s.Goal, &s.Lifeline)
		return s, err
	})
}

// AddShare shows a goal of the actor's to a lifeline; DropShare shows it no more.
func (h *Handle) AddShare(ctx context.Context, s tandem.Share) error {
	const q = `INSERT INTO share (workspace_id, goal_id, lifeline_id) SELECT g.workspace_id, g.id, $3 FROM goal g
		WHERE g.workspace_id = $1 AND g.id = $2 AND g.owner = $4 ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, s.Workspace, s.Goal, s.Lifeline, h.mine())
	return err
}

// DropShare shows a goal of the actor's to a lifeline no more.
func (h *Handle) DropShare(ctx context.Context, s tandem.Share) error {
	const q = `DELETE FROM share WHERE workspace_id = $1 AND goal_id = $2 AND lifeline_id = $3
		AND EXISTS (SELECT 1 FROM goal g WHERE g.workspace_id = $1 AND g.id = $2 AND g.owner = $4)`
	_, err := h.q.ExecContext(ctx, q, s.Workspace, s.Goal, s.Lifeline, h.mine())
	return err
}

// goalShown is the condition under which goal g, shared by s, is shown to somebody in lifeline $1: the owner is
// in it, still belongs to the goal's workspace, keeps the goal open and lets lifelines see it.
const goalShown = `s.lifeline_id = $1 AND g.visibility IN ('lifelines', 'unit', 'workspace') AND g.state IN ('draft', 'offered', 'active', 'paused', 'resting')
	AND EXISTS (SELECT 1 FROM lifeline_member ow WHERE ow.lifeline_id = s.lifeline_id AND ow.person_id = g.owner AND ow.tie = 'accepted')
	AND EXISTS (SELECT 1 FROM member wm WHERE wm.workspace_id = g.workspace_id AND wm.person_id = g.owner AND wm.ended = 0)
	AND ` + inLifeline

// SharedGoals gives every goal that is shown to a lifeline of the actor's, the own ones too, by owner.
func (h *Handle) SharedGoals(ctx context.Context, id tandem.LifelineID) ([]tandem.SharedGoal, error) {
	const q = `SELECT ` + goalColumns + `, COALESCE(l.aim, 0), COALESCE(p.judged, ''), sn.body
		FROM share s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id
		LEFT JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		LEFT JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		LEFT JOIN snapshot sn ON sn.workspace_id = g.workspace_id AND sn.goal_id = g.id
		WHERE ` + goalShown + ` ORDER BY g.owner, g.id`
	rows, err := h.q.QueryContext(ctx, q, id, h.mine())
	return collect(rows, err, func(r *sql.Rows) (x tandem.SharedGoal, err error) {
		var body sql.NullString
		if err := r.Scan(append(goalFields(&x.Goal), &x.Aim, &x.Judged, &body)...); err != nil {
			return x, err
		}
		if body.Valid {
			x.Snapshot = new(tandem.Snapshot)
			err = json.Unmarshal([]byte(body.String), x.Snapshot)
		}
		return x, err
	})
}

// sharedGoal: the goal $3, $4 is shown to the actor $2 in lifeline $1.
const sharedGoal = `FROM share s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id `

const thisShared = ` AND g.workspace_id = $3 AND g.id = $4`

// SharedLearning gives what a learning goal that is shown to a lifeline of the actor's shows: its
// levels and how they were noticed, and since that day when it was practised and used and its newest lessons. What policy or the
// depth of the lifeline keeps back is the caller's to leave out.
func (h *Handle) SharedLearning(ctx context.Context, id tandem.LifelineID, ws tandem.WorkspaceID, goal tandem.GoalID, since tandem.Day) (v tandem.SharedLearning, err error) {
	const levels = `SELECT x.sentence ` + sharedGoal + `JOIN level x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE ` + goalShown + thisShared + ` ORDER BY x.n`
	const evidence = `SELECT x.level, x.how, x.day ` + sharedGoal + `JOIN evidence x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE ` + goalShown + thisShared + ` ORDER BY x.day, x.id`
	const practised = `SELECT DISTINCT x.day ` + sharedGoal + `JOIN practice x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE ` + goalShown + thisShared + ` AND x.day >= $5 ORDER BY x.day`
	const used = `SELECT x.day ` + sharedGoal + `JOIN technique t ON t.workspace_id = g.workspace_id AND t.goal_id = g.id AND t.owner = g.owner
		JOIN use_log x ON x.workspace_id = t.workspace_id AND x.technique_id = t.id WHERE ` + goalShown + thisShared + ` AND x.day >= $5 ORDER BY x.day, x.id`
	const lessons = `SELECT x.goal_id, x.id, x.day, x.text, x.origin ` + sharedGoal + `JOIN lesson x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE ` + goalShown + thisShared + ` AND x.day >= $5 AND NOT x.dropped ORDER BY x.day DESC, x.id DESC LIMIT 3`
	me := h.mine()
	rows, err := h.q.QueryContext(ctx, levels, id, me, ws, goal)
	v.Levels, err = collect(rows, err, func(r *sql.Rows) (s string, err error) {
		err = r.Scan(&s)
		return s, err
	})
	if err != nil {
		return v, err
	}
	rows, err = h.q.QueryContext(ctx, evidence, id, me, ws, goal)
	v.Evidence, err = collect(rows, err, func(r *sql.Rows) (e tandem.Evidence, err error) {
		err = r.Scan(&e.Level, &e.How, &e.Day)
		return e, err
	})
	if err != nil {
		return v, err
	}
	rows, err = h.q.QueryContext(ctx, practised, id, me, ws, goal, int64(since))
	if v.Practised, err = collect(rows, err, scanDay); err != nil {
		return v, err
	}
	rows, err = h.q.QueryContext(ctx, used, id, me, ws, goal, int64(since))
	if v.Used, err = collect(rows, err, scanDay); err != nil {
		return v, err
	}
	rows, err = h.q.QueryContext(ctx, lessons, id, me, ws, goal, int64(since))
	v.Lessons, err = collect(rows, err, func(r *sql.Rows) (l tandem.Lesson, err error) {
		err = r.Scan(&l.Goal, &l.ID, &l.Day, &l.Text, &l.From)
		return l, err
	})
	return v, err
}

func scanDay(r *sql.Rows) (d tandem.Day, err error) {
	err = r.Scan(&d)
	return d, err
}

// LastEntryOf gives the day of the newest entry of somebody in a lifeline of the actor's, in every workspace of
// that person; NoDay for none. It is asked only of people who set a rule for silence.
func (h *Handle) LastEntryOf(ctx context.Context, id tandem.LifelineID, person tandem.PersonID, since tandem.Day) (last tandem.Day, err error) {
	const q = `SELECT max(day) FROM (
		SELECT max(o.day) AS day FROM member w JOIN metric m ON m.workspace_id = w.workspace_id AND m.owner = w.person_id
			JOIN observation o ON o.workspace_id = m.workspace_id AND o.metric_id = m.id AND o.at >= $5 WHERE w.person_id = $3 AND w.ended = 0 AND o.day >= $4
		UNION ALL SELECT max(x.day) FROM member w JOIN goal g ON g.workspace_id = w.workspace_id AND g.owner = w.person_id
			JOIN practice x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE w.person_id = $3 AND w.ended = 0 AND x.day >= $4
		UNION ALL SELECT max(x.day) FROM member w JOIN goal g ON g.workspace_id = w.workspace_id AND g.owner = w.person_id
			JOIN lesson x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id WHERE w.person_id = $3 AND w.ended = 0 AND x.day >= $4
		UNION ALL SELECT max(x.day) FROM member w JOIN technique t ON t.workspace_id = w.workspace_id AND t.owner = w.person_id
			JOIN use_log x ON x.workspace_id = t.workspace_id AND x.technique_id = t.id WHERE w.person_id = $3 AND w.ended = 0 AND x.day >= $4
		UNION ALL SELECT max(n.day) FROM person p JOIN note n ON n.workspace_id = p.personal AND n.owner = p.id AND n.author = p.id WHERE p.id = $3 AND n.day >= $4
		) AS entries WHERE ` + inLifeline + ` AND EXISTS (SELECT 1 FROM lifeline_member them WHERE them.lifeline_id = $1 AND them.person_id = $3 AND them.tie = 'accepted')`
	err = h.q.QueryRowContext(ctx, q, id, h.mine(), person, int64(since), edge(since, -2)).Scan(day{&last})
	return last, err
}
