package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

const twoOfThree = `{"Action":"run","Package":"tandem/app","Test":"TestA"}
{"Action":"output","Package":"tandem/app","Test":"TestA","Output":"    a.go:1: left out: PostgreSQL (TANDEM_TEST_POSTGRES=off)\n"}
{"Action":"pass","Package":"tandem/app","Test":"TestA","Elapsed":1}
{"Action":"output","Package":"tandem/app","Test":"TestB","Output":"    a.go:9: want 3\n"}
{"Action":"fail","Package":"tandem/app","Test":"TestB"}
{"Action":"output","Package":"tandem/app","Test":"TestC","Output":"    a.go:1: left out: PostgreSQL (TANDEM_TEST_POSTGRES=off)\n"}
{"Action":"skip","Package":"tandem/app","Test":"TestC"}
{"Action":"skip","Package":"tandem/app","Test":"TestD"}
{"Action":"pass","Package":"tandem/app","Test":"TestE"}
{"Action":"fail","Package":"tandem/app","Elapsed":2.5}
`

func summarise(t *testing.T, text string) (lines []string, good bool) {
	t.Helper()
	var out strings.Builder
	s := newSummary(&out)
	if err := s.read(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	good = s.end()
	return strings.Split(strings.TrimSpace(out.String()), "\n"), good
}

func TestTheLastLineCountsAndTellsWhatWasLeftOut(t *testing.T) {
	lines, good := summarise(t, twoOfThree)
	want := "2 passed, 1 failed, 1 skipped (TestD); left out: PostgreSQL (TANDEM_TEST_POSTGRES=off)"
	if last := lines[len(lines)-1]; last != want || good {
		t.Errorf("the last line is %q, all well: %t", last, good)
	}
	if text := strings.Join(lines, "\n"); strings.Count(text, "want 3") != 1 || strings.Contains(text, "a.go:1") {
		t.Errorf("output of failed tests alone is wanted, got:\n%s", text)
	}
}

func TestAGoodRunSaysSo(t *testing.T) {
	lines, good := summarise(t, `{"Action":"pass","Package":"tandem","Test":"TestA"}`+"\n"+`{"Action":"pass","Package":"tandem","Elapsed":0.25}`+"\n")
	if !good || !slices.Equal(lines, []string{"ok    tandem 0.2s", "1 passed, 0 failed"}) {
		t.Errorf("%q, all well: %t", lines, good)
	}
}

func TestFailuresWithoutATestAreCounted(t *testing.T) {
	for name, text := range map[string]string{
		"panic": `{"Action":"output","Package":"tandem/web","Output":"panic: x\n"}
{"Action":"fail","Package":"tandem/web"}`,
		"build": `{"ImportPath":"tandem/web [tandem/web.test]","Action":"build-output","Output":"undefined: y\n"}
{"ImportPath":"tandem/web [tandem/web.test]","Action":"build-fail"}
{"Action":"fail","Package":"tandem/web","FailedBuild":"tandem/web [tandem/web.test]"}`,
		"nothing ran": ``,
	} {
		lines, good := summarise(t, text)
		want := "0 passed, 1 failed"
		if name == "nothing ran" {
			want = "0 passed, 0 failed"
		}
		if good || lines[len(lines)-1] != want {
			t.Errorf("%s: %q, all well: %t", name, lines, good)
		}
	}
}

func TestTheMarkerIsTheOneThatTestsWrite(t *testing.T) {
	if leftOut != tandemtest.LeftOut {
		t.Errorf("%q here, %q there", leftOut, tandemtest.LeftOut)
	}
}

func TestTimeThatIsUpIsNoFailureAndAnythingFoundIs(t *testing.T) {
	const head = "fuzz: elapsed: 9s, execs: 6538 (2075/sec), new interesting: 0 (total: 313)\n--- FAIL: FuzzStrict (11.08s)\n"
	for out, want := range map[string]bool{
		head + "    context deadline exceeded\nFAIL\nexit status 1\n": true,
		head + "    --- FAIL: FuzzStrict (0.00s)\n        a_test.go:6: context deadline exceeded\n    \n    Failing input written to testdata/fuzz/FuzzStrict/1\nFAIL\n": false,
		head + "    context deadline exceeded\n    Failing input written to testdata/fuzz/FuzzStrict/1\nFAIL\n":                                                          false,
		head + "    fuzzing process hung or terminated unexpectedly: exit status 2\nFAIL\n":                                                                              false,
		"# probe\n./a_test.go:3:1: syntax error\nFAIL\n":                                                                                                                 false,
		"": false,
	} {
		if got := onlyTimeIsUp(out); got != want {
			t.Errorf("%v for %q", got, out)
		}
	}
}

// TestARealRunIsRead runs the command on a module with one good and one bad test and fuzz target each.
func TestARealRunIsRead(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module probe\n\ngo 1.26.0\n",
		"a_test.go": `package probe
import "testing"
func TestGood(t *testing.T) { t.Run("part", func(*testing.T) {}) }
func TestBad(t *testing.T) { t.Fatal("planted") }
func FuzzGood(f *testing.F) { f.Fuzz(func(t *testing.T, n int) {}) }
func FuzzBad(f *testing.F) { f.Fuzz(func(t *testing.T, n int) { if n > 9 { t.Fatal("found") } }) }
`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out strings.Builder
	s := newSummary(&out)
	if err := runTests(s, []string{"./..."}); err != nil {
		t.Fatal(err)
	}
	if s.failed != 1 || !strings.Contains(out.String(), "planted") {
		t.Errorf("%d failed:\n%s", s.failed, out.String())
	}
	targets, err := fuzzTargets(".")
	if err != nil || len(targets) != 2 {
		t.Fatalf("%v, %v", targets, err)
	}
	for _, target := range targets {
		runFuzz(s, target, time.Second)
	}
	// Fuzz functions without seeds pass as tests too: four good ones there, one here.
	if s.failed != 2 || s.passed != 5 || !strings.Contains(out.String(), "FAIL  FuzzBad") {
		t.Errorf("%d passed, %d failed:\n%s", s.passed, s.failed, out.String())
	}
}
