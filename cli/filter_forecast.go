package cli

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"tandem/analytics/forecast"
)

const forecastExample = "tandem forecast train.csv forecast.csv --targets targets.csv --probs probs.csv --ms ms.csv"

// forecastCommand is a filter from series to their forecasts: files in, files out, no server. It holds one
// series at a time, so its memory does not grow with their number.
func forecastCommand() *cobra.Command {
	f := forecastFilter{
		train:     fileName{flag: "train", use: "file of the series; standard input if not given"},
		forecasts: fileName{flag: "out", use: "where the forecasts go; standard output if not given"},
		targets:   fileName{flag: "targets", use: "file with targets: id,k,target,dir"},
		probs:     fileName{flag: "probs", use: "where the chances of the targets go"},
		ms:        fileName{flag: "ms", use: "where the CPU milliseconds of each series go"},
		goals:     fileName{flag: "goals", use: "file of goals, each with its own rule; TRAIN is then id,day,value"},
	}
	c := &cobra.Command{
		Use:   "forecast [TRAIN [OUT]]",
		Short: "Forecast series from a CSV file: means, likely ranges, chances",
		Long: `Forecast series from a CSV file: means, likely ranges, chances. It asks no server.

TRAIN    id,group,m,h,t,value    one row a step, t = 1, 2, … for each series; an empty value is missing
                                 m: steps of the season to consider (1 for none); h: steps to look ahead
                                 group: daily, weekly, monthly, quarterly, yearly, or anything else
OUT      id,step,mean,lo80,hi80,lo95,hi95
TARGETS  id,k,target,dir         dir 1: at least target, -1: at most; ids in the order of TRAIN
PROBS    id,k,prob               the chance by --rule
MS       id,ms                   CPU milliseconds of each series, files not counted
` + goalsWords + `
` + filterWords + `
A series without a value is left out, and said so on standard error.`,
		Example: forecastExample,
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := fileArguments(forecastExample, args, &f.train, &f.forecasts); err != nil {
			return err
		}
		if f.goals.name != "" {
			return f.ofGoals(c)
		}
		if (f.targets.name != "") != (f.probs.name != "") {
			return usage("--targets and --probs go together. Example: %s", forecastExample)
		}
		var known bool
		if f.rule, known = map[string]forecast.Rule{"once": forecast.Once, "total": forecast.ByTotal, "end": forecast.AtEnd, "held": forecast.Held}[f.ruleName]; !known {
			return usage("--rule: %q is none of once, total, end, held. Example: %s --rule end", f.ruleName, forecastExample)
		}
		f.notes = c.ErrOrStderr()
		return filtered(c, &f.ms, f.run)
	}
	fileFlags(c, &f.train, &f.forecasts, &f.targets, &f.probs, &f.ms, &f.goals)
	c.Flags().StringVar(&f.ruleName, "rule", "once", "when a target is reached: once, total, end (mean of the last season or three values), held (three in a row)")
	return c
}

// A forecastFilter is one run of the filter.
type forecastFilter struct {
	train, forecasts, targets, probs, ms, goals fileName
	ruleName                                    string
	rule                                        forecast.Rule

	wanted *targetReader // nil without --targets
	out    *bufio.Writer // OUT
	chance *bufio.Writer // PROBS, or nil
	times  *bufio.Writer // MS, or nil
	notes  io.Writer
	line   []byte // scratch
}

// ofGoals answers goals instead of series.
func (f *forecastFilter) ofGoals(c *cobra.Command) error {
	if f.targets.name != "" || f.probs.name != "" || c.Flags().Changed("rule") {
		return usage("--goals holds rule and target of each goal, so it goes without --targets, --probs and --rule. Example: %s", goalsExample)
	}
	return filtered(c, &f.ms, func(files *filterFiles) error {
		goals, err := files.open(&f.goals)
		if err != nil {
			return err
		}
		values, err := files.open(&f.train)
		if err != nil {
			return err
		}
		out, err := files.create(&f.forecasts)
		if err != nil {
			return err
		}
		times, err := files.createIf(&f.ms)
		if err != nil {
			return err
		}
		return answerGoals(goals, values, out, times)
	})
}

// run opens the files and answers one series after the other.
func (f *forecastFilter) run(files *filterFiles) error {
	in, err := files.open(&f.train)
	if err != nil {
		return err
	}
	series, err := newSeriesReader(in)
	if err != nil {
		return err
	}
	if f.targets.name != "" {
		if in, err = files.open(&f.targets); err != nil {
			return err
		}
		if f.wanted, err = newTargetReader(in); err != nil {
			return err
		}
	}
	if f.out, err = files.create(&f.forecasts); err != nil {
		return err
	}
	if f.chance, err = files.createIf(&f.probs); err != nil {
		return err
	}
	if f.times, err = files.createIf(&f.ms); err != nil {
		return err
	}
	writeLine(f.out, "id,step,mean,lo80,hi80,lo95,hi95")
	writeLine(f.chance, "id,k,prob")
	writeLine(f.times, "id,ms")
	for series.more {
		if err := series.read(); err != nil {
			return err
		}
		if err := f.answer(&series.now); err != nil {
			return err
		}
	}
	return f.wanted.rest()
}

// answer forecasts one series and writes what was asked.
func (f *forecastFilter) answer(s *csvSeries) error {
	targets, err := f.wanted.of(s.id)
	if err != nil {
		return err
	}
	q := forecast.Series{Values: s.values, Season: s.m, Ahead: s.h, Step: s.step(), Scale: forecast.Positive, Lo: math.NaN(), Hi: math.NaN(), Rule: f.rule, Track: true}
	for _, v := range s.values {
		if v < 0 {
			q.Scale = forecast.Unbounded
		}
	}
	for _, t := range targets {
		q.Targets = append(q.Targets, t.SeriesTarget)
	}
	before := CPUMillis()
	a, err := forecast.RunSeries(q)
	spent := CPUMillis() - before
	if err != nil {
		return s.refuse(err)
	}
	switch {
	case a.N == 0:
		fmt.Fprintf(f.notes, "series %s has no value: no forecast\n", s.id)
	case a.Guess:
		fmt.Fprintf(f.notes, "series %s has fewer than three values: its forecast is a guess\n", s.id)
	}
	id := quoted(s.id)
	for _, step := range a.Steps {
		f.line = append(f.line[:0], id...)
		f.line = strconv.AppendInt(append(f.line, ','), int64(step.Day), 10)
		for _, v := range []float64{step.Mean, step.Lo80, step.Hi80, step.Lo95, step.Hi95} {
			f.line = strconv.AppendFloat(append(f.line, ','), v, 'g', -1, 64)
		}
		f.out.Write(append(f.line, '\n'))
	}
	for i, p := range a.Chances {
		writeLine(f.chance, "%s,%s,%.6f", id, quoted(targets[i].k), p)
	}
	writeLine(f.times, "%s,%.3f", id, spent)
	return nil
}
