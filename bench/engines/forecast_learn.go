package main

import (
	"bytes"
	"fmt"
	"go/format"
	"math"
	"os"
	"path/filepath"
	"slices"

	"tandem/analytics/forecast"
	"tandem/analytics/stats"
)

// How far a cell of the calibration's table is trusted: a cell of n errors counts n/(n+pooledWeight) beside
// the prior row when it pools all calendar steps, and n/(n+ownWeight) beside the pooled cell when not.
const (
	pooledWeight = 100
	ownWeight    = 200
)

// A calibrationCell names a cell of the table: calendar step, group of the number of values, group of the
// step ahead.
type calibrationCell struct {
	step     forecast.Calendar
	row, col int
}

// learnCalibration makes the table of half-widths again from the calibration series under shared, and
// writes it as Go to the file.
func learnCalibration(shared, file string) error {
	cases, err := readForecastCases(filepath.Join(shared, "data", "forecast"))
	if err != nil {
		return err
	}
	errors := map[calibrationCell][]float64{}
	for i, c := range cases {
		for _, cut := range cutsOf(c, i) {
			if err := addErrors(errors, cut); err != nil {
				return err
			}
		}
	}
	source, err := format.Source(calibrationSource(errors))
	if err != nil {
		return err
	}
	return os.WriteFile(file, source, 0o644)
}

// cutsOf gives the series in full and, of some, short pieces from its end: long public series say
// nothing of the first weeks of a goal.
func cutsOf(c *forecastCase, number int) (cuts []*forecastCase) {
	cut := func(n, m int) {
		short := *c
		short.y, short.m = c.y[max(0, len(c.y)-n):], m
		if len(seen(short.y)) >= 1 && !math.IsNaN(short.y[len(short.y)-1]) {
			cuts = append(cuts, &short)
		}
	}
	season := func(every int) int {
		if number%4 == every {
			return c.m
		}
		return 1
	}
	cut(len(c.y), c.m)
	cut(1+number%2, 1)
	if c.m == 1 || c.m == 4 {
		cut(3+number%13, season(0))
	}
	if number%2 == 0 && len(c.y) > 40 {
		m := c.m
		if number%4 == 0 {
			m = 1
		}
		cut(16+number%24, m)
	}
	return cuts
}

// addErrors adds the standardised errors of one series to their cells.
func addErrors(errors map[calibrationCell][]float64, c *forecastCase) error {
	f, err := forecast.RunSeries(seriesOf(c, forecast.Once, nil))
	if err != nil {
		return err
	}
	for k, v := range c.after {
		if math.IsNaN(v) {
			continue
		}
		if f.Log {
			v = math.Log(max(v, 1e-9))
		}
		z := math.Abs(v-f.Middle[k]) / (f.Spread[k] * f.Track.Factor)
		at := calibrationCell{forecast.CalendarOf(c.group), forecast.CalibrationRow(f.N), forecast.CalibrationColumn(k + 1)}
		errors[at] = append(errors[at], z)
		if at.step != forecast.AnyStep {
			at.step = forecast.AnyStep
			errors[at] = append(errors[at], z)
		}
	}
	return nil
}

// calibrationSource writes the table: quantiles of the errors, shrunk as pooledWeight and ownWeight say.
func calibrationSource(errors map[calibrationCell][]float64) []byte {
	var b bytes.Buffer
	b.WriteString(calibrationHead)
	names := []string{"AnyStep", "Daily", "Weekly", "Monthly", "Quarterly", "Yearly"}
	pooled := map[calibrationCell][3]float64{}
	for step, name := range names {
		fmt.Fprintf(&b, "%s: {\n", name)
		for row := range 8 {
			b.WriteString("{")
			for col := range 5 {
				at := calibrationCell{forecast.Calendar(step), row, col}
				parent, weight := [3]float64{.75, 1.45, 2.4}, float64(pooledWeight)
				if step > 0 {
					parent, weight = pooled[calibrationCell{forecast.AnyStep, row, col}], ownWeight
				}
				zs := errors[at]
				if len(zs) == 0 {
					b.WriteString("{}, ")
					continue
				}
				slices.Sort(zs)
				w := float64(len(zs)) / (float64(len(zs)) + weight)
				var cell [3]float64
				// a little past 95 %, for what is learnt here is a little too sure of itself elsewhere
				for q, p := range []float64{.5, .8, .952} {
					cell[q] = w*stats.Quantile(zs, p) + (1-w)*parent[q]
				}
				if step == 0 {
					pooled[at] = cell
				}
				fmt.Fprintf(&b, "{%.4f, %.4f, %.4f}, ", cell[0], cell[1], cell[2])
			}
			b.WriteString("},\n")
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

const calibrationHead = `package forecast

//go:generate go run tandem/bench/engines -shared ../../../shared -learn calibtable.go

// Half-widths of the likely ranges in standard deviations of the model, for 50, 80 and 95 %.
//
// Learnt on 2,414 public series (M3, M4 weekly, NN5 daily windows) as the quantiles of the standardised
// forecast error, by calendar step, number of values (at most 2, 4, 6, 9, 15, 30, 80, more) and step ahead
// (1, to 3, to 6, to 10, more); thin cells are shrunk towards the row of all calendar steps, and that
// row towards (0.75, 1.45, 2.4). A Gaussian error would ask for 0.6745, 1.2816 and 1.96: models are
// over-confident most of all with few values. An empty cell falls back to the row of all calendar steps.
// go generate makes it again.
var calibration = [6][8][5]halfWidth{
`
