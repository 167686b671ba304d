package store

import (
	"context"
	"database/sql"

	"tandem"
	"tandem/policy"
)

// Accounts. A person reads and changes the own account only; finding one from outside is for the house
// itself (policy.Local): sign-in and the command line on the machine.

const personColumns = `p.id, p.name, p.email, p.age_band, p.lang, p.zone, p.day_start, p.theme, p.show_all, p.keys_off, p.cheers_off,
	p.suspended, p.epoch, p.version, p.created, p.personal`

// personFields gives where the columns of personColumns go.
func personFields(p *tandem.Person) []any {
	return []any{&p.ID, &p.Name, &p.Email, &p.AgeBand, &p.Lang, &p.Zone, &p.DayStart, &p.Theme, &p.ShowAll, &p.KeysOff, &p.CheersOff,
		&p.Suspended, &p.Epoch, &p.Version, &p.Created, &p.Personal}
}

// administers tells whether the actor may do act to the account of a person.
func (h *Handle) administers(act policy.Action, person tandem.PersonID) bool {
	a := h.rights()
	a.Source, a.Workspace = h.actor.Source, 0
	if a.Source != "local" {
		a.Source = ""
	}
	return policy.Decide(a, act, policy.Resource{Kind: policy.Account, Owner: person}).Answer == policy.Allow
}

// Person gives the actor's own account.
func (h *Handle) Person(ctx context.Context) (tandem.Person, error) {
	return h.PersonByID(ctx, h.actor.Person)
}

// PersonByID gives the account of an id.
func (h *Handle) PersonByID(ctx context.Context, id tandem.PersonID) (p tandem.Person, err error) {
	const q = `SELECT ` + personColumns + ` FROM person p WHERE p.id = $1`
	if !h.administers(policy.Read, id) {
		return p, tandem.NotFound("person")
	}
	err = h.q.QueryRowContext(ctx, q, id).Scan(personFields(&p)...)
	return p, notFound(err, "person")
}

// PersonByEmail gives the account with an address, in the form of tandem.EmailKey.
func (h *Handle) PersonByEmail(ctx context.Context, key string) (p tandem.Person, err error) {
	const q = `SELECT ` + personColumns + ` FROM person p WHERE p.email_key = $1`
	err = h.q.QueryRowContext(ctx, q, key).Scan(personFields(&p)...)
	if err == nil && !h.administers(policy.Read, p.ID) {
		return tandem.Person{}, tandem.NotFound("person")
	}
	return p, notFound(err, "person")
}

// PasswordOf gives the stored hash of a person's password, "" where there is none.
func (h *Handle) PasswordOf(ctx context.Context, id tandem.PersonID) (phc string, err error) {
	const q = `SELECT password FROM person WHERE id = $1`
	if !h.administers(policy.Manage, id) {
		return "", tandem.NotFound("person")
	}
	err = h.q.QueryRowContext(ctx, q, id).Scan(&phc)
	return phc, notFound(err, "person")
}

// AnyPerson tells whether there is an account at all.
func (h *Handle) AnyPerson(ctx context.Context) (some bool, err error) {
	const q = `SELECT EXISTS (SELECT 1 FROM person)`
	err = h.q.QueryRowContext(ctx, q).Scan(&some)
	return some, err
}

// PersonNames gives the names of everybody who is or was a member of a workspace whose members the
// actor may see.
func (h *Handle) PersonNames(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.PersonID]string, error) {
	const q = `SELECT p.id, p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.workspace_id = $1`
	out := map[tandem.PersonID]string{}
	if !h.seesAll(policy.Member, ws) {
		return out, nil
	}
	type named struct {
		id   tandem.PersonID
		name string
	}
	rows, err := h.q.QueryContext(ctx, q, ws)
	all, err := collect(rows, err, func(r *sql.Rows) (n named, err error) {
		err = r.Scan(&n.id, &n.name)
		return n, err
	})
	for _, n := range all {
		out[n.id] = n.name
	}
	return out, err
}

// AddPerson keeps a new account with the hash of its password ("" for none); operator marks who runs the
// instance. An address that is taken is the error email_taken.
func (h *Handle) AddPerson(ctx context.Context, p tandem.Person, phc string, operator bool) error {
	const q = `INSERT INTO person (id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all,
		keys_off, suspended, operator, epoch, personal, version, created, cheers_off)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13, 1, $14, 1, $15, $16) ON CONFLICT (email_key) DO NOTHING`
	r, err := h.q.ExecContext(ctx, q, p.ID, p.Name, p.Email, emailKey(p.Email), phc, string(p.AgeBand), p.Lang, p.Zone, p.DayStart,
		p.Theme, p.ShowAll, p.KeysOff, operator, p.Personal, p.Created, p.CheersOff)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return tandem.Invalid("email", "email_taken", nil)
}

// SetPerson changes the actor's own profile and settings, of the version that was read. An address that
// is taken is the error email_taken.
func (h *Handle) SetPerson(ctx context.Context, p tandem.Person) error {
	const taken = `SELECT EXISTS (SELECT 1 FROM person WHERE email_key = $1 AND id <> $2)`
	const q = `UPDATE person SET name = $3, email = $4, email_key = $5, lang = $6, zone = $7, day_start = $8, theme = $9,
		show_all = $10, keys_off = $11, cheers_off = $12, version = version + 1 WHERE id = $1 AND version = $2`
	if p.ID != h.actor.Person {
		return tandem.NotFound("person")
	}
	var other bool
	if err := h.q.QueryRowContext(ctx, taken, tandem.EmailKey(p.Email), p.ID).Scan(&other); err != nil {
		return err
	}
	if other {
		return tandem.Invalid("email", "email_taken", nil)
	}
	r, err := h.q.ExecContext(ctx, q, p.ID, p.Version, p.Name, p.Email, emailKey(p.Email), p.Lang, p.Zone, p.DayStart, p.Theme,
		p.ShowAll, p.KeysOff, p.CheersOff)
	if duplicate(err, "person_email") {
		return tandem.Invalid("email", "email_taken", nil)
	}
	return changed(r, err, "account")
}

// emailKey is what addresses are compared by; accounts without one do not collide.
func emailKey(email string) any {
	if k := tandem.EmailKey(email); k != "" {
		return k
	}
	return nil
}

// SetPassword keeps the hash of a new password and raises the epoch, so that every session and token
// of the person ends. It gives the new epoch.
func (h *Handle) SetPassword(ctx context.Context, person tandem.PersonID, phc string) (epoch int64, err error) {
	const q = `UPDATE person SET password = $2, epoch = epoch + 1 WHERE id = $1 RETURNING epoch`
	if !h.administers(policy.Manage, person) {
		return 0, tandem.NotFound("person")
	}
	err = h.q.QueryRowContext(ctx, q, person, phc).Scan(&epoch)
	return epoch, notFound(err, "person")
}

// SetSuspended suspends an account, which raises its epoch, or lets it in again.
func (h *Handle) SetSuspended(ctx context.Context, person tandem.PersonID, suspended bool) error {
	const q = `UPDATE person SET suspended = $2, epoch = epoch + 1 WHERE id = $1`
	if !h.administers(policy.Manage, person) {
		return tandem.NotFound("person")
	}
	_, err := h.q.ExecContext(ctx, q, person, suspended)
	return err
}

// EndSetup closes the first run. Only one of several that hold the code comes through; the others get
// the error setup_done.
func (h *Handle) EndSetup(ctx context.Context, hash string) error {
	const q = `UPDATE instance SET setup_hash = '' WHERE id = 1 AND setup_hash = $1 AND NOT EXISTS (SELECT 1 FROM person)`
	r, err := h.q.ExecContext(ctx, q, hash)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return &tandem.Error{Kind: tandem.KindConflict, Code: "setup_done"}
}
