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
)

// A csvTable reads a CSV file row by row, by the names of its columns.
type csvTable struct {
	name    string // of the file, in messages
	r       *csv.Reader
	columns map[string]int
	row     []string
	line    int
	err     error
}

// newTable reads the header; names that are not known are not read.
func newTable(r io.Reader, name string, needed, known []string) (*csvTable, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if start, _ := b.Peek(2); len(start) == 2 && start[0] == 0x1f && start[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, &refusedError{fmt.Sprintf("%s: packed, but not readable as gzip.", name)}
		}
		b = bufio.NewReaderSize(z, 1<<16)
	}
	t := &csvTable{name: name, r: csv.NewReader(b), columns: map[string]int{}}
	t.r.ReuseRecord = true
	header, err := t.r.Read()
	if err != nil {
		return nil, &refusedError{fmt.Sprintf("%s line 1: no header. Accepted: %s.", name, strings.Join(slices.Concat(needed, known), ","))}
	}
	for i, h := range header {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if slices.Contains(needed, h) || slices.Contains(known, h) {
			t.columns[strings.Clone(h)] = i
		}
	}
	for _, n := range needed {
		if _, ok := t.columns[n]; !ok {
			return nil, &refusedError{fmt.Sprintf("%s line 1: no column %s. Accepted: %s.", name, n, strings.Join(slices.Concat(needed, known), ","))}
		}
	}
	return t, nil
}

// read goes on to the next row; end tells why there is none.
func (t *csvTable) read() bool {
	t.row, t.err = t.r.Read()
	if t.err == nil {
		t.line, _ = t.r.FieldPos(0)
	}
	return t.err == nil
}

// end gives io.EOF after the last row, else what was wrong.
func (t *csvTable) end() error {
	if p := new(csv.ParseError); errors.As(t.err, &p) {
		if errors.Is(p.Err, csv.ErrFieldCount) {
			return &refusedError{fmt.Sprintf("%s line %d: %d fields. Accepted: as many as the header has.", t.name, p.Line, len(t.row))}
		}
		return &refusedError{fmt.Sprintf("%s line %d, place %d: %v.", t.name, p.Line, p.Column, p.Err)}
	}
	if t.err != nil && !errors.Is(t.err, io.EOF) {
		return &refusedError{fmt.Sprintf("%s after line %d: cannot be read on (%v).", t.name, t.line, t.err)}
	}
	return io.EOF
}

// text gives a field of the row, "" for a column that is not there.
func (t *csvTable) text(column string) string {
	i, ok := t.columns[column]
	if !ok || i >= len(t.row) {
		return ""
	}
	return strings.TrimSpace(t.row[i])
}

func (t *csvTable) fault(column, what string) error {
	return &refusedError{fmt.Sprintf("%s line %d, column %s: %q %s.", t.name, t.line, column, t.text(column), what)}
}

// number gives a finite number, or missing for an empty field.
func (t *csvTable) number(column string, missing float64) (float64, error) {
	s := t.text(column)
	if s == "" {
		return missing, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(v) <= 1e15) {
		return 0, t.fault(column, "is not a number of at most 1e15. Accepted: a number such as 12.5 or -3e4, or nothing")
	}
	return v, nil
}

// whole gives a whole number within bounds.
func (t *csvTable) whole(column string, least, most int) (int, error) {
	v, err := strconv.Atoi(t.text(column))
	if err != nil || v < least || v > most {
		return 0, t.fault(column, fmt.Sprintf("is not a whole number from %d to %d. Accepted: one such as %d", least, most, max(least, 1)))
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

// openInput opens a file, or takes standard input for "-".
func openInput(name string, in io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &refusedError{fmt.Sprintf("%s cannot be read. Nothing was written.", name)}
	}
	return f, nil
}

// writeFiles runs do with the files that were named; out is standard output when it has no name, and ms
// is nil.
func writeFiles(stdout io.Writer, outName, msName string, do func(out, ms io.Writer) error) (err error) {
	out := stdout
	var ms io.Writer
	for i, name := range []string{outName, msName} {
		if name == "" || name == "-" && i == 0 {
			continue
		}
		f, bad := os.Create(name)
		if bad != nil {
			return &refusedError{fmt.Sprintf("%s cannot be written. Choose another place.", name)}
		}
		defer func() {
			if bad := f.Close(); err == nil {
				err = bad
			}
		}()
		if i == 0 {
			out = f
		} else {
			ms = f
		}
	}
	return do(out, ms)
}
