package web

import (
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"tandem/i18n"
)

// policyText is the one content security policy: nothing runs and nothing is shown that is not ours.
const policyText = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers sets what every answer carries.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policyText)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", s.referrer(r))
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		if s.https(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// referrer gives what browsers may say about where a reader comes from: nothing. Over plain http to
// another machine the pages themselves are told apart from others by the origin that a form carries, which
// browsers blank out together with the referrer; there it goes to this host alone.
func (s *Server) referrer(r *http.Request) string {
	if s.https(r) || loopback(r.Host) {
		return "no-referrer"
	}
	return "same-origin"
}

// loopback tells whether a host is the reader's own machine, which browsers trust as they trust https.
func loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && a.IsLoopback()
}

// https tells whether the reader's connection is encrypted: ours, or that of a trusted proxy.
func (s *Server) https(r *http.Request) bool {
	return r.TLS != nil || s.fromProxy(r) && r.Header.Get("X-Forwarded-Proto") == "https"
}

func (s *Server) fromProxy(r *http.Request) bool {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, p := range s.TrustedProxies {
		if p.Contains(a.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// address gives the reader's network address; what a proxy says is believed only of trusted ones, and
// then only the last entry, which that proxy wrote itself.
func (s *Server) address(r *http.Request) string {
	if s.fromProxy(r) {
		parts := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if a, err := netip.ParseAddr(strings.TrimSpace(parts[len(parts)-1])); err == nil {
			return a.Unmap().String()
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// errPanic is what the reader's page is made from; the log has the rest.
var errPanic = errors.New("panic")

const requestIDHeader = "X-Request-Id"

// observe gives each request an id, writes its log line and counts it. The line holds no query and no
// body. A panic is answered as an internal error and logged with its place.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		var b [8]byte
		rand.Read(b[:])
		id := hex.EncodeToString(b[:])
		w.Header().Set(requestIDHeader, id)
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.Log.Error("panic", "id", id, "path", masked(r.URL.Path), "what", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					c := &call{s: s, W: rec, R: r, ID: id, Now: began, Lang: i18n.FromHeader(r.Header.Get("Accept-Language"), i18n.EN)}
					c.fail(errPanic)
				}
			}
			took := s.Now().Sub(began)
			s.metrics.count(rec.code(), took)
			level := slog.LevelInfo
			if strings.HasPrefix(r.URL.Path, "/assets/") || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
				level = slog.LevelDebug
			}
			s.Log.Log(r.Context(), level, "request", "id", id, "method", r.Method, "path", masked(r.URL.Path), "status", rec.code(), "bytes", rec.bytes, "ms", took.Milliseconds())
		}()
		next.ServeHTTP(rec, r)
	})
}

// masked hides the secrets that are part of a path: one-time links and invitations.
func masked(path string) string {
	for _, p := range []string{"/link/", "/join/", "/asked/", "/mail/stop/", "/mail/"} {
		if strings.HasPrefix(path, p) {
			return p + "…"
		}
	}
	return path
}

// A recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) code() int { return max(w.status, http.StatusOK) }

var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed+2)
	return z
}}

// compress packs pages for readers that take gzip. Static files bring their own packed form.
func (s *Server) compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || strings.HasPrefix(r.URL.Path, "/assets/") {
			next.ServeHTTP(w, r)
			return
		}
		p := &packed{ResponseWriter: w}
		defer p.close()
		next.ServeHTTP(p, r)
	})
}

// packed compresses what is text; it decides when the headers are written.
type packed struct {
	http.ResponseWriter
	z       *gzip.Writer
	started bool
}

func (p *packed) WriteHeader(status int) {
	if !p.started {
		p.started = true
		h := p.Header()
		h.Add("Vary", "Accept-Encoding")
		kind := h.Get("Content-Type")
		text := strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json")
		if text && h.Get("Content-Encoding") == "" && status != http.StatusNoContent && status != http.StatusNotModified {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			p.z = packers.Get().(*gzip.Writer)
			p.z.Reset(p.ResponseWriter)
		}
	}
	p.ResponseWriter.WriteHeader(status)
}

func (p *packed) Write(b []byte) (int, error) {
	if !p.started {
		if p.Header().Get("Content-Type") == "" {
			p.Header().Set("Content-Type", http.DetectContentType(b))
		}
		p.WriteHeader(http.StatusOK)
	}
	if p.z != nil {
		return p.z.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

func (p *packed) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *packed) close() {
	if p.z != nil {
		p.z.Close() // the reader may be gone; there is nobody to tell
		packers.Put(p.z)
	}
}

// metrics are the counts of the metrics page.
type metrics struct {
	mu     sync.Mutex
	status [6]int64 // by hundreds
	bucket [len(bounds) + 1]int64
	total  time.Duration
}

// bounds are the upper ends of the duration buckets.
var bounds = [...]time.Duration{5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, time.Second, 5 * time.Second}

func newMetrics() *metrics { return &metrics{} }

func (m *metrics) count(status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.status[min(status/100, 5)]++
	i := 0
	for i < len(bounds) && took > bounds[i] {
		i++
	}
	m.bucket[i]++
	m.total += took
}
