package store

import (
	"context"
	"database/sql"
	"strings"

	"tandem"
)

// feedbackSeen: feedback is its owner's alone; givenSeen: who gives it sees the request and the own words.
const (
	feedbackSeen = `(f.owner = $2 AND $3)`
	givenSeen    = `(f.giver = $2 AND $3)`
)

const feedbackColumns = `f.workspace_id, f.id, f.owner, f.giver, f.name, f.email, f.how, f.goal_id, f.title, f.levels, f.ask, f.asked, f.ends, f.state,
	f.worked, f.try_next, f.score, f.level, f.given, f.read_at, f.learning_id, f.technique_id, f.evidence_id`

func scanFeedback(r *sql.Rows) (f tandem.Feedback, err error) {
	var levels string
	err = r.Scan(&f.Workspace, &f.ID, &f.Owner, &f.Giver, &f.Name, &f.Email, &f.How, &f.Goal, &f.Title, &levels, &f.Ask, &f.Asked, &f.Ends, &f.State,
		&f.Worked, &f.TryNext, &f.Score, &f.Level, &f.Given, &f.Read, &f.Learning, &f.Technique, &f.Evidence)
	if levels != "" {
		f.Levels = strings.Split(levels, "\n")
	}
	return f, err
}

// Feedback gives all feedback on the actor's own work, asked for or offered, newest first.
func (h *Handle) Feedback(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Feedback, error) {
	const q = `SELECT ` + feedbackColumns + ` FROM feedback f WHERE f.workspace_id = $1 AND ` + feedbackSeen + ` ORDER BY f.id DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	return collect(rows, err, scanFeedback)
}

// FeedbackOf gives one that is the actor's own.
func (h *Handle) FeedbackOf(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error) {
	const q = `SELECT ` + feedbackColumns + ` FROM feedback f WHERE f.workspace_id = $1 AND ` + feedbackSeen + ` AND f.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	return onlyFeedback(collect(rows, err, scanFeedback))
}

// Given gives what the actor is asked for or has given, newest first, as its giver sees it.
func (h *Handle) Given(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Feedback, error) {
	const q = `SELECT ` + feedbackColumns + ` FROM feedback f WHERE f.workspace_id = $1 AND ` + givenSeen + ` ORDER BY f.id DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, scanFeedback)
	for i, f := range all {
		all[i] = f.ForGiver()
	}
	return all, err
}

// GivenOf gives one that the actor is asked for or has given.
func (h *Handle) GivenOf(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error) {
	const q = `SELECT ` + feedbackColumns + ` FROM feedback f WHERE f.workspace_id = $1 AND ` + givenSeen + ` AND f.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	f, err := onlyFeedback(collect(rows, err, scanFeedback))
	return f.ForGiver(), err
}

// FeedbackByLink gives a request that goes by a link. Whoever asks has the signature of the link checked.
func (h *Handle) FeedbackByLink(ctx context.Context, ws tandem.WorkspaceID, id tandem.FeedbackID) (tandem.Feedback, error) {
	const q = `SELECT ` + feedbackColumns + ` FROM feedback f WHERE f.workspace_id = $1 AND f.id = $2 AND f.giver = 0`
	if h.actor.Source != "local" {
		return tandem.Feedback{}, tandem.NotFound("link")
	}
	rows, err := h.q.QueryContext(ctx, q, ws, id)
	f, err := onlyFeedback(collect(rows, err, scanFeedback))
	return f.ForGiver(), err
}

func onlyFeedback(all []tandem.Feedback, err error) (tandem.Feedback, error) {
	if err != nil || len(all) == 0 {
		return tandem.Feedback{}, firstErr(err, tandem.NotFound("feedback"))
	}
	return all[0], nil
}

// AddFeedback keeps a new request, or feedback that was offered.
func (h *Handle) AddFeedback(ctx context.Context, f tandem.Feedback) error {
	const q = `INSERT INTO feedback (workspace_id, id, owner, giver, name, email, how, goal_id, title, levels, ask, asked, ends, state, worked, try_next, score, level, given, read_at,
		learning_id, technique_id, evidence_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, 0, 0)`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.ID, f.Owner, f.Giver, f.Name, f.Email, string(f.How), f.Goal, f.Title, strings.Join(f.Levels, "\n"), f.Ask, f.Asked, f.Ends,
		string(f.State), f.Worked, f.TryNext, f.Score, f.Level, f.Given, f.Read)
	return err
}

// AnswerFeedback keeps what was answered to a request that waits; one that does not is the error feedback_over.
func (h *Handle) AnswerFeedback(ctx context.Context, f tandem.Feedback) error {
	const q = `UPDATE feedback SET state = $3, worked = $4, try_next = $5, score = $6, level = $7, given = $8 WHERE workspace_id = $1 AND id = $2 AND state = 'asked'`
	n, err := affected(h.q.ExecContext(ctx, q, f.Workspace, f.ID, string(f.State), f.Worked, f.TryNext, f.Score, f.Level, f.Given))
	if err == nil && n == 0 {
		err = tandem.Invalid("", "feedback_over", nil)
	}
	return err
}

// SetFeedback keeps what the actor, its owner, did with it: read it, or made something of it.
func (h *Handle) SetFeedback(ctx context.Context, f tandem.Feedback) error {
	const q = `UPDATE feedback SET read_at = $4, learning_id = $5, technique_id = $6, evidence_id = $7 WHERE workspace_id = $1 AND id = $2 AND owner = $3`
	_, err := h.q.ExecContext(ctx, q, f.Workspace, f.ID, h.actor.Person, f.Read, f.Learning, f.Technique, f.Evidence)
	return err
}
