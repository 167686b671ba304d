package store

import (
	"context"
	"database/sql"

	"tandem"
)

// reviewSeen: a review is its owner's alone.
const reviewSeen = `(r.owner = $2 AND $3)`

const reviewColumns = `r.workspace_id, r.owner, r.week, r.since, r.day, r.done_day, r.lesson, r.lesson_goal, r.lesson_id, r.version, r.created`

func scanReview(r *sql.Rows) (v tandem.Review, err error) {
	err = r.Scan(&v.Workspace, &v.Owner, &v.Week, &v.Since, &v.Day, day{&v.DoneDay}, &v.Lesson, &v.LessonGoal, &v.LessonID, &v.Version, &v.Created)
	return v, err
}

// Reviews gives the actor's reviews of weeks before one, newest first and without what they say of goals; at
// most limit.
func (h *Handle) Reviews(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day, limit int) ([]tandem.Review, error) {
	const q = `SELECT ` + reviewColumns + ` FROM review r WHERE r.workspace_id = $1 AND ` + reviewSeen + ` AND r.week < $4 ORDER BY r.week DESC LIMIT $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(before), limit)...)
	return collect(rows, err, scanReview)
}

// Review gives the actor's review of a week with what it says of each goal; NotFound where there is none.
func (h *Handle) Review(ctx context.Context, ws tandem.WorkspaceID, week tandem.Day) (v tandem.Review, err error) {
	const q = `SELECT ` + reviewColumns + ` FROM review r WHERE r.workspace_id = $1 AND ` + reviewSeen + ` AND r.week = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(week))...)
	all, err := collect(rows, err, scanReview)
	if err != nil || len(all) == 0 {
		return v, firstErr(err, tandem.NotFound("review"))
	}
	v = all[0]
	const items = `SELECT i.object, i.kind, i.choice, i.chance, i.seen_day, i.why, i.step, i.set_off
		FROM review r JOIN review_item i ON i.workspace_id = r.workspace_id AND i.owner = r.owner AND i.week = r.week
		WHERE r.workspace_id = $1 AND ` + reviewSeen + ` AND r.week = $4 ORDER BY i.object`
	rows, err = h.q.QueryContext(ctx, items, h.see(ws, int64(week))...)
	v.Items, err = collect(rows, err, func(r *sql.Rows) (i tandem.ReviewItem, err error) {
		var object int64
		err = r.Scan(&object, &i.Kind, &i.Choice, &i.Chance, &i.SeenDay, &i.Why, &i.Step, &i.SetOff)
		if i.Kind == "" {
			i.Micro = tandem.MicroGoalID(object)
		} else {
			i.Goal = tandem.GoalID(object)
		}
		return i, err
	})
	return v, err
}

// LastSaid gives what the newest finished review of a week before one said of a goal; nil where there is none
// or it said nothing of the goal.
func (h *Handle) LastSaid(ctx context.Context, ws tandem.WorkspaceID, before tandem.Day, goal tandem.GoalID) (*tandem.ReviewItem, error) {
	const q = `SELECT i.kind, i.choice, i.chance, i.seen_day, i.why, i.step
		FROM review r JOIN review_item i ON i.workspace_id = r.workspace_id AND i.owner = r.owner AND i.week = r.week
		WHERE r.workspace_id = $1 AND ` + reviewSeen + ` AND i.object = $4
		AND r.week = (SELECT max(x.week) FROM review x WHERE x.workspace_id = $1 AND x.owner = $2 AND x.week < $5 AND x.done_day IS NOT NULL)`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal, int64(before))...)
	all, err := collect(rows, err, func(r *sql.Rows) (tandem.ReviewItem, error) {
		i := tandem.ReviewItem{Goal: goal}
		err := r.Scan(&i.Kind, &i.Choice, &i.Chance, &i.SeenDay, &i.Why, &i.Step)
		return i, err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// BeginReview keeps the head of a review of the actor's unless it is there, and takes its lock.
func (h *Handle) BeginReview(ctx context.Context, r tandem.Review) error {
	const q = `INSERT INTO review (workspace_id, owner, week, since, day, done_day, lesson, lesson_goal, lesson_id, version, created)
		VALUES ($1, $2, $3, $4, $5, NULL, '', 0, 0, 1, $6)
		ON CONFLICT (workspace_id, owner, week) DO UPDATE SET version = review.version + 1`
	_, err := h.q.ExecContext(ctx, q, r.Workspace, h.actor.Person, int64(r.Week), int64(r.Since), int64(r.Day), r.Created)
	return err
}

// SetReview writes the head of a review of the actor's that was begun.
func (h *Handle) SetReview(ctx context.Context, r tandem.Review) error {
	const q = `UPDATE review SET day = $4, done_day = $5, lesson = $6, lesson_goal = $7, lesson_id = $8 WHERE workspace_id = $1 AND owner = $2 AND week = $3`
	_, err := h.q.ExecContext(ctx, q, r.Workspace, h.actor.Person, int64(r.Week), int64(r.Day), nullDay(r.DoneDay), r.Lesson, r.LessonGoal, r.LessonID)
	return err
}

// PutReviewItem keeps what a review of the actor's says of one thing, in place of what it said before.
func (h *Handle) PutReviewItem(ctx context.Context, ws tandem.WorkspaceID, week tandem.Day, i tandem.ReviewItem) error {
	const q = `INSERT INTO review_item (workspace_id, owner, week, object, kind, choice, chance, seen_day, why, step, set_off) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (workspace_id, owner, week, object) DO UPDATE SET kind = excluded.kind, choice = excluded.choice, chance = excluded.chance, seen_day = excluded.seen_day,
		why = excluded.why, step = excluded.step, set_off = excluded.set_off`
	object := int64(i.Goal)
	if i.Goal == 0 {
		object = int64(i.Micro)
	}
	_, err := h.q.ExecContext(ctx, q, ws, h.actor.Person, int64(week), object, string(i.Kind), string(i.Choice), i.Chance, int64(i.SeenDay), i.Why, i.Step, i.SetOff)
	return err
}

// Entries gives how much the actor entered from a day to another: values on own numbers that are no minutes
// of practice, practices with their minutes, uses and lessons. Values are counted up to 1,000.
func (h *Handle) Entries(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) (e tandem.Entries, err error) {
	const q = `SELECT
		(SELECT count(*) FROM (SELECT 1 AS one FROM observation o WHERE o.workspace_id = $1
			AND o.metric_id IN (SELECT m.id FROM metric m WHERE m.workspace_id = $1 AND m.owner = $2
				AND m.id NOT IN (SELECT l.minutes_metric FROM learning l WHERE l.workspace_id = $1))
			AND o.at >= $5 AND o.at < $6 AND o.day >= $3 AND o.day <= $4 AND o.state = 0 LIMIT 1000) AS logged),
		(SELECT count(*) FROM practice p WHERE p.workspace_id = $1 AND p.day >= $3 AND p.day <= $4 AND p.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)),
		(SELECT COALESCE(sum(p.minutes), 0) FROM practice p WHERE p.workspace_id = $1 AND p.day >= $3 AND p.day <= $4 AND p.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2)),
		(SELECT count(*) FROM use_log u WHERE u.workspace_id = $1 AND u.day >= $3 AND u.day <= $4 AND u.technique_id IN (SELECT id FROM technique WHERE workspace_id = $1 AND owner = $2)),
		(SELECT count(*) FROM lesson l WHERE l.workspace_id = $1 AND l.day >= $3 AND l.day <= $4 AND l.goal_id IN (SELECT id FROM goal WHERE workspace_id = $1 AND owner = $2))`
	err = h.q.QueryRowContext(ctx, q, ws, h.actor.Person, int64(from), int64(to), edge(from, -2), edge(to, 3)).Scan(&e.Values, &e.Practices, &e.Minutes, &e.Uses, &e.Lessons)
	return e, err
}
