package cli_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tandem/cli"
)

const impactMeta = "id,n,t0,shape,control\n"

// impactFiles makes n series with a step of three noise sd from day 60.
func impactFiles(n int) (series, meta string) {
	rng := rand.New(rand.NewPCG(1, 1))
	var s, m strings.Builder
	s.WriteString("id,t,y,x,dose\n")
	m.WriteString(impactMeta)
	for k := range n {
		for t := 1; t <= 100; t++ {
			y := 10 + rng.NormFloat64()
			if t >= 60 {
				y += 3
			}
			text := strconv.FormatFloat(y, 'g', -1, 64)
			if t%9 == 0 {
				text = ""
			}
			fmt.Fprintf(&s, "S%d,%d,%s,,0\n", k, t, text)
		}
		fmt.Fprintf(&m, "S%d,100,60,step,0\n", k)
	}
	return s.String(), m.String()
}

func TestImpactFilterAnswersInOrder(t *testing.T) {
	series, meta := impactFiles(3)
	dir := t.TempDir()
	packed, plain := inFile(t, dir, "series.csv.gz", series), inFile(t, dir, "meta.csv", meta)
	ms := filepath.Join(dir, "ms.csv")
	out, _, err := runFilter(nil, "impact", packed, plain, "--ms", ms)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 4 || strings.Join(rows[0], ",") != "id,effect,lo95,hi95,p" {
		t.Fatalf("%q %v", out, err)
	}
	for i, r := range rows[1:] {
		var v [4]float64
		for k := range v {
			if v[k], err = strconv.ParseFloat(r[k+1], 64); err != nil {
				t.Fatal(err)
			}
		}
		if r[0] != fmt.Sprintf("S%d", i) || math.Abs(v[0]-3) > 1.5 || v[1] > v[0] || v[2] < v[0] || v[3] > .05 {
			t.Errorf("%v", r)
		}
	}
	times, err := os.ReadFile(ms)
	if err != nil || strings.Count(string(times), "\n") != 4 || !strings.HasPrefix(string(times), "id,ms\nS0,") {
		t.Errorf("%q %v", times, err)
	}
	// flags, a file to write, and the same bits
	to := filepath.Join(dir, "out.csv")
	if _, _, err := runFilter(nil, "impact", "--series", packed, "--meta", plain, "--out", to); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(to); err != nil || string(again) != out {
		t.Errorf("%q, was %q", again, out)
	}
	if full, _, err := runFilter(nil, "impact", packed, plain, "--full", "--placebos", "20"); err != nil || !strings.Contains(full, "likely") {
		t.Errorf("%q %v", full, err)
	}
}

func TestImpactFilterNamesWhatIsWrong(t *testing.T) {
	meta := impactMeta + "A,3,2,step,0\nB,3,2,step,0\n"
	good := "id,t,y,x,dose\nA,1,1,,0\nA,2,2,,0\nB,1,1,,0\n"
	for _, c := range []struct{ name, series, meta, want string }{
		{"a word", "id,t,y\nA,1,x1\n", meta, `SERIES line 2, column y: "x1"`},
		{"a huge number", "id,t,y\nA,1,1e99\n", meta, `SERIES line 2, column y: "1e99"`},
		{"no number at all", "id,t,y\nA,1,NaN\n", meta, `SERIES line 2, column y: "NaN"`},
		{"a day that falls back", "id,t,y\nA,2,1\nA,2,1\n", meta, `SERIES line 3, column t: "2" does not rise`},
		{"day nought", "id,t,y\nA,0,1\n", meta, `SERIES line 2, column t: "0"`},
		{"no header", "", meta, "SERIES line 1: the file is empty. Accepted: a head line id,t,y"},
		{"no column", "id,y\nA,1\n", meta, "SERIES line 1, column t: missing"},
		{"too few fields", "id,t,y\nA,1\n", meta, "SERIES line 2: 2 columns. Accepted: 3"},
		{"a quote", "id,t,y\nA,1,\"2\n", meta, "SERIES line"},
		{"no row of meta", "id,t,y\nC,1,1\n", meta, `SERIES line 2, column id: "C" has no row in META`},
		{"a series in two parts", good + "A,3,2,,0\n", meta, `SERIES line 5, column id: "A" has no row in META that is still free`},
		{"a shape", good, impactMeta + "A,3,2,jump,0\n", `META line 2, column shape: "jump"`},
		{"a truth", good, "id,t0,shape,down\nA,2,step,yes\n", `META line 2, column down: "yes"`},
		{"nine effects", good, "id,t0,shape\n" + strings.Repeat("A,2,step\n", 9), `META line 10, column id: "A" has too many rows`},
		{"a start", good, impactMeta + "A,3,soon,step,0\n", `META line 2, column t0: "soon"`},
		{"a series too few", "id,t,y\nA,1,1\n", meta, `META line 3, column id: "B" has no series`},
		{"twice in meta", good, impactMeta + "B,3,2,step,0\nC,3,2,step,0\nB,3,2,step,0\nA,3,2,step,0\n", `META line 4, column id: "B" comes twice`},
	} {
		err := cli.ImpactFilter(strings.NewReader(c.series), strings.NewReader(c.meta), io.Discard, nil, cli.ImpactOptions{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	// meta in another order is taken
	var out bytes.Buffer
	if err := cli.ImpactFilter(strings.NewReader(good), strings.NewReader(impactMeta+"B,3,2,step,0\nA,3,2,step,0\n"), &out, nil, cli.ImpactOptions{}); err != nil || !strings.Contains(out.String(), "\nB,") {
		t.Errorf("%v %q", err, out.String())
	}
}

func TestImpactFilterHoldsOneSeriesAtATime(t *testing.T) {
	sameHeap(t, func(n int) uint64 {
		series := &growing{n: n, part: func(i int) string {
			var s strings.Builder
			if i == 0 {
				s.WriteString("id,t,y\n")
			}
			for t := 1; t <= 30; t++ {
				fmt.Fprintf(&s, "S%d,%d,%d\n", i, t, t*i%7)
			}
			return s.String()
		}}
		meta := &growing{n: n, part: func(i int) string {
			row := fmt.Sprintf("S%d,30,15,step,0\n", i)
			if i == 0 {
				return impactMeta + row
			}
			return row
		}}
		if err := cli.ImpactFilter(series, meta, io.Discard, io.Discard, cli.ImpactOptions{}); err != nil {
			t.Fatal(err)
		}
		return series.most
	})
}

func TestImpactFilterTellsSeveralEffectsApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	var s strings.Builder
	s.WriteString("id,t,y,x,x2,dose,dose2\n")
	level := 0.0
	for i := 1; i <= 240; i++ {
		level += rng.NormFloat64()
		y := rng.NormFloat64() + 2*level
		if i >= 90 {
			y += 3
		}
		dose := 0
		if i >= 160 {
			y += 4
			dose = 30
		}
		fmt.Fprintf(&s, "A,%d,%g,%g,%g,,%d\n", i, y, rng.NormFloat64(), level, dose)
	}
	s.WriteString("B,1,1,,,,\n")
	meta := "id,t0,shape,control,worth,down,late\nA,90,step,2,1,0,0\nA,160,dose,,,,\nB,1,ramp,0,,,1\n"
	var out, ms bytes.Buffer
	if err := cli.ImpactFilter(strings.NewReader(s.String()), strings.NewReader(meta), &out, &ms, cli.ImpactOptions{Full: true}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 4 || rows[1][0] != "A" || rows[2][0] != "A" || rows[3][0] != "B" || strings.Count(ms.String(), "\n") != 3 {
		t.Fatalf("%v %v %q", rows, err, ms.String())
	}
	for i, truth := range []float64{3, 4} {
		lo, _ := strconv.ParseFloat(rows[i+1][2], 64)
		hi, _ := strconv.ParseFloat(rows[i+1][3], 64)
		if lo > truth || hi < truth || hi-lo > 4 {
			t.Errorf("effect %d of %v: %v to %v", i, truth, lo, hi)
		}
	}
}
