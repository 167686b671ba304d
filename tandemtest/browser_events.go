package tandemtest

import (
	"fmt"
	"slices"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// hear takes one event of the browser.
func (b *Tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if string(e.LoaderID) == string(e.RequestID) {
			clear(b.open) // a new document: what the old one waited for ends without a word
			b.leaving = false
		}
		b.open[e.RequestID] = e.Type
		b.requests++
		b.lastSeen = time.Now()
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			b.status = e.Response.Status
		}
		if e.Response.Status >= 400 && broken(e.Type) {
			b.complains = append(b.complains, fmt.Sprintf("%d for %s", e.Response.Status, e.Response.URL))
		}
	case *network.EventLoadingFinished:
		b.bytes += e.EncodedDataLength
		delete(b.open, e.RequestID)
		b.lastSeen = time.Now()
	case *network.EventLoadingFailed:
		delete(b.open, e.RequestID)
		b.lastSeen = time.Now()
	case *page.EventFrameRequestedNavigation:
		b.leaving, b.lastSeen = true, time.Now()
	case *page.EventNavigatedWithinDocument, *page.EventFrameStoppedLoading:
		b.leaving = false
	case *log.EventEntryAdded:
		// What a response's status says is judged above: a page that answers 422 is no fault.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			b.complains = append(b.complains, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		b.complains = append(b.complains, text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			b.complains = append(b.complains, fmt.Sprintf("console.error: %s", words(e.Args)))
		}
	}
}

// broken tells whether an error for such a request is a fault of the page: pages and the answers to
// scripts may well be refusals, but what a page is built from must be there.
func broken(kind network.ResourceType) bool {
	return !slices.Contains([]network.ResourceType{network.ResourceTypeDocument, network.ResourceTypeFetch,
		network.ResourceTypeXHR, network.ResourceTypePing}, kind)
}

// words joins what a page wrote to its console.
func words(args []*runtime.RemoteObject) string {
	text := ""
	for _, a := range args {
		text += " " + string(a.Value) + a.Description
	}
	return text
}

// silence is how long the browser may say nothing before an open request counts as one whose end it did
// not tell, which happens to what comes out of its cache.
const silence = 5 * time.Second

// stir notes that a step was done just now, which may move the page in a moment.
func (b *Tab) stir() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lastSeen = time.Now()
}

// quiet tells whether the page is not being left, no request is under way and nothing has happened for a moment.
// Streams of events stay open by design and do not count.
func (b *Tab) quiet() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.leaving && time.Since(b.lastSeen) < silence {
		return false
	}
	for _, kind := range b.open {
		if kind != network.ResourceTypeEventSource && kind != network.ResourceTypeWebSocket && time.Since(b.lastSeen) < silence {
			return false
		}
	}
	return time.Since(b.lastSeen) > 60*time.Millisecond
}

// Settle waits until the page has loaded, answered and stands still: no request under way, the
// document complete. Every step that may move the page ends with it.
func (b *Tab) Settle() {
	b.t.Helper()
	end := time.Now().Add(patience)
	for time.Now().Before(end) {
		time.Sleep(25 * time.Millisecond)
		if b.quiet() && b.complete() && b.quiet() {
			return
		}
	}
	b.t.Fatalf("the page %s does not come to rest", b.URL())
}

// Complaints returns the errors in the browser's console since the tab began, a blocked script or
// style and a missing part of a page among them.
func (b *Tab) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complains)
}

// Clicks returns the clicks since the tab began or Reset.
func (b *Tab) Clicks() int { return b.clicks }

// Keys returns the keys pressed since the tab began or Reset, typed characters among them.
func (b *Tab) Keys() int { return b.keys }

// Bytes returns what came over the network since the tab began or Reset, compressed and with headers.
func (b *Tab) Bytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return int(b.bytes)
}

// Requests returns how many requests were made since the tab began or Reset.
func (b *Tab) Requests() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.requests
}

// Reset sets the counters of clicks, keys, bytes and requests to zero.
func (b *Tab) Reset() {
	b.clicks, b.keys = 0, 0
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes, b.requests = 0, 0
}
