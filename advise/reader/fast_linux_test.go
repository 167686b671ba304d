package reader_test

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/advise/reader"
)

// rusageThread asks for the time of the calling thread (getrusage(2), RUSAGE_THREAD).
const rusageThread = 1

// spent gives the time on the processor that f takes, so that a busy machine does not count: the least of
// three runs.
func spent(t *testing.T, f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(rusageThread, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	best := time.Hour
	for range 3 {
		start := used()
		f()
		best = min(best, used()-start)
	}
	return best
}

// A line is read within a millisecond, also with 100 numbers of one's own (with 400 names within two), and the time is linear in the
// length: one text of 20 kB takes about as long as ten of 2 kB. Quadratic, it would take ten times as long.
func TestReadingIsFastAndLinear(t *testing.T) {
	in := reader.Context{Today: today}
	repeat := func(n int, f func()) func() {
		return func() {
			for range n {
				f()
			}
		}
	}
	if d := spent(t, repeat(100, func() { reader.Read(longLine, in) })) / 100; d > time.Millisecond {
		t.Errorf("a line took %v", d)
	}
	for names, logIn := range map[string]reader.LogContext{"100 numbers": hundredNumbers(), "400 names": manyNames()} {
		most := time.Millisecond
		if len(logIn.Learning) > 100 {
			most *= 2
		}
		for _, text := range []string{"20m discovery questions yesterday, with the pause", "Salez 12 nach dem Mittagessen"} {
			if d := spent(t, repeat(50, func() { reader.ReadLog(text, logIn) })) / 50; d > most {
				t.Errorf("%q took %v with %s", text, d, names)
			}
		}
	}
	for name, piece := range map[string]string{
		"words": "und wir lernen mit einem Kurs ", "numbers": "12 ", "commas": "12, 13; ", "sentence": longLine + ". ", "emoji": "👩‍👩‍👧 12 ", "right to left": "אני רוצה 12 ", "html": "<b onclick=x>12</b>",
		"digits": "9", "letters": "a", "open": "((((", "dates": "by 3/4 ", "ums": "um zu ", "better": "besser ", "ands": "and ", "ms": "90m ", "carets": "^",
	} {
		short := strings.Repeat(piece, 2_000/len(piece))
		long := strings.Repeat(short, 10)
		few := logContext()
		for reads, read := range map[string]func(string){"line": func(s string) { reader.Read(s, in) }, "log line": func(s string) { reader.ReadLog(s, few) }} {
			ten, one := spent(t, repeat(10, func() { read(short) })), spent(t, func() { read(long) })
			if one > 3*ten+40*time.Millisecond {
				t.Errorf("%s of %s: %v for ten texts of 2 kB, %v for one of 20 kB", reads, name, ten, one)
			}
		}
	}
	thousand := strings.Repeat("1.234,5 ", 1000)
	if r := reader.Read(thousand, in); len(r.Spans) != 1000 {
		t.Errorf("%d of 1,000 numbers", len(r.Spans))
	}
}
