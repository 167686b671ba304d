package cli

import (
	"fmt"
	"io"
	"math"
	"strings"

	"tandem/analytics/forecast"
)

// A csvSeries is one series of TRAIN.
type csvSeries struct {
	id, group string
	m, h      int
	values    []float64
	line      int // of its first row
}

// step gives the calendar step, by the group and else by the season: only days have one of seven.
func (s *csvSeries) step() forecast.Calendar {
	if c := forecast.CalendarOf(s.group); c != forecast.AnyStep || s.m != 7 {
		return c
	}
	return forecast.Daily
}

// refuse says which series the engine did not take.
func (s *csvSeries) refuse(err error) error {
	return &refusedError{fmt.Sprintf("TRAIN line %d, series %s: %v", s.line, s.id, err)}
}

// A seriesReader gives one series after the other.
type seriesReader struct {
	*csvTable
	now csvSeries
}

// longestSeason and farthest are what the engine takes.
const longestSeason, farthest = 12, 10000

func newSeriesReader(r io.Reader) (*seriesReader, error) {
	t, err := newTable(r, "TRAIN", []string{"id", "m", "h", "t", "value"}, []string{"group"})
	return &seriesReader{csvTable: t}, err
}

// read reads the series that begins with the current row.
func (r *seriesReader) read() (err error) {
	s := &r.now
	*s = csvSeries{id: strings.Clone(r.text("id")), group: strings.Clone(r.text("group")), values: s.values[:0], line: r.line}
	if s.m, err = r.whole("m", 1, 1000000); err != nil {
		return err
	}
	if s.m > longestSeason {
		s.m = 1 // too long a season to be learnt exactly; the series still has an answer
	}
	if s.h, err = r.whole("h", 1, farthest); err != nil {
		return err
	}
	for r.more && r.text("id") == s.id {
		step := len(s.values) + 1
		if _, err := r.whole("t", step, step); err != nil {
			return r.fault("t", "", fmt.Sprintf("%d, for the rows of a series stand together, t = 1, 2, 3 and on", step))
		}
		v, err := r.numberOr("value", math.NaN(), "NA", "NaN", "nan")
		if err != nil {
			return err
		}
		s.values = append(s.values, v)
		if err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

// A csvTarget is one row of TARGETS.
type csvTarget struct {
	forecast.SeriesTarget
	k string
}

// A targetReader gives the targets of one series after the other. A nil one has none.
type targetReader struct {
	*csvTable
	now []csvTarget
}

func newTargetReader(r io.Reader) (*targetReader, error) {
	t, err := newTable(r, "TARGETS", []string{"id", "k", "target", "dir"}, nil)
	return &targetReader{csvTable: t}, err
}

// of reads the targets of the series id, if they come next.
func (r *targetReader) of(id string) ([]csvTarget, error) {
	if r == nil {
		return nil, nil
	}
	r.now = r.now[:0]
	for r.more && r.text("id") == id {
		t := csvTarget{k: strings.Clone(r.text("k"))}
		var err error
		if t.Value, err = r.number("target"); err != nil {
			return nil, err
		}
		switch r.text("dir") {
		case "1", "+1":
			t.Direction = forecast.Up
		case "-1":
			t.Direction = forecast.Down
		default:
			return nil, r.fault("dir", "", "1 (reach at least the target) or -1 (at most)")
		}
		r.now = append(r.now, t)
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	return r.now, nil
}

// rest refuses targets that no series came for.
func (r *targetReader) rest() error {
	if r == nil || !r.more {
		return nil
	}
	return r.fault("id", "does not come in TRAIN, or comes earlier there", "targets in the order of the series")
}
