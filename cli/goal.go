package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// goalFlags are the fields of a new goal that the fixed form names.
type goalFlags struct {
	kind, target, unit, by, from, number, form, direction, start, why string
	lo, hi, period, numerator, denominator                            string
	pick, know                                                        []string
	percent, asJSON                                                   bool
}

const goalExample = `tandem goal add "Run 5 km by 1 June"`

func (t tool) goal() *cobra.Command {
	var f goalFlags
	parent := &cobra.Command{Use: "goal", Short: "Make goals", RunE: func(c *cobra.Command, args []string) error {
		return usage("goal add is the command. Example: %s --kind learning", goalExample)
	}}
	add := &cobra.Command{
		Use: "add LINE", Short: "Make a result, a learning goal or both from one line, or from a title with flags",
		Example: "tandem goal add \"Get better at discovery questions so that we reach 16 sales a week by New Year\"\n  tandem goal add \"20 sales\" --target 20 --by 2026-12-31 --number Sales --form total\n  tandem goal add \"Close 30 of 100\" --target 30 --by 2026-12-31 --form ratio --numerator Deals --denominator Calls --percent\n  tandem goal add \"Ask before I show\" --kind learning",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 || strings.TrimSpace(args[0]) == "" {
				return usage("title missing. Example: %s", goalExample)
			}
			if len(args) > 1 {
				return usage("Unexpected %q. Put the title in quotes. Example: %s", args[1], goalExample)
			}
			if !slices.ContainsFunc(byHand, c.Flags().Changed) {
				return t.addLine(c, f, args[0])
			}
			in, err := f.input(args[0])
			if err != nil {
				return err
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.CreateGoal(c.Context(), in)
			if err != nil {
				return err
			}
			var v struct{ ID, Title string }
			if err := json.Unmarshal(raw, &v); err != nil {
				return err
			}
			return said(c.OutOrStdout(), f.asJSON, raw, fmt.Sprintf("%s %s", v.ID, v.Title))
		},
	}
	fl := add.Flags()
	fl.StringVar(&f.kind, "kind", "performance", "performance or learning")
	fl.StringVar(&f.target, "target", "", "what is to be reached, a number")
	fl.StringVar(&f.by, "by", "", "the date, like 2026-12-31")
	fl.StringVar(&f.from, "from", "", "where it stands now; for a total what is counted already")
	fl.StringVar(&f.number, "number", "", "name of what is counted or measured; the title unless said")
	fl.StringVar(&f.unit, "unit", "", "unit of the number")
	fl.StringVar(&f.form, "form", "reading", "reading, total, rate or ratio")
	fl.StringVar(&f.period, "period", "", "of a rate or a ratio: day, week, month, quarter or year; week unless said")
	fl.StringVar(&f.numerator, "numerator", "", "of a ratio: name of what is divided, a number of yours or a new one")
	fl.StringVar(&f.denominator, "denominator", "", "of a ratio: name of what it is divided by")
	fl.BoolVar(&f.percent, "percent", false, "a ratio in per cent")
	fl.StringVar(&f.direction, "direction", "up", "up, down, or within for a number to be kept between --lo and --hi")
	fl.StringVar(&f.lo, "lo", "", "lower bound of what is to be kept within")
	fl.StringVar(&f.hi, "hi", "", "upper bound of what is to be kept within")
	fl.StringVar(&f.start, "start", "", "first day; today unless said")
	fl.StringVar(&f.why, "why", "", "why it matters")
	fl.StringArrayVar(&f.pick, "pick", nil, "of two readings of the line the one that is meant, like year=next")
	fl.StringArrayVar(&f.know, "know", nil, "what the advice rests on, like ability=low")
	fl.BoolVar(&f.asJSON, "json", false, "answer as JSON")
	parent.AddCommand(add)
	return parent
}

// input gives the fields of create-goal. What a learning goal cannot have is sent as it was written, so that
// the server says why it cannot.
func (f goalFlags) input(title string) (map[string]any, error) {
	in := map[string]any{"kind": f.kind, "title": title}
	if f.why != "" {
		in["why"] = f.why
	}
	field := map[string]string{"target": "target", "from": "baseline", "lo": "target_lo", "hi": "target_hi"}
	if f.form == "total" {
		field["from"] = "so_far"
	}
	for _, x := range []struct{ name, text string }{{"target", f.target}, {"from", f.from}, {"lo", f.lo}, {"hi", f.hi}} {
		if x.text == "" {
			continue
		}
		v, err := strconv.ParseFloat(x.text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, usage("--%s: %q is not a number. Example: --%s 20", x.name, x.text, x.name)
		}
		in[field[x.name]] = v
	}
	if f.by != "" {
		in["deadline"] = f.by
	}
	if f.start != "" {
		in["start"] = f.start
	}
	if f.kind == "performance" {
		name := f.number
		if name == "" {
			name = title
		}
		number := map[string]any{"name": name, "unit": f.unit, "form": f.form, "direction": f.direction}
		if f.period != "" {
			number["period"] = f.period
		}
		for part, of := range map[string]string{"numerator": f.numerator, "denominator": f.denominator} {
			if of != "" {
				number[part] = map[string]any{"name": of}
			}
		}
		if f.percent {
			number["percent"] = true
		}
		in["number"] = number
	}
	return in, nil
}

func (t tool) goals() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "goals", Short: "List open goals", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			cl, err := t.client()
			if err != nil {
				return err
			}
			all, err := cl.Goals(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				raw, err := json.Marshal(all)
				if all == nil {
					raw = []byte("[]")
				}
				if err != nil {
					return err
				}
				return said(c.OutOrStdout(), true, raw, "")
			}
			for _, l := range all {
				h := l.Head()
				line := fmt.Sprintf("%-22s %-12s %s", h.ID, h.Kind, h.Title)
				if s := l.Snapshot; s != nil && s.Chance != nil && s.Values >= 5 {
					line += fmt.Sprintf(" (%.0f %%)", min(max(*s.Chance*100, 5), 95))
				}
				if _, err := fmt.Fprintln(c.OutOrStdout(), line); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "answer as a JSON array")
	return c
}
