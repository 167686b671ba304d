package main

import (
	"fmt"
	"io"
	"math/rand/v2"

	"tandem/analytics/impact"
)

// pseudo is the number of series that the flat prior counts for.
const pseudo = 10

// learnPrior finds the prior under which the owner's series are likeliest, starting from a flat one that
// counts as much as ten series. No point is ever ruled out.
func learnPrior(series []impact.Likelihood) impact.Prior {
	var w impact.Prior
	for i := range w {
		w[i] = 1 / float64(impact.Points)
	}
	for range 50 {
		var next impact.Prior
		for i := range next {
			next[i] = pseudo / float64(impact.Points)
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
		w[i] = float64(.95*w[i]) + .05/float64(impact.Points)
	}
	return w
}

// ownNumbers are how many other numbers a prior is learnt from, none for a flat one.
var ownNumbers = []int{0, 3, 5, 15, 30}

// priorBoard shows what a prior learnt from the owner's other numbers brings, by how many they are and how alike.
func priorBoard(alike [][]simulated, w io.Writer) error {
	fmt.Fprint(w, "\n### A prior learnt from so many of the owner's other numbers\n\n")
	head(w)
	rng := rand.New(rand.NewPCG(5, 5))
	var odd []simulated
	for k := range 1000 {
		odd = append(odd, wandering(rng, k))
	}
	for _, group := range []struct {
		name  string
		ours  [][]simulated
		known [][]simulated
	}{
		{"machines of one bank", alike[:len(alike)/2], alike[len(alike)/2:]},
		{"numbers of all kinds", [][]simulated{simulate(1200, 77)}, [][]simulated{simulate(400, 78)}},
		{"one that wanders among calm ones", [][]simulated{odd}, [][]simulated{calm(rng, 400)}},
	} {
		for _, n := range ownNumbers {
			var all []judged
			for d, ours := range group.ours {
				known, err := likelihoods(group.known[d])
				if err != nil {
					return err
				}
				for i, s := range ours {
					var some []impact.Likelihood
					for _, k := range rng.Perm(len(known))[:min(n+1, len(known))] {
						if len(some) < n && (k != i || len(ours) != len(known)) {
							some = append(some, known[k])
						}
					}
					if n > 0 {
						s.q.Prior = learnPrior(some)
					}
					all = append(all, judge(&s))
				}
			}
			line(w, fmt.Sprintf("%s, %d others", group.name, n), tally(all, nil))
		}
	}
	return nil
}

func likelihoods(all []simulated) (out []impact.Likelihood, err error) {
	for _, s := range all {
		a, err := impact.Run(s.q)
		if err != nil {
			return nil, err
		}
		out = append(out, a.Likelihood)
	}
	return out, nil
}

// calm gives numbers that hardly move by themselves.
func calm(rng *rand.Rand, n int) (out []simulated) {
	for range n {
		s := simulated{noise: 1, q: impact.Question{First: 1, Values: memoryNoise(rng, 200, between(rng, 0, .3)), Effects: []impact.Effect{{Shape: impact.Step, Start: 120}}}}
		out = append(out, s)
	}
	return out
}

// wandering gives a number whose level wanders and whose days resemble their neighbours, every second with a step.
func wandering(rng *rand.Rand, k int) simulated {
	n := 120 + rng.IntN(100)
	start := n * 6 / 10
	y := memoryNoise(rng, n, between(rng, .2, .6))
	s := simulated{noise: 1}
	if k%2 == 1 {
		s.size = pick(rng, .5, 1, 1.5, 2) * sign(rng, .5)
	}
	s.effect = s.size
	level := 0.0
	for i := range y {
		level += .12 * rng.NormFloat64()
		y[i] += level
		if i >= start-1 {
			y[i] += s.effect
		}
	}
	s.q = impact.Question{First: 1, Values: y, Effects: []impact.Effect{{Shape: impact.Step, Start: start}}}
	return s
}
