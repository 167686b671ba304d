package app

import (
	"context"

	"tandem"
)

// AccountReads is what the use cases of accounts and workspaces read. What a person's own account holds
// is read by that person's actor; finding an account from outside needs the house's own actor, Local.
type AccountReads interface {
	// Person gives the actor's own account.
	Person(ctx context.Context) (tandem.Person, error)
	// PersonNames gives the names of people who are or were members of a workspace of the actor's.
	PersonNames(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.PersonID]string, error)
	// Sessions gives the actor's own sessions by the hash of their secret.
	Sessions(ctx context.Context) (map[string]tandem.Session, error)
	// Tokens gives the actor's own tokens, newest first.
	Tokens(ctx context.Context) ([]tandem.Token, error)
	Token(ctx context.Context, id tandem.TokenID) (tandem.Token, error)

	// PersonByEmail and PersonByID find an account, PasswordOf the hash of its password ("" for none).
	PersonByEmail(ctx context.Context, key string) (tandem.Person, error)
	PersonByID(ctx context.Context, id tandem.PersonID) (tandem.Person, error)
	PasswordOf(ctx context.Context, id tandem.PersonID) (phc string, err error)
	AnyPerson(ctx context.Context) (bool, error)
	// Instance gives the name of the instance, the hash of its set-up code and its secret.
	Instance(ctx context.Context) (name, setupHash, secret string, err error)
	// BySession and ByToken find who stands behind the hash of a secret, with the lasting memberships;
	// epoch is the one that the token was made in.
	BySession(ctx context.Context, hash string) (tandem.Session, tandem.Person, map[tandem.WorkspaceID]tandem.Role, error)
	ByToken(ctx context.Context, hash string) (t tandem.Token, epoch int64, p tandem.Person, roles map[tandem.WorkspaceID]tandem.Role, err error)
	TokensOf(ctx context.Context, person tandem.PersonID) ([]tandem.Token, error)

	Workspace(ctx context.Context, ws tandem.WorkspaceID) (tandem.Workspace, error)
	Workspaces(ctx context.Context) ([]tandem.Workspace, error)
	Members(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Member, error)
	Member(ctx context.Context, ws tandem.WorkspaceID, person tandem.PersonID) (tandem.Member, error)
	Invites(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Invite, error)
	Invite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID) (tandem.Invite, error)
	// InviteByHash finds an invitation by the hash of its secret, with the workspace it leads to.
	InviteByHash(ctx context.Context, hash string) (tandem.Invite, tandem.Workspace, error)
}

// AccountWrites is what the use cases of accounts and workspaces write.
type AccountWrites interface {
	// AddPerson keeps a new account; an address that is taken is the error email_taken.
	AddPerson(ctx context.Context, p tandem.Person, phc string, operator bool) error
	// SetPerson changes the actor's own profile and settings, of the version that was read.
	SetPerson(ctx context.Context, p tandem.Person) error
	// SetPassword keeps a password's hash and raises the epoch, so that every session and token of the
	// person ends; it gives the new epoch.
	SetPassword(ctx context.Context, person tandem.PersonID, phc string) (epoch int64, err error)
	// SetSuspended suspends an account or lets it in again; suspending raises the epoch.
	SetSuspended(ctx context.Context, person tandem.PersonID, suspended bool) error

	AddSession(ctx context.Context, hash string, s tandem.Session) error
	TouchSession(ctx context.Context, hash string, seen tandem.Instant) error
	// DeleteSession ends the actor's session of that hash; DeleteSessions every one but keep.
	DeleteSession(ctx context.Context, hash string) error
	DeleteSessions(ctx context.Context, person tandem.PersonID, keep string) error

	AddToken(ctx context.Context, t tandem.Token, hash string, epoch int64) error
	TouchToken(ctx context.Context, id tandem.TokenID, day tandem.Day) error
	RevokeToken(ctx context.Context, person tandem.PersonID, id tandem.TokenID, at tandem.Instant) error

	AddSigninLink(ctx context.Context, hash string, person tandem.PersonID, ends tandem.Instant) error
	// TakeSigninLink deletes a link and gives whom it lets in; a link that is not there is NotFound.
	TakeSigninLink(ctx context.Context, hash string) (person tandem.PersonID, ends tandem.Instant, err error)

	DropSigninLinks(ctx context.Context, person tandem.PersonID) error

	// Tries locks the counter of a key until the transaction ends and gives it, zero when it is new.
	Tries(ctx context.Context, key string) (count int64, since, next tandem.Instant, err error)
	SetTries(ctx context.Context, key string, count int64, since, next tandem.Instant) error

	DropTries(ctx context.Context, before tandem.Instant) error

	SetSetupHash(ctx context.Context, hash string) error
	// EndSetup closes the first run if its code still has that hash; otherwise it is the error setup_done.
	EndSetup(ctx context.Context, hash string) error

	AddWorkspace(ctx context.Context, w tandem.Workspace) error
	SetWorkspace(ctx context.Context, w tandem.Workspace) error
	// LockWorkspace raises the version, which is the lock for rules over several rows.
	LockWorkspace(ctx context.Context, ws tandem.WorkspaceID) error
	// PutMember makes a person a member, again if the membership had ended, or changes the role.
	PutMember(ctx context.Context, m tandem.Member) error
	EndMember(ctx context.Context, ws tandem.WorkspaceID, person tandem.PersonID, at tandem.Instant) error
	AddInvite(ctx context.Context, i tandem.Invite, hash string) error
	DeleteInvite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID) error
	// UseInvite marks an unused invitation as used; a used one is the error invite_ended.
	UseInvite(ctx context.Context, ws tandem.WorkspaceID, id tandem.InviteID, by tandem.PersonID, at tandem.Instant) error
}
