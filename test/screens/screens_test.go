// Package screens walks the sample data in a real browser, on the real program: every page in both themes and
// widths, without a complaint of axe and without sideways scrolling. With TANDEM_TEST_SCREENS naming a folder it
// keeps the pictures of the documentation there.
package screens

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

// signIn follows the one-time link of a sample person; the button on its page signs in.
func signIn(t *testing.T, b *tandemtest.Tab, said, name string) {
	t.Helper()
	link := regexp.MustCompile(`(?s)` + name + `\s.*?(http://\S+/link/\S+)`).FindStringSubmatch(said)
	if link == nil {
		t.Fatalf("no link for %s in %q", name, said)
	}
	b.Open(link[1])
	b.Click("main form button")
	b.Settle()
}

func TestEveryPageOfTheSampleData(t *testing.T) {
	p := tandemtest.Start(t, nil, tandemtest.Binary(t), "demo", "--listen", "127.0.0.1:0")
	p.Await(`Press (Ctrl-C)`)
	base := regexp.MustCompile(`sample data at (http://\S+)`).FindStringSubmatch(p.Said())[1]
	folder := os.Getenv("TANDEM_TEST_SCREENS")
	b := tandemtest.Browser(t)
	look := func(name, path string) {
		b.Open(base + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280-light", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390-light", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(time.Second) // colours pass over in a moment
			b.WantNoSidewaysScroll()
			b.Axe()
			if folder != "" {
				b.Screenshot(filepath.Join(folder, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	// first gives the address of the first link that a selector finds on a page.
	first := func(path, selector string) string {
		b.Open(base + path)
		all := b.Page().All(selector)
		if len(all) == 0 {
			t.Fatalf("%s has no %s", path, selector)
		}
		return all[0].Attr("href")
	}
	signIn(t, b, p.Said(), "Noor")
	look("today-day-one", "/")
	look("new", "/goals/new")
	b.Open(base + "/settings")
	b.Click(`form[action="/sign-out"] button`)
	b.Settle()
	signIn(t, b, p.Said(), "Mira")
	look("today", "/")
	look("goals", "/goals")
	result := first("/", ".panel .rows a.b[href^='/goals/']")
	look("result", result)
	// titled gives the address of the goal whose title begins so.
	titled := func(text string) string {
		b.Open(base + "/goals")
		for _, a := range b.Page().All("a[href^='/goals/']") {
			if strings.Contains(a.Text(), text) {
				return a.Attr("href")
			}
		}
		t.Fatalf("no goal %s", text)
		return ""
	}
	quarter := titled("sales a week")
	b.Open(base + quarter)
	b.Click("label.sw:has(input.sx3)") // remembered from here on
	look("difference", quarter)
	look("difference-how", quarter+"/difference")
	look("difference-asked", titled("cargo bikes in"))
	look("learning", first(result, ".cols .rows a.b[href^='/goals/']"))
	look("log", result+"/log")
	look("number", first(result, "a[href^='/numbers/']"))
	look("closing", first("/goals?show=ended", "ul[data-rows] a.b")+"/close")
	look("chance-held", "/goals/reliability")
	look("settings", "/settings")
	look("tokens", "/settings/tokens")
	look("people", "/settings/people")
	look("import", "/import")
	look("templates", "/templates")
	look("calendar", "/settings/calendar")
}
