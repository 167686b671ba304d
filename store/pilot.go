package store

import (
	"context"
	"database/sql"

	"tandem"
)

const pilotColumns = `p.workspace_id, p.id, p.technique_id, p.owner, p.design, p.hypothesis, p.worth, p.first_day, p.pairs, p.days, p.wash_out, p.draw, p.seed,
	p.changed, p.changed_day, p.stopped_day, p.verdict, p.decided_day, p.words, p.version, p.created`

// pilotSeen: a pilot is its owner's alone, as its technique is.
const pilotSeen = `(p.owner = $2 AND $3)`

func scanPilot(r *sql.Rows) (p tandem.Pilot, err error) {
	err = r.Scan(&p.Workspace, &p.ID, &p.Technique, &p.Owner, &p.Design, &p.Hypothesis, &p.Worth, &p.First, &p.Pairs, &p.Days, &p.WashOut, &p.Draw, &p.Seed,
		&p.Changed, day{&p.ChangedDay}, day{&p.Stopped}, &p.Verdict, day{&p.Decided}, &p.Words, &p.Version, &p.Created)
	return p, err
}

// Pilots gives every pilot of the workspace that the actor may see, newest first.
func (h *Handle) Pilots(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Pilot, error) {
	const q = `SELECT ` + pilotColumns + ` FROM pilot p WHERE p.workspace_id = $1 AND ` + pilotSeen + ` ORDER BY p.id DESC`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws)...)
	all, err := collect(rows, err, scanPilot)
	if err != nil || len(all) == 0 {
		return all, err
	}
	const numbers = `SELECT n.pilot_id, n.metric_id, n.result_id, n.start_day
		FROM pilot p JOIN pilot_number n ON n.workspace_id = p.workspace_id AND n.pilot_id = p.id
		WHERE p.workspace_id = $1 AND ` + pilotSeen + ` ORDER BY n.pilot_id, n.place`
	rows, err = h.q.QueryContext(ctx, numbers, h.see(ws)...)
	return h.withNumbers(rows, err, all)
}

// Pilot gives one pilot.
func (h *Handle) Pilot(ctx context.Context, ws tandem.WorkspaceID, id tandem.PilotID) (tandem.Pilot, error) {
	const q = `SELECT ` + pilotColumns + ` FROM pilot p WHERE p.workspace_id = $1 AND ` + pilotSeen + ` AND p.id = $4`
	rows, err := h.q.QueryContext(ctx, q, h.see(ws, id)...)
	all, err := collect(rows, err, scanPilot)
	if err != nil || len(all) == 0 {
		return tandem.Pilot{}, firstErr(err, tandem.NotFound("pilot"))
	}
	const numbers = `SELECT n.pilot_id, n.metric_id, n.result_id, n.start_day
		FROM pilot p JOIN pilot_number n ON n.workspace_id = p.workspace_id AND n.pilot_id = p.id
		WHERE p.workspace_id = $1 AND ` + pilotSeen + ` AND p.id = $4 ORDER BY n.place`
	rows, err = h.q.QueryContext(ctx, numbers, h.see(ws, id)...)
	if all, err = h.withNumbers(rows, err, all); err != nil {
		return tandem.Pilot{}, err
	}
	return all[0], nil
}

// withNumbers puts the numbers that were read into their pilots.
func (h *Handle) withNumbers(rows *sql.Rows, err error, all []tandem.Pilot) ([]tandem.Pilot, error) {
	type numbered struct {
		pilot  tandem.PilotID
		number tandem.PilotNumber
	}
	ns, err := collect(rows, err, func(r *sql.Rows) (n numbered, err error) {
		err = r.Scan(&n.pilot, &n.number.Metric, &n.number.Result, &n.number.Start)
		return n, err
	})
	if err != nil {
		return nil, err
	}
	at := make(map[tandem.PilotID]*tandem.Pilot, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	for _, n := range ns {
		if p := at[n.pilot]; p != nil {
			p.Numbers = append(p.Numbers, n.number)
		}
	}
	return all, nil
}

// AddPilot keeps a new pilot with its numbers.
func (h *Handle) AddPilot(ctx context.Context, p tandem.Pilot) error {
	const q = `INSERT INTO pilot (workspace_id, id, technique_id, owner, design, hypothesis, worth, first_day, pairs, days, wash_out, draw, seed,
		changed, changed_day, stopped_day, verdict, decided_day, words, version, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, $20)`
	if _, err := h.q.ExecContext(ctx, q, p.Workspace, p.ID, p.Technique, p.Owner, string(p.Design), p.Hypothesis, p.Worth, int64(p.First), p.Pairs, p.Days, p.WashOut, int64(p.Draw), p.Seed,
		p.Changed, nullDay(p.ChangedDay), nullDay(p.Stopped), string(p.Verdict), nullDay(p.Decided), p.Words, p.Created); err != nil {
		return err
	}
	const number = `INSERT INTO pilot_number (workspace_id, pilot_id, place, metric_id, result_id, start_day) VALUES ($1, $2, $3, $4, $5, $6)`
	for i, n := range p.Numbers {
		if _, err := h.q.ExecContext(ctx, number, p.Workspace, p.ID, i+1, n.Metric, n.Result, int64(n.Start)); err != nil {
			return err
		}
	}
	return nil
}

// SetPilot writes what is said about a pilot of the version that was read: what else changed, that it was
// stopped, the verdict. What was fixed when it was made is never written again.
func (h *Handle) SetPilot(ctx context.Context, p tandem.Pilot) error {
	const q = `UPDATE pilot SET changed = $3, changed_day = $4, stopped_day = $5, verdict = $6, decided_day = $7, words = $8, version = version + 1
		WHERE workspace_id = $1 AND id = $2 AND version = $9`
	r, err := h.q.ExecContext(ctx, q, p.Workspace, p.ID, p.Changed, nullDay(p.ChangedDay), nullDay(p.Stopped), string(p.Verdict), nullDay(p.Decided), p.Words, p.Version)
	return changed(r, err, "pilot")
}
