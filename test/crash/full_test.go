package crash

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestA4AFullDiskIsAnOrderlyState fills the small disk that the program lives on: writes are refused with
// the sentence that says so, reads go on, nothing that was answered is lost, and writing works again soon
// after there is space, without a restart.
func TestA4AFullDiskIsAnOrderlyState(t *testing.T) {
	tandemtest.Mounts(t)
	// The disk is mounted in a name space that only the program is in; it goes with the program.
	dir := t.TempDir()
	h := &house{t: t}
	const script = `mount -t tmpfs -o size=16m tandem "$1" && "$0" person add kim@example.org --token --json --data "$1" && exec "$0" serve --listen 127.0.0.1:0 --data "$1"`
	p := tandemtest.Start(t, environment(), "unshare", "-rm", "sh", "-c", script, program(t), dir)
	h.take([]byte(p.Await(`(?s)(\{.*?"token".*?\})`)))
	h.heed(p)
	disk := filepath.Join(fmt.Sprintf("/proc/%d/root", p.PID()), dir)
	path := h.number("Number")

	stored, next := map[int]bool{}, 0
	write := func() answer {
		next++
		a, err := h.send(http.MethodPost, path, "", map[string]any{"value": next, "note": strings.Repeat("words ", 80)})
		if err != nil {
			t.Fatal(err)
		}
		if a.status == http.StatusCreated {
			stored[next] = true
		}
		return a
	}
	check := func(when string) {
		t.Helper()
		found := h.values(path)
		for n := range stored {
			if found[n] != 1 {
				t.Fatalf("%s: value %d was answered and stands %d times", when, n, found[n])
			}
		}
		for n := range found {
			if !stored[n] {
				t.Errorf("%s: value %d was refused and stands", when, n)
			}
		}
	}
	for range 20 {
		write()
	}
	check("at first")
	fillUp(t, filepath.Join(disk, "ballast"))

	var a answer
	for end := time.Now().Add(20 * time.Second); a.status < 400 && time.Now().Before(end); {
		a = write()
	}
	const sentence = "The disk is full. Nothing was lost; reading goes on. Free some space and try again."
	if a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, sentence) || !strings.Contains(a.body, "disk_full") {
		t.Fatalf("a write to a full disk answers %d: %s", a.status, a.body)
	}
	for range 20 {
		if a := write(); a.status != http.StatusServiceUnavailable {
			t.Errorf("the next write answers %d: %s", a.status, a.body)
		}
	}
	check("while the disk is full")
	if resp, err := h.client.Get(h.url + "/healthz"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the health page: %v %+v", err, resp)
	}

	if err := os.Remove(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for a = write(); a.status >= 400; a = write() {
		if time.Since(began) > 5*time.Second {
			t.Fatalf("5 s after space returned a write answers %d: %s", a.status, a.body)
		}
		time.Sleep(50 * time.Millisecond)
	}
	for range 20 {
		if a := write(); a.status != http.StatusCreated {
			t.Errorf("after space returned a write answers %d: %s", a.status, a.body)
		}
	}
	check("after space returned")
}

// fillUp writes a file until the disk takes nothing more.
func fillUp(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{64 << 10, 4 << 10, 1} {
		block := make([]byte, size)
		for err = nil; err == nil; {
			_, err = f.Write(block)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
}
