package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"

	"github.com/spf13/cobra"
)

// filterWords end the help of every filter.
const filterWords = `A file is an argument or a flag. A name of - is standard input or output; what is packed with gzip is unpacked.
One thread; memory does not grow with the number of series.`

// A fileName is a file of a filter, given as an argument or by its flag; "-" is standard input or output.
type fileName struct{ flag, use, name string }

// fileFlags makes the flags of files.
func fileFlags(c *cobra.Command, files ...*fileName) {
	for _, f := range files {
		c.Flags().StringVar(&f.name, f.flag, "", f.use)
	}
}

// fileArguments takes arguments as the names of files, in order.
func fileArguments(example string, args []string, files ...*fileName) error {
	if len(args) > len(files) {
		return usage("Unexpected %q. Example: %s", args[len(files)], example)
	}
	for i, a := range args {
		if files[i].name != "" {
			return usage("Unexpected %q, for --%s is given. Example: %s", a, files[i].flag, example)
		}
		files[i].name = a
	}
	return nil
}

// filterFiles are the files of one run of a filter.
type filterFiles struct {
	example         string
	in              io.Reader
	out             io.Writer
	inFlag, outFlag string // what took standard input and output
	buffers         []*bufio.Writer
	files           []*os.File
}

// filtered calls run with the files of a command, on one thread, and closes them.
func filtered(c *cobra.Command, ms *fileName, run func(files *filterFiles) error) (err error) {
	files := &filterFiles{example: c.Example, in: c.InOrStdin(), out: c.OutOrStdout()}
	if ms.name != "" && math.IsNaN(CPUMillis()) {
		return usage("--ms: this system does not tell the CPU time of a process")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer func() { err = errors.Join(err, files.close()) }()
	return run(files)
}

func (o *filterFiles) close() error {
	var errs []error
	for _, w := range o.buffers {
		errs = append(errs, w.Flush())
	}
	for _, f := range o.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// open opens a file for reading; without a name it is standard input.
func (o *filterFiles) open(f *fileName) (io.Reader, error) {
	if f.name == "-" || f.name == "" {
		return o.in, o.once(&o.inFlag, f, "input")
	}
	r, err := os.Open(f.name)
	if err != nil {
		return nil, o.refuse(f.name, "read", err)
	}
	o.files = append(o.files, r)
	return r, nil
}

// create opens a file for writing; without a name it is standard output. Errors of writing stay in the
// buffer until the files are closed.
func (o *filterFiles) create(f *fileName) (*bufio.Writer, error) {
	to := o.out
	if f.name == "-" || f.name == "" {
		if err := o.once(&o.outFlag, f, "output"); err != nil {
			return nil, err
		}
	} else {
		w, err := os.Create(f.name)
		if err != nil {
			return nil, o.refuse(f.name, "written", err)
		}
		o.files = append(o.files, w)
		to = w
	}
	b := bufio.NewWriterSize(to, fileBuffer)
	o.buffers = append(o.buffers, b)
	return b, nil
}

// createIf is create for a file that is written only when it has a name; else it gives nil.
func (o *filterFiles) createIf(f *fileName) (*bufio.Writer, error) {
	if f.name == "" {
		return nil, nil
	}
	return o.create(f)
}

// once refuses to use standard input or output for two files.
func (o *filterFiles) once(taken *string, f *fileName, which string) error {
	if *taken != "" {
		return usage("--%s: standard %s is taken by --%s already. Example: %s", f.flag, which, *taken, o.example)
	}
	*taken = f.flag
	return nil
}

func (o *filterFiles) refuse(name, how string, err error) error {
	return usage("%s cannot be %s: %v. Example: %s", name, how, errors.Unwrap(err), o.example)
}

// writeLine writes a line to a file that may be nil.
func writeLine(w *bufio.Writer, format string, values ...any) {
	if w != nil {
		fmt.Fprintf(w, format+"\n", values...)
	}
}
