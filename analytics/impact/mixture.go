package impact

import "math"

// A student is Student's t with given degrees of freedom, tabled once for the many values that a mixture
// asks for: cubic between knots, which is right to about 1e-9.
type student struct {
	dof      float64
	scale    float64 // density at 0
	cdf, pdf [knots + 1]float64
}

const (
	knots   = 320
	spacing = .05 // from 0 up to 16
)

func newStudent(dof float64) *student {
	s := &student{dof: dof, cdf: [knots + 1]float64{.5}}
	lg1, _ := math.Lgamma((dof + 1) / 2)
	lg2, _ := math.Lgamma(dof / 2)
	scale := math.Exp(lg1-lg2) / math.Sqrt(dof*math.Pi)
	s.scale = scale
	density := s.density
	s.pdf[0] = density(0)
	for i := 1; i <= knots; i++ {
		x := float64(i) * spacing
		s.pdf[i] = density(x)
		// Boole's rule over one spacing
		quarter, half, most := density(x-float64(.75*spacing)), density(x-float64(.5*spacing)), density(x-float64(.25*spacing))
		s.cdf[i] = s.cdf[i-1] + float64(spacing/90*(float64(7*(s.pdf[i-1]+s.pdf[i]))+32*(quarter+most)+float64(12*half)))
	}
	return s
}

// density gives the height at x.
func (s *student) density(x float64) float64 {
	return s.scale * math.Exp(-(s.dof+1)/2*math.Log1p(float64(x*x)/s.dof))
}

// tail gives the share above a large x, by the series of the incomplete beta function.
func (s *student) tail(x float64) float64 {
	z := 1 / (1 + float64(x*x)/s.dof) // in (0, 1)
	a := s.dof / 2
	sum, term := 1/a, 1.0
	for k := 1.0; k < 500; k++ {
		term = float64(term * z * (k - .5) / k)
		add := term / (a + k)
		sum += add
		if add < 1e-15*sum {
			break
		}
	}
	return .5 * s.scale * math.Sqrt(s.dof) * math.Exp(a*math.Log(z)) * sum
}

// at gives the share below x and the density there.
func (s *student) at(x float64) (cdf, pdf float64) {
	a := math.Abs(x)
	if !(a < knots*spacing) {
		tail := 0.0
		if a < 1e150 {
			tail, pdf = s.tail(a), s.density(a)
		}
		if x > 0 {
			return 1 - tail, pdf
		}
		return tail, pdf
	}
	i := int(a / spacing)
	u := a/spacing - float64(i)
	c0, c1, d0, d1 := s.cdf[i], s.cdf[i+1], float64(s.pdf[i]*spacing), float64(s.pdf[i+1]*spacing)
	// Hermite through both values and both densities
	e2, e3 := float64(3*(c1-c0))-2*d0-d1, 2*(c0-c1)+d0+d1
	cdf = c0 + float64(u*(d0+float64(u*(e2+float64(u*e3)))))
	pdf = s.pdf[i] + float64(u*(s.pdf[i+1]-s.pdf[i]))
	if x < 0 {
		cdf = 1 - cdf
	}
	return cdf, pdf
}

// A mixture is a weighted sum of t distributions of one number of degrees of freedom.
type mixture struct {
	*student
	weight, mean, se []float64
}

const lightest = 1e-6 // shares under this cannot move a digit that is shown

// of gives the mixture of one effect.
func (p *posterior) of(effect int, t *student) mixture {
	return p.mix(effect, t, func(*point) bool { return true })
}

// ofCombo gives the mixture of a combination as if there were no other; it is about its first effect.
func (p *posterior) ofCombo(combo int, t *student) mixture {
	return p.mix(0, t, func(pt *point) bool { return int(pt.combo) == combo })
}

func (p *posterior) mix(effect int, t *student, keep func(*point) bool) mixture {
	m := mixture{student: t}
	top := 0.0
	for i := range p.points {
		if keep(&p.points[i]) {
			top = math.Max(top, p.points[i].weight)
		}
	}
	sum := 0.0
	for i := range p.points {
		if pt := &p.points[i]; keep(pt) && pt.weight >= lightest*top {
			m.weight = append(m.weight, pt.weight)
			m.mean = append(m.mean, p.mean(i, effect))
			m.se = append(m.se, math.Max(p.se(i, effect), 1e-300))
			sum += pt.weight
		}
	}
	for i := range m.weight {
		m.weight[i] /= sum
	}
	return m
}

// below gives the share under x and the density at x.
func (m *mixture) below(x float64) (cdf, pdf float64) {
	for i, w := range m.weight {
		c, p := m.at((x - m.mean[i]) / m.se[i])
		cdf += float64(w * c)
		pdf += float64(w * p / m.se[i])
	}
	return math.Min(math.Max(cdf, 0), 1), pdf
}

// centre gives the mean.
func (m *mixture) centre() (mean float64) {
	for i, w := range m.weight {
		mean += float64(w * m.mean[i])
	}
	return mean
}

// quantile finds the value under which the share q lies, by Newton's steps kept inside a bracket.
func (m *mixture) quantile(q float64) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	reach := 4.0
	for i := range m.weight {
		lo = math.Min(lo, m.mean[i]-float64(reach*m.se[i]))
		hi = math.Max(hi, m.mean[i]+float64(reach*m.se[i]))
	}
	span := hi - lo
	for range 60 {
		c, _ := m.below(lo)
		if c < q {
			break
		}
		lo -= span
		span *= 2
	}
	span = hi - lo
	for range 60 {
		c, _ := m.below(hi)
		if c > q {
			break
		}
		hi += span
		span *= 2
	}
	x := lo + float64(q*(hi-lo))
	for range 100 {
		c, p := m.below(x)
		if c < q {
			lo = x
		} else {
			hi = x
		}
		next := x - (c-q)/p
		if !(next > lo && next < hi) {
			next = lo + .5*(hi-lo)
		}
		if math.Abs(next-x) <= 1e-10*(math.Abs(x)+(hi-lo)) || next == lo || next == hi {
			return next
		}
		x = next
	}
	return x
}
