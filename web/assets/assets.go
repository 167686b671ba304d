// Package assets holds the static files of the pages: the stylesheet, the two scripts, the icon and
// the manifest. They are part of the binary and served under names that carry a hash of their
// content, so that a browser may keep them for ever and never keeps an old one.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed tandem.css tandem.js htmx.min.js queue.js offline.js favicon.svg icon-180.png icon-192.png icon-512.png icon-mask.png manifest.webmanifest manifest.de.webmanifest
var files embed.FS

//go:embed sw.js
var worker string

// Prefix is the path below which Handler serves.
const Prefix = "/assets/"

// A file is one asset, made ready when it is first asked for.
type file struct {
	name, kind, hash string
	plain, packed    []byte
}

// load holds one function for each file that reads, hashes and compresses it once.
var load = map[string]func() file{
	"tandem.css":              once("tandem.css", "text/css; charset=utf-8"),
	"tandem.js":               once("tandem.js", "text/javascript; charset=utf-8"),
	"htmx.min.js":             once("htmx.min.js", "text/javascript; charset=utf-8"),
	"queue.js":                once("queue.js", "text/javascript; charset=utf-8"),
	"offline.js":              once("offline.js", "text/javascript; charset=utf-8"),
	"favicon.svg":             once("favicon.svg", "image/svg+xml"),
	"icon-180.png":            once("icon-180.png", "image/png"),
	"icon-192.png":            once("icon-192.png", "image/png"),
	"icon-512.png":            once("icon-512.png", "image/png"),
	"icon-mask.png":           once("icon-mask.png", "image/png"),
	"manifest.webmanifest":    once("manifest.webmanifest", "application/manifest+json"),
	"manifest.de.webmanifest": once("manifest.de.webmanifest", "application/manifest+json"),
}

func once(name, kind string) func() file {
	return sync.OnceValue(func() file { return read(name, kind) })
}

// digest gives the hashes alone, so that building a page compresses nothing.
var digest = map[string]func() string{
	"tandem.css":              hashOnce("tandem.css"),
	"tandem.js":               hashOnce("tandem.js"),
	"htmx.min.js":             hashOnce("htmx.min.js"),
	"queue.js":                hashOnce("queue.js"),
	"offline.js":              hashOnce("offline.js"),
	"favicon.svg":             hashOnce("favicon.svg"),
	"icon-180.png":            hashOnce("icon-180.png"),
	"icon-192.png":            hashOnce("icon-192.png"),
	"icon-512.png":            hashOnce("icon-512.png"),
	"icon-mask.png":           hashOnce("icon-mask.png"),
	"manifest.webmanifest":    hashOnce("manifest.webmanifest"),
	"manifest.de.webmanifest": hashOnce("manifest.de.webmanifest"),
}

func hashOnce(name string) func() string {
	return sync.OnceValue(func() string { return hash(content(name)) })
}

// embedded gives a file as it was built in; it always exists.
func embedded(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("asset not embedded: " + name)
	}
	return b
}

// content gives a file as it is served. A manifest names its icons relative to itself, by their hashed names.
func content(name string) []byte {
	b := embedded(name)
	if path.Ext(name) == ".webmanifest" {
		for _, icon := range []string{"favicon.svg", "icon-192.png", "icon-512.png", "icon-mask.png"} {
			b = bytes.Replace(b, []byte(strconv.Quote(icon)), []byte(strconv.Quote(hashed(icon, hash(embedded(icon))))), 1)
		}
	}
	return b
}

// Worker gives the service worker that keeps some addresses, under a name that changes with them and with
// version.
func Worker(keep []string, version string) []byte {
	quoted := make([]string, 0, len(keep))
	for _, url := range keep {
		quoted = append(quoted, strconv.Quote(url))
	}
	list := strings.Join(quoted, ", ")
	return []byte(strings.NewReplacer("'QUEUE'", strconv.Quote(URL("queue.js")), "VERSION", hash([]byte(worker+list+version)), "/*FILES*/", list).Replace(worker))
}

// hashed puts a hash before the extension.
func hashed(name, sum string) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + sum + ext
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:5])
}

func read(name, kind string) file {
	f := file{name: name, kind: kind, plain: content(name), hash: digest[name]()}
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(f.plain)
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil && buf.Len() < len(f.plain) {
		f.packed = buf.Bytes()
	}
	return f
}

// URL gives the address of an asset with its content hash, /assets/tandem.1a2b3c4d5e.css. A name that
// is not embedded is a mistake in the program and panics.
func URL(name string) string {
	d, ok := digest[name]
	if !ok {
		panic("no such asset: " + name)
	}
	return Prefix + hashed(name, d())
}

// Handler serves the assets: GET and HEAD under Prefix, immutable for a year, with ETag, compressed
// where the client takes gzip. A name with another hash is not found: the page that named it is old
// and brings its own names when it is loaded again.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		name, sum := split(strings.TrimPrefix(r.URL.Path, Prefix))
		f, ok := load[name]
		if !ok || digest[name]() != sum {
			http.NotFound(w, r)
			return
		}
		serve(w, r, f())
	})
}

// split takes the hash out of a served name: the part before the extension.
func split(served string) (name, sum string) {
	ext := path.Ext(served)
	base := strings.TrimSuffix(served, ext)
	i := strings.LastIndexByte(base, '.')
	if i < 0 {
		return served, ""
	}
	return base[:i] + ext, base[i+1:]
}

func serve(w http.ResponseWriter, r *http.Request, f file) {
	h := w.Header()
	body, tag := f.plain, `"`+f.hash+`"`
	if f.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			body, tag = f.packed, `"`+f.hash+`-z"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", tag)
	if matches(r.Header.Get("If-None-Match"), f.hash) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// an error here means that the reader went away
	_, _ = w.Write(body)
}

// takesGzip reads Accept-Encoding: gzip or a star, not weighed 0.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "gzip" && coding != "*" {
			continue
		}
		q := strings.TrimPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if v, err := strconv.ParseFloat(q, 64); err == nil && v == 0 {
			return false
		}
		return true
	}
	return false
}

// matches says whether If-None-Match names this content in either coding.
func matches(header, sum string) bool {
	for part := range strings.SplitSeq(header, ",") {
		tag := strings.Trim(strings.TrimPrefix(strings.TrimSpace(part), "W/"), `"`)
		if tag == "*" || tag == sum || tag == sum+"-z" {
			return true
		}
	}
	return false
}
