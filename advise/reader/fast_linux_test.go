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

// fastest gives the least time on the processor that f took, so that a busy machine does not count.
func fastest(t *testing.T, f func()) time.Duration {
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
	for range 5 {
		start := used()
		f()
		best = min(best, used()-start)
	}
	return best
}

// A line is read within a millisecond, also with 400 names of one's own, and ten thousand characters of
// anything take time in proportion.
func TestReadingIsFastAndLinear(t *testing.T) {
	in := reader.Context{Today: today}
	if d := fastest(t, func() { reader.Read(longLine, in) }); d > time.Millisecond {
		t.Errorf("a line took %v", d)
	}
	logIn := manyNames()
	if d := fastest(t, func() { reader.ReadLog("20m discovery questions yesterday, with the pause", logIn) }); d > 5*time.Millisecond {
		t.Errorf("a log line took %v", d)
	}
	for name, piece := range map[string]string{
		"words": "und wir lernen mit einem Kurs ", "numbers": "12 ", "commas": "12, 13; ", "sentence": longLine + ". ", "emoji": "👩‍👩‍👧 12 ", "right to left": "אני רוצה 12 ", "html": "<b onclick=x>12</b>",
		"digits": "9", "letters": "a", "open": "((((", "dates": "by 3/4 ", "ums": "um zu ", "better": "besser ", "ands": "and ", "ms": "90m ", "carets": "^",
	} {
		long := strings.Repeat(piece, 2_500/len(piece))
		longer := strings.Repeat(long, 4) // 10 kB; short enough to run through on a busy machine
		a, b := fastest(t, func() { reader.Read(long, in) }), fastest(t, func() { reader.Read(longer, in) })
		if b > 10*a+5*time.Millisecond || b > 100*time.Millisecond {
			t.Errorf("%s: %v for 2.5 kB, %v for 10", name, a, b)
		}
		a, b = fastest(t, func() { reader.ReadLog(long, logIn) }), fastest(t, func() { reader.ReadLog(longer, logIn) })
		if b > 10*a+5*time.Millisecond || b > 100*time.Millisecond {
			t.Errorf("log, %s: %v for 2.5 kB, %v for 10", name, a, b)
		}
	}
	thousand := strings.Repeat("1.234,5 ", 1000)
	if r := reader.Read(thousand, in); len(r.Spans) != 1000 {
		t.Errorf("%d of 1,000 numbers", len(r.Spans))
	}
}
