package lives

import (
	"os"
	"testing"
	"time"

	"tandem/tandemtest"
)

func (l *life) dump(name string) {
	l.t.Helper()
	l.looks()
	l.t.Logf("== %s (%s, %s)\n%s", name, l.today(), l.tab.URL(), l.tab.Seen())
	if d := os.Getenv("LIVES_DUMP"); d != "" {
		l.tab.Screenshot(d + "/" + name + ".png")
	}
}

// writes types the line on the page for something new and waits until it is read.
func (l *life) writes(line string) {
	l.t.Helper()
	l.sees("/goals/new")
	l.tab.Fill("#f-line", line)
	for begun := time.Now(); !l.tab.Page().Has("#draft [name=was]"); time.Sleep(30 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			l.t.Fatalf("%q is not read: %s", line, l.tab.Page().One("#draft").Source()[:500])
		}
	}
	l.tab.Settle()
}

func TestExploreLines(t *testing.T) {
	for _, x := range []struct{ first, line string }{
		{"2027-01-04", "lose 10 pounds"}, {"2027-01-04", "at most 2 coffees a day"},
	} {
		b := tandemtest.Browser(t)
		h := openHouse(t, x.first)
		l := h.signUp(t, b, "Mira")
		l.onAt(1, 9)
		l.writes(x.line)
		l.dump(x.line[:4] + "-draft")
		if x.line[0] != 'l' {
			b.Click("button[name=kind][value=pair]")
			l.dump(x.line[:4] + "-made")
		}
	}
}
