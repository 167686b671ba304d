//go:build unix

package cli

import (
	"math"
	"syscall"
)

// CPUMillis gives the process's user and system CPU time in milliseconds.
func CPUMillis() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return math.NaN()
	}
	return 1e3*float64(u.Utime.Sec+u.Stime.Sec) + 1e-3*float64(u.Utime.Usec+u.Stime.Usec)
}
