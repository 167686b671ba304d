package assets

import (
	"bytes"
	"compress/gzip"
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
	named := regexp.MustCompile(`^/assets/[a-z.]+\.[0-9a-f]{10}\.[a-z]+$`)
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

func TestTheManifestNamesTheHashedIcon(t *testing.T) {
	r := get(t, "GET", URL("manifest.webmanifest"))
	icon := strings.TrimPrefix(URL("favicon.svg"), Prefix)
	if b := body(t, r); !bytes.Contains(b, []byte(`"`+icon+`"`)) {
		t.Errorf("manifest does not name %s", icon)
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
	js := string(embedded("tandem.js"))
	for _, bad := range []string{"innerHTML", "eval(", "new Function", ".style."} {
		if strings.Contains(js, bad) {
			t.Errorf("tandem.js contains %q", bad)
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
