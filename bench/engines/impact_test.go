package main

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"tandem/analytics/impact"
	"tandem/cli"
)

// A smaller run of the gates, with room for chance: 800 series have standard errors of about one point.
func TestTheGatesOnFreshSeries(t *testing.T) {
	var all []judged
	for seed := range uint64(2) {
		for _, s := range simulate(400, 900+seed) {
			all = append(all, judge(&s))
		}
	}
	s := tally(all, nil)
	t.Logf("%+v", s)
	if s.falsePositives > .08 || s.cover < .93 || s.cover > .985 || s.power < .56 || s.bigPower < .80 ||
		s.interval > 2.9 || s.rmse > .58 || math.Abs(s.bias) > .06 {
		t.Errorf("%+v", s)
	}
	var hard []judged
	for k, s := range simulate(400, 77) {
		for i := range s.q.Values {
			s.q.Values[i] += s.noise * 30 * float64(1-2*(k/2%2)) * float64(i) / float64(len(s.q.Values))
		}
		hard = append(hard, judge(&s))
	}
	if s := tally(hard, nil); s.falsePositives > .10 || s.cover < .92 {
		t.Errorf("with a steady trend: %+v", s)
	}
}

func TestWatchedEveryWeek(t *testing.T) {
	w := watch(150, 3, impact.Prior{})
	if w.of != 150 || w.looks != 150*15 || w.maybeEver > 33 || w.likelyEver > 14 || w.maybeEver < w.likelyEver {
		t.Errorf("%+v", w)
	}
}

// The scorer is checked on figures that can be counted by hand.
func TestTheTally(t *testing.T) {
	s := tally([]judged{
		{truth: 0, estimate: 1, lo: .5, hi: 2, p: .01, size: 0},
		{truth: 0, estimate: 0, lo: -1, hi: 1, p: .9, size: 0},
		{truth: 2, estimate: 1, lo: 0, hi: 3, p: .06, size: 2},
		{truth: 1, estimate: 2, lo: 1.5, hi: 2.5, p: .001, size: 1},
	}, nil)
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
	if s.n != 4 || !near(s.falsePositives, .5) || !near(s.power, .5) || !near(s.bigPower, 0) || !near(s.cover, .5) || !near(s.bias, 0) ||
		!near(s.rmse, math.Sqrt(3./4)) || !near(s.interval, (1.5+20+2+3+1+20)/4) {
		t.Errorf("%+v", s)
	}
}

// FuzzImpactFilter feeds any two files: an answer or a message, never a panic. It stands here because
// the tests of cli bring both databases along, which take minutes to build for fuzzing.
func FuzzImpactFilter(f *testing.F) {
	f.Add("id,t,y,x,dose\nA,1,1,,\nA,2,3,,\nB,1,4,,\n", "id,n,t0,shape,control\nA,9,2,step,0\nB,3,2,ramp,0\n")
	f.Add("id,t,y,x,dose\nA,1,1,2,3\nA,5,,,\n", "id,n,t0,shape,control\nA,9,3,dose,1\n")
	f.Fuzz(func(t *testing.T, series, meta string) {
		var out bytes.Buffer
		err := cli.ImpactFilter(strings.NewReader(series), strings.NewReader(meta), &out, io.Discard, cli.ImpactOptions{Full: true, Placebos: 5})
		if err != nil && len(err.Error()) < 10 {
			t.Errorf("%q says nothing", err)
		}
		if s := out.String(); strings.Contains(s, ",NaN") || strings.Contains(s, "Inf") {
			t.Errorf("no number in %q", s)
		}
	})
}
