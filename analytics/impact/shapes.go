package impact

import (
	"math"
	"slices"
)

// These are the candidates for what nobody knows beforehand.
var (
	rampDays  = [...]int{7, 14, 28, 42}
	lagDays   = [...]int{2, 4, 7, 14, 21}
	lateDays  = [...]int{0, 7, 14}
	notLate   = [...]int{0}
	straight  = [...]bool{false}
	saturated = [...]bool{false, true}
)

// candidates gives the shapes that e may have, each with mean 1 from Start on (Given as it is).
func (q *Question) candidates(e *Effect) []candidate {
	n, start := len(q.Values), e.Start-q.First
	delays := notLate[:]
	if e.Late {
		delays = lateDays[:]
	}
	var out []candidate
	add := func(w Weight, raw []float64) {
		c := candidate{Weight: w, raw: raw, dose: 1}
		if e.Shape == Dosed {
			c.dose = meanFrom(raw, start)
		}
		if w.Saturated {
			saturate(raw)
		}
		if e.Shape != Given {
			scaleToMeanOne(raw, start)
		}
		out = append(out, c)
	}
	switch e.Shape {
	case Ramp:
		for _, d := range delays {
			if d > 0 && !q.seenFrom(start+d) {
				continue
			}
			for _, length := range rampDays {
				raw := make([]float64, n)
				for i := range raw {
					raw[i] = math.Min(math.Max(float64(i-start-d+1)/float64(length), 0), 1)
				}
				add(Weight{Days: length, Delay: d}, raw)
			}
		}
	case Dosed:
		ways := straight[:]
		if e.Saturates {
			ways = saturated[:]
		}
		for _, lag := range lagDays {
			for _, way := range ways {
				add(Weight{Days: lag, Saturated: way}, fade(e.Dose, n, lag))
			}
		}
	case Given:
		raw := make([]float64, n)
		copy(raw, e.Dose)
		add(Weight{}, raw)
	default:
		for _, d := range delays {
			if d > 0 && !q.seenFrom(start+d) {
				continue
			}
			raw := make([]float64, n)
			for i := max(start+d, 0); i < n; i++ {
				raw[i] = 1
			}
			add(Weight{Delay: d}, raw)
		}
	}
	return out
}

// seenFrom tells whether a value follows from day i on: of a delay that none follows the data say nothing,
// and its difference could be anything.
func (q *Question) seenFrom(i int) bool {
	for _, v := range q.Values[min(max(i, 0), len(q.Values)):] {
		if !math.IsNaN(v) {
			return true
		}
	}
	return false
}

// fade carries each day's dose over to the days after it, fading with a mean lag in days; a steady dose
// comes to itself.
func fade(dose []float64, n, lag int) []float64 {
	a := math.Exp(-1 / float64(lag))
	g := make([]float64, n)
	for i := 1; i < n; i++ {
		d := 0.0
		if i-1 < len(dose) {
			d = dose[i-1]
		}
		g[i] = float64(a*g[i-1]) + float64((1-a)*d)
	}
	return g
}

// saturate bends a carried dose so that its usual height brings half of all it can.
func saturate(g []float64) {
	var some []float64
	for _, v := range g {
		if v > 0 {
			some = append(some, v)
		}
	}
	if len(some) == 0 {
		return
	}
	slices.Sort(some)
	half := some[len(some)/2]
	for i, v := range g {
		g[i] = v / (math.Max(v, 0) + half)
	}
}

// meanFrom gives the mean of raw from start on, or 1 where it is nothing: what never acts stays as it is.
func meanFrom(raw []float64, start int) float64 {
	sum, days := 0.0, 0
	for i := max(start, 0); i < len(raw); i++ {
		sum += raw[i]
		days++
	}
	if mean := sum / float64(max(days, 1)); math.Abs(mean) > 1e-300 {
		return mean
	}
	return 1
}

// scaleToMeanOne divides raw by its mean from start on.
func scaleToMeanOne(raw []float64, start int) {
	mean := meanFrom(raw, start)
	for i := range raw {
		raw[i] /= mean
	}
}
