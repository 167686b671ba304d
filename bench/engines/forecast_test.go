package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tandem/analytics/forecast"
	"tandem/analytics/odd"
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

func TestARangeThatMissedPaysOnEitherSide(t *testing.T) {
	near(t, "inside", intervalScore(3, 2, 5, .05), 3)
	near(t, "below", intervalScore(1, 2, 5, .05), 3+40)
	near(t, "above", intervalScore(7, 2, 5, .2), 3+20)
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

// TestTheBoardScoresAFolder makes a small folder as the shared one is and wants every row of the board.
func TestTheBoardScoresAFolder(t *testing.T) {
	shared := t.TempDir()
	dir := filepath.Join(shared, "data", "forecast")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	train, test, targets, goals := "id,group,m,h,t,value\n", "id,step,value\n", "id,k,target,dir,hit\n", "id,summed_per_day,day,value\n"
	for i, group := range []string{"daily", "monthly", "yearly", "daily", "monthly", "yearly"} {
		m := []int{7, 12, 1}[i%3]
		level := 50.0
		value := func() float64 { level += rng.NormFloat64(); return level + rng.NormFloat64() }
		for k := range 60 {
			train += fmt.Sprintf("s%d,%s,%d,4,%d,%.3f\n", i, group, m, k+1, value())
		}
		for k := range 4 {
			test += fmt.Sprintf("s%d,%d,%.3f\n", i, k+1, value())
		}
		for k := range 2 {
			targets += fmt.Sprintf("s%d,%d,%.3f,%d,%d\n", i, k, level+float64(k), 1-2*k, i%2)
		}
		for day := 0; day < 400; day += 1 + rng.IntN(1+4*(i%2)) + rng.IntN(2)*rng.IntN(20)*(i%2) {
			goals += fmt.Sprintf("g%d,%d,%d,%.3f\n", i, i/3, day, math.Abs(value()))
		}
	}
	for name, text := range map[string]string{"cal_train.csv.gz": train, "cal_test.csv.gz": test, "cal_targets.csv": targets, "goal_irregular.csv.gz": goals} {
		if strings.HasSuffix(name, ".gz") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write([]byte(text))
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			text = b.String()
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := run(&out, shared, "forecast,personal", ""); err != nil {
		t.Fatal(err)
	}
	if err := run(&out, shared, "weather", ""); err == nil || !strings.Contains(err.Error(), "weather") {
		t.Errorf("a part that there is not: %v", err)
	}
	for _, want := range []string{"naive             ALL            6", "seasonal naive    daily          2", "theta             once          12", "tandem            monthly        2",
		"tandem            held          18", "readings, often", "totals", "counts a week", "bounded shares", "2 value(s)"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no row %q in\n%s", want, out.String())
		}
	}
	table := filepath.Join(shared, "table.go")
	if err := learnCalibration(shared, table); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(table); err != nil || !strings.Contains(string(text), "Quarterly: {") {
		t.Error(err, string(text))
	}
	if err := forecastBoard(t.TempDir(), &out); err == nil {
		t.Error("an empty folder is scored")
	}
}

func TestTheBoardOfOddSeries(t *testing.T) {
	var out bytes.Buffer
	if err := oddRows(odd.All()[:2], &out); err != nil || !strings.Contains(out.String(), "\n| nothing | 0 | 0.") || !strings.HasSuffix(out.String(), " | 50 | 10 |\n") {
		t.Errorf("%v %s", err, out.String())
	}
}
