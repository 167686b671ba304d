// Package api serves the JSON API. One table of operations gives the routes, the rights, the OpenAPI
// document and, by its names, the verbs of the command line. It takes tokens only: a browser's session
// never opens it.
package api

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/time/rate"

	"tandem"
	"tandem/app"
	"tandem/auth"
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
	keys   running
}

// Handler gives the API as one handler, its OpenAPI document included.
func Handler(o Options) http.Handler {
	s := &server{Options: o, limits: map[tandem.PersonID]*rate.Limiter{}, keys: running{open: map[string]bool{}}}
	mux := http.NewServeMux()
	for _, op := range operations() {
		mux.HandleFunc(op.method+" "+Prefix+op.path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, op) })
	}
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) { s.document(w) })
	mux.HandleFunc(elsewhere, func(w http.ResponseWriter, r *http.Request) { s.nowhere(w, r, mux) })
	return mux
}

// elsewhere matches what no operation is at.
const elsewhere = "/api/"

// nowhere answers 404, or 405 with the methods that the address takes.
func (s *server) nowhere(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	var allowed []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = m
		if _, pattern := mux.Handler(other); pattern != elsewhere {
			allowed = append(allowed, m)
		}
	}
	err := tandem.NotFound("page")
	if allowed != nil {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		err = refusal{{Code: "method_not_allowed", Args: tandem.Args{"method": echo(r.Method)}, Status: http.StatusMethodNotAllowed}}
	}
	s.fail(w, r, i18n.FromHeader(r.Header.Get("Accept-Language"), i18n.EN), err)
}

// An operation is one thing that the API does: its id is the verb that the command line shares.
type operation struct {
	id, method, path string
	action           policy.Action
	kind             policy.Kind
	summary          string
	match            bool // a change of something that was read: If-Match is asked for
	mayMatch         bool // If-Match is heeded where it is sent
	secret           bool // the answer shows a secret this once: nothing of it is kept for a repeat
	upload           bool // the body is a file
	many             bool // it writes in more than one transaction, and keeps what a key needs itself
	repeats          bool // doing it again comes to the same, or it counts tries that outlive a refusal: a key is not looked at
	status           int  // of success
	query            []string
	in, out          any // zero values of body and answer, for the document; nil for none
	run              func(c *call) (any, error)
}

// A call is one request of a person with a token.
type call struct {
	*server
	app.Principal
	App   *app.App // bound to the transaction of the request's key, if it has one
	key   *app.RequestKey
	R     *http.Request
	W     http.ResponseWriter
	Lang  i18n.Lang
	Space tandem.WorkspaceID
	op    operation
	query url.Values
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
	c, err := s.begin(w, r, op, lang)
	if err == nil {
		lang = c.Lang
		if changes(op.method) {
			err = s.limit(c.Person.ID)
		}
	}
	if err == nil && (op.match || op.mayMatch) {
		err = c.readMatch(op)
	}
	if err != nil {
		s.fail(w, r, lang, err)
		return
	}
	if key := r.Header.Get("Idempotency-Key"); key != "" && op.takesKey() {
		s.keyed(c, op, key)
		return
	}
	s.plain(c, op)
}

// plain runs an operation and answers.
func (s *server) plain(c *call, op operation) {
	status, body, err := c.answer(op)
	if err != nil {
		s.fail(c.W, c.R, c.Lang, err)
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
		c.tag(t)
	}
	if r, ok := v.(raw); ok {
		c.W.Header().Set("Content-Type", r.kind)
		return status, r.body, nil
	}
	b, err := encode(v)
	return status, b, err
}

// tag says which version is answered.
func (c *call) tag(t string) { c.W.Header().Set("ETag", `"`+t+`"`) }

func (c *call) write(status int, body []byte) {
	if h := c.W.Header(); body != nil && h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	c.W.WriteHeader(status)
	if _, err := c.W.Write(body); err != nil {
		c.Log.Debug("answer broke off", "err", err)
	}
}

// begin finds who asks by the token in the Authorization header, what is asked, and which workspace is
// meant.
func (s *server) begin(w http.ResponseWriter, r *http.Request, op operation, lang i18n.Lang) (*call, error) {
	q, bad := url.ParseQuery(r.URL.RawQuery)
	if q.Has("token") || q.Has("access_token") {
		return nil, &tandem.Error{Kind: tandem.KindMalformed, Code: "token_in_query"}
	}
	by, err := s.who(r)
	if err != nil {
		if tandem.KindOf(err) == tandem.KindUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		return nil, err
	}
	c := &call{server: s, Principal: by, App: s.App, R: r, W: w, Lang: lang, Space: by.Person.Personal, op: op, query: q}
	if by.Actor.Workspace != 0 {
		c.Space = by.Actor.Workspace
	}
	if r.Header.Get("Accept-Language") == "" {
		c.Lang, _ = i18n.ParseLang(by.Person.Lang)
	}
	if bad != nil {
		return c, &tandem.Error{Kind: tandem.KindMalformed, Code: "query_form"}
	}
	if err := checkQuery(q, op); err != nil {
		return c, err
	}
	if asked := q.Get("workspace"); asked != "" {
		if c.Space, err = tandem.ParseID[tandem.WorkspaceID](asked); err != nil {
			return c, err
		}
		if _, in := by.Actor.Roles[c.Space]; !in {
			return c, tandem.NotFound("workspace")
		}
	}
	return c, nil
}

// who gives who holds the token of a request.
func (s *server) who(r *http.Request) (app.Principal, error) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer") || secret == "":
		return app.Principal{}, &tandem.Error{Kind: tandem.KindUnauthorized, Code: "token_missing"}
	case !auth.IsToken(secret):
		return app.Principal{}, &tandem.Error{Kind: tandem.KindUnauthorized, Code: "token_unknown"}
	}
	return s.App.AuthenticateToken(r.Context(), secret)
}

// checkQuery refuses a parameter that the operation does not know, for a slip in "workspace" must not
// write elsewhere; one that stands twice, which two readers may take differently; and text that cannot be
// kept.
func checkQuery(q url.Values, op operation) error {
	known := append(slices.Clone(op.query), "workspace")
	names := slices.Sorted(maps.Keys(q))
	for _, name := range names {
		if !slices.Contains(known, name) {
			return &tandem.Error{Kind: tandem.KindMalformed, Code: "query_unknown", Args: tandem.Args{"value": echo(strings.ToValidUTF8(name, "?")), "allowed": strings.Join(known, ", ")}}
		}
		if len(q[name]) > 1 {
			return &tandem.Error{Kind: tandem.KindMalformed, Field: name, Code: "query_twice"}
		}
		text := q.Get(name)
		if !utf8.ValidString(text) {
			return tandem.Invalid(name, "text_bad_utf8", nil)
		}
		if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 {
			return tandem.Invalid(name, "control_char", tandem.Args{"field": name, "pos": utf8.RuneCountInString(text[:i]) + 1})
		}
	}
	return nil
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
		return &tandem.Error{Kind: tandem.KindTooMany, Code: "too_many_changes", Args: tandem.Args{"seconds": int64((wait + time.Second - time.Millisecond) / time.Second)}}
	}
	return nil
}

// readMatch reads the version that a change is made from.
func (c *call) readMatch(op operation) error {
	m := c.R.Header.Get("If-Match")
	if m == "" && op.match {
		return &tandem.Error{Kind: tandem.KindNoVersion, Code: "no_if_match"}
	}
	c.match = strings.Trim(strings.TrimPrefix(m, "W/"), `"`)
	return nil
}

// may asks policy where a use case serves more than this operation shows and so does not ask for its kind.
func (c *call) may(act policy.Action, r policy.Resource) error {
	return policy.Decide(c.Actor, act, r).Err(r.Kind)
}

// own is something of the asker's in the workspace that is meant.
func (c *call) own(k policy.Kind) policy.Resource {
	r := policy.Resource{Kind: k, Workspace: c.Space, Owner: c.Person.ID, Visibility: tandem.OnlyMe}
	if k == policy.Account {
		r.Workspace = 0
	}
	return r
}
