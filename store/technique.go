package store

import (
	"context"
	"database/sql"

	"tandem"
)

const techniqueColumns = `t.workspace_id, t.id, t.owner, t.name, t.state, t.goal_id, t.lesson_id, t.since, t.verdict, t.version, t.created`

// techniqueSeen: a technique is its owner's alone.
const techniqueSeen = `(t.owner = $2 AND $3)`

func scanTechnique(r *sql.Rows) (t tandem.Technique, err error) {
	err = r.Scan(&t.Workspace, &t.ID, &t.Owner, &t.Name, &t.State, &t.Goal, &t.Lesson, &t.Since, &t.Verdict, &t.Version, &t.Created)
	return t, err
}

// Techniques gives every technique of the workspace that the actor may see, newest first.
func (h *Handle) Techniques(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Technique, error) {
	const q = `SELECT ` + techniqueColumns + ` FROM technique t WHERE t.workspace_id = $1 AND ` + techniqueSeen + ` ORDER BY t.id DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, scanTechnique)
}

// Technique gives one technique.
func (h *Handle) Technique(ctx context.Context, ws tandem.WorkspaceID, id tandem.TechniqueID) (tandem.Technique, error) {
	const q = `SELECT ` + techniqueColumns + ` FROM technique t WHERE t.workspace_id = $1 AND ` + techniqueSeen + ` AND t.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	all, err := collect(rows, err, scanTechnique)
	if err != nil || len(all) == 0 {
		return tandem.Technique{}, firstErr(err, tandem.NotFound("technique"))
	}
	return all[0], nil
}

// AddTechnique keeps a new technique.
func (h *Handle) AddTechnique(ctx context.Context, t tandem.Technique) error {
	const q = `INSERT INTO technique (workspace_id, id, owner, name, state, goal_id, lesson_id, since, verdict, version, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)`
	_, err := h.q.ExecContext(ctx, q, t.Workspace, t.ID, t.Owner, t.Name, string(t.State), t.Goal, t.Lesson, int64(t.Since), t.Verdict, t.Created)
	return err
}

// SetTechnique changes a technique of the version that was read.
func (h *Handle) SetTechnique(ctx context.Context, t tandem.Technique) error {
	const q = `UPDATE technique SET name = $3, state = $4, goal_id = $5, since = $6, verdict = $7, version = version + 1
		WHERE workspace_id = $1 AND id = $2 AND version = $8`
	r, err := h.q.ExecContext(ctx, q, t.Workspace, t.ID, t.Name, string(t.State), t.Goal, int64(t.Since), t.Verdict, t.Version)
	return changed(r, err, "technique")
}

const useColumns = `u.technique_id, u.id, u.at, u.day, u.metric_id, u.observation_at, u.helped, u.natural_feel, u.note, u.context`

func scanUse(r *sql.Rows) (u tandem.Use, err error) {
	err = r.Scan(&u.Technique, &u.ID, &u.At, &u.Day, &u.Metric, &u.ObservationAt, &u.Helped, &u.Natural, &u.Note, &u.Context)
	return u, err
}

// Uses gives the uses of every technique the actor may see, from one day to another, oldest first.
func (h *Handle) Uses(ctx context.Context, ws tandem.WorkspaceID, from, to tandem.Day) ([]tandem.Use, error) {
	const q = `SELECT ` + useColumns + ` FROM technique t JOIN use_log u ON u.workspace_id = t.workspace_id AND u.technique_id = t.id
		WHERE t.workspace_id = $1 AND ` + techniqueSeen + ` AND u.day >= $4 AND u.day <= $5 ORDER BY u.day, u.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, int64(from), int64(to))...)
	return collect(rows, err, scanUse)
}

// AddUse keeps one time that a technique was used.
func (h *Handle) AddUse(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error {
	const q = `INSERT INTO use_log (workspace_id, technique_id, id, at, day, metric_id, observation_at, helped, natural_feel, note, context)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	_, err := h.q.ExecContext(ctx, q, ws, u.Technique, u.ID, u.At, int64(u.Day), u.Metric, u.ObservationAt, u.Helped, u.Natural, u.Note, u.Context)
	return err
}

// SetUse writes what is said about a use afterwards: whether it helped, how natural it felt, a note, where it was.
func (h *Handle) SetUse(ctx context.Context, ws tandem.WorkspaceID, u tandem.Use) error {
	const q = `UPDATE use_log SET helped = $4, natural_feel = $5, note = $6, context = $7 WHERE workspace_id = $1 AND technique_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, u.Technique, u.ID, u.Helped, u.Natural, u.Note, u.Context)
	return err
}

// DeleteUse takes a use back.
func (h *Handle) DeleteUse(ctx context.Context, ws tandem.WorkspaceID, technique tandem.TechniqueID, id tandem.UseID) error {
	const q = `DELETE FROM use_log WHERE workspace_id = $1 AND technique_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, technique, id)
	return err
}

// DeleteUsesOn takes back the uses that rode on an observation.
func (h *Handle) DeleteUsesOn(ctx context.Context, ws tandem.WorkspaceID, metric tandem.MetricID, at tandem.Instant) error {
	const q = `DELETE FROM use_log WHERE workspace_id = $1 AND metric_id = $2 AND observation_at = $3`
	_, err := h.q.ExecContext(ctx, q, ws, metric, at)
	return err
}
