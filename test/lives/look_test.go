package lives

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"tandem/tandemtest"
)

// page reads a page as its owner sees it, and holds what holds of every page: it is there, no word blames or
// says a cause, nothing is red, and on one day at most one new thing is offered.
func (l *life) page(path string) tandemtest.Page {
	l.t.Helper()
	l.aMinute()
	r, err := l.http.Get(l.house.url + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		l.t.Fatalf("on %s: %s answers %d %s", l.today(), path, r.StatusCode, r.Header.Get("Location"))
	}
	p := tandemtest.HTML(l.t, string(b))
	l.holds(path, p)
	return p
}

// holds is what holds of every page of every life.
func (l *life) holds(path string, p tandemtest.Page) {
	l.t.Helper()
	for _, f := range p.Wording() {
		l.t.Errorf("on %s: %s: %s", l.today(), path, f)
	}
	if red := p.All("main .rk, main .dn, main .err, main .errs"); len(red) > 0 {
		l.t.Errorf("on %s: %s has %d red parts: %s", l.today(), path, len(red), red[0].Text())
	}
	main := p.One("main")
	if strings.Contains(main.Text(), "{") {
		l.t.Errorf("on %s: %s shows an empty place: %s", l.today(), path, main.Text())
	}
	for _, f := range main.All("form[action^='/concepts/'][action$='/try']") {
		key := strings.Split(f.Attr("action"), "/")[2]
		if had, ok := l.new[l.today()]; ok && had != key {
			l.t.Errorf("on %s %s offers %s, and there was %s already", l.today(), path, key, had)
		}
		l.new[l.today()] = key
	}
	if path == "/" {
		for _, m := range percent.FindAllStringSubmatch(main.Text(), -1) {
			if n := atoi(m[1]); n < 33 {
				l.t.Errorf("on %s Today shows a chance of %d %%", l.today(), n)
			}
		}
		for _, m := range inTen.FindAllStringSubmatch(main.Text(), -1) {
			if atoi(m[1])*10/atoi(m[2]) < 3 { // 33 % are about 3 in 10
				l.t.Errorf("on %s Today says %q", l.today(), m[0])
			}
		}
	}
}

// sees opens a page in the browser and gives it, with what holds of every page, and no red to be seen.
func (l *life) sees(path string) tandemtest.Page {
	l.t.Helper()
	l.aMinute()
	if status := l.tab.Open(l.house.url + path); status != http.StatusOK {
		l.t.Fatalf("on %s: %s answers %d", l.today(), path, status)
	}
	return l.looks()
}

// looks gives the page on which the browser is.
func (l *life) looks() tandemtest.Page {
	l.t.Helper()
	p := l.tab.Page()
	l.holds(strings.TrimPrefix(l.tab.URL(), l.house.url), p)
	if red := tandemtest.Eval[string](l.tab, redSeen); red != "" {
		l.t.Errorf("on %s %s shows something red: %s", l.today(), l.tab.URL(), red)
	}
	return p
}

// redSeen finds the first visible thing in main that is painted in the tokens for faults.
const redSeen = `(() => {
	const probe = document.createElement("i"); document.body.append(probe);
	const red = new Set(["--risk", "--risk-ink", "--risk-soft"].map(n => { probe.style.color = "var(" + n + ")"; return getComputedStyle(probe).color; }));
	probe.remove();
	for (const e of document.querySelectorAll("main *")) {
		if (!e.checkVisibility({visibilityProperty: true})) continue;
		const s = getComputedStyle(e);
		for (const c of [s.color, s.backgroundColor, s.fill, s.stroke, s.borderTopWidth !== "0px" ? s.borderTopColor : ""]) if (red.has(c)) return e.outerHTML.slice(0, 200);
	}
	return "";
})()`

// says ends the test unless the text says each word.
func (l *life) says(p tandemtest.Page, words ...string) {
	l.t.Helper()
	text := p.Text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			l.t.Errorf("on %s the page does not say %q: %s", l.today(), w, text)
		}
	}
}

// silent fails the test where one of the words can be seen on a page.
func (l *life) silent(p tandemtest.Page, words ...string) {
	l.t.Helper()
	text := p.One("main").Text()
	for _, hidden := range p.All("main details > *:not(summary), main [hidden], main .sr, main [data-offline]") {
		text = strings.Replace(text, hidden.Text(), "", 1)
	}
	for _, w := range words {
		if strings.Contains(text, w) {
			l.t.Errorf("on %s the page says %q: %s", l.today(), w, text)
		}
	}
}

// keep looks at the page on which the browser is at both widths and in both themes, and keeps one picture of it, if
// pictures are asked for: on a phone in the dark, or wide and light.
func (l *life) keep(name string, phone bool) {
	l.t.Helper()
	for _, wide := range []bool{phone, !phone} { // the one that is kept comes last
		if wide {
			l.tab.Size(1280, 800)
		} else {
			l.tab.Size(390, 844)
		}
		l.tab.Theme(!wide)
		l.tab.WantNoSidewaysScroll()
		l.tab.Axe()
	}
	if folder := os.Getenv("TANDEM_TEST_SCREENS"); folder != "" {
		tandemtest.Eval[bool](l.tab, `(document.querySelector(".toast")?.remove(), scrollTo(0, 0), true)`)
		l.tab.View(filepath.Join(folder, name+".png"))
	}
	l.tab.Size(1280, 800)
	l.tab.Theme(false)
}
