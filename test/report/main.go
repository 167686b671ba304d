// Command report runs the tests and says plainly how they went. It passes its arguments on to
// `go test -json`, prints a line for each package and the whole output of each failed test, then runs
// every fuzz target for the time asked by -fuzz, and ends with one line: how many passed and failed,
// what was skipped, and what the run left out. It exits with 1 when anything failed or nothing ran.
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

func main() {
	fuzz := flag.Duration("fuzz", 0, "how long to run each fuzz target; 0 leaves them out")
	flag.Parse()
	s := newSummary(os.Stdout)
	if err := runTests(s, flag.Args()); err != nil {
		s.fail("go test", err.Error())
	}
	if *fuzz > 0 {
		targets, err := fuzzTargets(".")
		if err != nil {
			s.fail("fuzz targets", err.Error())
		}
		for _, target := range targets {
			runFuzz(s, target, *fuzz)
		}
	}
	if !s.end() {
		os.Exit(1)
	}
}

// runTests runs go test and feeds s. That tests fail is no error here.
func runTests(s *summary, args []string) error {
	cmd := exec.Command("go", append([]string{"test", "-json", "-vet=off"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	if err := s.read(out); err != nil {
		// Drain the pipe, or the command would wait for ever.
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		return err
	}
	if err := cmd.Wait(); err != nil && s.failed == 0 {
		return err
	}
	return nil
}

// A fuzzTarget is one fuzz function and the folder of its package.
type fuzzTarget struct{ folder, name string }

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzTargets finds the fuzz functions below dir.
func fuzzTargets(dir string) (targets []fuzzTarget, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "node_modules", "testdata"}, d.Name()) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range fuzzFunction.FindAllSubmatch(text, -1) {
			targets = append(targets, fuzzTarget{filepath.Dir(path), string(m[1])})
		}
		return err
	})
	return targets, err
}

// runFuzz fuzzes one target for d. What it finds lies in the package's testdata afterwards.
func runFuzz(s *summary, target fuzzTarget, d time.Duration) {
	folder := target.folder
	if !filepath.IsAbs(folder) {
		folder = "./" + filepath.ToSlash(folder)
	}
	cmd := exec.Command("go", "test", "-vet=off", "-run=^$", "-fuzz=^"+target.name+"$", "-fuzztime="+d.String(), "-parallel=2", folder)
	out, err := cmd.CombinedOutput()
	if err != nil && !onlyTimeIsUp(string(out)) {
		s.fail(target.name, string(out))
		return
	}
	s.passed++
	fmt.Fprintf(s.w, "ok    fuzz %s %s for %s\n", folder, target.name, d)
}

// onlyTimeIsUp tells the end of a fuzzing whose time is up from one that found something: before Go 1.27 the
// two could meet (go.dev/issue/75804), and the target then fails by "context deadline exceeded" alone, with
// no input to show.
func onlyTimeIsUp(out string) bool {
	_, after, failed := strings.Cut(out, "--- FAIL: ")
	_, after, _ = strings.Cut(after, "\n")
	return failed && strings.HasPrefix(after, "    context deadline exceeded\nFAIL\n") && !strings.Contains(out, "Failing input written")
}
