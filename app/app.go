// Package app holds the use cases, one file a noun. Each asks policy first, then reads, checks and
// writes in one transaction and emits its events there. It knows neither the engine of the store nor
// the transport that called it.
package app

import (
	"context"
	"log/slog"
	"time"

	"tandem"
	"tandem/policy"
)

// An App is every use case as a method. It keeps no state of its own but answers that cannot grow old, and is
// safe for concurrent use.
type App struct {
	Store Store
	Now   func() time.Time
	IDs   *tandem.IDs
	Log   *slog.Logger
	Keys  Keys // makes and checks credentials
	Files Files

	Worked *Worked // answers of the engines, nil to keep none
	// Draw is the chance from which the order of a pilot comes; nil is that of the system.
	Draw func() uint64

	SendsMail bool // a mail server is set: the weekly mail can be switched on
}

// A Store is where everything is kept.
type Store interface {
	// InTx runs fn in one transaction and returns when it is durable. fn may run twice, computes
	// nothing heavy and calls nothing outside.
	InTx(ctx context.Context, fn func(Tx) error) error
	// For gives a reader of committed data on behalf of an actor.
	For(a tandem.Actor) Reads
}

// A Tx is an open transaction.
type Tx interface {
	For(a tandem.Actor) Writes
	Emit(e tandem.Event) error
	// AnswerReminder notes that somebody checked in on a goal.
	AnswerReminder(person tandem.PersonID, at tandem.Instant) error
}

// Reads is everything that can be read, noun by noun.
type Reads interface {
	AccountReads
	GoalReads
	LearningReads
	ReminderReads
	LifelineReads
	EntryReads
	FeedbackReads
}

// Writes is everything that can be written; inside a transaction reads see its own writes.
type Writes interface {
	Reads
	AccountWrites
	GoalWrites
	LearningWrites
	ReminderWrites
	LifelineWrites
	EntryWrites
	FeedbackWrites
}

// may asks policy and gives its answer as an error, nil for allowed.
func may(a tandem.Actor, act policy.Action, r policy.Resource) error {
	return policy.Decide(a, act, r).Err(r.Kind)
}

// asked gives the actor without the limits of a token's rights: for what a use case reads within, once its own
// right was asked for. What the person may do and the token's workspace bind as before.
func asked(by tandem.Actor) tandem.Actor {
	by.Scopes, by.Token, by.Source = nil, 0, "session"
	return by
}

// now gives the clock's instant.
func (a *App) now() tandem.Instant { return tandem.InstantOf(a.Now()) }

// An engine is a store with types of its own, such as *store.DB with its *store.Tx and *store.Handle.
type engine[T engineTx[H], H Writes] interface {
	InTx(ctx context.Context, fn func(T) error) error
	For(a tandem.Actor) H
}

type engineTx[H Writes] interface {
	For(a tandem.Actor) H
	Emit(e tandem.Event) error
	AnswerReminder(person tandem.PersonID, at tandem.Instant) error
}

// Over gives an engine as a Store.
func Over[T engineTx[H], H Writes](db engine[T, H]) Store { return over[T, H]{db} }

type over[T engineTx[H], H Writes] struct{ db engine[T, H] }

func (o over[T, H]) InTx(ctx context.Context, fn func(Tx) error) error {
	return o.db.InTx(ctx, func(tx T) error { return fn(overTx[T, H]{tx}) })
}

func (o over[T, H]) For(a tandem.Actor) Reads { return o.db.For(a) }

type overTx[T engineTx[H], H Writes] struct{ tx T }

func (o overTx[T, H]) For(a tandem.Actor) Writes { return o.tx.For(a) }
func (o overTx[T, H]) Emit(e tandem.Event) error { return o.tx.Emit(e) }
func (o overTx[T, H]) AnswerReminder(person tandem.PersonID, at tandem.Instant) error {
	return o.tx.AnswerReminder(person, at)
}
