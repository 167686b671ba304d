// Package config holds every setting of the program in one table: from it come the flags, the
// environment variables, the keys of tandem.conf, the checks, the printed list and the documentation.
//
// A flag beats the environment, which beats tandem.conf in the data folder, which beats the default.
package config

import (
	"fmt"
	"log/slog"
	"net/netip"
)

// A Config is the settings of one start, all checked.
type Config struct {
	Data             string // folder of the database, backups and tandem.conf
	Listen           string // host:port
	Database         string // URL of a PostgreSQL database; "" is an SQLite file in Data
	TLSCert, TLSKey  string // files; both or neither
	BaseURL          string // address under which people reach the program, without a slash at the end; "" unknown
	TrustedProxies   []netip.Prefix
	SMTP             SMTP
	LogLevel         slog.Level
	LogFormat        string // "text" or "json"
	ChangesPerMinute int    // changes of one token or session before it is told to wait
	Zone             string // IANA name, for new accounts
	Lang             string // "en" or "de", for new accounts and pages before sign-in

	// Warnings are what is allowed but should be known; their sentences are "note." + Code.
	Warnings []*Problem
}

// SMTP is the way that mails leave; Host "" is none.
type SMTP struct {
	Host           string
	Port           int
	TLS            string // "starttls", "implicit" or "none"
	User, Password string
	Private        bool // the host may have a private address
	From           string
}

// A Problem is a setting that cannot be used. Code names the sentence "error." + Code of the message
// catalogue and Args fill it; Args["key"] is the setting as it was written: --listen, TANDEM_LISTEN or
// listen. No Problem holds the value of a secret setting.
type Problem struct {
	Code string
	Args map[string]any
}

func (p *Problem) Error() string { return fmt.Sprintf("%s %v", p.Code, p.Args) }

// An Origin says where the value of a setting is from.
type Origin struct {
	Name  string
	Value string // with secrets masked
	From  string // "default", "tandem.conf line 3", "TANDEM_LISTEN" or "--listen"
}
