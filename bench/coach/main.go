// Command coach scores the coach on files of labelled goal texts (text, kind, checks): kinds, checks with
// precision and recall, each check, and the control words.
//
//	go run ./bench/coach [-totals] [-misses] [-from N -step N] FILE…
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/advise/coach"
	"tandem/advise/reader"
)

// today is the day that the texts are read on, so that every run says the same.
const today = "2026-11-25"

func main() {
	totals := flag.Bool("totals", false, "print totals only, no text and no check by itself")
	misses := flag.Bool("misses", false, "print each text that was judged otherwise")
	from := flag.Int("from", 0, "with -step: the first row taken")
	step := flag.Int("step", 1, "take every n-th row")
	flag.Parse()
	if flag.NArg() == 0 || *step < 1 {
		fmt.Fprintln(os.Stderr, "coach: name one or more files with the columns text, kind, checks. Example: go run ./bench/coach dev_goals.tsv")
		os.Exit(2)
	}
	for _, name := range flag.Args() {
		s, err := score(name, *from, *step, *misses && !*totals)
		if err != nil {
			fmt.Fprintln(os.Stderr, "coach:", err)
			os.Exit(1)
		}
		s.print(os.Stdout, name, !*totals)
	}
}

// A tally counts one check: found rightly, found wrongly, missed.
type tally struct{ right, wrong, missed int }

// A board is what one file came to.
type board struct {
	rows, kinds int
	confused    map[string]int
	checks      map[coach.Check]*tally
	controlled  int // texts that depend on others, by their labels
	texts       time.Duration
	only        bool // control words alone
}

func score(name string, from, step int, misses bool) (*board, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	day, err := tandem.ParseDay(today)
	if err != nil {
		return nil, err
	}
	b := &board{confused: map[string]int{}, checks: map[coach.Check]*tally{}}
	for _, r := range coach.Rules() {
		b.checks[r.Check] = &tally{}
	}
	lines := bufio.NewScanner(f)
	head := ""
	for n := -1; lines.Scan(); n++ {
		cols := strings.Split(lines.Text(), "\t")
		if n < 0 {
			head = lines.Text()
		}
		if n < 0 || n%step != from%step || strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if head == "text\tothers" && len(cols) == 2 {
			if miss := b.control(cols[0], cols[1] == "yes", day); miss != "" && misses {
				fmt.Printf("%s\t%s\n", miss, cols[0])
			}
			continue
		}
		if len(cols) < 3 {
			return nil, fmt.Errorf("%s: row %d has %d columns, not text, kind and checks", name, n+1, len(cols))
		}
		started := time.Now()
		a := coach.Look(reader.Read(cols[0], reader.Context{Today: day}), false)
		b.texts += time.Since(started)
		if miss := b.row(a, cols[1], cols[2]); miss != "" && misses {
			fmt.Printf("%s\n\t%s\n", cols[0], miss)
		}
	}
	return b, lines.Err()
}

// row compares one text with its labels, and tells what differs.
func (b *board) row(a coach.Advice, kind, labels string) string {
	var want []coach.Check
	for l := range strings.SplitSeq(labels, ",") {
		if l = strings.TrimSpace(l); l != "" && l != "none" {
			want = append(want, coach.Check(l))
		}
	}
	var miss []string
	b.rows++
	if string(a.Kind) == kind {
		b.kinds++
	} else {
		b.confused[kind+" as "+string(a.Kind)]++
		miss = append(miss, kind+" as "+string(a.Kind))
	}
	if slices.Contains(want, coach.OthersControl) {
		b.controlled++
	}
	for _, r := range coach.Rules() {
		t := b.checks[r.Check]
		switch wanted, got := slices.Contains(want, r.Check), slices.Contains(a.Checks, r.Check); {
		case wanted && got:
			t.right++
		case got:
			t.wrong++
			miss = append(miss, "+"+string(r.Check))
		case wanted:
			t.missed++
			miss = append(miss, "-"+string(r.Check))
		}
	}
	return strings.Join(miss, " ")
}

// control judges a text of which only is told whether its result depends on others.
func (b *board) control(text string, others bool, day tandem.Day) string {
	b.rows++
	b.only = true
	a := coach.Look(reader.Read(text, reader.Context{Today: day}), false)
	t, found := b.checks[coach.OthersControl], slices.Contains(a.Checks, coach.OthersControl)
	if others {
		b.controlled++
	}
	switch {
	case others && found:
		t.right++
	case others:
		t.missed++
		return "missed (" + string(a.Kind) + ")"
	case found:
		t.wrong++
		return "false alarm"
	}
	return ""
}

func (b *board) print(w io.Writer, name string, each bool) {
	var all tally
	for _, t := range b.checks {
		all.right, all.wrong, all.missed = all.right+t.right, all.wrong+t.wrong, all.missed+t.missed
	}
	fmt.Fprintf(w, "%s: %d texts\n", name, b.rows)
	if b.only {
		o := b.checks[coach.OthersControl]
		fmt.Fprintf(w, "control    found %s (%d of %d), false alarms %s (%d of %d)\n", percent(o.right, b.controlled), o.right, b.controlled, percent(o.wrong, b.rows-b.controlled), o.wrong, b.rows-b.controlled)
		return
	}
	fmt.Fprintf(w, "kind       %d of %d right (%s)\n", b.kinds, b.rows, percent(b.kinds, b.rows))
	fmt.Fprintf(w, "checks     precision %s (%d of %d), recall %s (%d of %d), F1 %.3f\n", percent(all.right, all.right+all.wrong), all.right, all.right+all.wrong,
		percent(all.right, all.right+all.missed), all.right, all.right+all.missed, all.f1())
	o := b.checks[coach.OthersControl]
	free := b.rows - b.controlled
	fmt.Fprintf(w, "control    found %s (%d of %d), false alarms %s (%d of %d)\n", percent(o.right, b.controlled), o.right, b.controlled, percent(o.wrong, free), o.wrong, free)
	fmt.Fprintf(w, "time       %.3f ms a text\n", float64(b.texts.Microseconds())/1000/math.Max(1, float64(b.rows)))
	if !each {
		return
	}
	for _, r := range coach.Rules() {
		if t := b.checks[r.Check]; *t != (tally{}) {
			fmt.Fprintf(w, "  %-15s right %3d  wrong %3d  missed %3d  F1 %.2f\n", r.Check, t.right, t.wrong, t.missed, t.f1())
		}
	}
	var kinds []string
	for k, n := range b.confused {
		kinds = append(kinds, fmt.Sprintf("  %3d × %s", n, k))
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		fmt.Fprintln(w, k)
	}
}

func (t tally) f1() float64 {
	if t.right == 0 {
		return 0
	}
	return 2 * float64(t.right) / float64(2*t.right+t.wrong+t.missed)
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}
