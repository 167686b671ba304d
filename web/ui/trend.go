package ui

import (
	"math"
	"slices"
)

// clean gives the points that can be drawn, by day: finite and within from and to. Values beyond
// huge are held to it.
func clean(points []Point, from, to int) []Point {
	out := make([]Point, 0, len(points))
	for _, p := range points {
		if finite(p.Value) && p.Day >= from && p.Day <= to {
			p.Value = clamp(p.Value, -huge, huge)
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Point) int { return a.Day - b.Day })
	return out
}

// rhythm gives the usual number of days between values (their median), at least 1.
func rhythm(points []Point) int {
	var gaps []int
	for i := 1; i < len(points); i++ {
		if d := points[i].Day - points[i-1].Day; d > 0 {
			gaps = append(gaps, d)
		}
	}
	if len(gaps) == 0 {
		return 1
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// A stretch is a run of days without values.
type stretch struct{ from, to int }

// missing gives the runs without values that are longer than the usual rhythm by so much that the
// trend across them is a guess: nearly twice, and more than a week.
func missing(points []Point, until int) []stretch {
	usual := float64(rhythm(points))
	var out []stretch
	for i := range points {
		next := until
		if i+1 < len(points) {
			next = points[i+1].Day
		}
		if d := next - points[i].Day; d >= 8 && float64(d) > 1.9*usual {
			out = append(out, stretch{points[i].Day, next})
		}
	}
	return out
}

// localTrend gives a line through the values: at each place a straight line fitted to what lies
// near, so that the end of the series does not lag behind. Nearness is a bell of 2.4 times the usual
// rhythm, or a 22nd of the whole span if that is wider. At most 60 places, and both ends of each
// missing stretch.
func localTrend(points []Point, gaps []stretch) []Point {
	if len(points) < 2 {
		return nil
	}
	first, last := points[0].Day, points[len(points)-1].Day
	if first == last {
		return nil
	}
	days := make([]int, 0, 64)
	if len(points) <= 60 {
		for _, p := range points {
			days = append(days, p.Day)
		}
	} else {
		for i := range 60 {
			days = append(days, first+(last-first)*i/59)
		}
		for _, g := range gaps {
			days = append(days, g.from, min(g.to, last))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	h := math.Max(2.4*float64(rhythm(points)), float64(last-first)/22)
	out := make([]Point, len(days))
	for i, d := range days {
		out[i] = Point{Day: d, Value: localLine(points, float64(d), h)}
	}
	return out
}

// localLine is the value at day x of the weighted straight line through the points; the weighted
// mean where the points lie too close together for a slope.
func localLine(points []Point, x, h float64) float64 {
	var s, sx, sy float64
	for _, p := range points {
		w := math.Exp(-math.Pow((float64(p.Day)-x)/h, 2))
		s, sx, sy = s+w, sx+w*float64(p.Day), sy+w*p.Value
	}
	mx, my := sx/s, sy/s
	var sxx, sxy float64
	for _, p := range points {
		d := float64(p.Day) - mx
		w := math.Exp(-math.Pow((float64(p.Day)-x)/h, 2))
		sxx, sxy = sxx+w*d*d, sxy+w*d*(p.Value-my)
	}
	if sxx/s < h*h/100 {
		return my
	}
	return my + sxy/sxx*(x-mx)
}

// meet bends the line so that it ends on now: the correction grows with the third power of time, so
// the past keeps its shape.
func meet(trend []Point, now float64, today int) []Point {
	if !finite(now) || len(trend) == 0 {
		return trend
	}
	last := trend[len(trend)-1]
	off, from, span := now-last.Value, trend[0].Day, float64(last.Day-trend[0].Day)
	out := make([]Point, 0, len(trend)+1)
	for _, p := range trend {
		if span > 0 {
			p.Value += off * math.Pow(float64(p.Day-from)/span, 3)
		}
		out = append(out, p)
	}
	if last.Day < today {
		out = append(out, Point{Day: today, Value: now})
	}
	return out
}

// thin keeps at most n values: every so manieth, so that what remains is spread as the whole is, and
// the least, the greatest and the last. All that remain are real values.
func thin(points []Point, n int) []Point {
	if len(points) <= n {
		return points
	}
	least, most := 0, 0
	for i, p := range points {
		if p.Value < points[least].Value {
			least = i
		}
		if p.Value > points[most].Value {
			most = i
		}
	}
	keep := map[int]bool{least: true, most: true, len(points) - 1: true}
	for i := range n - 3 {
		keep[i*len(points)/(n-3)] = true
	}
	out := make([]Point, 0, n)
	for i, p := range points {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// lastOf keeps the last value of each of n runs of days: for running sums, whose last value says all.
func lastOf(points []Point, n int) []Point {
	if len(points) <= n {
		return points
	}
	first := points[0].Day
	span := points[len(points)-1].Day - first + 1
	out := make([]Point, 0, n)
	for i, p := range points {
		if i+1 == len(points) || (points[i+1].Day-first)*n/span != (p.Day-first)*n/span {
			out = append(out, p)
		}
	}
	return out
}
