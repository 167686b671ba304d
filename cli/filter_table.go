package cli

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// fileBuffer is what a filter reads and writes at a time.
const fileBuffer = 1 << 16

// A csvTable reads a CSV file row by row, by the names of its columns.
type csvTable struct {
	name    string // as messages say it
	r       *csv.Reader
	columns map[string]int
	row     []string
	line    int
	more    bool // row stands; false after the last one
}

// newTable reads the head line, unpacking what begins as gzip does, and goes on to the first row. Columns
// that are neither needed nor known are not read.
func newTable(r io.Reader, name string, needed, known []string) (*csvTable, error) {
	b := bufio.NewReaderSize(r, fileBuffer)
	if start, _ := b.Peek(2); len(start) == 2 && start[0] == 0x1f && start[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, &refusedError{fmt.Sprintf("%s: packed, but not readable as gzip.", name)}
		}
		b = bufio.NewReaderSize(z, fileBuffer)
	}
	t := &csvTable{name: name, r: csv.NewReader(b), columns: map[string]int{}, line: 1}
	t.r.ReuseRecord = true
	accepted := "a head line " + strings.Join(needed, ",")
	if len(known) > 0 {
		accepted += ", and if wanted " + strings.Join(known, ",")
	}
	if err := t.next(); err != nil {
		return nil, err
	}
	if !t.more {
		return nil, t.refuse("", "the file is empty", accepted)
	}
	for i, h := range t.row {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if slices.Contains(needed, h) || slices.Contains(known, h) {
			t.columns[strings.Clone(h)] = i
		}
	}
	for _, n := range needed {
		if _, ok := t.columns[n]; !ok {
			return nil, t.refuse(n, "missing", accepted)
		}
	}
	return t, t.next()
}

// next goes on to the next row.
func (t *csvTable) next() error {
	row, err := t.r.Read()
	t.row, t.more = row, err == nil
	var p *csv.ParseError
	switch {
	case err == nil:
		t.line, _ = t.r.FieldPos(0)
		return nil
	case errors.Is(err, io.EOF):
		return nil
	case !errors.As(err, &p):
		return &refusedError{fmt.Sprintf("%s after line %d: cannot be read on (%v).", t.name, t.line, err)}
	}
	t.line = p.Line
	if errors.Is(p.Err, csv.ErrFieldCount) {
		return t.refuse("", fmt.Sprintf("%d columns", len(row)), fmt.Sprintf("%d, as in the head line", t.r.FieldsPerRecord))
	}
	return t.refuse("", "a quote stands where none may", "CSV, quotes around a whole field only")
}

// text gives a field of the row, "" for a column that is not there.
func (t *csvTable) text(column string) string {
	i, ok := t.columns[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(t.row[i])
}

// refuse says where something is wrong, what it is, and what would be accepted.
func (t *csvTable) refuse(column, what, accepted string) error {
	return refuseLine(t.name, t.line, column, what, accepted)
}

// refuseLine is refuse for a line that has been read before.
func refuseLine(name string, line int, column, what, accepted string) error {
	if column != "" {
		column = ", column " + column
	}
	return &refusedError{fmt.Sprintf("%s line %d%s: %s. Accepted: %s.", name, line, column, what, accepted)}
}

// fault refuses what a field of the row says; why may be "" where what is accepted tells enough.
func (t *csvTable) fault(column, why, accepted string) error {
	what := strconv.Quote(t.text(column))
	if why != "" {
		what += " " + why
	}
	return t.refuse(column, what, accepted)
}

// number gives a finite number.
func (t *csvTable) number(column string) (float64, error) {
	v, err := strconv.ParseFloat(t.text(column), 64)
	if err != nil || !(math.Abs(v) <= 1e15) {
		return 0, t.fault(column, "", "a number such as 12.5 or -3e4, at most 1e15 either way")
	}
	return v, nil
}

// numberOr is number for a field that may be empty, or hold a word that stands for nothing.
func (t *csvTable) numberOr(column string, missing float64, words ...string) (float64, error) {
	if s := t.text(column); s == "" || slices.Contains(words, s) {
		return missing, nil
	}
	v, err := t.number(column)
	if err != nil {
		return 0, t.fault(column, "", "a number such as 12.5 or -3e4, at most 1e15 either way, or nothing")
	}
	return v, nil
}

// whole gives a whole number within bounds.
func (t *csvTable) whole(column string, least, most int) (int, error) {
	v, err := strconv.Atoi(t.text(column))
	if err != nil || v < least || v > most {
		return 0, t.fault(column, "", fmt.Sprintf("a whole number from %d to %d", least, most))
	}
	return v, nil
}

// wholeOr is whole for a field that may be empty.
func (t *csvTable) wholeOr(column string, missing, least, most int) (int, error) {
	if t.text(column) == "" {
		return missing, nil
	}
	return t.whole(column, least, most)
}

// yes gives 0, 1 or nothing as a truth.
func (t *csvTable) yes(column string) (bool, error) {
	v, err := t.wholeOr(column, 0, 0, 1)
	return v == 1, err
}

// quoted gives a field of a CSV row, in quotes where it must be.
func quoted(s string) string {
	if strings.ContainsAny(s, ",\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
