package ui

// Verdict is the one word for a difference with its bars.
type Verdict struct {
	Bars int    // 1 to 4 filled
	Grey bool   // no sign of a difference: not in the colour of learning
	Word string // "Maybe"
}

// DifferenceView is the estimate of a difference with its likely range around zero. From and To bound the
// axis, so that several can be compared.
type DifferenceView struct {
	Title       string // "Difference between 0.3 and 2.1, best estimate 1.2, in sales a week"
	Lo, Mid, Hi float64
	From, To    float64
	Level, Of   int // gives the hue; 0: learning without a level
	Format      func(float64) string
}

// SincePoint is one day of the dashed course: the trend as it was, and without the difference.
type SincePoint struct {
	Day                int
	Trend, Lo, Mid, Hi float64
}

// SinceCourse is what the third switch shows: the course before a level, continued.
type SinceCourse struct {
	Points []SincePoint
	Label  string // "+1.2 since level 2"
	Sub    string // "between 0.3 and 2.1, maybe more than chance"
}
