package impact

// levelVars are the candidates for how much the level wanders in a day (variance, in units of the
// noise's), memories for the share of its noise that a day hands to the next.
var (
	levelVars = [...]float64{0, 1e-4, 1e-3, 4e-3, .015, .05, .2}
	memories  = [...]float64{0, .2, .4, .6, .8}
)

// Points is the number of grid points over level and memory.
const Points = len(levelVars) * len(memories)

// A Prior says how likely each grid point is before the data. The zero value is flat, and pages use no other: one
// learnt elsewhere hurts, and a person has too few numbers to learn one from (docs/analytics.md). Weights need
// not add up to 1.
type Prior [Points]float64

// A Likelihood is what one series alone says about the grid points; it adds up to 1, or is all 0 where
// the series says nothing.
type Likelihood [Points]float64
