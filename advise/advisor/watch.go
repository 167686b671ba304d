package advisor

import (
	"math"
	"slices"

	"tandem"
)

// Path is what is known of a learning goal that was advised to go without a target (NoTargetYet).
type Path struct {
	Evidence []tandem.Evidence
	Levels   int // levels of the skill
	Known    int // the newest looks in a row at which the owner said "I know what works"
}

// By says what earned a target.
type By string

const (
	ByLevel   By = "level"   // 3 of 5 levels, noticed from outside
	ByReviews By = "reviews" // the last two looks said "I know what works"
)

// earnedLevel is the share of the levels at which the way counts as known: 3 of 5.
const earnedLevel = 0.6

// Earned tells whether a target may be offered now: the mastery stands at 3 of 5 or above with evidence
// from outside, which is any but a self-rating, or the owner said at the two newest looks to know what
// works (Seijts et al. 2004; Seijts & Crim 2009).
func Earned(p Path) (by By, ok bool) {
	for _, e := range p.Evidence {
		if e.How != tandem.HowSelf && p.Levels > 0 && float64(e.Level) >= earnedLevel*float64(p.Levels)-1e-9 {
			return ByLevel, true
		}
	}
	if p.Known >= 2 {
		return ByReviews, true
	}
	return "", false
}

// Start gives where a target that was earned begins: the median of the last three values, of two their
// mean; ok is false without values.
func Start(values []float64) (from float64, ok bool) {
	last := slices.Clone(values[max(0, len(values)-3):])
	switch slices.Sort(last); len(last) {
	case 0:
		return 0, false
	case 2:
		return last[0]/2 + last[1]/2, true
	}
	return last[len(last)/2], true
}

// FlatDays is how long a number must be flat; FlatValues how many values of that time are needed to say so.
const (
	FlatDays   = 42
	FlatValues = 6
)

// flatShare is the share of the whole way that a flat number moves at most in that time: as the smallest
// difference worth having, a tenth.
const flatShare = 0.1

// A Value is one value of a number, or the sum of one of its periods, on a day.
type Value struct {
	Day tandem.Day
	V   float64
}

// A Course is what is known of a result when its advice was performance alone.
type Course struct {
	Rule   Rule // that advised it
	Days   int  // from its start to its deadline
	Today  tandem.Day
	Values []Value // of at least the last FlatDays, in any order
	Way    float64 // from where it started to the target, unsigned; 0 where that is not known
	Growth bool    // a learning goal fuels it already
}

// A Plateau tells of a flat number: over how many days and values, and the likely range of its slope.
type Plateau struct {
	Days  int     `json:"days"`
	Count int     `json:"count"`
	Low   float64 `json:"low"` // of the slope, a day, 80 %
	High  float64 `json:"high"`
}

// Flat tells whether to offer a learning goal: the result was advised to go alone by R7 or R8, over more
// than 90 days, nothing fuels it yet, and its number was flat for six weeks. Flat means that the 80 % range
// of its slope includes zero and that its slope, taken over six weeks, covers less than a tenth of the way.
//
// The slope is the median of the slopes of all pairs of values, its range by Kendall's variance with ties
// (Theil 1950; Sen 1968, Journal of the American Statistical Association 63, section 6): one odd value
// does not bend it.
func Flat(c Course) (p Plateau, ok bool) {
	if c.Rule != R7 && c.Rule != R8 || c.Days <= 90 || c.Growth {
		return p, false
	}
	return StandsStill(c)
}

// StandsStill tells whether a number was flat for six weeks, whatever was advised.
func StandsStill(c Course) (p Plateau, ok bool) {
	var values []Value
	for _, v := range c.Values {
		if v.Day > c.Today-FlatDays && v.Day <= c.Today && !math.IsNaN(v.V) && !math.IsInf(v.V, 0) {
			values = append(values, v)
		}
	}
	slices.SortStableFunc(values, func(a, b Value) int { return int(a.Day - b.Day) })
	p.Count = len(values)
	if p.Count < FlatValues {
		return p, false
	}
	// The first week and the last must be known, for an old cluster of values tells nothing of today.
	p.Days = int(values[p.Count-1].Day - values[0].Day)
	if p.Days < FlatDays-14 || values[p.Count-1].Day <= c.Today-14 {
		return p, false
	}
	var middle float64
	if p.Low, middle, p.High = slope(values); !(p.Low <= 0 && 0 <= p.High) {
		return p, false
	}
	return p, c.Way <= 0 || math.Abs(middle)*FlatDays < flatShare*c.Way
}

// z80 leaves a tenth of the normal distribution on each side.
const z80 = 1.2815515655446004

// slope gives the median of the slopes of all pairs of days, and its 80 % range.
func slope(values []Value) (low, middle, high float64) {
	var slopes []float64
	for i, b := range values {
		for _, a := range values[:i] {
			if b.Day != a.Day {
				slopes = append(slopes, (b.V-a.V)/float64(b.Day-a.Day))
			}
		}
	}
	if len(slopes) == 0 {
		return 0, 0, 0
	}
	slices.Sort(slopes)
	n := len(values)
	variance := float64(n * (n - 1) * (2*n + 5))
	for _, of := range []func(Value) float64{func(v Value) float64 { return v.V }, func(v Value) float64 { return float64(v.Day) }} {
		ties := map[float64]int{}
		for _, v := range values {
			ties[of(v)]++
		}
		for _, t := range ties {
			variance -= float64(t * (t - 1) * (2*t + 5))
		}
	}
	reach := z80 * math.Sqrt(math.Max(variance, 0)/18)
	at := func(rank float64) float64 {
		return slopes[min(max(int(math.Round(rank)), 0), len(slopes)-1)]
	}
	half := float64(len(slopes)-1) / 2
	return at(half - reach/2), (at(math.Floor(half)) + at(math.Ceil(half))) / 2, at(half + reach/2)
}
