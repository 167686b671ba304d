package impact

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"tandem/tandemtest"
)

// A classic is a series with a published answer of another program.
type classic struct {
	name, file string
	comma      rune
	dated      bool   // the first column is a date
	from, to   string // dates of the start and after the end, else rows
	start, end int
	season     int
	add        float64 // added since the start
	// what this engine says, with how far it may move, and what was published
	mean, lo, hi, near      float64
	published, pubLo, pubHi float64
}

// The published answers are the outputs of R's CausalImpact in the notebooks of tfcausalimpact, whose
// level may move very little by default; this engine also asks how much it does, and whether there is a
// slope. So the demand is that each mean lies within the other's range, and not that ranges are as narrow.
var classics = []classic{
	{name: "the README's series", file: "ci_arma.csv", start: 70, season: 1, mean: .706, lo: -.324, hi: 1.461, published: .89, pubLo: .27, pubHi: 1.50},
	{name: "the same with 5 added", file: "ci_arma.csv", start: 70, season: 1, add: 5, mean: 5.706, lo: 4.676, hi: 6.461, published: 5.89, pubLo: 5.27, pubHi: 6.50},
	{name: "comparison", file: "ci_comparison.csv", dated: true, from: "2019-07-15", to: "2019-08-01", mean: -858.7, lo: -2416.5, hi: 491.0, published: -657, pubLo: -2076, pubHi: 832},
	{name: "Volkswagen", file: "ci_volks.csv", comma: ' ', dated: true, from: "2015-09-20", to: "2017-03-19", season: 1, mean: -39.41, lo: -60.13, hi: -18.37, published: -44, pubLo: -55, pubHi: -33},
	{name: "Basque", file: "ci_basque.csv", dated: true, from: "1976", season: 1, mean: -.847, lo: -1.150, hi: -.559, published: -.76, pubLo: -1.4, pubHi: -.2},
}

func (c *classic) question(t testing.TB, shared string) Question {
	f, err := os.Open(filepath.Join(shared, "data/impact", c.file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	if c.comma != 0 {
		r.Comma = c.comma
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:]
	var q Question
	start := c.start
	first := 0
	if c.dated {
		first, start = 1, 0
		for i, row := range rows {
			if row[0] < c.from {
				start = i + 1
			}
		}
		for i, row := range rows {
			if c.to != "" && row[0] > c.to {
				rows = rows[:i]
				break
			}
		}
	}
	for k := first + 1; k < len(rows[0]); k++ {
		q.Controls = append(q.Controls, nil)
	}
	for i, row := range rows {
		for k, s := range row[first:] {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatal(err)
			}
			if k == 0 {
				if i >= start {
					v += c.add
				}
				q.Values = append(q.Values, v)
			} else {
				q.Controls[k-1] = append(q.Controls[k-1], v)
			}
		}
	}
	q.Season = c.season
	q.Effects = []Effect{{Shape: AnyForm, Start: start}}
	return q
}

func TestClassicExamples(t *testing.T) {
	shared := tandemtest.Shared(t)
	if shared == "" {
		return
	}
	for _, c := range classics {
		d := answer(t, c.question(t, shared)).Effects[0]
		t.Logf("%s: %.3f [%.3f, %.3f], published %.2f [%.2f, %.2f]", c.name, d.Mean, d.Lo95, d.Hi95, c.published, c.pubLo, c.pubHi)
		if d.Mean < c.pubLo || d.Mean > c.pubHi || c.published < d.Lo95 || c.published > d.Hi95 {
			t.Errorf("%s: %.3f [%.3f, %.3f] and the published %.2f [%.2f, %.2f] are not each within the other's range", c.name, d.Mean, d.Lo95, d.Hi95, c.published, c.pubLo, c.pubHi)
		}
		for i, got := range []float64{d.Mean, d.Lo95, d.Hi95} {
			if want := []float64{c.mean, c.lo, c.hi}[i]; math.Abs(got-want) > .01*(c.hi-c.lo) {
				t.Errorf("%s: figure %d is %.4g, was %.4g", c.name, i, got, want)
			}
		}
	}
}
