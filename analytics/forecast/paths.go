package forecast

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	mostPairs  = 1000   // antithetic pairs of paths; a far deadline gets fewer,
	leastPairs = 250    // but never fewer than these
	pathSteps  = 120000 // cells simulated in all, halves of the pairs counted once
)

// pairsFor gives the number of path pairs that a forecast over h cells can afford.
func pairsFor(h int) int { return min(mostPairs, max(leastPairs, pathSteps/max(h, 1))) }

// newRand gives the random numbers of a goal: the same for the same goal and data, whatever is asked.
func newRand(seed uint64, points []Point) *rand.Rand {
	h := fnv.New64a()
	var b [16]byte
	for _, p := range points {
		binary.LittleEndian.PutUint64(b[:8], uint64(p.Day))
		binary.LittleEndian.PutUint64(b[8:], math.Float64bits(p.Value))
		h.Write(b[:]) // a hash never errs
	}
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// A walker draws paths of one component.
type walker struct {
	*component
	cum       []float64 // cumulative weights
	stretches []stretch
	latent    bool
	noise     []float64
}

// simulate draws pairs of antithetic paths of the next h cells: their values, or with latent the level
// without season and noise. Components get pairs by their odds and members by their weights, so that the
// paths are as unsure of the model as the ranges are. Deviations from the mean path are widened by the
// calibration. The slices given to use are overwritten by the next pair.
func (m model) simulate(h, pairs int, latent bool, rng *rand.Rand, use func(a, b []float64)) {
	m.walks(h, pairs, latent, rng, func(t transform, a, b []float64) {
		t.whole = t.whole && !latent
		for k := range a {
			a[k], b[k] = t.value(a[k]), t.value(b[k])
		}
		use(a, b)
	})
}

// walks is simulate on the scale of each component: who only wants the largest value of a path transforms
// that one alone.
func (m model) walks(h, pairs int, latent bool, rng *rand.Rand, use func(t transform, a, b []float64)) {
	widths := m.widths(h)
	a, b, noise := make([]float64, h), make([]float64, h), make([]float64, h)
	share, done := 0.0, 0
	for i := range m.components {
		c := &m.components[i]
		share += c.p
		until := int(math.Floor(share*float64(pairs) + .5))
		if i == len(m.components)-1 {
			until = pairs
		}
		if until <= done {
			continue
		}
		course := c.course(h)
		w := walker{component: c, latent: latent, noise: noise, cum: cumulate(c.weights), stretches: make([]stretch, h)}
		mean, variance := course.mean, course.variance
		if latent {
			mean, variance = course.latent, course.latentVariance
		}
		for k, width := range widths {
			w.stretches[k] = width.stretch(mean[k], math.Sqrt(max(variance[k], 1e-300)), c.unit, c.origin)
		}
		if c.exact != nil {
			w.noise = make([]float64, exactNoise(h))
		}
		for ; done < until; done++ {
			at := rng.Float64() * w.cum[len(w.cum)-1]
			j, _ := slices.BinarySearch(w.cum, at)
			for k := range w.noise {
				w.noise[k] = rng.NormFloat64()
			}
			w.walk(j, 1, a)
			w.walk(j, -1, b)
			use(c.transform, a, b)
		}
	}
}

// walk follows member j along the noise, mirrored when sign is −1.
func (w *walker) walk(j int, sign float64, out []float64) {
	if w.exact != nil || w.steady != nil {
		if w.steady != nil {
			w.steady.walk(j, sign, w.noise, w.latent, out)
		} else {
			w.exact.walk(j, sign, w.noise, w.latent, out)
		}
		for k, v := range out {
			out[k] = w.stretches[k].apply(v)
		}
		return
	}
	mb, s := w.members[j], &w.states[j]
	level, slope := s.level, s.slope
	sd := sign * math.Sqrt(s.sigma2)
	season := s.season
	phase := 0
	if w.component.season > 1 {
		phase = w.cells % w.component.season
	}
	for k := range out {
		slope *= mb.phi
		level += slope
		e := float64(sd * w.noise[k])
		v := level + e
		level += float64(mb.alpha * e)
		slope += float64(mb.beta * e)
		switch {
		case w.latent:
			v = level
		case w.component.season > 1:
			v += season[phase]
			season[phase] += float64(mb.gamma * e)
			if phase++; phase == w.component.season {
				phase = 0
			}
		}
		out[k] = w.stretches[k].apply(v)
	}
}

func cumulate(weights []float64) []float64 {
	out, sum := make([]float64, len(weights)), 0.0
	for i, w := range weights {
		sum += w
		out[i] = sum
	}
	return out
}
