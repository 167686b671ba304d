package tandemtest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// NotInstallable returns what the browser says stands in the way of installing the page as an application;
// that the tab is a private one, as a second device is, is none of it.
func (b *Tab) NotInstallable() (why []string) {
	b.t.Helper()
	b.call(func(ctx context.Context, tab *chromedp.Target) error {
		r, err := cdp.Call(ctx, tab, page.GetInstallabilityErrors, cdp.Empty{})
		for _, e := range r.InstallabilityErrors {
			if e.ErrorID != "in-incognito" {
				why = append(why, e.ErrorID)
			}
		}
		return err
	})
	return why
}
