//go:build !unix

package cli

import "math"

// CPUMillis is not known here.
func CPUMillis() float64 { return math.NaN() }
