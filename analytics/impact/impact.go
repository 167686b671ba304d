// Package impact says honestly whether learning moved a result: how much a daily number differs per
// day since something started, with a range, and in one word how sure that is.
//
// Numbers in, numbers out: no clock, no I/O, no randomness but from a stored seed. The same input gives
// the same bits. The model is a wandering level, noise with memory, a slope, the days of the week,
// comparison series and the effects, whose shapes, lags and lengths are not chosen but integrated over
// a fixed grid; so is how much the level wanders. There is no optimiser and nothing that can fail to
// converge. Where the numbers cannot tell, the answer is TooEarly, never a guess.
package impact

// Method names the mathematics behind an Answer, for "why this number".
const Method = "grid-integrated difference 1"

// A Shape says how an effect comes in. Each is scaled to mean 1 over the days from Start to the last, so
// that a difference is always the mean per day since the start.
type Shape uint8

const (
	Step    Shape = iota // all at once on Start
	Ramp                 // evenly over 7, 14, 28 or 42 days
	Dosed                // by Dose, fading with a mean lag of 2, 4, 7, 14 or 21 days
	Given                // Dose itself, day by day: on and off in a pilot
	AnyForm              // no shape: the mean gap to what the days before Start promise; only alone
)

// An Effect is one thing that may have moved the result: a learning goal, a level of a skill, a
// technique. Days are day numbers like Question.First.
type Effect struct {
	Shape Shape
	Start int // the first day on which it can act

	// Dose is minutes of practice or uses of a technique, one entry a day from Question.First; what is
	// missing at its end is 0. Read when Shape is Dosed or Given.
	Dose []float64

	Late      bool // Step, Ramp: it may set in 0, 7 or 14 days after Start (a milestone of mastery)
	Saturates bool // Dosed: also try that more brings less and less
}

// A Question is a result's daily numbers and what may have moved them.
type Question struct {
	First    int         // day number of Values[0]
	Values   []float64   // one a day, in any unit; NaN for a day without
	Season   int         // days of a season, 0 reads 7; 1 for none
	Effects  []Effect    // at least one; several are told apart jointly
	Controls [][]float64 // comparison series by day, as long as Values; NaN for a day without

	// Worth is the smallest difference per day worth having, in the unit of Values, above 0; 0 where
	// nobody said. Down says that less is better.
	Worth float64
	Down  bool

	Prior      Prior // what this owner's numbers are like; the zero value is flat
	Randomised bool  // chance decided on which days the effect was on
	Placebos   int   // false starts to try before the earliest Start, at most 50; 20 is usual, 0 none
}

// A BadQuestion says that a Question makes no sense, and which field shows it.
type BadQuestion struct{ Field string }

func (e BadQuestion) Error() string { return "impact: " + e.Field + " makes no sense" }

// An Answer holds one Difference for each effect, in their order. Every figure is finite.
type Answer struct {
	Method        string
	Values        int // days with a value
	Unusual       int // days that stand so far out that they count for less
	Controls      int // comparison series used; one with under half of its days is not
	Effects       []Difference
	Likelihood    Likelihood // what this series says about its level and memory, from which a prior can be learnt
	Wander        float64    // likely sd of the level's move in a day, in the unit of Values
	Noise, Memory float64    // likely sd of a day's noise, and the share of it that the next day keeps
}

// A Difference is what can be said of one effect: the mean difference per day from its Start to the last
// day, in the unit of Values.
type Difference struct {
	Told                         bool // false when nothing could be computed: Mean is 0 and the ranges are as good as without end
	Mean, Lo80, Hi80, Lo95, Hi95 float64
	P                            float64 // twice the smaller tail at zero, in [0, 1]
	Sure                         float64 // how sure the direction is, in [0.5, 1]
	Worthwhile                   float64 // share beyond Worth on the good side, in [0, 1]
	Word                         Word
	Before, After                int     // values before Start, and from it on; off and on where Given
	Tell                         int     // first day on which a difference of Worth could be told; 0 for none within two years, or not known
	Unit                         float64 // Dosed: difference per day for one unit of dose a day; 0 otherwise
	Placebo                      Placebo
	Lags                         []Weight // what the data say about length, lag or delay
}

// A Weight is the share that one candidate has after seeing the data.
type Weight struct {
	Days      int // length of a Ramp or lag of a dose; 0 for a Step
	Delay     int // days after Start before it sets in
	Saturated bool
	Share     float64 // in [0, 1]; the shares of an effect add up to 1
}

// A Placebo is what false starts before the real one showed. When more than a tenth of them exclude
// zero, the series moves by itself more than the model says, and every range is Widened.
type Placebo struct {
	Tried, Excluded int
	Widened         float64 // factor of all ranges; 1 for as they were
}
