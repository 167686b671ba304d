package web

import (
	"slices"
	"testing"
)

func TestEveryRouteSaysWhatItDoesToWhat(t *testing.T) {
	s := &Server{Options: Options{Gallery: true}}
	open := []string{
		"GET /healthz", "GET /readyz", "GET /metrics", "GET /first-run", "POST /first-run", "GET /sign-in", "POST /sign-in", "GET /link/{secret}",
		"POST /link/{secret}", "GET /join/{secret}", "POST /join/{secret}", "POST /appearance", "GET /gallery",
		"GET /mail/{link}", "POST /mail/{link}", "GET /mail/stop/{link}", "POST /mail/stop/{link}", "GET /asked/{link}", "POST /asked/{link}",
		"GET /join/lifeline/{secret}", "POST /join/lifeline/{secret}", "GET /sw.js", "GET /offline/{lang}",
	}
	seen := map[string]bool{}
	for _, r := range s.routes() {
		if seen[r.pattern] {
			t.Errorf("%s stands twice", r.pattern)
		}
		seen[r.pattern] = true
		if r.handle == nil {
			t.Errorf("%s has no handler", r.pattern)
		}
		if isOpen := slices.Contains(open, r.pattern); r.open != isOpen {
			t.Errorf("%s is open to everybody: %v", r.pattern, r.open)
		}
		if !r.open && (r.action == "" || r.kind == "") {
			t.Errorf("%s has no action or no kind", r.pattern)
		}
	}
	for _, p := range open {
		if !seen[p] {
			t.Errorf("%s is gone", p)
		}
	}
}

func TestSecretsOfAPathStayOutOfTheLog(t *testing.T) {
	for path, want := range map[string]string{"/link/abc": "/link/…", "/join/abc": "/join/…", "/settings": "/settings", "/mail/abc": "/mail/…", "/mail/stop/abc": "/mail/stop/…", "/asked/abc": "/asked/…"} {
		if got := masked(path); got != want {
			t.Errorf("%s is logged as %s", path, got)
		}
	}
}
