// Package cli holds the commands that talk to a server's API: one file each noun. They need TANDEM_URL and
// TANDEM_TOKEN. What cannot be understood is refused with an example, what can be read in two ways with both.
package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tandem/client"
)

// A UsageError is a command line that cannot be understood; it ends with exit code 2.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

// ExitCode is 2: usage or configuration.
func (e *UsageError) ExitCode() int { return 2 }

func usage(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Commands gives the data commands and the filters; env reads the environment, clock tells the time.
func Commands(env func(string) string, clock func() time.Time) []*cobra.Command {
	t := tool{env}
	return []*cobra.Command{t.log(), t.goal(), t.goals(), t.today(), t.importFile(), t.export(), t.template(), forecastCommand(), impactCommand(), adviseCommand(), coachCommand(clock)}
}

type tool struct{ env func(string) string }

// defaultURL is where a server listens unless told otherwise.
const defaultURL = "http://127.0.0.1:8080"

func (t tool) client() (*client.Client, error) {
	c := &client.Client{URL: t.env("TANDEM_URL"), Token: t.env("TANDEM_TOKEN")}
	if c.URL == "" {
		c.URL = defaultURL
	}
	if u, err := url.Parse(c.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, usage("TANDEM_URL: %q is not an address. Example: %s", c.URL, defaultURL)
	}
	if c.Token == "" {
		return nil, usage("TANDEM_TOKEN missing. Make a token under Settings, Tokens, or with: tandem person add EMAIL --token")
	}
	return c, nil
}

// said writes JSON as it came when asked, else words.
func said(w io.Writer, asJSON bool, raw json.RawMessage, words string) error {
	if !asJSON {
		_, err := fmt.Fprintln(w, words)
		return err
	}
	_, err := fmt.Fprintln(w, strings.TrimSpace(string(raw)))
	return err
}

func (t tool) today() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "today", Short: "The next small steps", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.Today(c.Context())
			if err != nil {
				return err
			}
			var v struct {
				Items []struct {
					Kind             string
					Sum              float64
					Result, Learning *struct{ Title string }
					Milestone, Micro *struct{ Title string }
				}
			}
			if err := json.Unmarshal(raw, &v); err != nil {
				return err
			}
			var lines []string
			for _, i := range v.Items {
				for _, x := range []*struct{ Title string }{i.Result, i.Learning, i.Milestone, i.Micro} {
					if x != nil {
						lines = append(lines, fmt.Sprintf("%-10s %s", i.Kind, x.Title))
						break
					}
				}
			}
			if len(lines) == 0 {
				lines = []string{"Nothing to do today."}
			}
			return said(c.OutOrStdout(), asJSON, raw, strings.Join(lines, "\n"))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	return c
}

func none(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("Unexpected %q. See tandem %s --help.", args[0], c.Name())
	}
	return nil
}

func (t tool) export() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "export DIR", Short: "Write everything that is your own into an empty folder", Example: "tandem export my-data",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return usage("DIR missing. Example: tandem export my-data")
			}
			if found, err := os.ReadDir(args[0]); err == nil && len(found) > 0 {
				return &refusedError{fmt.Sprintf("%s is not empty. Choose an empty folder; nothing was changed.", args[0])}
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			files, err := unpack(c.Context(), cl, args[0])
			if err != nil {
				return err
			}
			raw, err := json.Marshal(map[string]any{"folder": args[0], "files": files})
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, fmt.Sprintf("%d files in %s.", len(files), args[0]))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	return c
}

// A refusedError ends with exit code 3.
type refusedError struct{ text string }

func (e *refusedError) Error() string { return e.text }
func (e *refusedError) ExitCode() int { return 3 }
