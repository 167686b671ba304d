package main

import (
	"fmt"
	"io"
	"math"

	"tandem/analytics/forecast"
	"tandem/analytics/impact"
	"tandem/analytics/odd"
	"tandem/cli"
)

// Asked of every odd series, and hoped for, in milliseconds of CPU.
const oddAsked, oddHoped = 50, 10

// oddBoard prints what odd series cost either engine: the dearest of some questions about each.
func oddBoard(_ string, w io.Writer) error { return oddRows(odd.All(), w) }

func oddRows(series []odd.Series, w io.Writer) error {
	fmt.Fprintf(w, "\n## Odd series\n\nCPU milliseconds of the dearest question; asked: at most %d, hoped for: %d.\n\n", oddAsked, oddHoped)
	fmt.Fprint(w, "| | days | forecast ms | difference ms | asked | hoped for |\n|---|--:|--:|--:|--:|--:|\n")
	for _, s := range series {
		ahead, err := dearest(oddForecasts(s.Values))
		if err != nil {
			return fmt.Errorf("forecast of %s: %w", s.Name, err)
		}
		back, err := dearest(oddDifferences(s.Values))
		if err != nil {
			return fmt.Errorf("difference in %s: %w", s.Name, err)
		}
		fmt.Fprintf(w, "| %s | %d | %.2f | %.2f | %d | %d |\n", s.Name, len(s.Values), ahead, back, oddAsked, oddHoped)
	}
	return nil
}

// dearest runs each question three times, takes the cheapest run of each, and gives the dearest of them.
func dearest(questions []func() error) (most float64, err error) {
	for _, ask := range questions {
		least := math.Inf(1)
		for range 3 {
			before := cli.CPUMillis()
			if err := ask(); err != nil {
				return 0, err
			}
			least = min(least, cli.CPUMillis()-before)
		}
		most = max(most, least)
	}
	return most, nil
}

// oddForecasts asks in every form and by every rule for the next 90 days.
func oddForecasts(values []float64) (out []func() error) {
	for form := forecast.Reading; form <= forecast.Rate; form++ {
		for rule := forecast.ByTotal; rule <= forecast.Kept; rule++ {
			g := forecast.Goal{Seed: 1, Form: form, Rule: rule, Scale: forecast.Scale(rule) % 4, Lo: math.NaN(), Hi: math.NaN(), Baseline: math.NaN(),
				WhenItHappens: rule%2 == 0, Target: 60, Today: len(values), Deadline: len(values) + 90}
			for i, v := range values {
				if !math.IsNaN(v) {
					g.Points = append(g.Points, forecast.Point{Day: i, Value: v})
				}
			}
			out = append(out, func() error { _, err := forecast.Run(g); return err })
		}
	}
	return out
}

// oddDifferences asks for the effects of a step and of doses, early and late in the series.
func oddDifferences(values []float64) (out []func() error) {
	dose := make([]float64, len(values))
	for i := range dose {
		dose[i] = float64(i % 2)
	}
	for _, start := range []int{len(values) * 2 / 5, len(values) * 19 / 20} {
		for _, e := range []impact.Effect{{Shape: impact.Step, Start: start}, {Shape: impact.Dosed, Start: start, Dose: dose}} {
			out = append(out, func() error {
				_, err := impact.Run(impact.Question{Values: values, Effects: []impact.Effect{e}})
				return err
			})
		}
	}
	return out
}
