// Package web serves the pages: a handler reads a request from top to bottom, calls one use case and
// renders one page. Every page reads and every form posts without a script. routes.go lists the URLs.
package web

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"tandem/app"
	"tandem/web/assets"
)

// Options are what the pages need from outside.
type Options struct {
	App            *app.App
	Log            *slog.Logger
	Now            func() time.Time
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and -Proto are believed; none by default
	BaseURL        string         // for links that leave the page; "" takes the request's host
	Version        string
	Gallery        bool         // the page of all components, in development
	API            http.Handler // what answers below /api/; nil for nothing
}

// A Server holds what handlers share. It keeps no state between requests.
type Server struct {
	Options
	metrics  *metrics
	shellSet func() shellSet // made once, when it is first asked for
}

// Handler gives the pages as one handler.
func Handler(o Options) http.Handler {
	s := &Server{Options: o, metrics: newMetrics()}
	s.shellSet = sync.OnceValue(s.makeShell)
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r))
	}
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.serve(route{handle: notHere, open: true}).ServeHTTP(w, r)
	})
	all := http.NewServeMux()
	all.Handle("/", s.sameSite(mux))
	if s.API != nil {
		all.Handle("/api/", s.API) // it takes tokens only, so no form of another site opens it
	}
	return s.observe(s.headers(s.compress(all)))
}

// sameSite lets forms in only from our own pages. Browsers say where a form comes from; one that carries a
// session and says nothing is none that we know, and is refused as well.
func (s *Server) sameSite(next http.Handler) http.Handler {
	refuse := s.serve(route{handle: crossSite, open: true})
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(refuse)
	guarded := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		silent := r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == ""
		if silent && r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodOptions && (&call{s: s, R: r}).secret() != "" {
			refuse.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}
