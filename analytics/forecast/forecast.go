// Package forecast says what a result's numbers promise: the likely range up to the deadline, the
// chance of reaching the target by the goal's own rule, the expected date and the pace needed.
//
// Numbers in, numbers out: no clock, no I/O, no randomness from outside. The same input gives the same
// bits. The mathematics is a fixed set of exponential-smoothing members whose unknown start is
// integrated out exactly and which are averaged by their restricted likelihood; chances are shares of
// simulated paths.
package forecast

// A Form says what a goal's values are.
type Form uint8

const (
	Reading Form = iota // a state that each value replaces
	Total               // increments that add up
	Rate                // one value for each finished period
)

// A Direction says which side of the target is the good one.
type Direction uint8

const (
	Up Direction = iota
	Down
	Within // between TargetLo and TargetHi
)

// A Rule says when a goal counts as reached.
type Rule uint8

const (
	ByTotal Rule = iota // the sum at the deadline
	Once                // any one value by the deadline
	AtEnd               // the trend on the deadline
	Held                // HeldFor values in a row by the deadline
	Kept                // the share KeptShare of the periods inside
)

// A Scale says what values are possible, and so on which scale errors are even.
type Scale uint8

const (
	Unbounded Scale = iota
	Positive        // never below zero; sizes may differ by factors
	Bounded         // between Lo and Hi
	Count           // whole numbers from zero
)

// A Point is the value of one local day (already combined by the metric's day rule), the day's
// increment for a Total, or the value of the finished period whose last day is Day for a Rate.
type Point struct {
	Day   int
	Value float64
}

// A Span is a stretch of days, both ends included.
type Span struct{ From, To int }

// A Goal is everything the forecast looks at. Days are day numbers; today may still bring a value.
//
// Points are in ascending order, one a day; those before Start are history that teaches the model and
// counts for nothing. Lo and Hi bound what a value can be, NaN for none. Baseline is NaN when none is
// known. Target is not read when Direction is Within.
type Goal struct {
	Seed   uint64 // from the goal's id; with the data it fixes the simulated paths
	Points []Point
	Form   Form
	Scale  Scale
	Lo, Hi float64

	WhenItHappens bool // Total: a day without a point is zero rather than unknown
	Period        int  // days of a Rate's or a kept period: 1 day, 7 week, 30 month; 0 reads 1

	Start, Today, Deadline int

	Baseline           float64
	SoFar              float64 // Total: counted before the first point since Start
	Target             float64
	TargetLo, TargetHi float64
	Direction          Direction
	Rule               Rule
	HeldFor            int     // values, 0 reads 3
	KeptShare          float64 // in (0, 1], 0 reads 0.9
	AtMost             bool    // a Total that must not be above the target: a budget
	Off                []Span  // planned time off; it never lowers pace or chance
}

// A Status says whether there is still something to forecast.
type Status uint8

const (
	Open Status = iota
	ReachedForSure
	LostForSure
	TooFew // under three values: no chance
	Ended  // the deadline lies behind
)

// A Step is the forecast of one day: the middle and the likely ranges of 50, 80 and 95 %.
type Step struct {
	Day                                      int
	Mean, Lo50, Hi50, Lo80, Hi80, Lo95, Hi95 float64
}

// An Ending is one simulated path, told by the value that the goal's rule judges.
type Ending struct {
	Value   float64
	Reached bool
}

// PaceDays is the number of days that every pace is given for.
const PaceDays = 7

// A Forecast is the answer. Every figure is finite except where a field says otherwise.
type Forecast struct {
	Method string // name and version of the mathematics
	N      int    // values seen
	Status Status

	// Chance is a share of paths in (0, 1), not held within 5 and 95 %. It is 1 or 0 when reached or
	// lost for sure (show the word, not the figure) and NaN when TooFew or Ended.
	Chance float64

	Now     float64    // the trend today, or the total so far
	Trend   []Point    // trend by day; for a Total the running total since Start
	Steps   []Step     // up to the deadline, at most 60, the last on the deadline; none when TooFew
	Endings [20]Ending // round(20 × Chance) reached; even quantiles of either kind of path

	// Expected is the median of the first day on which the rule's line is reached, ExpectedLo and
	// ExpectedHi its 80 % range; each is 0 when that share of the paths does not get there within the
	// horizon. ReachedShare is the share that gets there at all.
	Expected, ExpectedLo, ExpectedHi int
	ReachedShare                     float64

	// Paces are changes per PaceDays days: of the trend for readings and rates, increments for totals.
	PaceNeeded, PaceNow float64
	PaceFor80           float64 // the pace that makes the chance 80 %, NaN when there is none

	Track Track // how the last ranges fared; of a Total, those of its increments

	Excluded int // points not used: after today, or before the longest history looked at
}
