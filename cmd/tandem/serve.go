package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/api"
	"tandem/app"
	"tandem/config"
	"tandem/egress"
	"tandem/jobs"
	"tandem/notify"
	"tandem/notify/email"
	"tandem/store"
	"tandem/web"
	"tandem/web/ui"
)

// Limits of one connection. Reading a whole import may take a while on a phone's line; the header may not.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 2 * time.Minute
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10
	stopTimeout   = 10 * time.Second // for requests under way when the server is asked to end
)

func (h *house) serve() *cobra.Command {
	c := &cobra.Command{Use: "serve", Short: "Serve the pages and the API", Args: words("tandem serve --data DIR")}
	flags(c)
	c.RunE = func(c *cobra.Command, _ []string) (err error) {
		began := time.Now()
		cfg, _, err := settings(c)
		if err != nil {
			return err
		}
		lean()
		log := logger(c, cfg)
		secure, err := certificate(cfg)
		if err != nil {
			return err
		}
		db, err := h.open(c.Context(), cfg, true)
		if err != nil {
			return err
		}
		defer func() { err = closed(err, db.Close) }()
		l, err := listen(cfg)
		if err != nil {
			return err
		}
		a := newApp(db, h.now, log)
		a.SendsMail = cfg.SMTP.Host != ""
		code, err := a.PrepareSetup(c.Context())
		if err != nil && tandem.KindOf(err) != tandem.KindStorage {
			return errors.Join(err, l.Close())
		}
		s := &server{app: a, db: db, cfg: cfg, log: log, now: h.now}
		s.url = urlOf(cfg, l.Addr().String())
		defer s.remember()()
		defer s.jobs(c.Context())()
		c.Printf("Tandem %s serves %s\n", version, s.public())
		if code != "" {
			c.Printf("First start: open %s%s?code=%s\n", s.public(), ui.FirstRunURL(), url.QueryEscape(code))
		}
		log.Info("serving", "address", l.Addr().String(), "ms", time.Since(began).Milliseconds())
		return s.run(c.Context(), l, secure)
	}
	return c
}

// lean spends a little memory under load for a tenth of the processor's time: garbage is collected when the
// heap, a few MB, is three times as large, unless the environment says otherwise. What the start needed goes
// back to the system, so that an idle server stays small.
func lean() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	time.AfterFunc(time.Second, debug.FreeOSMemory)
}

// certificate reads the pair of files that https needs, nil without one.
func certificate(cfg config.Config) (*tls.Config, error) {
	if cfg.TLSCert == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(cfg.TLSCert, cfg.TLSKey)
	if err != nil {
		return nil, &config.Problem{Code: "config_tls", Args: map[string]any{"key": cfg.TLSCert, "detail": plain(err)}}
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}, nil
}

// listen opens the address of the settings.
func listen(cfg config.Config) (*net.TCPListener, error) {
	l, err := net.Listen("tcp", cfg.Listen)
	switch {
	case err == nil:
		return l.(*net.TCPListener), nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, refused(tandem.KindBusy, "listen_taken", tandem.Args{"address": cfg.Listen})
	}
	return nil, refused(tandem.KindDenied, "listen_cannot", tandem.Args{"address": cfg.Listen, "detail": plain(err)})
}

// A server is one running house.
type server struct {
	app *app.App
	db  *store.DB
	cfg config.Config
	log *slog.Logger
	now func() time.Time
	url string // where it listens
}

func (s *server) public() string {
	if s.cfg.BaseURL != "" {
		return s.cfg.BaseURL
	}
	return s.url
}

// remember leaves the address beside the data for local commands, and gives what takes it away. A folder
// that cannot be written only costs them the right port.
func (s *server) remember() (forget func()) {
	path := filepath.Join(s.cfg.Data, addressName)
	if err := os.WriteFile(path, []byte(s.url+"\n"), 0o600); err != nil {
		s.log.Warn("address not noted", "error", err)
		return func() {}
	}
	return func() {
		if err := os.Remove(path); err != nil {
			s.log.Warn("address not taken away", "error", err)
		}
	}
}

// handler puts pages and API behind one address.
func (s *server) handler() http.Handler {
	return web.Handler(web.Options{
		App: s.app, Log: s.log, Now: s.now, TrustedProxies: s.cfg.TrustedProxies, BaseURL: s.cfg.BaseURL, Version: version,
		Gallery: s.cfg.LogLevel <= slog.LevelDebug,
		API:     api.Handler(api.Options{App: s.app, Log: s.log, Now: s.now, Version: version, ChangesPerMinute: s.cfg.ChangesPerMinute}),
	})
}

// jobs starts the work in the background and gives what ends it. An SQLite file is served by one process
// alone; of a PostgreSQL database others may have taken up an import.
func (s *server) jobs(ctx context.Context) (stop func()) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	h := jobs.House{App: s.app, Log: s.log, Leases: s.db, Prune: s.db.Prune, Alone: !s.db.Postgres(), Owner: fmt.Sprintf("%s %d", host, os.Getpid())}
	if s.cfg.SMTP.Host != "" {
		h.Mails, h.Post = s.db, mailPost(s.cfg, s.now)
	}
	return h.Start(ctx)
}

// mailPost gives the way that mails leave the house.
func mailPost(cfg config.Config, now func() time.Time) *notify.Post {
	m := cfg.SMTP
	s := email.Settings{Host: m.Host, Port: m.Port, TLS: m.TLS, User: m.User, Password: m.Password, From: m.From}
	out := egress.Dialer{Allowed: []string{s.Target()}, Private: m.Private}
	s.Dial = out.DialContext
	return &notify.Post{Settings: s, Base: cfg.BaseURL, Now: now}
}

// run serves until the context ends, then lets what is under way finish.
func (s *server) run(ctx context.Context, l *net.TCPListener, secure *tls.Config) error {
	conns := &under{by: map[net.Conn]http.ConnState{}}
	srv := &http.Server{
		Handler: s.handler(), TLSConfig: secure,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		ConnState:      conns.note,
	}
	d := newDrain(l)
	ended := make(chan error, 1)
	go func() {
		if secure != nil {
			ended <- srv.ServeTLS(d, "", "")
			return
		}
		ended <- srv.Serve(d)
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.log.Info("stopping")
	if err := d.end(); err != nil {
		s.log.Warn("stopping", "error", err)
	}
	srv.SetKeepAlivesEnabled(false) // each connection ends with its answer
	if !conns.finish(stopTimeout) {
		s.log.Warn("requests under way were cut off", "after", stopTimeout.String())
	}
	return srv.Close()
}
