package app

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/policy"
)

// Lifetimes of an invitation in days: when nothing is said, and at most.
const (
	inviteDays    = 7
	maxInviteDays = 30
)

// An InviteInput asks for an invitation: the role it gives ("" for member) and how many days it holds.
type InviteInput struct {
	Role tandem.Role `json:"role"`
	Days int         `json:"days"`
}

// An InviteMade is a new invitation with its secret, which is shown this once.
type InviteMade struct {
	Invite tandem.Invite
	Secret string
}

// CreateInvite makes an invitation by link: whoever brings its secret first joins.
func (a *App) CreateInvite(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in InviteInput) (m InviteMade, err error) {
	defer tandem.Wrap(&err, "create invite")
	if in.Role == "" {
		in.Role = tandem.RoleMember
	}
	if in.Days == 0 {
		in.Days = inviteDays
	}
	if err := there(by, ws); err != nil {
		return m, err
	}
	if err := may(by, policy.Create, policy.Resource{Kind: policy.Invite, Workspace: ws, Role: in.Role}); err != nil {
		return m, err
	}
	es := tandem.All(checkRole(in.Role))
	if in.Days < 1 || in.Days > maxInviteDays {
		es.Add("days", "int_range", tandem.Args{"field": "days", "lo": 1, "hi": maxInviteDays})
	}
	if err := es.Err(); err != nil {
		return m, err
	}
	plain, hash := a.Keys.NewSecret()
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w := tx.For(by)
		space, err := w.Workspace(ctx, ws)
		if err != nil {
			return err
		}
		if space.Kind == tandem.PersonalSpace {
			return tandem.Denied("denied", tandem.Args{"noun": "invite"})
		}
		i := tandem.Invite{Workspace: ws, ID: tandem.NewID[tandem.InviteID](a.IDs), Role: in.Role, By: by.Person, Ends: after(a.now(), time.Duration(in.Days)*24*time.Hour)}
		m = InviteMade{Invite: i, Secret: plain}
		if err := w.AddInvite(ctx, i, hash); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "invite.created", int64(i.ID))
	})
	return m, err
}

// ListInvites gives the invitations of a workspace that still hold, newest first.
func (a *App) ListInvites(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (out []tandem.Invite, err error) {
	defer tandem.Wrap(&err, "list invites")
	if err := there(by, ws); err != nil {
		return nil, err
	}
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Invite, Workspace: ws}); err != nil {
		return nil, err
	}
	all, err := a.Store.For(by).Invites(ctx, ws)
	for _, i := range all {
		if i.UsedAt == 0 && i.Ends > a.now() {
			out = append(out, i)
		}
	}
	return out, err
}

// DeleteInvite takes an invitation back.
func (a *App) DeleteInvite(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.InviteID) (err error) {
	defer tandem.Wrap(&err, "delete invite")
	if err := there(by, ws); err != nil {
		return err
	}
	i, err := a.Store.For(by).Invite(ctx, ws, id)
	if err != nil {
		return err
	}
	if err := may(by, policy.Delete, policy.Resource{Kind: policy.Invite, Workspace: ws, Role: i.Role}); err != nil {
		return err
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.For(by).DeleteInvite(ctx, ws, id); err != nil {
			return err
		}
		return a.emit(tx, by, ws, "invite.deleted", int64(id))
	})
}

// An InviteView is what the bearer of an invitation sees before joining.
type InviteView struct {
	Workspace string         `json:"workspace"`
	By        string         `json:"by"`
	Role      tandem.Role    `json:"role"`
	Ends      tandem.Instant `json:"ends"`
}

// GetInvite shows an invitation to the bearer of its secret; the error is invite_ended for any that does
// not hold.
func (a *App) GetInvite(ctx context.Context, secret string) (v InviteView, err error) {
	defer tandem.Wrap(&err, "get invite")
	i, space, by, err := a.invite(ctx, a.Store.For(policy.Local()), a.Store.For, secret)
	if err != nil {
		return v, err
	}
	return InviteView{Workspace: space.Name, By: by.Name, Role: i.Role, Ends: i.Ends}, nil
}

// invite finds the invitation of a secret that still holds: not used, in time, and from somebody who
// may still give that role. reads gives the reader of an actor, inside or outside a transaction.
func (a *App) invite(ctx context.Context, door Reads, reads func(tandem.Actor) Reads, secret string) (i tandem.Invite, space tandem.Workspace, from tandem.Person, err error) {
	ended := &tandem.Error{Kind: tandem.KindInvalid, Code: "invite_ended"}
	i, space, err = door.InviteByHash(ctx, a.Keys.HashSecret(secret))
	if tandem.KindOf(err) == tandem.KindNotFound || err == nil && (i.UsedAt != 0 || i.Ends <= a.now()) {
		err = ended
	}
	if err != nil {
		return i, space, from, err
	}
	if from, err = door.PersonByID(ctx, i.By); err != nil {
		return i, space, from, err
	}
	giver := tandem.Actor{Person: i.By, Suspended: from.Suspended}
	m, err := reads(giver).Member(ctx, i.Workspace, i.By)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return i, space, from, err
	}
	if err == nil {
		giver.Roles = map[tandem.WorkspaceID]tandem.Role{i.Workspace: m.Role}
	}
	if may(giver, policy.Create, policy.Resource{Kind: policy.Invite, Workspace: i.Workspace, Role: i.Role}) != nil {
		return i, space, from, ended
	}
	return i, space, from, nil
}

// AcceptInvite makes the actor a member by the secret of an invitation, which is used up. Who is a member
// already stays what they are and leaves the invitation to others.
func (a *App) AcceptInvite(ctx context.Context, by tandem.Actor, secret string) (w tandem.Workspace, err error) {
	defer tandem.Wrap(&err, "accept invite")
	if err := may(by, policy.Manage, own(by)); err != nil {
		return w, err
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		w, err = a.join(ctx, tx, by.Person, secret)
		return err
	})
	return w, err
}

// join uses an invitation up for a person, in the transaction that makes the membership.
func (a *App) join(ctx context.Context, tx Tx, person tandem.PersonID, secret string) (w tandem.Workspace, err error) {
	door := tx.For(policy.Local())
	i, w, _, err := a.invite(ctx, door, func(by tandem.Actor) Reads { return tx.For(by) }, secret)
	if err != nil {
		return w, err
	}
	me := tx.For(tandem.Actor{Person: person})
	if _, err := me.Member(ctx, i.Workspace, person); tandem.KindOf(err) != tandem.KindNotFound || err == nil {
		return w, err
	}
	if err := door.UseInvite(ctx, i.Workspace, i.ID, person, a.now()); err != nil {
		return w, err
	}
	if err := door.PutMember(ctx, tandem.Member{Workspace: i.Workspace, Person: person, Role: i.Role, Joined: a.now()}); err != nil {
		return w, err
	}
	return w, a.emit(tx, tandem.Actor{Person: person}, i.Workspace, "member.joined", int64(person))
}

// A SignUpInput makes an account with an invitation, to a workspace or to a lifeline. Somebody who has an account
// signs in with it.
type SignUpInput struct {
	Invite   string `json:"invite"`
	Lifeline string `json:"lifeline"` // the secret of an invitation to a lifeline, in place of Invite
	Name     string `json:"name"`
	Email    string `json:"email"`
	Password string `json:"password"`
	Lang     string `json:"lang"`
	Zone     string `json:"zone"`
	From     `json:"-"`
}

// SignUp makes an account, joins the workspace of the invitation and signs in, all or nothing. With the
// address of an account that exists it is that account's sign-in and joining: a password that does not
// fit is sign_in_failed after the time of one hash, counted like any other try. Tries are counted for the
// invitation too, whoever makes them, so that it is no key to finding out which addresses have accounts.
func (a *App) SignUp(ctx context.Context, in SignUpInput) (s SignedIn, err error) {
	defer tandem.Wrap(&err, "sign up")
	if err := a.holds(ctx, in); err != nil {
		return s, err
	}
	p := newPerson(in.Name, in.Email, in.Lang, in.Zone)
	if err := a.checkAccount(p, in.Password); err != nil {
		return s, err
	}
	old := a.known(ctx, in.Known)
	tries := a.triesFor(p.Email, in.From, old)
	// A right password gives this one nothing back: somebody's own account would start the count anew.
	invite := tryKey{"account:invite:" + a.Keys.HashSecret("invite "+in.Invite+in.Lifeline), a.Keys.Account}
	if err := a.try(ctx, append(slices.Clip(tries), invite)); err != nil {
		return s, err
	}
	s, err = a.signUp(ctx, in, p, old, tries)
	if taken(err) { // somebody was faster with this address: it is an account's now
		s, err = a.signUp(ctx, in, p, old, tries)
	}
	if taken(err) {
		err = signInFailed()
	}
	return s, err
}

// holds wants the invitation of a sign-up to hold.
func (a *App) holds(ctx context.Context, in SignUpInput) (err error) {
	door := a.Store.For(policy.Local())
	if in.Lifeline != "" {
		_, _, _, err = a.lifelineInvite(ctx, door, in.Lifeline)
	} else {
		_, _, _, err = a.invite(ctx, door, a.Store.For, in.Invite)
	}
	return err
}

// taken tells whether an address was refused because it is another account's.
func taken(err error) bool {
	return slices.ContainsFunc(tandem.All(err), func(e *tandem.Error) bool { return e.Code == "email_taken" })
}

// signUp does it by what the address is at the moment. An account that comes in between is email_taken.
func (a *App) signUp(ctx context.Context, in SignUpInput, p tandem.Person, old *Principal, tries []tryKey) (s SignedIn, err error) {
	_, err = a.Store.For(policy.Local()).PersonByEmail(ctx, tandem.EmailKey(p.Email))
	fresh := tandem.KindOf(err) == tandem.KindNotFound
	if err != nil && !fresh {
		return s, err
	}
	var phc string
	if fresh {
		if phc, err = a.Keys.Hash(ctx, in.Password); err != nil {
			return s, err
		}
	} else {
		q, ok, err := a.verify(ctx, p.Email, in.Password)
		if err != nil {
			return s, err
		}
		if !ok {
			return s, signInFailed()
		}
		p = q
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		q := p
		if fresh {
			if q, err = a.addPerson(ctx, tx, p, phc, false); err != nil {
				return err
			}
		}
		if in.Lifeline != "" {
			_, _, err = a.joinLifeline(ctx, tx, q.ID, in.Lifeline)
		} else {
			_, err = a.join(ctx, tx, q.ID, in.Invite)
		}
		if err != nil {
			return err
		}
		if s, err = a.openSession(ctx, tx, q, in.From, old); err != nil {
			return err
		}
		return a.forgive(ctx, tx, tries)
	})
	return s, err
}
