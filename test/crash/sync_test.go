package crash

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestA3NoWriteIsAnsweredBeforeItsSync watches the system calls of the program while eight write: each
// answer to a write must go out after a sync of the write-ahead log that began when the request was
// already there. A kill cannot show this, for what is written but not synced survives it.
func TestA3NoWriteIsAnsweredBeforeItsSync(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("the Debian package strace is missing")
	}
	const conns, total = 8, 1000
	h := newHouse(t, "")
	file := filepath.Join(t.TempDir(), "trace")
	// With -D the tracer is not the parent, so that signals reach the program itself.
	h.serve("strace", "-D", "-f", "-y", "-s", "80", "-e", "trace=read,write,fsync,fdatasync", "-e", "signal=none", "-o", file)
	path := h.number("Number")
	var issued atomic.Int64
	var wg sync.WaitGroup
	for range conns {
		wg.Go(func() {
			for n := issued.Add(1); n <= total; n = issued.Add(1) {
				if a, err := h.send(http.MethodPost, path, "", map[string]any{"value": n}); err != nil || a.status != http.StatusCreated {
					t.Errorf("value %d: %v %+v", n, err, a)
					return
				}
			}
		})
	}
	wg.Wait()
	h.process.Stop()
	seen, err := follow(ended(t, file, h.process.PID()), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d writes answered after %d syncs", seen.answers, seen.syncs)
	if seen.answers != total {
		t.Errorf("the trace shows %d answers, want %d", seen.answers, total)
	}
	if len(seen.early) > 0 {
		t.Errorf("%d of %d answers went out before a sync, the first at line %d", len(seen.early), seen.answers, seen.early[0])
	}
	if seen.syncs < total/conns {
		t.Errorf("%d syncs cannot cover %d writes of which at most %d wait at once", seen.syncs, total, conns)
	}
}

// ended waits until the tracer has noted the end of the program and gives what it wrote.
func ended(t *testing.T, file string, pid int) string {
	t.Helper()
	last := regexp.MustCompile(fmt.Sprintf(`(?m)^%d +\+\+\+ (exited|killed)`, pid))
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		b, err := os.ReadFile(file)
		if err == nil && last.Match(b) {
			return string(b)
		}
		if time.Now().After(end) {
			t.Fatalf("the trace does not end: %v, %d bytes", err, len(b))
		}
	}
}

// A trail is what a trace shows: the answers to writes, the syncs of the log, and the lines of the
// answers that were not preceded by a sync of their own.
type trail struct {
	answers, syncs int
	early          []int
}

// The forms of a line: a call that is seen at once, its beginning, or its end.
var (
	wholeCall = regexp.MustCompile(`^(\d+) +(read|write|fsync|fdatasync)\((\d+<[^>]*>)(.*)\) += (-?\d+)`)
	callBegun = regexp.MustCompile(`^(\d+) +(read|write|fsync|fdatasync)\((\d+<[^>]*>)(.*)<unfinished \.\.\.>$`)
	callEnded = regexp.MustCompile(`^(\d+) +<\.\.\. (read|write|fsync|fdatasync) resumed>(.*)\) += (-?\d+)`)
)

// follow reads a trace and judges each answer to a POST to path. A sync counts for a request when it
// began after the request had been read and ended before the answer was begun.
func follow(trace, path string) (s trail, err error) {
	type call struct {
		file, text string
		line       int
	}
	begun := map[string]call{} // by thread
	asked := map[string]int{}  // line at which the request on a connection was read
	synced := -1               // line at which the latest finished sync began
	scan := bufio.NewScanner(strings.NewReader(trace))
	scan.Buffer(nil, 1<<20)
	begin := func(name string, c call) {
		if name != "write" || !strings.Contains(c.text, `"HTTP/1.1 2`) {
			return
		}
		if line, ok := asked[c.file]; ok {
			s.answers++
			if synced < line {
				s.early = append(s.early, c.line)
			}
			delete(asked, c.file)
		}
	}
	end := func(name string, c call, result string, line int) {
		switch {
		case strings.HasPrefix(result, "-"):
		case name == "read" && (strings.Contains(c.text, `"POST /api/v1`+path+` `) || strings.Contains(c.text, `"OST /api/v1`+path+` `)):
			asked[c.file] = line // the first letter alone is what the server listens for while it answers
		case strings.HasSuffix(name, "sync") && strings.HasSuffix(c.file, "-wal>"):
			s.syncs++
			synced = max(synced, c.line)
		}
	}
	for line := 1; scan.Scan(); line++ {
		text := scan.Text()
		if m := wholeCall.FindStringSubmatch(text); m != nil {
			c := call{m[3], m[4], line}
			begin(m[2], c)
			end(m[2], c, m[5], line)
		} else if m := callBegun.FindStringSubmatch(text); m != nil {
			c := call{m[3], m[4], line}
			begin(m[2], c)
			begun[m[1]] = c
		} else if m := callEnded.FindStringSubmatch(text); m != nil {
			c, ok := begun[m[1]]
			if !ok {
				return s, fmt.Errorf("line %d ends a call that never began: %s", line, text)
			}
			delete(begun, m[1])
			c.text += m[3]
			end(m[2], c, m[4], line)
		}
	}
	return s, scan.Err()
}

func TestATraceTellsAnEarlyAnswer(t *testing.T) {
	const (
		ask    = `11 read(7<socket:[1]>, "POST /api/v1/m/o HTTP/1.1\r\nHost"..., 4096) = 300` + "\n"
		answer = `11 write(7<socket:[1]>, "HTTP/1.1 201 Created\r\n"..., 200) = 200` + "\n"
		sync   = `12 fdatasync(9</d/tandem.db-wal>) = 0` + "\n"
		begin  = `12 fdatasync(9</d/tandem.db-wal> <unfinished ...>` + "\n"
		done   = `12 <... fdatasync resumed>) = 0` + "\n"
	)
	for _, c := range []struct {
		what, trace           string
		answers, syncs, early int
	}{
		{"synced in between", ask + sync + answer, 1, 1, 0},
		{"not synced at all", ask + answer, 1, 0, 1},
		{"synced before it was asked", sync + ask + answer, 1, 1, 1},
		{"synced after the answer", ask + answer + sync, 1, 1, 1},
		{"the sync began before it was asked", begin + ask + done + answer, 1, 1, 1},
		{"the sync ended after the answer", ask + begin + answer + done, 1, 1, 1},
		{"the sync in two lines", ask + begin + done + answer, 1, 1, 0},
		{"the sync failed", ask + strings.Replace(sync, "= 0", "= -1 EIO (Input/output error)", 1) + answer, 1, 0, 1},
		{"another file synced", ask + strings.Replace(sync, "-wal", "", 1) + answer, 1, 0, 1},
		{"read in two lines", `11 read(7<socket:[1]>,  <unfinished ...>` + "\n" + sync +
			`11 <... read resumed>"POST /api/v1/m/o HTTP/1.1\r\nHost"..., 4096) = 300` + "\n" + answer, 1, 1, 1},
		{"one sync for two", ask + strings.ReplaceAll(ask, "[1]", "[2]") + sync + answer + strings.ReplaceAll(answer, "[1]", "[2]"), 2, 1, 0},
		{"its first letter read before", strings.Replace(ask, "POST", "OST", 1) + answer, 1, 0, 1},
		{"the next on the same connection", ask + sync + answer + ask + answer, 2, 1, 1},
		{"refused", ask + strings.Replace(answer, "201 Created", "503 Busy", 1), 0, 0, 0},
		{"a read of a page", strings.Replace(ask, "POST", "GET", 1) + answer, 0, 0, 0},
	} {
		s, err := follow(c.trace, "/m/o")
		if err != nil || s.answers != c.answers || s.syncs != c.syncs || len(s.early) != c.early {
			t.Errorf("%s: %d answers, %d syncs, %d early, %v; want %d, %d, %d", c.what, s.answers, s.syncs, len(s.early), err, c.answers, c.syncs, c.early)
		}
	}
}
