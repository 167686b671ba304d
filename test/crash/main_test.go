// Package crash holds the tests that do to the real program what a bad day does: it is killed while many
// write, its system calls are watched, its disk fills up.
package crash

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// program builds the real program. What a test was found to be with one program says nothing of the next
// one, and the tool that keeps results knows only of files that a test opened: so all its folders are.
func program(t *testing.T) string {
	t.Helper()
	err := filepath.WalkDir(tandemtest.Root(t), func(_ string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && slices.Contains([]string{".git", "node_modules", "bin", "dist", "data"}, d.Name()) {
			return fs.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tandemtest.Binary(t)
}

// A house is the real program on a database of its own, with one account.
type house struct {
	t       *testing.T
	where   []string // the flags that name its data
	token   string
	process *tandemtest.Process
	url     string
	client  *http.Client
}

// environment lets one token change more in a minute than people do, and keeps thousands of lines about
// requests out of the output of a failed test.
func environment() []string {
	return []string{"TANDEM_CHANGES_PER_MINUTE=1000000", "TANDEM_LOG_LEVEL=warn"}
}

// newHouse makes an account by the local command. dsn is a path in a fresh folder or a PostgreSQL URL.
func newHouse(t *testing.T, dsn string) *house {
	t.Helper()
	h := &house{t: t, where: []string{"--data", t.TempDir()}}
	if strings.HasPrefix(dsn, "postgres") {
		h.where = append(h.where, "--database", dsn)
	}
	cmd := exec.Command(program(t), append([]string{"person", "add", "kim@example.org", "--token", "--json"}, h.where...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("person add: %v\n%s%s", err, out, errs.String())
	}
	h.take(out)
	return h
}

// take reads the token out of what `person add --json` printed.
func (h *house) take(out []byte) {
	h.t.Helper()
	var added struct{ Token string }
	if err := json.Unmarshal(out, &added); err != nil || added.Token == "" {
		h.t.Fatalf("person add printed %q: %v", out, err)
	}
	h.token = added.Token
}

// serve starts the program, through the words of before where there are some, and waits until it serves.
func (h *house) serve(before ...string) {
	h.t.Helper()
	args := append(append(before, tandemtest.Binary(h.t), "serve", "--listen", "127.0.0.1:0"), h.where...)
	h.heed(tandemtest.Start(h.t, environment(), args[0], args[1:]...))
}

// heed talks to a program that was started.
func (h *house) heed(p *tandemtest.Process) {
	h.t.Helper()
	h.process = p
	h.url = p.Await(`serves (http://[0-9.:]+)`)
	// A new client each time: connections to the program before are dead.
	h.client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	h.t.Cleanup(h.client.CloseIdleConnections)
}

// An answer is what came back: its status, and its body as text.
type answer struct {
	status int
	body   string
}

// send makes one call of the API; an error means that nobody knows what happened.
func (h *house) send(method, path, key string, in any) (answer, error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return answer{}, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, h.url+"/api/v1"+path, body)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bearer "+h.token)
	req.Header.Set("Accept-Language", "en")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, string(text)}, err
}

// must makes one call that has to succeed, and reads its answer into out.
func (h *house) must(method, path string, in, out any) {
	h.t.Helper()
	a, err := h.send(method, path, "", in)
	if err != nil {
		h.t.Fatal(err)
	}
	if a.status >= 300 {
		h.t.Fatalf("%s %s answers %d: %s", method, path, a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), out); err != nil {
		h.t.Fatalf("%s %s: %v in %s", method, path, err, a.body)
	}
}

// number makes a number and returns the path of its values.
func (h *house) number(name string) string {
	h.t.Helper()
	var made struct{ ID string }
	h.must(http.MethodPost, "/metrics", map[string]any{"name": name}, &made)
	return "/metrics/" + made.ID + "/observations"
}

// all reads every page of a list.
func all[T any](h *house, path string) (items []T) {
	h.t.Helper()
	for next := ""; ; {
		var page struct {
			Items []T
			Next  string
		}
		last := next
		q := url.Values{"limit": {"200"}}
		if next != "" {
			q.Set("next", next)
		}
		h.must(http.MethodGet, path+"?"+q.Encode(), nil, &page)
		items = append(items, page.Items...)
		if next = page.Next; next == "" {
			return items
		}
		if next == last {
			h.t.Fatalf("%s gives the same page for ever", path)
		}
	}
}

// values counts how often each value stands.
func (h *house) values(path string) map[int]int {
	h.t.Helper()
	found := map[int]int{}
	for _, o := range all[struct{ Value float64 }](h, path) {
		found[int(o.Value)]++
	}
	return found
}

// doctor has the program look at its own data; the server must not have left any damage.
func (h *house) doctor() {
	h.t.Helper()
	out, err := exec.Command(tandemtest.Binary(h.t), append([]string{"doctor"}, h.where...)...).CombinedOutput()
	if err != nil {
		h.t.Errorf("doctor: %v\n%s", err, out)
	}
}

// rows counts the rows of each table, by the dump that the program makes of itself.
func (h *house) rows() map[string]int {
	h.t.Helper()
	out, err := exec.Command(tandemtest.Binary(h.t), append([]string{"dump", "--canonical"}, h.where...)...).Output()
	if err != nil {
		h.t.Fatal(err)
	}
	found := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var row struct{ Table string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			h.t.Fatalf("%v in %s", err, line)
		}
		found[row.Table]++
	}
	return found
}
