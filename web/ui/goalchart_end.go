package ui

import (
	"math"
	"slices"
	"strings"
)

// milestones writes the diamonds on the base line, behind the second switch.
func (g *goalChart) milestones() {
	if len(g.v.Milestones) == 0 {
		return
	}
	g.open("g", "class", "x2")
	writeMilestones(&g.svg, &g.plot, g.v.Milestones)
	g.close("g")
}

// writeMilestones writes steps as diamonds on the base line, filled when reached.
func writeMilestones(s *svg, p *plot, all []Milestone) {
	ends := math.Inf(-1)
	for _, m := range all {
		if m.Day < p.d0 || m.Day > p.d1 {
			continue
		}
		class, words := "ms", "halo"
		if m.Reached {
			class, words = "ms on", "halo tb"
		}
		x := p.x(m.Day)
		s.open("g", "transform", "translate("+num(x)+" "+num(p.bottom())+") rotate(45)")
		s.el("rect", "class", class, "x", -4.5, "y", -4.5, "width", 9, "height", 9, "rx", 1.5)
		s.close("g")
		if w := textWidth(m.Label); x+10 > ends && x+10+w < p.w {
			s.text(words, x+10, p.bottom()+4, "", m.Label)
			ends = x + 10 + w + 8
		}
	}
}

// endings writes the simulated paths as dots beside the deadline, behind the fourth switch: stacked
// in rows by value, filled where the goal's own rule says reached.
func (g *goalChart) endings() {
	e := g.v.Endings
	if e == nil || len(e.Values) == 0 || len(e.Reached) != len(e.Values) {
		return
	}
	r := g.pick(5.2, 3.5)
	pitch := 2*r + 1
	x0 := g.edge() + r + g.pick(13, 10)
	most := max(1, int((g.w-x0-r)/(2*r+1.4))+1)
	anchor := g.y(g.aimValue())
	first := int(math.Ceil((g.top + r - anchor) / pitch))
	last := int(math.Floor((g.bottom() - r - anchor) / pitch))
	taken := map[int]int{}
	low := g.top
	g.open("g", "class", "x4")
	for i, v := range e.Values {
		if !finite(v) {
			continue
		}
		row := min(max(int(math.Floor((g.y(v)-anchor)/pitch)), first), last)
		row = freeRow(taken, row, most, first, last)
		k := taken[row]
		taken[row] = k + 1
		class, rr := "qd", r-0.4
		if !e.Reached[i] {
			class, rr = "qd no", r-0.9
		}
		cy := anchor + (float64(row)+0.5)*pitch
		low = math.Max(low, cy)
		g.el("circle", "class", class, "cx", math.Min(x0+float64(k)*(2*r+1.4), g.w-r), "cy", cy, "r", rr)
	}
	words := math.Min(low+r+18, g.bottom()-2)
	sub := e.Sub
	if g.narrow {
		sub = e.Short
	}
	wx := g.edge() + g.pick(14, 8)
	g.text("tg halo", wx, words, "", fit(e.Caption, (g.w-wx)/1.05))
	g.text("halo", wx, words+15, "", fit(sub, g.w-wx))
	g.close("g")
}

// freeRow gives the row nearest to the wanted one that still has room.
func freeRow(taken map[int]int, want, most, first, last int) int {
	for d := 0; d <= last-first; d++ {
		if want-d >= first && taken[want-d] < most {
			return want - d
		}
		if want+d <= last && taken[want+d] < most {
			return want + d
		}
	}
	return want
}

// aimValue is where the disc stands: the target, or the middle of the band.
func (g *goalChart) aimValue() float64 {
	if b := g.v.Within; b != nil {
		return (b.Low + b.High) / 2
	}
	return g.v.Target
}

// aim writes the disc and the words beside it.
func (g *goalChart) aim() {
	day := g.v.Deadline
	if g.v.ReachedOn != 0 {
		day = min(g.v.ReachedOn, g.v.Deadline)
	}
	x, y := g.x(day), g.y(g.aimValue())
	if s := g.v.Stretch; s != nil && finite(s.Value) {
		g.open("g", "class", "x2")
		g.el("circle", "class", "aim hol", "cx", g.x(g.v.Deadline), "cy", g.y(s.Value), "r", 5)
		g.close("g")
	}
	r := g.pick(10, 8.5)
	g.el("circle", "class", "aim", "cx", x, "cy", y, "r", r)
	g.open("g", "class", "x4off")
	if g.narrow {
		g.narrowAim(y)
	} else {
		g.wideAim(y)
	}
	g.close("g")
}

// wideAim writes "Target 16" beside the disc and the likely range at the end of the fan that is
// further from it.
func (g *goalChart) wideAim(y float64) {
	x := g.edge() + 19
	g.text("tg t14", x, y+5, "", fit(g.v.TargetLabel, (g.w-x)/1.25))
	if !g.hasFan() {
		return
	}
	hi, lo := g.fanEnd()
	at := hi
	if math.Abs(lo-y) > math.Abs(hi-y) {
		at = lo
	}
	if math.Abs(at-y) < 19 {
		at = y + math.Copysign(19, at-y)
	}
	at = clamp(at, g.top+4, g.bottom()-4)
	for i, line := range twoLines(g.v.Fan.Label, g.w-x) {
		g.text("halo", x, at+4+14*float64(i), "", line)
	}
}

// narrowAim writes the target and the two ends of the range as figures.
func (g *goalChart) narrowAim(y float64) {
	x := g.edge() + 13
	g.text("tg t14", x, y+5, "", fit(g.v.TargetShort, (g.w-x)/1.2))
	if !g.hasFan() {
		return
	}
	hi, lo := g.fanEnd()
	if math.Abs(hi-y) >= 14 {
		at := math.Max(hi+8, g.top+8)
		g.text("halo", x, at, "", fit(g.v.Fan.HighLabel, g.w-x))
		if math.Abs(at-13-y) >= 14 {
			g.text("halo", x-7, at-13, "", fit(g.v.Fan.Short, g.w-x+7))
		}
	}
	if math.Abs(lo-y) >= 14 && math.Abs(lo-hi) >= 14 {
		g.text("halo", x, lo+4, "", fit(g.v.Fan.LowLabel, g.w-x))
	}
}

// fanEnd gives the ordinates of the range's upper and lower end on its last day.
func (g *goalChart) fanEnd() (hi, lo float64) {
	q := g.v.Fan.Points[len(g.v.Fan.Points)-1]
	return g.y(q.Q90), g.y(q.Q10)
}

// twoLines breaks a text that is too long at the space nearest to its middle.
func twoLines(text string, w float64) []string {
	if textWidth(text) <= w {
		return []string{text}
	}
	best := -1
	for i, c := range text {
		if c == ' ' && (best < 0 || abs(i-len(text)/2) < abs(best-len(text)/2)) {
			best = i
		}
	}
	if best < 0 {
		return []string{fit(text, w)}
	}
	return []string{fit(text[:best], w), fit(text[best+1:], w)}
}

// fewLines breaks text into lines of a width, most of them; what does not fit is cut in the last.
func fewLines(text string, w float64, most int) (lines []string) {
	for _, word := range strings.Fields(text) {
		if n := len(lines); n > 0 && (n == most || textWidth(lines[n-1]+" "+word) <= w) {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	for i := range lines {
		lines[i] = fit(lines[i], w)
	}
	return lines
}

func abs(n int) int { return max(n, -n) }

// fewLanes keeps at most four learning goals: of more, the three with most uses, in their order, and
// the words for the rest.
func fewLanes(lanes []Lane, more string) ([]Lane, string) {
	if len(lanes) <= 4 {
		return lanes, ""
	}
	order := make([]int, len(lanes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(lanes[b].Uses) - len(lanes[a].Uses) })
	keep := order[:3]
	slices.Sort(keep)
	out := make([]Lane, 0, 3)
	for _, i := range keep {
		out = append(out, lanes[i])
	}
	return out, more
}
