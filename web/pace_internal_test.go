package web

import (
	"math"
	"testing"

	"tandem"
	"tandem/app"
)

func TestAPaceThatWouldDoIsToldFromOneThatWouldNot(t *testing.T) {
	for _, x := range []struct {
		name        string
		form        tandem.Form
		direction   tandem.Direction
		values      int
		now, needed float64
		want        bool
	}{
		{"falling, twice as fast", tandem.FormReading, tandem.Down, 9, -1.25, -0.637, true},
		{"falling, too slow", tandem.FormReading, tandem.Down, 9, -0.5, -0.637, false},
		{"falling is asked, it rises", tandem.FormReading, tandem.Down, 9, 0.7, -0.637, false},
		{"rising, just enough", tandem.FormReading, tandem.Up, 9, 2, 2, true},
		{"rising is asked, it falls", tandem.FormReading, tandem.Up, 9, -3, 2, false},
		{"a total", tandem.FormTotal, tandem.Up, 9, 3, 2, true},
		{"a total of at most", tandem.FormTotal, tandem.Down, 9, 3, 2, false},
		{"keep within", tandem.FormReading, tandem.Within, 9, 3, 2, false},
		{"nothing is needed any more", tandem.FormReading, tandem.Up, 9, 3, 0, false},
		{"two values", tandem.FormReading, tandem.Up, 2, 3, 2, false},
		{"no pace", tandem.FormReading, tandem.Up, 9, math.NaN(), 2, false},
	} {
		var v app.ResultView
		v.Metric.Form, v.Metric.Direction = x.form, x.direction
		v.Forecast.N, v.Forecast.PaceNow, v.Forecast.PaceNeeded = x.values, x.now, x.needed
		if got := paceWouldDo(v); got != x.want {
			t.Errorf("%s: %v", x.name, got)
		}
	}
}
