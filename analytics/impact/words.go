package impact

// A Word is the one word for a difference. The words are codes; the pages say them in the person's
// language, without causal words unless Randomised.
type Word uint8

const (
	TooEarly      Word = iota // under 14 values before or 7 after, or the 80 % range is too wide to be of use
	WithinChance              // within chance so far
	NoSign                    // the 80 % range lies inside the smallest difference worth having
	Maybe                     // 95 % sure of the direction
	Likely                    // 99 %
	WellSupported             // randomised and 97.5 %, or 99 % with a comparison series
)

// String gives the code.
func (w Word) String() string {
	return [...]string{"too early", "within chance", "no sign", "maybe", "likely", "well supported"}[min(w, WellSupported)]
}

// These are the values without which there is no verdict.
const (
	fewestBefore = 14
	fewestAfter  = 7
)

// word applies the table; the first row that fits is the word.
func (d *Difference) word(q *Question, controls int) Word {
	within := q.Worth > 0 && d.Lo80 > -q.Worth && d.Hi80 < q.Worth
	wide := q.Worth > 0 && d.Hi80-d.Lo80 > 2*q.Worth
	switch {
	case !d.Told || d.Before < fewestBefore || d.After < fewestAfter:
		return TooEarly
	case q.Randomised && d.Sure >= .975, controls > 0 && d.Sure >= .99:
		return WellSupported
	case d.Sure >= .99:
		return Likely
	case d.Sure >= .95:
		return Maybe
	case within:
		return NoSign
	case wide:
		return TooEarly
	}
	return WithinChance
}
