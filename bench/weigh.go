package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// A weight is what a browser fetches to show a page, in bytes of bodies as they travel.
type weight struct {
	first int64 // with an empty cache
	next  int64 // again, with what the first load let it keep
	files []string
}

// weigh loads a page and what it names as a browser does that understands gzip.
func weigh(ctx context.Context, page string, header http.Header) (weight, error) {
	base, err := url.Parse(page)
	if err != nil {
		return weight{}, err
	}
	w := weight{}
	todo, seen := []string{page}, map[string]bool{page: true}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		f, err := fetch(ctx, at, header)
		if err != nil {
			return w, err
		}
		w.first += f.bytes
		if !f.kept {
			w.next += f.bytes
		}
		w.files = append(w.files, fmt.Sprintf("%s %d", strings.TrimPrefix(at, base.Scheme+"://"+base.Host), f.bytes))
		for _, name := range f.names {
			ref, err := url.Parse(name)
			if err != nil {
				return w, err
			}
			from, err := url.Parse(at)
			if err != nil {
				return w, err
			}
			full := from.ResolveReference(ref)
			full.Fragment = ""
			if full.Host != base.Host || seen[full.String()] {
				continue // data: and the like are in the page already
			}
			seen[full.String()] = true
			todo = append(todo, full.String())
		}
	}
	return w, nil
}

// A fetched is one file: its size on the wire, whether a browser keeps it without asking again, and the
// files that it names.
type fetched struct {
	bytes int64
	kept  bool
	names []string
}

func fetch(ctx context.Context, at string, header http.Header) (f fetched, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return f, err
	}
	req.Header = header.Clone()
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return f, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return f, fmt.Errorf("%s answers %s", at, resp.Status)
	}
	count := &counter{of: resp.Body}
	body := io.Reader(count)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(count); err != nil {
			return f, err
		}
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return f, fmt.Errorf("%s: %w", at, err)
	}
	f.bytes = count.n
	f.kept = strings.Contains(resp.Header.Get("Cache-Control"), "immutable")
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	switch kind {
	case "text/html":
		f.names, err = namedByHTML(string(text))
	case "text/css":
		f.names = namedByCSS(string(text))
	}
	return f, err
}

type counter struct {
	of io.Reader
	n  int64
}

// Read implements io.Reader.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.of.Read(b)
	c.n += int64(n)
	return n, err
}

// loaded are the elements by which a page makes a browser fetch a file, with the attribute that names it.
var loaded = map[string]string{"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}

// fetchedLinks are the relations of a link element that are fetched when the page opens.
var fetchedLinks = map[string]bool{"stylesheet": true, "icon": true, "manifest": true, "preload": true, "modulepreload": true}

// namedByHTML gives the files that a page needs, in its order, twice where it names them twice.
func namedByHTML(text string) (names []string, err error) {
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return names, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			name := attr[loaded[t.Data]]
			if t.Data == "link" && !anyFetched(attr["rel"]) {
				continue
			}
			if name != "" && !strings.HasPrefix(name, "#") {
				names = append(names, name)
			}
		}
	}
}

func anyFetched(rel string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		if fetchedLinks[word] {
			return true
		}
	}
	return false
}

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`)

// namedByCSS gives the files that a style sheet may fetch: more than a browser would, never fewer.
func namedByCSS(text string) (names []string) {
	for _, m := range cssURL.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}
