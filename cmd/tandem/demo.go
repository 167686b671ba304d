package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/app"
	"tandem/demo"
	"tandem/web/ui"
)

// demoSeed makes every demo of a day hold the same values.
const demoSeed = 7

// demo serves a throw-away copy with sample data. The folder is gone when it ends.
func (h *house) demo() *cobra.Command {
	c := &cobra.Command{Use: "demo", Short: "Serve a throw-away copy with sample data", Args: words("tandem demo --listen 127.0.0.1:8080")}
	flags(c, "listen", "base_url", "log_level", "log_format")
	many := c.Flags().Int("values", 0, "one more person with so many values, to try the speed (1000000)")
	c.RunE = func(c *cobra.Command, _ []string) (err error) {
		cfg, _, err := settings(c)
		if err != nil {
			return err
		}
		lean()
		l, err := listen(cfg)
		if err != nil {
			return err
		}
		defer l.Close()
		folder, err := os.MkdirTemp("", "tandem-demo-")
		if err != nil {
			return err
		}
		defer func() { err = closed(err, func() error { return os.RemoveAll(folder) }) }()
		cfg.Data, cfg.Database, cfg.TLSCert, cfg.TLSKey = folder, "", "", ""
		db, err := h.open(c.Context(), cfg, true)
		if err != nil {
			return err
		}
		defer func() { err = closed(err, db.Close) }()
		log := logger(c, cfg)
		s := &server{app: newApp(db, h.now, log), db: db, cfg: cfg, log: log, now: h.now, url: urlOf(cfg, l.Addr().String())}
		c.Println("Making two years of sample data …")
		people, err := h.fill(c.Context(), s, *many)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return err
		}
		defer s.remember()()
		introduce(c.OutOrStdout(), s, people)
		return s.run(c.Context(), l, nil)
	}
	return c
}

// fill writes the sample data, and many further values when asked.
func (h *house) fill(ctx context.Context, s *server, many int) ([]demo.Person, error) {
	maker := func(now func() time.Time, ids *tandem.IDs) *app.App {
		a := *s.app
		a.Now, a.IDs = now, ids
		return &a
	}
	people, err := demo.Fill(ctx, maker, h.now(), demoSeed)
	if err != nil || many <= 0 {
		return people, err
	}
	one, err := demo.Many(ctx, maker, h.now(), demoSeed, many)
	return append(people, one), err
}

// introduce prints the address and a link for each sample person.
func introduce(w io.Writer, s *server, people []demo.Person) {
	fmt.Fprintf(w, "Tandem %s serves sample data at %s\nNothing here is kept. Each link signs in once:\n\n", version, s.public())
	for _, p := range people {
		fmt.Fprintf(w, "%-6s %s\n       %s%s\n", p.Name, p.About, s.public(), ui.LinkURL(p.Secret))
	}
	fmt.Fprintf(w, "\nPress Ctrl-C to end.\n")
}
