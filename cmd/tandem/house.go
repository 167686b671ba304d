package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/app"
	"tandem/auth"
	"tandem/config"
	"tandem/i18n"
	"tandem/store"
	"tandem/transfer/files"
)

// Names of files in the data folder.
const (
	dbName      = "tandem.db"
	addressName = "tandem.address" // of the running server; local commands print links that lead there
)

// A house is what every command shares.
type house struct{ now func() time.Time }

// flags gives a command the named settings, or all of them, as flags.
func flags(c *cobra.Command, names ...string) {
	for _, o := range config.Options() {
		if len(names) == 0 || contains(names, o.Name) {
			text := o.Doc
			if o.Default != "" {
				text += " (" + o.Default + ")"
			}
			c.Flags().String(o.Flag(), "", text)
		}
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// settings reads the settings of a command: its flags, the environment, tandem.conf.
func settings(c *cobra.Command) (config.Config, []config.Origin, error) {
	given := map[string]string{}
	for _, o := range config.Options() {
		if f := c.Flags().Lookup(o.Flag()); f != nil && f.Changed {
			given[o.Name] = f.Value.String()
		}
	}
	cfg, origins, err := config.Load(given, os.Environ())
	for _, w := range cfg.Warnings {
		c.PrintErrln(i18n.EN.T("note."+w.Code, w.Args))
	}
	return cfg, origins, err
}

// logger writes to standard error in the asked form.
func logger(c *cobra.Command, cfg config.Config) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(c.ErrOrStderr(), o))
	}
	return slog.New(slog.NewTextHandler(c.ErrOrStderr(), o))
}

// dsn names the database of the settings.
func dsn(cfg config.Config) string {
	if cfg.Database != "" {
		return cfg.Database
	}
	return filepath.Join(cfg.Data, dbName)
}

// open opens the database of the settings. The data folder is made if it is missing; a server takes the
// lock of the file, local administration works beside one.
func (h *house) open(ctx context.Context, cfg config.Config, server bool) (*store.DB, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil && (cfg.Database == "" || server) {
		return nil, refused(tandem.KindStorage, "folder", tandem.Args{"folder": cfg.Data, "detail": plain(err)})
	}
	db, err := store.Open(ctx, dsn(cfg), store.Options{Now: h.now, Rand: rand.Uint64, Exclusive: server})
	return db, h.explain(cfg, err)
}

// openExisting opens a database that must be there already.
func (h *house) openExisting(ctx context.Context, cfg config.Config) (*store.DB, error) {
	if cfg.Database == "" {
		if _, err := os.Stat(dsn(cfg)); errors.Is(err, fs.ErrNotExist) {
			return nil, refused(tandem.KindNotFound, "no_data", tandem.Args{"file": dsn(cfg)})
		}
	}
	return h.open(ctx, cfg, false)
}

// explain gives an error of opening the words that only this room can know.
func (h *house) explain(cfg config.Config, err error) error {
	var e *tandem.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return withBackup(cfg, err)
	case cfg.Database != "":
		return &tandem.Error{Kind: tandem.KindBusy, Code: "database_unreachable", Args: tandem.Args{"detail": plain(err)}, Cause: err}
	case errors.Is(err, fs.ErrPermission):
		return refused(tandem.KindStorage, "folder", tandem.Args{"folder": cfg.Data, "detail": plain(err)})
	}
	return err
}

// plain gives the innermost words of an error: those of the system, without paths and operations.
func plain(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return strings.TrimSpace(err.Error())
		}
		err = inner
	}
}

// newApp puts the use cases over an open database.
func newApp(db *store.DB, now func() time.Time, log *slog.Logger) *app.App {
	return &app.App{Store: app.Over(db), Now: now, IDs: db.IDs(), Log: log, Keys: keys(), Files: files.Reader{}, Worked: app.NewWorked(app.WorkedBytes)}
}

// keys gives the use cases what makes and checks credentials.
func keys() app.Keys {
	return app.Keys{
		Hasher:        auth.NewHasher(),
		CheckPassword: auth.CheckPassword,
		NewSecret:     app.Shown(auth.NewSecret),
		NewToken:      app.ShownToken(auth.NewToken),
		NewCode:       app.Shown(auth.NewCode),
		HashSecret:    auth.HashSecret,
		HashCode:      auth.HashCode,
		Scopes:        app.Words(auth.ParseScopes),
		Account:       app.Attempts(auth.AccountLimit().Attempt),
		Address:       app.Attempts(auth.AddressLimit().Attempt),
	}
}

// publicURL gives the address that people open: the one of the settings, else that of the server that
// runs, else the one it would have.
func publicURL(cfg config.Config) string {
	if cfg.BaseURL != "" {
		return cfg.BaseURL
	}
	if text, err := os.ReadFile(filepath.Join(cfg.Data, addressName)); err == nil {
		if s := strings.TrimSpace(string(text)); strings.HasPrefix(s, "http") {
			return s
		}
	}
	return urlOf(cfg, cfg.Listen)
}

// urlOf gives the address of a listener; one that listens everywhere is reached here as localhost.
func urlOf(cfg config.Config, listen string) string {
	scheme := "http://"
	if cfg.TLSCert != "" {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return scheme + listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + net.JoinHostPort(host, port)
}
