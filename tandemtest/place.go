package tandemtest

import (
	"os"
	"path/filepath"
	"testing"
)

// LeftOut begins each log line that says what a run did not cover. The report at the end of
// `make test` gathers these lines.
const LeftOut = "left out: "

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
