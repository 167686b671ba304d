// Command engines prints the scoreboard of the engines on the shared data.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the shared data and tools")
	flag.Parse()
	runtime.GOMAXPROCS(1) // CPU times are of one thread, with the collector in them
	if err := impactBoard(*shared, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
