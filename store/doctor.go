package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tandem"
)

// A Finding is something that Doctor saw. Bad ones want somebody's hand; the others are facts.
type Finding struct {
	Code string      `json:"code"`
	Bad  bool        `json:"bad"`
	Args tandem.Args `json:"args,omitempty"`
}

// orphans are rows that lie beside nothing, each as a count.
var orphans = []struct{ name, query string }{
	{name: "correction", query: `SELECT count(*) FROM correction n WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.workspace_id = n.workspace_id AND o.metric_id = n.metric_id AND o.at = n.at)`},
	{name: "observation_note", query: `SELECT count(*) FROM observation_note n WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.workspace_id = n.workspace_id AND o.metric_id = n.metric_id AND o.at = n.at)`},
	{name: "observation_external", query: `SELECT count(*) FROM observation_external n WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.workspace_id = n.workspace_id AND o.metric_id = n.metric_id AND o.at = n.at)`},
	{name: "observation", query: `SELECT count(*) FROM (SELECT DISTINCT workspace_id, metric_id FROM observation) o WHERE NOT EXISTS (SELECT 1 FROM metric m WHERE m.workspace_id = o.workspace_id AND m.id = o.metric_id)`},
	{name: "metric", query: `SELECT count(*) FROM metric r WHERE r.form = 'ratio' AND (SELECT count(*) FROM metric m WHERE m.workspace_id = r.workspace_id AND m.id IN (r.numerator, r.denominator)) < 2`},
	{name: "snapshot", query: `SELECT count(*) FROM snapshot s WHERE NOT EXISTS (SELECT 1 FROM goal g WHERE g.workspace_id = s.workspace_id AND g.id = s.goal_id)`},
	{name: "member", query: `SELECT count(*) FROM member m WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = m.person_id)`},
}

// Doctor looks at the whole database: the engine's own check, rows that lie beside nothing, imports that
// were broken off, jobs that nobody gave back, the schema. It changes nothing and reads beside a running server.
func (db *DB) Doctor(ctx context.Context) (out []Finding, err error) {
	defer tandem.Wrap(&err, "doctor")
	theirs, ours, err := db.versions(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, Finding{Code: "schema", Bad: theirs != ours, Args: tandem.Args{"theirs": theirs, "ours": ours}})
	if !db.Postgres() {
		bad, err := db.integrity(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, bad...)
	}
	for _, o := range orphans {
		var n int64
		if err := rowOf(ctx, db.reads(), o.query).Scan(&n); err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, Finding{Code: "orphans", Bad: true, Args: tandem.Args{"table": o.name, "n": n}})
		}
	}
	broken, err := db.For(tandem.Actor{}).BrokenBatches(ctx)
	if err != nil {
		return nil, err
	}
	if len(broken) > 0 {
		out = append(out, Finding{Code: "imports_running", Args: tandem.Args{"n": len(broken)}})
	}
	stale, err := db.staleLeases(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, stale...)
	mails, err := db.keptMails(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, mails...)
	if e := db.Health(); e != nil {
		out = append(out, Finding{Code: "writes_fail", Bad: true, Args: tandem.Args{"detail": e.Error()}})
	}
	return out, nil
}

// leaseGrace is how long after its end a lease may still stand: every running instance looks for such jobs
// each few seconds.
const leaseGrace = time.Hour

// staleLeases finds the jobs that were taken and not given back, and that nobody has taken up since.
func (db *DB) staleLeases(ctx context.Context) ([]Finding, error) {
	const q = `SELECT name, owner, lease_until FROM job WHERE owner <> '' AND lease_until < $1 ORDER BY lease_until`
	now, err := db.dialect.clock(ctx, db.reads())
	if err != nil {
		return nil, err
	}
	rows, err := db.reads().QueryContext(ctx, q, now-micros(leaseGrace))
	return collect(rows, err, func(r *sql.Rows) (Finding, error) {
		var name, owner string
		var until tandem.Instant
		err := r.Scan(&name, &owner, &until)
		ago := int64((now - until) / micros(time.Minute))
		return Finding{Code: "lease", Bad: true, Args: tandem.Args{"job": name, "owner": owner, "minutes": ago}}, err
	})
}

// keptMails finds the mails that could not be sent, newest reason first, and those that keep being tried.
func (db *DB) keptMails(ctx context.Context) ([]Finding, error) {
	const q = `SELECT state, last_error, count(*), max(tries) FROM mail WHERE state = 'parked' AND last_error NOT IN ($1, $2) OR state = 'queued' AND tries >= $3
		GROUP BY state, last_error ORDER BY max(done) DESC, count(*) DESC LIMIT 5`
	rows, err := db.reads().QueryContext(ctx, q, tandem.MailNotWanted, tandem.MailEmpty, mailTried)
	return collect(rows, err, func(r *sql.Rows) (Finding, error) {
		var state, problem string
		var n, tries int64
		err := r.Scan(&state, &problem, &n, &tries)
		args := tandem.Args{"n": n, "why": problem, "tries": tries}
		if state == "queued" {
			return Finding{Code: "mail_waits", Bad: true, Args: args}, err
		}
		return Finding{Code: "mail_parked", Bad: true, Args: args}, err
	})
}

// mailTried is how many attempts make a waiting mail worth a word: about twenty minutes of them.
const mailTried = 5

// integrity runs SQLite's own check of every page and of every reference.
func (db *DB) integrity(ctx context.Context) (out []Finding, err error) {
	const check = `PRAGMA integrity_check(5)`
	rows, err := db.read.QueryContext(ctx, check)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	fine := false
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if text == "ok" {
			fine = true
			continue
		}
		out = append(out, Finding{Code: "damaged", Bad: true, Args: tandem.Args{"detail": text}})
	}
	if fine {
		out = append(out, Finding{Code: "integrity"})
	}
	if err := rows.Err(); err != nil {
		return out, err
	}
	const keys = `SELECT count(*) FROM pragma_foreign_key_check`
	var n int64
	if err := db.read.QueryRowContext(ctx, keys).Scan(&n); err != nil {
		return out, fmt.Errorf("foreign keys: %w", err)
	}
	if n > 0 {
		out = append(out, Finding{Code: "references", Bad: true, Args: tandem.Args{"n": n}})
	}
	return out, nil
}
