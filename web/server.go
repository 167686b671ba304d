// Package web serves the pages: a handler reads a request from top to bottom, calls one use case and
// renders one page. Every page reads and every form posts without a script. routes.go lists the URLs.
package web

import (
	"log/slog"
	"net/http"
	"net/netip"
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
	Gallery        bool // the page of all components, in development
}

// A Server holds what handlers share. It keeps no state between requests.
type Server struct {
	Options
	metrics *metrics
}

// Handler gives the pages as one handler.
func Handler(o Options) http.Handler {
	s := &Server{Options: o, metrics: newMetrics()}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r))
	}
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.serve(route{handle: notHere, open: true}).ServeHTTP(w, r)
	})
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.serve(route{handle: crossSite, open: true}))
	return s.observe(s.headers(s.compress(cross.Handler(mux))))
}
