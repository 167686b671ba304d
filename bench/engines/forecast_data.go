package main

import (
	"fmt"
	"math"
	"path/filepath"
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

// readForecastCases reads the calibration series, what came after them, and the targets of rule once.
func readForecastCases(dir string) (cases []*forecastCase, err error) {
	byID := map[string]*forecastCase{}
	err = fileRows(filepath.Join(dir, "cal_train.csv.gz"), ',', func(r *row) {
		c := byID[r.text("id")]
		if c == nil {
			c = &forecastCase{id: r.text("id"), group: r.text("group"), m: r.whole("m"), h: r.whole("h")}
			for range c.h {
				c.after = append(c.after, math.NaN())
			}
			byID[c.id] = c
			cases = append(cases, c)
		}
		c.y = append(c.y, r.number("value"))
	})
	if err != nil {
		return nil, err
	}
	err = fileRows(filepath.Join(dir, "cal_test.csv.gz"), ',', func(r *row) {
		c, step := byID[r.text("id")], r.whole("step")
		if c == nil || step < 1 || step > c.h {
			r.fault("step", fmt.Errorf("step %d of series %q is not asked for", step, r.text("id")))
			return
		}
		c.after[step-1] = r.number("value")
	})
	if err != nil {
		return nil, err
	}
	err = fileRows(filepath.Join(dir, "cal_targets.csv"), ',', func(r *row) {
		if c := byID[r.text("id")]; c != nil {
			c.targets = append(c.targets, forecastTarget{value: r.number("target"), up: r.text("dir") == "1", hit: r.text("hit") == "1"})
		}
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
