package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"tandem/analytics/forecast"
)

const forecastExample = "tandem forecast train.csv forecast.csv --targets targets.csv --probs probs.csv --ms ms.csv"

// forecast is a filter from series to their forecasts: files in, files out, no server. It holds one
// series at a time, so its memory does not grow with their number.
func (t tool) forecast() *cobra.Command {
	var f forecastFilter
	c := &cobra.Command{
		Use:   "forecast [TRAIN [FORECAST]]",
		Short: "Forecast series from a CSV file: means, likely ranges, chances",
		Long: `Forecast series from a CSV file: means, likely ranges, chances. It asks no server.

TRAIN     id,group,m,h,t,value    one row a step, t = 1, 2, … for each series; an empty value is missing
                                  m: steps of the season to consider (1 for none); h: steps to look ahead
                                  group: daily, weekly, monthly, quarterly, yearly, or anything else
FORECAST  id,step,mean,lo80,hi80,lo95,hi95
TARGETS   id,k,target,dir         dir 1: at least target, -1: at most; ids in the order of TRAIN
PROBS     id,k,prob               the chance by --rule
MS        id,ms                   CPU milliseconds of each series, files not counted

Without names, or with -, it reads standard input and writes standard output; .gz files are unpacked.
A series without a value is left out, and said so on standard error.`,
		Example: forecastExample,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usage("Unexpected %q. Example: %s", args[2], forecastExample)
			}
			if (f.targets == "") != (f.probs == "") {
				return usage("--targets and --probs go together. Example: %s", forecastExample)
			}
			args = append(args, "-", "-")
			f.train, f.forecasts = args[0], args[1]
			return f.run(c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&f.targets, "targets", "", "file with targets: id,k,target,dir")
	c.Flags().StringVar(&f.probs, "probs", "", "file for the chances of the targets")
	c.Flags().StringVar(&f.ms, "ms", "", "file for the CPU milliseconds of each series")
	c.Flags().StringVar(&f.rule, "rule", "once", "when a target is reached: once, total, end (mean of the last season or three values), held (three in a row)")
	return c
}

// A forecastFilter is one run of the filter.
type forecastFilter struct {
	train, forecasts, targets, probs, ms, rule string

	wanted *targetReader // nil without --targets
	out    *bufio.Writer // FORECAST
	chance *bufio.Writer // PROBS, or nil
	clock  *bufio.Writer // MS, or nil
	notes  io.Writer
	line   []byte // scratch
}

// run opens the files, answers one series after the other, and closes them.
func (f *forecastFilter) run(in io.Reader, out, notes io.Writer) (err error) {
	rule, ok := map[string]forecast.Rule{"once": forecast.Once, "total": forecast.ByTotal, "end": forecast.AtEnd, "held": forecast.Held}[f.rule]
	if !ok {
		return usage("--rule: %q is none of once, total, end, held. Example: %s --rule end", f.rule, forecastExample)
	}
	if f.ms != "" && math.IsNaN(cpuMillis()) {
		return usage("--ms: this system does not tell the CPU time of a process")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one thread, as the protocol asks
	var files openFiles
	defer func() { err = errors.Join(err, files.close()) }()
	series, err := files.series(f.train, in)
	if err != nil {
		return err
	}
	if f.targets != "" {
		if f.wanted, err = files.targets(f.targets, in); err != nil {
			return err
		}
	}
	f.notes = notes
	for _, o := range []struct {
		to         **bufio.Writer
		name, head string
	}{
		{&f.out, f.forecasts, "id,step,mean,lo80,hi80,lo95,hi95"}, {&f.chance, f.probs, "id,k,prob"}, {&f.clock, f.ms, "id,ms"},
	} {
		if o.name == "" {
			continue
		}
		if *o.to, err = files.create(o.name, out); err != nil {
			return err
		}
		fmt.Fprintln(*o.to, o.head) // errors of a buffered writer stay until Flush
	}
	for series.next() {
		if err := f.answer(&series.now, rule); err != nil {
			return err
		}
	}
	if series.err != nil {
		return series.err
	}
	return f.wanted.rest()
}

// answer forecasts one series and writes what was asked.
func (f *forecastFilter) answer(s *csvSeries, rule forecast.Rule) error {
	targets, err := f.wanted.of(s.id)
	if err != nil {
		return err
	}
	q := forecast.Series{Values: s.values, Season: s.m, Ahead: s.h, Step: s.step(), Scale: forecast.Positive, Lo: math.NaN(), Hi: math.NaN(), Rule: rule, Track: true}
	for _, v := range s.values {
		if v < 0 {
			q.Scale = forecast.Unbounded
		}
	}
	for _, t := range targets {
		q.Targets = append(q.Targets, t.SeriesTarget)
	}
	before := cpuMillis()
	a, err := forecast.RunSeries(q)
	spent := cpuMillis() - before
	if err != nil {
		return s.refuse(err)
	}
	switch {
	case a.N == 0:
		fmt.Fprintf(f.notes, "series %s has no value: no forecast\n", s.id)
	case a.Guess:
		fmt.Fprintf(f.notes, "series %s has fewer than three values: its forecast is a guess\n", s.id)
	}
	id := csvField(s.id)
	for _, step := range a.Steps {
		f.line = append(f.line[:0], id...)
		f.line = strconv.AppendInt(append(f.line, ','), int64(step.Day), 10)
		for _, v := range []float64{step.Mean, step.Lo80, step.Hi80, step.Lo95, step.Hi95} {
			f.line = strconv.AppendFloat(append(f.line, ','), v, 'g', -1, 64)
		}
		f.out.Write(append(f.line, '\n'))
	}
	for i, p := range a.Chances {
		fmt.Fprintf(f.chance, "%s,%s,%s\n", id, csvField(targets[i].k), strconv.FormatFloat(p, 'f', 6, 64))
	}
	if f.clock != nil {
		fmt.Fprintf(f.clock, "%s,%.3f\n", id, spent)
	}
	return nil
}
