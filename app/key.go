package app

import (
	"context"

	"tandem"
)

// A RequestKey makes a repeated request harmless: Key is the asker's own word for it, Route what was asked,
// Body a hash of what was sent.
type RequestKey struct {
	Route, Key, Body string
}

// Once does what a request with a key asks for, once. What do does, the key and the answer are written in
// one transaction: whoever asks again, after a crash too, is given the answer that was kept, which again
// tells.
//
// do gets the use cases bound to that transaction. It may run twice, and what it refuses leaves no key.
func (a *App) Once(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, k RequestKey, do func(*App) (tandem.KeptReply, error)) (r tandem.KeptReply, again bool, err error) {
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		first, err := h.TakeKey(ctx, ws, k.Route, k.Key, k.Body, a.now())
		if err != nil {
			return err
		}
		if again = !first; again {
			r, _, err = kept(ctx, h, ws, k)
			return err
		}
		bound := *a
		bound.Store = joined{tx}
		if r, err = do(&bound); err != nil {
			return err
		}
		return h.SetKeyReply(ctx, ws, k.Route, k.Key, r)
	})
	return r, again, err
}

// Kept gives the answer that is kept for a request with a key; found is false when the key is new. A key
// that was used for another body is the error key_reused.
func (a *App) Kept(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, k RequestKey) (r tandem.KeptReply, found bool, err error) {
	return kept(ctx, a.Store.For(by), ws, k)
}

// keep keeps the answer to a request with a key in a transaction that ends what was asked for.
func (a *App) keep(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, k RequestKey, r tandem.KeptReply) error {
	h := tx.For(by)
	first, err := h.TakeKey(ctx, ws, k.Route, k.Key, k.Body, a.now())
	if err == nil && !first {
		err = KeyRunning()
	}
	if err != nil {
		return err
	}
	return h.SetKeyReply(ctx, ws, k.Route, k.Key, r)
}

// KeyRunning is the error of a request whose key another one that still runs has.
func KeyRunning() error {
	return &tandem.Error{Kind: tandem.KindConflict, Code: "key_running", Args: tandem.Args{"seconds": int64(2)}}
}

// kept gives the answer that is kept for a key, as h sees it.
func kept(ctx context.Context, h Reads, ws tandem.WorkspaceID, k RequestKey) (r tandem.KeptReply, found bool, err error) {
	body, r, found, err := h.KeyReply(ctx, ws, k.Route, k.Key)
	switch {
	case err != nil || !found:
	case body != k.Body:
		err = tandem.Invalid("", "key_reused", nil)
	case r.Status == 0: // kept before answers were: it was done, and what was said is lost
		err = ErrDone
	}
	return r, found, err
}

// joined is a store whose transactions are all the one that is open already.
type joined struct{ tx Tx }

func (s joined) InTx(_ context.Context, fn func(Tx) error) error { return fn(s.tx) }
func (s joined) For(by tandem.Actor) Reads                       { return s.tx.For(by) }
