package main

import (
	"fmt"
	"os"
	"testing"
)

func TestExplore(t *testing.T) {
	series, err := readRealSeries("/work/shared/data/forecast")
	if err != nil {
		t.Skip(err)
	}
	only := os.Getenv("KIND")
	verbose := os.Getenv("V") != ""
	for _, kind := range realKinds {
		if only != "" && kind.name != only {
			continue
		}
		var sums [3]realScore
		ratio := [3]float64{}
		ns := [3]float64{}
		for i, r := range series {
			g, ok := kind.make(r)
			if !ok || len(g.Points) < 12 {
				continue
			}
			g.Rule = kind.rule
			var one realScore
			for _, s := range []*realScore{&sums[i%2], &sums[2], &one} {
				if err := s.backdate(g, i, kind); err != nil {
					t.Fatal(err)
				}
			}
			if one.n > 0 && one.naive > 0 {
				for _, k := range []int{i % 2, 2} {
					ratio[k] += one.error / one.naive
					ns[k]++
				}
				if verbose {
					fmt.Printf("  %-5s n %3.0f in80 %5.1f in95 %5.1f err %8.2f naive %8.2f ratio %.3f brier %.4f\n", r.id, one.n, 100*one.in80/one.n, 100*one.in95/one.n, one.error/one.n, one.naive/one.n, one.error/one.naive, one.chance.brier/float64(one.chance.n))
				}
			}
		}
		for k, name := range []string{"even", "odd", "all"} {
			s := sums[k]
			c := float64(s.chance.n)
			fmt.Printf("%-17s %-5s n %4.0f in80 %5.1f in95 %5.1f err/naive %.3f (mean of ratios %.3f) brier %.4f ece %.4f\n", kind.name, name, s.n, 100*s.in80/s.n, 100*s.in95/s.n, s.error/s.naive, ratio[k]/ns[k], s.chance.brier/c, s.chance.ece())
		}
	}
}
