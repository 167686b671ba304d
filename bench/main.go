// Command bench measures the real program against raw limits that are taken in the same minutes: what
// the disk and the engine give when nothing else is done, and what the smallest HTTP server gives. It
// prints a table of ratios, for a bare time says more of the machine and its other work than of the
// program. It ends with 1 when one of the rows that a release must hold falls short: check-ins, pages,
// loads.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A bench is one run of the program.
type bench struct {
	dir    string        // temporary, on a disk
	binary string        // the program as a release is built
	hello  *process      // the yardstick
	rounds int           // of each comparison, interleaved; their medians count
	d      time.Duration // how long one load lasts
	big    bool          // 10 million values too
	rows   []row
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == helloCommand {
		fmt.Fprintln(os.Stderr, hello(os.Args[2]))
		os.Exit(1)
	}
	b := &bench{}
	flag.IntVar(&b.rounds, "rounds", 3, "interleaved rounds of each comparison")
	flag.DurationVar(&b.d, "d", 2*time.Second, "how long each load lasts")
	flag.BoolVar(&b.big, "big", false, "measure pages at 10 million values too")
	only := flag.String("only", "", "the parts to run, of checkins,pages,loads,live,mails,size,start (all)")
	folder := flag.String("dir", "", "folder for the data, on the disk to be measured (a temporary one)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := b.run(ctx, *folder, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	if short(b.rows) {
		os.Exit(1)
	}
}

// run measures all parts, or those named in only, and prints what it found.
func (b *bench) run(ctx context.Context, folder, only string) (err error) {
	if runtime.GOOS != "linux" {
		return errors.New("processor time and memory of a server are read from /proc: Linux only")
	}
	if b.dir, err = os.MkdirTemp(folder, "tandem-bench"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if inMemory(b.dir) {
		return fmt.Errorf("%s lies in memory, where a sync costs nothing; name a folder on a disk by -dir", filepath.Dir(b.dir))
	}
	// What still runs when the bench gives up ends with it.
	ctx, end := context.WithCancel(ctx)
	defer end()
	began := time.Now()
	if err := b.build(ctx); err != nil {
		return err
	}
	if b.hello, err = startHello(ctx); err != nil {
		return err
	}
	defer b.hello.stop()
	for _, part := range []struct {
		name string
		of   func(context.Context) error
	}{{"checkins", b.checkIns}, {"loads", b.loads}, {"pages", b.pages}, {"live", b.live}, {"mails", b.mails}, {"size", b.sizes}, {"start", b.starts}} {
		if only != "" && !strings.Contains(","+only+",", ","+part.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "%5.0f s  %s\n", time.Since(began).Seconds(), part.name)
		if err := part.of(ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	fmt.Fprintf(os.Stderr, "%5.0f s  done\n", time.Since(began).Seconds())
	fmt.Printf("%s, %s/%s, %d processors, load %s; medians of %d interleaved rounds\n\n",
		time.Now().UTC().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), loadAverage(), b.rounds)
	return printTable(os.Stdout, b.rows)
}

// build makes the program as `make build` does.
func (b *bench) build(ctx context.Context) error {
	b.binary = filepath.Join(b.dir, "tandem")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.version=bench", "-o", b.binary, "tandem/cmd/tandem")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return nil
}

// inMemory tells whether a folder lies in a file system that no disk is under.
func inMemory(dir string) bool {
	const tmpfs, ramfs = 0x01021994, 0x858458f6
	var fs syscall.Statfs_t
	return syscall.Statfs(dir, &fs) == nil && (int64(fs.Type) == tmpfs || int64(fs.Type) == ramfs)
}

// loadAverage says how busy the machine is, of the last minute.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// add keeps a row that is for information, and by asked and ok one that something is asked of.
func (b *bench) add(r row) { b.rows = append(b.rows, r) }

// times adds a row for a figure that may be at most so many times another.
func (b *bench) times(what string, got, most float64, of, detail string, gate bool) {
	b.add(row{what: what, measured: fmt.Sprintf("%.2f × %s (%s)", got, of, detail), asked: fmt.Sprintf("≤ %g ×", most), ok: got <= most, gate: gate})
}
