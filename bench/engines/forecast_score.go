package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"tandem/analytics/stats"
)

// An answer is what a method says of one series: h means and ranges, and a chance for each target.
type answer struct {
	mean, lo80, hi80, lo95, hi95 []float64
	chances                      []float64
	ms                           float64 // user and system CPU
}

// A forecastScore gathers a method's scores: sums over series of means over steps, by group and for all.
type forecastScore struct {
	name   string
	groups map[string]*groupScore
	chance chanceScore
}

// A groupScore holds sums over the series of one group.
type groupScore struct {
	n                                                        int
	smape, mase, smape2, mase2, in80, in95, score80, score95 float64
	ms                                                       []float64
}

func newForecastScore(name string) *forecastScore {
	return &forecastScore{name: name, groups: map[string]*groupScore{}}
}

// add scores one series as the neutral scorer does: percentages and scaled errors are means over its
// scored steps; a series whose differences are all zero is left out.
func (s *forecastScore) add(c *forecastCase, a answer) {
	for i, t := range c.targets {
		if a.chances != nil {
			s.chance.add(a.chances[i], t.hit)
		}
	}
	unit := maseUnit(c.y, c.m)
	if math.IsNaN(unit) {
		return
	}
	two := naive2(filled(c.y), c.m, c.h)
	var g groupScore
	for k, v := range c.after {
		if math.IsNaN(v) {
			continue
		}
		g.n++
		g.smape += smapeOf(v, a.mean[k])
		g.mase += math.Abs(v-a.mean[k]) / unit
		g.smape2 += smapeOf(v, two[k])
		g.mase2 += math.Abs(v-two[k]) / unit
		if v >= a.lo80[k] && v <= a.hi80[k] {
			g.in80++
		}
		if v >= a.lo95[k] && v <= a.hi95[k] {
			g.in95++
		}
		g.score80 += intervalScore(v, a.lo80[k], a.hi80[k], .2) / unit
		g.score95 += intervalScore(v, a.lo95[k], a.hi95[k], .05) / unit
	}
	if g.n == 0 {
		return
	}
	for _, name := range []string{c.group, "ALL"} {
		sum := s.groups[name]
		if sum == nil {
			sum = &groupScore{}
			s.groups[name] = sum
		}
		n := float64(g.n)
		sum.n++
		sum.smape += g.smape / n
		sum.mase += g.mase / n
		sum.smape2 += g.smape2 / n
		sum.mase2 += g.mase2 / n
		sum.in80 += g.in80 / n
		sum.in95 += g.in95 / n
		sum.score80 += g.score80 / n
		sum.score95 += g.score95 / n
		sum.ms = append(sum.ms, a.ms)
	}
}

// owa is the mean of percentage and scaled error, each relative to Naive2's.
func (g *groupScore) owa() float64 { return .5 * (g.smape/g.smape2 + g.mase/g.mase2) }

const forecastHead = "method            group          n   sMAPE    MASE     OWA   cov80   cov95  MSIS80  MSIS95  ms mean   ms p95\n"

// write prints one line a group, all series last.
func (s *forecastScore) write(w io.Writer) {
	names := make([]string, 0, len(s.groups))
	for name := range s.groups {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return groupRank(a) - groupRank(b) })
	for _, name := range names {
		g := s.groups[name]
		n := float64(g.n)
		slices.Sort(g.ms)
		sum := 0.0
		for _, v := range g.ms {
			sum += v
		}
		fmt.Fprintf(w, "%-17s %-10s %5d %7.3f %7.3f %7.4f %7.2f %7.2f %7.3f %7.3f %8.3f %8.3f\n", s.name, name, g.n, g.smape/n, g.mase/n, g.owa(),
			100*g.in80/n, 100*g.in95/n, g.score80/n, g.score95/n, sum/n, stats.Quantile(g.ms, .95))
	}
}

func groupRank(name string) int {
	return slices.Index([]string{"daily", "weekly", "monthly", "quarterly", "yearly", "other", "short", "ALL"}, name)
}

// A chanceScore compares chances with what came.
type chanceScore struct {
	n, hits    int
	brier, log float64
	bins       [10]struct{ n, chance, hit float64 }
}

func (s *chanceScore) add(p float64, hit bool) {
	y := 0.0
	if hit {
		y = 1
		s.hits++
	}
	s.n++
	s.brier += (p - y) * (p - y)
	clipped := min(max(p, .005), .995)
	s.log -= y*math.Log(clipped) + (1-y)*math.Log(1-clipped)
	b := &s.bins[min(int(p*10), 9)]
	b.n++
	b.chance += p
	b.hit += y
}

// ece is the expected calibration error over ten bins of chance.
func (s *chanceScore) ece() (e float64) {
	for _, b := range s.bins {
		e += math.Abs(b.chance - b.hit)
	}
	return e / float64(s.n)
}

const chanceHead = "method            rule           n    base   Brier   skill     ECE  log loss\n"

func (s *chanceScore) write(w io.Writer, method, rule string) {
	n := float64(s.n)
	base := float64(s.hits) / n
	fmt.Fprintf(w, "%-17s %-10s %5d %7.3f %7.4f %7.3f %7.4f %9.4f\n", method, rule, s.n, base, s.brier/n, 1-s.brier/n/(base*(1-base)), s.ece(), s.log/n)
}

func smapeOf(a, f float64) float64 {
	if d := math.Abs(a) + math.Abs(f); d > 0 {
		return 200 * math.Abs(a-f) / d
	}
	return 0
}

func intervalScore(v, lo, hi, alpha float64) float64 {
	return hi - lo + 2/alpha*max(lo-v, 0) + 2/alpha*max(v-hi, 0)
}

// maseUnit is the mean absolute difference at lag m over observed pairs, at lag 1 where that is
// impossible, NaN where all values are the same.
func maseUnit(y []float64, m int) float64 {
	for _, lag := range []int{m, 1} {
		sum, n := 0.0, 0.0
		for t := lag; t < len(y); t++ {
			if d := math.Abs(y[t] - y[t-lag]); !math.IsNaN(d) {
				sum += d
				n++
			}
		}
		if n > 0 && sum > 0 {
			return sum / n
		}
	}
	return math.NaN()
}
