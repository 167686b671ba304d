package web

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"

	"tandem"
	"tandem/web/ui"
)

// A toast says what happened, with the address that takes it back.
type toast struct {
	Key  string            `json:"k"`
	Args map[string]string `json:"a,omitempty"`
	Undo string            `json:"u,omitempty"` // POST target
}

const toastCookie = "tandem-toast"

// setToast keeps a toast for the next page; it holds no secret and ends after a minute.
func (c *call) setToast(t toast) {
	b, err := json.Marshal(t)
	if err != nil || len(b) > 2000 {
		return
	}
	http.SetCookie(c.W, &http.Cookie{Name: toastCookie, Value: base64.RawURLEncoding.EncodeToString(b), Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.secure()})
}

// takeToast gives the toast that the page before left, once.
func (c *call) takeToast() *ui.ToastView {
	k, err := c.R.Cookie(toastCookie)
	if err != nil {
		return nil
	}
	http.SetCookie(c.W, &http.Cookie{Name: toastCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.secure()})
	b, err := base64.RawURLEncoding.DecodeString(k.Value)
	var t toast
	if err != nil || json.Unmarshal(b, &t) != nil {
		return nil
	}
	return c.toastView(t)
}

// toastView gives a toast in the reader's words.
func (c *call) toastView(t toast) *ui.ToastView {
	args := tandem.Args{}
	for k, v := range t.Args {
		args[k] = v
	}
	return &ui.ToastView{Text: c.T(t.Key, args), Undo: c.T("undo"), UndoURL: t.Undo}
}

// status maps the kind of an error to its status, in one place.
func status(err error) int {
	switch tandem.KindOf(err) {
	case tandem.KindInvalid, tandem.KindStale:
		return http.StatusUnprocessableEntity
	case tandem.KindMalformed, tandem.KindNoVersion:
		return http.StatusBadRequest
	case tandem.KindNotFound:
		return http.StatusNotFound
	case tandem.KindDenied:
		return http.StatusForbidden
	case tandem.KindUnauthorized:
		return http.StatusUnauthorized
	case tandem.KindConflict:
		return http.StatusConflict
	case tandem.KindTooMany:
		return http.StatusTooManyRequests
	case tandem.KindBusy, tandem.KindStorage:
		return http.StatusServiceUnavailable
	case tandem.KindTooLarge:
		return http.StatusRequestEntityTooLarge
	}
	if errors.Is(err, http.ErrNotSupported) {
		return http.StatusMethodNotAllowed
	}
	return http.StatusInternalServerError
}
