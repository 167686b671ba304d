package main

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"tandem/tandemtest"
)

// perShape is how many pages of one shape are read for each person: all results, not all of a hundred values.
const perShape = 12

// TestNoPageSaysACauseOrAWordOfStatisticsAlone follows every link of the sample people, in both languages, and
// reads what each page says.
func TestNoPageSaysACauseOrAWordOfStatisticsAlone(t *testing.T) {
	p := tandemtest.Start(t, nil, tandemtest.Binary(t), "demo", "--listen", "127.0.0.1:0", "--log-level", "warn")
	p.Await(`Press (Ctrl-C)`)
	base := regexp.MustCompile(`sample data at (http://\S+)`).FindStringSubmatch(p.Said())[1]
	ids := regexp.MustCompile(`[^/?=]*\d{2}[^/?]*|=[^&]*`)
	said := map[string]bool{}
	for _, name := range []string{"Mira", "Tomas", "Ana", "Noor"} {
		v := visit(t, base, p.Said(), name)
		shapes, seen := map[string]int{}, map[string]bool{}
		next := []string{"/", "/goals/new", "/goals?show=ended", "/goals/reliability", "/settings"}
		for len(next) > 0 {
			path, _, _ := strings.Cut(next[0], "#")
			next = next[1:]
			shape := ids.ReplaceAllString(path, "*")
			if seen[path] || shapes[shape] >= perShape || strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/sign-") {
				continue
			}
			seen[path] = true
			text, ok := v.read(path)
			if !ok {
				continue
			}
			shapes[shape]++
			page := tandemtest.HTML(t, text)
			for _, fault := range page.Wording() {
				if !said[fault] {
					t.Errorf("%s, %s: %s", name, path, fault)
				}
				said[fault] = true
			}
			for _, a := range page.All("a[href^='/']") {
				next = append(next, a.Attr("href"))
			}
		}
		t.Logf("%s: %d pages of %d shapes", name, len(seen), len(shapes))
		if name == "Mira" && (len(shapes) < 25 || len(seen) < 60) {
			t.Errorf("only %d pages of %d shapes were read: %v", len(seen), len(shapes), shapes)
		}
	}
}

// read gives a page; ok is false for what is a file or not there for this person.
func (v *visitor) read(path string) (text string, ok bool) {
	v.t.Helper()
	a, err := v.client.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return "", false
	}
	var b strings.Builder
	_, err = io.Copy(&b, a.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return b.String(), true
}
