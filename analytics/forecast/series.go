package forecast

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// A Series is a question without days: values at even steps, and how far to look ahead. It is answered
// by the same model, calibration and paths as a Goal of readings.
type Series struct {
	Seed   uint64
	Values []float64 // NaN for missing; the last 1,000 steps are looked at
	Season int       // steps of the season to consider, at most 12; 0 or 1 for none
	Ahead  int       // steps to forecast, at least 1
	Step   Calendar

	Scale  Scale
	Lo, Hi float64 // what a value can be, NaN for none

	// Rule says when a target is reached: Once (any value), ByTotal (the sum of the values ahead), AtEnd
	// (the mean of the last season, of the last three values without one) or Held (three in a row).
	Rule    Rule
	Targets []SeriesTarget

	Track bool // look back on the last ranges and let them widen or narrow the next
}

// A SeriesTarget is reached at or above Value (Up) or at or below it (Down).
type SeriesTarget struct {
	Value     float64
	Direction Direction
}

// A SeriesForecast is the answer. Every figure is finite; without a value there is none.
type SeriesForecast struct {
	N       int       // values seen
	Steps   []Step    // one for each step ahead; Day is its number, from 1
	Chances []float64 // of each target, in (0, 1)
	Guess   bool      // under three values: the ranges are a guess
	Track   Track     // when asked for; else a factor of 1

	// Middle and Spread are centre and standard deviation before calibration on the scale of the ranges,
	// which is logarithmic when Log is set: what the calibration is learnt from.
	Middle, Spread []float64
	Log            bool
}

const mostAheadSeries = 10000

// RunSeries forecasts s. The error is a BadGoal that names the field.
func RunSeries(s Series) (SeriesForecast, error) {
	if err := s.check(); err != nil {
		return SeriesForecast{}, err
	}
	first, last := 0, len(s.Values)
	for last > 0 && math.IsNaN(s.Values[last-1]) {
		last--
	}
	for first < last && math.IsNaN(s.Values[first]) {
		first++
	}
	f := SeriesForecast{Track: Track{Factor: 1}}
	if first == last {
		return f, nil
	}
	first = max(first, last-maxCells)
	for math.IsNaN(s.Values[first]) {
		first++
	}
	skip := len(s.Values) - last // steps that are over and brought nothing
	g := grid{y: make([]float64, last-first), seen: make([]bool, last-first), step: 1, kind: s.Step, season: max(s.Season, 1)}
	for i, v := range s.Values[first:last] {
		if !math.IsNaN(v) {
			g.y[i], g.seen[i] = v, true
			f.N++
		}
	}
	f.Guess = f.N < fewest
	m := fit(g, s.Scale, s.Lo, s.Hi)
	if s.Track {
		f.Track = m.track()
		m.factor = f.Track.Factor
	}
	h := skip + s.Ahead
	cells, days := make([]int, s.Ahead), make([]int, h)
	for k := range h {
		days[k] = k + 1 - skip
	}
	for k := range cells {
		cells[k] = skip + k
	}
	b := m.blend(h)
	f.Steps = b.steps(cells, days, m.widths(h))
	f.Middle, f.Spread, f.Log = b.mu[skip:], b.sd[skip:], b.scale.kind == logarithm
	switch {
	case len(s.Targets) == 0:
	case f.Guess:
		f.Chances = s.guessed(m, skip, h)
	default:
		f.Chances = s.chances(m, skip, h)
	}
	return f, nil
}

func (s *Series) check() error {
	wild := func(v float64) bool { return !(math.Abs(v) <= shown) }
	switch {
	case s.Ahead < 1 || s.Ahead > mostAheadSeries:
		return BadGoal{"ahead"}
	case s.Season > maxSeason || s.Season < 0:
		return BadGoal{"season"}
	case s.Rule == Kept:
		return BadGoal{"rule"}
	}
	for _, v := range s.Values {
		if wild(v) && !math.IsNaN(v) {
			return BadGoal{"value"}
		}
	}
	for _, t := range s.Targets {
		if wild(t.Value) || t.Direction == Within {
			return BadGoal{"target"}
		}
	}
	return nil
}

// chances simulates and gives the share of paths that reach each target.
func (s *Series) chances(m model, skip, h int) []float64 {
	pairs := pairsFor(h)
	extremes := make([][2]float64, 0, 2*pairs) // what is judged upwards, and downwards
	use := func(t transform, y []float64) {
		y = y[skip:]
		if s.Rule == Once || s.Rule == Held { // the largest value is the transform of the largest
			up, down := s.judged(y)
			extremes = append(extremes, [2]float64{t.value(up), t.value(down)})
			return
		}
		for k := range y {
			y[k] = t.value(y[k])
		}
		up, down := s.judged(y)
		extremes = append(extremes, [2]float64{up, down})
	}
	m.walks(h, pairs, false, s.newRand(), func(t transform, a, b []float64) {
		use(t, a)
		use(t, b)
	})
	out := make([]float64, len(s.Targets))
	for i, t := range s.Targets {
		hits := 0
		for _, e := range extremes {
			if t.Direction == Up && e[0] >= t.Value || t.Direction == Down && e[1] <= t.Value {
				hits++
			}
		}
		out[i] = (float64(hits) + .5) / float64(len(extremes)+1)
	}
	return out
}

// guessed gives chances from one or two values, which know next to nothing of their spread. That a target
// was chosen says that it is within reach: it lies two standard deviations of the whole way ahead. Two
// values count as much as that. Paths are a walk, widened by the calibration of so few values.
func (s *Series) guessed(m model, skip, h int) []float64 {
	c := m.components[0]
	last, step := c.back(c.origin), c.unit
	pairs, rng := pairsFor(h), s.newRand()
	wide := m.widths(h)
	up, down := make([]float64, 0, 2*pairs), make([]float64, 0, 2*pairs)
	y := make([]float64, h)
	judge := func(sign float64, noise []float64) {
		at := 0.0
		for k, e := range noise {
			at += sign * e
			y[k] = at * wide[k][1] / q80
		}
		u, d := s.judged(y[skip:])
		up, down = append(up, u), append(down, d)
	}
	noise := make([]float64, h)
	for range pairs {
		for k := range noise {
			noise[k] = rng.NormFloat64()
		}
		judge(1, noise)
		judge(-1, noise)
	}
	out := make([]float64, len(s.Targets))
	for i, t := range s.Targets {
		from, goal := last, t.Value
		if s.Rule == ByTotal {
			from *= float64(s.Ahead)
		}
		sd := math.Abs(goal-from) / 2 / math.Sqrt(float64(h))
		if s.Rule == ByTotal {
			sd /= float64(s.Ahead)
		}
		if m.count == 2 {
			sd = math.Sqrt((float64(sd*sd) + float64(step*step)) / 2)
		}
		hits := 0
		for j := range up {
			if t.Direction == Up && from+sd*up[j] >= goal || t.Direction == Down && from+sd*down[j] <= goal {
				hits++
			}
		}
		out[i] = (float64(hits) + .5) / float64(len(up)+1)
	}
	return out
}

// judged gives what a target above is compared with, and what one below.
func (s *Series) judged(y []float64) (up, down float64) {
	switch s.Rule {
	case ByTotal:
		for _, v := range y {
			up += v
		}
		return up, up
	case AtEnd:
		n := 3
		if s.Season > 1 {
			n = s.Season
		}
		last := y[max(0, len(y)-n):]
		for _, v := range last {
			up += v
		}
		up /= float64(len(last))
		return up, up
	}
	run := 1
	if s.Rule == Held {
		run = min(3, len(y))
	}
	up, down = math.Inf(-1), math.Inf(1)
	for i := range len(y) - run + 1 {
		least, most := y[i], y[i]
		for _, v := range y[i+1 : i+run] {
			least, most = min(least, v), max(most, v)
		}
		up, down = max(up, least), min(down, most)
	}
	return up, down
}

// newRand gives the random numbers of a series: the same for the same seed and values.
func (s *Series) newRand() *rand.Rand {
	h := fnv.New64a()
	var b [8]byte
	for _, v := range s.Values {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
		h.Write(b[:]) // a hash never errs
	}
	return rand.New(rand.NewPCG(s.Seed, h.Sum64()))
}
