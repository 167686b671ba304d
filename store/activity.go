package store

import (
	"context"
	"database/sql"

	"tandem"
)

const activityColumns = `a.goal_id, a.id, a.title, a.type, a.tag, a.with_whom, a.day, a.done, a.ends, a.enjoyment, a.lesson_id`

func scanActivity(r *sql.Rows) (a tandem.Activity, err error) {
	err = r.Scan(&a.Goal, &a.ID, &a.Title, &a.Type, &a.Tag, &a.With, day{&a.Day}, day{&a.Done}, day{&a.Ends}, &a.Enjoyment, &a.Lesson)
	return a, err
}

// Activities gives the activities of a learning goal: open ones first, by their day, those without one after
// them; then what is done, newest first.
func (h *Handle) Activities(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Activity, error) {
	const q = `SELECT ` + activityColumns + ` FROM activity a JOIN goal g ON g.workspace_id = a.workspace_id AND g.id = a.goal_id
		WHERE a.workspace_id = $1 AND ` + storySeen + ` AND a.goal_id = $4 ORDER BY a.done DESC NULLS FIRST, a.day NULLS LAST, a.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, scanActivity)
}

// OwnActivities gives the activities of all learning goals that the actor owns, by goal and id.
func (h *Handle) OwnActivities(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Activity, error) {
	const q = `SELECT ` + activityColumns + ` FROM goal g JOIN activity a ON a.workspace_id = g.workspace_id AND a.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2 ORDER BY a.goal_id, a.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, scanActivity)
}

// Activity gives one activity.
func (h *Handle) Activity(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID) (tandem.Activity, error) {
	const q = `SELECT ` + activityColumns + ` FROM activity a JOIN goal g ON g.workspace_id = a.workspace_id AND g.id = a.goal_id
		WHERE a.workspace_id = $1 AND ` + storySeen + ` AND a.goal_id = $4 AND a.id = $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal, id)...)
	all, err := collect(rows, err, scanActivity)
	if err != nil || len(all) == 0 {
		return tandem.Activity{}, firstErr(err, tandem.NotFound("activity"))
	}
	return all[0], nil
}

// PutActivity adds an activity, or changes it.
func (h *Handle) PutActivity(ctx context.Context, ws tandem.WorkspaceID, a tandem.Activity) error {
	const q = `INSERT INTO activity (workspace_id, goal_id, id, title, type, tag, with_whom, day, done, ends, enjoyment, lesson_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (workspace_id, goal_id, id) DO UPDATE SET title = excluded.title, type = excluded.type, tag = excluded.tag, with_whom = excluded.with_whom, day = excluded.day,
			done = excluded.done, ends = excluded.ends, enjoyment = excluded.enjoyment, lesson_id = excluded.lesson_id`
	_, err := h.q.ExecContext(ctx, q, ws, a.Goal, a.ID, a.Title, string(a.Type), string(a.Tag), a.With, nullDay(a.Day), nullDay(a.Done), nullDay(a.Ends), a.Enjoyment, a.Lesson)
	return err
}

// DeleteActivity removes an activity; the lesson that it taught stays.
func (h *Handle) DeleteActivity(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.ActivityID) error {
	const q = `DELETE FROM activity WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}
