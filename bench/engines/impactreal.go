package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"tandem/analytics/impact"
	"tandem/cli"
)

// realBoard scores placebo dates and injected steps in windows of real daily series (those for tuning).
func realBoard(shared string, w io.Writer) error {
	var series [][]float64
	last := ""
	err := fileRows(filepath.Join(shared, "data", "forecast", "cal_train.csv.gz"), ',', func(r *row) {
		if r.text("group") != "daily" {
			return
		}
		if id := r.text("id"); id != last {
			series, last = append(series, nil), id
		}
		series[len(series)-1] = append(series[len(series)-1], r.number("value"))
	})
	if err != nil {
		return err
	}
	var flat []judged
	var ours, others [][]simulated
	for draw := range uint64(realWindows) {
		ours, others = append(ours, windows(series, draw+1)), append(others, windows(series, draw+1001))
		for _, s := range ours[draw] {
			flat = append(flat, judge(&s))
		}
	}
	fmt.Fprintf(w, "\n### Real daily series, placebo dates and injected steps (%d draws of windows)\n\n", realWindows)
	head(w)
	line(w, "flat prior", tally(flat, nil))
	return priorBoard(append(ours, others...), w)
}

// windows cuts a window out of each series, with a step in every second, as impact_ref.py windows does.
func windows(series [][]float64, seed uint64) (out []simulated) {
	rng := rand.New(rand.NewPCG(seed, 13))
	for _, y := range series {
		if len(y) < 100 {
			continue
		}
		n := min(len(y), 90+rng.IntN(151))
		from := rng.IntN(len(y) - n + 1)
		values := slices.Clone(y[from : from+n])
		start := int(math.RoundToEven(float64(n) * between(rng, .5, .7)))
		var diffs []float64
		for i := 7; i < n; i++ {
			if d := values[i] - values[i-7]; !math.IsNaN(d) {
				diffs = append(diffs, d)
			}
		}
		s := simulated{noise: spread(diffs) / math.Sqrt2}
		if len(out)%2 == 1 {
			s.size = pick(rng, .5, 1, 1.5, 2) * sign(rng, .5)
		}
		s.effect = s.size * s.noise
		for i := start - 1; i < n; i++ {
			values[i] += s.effect
		}
		s.q = impact.Question{First: 1, Values: values, Effects: []impact.Effect{{Shape: impact.Step, Start: start}}}
		out = append(out, s)
	}
	return out
}

// spread gives the standard deviation.
func spread(values []float64) float64 {
	mean, ss := 0.0, 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		ss += (v - mean) * (v - mean)
	}
	return math.Sqrt(ss / float64(len(values)))
}

// teamBoard compares California with the mix of other states (Proposition 99).
func teamBoard(dir string, w io.Writer) error {
	byState := map[string][]float64{}
	var names []string
	err := fileRows(filepath.Join(dir, "california_prop99.csv"), ';', func(r *row) {
		state := r.text("State")
		if byState[state] == nil && state != "California" {
			names = append(names, state)
		}
		byState[state] = append(byState[state], r.number("PacksPerCapita"))
	})
	if err != nil {
		return err
	}
	slices.Sort(names)
	team := impact.Team{Own: byState["California"], Start: 19}
	for _, n := range names {
		team.Values = append(team.Values, byState[n])
	}
	from := cli.CPUMillis()
	a, err := impact.CompareTeams(team)
	if err != nil {
		return err
	}
	ms := cli.CPUMillis() - from
	fmt.Fprintf(w, "\n### Teams: Proposition 99\n\n| | mean 1989-2000 | 2000 | fit before | placebo p | CPU ms |\n|---|--:|--:|--:|--:|--:|\n| published, asked | -19.5 ± 0.2 | -26.6 ± 0.3 | 1.66 | 0.077 | 5 a mix |\n")
	fmt.Fprintf(w, "| engine | %.2f | %.2f | %.2f | %.3f | %.2f with all %d mixes, %.2f a mix |\n", a.Mean, a.Gap[len(a.Gap)-1], a.FitError, a.P, ms, a.Of, ms/float64(a.Of))
	return nil
}

// A classic is a series with a published answer.
type classic struct {
	name, file, published string
	comma                 rune
	date, own             string
	others                []string
	from, to              string // dates
	row                   int    // the first one since the start, when there is no date
	add                   float64
	season                int
}

// classicBoard prints the answers beside those published of R's CausalImpact (section 2c).
func classicBoard(dir string, w io.Writer) error {
	fmt.Fprint(w, "\n### Classic examples: mean since the start, 95 % range\n\n| | published | engine, any form | engine, step |\n|---|---|---|---|\n")
	for _, c := range []classic{
		{name: "README series", file: "ci_arma.csv", published: "0.89, 0.27 to 1.50", own: "y", others: []string{"X"}, row: 70, season: 1},
		{name: "same with 5 added", file: "ci_arma.csv", published: "5.89 expected", own: "y", others: []string{"X"}, row: 70, season: 1, add: 5},
		{name: "comparison", file: "ci_comparison.csv", published: "-657, -2076 to 832", date: "DATE", own: "CHANGED", others: []string{"NOT_CHANGED_1", "NOT_CHANGED_2", "NOT_CHANGED_3"}, from: "2019-07-15", to: "2019-08-01", season: 7},
		{name: "Volkswagen", file: "ci_volks.csv", comma: ' ', published: "-44, -55 to -33", date: "Date", own: "VolksWagen", others: []string{"BMW", "Allianz"}, from: "2015-09-20", to: "2017-03-19", season: 1},
		{name: "Basque, one comparison", file: "ci_basque.csv", published: "-0.76, -1.4 to -0.2", date: "date", own: "Basque", others: []string{"another"}, from: "1976", season: 1},
	} {
		if c.comma == 0 {
			c.comma = ','
		}
		q, start := impact.Question{Season: c.season, Controls: make([][]float64, len(c.others))}, c.row
		i := 0
		err := fileRows(filepath.Join(dir, c.file), c.comma, func(r *row) {
			if c.date != "" {
				day := r.text(c.date)
				if c.to != "" && day > c.to {
					return // the days are in order
				}
				if day < c.from {
					start = i + 1
				}
			}
			v := r.number(c.own)
			if i >= start {
				v += c.add
			}
			i++
			q.Values = append(q.Values, v)
			for k, name := range c.others {
				q.Controls[k] = append(q.Controls[k], r.number(name))
			}
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %s |", c.name, c.published)
		for _, shape := range []impact.Shape{impact.AnyForm, impact.Step} {
			q.Effects = []impact.Effect{{Shape: shape, Start: start}}
			a, err := impact.Run(q)
			if err != nil {
				return err
			}
			d := a.Effects[0]
			fmt.Fprintf(w, " %.4g, %.4g to %.4g |", d.Mean, d.Lo95, d.Hi95)
		}
		fmt.Fprintln(w)
	}
	return nil
}
