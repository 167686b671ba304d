package tandemtest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that are no characters, for Press.
const (
	Enter  = kb.Enter
	Tabkey = kb.Tab
	Escape = kb.Escape
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
	Left   = kb.ArrowLeft
	Right  = kb.ArrowRight
	Space  = " "
)

// Eval runs a JavaScript expression in the page and returns its value; a promise is awaited.
func Eval[T any](b *Tab, js string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// complete tells whether the document has loaded and no element waits for an answer. While the page
// changes the question has no answer, which counts as no.
func (b *Tab) complete() bool {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](
		`document.readyState === "complete" && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")`))
	return err == nil && done
}

// Open goes to an address, waits for the page and returns the status of its answer.
func (b *Tab) Open(url string) int {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.Settle()
	return b.Status()
}

// Status returns the status of the answer that brought the page.
func (b *Tab) Status() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return int(b.status)
}

// Reload loads the page again.
func (b *Tab) Reload() {
	b.t.Helper()
	b.do(chromedp.Reload())
	b.Settle()
}

// URL returns the address of the page.
func (b *Tab) URL() string {
	b.t.Helper()
	return Eval[string](b, "location.href")
}

// Page returns the page as it stands now, for checks by selector.
func (b *Tab) Page() Page {
	b.t.Helper()
	return HTML(b.t, Eval[string](b, "document.documentElement.outerHTML"))
}

// Seen returns the text that a person can see now: hidden parts are left out.
func (b *Tab) Seen() string {
	b.t.Helper()
	return Eval[string](b, "document.body.innerText")
}

// Click clicks in the middle of the first visible element that matches, as a person does: an element
// that is hidden, or covered by another, fails the test.
func (b *Tab) Click(selector string) {
	b.t.Helper()
	at := b.find(selector)
	b.clicks++
	b.do(chromedp.MouseClickXY(at.X, at.Y))
	b.stir()
	b.Settle()
}

type place struct {
	X, Y float64
	Bad  string
}

// find scrolls to the first visible element that matches and returns the middle of it.
func (b *Tab) find(selector string) place {
	b.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		b.t.Fatal(err)
	}
	at := Eval[place](b, `(() => {
		const all = [...document.querySelectorAll(`+string(quoted)+`)];
		if (!all.length) return {X: 0, Y: 0, Bad: "no element matches"};
		const el = all.find(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length);
		if (!el) return {X: 0, Y: 0, Bad: all.length + " match, none of them visible"};
		el.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
		const r = el.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2;
		const hit = document.elementFromPoint(x, y);
		const label = el.closest("label") || (el.labels && el.labels[0]);
		const ok = hit && (el.contains(hit) || hit.contains(el) || (label && label.contains(hit)));
		return {X: x, Y: y, Bad: ok ? "" : "covered by " + (hit ? hit.outerHTML.slice(0, 120) : "the edge of the page")};
	})()`)
	if at.Bad != "" {
		b.t.Fatalf("%s on %s: %s", selector, b.URL(), at.Bad)
	}
	return at
}

// Fill clicks into a field, replaces what stands in it by text, and leaves the focus there: one click
// and one key for each character.
func (b *Tab) Fill(selector, text string) {
	b.t.Helper()
	at := b.find(selector)
	b.clicks++
	b.do(chromedp.MouseClickXY(at.X, at.Y))
	// A person's third click, or the selection by keyboard, is left out of the counts: most fields are empty.
	Eval[bool](b, `document.activeElement.select ? (document.activeElement.select(), true) : true`)
	b.Type(text)
}

// SetField sets the value of a field that is chosen in the browser's own pop-up (a date, a select), for
// the price of two clicks.
func (b *Tab) SetField(selector, value string) {
	b.t.Helper()
	b.find(selector)
	b.clicks += 2
	where, _ := json.Marshal(selector)
	what, _ := json.Marshal(value)
	if got := Eval[string](b, fmt.Sprintf(`(() => { const e = document.querySelector(%s); e.value = %s;
		e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true}));
		return e.value; })()`, where, what)); got != value {
		b.t.Fatalf("%s took %q for %q", selector, got, value)
	}
	b.Settle()
}

// Type presses a key for each character, in whatever has the focus.
func (b *Tab) Type(text string) {
	b.t.Helper()
	b.keys += len([]rune(text))
	b.do(chromedp.KeyEvent(text))
	b.Settle()
}

// Press presses keys that are no characters, such as Enter, one after the other.
func (b *Tab) Press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.keys++
		b.do(chromedp.KeyEvent(key))
	}
	b.stir()
	b.Settle()
}

// Focused returns the element that has the focus, as HTML.
func (b *Tab) Focused() string {
	b.t.Helper()
	return Eval[string](b, "document.activeElement.outerHTML")
}

// Picture returns the whole page, also below the edge of the window, as a PNG.
func (b *Tab) Picture() []byte {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	return png
}

// View writes what the window shows, without what lies below its edge, as a PNG to path and makes the folder
// where needed.
func (b *Tab) View(path string) {
	b.t.Helper()
	Eval[bool](b, still)
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// Screenshot writes the whole page as a PNG to path and makes the folder where needed.
func (b *Tab) Screenshot(path string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Picture(), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Print gives the page as a PDF on A4, as it would be printed, without backgrounds.
func (b *Tab) Print() []byte {
	b.t.Helper()
	var pdf []byte
	b.call(func(ctx context.Context, tab *chromedp.Target) error {
		r, err := cdp.Call(ctx, tab, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
		pdf = r.Data
		return err
	})
	return pdf
}

// WantNoSidewaysScroll fails the test when the page is wider than its window, and names what sticks out.
func (b *Tab) WantNoSidewaysScroll() {
	b.t.Helper()
	if out := Eval[string](b, `(() => { const w = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= w) return "";
		return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > w + 1)
			.slice(0, 5).map(e => e.outerHTML.slice(0, 100)).join("\n"); })()`); out != "" {
		b.t.Errorf("%s scrolls sideways; wider than the window:\n%s", b.URL(), out)
	}
}

// Axe runs axe-core over the page and fails the test for each violation, with the elements concerned.
func (b *Tab) Axe() {
	b.t.Helper()
	script, err := os.ReadFile(filepath.Join(Root(b.t), "test", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		b.t.Fatalf("axe-core is missing (npm ci --prefix test, or make deps): %v", err)
	}
	if !Eval[bool](b, "!!window.axe") {
		Eval[chromedp.Void](b, string(script))
	}
	Eval[bool](b, still)
	found := Eval[[]violation](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		({Rule: v.id, Help: v.help, Where: v.nodes.map(n => n.target.join(" ") + "\n    " + n.html.slice(0, 160)
			+ "\n    " + (n.failureSummary || "").replace(/\s+/g, " "))})))`)
	for _, v := range found {
		b.t.Errorf("axe on %s: %s (%s)\n  %s", b.URL(), v.Rule, v.Help, strings.Join(v.Where, "\n  "))
	}
}

// still waits until no colour has passed over for four frames, two seconds at most: what a theme changes
// goes down from an element to those within it, a frame each.
const still = `new Promise(done => {
	let quiet = 0, frames = 0
	const look = () => {
		quiet = document.getAnimations().length ? 0 : quiet + 1
		quiet >= 4 || ++frames > 120 ? done(true) : requestAnimationFrame(look)
	}
	requestAnimationFrame(look)
})`

// A violation is one rule of axe-core that the page breaks.
type violation struct {
	Rule, Help string
	Where      []string
}
