package cli_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"tandem/cli"
)

// noon is the time that the tests run at.
func noon() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.Local) }

// runFilter runs a command line of a filter, without a server, and gives what it wrote and noted.
func runFilter(in io.Reader, args ...string) (out, notes string, err error) {
	root := &cobra.Command{Use: "tandem", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(cli.Commands(func(string) string { return "" }, noon)...)
	var o, n bytes.Buffer
	root.SetIn(in)
	root.SetOut(&o)
	root.SetErr(&n)
	root.SetArgs(args)
	err = root.Execute()
	return o.String(), n.String(), err
}

// inFile writes a file, packed when its name says so, and gives its path.
func inFile(t *testing.T, dir, name, text string) string {
	t.Helper()
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		io.WriteString(z, text)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		text = b.String()
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A growing file is made while it is read: n parts, of which it holds one. Every hundredth part it looks
// at how much the program holds.
type growing struct {
	n, at int
	rest  []byte
	part  func(i int) string
	most  uint64
}

func (g *growing) Read(b []byte) (int, error) {
	for len(g.rest) == 0 {
		if g.at == g.n {
			return 0, io.EOF
		}
		if g.at%100 == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			g.most = max(g.most, m.HeapAlloc)
		}
		g.rest = []byte(g.part(g.at))
		g.at++
	}
	n := copy(b, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// sameHeap wants ten times as many series to hold no more than so many.
func sameHeap(t *testing.T, most func(n int) uint64) {
	t.Helper()
	if few, many := most(201), most(2001); many > few+1<<20 {
		t.Errorf("201 series hold %d bytes, 2001 hold %d", few, many)
	}
}

func TestFiltersNameTheirFilesInOneWay(t *testing.T) {
	dir := t.TempDir()
	series, meta := impactFiles(1)
	for _, c := range []struct {
		in   string
		args []string
	}{
		{twoSeries, []string{"forecast"}},
		{twoSeries, []string{"forecast", "-", "-"}},
		{twoSeries, []string{"forecast", "--train", "-", "--out", "-"}},
		{"", []string{"forecast", inFile(t, dir, "train.csv.gz", twoSeries)}},
		{series, []string{"impact", "-", inFile(t, dir, "meta.csv", meta)}},
		{"", []string{"impact", inFile(t, dir, "series.csv.gz", series), inFile(t, dir, "meta.csv.gz", meta), "-"}},
		{meta, []string{"impact", "--series", inFile(t, dir, "series.csv", series), "--meta", "-"}},
	} {
		want := map[string]string{"forecast": "id,step,mean", "impact": "id,effect,lo95"}[c.args[0]]
		if out, notes, err := runFilter(strings.NewReader(c.in), c.args...); err != nil || notes != "" || !strings.HasPrefix(out, want) || strings.Count(out, "\n") < 2 {
			t.Errorf("%q: %v, %q, %q", c.args, err, notes, out)
		}
	}
	a, nowhere := inFile(t, dir, "a.csv", twoSeries), filepath.Join(dir, "no", "file")
	for _, args := range [][]string{
		{"forecast", a, "--targets", a}, {"forecast", "--rule", "often"}, {"forecast", nowhere}, {"forecast", "a", "b", "c"},
		{"forecast", a, "--train", a}, {"forecast", a, nowhere}, {"forecast", "--targets", "-", "--probs", nowhere}, {"forecast", a, "--ms", "-"},
		{"impact"}, {"impact", "a", "b", "c", "d"}, {"impact", nowhere, nowhere}, {"impact", "-", "-"}, {"impact", a, a, "--prior", nowhere},
		{"impact", a, a, "--out", nowhere},
	} {
		_, _, err := runFilter(strings.NewReader(twoSeries), args...)
		var coded interface{ ExitCode() int }
		if !errors.As(err, &coded) || coded.ExitCode() != 2 || !strings.Contains(err.Error(), "Example: tandem "+args[0]) {
			t.Errorf("%q: %v", args, err)
		}
	}
	damaged := inFile(t, dir, "damaged.csv", "\x1f\x8bno")
	long := "id,m,h,t,value\n"
	for step := 1; step < 2000; step++ {
		long += fmt.Sprintf("a,1,1,%d,%d\n", step, step*step%101)
	}
	whole, err := os.ReadFile(inFile(t, dir, "cut.csv.gz", long))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{damaged: "TRAIN: packed, but not readable as gzip", inFile(t, dir, "cut.csv", string(whole[:len(whole)-9])): "TRAIN after line "} {
		if _, _, err := runFilter(nil, "forecast", name); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
