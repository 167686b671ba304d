package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"tandem"
	"tandem/app"
)

// keyLimit is the longest Idempotency-Key that is taken, in characters.
const keyLimit = 200

// keyed runs an operation once for its Idempotency-Key. The key is written in the transaction of what the
// operation does, so that a repeat after a crash never does it twice; the answer is kept for a repeat.
func (s *server) keyed(c *call, op operation, key string) {
	k, err := c.requestKey(op, key)
	if err != nil {
		s.fail(c.W, c.R, c.Lang, err)
		return
	}
	name := c.Person.ID.String() + c.Space.String() + k.Route + " " + k.Key
	if !s.keys.enter(name) {
		s.fail(c.W, c.R, c.Lang, keyRunning())
		return
	}
	defer s.keys.leave(name)
	old, err := s.App.KeyReply(c.ctx(), c.Actor, c.Space, k)
	if err == nil && old != nil {
		c.repeat(op, *old)
		return
	}
	if err != nil {
		s.fail(c.W, c.R, c.Lang, s.keys.told(name, err))
		return
	}
	c.App = s.App.WithKey(c.Actor, c.Space, k)
	status, body, err := c.answer(op)
	if err != nil {
		if op.many {
			c.keepFailure(k, err)
		}
		s.fail(c.W, c.R, c.Lang, err)
		return
	}
	kept := body
	if op.secret {
		kept = withoutSecret(body)
	}
	if err := s.App.KeepReply(context.WithoutCancel(c.ctx()), c.Actor, c.Space, k, tandem.KeptReply{Status: status, Body: string(kept)}); err != nil {
		s.fail(c.W, c.R, c.Lang, err)
		return
	}
	c.write(status, body)
}

func keyRunning() error {
	return &tandem.Error{Kind: tandem.KindConflict, Code: "key_running", Args: tandem.Args{"seconds": int64(2)}}
}

// requestKey reads the key and the body, whose hash tells a repeat from another request. The body can be
// read again afterwards.
func (c *call) requestKey(op operation, key string) (k app.RequestKey, err error) {
	if len(key) > keyLimit {
		return k, tandem.Invalid("Idempotency-Key", "text_too_long", tandem.Args{"limit": keyLimit, "length": len(key)})
	}
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return k, tandem.Invalid("Idempotency-Key", "key_form", nil)
		}
	}
	body, err := c.readAll(op)
	if err != nil {
		return k, err
	}
	c.R.Body = http.NoBody
	if len(body) > 0 {
		c.R.Body = io.NopCloser(bytes.NewReader(body))
	}
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(c.R.URL.RawQuery), {'\n'}, body} {
		sum.Write(part)
	}
	return app.RequestKey{Route: op.id + " " + c.R.URL.EscapedPath(), Key: key, Body: hex.EncodeToString(sum.Sum(nil))}, nil
}

// readAll reads the body up to the size that the operation takes.
func (c *call) readAll(op operation) ([]byte, error) {
	most, words := int64(maxBody), "1 MiB"
	if op.upload {
		most, words = maxImport, "25 MiB"
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.W, c.R.Body, most))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, refusal{{Code: "body_too_large", Args: tandem.Args{"limit": words}, Status: http.StatusRequestEntityTooLarge}}
	case err != nil:
		return nil, &tandem.Error{Kind: tandem.KindMalformed, Code: "body_broken_off", Cause: err}
	}
	return body, nil
}

// repeat answers what was answered before. The ETag is made again from what the answer says.
func (c *call) repeat(op operation, r tandem.KeptReply) {
	if r.Status >= http.StatusBadRequest {
		c.W.Header().Set("Content-Type", "application/problem+json")
		c.write(r.Status, []byte(r.Body))
		return
	}
	var said struct {
		Version int64 `json:"version"`
	}
	if json.Unmarshal([]byte(r.Body), &said) == nil && said.Version != 0 {
		c.tag(versionTag(said.Version))
	}
	if _, value := op.out.(app.Logged); value {
		var o tandem.Observation
		if json.Unmarshal([]byte(r.Body), &o) == nil {
			c.tag(o.Tag())
		}
	}
	if r.Status == http.StatusNoContent {
		c.write(r.Status, nil)
		return
	}
	c.write(r.Status, []byte(r.Body))
}

// keepFailure keeps what went wrong after the key was taken, for an operation of several transactions: a
// repeat must not find a key without an answer.
func (c *call) keepFailure(k app.RequestKey, failed error) {
	ctx := context.WithoutCancel(c.ctx())
	if _, err := c.server.App.KeyReply(ctx, c.Actor, c.Space, k); tandem.KindOf(err) != tandem.KindConflict {
		return // the key was not taken
	}
	status, p := problemOf(c.Lang, failed)
	body, err := encode(p)
	if err == nil {
		err = c.server.App.KeepReply(ctx, c.Actor, c.Space, k, tandem.KeptReply{Status: status, Body: string(body)})
	}
	if err != nil {
		c.Log.Warn("failure not kept for a repeat", "err", err)
	}
}

// withoutSecret gives an answer as it is kept: what shows a secret once never lies in the database.
func withoutSecret(body []byte) []byte {
	var said map[string]json.RawMessage
	if err := json.Unmarshal(body, &said); err != nil {
		return []byte("{}\n")
	}
	delete(said, "secret")
	b, err := encode(said)
	if err != nil {
		return []byte("{}\n")
	}
	return b
}

// lostAfter is how long a key may stand without an answer before the answer counts as lost: longer than a
// request can take.
const lostAfter = 3 * time.Minute

// running are the keys under way in this process, and since when keys without an answer were met: those of
// another process that runs them, or whose process ended between doing and answering.
type running struct {
	mu   sync.Mutex
	now  func() time.Time
	open map[string]bool
	by   map[string]time.Time
}

func (r *running) enter(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open[name] {
		return false
	}
	r.open[name] = true
	return true
}

func (r *running) leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, name)
}

// told gives the error of a key without an answer: at first that it still runs, after lostAfter that it was
// done and that its answer is lost, so that nobody asks for ever.
func (r *running) told(name string, err error) error {
	if tandem.KindOf(err) != tandem.KindConflict {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	since, met := r.by[name]
	if !met {
		if len(r.by) >= 10_000 {
			clear(r.by)
		}
		r.by[name] = r.now()
		return err
	}
	if r.now().Sub(since) < lostAfter {
		return err
	}
	return app.ErrDone
}
