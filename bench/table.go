package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// A row is one figure beside what is asked of it.
type row struct {
	what, measured, asked string
	ok                    bool
	gate                  bool // the run fails when it falls short
}

// verdict is the last word of a row, loud where the run fails by it.
func (r row) verdict() string {
	switch {
	case r.asked == "":
		return ""
	case r.ok:
		return "ok"
	case r.gate:
		return "**short**"
	}
	return "short"
}

// printTable writes the rows in columns, as Markdown, so that the same text can be read and kept.
func printTable(w io.Writer, rows []row) error {
	lines := [][]string{{"what", "measured", "asked", "verdict"}}
	for _, r := range rows {
		lines = append(lines, []string{r.what, r.measured, r.asked, r.verdict()})
	}
	widths := make([]int, 4)
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for n, line := range lines {
		for i, cell := range line {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, width := range widths {
				b.WriteString("|" + strings.Repeat("-", width+2))
			}
			b.WriteString("|\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// short tells whether a row that gates falls short.
func short(rows []row) bool {
	for _, r := range rows {
		if r.gate && !r.ok {
			return true
		}
	}
	return false
}

// ms shows a time by three digits.
func ms(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%.0f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3g ms", float64(d)/1e6)
}

// ratio divides two times or rates; against nothing it is endless, so that it never passes.
func ratio[T time.Duration | float64](a, b T) float64 {
	return float64(a) / float64(b)
}

func mib(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func kb(n int64) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
