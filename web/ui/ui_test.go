package ui

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// render gives a component's HTML.
func render(t rapid.TB, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// An element is a start tag with the text directly inside it.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

func (e element) class(name string) bool {
	for c := range strings.FieldsSeq(e.attrs["class"]) {
		if c == name {
			return true
		}
	}
	return false
}

// elements reads drawings strictly, as XML: a mistake in nesting or escaping fails the test.
func elements(t rapid.TB, drawing string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(drawing))
	var out []element
	var open []int
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, drawing)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			e := element{name: x.Name.Local, attrs: map[string]string{}}
			for _, a := range x.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, len(out))
			out = append(out, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].text += string(x)
			}
		}
	}
}

func count(all []element, class string) int {
	n := 0
	for _, e := range all {
		if e.class(class) {
			n++
		}
	}
	return n
}

// drawings cuts the wide and the narrow drawing out of a picture.
func drawings(t rapid.TB, c templ.Component) []string {
	t.Helper()
	out := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(render(t, c), -1)
	if len(out) == 0 {
		t.Fatal("no drawing")
	}
	return out
}

var number = regexp.MustCompile(`-?[0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?`)

// inside fails when a coordinate is not a finite number or lies outside of the drawing. Paths are
// read with their absolute commands; relative ones (v, l, a) are short strokes from a checked place.
func inside(t rapid.TB, drawing string) {
	t.Helper()
	all := elements(t, drawing)
	box := number.FindAllString(all[0].attrs["viewBox"], -1)
	w, _ := strconv.ParseFloat(box[2], 64)
	h, _ := strconv.ParseFloat(box[3], 64)
	const slack = 1.0
	check := func(e element, name string, v, limit float64) {
		if math.IsNaN(v) || math.IsInf(v, 0) || v < -slack || v > limit+slack {
			t.Errorf("%s %s=%v outside of 0..%v: %v %q", e.name, name, v, limit, e.attrs, e.text)
		}
	}
	moved := 0
	for _, e := range all {
		for k, v := range e.attrs {
			if strings.Contains(v, "NaN") || strings.Contains(v, "Inf") || k == "style" {
				t.Errorf("%s: %s=%q", e.name, k, v)
			}
		}
		if e.name == "g" {
			if at, ok := strings.CutPrefix(e.attrs["transform"], "translate("); ok {
				p := number.FindAllString(at, 2)
				x, _ := strconv.ParseFloat(p[0], 64)
				y, _ := strconv.ParseFloat(p[1], 64)
				check(e, "x", x, w)
				check(e, "y", y, h)
				moved++
			}
			continue
		}
		if e.attrs["class"] == "ms" || e.attrs["class"] == "ms on" || e.name == "linearGradient" {
			continue // around its own origin; a gradient may end outside
		}
		for _, k := range []string{"x", "x1", "x2", "cx", "y", "y1", "y2", "cy"} {
			v, ok := e.attrs[k]
			if !ok {
				continue
			}
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				t.Errorf("%s %s=%q", e.name, k, v)
			}
			limit := w
			if strings.Contains(k, "y") {
				limit = h
			}
			check(e, k, f, limit)
		}
		if d := e.attrs["d"]; d != "" && !e.class("p") {
			path(e, d, w, h, check)
		}
	}
}

var command = regexp.MustCompile(`[MLHVCAZvlah][^MLHVCAZvlah]*`)

func path(e element, d string, w, h float64, check func(element, string, float64, float64)) {
	if strings.ContainsAny(d, "sSzc") { // the eye, drawn around its own origin
		return
	}
	for _, c := range command.FindAllString(d, -1) {
		n := number.FindAllString(c[1:], -1)
		v := make([]float64, len(n))
		for i := range n {
			v[i], _ = strconv.ParseFloat(n[i], 64)
		}
		switch c[0] {
		case 'M', 'L', 'C':
			for i := 0; i+1 < len(v); i += 2 {
				check(e, "d.x", v[i], w)
				check(e, "d.y", v[i+1], h)
			}
		case 'H':
			check(e, "d.x", v[0], w)
		case 'V':
			check(e, "d.y", v[0], h)
		case 'A':
			check(e, "d.x", v[5], w)
			check(e, "d.y", v[6], h)
		}
	}
}

func TestTheResultPictureHasItsSevenMarks(t *testing.T) {
	for i, d := range drawings(t, GoalChart(salesChart())) {
		all := elements(t, d)
		for class, want := range map[string]int{
			"f80": 1, "tgt": 1, "aim": 2, "now": 1, "trend": 1, "obs": 15, "here": 1, "use": 18, "eye": 1, "way": 2, "ahead": 2, "qd": 20, "ms": 3, "f95": 1, "f50": 1,
		} {
			if got := count(all, class); got != want {
				t.Errorf("drawing %d: %d of %s, want %d", i, got, class, want)
			}
		}
		if all[0].attrs["role"] != "img" || all[0].attrs["aria-labelledby"] != all[1].attrs["id"] || all[1].text == "" {
			t.Errorf("drawing %d: not an image with a title: %v", i, all[0].attrs)
		}
		reached := 0
		for _, e := range all {
			if e.class("qd") && !e.class("no") {
				reached++
			}
		}
		if reached != 12 {
			t.Errorf("drawing %d: %d endings filled, want 12", i, reached)
		}
	}
}

func TestWhatIsUnknownIsNotDrawn(t *testing.T) {
	v := bareChart()
	v.Now = math.NaN()
	v.Values = nil
	for _, d := range drawings(t, GoalChart(v)) {
		all := elements(t, d)
		for _, class := range []string{"f80", "trend", "obs", "here", "way", "qd"} {
			if n := count(all, class); n != 0 {
				t.Errorf("%d of %s without data", n, class)
			}
		}
		if count(all, "aim") != 1 || count(all, "tgt") != 1 || count(all, "now") != 1 {
			t.Error("target, disc and today stand in every picture")
		}
	}
}

func TestAStretchWithoutValuesIsDotted(t *testing.T) {
	all := elements(t, drawings(t, GoalChart(fallingChart()))[0])
	if count(all, "gap") != 1 {
		t.Errorf("%d dotted pieces, want 1", count(all, "gap"))
	}
	if n := count(all, "obs"); n > mostDots || n < mostDots/2 {
		t.Errorf("%d dots of two years", n)
	}
}

func TestATotalIsDrawnAsSteps(t *testing.T) {
	for _, e := range elements(t, drawings(t, GoalChart(totalChart()))[0]) {
		if e.class("trend") && !regexp.MustCompile(`^M[\d. ]+(H[\d.]+V[\d.]+)+H[\d.]+$`).MatchString(e.attrs["d"]) {
			t.Errorf("steps are %q", e.attrs["d"])
		}
	}
}

func TestTheDiscOfOnceSlidesToItsDay(t *testing.T) {
	v := salesChart()
	v.ReachedOn = v.Today - 30
	at := func(v GoalChartView) string {
		for _, e := range elements(t, drawings(t, GoalChart(v))[0]) {
			if e.class("aim") && !e.class("hol") {
				return e.attrs["cx"]
			}
		}
		return ""
	}
	if at(v) == at(salesChart()) {
		t.Error("the disc did not move")
	}
}

func TestMoreThanFourLearningGoalsShowThreeAndTheRest(t *testing.T) {
	d := drawings(t, GoalChart(manyChart()))[0]
	if n := count(elements(t, d), "way"); n != 3 {
		t.Errorf("%d lanes, want 3", n)
	}
	if !strings.Contains(d, ">3 more<") {
		t.Error("the rest is not named")
	}
	if !strings.Contains(d, ">17 times<") || strings.Contains(d, ">2 times<") {
		t.Error("the lanes kept are not those with most uses")
	}
}

func TestHueFollowsTheLevel(t *testing.T) {
	for _, c := range []struct{ k, n, want int }{{1, 5, 1}, {2, 5, 2}, {5, 5, 5}, {1, 3, 1}, {2, 3, 3}, {3, 3, 5}, {2, 8, 2}, {8, 8, 5}, {1, 0, 1}, {9, 5, 5}, {0, 5, 1}, {2, 1, 2}} {
		if got := Hue(c.k, c.n); got != c.want {
			t.Errorf("level %d of %d: hue %d, want %d", c.k, c.n, got, c.want)
		}
	}
}

func TestEveryPictureOfTheGalleryStaysInsideItsFrame(t *testing.T) {
	all := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(render(t, Gallery()), -1)
	if len(all) < 40 {
		t.Fatalf("%d drawings", len(all))
	}
	for _, d := range all {
		inside(t, d)
	}
}

func TestTextsAreEscaped(t *testing.T) {
	const evil = `<script>alert("x")</script>'&`
	v := salesChart()
	v.Title, v.Unit, v.TodayLabel, v.DeadlineLabel, v.NowLabel, v.TargetLabel, v.TargetShort, v.DescribedBy, v.ID = evil, evil, evil, evil, evil, evil, evil, evil, evil
	v.Values[0].Title = evil
	v.Lanes[0].Name, v.Lanes[0].UsesLabel, v.Lanes[0].Next, v.Lanes[0].Levels[0].Label = evil, evil, evil, evil
	early := earlyPair()
	early.Title, early.Unit, early.Lane.Name, early.PaceLabel, early.ID = evil, evil, evil, evil, evil
	a := ArchView{ID: evil, Title: evil, Big: evil, Small: evil, Third: evil, Next: evil, NextLevel: 2, End: 9}
	for name, c := range map[string]templ.Component{
		"goal": GoalChart(v), "early": EarlyChart(early), "arch": Arch(a),
		"spark": Spark(SparkView{Title: evil}), "week": Week(WeekView{Title: evil, Names: [7]string{evil}}), "heat": Heat(HeatView{Title: evil}),
		"glyph": KindGlyph(KindView{Result, evil}), "logo": Logo(evil, ""),
		"field":  Field(FieldView{ID: evil, Label: evil, Value: evil, Error: evil, Hint: evil}),
		"errors": ErrorSummary(ErrorSummaryView{Title: evil, Items: []ErrorItem{{evil, evil}}}),
		"toast":  Toast(ToastView{Text: evil, Undo: evil, UndoURL: "javascript:alert(1)", Hidden: map[string]string{evil: evil}}),
		"slots":  Slots(SlotsView{[]Slot{{Title: evil}, {OpenLabel: evil}}}),
		"text":   ChartText(ChartTextView{ID: evil, Paragraphs: []string{evil}, Heads: []string{evil}, Rows: [][]string{{evil}}}),
	} {
		if strings.Contains(render(t, c), "<script") {
			t.Errorf("%s writes markup that came from a text", name)
		}
		for _, n := range nodes(t, render(t, c)) {
			if n.Data == "script" {
				t.Errorf("%s: a script element", name)
			}
		}
	}
}

func nodes(t rapid.TB, page string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func shellSample() ShellView {
	return ShellView{Lang: "de", Title: "Heute", Theme: "dark", Assets: Assets{CSS: "/a.css", JS: "/a.js", HTMX: "/h.js", Icon: "/i.svg", Manifest: "/m"}, Current: "goals", Home: "/", NewGoal: "/goals/new", Settings: "/settings", Search: "/search", ThemeURL: "/appearance", Path: "/goals",
		Nav:    []NavItem{{"today", "Heute", "/", "3"}, {"goals", "Ziele", "/goals", ""}},
		Pinned: []PinnedGoal{{Result, "Verkäufe", "/goals/g1"}}, Initials: "No", Keys: true,
		Toast: &ToastView{Text: "Gespeichert", Undo: "Zurück", UndoURL: "/undo/1", Hidden: map[string]string{"key": "k"}},
		Words: ShellWords{Skip: "Zum Inhalt", Main: "Hauptmenü", MainPhone: "Hauptmenü unten", NewGoal: "Neues Ziel", Settings: "Einstellungen", Appearance: "Aussehen", SignedIn: "Angemeldet", Search: "Suche", Keys: "Tasten", KeyHelp: map[string]string{"N": "Neues Ziel"}, Close: "Zu"},
	}
}

func page(t rapid.TB, frame templ.Component, body templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := frame.Render(templ.WithChildren(context.Background(), body), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The policy of the pages forbids inline script and style; ids are unique, and what points at an id
// finds it.
func TestPagesKeepToThePolicyAndTheirIds(t *testing.T) {
	for name, p := range map[string]string{
		"shell":  page(t, Shell(shellSample()), Gallery()),
		"center": page(t, Center(CenterView{Lang: "en", Title: "Sign in", Assets: Assets{CSS: "/a.css"}, Skip: "Skip"}), Field(FieldView{ID: "f", Name: "f", Label: "Mail", Hint: "h", Error: "e"})),
	} {
		ids := map[string]bool{}
		all := nodes(t, p)
		for _, n := range all {
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: two elements have the id %q", name, id)
				}
				ids[id] = true
			}
		}
		for _, n := range all {
			for _, a := range n.Attr {
				switch {
				case a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on"):
					t.Errorf("%s: <%s> has %s", name, n.Data, a.Key)
				case a.Key == "for" || a.Key == "form" || strings.HasPrefix(a.Key, "aria-") && strings.HasSuffix(a.Key, "by"):
					for id := range strings.FieldsSeq(a.Val) {
						if !ids[id] {
							t.Errorf("%s: <%s %s=%q> points nowhere", name, n.Data, a.Key, a.Val)
						}
					}
				}
			}
			if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
				t.Errorf("%s: inline %s", name, n.Data)
			}
			if n.Data == "button" || n.Data == "a" {
				if named := attr(n, "aria-label") != "" || strings.TrimSpace(textOf(n)) != ""; !named {
					t.Errorf("%s: <%s> without a name: %v", name, n.Data, n.Attr)
				}
			}
		}
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestTheFrameIsReadyBeforeAnyScript(t *testing.T) {
	p := page(t, Shell(shellSample()), templ.Raw("<h1>x</h1>"))
	all := nodes(t, p)
	if attr(all[0], "data-theme") != "dark" || attr(all[0], "lang") != "de" {
		t.Errorf("html: %v", all[0].Attr)
	}
	first := ""
	var theme *html.Node
	for _, n := range all {
		if n.Data == "a" && first == "" {
			first = attr(n, "href")
		}
		if attr(n, "name") == "theme" && n.Data == "button" {
			theme = n
		}
	}
	if first != "#main" {
		t.Errorf("the first link leads to %q, not to the content", first)
	}
	if theme == nil || attr(theme, "value") != "light" {
		t.Error("without a script the appearance button asks for the other one")
	}
	if !strings.Contains(p, `aria-current="page"`) || strings.Count(p, `aria-current="page"`) != 2 {
		t.Errorf("the current entry is marked %d times, once in each menu expected", strings.Count(p, `aria-current="page"`))
	}
	v := shellSample()
	v.Theme, v.Toast, v.NewGoal, v.Pinned = "", nil, "", nil
	p = page(t, Shell(v), templ.Raw(""))
	if strings.Contains(p, "data-theme=") || strings.Contains(p, "data-undo") || strings.Contains(p, "Neues Ziel</span>") {
		t.Error("what is not given is drawn")
	}
}

func TestAFieldReadsItsHintAndItsError(t *testing.T) {
	all := nodes(t, render(t, Field(FieldView{ID: "t", Name: "target", Label: "Target", Hint: "A figure", Error: "Digits, please"})))
	for _, n := range all {
		if n.Data == "input" {
			if attr(n, "aria-describedby") != "t-hint t-error" || attr(n, "aria-invalid") != "true" {
				t.Errorf("input: %v", n.Attr)
			}
			return
		}
	}
	t.Error("no input")
}

func TestAnErrorSummaryTakesTheFocusAndLeadsToTheFields(t *testing.T) {
	p := render(t, ErrorSummary(ErrorSummaryView{Title: "Look", Items: []ErrorItem{{"t", "Target"}}}))
	if !strings.Contains(p, `tabindex="-1"`) || !strings.Contains(p, "autofocus") || !strings.Contains(p, `href="#t"`) {
		t.Error(p)
	}
	if render(t, ErrorSummary(ErrorSummaryView{Title: "Look"})) != "" {
		t.Error("a form without errors has a summary")
	}
}

func TestAddressesEscapeWhatTheyAreGiven(t *testing.T) {
	if got := GoalURL("a/../b?c"); got != "/goals/a%2F..%2Fb%3Fc" {
		t.Error(got)
	}
	if got := SignInURL("/goals?x=1&y"); got != "/sign-in?next=%2Fgoals%3Fx%3D1%26y" {
		t.Error(got)
	}
}

// A result page with two years of daily values has 31 kB for itself; what a page adds around its
// picture is words.
func TestTwoYearsOfDailyValuesStaySmall(t *testing.T) {
	p := page(t, Shell(shellSample()), GoalChart(fallingChart()))
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(p)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 16_000 {
		t.Errorf("%d bytes compressed", b.Len())
	}
	t.Logf("%d bytes, %d compressed", len(p), b.Len())
}
