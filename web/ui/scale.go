package ui

import (
	"math"
	"strconv"
	"time"
)

// huge bounds what a picture takes for a number, so that differences stay finite.
const huge = 1e15

// farDay is the last day that a picture can show, about the year 4700.
const farDay = 1_000_000

// A plot is the field between the axes: days run from d0 at left to d1 at right, values from lo at
// the bottom to hi at the top. All in drawing units.
type plot struct {
	w, left, right float64 // width of the drawing, inner left edge, margin at the right
	top, height    float64 // of the field of values
	d0, d1         int
	lo, hi         float64
	narrow         bool
}

// x gives the abscissa of a day, held to the field.
func (p *plot) x(day int) float64 {
	f := (float64(day) - float64(p.d0)) / (float64(p.d1) - float64(p.d0))
	return p.left + (p.w-p.left-p.right)*clamp(f, 0, 1)
}

// y gives the ordinate of a value, held to the field.
func (p *plot) y(v float64) float64 {
	return p.top + p.height*(1-clamp((v-p.lo)/(p.hi-p.lo), 0, 1))
}

func (p *plot) bottom() float64 { return p.top + p.height }

// edge is the right end of the field.
func (p *plot) edge() float64 { return p.w - p.right }

// pick chooses between the wide and the narrow drawing's measure.
func (p *plot) pick(wide, narrow float64) float64 {
	if p.narrow {
		return narrow
	}
	return wide
}

// days sets the span of time; an empty span becomes one day, and none is longer than 200 years.
func (p *plot) days(from, to int) {
	from = min(max(from, -farDay), farDay)
	p.d0, p.d1 = from, min(max(to, from+1), from+73000)
}

// An extent grows with the values it is shown.
type extent struct {
	lo, hi float64
	some   bool
}

func (e *extent) add(v float64) {
	if !finite(v) {
		return
	}
	v = clamp(v, -huge, huge)
	if !e.some {
		e.lo, e.hi, e.some = v, v, true
		return
	}
	e.lo, e.hi = math.Min(e.lo, v), math.Max(e.hi, v)
}

// soft grows towards v by at most share of the present span: what is hidden behind a switch must not
// press the picture flat.
func (e *extent) soft(v, share float64) {
	if !finite(v) || !e.some {
		return
	}
	room := (e.hi - e.lo) * share
	e.add(clamp(v, e.lo-room, e.hi+room))
}

// scale sets the values of the field with some air. From zero stays from zero: it starts at 0 when
// the least value is in the lower third of what lies between 0 and the greatest.
func (p *plot) scale(e extent, fromZero bool) {
	if !e.some {
		e.lo, e.hi = 0, 1
	}
	if e.hi-e.lo < 1e-9*math.Max(1, math.Abs(e.hi)) {
		d := math.Max(1, math.Abs(e.hi)/10)
		e.lo, e.hi = e.lo-d, e.hi+d
		if fromZero && e.lo < 0 && e.hi > 0 {
			e.lo = 0
		}
	}
	span := e.hi - e.lo
	p.lo, p.hi = e.lo-0.12*span, e.hi+0.06*span
	if e.lo >= 0 && (fromZero || e.lo < e.hi/3) {
		p.lo = 0
	}
}

// ticks gives three to five round values inside the field.
func (p *plot) ticks() []float64 {
	span := p.hi - p.lo
	raw := span / 3.6
	pow := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * pow
	for _, m := range [...]float64{1, 2, 2.5, 4, 5} {
		if m == 2.5 && pow < 10 {
			continue
		}
		if m*pow >= raw {
			step = m * pow
			break
		}
	}
	var out []float64
	for k := math.Ceil(p.lo/step - 1e-9); k*step <= p.hi && len(out) < 8; k++ {
		out = append(out, k*step+0) // + 0 makes of minus zero a zero
	}
	return out
}

// format writes a value with the caller's words, or plainly.
func format(f func(float64) string, v float64) string {
	if f != nil {
		return f(v)
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// civil gives the date of a day number.
func civil(day int) (y int, m time.Month, d int) {
	return time.Unix(int64(day)*86400, 0).UTC().Date()
}

func dayNumber(y int, m time.Month, d int) int {
	return int(math.Floor(float64(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()) / 86400))
}

// A timeTick is a hairline with the name of what begins there.
type timeTick struct {
	day   int
	label string
	line  bool // false: the name of the part that is under way at the left edge
}

// timeTicks names days, weeks, months or years, by the span.
func (p *plot) timeTicks(c Calendar) []timeTick {
	span := p.d1 - p.d0
	switch {
	case span <= 62:
		return p.weekTicks(c, span)
	case span <= 1100:
		return p.monthTicks(c, span)
	}
	y, _, _ := civil(p.d0)
	step := 1 + span/(365*12)
	ticks := []timeTick{{p.d0, strconv.Itoa(y), false}}
	for y++; ; y++ {
		d := dayNumber(y, time.January, 1)
		if d > p.d1 {
			return ticks
		}
		if y%step == 0 {
			ticks = append(ticks, timeTick{d, strconv.Itoa(y), true})
		}
	}
}

func (p *plot) weekTicks(c Calendar, span int) []timeTick {
	name := func(day int) string {
		if c.DayMonth == nil {
			return ""
		}
		return c.DayMonth(day)
	}
	if span <= 14 {
		var ticks []timeTick
		for d := p.d0; d <= p.d1; d++ {
			ticks = append(ticks, timeTick{d, name(d), d > p.d0})
		}
		return ticks
	}
	ticks := []timeTick{{p.d0, name(p.d0), false}}
	monday := p.d0 + (7-(p.d0+3)%7)%7 // day 0 was a Thursday
	for d := monday; d <= p.d1; d += 7 {
		if d > p.d0 {
			ticks = append(ticks, timeTick{d, name(d), true})
		}
	}
	return ticks
}

func (p *plot) monthTicks(c Calendar, span int) []timeTick {
	y, m, _ := civil(p.d0)
	ticks := []timeTick{{p.d0, c.Months[m-1], false}}
	for {
		if m++; m > time.December {
			m, y = time.January, y+1
		}
		d := dayNumber(y, m, 1)
		if d > p.d1 {
			return ticks
		}
		label := c.Months[m-1]
		if m == time.January && span > 330 {
			label = strconv.Itoa(y)
		}
		if span > 500 && (m-1)%3 != 0 {
			continue
		}
		ticks = append(ticks, timeTick{d, label, true})
	}
}
