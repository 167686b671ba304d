package impact

// levelVars are the candidates for how much the level wanders in a day (variance, in units of the
// noise's), memories for the share of its noise that a day hands to the next.
var (
	levelVars = [...]float64{0, 1e-4, 1e-3, 4e-3, .015, .05, .2}
	memories  = [...]float64{0, .2, .4, .6, .8}
)

// Points is the number of grid points over level and memory.
const Points = len(levelVars) * len(memories)

// A Prior says how likely each grid point is before the data; it is learnt from the owner's own numbers
// only, since one learnt elsewhere hurts. The zero value is flat. Weights need not add up to 1.
type Prior [Points]float64

// A Likelihood is what one series alone says about the grid points; it adds up to 1, or is all 0 where
// the series says nothing.
type Likelihood [Points]float64

// pseudo is the number of series that the flat prior counts for.
const pseudo = 10

// LearnPrior finds the prior under which the owner's series are likeliest, starting from a flat one that
// counts as much as ten series. No point is ever ruled out.
func LearnPrior(series []Likelihood) Prior {
	var w Prior
	for i := range w {
		w[i] = 1 / float64(Points)
	}
	for range 50 {
		var next Prior
		for i := range next {
			next[i] = pseudo / float64(Points)
		}
		used := float64(pseudo)
		for _, l := range series {
			sum := 0.0
			for i, v := range l {
				sum += float64(v * w[i])
			}
			if !(sum > 0) {
				continue
			}
			used++
			for i, v := range l {
				next[i] += v * w[i] / sum
			}
		}
		for i := range w {
			w[i] = next[i] / used
		}
	}
	for i := range w {
		w[i] = float64(.95*w[i]) + .05/float64(Points)
	}
	return w
}
