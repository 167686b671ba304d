package config

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"
)

const masked = "****"

// printed gives a value fit for a terminal or a log. Of a secret address only what is no secret stays.
func printed(o Option, value string) string {
	if !o.Secret || value == "" {
		return shown(value)
	}
	if o.Masked {
		return masked
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" && u.Path == "" {
		return masked
	}
	out := u.Scheme + "://"
	if u.User != nil {
		out += u.User.Username()
		if _, has := u.User.Password(); has {
			out += ":" + masked
		}
		out += "@"
	}
	out += u.Host + u.Path
	if u.RawQuery != "" {
		out += "?" + masked // may name a password or a file of one
	}
	return shown(out)
}

// Print writes every setting with its value and origin, secrets masked: what `tandem config` shows.
func Print(w io.Writer, origins []Origin) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, o := range origins {
		value := o.Value
		if value == "" {
			value = "(none)"
		}
		fmt.Fprintf(t, "%s\t= %s\t%s\n", o.Name, value, o.From)
	}
	return t.Flush()
}

// Markdown gives the table of settings for the documentation.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| key in tandem.conf | flag | environment | default | accepts | meaning |\n|---|---|---|---|---|---|\n")
	for _, o := range options {
		key := "`" + o.Name + "`"
		if o.NoFile {
			key = "–"
		}
		def := "none"
		if o.Default != "" {
			def = "`" + o.Default + "`"
		}
		fmt.Fprintf(&b, "| %s | `--%s` | `%s` | %s | %s | %s |\n", key, o.Flag(), o.Env(), def, o.Accepts, o.Doc)
	}
	return b.String()
}
