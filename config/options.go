package config

import "strings"

// An Option is one setting. Name is its key in tandem.conf; flag and environment variable follow from it.
type Option struct {
	Name    string
	Default string
	Accepts string // the accepted form, for the documentation
	Doc     string
	Secret  bool // masked where it is printed, never repeated in an error
	Masked  bool // a secret of which nothing at all is printed
	NoFile  bool // cannot stand in tandem.conf
	set     func(c *Config, g given) *Problem
}

// Flag gives the name of the flag, without the two hyphens.
func (o Option) Flag() string { return strings.ReplaceAll(o.Name, "_", "-") }

// Env gives the name of the environment variable.
func (o Option) Env() string { return "TANDEM_" + strings.ToUpper(o.Name) }

// Options gives the table of all settings.
func Options() []Option { return append([]Option(nil), options...) }

var options = []Option{
	{
		Name: "data", Default: "data", Accepts: "a folder", NoFile: true, set: setData,
		Doc: "Where the database, backups and tandem.conf lie. It is made when it is missing.",
	}, {
		Name: "listen", Default: "127.0.0.1:8080", Accepts: "host:port", set: setListen,
		Doc: "Address to serve on. 0.0.0.0:8080 serves the whole network; put TLS in front or set tls_cert.",
	}, {
		Name: "database", Accepts: "postgres://user:password@host/name", Secret: true, set: setDatabase,
		Doc: "A PostgreSQL database, for several copies of the program. Without it an SQLite file in the data folder.",
	}, {
		Name: "tls_cert", Accepts: "a PEM file", set: setTLSCert,
		Doc: "Certificate chain, to serve https without a proxy. Needs tls_key.",
	}, {
		Name: "tls_key", Accepts: "a PEM file that only its owner reads", set: setTLSKey,
		Doc: "Private key of the certificate. Needs tls_cert.",
	}, {
		Name: "base_url", Accepts: "https://tandem.example.org", set: setBaseURL,
		Doc: "The address under which people reach the program; links in mails begin with it. Without it the address of the request.",
	}, {
		Name: "trusted_proxies", Accepts: "addresses or networks with commas between", set: setProxies,
		Doc: "Reverse proxies whose word on the caller's address is taken. None unless listed.",
	}, {
		Name: "log_level", Default: "info", Accepts: "debug, info, warn or error", set: setLogLevel,
		Doc: "How much is written to the log.",
	}, {
		Name: "log_format", Default: "text", Accepts: "text or json", set: setLogFormat,
		Doc: "Form of the log lines, on standard error.",
	}, {
		Name: "smtp_host", Accepts: "a host name or address", set: setSMTPHost,
		Doc: "Mail server for the weekly mail. Without it the server sends no mail. Needs mail_from and base_url.",
	}, {
		Name: "smtp_port", Default: "587", Accepts: "1 to 65535", set: setSMTPPort,
		Doc: "Port of the mail server.",
	}, {
		Name: "smtp_tls", Default: "starttls", Accepts: "starttls, implicit or none", set: setSMTPTLS,
		Doc: "How the connection is protected: TLS after a plain greeting, TLS from the start (port 465), or none for a server on the same machine.",
	}, {
		Name: "smtp_user", Accepts: "a user name", set: setSMTPUser,
		Doc: "Who signs in at the mail server. Without it nobody does.",
	}, {
		Name: "smtp_password", Accepts: "a password", Secret: true, Masked: true, set: setSMTPPassword,
		Doc: "Password of smtp_user. It is never sent over a connection without TLS.",
	}, {
		Name: "smtp_private", Default: "no", Accepts: "yes or no", set: setSMTPPrivate,
		Doc: "Whether the mail server may have an address of this machine or of a private network.",
	}, {
		Name: "mail_from", Accepts: "tandem@example.org", set: setMailFrom,
		Doc: "Address that mails come from.",
	}, {
		Name: "changes_per_minute", Default: "600", Accepts: "1 to 1000000", set: setChanges,
		Doc: "Changes that one person or token may make in a minute; a bulk call counts once.",
	}, {
		Name: "zone", Default: "UTC", Accepts: "Europe/Berlin", set: setZone,
		Doc: "Time zone of new accounts, until they choose their own.",
	}, {
		Name: "lang", Default: "en", Accepts: "en or de", set: setLang,
		Doc: "Language of new accounts, and of pages before sign-in where the browser asks for none that is known.",
	},
}

// byName finds an option.
func byName(name string) (Option, bool) {
	for _, o := range options {
		if o.Name == name {
			return o, true
		}
	}
	return Option{}, false
}
