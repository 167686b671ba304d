package app

import (
	"context"

	"tandem"
)

// LifelineReads is what lifelines read. Everything is the actor's own, or hangs on the ties of both.
type LifelineReads interface {
	// Lifelines gives the lifelines that the actor is in or was invited to, each with the actor's own tie.
	Lifelines(ctx context.Context) ([]tandem.Lifeline, []tandem.LifelineMember, error)
	// Lifeline gives one that the actor is in, LifelineMembers who is in it or was invited.
	Lifeline(ctx context.Context, id tandem.LifelineID) (tandem.Lifeline, error)
	LifelineMembers(ctx context.Context, id tandem.LifelineID) ([]tandem.LifelineMember, error)
	// EveryTie and LifelineInviteByHash are for the house itself alone.
	EveryTie(ctx context.Context, id tandem.LifelineID) (tandem.Lifeline, []tandem.LifelineMember, error)
	LifelineInviteByHash(ctx context.Context, hash string) (tandem.LifelineInvite, error)
	// LifelineInvites gives the actor's own invitations.
	LifelineInvites(ctx context.Context, id tandem.LifelineID) ([]tandem.LifelineInvite, error)
	Consents(ctx context.Context, id tandem.LifelineID, person tandem.PersonID) ([]tandem.PersonID, error)

	// OwnShares gives what the actor shows, SharedGoals what all show.
	OwnShares(ctx context.Context, id tandem.LifelineID) ([]tandem.Share, error)
	SharedGoals(ctx context.Context, id tandem.LifelineID) ([]tandem.SharedGoal, error)
	SharedLearning(ctx context.Context, id tandem.LifelineID, ws tandem.WorkspaceID, goal tandem.GoalID, since tandem.Day) (tandem.SharedLearning, error)
	// LastEntryOf gives the day of the newest entry of somebody in a lifeline, NoDay for none since a day.
	LastEntryOf(ctx context.Context, id tandem.LifelineID, person tandem.PersonID, since tandem.Day) (tandem.Day, error)

	LifelineNotes(ctx context.Context, id tandem.LifelineID, since tandem.Day, limit int) ([]tandem.Note, error)
	// OwnNotes and Note are on the actor's own side, of lifelines that ended too.
	OwnNotes(ctx context.Context, before tandem.NoteID, limit int) ([]tandem.Note, error)
	Note(ctx context.Context, id tandem.NoteID) (tandem.Note, error)
}

// LifelineWrites is what lifelines write.
type LifelineWrites interface {
	AddLifeline(ctx context.Context, l tandem.Lifeline) error
	// LockLifeline is the lock for who is in it; SetQuestion raises the version.
	LockLifeline(ctx context.Context, id tandem.LifelineID) error
	SetQuestion(ctx context.Context, id tandem.LifelineID, question string) error
	PutTie(ctx context.Context, m tandem.LifelineMember) error
	PutConsent(ctx context.Context, id tandem.LifelineID, person, by tandem.PersonID) error
	// DropTraces takes away what a person shows, invited to and said yes to.
	DropTraces(ctx context.Context, id tandem.LifelineID, person tandem.PersonID) error
	AddLifelineInvite(ctx context.Context, i tandem.LifelineInvite, hash string) error
	DeleteLifelineInvite(ctx context.Context, id tandem.LifelineID, invite tandem.InviteID) error
	// UseLifelineInvite marks an unused invitation as used; a used one is the error invite_ended.
	UseLifelineInvite(ctx context.Context, i tandem.LifelineInvite, by tandem.PersonID, at tandem.Instant) error
	AddShare(ctx context.Context, s tandem.Share) error
	DropShare(ctx context.Context, s tandem.Share) error
	AddNote(ctx context.Context, n tandem.Note) error
	SetNote(ctx context.Context, n tandem.Note) error
}
