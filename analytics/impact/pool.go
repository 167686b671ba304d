package impact

import "math"

// A Pooled effect is what several people's differences say together: the mean over people like them, and
// how much people differ.
type Pooled struct {
	Told                         bool
	People                       int
	Mean, Lo80, Hi80, Lo95, Hi95 float64
	P, Sure                      float64
	Worthwhile                   float64 // share beyond the smallest difference worth having, on the good side
	Spread                       float64 // likely sd of the true differences between people
	NextLo80, NextHi80           float64 // 80 % range for one more person
}

const spreadPoints = 41

// Pool pools differences with their standard errors, at least two. The spread between people starts from
// DerSimonian and Laird (1986) and is integrated over a grid around it, with a flat prior on its scale
// and Student's t for few people (Hartung and Knapp 2001). Worth and down are those of Question.
func Pool(means, ses []float64, worth float64, down bool) (Pooled, error) {
	n := len(means)
	if len(ses) != n {
		return Pooled{}, BadQuestion{"errors"}
	}
	for i := range means {
		if !(math.Abs(means[i]) <= largest) {
			return Pooled{}, BadQuestion{"means"}
		}
		if !(ses[i] > 0 && ses[i] <= largest) {
			return Pooled{}, BadQuestion{"errors"}
		}
	}
	out := Pooled{People: n, P: 1, Sure: .5}
	if n < 2 {
		return out, nil
	}
	unit := 0.0
	for _, s := range ses {
		unit += s / float64(n)
	}
	y, v := make([]float64, n), make([]float64, n)
	for i := range y {
		y[i], v[i] = means[i]/unit, float64((ses[i]/unit)*(ses[i]/unit))
	}
	start := math.Sqrt(derSimonian(y, v))
	top := 4*start + 2 // in units of the usual standard error
	m, next := mixture{student: newStudent(float64(n - 1))}, mixture{}
	next.student = m.student
	logs, spread := make([]float64, spreadPoints), 0.0
	for k := range spreadPoints {
		tau := top * float64(k) / (spreadPoints - 1)
		mean, variance, q, ll := weighted(y, v, tau*tau)
		// the disagreement that is seen says how wide the range is, but halves it at most
		se := math.Sqrt(variance * math.Max(q/float64(n-1), .25))
		logs[k] = ll
		m.mean, m.se = append(m.mean, mean), append(m.se, se)
		next.mean, next.se = append(next.mean, mean), append(next.se, math.Sqrt(float64(se*se)+float64(tau*tau)))
	}
	m.weight = shares(logs)
	next.weight = m.weight
	for k, w := range m.weight {
		spread += float64(w*top) * float64(k) / (spreadPoints - 1)
	}
	c, _ := m.below(0)
	out.Told = true
	out.Mean = m.centre() * unit
	out.Lo80, out.Hi80 = m.quantile(.1)*unit, m.quantile(.9)*unit
	out.Lo95, out.Hi95 = m.quantile(.025)*unit, m.quantile(.975)*unit
	out.P, out.Sure = 2*math.Min(c, 1-c), math.Max(c, 1-c)
	out.Worthwhile = m.beyond(worth/unit, down)
	out.Spread = spread * unit
	out.NextLo80, out.NextHi80 = next.quantile(.1)*unit, next.quantile(.9)*unit
	return out, nil
}

// derSimonian gives the moment estimate of the variance between people.
func derSimonian(y, v []float64) float64 {
	_, _, q, _ := weighted(y, v, 0)
	s1, s2 := 0.0, 0.0
	for _, x := range v {
		s1 += 1 / x
		s2 += 1 / float64(x*x)
	}
	return math.Max(0, (q-float64(len(y)-1))/(s1-s2/s1))
}

// weighted gives the mean weighted by precision, its variance, the disagreement around it, and the
// restricted log-likelihood, for one variance between people.
func weighted(y, v []float64, tau2 float64) (mean, variance, q, ll float64) {
	sum := 0.0
	for i := range y {
		w := 1 / (v[i] + tau2)
		sum += w
		mean += float64(w * y[i])
		ll += .5 * math.Log(w)
	}
	mean /= sum
	for i := range y {
		d := y[i] - mean
		q += float64(d*d) / (v[i] + tau2)
	}
	return mean, 1 / sum, q, ll - .5*math.Log(sum) - .5*q
}

// shares turns logarithms of weights into shares.
func shares(logs []float64) []float64 {
	top, sum := math.Inf(-1), 0.0
	for _, l := range logs {
		top = math.Max(top, l)
	}
	out := make([]float64, len(logs))
	for i, l := range logs {
		out[i] = math.Exp(l - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
