package ui

import (
	"math"
	"slices"
	"strconv"
)

// laneLevels gives the levels to number on a lane: the one held when the picture begins, moved to its
// edge, and those noticed since. Two on neighbouring places keep the later.
func (g *goalChart) laneLevels(l *Lane, from int) []LaneLevel {
	levels := slices.Clone(l.Levels)
	slices.SortStableFunc(levels, func(a, b LaneLevel) int { return a.Day - b.Day })
	var out []LaneLevel
	for _, lv := range levels {
		if lv.Day > min(g.v.Today, g.d1) {
			break
		}
		lv.Day = max(lv.Day, from)
		if n := len(out); n > 0 && g.x(lv.Day)-g.x(out[n-1].Day) < g.pick(14, 12) {
			out = out[:n-1]
		}
		out = append(out, lv)
	}
	return out
}

// levelOn gives the level held on a day; 1 before the first was noticed.
func levelOn(levels []LaneLevel, day int) int {
	held := 1
	for _, lv := range levels {
		if lv.Day <= day {
			held = lv.Level
		}
	}
	return held
}

// drawLane writes one learning goal under the time axis: practice as thickness, levels as hue, a
// stroke for every use, the next look, and the way on past the deadline with an open end.
func (g *goalChart) drawLane(i int, l Lane) {
	cy := g.bottom() + g.pick(40, 34) + float64(i)*g.lane + g.pick(22, 14)
	id := g.id + "l" + strconv.Itoa(i)
	today := min(g.v.Today, g.d1)
	from := min(max(l.Start, g.d0), today)
	levels := g.laneLevels(&l, from)
	x0, tx := g.x(from), g.x(today)
	open := g.edge() + g.pick(62, 30)
	g.lanePaint(id, levels, &l, x0, tx, open)
	g.el("path", "class", "way", "stroke", "url(#"+id+"e)", "d", "M"+num(tx-1)+" "+num(cy)+"H"+num(open))
	g.body(id, &l, from, today, cy)
	top := g.uses(&l, levels, cy)
	g.numbers(&l, levels, cy)
	if l.NextLevel > 0 {
		g.ahead(open+g.pick(11, 9), cy, l.NextLevel, l.Of, g.pick(9, 8))
	}
	g.look(&l, cy, open)
	g.laneWords(&l, cy, top)
}

// lanePaint writes the two gradients of a lane: up to today, and the way on.
func (g *goalChart) lanePaint(id string, levels []LaneLevel, l *Lane, x0, tx, open float64) {
	stops := []stop{{0, hueClass("s", levelOn(levels, g.d0-1), l.Of), ""}}
	span := math.Max(tx-x0, 1)
	for i, lv := range levels {
		at := (g.x(lv.Day) - x0) / span
		if i == 0 {
			stops[0].class = hueClass("s", lv.Level, l.Of)
			continue
		}
		stops = append(stops, stop{at - 0.03, stops[len(stops)-1].class, ""}, stop{at + 0.03, hueClass("s", lv.Level, l.Of), ""})
	}
	last := stops[len(stops)-1].class
	stops = append(stops, stop{1, last, ""})
	next := last
	if l.NextLevel > 0 {
		next = hueClass("s", l.NextLevel, l.Of)
	}
	g.open("defs")
	g.gradient(id, x0, math.Max(tx, x0+1), stops...)
	g.gradient(id+"e", tx, open, stop{0, last, ""}, stop{1, next, ""})
	g.close("defs")
}

// body writes the practice: half thickness 1.3 + 7.2 times its share, so that more than planned never
// looks better.
func (g *goalChart) body(id string, l *Lane, from, today int, cy float64) {
	practice := make([]LanePractice, 0, len(l.Practice))
	for _, p := range l.Practice {
		if p.Day >= from && p.Day <= today {
			practice = append(practice, p)
		}
	}
	slices.SortStableFunc(practice, func(a, b LanePractice) int { return a.Day - b.Day })
	practice = fewPractice(practice, int(g.pick(110, 50)))
	half := func(share float64) float64 { return 1.3 + g.pick(7.2, 5.8)*clamp(share, 0, 1) }
	first, last := 0.0, 0.0
	if n := len(practice); n > 0 {
		first, last = practice[0].Share, practice[n-1].Share
	}
	up := []pt{{g.x(from), cy - half(first)}}
	down := []pt{{g.x(from), cy + half(first)}}
	add := func(day int, share float64) {
		if x := g.x(day); x > up[len(up)-1].x+0.05 {
			up = append(up, pt{x, cy - half(share)})
			down = append(down, pt{x, cy + half(share)})
		}
	}
	for _, p := range practice {
		add(p.Day, p.Share)
	}
	add(today, last)
	g.el("path", "fill", "url(#"+id+")", "d", ribbon(up, down))
}

// fewPractice joins neighbouring periods until at most n are left; a joined one has the mean share.
func fewPractice(p []LanePractice, n int) []LanePractice {
	if len(p) <= n {
		return p
	}
	size := (len(p) + n - 1) / n
	out := make([]LanePractice, 0, n)
	for i := 0; i < len(p); i += size {
		run := p[i:min(i+size, len(p))]
		sum := 0.0
		for _, q := range run {
			sum += clamp(q.Share, 0, 1)
		}
		out = append(out, LanePractice{run[len(run)-1].Day, sum / float64(len(run))})
	}
	return out
}

// uses writes the strokes and tells whether one stands above the lane's name.
func (g *goalChart) uses(l *Lane, levels []LaneLevel, cy float64) (overName bool) {
	days := slices.Clone(l.Uses)
	slices.Sort(days)
	h := g.pick(8.5, 7) + 3
	nameEnds := g.left + textWidth(l.Name)*1.1 + 8
	last := math.Inf(-1)
	for _, d := range days {
		if d < g.d0 || d > min(g.v.Today, g.d1) {
			continue
		}
		x := g.x(d)
		if x < nameEnds {
			overName = true
		}
		if x-last < 1.5 { // strokes on the same place are one stroke; the count says how many
			continue
		}
		last = x
		g.el("path", "class", "use "+hueClass("k", levelOn(levels, d), l.Of), "d", "M"+num(x)+" "+num(cy-h)+"v-"+num(g.pick(22, 15)))
	}
	return overName
}

// numbers writes the levels where they were noticed and, on the wide drawing, their sentences.
func (g *goalChart) numbers(l *Lane, levels []LaneLevel, cy float64) {
	if len(levels) == 0 {
		g.el("circle", "class", hueClass("c", 1, l.Of), "cx", g.x(min(max(l.Start, g.d0), min(g.v.Today, g.d1))), "cy", cy, "r", g.pick(5, 4))
		return
	}
	for i, lv := range levels {
		x := g.x(lv.Day)
		g.mark(x, cy, lv.Level, l.Of, g.pick(9, 8))
		if g.narrow {
			continue
		}
		class, until := "halo tb", g.edge()+8
		if i+1 < len(levels) {
			class, until = "halo", g.x(levels[i+1].Day)-14
		}
		if room := until - (x - 8); room > 34 {
			g.text(class, x-8, cy+25, "", fit(lv.Label, room/1.05))
		}
	}
}

// look writes the eye of the next review; beyond the deadline it stands on the way on.
func (g *goalChart) look(l *Lane, cy, open float64) {
	if l.LookAgain == 0 || l.LookAgain < g.d0 {
		return
	}
	x := g.x(l.LookAgain) + 2
	if l.LookAgain > g.d1 {
		x = g.edge() + (open-g.edge())*0.5
	}
	x = math.Max(x, g.x(min(g.v.Today, g.d1))+10)
	g.eye(x, cy)
	label := l.LookLabel
	if g.narrow {
		label = l.LookShort
	}
	w := boldWidth(label)
	at := math.Min(x-9, g.w-w)
	if !g.narrow && l.UsesLabel != "" && at+w > g.edge()+10 { // the count stands there
		at = math.Max(g.edge()-6-w, g.left)
	}
	g.text("halo tb", at, cy-g.pick(15, 14), "", label)
}

// laneWords writes the name, the count of uses and the next level.
func (g *goalChart) laneWords(l *Lane, cy float64, overName bool) {
	if g.narrow {
		count := textWidth(l.UsesLabel) * 1.05
		g.text("ti halo", narrowEdge, cy+24, "", fit(l.Name, (g.w-narrowEdge-10-count)/1.1))
		g.text("tl halo", g.w-2, cy+24, "end", l.UsesLabel)
		return
	}
	at := cy - 21
	if overName {
		at = cy - 39
	}
	g.text("ti halo", g.left, at, "", fit(l.Name, (g.edge()-g.left-80)/1.1))
	x := g.edge() + 14
	g.text("tl", x, cy-15, "", fit(l.UsesLabel, (g.w-x)/1.05))
	g.text("", x, cy+25, "", fit(l.Next, g.w-x))
}
