package api

import (
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"tandem"
)

// What a body may be at most. Numbers lie within ±maxNumber, the root package's bound for anything
// that a person can enter.
const (
	maxBody     = 1 << 20 // bytes
	maxDepth    = 32      // objects and lists inside one another
	maxNumber   = tandem.MaxNumber
	maxProblems = 20 // told at once; more help nobody
	maxEcho     = 60 // characters of what was sent that an answer repeats
)

// A Problem is one reason why a body is refused. Code and Args name the catalogue's sentence
// ("error." + Code); Field is the path of what was sent ("milestones[2].title"), "" for the whole body.
// Status is the HTTP status that it asks for: 400 where the body cannot be read as what it claims to
// be, 422 where a field's value cannot be taken, 413 and 415 for size and type.
type Problem struct {
	Code   string
	Field  string
	Args   map[string]any
	Status int
}

// decodeRequest reads the JSON object in r's body into the struct that into points to, under the rules
// of decodeStrict. A body without the type application/json is refused, and so is one above 1 MiB,
// after which the connection is closed.
func decodeRequest(w http.ResponseWriter, r *http.Request, into any) []Problem {
	if r.Body == nil || r.Body == http.NoBody {
		return []Problem{{Code: "body_empty", Status: http.StatusBadRequest}}
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return []Problem{{Code: "media_type", Status: http.StatusUnsupportedMediaType}}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return []Problem{{Code: "body_too_large", Args: map[string]any{"limit": "1 MiB"}, Status: http.StatusRequestEntityTooLarge}}
	case err != nil:
		return []Problem{{Code: "body_broken_off", Status: http.StatusBadRequest}}
	}
	return decodeStrict(body, into)
}

// decodeStrict reads one JSON object into the struct that into points to, and leaves it untouched
// unless the answer is nil.
//
// The standard decoder lets the last of two equal names win, takes any letter case, ignores unknown
// names and what follows, and repairs bad text. Each of these hides a mistake or an attack, so the
// body is first walked along the struct's own fields and bound only when nothing was found. Two
// struct tags steer the walk: `tandem:"readonly"` names a field that answers carry and requests
// cannot set, `tandem:"lines"` a text that may hold line breaks and tabs.
//
// Problems come in the order of the body. If any makes the body unreadable (400), only those are told.
func decodeStrict(body []byte, into any) []Problem {
	d := &strictDecoder{body: body, shapes: map[reflect.Type]shape{}}
	if d.readable() {
		d.space()
		if d.object(reflect.TypeOf(into).Elem(), 1) {
			d.space()
			if d.pos < len(d.body) {
				d.malformed("trailing_text", "", nil)
			}
		}
	}
	if len(d.problems) == 0 {
		if err := json.Unmarshal(body, into); err != nil {
			d.malformed("bad_json", "", map[string]any{"byte": 1})
		}
	}
	return d.answer()
}

// strictDecoder walks one body. Methods that read answer false when reading cannot go on.
type strictDecoder struct {
	body     []byte
	pos      int
	path     []byte
	problems []Problem
	shapes   map[reflect.Type]shape
}

// A shape is what a struct type takes, by its exact JSON names.
type shape struct {
	names  []string // in the struct's order, for suggestions
	fields map[string]strictField
}

type strictField struct {
	typ             reflect.Type
	lines, readonly bool
}

// answer keeps the unreadable ones alone if there are any: what else was seen may follow from them.
func (d *strictDecoder) answer() []Problem {
	var unreadable []Problem
	for _, p := range d.problems {
		if p.Status == http.StatusBadRequest {
			unreadable = append(unreadable, p)
		}
	}
	if unreadable != nil {
		return unreadable
	}
	return d.problems
}

func (d *strictDecoder) tell(status int, code, field string, args map[string]any) {
	if len(d.problems) >= maxProblems {
		return
	}
	if args == nil {
		args = map[string]any{}
	}
	if field != "" {
		args["field"] = field
	}
	d.problems = append(d.problems, Problem{Code: code, Field: field, Args: args, Status: status})
}

// malformed tells a 400 and answers false, so that a reader can return it.
func (d *strictDecoder) malformed(code, field string, args map[string]any) bool {
	if len(d.problems) >= maxProblems {
		d.problems = d.problems[:maxProblems-1] // what ends the reading must not be lost
	}
	d.tell(http.StatusBadRequest, code, field, args)
	return false
}

func (d *strictDecoder) syntax() bool {
	return d.malformed("bad_json", "", map[string]any{"byte": d.pos + 1})
}

// refuse tells a 422 at the current field.
func (d *strictDecoder) refuse(code string, args map[string]any) {
	d.tell(http.StatusUnprocessableEntity, code, string(d.path), args)
}

// shapeOf lists the fields of struct type t, embedded structs flattened as encoding/json does it.
func (d *strictDecoder) shapeOf(t reflect.Type) shape {
	if s, ok := d.shapes[t]; ok {
		return s
	}
	s := shape{fields: map[string]strictField{}}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if inner := deref(f.Type); f.Anonymous && name == "" && inner.Kind() == reflect.Struct {
			embedded := d.shapeOf(inner)
			for _, n := range embedded.names {
				s.add(n, embedded.fields[n])
			}
			continue
		}
		if name == "-" || !f.IsExported() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		field := strictField{typ: f.Type}
		for _, tag := range strings.Split(f.Tag.Get("tandem"), ",") {
			field.lines = field.lines || tag == "lines"
			field.readonly = field.readonly || tag == "readonly"
		}
		s.add(name, field)
	}
	d.shapes[t] = s
	return s
}

func (s *shape) add(name string, f strictField) {
	if _, known := s.fields[name]; !known {
		s.names = append(s.names, name)
	}
	s.fields[name] = f
}

func deref(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// bindable tells how a type reads itself: as a whole value, or from a text.
func bindable(t reflect.Type) (whole, text bool) {
	p := reflect.PointerTo(t)
	if p.Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return true, false
	}
	return false, p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// bound lets a type of its own (a day, an id) read raw, so that its error is told with the field's path.
func (d *strictDecoder) bound(t reflect.Type, raw []byte) {
	err := json.Unmarshal(raw, reflect.New(t).Interface())
	if err == nil {
		return
	}
	known := tandem.All(err)
	if len(known) == 0 {
		d.refuse("value_form", map[string]any{"value": echo(string(raw))})
		return
	}
	for _, e := range known {
		args := map[string]any{}
		for k, v := range e.Args {
			args[k] = v
		}
		d.refuse(e.Code, args)
	}
}

// echo shortens what was sent to what an answer repeats.
func echo(s string) string {
	for i, n := 0, 0; i < len(s); n++ {
		if n == maxEcho {
			return s[:i] + "…"
		}
		_, size := nextRune(s[i:])
		i += size
	}
	return s
}

// number checks the value of a number that is written as JSON writes it; t is nil where any will do.
func (d *strictDecoder) number(t reflect.Type, text string) {
	kind := reflect.Interface
	if t != nil {
		kind = t.Kind()
	}
	whole := kind >= reflect.Int && kind <= reflect.Uint64
	if !whole && kind != reflect.Float32 && kind != reflect.Float64 && kind != reflect.Interface {
		d.wrongType(t)
		return
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || v < -maxNumber || v > maxNumber || kind == reflect.Float32 && reflect.Zero(t).OverflowFloat(v):
		d.refuse("number_range", map[string]any{"lo": "-1e15", "hi": "1e15"})
	case kind >= reflect.Int && kind <= reflect.Int64:
		if n, err := strconv.ParseInt(text, 10, 64); err != nil || reflect.Zero(t).OverflowInt(n) {
			d.refuse("want_whole", nil)
		}
	case whole:
		if n, err := strconv.ParseUint(text, 10, 64); err != nil || reflect.Zero(t).OverflowUint(n) {
			d.refuse("want_whole", nil)
		}
	}
}

// wrongType says what the field takes instead.
func (d *strictDecoder) wrongType(t reflect.Type) {
	code := "want_object"
	switch k := t.Kind(); {
	case k == reflect.String:
		code = "want_text"
	case k == reflect.Bool:
		code = "want_bool"
	case k == reflect.Slice || k == reflect.Array:
		code = "want_list"
	case k >= reflect.Int && k <= reflect.Uint64:
		code = "want_whole"
	case k == reflect.Float32 || k == reflect.Float64:
		code = "want_number"
	}
	d.refuse(code, nil)
}

// nearest gives the name closest to a wrong one: equal but for case and underscores, else at most two
// slips away, and never more than a third of its letters. "" where none is near.
func nearest(wrong string, names []string) string {
	if len(wrong) > 2*maxEcho {
		return ""
	}
	plain := strings.NewReplacer("_", "", "-", "", " ", "")
	w := plain.Replace(strings.ToLower(wrong))
	best, bestSlips := "", min(2, len(w)/3)+1
	for _, n := range names {
		if slips := tandem.Slips(w, plain.Replace(strings.ToLower(n))); slips < bestSlips {
			best, bestSlips = n, slips
		}
	}
	return best
}
