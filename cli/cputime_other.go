//go:build !unix

package cli

import "math"

// cpuMillis is not known here.
func cpuMillis() float64 { return math.NaN() }
