package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"

	"tandem/analytics/forecast"
	"tandem/cli"
)

// forecastBoard scores the forecast on the calibration series under shared, with simple peers beside it
// from the same run. It measures as ../shared/tools/score_forecast.py does, and needs no Python.
func forecastBoard(shared string, w io.Writer) error {
	cases, err := readForecastCases(filepath.Join(shared, "data", "forecast"))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "forecast: %d series of %s\n\n%s", len(cases), filepath.Join("data", "forecast", "cal_*"), forecastHead)
	methods := []struct {
		name string
		run  func(c *forecastCase) answer
	}{
		{"naive", func(c *forecastCase) answer { return naivePeer(c, false) }},
		{"seasonal naive", func(c *forecastCase) answer { return naivePeer(c, true) }},
		{"theta", thetaPeer},
		{"tandem", func(c *forecastCase) answer { return tandemAnswer(c, forecast.Once, c.targets) }},
	}
	var scores []*forecastScore
	for _, m := range methods {
		s := newForecastScore(m.name)
		for _, c := range cases {
			before := cli.CPUMillis()
			a := m.run(c)
			a.ms = cli.CPUMillis() - before
			s.add(c, a)
		}
		s.write(w)
		scores = append(scores, s)
	}
	fmt.Fprintf(w, "\n%s", chanceHead)
	for _, s := range scores {
		s.chance.write(w, s.name, "once")
	}
	for _, r := range targetRules {
		ruleScore(cases, r).write(w, "tandem", r.name)
	}
	return nil
}

// seriesOf puts a case into the words of the forecast.
func seriesOf(c *forecastCase, rule forecast.Rule, targets []forecastTarget) forecast.Series {
	s := forecast.Series{Values: c.y, Season: c.m, Ahead: c.h, Step: forecast.CalendarOf(c.group), Scale: forecast.Positive,
		Lo: math.NaN(), Hi: math.NaN(), Rule: rule, Track: true}
	for _, v := range c.y {
		if v < 0 {
			s.Scale = forecast.Unbounded
		}
	}
	for _, t := range targets {
		d := forecast.Down
		if t.up {
			d = forecast.Up
		}
		s.Targets = append(s.Targets, forecast.SeriesTarget{Value: t.value, Direction: d})
	}
	return s
}

func tandemAnswer(c *forecastCase, rule forecast.Rule, targets []forecastTarget) (a answer) {
	f, err := forecast.RunSeries(seriesOf(c, rule, targets))
	if err != nil {
		panic(err) // a series of the scoreboard always has an answer
	}
	for _, s := range f.Steps {
		a.mean = append(a.mean, s.Mean)
		a.lo80, a.hi80 = append(a.lo80, s.Lo80), append(a.hi80, s.Hi80)
		a.lo95, a.hi95 = append(a.lo95, s.Lo95), append(a.hi95, s.Hi95)
	}
	a.chances = f.Chances
	return a
}
