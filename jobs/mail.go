package jobs

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"tandem"
	"tandem/app"
)

// A Post hands mails over, one after the other.
type Post interface {
	// Send hands one mail over; nil means that the server acknowledged it, an error of KindInvalid that it
	// never will. still is asked when the server waits for the text; its error keeps the mail back.
	Send(ctx context.Context, m tandem.Mail, l app.Letter, still func() error) error
	// Close ends what is open; Send opens again.
	Close()
}

// Mails is the queue of mails, in the database's own time.
type Mails interface {
	// ClaimMails takes mails that nobody has; each rises in its fence.
	ClaimMails(ctx context.Context, owner string, limit int, lease time.Duration) ([]tandem.Mail, error)
	// HoldsMail tells whether a claimed one is still there and ours.
	HoldsMail(ctx context.Context, m tandem.Mail) (bool, error)
	FinishMail(ctx context.Context, m tandem.Mail) error
	// PutBackMail gives one back for later; attempt says that it was tried.
	PutBackMail(ctx context.Context, m tandem.Mail, after time.Duration, problem string, attempt bool) error
	ParkMail(ctx context.Context, m tandem.Mail, problem string) error
}

// Bounds of sending. A batch ends before its lease does, and a mail before its batch: what was claimed is
// never sent by two. The lease of the job is renewed before each batch, so that after a sender was killed the
// next one begins once the lease of one batch is over.
const (
	mailBatch    = 25
	batchTime    = 2 * time.Minute
	mailLease    = 3 * time.Minute
	sendLease    = 3 * time.Minute
	mailTime     = time.Minute
	mailsARun    = 5000
	firstBackOff = 5 * time.Second
	longBackOff  = 24 * time.Hour
	asleep       = 15 * time.Minute // until a mail of the night or of a rest day is looked at again
	troubles     = 3                // in a row, after which the server is left alone until the next run
)

// errChanged says that a letter tells of a lifeline that has changed since it was written.
var errChanged = errors.New("what the letter tells has changed")

var sending = job{"send mails", 30 * time.Second, sendLease, func(ctx context.Context, h House) (int, error) { return h.sendMails(ctx) }, 40 * time.Minute}

// sendMails sends what waits, batch after batch. It has a goroutine of its own, so that a slow server holds
// up nothing else.
func (h House) sendMails(ctx context.Context) (sent int, err error) {
	defer h.Post.Close()
	for looked := 0; looked < mailsARun; {
		if h.renew != nil {
			if ours, err := h.renew(ctx); err != nil || !ours {
				return sent, err
			}
		}
		all, err := h.Mails.ClaimMails(ctx, h.Owner, mailBatch, mailLease)
		if err != nil || len(all) == 0 {
			return sent, err
		}
		n, trouble, err := h.sendBatch(ctx, all)
		sent += n
		if err != nil || trouble {
			return sent, err
		}
		looked += len(all)
	}
	return sent, nil
}

// sendBatch sends claimed mails. trouble says that the server does not take any at the moment.
func (h House) sendBatch(ctx context.Context, all []tandem.Mail) (sent int, trouble bool, err error) {
	inTime, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	late := context.WithoutCancel(ctx) // what is noted of mails is noted also while the program is ending
	failed := 0
	for _, m := range all {
		if inTime.Err() != nil || failed >= troubles {
			after := time.Duration(0)
			if failed >= troubles {
				after = backOff(m.Tries)
			}
			if err := h.Mails.PutBackMail(late, m, after, "", failed >= troubles); err != nil {
				return sent, true, err
			}
			continue
		}
		ok, problem, err := h.sendOne(inTime, m)
		switch {
		case err != nil:
			return sent, true, err
		case ok:
			sent++
			failed = 0
		case problem:
			failed++
		}
	}
	return sent, failed >= troubles || inTime.Err() != nil, ctx.Err()
}

// sendOne sends one mail, or says what keeps it. Rights and wishes are looked at now, not when it was queued.
func (h House) sendOne(ctx context.Context, m tandem.Mail) (ok, problem bool, err error) {
	late := context.WithoutCancel(ctx)
	l, r, wanted, err := h.App.Letter(ctx, m)
	if err != nil {
		h.failed(ctx, "write mail", m.Person.String(), err)
		return false, false, h.Mails.PutBackMail(late, m, backOff(m.Tries), cut(err.Error()), true)
	}
	now, zone := h.App.Now(), l.To.Location()
	switch {
	case !wanted:
		return false, false, h.Mails.ParkMail(late, m, tandem.MailNotWanted)
	case tandem.WeekOf(now, zone) != m.Week:
		h.Log.Warn("mail parked", "person", m.Person.String(), "why", "its week is over", "tries", m.Tries)
		return false, false, h.Mails.ParkMail(late, m, "its week is over")
	case !r.Awake(now, zone):
		return false, false, h.Mails.PutBackMail(late, m, asleep, "", false)
	case l.Empty():
		return false, false, h.Mails.ParkMail(late, m, tandem.MailEmpty)
	}
	if held, err := h.Mails.HoldsMail(ctx, m); err != nil || !held {
		return false, false, err
	}
	one, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	err = h.Post.Send(one, m, l, func() error {
		ok, err := h.App.Still(one, l)
		if err == nil && !ok {
			err = errChanged
		}
		return err
	})
	if errors.Is(err, errChanged) {
		return false, false, h.Mails.PutBackMail(late, m, 0, "", false) // written anew in the next batch
	}
	if err != nil {
		if tandem.KindOf(err) == tandem.KindInvalid {
			h.Log.Warn("mail parked", "person", m.Person.String(), "error", err)
			return false, false, h.Mails.ParkMail(late, m, cut(err.Error()))
		}
		h.Log.Warn("mail", "person", m.Person.String(), "tries", m.Tries+1, "error", err)
		return false, true, h.Mails.PutBackMail(late, m, backOff(m.Tries), cut(err.Error()), true)
	}
	return true, false, h.Mails.FinishMail(late, m)
}

// backOff is how long a mail waits after so many attempts: 5 seconds, then four times as long each time, a
// day at most, a fifth more or less so that not all come back at once.
func backOff(tries int) time.Duration {
	d := firstBackOff
	for range tries {
		if d = 4 * d; d >= longBackOff {
			d = longBackOff
			break
		}
	}
	return d - d/5 + rand.N(2*d/5)
}
