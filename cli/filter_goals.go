package cli

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"tandem"
	"tandem/analytics/forecast"
)

const goalsExample = "tandem forecast values.csv --goals goals.csv"

// goalsWords tell of the second form of the filter: goals, each with its own rule, instead of series.
const goalsWords = `
With --goals it says of each goal what its page says: VALUES takes the place of TRAIN, and OUT has one row a goal.

GOALS    id,form,today,deadline,rule,direction     days as 2026-11-21
         form: reading, total, rate; rule: total, once, end, held, kept; direction: up, down, within
         and if wanted target, target_lo, target_hi, start, scale (unbounded, positive, bounded, count), lo, hi,
         baseline, so_far, held_for, kept_share, period (days), when_it_happens and at_most (0 or 1),
         off (time off: 2026-10-01/2026-10-14, several with ; between), seed (a number, or the id of the goal)
VALUES   id,day,value                              one row a day in order, ids in the order of GOALS; of a total
         the day's increment, of a rate the sum of the period that ends on that day
OUT      id,status,values,chance,of20,now,pace,pace_needed,pace_80,expected,expected_lo,expected_hi,
         mean,lo80,hi80,lo95,hi95,held,looked       the last range is that of the deadline; pace is a week's
Example  ` + goalsExample + `
`

// forms, scales, rules, directions and states are the words of GOALS and OUT, in the order of the engine.
var (
	goalForms      = []string{"reading", "total", "rate"}
	goalScales     = []string{"unbounded", "positive", "bounded", "count"}
	goalRules      = []string{"total", "once", "end", "held", "kept"}
	goalDirections = []string{"up", "down", "within"}
	goalStates     = []string{"open", "reached", "lost", "too_few", "ended"}
)

// answerGoals forecasts one goal after the other, as the page of a result does.
func answerGoals(goals, values io.Reader, out, times *bufio.Writer) error {
	g, err := newTable(goals, "GOALS", []string{"id", "form", "today", "deadline", "rule", "direction"}, []string{"target", "target_lo", "target_hi", "start", "scale", "lo", "hi",
		"baseline", "so_far", "held_for", "kept_share", "period", "when_it_happens", "at_most", "off", "seed"})
	if err != nil {
		return err
	}
	v, err := newTable(values, "VALUES", []string{"id", "day", "value"}, nil)
	if err != nil {
		return err
	}
	writeLine(out, "id,status,values,chance,of20,now,pace,pace_needed,pace_80,expected,expected_lo,expected_hi,mean,lo80,hi80,lo95,hi95,held,looked")
	writeLine(times, "id,ms")
	for ; g.more && err == nil; err = g.next() {
		id, line := strings.Clone(g.text("id")), g.line
		q, err := readGoal(g)
		if err != nil {
			return err
		}
		for v.more && v.text("id") == id {
			p := forecast.Point{}
			if p.Day, err = v.day("day"); err != nil {
				return err
			}
			if p.Value, err = v.number("value"); err != nil {
				return err
			}
			if n := len(q.Points); n > 0 && p.Day <= q.Points[n-1].Day {
				return v.fault("day", "does not rise", "days in order, each once")
			}
			q.Points = append(q.Points, p)
			if err := v.next(); err != nil {
				return err
			}
		}
		before := CPUMillis()
		f, err := forecast.Run(q)
		spent := CPUMillis() - before
		if err != nil {
			return &refusedError{fmt.Sprintf("GOALS line %d, goal %s: %v", line, id, err)}
		}
		writeGoal(out, quoted(id), f)
		writeLine(times, "%s,%.3f", quoted(id), spent)
	}
	if err == nil && v.more {
		return v.fault("id", "does not come in GOALS, or comes earlier there", "values in the order of the goals")
	}
	return err
}

// readGoal reads the row of one goal.
func readGoal(t *csvTable) (g forecast.Goal, err error) {
	note := func(e error) {
		if err == nil {
			err = e
		}
	}
	number := func(column string, missing float64) (v float64) {
		v, e := t.numberOr(column, missing)
		note(e)
		return v
	}
	word := func(column string, of []string, missing int) int {
		if t.text(column) == "" && missing >= 0 {
			return missing
		}
		i := slices.Index(of, t.text(column))
		if i < 0 {
			note(t.fault(column, "", strings.Join(of, ", ")))
		}
		return max(i, 0)
	}
	whole := func(column string, most int) int {
		v, e := t.wholeOr(column, 0, 0, most)
		note(e)
		return v
	}
	yes := func(column string) bool {
		v, e := t.yes(column)
		note(e)
		return v
	}
	day := func(column string) int {
		v, e := t.day(column)
		note(e)
		return v
	}
	g = forecast.Goal{Form: forecast.Form(word("form", goalForms, -1)), Scale: forecast.Scale(word("scale", goalScales, 0)), Rule: forecast.Rule(word("rule", goalRules, -1)),
		Direction: forecast.Direction(word("direction", goalDirections, -1)), Today: day("today"), Deadline: day("deadline"), Lo: number("lo", math.NaN()), Hi: number("hi", math.NaN()),
		Baseline: number("baseline", math.NaN()), SoFar: number("so_far", 0), Target: number("target", 0), TargetLo: number("target_lo", 0), TargetHi: number("target_hi", 0),
		HeldFor: whole("held_for", 100), KeptShare: number("kept_share", 0), Period: whole("period", 3660), WhenItHappens: yes("when_it_happens"), AtMost: yes("at_most")}
	g.Start = g.Today
	if t.text("start") != "" {
		g.Start = day("start")
	}
	if g.Direction != forecast.Within && t.text("target") == "" {
		note(t.fault("target", "is missing", "a number; only of direction within it is left out, for target_lo and target_hi"))
	}
	if g.Deadline < g.Start {
		note(t.fault("deadline", "lies before start", "a day on or after start"))
	}
	g.Off, err = t.spans("off", err)
	if s := t.text("seed"); s != "" {
		n, e := strconv.ParseUint(s, 10, 64)
		if id, bad := tandem.ParseID[tandem.GoalID](s); bad == nil {
			n, e = uint64(id), nil
		}
		if e != nil {
			note(t.fault("seed", "", "a whole number, or the id of a goal"))
		}
		g.Seed = n
	}
	return g, err
}

// day gives a day of a row.
func (t *csvTable) day(column string) (int, error) {
	d, err := tandem.ParseDay(t.text(column))
	if err != nil {
		return 0, t.fault(column, "", "a day such as 2026-11-21")
	}
	return int(d), nil
}

// spans gives stretches of days; an error that stands already is kept.
func (t *csvTable) spans(column string, err error) (out []forecast.Span, _ error) {
	for part := range strings.SplitSeq(t.text(column), ";") {
		if part = strings.TrimSpace(part); part == "" || err != nil {
			continue
		}
		first, last, ok := strings.Cut(part, "/")
		from, bad := tandem.ParseDay(first)
		to, worse := tandem.ParseDay(last)
		if !ok || bad != nil || worse != nil || to < from {
			err = t.fault(column, "", "stretches such as 2026-10-01/2026-10-14, with ; between them")
		}
		out = append(out, forecast.Span{From: int(from), To: int(to)})
	}
	return out, err
}

// writeGoal writes what was found of one goal; what is not known is empty.
func writeGoal(w *bufio.Writer, id string, f forecast.Forecast) {
	num := func(v float64) string {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ""
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	day := func(d int) string {
		if d == 0 {
			return ""
		}
		return tandem.Day(d).String()
	}
	reached := ""
	if f.Status == forecast.Open {
		n := 0
		for _, e := range f.Endings {
			if e.Reached {
				n++
			}
		}
		reached = strconv.Itoa(n)
	}
	last := [5]string{}
	if n := len(f.Steps); n > 0 {
		s := f.Steps[n-1]
		last = [5]string{num(s.Mean), num(s.Lo80), num(s.Hi80), num(s.Lo95), num(s.Hi95)}
	}
	cells := []string{id, goalStates[f.Status], strconv.Itoa(f.N), num(f.Chance), reached, num(f.Now), num(f.PaceNow), num(f.PaceNeeded), num(f.PaceFor80),
		day(f.Expected), day(f.ExpectedLo), day(f.ExpectedHi)}
	cells = append(cells, last[:]...)
	cells = append(cells, strconv.Itoa(f.Track.Inside), strconv.Itoa(f.Track.Of))
	writeLine(w, "%s", strings.Join(cells, ","))
}
