package ui

import (
	"math"

	"github.com/a-h/templ"
)

// Arch draws the closing figure: the time axis bent into an arc. The outer arc carries the values on
// their day, the inner one the learning with its levels and uses, as full as ever whether or not the
// number was reached. The disc is filled to the share of the way. The inner arc leaves under the
// disc and goes on to the next level.
func Arch(v ArchView) templ.Component {
	return bothSizes(func(narrow bool) string { return newArch(&v, narrow).draw() })
}

// An arch is one drawing: an ellipse around (cx, base) with radii rx and ry; the inner arc lies
// within by off.
type arch struct {
	svg
	v                      *ArchView
	id                     string
	narrow                 bool
	w, h, cx, base, rx, ry float64
	off, disc              float64
}

func newArch(v *ArchView, narrow bool) *arch {
	a := &arch{v: v, narrow: narrow, id: safeID(v.ID) + "w", w: 920, h: 380, cx: 392, base: 318, rx: 330, ry: 262, off: 50, disc: 26}
	if narrow {
		a.id = safeID(v.ID) + "n"
		a.w, a.h, a.cx, a.base, a.rx, a.ry, a.off, a.disc = 358, 250, 164, 196, 140, 150, 30, 17
	}
	return a
}

func (a *arch) pick(wide, narrow float64) float64 {
	if a.narrow {
		return narrow
	}
	return wide
}

// share gives a day's place on the arc, 0 at its start to 1 at its end.
func (a *arch) share(day int) float64 {
	span := max(a.v.End-a.v.Start, 1)
	return clamp(float64(day-a.v.Start)/float64(span), 0, 1)
}

// at gives the point of a day on the arc that lies within by k.
func (a *arch) at(day int, k float64) pt {
	t := math.Pi * a.share(day)
	return pt{a.cx - (a.rx-k)*math.Cos(t), a.base - (a.ry-k)*math.Sin(t)}
}

// learns says whether there is an inner arc.
func (a *arch) learns() bool {
	return len(a.v.Levels) > 0 || len(a.v.Uses) > 0 || a.v.NextLevel > 0
}

func (a *arch) draw() string {
	class := "arch wide"
	if a.narrow {
		class = "arch narrow"
	}
	a.begin(class, a.id, a.v.Title, a.v.DescribedBy, a.w, a.h)
	a.paint()
	left := a.cx - a.rx
	a.el("path", "class", "orbit", "d", "M"+num(left)+" "+num(a.base)+"A"+num(a.rx)+" "+num(a.ry)+" 0 0 1 "+num(a.cx+a.rx)+" "+num(a.base))
	if a.learns() {
		a.inner()
	}
	a.dots()
	a.pot()
	a.words()
	a.close("svg")
	return a.b.String()
}

func (a *arch) levels() []LaneLevel {
	g := &goalChart{v: &GoalChartView{Today: a.v.End}}
	g.days(a.v.Start, a.v.End)
	g.w, g.narrow = 3*a.rx, a.narrow // about the length of the arc
	return g.laneLevels(&Lane{Levels: a.v.Levels}, a.v.Start)
}

func (a *arch) paint() {
	levels := a.levels()
	stops := []stop{{0, hueClass("s", levelOn(levels, a.v.Start), a.v.Of), ""}}
	for i, l := range levels {
		if i == 0 && a.share(l.Day) == 0 {
			continue
		}
		// the gradient runs along the width of the arc, not along its length
		x := (1 - math.Cos(math.Pi*a.share(l.Day))) / 2
		stops = append(stops, stop{x - 0.02, stops[len(stops)-1].class, ""}, stop{x + 0.02, hueClass("s", l.Level, a.v.Of), ""})
	}
	stops = append(stops, stop{1, stops[len(stops)-1].class, ""})
	a.open("defs")
	a.gradient(a.id+"a", a.cx-a.rx, a.cx+a.rx, stops...)
	full := clamp(a.v.Share, 0, 1)
	a.open("clipPath", "id", a.id+"c")
	a.el("rect", "x", 0, "y", a.base+a.disc-2*a.disc*full, "width", a.w, "height", 2*a.disc*full)
	a.close("clipPath")
	a.close("defs")
}

// inner writes the learning: the arc, its way on past the disc, uses and levels.
func (a *arch) inner() {
	levels := a.levels()
	k := a.off
	ix := a.cx + a.rx - k
	a.el("path", "class", "inner", "stroke", "url(#"+a.id+"a)", "d", "M"+num(a.cx-a.rx+k)+" "+num(a.base)+
		"A"+num(a.rx-k)+" "+num(a.ry-k)+" 0 0 1 "+num(ix)+" "+num(a.base))
	gx, gy := ix+a.pick(46, 30), a.base+a.pick(42, 29)
	end := gx + a.pick(66, 8)
	held := levelOn(levels, a.v.End)
	a.el("path", "class", "way "+hueClass("k", held, a.v.Of), "d", "M"+num(ix)+" "+num(a.base)+
		"C"+num(ix)+" "+num(a.base+a.pick(34, 22))+" "+num(ix+16)+" "+num(gy)+" "+num(gx)+" "+num(gy)+"H"+num(end))
	last := pt{-9, -9}
	for _, d := range a.v.Uses {
		from, to := a.at(d, k-a.pick(11, 8)), a.at(d, k-a.pick(27, 18))
		if math.Hypot(from.x-last.x, from.y-last.y) < 1.5 {
			continue
		}
		last = from
		a.el("path", "class", "use "+hueClass("k", levelOn(levels, d), a.v.Of), "d", "M"+num(from.x)+" "+num(from.y)+"L"+num(to.x)+" "+num(to.y))
	}
	for _, l := range levels {
		p := a.at(l.Day, k)
		a.mark(p.x, p.y, l.Level, a.v.Of, a.pick(11, 8.5))
	}
	if a.v.NextLevel > 0 {
		a.ahead(end+a.pick(12, 11), gy, a.v.NextLevel, a.v.Of, a.pick(10, 8.5))
		if !a.narrow {
			x := end + 30
			lines := fewLines(a.v.Next, a.w-x, 3)
			top := min(gy+5-7*float64(len(lines)), a.h-6-14*float64(len(lines))) // three lines end above the frame's edge
			a.text("tb", x, top, "", fit(a.v.NextWord, a.w-x))
			for i, line := range lines {
				a.text("", x, top+14*float64(i+1), "", line)
			}
		}
	}
}

// dots writes the values on the outer arc; of very many only those that have a place of their own.
func (a *arch) dots() {
	r := a.pick(8.2, 4.6)
	if len(a.v.Values) > 40 {
		r = a.pick(4.5, 3)
	}
	last := pt{-99, -99}
	for _, d := range a.v.Values {
		p := a.at(d, 0)
		if math.Hypot(p.x-last.x, p.y-last.y) < r*0.7 {
			continue
		}
		last = p
		a.el("circle", "class", "gain", "cx", p.x, "cy", p.y, "r", r)
	}
}

// pot writes the disc, filled as far as it went.
func (a *arch) pot() {
	x, dr := a.cx+a.rx, a.disc
	a.el("circle", "class", "pot", "cx", x, "cy", a.base, "r", dr)
	in := dr - 3.5
	if clamp(a.v.Share, 0, 1) >= 1 {
		in = dr
	}
	a.el("circle", "class", "full", "clip-path", "url(#"+a.id+"c)", "cx", x, "cy", a.base, "r", in)
	if a.v.Reached {
		a.el("path", "class", "tickmark", "d", "M"+num(x-10*dr/26)+" "+num(a.base+1)+"l"+num(7*dr/26)+" "+num(7*dr/26)+" "+num(13*dr/26)+" "+num(-15*dr/26))
	}
}

func (a *arch) words() {
	x := a.cx + a.rx
	a.text("", math.Max(a.cx-a.rx, textWidth(a.v.StartLabel)/2), a.base+a.pick(24, 20), "middle", a.v.StartLabel)
	if a.narrow {
		// below the disc and the way that leaves under it: above it are the values of the last days
		down := a.disc + 14
		if a.learns() {
			down = 50
		}
		a.text("", math.Min(x, a.w-textWidth(a.v.EndLabel)/2), a.base+down, "middle", a.v.EndLabel)
	} else {
		a.text("", x+a.disc+7, a.base+4, "", a.v.EndLabel)
	}
	// the words stand inside the inner arc, so long ones are set smaller
	room := 2.1 * (a.rx - a.off - a.pick(50, 22))
	a.line(a.v.Big, a.pick(92, 52), room, []size{{"big", a.pick(64, 36)}, {"big m", a.pick(44, 27)}, {"big s", a.pick(30, 20)}})
	a.line(a.v.Small, a.pick(58, 31), room, []size{{"mid", a.pick(20, 15.5)}, {"mid s", a.pick(16, 12.5)}})
	a.line(a.v.Third, a.pick(34, 14), room, []size{{"lo", a.pick(13.5, 11.5)}})
}

// A size is a class with its size of type in drawing units.
type size struct {
	class string
	px    float64
}

// line writes centred words at a height above the base in the largest size that fits.
func (a *arch) line(words string, up, room float64, sizes []size) {
	s := sizes[len(sizes)-1]
	for _, t := range sizes {
		if textWidth(words)*t.px/11.5 <= room {
			s = t
			break
		}
	}
	a.text(s.class, a.cx, a.base-up, "middle", fit(words, room*11.5/s.px))
}
