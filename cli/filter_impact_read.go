package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"tandem/analytics/impact"
)

const (
	maxFilterDays    = 36600
	maxFilterColumns = 8 // comparison series, and effects, of one series
)

// An impactMeta is what META says of one series: a row for each effect.
type impactMeta struct {
	days, controls int
	q              impact.Question // without values
	line           int
}

// An impactFilter reads the two files side by side. Rows of META that come early wait in pending; where
// both files have one order there is never more than one series.
type impactFilter struct {
	series, meta *csvTable
	xs, doses    []string // columns that are known
	pending      map[string]impactMeta
}

func newImpactFilter(series, meta io.Reader) (*impactFilter, error) {
	xs, doses := []string{"x"}, []string{"dose"}
	for k := 2; k <= maxFilterColumns; k++ {
		xs, doses = append(xs, fmt.Sprint("x", k)), append(doses, fmt.Sprint("dose", k))
	}
	s, err := newTable(series, "SERIES", []string{"id", "t", "y"}, slices.Concat(xs, doses))
	if err != nil {
		return nil, err
	}
	m, err := newTable(meta, "META", []string{"id", "t0", "shape"}, []string{"n", "control", "worth", "down", "randomised", "late", "saturates", "season"})
	if err != nil {
		return nil, err
	}
	return &impactFilter{series: s, meta: m, xs: xs, doses: doses, pending: map[string]impactMeta{}}, nil
}

func impactShape(s string) (impact.Shape, bool) {
	i := slices.Index([]string{"step", "ramp", "dose", "given", "any"}, s)
	return impact.Shape(max(i, 0)), i >= 0
}

// read reads the series that begins with the current row, and its rows of META.
func (f *impactFilter) read() (q impact.Question, id string, err error) {
	id = strings.Clone(f.series.text("id"))
	m, err := f.metaOf(id)
	if err != nil {
		return q, id, err
	}
	q = m.q
	q.First = 1
	q.Controls = make([][]float64, m.controls)
	for f.series.more && f.series.text("id") == id {
		if err := f.day(&q); err != nil {
			return q, id, err
		}
		if err := f.series.next(); err != nil {
			return q, id, err
		}
	}
	grow(&q, m.days)
	return q, id, nil
}

// day adds the row of one day.
func (f *impactFilter) day(q *impact.Question) error {
	t, err := f.series.whole("t", 1, maxFilterDays)
	if err != nil {
		return err
	}
	if t <= len(q.Values) {
		return f.series.fault("t", "does not rise", "days in order, 1, 2, 3 …, each once")
	}
	grow(q, t)
	if q.Values[t-1], err = f.series.numberOr("y", math.NaN()); err != nil {
		return err
	}
	for k := range q.Controls {
		if q.Controls[k][t-1], err = f.series.numberOr(f.xs[k], math.NaN()); err != nil {
			return err
		}
	}
	for k := range q.Effects {
		if q.Effects[k].Dose[t-1], err = f.series.numberOr(f.doses[k], 0); err != nil {
			return err
		}
	}
	return nil
}

// grow makes a question n days long; a day without a row is a day without a value.
func grow(q *impact.Question, n int) {
	for len(q.Values) < n {
		q.Values = append(q.Values, math.NaN())
		for k := range q.Controls {
			q.Controls[k] = append(q.Controls[k], math.NaN())
		}
		for k := range q.Effects {
			q.Effects[k].Dose = append(q.Effects[k].Dose, 0)
		}
	}
}

// metaOf gives what META says of a series, reading on until it comes.
func (f *impactFilter) metaOf(id string) (impactMeta, error) {
	for {
		if m, ok := f.pending[id]; ok {
			delete(f.pending, id)
			return m, nil
		}
		if !f.meta.more {
			return impactMeta{}, f.series.fault("id", "has no row in META that is still free", "rows of META for each series, all rows of a series together")
		}
		name := strings.Clone(f.meta.text("id"))
		if _, twice := f.pending[name]; twice {
			return impactMeta{}, f.meta.fault("id", "comes twice", "all rows of a series together")
		}
		m, err := f.readMeta(name)
		if err != nil {
			return m, err
		}
		f.pending[name] = m
	}
}

// readMeta reads the rows of META for one series, of which the first is there.
func (f *impactFilter) readMeta(name string) (m impactMeta, err error) {
	m.line = f.meta.line
	if m.days, err = f.meta.wholeOr("n", 0, 0, maxFilterDays); err != nil {
		return m, err
	}
	if m.controls, err = f.meta.wholeOr("control", 0, 0, maxFilterColumns); err != nil {
		return m, err
	}
	if m.q.Season, err = f.meta.wholeOr("season", 0, 0, 60); err != nil {
		return m, err
	}
	if m.q.Worth, err = f.meta.numberOr("worth", 0); err != nil {
		return m, err
	}
	if m.q.Worth < 0 {
		return m, f.meta.fault("worth", "", "a number of 0 or more, or nothing")
	}
	if m.q.Down, err = f.meta.yes("down"); err != nil {
		return m, err
	}
	if m.q.Randomised, err = f.meta.yes("randomised"); err != nil {
		return m, err
	}
	for f.meta.more && f.meta.text("id") == name {
		e, err := f.readEffect()
		if err != nil {
			return m, err
		}
		if m.q.Effects = append(m.q.Effects, e); len(m.q.Effects) > maxFilterColumns {
			return m, f.meta.fault("id", "has too many rows", fmt.Sprintf("at most %d effects", maxFilterColumns))
		}
		if err := f.meta.next(); err != nil {
			return m, err
		}
	}
	return m, nil
}

// readEffect reads the effect of one row of META.
func (f *impactFilter) readEffect() (e impact.Effect, err error) {
	if e.Start, err = f.meta.whole("t0", -maxFilterDays, 10*maxFilterDays); err != nil {
		return e, err
	}
	var ok bool
	if e.Shape, ok = impactShape(f.meta.text("shape")); !ok {
		return e, f.meta.fault("shape", "", "step, ramp, dose, given, any")
	}
	if e.Late, err = f.meta.yes("late"); err != nil {
		return e, err
	}
	e.Saturates, err = f.meta.yes("saturates")
	return e, err
}

// rest refuses rows of META that no series belongs to.
func (f *impactFilter) rest() error {
	first, name := 0, ""
	if f.meta.more {
		first, name = f.meta.line, f.meta.text("id")
	}
	for id, m := range f.pending {
		if first == 0 || m.line < first {
			first, name = m.line, id
		}
	}
	if first == 0 {
		return nil
	}
	return refuseLine("META", first, "id", fmt.Sprintf("%q has no series", name), "as many series as META names")
}
