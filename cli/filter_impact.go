package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"tandem/analytics/impact"
)

const impactExample = "tandem impact series.csv meta.csv --out differences.csv --ms ms.csv"

func impactCommand() *cobra.Command {
	series := fileName{flag: "series", use: "file of daily values"}
	meta := fileName{flag: "meta", use: "file with one row a series"}
	out := fileName{flag: "out", use: "where the answers go; standard output if not given"}
	ms := fileName{flag: "ms", use: "where the CPU milliseconds of each series go"}
	prior := fileName{flag: "prior", use: `file with {"weights": [35 numbers]} learnt from the owner's own numbers`}
	var o ImpactOptions
	c := &cobra.Command{
		Use:   "impact [SERIES META [OUT]]",
		Short: "How much series differ since something started",
		Long: `Reads daily series and, for each, answers by how much it differs per day since something started.

SERIES has the columns id,t,y,x,dose: one row a day, t counts from 1, an empty y is a day without a value, x a
comparison series, dose the minutes of practice. META has id,n,t0,shape,control: t0 is the first day on which
learning can act, shape is step, ramp, dose, given or any, control is 1 when x is to be used. Both hold the series
in the same order. OUT has id,effect,lo95,hi95,p.

` + filterWords + `

Several learning goals are told apart jointly: give META several rows with one id, the doses in dose, dose2, dose3 …,
and read as many rows of the answer. With x, x2 … control is how many are used. META may also have worth (smallest
difference worth having), and down, randomised, late and saturates (0 or 1) and season (days, 7 if empty).`,
		Example: impactExample,
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := fileArguments(impactExample, args, &series, &meta, &out); err != nil {
			return err
		}
		if series.name == "" || meta.name == "" {
			return usage("SERIES or META missing. Example: %s", impactExample)
		}
		return filtered(c, &ms, func(files *filterFiles) (err error) {
			if prior.name != "" {
				if o.Prior, err = readPrior(files, &prior); err != nil {
					return err
				}
			}
			s, err := files.open(&series)
			if err != nil {
				return err
			}
			m, err := files.open(&meta)
			if err != nil {
				return err
			}
			w, err := files.create(&out)
			if err != nil {
				return err
			}
			times, err := files.createIf(&ms)
			if err != nil {
				return err
			}
			return answerImpacts(s, m, w, times, o)
		})
	}
	fileFlags(c, &series, &meta, &out, &ms, &prior)
	c.Flags().IntVar(&o.Placebos, "placebos", 0, "false starts to try before the real one; 0 for none")
	c.Flags().BoolVar(&o.Full, "full", false, "all columns: lo80,hi80,sure,worthwhile,word,tell as well")
	return c
}

// ImpactOptions are what an impact filter can be told.
type ImpactOptions struct {
	Prior    impact.Prior
	Placebos int
	Full     bool
}

// ImpactFilter answers every series of the protocol's two files, in the order in which they come, and
// writes one row for each; ms may be nil. It holds one series at a time. The error names file, line and
// column.
func ImpactFilter(series, meta io.Reader, out, ms io.Writer, o ImpactOptions) error {
	w := bufio.NewWriter(out)
	if ms == nil {
		return errors.Join(answerImpacts(series, meta, w, nil, o), w.Flush())
	}
	times := bufio.NewWriter(ms)
	return errors.Join(answerImpacts(series, meta, w, times, o), w.Flush(), times.Flush())
}

func answerImpacts(series, meta io.Reader, out, times *bufio.Writer, o ImpactOptions) error {
	f, err := newImpactFilter(series, meta)
	if err != nil {
		return err
	}
	columns := "id,effect,lo95,hi95,p"
	if o.Full {
		columns += ",lo80,hi80,sure,worthwhile,word,tell"
	}
	writeLine(out, "%s", columns)
	writeLine(times, "id,ms")
	for f.series.more {
		q, id, err := f.read()
		if err != nil {
			return err
		}
		q.Prior, q.Placebos = o.Prior, o.Placebos
		before := CPUMillis()
		a, err := impact.Run(q)
		spent := CPUMillis() - before
		if err != nil {
			return &refusedError{fmt.Sprintf("series %s: %v", id, err)}
		}
		id = quoted(id)
		writeLine(times, "%s,%.3f", id, spent)
		for i := range a.Effects {
			writeDifference(out, id, &a.Effects[i], o.Full)
		}
	}
	return f.rest()
}

func writeDifference(w *bufio.Writer, id string, d *impact.Difference, full bool) {
	fields := []float64{d.Mean, d.Lo95, d.Hi95, d.P}
	if full {
		fields = append(fields, d.Lo80, d.Hi80, d.Sure, d.Worthwhile)
	}
	w.WriteString(id)
	for _, v := range fields {
		w.WriteByte(',')
		w.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
	}
	if full {
		fmt.Fprintf(w, ",%s,%d", d.Word, d.Tell)
	}
	w.WriteByte('\n')
}

// readPrior reads weights in the order level variance, then memory.
func readPrior(files *filterFiles, name *fileName) (p impact.Prior, err error) {
	r, err := files.open(name)
	if err != nil {
		return p, err
	}
	var v struct{ Weights []float64 }
	if err := json.NewDecoder(r).Decode(&v); err != nil || len(v.Weights) != len(p) {
		return p, &refusedError{fmt.Sprintf(`%s holds no weights. Accepted: {"weights": [%d numbers]}.`, name.name, len(p))}
	}
	copy(p[:], v.Weights)
	return p, nil
}
