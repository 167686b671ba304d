package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tandem"
	"tandem/app"
	"tandem/config"
	"tandem/policy"
	"tandem/web/ui"
)

// person gives the administration of accounts on the machine itself. It works beside a running server.
func (h *house) person() *cobra.Command {
	c := group("person", "Accounts, on the machine itself")
	c.AddCommand(h.personAdd(), h.personReset(), h.personSuspend())
	return c
}

// group gives a command that only holds others.
func group(name, short string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: noCommand, RunE: func(c *cobra.Command, _ []string) error {
		return usage("%s needs a command. See %s --help.", c.CommandPath(), c.CommandPath())
	}}
}

// local gives a command flags for the data and for JSON, and runs it over the open database.
func (h *house) local(c *cobra.Command, do func(context.Context, *app.App, config.Config, []string) (shown, error)) *cobra.Command {
	flags(c, "data", "database", "base_url")
	asJSON := c.Flags().Bool("json", false, "print JSON")
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		cfg, _, err := settings(c)
		if err != nil {
			return err
		}
		db, err := h.open(c.Context(), cfg, false)
		if err != nil {
			return err
		}
		defer func() { err = closed(err, db.Close) }()
		v, err := do(c.Context(), newApp(db, h.now, slog.New(slog.DiscardHandler)), cfg, args)
		if err != nil {
			return err
		}
		if *asJSON {
			return json.NewEncoder(c.OutOrStdout()).Encode(v)
		}
		return v.show(c.OutOrStdout())
	}
	return c
}

// closed closes something at the end and keeps the first error.
func closed(err error, close func() error) error {
	if e := close(); err == nil {
		return e
	}
	return err
}

// shown is what a local command answers, as words; its JSON form is its fields.
type shown interface{ show(w io.Writer) error }

// An account is an answer about one person, with the secrets that are shown this once.
type account struct {
	Person tandem.PersonID `json:"person"`
	Name   string          `json:"name"`
	Email  string          `json:"email"`
	Link   string          `json:"link,omitempty"`
	Ends   *tandem.Instant `json:"link_ends,omitempty"`
	Token  string          `json:"token,omitempty"`
}

func accountOf(cfg config.Config, l app.PersonLink) account {
	return account{Person: l.Person.ID, Name: l.Person.Name, Email: l.Person.Email, Link: publicURL(cfg) + ui.LinkURL(l.Secret), Ends: &l.Ends}
}

func (a account) show(w io.Writer) error {
	fmt.Fprintf(w, "%s <%s>\n", a.Name, a.Email)
	if a.Link != "" {
		fmt.Fprintf(w, "Sign-in link, works once, until %s:\n%s\n", a.Ends.Time().Format("2006-01-02 15:04 MST"), a.Link)
	}
	if a.Token != "" {
		fmt.Fprintf(w, "API token with all rights of this person, shown once:\n%s\n", a.Token)
	}
	return nil
}

func (h *house) personAdd() *cobra.Command {
	const example = "tandem person add ana@example.org --name Ana"
	c := &cobra.Command{Use: "add EMAIL", Short: "Make an account and print a one-time sign-in link", Example: example, Args: words(example, "EMAIL")}
	name := c.Flags().String("name", "", "how pages call the person")
	token := c.Flags().Bool("token", false, "make an API token with all rights of the person as well")
	return h.local(c, func(ctx context.Context, a *app.App, cfg config.Config, args []string) (shown, error) {
		l, err := a.AddPerson(ctx, policy.Local(), app.PersonInput{Email: args[0], Name: *name, Lang: cfg.Lang, Zone: cfg.Zone})
		if err != nil {
			return nil, err
		}
		out := accountOf(cfg, l)
		if *token {
			out.Token, err = fullToken(ctx, a, args[0])
		}
		return out, err
	})
}

// fullToken makes a token with all rights of a person.
func fullToken(ctx context.Context, a *app.App, email string) (string, error) {
	m, err := a.CreateTokenFor(ctx, policy.Local(), email, app.TokenInput{Name: "command line", Scopes: []string{policy.AllRights}})
	return m.Secret, err
}

func (h *house) personReset() *cobra.Command {
	const example = "tandem person reset ana@example.org"
	c := &cobra.Command{Use: "reset EMAIL", Short: "Forgotten password: end every session, token and link, print a new sign-in link", Example: example, Args: words(example, "EMAIL")}
	return h.local(c, func(ctx context.Context, a *app.App, cfg config.Config, args []string) (shown, error) {
		l, err := a.ResetPerson(ctx, policy.Local(), args[0])
		return accountOf(cfg, l), err
	})
}

// A suspension is an answer about an account that was kept out or let in.
type suspension struct {
	Email     string `json:"email"`
	Suspended bool   `json:"suspended"`
}

func (s suspension) show(w io.Writer) error {
	text := "%s can no longer sign in; nothing was deleted. Undo: tandem person suspend --undo %s\n"
	if !s.Suspended {
		text = "%s can sign in again. A new link: tandem person reset %s\n"
	}
	_, err := fmt.Fprintf(w, text, s.Email, s.Email)
	return err
}

func (h *house) personSuspend() *cobra.Command {
	const example = "tandem person suspend ana@example.org"
	c := &cobra.Command{Use: "suspend EMAIL", Short: "End access on the next request; nothing is deleted", Example: example, Args: words(example, "EMAIL")}
	undo := c.Flags().Bool("undo", false, "let the person in again")
	return h.local(c, func(ctx context.Context, a *app.App, _ config.Config, args []string) (shown, error) {
		return suspension{args[0], !*undo}, a.SuspendPerson(ctx, policy.Local(), args[0], !*undo)
	})
}

// token gives the administration of API tokens on the machine itself.
func (h *house) token() *cobra.Command {
	c := group("token", "API tokens, on the machine itself")
	c.AddCommand(h.tokenList(), h.tokenRevoke())
	return c
}

// A tokenRow is a token as it is listed; its secret is nowhere.
type tokenRow struct {
	ID       tandem.TokenID `json:"id"`
	Name     string         `json:"name"`
	Prefix   string         `json:"prefix"`
	Scopes   []string       `json:"scopes"`
	Ends     tandem.Instant `json:"ends"`
	LastUsed *tandem.Day    `json:"last_used,omitempty"`
}

type tokenRows []tokenRow

func (rows tokenRows) show(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		used := "never used"
		if r.LastUsed != nil {
			used = "used " + r.LastUsed.String()
		}
		fmt.Fprintf(t, "%s\t%s…\t%s\t%v\tuntil %s\t%s\n", r.ID, r.Prefix, r.Name, r.Scopes, r.Ends.Time().Format("2006-01-02"), used)
	}
	return t.Flush()
}

func (h *house) tokenList() *cobra.Command {
	const example = "tandem token list ana@example.org"
	c := &cobra.Command{Use: "list EMAIL", Short: "List a person's tokens", Example: example, Args: words(example, "EMAIL")}
	return h.local(c, func(ctx context.Context, a *app.App, _ config.Config, args []string) (shown, error) {
		all, err := a.ListTokensOf(ctx, policy.Local(), args[0])
		rows := make(tokenRows, len(all))
		for i, t := range all {
			rows[i] = tokenRow{ID: t.ID, Name: t.Name, Prefix: t.Prefix, Scopes: t.Scopes, Ends: t.Ends}
			if t.LastUsed != tandem.NoDay {
				rows[i].LastUsed = &t.LastUsed
			}
		}
		return rows, err
	})
}

// A revocation is an answer about a token that ended.
type revocation struct {
	Token tandem.TokenID `json:"revoked"`
}

func (r revocation) show(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s is refused from the next request on.\n", r.Token)
	return err
}

func (h *house) tokenRevoke() *cobra.Command {
	const example = "tandem token revoke ana@example.org token_0F3A…"
	c := &cobra.Command{Use: "revoke EMAIL ID", Short: "End a token", Example: example, Args: words(example, "EMAIL", "ID")}
	return h.local(c, func(ctx context.Context, a *app.App, _ config.Config, args []string) (shown, error) {
		id, err := tandem.ParseID[tandem.TokenID](args[1])
		if err != nil {
			return nil, err
		}
		return revocation{id}, a.RevokeTokenOf(ctx, policy.Local(), args[0], id)
	})
}
