package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
)

// Spark draws a result at the size of a list row: trend, dotted target with its disc, one short
// stroke for each use.
func Spark(v SparkView) templ.Component {
	return drawn(func() string { return spark(&v) })
}

func spark(v *SparkView) string {
	const w, h = 132.0, 42.0
	p := &plot{w: w, left: 3, right: 15, top: 4, height: 22}
	p.days(v.From, v.To)
	values := clean(v.Values, p.d0, p.d1)
	var e extent
	for _, q := range values {
		e.add(q.Value)
	}
	e.add(v.Target)
	if v.Steps {
		e.add(0)
	}
	if !e.some {
		e.add(0)
	}
	span := math.Max(e.hi-e.lo, math.Max(1e-9, math.Abs(e.hi)*1e-6))
	p.lo, p.hi = e.lo-0.08*span, e.hi+0.06*span
	var s svg
	s.open("svg", "class", "chart spark", "viewBox", "0 0 132 42", "role", "img", "aria-label", v.Title)
	if finite(v.Target) {
		s.el("line", "class", "str", "x1", 3, "x2", w-8, "y1", p.y(v.Target), "y2", p.y(v.Target))
	}
	switch {
	case len(values) == 1:
		s.el("circle", "class", "obs few", "cx", p.x(values[0].Day), "cy", p.y(values[0].Value), "r", 2.4)
	case v.Steps && len(values) > 1:
		var d strings.Builder
		d.WriteString("M" + num(p.x(p.d0)) + " " + num(p.y(0)))
		for _, q := range lastOf(values, 40) {
			d.WriteString("H" + num(p.x(q.Day)) + "V" + num(p.y(q.Value)))
		}
		s.el("path", "class", "trend", "d", d.String())
	case len(values) > 1:
		line := make([]pt, 0, 32)
		for _, q := range lastOf(values, 28) {
			line = append(line, pt{p.x(q.Day), p.y(q.Value)})
		}
		s.el("path", "class", "trend", "d", smooth(line))
	}
	if finite(v.Target) {
		s.el("circle", "class", "aim", "cx", w-7, "cy", p.y(v.Target), "r", 5)
	}
	uses := slices.Clone(v.Uses)
	slices.Sort(uses)
	last := -9.0
	for _, d := range uses {
		x := p.x(d)
		if d < p.d0 || d > p.d1 || x-last < 2.5 {
			continue
		}
		last = x
		s.el("path", "class", "use "+hueClass("k", levelOn(v.Levels, d), v.Of), "d", "M"+num(x)+" "+num(h-2)+"v-7")
	}
	s.close("svg")
	return s.b.String()
}

// Week draws this week's practice: a disc on a day practised, a dot on a day of rest, a ring ahead.
// Minutes do not show.
func Week(v WeekView) templ.Component {
	return drawn(func() string {
		var s svg
		x := func(i int) float64 { return 16 + 268*float64(i)/6 }
		s.open("svg", "class", "chart week", "viewBox", "0 0 300 50", "role", "img", "aria-label", v.Title)
		s.el("line", "class", "grid", "x1", x(0), "x2", x(6), "y1", 14, "y2", 14)
		hue := strconv.Itoa(Hue(max(v.Level, 1), v.Of))
		for i, d := range v.Days {
			switch d {
			case Practised:
				s.el("circle", "class", "c"+hue, "cx", x(i), "cy", 14, "r", 8)
			case DayToday:
				s.el("circle", "class", "wring on k"+hue, "cx", x(i), "cy", 14, "r", 8)
			case Ahead:
				s.el("circle", "class", "wring k"+hue, "cx", x(i), "cy", 14, "r", 5)
			default:
				s.el("circle", "class", "restdot", "cx", x(i), "cy", 14, "r", 3)
			}
			class := ""
			if i == v.Today {
				class = "ti"
			}
			s.text(class, x(i), 44, "middle", v.Names[i])
		}
		s.close("svg")
		return s.b.String()
	})
}

// Heat draws the days practised over the last weeks, 16 wide and 12 narrow, in the hue of the level
// then held. Weeks begin on Monday.
func Heat(v HeatView) templ.Component {
	return bothSizes(func(narrow bool) string { return heat(&v, narrow) })
}

func heat(v *HeatView, narrow bool) string {
	const step, cell, x0 = 22.0, 18.0, 34.0
	weeks, class := 16, "heat wide"
	if narrow {
		weeks, class = 12, "heat narrow"
	}
	level := map[int]int{}
	for _, d := range v.Days {
		level[d.Day] = max(d.Level, 1)
	}
	monday := v.Today - ((v.Today+3)%7+7)%7
	first := monday - 7*(weeks-1)
	var s svg
	s.open("svg", "class", "chart "+class, "viewBox", "0 0 "+num(x0+float64(weeks)*step)+" "+num(7*step+22), "role", "img", "aria-label", v.Title)
	for _, row := range [...]int{0, 2, 4} {
		s.text("", 0, float64(row)*step+14, "", fit(v.Calendar.Weekdays[row], x0-4))
	}
	named := -9
	if d := first + 14; monthOf(first) != monthOf(d-1) {
		named = -1 // the next month begins at once and takes the place of the first name
	}
	for day := first; day <= v.Today; day++ {
		col, row := (day-first)/7, (day-first)%7
		x, y := x0+float64(col)*step, float64(row)*step
		if l, ok := level[day]; ok {
			s.el("rect", "class", hueClass("c", l, v.Of), "x", x, "y", y, "width", cell, "height", cell, "rx", 5)
		} else {
			s.el("circle", "class", "restdot", "cx", x+9, "cy", y+9, "r", 2.4)
		}
		_, m, date := civil(day)
		label := v.Calendar.Months[m-1]
		if (date == 1 || day == first) && (col-named >= 2 || date == 1 && named < 0) && x+textWidth(label) <= x0+float64(weeks)*step {
			s.text("", x, 7*step+14, "", label)
			named = col
		}
	}
	row := float64(v.Today - monday)
	s.el("rect", "class", "todaybox", "x", x0+float64(weeks-1)*step-2, "y", max(row*step-2, 0.8), "width", 22, "height", 22, "rx", 7)
	s.close("svg")
	return s.b.String()
}

func monthOf(day int) time.Month {
	_, m, _ := civil(day)
	return m
}

// Gauge draws the chance as a half circle that ends in the disc.
func Gauge(v GaugeView) templ.Component {
	return drawn(func() string {
		const r, cx, cy = 34.0, 41.0, 42.0
		var s svg
		s.open("svg", "class", "gauge", "viewBox", "0 0 82 50", "aria-hidden", "true")
		arc := func(class string, share float64) {
			a := math.Pi * (1 - share)
			s.el("path", "class", class, "d", "M"+num(cx-r)+" "+num(cy)+"A"+num(r)+" "+num(r)+" 0 0 1 "+num(cx+r*math.Cos(a))+" "+num(cy-r*math.Sin(a)))
		}
		arc("track", 1)
		if share := clamp(v.Share, 0, 1); share > 0 {
			arc("val", share)
		}
		s.el("circle", "class", "aim", "cx", cx+r, "cy", cy, "r", 6.5)
		s.close("svg")
		return s.b.String()
	})
}
