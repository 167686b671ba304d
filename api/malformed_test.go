package api_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem/api"
)

// badJSON are bodies that are wrong in one way each.
var badJSON = []string{
	"", " ", "\n", "{", "}", "[", "]", "[]", "[{}]", "null", "true", "false", "0", "-1", `""`, `"text"`, "nul", "{}{}", "{} x", "{}\x00", "\xef\xbb\xbf{}", "{\"a\"}", "{\"a\":}",
	"{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":0x10}", "{\"a\":1e999}",
	"{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}", "{\"a\":\"\x01\"}", "{\"a\":\"\xff\"}", "{\"a\":\"\xc0\x80\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"", "{\"a\":\"b",
	"{\"\":1}", "{\"__proto__\":{}}", "{\"title\":\"a\",\"title\":\"b\"}", "{\"TITLE\":\"a\"}", "{\"title\":null}", "{\"title\":{}}", "{\"title\":[\"a\"]}", "// {}", "{/**/}", "<xml/>", "title=a", "--x\r\n\r\n{}", "\x1f\x8b\x08\x00",
	strings.Repeat("[", 5000), strings.Repeat(`{"a":`, 5000), "{\"title\":\"" + strings.Repeat("x", 100_000) + "\"}", "{\"target\":" + strings.Repeat("9", 5000) + "}",
	"{\"kind\":\"performance\",\"title\":\"\u202e\",\"deadline\":\"0000-00-00\"}", "{\"deadline\":\"9999999-01-01\"}", "{\"at\":\"2026-13-45T99:99:99Z\"}", "{\"day\":\"-2026-01-01\"}",
}

// A mutator spoils a body.
type mutator func(r *rand.Rand, body string) string

var mutators = []mutator{
	func(r *rand.Rand, _ string) string { return badJSON[r.IntN(len(badJSON))] },
	func(r *rand.Rand, b string) string { // a bit turns
		if b == "" {
			return "{"
		}
		x := []byte(b)
		x[r.IntN(len(x))] ^= 1 << r.IntN(8)
		return string(x)
	},
	func(r *rand.Rand, b string) string { return b[:r.IntN(len(b)+1)] }, // the rest is lost
	func(r *rand.Rand, b string) string { // a piece stands twice
		if b == "" {
			return "{}{}"
		}
		i := r.IntN(len(b))
		j := i + r.IntN(len(b)-i)
		return b[:j] + b[i:]
	},
	func(r *rand.Rand, b string) string {
		return swap(r, b, `null`, `true`, `-1`, `1e308`, `{}`, `[]`, `[[]]`, `"x"`, `"\u0000"`, `1e400`, `"2026-02-30"`, `""`, `9007199254740993`)
	},
	func(r *rand.Rand, b string) string { // deep
		n := 1 + r.IntN(200)
		return swap(r, b, strings.Repeat("[", n)+strings.Repeat("]", n))
	},
	func(r *rand.Rand, b string) string {
		return swap(r, b, strconv.Quote(strings.Repeat("ä", 1+r.IntN(20_000))))
	},
	func(r *rand.Rand, b string) string { // a field that is none
		return strings.Replace(b, "{", `{"`+[]string{"Title", "owner", "id", "workspace", "kind ", "", "a.b", "$ref"}[r.IntN(8)]+`":1,`, 1)
	},
	func(r *rand.Rand, b string) string { return b + []string{"{}", "x", "\x00", ",", "]", b}[r.IntN(6)] },
}

// swap puts one of some values in the place of a value of the body.
func swap(r *rand.Rand, body string, values ...string) string {
	var ends []int
	for i := range body {
		if body[i] == ':' {
			ends = append(ends, i+1)
		}
	}
	if ends == nil {
		return values[r.IntN(len(values))]
	}
	from := ends[r.IntN(len(ends))]
	to := from
	for quoted := false; to < len(body) && (quoted || body[to] != ',' && body[to] != '}'); to++ {
		if body[to] == '"' {
			quoted = !quoted
		}
	}
	return body[:from] + values[r.IntN(len(values))] + body[to:]
}

// TestE1MalformedBodies spoils bodies of every JSON route: no answer is a fault of the server, and what is
// refused leaves nothing behind.
func TestE1MalformedBodies(t *testing.T) {
	n := 2000
	if os.Getenv("TANDEM_LONG") != "" {
		n = 10_000
	}
	const seed = 20261121
	r := rand.New(rand.NewPCG(seed, 1))
	w := newWorld(t)
	o, ana := w.sets[3], w.callers[1]
	var routes []api.Route
	for _, x := range api.Routes() {
		if x.Body || x.Upload {
			routes = append(routes, x)
		}
	}
	var took []time.Duration
	counts := map[int]int{}
	before, refused := w.dump(), 0
	const group = 8 // requests between two looks into the database
	for i := range n {
		x := routes[i%len(routes)]
		path, body := "/api/v1"+accountCases[x.ID].pathOf(w, ana), accountCases[x.ID].body
		if sh, ok := shapes[x.ID]; ok {
			path, body = w.pathOf(x, sh, o, true), fill(sh.body, o)
		}
		body = mutators[r.IntN(len(mutators))](r, body)
		began := time.Now()
		status, text := w.blast(ana.token, x, path, body, i)
		took = append(took, time.Since(began))
		counts[status]++
		if status >= 500 || status < 200 {
			t.Errorf("%s: %d: %.300s for %.300q", x.ID, status, text, body)
		}
		if status >= 400 {
			refused++
		}
		if i%group == group-1 {
			if refused == group {
				if after := w.dump(); after != before {
					t.Errorf("one of the %d requests up to %d was refused, yet something was kept", group, i)
					before = after
				}
			} else {
				before = w.dump()
			}
			refused = 0
		}
	}
	slices.Sort(took)
	t.Logf("seed %d: %d bodies on %d routes: %v; p99 %s", seed, n, len(routes), counts, took[len(took)*99/100].Round(10*time.Microsecond))
	if w.log.Len() > 0 {
		t.Errorf("logged as errors: %.2000s", w.log)
	}
	if counts[400] < n/4 || counts[422] < n/20 {
		t.Errorf("the bodies are not bad in many ways: %v", counts)
	}
}

// blast sends a body as it is, with a key now and then.
func (w *world) blast(token string, x api.Route, path, body string, i int) (int, string) {
	w.t.Helper()
	q, err := http.NewRequestWithContext(w.t.Context(), x.Method, w.server.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	q.Header.Set("Authorization", "Bearer "+token)
	q.Header.Set("Content-Type", "application/json")
	if x.Match {
		q.Header.Set("If-Match", []string{`"999999"`, `"x"`, `*`, `""`}[i%4])
	}
	if i%3 == 0 {
		q.Header.Set("Idempotency-Key", fmt.Sprint("key-", i))
	}
	a, err := w.server.Client().Do(q)
	if err != nil {
		w.t.Fatalf("%s %s: %v for %.300q", x.Method, path, err, body)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.StatusCode, string(b)
}
