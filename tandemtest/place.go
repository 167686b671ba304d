package tandemtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// LeftOut begins each log line that says what a run did not cover. The report at the end of
// `make test` gathers these lines.
const LeftOut = "left out: "

// leftOut tells whether a run leaves something out by its variable, and says so in the log.
func leftOut(t testing.TB, variable, what string) bool {
	t.Helper()
	if os.Getenv(variable) != "off" {
		return false
	}
	t.Log(LeftOut + what + " (" + variable + "=off)")
	return true
}

// mountsOff is the variable by which a run may leave out what needs a file system of its own.
const mountsOff = "TANDEM_TEST_MOUNTS"

// Mounts is for tests that mount a file system, in a name space of their own (unshare -rm). Where that is
// not possible the test fails; with TANDEM_TEST_MOUNTS=off it is skipped and says so.
func Mounts(t testing.TB) {
	t.Helper()
	if leftOut(t, mountsOff, "full and read-only disks") {
		t.SkipNow()
	}
	if out, err := exec.Command("unshare", "-rm", "true").CombinedOutput(); err != nil {
		t.Fatalf("no file system can be mounted here (%v %s): run as somebody who may, or leave it out by %s=off", err, out, mountsOff)
	}
}

// Root returns the folder of the checkout: the nearest one at or above the test's own that holds go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod at or above the test's folder")
		}
		dir = up
	}
}

// Shared returns the folder "shared" that may lie beside the checkout with larger sample data, or ""
// where there is none; the test then reads its own small files in testdata. The log says which it was.
func Shared(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(filepath.Dir(Root(t)), "shared")
	if info, err := os.Stat(filepath.Join(dir, "data")); err != nil || !info.IsDir() {
		t.Log(LeftOut + "the shared sample data (no folder ../shared beside the checkout; testdata used)")
		return ""
	}
	return dir
}
