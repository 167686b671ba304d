// Command engines prints the scoreboard of both engines, forecast and difference, on the series beside the
// checkout, with simple peers in the same run, and what odd series cost; and makes the forecast's calibration anew.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the data of the scoreboard")
	only := flag.String("only", "", "the parts to run, of forecast,personal,impact,odd (all)")
	learn := flag.String("learn", "", "make the calibration's table again, into this file")
	flag.Parse()
	runtime.GOMAXPROCS(1) // CPU times are of one thread, with the collector in them
	if err := run(os.Stdout, *shared, *only, *learn); err != nil {
		fmt.Fprintln(os.Stderr, "engines:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, shared, only, learn string) error {
	if learn != "" {
		return learnCalibration(shared, learn)
	}
	parts := []struct {
		name  string
		board func(string, io.Writer) error
	}{{"forecast", forecastBoard}, {"personal", personalBoard}, {"impact", impactBoard}, {"odd", oddBoard}}
	ran := false
	for _, p := range parts {
		if only != "" && !strings.Contains(","+only+",", ","+p.name+",") {
			continue
		}
		ran = true
		if err := p.board(shared, w); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if !ran {
		return errors.New("-only takes forecast, personal, impact and odd, with commas between them; " + only + " names none")
	}
	return nil
}
