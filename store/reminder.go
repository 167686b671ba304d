package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
	"tandem/policy"
)

// The weekly mail. A person reads and changes the own reminder; queueing and sending is for the house
// itself (policy.Local).

const reminderColumns = `person_id, state, weekday, hour, rest_days, week, next_at, sent, unanswered, version, created, lifelines`

func scanReminder(r interface{ Scan(...any) error }) (m tandem.Reminder, err error) {
	var rest int64
	err = r.Scan(&m.Person, &m.State, &m.Weekday, &m.Hour, &rest, day{&m.Week}, &m.Next, &m.Sent, &m.Unanswered, &m.Version, &m.Created, &m.Lifelines)
	m.RestDays = uint8(rest)
	return m, err
}

// Reminder gives the reminder of a person, NotFound where nobody ever set one.
func (h *Handle) Reminder(ctx context.Context, person tandem.PersonID) (tandem.Reminder, error) {
	const q = `SELECT ` + reminderColumns + ` FROM reminder WHERE person_id = $1`
	if !h.administers(policy.Read, person) {
		return tandem.Reminder{}, tandem.NotFound("reminder")
	}
	m, err := scanReminder(h.q.QueryRowContext(ctx, q, person))
	return m, notFound(err, "reminder")
}

// PutReminder keeps a reminder; its version is that which was read, 0 for a new one.
func (h *Handle) PutReminder(ctx context.Context, m tandem.Reminder) error {
	const add = `INSERT INTO reminder (` + reminderColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11) ON CONFLICT DO NOTHING`
	const set = `UPDATE reminder SET state = $1, weekday = $2, hour = $3, rest_days = $4, week = $5, next_at = $6, sent = $7, unanswered = $8, lifelines = $9, version = version + 1
		WHERE person_id = $10 AND version = $11`
	if !h.administers(policy.Read, m.Person) {
		return tandem.NotFound("reminder")
	}
	if m.Version == 0 {
		r, err := h.q.ExecContext(ctx, add, m.Person, m.State, m.Weekday, m.Hour, int64(m.RestDays), dayArg(m.Week), m.Next, m.Sent, m.Unanswered, m.Created, m.Lifelines)
		return changed(r, err, "reminder")
	}
	r, err := h.q.ExecContext(ctx, set, m.State, m.Weekday, m.Hour, int64(m.RestDays), dayArg(m.Week), m.Next, m.Sent, m.Unanswered, m.Lifelines, m.Person, m.Version)
	return changed(r, err, "reminder")
}

// dayArg gives a day for a column that may be empty.
func dayArg(d tandem.Day) any {
	if d == tandem.NoDay {
		return nil
	}
	return int64(d)
}

// AnswerReminder notes a goal check-in of the actor's: a mail that was handed over within AnswerTime before
// it counts as answered.
func (tx *Tx) AnswerReminder(person tandem.PersonID, at tandem.Instant) error {
	const q = `UPDATE reminder SET unanswered = 0 WHERE person_id = $1 AND unanswered > 0 AND sent >= $2`
	_, err := tx.ExecContext(context.Background(), q, person, at-micros(tandem.AnswerTime))
	return err
}

// DueReminders gives at most limit reminders that are to be looked at now, the longest waiting first.
func (h *Handle) DueReminders(ctx context.Context, now tandem.Instant, limit int) ([]tandem.Reminder, error) {
	const q = `SELECT ` + reminderColumns + ` FROM reminder WHERE state = 'on' AND next_at <= $1 ORDER BY next_at, person_id LIMIT $2`
	rows, err := h.q.QueryContext(ctx, q, now, limit)
	return collect(rows, err, func(r *sql.Rows) (tandem.Reminder, error) { return scanReminder(r) })
}

// RolesOf gives the lasting memberships of a person.
func (h *Handle) RolesOf(ctx context.Context, person tandem.PersonID) (map[tandem.WorkspaceID]tandem.Role, error) {
	const q = `SELECT workspace_id, role FROM member WHERE person_id = $1 AND ended = 0`
	if !h.administers(policy.Read, person) {
		return nil, tandem.NotFound("person")
	}
	rows, err := h.q.QueryContext(ctx, q, person)
	all, err := collect(rows, err, func(r *sql.Rows) (m tandem.Member, err error) {
		err = r.Scan(&m.Workspace, &m.Role)
		return m, err
	})
	out := make(map[tandem.WorkspaceID]tandem.Role, len(all))
	for _, m := range all {
		out[m.Workspace] = m.Role
	}
	return out, err
}

// QueueMail puts a mail into the queue unless one of its kind and week was there already.
func (h *Handle) QueueMail(ctx context.Context, m tandem.Mail, at tandem.Instant) error {
	const q = `INSERT INTO mail (person_id, kind, week, message_id, state, owner, lease_until, fence, tries, last_error, made, done)
		VALUES ($1, $2, $3, $4, 'queued', '', 0, 0, 0, '', $5, 0) ON CONFLICT DO NOTHING`
	_, err := h.q.ExecContext(ctx, q, m.Person, m.Kind, int64(m.Week), m.ID, at)
	return err
}

// DropMails takes everything out of the queue that waits for a person.
func (h *Handle) DropMails(ctx context.Context, person tandem.PersonID) error {
	const q = `DELETE FROM mail WHERE person_id = $1 AND state = 'queued'`
	if !h.administers(policy.Read, person) {
		return tandem.NotFound("reminder")
	}
	_, err := h.q.ExecContext(ctx, q, person)
	return err
}

// ClaimMails takes at most limit mails that nobody has and whose time has come, for the time of lease in
// the database's own time. One whose lease passed is given again, with a higher fence.
func (db *DB) ClaimMails(ctx context.Context, owner string, limit int, lease time.Duration) (out []tandem.Mail, err error) {
	defer tandem.Wrap(&err, "claim mails")
	const read = `SELECT person_id, kind, week, message_id, tries, fence FROM mail WHERE state = 'queued' AND lease_until <= $1
		ORDER BY lease_until, person_id, kind, week LIMIT $2`
	const take = `UPDATE mail SET owner = $1, lease_until = $2, fence = fence + 1 WHERE person_id = $3 AND kind = $4 AND week = $5 AND fence = $6 AND state = 'queued'`
	err = db.InTx(ctx, func(tx *Tx) error {
		out = nil
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, read, now, limit)
		free, err := collect(rows, err, func(r *sql.Rows) (m tandem.Mail, err error) {
			err = r.Scan(&m.Person, &m.Kind, &m.Week, &m.ID, &m.Tries, &m.Fence)
			return m, err
		})
		if err != nil {
			return err
		}
		for _, m := range free {
			n, err := affected(tx.ExecContext(ctx, take, owner, now+micros(lease), m.Person, m.Kind, int64(m.Week), m.Fence))
			if err != nil {
				return err
			}
			if n == 1 {
				m.Fence++
				out = append(out, m)
			}
		}
		return nil
	})
	return out, err
}

// HoldsMail tells whether a claimed mail is still the claimer's: still queued, with its fence.
func (db *DB) HoldsMail(ctx context.Context, m tandem.Mail) (held bool, err error) {
	defer tandem.Wrap(&err, "hold mail")
	const q = `SELECT EXISTS (SELECT 1 FROM mail WHERE person_id = $1 AND kind = $2 AND week = $3 AND fence = $4 AND state = 'queued')`
	err = db.reads().QueryRowContext(ctx, q, m.Person, m.Kind, int64(m.Week), m.Fence).Scan(&held)
	return held, err
}

// FinishMail notes that the SMTP server took a mail. It is done also for a claim whose lease passed: it was
// sent, and that must stand.
func (db *DB) FinishMail(ctx context.Context, m tandem.Mail) (err error) {
	defer tandem.Wrap(&err, "finish mail")
	const sent = `UPDATE mail SET state = 'sent', owner = '', done = $1, last_error = '' WHERE person_id = $2 AND kind = $3 AND week = $4 AND state = 'queued'`
	const count = `UPDATE reminder SET sent = $1, unanswered = unanswered + 1 WHERE person_id = $2`
	at := tandem.InstantOf(db.now())
	return db.InTx(ctx, func(tx *Tx) error {
		n, err := affected(tx.ExecContext(ctx, sent, at, m.Person, m.Kind, int64(m.Week)))
		if err != nil || n == 0 || m.Kind != tandem.WeeklyMail {
			return err
		}
		_, err = tx.ExecContext(ctx, count, at, m.Person)
		return err
	})
}

// PutBackMail gives a mail back that was not taken; it is tried again after a while. problem is why; again
// is false for what waits for a reason of its own (night, rest day) and is no attempt.
func (db *DB) PutBackMail(ctx context.Context, m tandem.Mail, after time.Duration, problem string, again bool) (err error) {
	defer tandem.Wrap(&err, "put back mail")
	const q = `UPDATE mail SET owner = '', lease_until = $1, tries = $2, last_error = $3 WHERE person_id = $4 AND kind = $5 AND week = $6 AND fence = $7 AND state = 'queued'`
	tries := m.Tries
	if again {
		tries++
	}
	return db.InTx(ctx, func(tx *Tx) error {
		now, err := db.dialect.clock(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, q, now+micros(after), tries, problem, m.Person, m.Kind, int64(m.Week), m.Fence)
		return err
	})
}

// ParkMail takes a mail out of the queue that cannot or must not be sent any more, and keeps why.
func (db *DB) ParkMail(ctx context.Context, m tandem.Mail, problem string) (err error) {
	defer tandem.Wrap(&err, "park mail")
	const q = `UPDATE mail SET state = 'parked', owner = '', last_error = $1, done = $2 WHERE person_id = $3 AND kind = $4 AND week = $5 AND fence = $6 AND state = 'queued'`
	return db.InTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, q, problem, tandem.InstantOf(db.now()), m.Person, m.Kind, int64(m.Week), m.Fence)
		return err
	})
}

// PutMailLink keeps what a link of a week's mail logs, and gives the one that stands: a mail that is tried
// again has the links that it had.
func (h *Handle) PutMailLink(ctx context.Context, l tandem.MailLink, week tandem.Day) (tandem.MailLink, error) {
	const add = `INSERT INTO mail_link (workspace_id, id, person_id, metric_id, week, amount, ends, used) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT DO NOTHING`
	const read = `SELECT id, amount, ends, used FROM mail_link WHERE workspace_id = $1 AND person_id = $2 AND metric_id = $3 AND week = $4`
	if _, err := h.q.ExecContext(ctx, add, l.Workspace, l.ID, l.Person, l.Metric, int64(week), l.Amount, l.Ends); err != nil {
		return l, err
	}
	err := h.q.QueryRowContext(ctx, read, l.Workspace, l.Person, l.Metric, int64(week)).Scan(&l.ID, &l.Amount, &l.Ends, &l.Used)
	return l, err
}

// MailLink gives what a link logs. Whoever asks has its signature checked.
func (h *Handle) MailLink(ctx context.Context, ws tandem.WorkspaceID, id int64) (l tandem.MailLink, err error) {
	const q = `SELECT workspace_id, id, person_id, metric_id, amount, ends, used FROM mail_link WHERE workspace_id = $1 AND id = $2`
	if h.actor.Source != "local" {
		return l, tandem.NotFound("link")
	}
	err = h.q.QueryRowContext(ctx, q, ws, id).Scan(&l.Workspace, &l.ID, &l.Person, &l.Metric, &l.Amount, &l.Ends, &l.Used)
	return l, notFound(err, "link")
}

// UseMailLink marks a link as used; one that was used is NotFound.
func (h *Handle) UseMailLink(ctx context.Context, ws tandem.WorkspaceID, id int64, at tandem.Instant) error {
	const q = `UPDATE mail_link SET used = $1 WHERE workspace_id = $2 AND id = $3 AND used = 0`
	n, err := affected(h.q.ExecContext(ctx, q, at, ws, id))
	if err == nil && n == 0 {
		err = tandem.NotFound("link")
	}
	return err
}
