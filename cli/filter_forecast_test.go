package cli_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"tandem/cli"
)

// filter runs the program's forecast command on standard input and gives what it wrote.
func filter(in io.Reader, args ...string) (out, notes string, err error) {
	root := &cobra.Command{Use: "tandem", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(cli.Commands(func(string) string { return "" })...)
	var o, n bytes.Buffer
	root.SetIn(in)
	root.SetOut(&o)
	root.SetErr(&n)
	root.SetArgs(append([]string{"forecast"}, args...))
	err = root.Execute()
	return o.String(), n.String(), err
}

const twoSeries = `id,group,m,h,t,value
a,daily,7,3,1,4
a,daily,7,3,2,
a,daily,7,3,3,6
a,daily,7,3,4,5
"b,1",other,1,2,1,10
"b,1",other,1,2,2,12
"b,1",other,1,2,3,11
`

func TestForecastAnswersEveryStepOfEverySeries(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(twoSeries)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	train := write("train.csv.gz", packed.String())
	targets := write("targets.csv", "id,k,target,dir,hit\na,0,9,1,0\na,1,1000,-1,0\n\"b,1\",0,11,1,1\n")
	probs, ms := filepath.Join(dir, "probs.csv"), filepath.Join(dir, "ms.csv")
	out, notes, err := filter(nil, train, "--targets", targets, "--probs", probs, "--ms", ms)
	if err != nil || notes != "" {
		t.Fatal(err, notes)
	}
	plain, _, err := filter(strings.NewReader(twoSeries))
	if err != nil || plain != out {
		t.Errorf("standard input and a packed file differ: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 6 || lines[0] != "id,step,mean,lo80,hi80,lo95,hi95" || !strings.HasPrefix(lines[3], "a,3,") || !strings.HasPrefix(lines[5], `"b,1",2,`) {
		t.Fatalf("%q", lines)
	}
	for _, l := range lines[1:] {
		f := strings.Split(l, ",")
		var v [5]float64
		for i := range v {
			v[i], err = strconv.ParseFloat(f[len(f)-5+i], 64)
			if err != nil || math.IsNaN(v[i]) || math.IsInf(v[i], 0) {
				t.Fatalf("%s: %v", l, err)
			}
		}
		if !(v[3] <= v[1] && v[1] <= v[0] && v[0] <= v[2] && v[2] <= v[4]) {
			t.Errorf("ranges not nested: %s", l)
		}
	}
	got, err := os.ReadFile(probs)
	if err != nil {
		t.Fatal(err)
	}
	p := strings.Split(strings.TrimSpace(string(got)), "\n")
	if len(p) != 4 || p[0] != "id,k,prob" || !strings.HasPrefix(p[1], "a,0,0.") || !strings.HasPrefix(p[2], "a,1,0.99") || !strings.HasPrefix(p[3], `"b,1",0,0.`) {
		t.Errorf("%q", p)
	}
	got, err = os.ReadFile(ms)
	if err != nil || strings.Count(string(got), "\n") != 3 {
		t.Errorf("%q %v", got, err)
	}
}

func TestForecastOfFewValues(t *testing.T) {
	for n, want := range []string{"has no value", "is a guess", "is a guess"} {
		in := "id,m,h,t,value\nx,1,2,1,\n"
		for k := range n {
			in += fmt.Sprintf("x,1,2,%d,%d\n", k+2, 7+k)
		}
		targets := filepath.Join(t.TempDir(), "targets.csv")
		if err := os.WriteFile(targets, []byte("id,k,target,dir\nx,0,20,1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		probs := targets + ".probs"
		out, notes, err := filter(strings.NewReader(in), "--targets", targets, "--probs", probs)
		if err != nil || !strings.Contains(notes, want) {
			t.Errorf("%d values: %v, %q", n, err, notes)
		}
		rows := 0
		if n > 0 {
			rows = 2
		}
		if strings.Count(out, "\n") != 1+rows {
			t.Errorf("%d values: %q", n, out)
		}
		if p, err := os.ReadFile(probs); err != nil || strings.Count(string(p), "\n") != 1+rows/2 {
			t.Errorf("%d values: %q %v", n, p, err)
		}
	}
}

func TestForecastSaysWhatIsWrongAndWhere(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(twoSeries, old, new, 1) }
	for _, c := range []struct{ name, in, want string }{
		{"no file", "", "TRAIN line 0: the file is empty. Accepted: a head line id,m,h,t,value"},
		{"a missing column", "id,m,h,value\n", "TRAIN line 1, column t: missing"},
		{"a word for a value", with("3,6", "3,six"), `TRAIN line 4, column value: "six". Accepted: a number`},
		{"an endless value", with("3,6", "3,1e400"), `TRAIN line 4, column value: "1e400"`},
		{"a horizon of none", with("a,daily,7,3,1", "a,daily,7,0,1"), `TRAIN line 2, column h: "0". Accepted: a whole number from 1`},
		{"no season", with("a,daily,7,3,1", "a,daily,,3,1"), `TRAIN line 2, column m: ""`},
		{"a step left out", with("a,daily,7,3,3,6\n", ""), `TRAIN line 4, column t: "4". Accepted: 3`},
		{"a row too long", with("3,6\n", "3,6,6\n"), "TRAIN line 4: 7 columns. Accepted: 6"},
		{"a stray quote", with("3,6\n", "3,\"6\n"), "a quote stands where none may"},
	} {
		_, _, err := filter(strings.NewReader(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	targets := filepath.Join(t.TempDir(), "targets.csv")
	for text, want := range map[string]string{
		"id,k,target,dir\na,0,x,1\n":                 `TARGETS line 2, column target: "x"`,
		"id,k,target,dir\na,0,5,0\n":                 `TARGETS line 2, column dir: "0". Accepted: 1`,
		"id,k,target,dir\n\"b,1\",0,5,1\na,0,5,1\n":  `TARGETS line 3, column id: "a" does not come in TRAIN`,
		"id,k,target,dir\na,0,5,1\nnowhere,0,5,-1\n": `TARGETS line 3, column id: "nowhere"`,
	} {
		if err := os.WriteFile(targets, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := filter(strings.NewReader(twoSeries), "--targets", targets, "--probs", targets+".out")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for _, args := range [][]string{{"--targets", targets}, {"--rule", "often"}, {"nowhere.csv"}, {"a", "b", "c"}} {
		_, _, err := filter(strings.NewReader(twoSeries), args...)
		var coded interface{ ExitCode() int }
		if !errors.As(err, &coded) || coded.ExitCode() != 2 {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// endless gives so many short series without holding them.
type endless struct {
	left  int
	buf   bytes.Buffer
	peaks []uint64 // heap in use, now and then
}

func (e *endless) Read(p []byte) (int, error) {
	for e.buf.Len() < len(p) && e.left > 0 {
		e.left--
		for t := range 3 {
			fmt.Fprintf(&e.buf, "s%d,other,1,1,%d,%d\n", e.left, t+1, t*e.left%7)
		}
		if e.left%4000 == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			e.peaks = append(e.peaks, m.HeapAlloc)
		}
	}
	if e.buf.Len() == 0 {
		return 0, io.EOF
	}
	return e.buf.Read(p)
}

func TestForecastHoldsOneSeriesAtATime(t *testing.T) {
	e := &endless{left: 20000}
	e.buf.WriteString("id,group,m,h,t,value\n")
	_, _, err := filter(e, "-", filepath.Join(t.TempDir(), "out.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if first, last := e.peaks[1], e.peaks[len(e.peaks)-1]; last > first+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", first, last)
	}
}
