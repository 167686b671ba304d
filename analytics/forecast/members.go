package forecast

import (
	"math"

	"tandem/analytics/stats"
)

// A family is a kind of member: what it believes about the slope.
type family uint8

const (
	levelFamily  family = iota // no slope
	driftFamily                // a fixed slope, estimated
	dampedFamily               // a slope that fades by phi a step
	families
)

// A member is one exponential smoother in innovations form: forecast f = l + phi·b, error e = y − f,
// then l = f + alpha·e and b = phi·b + beta·e.
type member struct {
	family           family
	alpha, beta, phi float64
}

const (
	maxSeason = 12
	maxScales = 2
	maxUnits  = 2 + maxSeason // unit columns: level, slope, one for each season's start
	maxCols   = maxScales + maxUnits

	seasonPrior = 0.1 // precision of each starting season, in units of 1/sigma²
)

// memberGrid gives the members that are averaged; with a season the grid is thinner.
func memberGrid(seasonal bool) []member {
	alphas := []float64{.02, .06, .12, .25, .4, .6, .8, 1}
	phis := []float64{.8, .9, .97}
	shares := []float64{0, .05, .15, .4} // beta/alpha
	if seasonal {
		alphas = []float64{.02, .06, .12, .25, .45, .7, 1}
		phis, shares = []float64{.9, .97}, []float64{0, .1}
	}
	var ms []member
	for _, a := range alphas {
		ms = append(ms, member{levelFamily, a, 0, 0}, member{driftFamily, a, 0, 1})
		for _, p := range phis {
			for _, b := range shares {
				ms = append(ms, member{dampedFamily, a, a * b, p})
			}
		}
	}
	return ms
}

// A state is what a member knows after the last cell, on one scale: everything a forecast needs.
type state struct {
	loglik, sigma2 float64
	level, slope   float64
	season         [maxSeason]float64 // by cell number modulo the season
	start          [2]float64         // level and slope before the first cell
}

// runMember filters all scales at once and gives a state for each.
//
// Every error is linear in the unknown start x (level, slope, seasons): e = a − X·x, where a comes from
// the data started at zero and the columns of X from unit starts without data. So the start is
// integrated out exactly by one ridge regression: S = X'X + Λ, x = S⁻¹X'a, SSE = a'a − x'X'a, and the
// restricted log-likelihood is −½(n−1)·ln(SSE/(n−1)) − ½·ln|S| (de Jong 1991; Harvey 1989, 3.4).
// The level's prior is flat; slopePrior is the precision of the slope's.
func runMember(mb member, zs [][]float64, seen []bool, season int, slopePrior float64) [maxScales]state {
	var level, slope, e [maxCols]float64
	var gram [maxUnits][maxUnits]float64
	var cross [maxScales][maxUnits]float64
	var square [maxScales]float64
	scales, units, count := len(zs), 2, 0
	if season > 1 {
		units += season
	}
	cols := scales + units
	level[scales], slope[scales+1] = 1, 1
	if mb.family == levelFamily {
		slope[scales+1] = 0
	}
	lv, sl, er := level[:cols], slope[:cols], e[:cols]
	unit := er[scales:]
	for t, ok := range seen {
		if !ok { // nothing seen: predict only
			for c := range lv {
				sl[c] *= mb.phi
				lv[c] += sl[c]
			}
			continue
		}
		count++
		for c := range lv {
			sl[c] *= mb.phi
			lv[c] += sl[c]
			er[c] = -lv[c]
		}
		if season > 1 {
			unit[2+t%season]--
		}
		for k, z := range zs {
			ek := er[k] + z[t]
			er[k] = ek
			square[k] += ek * ek
			row := cross[k][:len(unit)]
			for i, u := range unit {
				row[i] -= u * ek
			}
		}
		for c := range lv {
			lv[c] += mb.alpha * er[c]
			sl[c] += mb.beta * er[c]
		}
		for i, u := range unit {
			row := gram[i][:i+1]
			for j, v := range unit[:len(row)] {
				row[j] += u * v
			}
		}
	}
	return solveStart(mb, &gram, &cross, square, level, slope, scales, units, count, slopePrior)
}

// solveStart ends runMember: the ridge regression for the start, and the states that follow from it.
func solveStart(mb member, gram *[maxUnits][maxUnits]float64, cross *[maxScales][maxUnits]float64,
	square [maxScales]float64, level, slope [maxCols]float64, scales, units, count int, slopePrior float64,
) (out [maxScales]state) {
	var a [maxUnits * maxUnits]float64
	flat := mb.family == levelFamily
	for i := range units {
		copy(a[i*units:], gram[i][:i+1])
		if i >= 2 {
			a[i*units+i] += seasonPrior
		}
	}
	a[units+1] += slopePrior
	if flat {
		a[units+1] = 1
	}
	logdet := stats.Cholesky(a[:units*units], units) - float64(units-2)*math.Log(seasonPrior)
	params := 1.0
	if !flat {
		logdet -= math.Log(slopePrior)
		params = 2
	}
	for k := range scales {
		x := cross[k]
		stats.Solve(a[:units*units], units, x[:units])
		sse := square[k]
		for i := range units {
			sse -= x[i] * cross[k][i]
		}
		sse = max(sse, 1e-10*max(square[k], 1e-6))
		s := &out[k]
		n := float64(count)
		s.loglik = -.5*(n-1)*math.Log(sse/(n-1)) - .5*logdet
		s.sigma2 = sse / max(n-params, 1)
		s.level, s.slope = level[k], slope[k]
		for i := range units {
			s.level += level[scales+i] * x[i]
			s.slope += slope[scales+i] * x[i]
			if i >= 2 {
				s.season[i-2] = x[i]
			}
		}
		s.start = [2]float64{x[0], x[1]}
	}
	return out
}

// trace adds weight × the member's level after each seen cell to out, from the start that was solved
// for. z is on the member's scale.
func (mb member) trace(s state, z []float64, seen []bool, season int, weight float64, out []float64) {
	level, slope := s.start[0], s.start[1]
	for t, ok := range seen {
		slope *= mb.phi
		level += slope
		if ok {
			e := z[t] - level
			if season > 1 {
				e -= s.season[t%season]
			}
			level += mb.alpha * e
			slope += mb.beta * e
		}
		out[t] += weight * level
	}
}
