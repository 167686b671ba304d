package store

import (
	"context"
	"database/sql"

	"tandem"
)

// The inner life of goals: levels, evidence, collections, factors. Each read joins the goal, so that
// what belongs to a goal the actor may not see does not exist.

// Evidence gives every noticing of a level of the goal, oldest first.
func (h *Handle) Evidence(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Evidence, error) {
	const q = `SELECT ` + evidenceColumns + `
		FROM evidence e JOIN goal g ON g.workspace_id = e.workspace_id AND g.id = e.goal_id
		WHERE e.workspace_id = $1 AND ` + storySeen + ` AND e.goal_id = $4 ORDER BY e.day, e.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, scanEvidence)
}

const evidenceColumns = `e.goal_id, e.id, e.level, e.how, e.by_person, e.day, e.note, e.who, e.context`

func scanEvidence(r *sql.Rows) (e tandem.Evidence, err error) {
	err = r.Scan(&e.Goal, &e.ID, &e.Level, &e.How, &e.By, &e.Day, &e.Note, &e.Who, &e.Context)
	return e, err
}

// AddEvidence keeps a noticing of a level.
func (h *Handle) AddEvidence(ctx context.Context, ws tandem.WorkspaceID, e tandem.Evidence) error {
	const q = `INSERT INTO evidence (workspace_id, goal_id, id, level, how, by_person, day, note, who, context) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	_, err := h.q.ExecContext(ctx, q, ws, e.Goal, e.ID, e.Level, string(e.How), e.By, int64(e.Day), e.Note, e.Who, e.Context)
	return err
}

// DeleteEvidence takes one noticing back: the undo of AddEvidence.
func (h *Handle) DeleteEvidence(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.EvidenceID) error {
	const q = `DELETE FROM evidence WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}

// SetLevels replaces the written levels of a learning goal.
func (h *Handle) SetLevels(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, levels []string) error {
	const del = `DELETE FROM level WHERE workspace_id = $1 AND goal_id = $2`
	if _, err := h.q.ExecContext(ctx, del, ws, goal); err != nil {
		return err
	}
	const q = `INSERT INTO level (workspace_id, goal_id, n, sentence) VALUES ($1, $2, $3, $4)`
	for i, s := range levels {
		if _, err := h.q.ExecContext(ctx, q, ws, goal, i+1, s); err != nil {
			return err
		}
	}
	return nil
}

// SetAim raises or lowers the level that a learning goal aims at; SetReviewDay moves its next look.
func (h *Handle) SetAim(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, aim int) error {
	const q = `UPDATE learning SET aim = $3 WHERE workspace_id = $1 AND goal_id = $2`
	_, err := h.q.ExecContext(ctx, q, ws, goal, aim)
	return err
}

// SetReviewDay moves the day on which to look again.
func (h *Handle) SetReviewDay(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, d tandem.Day) error {
	const q = `UPDATE learning SET review_day = $3 WHERE workspace_id = $1 AND goal_id = $2`
	_, err := h.q.ExecContext(ctx, q, ws, goal, nullDay(d))
	return err
}

// SetKnown keeps at how many looks in a row the owner said to know what works.
func (h *Handle) SetKnown(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, looks int) error {
	const q = `UPDATE learning SET known = $3 WHERE workspace_id = $1 AND goal_id = $2`
	_, err := h.q.ExecContext(ctx, q, ws, goal, looks)
	return err
}

// SetMinutesMetric names the metric that holds the practised minutes of a learning goal.
func (h *Handle) SetMinutesMetric(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, m tandem.MetricID) error {
	const q = `UPDATE learning SET minutes_metric = $3 WHERE workspace_id = $1 AND goal_id = $2`
	_, err := h.q.ExecContext(ctx, q, ws, goal, m)
	return err
}

// Slots gives the places of a goal's collection in their order.
func (h *Handle) Slots(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Slot, error) {
	const q = `SELECT s.goal_id, s.id, s.n, s.name, s.used_day, s.rating
		FROM slot s JOIN goal g ON g.workspace_id = s.workspace_id AND g.id = s.goal_id
		WHERE s.workspace_id = $1 AND ` + storySeen + ` AND s.goal_id = $4 ORDER BY s.n, s.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, func(r *sql.Rows) (s tandem.Slot, err error) {
		err = r.Scan(&s.Goal, &s.ID, &s.N, &s.Name, day{&s.UsedDay}, &s.Rating)
		return s, err
	})
}

// PutSlot adds a place of a collection, or changes it.
func (h *Handle) PutSlot(ctx context.Context, ws tandem.WorkspaceID, s tandem.Slot) error {
	const q = `INSERT INTO slot (workspace_id, goal_id, id, n, name, used_day, rating) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (workspace_id, goal_id, id) DO UPDATE SET name = excluded.name, used_day = excluded.used_day, rating = excluded.rating`
	_, err := h.q.ExecContext(ctx, q, ws, s.Goal, s.ID, s.N, s.Name, nullDay(s.UsedDay), s.Rating)
	return err
}

// Factors gives what was named as in the owner's hands and not.
func (h *Handle) Factors(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID) ([]tandem.Factor, error) {
	const q = `SELECT f.goal_id, f.id, f.in_hands, f.text, f.closing
		FROM factor f JOIN goal g ON g.workspace_id = f.workspace_id AND g.id = f.goal_id
		WHERE f.workspace_id = $1 AND ` + goalSeen + ` AND f.goal_id = $4 ORDER BY f.id`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, goal)...)
	return collect(rows, err, func(r *sql.Rows) (f tandem.Factor, err error) {
		err = r.Scan(&f.Goal, &f.ID, &f.InHands, &f.Text, &f.Closing)
		return f, err
	})
}

// PutFactor adds a factor, or changes it.
func (h *Handle) PutFactor(ctx context.Context, ws tandem.WorkspaceID, f tandem.Factor) error {
	const q = `INSERT INTO factor (workspace_id, goal_id, id, in_hands, text, closing) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, goal_id, id) DO UPDATE SET in_hands = excluded.in_hands, text = excluded.text, closing = excluded.closing`
	_, err := h.q.ExecContext(ctx, q, ws, f.Goal, f.ID, f.InHands, f.Text, f.Closing)
	return err
}

// DeleteFactor removes a factor.
func (h *Handle) DeleteFactor(ctx context.Context, ws tandem.WorkspaceID, goal tandem.GoalID, id tandem.FactorID) error {
	const q = `DELETE FROM factor WHERE workspace_id = $1 AND goal_id = $2 AND id = $3`
	_, err := h.q.ExecContext(ctx, q, ws, goal, id)
	return err
}
