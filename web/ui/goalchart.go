package ui

import (
	"math"
	"strings"

	"github.com/a-h/templ"
)

// GoalChart draws the main picture, wide and narrow. First view: likely range, target with its disc
// and date, today, trend with dots, one lane for each learning goal, uses, look again. What the
// switches show is drawn too and hidden until its switch is on (classes x1 to x4).
func GoalChart(v GoalChartView) templ.Component {
	return bothSizes(func(narrow bool) string { return newGoalChart(&v, narrow).draw() })
}

// mostDots is how many values a wide drawing shows as dots at most; the narrow one two thirds.
const mostDots = 180

// narrowEdge is where words begin on the narrow drawing.
const narrowEdge = 8

// A goalChart is one drawing of the view.
type goalChart struct {
	svg
	plot
	v      *GoalChartView
	id     string
	values []Point
	gaps   []stretch
	trend  []Point
	lanes  []Lane
	more   string
	lane   float64 // height of a lane
	full   float64 // height of the drawing
	now    float64 // ordinate value of the trend today; not-a-number: none
}

func newGoalChart(v *GoalChartView, narrow bool) *goalChart {
	g := &goalChart{v: v, id: safeID(v.ID) + "w"}
	g.narrow, g.w = narrow, 960
	if narrow {
		g.id, g.w = safeID(v.ID)+"n", 358
	}
	g.days(v.Start, max(v.Deadline, v.Today))
	g.values = clean(v.Values, g.d0, g.d1)
	g.gaps = missing(g.values, min(v.Today, g.d1))
	g.now = v.Now
	g.lanes, g.more = fewLanes(v.Lanes, v.More)
	g.settleTrend()
	g.measure()
	return g
}

// settleTrend takes the caller's trend, or a local line through the values.
func (g *goalChart) settleTrend() {
	if g.v.Steps {
		if !finite(g.now) && len(g.values) > 0 {
			g.now = g.values[len(g.values)-1].Value
		}
		return
	}
	given := clean(g.v.Trend, g.d0, g.d1)
	if len(given) > 0 {
		if finite(g.now) && given[len(given)-1].Day < g.v.Today {
			given = append(given, Point{Day: g.v.Today, Value: g.now})
		}
		g.trend = given
		return
	}
	g.trend = meet(localTrend(g.values, g.gaps), g.now, min(g.v.Today, g.d1))
}

// mostOfRange is how far the likely range may widen the field, as a share of what values and target span.
const mostOfRange = 1.5

// measure settles the scale and the size of the drawing.
func (g *goalChart) measure() {
	v := g.v
	var e extent
	for _, p := range g.values {
		e.add(p.Value)
	}
	e.add(g.now)
	if v.Within != nil {
		e.add(v.Within.Low)
		e.add(v.Within.High)
	} else {
		e.add(v.Target)
	}
	if v.Steps {
		e.add(0)
	}
	if v.Fan != nil {
		// Early in a long total the likely range may reach to many times the target, which would press all else
		// to the ground: then its end leaves the field, and its label says how far.
		var likely, outer extent
		for _, q := range v.Fan.Points {
			likely.add(q.Q10)
			likely.add(q.Q90)
		}
		e.soft(likely.lo, mostOfRange)
		e.soft(likely.hi, mostOfRange)
		for _, q := range v.Fan.Points {
			outer.add(q.Q025)
			outer.add(q.Q975)
		}
		e.soft(outer.lo, 0.12)
		e.soft(outer.hi, 0.12)
	}
	if v.Stretch != nil {
		e.soft(v.Stretch.Value, 0.5)
	}
	if v.Since != nil {
		for _, p := range v.Since.Points {
			e.soft(p.Lo, 0.25)
			e.soft(p.Hi, 0.25)
		}
	}
	g.scale(e, v.Steps)
	g.top, g.height = 34, g.pick(240, 196)
	g.left = g.labelRoom()
	g.right = g.pick(170, g.shortRoom())
	g.lane = g.pick(78, 72)
	g.full = g.bottom() + 30
	if n := len(g.lanes); n > 0 {
		g.full = g.bottom() + g.pick(40, 34) + g.lane*float64(n) + g.pick(14, 6)
		if g.more != "" {
			g.full += 16
		}
	}
}

// labelRoom is the room at the left for the longest value on the axis.
func (g *goalChart) labelRoom() float64 {
	room := g.pick(34, 24)
	for _, t := range g.axisLabels() {
		room = math.Max(room, 12+textWidth(t))
	}
	return math.Min(room, g.w/4)
}

// shortRoom is the room at the right of the narrow drawing.
func (g *goalChart) shortRoom() float64 {
	room := 60.0
	if g.v.Fan != nil {
		room = math.Max(room, 16+math.Max(textWidth(g.v.Fan.HighLabel), textWidth(g.v.Fan.LowLabel)))
	}
	return math.Min(math.Max(room, 22+1.2*textWidth(g.v.TargetShort)), 96)
}

// axisLabels are the values named at the left, the target's last.
func (g *goalChart) axisLabels() []string {
	var out []string
	for _, t := range g.ticks() {
		out = append(out, format(g.v.Format, t))
	}
	if g.v.Within != nil {
		return append(out, g.v.Within.LowLabel, g.v.Within.HighLabel)
	}
	return append(out, g.v.TargetShort)
}

// draw writes the marks from back to front.
func (g *goalChart) draw() string {
	class := "wide"
	if g.narrow {
		class = "narrow"
	}
	g.begin(class, g.id, g.v.Title, g.v.DescribedBy, g.w, g.full)
	g.axes()
	g.fan()
	g.since()
	g.target()
	g.dates()
	g.course()
	g.milestones()
	g.endings()
	g.aim()
	for i, l := range g.lanes {
		g.drawLane(i, l)
	}
	if g.more != "" {
		g.text("tb", g.pick(g.left, narrowEdge), g.full-22, "", g.more)
	}
	g.close("svg")
	return g.b.String()
}

// axes writes the round values, the time hairlines with their names, and the unit.
func (g *goalChart) axes() {
	var fixed []float64 // ordinates of the target's labels, which win over round values
	label := func(value float64, text string) {
		g.text("tg", g.left-9, g.y(value)+4, "end", text)
		fixed = append(fixed, g.y(value))
	}
	if b := g.v.Within; b != nil {
		label(b.Low, b.LowLabel)
		if math.Abs(g.y(b.Low)-g.y(b.High)) >= 12 {
			label(b.High, b.HighLabel)
		}
	} else {
		label(g.v.Target, g.v.TargetShort)
	}
ticks:
	for _, t := range g.ticks() {
		y := g.y(t)
		for _, f := range fixed {
			if math.Abs(y-f) < 13 {
				continue ticks
			}
		}
		g.el("line", "class", "grid", "x1", g.left, "x2", g.edge(), "y1", y, "y2", y)
		g.text("", g.left-9, y+4, "end", format(g.v.Format, t))
	}
	writeTimeAxis(&g.svg, &g.plot, g.v.Calendar, g.top, g.full-18, g.full-4)
	g.el("line", "class", "axis", "x1", g.left, "x2", g.edge(), "y1", g.bottom(), "y2", g.bottom())
}

// writeTimeAxis writes hairlines from y0 to y1 and the names at base, leaving out names that would
// touch.
func writeTimeAxis(s *svg, p *plot, c Calendar, y0, y1, base float64) {
	ticks := p.timeTicks(c)
	ends := math.Inf(-1)
	for i, t := range ticks {
		x := p.x(t.day)
		at := x
		if t.line {
			s.el("line", "class", "grid", "x1", x, "x2", x, "y1", y0, "y2", y1)
			at += 4
		}
		w := textWidth(t.label)
		if !t.line && i+1 < len(ticks) && at+w+6 > p.x(ticks[1].day) {
			continue // the part under way at the left edge gives way to the first whole one
		}
		if at < ends || at+w > p.w {
			continue
		}
		s.text("", at, base, "", t.label)
		ends = at + w + p.pick(10, 6)
	}
}

// fanEdge gives one quantile from now to the last day of the fan.
func (g *goalChart) fanEdge(q func(FanPoint) float64) []pt {
	today := min(g.v.Today, g.d1)
	out := []pt{{g.x(today), g.y(g.now)}}
	points := g.v.Fan.Points
	if len(points) == 1 {
		// one point alone: widen as the square root does, a little faster
		const n = 12
		end, mid := q(points[0]), points[0].Q50
		x0, x1 := g.x(today), g.x(points[0].Day)
		for k := 1; k <= n; k++ {
			f := float64(k) / n
			value := g.now + (mid-g.now)*f + (end-mid)*math.Pow(f, 0.55)
			out = append(out, pt{x0 + (x1-x0)*f, g.y(value)})
		}
		return out
	}
	step := max(1, (len(points)+15)/16)
	for i := len(points) - 1; i >= 0; i -= step {
		if points[i].Day > today {
			out = append(out, pt{g.x(points[i].Day), g.y(q(points[i]))})
		}
	}
	for i, j := 1, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// hasFan says whether there is a range to draw: a forecast, a place to start from, time to go.
func (g *goalChart) hasFan() bool {
	f := g.v.Fan
	return f != nil && len(f.Points) > 0 && finite(g.now) && f.Points[len(f.Points)-1].Day > g.v.Today && g.v.Today < g.d1
}

// fan writes the likely range (80 in 100) and, behind the first switch, 50, 95 and the middle.
func (g *goalChart) fan() {
	if !g.hasFan() {
		return
	}
	wide := ribbon(g.fanEdge(func(p FanPoint) float64 { return p.Q975 }), g.fanEdge(func(p FanPoint) float64 { return p.Q025 }))
	likely := ribbon(g.fanEdge(func(p FanPoint) float64 { return p.Q90 }), g.fanEdge(func(p FanPoint) float64 { return p.Q10 }))
	half := ribbon(g.fanEdge(func(p FanPoint) float64 { return p.Q75 }), g.fanEdge(func(p FanPoint) float64 { return p.Q25 }))
	g.open("g", "class", "x1")
	g.el("path", "class", "rng f95", "d", wide)
	g.close("g")
	g.el("path", "class", "rng f80", "d", likely)
	g.open("g", "class", "x1")
	g.el("path", "class", "rng f50", "d", half)
	g.el("path", "class", "med", "d", smooth(g.fanEdge(func(p FanPoint) float64 { return p.Q50 })))
	g.close("g")
}

// target writes the line or the band, and the stretch.
func (g *goalChart) target() {
	line := func(v float64) {
		g.el("line", "class", "tgt", "x1", g.left, "x2", g.edge(), "y1", g.y(v), "y2", g.y(v))
	}
	if b := g.v.Within; b != nil {
		hi, lo := g.y(b.High), g.y(b.Low)
		g.el("rect", "class", "within", "x", g.left, "y", hi, "width", g.edge()-g.left, "height", math.Max(lo-hi, 0))
		line(b.Low)
		line(b.High)
	} else {
		line(g.v.Target)
	}
	if s := g.v.Stretch; s != nil && finite(s.Value) {
		x := g.left + 0.4*(g.edge()-g.left)
		y := g.y(s.Value)
		g.open("g", "class", "x2")
		g.el("line", "class", "str", "x1", x, "x2", g.edge(), "y1", y, "y2", y)
		g.text("halo", x+2, y-6, "", s.Label)
		g.close("g")
	}
}

// dates writes the unit, the deadline and today above the field, and their hairlines.
func (g *goalChart) dates() {
	foot := g.full - 18
	ex, tx := g.x(g.v.Deadline), g.x(g.v.Today)
	unitX := g.pick(g.left, narrowEdge)
	unit := fit(g.v.Unit, (g.edge()-g.left)*0.55)
	g.text("tb", unitX, g.top-14, "", unit)
	g.el("line", "class", "dead", "x1", ex, "x2", ex, "y1", g.top-4, "y2", foot)
	g.el("line", "class", "now", "x1", tx, "x2", tx, "y1", g.top-4, "y2", foot)
	dw, tw := boldWidth(g.v.DeadlineLabel)/2+5, boldWidth(g.v.TodayLabel)/2+5
	dx := math.Min(ex, g.w-dw)
	overUnit := func(x, half float64) bool { return x-half < unitX+boldWidth(unit)+4 }
	if !overUnit(dx, dw) {
		g.text("tb", dx, g.top-14, "middle", g.v.DeadlineLabel)
	} else {
		g.text("tb halo", ex+6, g.top+6, "", g.v.DeadlineLabel)
	}
	switch {
	case !overUnit(tx, tw) && math.Abs(tx-dx) >= dw+tw:
		g.text("ti", tx, g.top-14, "middle", g.v.TodayLabel)
	case tx <= dx && !overUnit(dx-dw-tw, tw) && math.Abs(tx-(dx-dw-tw)) < 2*tw: // beside the date, still near its hairline
		g.text("ti", dx-dw-tw, g.top-14, "middle", g.v.TodayLabel)
	case tx-g.left > 2*tw+8 && tx <= ex:
		g.text("ti halo", tx-6, g.top+6, "end", g.v.TodayLabel)
	default:
		g.text("ti halo", math.Min(tx+6, g.w-2*tw), g.top+6, "", g.v.TodayLabel)
	}
}

// course writes the trend or the steps, the dots, and where it stands today.
func (g *goalChart) course() {
	if g.v.Steps {
		g.steps()
	} else {
		g.trendLine()
	}
	dots := thin(g.values, int(g.pick(mostDots, mostDots*2/3)))
	r := g.pick(3, 2.2)
	if len(dots) > 100 {
		r = g.pick(2.3, 1.7)
	}
	for _, p := range dots {
		title := ""
		if !g.narrow && len(dots) <= 80 {
			title = p.Title
		}
		g.titled(title, "circle", "class", "obs", "cx", g.x(p.Day), "cy", g.y(p.Value), "r", r)
	}
	if !finite(g.now) {
		return
	}
	x, y := g.x(g.v.Today), g.y(g.now)
	g.el("circle", "class", "here", "cx", x, "cy", y, "r", g.pick(5, 4))
	below := y + g.pick(19, 17)
	if below > g.bottom()-3 || g.fanFalls() || math.Abs(below-5-g.y(g.v.Target)) < 9 {
		below = y - 9
	}
	w := boldWidth(g.v.NowLabel)
	if x+9+w > g.edge()-4 && x-9-w > g.left {
		if g.rises() { // the line comes from below: the words stand above it
			below = y - 9
		}
		g.text("tg halo", x-g.pick(9, 7), below, "end", g.v.NowLabel)
		return
	}
	g.text("tg halo", math.Min(x+g.pick(9, 7), g.w-w), below, "", g.v.NowLabel)
}

// fanFalls says whether the range leads down, so that words stand above it.
func (g *goalChart) fanFalls() bool {
	if !g.hasFan() {
		return false
	}
	return g.v.Fan.Points[len(g.v.Fan.Points)-1].Q50 < g.now
}

// rises says whether the trend comes from below.
func (g *goalChart) rises() bool {
	if g.v.Steps {
		return true
	}
	n := len(g.trend)
	return n > 1 && g.trend[max(0, n-4)].Value <= g.trend[n-1].Value
}

// trendLine writes the trend, dotted across stretches without values.
func (g *goalChart) trendLine() {
	if len(g.trend) < 2 {
		return
	}
	p := make([]pt, len(g.trend))
	for i, t := range g.trend {
		p[i] = pt{g.x(t.Day), g.y(t.Value)}
	}
	pieces := curve(p)
	var d strings.Builder
	flush := func(class string) {
		if d.Len() > 0 {
			g.el("path", "class", class, "d", d.String())
			d.Reset()
		}
	}
	classOf := func(i int) string {
		mid := float64(g.trend[i].Day+g.trend[i+1].Day) / 2
		for _, s := range g.gaps {
			if mid > float64(s.from) && mid < float64(s.to) {
				return "trend gap"
			}
		}
		return "trend"
	}
	class := classOf(0)
	for i, piece := range pieces {
		if c := classOf(i); c != class {
			flush(class)
			class = c
		}
		if d.Len() == 0 {
			d.WriteString("M" + num(p[i].x) + " " + num(p[i].y))
		}
		d.WriteString(piece)
	}
	flush(class)
}

// steps writes a running sum.
func (g *goalChart) steps() {
	var d strings.Builder
	points := lastOf(g.values, 240)
	if len(points) == 0 {
		return
	}
	first := 0.0
	if points[0].Day == g.d0 {
		first = points[0].Value
	}
	d.WriteString("M" + num(g.x(g.d0)) + " " + num(g.y(first)))
	for _, p := range points {
		d.WriteString("H" + num(g.x(p.Day)) + "V" + num(g.y(p.Value)))
	}
	d.WriteString("H" + num(g.x(min(g.v.Today, g.d1))))
	g.el("path", "class", "trend", "d", d.String())
}
