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
	w := newWork(f)
	p := f.posterior(&q, &a, w)
	if p == nil {
		for i := range a.Effects {
			a.Effects[i].untold(f)
		}
		return a, nil
	}
	a.level(p, f, &q.Prior)
	t := newStudent(p.dof)
	for i := range a.Effects {
		d := &a.Effects[i]
		d.Placebo = f.placebo(&q, p, i, w)
		d.chosen(p, f, &q, i)
		m := p.of(i, t)
		if d.Placebo.Widened > 1 {
			m.widen(d.Placebo.Widened)
		}
		d.tell(&q, f, &m)
		d.Word = d.word(&q, a.Controls)
		if d.Word == TooEarly || d.Word == WithinChance {
			d.Tell = f.tellDate(&q, p, i, d.Before, d.After)
		}
	}
	return a, nil
}

// posterior runs the grid, and once more when days stand out; nil when there are too few values.
func (f *frame) posterior(q *Question, a *Answer, w *work) *posterior {
	if q.Effects[0].Shape == AnyForm {
		start := q.Effects[0].Start - q.First
		if a.Effects[0].Before < fewest || a.Effects[0].After == 0 {
			return nil
		}
		pre := f.cut(start, 0)
		pre.combos, pre.effects = [][]int{nil}, nil
		prework := newWork(pre)
		a.Unusual = pre.damp(pre.infer(&q.Prior, prework), prework)
		return f.inferGap(start, &q.Prior, w)
	}
	if f.count < fewest {
		return nil
	}
	f.narrow(q.firstStart(), &q.Prior, w)
	p := f.infer(&q.Prior, w)
	if a.Unusual = f.damp(p, w); a.Unusual > 0 {
		p = f.infer(&q.Prior, w)
	}
	return p
}

// firstStart gives the index of the first day on which any effect can act.
func (q *Question) firstStart() int {
	first := q.Effects[0].Start - q.First
	for _, e := range q.Effects {
		first = min(first, e.Start-q.First)
	}
	return first
}

const fewest = 4 // values with which anything can be computed at all

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
