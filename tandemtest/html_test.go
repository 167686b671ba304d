package tandemtest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"tandem/tandemtest"
)

const samplePage = `<!doctype html><html lang=en><body>
<main id=top><h1>Today</h1>
<ul class="rows open"><li class=row data-id=1>One <b>bold</b></li><li class="row done" data-id=2>Two</li></ul>
<form action="/goals?x=[1]"><input type=checkbox name=a checked><input type=checkbox name=b>
<select name=s><option value=1>first<option value=2 selected>second</select></form>
<div><section><p class=deep>far  down</p></section></div>
<svg><use xlink:href="#i"></use><text>12</text><text>13</text></svg>
<script>never()</script></main></body></html>`

func TestSelectorsFindWhatABrowserFinds(t *testing.T) {
	page := tandemtest.HTML(t, samplePage)
	for selector, count := range map[string]int{
		"li": 2, "*": 23, "LI": 2, "#top": 1, ".row": 2, ".rows.open": 1, "li.row.done": 1, ".ro": 0,
		"[data-id]": 2, "[data-id=2]": 1, `li[data-id="1"]`: 1, "[data-id='1']": 1, `[action="/goals?x=[1]"]`: 1,
		`[action^="/goals"]`: 1, `[action$="]"]`: 1, `[action*="?x"]`: 1, "[class~=open]": 1, "[class=open]": 0,
		"main p": 1, "main > p": 0, "section>p": 1, "div > section > p.deep": 1, "ul li b": 1, "li, p": 3,
		"input:checked": 1, "option:checked": 1, "li:not(.done)": 1, "li:not([data-id=9])": 2, "table": 0,
		"main div p": 1, "p main": 0,
	} {
		if got := len(page.All(selector)); got != count {
			t.Errorf("%q finds %d, want %d", selector, got, count)
		}
	}
}

func TestAnElementIsSearchedOnItsOwn(t *testing.T) {
	rows := tandemtest.HTML(t, samplePage).One("ul")
	rows.Want("li", 2)
	rows.Want("main li", 0)
	rows.Want("p", 0)
	rows.WantText("li.done", "Two")
	rows.WantTexts("li", "One bold", "Two")
	if !rows.Has("b") || rows.Has("i") {
		t.Error("Has is wrong")
	}
}

func TestTextIsWhatAPersonReads(t *testing.T) {
	page := tandemtest.HTML(t, samplePage)
	if got, want := page.Text(), "Today One bold Two first second far down 12 13"; got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
	page.WantAttr("use", "xlink:href", "#i")
	if in := page.One("input[name=a]"); !in.HasAttr("checked") || in.HasAttr("disabled") || in.Attr("type") != "checkbox" {
		t.Error("attributes are wrong")
	}
	if src := page.One("b").Source(); src != "<b>bold</b>" {
		t.Errorf("source is %q", src)
	}
}

func TestAFailedCheckFailsTheTest(t *testing.T) {
	for name, check := range map[string]func(tandemtest.Page){
		"none for One":     func(p tandemtest.Page) { p.One("table") },
		"several for One":  func(p tandemtest.Page) { p.One("li") },
		"count":            func(p tandemtest.Page) { p.Want("li", 3) },
		"text":             func(p tandemtest.Page) { p.WantText("h1", "Tomorrow") },
		"texts":            func(p tandemtest.Page) { p.WantTexts("li", "One bold") },
		"attribute":        func(p tandemtest.Page) { p.WantAttr("ul", "class", "rows") },
		"unknown pseudo":   func(p tandemtest.Page) { p.All("li:first-child") },
		"open bracket":     func(p tandemtest.Page) { p.All("li[a") },
		"unknown operator": func(p tandemtest.Page) { p.All("li[a|=b]") },
		"sibling":          func(p tandemtest.Page) { p.All("li + li") },
		"empty":            func(p tandemtest.Page) { p.All("") },
		"trailing comma":   func(p tandemtest.Page) { p.All("li,") },
		"open not":         func(p tandemtest.Page) { p.All("li:not(.a") },
	} {
		said := &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			check(tandemtest.HTML(said, samplePage))
		}()
		<-done
		if said.text == "" {
			t.Errorf("%s: no failure", name)
		}
	}
}

// recorder takes the failures that a check reports instead of failing.
type recorder struct {
	testing.TB
	text string
}

func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); runtime.Goexit() }
func (r *recorder) Fatal(args ...any)                 { r.Errorf("%s", fmt.Sprintln(args...)); runtime.Goexit() }
func (r *recorder) Helper()                           {}

func TestAFailureShowsThePage(t *testing.T) {
	said := &recorder{TB: t}
	tandemtest.HTML(said, "<p>here</p>").Want("li", 1)
	if !strings.Contains(said.text, "<p>here</p>") || !strings.Contains(said.text, `"li"`) {
		t.Errorf("the message is %q", said.text)
	}
}
