package store

import (
	"context"
	"database/sql"

	"tandem"
)

// keptSeen: what was kept of a goal is its owner's alone.
const keptSeen = `(k.owner = $2 AND $3)`

const keptColumns = `k.workspace_id, k.owner, k.goal_id, k.kind, k.id, k.goal_kind, k.skill, k.level, k.text, k.how, k.by_person, k.who, k.context, k.day, k.note, k.dropped`

// Kept gives what the actor learned under goals that were deleted, oldest first.
func (h *Handle) Kept(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.KeptLearning, error) {
	const q = `SELECT ` + keptColumns + ` FROM kept k WHERE k.workspace_id = $1 AND ` + keptSeen + ` ORDER BY k.day, k.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, func(r *sql.Rows) (k tandem.KeptLearning, err error) {
		err = r.Scan(&k.Workspace, &k.Owner, &k.Goal, &k.Kind, &k.ID, &k.GoalKind, &k.Skill, &k.Level, &k.Text, &k.How, &k.By, &k.Who, &k.Context, &k.Day, &k.Note, &k.Dropped)
		return k, err
	})
}

// keepLearned copies what was learned under a goal, for when it is deleted.
var keepLearned = []string{
	`INSERT INTO kept (workspace_id, owner, goal_id, kind, id, goal_kind, skill, level, text, how, by_person, who, context, day, note, dropped)
		SELECT g.workspace_id, g.owner, g.id, 'evidence', e.id, g.kind, COALESCE(NULLIF(l.skill, ''), g.title), e.level, COALESCE(v.sentence, ''), e.how, e.by_person, e.who, e.context, e.day, e.note, FALSE
		FROM goal g JOIN evidence e ON e.workspace_id = g.workspace_id AND e.goal_id = g.id
		LEFT JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		LEFT JOIN level v ON v.workspace_id = g.workspace_id AND v.goal_id = g.id AND v.n = e.level
		WHERE g.workspace_id = $1 AND g.id = $2`,
	`INSERT INTO kept (workspace_id, owner, goal_id, kind, id, goal_kind, skill, level, text, how, by_person, who, context, day, note, dropped)
		SELECT g.workspace_id, g.owner, g.id, 'lesson', x.id, g.kind, COALESCE(NULLIF(l.skill, ''), g.title), 0, x.text, x.origin, g.owner, '', '', x.day, '', x.dropped
		FROM goal g JOIN lesson x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id
		LEFT JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		WHERE g.workspace_id = $1 AND g.id = $2`,
}

// KeepLearned keeps the noticed levels and the lessons of a goal that is about to be deleted.
func (h *Handle) KeepLearned(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) error {
	for _, q := range keepLearned {
		if _, err := h.q.ExecContext(ctx, q, ws, goal); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes what was kept of a deleted goal of the actor's; NotFound where nothing was.
func (h *Handle) Forget(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) error {
	const q = `DELETE FROM kept WHERE workspace_id = $1 AND owner = $2 AND goal_id = $3`
	r, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, goal)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return firstErr(err, tandem.NotFound("goal"))
	}
	return nil
}

// OwnEvidence gives the noticings of levels since a day on goals that the actor owns, oldest first; since NoDay all.
func (h *Handle) OwnEvidence(ctx context.Context, ws tandem.WorkspaceID, since tandem.Day) ([]tandem.Evidence, error) {
	const q = `SELECT ` + evidenceColumns + ` FROM goal g JOIN evidence e ON e.workspace_id = g.workspace_id AND e.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2 AND e.day >= $4 ORDER BY e.day, e.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(since))...)
	return collect(rows, err, scanEvidence)
}

// OwnLevels gives the written levels of the learning goals that the actor owns.
func (h *Handle) OwnLevels(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.GoalID][]string, error) {
	const q = `SELECT v.goal_id, v.sentence FROM goal g JOIN level v ON v.workspace_id = g.workspace_id AND v.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2 ORDER BY v.goal_id, v.n`
	type written struct {
		goal tandem.GoalID
		text string
	}
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, func(r *sql.Rows) (w written, err error) {
		err = r.Scan(&w.goal, &w.text)
		return w, err
	})
	out := map[tandem.GoalID][]string{}
	for _, w := range all {
		out[w.goal] = append(out[w.goal], w.text)
	}
	return out, err
}

// OwnLessonLines gives every lesson of the actor's with the goal that it comes from, newest first, those of
// deleted goals among them; what became of them is not filled in.
func (h *Handle) OwnLessonLines(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.LessonLine, error) {
	const q = `SELECT x.goal_id, x.id, x.day, x.text, x.origin, x.dropped, g.title, COALESCE(l.skill, ''), g.kind, CAST(0 AS BIGINT)
			FROM goal g JOIN lesson x ON x.workspace_id = g.workspace_id AND x.goal_id = g.id
			LEFT JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
			WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2
		UNION ALL SELECT k.goal_id, k.id, k.day, k.text, k.how, k.dropped, k.skill, '', k.goal_kind, CAST(1 AS BIGINT)
			FROM kept k WHERE k.workspace_id = $1 AND ` + keptSeen + ` AND k.kind = 'lesson'
		ORDER BY 3 DESC, 2 DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, func(r *sql.Rows) (l tandem.LessonLine, err error) {
		var gone int64
		err = r.Scan(&l.Goal, &l.ID, &l.Day, &l.Text, &l.From, &l.Dropped, &l.Title, &l.Skill, &l.Kind, &gone)
		l.Workspace, l.Gone, l.LastUse = ws, gone == 1, tandem.NoDay
		return l, err
	})
}

// SetLessonDropped sets a lesson of the actor's aside, or takes it back; NotFound where there is none.
func (h *Handle) SetLessonDropped(ctx context.Context, ws tandem.WorkspaceID, id tandem.LessonID, dropped bool) error {
	const lesson = `UPDATE lesson SET dropped = $3 WHERE workspace_id = $1 AND id = $2 AND goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $4)`
	const kept = `UPDATE kept SET dropped = $3 WHERE workspace_id = $1 AND id = $2 AND owner = $4 AND kind = 'lesson'`
	for _, q := range []string{lesson, kept} {
		r, err := h.q.ExecContext(ctx, q, ws, id, dropped, h.actor.Person)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n > 0 {
			return err
		}
	}
	return tandem.NotFound("lesson")
}
