package tandemtest_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/tandemtest"
)

// site is a small site with a strict policy, a form, and pages with faults.
func site(t *testing.T) string {
	const head = `<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script></head><body><main><h1>A page</h1>`
	pages := map[string]string{
		"/": head + `<p id="lang">%s</p><p id="js">no scripts</p><form method="post" action="/slow">
<label for="n">Number</label><input id="n" name="n" value="old"><button>Save</button></form><a href="#top" hidden>gone</a></main></body></html>`,
		"/covered":   head + `<button id="b">Under</button><div class="cover"></div></main></body></html>`,
		"/wide":      head + `<div id="wide" class="wide">wide</div></main></body></html>`,
		"/faulty":    head + `<img src="/icon.svg"><input></main></body></html>`,
		"/inline":    head + `<script>document.title = "inline"</script></main></body></html>`,
		"/broken":    head + `<img src="/none.png" alt="none"></main></body></html>`,
		"/throws":    head + `<script src="/throws.js"></script></main></body></html>`,
		"/a.css":     `.cover{position:fixed;inset:0}.wide{width:900px}:root{color-scheme:light dark}@media (prefers-color-scheme:dark){body{background:#000;color:#fff}}`,
		"/a.js":      `document.querySelector("#js") && (document.querySelector("#js").textContent = "scripts ran")`,
		"/throws.js": `throw new Error("a planted fault")`,
		"/icon.svg":  `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	}
	types := map[string]string{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{path...}", func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `<!doctype html><link rel="icon" href="/icon.svg">not here`)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if kind := types[filepath.Ext(r.URL.Path)]; kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		if strings.Contains(page, "%s") {
			c, _ := r.Cookie("who")
			page = fmt.Sprintf(page, r.Header.Get("Accept-Language")+" "+fmt.Sprint(c != nil))
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "me"})
		fmt.Fprint(w, page)
	})
	mux.HandleFunc("POST /slow", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprintf(w, `<!doctype html><title>x</title><link rel="icon" href="/icon.svg"><p id="got">%s</p>`, r.FormValue("n"))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestABrowserClicksTypesAndCounts(t *testing.T) {
	url := site(t)
	b := tandemtest.Browser(t)
	if status := b.Open(url + "/"); status != 200 {
		t.Errorf("status %d", status)
	}
	b.Page().WantText("#js", "scripts ran")
	b.Page().WantText("#lang", "en false")
	b.Axe()
	b.WantNoSidewaysScroll()
	if b.Bytes() == 0 || b.Requests() < 4 {
		t.Errorf("%d bytes in %d requests", b.Bytes(), b.Requests())
	}
	b.Reset()
	b.Fill("#n", "12")
	b.Click("button")
	b.Page().WantText("#got", "12")
	if b.Status() != 422 || b.Clicks() != 2 || b.Keys() != 2 {
		t.Errorf("status %d, %d clicks, %d keys", b.Status(), b.Clicks(), b.Keys())
	}
	b.Open(url + "/")
	b.Reset()
	b.Press(tandemtest.Tabkey)
	if !strings.Contains(b.Focused(), `id="n"`) {
		t.Errorf("the focus is on %s", b.Focused())
	}
	b.Type("7")
	b.Press(tandemtest.Enter)
	b.Page().WantText("#got", "7")
	if b.Clicks() != 0 || b.Keys() != 3 {
		t.Errorf("%d clicks, %d keys", b.Clicks(), b.Keys())
	}
}

func TestABrowserWithoutScriptsOnAPhoneInTheDark(t *testing.T) {
	url := site(t)
	b := tandemtest.Browser(t, tandemtest.Phone(), tandemtest.Dark(), tandemtest.NoJavaScript(), tandemtest.Language("de"))
	b.Open(url + "/")
	b.Page().WantText("#js", "no scripts")
	b.Page().WantText("#lang", "de false")
	if got := tandemtest.Eval[string](b, "getComputedStyle(document.body).backgroundColor"); got != "rgb(0, 0, 0)" {
		t.Errorf("the page is %s", got)
	}
	if w := tandemtest.Eval[int](b, "innerWidth"); w != 390 {
		t.Errorf("the page is %d wide", w)
	}
	b.Fill("#n", "3")
	b.Click("button")
	b.Page().WantText("#got", "3")
	b.Theme(false)
	b.JavaScript(true)
	b.Size(1280, 800)
	b.Open(url + "/")
	b.Page().WantText("#js", "scripts ran")
	b.Page().WantText("#lang", "de true")
	other := b.Beside()
	other.Open(url + "/")
	other.Page().WantText("#lang", "en false")
	path := filepath.Join(t.TempDir(), "screens", "a.png")
	b.Screenshot(path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(data)); err != nil || picture.Bounds().Dx() != 1280 {
		t.Errorf("the picture: %v, %v", err, picture)
	}
	b.Offline(true)
	if got := tandemtest.Eval[string](b, `fetch("/").then(r => "came", () => "cut")`); got != "cut" {
		t.Errorf("offline the page %s", got)
	}
	b.Offline(false)
	if got := tandemtest.Eval[string](b, `fetch("/").then(r => "came", () => "cut")`); got != "came" {
		t.Errorf("joined again the page %s", got)
	}
}

func TestFaultsOfAPageAreSeen(t *testing.T) {
	url := site(t)
	first := tandemtest.Browser(t)
	for name, find := range map[string]struct {
		path string
		do   func(*tandemtest.Tab)
		want string
	}{
		"covered button":  {"/covered", func(b *tandemtest.Tab) { b.Click("#b") }, "covered by"},
		"hidden link":     {"/", func(b *tandemtest.Tab) { b.Click("a") }, "none of them visible"},
		"missing element": {"/", func(b *tandemtest.Tab) { b.Click("table") }, "no element matches"},
		"sideways":        {"/wide", func(b *tandemtest.Tab) { b.WantNoSidewaysScroll() }, `id="wide"`},
		"axe":             {"/faulty", func(b *tandemtest.Tab) { b.Axe() }, "image-alt"},
	} {
		b := first.Beside(tandemtest.Phone())
		said := &recorder{TB: t}
		b.Open(url + find.path)
		done := make(chan struct{})
		go func() {
			defer close(done)
			find.do(b.For(said))
		}()
		<-done
		if !strings.Contains(said.text, find.want) {
			t.Errorf("%s: said %q", name, said.text)
		}
	}
	for path, want := range map[string]string{"/inline": "Content Security Policy", "/broken": "404 for", "/throws": "a planted fault"} {
		b := first.Beside(tandemtest.Complaints())
		b.Open(url + path)
		if got := strings.Join(b.Complaints(), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: the console says %q", path, got)
		}
	}
	if status := first.Open(url + "/nowhere"); status != 404 {
		t.Errorf("status %d", status)
	}
}
