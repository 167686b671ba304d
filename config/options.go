package config

import "strings"

// An Option is one setting. Name is its key in tandem.conf; flag and environment variable follow from it.
type Option struct {
	Name    string
	Default string
	Accepts string // the accepted form, for the documentation
	Doc     string
	Secret  bool // masked where it is printed, never repeated in an error
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
