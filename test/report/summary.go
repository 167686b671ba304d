package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// leftOut begins the lines by which package tandemtest tells what a run does not cover. It is written
// again here so that the report builds in a moment, without the browser's and PostgreSQL's clients.
const leftOut = "left out: "

// An event is one line of `go test -json`.
type event struct {
	Action     string
	Package    string
	ImportPath string // of build events
	Test       string
	Output     string
	Elapsed    float64
}

// A summary counts what happened and remembers what must be told.
type summary struct {
	w              io.Writer
	passed, failed int
	skipped        []string
	leftOut        []string
	output         map[string][]string // by package and test, until it has ended
	bad            map[string]bool     // packages with a failed test
}

func newSummary(w io.Writer) *summary {
	return &summary{w: w, output: map[string][]string{}, bad: map[string]bool{}}
}

// read takes events until r ends. A line that is no event is printed as it is.
func (s *summary) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				fmt.Fprint(s.w, line)
			} else {
				s.take(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// take counts one event.
func (s *summary) take(e event) {
	key := e.Package + e.ImportPath + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		s.output[key] = append(s.output[key], e.Output)
		if _, what, ok := strings.Cut(e.Output, leftOut); ok {
			if what = strings.TrimSpace(what); !slices.Contains(s.leftOut, what) {
				s.leftOut = append(s.leftOut, what)
			}
		}
		return
	case "build-fail":
		s.fail("building "+e.ImportPath, strings.Join(s.output[key], ""))
		s.bad[strings.Fields(e.ImportPath + " ?")[0]] = true
	case "pass":
		s.pass(e)
	case "skip":
		if e.Test != "" && !strings.Contains(strings.Join(s.output[key], ""), leftOut) {
			s.skipped = append(s.skipped, e.Test)
		}
	case "fail":
		s.failure(e, strings.Join(s.output[key], ""))
	default:
		return
	}
	delete(s.output, key)
}

func (s *summary) pass(e event) {
	if e.Test != "" {
		s.passed++
		return
	}
	fmt.Fprintf(s.w, "ok    %s %.1fs\n", e.Package, e.Elapsed)
}

// failure counts a failed test, or a package that failed without one: a panic, a TestMain, a time-out.
func (s *summary) failure(e event, output string) {
	if e.Test != "" {
		s.bad[e.Package] = true
		s.fail(e.Package+" "+e.Test, output)
		return
	}
	if !s.bad[e.Package] {
		s.fail(e.Package, output)
	}
	fmt.Fprintf(s.w, "FAIL  %s %.1fs\n", e.Package, e.Elapsed)
}

// fail counts and prints one failure.
func (s *summary) fail(what, output string) {
	s.failed++
	fmt.Fprintf(s.w, "FAIL  %s\n%s\n", what, strings.TrimRight(output, "\n"))
}

// end prints the last line and tells whether all went well.
func (s *summary) end() bool {
	line := fmt.Sprintf("%d passed, %d failed", s.passed, s.failed)
	if len(s.skipped) > 0 {
		line += fmt.Sprintf(", %d skipped (%s)", len(s.skipped), strings.Join(s.skipped, ", "))
	}
	if len(s.leftOut) > 0 {
		slices.Sort(s.leftOut)
		line += "; " + leftOut + strings.Join(s.leftOut, ", ")
	}
	fmt.Fprintln(s.w, line)
	return s.failed == 0 && s.passed > 0
}
