package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"tandem"
	"tandem/web/ui"
)

// notHere answers every address that is none of ours.
func notHere(_ *Server, c *call) error { return tandem.NotFound("page") }

// crossSite answers a form that another site sent.
func crossSite(_ *Server, c *call) error {
	return &tandem.Error{Kind: tandem.KindDenied, Code: "other_site"}
}

// fail answers an error as a page. What is absent and what is hidden give the same bytes.
func (c *call) fail(err error) {
	if errors.Is(err, context.Canceled) && c.ctx().Err() != nil {
		return // the reader is gone
	}
	code := status(err)
	if code >= 500 {
		c.s.Log.Error("request failed", "id", c.ID, "path", masked(c.R.URL.Path), "err", err)
	}
	es := tandem.All(err)
	if len(es) == 0 || code == http.StatusInternalServerError {
		es = tandem.Errors{{Code: "internal"}}
	}
	c.W.Header().Set("Cache-Control", "no-store")
	c.retryAfter(es[0])
	v := errorView{
		Title:   c.T("page.error." + titleOf(code)),
		Text:    c.sentence(es[0]),
		Home:    ui.ButtonView{Label: c.T("page.error.home"), URL: ui.TodayURL()},
		Details: c.T("page.error.details"),
	}
	if code >= 500 {
		v.Reference = c.ID
	}
	if c.R.Method == http.MethodGet && code >= 500 {
		v.Try = &ui.ButtonView{Label: c.T("page.error.again"), Variant: "pri", URL: localPath(c.R.URL.RequestURI())}
	}
	if c.partial() {
		// the script shows what went wrong where the answer would have gone
		c.W.Header().Set("HX-Retarget", "#toasts")
		c.W.Header().Set("HX-Reswap", "innerHTML")
		c.write(code, ui.Toast(ui.ToastView{Text: v.Text}))
		return
	}
	if c.signedIn() {
		c.write(code, c.shell(pageView{Title: v.Title, Back: ui.TodayURL()}, errorBody(v)))
		return
	}
	c.write(code, c.center(ui.CenterView{Title: v.Title, Wide: true}, errorBody(v)))
}

// retryAfter says in how many seconds to come again, when an error is of that sort.
func (c *call) retryAfter(e *tandem.Error) {
	if n, ok := e.Args["seconds"].(int64); ok {
		c.W.Header().Set("Retry-After", strconv.FormatInt(n, 10))
	} else if status(e) == http.StatusServiceUnavailable {
		c.W.Header().Set("Retry-After", "2")
	}
}

// titleOf names the heading of an error page.
func titleOf(status int) string {
	switch status {
	case http.StatusNotFound:
		return "absent"
	case http.StatusForbidden, http.StatusUnauthorized:
		return "denied"
	case http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		return "refused"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusConflict:
		return "busy"
	}
	return "broken"
}
