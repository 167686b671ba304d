package cli_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

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
	train := inFile(t, dir, "train.csv.gz", twoSeries)
	targets := inFile(t, dir, "targets.csv", "id,k,target,dir,hit\na,0,9,1,0\na,1,1000,-1,0\n\"b,1\",0,11,1,1\n")
	probs, ms := filepath.Join(dir, "probs.csv"), filepath.Join(dir, "ms.csv")
	out, notes, err := runFilter(nil, "forecast", train, "--targets", targets, "--probs", probs, "--ms", ms)
	if err != nil || notes != "" {
		t.Fatal(err, notes)
	}
	plain, _, err := runFilter(strings.NewReader(twoSeries), "forecast")
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
		targets := inFile(t, t.TempDir(), "targets.csv", "id,k,target,dir\nx,0,20,1\n")
		probs := targets + ".probs"
		out, notes, err := runFilter(strings.NewReader(in), "forecast", "--targets", targets, "--probs", probs)
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
		{"no file", "", "TRAIN line 1: the file is empty. Accepted: a head line id,m,h,t,value"},
		{"a missing column", "id,m,h,value\n", "TRAIN line 1, column t: missing"},
		{"a word for a value", with("3,6", "3,six"), `TRAIN line 4, column value: "six". Accepted: a number`},
		{"an endless value", with("3,6", "3,1e400"), `TRAIN line 4, column value: "1e400"`},
		{"a horizon of none", with("a,daily,7,3,1", "a,daily,7,0,1"), `TRAIN line 2, column h: "0". Accepted: a whole number from 1`},
		{"no season", with("a,daily,7,3,1", "a,daily,,3,1"), `TRAIN line 2, column m: ""`},
		{"a step left out", with("a,daily,7,3,3,6\n", ""), `TRAIN line 4, column t: "4". Accepted: 3`},
		{"a row too long", with("3,6\n", "3,6,6\n"), "TRAIN line 4: 7 columns. Accepted: 6"},
		{"a stray quote", with("3,6\n", "3,\"6\n"), "a quote stands where none may"},
	} {
		_, _, err := runFilter(strings.NewReader(c.in), "forecast")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	dir := t.TempDir()
	for text, want := range map[string]string{
		"id,k,target,dir\na,0,x,1\n":                 `TARGETS line 2, column target: "x"`,
		"id,k,target,dir\na,0,5,0\n":                 `TARGETS line 2, column dir: "0". Accepted: 1`,
		"id,k,target,dir\n\"b,1\",0,5,1\na,0,5,1\n":  `TARGETS line 3, column id: "a" does not come in TRAIN`,
		"id,k,target,dir\na,0,5,1\nnowhere,0,5,-1\n": `TARGETS line 3, column id: "nowhere"`,
	} {
		targets := inFile(t, dir, "targets.csv", text)
		_, _, err := runFilter(strings.NewReader(twoSeries), "forecast", "--targets", targets, "--probs", targets+".out")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestForecastHoldsOneSeriesAtATime(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	sameHeap(t, func(n int) uint64 {
		g := &growing{n: n, part: func(i int) string {
			var s strings.Builder
			if i == 0 {
				s.WriteString("id,group,m,h,t,value\n")
			}
			for t := 1; t <= 3; t++ {
				fmt.Fprintf(&s, "s%d,other,1,1,%d,%d\n", i, t, t*i%7)
			}
			return s.String()
		}}
		if _, _, err := runFilter(g, "forecast", "-", out); err != nil {
			t.Fatal(err)
		}
		return g.most
	})
}
