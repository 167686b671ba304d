package tandemtest

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browserOff is the variable by which a run may leave the browser out.
const browserOff = "TANDEM_TEST_BROWSER"

// patience is how long any one step in the browser may take on a busy machine.
const patience = 30 * time.Second

// A Tab is one page of a real browser with its own cookies: one person at one device. Clicks, keys and
// bytes are counted, so that a test can hold a task to its goal. A failing step ends the test.
type Tab struct {
	t   testing.TB
	ctx context.Context

	*counted
	*heard
}

// counted is what a person did in a tab.
type counted struct{ clicks, keys int }

// heard is what the browser's events told of a tab.
type heard struct {
	mu        sync.Mutex
	open      map[network.RequestID]network.ResourceType
	lastSeen  time.Time // when a step was done, or a request last began or ended
	leaving   bool      // another document was asked for and its request has not begun
	bytes     float64
	requests  int
	status    int64
	complains []string
}

// For returns the same tab with t as the test that its steps fail: a subtest of the one that began it.
func (b *Tab) For(t testing.TB) *Tab {
	other := *b
	other.t = t
	return &other
}

// A BrowserOption changes how Browser begins.
type BrowserOption func(*browserWish)

type browserWish struct {
	width, height int64
	dark, noJS    bool
	complaints    bool
	lang          string
}

// Phone begins with a page 390 by 844 pixels and touch.
func Phone() BrowserOption { return func(w *browserWish) { w.width, w.height = 390, 844 } }

// Dark begins with the dark theme asked for by the system.
func Dark() BrowserOption { return func(w *browserWish) { w.dark = true } }

// NoJavaScript begins with the scripts of pages switched off; the test's own still run.
func NoJavaScript() BrowserOption { return func(w *browserWish) { w.noJS = true } }

// Language begins with a browser that asks for pages in lang, such as "de". The default is "en".
func Language(lang string) BrowserOption { return func(w *browserWish) { w.lang = lang } }

// Complaints permits errors in the browser's console; else any error there fails the test at its end.
func Complaints() BrowserOption { return func(w *browserWish) { w.complaints = true } }

// Browser starts Chromium with a fresh profile, 1280 by 800 pixels, light, and ends it with the test.
// Where Chromium is missing the test fails with the name of the package; with TANDEM_TEST_BROWSER=off
// it is skipped and says so.
func Browser(t testing.TB, opts ...BrowserOption) *Tab {
	t.Helper()
	if leftOut(t, browserOff, "the browser") {
		t.SkipNow()
	}
	program := chromium()
	if program == "" {
		t.Fatal("Chromium is missing: install the Debian package chromium, or leave the browser out by " + browserOff + "=off")
	}
	// Chromium leaves folders in its temporary one; this one goes after it has ended.
	scratch, err := os.MkdirTemp("", "tcr")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(scratch) })
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.DisableGPU,
		chromedp.Env("TMPDIR="+scratch),
		chromedp.WSURLReadTimeout(patience), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"))
	if os.Getuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	base, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(base)
	t.Cleanup(cancel)
	return begin(t, ctx, opts)
}

// Beside opens a tab with cookies of its own in the same browser: a second person, or a second device.
func (b *Tab) Beside(opts ...BrowserOption) *Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	b.t.Cleanup(cancel)
	return begin(b.t, ctx, opts)
}

// begin opens the tab of ctx and listens to it.
func begin(t testing.TB, ctx context.Context, opts []BrowserOption) *Tab {
	t.Helper()
	wish := browserWish{width: 1280, height: 800, lang: "en"}
	for _, opt := range opts {
		opt(&wish)
	}
	b := &Tab{t: t, ctx: ctx, counted: &counted{}, heard: &heard{open: map[network.RequestID]network.ResourceType{}}}
	// The first call starts the browser and must have no deadline: the browser would end with it.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, tab, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": wish.lang}})
		return err
	}))
	b.Size(wish.width, wish.height)
	b.Theme(wish.dark)
	b.JavaScript(!wish.noJS)
	t.Cleanup(func() {
		if said := b.Complaints(); len(said) > 0 && !wish.complaints {
			t.Errorf("the browser's console complains: %q", said)
		}
	})
	return b
}

// chromium returns the path of the browser, "" where there is none.
func chromium() string {
	for _, name := range []string{"chromium", "/usr/bin/chromium", "chromium-browser", "google-chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// do runs steps and ends the test at the first error.
func (b *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// Size sets the page's width and height in pixels; up to 500 wide it is a phone with touch. (A window
// that narrow would still show a page of 500.)
func (b *Tab) Size(width, height int64) {
	b.t.Helper()
	if width <= 500 {
		b.do(chromedp.EmulateViewport(width, height, chromedp.EmulatePortrait, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	b.do(chromedp.EmulateViewport(width, height))
}

// Theme asks pages for the dark or the light theme, and for no motion, so that pictures stand still.
func (b *Tab) Theme(dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.call(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}

// JavaScript switches the scripts of pages on or off, from the next page on.
func (b *Tab) JavaScript(on bool) {
	b.t.Helper()
	b.call(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// Offline cuts the page from the network or joins it again.
func (b *Tab) Offline(cut bool) {
	b.t.Helper()
	b.call(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut,
			DownloadThroughput: -1, UploadThroughput: -1})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}}})
		return err
	})
}

func (b *Tab) call(f func(context.Context, *chromedp.Target) error) {
	b.t.Helper()
	b.do(chromedp.Func(f))
}
