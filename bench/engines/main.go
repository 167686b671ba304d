// Command engines scores the two engines, forecast and difference, on the series beside the checkout.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the data of the scoreboard")
	learn := flag.String("learn", "", "make the calibration's table again, into this file")
	real := flag.Bool("personal", false, "score personal numbers only")
	flag.Parse()
	if *real {
		if err := realBoard(*shared, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "engines:", err)
			os.Exit(1)
		}
		return
	}
	if *learn != "" {
		if err := learnCalibration(*shared, *learn); err != nil {
			fmt.Fprintln(os.Stderr, "engines:", err)
			os.Exit(1)
		}
		return
	}
	if err := forecastBoard(*shared, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "engines:", err)
		os.Exit(1)
	}
}
