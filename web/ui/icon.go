package ui

import "github.com/a-h/templ"

// icons are line drawings on a field of 18 units; each value is fixed SVG.
var icons = map[string]string{
	"today":  `<circle cx="9" cy="9" r="6.5"/><path d="M9 5.5V9l2.4 1.6"/>`,
	"goals":  `<path d="M2.5 14a6.5 6.5 0 0 1 11-4.7"/><circle cx="13.8" cy="13" r="2.2"/>`,
	"review": `<path d="M3 9a6 6 0 0 1 10.4-4M15 9a6 6 0 0 1-10.4 4"/><path d="M13.6 2.2V5.2h-3M4.4 15.8v-3h3"/>`,
	"team":   `<rect x="6.5" y="2.5" width="5" height="4" rx="1.2"/><rect x="1.8" y="11.5" width="5" height="4" rx="1.2"/><rect x="11.2" y="11.5" width="5" height="4" rx="1.2"/><path d="M9 6.5V9M4.3 11.5V9h9.4v2.5"/>`,
	"life":   `<circle cx="6.2" cy="6.4" r="2.7"/><circle cx="12.6" cy="7.4" r="2.1"/><path d="M1.8 15c.3-3 2.2-4.4 4.4-4.4s4.1 1.4 4.4 4.4M12.2 11.6c2.2-.2 3.8 1 4.1 3.4"/>`,
	"set":    `<path d="M3 5h7M14 5h1M3 13h1M8 13h7"/><circle cx="12" cy="5" r="1.9"/><circle cx="6" cy="13" r="1.9"/>`,
	"plus":   `<path d="M9 3.5v11M3.5 9h11"/>`,
	"check":  `<path d="M3.5 9.5l3.6 3.6 7.4-8"/>`,
	"more":   `<path d="M4 9h.01M9 9h.01M14 9h.01" stroke-width="2.6"/>`,
	"search": `<circle cx="8" cy="8" r="4.8"/><path d="M11.6 11.6L15 15"/>`,
	"moon":   `<path d="M14.5 10.8A6 6 0 0 1 7.2 3.5a6 6 0 1 0 7.3 7.3z"/>`,
	"q":      `<path d="M6.8 6.7a2.3 2.3 0 1 1 3.2 2.2c-.7.3-1 .8-1 1.5M9 13.2h.01"/>`,
	"play":   `<path d="M6 4l8 5-8 5z"/>`,
	"heart":  `<path d="M9 14.8S2.8 11.2 2.8 6.9A3.2 3.2 0 0 1 9 5.6a3.2 3.2 0 0 1 6.2 1.3C15.2 11.2 9 14.8 9 14.8z"/>`,
	"eye":    `<path d="M1.8 9S4.4 4.3 9 4.3 16.2 9 16.2 9 13.6 13.7 9 13.7 1.8 9 1.8 9z"/><circle cx="9" cy="9" r="2"/>`,
	"lock":   `<rect x="4" y="8" width="10" height="7" rx="1.8"/><path d="M6.3 8V6a2.7 2.7 0 0 1 5.4 0v2"/>`,
	"warn":   `<path d="M9 3L16 15H2z"/><path d="M9 7.5v3.2M9 13h.01"/>`,
	"talk":   `<path d="M3 4h12v8H8l-3.5 3v-3H3z"/>`,
	"arrow":  `<path d="M4 9h10M10 5l4 4-4 4"/>`,
	"flag":   `<path d="M4.5 15.5v-12h8.5l-2 3.2 2 3.2H4.5"/>`,
	"book":   `<path d="M9 4.5C7 3 4.5 3 2.5 3.5v10.5c2-.5 4.5-.5 6.5 1 2-1.5 4.5-1.5 6.5-1V3.5C13.5 3 11 3 9 4.5zM9 4.5V15"/>`,
	"again":  `<path d="M14.5 9a5.5 5.5 0 1 1-1.7-4"/><path d="M13.5 2v3.2h-3.2"/>`,
	"try":    `<path d="M9 2.5v5M5.5 4.5l2 4M12.5 4.5l-2 4M3 13.5h12"/>`,
	"leaf":   `<path d="M3.5 14.5c0-7 4-10.5 11-11 0 7-3 11-8.5 10"/><path d="M3 15.5c2-4 4-6 7-7.5"/>`,
	"edit":   `<path d="M3 15l1-4 8-8 3 3-8 8z"/><path d="M10.5 4.5l3 3"/>`,
	"undo":   `<path d="M3.5 7.5h7a4 4 0 0 1 0 8H7"/><path d="M6.5 4L3 7.500l3.5 3.5"/>`,
	"key":    `<circle cx="6" cy="12" r="3"/><path d="M8.2 9.800L15 3M12 6l2.2 2.2"/>`,
	"mail":   `<rect x="2.5" y="4" width="13" height="10" rx="1.8"/><path d="M3 5l6 4.700L15 5"/>`,
}

// Icon draws a line icon, 18 px; an unknown name draws nothing. It is hidden from screen readers: the
// words beside it say what it means.
func Icon(name string) templ.Component { return icon(name, "ic") }

// SmallIcon draws a line icon at 15 px, as beside small text.
func SmallIcon(name string) templ.Component { return icon(name, "ic s") }

func icon(name, class string) templ.Component {
	return drawn(func() string {
		path, ok := icons[name]
		if !ok {
			return ""
		}
		return `<svg class="` + class + `" viewBox="0 0 18 18" aria-hidden="true">` + path + `</svg>`
	})
}

// KindGlyph draws the disc of a result or the arcs of a learning goal, and says the kind to screen
// readers.
func KindGlyph(v KindView) templ.Component {
	return drawn(func() string {
		var s svg
		s.open("svg", "class", "k", "viewBox", "0 0 18 18", "aria-hidden", "true")
		if v.Kind == Result {
			s.b.WriteString(`<circle class="ring" cx="9" cy="9" r="7"/><circle class="disc" cx="9" cy="9" r="4.2"/>`)
		} else {
			s.b.WriteString(`<path class="a1" d="M1.5 13.5a7.5 7.5 0 0 1 15 0"/><path class="a2" d="M4.7 13.5a4.3 4.3 0 0 1 8.6 0"/><path class="a3" d="M7.8 13.5a1.2 1.2 0 0 1 2.4 0"/>`)
		}
		s.close("svg")
		if v.Word != "" {
			s.b.WriteString(`<span class="sr">` + templ.EscapeString(v.Word) + ` </span>`)
		}
		return s.b.String()
	})
}

// Logo draws the brand: the rainbow and the pot. The id names its gradient and is unique on the page;
// size is "", "b" or "xl".
func Logo(id, size string) templ.Component {
	return drawn(func() string {
		var s svg
		s.open("svg", "class", "logo "+size, "viewBox", "0 0 30 20", "aria-hidden", "true")
		s.open("defs")
		s.open("linearGradient", "id", safeID(id))
		s.b.WriteString(`<stop offset="0" class="s1"/><stop offset=".35" class="s3"/><stop offset=".7" class="s4"/><stop offset="1" class="s5"/></linearGradient></defs>`)
		s.el("path", "class", "lgarc", "stroke", "url(#"+safeID(id)+")", "d", "M2.5 17C2.5 8.5 8 3 14 3s10.5 4.5 10.5 11")
		s.b.WriteString(`<circle class="lgpot" cx="24.5" cy="15" r="4.5"/>`)
		s.close("svg")
		return s.b.String()
	})
}
