package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"

	"tandem"
	"tandem/app"
)

// keyLimit is the longest Idempotency-Key that is taken, in characters.
const keyLimit = 200

// takesKey tells whether an operation heeds an Idempotency-Key: it makes something, and making it twice
// would be one too many.
func (op operation) takesKey() bool { return op.method == http.MethodPost && !op.repeats }

// keyed runs an operation once for its Idempotency-Key. What it does, the key and the answer are written in
// one transaction, so that a repeat is given the first answer, after a crash too.
func (s *server) keyed(c *call, op operation, key string) {
	k, body, err := c.requestKey(op, key)
	if err != nil {
		s.fail(c.W, c.R, c.Lang, err)
		return
	}
	name := c.Person.ID.String() + c.Space.String() + k.Route + " " + k.Key
	if !s.keys.enter(name) {
		s.fail(c.W, c.R, c.Lang, app.KeyRunning())
		return
	}
	defer s.keys.leave(name)
	old, found, err := s.App.Kept(c.ctx(), c.Actor, c.Space, k)
	switch {
	case err != nil:
		s.fail(c.W, c.R, c.Lang, err)
		return
	case found:
		c.repeat(op, old)
		return
	}
	c.rewind(body)
	if op.many {
		c.key = &k
		s.plain(c, op)
		return
	}
	var status int
	var said []byte
	old, again, err := s.App.Once(c.ctx(), c.Actor, c.Space, k, func(a *app.App) (r tandem.KeptReply, err error) {
		c.App = a
		c.rewind(body)
		if status, said, err = c.answer(op); err != nil {
			return r, err
		}
		r = tandem.KeptReply{Status: status, Body: string(said)}
		if op.secret {
			r.Body = string(withoutSecret(said))
		}
		return r, nil
	})
	switch {
	case err != nil:
		s.fail(c.W, c.R, c.Lang, err)
	case again:
		c.repeat(op, old)
	default:
		c.write(status, said)
	}
}

// keptReply gives an answer as it is kept.
func keptReply(status int, v any) (tandem.KeptReply, error) {
	body, err := encode(v)
	return tandem.KeptReply{Status: status, Body: string(body)}, err
}

// oncePart does one part of an operation that writes in several transactions, once for the key of the
// request, if it has one: a repeat after a crash goes on where the first ended.
func oncePart[T any](c *call, part string, do func(*app.App) (T, error)) (v T, err error) {
	if c.key == nil {
		return do(c.App)
	}
	k := *c.key
	k.Route += " " + part
	r, again, err := c.server.App.Once(c.ctx(), c.Actor, c.Space, k, func(a *app.App) (r tandem.KeptReply, err error) {
		if v, err = do(a); err != nil {
			return r, err
		}
		return keptReply(http.StatusOK, v)
	})
	if err == nil && again {
		err = json.Unmarshal([]byte(r.Body), &v)
	}
	return v, err
}

// rewind makes the body readable once more.
func (c *call) rewind(body []byte) {
	c.R.Body = http.NoBody
	if len(body) > 0 {
		c.R.Body = io.NopCloser(bytes.NewReader(body))
	}
}

// requestKey reads the key and the body, whose hash tells a repeat from another request.
func (c *call) requestKey(op operation, key string) (k app.RequestKey, body []byte, err error) {
	if len(key) > keyLimit {
		return k, nil, tandem.Invalid("Idempotency-Key", "text_too_long", tandem.Args{"limit": keyLimit, "length": len(key)})
	}
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return k, nil, tandem.Invalid("Idempotency-Key", "key_form", nil)
		}
	}
	if body, err = c.readAll(op); err != nil {
		return k, nil, err
	}
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(c.R.URL.RawQuery), {'\n'}, body} {
		sum.Write(part)
	}
	return app.RequestKey{Route: op.id + " " + c.R.URL.EscapedPath(), Key: key, Body: hex.EncodeToString(sum.Sum(nil))}, body, nil
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

// running are the keys whose requests are under way in this process.
type running struct {
	mu   sync.Mutex
	open map[string]bool
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
