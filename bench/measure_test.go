package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAPageWeighsWhatABrowserFetches(t *testing.T) {
	files := map[string]struct{ kind, cache, body string }{
		"/page": {"text/html; charset=utf-8", "no-store", `<!doctype html><link rel="stylesheet" href="/a/x.css"><link rel="alternate" href="/feed">
			<script src="/a/x.js" defer></script><script src="/a/x.js"></script><img src="data:image/png;base64,AA"><a href="/other">
			<svg><use href="#mark"></use></svg>`},
		"/a/x.css":   {"text/css", "public, max-age=31536000, immutable", `@font-face{src:url("f.woff2")} .m{mask:url(#mark)}`},
		"/a/x.js":    {"text/javascript", "public, max-age=31536000, immutable", strings.Repeat("go();", 400)},
		"/a/f.woff2": {"font/woff2", "no-cache", "0123456789"},
	}
	sent := map[string]int64{}
	var asked []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		f, ok := files[r.URL.Path]
		if !ok || r.Header.Get("Cookie") != "who=me" {
			http.NotFound(w, r)
			return
		}
		body := []byte(f.body)
		if r.Header.Get("Accept-Encoding") == "gzip" && r.URL.Path != "/a/f.woff2" {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(body)
			z.Close()
			body = b.Bytes()
			w.Header().Set("Content-Encoding", "gzip")
		}
		w.Header().Set("Content-Type", f.kind)
		w.Header().Set("Cache-Control", f.cache)
		sent[r.URL.Path] = int64(len(body))
		w.Write(body)
	}))
	defer srv.Close()
	w, err := weigh(t.Context(), srv.URL+"/page", http.Header{"Cookie": {"who=me"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"/page", "/a/x.css", "/a/x.js", "/a/f.woff2"}; !slices.Equal(asked, want) {
		t.Errorf("fetched %q, want %q", asked, want)
	}
	if want := sent["/page"] + sent["/a/x.css"] + sent["/a/x.js"] + 10; w.first != want {
		t.Errorf("first load %d bytes, want %d", w.first, want)
	}
	if want := sent["/page"] + 10; w.next != want {
		t.Errorf("next load %d bytes, want %d", w.next, want)
	}
}

func TestAPageThatNamesAMissingFileIsNoWeight(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, `<link rel=stylesheet href=gone.css>`)
	}))
	defer srv.Close()
	if _, err := weigh(t.Context(), srv.URL+"/", http.Header{}); err == nil || !strings.Contains(err.Error(), "gone.css answers 404") {
		t.Errorf("error %v", err)
	}
}

func TestProcessorTimeIsReadBehindAnyName(t *testing.T) {
	// The name of a program may hold blanks and brackets.
	const stat = "4242 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 1 2 20 0"
	got, err := parseCPU(stat)
	if err != nil || got != 3*time.Second {
		t.Errorf("%v, %v; want 3 s", got, err)
	}
	if _, err := parseCPU("4242 (x) S 1"); err == nil {
		t.Error("a line without times has times")
	}
}

func TestMemoryIsReadInBytes(t *testing.T) {
	got, err := parseRSS("Name:\tx\nVmPeak:\t 9 kB\nVmRSS:\t   29000 kB\nRssAnon:\t 1 kB\n")
	if err != nil || got != 29000*1024 {
		t.Errorf("%d, %v", got, err)
	}
	if _, err := parseRSS("Name:\tx\n"); err == nil {
		t.Error("a process without memory has some")
	}
}

// TestAProcessIsMeasured starts a real one: this test's own program, as the yardstick.
func TestAProcessIsMeasured(t *testing.T) {
	if address := os.Getenv("BENCH_TEST_HELLO"); address != "" {
		t.Fatal(hello(os.Args[len(os.Args)-1]))
	}
	p, err := startProcess(t.Context(), []string{"BENCH_TEST_HELLO=1"}, os.Args[0], "-test.run=TestAProcessIsMeasured")
	if err != nil {
		t.Fatal(err)
	}
	defer p.cmd.Process.Kill()
	if p.start <= 0 || p.start > time.Minute {
		t.Errorf("started in %v", p.start)
	}
	m, cpu, err := p.during(t.Context(), load{url: p.url + "/", conns: 4, count: 2000})
	if err != nil || m.ok != 2000 || cpu <= 0 || cpu > 10*time.Millisecond {
		t.Errorf("%d answers, %v each, %v", m.ok, cpu, err)
	}
	if rss, err := p.rss(); err != nil || rss < 1<<20 || rss > 1<<30 {
		t.Errorf("%d bytes, %v", rss, err)
	}
}

func TestAProcessThatEndsAtOnceSaysWhatItSaid(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	_, err = startProcess(t.Context(), nil, sh, "-c", "echo no luck; exit 3")
	if err == nil || !strings.Contains(err.Error(), "no luck") {
		t.Errorf("error %v", err)
	}
}

func TestRawGroupCommitKeepsEveryRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw.db")
	m, err := rawGroupCommit(t.Context(), path, 8, 200*time.Millisecond)
	if err != nil || m.failed() != 0 || m.ok == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	db, err := openRaw(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n int64
	if err := db.QueryRow(`SELECT count(*) FROM raw`).Scan(&n); err != nil || n != m.ok {
		t.Errorf("%d rows, %d answered, %v", n, m.ok, err)
	}
}

func TestTheRawDashboardReadsOnlyTheLastPoints(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw.db")
	db, err := openRaw(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const table = `CREATE TABLE observation (workspace_id BIGINT, metric_id BIGINT, at BIGINT, value DOUBLE PRECISION, PRIMARY KEY (workspace_id, metric_id, at)) WITHOUT ROWID`
	if _, err := db.Exec(table); err != nil {
		t.Fatal(err)
	}
	if took, err := rawDashboard(context.Background(), path, []key{{1, 2}, {1, 3}}, 5); err != nil || len(took) != 5 || took[0] <= 0 || !slices.IsSorted(took) {
		t.Errorf("%v, %v", took, err)
	}
}

func TestTheTableSaysWhatFallsShort(t *testing.T) {
	rows := []row{{"speed", "2 ×", "≤ 3 ×", true, true}, {"size — on disk", "61", "≤ 60", false, false}, {"note", "7", "", false, false}}
	var b strings.Builder
	if err := printTable(&b, rows); err != nil {
		t.Fatal(err)
	}
	want := "| what           | measured | asked | verdict |\n" +
		"|----------------|----------|-------|---------|\n" +
		"| speed          | 2 ×      | ≤ 3 × | ok      |\n" +
		"| size — on disk | 61       | ≤ 60  | short   |\n" +
		"| note           | 7        |       |         |\n"
	if b.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", b.String(), want)
	}
	if short(rows) {
		t.Error("a row that does not gate failed the run")
	}
	if rows[0].ok = false; !short(rows) {
		t.Error("a row that gates did not fail the run")
	}
}
