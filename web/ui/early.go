package ui

import (
	"math"
	"strings"

	"github.com/a-h/templ"
)

// EarlyChart draws day one and one or two values as a road map: target with disc and date, an even
// pace as a pale wedge, the learning as a pale road with this week's days, first try, look again and
// an open end. It is never an empty frame and never a forecast.
func EarlyChart(v EarlyChartView) templ.Component {
	return bothSizes(func(narrow bool) string { return newEarlyChart(&v, narrow).draw() })
}

// An earlyChart is one drawing of the view.
type earlyChart struct {
	svg
	plot
	v      *EarlyChartView
	id     string
	values []Point
	lane   float64 // ordinate of the road
	full   float64
}

func newEarlyChart(v *EarlyChartView, narrow bool) *earlyChart {
	e := &earlyChart{v: v, id: safeID(v.ID) + "w"}
	e.narrow, e.w = narrow, 960
	if narrow {
		e.id, e.w = safeID(v.ID)+"n", 358
	}
	e.days(v.Start, max(v.Deadline, v.Today))
	e.values = clean(v.Values, e.d0, e.d1)
	var x extent
	x.add(v.Base)
	for _, p := range e.values {
		x.add(p.Value)
	}
	if v.Within != nil {
		x.add(v.Within.Low)
		x.add(v.Within.High)
	} else {
		x.add(v.Target)
	}
	if v.Steps {
		x.add(0)
	}
	e.scale(x, v.Steps)
	e.top, e.height = 34, e.pick(190, 150)
	axis := e.pick(34, 24)
	for _, t := range append(e.ticks(), v.Target) {
		axis = math.Max(axis, 12+textWidth(format(v.Format, t)))
	}
	axis = math.Min(math.Max(axis, 12+textWidth(v.TargetShort)), e.w/4)
	e.left = axis + 14
	e.right = e.pick(170, math.Min(math.Max(58, 22+1.2*textWidth(v.TargetShort)), 96))
	e.lane = e.bottom() + e.pick(72, 78)
	e.full = e.lane + e.pick(44, 56)
	if v.Lane == nil {
		e.full = e.bottom() + 24
	}
	return e
}

func (e *earlyChart) draw() string {
	class := "wide"
	if e.narrow {
		class = "narrow"
	}
	e.begin(class, e.id, e.v.Title, e.v.DescribedBy, e.w, e.full)
	e.paint()
	e.axes()
	e.pace()
	e.target()
	e.dates()
	e.course()
	e.aim()
	writeMilestones(&e.svg, &e.plot, e.v.Milestones)
	if e.v.Lane != nil {
		e.road(e.v.Lane)
	}
	e.close("svg")
	return e.b.String()
}

// paint writes the gradients of the wedge and of the road.
func (e *earlyChart) paint() {
	e.open("defs")
	e.gradient(e.id+"p", e.x(e.d0), e.x(e.d1), stop{0, "sg", "0.1"}, stop{1, "sg", "0.36"})
	if l := e.v.Lane; l != nil {
		a, b, c := hueClass("s", 1, l.Of), hueClass("s", 2, l.Of), hueClass("s", 3, l.Of)
		e.gradient(e.id+"l", e.x(e.d0), e.w, stop{0, a, ""}, stop{0.5, b, ""}, stop{1, c, ""})
		e.gradient(e.id+"r", e.x(e.d0), e.w-60, stop{0, a, "0.24"}, stop{0.55, b, "0.2"}, stop{1, c, "0"})
	}
	e.close("defs")
}

func (e *earlyChart) axes() {
	axis := e.left - 14
	aims := []float64{e.y(e.v.Target)}
	if b := e.v.Within; b != nil {
		aims = []float64{e.y(b.Low), e.y(b.High)}
		e.text("tg", axis-9, aims[0]+4, "end", b.LowLabel)
		if math.Abs(aims[0]-aims[1]) >= 12 {
			e.text("tg", axis-9, aims[1]+4, "end", b.HighLabel)
		}
	} else {
		e.text("tg", axis-9, aims[0]+4, "end", e.v.TargetShort)
	}
ticks:
	for _, t := range e.ticks() {
		y := e.y(t)
		for _, a := range aims {
			if math.Abs(a-y) < 13 {
				continue ticks
			}
		}
		if y < e.bottom()-1 {
			e.el("line", "class", "grid", "x1", axis, "x2", e.edge(), "y1", y, "y2", y)
		}
		e.text("", axis-9, y+4, "end", format(e.v.Format, t))
	}
	e.el("line", "class", "axis", "x1", axis, "x2", e.edge(), "y1", e.bottom(), "y2", e.bottom())
	e.text("tb", e.pick(axis, narrowEdge), e.top-14, "", fit(e.v.Unit, (e.edge()-axis)*0.55))
	if e.v.Lane == nil {
		writeTimeAxis(&e.svg, &e.plot, e.v.Calendar, e.bottom(), e.bottom()+5, e.bottom()+18)
	}
}

// pace writes the even pace from the base to the target: a matter of the calendar, no forecast. A
// goal to keep within a range has none.
func (e *earlyChart) pace() {
	if !finite(e.v.Base) || e.v.Within != nil {
		return
	}
	half := e.pick(11, 8)
	x0, x1 := e.x(e.d0), e.x(e.v.Deadline)
	y0, y1 := e.y(e.v.Base), e.y(e.v.Target)
	e.el("path", "fill", "url(#"+e.id+"p)", "d", "M"+num(x0)+" "+num(y0-half*0.2)+"L"+num(x1)+" "+num(y1-half)+
		"V"+num(y1+half)+"L"+num(x0)+" "+num(y0+half*0.2)+"Z")
	label := e.v.PaceLabel
	if e.narrow {
		label = e.v.PaceShort
	}
	mid := 0.52
	down := 18.0
	if y1 > y0 { // falling: the words stand above the wedge
		down = -14
	}
	x := x0 + (x1-x0)*mid
	e.text("halo", x, y0+(y1-y0)*mid+down+4, "", fit(label, e.w-x))
}

func (e *earlyChart) target() {
	x0 := e.left - 14
	line := func(v float64) {
		e.el("line", "class", "tgt", "x1", x0, "x2", e.edge(), "y1", e.y(v), "y2", e.y(v))
	}
	if b := e.v.Within; b != nil {
		hi, lo := e.y(b.High), e.y(b.Low)
		e.el("rect", "class", "within", "x", x0, "y", hi, "width", e.edge()-x0, "height", math.Max(lo-hi, 0))
		line(b.Low)
		line(b.High)
		return
	}
	line(e.v.Target)
}

// dates writes the deadline above and today inside the field, where few values stand.
func (e *earlyChart) dates() {
	foot := e.bottom()
	if e.v.Lane != nil {
		foot = e.lane + 20
	}
	ex, tx := e.x(e.v.Deadline), e.x(e.v.Today)
	e.el("line", "class", "dead", "x1", ex, "x2", ex, "y1", e.top-4, "y2", foot)
	e.text("tb", math.Min(ex, e.w-textWidth(e.v.DeadlineLabel)/2-2), e.top-14, "middle", e.v.DeadlineLabel)
	label := e.v.TodayLabel
	if e.narrow && e.v.TodayShort != "" {
		label = e.v.TodayShort
	}
	y, half := e.top+e.pick(26, 22), boldWidth(label)/2
	if e.falls() { // the first values stand above: the word goes beside its line
		e.el("line", "class", "now", "x1", tx, "x2", tx, "y1", e.top-4, "y2", foot)
		y, half = e.top+0.6*e.height, boldWidth(label)
		if tx+half+6 > e.edge() {
			e.text("ti halo", tx-6, y, "end", label)
		} else {
			e.text("ti halo", tx+6, y, "", label)
		}
		return
	}
	e.el("line", "class", "now", "x1", tx, "x2", tx, "y1", y+8, "y2", foot)
	switch {
	case tx-half < e.left-10:
		e.text("ti halo", tx-5, y, "", label)
	case tx+half > e.edge()-12:
		e.text("ti halo", math.Min(tx+5, e.edge()-12), y, "end", label)
	default:
		e.text("ti halo", tx, y, "middle", label)
	}
}

// course writes the values, or the place to start from.
func (e *earlyChart) course() {
	if len(e.values) == 0 {
		if finite(e.v.Base) {
			x, y := e.x(e.d0), e.y(e.v.Base)
			e.el("circle", "class", "aim start", "cx", x, "cy", y, "r", 5.5)
			e.text("tg halo", x+11, e.beside(y), "", e.v.NowLabel)
		}
		return
	}
	var d strings.Builder
	if e.v.Steps {
		d.WriteString("M" + num(e.x(e.d0)) + " " + num(e.y(clamp(e.v.Base, 0, huge))))
		for _, p := range e.values {
			d.WriteString("H" + num(e.x(p.Day)) + "V" + num(e.y(p.Value)))
		}
	} else {
		line := make([]pt, 0, len(e.values))
		for _, p := range e.values {
			line = append(line, pt{e.x(p.Day), e.y(p.Value)})
		}
		d.WriteString(smooth(line))
	}
	e.el("path", "class", "trend", "d", d.String())
	for _, p := range e.values {
		e.titled(p.Title, "circle", "class", "obs few", "cx", e.x(p.Day), "cy", e.y(p.Value), "r", 4)
	}
	last := e.values[len(e.values)-1]
	x, y := e.x(last.Day), e.y(last.Value)
	w := boldWidth(e.v.NowLabel)
	at := y - 5
	if x+11+w > e.edge() {
		e.text("tg halo", x-9, at, "end", e.v.NowLabel)
		return
	}
	e.text("tg halo", x+11, at, "", e.v.NowLabel)
}

// falls says whether the target lies below where it begins.
func (e *earlyChart) falls() bool { return e.v.Within == nil && e.v.Target < e.v.Base }

// beside gives the base line of words at the first mark: under it, or on its line at the top.
func (e *earlyChart) beside(y float64) float64 {
	if e.falls() {
		return y + 4
	}
	return y + 17
}

func (e *earlyChart) aim() {
	v := e.v.Target
	if b := e.v.Within; b != nil {
		v = (b.Low + b.High) / 2
	}
	x, y := e.x(e.v.Deadline), e.y(v)
	e.el("circle", "class", "aim", "cx", x, "cy", y, "r", e.pick(11, 9))
	if e.narrow {
		at := e.edge() + 14
		e.text("tg t14", at, y+5, "", fit(e.v.TargetShort, (e.w-at)/1.2))
		return
	}
	at := e.edge() + 20
	e.text("tg t14", at, y+5, "", fit(e.v.TargetLabel, (e.w-at)/1.25))
	for i, line := range twoLines(e.v.ByLabel, e.w-at) {
		e.text("", at, y+22+14*float64(i), "", line)
	}
}

// road writes the learning: this week's days, first try or uses, look again, an open end.
func (e *earlyChart) road(l *EarlyLane) {
	cy, x0 := e.lane, e.x(e.d0)
	end := e.w - e.pick(44, 22)
	half := e.pick(11, 9)
	e.el("path", "fill", "url(#"+e.id+"r)", "d", "M"+num(x0-4)+" "+num(cy-half)+"a"+num(half)+" "+num(half)+" 0 0 0 0 "+num(2*half)+
		"H"+num(end)+"V"+num(cy-half)+"Z")
	e.el("path", "class", "way", "stroke", "url(#"+e.id+"l)", "d", "M"+num(x0)+" "+num(cy)+"H"+num(end))
	r := e.dayRadius(l)
	for _, d := range l.Days {
		if d.Day < e.d0 || d.Day > e.d1 {
			continue
		}
		class := "pd"
		if d.Done {
			class = "pd on"
		}
		e.el("circle", "class", class, "cx", e.x(d.Day), "cy", cy, "r", r)
	}
	e.firstUse(l, cy)
	if l.LookAgain != 0 && l.LookAgain >= e.d0 {
		x := e.x(l.LookAgain)
		if l.LookAgain > e.d1 {
			x = (e.edge() + end) / 2
		}
		label := l.LookLabel
		if e.narrow {
			label = l.LookShort
		}
		e.eye(x, cy)
		e.text("tb halo", math.Min(x-e.pick(7, 9), e.w-boldWidth(label)), cy-18, "", label)
	}
	if l.NextLevel > 0 {
		e.ahead(end+e.pick(12, 10), cy, l.NextLevel, l.Of, e.pick(9, 8))
	}
	e.roadWords(l, cy)
}

// dayRadius keeps the days of practice apart on long roads.
func (e *earlyChart) dayRadius(l *EarlyLane) float64 {
	r := e.pick(6.5, 4.2)
	if len(l.Days) < 2 {
		return r
	}
	step := e.x(e.d0+1) - e.x(e.d0)
	return clamp(step*0.42, 1.5, r)
}

// firstUse writes a stroke for each use; before the first, the planned try as a dashed one.
func (e *earlyChart) firstUse(l *EarlyLane, cy float64) {
	h := e.pick(15, 12)
	hue := hueClass("k", 1, l.Of)
	label, day, lift, shift := l.TryLabel, l.TryOn, e.pick(38, 34), e.pick(4, 8)
	if len(l.Uses) > 0 {
		label, day, shift = l.UseLabel, l.Uses[0], 4
		if e.narrow {
			label = l.UseShort
		}
		for _, d := range l.Uses {
			if d >= e.d0 && d <= e.d1 {
				e.el("path", "class", "use "+hue, "d", "M"+num(e.x(d))+" "+num(cy-h)+"v-17")
			}
		}
	}
	if day < e.d0 || day > e.d1 || day == 0 {
		return
	}
	x := e.x(day)
	if len(l.Uses) == 0 {
		e.el("path", "class", "use plan "+hue, "d", "M"+num(x)+" "+num(cy-h)+"v-17")
	}
	e.text("tb halo", math.Min(x-shift, e.w-boldWidth(label)), cy-lift, "", label)
}

func (e *earlyChart) roadWords(l *EarlyLane, cy float64) {
	open := textWidth(l.Open)
	if e.narrow {
		e.text("ti", narrowEdge, cy+30, "", fit(l.Name, (e.w-narrowEdge-10-open)/1.1))
		e.text("halo", e.w-2, cy+30, "end", l.Open)
		e.text("", narrowEdge, cy+47, "", fit(l.Practice, e.w-narrowEdge))
		return
	}
	x := e.left - 14
	name := fit(l.Name, (e.w-x-open-20)/1.15)
	e.text("ti", x, cy+30, "", name)
	e.text("", e.w, cy+30, "end", l.Open)
	after := x + textWidth(name)*1.1 + 14
	if room := e.w - open - 20 - after; room > 60 {
		e.text("", after, cy+30, "", fit(l.Practice, room))
	}
}
