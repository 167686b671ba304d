package impact

import (
	"math"
	"math/rand/v2"
)

// A Stepped pilot is for a skill, which cannot be switched off again: several people (or numbers) start
// one after the other, and chance decides who starts when.
type Stepped struct {
	First  int         // day number of the first day
	Values [][]float64 // by person and day, NaN for none
	Starts []int       // day numbers, one for each person in the order that was drawn
	Worth  float64
	Down   bool
	Seed   uint64 // stored with the pilot; for orders that are drawn
	Prior  Prior
}

// A SteppedAnswer is what a stepped start showed.
type SteppedAnswer struct {
	People  []Difference // each person's own difference since the start
	Pooled  Pooled
	Orders  int     // orders of the starts gone through or drawn
	OrderP  float64 // share of all orders in which as much would have shown if nothing made a difference
	Verdict Verdict
}

// DrawStarts deals the start days out to people by chance, by a stored seed.
func DrawStarts(starts []int, seed uint64) []int {
	out := append([]int(nil), starts...)
	rng := rand.New(rand.NewPCG(seed, startStream))
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

const mostPeople = 200

// RunStepped analyses a stepped start. Each person's difference comes from Run, and they are pooled; the
// order's share comes from all ways in which the starts could have been dealt out (above 2^14 of them,
// from as many drawn), by the mean of started less not started days within each day and person.
func RunStepped(s Stepped) (SteppedAnswer, error) {
	n := len(s.Values)
	if n < 2 || n > mostPeople {
		return SteppedAnswer{}, BadQuestion{"values"}
	}
	if len(s.Starts) != n {
		return SteppedAnswer{}, BadQuestion{"starts"}
	}
	var a SteppedAnswer
	var means, ses []float64
	for i, values := range s.Values {
		if len(values) != len(s.Values[0]) {
			return SteppedAnswer{}, BadQuestion{"values"}
		}
		answer, err := Run(Question{First: s.First, Values: values, Effects: []Effect{{Shape: Step, Start: s.Starts[i]}},
			Worth: s.Worth, Down: s.Down, Prior: s.Prior, Randomised: true})
		if err != nil {
			return SteppedAnswer{}, err
		}
		d := answer.Effects[0]
		a.People = append(a.People, d)
		if d.Told && d.Before >= fewestBefore && d.After >= fewestAfter {
			means = append(means, d.Mean)
			ses = append(ses, math.Min(math.Max((d.Hi80-d.Lo80)/(2*1.2816), 1e-12*math.Max(1, math.Abs(d.Mean))), largest))
		}
	}
	var err error
	if a.Pooled, err = Pool(means, ses, s.Worth, s.Down); err != nil {
		return SteppedAnswer{}, err
	}
	a.OrderP, a.Orders = s.orderP()
	if a.Pooled.Told {
		switch {
		case a.Pooled.Worthwhile >= keepFrom:
			a.Verdict = Keep
		case a.Pooled.Worthwhile <= dropTo:
			a.Verdict = Drop
		}
	}
	return a, nil
}

// orderP is the exact test over the ways to deal out the starts.
func (s *Stepped) orderP() (p float64, orders int) {
	resid := s.residuals()
	n := len(s.Starts)
	// by person and start: the sum of what is left of the values since that start
	since := make([][]float64, n)
	size := 0.0
	for i := range since {
		since[i] = make([]float64, n)
		for k, start := range s.Starts {
			for t := max(start-s.First, 0); t < len(resid[i]); t++ {
				since[i][k] += resid[i][t]
			}
			size = math.Max(size, math.Abs(since[i][k]))
		}
	}
	stat := func(order []int) (sum float64) {
		for i, k := range order {
			sum += since[i][k]
		}
		return math.Abs(sum)
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	far := stat(order) - float64(1e-9*size)
	hits := 0
	if n <= 7 { // 5040 orders
		permute(order, 0, func() {
			orders++
			if stat(order) >= far {
				hits++
			}
		})
		return float64(hits) / float64(orders), orders
	}
	rng := rand.New(rand.NewPCG(s.Seed, orderStream))
	for range mostDrawn {
		rng.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
		if stat(order) >= far {
			hits++
		}
	}
	return float64(hits+1) / float64(mostDrawn+1), mostDrawn
}

// residuals takes each person's and each day's mean out of the values, in turns; days without a value
// are 0.
func (s *Stepped) residuals() [][]float64 {
	n, days := len(s.Values), len(s.Values[0])
	out := make([][]float64, n)
	for i := range out {
		out[i] = append([]float64(nil), s.Values[i]...)
	}
	for range 50 {
		for i := range n {
			centre(days, func(t int) *float64 { return &out[i][t] })
		}
		for t := range days {
			centre(n, func(i int) *float64 { return &out[i][t] })
		}
	}
	for i := range out {
		for t, v := range out[i] {
			if math.IsNaN(v) {
				out[i][t] = 0
			}
		}
	}
	return out
}

// centre takes the mean of what is known out of n numbers.
func centre(n int, at func(int) *float64) {
	sum, known := 0.0, 0
	for i := range n {
		if v := *at(i); !math.IsNaN(v) {
			sum += v
			known++
		}
	}
	for i := range n {
		*at(i) -= sum / math.Max(float64(known), 1)
	}
}

// permute goes through all orders of the entries from k on.
func permute(order []int, k int, each func()) {
	if k == len(order) {
		each()
		return
	}
	for i := k; i < len(order); i++ {
		order[k], order[i] = order[i], order[k]
		permute(order, k+1, each)
		order[k], order[i] = order[i], order[k]
	}
}
