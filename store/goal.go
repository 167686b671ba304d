package store

import (
	"context"
	"database/sql"

	"tandem"
)

const goalColumns = `g.workspace_id, g.id, g.kind, g.owner, g.title, g.why, g.state, g.visibility, g.paused_from, g.external_id, g.version, g.created, g.created_day, g.updated, g.batch`

func goalFields(g *tandem.Goal) []any {
	return []any{&g.Workspace, &g.ID, &g.Kind, &g.Owner, &g.Title, &g.Why, &g.State, &g.Visibility, day{&g.PausedFrom}, &g.ExternalID, &g.Version, &g.Created, &g.CreatedDay, &g.Updated, &g.Batch}
}

const performanceColumns = `p.metric_id, p.start_day, p.deadline, p.baseline, p.so_far, p.target, p.target_lo, p.target_hi, p.stretch, p.reached_when, p.held_for, p.kept_share, p.repeats, p.judged`

func performanceFields(p *tandem.PerformanceGoal) []any {
	return []any{&p.Metric, &p.Start, &p.Deadline, &p.Baseline, &p.SoFar, &p.Target, &p.TargetLo, &p.TargetHi, &p.Stretch, &p.ReachedWhen, &p.HeldFor, &p.KeptShare, &p.Repeats, &p.Judged}
}

const learningColumns = `l.skill, l.aim, l.review_day, l.minutes_metric, l.collection, l.collection_size, l.first_step, l.about, l.known`

func learningFields(l *tandem.LearningGoal) []any {
	return []any{&l.Skill, &l.Aim, day{&l.ReviewDay}, &l.Minutes, &l.Collection, &l.CollectionSize, &l.FirstStep, &l.About, &l.Known}
}

// Goal gives one goal, a tandem.PerformanceGoal or a tandem.LearningGoal with its levels.
func (h *Handle) Goal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) (tandem.AnyGoal, error) {
	const q = `SELECT ` + goalColumns + `, ` + performanceColumns + ` FROM goal g JOIN performance p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	results, err := collect(rows, err, scanPerformance)
	if err != nil {
		return nil, err
	}
	if len(results) == 1 {
		return results[0], nil
	}
	const l = `SELECT ` + goalColumns + `, ` + learningColumns + ` FROM goal g JOIN learning l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.id = $4`
	rows, err = h.q.QueryContext(ctx, l, h.see(ws, id)...)
	learnings, err := collect(rows, err, scanLearning)
	if err != nil || len(learnings) == 0 {
		return nil, firstErr(err, tandem.NotFound("goal"))
	}
	g := learnings[0]
	g.Levels, err = h.levels(ctx, ws, id)
	return g, err
}

func scanPerformance(r *sql.Rows) (p tandem.PerformanceGoal, err error) {
	err = r.Scan(append(goalFields(&p.Goal), performanceFields(&p)...)...)
	return p, err
}

func scanLearning(r *sql.Rows) (l tandem.LearningGoal, err error) {
	err = r.Scan(append(goalFields(&l.Goal), learningFields(&l)...)...)
	return l, err
}

func (h *Handle) levels(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]string, error) {
	const q = `SELECT sentence FROM level WHERE workspace_id = $1 AND goal_id = $2 ORDER BY n`
	rows, err := h.q.QueryContext(ctx, q, ws, goal)
	return collect(rows, err, func(r *sql.Rows) (s string, err error) {
		err = r.Scan(&s)
		return s, err
	})
}

// AddPerformance keeps a new result.
func (h *Handle) AddPerformance(ctx context.Context, p tandem.PerformanceGoal) error {
	if err := h.addGoal(ctx, p.Goal); err != nil {
		return err
	}
	const q = `INSERT INTO performance (workspace_id, goal_id, metric_id, start_day, deadline, baseline, so_far, target, target_lo, target_hi, stretch, reached_when, held_for, kept_share, repeats, judged)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	_, err := h.q.ExecContext(ctx, q, p.Workspace, p.ID, p.Metric, int64(p.Start), int64(p.Deadline), p.Baseline, p.SoFar, p.Target, p.TargetLo, p.TargetHi, p.Stretch,
		string(p.ReachedWhen), p.HeldFor, p.KeptShare, string(p.Repeats), p.Judged)
	return err
}

// AddLearning keeps a new learning goal with its levels.
func (h *Handle) AddLearning(ctx context.Context, l tandem.LearningGoal) error {
	if err := h.addGoal(ctx, l.Goal); err != nil {
		return err
	}
	const q = `INSERT INTO learning (workspace_id, goal_id, skill, aim, review_day, minutes_metric, collection, collection_size, first_step, about, known)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	if _, err := h.q.ExecContext(ctx, q, l.Workspace, l.ID, l.Skill, l.Aim, nullDay(l.ReviewDay), l.Minutes, l.Collection, l.CollectionSize, l.FirstStep, l.About, l.Known); err != nil {
		return err
	}
	return h.SetLevels(ctx, l.Workspace, l.ID, l.Levels)
}

func (h *Handle) addGoal(ctx context.Context, g tandem.Goal) error {
	const q = `INSERT INTO goal (workspace_id, id, kind, owner, title, why, state, visibility, paused_from, external_id, version, created, created_day, updated, batch)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $13, $14)`
	_, err := h.q.ExecContext(ctx, q, g.Workspace, g.ID, string(g.Kind), g.Owner, g.Title, g.Why, string(g.State), string(g.Visibility), nullDay(g.PausedFrom), g.ExternalID,
		g.Created, int64(g.CreatedDay), g.Updated, g.Batch)
	return err
}

// SetGoal changes the common part of a goal of the version that was read; the version rises.
func (h *Handle) SetGoal(ctx context.Context, g tandem.Goal) error {
	const q = `UPDATE goal SET title = $3, why = $4, state = $5, visibility = $6, paused_from = $7, updated = $8, version = version + 1
		WHERE workspace_id = $1 AND id = $2 AND version = $9`
	r, err := h.q.ExecContext(ctx, q, g.Workspace, g.ID, g.Title, g.Why, string(g.State), string(g.Visibility), nullDay(g.PausedFrom), g.Updated, g.Version)
	return changed(r, err, "goal")
}

// SetPerformance changes a result of the version that was read.
func (h *Handle) SetPerformance(ctx context.Context, p tandem.PerformanceGoal) error {
	if err := h.SetGoal(ctx, p.Goal); err != nil {
		return err
	}
	const q = `UPDATE performance SET start_day = $3, deadline = $4, baseline = $5, so_far = $6, target = $7, target_lo = $8, target_hi = $9, stretch = $10,
		reached_when = $11, held_for = $12, kept_share = $13, repeats = $14, judged = $15 WHERE workspace_id = $1 AND goal_id = $2`
	_, err := h.q.ExecContext(ctx, q, p.Workspace, p.ID, int64(p.Start), int64(p.Deadline), p.Baseline, p.SoFar, p.Target, p.TargetLo, p.TargetHi, p.Stretch,
		string(p.ReachedWhen), p.HeldFor, p.KeptShare, string(p.Repeats), p.Judged)
	return err
}

// SetLearning changes a learning goal of the version that was read, with its levels.
func (h *Handle) SetLearning(ctx context.Context, l tandem.LearningGoal) error {
	if err := h.SetGoal(ctx, l.Goal); err != nil {
		return err
	}
	const q = `UPDATE learning SET skill = $3, aim = $4, review_day = $5, collection = $6, collection_size = $7, first_step = $8, about = $9 WHERE workspace_id = $1 AND goal_id = $2`
	if _, err := h.q.ExecContext(ctx, q, l.Workspace, l.ID, l.Skill, l.Aim, nullDay(l.ReviewDay), l.Collection, l.CollectionSize, l.FirstStep, l.About); err != nil {
		return err
	}
	return h.SetLevels(ctx, l.Workspace, l.ID, l.Levels)
}

// goalParts are the tables that hold parts of a goal, as statements that empty them of one; the goal's
// own row comes last.
var goalParts = []string{
	`DELETE FROM performance WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM learning WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM level WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM evidence WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM template_taken WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM advised WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM review_item WHERE workspace_id = $1 AND object = $2`,
	`DELETE FROM period_review_item WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM share WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM factor WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM milestone WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM activity WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM lesson WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM slot WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM practice WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM guard WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM closing WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM snapshot WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM fuels WHERE workspace_id = $1 AND learning_id = $2`,
	`DELETE FROM fuels WHERE workspace_id = $1 AND result_id = $2`,
	`DELETE FROM pause WHERE workspace_id = $1 AND object_id = $2`,
	`UPDATE micro_goal SET goal_id = 0 WHERE workspace_id = $1 AND goal_id = $2`,
	`UPDATE technique SET goal_id = 0 WHERE workspace_id = $1 AND goal_id = $2`,
	`DELETE FROM goal WHERE workspace_id = $1 AND id = $2`,
}

// DeleteGoal removes a goal and its parts. Its number and the number's values stay.
func (h *Handle) DeleteGoal(ctx context.Context, ws tandem.WorkspaceID, id tandem.GoalID) error {
	removed := int64(0)
	for _, q := range goalParts {
		r, err := h.q.ExecContext(ctx, q, ws, id)
		if err != nil {
			return err
		}
		if removed, err = r.RowsAffected(); err != nil {
			return err
		}
	}
	if removed == 0 {
		return tandem.NotFound("goal")
	}
	return nil
}
