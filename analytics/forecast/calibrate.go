package forecast

import "math"

// A halfWidth holds the half-widths of the 50, 80 and 95 % ranges in standard deviations of the model.
type halfWidth [3]float64

// prior is the row that the table's thin cells were shrunk to, which also stands where it knows nothing.
func prior() halfWidth { return halfWidth{.75, 1.45, 2.4} }

// CalibrationRow gives the row of the calibration's table for a number of values, CalibrationColumn the
// column for a step ahead (from 1).
func CalibrationRow(count int) int { return group(count, []int{2, 4, 6, 9, 15, 30, 80}) }

// CalibrationColumn is told at CalibrationRow.
func CalibrationColumn(step int) int { return group(step, []int{1, 3, 6, 10}) }

func group(n int, edges []int) int {
	i := 0
	for i < len(edges) && n > edges[i] {
		i++
	}
	return i
}

const tableEnd, farStep = 14, 60 // the middle of the table's last group of steps; far beyond all it saw

// halfWidths gives the half-widths of the likely ranges for each step up to h, from the calibration by
// number of values and calendar step. Between the middles of the table's groups of steps they follow a
// line over the logarithm of the step, so that a range has no kinks. Beyond the table they widen to the
// prior row: nothing was learnt there that could narrow a range.
func halfWidths(kind Calendar, count, h int) []halfWidth {
	row := CalibrationRow(count)
	var at [6]halfWidth
	for i := range calibration[kind][row] {
		at[i] = calibration[kind][row][i]
		if at[i][0] == 0 {
			at[i] = calibration[AnyStep][row][i]
		}
		if row == 0 { // one or two values never promise more than three or four do
			for q, c := range calibration[AnyStep][1][i] {
				at[i][q] = max(at[i][q], c)
			}
		}
	}
	for q, p := range prior() {
		at[5][q] = max(at[4][q], p)
	}
	middles := [6]float64{0, math.Log(2.5), math.Log(5), math.Log(8.5), math.Log(tableEnd), math.Log(farStep)}
	out := make([]halfWidth, h)
	for k := range h {
		x, i := math.Log(float64(k+1)), 0
		for i < len(middles)-2 && x > middles[i+1] {
			i++
		}
		w := min((x-middles[i])/(middles[i+1]-middles[i]), 1)
		for q := range out[k] {
			out[k][q] = float64(at[i][q]*(1-w)) + float64(at[i+1][q]*w)
		}
	}
	return out
}

// widths gives the half-widths that m's ranges and paths follow.
func (m model) widths(h int) []halfWidth {
	out := halfWidths(m.kind, m.count, h)
	for k := range out {
		for q := range out[k] {
			out[k][q] *= m.factor
		}
	}
	return out
}

// A stretch takes a number of a path on the z-scale to the size that the calibration knows, on the
// component's scale: a deviation of so many Gaussian standard deviations follows a line through the
// half-widths, the last piece carried on. It is written without branches, which nobody could foretell.
type stretch struct {
	mean, perSD    float64 // what the path is expected to be, and 1/its standard deviation
	middle         float64 // the mean on the component's scale
	near, mid, far float64 // slope up to the 50 % width, and what is added past it and past the 80 % one
}

const (
	q50 = .6745
	q80 = 1.2816
	q95 = 1.96
)

// stretch is made for a number of that mean and standard deviation; unit and origin are the component's.
func (c halfWidth) stretch(mean, sd, unit, origin float64) stretch {
	near, mid, far := c[0]/q50, (c[1]-c[0])/(q80-q50), (c[2]-c[1])/(q95-q80)
	size := float64(sd * unit)
	return stretch{mean, 1 / sd, float64(mean*unit) + origin, float64(near * size), float64((mid - near) * size), float64((far - mid) * size)}
}

func (s *stretch) apply(v float64) float64 {
	d := float64((v - s.mean) * s.perSD)
	a := math.Abs(d)
	past := float64(s.mid*max(a-q50, 0)) + float64(s.far*max(a-q80, 0))
	// copysign of a past that may be negative: its sign is turned where d's is
	return s.middle + float64(s.near*d) + math.Float64frombits(math.Float64bits(past)^math.Float64bits(d)&(1<<63))
}
