package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Practices gives the practices of a learning goal from one day to another, both included, oldest first.
func (h *Handle) Practices(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, from, to tandem.Day) ([]tandem.Practice, error) {
	const q = `SELECT p.goal_id, p.id, p.at, p.day, p.minutes, p.reflection, p.enjoyment, p.activity
		FROM practice p JOIN goal g ON g.workspace_id = p.workspace_id AND g.id = p.goal_id
		WHERE p.workspace_id = $1 AND ` + storySeen + ` AND p.goal_id = $4 AND p.day >= $5 AND p.day <= $6 ORDER BY p.day, p.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal, int64(from), int64(to))...)
	return collect(rows, err, scanPractice)
}

// OwnPractices gives the practices of all learning goals that the actor owns, oldest first.
func (h *Handle) OwnPractices(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) ([]tandem.Practice, error) {
	const q = `SELECT p.goal_id, p.id, p.at, p.day, p.minutes, p.reflection, p.enjoyment, p.activity
		FROM goal g JOIN practice p ON p.workspace_id = g.workspace_id AND p.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2 AND p.day >= $4 AND p.day <= $5 ORDER BY p.day, p.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(from), int64(to))...)
	return collect(rows, err, scanPractice)
}

// Practice gives one practice.
func (h *Handle) Practice(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID) (tandem.Practice, error) {
	const q = `SELECT p.goal_id, p.id, p.at, p.day, p.minutes, p.reflection, p.enjoyment, p.activity
		FROM practice p JOIN goal g ON g.workspace_id = p.workspace_id AND g.id = p.goal_id
		WHERE p.workspace_id = $1 AND ` + storySeen + ` AND p.goal_id = $4 AND p.id = $5`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal, id)...)
	all, err := collect(rows, err, scanPractice)
	if err != nil || len(all) == 0 {
		return tandem.Practice{}, firstErr(err, tandem.NotFound("practice"))
	}
	return all[0], nil
}

func firstErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func scanPractice(r *sql.Rows) (p tandem.Practice, err error) {
	err = r.Scan(&p.Goal, &p.ID, &p.At, &p.Day, &p.Minutes, &p.Reflection, &p.Enjoyment, &p.Activity)
	return p, err
}

// AddPractice keeps a practice.
func (h *Handle) AddPractice(ctx context.Context, ws tandem.WorkspaceID, p tandem.Practice) error {
	const q = `INSERT INTO practice (workspace_id, goal_id, id, at, day, minutes, reflection, enjoyment, activity)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	_, err := h.q.ExecContext(ctx, q, ws, p.Goal, p.ID, p.At, int64(p.Day), p.Minutes, p.Reflection, p.Enjoyment, p.Activity)
	return err
}

// DeletePractice takes a practice back.
func (h *Handle) DeletePractice(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID) error {
	const q = `DELETE FROM practice WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}

// SetReflection writes the one line of a practice.
func (h *Handle) SetReflection(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.PracticeID, text string, enjoyment int) error {
	const q = `UPDATE practice SET reflection = $4, enjoyment = $5 WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id, text, enjoyment)
	return err
}

// Lessons gives the lessons of a goal, newest first.
func (h *Handle) Lessons(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Lesson, error) {
	const q = `SELECT l.goal_id, l.id, l.day, l.text, l.origin, l.dropped
		FROM lesson l JOIN goal g ON g.workspace_id = l.workspace_id AND g.id = l.goal_id
		WHERE l.workspace_id = $1 AND ` + storySeen + ` AND l.goal_id = $4 ORDER BY l.day DESC, l.id DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, scanLesson)
}

// OwnLessons gives the lessons of all goals that the actor owns, newest first, at most limit.
func (h *Handle) OwnLessons(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Lesson, error) {
	const q = `SELECT l.goal_id, l.id, l.day, l.text, l.origin, l.dropped
		FROM goal g JOIN lesson l ON l.workspace_id = g.workspace_id AND l.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + storySeen + ` AND g.owner = $2 ORDER BY l.day DESC, l.id DESC LIMIT $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, limit)...)
	return collect(rows, err, scanLesson)
}

func scanLesson(r *sql.Rows) (l tandem.Lesson, err error) {
	err = r.Scan(&l.Goal, &l.ID, &l.Day, &l.Text, &l.From, &l.Dropped)
	return l, err
}

// AddLesson keeps a lesson.
func (h *Handle) AddLesson(ctx context.Context, ws tandem.WorkspaceID, l tandem.Lesson) error {
	const q = `INSERT INTO lesson (workspace_id, goal_id, id, day, text, origin) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := h.q.ExecContext(ctx, q, ws, l.Goal, l.ID, int64(l.Day), l.Text, l.From)
	return err
}

// DeleteLesson takes a lesson back.
func (h *Handle) DeleteLesson(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.LessonID) error {
	const q = `DELETE FROM lesson WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}

// Milestones gives the steps of a goal: by their day, those without one last, done ones in place.
func (h *Handle) Milestones(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Milestone, error) {
	const q = `SELECT m.goal_id, m.id, m.title, m.value, m.due, m.done, m.lesson_id
		FROM milestone m JOIN goal g ON g.workspace_id = m.workspace_id AND g.id = m.goal_id
		WHERE m.workspace_id = $1 AND ` + goalSeen + ` AND m.goal_id = $4
		ORDER BY COALESCE(m.done, m.due) NULLS LAST, m.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, scanMilestone)
}

// OwnMilestones gives the open steps of all active goals that the actor owns.
func (h *Handle) OwnMilestones(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Milestone, error) {
	const q = `SELECT m.goal_id, m.id, m.title, m.value, m.due, m.done, m.lesson_id
		FROM goal g JOIN milestone m ON m.workspace_id = g.workspace_id AND m.goal_id = g.id
		WHERE g.workspace_id = $1 AND ` + goalSeen + ` AND g.owner = $2 AND g.state = 'active' AND m.done IS NULL
		ORDER BY m.due NULLS LAST, m.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, scanMilestone)
}

func scanMilestone(r *sql.Rows) (m tandem.Milestone, err error) {
	err = r.Scan(&m.Goal, &m.ID, &m.Title, &m.Value, day{&m.Due}, day{&m.Done}, &m.Lesson)
	return m, err
}

// PutMilestone adds a step, or changes it.
func (h *Handle) PutMilestone(ctx context.Context, ws tandem.WorkspaceID, m tandem.Milestone) error {
	const q = `INSERT INTO milestone (workspace_id, goal_id, id, title, value, due, done, lesson_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
		ON CONFLICT (workspace_id, goal_id, id) DO UPDATE SET title = excluded.title, value = excluded.value, due = excluded.due,
			done = excluded.done, lesson_id = excluded.lesson_id, version = milestone.version + 1`
	_, err := h.q.ExecContext(ctx, q, ws, m.Goal, m.ID, m.Title, m.Value, nullDay(m.Due), nullDay(m.Done), m.Lesson)
	return err
}

// DeleteMilestone removes a step.
func (h *Handle) DeleteMilestone(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.MilestoneID) error {
	const q = `DELETE FROM milestone WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}
