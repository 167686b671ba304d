package api

import (
	"bytes"
	"reflect"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

func nextRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

// readable checks the body as a whole: that there is one, that it is UTF-8, and that it opens an object.
func (d *strictDecoder) readable() bool {
	for i := 0; i < len(d.body); {
		r, size := utf8.DecodeRune(d.body[i:])
		if r == utf8.RuneError && size == 1 {
			return d.malformed("bad_utf8", "", map[string]any{"byte": i + 1})
		}
		i += size
	}
	d.space()
	if d.pos == len(d.body) {
		return d.malformed("body_empty", "", nil)
	}
	c, begins := d.body[d.pos], func(word string) bool { return bytes.HasPrefix(d.body[d.pos:], []byte(word)) }
	switch {
	case c == '{':
		return true
	case c == '[':
		return d.malformed("body_is_list", "", nil)
	case begins("null"):
		return d.malformed("body_is_null", "", nil)
	case c == '"' || c == '-' || c >= '0' && c <= '9' || begins("true") || begins("false"):
		return d.malformed("body_not_object", "", nil)
	}
	return d.syntax()
}

func (d *strictDecoder) space() {
	for d.pos < len(d.body) {
		switch d.body[d.pos] {
		case ' ', '\t', '\n', '\r':
			d.pos++
		default:
			return
		}
	}
}

// take steps over c when it comes next.
func (d *strictDecoder) take(c byte) bool {
	if d.pos < len(d.body) && d.body[d.pos] == c {
		d.pos++
		return true
	}
	return false
}

// value reads one value for type t, or any value where t is nil; depth counts what is open around it.
func (d *strictDecoder) value(t reflect.Type, lines bool, depth int) bool {
	if d.pos == len(d.body) {
		return d.syntax()
	}
	nullable := t == nil
	if t != nil {
		k := t.Kind()
		nullable = k == reflect.Pointer || k == reflect.Slice || k == reflect.Map || k == reflect.Interface
		t = deref(t)
		if whole, text := bindable(t); whole || text {
			return d.ownValue(t, whole, nullable, lines, depth)
		}
		if t.Kind() == reflect.Interface {
			t = nil
		}
	}
	switch c := d.body[d.pos]; c {
	case '{':
		return d.object(t, depth+1)
	case '[':
		return d.list(t, lines, depth+1)
	case '"':
		if t != nil && t.Kind() != reflect.String {
			d.wrongType(t)
		}
		_, ok := d.text(lines)
		return ok
	case 't':
		return d.literal("true", t, t == nil || t.Kind() == reflect.Bool)
	case 'f':
		return d.literal("false", t, t == nil || t.Kind() == reflect.Bool)
	case 'n':
		return d.literal("null", t, nullable)
	default:
		raw, ok := d.numeral()
		if ok {
			d.number(t, raw)
		}
		return ok
	}
}

// ownValue reads a value of a type that binds itself: first by the rules for everybody, then by its own.
func (d *strictDecoder) ownValue(t reflect.Type, whole, nullable, lines bool, depth int) bool {
	from, found := d.pos, len(d.problems)
	if !whole && d.body[d.pos] != '"' && !(nullable && d.body[d.pos] == 'n') {
		d.refuse("want_text", nil)
	}
	if !d.value(nil, lines, depth) {
		return false
	}
	if len(d.problems) == found {
		d.bound(t, d.body[from:d.pos])
	}
	return true
}

func (d *strictDecoder) literal(word string, t reflect.Type, fits bool) bool {
	if !bytes.HasPrefix(d.body[d.pos:], []byte(word)) {
		return d.syntax()
	}
	if !fits {
		d.wrongType(t)
	}
	d.pos += len(word)
	return true
}

// object reads an object for a struct or map type t; a value of any other type is told and read over.
func (d *strictDecoder) object(t reflect.Type, depth int) bool {
	if depth > maxDepth {
		return d.malformed("too_deep", "", map[string]any{"limit": maxDepth})
	}
	var element reflect.Type
	isStruct := false
	switch {
	case t == nil:
	case t.Kind() == reflect.Struct:
		isStruct = true
	case t.Kind() == reflect.Map:
		element = t.Elem()
	default:
		d.wrongType(t)
	}
	d.pos++ // the brace
	d.space()
	if d.take('}') {
		return true
	}
	seen := map[string]bool{}
	outer := len(d.path)
	for {
		d.space()
		if d.pos == len(d.body) || d.body[d.pos] != '"' {
			return d.syntax()
		}
		name, ok := d.text(false)
		if !ok {
			return false
		}
		if outer > 0 {
			d.path = append(d.path, '.')
		}
		d.path = append(d.path, echo(name)...)
		if seen[name] {
			d.malformed("duplicate_key", string(d.path), nil)
		}
		seen[name] = true
		if d.space(); !d.take(':') {
			return d.syntax()
		}
		d.space()
		if isStruct {
			ok = d.member(t, name, depth)
		} else {
			ok = d.value(element, false, depth)
		}
		if !ok {
			return false
		}
		d.path = d.path[:outer]
		d.space()
		if d.take('}') {
			return true
		}
		if !d.take(',') {
			return d.syntax()
		}
	}
}

// member reads the value of one name of struct type t.
func (d *strictDecoder) member(t reflect.Type, name string, depth int) bool {
	s := d.shapeOf(t)
	f, known := s.fields[name]
	switch {
	case !known:
		if near := nearest(name, s.names); near != "" {
			d.malformed("unknown_field", string(d.path), map[string]any{"suggestion": near})
		} else {
			d.malformed("unknown_field_plain", string(d.path), nil)
		}
		return d.value(nil, true, depth)
	case f.readonly:
		d.refuse("read_only_field", nil)
		return d.value(nil, true, depth)
	}
	return d.value(f.typ, f.lines, depth)
}

// list reads a list for a slice or array type t.
func (d *strictDecoder) list(t reflect.Type, lines bool, depth int) bool {
	if depth > maxDepth {
		return d.malformed("too_deep", "", map[string]any{"limit": maxDepth})
	}
	var element reflect.Type
	switch {
	case t == nil:
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		element = t.Elem()
	default:
		d.wrongType(t)
	}
	d.pos++ // the bracket
	d.space()
	if d.take(']') {
		return true
	}
	outer := len(d.path)
	for i := 0; ; i++ {
		d.path = append(d.path, '[')
		d.path = strconv.AppendInt(d.path, int64(i), 10)
		d.path = append(d.path, ']')
		d.space()
		if !d.value(element, lines, depth) {
			return false
		}
		d.path = d.path[:outer]
		d.space()
		if d.take(']') {
			return true
		}
		if !d.take(',') {
			return d.syntax()
		}
	}
}

// numeral steps over a number as RFC 8259 writes it, and gives its text.
func (d *strictDecoder) numeral() (string, bool) {
	from := d.pos
	digits := func() int {
		start := d.pos
		for d.pos < len(d.body) && d.body[d.pos] >= '0' && d.body[d.pos] <= '9' {
			d.pos++
		}
		return d.pos - start
	}
	d.take('-')
	if !d.take('0') && digits() == 0 {
		return "", d.syntax()
	}
	if d.take('.') && digits() == 0 {
		return "", d.syntax()
	}
	if d.take('e') || d.take('E') {
		if !d.take('+') {
			d.take('-')
		}
		if digits() == 0 {
			return "", d.syntax()
		}
	}
	return string(d.body[from:d.pos]), true
}

// text reads a string and gives what it stands for. The first control character is told with its
// place, counted in characters from 1; lines lets line breaks and tabs pass when they are escaped, as
// JSON asks. A surrogate without its partner is no text at all.
func (d *strictDecoder) text(lines bool) (string, bool) {
	d.pos++ // the quote
	var out []byte
	place, told := 0, false
	for d.pos < len(d.body) {
		at := d.pos
		r, size := utf8.DecodeRune(d.body[at:])
		d.pos += size
		escaped := r == '\\'
		switch {
		case r == '"':
			return string(out), true
		case escaped:
			var ok bool
			if r, ok = d.escape(at); !ok {
				return "", false
			}
		}
		place++
		if unicode.IsControl(r) && !(lines && escaped && (r == '\n' || r == '\t')) && !told {
			d.refuse("control_char", map[string]any{"pos": place})
			told = true
		}
		out = utf8.AppendRune(out, r)
	}
	return "", d.syntax()
}

// escape reads what follows the backslash at byte at.
func (d *strictDecoder) escape(at int) (rune, bool) {
	if d.pos == len(d.body) {
		return 0, d.syntax()
	}
	c := d.body[d.pos]
	d.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		r, ok := d.hex()
		if !ok {
			return 0, false
		}
		if !utf16.IsSurrogate(r) {
			return r, true
		}
		if bytes.HasPrefix(d.body[d.pos:], []byte(`\u`)) {
			d.pos += 2
			low, ok := d.hex()
			if !ok {
				return 0, false
			}
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, true
			}
		}
		return 0, d.malformed("bad_utf8", "", map[string]any{"byte": at + 1})
	}
	d.pos--
	return 0, d.syntax()
}

// hex reads the four digits of an escape.
func (d *strictDecoder) hex() (rune, bool) {
	var r rune
	for range 4 {
		if d.pos == len(d.body) {
			return 0, d.syntax()
		}
		c := d.body[d.pos]
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, d.syntax()
		}
		d.pos++
	}
	return r, true
}
