package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"

	"tandem"
	"tandem/app"
)

// keyLimit is the longest Idempotency-Key that is taken.
const keyLimit = 200

// keyed runs an operation once for its Idempotency-Key. The key is written in the transaction of what the
// operation does, so that a repeat after a crash never does it twice; the answer is kept for a repeat.
func (s *server) keyed(c *call, op operation, key string) {
	if len(key) > keyLimit {
		s.fail(c.W, c.R, c.Lang, tandem.Invalid("", "text_too_long", tandem.Args{"limit": keyLimit, "length": len(key)}))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.W, c.R.Body, maxImport))
	if err != nil {
		s.fail(c.W, c.R, c.Lang, refusal{{Code: "body_too_large", Args: tandem.Args{"limit": "25 MiB"}, Status: http.StatusRequestEntityTooLarge}})
		return
	}
	c.R.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.Sum256(append(body, c.R.URL.RawQuery...))
	k := app.RequestKey{Route: op.id + " " + c.R.URL.Path, Key: key, Body: hex.EncodeToString(sum[:])}
	old, err := s.App.KeyReply(c.ctx(), c.Actor, c.Space, k)
	if err == nil && old != nil {
		c.write(old.Status, []byte(old.Body))
		return
	}
	var status int
	var reply []byte
	if err == nil {
		c.App = s.App.WithKey(c.Actor, c.Space, k)
		status, reply, err = c.answer(op)
	}
	if err == nil {
		err = s.App.KeepReply(context.WithoutCancel(c.ctx()), c.Actor, c.Space, k, tandem.KeptReply{Status: status, Body: string(reply)})
	}
	if err != nil {
		s.fail(c.W, c.R, c.Lang, err)
		return
	}
	c.write(status, reply)
}
