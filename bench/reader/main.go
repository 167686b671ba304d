// Command reader scores the reader on a file of labelled lines (today, text, target, unit, baseline, deadline,
// period_or_rate, direction, kind): for each column the share of lines that are read as labelled. A label
// "ask" wants both readings to be kept.
//
//	go run ./bench/reader [-totals] FILE…
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/reader"
)

func main() {
	totals := flag.Bool("totals", false, "print totals only, no line by itself")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "reader: name one or more files of labelled lines. Example: go run ./bench/reader advise/reader/testdata/lines.tsv")
		os.Exit(2)
	}
	for _, name := range flag.Args() {
		if _, err := score(os.Stdout, name, !*totals); err != nil {
			fmt.Fprintln(os.Stderr, "reader:", err)
			os.Exit(1)
		}
	}
}

// score reads a file of labelled lines, prints how many of each column are read as labelled, and gives them.
func score(w io.Writer, name string, misses bool) (right map[string]int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var head []string
	right = map[string]int{}
	rows, whole := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cols := strings.Split(lines.Text(), "\t")
		if head == nil {
			head = cols
			continue
		}
		if len(cols) != len(head) {
			return nil, fmt.Errorf("%s: a row has %d columns, the head has %d: %q", name, len(cols), len(head), lines.Text())
		}
		day, err := tandem.ParseDay(cols[0])
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no day: %w", name, cols[0], err)
		}
		got, all := labels(cols[1], day), true
		rows++
		for i, column := range head[2:] {
			want := cols[i+2]
			if same(column, got, cols[2:], head[2:], want) {
				right[column]++
				continue
			}
			all = false
			if misses {
				fmt.Fprintf(w, "%-16s %q: got %q, want %q\n", column, cols[1], got[column], want)
			}
		}
		if all {
			whole++
		}
	}
	if rows == 0 {
		return nil, fmt.Errorf("%s has no labelled line", name)
	}
	fmt.Fprintf(w, "%s: %d lines, %d (%.1f %%) read as labelled in every column\n", name, rows, whole, percent(whole, rows))
	for _, column := range head[2:] {
		fmt.Fprintf(w, "%-16s %3d of %d  %.1f %%\n", column, right[column], rows, percent(right[column], rows))
	}
	return right, nil
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

// labels reads a line and gives what was read in the words of the labels. A target in minutes and hours goes
// by the line; of a change without a start the target has its sign.
func labels(text string, today tandem.Day) map[string]string {
	r := reader.Read(text, reader.Context{Today: today})
	r = reader.Read(text, reader.Context{Today: today, Lang: r.Lang}) // whoever writes German has it set
	kind := coach.Look(r, false).Kind
	got := map[string]string{"kind": string(kind), "direction": string(r.Direction), "period_or_rate": string(r.Rate)}
	if r.Direction == tandem.Within {
		got["direction"] = "keep"
	}
	amount := r.Target
	switch {
	case amount == nil && r.Change != nil:
		c := *r.Change
		c.Value = math.Abs(c.Value)
		got["target"] = "+" + number(c.Value)
		if r.Direction == tandem.Down {
			got["target"] = "-" + number(c.Value)
		}
		got["unit"] = c.Unit
	case amount == nil && r.Lo != nil:
		got["target"], got["unit"] = number(r.Lo.Value)+"-"+number(r.Hi.Value), r.Hi.Unit
	case amount == nil && r.Micro != nil && r.Micro.Amount.Value > 0:
		got["target"], got["unit"] = number(r.Micro.Amount.Value), r.Micro.Amount.Unit
	case amount == nil && r.Collection != nil:
		got["target"], got["unit"] = strconv.Itoa(r.Collection.N), r.Collection.Of
	case amount != nil:
		got["target"], got["unit"] = number(amount.Value), amount.Unit
	}
	if got["period_or_rate"] == "" {
		got["period_or_rate"] = string(r.Repeats)
	}
	if got["period_or_rate"] == "" && r.Micro != nil {
		got["period_or_rate"] = string(r.Micro.Period)
	}
	if from := r.From; from != nil {
		got["baseline"] = number(from.Value)
	} else if r.SoFar != nil {
		got["baseline"] = number(r.SoFar.Value)
	}
	if r.Last != tandem.NoDay {
		got["deadline"] = r.Last.String()
	}
	switch kind {
	case coach.Learning:
		got["deadline"] = ""
	case coach.Todo, coach.Vague: // become no goal: a number in them is no target
		got["target"], got["unit"], got["direction"] = "", "", ""
	}
	if got["target"] != "" && got["direction"] == "" { // as a draft fills it
		got["direction"] = string(tandem.Up)
		if r.AtMost {
			got["direction"] = string(tandem.Down)
		}
	}
	if r.Question != nil {
		column := map[string]string{"number_form": "target", "clock": "target", "metres": "target"}[r.Question.ID]
		if column == "" && r.Question.ID == "date_order" {
			column = "deadline"
		}
		if column != "" {
			got[column] = "ask"
		}
	}
	return got
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// same tells whether what was read is what a label says. Money by its sign is the same as by its code, a
// time in hours the same as in minutes, and of the words for things counted ("new clients") one is enough.
func same(column string, got map[string]string, row, head []string, want string) bool {
	have := got[column]
	unit := row[slices.Index(head, "unit")]
	switch column {
	case "unit":
		codes := strings.NewReplacer("€", "EUR", "$", "USD", "£", "GBP")
		h, w := codes.Replace(have), codes.Replace(want)
		return strings.EqualFold(h, w) || h == "h" && w == "min" || w != "" && slices.ContainsFunc(strings.Fields(h), func(s string) bool { return strings.EqualFold(s, w) })
	case "target", "baseline":
		if v, err := strconv.ParseFloat(have, 64); err == nil && got["unit"] == "h" && unit == "min" {
			return number(v*60) == want
		}
	}
	return have == want
}
