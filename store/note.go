package store

import (
	"context"
	"database/sql"

	"tandem"
)

const noteColumns = `n.workspace_id, n.id, n.lifeline_id, n.owner, n.author, p.name, n.kind, n.state, n.goal_space, n.goal_id, n.level, n.field, n.about, n.text, n.learned, n.need, n.day, n.at`

func scanNote(r *sql.Rows) (n tandem.Note, err error) {
	err = r.Scan(&n.Workspace, &n.ID, &n.Lifeline, &n.Owner, &n.Author, &n.Name, &n.Kind, &n.State, &n.Space, &n.Goal, &n.Level, &n.Field, &n.About, &n.Text, &n.Learned, &n.Need, &n.Day, &n.At)
	return n, err
}

// noteSeen is the condition under which note n, on the side of somebody in a lifeline, is there for the actor
// $1: it is the actor's own, or both are in the lifeline and the actor wrote it or it is for all.
const noteSeen = `(n.owner = $1 OR (n.author = $1 OR n.author = n.owner)
	AND EXISTS (SELECT 1 FROM lifeline_member me WHERE me.lifeline_id = n.lifeline_id AND me.person_id = $1 AND me.tie = 'accepted')
	AND EXISTS (SELECT 1 FROM lifeline_member ow WHERE ow.lifeline_id = n.lifeline_id AND ow.person_id = n.owner AND ow.tie = 'accepted'))`

// LifelineNotes gives what was written in a lifeline of the actor's since a day, as far as the actor reads it,
// newest first; at most limit of each side.
func (h *Handle) LifelineNotes(ctx context.Context, id tandem.LifelineID, since tandem.Day, limit int) ([]tandem.Note, error) {
	const q = `SELECT ` + noteColumns + ` FROM lifeline_member side JOIN person w ON w.id = side.person_id
		JOIN note n ON n.workspace_id = w.personal AND n.lifeline_id = side.lifeline_id AND n.owner = w.id JOIN person p ON p.id = n.author
		WHERE side.lifeline_id = $2 AND ` + noteSeen + ` AND n.day >= $3 ORDER BY n.id DESC LIMIT $4`
	rows, err := h.q.QueryContext(ctx, q, h.mine(), id, int64(since), limit)
	return collect(rows, err, scanNote)
}

// OwnNotes gives everything on the actor's own side, of lifelines that ended too, newest first before an id (0:
// all); at most limit.
func (h *Handle) OwnNotes(ctx context.Context, before tandem.NoteID, limit int) ([]tandem.Note, error) {
	const q = `SELECT ` + noteColumns + ` FROM person w JOIN note n ON n.workspace_id = w.personal AND n.owner = w.id JOIN person p ON p.id = n.author
		WHERE w.id = $1 AND (n.id < $2 OR $2 = 0) ORDER BY n.id DESC LIMIT $3`
	rows, err := h.q.QueryContext(ctx, q, h.mine(), before, limit)
	return collect(rows, err, scanNote)
}

// Note gives one note on the actor's own side.
func (h *Handle) Note(ctx context.Context, id tandem.NoteID) (n tandem.Note, err error) {
	const q = `SELECT ` + noteColumns + ` FROM person w JOIN note n ON n.workspace_id = w.personal AND n.owner = w.id JOIN person p ON p.id = n.author
		WHERE w.id = $1 AND n.id = $2`
	rows, err := h.q.QueryContext(ctx, q, h.mine(), id)
	all, err := collect(rows, err, scanNote)
	if err != nil || len(all) == 0 {
		return n, firstErr(err, tandem.NotFound("note"))
	}
	return all[0], nil
}

// AddNote keeps a note on the side of its owner, whose personal workspace it finds.
func (h *Handle) AddNote(ctx context.Context, n tandem.Note) error {
	const q = `INSERT INTO note (workspace_id, id, lifeline_id, owner, author, kind, state, goal_space, goal_id, level, field, about, text, learned, need, day, at)
		SELECT w.personal, $2, $3, w.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 FROM person w WHERE w.id = $1`
	_, err := h.q.ExecContext(ctx, q, n.Owner, n.ID, n.Lifeline, n.Author, string(n.Kind), string(n.State), n.Space, n.Goal, n.Level, n.Field, n.About, n.Text, n.Learned, n.Need, int64(n.Day), n.At)
	return err
}

// SetNote changes what stands in a note of the actor's own side: its words and what became of it.
func (h *Handle) SetNote(ctx context.Context, n tandem.Note) error {
	const q = `UPDATE note SET state = $4, text = $5, learned = $6, need = $7, day = $8, at = $9 WHERE workspace_id = $1 AND id = $2 AND owner = $3`
	_, err := h.q.ExecContext(ctx, q, n.Workspace, n.ID, h.mine(), string(n.State), n.Text, n.Learned, n.Need, int64(n.Day), n.At)
	return err
}
