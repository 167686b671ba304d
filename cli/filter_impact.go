package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
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
comparison series, dose the minutes of practice. META has id,n,t0,shape,control and may have worth: t0 is the first
day on which learning can act, shape is step, ramp, dose, given or any, control is 1 when x is to be used. META may
also have late (1: it may set in up to 14 days after t0), season (days, 1 for none) and also, further effects that are
told apart together with the first: shape:t0:late with a blank between them; their doses are dose2, dose3 and so on,
and their answers id#2, id#3. Both hold
the series in the same order, and either may be packed with gzip. The answer has id,effect,lo95,hi95,p. One thread;
memory does not grow with the number of series.`,
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
	s, err := newTable(series, "series", []string{"id", "t", "y"}, append([]string{"x", "dose"}, doseColumns...))
	if err != nil {
		return err
	}
	m, err := newTable(meta, "meta", []string{"id", "t0", "shape"}, []string{"n", "control", "worth", "late", "season", "also"})
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
	f := impactFilter{series: s, meta: m, pending: map[string]impactMeta{}}
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
		for k := range a.Effects {
			name := id
			if k > 0 {
				name += "#" + strconv.Itoa(k+1)
			}
			writeDifference(w, name, &a.Effects[k], o.Full)
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

// An impactMeta is one row of META.
type impactMeta struct {
	days, start int
	shape       impact.Shape
	control     bool
	worth       float64
	late        bool
	season      int
	further     []impact.Effect
	line        int
}

// An impactFilter reads the two files side by side. Rows of META that come early wait in pending; where
// both files have one order there is never more than one.
type impactFilter struct {
	series, meta *csvTable
	pending      map[string]impactMeta
	ahead        bool // the series' current row is the first of the next series
	ended        bool
}

func impactShape(s string) (impact.Shape, bool) {
	i := slices.Index([]string{"step", "ramp", "dose", "given", "any"}, s)
	return impact.Shape(max(i, 0)), i >= 0
}

// next reads one series and its row of META.
func (f *impactFilter) next() (q impact.Question, id string, err error) {
	if !f.ahead {
		if f.ended || !f.series.read() {
			return q, "", f.series.end()
		}
	}
	id = strings.Clone(f.series.text("id"))
	m, err := f.metaOf(id)
	if err != nil {
		return q, id, err
	}
	var x, dose []float64
	doses := make([][]float64, len(m.further))
	for {
		t, err := f.series.whole("t", 1, maxFilterDays)
		if err != nil {
			return q, id, err
		}
		if t <= len(q.Values) {
			return q, id, f.series.fault("t", "does not rise. Accepted: days in order, 1, 2, 3 …, each once")
		}
		for len(q.Values) < t-1 { // a day without a row is a day without a value
			q.Values, x, dose = append(q.Values, math.NaN()), append(x, math.NaN()), append(dose, 0)
		}
		y, err := f.series.number("y", math.NaN())
		if err != nil {
			return q, id, err
		}
		xv, err := f.series.number("x", math.NaN())
		if err != nil {
			return q, id, err
		}
		dv, err := f.series.number("dose", 0)
		if err != nil {
			return q, id, err
		}
		if err := f.doses(doses, t); err != nil {
			return q, id, err
		}
		q.Values, x, dose = append(q.Values, y), append(x, xv), append(dose, dv)
		if !f.series.read() {
			f.ended, f.ahead = true, false
			if err := f.series.end(); !errors.Is(err, io.EOF) {
				return q, id, err
			}
			break
		}
		if f.ahead = f.series.text("id") != id; f.ahead {
			break
		}
	}
	for len(q.Values) < m.days {
		q.Values, x, dose = append(q.Values, math.NaN()), append(x, math.NaN()), append(dose, 0)
	}
	q.First = 1
	q.Effects = []impact.Effect{{Shape: m.shape, Start: m.start, Dose: dose, Late: m.late}}
	for i, e := range m.further {
		e.Dose = doses[i]
		q.Effects = append(q.Effects, e)
	}
	q.Worth, q.Season = m.worth, m.season
	if m.control {
		q.Controls = [][]float64{x}
	}
	return q, id, nil
}

const maxFilterDays = 36600

// metaOf gives the row of META for a series, reading on until it comes.
func (f *impactFilter) metaOf(id string) (impactMeta, error) {
	for {
		if m, ok := f.pending[id]; ok {
			delete(f.pending, id)
			return m, nil
		}
		if !f.meta.read() {
			if err := f.meta.end(); !errors.Is(err, io.EOF) {
				return impactMeta{}, err
			}
			return impactMeta{}, f.series.fault("id", "has no row in meta that is still free. Accepted: one row of meta for each series, all rows of a series together")
		}
		name := strings.Clone(f.meta.text("id"))
		if _, twice := f.pending[name]; twice {
			return impactMeta{}, f.meta.fault("id", "comes twice. Accepted: one row for each series")
		}
		m, err := f.readMeta()
		if err != nil {
			return m, err
		}
		f.pending[name] = m
	}
}

func (f *impactFilter) readMeta() (m impactMeta, err error) {
	m.line = f.meta.line
	if m.days, err = f.meta.wholeOr("n", 0, 0, maxFilterDays); err != nil {
		return m, err
	}
	if m.start, err = f.meta.whole("t0", -maxFilterDays, 10*maxFilterDays); err != nil {
		return m, err
	}
	var ok bool
	if m.shape, ok = impactShape(f.meta.text("shape")); !ok {
		return m, f.meta.fault("shape", "is no shape. Accepted: step, ramp, dose, given, any")
	}
	control, err := f.meta.wholeOr("control", 0, 0, 1)
	if err != nil {
		return m, err
	}
	m.control = control == 1
	late, err := f.meta.wholeOr("late", 0, 0, 1)
	if err != nil {
		return m, err
	}
	m.late = late == 1
	if m.season, err = f.meta.wholeOr("season", 0, 0, 60); err != nil {
		return m, err
	}
	if m.further, err = f.further(); err != nil {
		return m, err
	}
	if m.worth, err = f.meta.number("worth", 0); err == nil && m.worth < 0 {
		err = f.meta.fault("worth", "is under 0. Accepted: 0 or more, or empty")
	}
	return m, err
}

// rest refuses rows of META that no series belongs to.
func (f *impactFilter) rest() error {
	if f.meta.read() {
		return f.meta.fault("id", "has no series. Accepted: as many series as rows of meta")
	}
	if err := f.meta.end(); !errors.Is(err, io.EOF) {
		return err
	}
	for id, m := range f.pending {
		return &refusedError{fmt.Sprintf("meta line %d, column id: %q has no series. Accepted: as many series as rows of meta.", m.line, id)}
	}
	return nil
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
