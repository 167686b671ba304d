//go:build !testclock

package main

import (
	"os"
	"time"
)

// The switches of a moved clock, which only a program built for tests obeys.
const (
	clockNow    = "TANDEM_TEST_NOW"
	clockSocket = "TANDEM_TEST_CLOCK"
)

// clock gives the machine's clock. A program that was not built for tests refuses to start with a moved
// one rather than to keep wrong days.
func clock() (func() time.Time, error) {
	for _, name := range []string{clockNow, clockSocket} {
		if os.Getenv(name) != "" {
			return nil, usage("%s is for tests: it needs a program built with -tags testclock.", name)
		}
	}
	return time.Now, nil
}
