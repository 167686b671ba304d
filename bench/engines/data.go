package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
)

// A row of a table, by the names of its columns. The first thing wrong with a field stays in err.
type row struct {
	at     map[string]int
	fields []string
	err    error
}

func (r *row) text(column string) string {
	i, ok := r.at[column]
	if !ok {
		r.fault(column, errors.New("no such column"))
		return ""
	}
	return r.fields[i]
}

// number gives NaN for an empty field or NA.
func (r *row) number(column string) float64 {
	s := r.text(column)
	if s == "" || s == "NA" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(s, 64)
	r.fault(column, err)
	return v
}

func (r *row) whole(column string) int {
	v, err := strconv.Atoi(r.text(column))
	r.fault(column, err)
	return v
}

func (r *row) fault(column string, err error) {
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("column %s: %w", column, err)
	}
}

// fileRows calls use with each row of a CSV file, packed if its name says so.
func fileRows(name string, comma rune, use func(r *row)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var from io.Reader = f
	if filepath.Ext(name) == ".gz" {
		if from, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := tableRows(from, comma, use); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// tableRows calls use with each row of a CSV text; the head line names the columns.
func tableRows(from io.Reader, comma rune, use func(r *row)) error {
	c := csv.NewReader(from)
	c.Comma, c.ReuseRecord = comma, true
	head, err := c.Read()
	if err != nil {
		return err
	}
	r := &row{at: map[string]int{}}
	for i, name := range head {
		r.at[name] = i
	}
	for {
		if r.fields, err = c.Read(); errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if use(r); r.err != nil {
			line, _ := c.FieldPos(0)
			return fmt.Errorf("line %d, %w", line, r.err)
		}
	}
}
