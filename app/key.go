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

// KeyReply gives the kept answer to a request with a key, nil when the key is new. A key that was used for
// another body is the error key_reused; one whose first request has no answer yet is key_running.
func (a *App) KeyReply(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, k RequestKey) (*tandem.KeptReply, error) {
	body, r, found, err := a.Store.For(by).KeyReply(ctx, ws, k.Route, k.Key)
	switch {
	case err != nil || !found:
		return nil, err
	case body != k.Body:
		return nil, tandem.Invalid("", "key_reused", nil)
	case r.Status == 0:
		return nil, &tandem.Error{Kind: tandem.KindConflict, Code: "key_running", Args: tandem.Args{"seconds": int64(2)}}
	}
	return &r, nil
}

// KeepReply keeps the answer to a request with a key.
func (a *App) KeepReply(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, k RequestKey, r tandem.KeptReply) error {
	return a.Store.InTx(ctx, func(tx Tx) error { return tx.For(by).SetKeyReply(ctx, ws, k.Route, k.Key, r) })
}

// WithKey gives the use cases with a key that is written in the first transaction of what they do: a second
// request with it finds the key taken and does nothing.
func (a *App) WithKey(by tandem.Actor, ws tandem.WorkspaceID, k RequestKey) *App {
	c := *a
	c.Store = &keyedStore{Store: a.Store, app: a, by: by, ws: ws, key: k}
	return &c
}

// keyedStore writes a key in its first transaction. It serves one request.
type keyedStore struct {
	Store
	app  *App
	by   tandem.Actor
	ws   tandem.WorkspaceID
	key  RequestKey
	done bool
}

func (s *keyedStore) InTx(ctx context.Context, fn func(Tx) error) error {
	if s.done {
		return s.Store.InTx(ctx, fn)
	}
	err := s.Store.InTx(ctx, func(tx Tx) error {
		first, err := tx.For(s.by).TakeKey(ctx, s.ws, s.key.Route, s.key.Key, s.key.Body, s.app.now())
		if err != nil {
			return err
		}
		if !first {
			return &tandem.Error{Kind: tandem.KindConflict, Code: "key_running", Args: tandem.Args{"seconds": int64(2)}}
		}
		return fn(tx)
	})
	s.done = err == nil
	return err
}
