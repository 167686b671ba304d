// Package api serves the JSON API. One table of operations gives the routes, the rights, the OpenAPI
// document and, by its names, the verbs of the command line. It takes tokens only: a browser's session
// never opens it.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tandem"
	"tandem/app"
	"tandem/i18n"
	"tandem/policy"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// Options are what the API needs from outside.
type Options struct {
	App              *app.App
	Log              *slog.Logger
	Now              func() time.Time
	Version          string
	ChangesPerMinute int // of one person; a bulk call counts once
}

// A server holds what operations share.
type server struct {
	Options
	mu     sync.Mutex
	limits map[tandem.PersonID]*rate.Limiter // of people who changed something lately
}

// Handler gives the API as one handler, its OpenAPI document included.
func Handler(o Options) http.Handler {
	s := &server{Options: o, limits: map[tandem.PersonID]*rate.Limiter{}}
	mux := http.NewServeMux()
	for _, op := range operations() {
		mux.HandleFunc(op.method+" "+Prefix+op.path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, op) })
	}
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) { s.document(w) })
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, i18n.FromHeader(r.Header.Get("Accept-Language"), i18n.EN), tandem.NotFound("page"))
	})
	return mux
}

// An operation is one thing that the API does: its id is the verb that the command line shares.
type operation struct {
	id, method, path string
	action           policy.Action
	kind             policy.Kind
	summary          string
	match            bool // a change of something that was read: If-Match is asked for
	status           int  // of success
	query            []string
	in, out          any // zero values of body and answer, for the document; nil for none
	run              func(c *call) (any, error)
}

// A call is one request of a person with a token.
type call struct {
	*server
	app.Principal
	App   *app.App // with the key of the request, if it has one
	R     *http.Request
	W     http.ResponseWriter
	Lang  i18n.Lang
	Space tandem.WorkspaceID
	body  []byte
	match string // the version in If-Match, without its quotes
}

func (c *call) ctx() context.Context { return c.R.Context() }

// changes tells whether a method changes something.
func changes(method string) bool { return method != http.MethodGet }

// serve answers one request: who asks, may that much be asked, what is asked, and the answer.
func (s *server) serve(w http.ResponseWriter, r *http.Request, op operation) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	lang := i18n.FromHeader(r.Header.Get("Accept-Language"), i18n.EN)
	c, err := s.begin(w, r, lang)
	if err == nil {
		lang = c.Lang
		if changes(op.method) {
			err = s.limit(c.Person.ID)
		}
	}
	if err == nil && op.match {
		err = c.readMatch()
	}
	if err != nil {
		s.fail(w, r, lang, err)
		return
	}
	if key := r.Header.Get("Idempotency-Key"); key != "" && op.method == http.MethodPost {
		s.keyed(c, op, key)
		return
	}
	status, body, err := c.answer(op)
	if err != nil {
		s.fail(w, r, lang, err)
		return
	}
	c.write(status, body)
}

// answer runs an operation and gives its status and the JSON of its answer.
func (c *call) answer(op operation) (int, []byte, error) {
	v, err := op.run(c)
	if err != nil {
		return 0, nil, err
	}
	status := op.status
	if status == 0 {
		status = http.StatusOK
	}
	if v == nil {
		return http.StatusNoContent, nil, nil
	}
	if t := tagOf(v); t != "" {
		c.W.Header().Set("ETag", `"`+t+`"`)
	}
	if r, ok := v.(raw); ok {
		c.W.Header().Set("Content-Type", r.kind)
		return status, r.body, nil
	}
	b, err := encode(v)
	return status, b, err
}

func (c *call) write(status int, body []byte) {
	if h := c.W.Header(); body != nil && h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	c.W.WriteHeader(status)
	if _, err := c.W.Write(body); err != nil {
		c.Log.Debug("answer broke off", "err", err)
	}
}

// begin finds who asks by the token in the Authorization header, and which workspace is meant.
func (s *server) begin(w http.ResponseWriter, r *http.Request, lang i18n.Lang) (*call, error) {
	q := r.URL.Query()
	if q.Has("token") || q.Has("access_token") {
		return nil, &tandem.Error{Kind: tandem.KindMalformed, Code: "token_in_query"}
	}
	secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || secret == "" {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return nil, &tandem.Error{Kind: tandem.KindUnauthorized, Code: "token_missing"}
	}
	by, err := s.App.AuthenticateToken(r.Context(), secret)
	if err != nil {
		if tandem.KindOf(err) == tandem.KindUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		return nil, err
	}
	c := &call{server: s, Principal: by, App: s.App, R: r, W: w, Lang: lang, Space: by.Person.Personal}
	if by.Actor.Workspace != 0 {
		c.Space = by.Actor.Workspace
	}
	if r.Header.Get("Accept-Language") == "" {
		c.Lang, _ = i18n.ParseLang(by.Person.Lang)
	}
	if asked := q.Get("workspace"); asked != "" {
		if c.Space, err = tandem.ParseID[tandem.WorkspaceID](asked); err != nil {
			return nil, err
		}
		if _, in := by.Actor.Roles[c.Space]; !in {
			return nil, tandem.NotFound("space")
		}
	}
	return c, nil
}

// limit takes one change from what a person may make in a minute. The count is of this process alone.
func (s *server) limit(p tandem.PersonID) error {
	if s.ChangesPerMinute <= 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.limits[p]
	if l == nil {
		if len(s.limits) >= 10_000 {
			clear(s.limits)
		}
		l = rate.NewLimiter(rate.Limit(float64(s.ChangesPerMinute)/60), s.ChangesPerMinute)
		s.limits[p] = l
	}
	now := s.Now()
	r := l.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return &tandem.Error{Kind: tandem.KindTooMany, Code: "too_many_changes", Args: tandem.Args{"seconds": int64(wait/time.Second) + 1}}
	}
	return nil
}

// readMatch reads the version that a change is made from.
func (c *call) readMatch() error {
	m := c.R.Header.Get("If-Match")
	if m == "" {
		return &tandem.Error{Kind: tandem.KindNoVersion, Code: "no_if_match"}
	}
	c.match = strings.Trim(strings.TrimPrefix(m, "W/"), `"`)
	return nil
}
