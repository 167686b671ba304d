package tandemtest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A Page is parsed HTML, or one element of it, whose parts a test asks for by CSS selector (see
// selector.go for the forms understood). Every failed expectation names the selector and what stood there.
type Page struct {
	t    testing.TB
	node *html.Node
}

// HTML parses text as a browser does, so that unclosed elements are closed and a part of a page
// becomes a whole one.
func HTML(t testing.TB, text string) Page {
	t.Helper()
	node, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return Page{t, node}
}

// All returns the elements below p that match, in document order.
func (p Page) All(selector string) []Page {
	p.t.Helper()
	s, err := parseSelector(selector)
	if err != nil {
		p.t.Fatal(err)
	}
	var found []Page
	for n := range p.node.Descendants() {
		if n.Type == html.ElementNode && s.matches(n, p.node) {
			found = append(found, Page{p.t, n})
		}
	}
	return found
}

// One returns the only element that matches; none or several end the test.
func (p Page) One(selector string) Page {
	p.t.Helper()
	found := p.All(selector)
	if len(found) != 1 {
		p.t.Fatalf("%d elements match %q, want 1, in:\n%s", len(found), selector, p.excerpt())
	}
	return found[0]
}

// Has tells whether any element matches.
func (p Page) Has(selector string) bool {
	p.t.Helper()
	return len(p.All(selector)) > 0
}

// Want fails the test unless exactly count elements match.
func (p Page) Want(selector string, count int) {
	p.t.Helper()
	if found := p.All(selector); len(found) != count {
		p.t.Errorf("%d elements match %q, want %d, in:\n%s", len(found), selector, count, p.excerpt())
	}
}

// WantText fails the test unless exactly one element matches and its text is want.
func (p Page) WantText(selector, want string) {
	p.t.Helper()
	if got := p.One(selector).Text(); got != want {
		p.t.Errorf("%q reads %q, want %q", selector, got, want)
	}
}

// WantTexts fails the test unless the texts of the matching elements, in order, are want.
func (p Page) WantTexts(selector string, want ...string) {
	p.t.Helper()
	var got []string
	for _, e := range p.All(selector) {
		got = append(got, e.Text())
	}
	if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
		p.t.Errorf("%q reads %q, want %q", selector, got, want)
	}
}

// WantAttr fails the test unless exactly one element matches and its attribute is want.
func (p Page) WantAttr(selector, name, want string) {
	p.t.Helper()
	if got := p.One(selector).Attr(name); got != want {
		p.t.Errorf("%s of %q is %q, want %q", name, selector, got, want)
	}
}

// Text returns the text of the element as a person reads it: runs of white space as one space, scripts
// and styles left out.
func (p Page) Text() string {
	var words strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			words.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "template"):
			return
		case n.Type == html.ElementNode && breaks[n.Data]:
			words.WriteByte(' ')
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if n.Type == html.ElementNode && breaks[n.Data] {
			words.WriteByte(' ')
		}
	}
	walk(p.node)
	return strings.Join(strings.Fields(words.String()), " ")
}

// breaks are the elements that a browser sets on lines or cells of their own, so that their texts
// never run into those of their neighbours.
var breaks = map[string]bool{"p": true, "div": true, "li": true, "ul": true, "ol": true, "br": true, "hr": true,
	"tr": true, "td": true, "th": true, "dt": true, "dd": true, "h1": true, "h2": true, "h3": true, "h4": true,
	"section": true, "article": true, "header": true, "footer": true, "main": true, "nav": true, "aside": true,
	"form": true, "fieldset": true, "legend": true, "option": true, "title": true, "body": true, "details": true,
	"summary": true, "figure": true, "figcaption": true, "text": true}

// Attr returns the value of an attribute, "" where there is none.
func (p Page) Attr(name string) string {
	value, _ := attribute(p.node, name)
	return value
}

// HasAttr tells whether the attribute is there, with or without a value.
func (p Page) HasAttr(name string) bool {
	_, ok := attribute(p.node, name)
	return ok
}

// Source returns the element as HTML.
func (p Page) Source() string {
	var b strings.Builder
	if err := html.Render(&b, p.node); err != nil {
		p.t.Helper()
		p.t.Fatal(err)
	}
	return b.String()
}

// excerpt returns the beginning of the element for the message of a failed check.
func (p Page) excerpt() string {
	text := p.Source()
	if p.node.Type == html.DocumentNode {
		if i := strings.Index(text, "<body"); i >= 0 {
			text = text[i:]
		}
	}
	if len(text) > 4000 {
		text = text[:4000] + " …"
	}
	return text
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		key := a.Key
		if a.Namespace != "" {
			key = a.Namespace + ":" + a.Key
		}
		if key == name {
			return a.Val, true
		}
	}
	return "", false
}
