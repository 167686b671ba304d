package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem"
	"tandem/i18n"
	"tandem/web/ui"
)

// maxForm is the size of the largest form that is read, in bytes.
const maxForm = 64 << 10

// A form is a posted form with what is wrong in it, field by field. Readers of fields note a problem
// instead of stopping, so that all are told at once.
type form struct {
	c      *call
	values url.Values
	errs   tandem.Errors
	code   int    // status of the page that comes back; 0 is 422
	fix    string // a value to take with one press, when a number was written in another form
}

// form reads the posted form, at most 64 KiB.
func (c *call) form() (*form, error) { return c.formUpTo(maxForm) }

// formUpTo reads a posted form of at most limit bytes.
func (c *call) formUpTo(limit int64) (*form, error) {
	c.R.Body = http.MaxBytesReader(c.W, c.R.Body, limit)
	if err := c.R.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, &tandem.Error{Kind: tandem.KindTooLarge, Code: "form_too_large", Args: tandem.Args{"limit": strconv.FormatInt(limit>>10, 10) + " KiB"}}
		}
		return nil, &tandem.Error{Kind: tandem.KindMalformed, Code: "form_unreadable", Cause: err}
	}
	return &form{c: c, values: c.R.PostForm}, nil
}

// text gives a field, trimmed.
func (f *form) text(name string) string { return strings.TrimSpace(f.values.Get(name)) }

// all gives every value of a field, for check boxes.
func (f *form) all(name string) []string { return f.values[name] }

// on tells whether a check box is ticked.
func (f *form) on(name string) bool { return f.values.Get(name) != "" }

// number reads a number in the reader's form; ok is false when the field is empty or wrong.
func (f *form) number(name string) (v float64, ok bool) {
	s := f.text(name)
	if s == "" {
		return 0, false
	}
	v, err := f.c.Lang.Numbers().ParseNumber(s)
	if err != nil {
		f.problem(name, err)
		return 0, false
	}
	return v, true
}

// optional reads a number that may be left empty.
func (f *form) optional(name string) *float64 {
	if v, ok := f.number(name); ok {
		return &v
	}
	return nil
}

// day reads a date as a browser sends it or a person types it; NoDay when empty or wrong.
func (f *form) day(name string) tandem.Day {
	s := f.text(name)
	if s == "" {
		return tandem.NoDay
	}
	y, m, d, err := f.c.Lang.ParseDate(s, f.c.Today)
	if err != nil {
		f.problem(name, err)
		return tandem.NoDay
	}
	return tandem.DateDay(y, m, d)
}

// problem notes what is wrong with a field.
func (f *form) problem(name string, err error) {
	var p *i18n.Problem
	if errors.As(err, &p) {
		f.errs.Add(name, p.Code, p.Args)
		return
	}
	for _, e := range tandem.All(err) {
		f.errs = append(f.errs, &tandem.Error{Kind: e.Kind, Field: name, Code: e.Code, Args: e.Args})
	}
}

// require notes an empty field with the code that names it.
func (f *form) require(name, code string) {
	if f.text(name) == "" {
		f.errs.Add(name, code, nil)
	}
}

// take adds what a use case refused, if that is all it was: the page then comes back with it. That
// somebody else changed the thing meanwhile is told the same way, with what was typed kept. Errors of the
// kinds in also are taken too; any other is given back.
func (f *form) take(err error, also ...tandem.Kind) error {
	if err == nil {
		return nil
	}
	es := tandem.All(err)
	if len(es) == 0 {
		return err
	}
	for _, e := range es {
		if e.Kind != tandem.KindInvalid && e.Kind != tandem.KindStale && !slices.Contains(also, e.Kind) {
			return err
		}
	}
	for _, e := range es {
		switch e.Kind {
		case tandem.KindStale:
			e = &tandem.Error{Kind: e.Kind, Code: "stale_page"}
		case tandem.KindTooMany, tandem.KindBusy:
			f.code = status(e)
			f.c.retryAfter(e)
		}
		f.errs = append(f.errs, e)
	}
	return nil
}

// status gives the status of the page that comes back with what is wrong.
func (f *form) status() int {
	if f.code != 0 {
		return f.code
	}
	return http.StatusUnprocessableEntity
}

// statusOr is status where something is wrong, else fine.
func (f *form) statusOr(fine int) int {
	if f.ok() {
		return fine
	}
	return f.status()
}

// ok tells whether nothing is wrong so far.
func (f *form) ok() bool { return len(f.errs) == 0 }

// error gives the words of what is wrong with a field, "" for nothing.
func (f *form) error(name string) string {
	for _, e := range f.errs {
		if e.Field == name {
			return f.c.sentence(e)
		}
	}
	return ""
}

// summary gives the list above a form that came back, each line leading to its field.
func (f *form) summary() ui.ErrorSummaryView {
	v := ui.ErrorSummaryView{Title: f.c.T("form.problems", tandem.Args{"n": len(f.errs)})}
	for _, e := range f.errs {
		v.Items = append(v.Items, ui.ErrorItem{FieldID: fieldID(e.Field), Text: f.c.sentence(e)})
	}
	return v
}

// field gives the view of an input with what was typed and what is wrong with it.
func (f *form) field(v ui.FieldView) ui.FieldView {
	v.ID = fieldID(v.Name)
	if f.values != nil {
		if _, sent := f.values[v.Name]; sent {
			v.Value = f.values.Get(v.Name)
		}
	}
	v.Error = f.error(v.Name)
	return v
}

// secretField gives the view of a password's input, which never shows again what was typed.
func (f *form) secretField(v ui.FieldView) ui.FieldView {
	v = f.field(v)
	v.Type, v.Value = "password", ""
	return v
}

// keep gives what was typed into a field, or value when nobody has sent the form yet.
func (f *form) keep(name, value string) string {
	if _, sent := f.values[name]; sent {
		return f.values.Get(name)
	}
	return value
}

// sent tells whether the form was posted, so that a check box that is missing in it was unticked.
func (f *form) sent() bool { return f.values != nil }

// fresh gives a form that nobody has sent yet.
func (c *call) fresh() *form { return &form{c: c} }

func fieldID(name string) string {
	if name == "" {
		return ""
	}
	return "f-" + strings.ReplaceAll(name, ".", "-")
}

// ask gives the question that has to be answered first, nil for none.
func (f *form) ask() *tandem.Ask {
	for _, e := range f.errs {
		if e.Ask != nil {
			return e.Ask
		}
	}
	return nil
}

// pairs reads answers of the form "name=value"; of several for one name the last counts.
func (f *form) pairs(name string) map[string]string {
	out := map[string]string{}
	for _, v := range f.values[name] {
		if k, v, ok := strings.Cut(v, "="); ok {
			out[k] = v
		}
	}
	return out
}

// sentence gives the words of an error in the reader's language.
func (c *call) sentence(e *tandem.Error) string {
	if e.Ask != nil {
		return c.T(e.Ask.Key, e.Ask.Args)
	}
	return c.Lang.Sentence(e.Field, e.Code, e.Args)
}

// ago gives how long ago an instant was.
func (c *call) ago(i tandem.Instant) time.Duration { return c.Now.Sub(i.Time()) }

// suggest offers the number that was probably meant, for one press.
func (f *form) suggest() {
	for _, e := range f.errs {
		if v, ok := e.Args["suggestion"].(string); ok && e.Field == "value" {
			f.fix = v
		}
	}
}
