package forecast

import (
	"math"
	"slices"
)

// shown bounds every figure that leaves the package; a metric's values end at 1e15.
const shown = 1e18

// A transform takes values to a scale on which errors are about even, and back.
type transform struct {
	kind   transformKind
	lo, hi float64 // what a value can be; −shown and shown for no bound
	n      float64 // for logit: the number of values, which keeps the ends off infinity
	whole  bool    // simulated values are whole numbers
}

type transformKind uint8

const (
	identity transformKind = iota
	logarithm
	logit
	root // √(y + 3/8), which evens out the variance of counts (Anscombe 1948)
	kinds
)

// transforms gives the scales that are tried for the values, by the goal's scale and bounds. A log
// scale competes with the plain one for positive values and loses where differences are even.
func transforms(scale Scale, lo, hi float64, values []float64) []transform {
	least, most := slices.Min(values), slices.Max(values)
	t := transform{lo: -shown, hi: shown, n: float64(len(values))}
	// bounds that leave no room are none, and one that the values themselves do not keep is wrong
	if !(lo >= hi) {
		if least >= lo {
			t.lo = lo
		}
		if most <= hi {
			t.hi = hi
		}
	}
	if (scale == Positive || scale == Count) && least >= 0 {
		t.lo = max(t.lo, 0)
	}
	switch {
	case scale == Count && least >= 0:
		t.kind, t.whole = root, true
	// a logit needs room on both sides, and more than one value to say where between
	case scale == Bounded && t.lo > -shown && t.hi < shown && len(values) > 1:
		t.kind = logit
	case scale == Positive && least > 0 && len(values) >= 4 && most/least < 1e4:
		l := t
		l.kind = logarithm
		return []transform{t, l}
	}
	return []transform{t}
}

// forth takes a value to the scale. Only values that transforms has seen are safe to give.
func (t transform) forth(y float64) float64 {
	switch t.kind {
	case logarithm:
		return math.Log(y)
	case root:
		return math.Sqrt(y + .375)
	case logit:
		u := ((y-t.lo)/(t.hi-t.lo)*(t.n-1) + .5) / t.n
		return math.Log(u / (1 - u))
	}
	return y
}

// back takes any number on the scale to a value within the bounds: a path may wander far, a page may
// not. An exponent of 100 is beyond every number that can be shown.
func (t transform) back(z float64) float64 {
	switch t.kind {
	case logarithm:
		z = math.Exp(min(z, 100))
	case root:
		z = max(z, 0)
		z = z*z - .375
	case logit:
		u := (t.n/(1+math.Exp(-z)) - .5) / (t.n - 1)
		z = t.lo + u*(t.hi-t.lo)
	}
	return max(t.lo, min(t.hi, z))
}

// value takes a simulated number back, to a whole one where values are whole.
func (t transform) value(z float64) float64 {
	v := t.back(z)
	if t.whole {
		v = math.Round(v)
	}
	return v
}

// jacobian gives the log of the density that the transform adds, so that scales can be compared; only
// identity and logarithm ever compete.
func (t transform) jacobian(values []float64) (sum float64) {
	if t.kind == logarithm {
		for _, y := range values {
			sum -= math.Log(y)
		}
	}
	return sum
}
