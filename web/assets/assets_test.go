package assets

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func get(t *testing.T, method, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryEmbeddedFileIsServedUnderItsHash(t *testing.T) {
	named := regexp.MustCompile(`^/assets/[a-z0-9.-]+\.[0-9a-f]{10}\.[a-z]+$`)
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		url := URL(name)
		if !named.MatchString(url) {
			t.Errorf("%s: address %s", name, url)
		}
		plain := get(t, "GET", url)
		if plain.StatusCode != 200 || plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: status %d, encoding %q", name, plain.StatusCode, plain.Header.Get("Content-Encoding"))
		}
		if got := plain.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: cache %q", name, got)
		}
		if ct := plain.Header.Get("Content-Type"); ct == "" || strings.HasPrefix(ct, "text/plain") {
			t.Errorf("%s: type %q", name, ct)
		}
		packed := get(t, "GET", url, "Accept-Encoding", "br, gzip;q=0.8")
		if packed.Header.Get("Content-Encoding") != "gzip" {
			return nil // too small to gain
		}
		z, err := gzip.NewReader(bytes.NewReader(body(t, packed)))
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(unpacked, body(t, plain)) {
			t.Errorf("%s: unpacked differs from plain (%v)", name, err)
		}
		if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
			t.Errorf("%s: both codings have one ETag", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestHeadHasTheHeadersAndNoBody(t *testing.T) {
	url := URL("tandem.css")
	r := get(t, "HEAD", url)
	if r.StatusCode != 200 || r.Header.Get("Content-Length") == "0" || len(body(t, r)) != 0 {
		t.Errorf("status %d, length %s", r.StatusCode, r.Header.Get("Content-Length"))
	}
}

func TestAKnownTagIsNotSentAgain(t *testing.T) {
	url := URL("tandem.css")
	tag := get(t, "GET", url, "Accept-Encoding", "gzip").Header.Get("ETag")
	for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		if r := get(t, "GET", url, "If-None-Match", sent); r.StatusCode != 304 || len(body(t, r)) != 0 {
			t.Errorf("If-None-Match %s: status %d", sent, r.StatusCode)
		}
	}
	if r := get(t, "GET", url, "If-None-Match", `"0000000000"`); r.StatusCode != 200 {
		t.Errorf("unknown tag: status %d", r.StatusCode)
	}
}

func TestWhatIsNotAnAssetIsNotFound(t *testing.T) {
	for _, url := range []string{"/assets/", "/assets/tandem.css", "/assets/tandem.0000000000.css", "/assets/assets.go", "/assets/../assets.go"} {
		if r := get(t, "GET", url); r.StatusCode != 404 {
			t.Errorf("%s: status %d", url, r.StatusCode)
		}
	}
	if r := get(t, "POST", URL("tandem.css")); r.StatusCode != 405 {
		t.Errorf("POST: status %d", r.StatusCode)
	}
}

func TestGzipIsReadFromTheHeader(t *testing.T) {
	for header, want := range map[string]bool{
		"gzip": true, "GZIP": true, "br, gzip": true, "*": true, "gzip;q=0.5": true,
		"": false, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "xgzip": false,
	} {
		if takesGzip(header) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}

// What browsers ask of an application that can be installed: a name, a start, a display, icons of 192 and 512
// pixels and one that may be cut to any form.
func TestTheManifestsAreOfAnApplicationThatCanBeInstalled(t *testing.T) {
	for name, lang := range map[string]string{"manifest.webmanifest": "en", "manifest.de.webmanifest": "de"} {
		var m struct {
			ID, Lang, Name, Scope, Display string
			StartURL                       string `json:"start_url"`
			ShortName                      string `json:"short_name"`
			Icons                          []struct{ Src, Sizes, Type, Purpose string }
		}
		if err := json.Unmarshal(body(t, get(t, "GET", URL(name))), &m); err != nil {
			t.Fatal(err)
		}
		if m.ID != "/" || m.Lang != lang || m.Name != "Tandem" || m.ShortName != "Tandem" || m.StartURL != "/" || m.Scope != "/" || m.Display != "standalone" {
			t.Errorf("%s: %+v", name, m)
		}
		found := map[string]bool{}
		for _, i := range m.Icons {
			r := get(t, "GET", Prefix+i.Src)
			if r.StatusCode != 200 || r.Header.Get("Content-Type") != i.Type {
				t.Errorf("%s: %s: status %d, type %s", name, i.Src, r.StatusCode, r.Header.Get("Content-Type"))
				continue
			}
			found[i.Sizes+" "+i.Purpose] = true
			if i.Type != "image/png" {
				continue
			}
			c, err := png.DecodeConfig(r.Body)
			if size := strconv.Itoa(c.Width) + "x" + strconv.Itoa(c.Height); err != nil || size != i.Sizes {
				t.Errorf("%s: %s is %s instead of %s: %v", name, i.Src, size, i.Sizes, err)
			}
		}
		for _, want := range []string{"192x192 any", "512x512 any", "512x512 maskable"} {
			if !found[want] {
				t.Errorf("%s: no icon %s", name, want)
			}
		}
	}
}

// The icon that may be cut has its mark within the circle of four fifths of its size, and no hole in its ground.
func TestTheIconThatIsCutKeepsItsMark(t *testing.T) {
	p, err := png.Decode(bytes.NewReader(embedded("icon-mask.png")))
	if err != nil {
		t.Fatal(err)
	}
	ground, inside := p.At(0, 0), 0
	for y := range 512 {
		for x := range 512 {
			if _, _, _, a := p.At(x, y).RGBA(); a != 0xffff {
				t.Fatalf("%d, %d is transparent", x, y)
			}
			if p.At(x, y) == ground {
				continue
			}
			inside++
			if dx, dy := x-256, y-256; dx*dx+dy*dy > 205*205 {
				t.Fatalf("the mark reaches %d, %d", x, y)
			}
		}
	}
	if inside < 5000 {
		t.Errorf("the mark has %d pixels", inside)
	}
}

// The scripts of entries without a connection come beside the files above: after the page is there, and the
// worker's part never with a page.
func TestTheScriptsOfEntriesStaySmall(t *testing.T) {
	sum := 0
	for name, text := range map[string][]byte{
		"queue.js": embedded("queue.js"), "offline.js": embedded("offline.js"), "sw.js": Worker([]string{URL("tandem.css"), URL("queue.js"), URL("offline.js"), "/offline/en"}, "x"),
	} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(text)
		if err = errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		sum += b.Len()
		t.Logf("%s: %d bytes compressed", name, b.Len())
	}
	if sum > 7000 {
		t.Errorf("the scripts of entries are %d bytes compressed", sum)
	}
}

// The first load of a page has at most 50 kB for everything; the files may take 28 of them.
func TestStaticFilesStaySmall(t *testing.T) {
	sum := 0
	for _, name := range []string{"tandem.css", "tandem.js", "htmx.min.js"} {
		sum += len(body(t, get(t, "GET", URL(name), "Accept-Encoding", "gzip")))
	}
	if sum > 28_000 {
		t.Errorf("stylesheet and scripts are %d bytes compressed", sum)
	}
	t.Logf("%d bytes compressed", sum)
}

func TestTheStylesheetAndScriptKeepToThePolicy(t *testing.T) {
	css := string(embedded("tandem.css"))
	for _, bad := range []string{"@import", "http:", "https:", "url("} {
		if strings.Contains(css, bad) {
			t.Errorf("tandem.css contains %q", bad)
		}
	}
	js := string(embedded("tandem.js")) + string(embedded("queue.js")) + string(embedded("offline.js")) + worker
	for _, bad := range []string{"innerHTML", "eval(", "new Function", ".style."} {
		if strings.Contains(js, bad) {
			t.Errorf("a script contains %q", bad)
		}
	}
}

func TestNoTextIsSmallerThan11Pixels(t *testing.T) {
	css := string(embedded("tandem.css"))
	size := regexp.MustCompile(`(?:font-size:|font:[0-9]+ )([0-9.]+)(px|rem)`)
	found := size.FindAllStringSubmatch(css, -1)
	if len(found) < 40 {
		t.Fatalf("only %d sizes found", len(found))
	}
	for _, m := range found {
		px, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if m[2] == "rem" {
			px *= 16
		}
		if px < 11 {
			t.Errorf("%s is %v px", m[0], px)
		}
	}
}
