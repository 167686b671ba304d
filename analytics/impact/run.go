package impact

import "math"

// These bound what is looked at; the largest value is that of a metric.
const (
	largest  = 1e15
	mostDays = 36600
	most     = 8 // effects told apart jointly
)

// Run answers q. The error is a BadQuestion; a question that makes sense always has an answer, which may
// be TooEarly.
func Run(q Question) (Answer, error) {
	if err := q.check(); err != nil {
		return Answer{}, err
	}
	a := Answer{Method: Method, Effects: make([]Difference, len(q.Effects))}
	f := newFrame(&q)
	a.Values, a.Controls = f.count, f.controls
	for i := range a.Effects {
		a.Effects[i].count(&q, i)
	}
	if f.count < 4 {
		for i := range a.Effects {
			a.Effects[i].untold(f)
		}
		return a, nil
	}
	w := newWork(f)
	p := f.infer(&q.Prior, w)
	if a.Unusual = f.damp(p, w); a.Unusual > 0 {
		p = f.infer(&q.Prior, w)
	}
	t := newStudent(p.dof)
	for i := range a.Effects {
		d := &a.Effects[i]
		m := p.of(i, t)
		d.tell(&q, f, &m)
		d.Word = d.word(&q, a.Controls)
	}
	return a, nil
}

// check refuses what no page or import could have let through.
func (q *Question) check() error {
	wild := func(values []float64, missing bool) bool {
		for _, v := range values {
			if !(math.Abs(v) <= largest) && !(missing && math.IsNaN(v)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(q.Values) > mostDays || wild(q.Values, true):
		return BadQuestion{"values"}
	case q.Season < 0 || q.Season > 60:
		return BadQuestion{"season"}
	case len(q.Effects) == 0 || len(q.Effects) > most:
		return BadQuestion{"effects"}
	case !(q.Worth >= 0 && q.Worth <= largest):
		return BadQuestion{"worth"}
	case q.Placebos < 0 || q.Placebos > 50:
		return BadQuestion{"placebos"}
	}
	for _, x := range q.Controls {
		if len(x) != len(q.Values) || wild(x, true) {
			return BadQuestion{"controls"}
		}
	}
	for i := range q.Effects {
		e := &q.Effects[i]
		switch {
		case e.Shape > AnyForm || e.Shape == AnyForm && len(q.Effects) > 1:
			return BadQuestion{"shape"}
		case wild(e.Dose, false):
			return BadQuestion{"dose"}
		}
	}
	for _, v := range q.Prior {
		if !(v >= 0 && v <= largest) {
			return BadQuestion{"prior"}
		}
	}
	return nil
}

// count counts the values before and since the start of effect i.
func (d *Difference) count(q *Question, i int) {
	start := q.Effects[i].Start - q.First
	for t, v := range q.Values {
		switch {
		case math.IsNaN(v):
		case t < start:
			d.Before++
		default:
			d.After++
		}
	}
}

// untold fills in what is said when nothing can be: no difference, and a range as good as without end.
func (d *Difference) untold(f *frame) {
	wide := 1e6 * math.Max(f.unit, math.Abs(f.centre))
	d.Lo80, d.Hi80, d.Lo95, d.Hi95 = -wide, wide, -wide, wide
	d.P, d.Sure, d.Worthwhile = 1, .5, 0
	d.Placebo.Widened = 1
}

// tell fills in the figures from the mixture, back in the unit of the values.
func (d *Difference) tell(q *Question, f *frame, m *mixture) {
	d.Told = true
	d.Mean = m.centre() * f.unit
	d.Lo80, d.Hi80 = m.quantile(.1)*f.unit, m.quantile(.9)*f.unit
	d.Lo95, d.Hi95 = m.quantile(.025)*f.unit, m.quantile(.975)*f.unit
	c, _ := m.below(0)
	d.Sure = math.Max(c, 1-c)
	d.P = 2 * math.Min(c, 1-c)
	d.Placebo.Widened = 1
	worth := q.Worth / f.unit
	if q.Down {
		d.Worthwhile, _ = m.below(-worth)
	} else {
		c, _ = m.below(worth)
		d.Worthwhile = 1 - c
	}
}
