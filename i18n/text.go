package i18n

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Args are the values of a sentence's placeholders. Numbers are written in the language's own form;
// a text stands as it is. What must follow a workspace's number form is formatted by the caller.
type Args = map[string]any

// T gives the sentence of key in the language, with its placeholders filled. Several Args are looked
// through in their order. A key that is not in the catalogue comes back as it is, and a placeholder
// without an argument stays in its braces, so that both are seen at once; tests fail on the first.
func (l Lang) T(key string, args ...Args) string {
	texts, ok := loaded().texts[key]
	if !ok {
		return key
	}
	return l.Fill(texts[l&1], args...)
}

// Sentence gives the words of an error: its code's sentence, where {field} is the field that the
// error belongs to unless args name another.
func (l Lang) Sentence(field, code string, args Args) string {
	return l.T("error."+code, args, Args{"field": field})
}

// Fill fills the placeholders of a text that is already in the language. A brace that opens no
// placeholder is an ordinary character.
func (l Lang) Fill(text string, args ...Args) string {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 32)
	for open >= 0 {
		b.WriteString(text[:open])
		text = text[open:]
		end := strings.IndexByte(text, '}')
		if end < 0 {
			break
		}
		if s, ok := l.placeholder(text[1:end], args); ok {
			b.WriteString(s)
		} else {
			b.WriteString(text[:end+1])
		}
		text = text[end+1:]
		open = strings.IndexByte(text, '{')
	}
	b.WriteString(text)
	return b.String()
}

// placeholder fills what stands between two braces; ok is false when it names no argument.
func (l Lang) placeholder(inner string, args []Args) (s string, ok bool) {
	name, choice, plural := strings.Cut(inner, "|")
	name, form, _ := strings.Cut(name, ":")
	for _, a := range args {
		v, found := a[name]
		if !found {
			continue
		}
		if plural {
			one, many, _ := strings.Cut(choice, "|")
			if isOne(v) {
				return one, true
			}
			return many, true
		}
		return l.value(v, form), true
	}
	return "", false
}

// isOne tells whether a number takes the singular: exactly one, or a text "1". Both languages say
// "0 values" and "1.5 values".
func isOne(v any) bool {
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return r.Int() == 1
	case r.CanUint():
		return r.Uint() == 1
	case r.CanFloat():
		return r.Float() == 1
	case r.Kind() == reflect.String:
		return r.String() == "1"
	}
	return false
}

// value writes an argument in one of the forms of the package comment.
func (l Lang) value(v any, form string) string {
	switch form {
	case "month":
		if n, ok := wholeNumber(v); ok && n >= 1 && n <= 12 {
			return l.Month(time.Month(n))
		}
	case "ordinal":
		if n, ok := wholeNumber(v); ok {
			return l.Ordinal(int(n))
		}
	case "date":
		if d, ok := v.(Civil); ok {
			return l.DateYear(d)
		}
	case "ago":
		if d, ok := v.(time.Duration); ok {
			return l.Ago(d)
		}
	case "wait":
		if n, ok := wholeNumber(v); ok {
			return l.Wait(n)
		}
	case "noun", "field":
		key := form + "." + fmt.Sprint(v)
		if Has(key) {
			return l.T(key)
		}
	case "list":
		if items, ok := v.([]string); ok {
			return l.List(items)
		}
	case "":
		return l.plain(v)
	}
	return fmt.Sprint(v)
}

// plain writes numbers in the language's form and everything else as Go prints it.
func (l Lang) plain(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case fmt.Stringer:
		return x.String()
	case error:
		return x.Error()
	}
	r := reflect.ValueOf(v)
	if n, ok := wholeNumber(v); ok && r.Kind() != reflect.String {
		return l.Numbers().Integer(n)
	}
	if r.IsValid() && r.CanFloat() {
		return l.Numbers().Number(r.Float(), Auto)
	}
	return fmt.Sprint(v)
}

// wholeNumber gives the integer inside v, whatever its width.
func wholeNumber(v any) (int64, bool) {
	r := reflect.ValueOf(v)
	switch {
	case !r.IsValid():
		return 0, false
	case r.CanInt():
		return r.Int(), true
	case r.CanUint() && r.Uint() <= math.MaxInt64:
		return int64(r.Uint()), true
	case r.Kind() == reflect.String:
		n, err := strconv.ParseInt(r.String(), 10, 64)
		return n, err == nil
	}
	return 0, false
}

// List joins items as a sentence does: "a", "a and b", "a, b and c".
func (l Lang) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	and := " and "
	if l == DE {
		and = " und "
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + and + items[last]
}

// Ordinal writes a place or a day of the month: "28th" in English, "28." in German.
func (l Lang) Ordinal(n int) string {
	s := strconv.Itoa(n)
	if l == DE {
		return s + "."
	}
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return s + "th"
	case n%10 == 1:
		return s + "st"
	case n%10 == 2:
		return s + "nd"
	case n%10 == 3:
		return s + "rd"
	}
	return s + "th"
}
