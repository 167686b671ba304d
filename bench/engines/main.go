// Command engines scores the two engines, forecast and difference, on the series beside the checkout.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the data of the scoreboard")
	flag.Parse()
	if err := forecastBoard(*shared, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "engines:", err)
		os.Exit(1)
	}
}
