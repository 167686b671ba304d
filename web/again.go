package web

import (
	"math"
	"strconv"
	"strings"

	"tandem"
	"tandem/app"
)

// goalsFile gives what tandem forecast --goals is told of a result, so that it says of the values of the
// export what the page says.
func goalsFile(v app.ResultView) string {
	q := v.Input
	yes := func(b bool) string {
		if b {
			return "1"
		}
		return "0"
	}
	day := func(d int) string { return tandem.Day(d).String() }
	var off []string
	for _, s := range q.Off {
		if s.To >= s.From {
			off = append(off, day(s.From)+"/"+day(s.To))
		}
	}
	cells := [][2]string{
		{"id", "A"}, {"form", [...]string{"reading", "total", "rate"}[q.Form]}, {"scale", [...]string{"unbounded", "positive", "bounded", "count"}[q.Scale]},
		{"start", day(q.Start)}, {"today", day(q.Today)}, {"deadline", day(q.Deadline)},
		{"rule", [...]string{"total", "once", "end", "held", "kept"}[q.Rule]}, {"direction", [...]string{"up", "down", "within"}[q.Direction]},
		{"target", exactCell(q.Target)}, {"target_lo", exactCell(q.TargetLo)}, {"target_hi", exactCell(q.TargetHi)}, {"baseline", exactCell(q.Baseline)}, {"so_far", exactCell(q.SoFar)},
		{"lo", exactCell(q.Lo)}, {"hi", exactCell(q.Hi)}, {"held_for", strconv.Itoa(q.HeldFor)}, {"kept_share", exactCell(q.KeptShare)}, {"period", strconv.Itoa(q.Period)},
		{"when_it_happens", yes(q.WhenItHappens)}, {"at_most", yes(q.AtMost)}, {"off", strings.Join(off, ";")}, {"seed", v.Goal.ID.String()},
	}
	var heads, row []string
	for _, x := range cells {
		heads, row = append(heads, x[0]), append(row, x[1])
	}
	return strings.Join(heads, ",") + "\n" + strings.Join(row, ",") + "\n"
}

// exactCell writes a number of a file from which a script works the figures out again, nothing for none.
func exactCell(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
