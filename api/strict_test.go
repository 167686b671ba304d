package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"tandem"
)

type strictStep struct {
	Title string     `json:"title"`
	Day   tandem.Day `json:"day"`
}

type strictHead struct {
	OwnerID string `json:"owner_id"`
}

type strictGoal struct {
	strictHead
	ID       string             `json:"id" tandem:"readonly"`
	Title    string             `json:"title"`
	Note     string             `json:"note" tandem:"lines"`
	Target   *float64           `json:"target"`
	Count    int                `json:"count"`
	Small    int8               `json:"small"`
	Lots     uint16             `json:"lots"`
	Open     bool               `json:"open"`
	Day      tandem.Day         `json:"day"`
	Due      *tandem.Day        `json:"due_date"`
	Tags     []string           `json:"tags" tandem:"lines"`
	Steps    []strictStep       `json:"steps"`
	Weights  map[string]float64 `json:"weights"`
	Anything any                `json:"anything"`
	Raw      json.RawMessage    `json:"raw"`
	Hidden   string             `json:"-"`
}

// hostile is a body and the first problem that it must meet: status, code and field.
type hostile struct{ says, body, want string }

var hostileBodies = []hostile{
	{"no body", "", "400 body_empty "},
	{"only spaces", " \r\n\t ", "400 body_empty "},
	{"a list", "[]", "400 body_is_list "},
	{"null", "null", "400 body_is_null "},
	{"a text", `"title"`, "400 body_not_object "},
	{"a number", "-1", "400 body_not_object "},
	{"true", "true", "400 body_not_object "},
	{"no JSON", "title=x", "400 bad_json "},
	{"XML", "<goal/>", "400 bad_json "},
	{"a byte order mark", "\ufeff{}", "400 bad_json "},
	{"UTF-16", "\xff\xfe{\x00}\x00", "400 bad_utf8 "},
	{"a name twice", `{"title":"a","title":"b"}`, "400 duplicate_key title"},
	{"a name twice, once escaped", `{"title":"a","t\u0069tle":"b"}`, "400 duplicate_key title"},
	{"a name twice inside", `{"steps":[{"title":"a"},{"title":"b","title":"c"}]}`, "400 duplicate_key steps[1].title"},
	{"a name twice where anything goes", `{"anything":{"a":1,"a":2}}`, "400 duplicate_key anything.a"},
	{"a name twice in a map", `{"weights":{"a":1,"a":2}}`, "400 duplicate_key weights.a"},
	{"an unknown name twice", `{"zzz":1,"zzz":2}`, "400 unknown_field_plain zzz"},
	{"the wrong case", `{"Owner_ID":"x"}`, "400 unknown_field Owner_ID"},
	{"camel case", `{"dueDate":"2026-01-01"}`, "400 unknown_field dueDate"},
	{"a slip", `{"titel":"x"}`, "400 unknown_field titel"},
	{"a name nobody knows", `{"password_hash":"x"}`, "400 unknown_field_plain password_hash"},
	{"an empty name", `{"":1}`, "400 unknown_field_plain "},
	{"a hidden field", `{"Hidden":"x"}`, "400 unknown_field_plain Hidden"},
	{"the embedded type's name", `{"strictHead":{"owner_id":"x"}}`, "400 unknown_field_plain strictHead"},
	{"a second document", `{"title":"a"}{"title":"b"}`, "400 trailing_text "},
	{"text after the end", `{"title":"a"} x`, "400 trailing_text "},
	{"a comma after the end", `{"title":"a"},`, "400 trailing_text "},
	{"a zero byte after the end", "{}\x00", "400 trailing_text "},
	{"bad UTF-8", "{\"title\":\"abcdef\xff\"}", "400 bad_utf8 "},
	{"an overlong slash", "{\"title\":\"\xc0\xaf\"}", "400 bad_utf8 "},
	{"a surrogate in UTF-8", "{\"title\":\"\xed\xa0\x80\"}", "400 bad_utf8 "},
	{"a cut character", "{\"title\":\"\xe2\x82\"}", "400 bad_utf8 "},
	{"a lone high surrogate", `{"title":"a\ud83d"}`, "400 bad_utf8 "},
	{"a lone low surrogate", `{"title":"\ude00 a"}`, "400 bad_utf8 "},
	{"two high surrogates", `{"title":"\ud83d\ud83d"}`, "400 bad_utf8 "},
	{"a high surrogate before a letter", `{"title":"\ud83d\u0041"}`, "400 bad_utf8 "},
	{"a lone surrogate in a name", `{"a\ud800":1}`, "400 bad_utf8 "},
	{"NUL", `{"title":"abc\u0000"}`, "422 control_char title"},
	{"a raw NUL", "{\"title\":\"abc\x00\"}", "422 control_char title"},
	{"an escape character", `{"title":"\u001b[2J"}`, "422 control_char title"},
	{"a line break in a title", `{"title":"a\nb"}`, "422 control_char title"},
	{"a tab in a title", `{"title":"a\tb"}`, "422 control_char title"},
	{"DEL", `{"title":"\u007f"}`, "422 control_char title"},
	{"a C1 control", `{"title":"\u0085"}`, "422 control_char title"},
	{"a carriage return in a note", `{"note":"a\r\nb"}`, "422 control_char note"},
	{"NUL in a note", `{"note":"a\n\u0000"}`, "422 control_char note"},
	{"a raw line break in a note", "{\"note\":\"a\nb\"}", "422 control_char note"},
	{"NUL in the third tag", `{"tags":["a","b","c\u0000"]}`, "422 control_char tags[2]"},
	{"NUL where anything goes", `{"anything":{"a":["\u0000"]}}`, "422 control_char anything.a[0]"},
	{"NUL in raw JSON", `{"raw":"\u0000"}`, "422 control_char raw"},
	{"too deep lists", `{"anything":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + "}", "400 too_deep "},
	{"too deep objects", strings.Repeat(`{"anything":`, 2000), "400 too_deep "},
	{"too deep under an unknown name", `{"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}", "400 unknown_field_plain x"},
	{"an endless number", `{"target":1e400}`, "422 number_range target"},
	{"a number of 5,000 digits", `{"target":` + strings.Repeat("9", 5000) + "}", "422 number_range target"},
	{"just above the limit", `{"target":1000000000000001}`, "422 number_range target"},
	{"just below the limit", `{"target":-1.0000001e15}`, "422 number_range target"},
	{"a number too large inside", `{"weights":{"a":1e16}}`, "422 number_range weights.a"},
	{"a number too large where anything goes", `{"anything":[1e16]}`, "422 number_range anything[0]"},
	{"a number too large for a whole field", `{"count":99999999999999999999}`, "422 number_range count"},
	{"a fraction for a whole field", `{"count":1.5}`, "422 want_whole count"},
	{"300 for a small field", `{"small":300}`, "422 want_whole small"},
	{"a negative count", `{"lots":-1}`, "422 want_whole lots"},
	{"NaN", `{"target":NaN}`, "400 bad_json "},
	{"a plus sign", `{"target":+1}`, "400 bad_json "},
	{"a leading zero", `{"target":01}`, "400 bad_json "},
	{"a bare point", `{"target":1.}`, "400 bad_json "},
	{"hexadecimal", `{"target":0x10}`, "400 bad_json "},
	{"a number as text", `{"target":"12"}`, "422 want_number target"},
	{"a text as number", `{"title":12}`, "422 want_text title"},
	{"a text far too large as number", `{"title":1e999}`, "422 want_text title"},
	{"null for a text", `{"title":null}`, "422 want_text title"},
	{"null for yes or no", `{"open":null}`, "422 want_bool open"},
	{"text for yes or no", `{"open":"true"}`, "422 want_bool open"},
	{"an object for a list", `{"tags":{}}`, "422 want_list tags"},
	{"a list for an object", `{"weights":[]}`, "422 want_object weights"},
	{"a list of the wrong things", `{"steps":[1]}`, "422 want_object steps[0]"},
	{"a read-only field", `{"id":"goal_1"}`, "422 read_only_field id"},
	{"a read-only field as null", `{"id":null}`, "422 read_only_field id"},
	{"a day that does not exist", `{"day":"2026-02-29"}`, "422 date_not_real day"},
	{"a day in words", `{"steps":[{"day":"soon"}]}`, "422 date_form steps[0].day"},
	{"a day as number", `{"due_date":20260101}`, "422 want_text due_date"},
	{"single quotes", `{'title':'a'}`, "400 bad_json "},
	{"a comment", `{"title":"a" /* b */}`, "400 bad_json "},
	{"a comma too many", `{"title":"a",}`, "400 bad_json "},
	{"no colon", `{"title" "a"}`, "400 bad_json "},
	{"no value", `{"title":}`, "400 bad_json "},
	{"cut in a name", `{"tit`, "400 bad_json "},
	{"cut in an escape", `{"title":"\`, "400 bad_json "},
	{"cut in a code point", `{"title":"\u00`, "400 bad_json "},
	{"cut after a comma", `{"tags":["a",`, "400 bad_json "},
	{"an unknown escape", `{"title":"\x41"}`, "400 bad_json "},
	{"a wrong word", `{"open":True}`, "400 bad_json "},
	{"a cut word", `{"open":tru}`, "400 bad_json "},
}

func first(ps []Problem) string {
	if len(ps) == 0 {
		return "accepted"
	}
	return fmt.Sprintf("%d %s %s", ps[0].Status, ps[0].Code, ps[0].Field)
}

func TestStrictRefusesHostileBodies(t *testing.T) {
	for _, h := range hostileBodies {
		t.Run(h.says, func(t *testing.T) {
			into := strictGoal{Title: "before"}
			got := first(decodeStrict([]byte(h.body), &into))
			if got != h.want {
				t.Errorf("got %q, want %q", got, h.want)
			}
			if !reflect.DeepEqual(into, strictGoal{Title: "before"}) {
				t.Errorf("a refused body has changed the value: %+v", into)
			}
		})
	}
}

func TestStrictAcceptsWhatJSONAllows(t *testing.T) {
	body := ` {"owner_id":"p","title":"Zwölf 😀 \ud83d\ude00 \"\\\/","note":"a\n\tb","target":-0.5e-3,
		"count":-7,"small":127,"lots":65535,"open":true,"day":"2026-02-28","due_date":null,
		"tags":["a\nb",""],"steps":[{"title":"x","day":"2024-02-29"},{}],"weights":{"a":1e15,"":0},
		"anything":[{"a":null},true,1.5],"raw":{"b":[1]}} `
	var got, want strictGoal
	if ps := decodeStrict([]byte(body), &got); ps != nil {
		t.Fatalf("refused: %+v", ps)
	}
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) || got.OwnerID != "p" || *got.Target != -0.0005 {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	deep := `{"anything":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}`
	if ps := decodeStrict([]byte(deep), &got); ps != nil {
		t.Errorf("depth 32 is refused: %+v", ps)
	}
	deeper := `{"anything":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`
	if ps := decodeStrict([]byte(deeper), &got); first(ps) != "400 too_deep " {
		t.Errorf("depth 33: %v", first(ps))
	}
}

func TestStrictSaysWhereAndWhat(t *testing.T) {
	arg := func(body, name string) any {
		ps := decodeStrict([]byte(body), &strictGoal{})
		if len(ps) == 0 {
			return nil
		}
		return ps[0].Args[name]
	}
	for _, c := range []struct {
		says, body, name string
		want             any
	}{
		{"the byte of bad UTF-8, counted from one", "{\"title\":\"abcdef\xff\"}", "byte", 17},
		{"the byte of a lone surrogate", `{"title":"abcdef\ud800"}`, "byte", 17},
		{"the place of a control character in characters", `{"title":"äb😀\u0000"}`, "pos", 4},
		{"the name that was meant", `{"Owner_ID":"x"}`, "suggestion", "owner_id"},
		{"the name that was meant, two letters swapped", `{"wieghts":{}}`, "suggestion", "weights"},
		{"the name inside a list", `{"steps":[{"Title":"x"}]}`, "suggestion", "title"},
		{"the field that stands twice", `{"title":"a","title":"b"}`, "field", "title"},
		{"the last day of that month", `{"day":"2026-02-29"}`, "last", 28},
		{"a long name cut short", `{"` + strings.Repeat("x", 500) + `":1}`, "field", strings.Repeat("x", maxEcho) + "…"},
	} {
		if got := arg(c.body, c.name); got != c.want {
			t.Errorf("%s: got %v, want %v", c.says, got, c.want)
		}
	}
}

func TestStrictTellsAllFieldsAtOnceButNoMoreThanTwenty(t *testing.T) {
	ps := decodeStrict([]byte(`{"title":1,"count":"x","id":"y","target":1e99}`), &strictGoal{})
	if len(ps) != 4 {
		t.Errorf("got %d problems: %+v", len(ps), ps)
	}
	ps = decodeStrict([]byte(`{"title":1,"zzz":2,"count":"x"}`), &strictGoal{})
	if len(ps) != 1 || ps[0].Code != "unknown_field_plain" {
		t.Errorf("beside an unreadable body other things are told: %+v", ps)
	}
	many := `{"tags":[` + strings.Repeat("1,", 100) + `1]}`
	if ps = decodeStrict([]byte(many), &strictGoal{}); len(ps) != maxProblems {
		t.Errorf("got %d problems", len(ps))
	}
	if ps = decodeStrict([]byte(many+"x"), &strictGoal{}); first(ps) != "400 trailing_text " {
		t.Errorf("after many problems the end is not seen: %v", first(ps))
	}
}

func TestStrictRequestChecksTypeAndSize(t *testing.T) {
	for _, c := range []struct {
		says, kind, body, want string
	}{
		{"no body", "application/json", "", "400 body_empty "},
		{"no type", "", "{}", "415 media_type "},
		{"a form", "application/x-www-form-urlencoded", "{}", "415 media_type "},
		{"a broken type", "application/json; charset", "{}", "415 media_type "},
		{"JSON with a character set", "application/json; charset=utf-8", "{}", "accepted"},
		{"1 MiB", "application/json", `{"note":"` + strings.Repeat("a", maxBody-11) + `"}`, "accepted"},
		{"1 MiB and a byte", "application/json", `{"note":"` + strings.Repeat("a", maxBody-10) + `"}`, "413 body_too_large "},
	} {
		var closed bool
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, first(decodeRequest(w, r, &strictGoal{})))
		}))
		resp, err := http.Post(s.URL, c.kind, bytes.NewReader([]byte(c.body)))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := got.ReadFrom(resp.Body); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		closed = resp.Close
		s.Close()
		if got.String() != c.want {
			t.Errorf("%s: got %q, want %q", c.says, got.String(), c.want)
		}
		if tooLarge := strings.HasPrefix(c.want, "413"); closed != tooLarge {
			t.Errorf("%s: connection closed: %v", c.says, closed)
		}
	}
}

// FuzzStrict holds the decoder to three things: it never panics, what it accepts the standard decoder
// accepts with the same value, and what the standard decoder refuses it refuses too.
func FuzzStrict(f *testing.F) {
	for _, h := range hostileBodies {
		if len(h.body) < 4000 {
			f.Add([]byte(h.body))
		}
	}
	f.Add([]byte(`{"title":"a","steps":[{"title":"b","day":"2026-01-31"}],"weights":{"x":1e-3},"anything":[null,{"k":"v"}]}`))
	f.Add([]byte(`{"note":"a\n\tb","tags":["\ud83d\ude00"],"due_date":"2024-02-29","raw":[1,2]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var got, want strictGoal
		ps := decodeStrict(body, &got)
		std := json.NewDecoder(bytes.NewReader(body))
		std.DisallowUnknownFields()
		err := std.Decode(&want)
		switch {
		case len(ps) == 0 && err != nil:
			t.Errorf("accepted what the standard decoder refuses: %v", err)
		case len(ps) == 0 && !reflect.DeepEqual(got, want):
			t.Errorf("got %+v, want %+v", got, want)
		case len(ps) > 0 && !reflect.DeepEqual(got, strictGoal{}):
			t.Errorf("refused, but bound %+v", got)
		}
		for _, p := range ps {
			if p.Code == "" || p.Status < 400 || p.Status > 499 {
				t.Errorf("a problem without code or with status %d", p.Status)
			}
			if p.Code == "bad_json" && json.Valid(body) {
				t.Errorf("valid JSON is called unreadable at byte %v", p.Args["byte"])
			}
		}
	})
}
