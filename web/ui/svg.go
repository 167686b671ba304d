package ui

import (
	"context"
	"html"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// An svg collects the text of one drawing. Every text and attribute is escaped on its way in, and a
// number that is not finite becomes 0, so that no drawing can break the page around it.
type svg struct {
	b strings.Builder
}

// escape makes a text safe inside markup; control signs, which no drawing may hold, become spaces.
func escape(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return html.EscapeString(text)
}

// num writes a coordinate with at most one decimal.
func num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "0"
	}
	s := strconv.FormatFloat(x, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// attrs writes pairs of name and value; a value is a string, an int or a float64. A pair with an
// empty string is left out.
func (s *svg) attrs(pairs []any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		var v string
		switch x := pairs[i+1].(type) {
		case string:
			if x == "" {
				continue
			}
			v = escape(x)
		case int:
			v = strconv.Itoa(x)
		case float64:
			v = num(x)
		}
		s.b.WriteByte(' ')
		s.b.WriteString(pairs[i].(string))
		s.b.WriteString(`="`)
		s.b.WriteString(v)
		s.b.WriteByte('"')
	}
}

// el writes an element without content.
func (s *svg) el(name string, pairs ...any) {
	s.b.WriteByte('<')
	s.b.WriteString(name)
	s.attrs(pairs)
	s.b.WriteString("/>")
}

// titled writes an element whose only content is a title, which a browser shows on hover.
func (s *svg) titled(title, name string, pairs ...any) {
	if title == "" {
		s.el(name, pairs...)
		return
	}
	s.open(name, pairs...)
	s.b.WriteString("<title>")
	s.b.WriteString(escape(title))
	s.b.WriteString("</title>")
	s.close(name)
}

func (s *svg) open(name string, pairs ...any) {
	s.b.WriteByte('<')
	s.b.WriteString(name)
	s.attrs(pairs)
	s.b.WriteByte('>')
}

func (s *svg) close(name string) {
	s.b.WriteString("</")
	s.b.WriteString(name)
	s.b.WriteByte('>')
}

// text writes a line of text; anchor is "", "middle" or "end". Empty text writes nothing.
func (s *svg) text(class string, x, y float64, anchor, text string) {
	if text == "" {
		return
	}
	s.open("text", "class", class, "x", x, "y", y, "text-anchor", anchor)
	s.b.WriteString(escape(text))
	s.close("text")
}

// begin opens the drawing: an image with a title, and the id of the words that describe it.
func (s *svg) begin(class, id, title, describedBy string, w, h float64) {
	s.open("svg", "class", "chart "+class, "viewBox", "0 0 "+num(w)+" "+num(h), "role", "img",
		"aria-labelledby", id+"-t", "aria-describedby", describedBy)
	s.open("title", "id", id+"-t")
	s.b.WriteString(escape(title))
	s.close("title")
}

// gradient opens a horizontal gradient between two abscissas.
func (s *svg) gradient(id string, x0, x1 float64, stops ...stop) {
	s.open("linearGradient", "id", id, "gradientUnits", "userSpaceOnUse", "x1", x0, "x2", x1, "y1", 0, "y2", 0)
	for _, p := range stops {
		s.el("stop", "offset", strconv.FormatFloat(clamp(p.at, 0, 1), 'f', 3, 64), "class", p.class, "stop-opacity", p.opacity)
	}
	s.close("linearGradient")
}

// A stop is a colour of a gradient; opacity "" is full.
type stop struct {
	at      float64
	class   string
	opacity string
}

// mark writes a level's number in its disc.
func (s *svg) mark(x, y float64, level, of int, r float64) {
	s.open("g", "class", "mark", "transform", "translate("+num(x)+" "+num(y)+")")
	s.el("circle", "class", "c"+strconv.Itoa(Hue(level, of)), "r", r)
	s.text("", 0, 4, "", strconv.Itoa(level))
	s.close("g")
}

// ahead writes the dashed disc of a level that is not reached.
func (s *svg) ahead(x, y float64, level, of int, r float64) {
	hue := strconv.Itoa(Hue(level, of))
	s.open("g", "class", "mark ahead", "transform", "translate("+num(x)+" "+num(y)+")")
	s.el("circle", "class", "k"+hue, "r", r)
	s.text("i"+hue, 0, 4, "", strconv.Itoa(level))
	s.close("g")
}

// eye writes the small eye of the next look.
func (s *svg) eye(x, y float64) {
	s.open("g", "class", "eye", "transform", "translate("+num(x)+" "+num(y)+")")
	s.b.WriteString(`<circle r="9"/><path d="M-5.6 0S-3-3.6 0-3.6 5.6 0 5.6 0 3 3.6 0 3.6-5.6 0-5.6 0z"/><circle class="p" r="1.5"/>`)
	s.close("g")
}

// Hue gives the hue of level k of n, 1 (teal) to 5 (plum): 1 + round(4(k-1)/(n-1)). Out of range it
// is held to the ends; n below 2 counts as 5.
func Hue(k, n int) int {
	if n < 2 {
		n = 5
	}
	h := 1 + int(math.Round(4*float64(k-1)/float64(n-1)))
	return min(max(h, 1), 5)
}

// hueClass gives a class that ends in the level's hue.
func hueClass(prefix string, level, of int) string {
	return prefix + strconv.Itoa(Hue(level, of))
}

// A pt is a point of the drawing.
type pt struct{ x, y float64 }

// curve gives the cubic pieces of a Catmull-Rom line through the points, each without its start.
// Control points are held inside the box of their ends, so that the line never shows a value beyond
// its neighbours.
func curve(p []pt) []string {
	out := make([]string, 0, len(p))
	for i := 0; i+1 < len(p); i++ {
		p0, p1, p2, p3 := p[max(i-1, 0)], p[i], p[i+1], p[min(i+2, len(p)-1)]
		held := func(x, y float64) string {
			return num(clamp(x, math.Min(p1.x, p2.x), math.Max(p1.x, p2.x))) + " " +
				num(clamp(y, math.Min(p1.y, p2.y), math.Max(p1.y, p2.y)))
		}
		out = append(out, "C"+held(p1.x+(p2.x-p0.x)/6, p1.y+(p2.y-p0.y)/6)+
			" "+held(p2.x-(p3.x-p1.x)/6, p2.y-(p3.y-p1.y)/6)+" "+num(p2.x)+" "+num(p2.y))
	}
	return out
}

// smooth gives the whole line as a path, "" for no points.
func smooth(p []pt) string {
	if len(p) == 0 {
		return ""
	}
	return "M" + num(p[0].x) + " " + num(p[0].y) + strings.Join(curve(p), "")
}

// ribbon gives the area between an upper and a lower line.
func ribbon(up, down []pt) string {
	back := make([]pt, len(down))
	for i, p := range down {
		back[len(down)-1-i] = p
	}
	return smooth(up) + "L" + strings.TrimPrefix(smooth(back), "M") + "Z"
}

func clamp(x, lo, hi float64) float64 {
	if !(x > lo) { // also not-a-number
		return lo
	}
	return math.Min(x, hi)
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// textWidth is a fair upper guess of a text's width at the charts' 11.5 px; fonts differ.
func textWidth(text string) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case r >= 0x1100:
			w += 11.5
		case strings.ContainsRune("iljtf.,:;'|!()[] ", r):
			w += 4.2
		case r == 'm' || r == 'w' || r >= 'A' && r <= 'Z':
			w += 8.2
		default:
			w += 6.6
		}
	}
	return w
}

// boldWidth is the same for bold text.
func boldWidth(text string) float64 { return 1.14 * textWidth(text) }

// fit shortens a text with an ellipsis until it is at most w wide.
func fit(text string, w float64) string {
	if textWidth(text) <= w {
		return text
	}
	r := []rune(text)
	for len(r) > 1 && textWidth(string(r))+8 > w {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ") + "…"
}

// safeID keeps what may stand in an id that a paint reference names.
func safeID(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, "c"+id)
}

// drawn makes a component of a function that draws.
func drawn(draw func() string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, draw())
		return err
	})
}

// bothSizes wraps the wide and the narrow drawing; the stylesheet shows the one that fits.
func bothSizes(draw func(narrow bool) string) templ.Component {
	return drawn(func() string {
		return `<div class="pic">` + draw(false) + draw(true) + `</div>`
	})
}
