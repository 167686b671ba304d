package store

import (
	"context"
	"database/sql"

	"tandem"
)

// periodSeen: a look back is its owner's alone.
const periodSeen = `(r.owner = $2 AND $3)`

const periodColumns = `r.workspace_id, r.owner, r.period, r.first_day, r.day, r.done_day, r.question, r.version, r.created`

func scanPeriodReview(r *sql.Rows) (v tandem.PeriodReview, err error) {
	err = r.Scan(&v.Workspace, &v.Owner, &v.Period, &v.First, &v.Day, day{&v.DoneDay}, &v.Question, &v.Version, &v.Created)
	return v, err
}

// PeriodReviews gives the actor's looks back, newest first and without what they say of results; at most limit.
func (h *Handle) PeriodReviews(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.PeriodReview, error) {
	const q = `SELECT ` + periodColumns + ` FROM period_review r WHERE r.workspace_id = $1 AND ` + periodSeen + ` ORDER BY r.first_day DESC, r.period LIMIT $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, limit)...)
	return collect(rows, err, scanPeriodReview)
}

// PeriodReview gives the actor's look back at a period with what it says of each result; NotFound where there is
// none.
func (h *Handle) PeriodReview(ctx context.Context, ws tandem.WorkspaceID, period tandem.Period, first tandem.Day) (v tandem.PeriodReview, err error) {
	const q = `SELECT ` + periodColumns + ` FROM period_review r WHERE r.workspace_id = $1 AND ` + periodSeen + ` AND r.period = $4 AND r.first_day = $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, string(period), int64(first))...)
	all, err := collect(rows, err, scanPeriodReview)
	if err != nil || len(all) == 0 {
		return v, firstErr(err, tandem.NotFound("period_review"))
	}
	v = all[0]
	const items = `SELECT i.goal_id, i.choice, i.why, i.next_goal, i.seen_day
		FROM period_review r JOIN period_review_item i ON i.workspace_id = r.workspace_id AND i.owner = r.owner AND i.period = r.period AND i.first_day = r.first_day
		WHERE r.workspace_id = $1 AND ` + periodSeen + ` AND r.period = $4 AND r.first_day = $5 ORDER BY i.goal_id`
	rows, err = h.q.QueryContext(ctx, items, h.see(ws, string(period), int64(first))...)
	v.Items, err = collect(rows, err, func(r *sql.Rows) (i tandem.PeriodItem, err error) {
		err = r.Scan(&i.Goal, &i.Choice, &i.Why, &i.Next, &i.SeenDay)
		return i, err
	})
	return v, err
}

// BeginPeriodReview keeps the head of a look back of the actor's unless it is there, and takes its lock.
func (h *Handle) BeginPeriodReview(ctx context.Context, r tandem.PeriodReview) error {
	const q = `INSERT INTO period_review (workspace_id, owner, period, first_day, day, done_day, question, version, created)
		VALUES ($1, $2, $3, $4, $5, NULL, '', 1, $6)
		ON CONFLICT (workspace_id, owner, period, first_day) DO UPDATE SET version = period_review.version + 1`
	_, err := h.q.ExecContext(ctx, q, r.Workspace, h.actor.Person, string(r.Period), int64(r.First), int64(r.Day), r.Created)
	return err
}

// SetPeriodReview writes the head of a look back of the actor's that was begun.
func (h *Handle) SetPeriodReview(ctx context.Context, r tandem.PeriodReview) error {
	const q = `UPDATE period_review SET day = $5, done_day = $6, question = $7 WHERE workspace_id = $1 AND owner = $2 AND period = $3 AND first_day = $4`
	_, err := h.q.ExecContext(ctx, q, r.Workspace, h.actor.Person, string(r.Period), int64(r.First), int64(r.Day), nullDay(r.DoneDay), r.Question)
	return err
}

// PutPeriodItem keeps the answer to one result in a look back of the actor's, in place of the one before.
func (h *Handle) PutPeriodItem(ctx context.Context, r tandem.PeriodReview, i tandem.PeriodItem) error {
	const q = `INSERT INTO period_review_item (workspace_id, owner, period, first_day, goal_id, choice, why, next_goal, seen_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, owner, period, first_day, goal_id) DO UPDATE SET choice = excluded.choice, why = excluded.why, next_goal = excluded.next_goal, seen_day = excluded.seen_day`
	_, err := h.q.ExecContext(ctx, q, r.Workspace, h.actor.Person, string(r.Period), int64(r.First), i.Goal, string(i.Choice), i.Why, i.Next, int64(i.SeenDay))
	return err
}

// SetOffs gives what the actor's reviews say set a micro-goal off, newest first, at most limit.
func (h *Handle) SetOffs(ctx context.Context, ws tandem.WorkspaceID, micro tandem.MicroGoalID, limit int) ([]tandem.SetOff, error) {
	const q = `SELECT i.seen_day, i.set_off FROM review r JOIN review_item i ON i.workspace_id = r.workspace_id AND i.owner = r.owner AND i.week = r.week
		WHERE r.workspace_id = $1 AND ` + reviewSeen + ` AND i.object = $4 AND i.set_off <> '' ORDER BY i.week DESC LIMIT $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, micro, limit)...)
	return collect(rows, err, func(r *sql.Rows) (s tandem.SetOff, err error) {
		s.Review = true
		err = r.Scan(&s.Day, &s.Text)
		return s, err
	})
}
