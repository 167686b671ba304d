package forecast

import "math"

const (
	gauss80 = 1.2816

	// the row that the table's thin cells were shrunk to, which also stands where it knows nothing
	prior50, prior80, prior95 = .75, 1.45, 2.4
	ratio50                   = prior50 / prior80 // half-width of the 50 % range per that of the 80 % one

	tableEnd, farStep = 14, 60 // the middle of the table's last group of steps; far beyond all it saw
)

// halfWidths gives the half-widths of the 80 and 95 % ranges in standard deviations, for each step up
// to h, from the calibration by number of values and calendar step. Between the middles of the table's
// groups of steps they follow a line over the logarithm of the step, so that a range has no kinks.
// Beyond the table they widen to the prior row: nothing was learnt there that could narrow a range.
func halfWidths(kind Calendar, count, h int) (c80, c95 []float64) {
	edges := [6]int{4, 6, 9, 15, 30, 80}
	row := 0
	for row < len(edges) && count > edges[row] {
		row++
	}
	var at [6][2]float64
	for i := range calibration[kind][row] {
		at[i] = calibration[kind][row][i]
		if at[i][0] == 0 {
			at[i] = calibration[AnyStep][row][i]
		}
	}
	at[5] = [2]float64{max(at[4][0], prior80), max(at[4][1], prior95)}
	middles := [6]float64{0, math.Log(2.5), math.Log(5), math.Log(8.5), math.Log(tableEnd), math.Log(farStep)}
	c80, c95 = make([]float64, h), make([]float64, h)
	for k := range h {
		x, i := math.Log(float64(k+1)), 0
		for i < len(middles)-2 && x > middles[i+1] {
			i++
		}
		w := min((x-middles[i])/(middles[i+1]-middles[i]), 1)
		c80[k] = at[i][0]*(1-w) + at[i+1][0]*w
		c95[k] = at[i][1]*(1-w) + at[i+1][1]*w
	}
	return c80, c95
}
