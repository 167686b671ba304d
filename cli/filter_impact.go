package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tandem/analytics/impact"
)

const impactExample = "tandem impact --series series.csv --meta meta.csv --out differences.csv --ms ms.csv"

func impactCommand() *cobra.Command {
	var seriesName, metaName, outName, msName, priorName string
	var o ImpactOptions
	c := &cobra.Command{
		Use:   "impact [SERIES META [OUT]]",
		Short: "How much series differ since something started",
		Long: `Reads daily series and, for each, answers by how much it differs per day since something started.

SERIES has the columns id,t,y,x,dose: one row a day, t counts from 1, an empty y is a day without a value, x a
comparison series, dose the minutes of practice. META has id,n,t0,shape,control: t0 is the first day on which
learning can act, shape is step, ramp, dose, given or any, control is 1 when x is to be used. Both hold the series
in the same order, and either may be packed with gzip. The answer has id,effect,lo95,hi95,p. One thread; memory
does not grow with the number of series.

Several learning goals are told apart jointly: give META several rows with one id, the doses in dose, dose2, dose3 …,
and read as many rows of the answer. With x, x2 … control is how many are used. META may also have worth (smallest
difference worth having), and down, randomised, late and saturates (0 or 1) and season (days, 7 if empty).`,
		Example: impactExample,
		RunE: func(c *cobra.Command, args []string) (err error) {
			for i, name := range []*string{&seriesName, &metaName, &outName} {
				if i < len(args) {
					*name = args[i]
				}
			}
			if len(args) > 3 {
				return usage("Unexpected %q. Example: %s", args[3], impactExample)
			}
			if seriesName == "" || metaName == "" {
				return usage("SERIES or META missing. Example: %s", impactExample)
			}
			if priorName != "" {
				if o.Prior, err = readPrior(priorName); err != nil {
					return err
				}
			}
			series, err := openInput(seriesName, c.InOrStdin())
			if err != nil {
				return err
			}
			defer series.Close()
			meta, err := openInput(metaName, c.InOrStdin())
			if err != nil {
				return err
			}
			defer meta.Close()
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			o.CPU = processCPU
			return writeFiles(c.OutOrStdout(), outName, msName, func(out, ms io.Writer) error { return ImpactFilter(series, meta, out, ms, o) })
		},
	}
	f := c.Flags()
	f.StringVar(&seriesName, "series", "", "file of daily values; - for standard input")
	f.StringVar(&metaName, "meta", "", "file with one row a series")
	f.StringVar(&outName, "out", "", "where the answers go; standard output if not given")
	f.StringVar(&msName, "ms", "", "where the CPU milliseconds of each series go")
	f.StringVar(&priorName, "prior", "", `file with {"weights": [35 numbers]} learnt from the owner's own numbers`)
	f.IntVar(&o.Placebos, "placebos", 0, "false starts to try before the real one; 0 for none")
	f.BoolVar(&o.Full, "full", false, "all columns: lo80,hi80,sure,worthwhile,word,tell as well")
	return c
}

// ImpactOptions are what an impact filter can be told.
type ImpactOptions struct {
	Prior    impact.Prior
	Placebos int
	Full     bool
	CPU      func() time.Duration // CPU time used so far; read only when times are written
}

// ImpactFilter answers every series of the protocol's two files, in the order in which they come, and
// writes one row for each; ms may be nil. It holds one series at a time. The error names file, line and
// column.
func ImpactFilter(series, meta io.Reader, out, ms io.Writer, o ImpactOptions) error {
	f, err := newImpactFilter(series, meta)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	columns := "id,effect,lo95,hi95,p"
	if o.Full {
		columns += ",lo80,hi80,sure,worthwhile,word,tell"
	}
	fmt.Fprintln(w, columns)
	var times *bufio.Writer
	if ms != nil {
		times = bufio.NewWriter(ms)
		fmt.Fprintln(times, "id,ms")
	}
	for {
		q, id, err := f.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		q.Prior, q.Placebos = o.Prior, o.Placebos
		var before time.Duration
		if times != nil && o.CPU != nil {
			before = o.CPU()
		}
		a, err := impact.Run(q)
		if err != nil {
			return &refusedError{fmt.Sprintf("series %s: %v", id, err)}
		}
		if times != nil && o.CPU != nil {
			fmt.Fprintf(times, "%s,%.4f\n", id, float64((o.CPU()-before).Nanoseconds())/1e6)
		}
		for i := range a.Effects {
			writeDifference(w, id, &a.Effects[i], o.Full)
		}
	}
	if err := f.rest(); err != nil {
		return err
	}
	if err := w.Flush(); err != nil || times == nil {
		return err
	}
	return times.Flush()
}

func writeDifference(w *bufio.Writer, id string, d *impact.Difference, full bool) {
	fields := []float64{d.Mean, d.Lo95, d.Hi95, d.P}
	if full {
		fields = append(fields, d.Lo80, d.Hi80, d.Sure, d.Worthwhile)
	}
	w.WriteString(quoted(id))
	for _, v := range fields {
		w.WriteByte(',')
		w.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
	}
	if full {
		fmt.Fprintf(w, ",%s,%d", d.Word, d.Tell)
	}
	w.WriteByte('\n')
}

// quoted gives a field of a CSV row.
func quoted(s string) string {
	if strings.ContainsAny(s, ",\"\n\r") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// readPrior reads weights in the order level variance, then memory.
func readPrior(name string) (p impact.Prior, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return p, &refusedError{fmt.Sprintf("%s cannot be read. Nothing was written.", name)}
	}
	var v struct{ Weights []float64 }
	if err := json.Unmarshal(text, &v); err != nil || len(v.Weights) != len(p) {
		return p, &refusedError{fmt.Sprintf(`%s holds no weights. Accepted: {"weights": [%d numbers]}.`, name, len(p))}
	}
	copy(p[:], v.Weights)
	return p, nil
}

// processCPU gives the CPU time that the process has used, its own and the kernel's for it.
func processCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
