package ui

import (
	"math"

	"github.com/a-h/templ"
)

// Difference draws an estimate with its likely range (80 in 100, and 50 in 100 darker) on an axis whose
// strongest line is zero.
func Difference(v DifferenceView) templ.Component {
	return drawn(func() string { return difference(&v) })
}

func difference(v *DifferenceView) string {
	const w, edge = 250.0, 6.0
	p := &plot{w: w, left: edge, right: edge, lo: math.Min(clamp(v.From, -huge, huge), 0), hi: math.Max(clamp(v.To, -huge, huge), 0)}
	if p.hi-p.lo < 1/huge {
		p.lo, p.hi = -1, 1
	}
	x := func(value float64) float64 { return edge + (w-2*edge)*clamp((value-p.lo)/(p.hi-p.lo), 0, 1) }
	var s svg
	s.open("svg", "class", "chart", "viewBox", "0 0 250 46", "role", "img", "aria-label", v.Title)
	s.el("line", "class", "grid", "x1", edge, "x2", w-edge, "y1", 18, "y2", 18)
	ends := math.Inf(-1)
	for _, t := range fineTicks(p.lo, p.hi) {
		class, up, down := "axis", 14, 22
		if t == 0 {
			class, up, down = "now", 4, 32
		}
		s.el("line", "class", class, "x1", x(t), "x2", x(t), "y1", up, "y2", down)
		label := format(v.Format, t)
		half := textWidth(label) / 2
		at := clamp(x(t), half, w-half)
		if at-half > ends {
			s.text("", at, 42, "middle", label)
			ends = at + half + 4
		}
	}
	fill := "dfill"
	if v.Level > 0 {
		fill = hueClass("c", v.Level, v.Of)
	}
	bar := func(class string, lo, hi float64) {
		s.el("rect", "class", fill+" "+class, "x", x(lo), "y", 12, "width", math.Max(x(hi)-x(lo), 0), "height", 12, "rx", 6)
	}
	const half = 0.53 // of the 80 % range, about 50 %
	bar("d80", v.Lo, v.Hi)
	bar("d50", v.Mid-(v.Mid-v.Lo)*half, v.Mid+(v.Hi-v.Mid)*half)
	s.el("circle", "class", fill+" dmid", "cx", x(v.Mid), "cy", 18, "r", 5.5)
	s.close("svg")
	return s.b.String()
}

// fineTicks gives round values, four to eight of them, with zero among them.
func fineTicks(lo, hi float64) (out []float64) {
	raw := (hi - lo) / 6
	pow := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * pow
	for _, m := range [...]float64{1, 2, 5} {
		if m*pow >= raw {
			step = m * pow
			break
		}
	}
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi && len(out) < 8; k++ {
		out = append(out, k*step+0)
	}
	return out
}

// since writes, behind the third switch, the course before a level, continued: a tint for the estimate, a
// hatch for its range, and the words beside it.
func (g *goalChart) since() {
	c := g.v.Since
	if c == nil {
		return
	}
	var trend, mid, lo, hi []pt
	for _, q := range c.Points {
		if q.Day < g.d0 || q.Day > g.d1 || !finite(q.Trend) || !finite(q.Mid) || !finite(q.Lo) || !finite(q.Hi) {
			continue
		}
		at := g.x(q.Day)
		trend, mid = append(trend, pt{at, g.y(q.Trend)}), append(mid, pt{at, g.y(q.Mid)})
		lo, hi = append(lo, pt{at, g.y(q.Lo)}), append(hi, pt{at, g.y(q.Hi)})
	}
	if len(mid) < 2 {
		return
	}
	id := g.id + "-hatch"
	g.open("g", "class", "x3")
	g.open("defs")
	g.open("pattern", "id", id, "width", 5, "height", 5, "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)")
	g.el("line", "class", "hl", "x1", 0, "y1", 0, "x2", 0, "y2", 5)
	g.close("pattern")
	g.close("defs")
	g.el("path", "class", "effu", "fill", "url(#"+id+")", "d", ribbon(hi, lo))
	g.el("path", "class", "eff", "d", ribbon(trend, mid))
	g.el("path", "class", "cf", "d", smooth(mid))
	g.sinceWords(c, trend, mid, lo, hi)
	g.close("g")
}

// sinceWords sets the words on the side away from the trend, where the range leaves room.
func (g *goalChart) sinceWords(c *SinceCourse, trend, mid, lo, hi []pt) {
	n := len(mid) - 1
	below := mid[n].y >= trend[n].y
	deep, high := 0.0, math.Inf(1)
	for i := range mid {
		deep = math.Max(deep, math.Max(math.Max(lo[i].y, hi[i].y), trend[i].y))
		high = math.Min(high, math.Min(math.Min(lo[i].y, hi[i].y), trend[i].y))
	}
	lines := g.pick(15, 0)
	y := math.Min(deep+18, g.bottom()-8-lines)
	if !below {
		y = math.Max(high-10-lines, g.top+14)
	}
	at, anchor := mid[0].x+g.pick(12, 2), ""
	width := math.Max(boldWidth(c.Label), g.pick(textWidth(c.Sub), 0))
	if at+width > g.x(g.v.Today)-4 {
		at, anchor = g.x(g.v.Today)-8, "end"
		if at-width < g.left {
			at, anchor = g.left+4, ""
		}
	}
	g.text("tl halo", at, y, anchor, c.Label)
	if !g.narrow {
		g.text("halo", at, y+15, anchor, c.Sub)
	}
}
