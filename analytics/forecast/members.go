package forecast

import (
	"math"
	"sync"

	"tandem/analytics/stats"
)

// A family is a kind of member: what it believes about the slope.
type family uint8

const (
	levelFamily  family = iota // no slope
	driftFamily                // a fixed slope, estimated
	dampedFamily               // a slope that fades by phi a step
	trendFamily                // a slope that changes and does not fade
	families
)

// A member is one exponential smoother in innovations form: forecast f = l + phi·b + s, error e = y − f,
// then l = l + phi·b + alpha·e, b = phi·b + beta·e, and the season of that place moves by gamma·e.
type member struct {
	family                  family
	alpha, beta, phi, gamma float64
	steep                   bool // a slope that may be many times the noise: a counter, a debt paid off by the same sum
}

const (
	maxSeason = 12
	maxScales = 2
	maxUnits  = 2 + maxSeason // unit columns: level, slope, one for each season's start
	maxCols   = maxScales + maxUnits

	steepFrom = 16   // values from which steep members take part
	steepness = .001 // of the precision of their slope, in that of the others

	seasonPrior = 0.1 // precision of each starting season, in units of 1/sigma²
)

// memberGrid gives the members that are averaged; with a season the grid is thinner. Nobody changes it.
func memberGrid(seasonal bool) []member {
	if seasonal {
		return seasonalMembers()
	}
	return plainMembers()
}

var plainMembers = sync.OnceValue(func() []member {
	return members([]float64{.02, .06, .12, .25, .4, .6, .8, 1}, []float64{.8, .9, .97}, []float64{0, .05, .15, .4}, []float64{.03, .1, .3}, 0)
})

var seasonalMembers = sync.OnceValue(func() (ms []member) {
	for _, gamma := range []float64{0, .1} {
		ms = append(ms, members([]float64{.02, .06, .12, .25, .45, .7, 1}, []float64{.9, .97}, []float64{0, .1}, []float64{.05}, gamma)...)
	}
	return ms
})

// members crosses the settings: damped slopes of every phi and beta/alpha, changing ones of every
// beta/alpha.
func members(alphas, phis, damped, changing []float64, gamma float64) (ms []member) {
	for _, a := range alphas {
		ms = append(ms, member{levelFamily, a, 0, 0, gamma, false}, member{driftFamily, a, 0, 1, gamma, false})
		if gamma == 0 {
			ms = append(ms, member{driftFamily, a, 0, 1, gamma, true})
		}
		for _, p := range phis {
			for _, b := range damped {
				ms = append(ms, member{dampedFamily, a, float64(a * b), p, gamma, false})
			}
		}
		for _, b := range changing {
			ms = append(ms, member{trendFamily, a, float64(a * b), 1, gamma, false})
		}
	}
	return ms
}

// A state is what a member knows, on one scale: its likelihood, the start that was solved for, and where
// it stands after the last cell, which is everything a forecast needs.
type state struct {
	loglik, sigma2 float64
	level, slope   float64
	season         [maxSeason]float64 // by cell number modulo the season
	start          [2]float64         // level and slope before the first cell
	startSeason    [maxSeason]float64
}

// sums are what the restricted likelihood needs of a member's errors, which are linear in the unknown
// start x (level, slope, seasons): e = a − X·x, where a comes from the data started at zero and the
// columns of X from unit starts without data. gram is X'X (lower half), cross X'a and square a'a by scale.
type sums struct {
	gram          [maxUnits][maxUnits]float64
	cross         [maxScales][maxUnits]float64
	square        [maxScales]float64
	scales, units int
	count         int
	logs          float64 // Σ ln of the variances of errors after gaps, in units of sigma²
}

// gather runs the recursion for the data of each scale and for each unit start side by side. A missing
// value is predicted and teaches nothing. When ahead is not nil it is called before each value with what
// every column expects of it, when s holds the sums of the values before.
func (s *sums) gather(mb member, zs [][]float64, seen []bool, season int, ahead func(t int, expected []float64)) {
	var level, slope, e [maxCols]float64
	var seasons [maxSeason][maxCols]float64
	s.begin(len(zs), season)
	scales, cols := s.scales, s.scales+s.units
	level[scales], slope[scales+1] = 1, 1
	if mb.family == levelFamily {
		slope[scales+1] = 0
	}
	for j := range s.units - 2 {
		seasons[j][scales+2+j] = 1
	}
	lv, sl, er := level[:cols], slope[:cols], e[:cols]
	unit := er[scales:]
	var g gap
	g.start()
	phase := -1
	for t, ok := range seen {
		if phase++; phase == season {
			phase = 0
		}
		if !ok { // nothing seen: predict only
			g.pass(&mb)
			for c := range lv {
				sl[c] *= mb.phi
				lv[c] += sl[c]
			}
			continue
		}
		for c := range lv {
			sl[c] *= mb.phi
			lv[c] += sl[c]
			er[c] = lv[c]
		}
		if season > 1 {
			row := seasons[phase][:len(er)]
			for c := range er {
				er[c] += row[c]
			}
		}
		if ahead != nil {
			ahead(t, er)
		}
		s.count++
		alpha, beta := mb.alpha, mb.beta
		for c := range er {
			er[c] = -er[c]
		}
		for k, z := range zs {
			er[k] += z[t]
		}
		if g.variance > 1 {
			s.addWeighted(unit, er[:scales], g.close(&mb))
			s.logs, alpha, beta = g.logs, g.alpha, g.beta
		} else {
			s.add(unit, er[:scales])
		}
		for c := range lv {
			lv[c] += float64(alpha * er[c])
			sl[c] += float64(beta * er[c])
		}
		if mb.gamma > 0 {
			row := seasons[phase][:len(er)]
			for c := range er {
				row[c] += float64(mb.gamma * er[c])
			}
		}
	}
}

func (s *sums) begin(scales, season int) {
	s.scales, s.units, s.count, s.logs = scales, 2, 0, 0
	if season > 1 {
		s.units += season
	}
	for i := range s.units {
		clear(s.gram[i][:s.units])
	}
	for k := range scales {
		clear(s.cross[k][:s.units])
		s.square[k] = 0
	}
}

// add adds the errors of one value, of the unit starts and of the data.
func (s *sums) add(unit, data []float64) {
	for k, e := range data {
		s.square[k] += float64(e * e)
		row := s.cross[k][:len(unit)]
		for i, u := range unit {
			row[i] -= float64(u * e)
		}
	}
	for i, u := range unit {
		row := s.gram[i][:i+1]
		for j, v := range unit[:len(row)] {
			row[j] += float64(u * v)
		}
	}
}

// addWeighted is add with errors whose squares count w.
func (s *sums) addWeighted(unit, data []float64, w float64) {
	var u, d [maxUnits]float64
	w = math.Sqrt(w)
	for i, e := range unit {
		u[i] = float64(w * e)
	}
	for k, e := range data {
		d[k] = float64(w * e)
	}
	s.add(u[:len(unit)], d[:len(data)])
}

// solve integrates the start out exactly by one ridge regression: S = X'X + Λ, x = S⁻¹X'a, SSE = a'a −
// x'X'a, and the restricted log-likelihood is −½(n−1)·ln(SSE/(n−1)) − ½·ln|S| (de Jong 1991; Harvey 1989,
// 3.4). The level's prior is flat; slopePrior is the precision of the slope's.
func (s *sums) solve(mb member, slopePrior float64, out *[maxScales]state) {
	var a [maxUnits * maxUnits]float64
	flat, units := mb.family == levelFamily, s.units
	if mb.steep {
		if s.count < steepFrom {
			for k := range s.scales {
				out[k] = state{loglik: math.Inf(-1), sigma2: 1}
			}
			return
		}
		slopePrior *= steepness
	}
	for i := range units {
		copy(a[i*units:], s.gram[i][:i+1])
		if i >= 2 {
			a[i*units+i] += seasonPrior
		}
	}
	a[units+1] += slopePrior
	if flat {
		a[units+1] = 1
	}
	logdet := stats.Cholesky(a[:units*units], units) - float64(float64(units-2)*math.Log(seasonPrior))
	params := 1.0
	if !flat {
		logdet -= math.Log(slopePrior)
		params = 2
	}
	for k := range s.scales {
		x := s.cross[k]
		stats.Solve(a[:units*units], units, x[:units])
		sse := s.square[k]
		for i := range units {
			sse -= float64(x[i] * s.cross[k][i])
		}
		sse = max(sse, 1e-10*max(s.square[k], 1e-6))
		n := float64(s.count)
		out[k] = state{loglik: -float64(.5*(n-1)*math.Log(sse/(n-1))) - float64(.5*logdet) - float64(.5*s.logs), sigma2: sse / max(n-params, 1)}
		out[k].start = [2]float64{x[0], x[1]}
		copy(out[k].startSeason[:], x[2:units])
	}
}

// follow runs the member from the start that was solved for to the end, where it leaves the state. When
// use is not nil it is called with the level after each cell.
func (mb member) follow(s *state, z []float64, seen []bool, season int, use func(t int, level float64)) {
	level, slope := s.start[0], s.start[1]
	s.season = s.startSeason
	var g gap
	g.start()
	phase := -1
	for t, ok := range seen {
		if phase++; phase == season {
			phase = 0
		}
		slope *= mb.phi
		level += slope
		if ok {
			e := z[t] - level
			if season > 1 {
				e -= s.season[phase]
				s.season[phase] += float64(mb.gamma * e)
			}
			alpha, beta := mb.alpha, mb.beta
			if g.variance > 1 {
				g.close(&mb)
				alpha, beta = g.alpha, g.beta
			}
			level += float64(alpha * e)
			slope += float64(beta * e)
		} else {
			g.pass(&mb)
		}
		if use != nil {
			use(t, level)
		}
	}
	s.level, s.slope = level, slope
}
