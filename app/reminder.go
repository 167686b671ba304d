package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

// ReminderReads is what the weekly mail reads. Queueing, sending and links need the house's own actor, Local.
type ReminderReads interface {
	// Reminder gives a person's reminder, NotFound where none was ever set.
	Reminder(ctx context.Context, person tandem.PersonID) (tandem.Reminder, error)
	DueReminders(ctx context.Context, now tandem.Instant, limit int) ([]tandem.Reminder, error)
	// RolesOf gives the lasting memberships of a person.
	RolesOf(ctx context.Context, person tandem.PersonID) (map[tandem.WorkspaceID]tandem.Role, error)
	MailLink(ctx context.Context, ws tandem.WorkspaceID, id int64) (tandem.MailLink, error)
}

// ReminderWrites is what the weekly mail writes.
type ReminderWrites interface {
	// PutReminder keeps a reminder of the version that was read, 0 for a new one.
	PutReminder(ctx context.Context, r tandem.Reminder) error
	// QueueMail puts a mail into the queue unless one of its kind and week was there.
	QueueMail(ctx context.Context, m tandem.Mail, at tandem.Instant) error
	DropMails(ctx context.Context, person tandem.PersonID) error
	// PutMailLink keeps what a link logs and gives the one that stands for its week and number.
	PutMailLink(ctx context.Context, l tandem.MailLink, week tandem.Day) (tandem.MailLink, error)
	// UseMailLink marks a link as used; one that was used is NotFound.
	UseMailLink(ctx context.Context, ws tandem.WorkspaceID, id int64, at tandem.Instant) error
}

// A ReminderInput switches the weekly mail and says when; what is left out stays, or is Friday at 16.
type ReminderInput struct {
	On       *bool  `json:"on,omitempty"`
	Weekday  *int   `json:"weekday,omitempty"`   // 0 Sunday to 6 Saturday
	Hour     *int   `json:"hour,omitempty"`      // 8 to 19
	RestDays *[]int `json:"rest_days,omitempty"` // days on which nothing is sent
	// Lifelines has the mail also tell what waits in the own lifelines; not, unless it was said.
	Lifelines *bool `json:"lifelines,omitempty"`
}

// A ReminderView is the weekly mail of a person.
type ReminderView struct {
	State      tandem.ReminderState `json:"state"`
	Weekday    int                  `json:"weekday"`
	Hour       int                  `json:"hour"`
	RestDays   []int                `json:"rest_days"`
	Lifelines  bool                 `json:"lifelines"`     // it also tells what waits in the own lifelines
	Available  bool                 `json:"available"`     // this server sends mail, and the account can have one
	Next       tandem.Instant       `json:"next,omitzero"` // when the next one is looked at, while it is on
	Sent       tandem.Instant       `json:"sent,omitzero"` // when the newest was handed over
	Unanswered int                  `json:"unanswered"`    // in a row; an answer is a check-in within 48 hours
}

// Reminder gives the actor's weekly mail.
func (a *App) Reminder(ctx context.Context, by tandem.Actor) (v ReminderView, err error) {
	defer tandem.Wrap(&err, "reminder")
	if err := may(by, policy.Read, own(by)); err != nil {
		return v, err
	}
	h := a.Store.For(by)
	p, err := h.Person(ctx)
	if err != nil {
		return v, err
	}
	r, err := a.reminderOf(ctx, h, p.ID)
	return a.viewOf(r, p), err
}

// reminderOf gives a person's reminder, or the one that is proposed.
func (a *App) reminderOf(ctx context.Context, h Reads, person tandem.PersonID) (tandem.Reminder, error) {
	r, err := h.Reminder(ctx, person)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return tandem.Reminder{Person: person, State: tandem.ReminderOff, Weekday: 5, Hour: 16, Week: tandem.NoDay, Created: a.now()}, nil
	}
	return r, err
}

func (a *App) viewOf(r tandem.Reminder, p tandem.Person) ReminderView {
	v := ReminderView{State: r.State, Weekday: r.Weekday, Hour: r.Hour, RestDays: []int{}, Lifelines: r.Lifelines, Available: a.SendsMail && r.MayReach(p), Sent: r.Sent, Unanswered: r.Unanswered}
	for d := range 7 {
		if r.RestDays&(1<<uint(d)) != 0 {
			v.RestDays = append(v.RestDays, d)
		}
	}
	if r.State == tandem.ReminderOn {
		v.Next = r.Next
	}
	return v
}

// SetReminder switches the actor's weekly mail on or off and changes when it comes. Switched off, nothing
// that waits is sent any more.
func (a *App) SetReminder(ctx context.Context, by tandem.Actor, in ReminderInput) (v ReminderView, err error) {
	defer tandem.Wrap(&err, "set reminder")
	if err := may(by, policy.Change, own(by)); err != nil {
		return v, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		p, err := h.Person(ctx)
		if err != nil {
			return err
		}
		r, err := a.reminderOf(ctx, h, p.ID)
		if err != nil {
			return err
		}
		r.Weekday, r.Hour, r.Lifelines = or(in.Weekday, r.Weekday), or(in.Hour, r.Hour), or(in.Lifelines, r.Lifelines)
		if in.RestDays != nil {
			if r.RestDays, err = restDays(*in.RestDays); err != nil {
				return err
			}
		}
		if err := r.Validate(); err != nil {
			return err
		}
		if in.On != nil {
			if err := a.switchReminder(&r, p, *in.On); err != nil {
				return err
			}
		}
		a.plan(&r, p)
		if r.State == tandem.ReminderOff {
			if err := h.DropMails(ctx, p.ID); err != nil {
				return err
			}
		}
		if err := h.PutReminder(ctx, r); err != nil {
			return err
		}
		if r.State == tandem.ReminderOn {
			if err := a.usedConcept(ctx, h, "weekly_mail"); err != nil {
				return err
			}
		}
		v = a.viewOf(r, p)
		return a.emit(tx, by, p.Personal, "reminder.changed", int64(p.ID))
	})
	return v, err
}

func (a *App) switchReminder(r *tandem.Reminder, p tandem.Person, on bool) error {
	switch {
	case !on:
		r.State = tandem.ReminderOff
		return nil
	case r.State == tandem.ReminderOn:
		return nil
	case !a.SendsMail:
		return tandem.Invalid("on", "reminder_no_mail", nil)
	case !r.MayReach(p):
		return tandem.Invalid("on", "reminder_unreachable", nil)
	}
	r.State, r.Unanswered = tandem.ReminderOn, 0
	if r.Week == tandem.NoDay {
		// A slot of this week that has passed is left to the next.
		if now := a.Now(); !now.Before(r.Slot(tandem.WeekOf(now, p.Location()), p.Location())) {
			r.Week = tandem.WeekOf(now, p.Location())
		}
	}
	return nil
}

// plan says when a reminder is looked at next.
func (a *App) plan(r *tandem.Reminder, p tandem.Person) {
	now := a.Now()
	if s := r.Step(now, p.Location()); s.Queue == "" {
		r.Next = s.Next
	} else {
		r.Next = tandem.InstantOf(now)
	}
}

// replan says it again after the person's zone changed.
func (a *App) replan(ctx context.Context, h Writes, p tandem.Person) error {
	r, err := h.Reminder(ctx, p.ID)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	a.plan(&r, p)
	return h.PutReminder(ctx, r)
}

// remindersAGroup is how many reminders are read at a time.
const remindersAGroup = 100

// QueueMails puts what is due of the weekly mails into the queue, at most limit of them, and tells how many.
// It may run twice and at two places: the key of a mail is its person, kind and week.
func (a *App) QueueMails(ctx context.Context, limit int) (n int, err error) {
	defer tandem.Wrap(&err, "queue mails")
	for looked := 0; looked < limit; {
		due, err := a.Store.For(policy.Local()).DueReminders(ctx, a.now(), min(remindersAGroup, limit-looked))
		if err != nil || len(due) == 0 {
			return n, err
		}
		for _, r := range due {
			queued, err := a.queueMail(ctx, r.Person)
			if ctx.Err() != nil {
				return n, ctx.Err()
			}
			if err != nil && tandem.KindOf(err) != tandem.KindStale {
				return n, err
			}
			if queued {
				n++
			}
		}
		looked += len(due)
	}
	return n, nil
}

// queueMail does the step of one reminder that is due.
func (a *App) queueMail(ctx context.Context, person tandem.PersonID) (queued bool, err error) {
	err = a.Store.InTx(ctx, func(tx Tx) error {
		queued = false
		h := tx.For(policy.Local())
		p, err := h.PersonByID(ctx, person)
		if err != nil {
			return err
		}
		r, err := h.Reminder(ctx, person)
		if err != nil {
			return err
		}
		now := a.Now()
		if r.State != tandem.ReminderOn || r.Next > tandem.InstantOf(now) {
			return nil // somebody else was here
		}
		s := r.Step(now, p.Location())
		r.Next = s.Next
		if s.Queue != "" && r.MayReach(p) {
			r.Week = s.Week
			if s.Queue == tandem.QuietMail {
				r.State = tandem.ReminderQuiet
			}
			id, _ := a.Keys.NewSecret()
			if err := h.QueueMail(ctx, tandem.Mail{Person: person, Kind: s.Queue, Week: s.Week, ID: id}, a.now()); err != nil {
				return err
			}
			queued = true
		}
		return h.PutReminder(ctx, r)
	})
	return queued, err
}
