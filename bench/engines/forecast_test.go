package main

import (
	"math"
	"strings"
	"testing"

	"tandem/analytics/forecast"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*(1+math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// TestScoresAreThoseOfTheDefinition scores one small series by hand.
func TestScoresAreThoseOfTheDefinition(t *testing.T) {
	c := &forecastCase{group: "other", m: 1, h: 3, y: []float64{1, math.NaN(), 4, 6}, after: []float64{8, math.NaN(), 5},
		targets: []forecastTarget{{7, true, true}, {4, false, false}}}
	a := answer{mean: []float64{6, 6, 4}, lo80: []float64{5, 5, 3}, hi80: []float64{7, 7, 6}, lo95: []float64{4, 4, 2}, hi95: []float64{9, 9, 4.5},
		chances: []float64{.8, .3}}
	s := newForecastScore("hand")
	s.add(c, a)
	g := s.groups["ALL"]
	near(t, "unit", maseUnit(c.y, 1), 2) // only 4 → 6 is a pair
	near(t, "sMAPE", g.smape, (200*2.0/14+200*1.0/9)/2)
	near(t, "MASE", g.mase, (1+.5)/2)
	near(t, "Naive2's MASE", g.mase2, (1+.5)/2)
	near(t, "OWA", g.owa(), .5*(g.smape/((200*2.0/14+200*1.0/11)/2)+1))
	near(t, "80 %", g.in80, .5)
	near(t, "95 %", g.in95, .5)
	near(t, "MSIS80", g.score80, ((2+10*1.0)/2+3.0/2)/2)
	near(t, "MSIS95", g.score95, (5.0/2+(2.5+40*.5)/2)/2)
	near(t, "Brier", s.chance.brier, .2*.2+.3*.3)
	near(t, "ECE", s.chance.ece(), (.2+.3)/2)
	near(t, "log loss", s.chance.log, -math.Log(.8)-math.Log(.7))
}

func TestNaive2FollowsASeason(t *testing.T) {
	var y []float64
	for i := range 24 {
		y = append(y, []float64{10, 20, 30, 40}[i%4])
	}
	for k, v := range naive2(y, 4, 6) {
		near(t, "step", v, []float64{10, 20, 30, 40}[k%4])
	}
	if isSeasonal([]float64{1, 2, 3, 4, 5, 6, 7}, 4) {
		t.Error("seven values have a season of four")
	}
}

func TestThetaIsALineOnALine(t *testing.T) {
	var y []float64
	for i := range 40 {
		y = append(y, 3+2*float64(i))
	}
	a := thetaPeer(&forecastCase{m: 1, h: 4, y: y})
	for k, v := range a.mean { // the level follows at once, and half the slope is drift
		if want := y[39] + float64(k+1); math.Abs(v-want) > 1.1 {
			t.Errorf("step %d: %v, want about %v", k+1, v, want)
		}
	}
}

func TestTruthOfEachRule(t *testing.T) {
	after := []float64{1, 5, 2, 4, 6, 3}
	for i, want := range []float64{21, 13.0 / 3, 3} {
		near(t, targetRules[i].name, targetRules[i].truth(after, 1, 1), want)
	}
	near(t, "held, downwards", targetRules[2].truth(after, 1, -1), -5)
}

func TestAThinCellOfTheTableIsShrunk(t *testing.T) {
	errors := map[calibrationCell][]float64{}
	for range 100 { // as many as the prior weighs
		at := calibrationCell{forecast.AnyStep, 2, 0}
		errors[at] = append(errors[at], 1)
	}
	if text := string(calibrationSource(errors)); !strings.Contains(text, "{0.8750, 1.2250, 1.7000}") {
		t.Error(text)
	}
}

func TestShortCutsKeepTheEnd(t *testing.T) {
	c := &forecastCase{m: 4}
	for i := range 60 {
		c.y = append(c.y, float64(i))
	}
	for number := range 12 {
		for _, cut := range cutsOf(c, number) {
			if cut.y[len(cut.y)-1] != 59 {
				t.Errorf("a cut ends with %v", cut.y[len(cut.y)-1])
			}
		}
	}
}
