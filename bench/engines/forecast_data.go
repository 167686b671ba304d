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
	"strings"
)

// A forecastCase is one series of the scoreboard with what came after it.
type forecastCase struct {
	id, group string
	m, h      int
	y         []float64 // NaN for missing
	after     []float64 // h values, NaN for what is not scored
	targets   []forecastTarget
}

// A forecastTarget is a value that is or is not reached within h steps.
type forecastTarget struct {
	value float64
	up    bool // at least value; else at most
	hit   bool
}

// rowsOf calls use with each row of a CSV file, gzipped or not, as a lookup by column name.
func rowsOf(path string, use func(get func(column string) string) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	c := csv.NewReader(r)
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[name] = i
	}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = use(func(column string) string { return row[at[column]] })
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

// numberOr reads a number, NaN for an empty field.
func numberOr(s string) (float64, error) {
	if s == "" || s == "NA" {
		return math.NaN(), nil
	}
	return strconv.ParseFloat(s, 64)
}

// readForecastCases reads the calibration series, what came after them, and the targets of rule once.
func readForecastCases(dir string) (cases []*forecastCase, err error) {
	byID := map[string]*forecastCase{}
	err = rowsOf(filepath.Join(dir, "cal_train.csv.gz"), func(get func(string) string) error {
		c := byID[get("id")]
		if c == nil {
			c = &forecastCase{id: get("id"), group: get("group")}
			var errs [2]error
			c.m, errs[0] = strconv.Atoi(get("m"))
			c.h, errs[1] = strconv.Atoi(get("h"))
			if err := errors.Join(errs[:]...); err != nil {
				return err
			}
			for range c.h {
				c.after = append(c.after, math.NaN())
			}
			byID[c.id] = c
			cases = append(cases, c)
		}
		v, err := numberOr(get("value"))
		c.y = append(c.y, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = rowsOf(filepath.Join(dir, "cal_test.csv.gz"), func(get func(string) string) error {
		step, err := strconv.Atoi(get("step"))
		if err != nil {
			return err
		}
		c := byID[get("id")]
		if c == nil || step < 1 || step > c.h {
			return fmt.Errorf("step %d of series %q is not asked for", step, get("id"))
		}
		c.after[step-1], err = numberOr(get("value"))
		return err
	})
	if err != nil {
		return nil, err
	}
	err = rowsOf(filepath.Join(dir, "cal_targets.csv"), func(get func(string) string) error {
		v, err := strconv.ParseFloat(get("target"), 64)
		if c := byID[get("id")]; c != nil && err == nil {
			c.targets = append(c.targets, forecastTarget{value: v, up: get("dir") == "1", hit: get("hit") == "1"})
		}
		return err
	})
	return cases, err
}

// seen gives the values that are not missing.
func seen(y []float64) (out []float64) {
	for _, v := range y {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}

// filled gives the values with gaps filled along a line, and the ends held.
func filled(y []float64) []float64 {
	out := append([]float64{}, y...)
	last := -1
	for i, v := range y {
		if math.IsNaN(v) {
			continue
		}
		for k := last + 1; k < i; k++ {
			out[k] = v
			if last >= 0 {
				out[k] = y[last] + (v-y[last])*float64(k-last)/float64(i-last)
			}
		}
		last = i
	}
	for k := last + 1; last >= 0 && k < len(y); k++ {
		out[k] = y[last]
	}
	return out
}
