package cli

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"tandem/analytics/forecast"
)

// openFiles are the files of one run; close ends them all.
type openFiles struct {
	in    []io.Closer
	out   []*bufio.Writer
	files []*os.File
}

func (o *openFiles) close() error {
	var errs []error
	for _, w := range o.out {
		errs = append(errs, w.Flush())
	}
	for _, f := range o.files {
		errs = append(errs, f.Close())
	}
	for _, r := range o.in {
		errs = append(errs, r.Close())
	}
	return errors.Join(errs...)
}

// create opens a file for writing, standard output for "-".
func (o *openFiles) create(name string, std io.Writer) (*bufio.Writer, error) {
	if name != "-" {
		f, err := os.Create(name)
		if err != nil {
			return nil, usage("%s cannot be written: %v. Example: %s", name, errors.Unwrap(err), forecastExample)
		}
		o.files = append(o.files, f)
		std = f
	}
	w := bufio.NewWriterSize(std, 1<<16)
	o.out = append(o.out, w)
	return w, nil
}

// open opens a file for reading, standard input for "-", and unpacks what begins as gzip does.
func (o *openFiles) open(name string, std io.Reader) (io.Reader, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, usage("%s cannot be read: %v. Example: %s", name, errors.Unwrap(err), forecastExample)
		}
		o.in = append(o.in, f)
		std = f
	}
	r := bufio.NewReaderSize(std, 1<<16)
	if magic, _ := r.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, &refusedError{fmt.Sprintf("%s: damaged gzip file", name)}
		}
		return z, nil
	}
	return r, nil
}

// A table is a CSV file with named columns, read row by row.
type table struct {
	name    string // as errors say it
	r       *csv.Reader
	columns map[string]int
	row     []string
	line    int
}

// openTable reads the head and wants the columns to be there, in any order.
func (o *openFiles) openTable(what, name string, std io.Reader, columns []string) (*table, error) {
	r, err := o.open(name, std)
	if err != nil {
		return nil, err
	}
	t := &table{name: what, r: csv.NewReader(r), columns: map[string]int{}}
	t.r.ReuseRecord = true
	t.r.FieldsPerRecord = -1
	if ok, err := t.next(); !ok {
		if err == nil {
			err = t.refuse("", "the file is empty. Accepted: a head line "+strings.Join(columns, ","))
		}
		return nil, err
	}
	for i, c := range t.row {
		t.columns[strings.TrimSpace(strings.TrimPrefix(c, "\ufeff"))] = i
	}
	for _, c := range columns {
		if _, ok := t.columns[c]; !ok {
			return nil, t.refuse(c, "missing. Accepted: a head line "+strings.Join(columns, ","))
		}
	}
	t.r.FieldsPerRecord = len(t.row)
	return t, nil
}

// next reads a row; at the end it gives false.
func (t *table) next() (bool, error) {
	row, err := t.r.Read()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		var p *csv.ParseError
		if !errors.As(err, &p) {
			return false, fmt.Errorf("%s: %w", t.name, err)
		}
		t.line = p.Line
		if errors.Is(err, csv.ErrFieldCount) {
			return false, t.refuse("", fmt.Sprintf("%d columns. Accepted: %d, as in the head line", len(row), t.r.FieldsPerRecord))
		}
		return false, t.refuse("", "a quote stands where none may. Accepted: CSV, quotes around a whole field only")
	}
	t.row = row
	t.line, _ = t.r.FieldPos(0)
	return true, nil
}

func (t *table) refuse(column, text string) error {
	at := fmt.Sprintf("%s line %d", t.name, t.line)
	if column != "" {
		at += ", column " + column
	}
	return &refusedError{at + ": " + text}
}

func (t *table) get(column string) string { return t.row[t.columns[column]] }

// whole reads a whole number within bounds.
func (t *table) whole(column string, lo, hi int) (int, error) {
	v, err := strconv.Atoi(strings.TrimSpace(t.get(column)))
	if err != nil || v < lo || v > hi {
		return 0, t.refuse(column, fmt.Sprintf("%q. Accepted: a whole number from %d to %d", t.get(column), lo, hi))
	}
	return v, nil
}

// number reads a number; missing is what an empty field means, or NaN where it may not be empty.
func (t *table) number(column string, mayMiss bool) (float64, error) {
	text, accepted := strings.TrimSpace(t.get(column)), "a number such as 12.5, at most 1e15 either way"
	if mayMiss {
		accepted += ", or nothing for a missing value"
		if slices.Contains([]string{"", "NA", "NaN", "nan"}, text) {
			return math.NaN(), nil
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(math.Abs(v) <= 1e15) {
		return 0, t.refuse(column, fmt.Sprintf("%q. Accepted: %s", t.get(column), accepted))
	}
	return v, nil
}

// A csvSeries is one series of TRAIN.
type csvSeries struct {
	id, group string
	m, h      int
	values    []float64
	line      int // of its first row
}

// step gives the calendar step, by the group and else by the season: only days have one of seven.
func (s *csvSeries) step() forecast.Calendar {
	switch s.group {
	case "daily":
		return forecast.Daily
	case "weekly":
		return forecast.Weekly
	case "monthly":
		return forecast.Monthly
	case "quarterly":
		return forecast.Quarterly
	case "yearly":
		return forecast.Yearly
	}
	if s.m == 7 {
		return forecast.Daily
	}
	return forecast.AnyStep
}

// refuse says which series the engine did not take.
func (s *csvSeries) refuse(err error) error {
	return &refusedError{fmt.Sprintf("TRAIN line %d, series %s: %v", s.line, s.id, err)}
}

// A seriesReader gives one series after the other; a row that begins the next one is kept.
type seriesReader struct {
	*table
	now  csvSeries
	more bool // the table's row belongs to the next series
	err  error
}

// longestSeason and farthest are what the engine takes.
const longestSeason, farthest = 12, 10000

func (o *openFiles) series(name string, std io.Reader) (*seriesReader, error) {
	t, err := o.openTable("TRAIN", name, std, []string{"id", "m", "h", "t", "value"})
	if err != nil {
		return nil, err
	}
	r := &seriesReader{table: t}
	r.more, r.err = t.next()
	return r, r.err
}

// next reads the next series, false at the end or on an error.
func (r *seriesReader) next() bool {
	if !r.more || r.err != nil {
		return false
	}
	r.now = csvSeries{id: strings.Clone(r.get("id")), values: r.now.values[:0], line: r.line}
	if at, ok := r.columns["group"]; ok {
		r.now.group = strings.Clone(r.row[at])
	}
	if r.now.m, r.err = r.whole("m", 1, 1000000); r.err != nil {
		return false
	}
	if r.now.m > longestSeason {
		r.now.m = 1 // too long a season to be learnt exactly; the series still has an answer
	}
	if r.now.h, r.err = r.whole("h", 1, farthest); r.err != nil {
		return false
	}
	for r.more && r.get("id") == r.now.id {
		step := len(r.now.values) + 1
		if t, err := strconv.Atoi(strings.TrimSpace(r.get("t"))); err != nil || t != step {
			r.err = r.refuse("t", fmt.Sprintf("%q. Accepted: %d, for the rows of a series stand together, t = 1, 2, 3 and on", r.get("t"), step))
			return false
		}
		var v float64
		if v, r.err = r.number("value", true); r.err != nil {
			return false
		}
		r.now.values = append(r.now.values, v)
		if r.more, r.err = r.table.next(); r.err != nil {
			return false
		}
	}
	return true
}

// A csvTarget is one row of TARGETS.
type csvTarget struct {
	forecast.SeriesTarget
	k string
}

// A targetReader gives the targets of one series after the other. A nil one has none.
type targetReader struct {
	*table
	more bool
	now  []csvTarget
}

func (o *openFiles) targets(name string, std io.Reader) (*targetReader, error) {
	t, err := o.openTable("TARGETS", name, std, []string{"id", "k", "target", "dir"})
	if err != nil {
		return nil, err
	}
	r := &targetReader{table: t}
	r.more, err = t.next()
	return r, err
}

// of reads the targets of the series id, if they come next.
func (r *targetReader) of(id string) ([]csvTarget, error) {
	if r == nil {
		return nil, nil
	}
	r.now = r.now[:0]
	for r.more && r.get("id") == id {
		t := csvTarget{k: strings.Clone(r.get("k"))}
		var err error
		if t.Value, err = r.number("target", false); err != nil {
			return nil, err
		}
		switch strings.TrimSpace(r.get("dir")) {
		case "1", "+1":
			t.Direction = forecast.Up
		case "-1":
			t.Direction = forecast.Down
		default:
			return nil, r.refuse("dir", fmt.Sprintf("%q. Accepted: 1 (reach at least the target) or -1 (at most)", r.get("dir")))
		}
		r.now = append(r.now, t)
		if r.more, err = r.table.next(); err != nil {
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
	return r.refuse("id", fmt.Sprintf("%q does not come in TRAIN, or comes earlier there. Accepted: targets in the order of the series", r.get("id")))
}

// csvField quotes a field where it must be.
func csvField(s string) string {
	if strings.ContainsAny(s, ",\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
