package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestLookAtExamplesAndCalendar walks the examples, the year of a workspace and a limit that is typed in a real browser,
// in both widths and themes, and with TANDEM_TEST_SCREENS naming a folder keeps pictures.
func TestLookAtExamplesAndCalendar(t *testing.T) {
	s := newSite(t)
	s.setUp()
	b := tandemtest.Browser(t, tandemtest.Complaints())
	home := s.live(t, b)
	shots := os.Getenv("TANDEM_TEST_SCREENS")
	look := func(name, path string) {
		t.Helper()
		b.Open(home + path)
		for _, w := range []struct {
			tag           string
			width, height int64
			dark          bool
		}{{"1280", 1280, 900, false}, {"1280-dark", 1280, 900, true}, {"390", 390, 844, false}, {"390-dark", 390, 844, true}} {
			b.Size(w.width, w.height)
			b.Theme(w.dark)
			time.Sleep(400 * time.Millisecond) // colours pass over in a moment
			b.WantNoSidewaysScroll()
			b.Axe()
			if shots != "" {
				b.Screenshot(filepath.Join(shots, name+"-"+w.tag+".png"))
			}
		}
		b.Size(1280, 900)
		b.Theme(false)
	}
	look("templates", "/templates")
	look("templates-found", "/templates?text=sales")
	look("templates-none", "/templates?text=qqqq")
	look("calendar", "/settings/calendar")
	look("limit", "/goals/new?line=At+most+2+evenings+a+week+with+sweets")
	look("hint", "/goals/new?line=Make+20+sales+this+month")
	if c := b.Complaints(); len(c) > 0 {
		t.Error(c)
	}
}

// TestExamplesAndCalendarByKeyboardAndWithoutJavaScript finds an example and begins with it by keys alone, and names a
// day of the workspace in a browser that runs no script.
func TestExamplesAndCalendarByKeyboardAndWithoutJavaScript(t *testing.T) {
	s := newSite(t)
	s.setUp()
	b := tandemtest.Browser(t)
	home := s.live(t, b)
	// to presses Tab until the focused element is the wanted one.
	to := func(what string) {
		t.Helper()
		for range 80 {
			if tandemtest.Eval[bool](b, "document.activeElement.matches("+`"`+what+`"`+")") {
				return
			}
			b.Press(tandemtest.Tabkey)
		}
		t.Fatalf("80 tabs do not lead to %s, but to %s", what, b.Focused())
	}
	b.Open(home + "/templates")
	to("#f-text")
	b.Type("sales")
	b.Press(tandemtest.Enter)
	b.Settle()
	if !strings.Contains(b.URL(), "text=sales") {
		t.Fatalf("Enter searches nothing: %s", b.URL())
	}
	to("summary")
	b.Press(tandemtest.Enter)
	if !tandemtest.Eval[bool](b, "document.querySelector('section details').open") {
		t.Error("Enter does not open what an example is made of")
	}
	to("section a[href*='template=']")
	b.Press(tandemtest.Enter)
	b.Settle()
	if b.Page().One("#f-result-title").Attr("value") == "" {
		t.Error("the example fills nothing")
	}
	b.JavaScript(false)
	b.Open(home + "/settings/calendar")
	b.Fill("#f-dates-0-name", "Launch")
	b.SetField("#f-dates-0-to", "2027-03-15")
	b.Click("main form.formgrid button.pri")
	b.Settle()
	if got := b.Page().One("#f-dates-0-name").Attr("value"); got != "Launch" {
		t.Errorf("without JavaScript the day is called %q", got)
	}
	b.Open(home + "/templates?text=sales")
	b.Click("section .taps a.btn")
	b.Settle()
	if b.Page().One("#f-result-title").Attr("value") == "" {
		t.Error("without JavaScript the example fills nothing")
	}
}
