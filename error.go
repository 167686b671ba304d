package tandem

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind says what an error means to the one who asked; api, web and cli map it to a status.
type Kind uint8

const (
	KindInternal     Kind = iota // ours; shown without detail
	KindInvalid                  // what was sent cannot be accepted: a field is wrong
	KindMalformed                // the request itself cannot be read
	KindNotFound                 // absent, or hidden from the reader: the two look the same
	KindDenied                   // visible, but not allowed
	KindUnauthorized             // no valid sign-in
	KindConflict                 // the same is being done at the moment
	KindStale                    // changed by somebody since it was read
	KindNoVersion                // a change without the version that was read
	KindTooMany                  // throttled; Args["seconds"] says how long
	KindBusy                     // a bounded queue is full; try again
	KindStorage                  // the disk is full or read-only; reads go on
	KindTooLarge                 // the body is larger than accepted
	KindMediaType                // not JSON where JSON is asked
)

// Args are the values of a message's placeholders.
type Args = map[string]any

// An Error is one thing that is wrong. Code names the sentence in the message catalogue
// ("error." + Code), Args fill it, Field names the input it belongs to ("" for the whole). Cause is for
// the log alone and is never shown.
type Error struct {
	Kind  Kind
	Field string
	Code  string
	Args  Args
	Ask   *Ask // what to answer, where there is more than one reading; nil for most errors
	Cause error
}

// An Ask is a question that has to be answered before something can be done. Key names its sentence in the
// message catalogue, Args fill it. The ID of a choice is sent again under the ID of the question.
type Ask struct {
	ID      string
	Key     string
	Args    Args
	Choices []AskChoice
}

// An AskChoice is one answer to a question, with the key of its words.
type AskChoice struct {
	ID   string
	Key  string
	Args Args
}

func (e *Error) Error() string {
	s := e.Code
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if len(e.Args) > 0 {
		s = fmt.Sprintf("%s %v", s, e.Args)
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Errors are several things that are wrong at once, field by field. It is never empty.
type Errors []*Error

func (es Errors) Error() string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// Err gives es as an error: nil when it is empty, the one when it has one.
func (es Errors) Err() error {
	switch len(es) {
	case 0:
		return nil
	case 1:
		return es[0]
	}
	return es
}

// Add appends an Invalid error for a field.
func (es *Errors) Add(field, code string, args Args) {
	*es = append(*es, &Error{Kind: KindInvalid, Field: field, Code: code, Args: args})
}

// Invalid says that a field's value cannot be accepted.
func Invalid(field, code string, args Args) error {
	return &Error{Kind: KindInvalid, Field: field, Code: code, Args: args}
}

// NotFound says that there is no such noun, or that the reader may not see it.
func NotFound(noun string) error {
	return &Error{Kind: KindNotFound, Code: "not_found", Args: Args{"noun": noun}}
}

// Denied says that the thing is visible but the action is not allowed.
func Denied(code string, args Args) error { return &Error{Kind: KindDenied, Code: code, Args: args} }

// KindOf gives the kind of err: that of the first Error in it, KindInternal for any other.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// All gives the Errors inside err, or nil when it holds none.
func All(err error) Errors {
	var es Errors
	if errors.As(err, &es) {
		return es
	}
	var e *Error
	if errors.As(err, &e) {
		return Errors{e}
	}
	return nil
}

// Wrap puts the name of the operation before *err, for the log; use it deferred:
//
//	defer tandem.Wrap(&err, "log observation")
func Wrap(err *error, op string) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", op, *err)
	}
}
