package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"tandem"
	"tandem/i18n"
)

// A problem is an answer that says what is wrong (RFC 9457).
type problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail"`
	Field     string         `json:"field,omitempty"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []fieldProblem `json:"errors,omitempty"`
}

type fieldProblem struct {
	Field  string `json:"field,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`

	// Where a request was refused with a question: what can be answered, under which name in picks.
	Pick    string        `json:"pick,omitempty"`
	Choices []draftChoice `json:"choices,omitempty"`
}

// fieldProblemOf puts an error into words.
func fieldProblemOf(lang i18n.Lang, e *tandem.Error) fieldProblem {
	p := fieldProblem{Field: e.Field, Code: e.Code}
	if e.Ask == nil {
		p.Detail = lang.Sentence(e.Field, e.Code, e.Args)
		return p
	}
	p.Detail, p.Pick = lang.T(e.Ask.Key, e.Ask.Args), e.Ask.ID
	for _, c := range e.Ask.Choices {
		p.Choices = append(p.Choices, draftChoice{c.ID, lang.T(c.Key, c.Args)})
	}
	return p
}

// statuses maps the kind of an error to its status, in one place.
var statuses = map[tandem.Kind]int{
	tandem.KindInvalid: http.StatusUnprocessableEntity, tandem.KindMalformed: http.StatusBadRequest, tandem.KindNotFound: http.StatusNotFound,
	tandem.KindDenied: http.StatusForbidden, tandem.KindUnauthorized: http.StatusUnauthorized, tandem.KindConflict: http.StatusConflict,
	tandem.KindStale: http.StatusPreconditionFailed, tandem.KindNoVersion: http.StatusPreconditionRequired, tandem.KindTooMany: http.StatusTooManyRequests,
	tandem.KindBusy: http.StatusServiceUnavailable, tandem.KindStorage: http.StatusServiceUnavailable, tandem.KindTooLarge: http.StatusRequestEntityTooLarge,
	tandem.KindMediaType: http.StatusUnsupportedMediaType,
}

// refusal is the reasons why a body was refused, as an error.
type refusal []Problem

func (r refusal) Error() string { return r[0].Code }

// fail answers an error.
func (s *server) fail(w http.ResponseWriter, r *http.Request, lang i18n.Lang, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // whoever asked is gone
	}
	status, p := problemOf(lang, err)
	p.RequestID = w.Header().Get("X-Request-Id")
	if status >= http.StatusInternalServerError {
		s.Log.Error("request failed", "id", p.RequestID, "path", r.URL.Path, "err", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	for _, e := range tandem.All(err) {
		if n, ok := e.Args["seconds"].(int64); ok {
			h.Set("Retry-After", strconv.FormatInt(n, 10))
		}
	}
	if status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "2")
	}
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		s.Log.Debug("answer broke off", "err", err)
	}
}

// problemOf gives the status and the words of an error.
func problemOf(lang i18n.Lang, err error) (int, problem) {
	var bad refusal
	if errors.As(err, &bad) {
		p := problem{Type: "about:blank", Status: bad[0].Status}
		for _, b := range bad {
			p.Errors = append(p.Errors, fieldProblem{Field: b.Field, Code: b.Code, Detail: lang.Sentence(b.Field, b.Code, b.Args)})
		}
		return p.Status, p.sum()
	}
	es := tandem.All(err)
	status, known := statuses[tandem.KindOf(err)]
	if !known || len(es) == 0 {
		status, es = http.StatusInternalServerError, tandem.Errors{{Code: "internal"}}
	}
	p := problem{Type: "about:blank", Status: status}
	for _, e := range es {
		p.Errors = append(p.Errors, fieldProblemOf(lang, e))
	}
	return status, p.sum()
}

// sum puts the first reason at the top.
func (p problem) sum() problem {
	p.Title, p.Detail, p.Field = http.StatusText(p.Status), p.Errors[0].Detail, p.Errors[0].Field
	return p
}

// encode writes an answer as JSON.
func encode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	return append(b, '\n'), err
}
