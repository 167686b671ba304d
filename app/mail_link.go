package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"tandem"
	"tandem/policy"
)

// Links in mails work without a sign-in. Each is signed with the secret of the instance: what it names cannot
// be guessed, and a link to log works once. Opening one writes nothing, because mail programs open them.

const macBytes = 16

// signLink gives the text of a link: its numbers and a keyed hash of them (HMAC-SHA256, RFC 2104, cut to 128 bits).
func signLink(secret, what string, numbers ...int64) string {
	b := make([]byte, 0, 8*len(numbers)+macBytes)
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return base64.RawURLEncoding.EncodeToString(append(b, macOf(secret, what, b)...))
}

func macOf(secret, what string, b []byte) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte("mail\x00" + what + "\x00"))
	m.Write(b)
	return m.Sum(nil)[:macBytes]
}

// signed reads the numbers of a link; ok is false for anything that this instance did not sign.
func signed(secret, what, text string, n int) (numbers []int64, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || secret == "" || len(b) != 8*n+macBytes || !hmac.Equal(b[8*n:], macOf(secret, what, b[:8*n])) {
		return nil, false
	}
	for i := range n {
		numbers = append(numbers, int64(binary.BigEndian.Uint64(b[8*i:])))
	}
	return numbers, true
}

// secret gives the secret of the instance.
func (a *App) secret(ctx context.Context) (string, error) {
	_, _, s, err := a.Store.For(policy.Local()).Instance(ctx)
	return s, err
}

// A LinkView is what a page behind a link in a mail shows: one number, and what its button logs.
type LinkView struct {
	Number tandem.Metric
	Amount *float64      // what the button logs; nil to ask for the reading
	Lang   string        // of the person
	Person tandem.Person // for the form of numbers and days
}

// linked gives what a link may log, with the actor that it makes: the person, in one workspace, for values
// alone. A link that is used, over, or no longer allowed is as one that never was.
func (a *App) linked(ctx context.Context, text string) (l tandem.MailLink, by tandem.Actor, v LinkView, err error) {
	secret, err := a.secret(ctx)
	if err != nil {
		return l, by, v, err
	}
	ids, ok := signed(secret, "log", text, 2)
	if !ok {
		return l, by, v, tandem.NotFound("link")
	}
	local := a.Store.For(policy.Local())
	if l, err = local.MailLink(ctx, tandem.WorkspaceID(ids[0]), ids[1]); err != nil {
		return l, by, v, err
	}
	if l.Used != 0 || l.Ends <= a.now() {
		return l, by, v, tandem.NotFound("link")
	}
	if v.Person, err = local.PersonByID(ctx, l.Person); err != nil {
		return l, by, v, err
	}
	roles, err := local.RolesOf(ctx, l.Person)
	if err != nil {
		return l, by, v, err
	}
	by = tandem.Actor{Person: l.Person, Name: v.Person.Name, Suspended: v.Person.Suspended, Roles: roles, Workspace: l.Workspace,
		Scopes: []string{policy.ScopeFor(policy.Observation, policy.Log)}, Source: "link"}
	v.Amount, v.Lang = l.Amount, v.Person.Lang
	v.Number, err = loggedOn(ctx, a.Store.For(by), by, l.Workspace, l.Metric)
	if k := tandem.KindOf(err); err != nil && (k == tandem.KindDenied || k == tandem.KindInvalid) {
		err = tandem.NotFound("link")
	}
	return l, by, v, err
}

// MailLink gives what the page behind a link shows. It writes nothing.
func (a *App) MailLink(ctx context.Context, text string) (v LinkView, err error) {
	defer tandem.Wrap(&err, "mail link")
	_, _, v, err = a.linked(ctx, text)
	return v, err
}

// UseMailLink logs the one value of a link, of today, and ends it. Value is asked for where the link
// proposes none, and may change what it proposes.
func (a *App) UseMailLink(ctx context.Context, text string, value *float64) (v LinkView, err error) {
	defer tandem.Wrap(&err, "use mail link")
	l, by, v, err := a.linked(ctx, text)
	if err != nil {
		return v, err
	}
	if value == nil {
		value = l.Amount
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.For(policy.Local()).UseMailLink(ctx, l.Workspace, l.ID, a.now()); err != nil {
			return err
		}
		_, err := a.logIn(ctx, tx, by, l.Workspace, l.Metric, ObservationInput{Value: value})
		return err
	})
	v.Amount = value
	return v, err
}

// StopView gives the person whose mails a link ends. It writes nothing.
func (a *App) StopView(ctx context.Context, text string) (p tandem.Person, err error) {
	defer tandem.Wrap(&err, "stop link")
	secret, err := a.secret(ctx)
	if err != nil {
		return p, err
	}
	ids, ok := signed(secret, "stop", text, 1)
	if !ok {
		return p, tandem.NotFound("link")
	}
	p, err = a.Store.For(policy.Local()).PersonByID(ctx, tandem.PersonID(ids[0]))
	if tandem.KindOf(err) == tandem.KindNotFound {
		err = tandem.NotFound("link")
	}
	return p, err
}

// StopMails switches the weekly mail of a link's person off; nothing that waits is sent. It may be done twice.
func (a *App) StopMails(ctx context.Context, text string) (p tandem.Person, err error) {
	defer tandem.Wrap(&err, "stop mails")
	if p, err = a.StopView(ctx, text); err != nil {
		return p, err
	}
	return p, a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(policy.Local())
		r, err := h.Reminder(ctx, p.ID)
		if tandem.KindOf(err) == tandem.KindNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		r.State = tandem.ReminderOff
		if err := h.DropMails(ctx, p.ID); err != nil {
			return err
		}
		return h.PutReminder(ctx, r)
	})
}
