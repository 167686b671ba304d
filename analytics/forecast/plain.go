package forecast

import "math"

// plain fills s as gather does for a member without a season: the same steps with every number of its own,
// which a processor works on side by side. other is nil where there is one scale only.
func (s *sums) plain(mb member, z, other []float64, seen []bool) {
	s.begin(1, 1)
	if other == nil {
		other = z
	} else {
		s.scales = 2
	}
	alpha, beta, phi := mb.alpha, mb.beta, mb.phi
	var la, ba, lc, bc, lv, bv, ls, bs float64 // level and slope of the data twice, of the unit level and slope
	lv, bs = 1, 1
	if mb.family == levelFamily {
		bs = 0
	}
	var vv, vs, ss, av, as, aa, cv, cs, cc float64
	count := 0
	var g gap
	g.start()
	other = other[:len(z)]
	for t, ok := range seen[:len(z)] {
		ba *= phi
		bc *= phi
		bv *= phi
		bs *= phi
		la += ba
		lc += bc
		lv += bv
		ls += bs
		if !ok {
			g.pass(&mb)
			continue
		}
		count++
		ea, ec := z[t]-la, other[t]-lc
		if g.variance > 1 {
			w := g.close(&mb)
			alpha, beta = g.alpha, g.beta
			vv += float64(w * lv * lv)
			vs += float64(w * lv * ls)
			ss += float64(w * ls * ls)
			av += float64(w * ea * lv)
			as += float64(w * ea * ls)
			aa += float64(w * ea * ea)
			cv += float64(w * ec * lv)
			cs += float64(w * ec * ls)
			cc += float64(w * ec * ec)
		} else {
			vv += float64(lv * lv)
			vs += float64(lv * ls)
			ss += float64(ls * ls)
			av += float64(ea * lv)
			as += float64(ea * ls)
			aa += float64(ea * ea)
			cv += float64(ec * lv)
			cs += float64(ec * ls)
			cc += float64(ec * ec)
		}
		la += float64(alpha * ea)
		lc += float64(alpha * ec)
		ba += float64(beta * ea)
		bc += float64(beta * ec)
		bv -= float64(beta * lv)
		bs -= float64(beta * ls)
		lv -= float64(alpha * lv)
		ls -= float64(alpha * ls)
		alpha, beta = mb.alpha, mb.beta
	}
	s.count, s.logs = count, g.logs
	s.gram[0][0], s.gram[1][0], s.gram[1][1] = vv, vs, ss
	s.cross[0][0], s.cross[0][1], s.square[0] = av, as, aa
	s.cross[1][0], s.cross[1][1], s.square[1] = cv, cs, cc
}

// A gap is what steps without a value do to the error of the next one: it is as much wider as the error of
// a forecast so many steps ahead, and counts as much less. Without that, one long gap would tell more of a
// slope than all neighbours together.
type gap struct {
	variance, slope float64 // of the next error, and its covariance with that of the slope, in units of sigma²
	power, phis     float64
	alpha, beta     float64 // by how much the error after it moves level and slope: what was missed is made up for
	logs            float64 // Σ ln variance over the errors after gaps
}

func (g *gap) start() { g.variance, g.slope, g.power, g.phis = 1, 0, 1, 0 }

// pass goes over a step without a value.
func (g *gap) pass(mb *member) {
	g.power *= mb.phi
	g.phis += g.power
	q := mb.alpha + float64(mb.beta*g.phis)
	g.variance += float64(q * q)
	g.slope += float64(q * mb.beta * g.power)
}

// close ends a gap with a value and gives the weight of its squared error.
func (g *gap) close(mb *member) float64 {
	w := 1 / g.variance
	g.alpha = float64((g.variance - 1 + mb.alpha) * w)
	g.beta = float64((g.slope + mb.beta) * w)
	g.logs += math.Log(g.variance)
	g.start()
	return w
}
