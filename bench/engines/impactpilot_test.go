package main

import (
	"fmt"
	"math"
	"math/bits"
	"os"
	"strconv"
	"strings"
	"testing"

	"tandem/analytics/impact"
)

func TestPilotsAreHonest(t *testing.T) {
	for _, draw := range []impact.Draw{impact.EachPair, impact.FewTurns} {
		if s := pilots(200, 0, 1, draw, impact.Prior{}); s.engine > .1 || s.order > .1 || s.bound > .1 || s.research > .12 {
			t.Errorf("%+v without an effect", s)
		}
		if s := pilots(100, 1, 2, draw, impact.Prior{}); s.engine < .85 || s.order < .4 || s.bound < s.engine-.03 || s.research < .85 {
			t.Errorf("%+v with one sd", s)
		}
	}
}

// TestTheResearchsAnalysisIsItsOwn compares with what pilots.py says of the same pilots (testdata): values by day and
// days with, and before them its difference and its two-sided chance.
func TestTheResearchsAnalysisIsItsOwn(t *testing.T) {
	text, err := os.ReadFile("testdata/research_pilots.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) != 12 {
		t.Fatalf("%d lines", len(lines))
	}
	for k := 0; k < len(lines); k += 3 {
		var want [2]float64
		if _, err := fmt.Sscan(lines[k], &want[0], &want[1]); err != nil {
			t.Fatal(err)
		}
		var y []float64
		for _, v := range strings.Fields(lines[k+1]) {
			x, err := strconv.ParseFloat(v, 64)
			if err != nil {
				x = math.NaN()
			}
			y = append(y, x)
		}
		on := make([]bool, len(y))
		for i := range on {
			on[i] = lines[k+2][i] == '1'
		}
		difference, chance := researchPilot(y, on)
		if math.Abs(difference-want[0]) > 1e-6*math.Abs(want[0]) || math.Abs(chance-want[1]) > 1e-6 {
			t.Errorf("pilot %d: %v, %v, want %v", k/3+1, difference, chance, want)
		}
	}
}

func TestStudentBelow(t *testing.T) {
	for _, c := range []struct {
		x, want float64
		dof     int
	}{{0, .5, 7}, {12.7062, .975, 1}, {4.30265, .975, 2}, {2.5706, .975, 5}, {-2.2281, .025, 10}, {2.5, .9926978, 75}, {-1.9, .0305644, 78}, {.3, .6104393, 4}, {40, .9999828, 3}} {
		if got := studentBelow(c.x, c.dof); math.Abs(got-c.want) > 2e-6 {
			t.Errorf("%v with %d: %v, want %v", c.x, c.dof, got, c.want)
		}
	}
}

// TestTheOrdersLeftOutTellLeast works out, for every order and a spread of ways in which a number may move by itself,
// how unsure the difference would be for who knows them: no order that is left out is surer than one that is drawn.
func TestTheOrdersLeftOutTellLeast(t *testing.T) {
	for _, c := range []struct{ pairs, days int }{{6, 7}, {6, 14}, {7, 7}, {8, 7}} {
		drawn, left := [2]float64{math.Inf(1), 0}, [2]float64{math.Inf(1), 0} // smallest and largest variance
		for o := range 1 << (c.pairs - 1) {                                   // swapping on and off changes nothing
			n := 2 * c.pairs * c.days
			p := piloted{y: make([]float64, n), on: make([]bool, n)}
			for t := range p.on {
				p.on[t] = (t/c.days%2 == 0) == (o>>(t/c.days/2)&1 == 1)
			}
			variance := 0.0
			for _, p.rho = range []float64{0, .3, .6} {
				for _, p.wander = range []float64{0, .08, .15} {
					_, information := p.score()
					variance += 1 / information / 9
				}
			}
			of := &drawn
			if bits.OnesCount(uint((o^o>>1)&(1<<(c.pairs-1)-1))) > c.pairs/2 {
				of = &left
			}
			of[0], of[1] = min(of[0], variance), max(of[1], variance)
		}
		t.Logf("%d pairs of %d days: variance drawn %.4f to %.4f, left out %.4f to %.4f", c.pairs, c.days, drawn[0], drawn[1], left[0], left[1])
		if !(left[0] > drawn[1]) {
			t.Errorf("%d pairs of %d days: drawn up to %v, left out from %v", c.pairs, c.days, drawn[1], left[0])
		}
	}
}
