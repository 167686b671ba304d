package web

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
)

// getHealth tells that the process answers.
func getHealth(_ *Server, c *call) error { return c.plain(http.StatusOK, "ok\n") }

// getReady tells that the database answers too.
func getReady(s *Server, c *call) error {
	if _, err := s.App.NeedsSetup(c.ctx()); err != nil {
		s.Log.Error("not ready", "err", err)
		return c.plain(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	return c.plain(http.StatusOK, "ready\n")
}

// getMetrics gives counts in the text form that scrapers read; it holds nothing about people. It answers
// the machine itself only.
func getMetrics(s *Server, c *call) error {
	if a := s.address(c.R); a != "127.0.0.1" && a != "::1" {
		return notHere(s, c)
	}
	var b strings.Builder
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	s.metrics.mu.Lock()
	defer s.metrics.mu.Unlock()
	fmt.Fprintf(&b, "# TYPE tandem_build_info gauge\ntandem_build_info{version=%q} 1\n", s.Version)
	b.WriteString("# TYPE tandem_requests_total counter\n")
	for i, n := range s.metrics.status {
		if i >= 1 {
			fmt.Fprintf(&b, "tandem_requests_total{status=\"%dxx\"} %d\n", i, n)
		}
	}
	b.WriteString("# TYPE tandem_request_seconds histogram\n")
	sum := int64(0)
	for i, n := range s.metrics.bucket {
		sum += n
		le := "+Inf"
		if i < len(bounds) {
			le = fmt.Sprintf("%g", bounds[i].Seconds())
		}
		fmt.Fprintf(&b, "tandem_request_seconds_bucket{le=%q} %d\n", le, sum)
	}
	fmt.Fprintf(&b, "tandem_request_seconds_sum %g\ntandem_request_seconds_count %d\n", s.metrics.total.Seconds(), sum)
	fmt.Fprintf(&b, "# TYPE tandem_goroutines gauge\ntandem_goroutines %d\n# TYPE tandem_heap_bytes gauge\ntandem_heap_bytes %d\n", runtime.NumGoroutine(), mem.HeapAlloc)
	return c.plain(http.StatusOK, b.String())
}

func (c *call) plain(status int, text string) error {
	c.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.W.WriteHeader(status)
	_, err := c.W.Write([]byte(text))
	return err
}
