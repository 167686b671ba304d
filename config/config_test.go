package config

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tandem/i18n"
)

// folder makes a data folder with a tandem.conf.
func folder(t *testing.T, conf string, mode os.FileMode) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, FileName), conf, mode)
	return dir
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask is
		t.Fatal(err)
	}
}

// english gives the line that a person would read.
func english(t *testing.T, err error) string {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("not a problem: %v", err)
	}
	s := i18n.EN.Sentence("", p.Code, p.Args)
	if strings.HasPrefix(s, "error.") || strings.ContainsAny(s, "{}\n") {
		t.Errorf("%s reads %q", p.Code, s)
	}
	if de := i18n.DE.Sentence("", p.Code, p.Args); strings.ContainsAny(de, "{}\n") {
		t.Errorf("%s reads in German %q", p.Code, de)
	}
	return s
}

func TestDefaults(t *testing.T) {
	c, origins, err := Load(map[string]string{"data": t.TempDir()}, []string{"HOME=/root", "TANDEM_URL=x", "TANDEM_TOKEN=y", "TANDEM_TEST_ANY=z"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Database != "" || c.LogLevel != slog.LevelInfo || c.LogFormat != "text" ||
		c.ChangesPerMinute != 600 || c.Zone != "UTC" || c.Lang != "en" || c.TrustedProxies != nil || c.Warnings != nil {
		t.Errorf("%+v", c)
	}
	if len(origins) != len(options) || origins[0].From != "--data" || origins[1].From != "default" {
		t.Errorf("%+v", origins)
	}
}

func TestAFlagBeatsTheEnvironmentWhichBeatsTheFile(t *testing.T) {
	dir := folder(t, "listen = 10.0.0.1:1\nlang=de\nzone = \"Europe/Berlin\"\n# lang = en\n\r\nlog_level = warn\n", 0o600)
	c, origins, err := Load(map[string]string{"listen": ":3"},
		[]string{"TANDEM_DATA=" + dir, "TANDEM_LISTEN=:2", "TANDEM_LOG_LEVEL=debug", "TANDEM_LANG="})
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != dir || c.Listen != ":3" || c.LogLevel != slog.LevelDebug || c.Lang != "de" || c.Zone != "Europe/Berlin" {
		t.Errorf("%+v", c)
	}
	from := map[string]string{}
	for _, o := range origins {
		from[o.Name] = o.From
	}
	for name, want := range map[string]string{"data": "TANDEM_DATA", "listen": "--listen", "log_level": "TANDEM_LOG_LEVEL",
		"lang": "tandem.conf line 2", "zone": "tandem.conf line 3", "database": "default"} {
		if from[name] != want {
			t.Errorf("%s is from %q, want %q", name, from[name], want)
		}
	}
}

// Reliability K5 and row 40: each broken setting is told in one line that names it.
func TestK5BrokenFilesAreToldInOneLine(t *testing.T) {
	for conf, want := range map[string]string{
		"listn = :80":                        "Unknown key listn. Did you mean listen?",
		"Listen = :80":                       "Unknown key Listen. Did you mean listen?",
		"tls-cert = x":                       "Unknown key tls-cert. Did you mean tls_cert?",
		"log_lvel = x":                       "Unknown key log_lvel. Did you mean log_level?",
		"sending_port = abc":                 "Unknown key sending_port. Known keys: data, listen, ",
		"smtp_port = abc":                    "smtp_port: 'abc' is not a number 1–65535.",
		"smtp_host = a b":                    "smtp_host: 'a b' is no host. Write it like mail.example.org.",
		"smtp_host = mail.example.org":       "smtp_host needs mail_from as well.",
		"smtp_tls = ssl":                     "smtp_tls: 'ssl' is not one of starttls, implicit, none.",
		"smtp_private = true":                "smtp_private: 'true' is not one of yes, no.",
		"mail_from = Tandem <t@example.org>": "mail_from: 'Tandem <t@example.org>' is no address.",
		"smtp_host = mail.example.org\nmail_from = t@example.org":                                                                                     "smtp_host needs base_url as well.",
		"smtp_host = m.example.org\nmail_from = t@example.org\nbase_url = https://t.example.org\nsmtp_user = u":                                       "smtp_user needs smtp_password as well.",
		"smtp_host = m.example.org\nmail_from = t@example.org\nbase_url = https://t.example.org\nsmtp_password = u":                                   "smtp_password needs smtp_user as well.",
		"smtp_host = m.example.org\nmail_from = t@example.org\nbase_url = https://t.example.org\nsmtp_tls = none\nsmtp_user = u\nsmtp_password = pw1": "smtp_password would be sent without TLS.",
		"trusted_proxies = *":                   "trusted_proxies: * would let anyone fake an address. List the proxy's address.",
		"trusted_proxies = 10.0.0.1, *":         "trusted_proxies: * would let anyone fake an address.",
		"trusted_proxies = 0.0.0.0/0":           "trusted_proxies: 0.0.0.0/0 covers so many addresses",
		"trusted_proxies = ::/0":                "trusted_proxies: ::/0 covers so many addresses",
		"trusted_proxies = 128.0.0.0/1":         "trusted_proxies: 128.0.0.0/1 covers so many addresses",
		"trusted_proxies = proxy":               "trusted_proxies: 'proxy' is not an address like 192.168.1.2",
		"trusted_proxies = 10.0.0.1,":           "trusted_proxies: '' is not an address",
		"listen = 8080":                         "listen: '8080' is not an address like 127.0.0.1:8080.",
		"listen = localhost":                    "listen: 'localhost' is not an address",
		"listen = :99999":                       "listen: ':99999' is not an address",
		"listen = 1.2.3:80":                     "listen: '1.2.3:80' is not an address",
		"listen = ::1:80":                       "listen: '::1:80' is not an address",
		"listen = a b:80":                       "listen: 'a b:80' is not an address",
		"listen = :080":                         "listen: ':080' is not an address",
		"listen =":                              "listen has no value.",
		"listen = \"\"":                         "listen has no value.",
		"listen":                                "tandem.conf line 1: write key = value.",
		"lang = en\n\n= x":                      "tandem.conf line 3: write key = value.",
		"two words = x":                         "tandem.conf line 1: write key = value.",
		"lang = en\nzone = UTC\nlang = de":      "lang is set twice in tandem.conf (lines 1 and 3).",
		"data = elsewhere":                      "data cannot be set in tandem.conf: the file is found through it. Use --data or TANDEM_DATA.",
		"database = mysql://u@h/d":              "database: not a database address.",
		"database = postgres://u@h":             "database: not a database address.",
		"database = postgres:///":               "database: not a database address.",
		"database = host=h dbname=d":            "database: not a database address.",
		"base_url = tandem.example.org":         "base_url: 'tandem.example.org' is not a web address like https://tandem.example.org.",
		"base_url = ftp://example.org":          "base_url: 'ftp://example.org' is not a web address",
		"base_url = https://example.org/a":      "base_url: 'https://example.org/a' is not a web address",
		"base_url = https://example.org?x=1":    "base_url: 'https://example.org?x=1' is not a web address",
		"base_url = https://":                   "base_url: 'https://' is not a web address",
		"base_url = https://h:99999":            "base_url: 'https://h:99999' is not a web address",
		"log_level = loud":                      "log_level: 'loud' is not one of debug, info, warn, error.",
		"log_level = INFO":                      "log_level: 'INFO' is not one of",
		"log_format = xml":                      "log_format: 'xml' is not one of text, json.",
		"lang = fr":                             "lang: 'fr' is not one of en, de.",
		"changes_per_minute = abc":              "changes_per_minute: 'abc' is not a number 1–1000000.",
		"changes_per_minute = 0":                "changes_per_minute: '0' is not a number",
		"changes_per_minute = 1e3":              "changes_per_minute: '1e3' is not a number",
		"zone = Berlin":                         "zone: there is no time zone 'Berlin'. Write it like Europe/Berlin.",
		"zone = Local":                          "zone: there is no time zone 'Local'.",
		"zone = ../../etc/passwd":               "zone: there is no time zone '../../etc/passwd'.",
		"tls_cert = missing.pem":                "tls_cert: missing.pem cannot be read.",
		"tls_key = missing.pem":                 "tls_key: missing.pem cannot be read.",
		"lang = " + strings.Repeat("x", 200):    "lang: '" + strings.Repeat("x", 59) + "…' is not one of",
		"lang = \x1b[31mred":                    "lang: '?[31mred' is not one of",
		strings.Repeat("k", 41) + " = too long": "tandem.conf line 1: write key = value.",
	} {
		c, origins, err := Load(map[string]string{"data": folder(t, conf, 0o600)}, nil)
		if err == nil || origins != nil || c.Listen != "" {
			t.Errorf("%q is accepted", conf)
			continue
		}
		if got := english(t, err); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", conf, got, want)
		}
	}
}

func TestUnknownVariablesAndFlagsAreNamedAsTheyWereWritten(t *testing.T) {
	dir := t.TempDir()
	_, _, err := Load(map[string]string{"data": dir}, []string{"TANDEM_LISTN=x"})
	if got := english(t, err); got != "Unknown key TANDEM_LISTN. Did you mean TANDEM_LISTEN?" {
		t.Error(got)
	}
	_, _, err = Load(map[string]string{"data": dir, "databse": "x"}, nil)
	if got := english(t, err); got != "Unknown key --databse. Did you mean --database?" {
		t.Error(got)
	}
	_, _, err = Load(map[string]string{"data": dir, "listen": ""}, nil)
	if got := english(t, err); got != "--listen has no value." {
		t.Error(got)
	}
	_, _, err = Load(map[string]string{"data": dir}, []string{"TANDEM_CHANGES_PER_MINUTE=many"})
	if got := english(t, err); got != "TANDEM_CHANGES_PER_MINUTE: 'many' is not a number 1–1000000." {
		t.Error(got)
	}
}

func TestTheDistanceOfTwoNames(t *testing.T) {
	for pair, want := range map[[2]string]int{
		{"", ""}: 0, {"listen", "listen"}: 0, {"listn", "listen"}: 1, {"lsiten", "listen"}: 1, {"listen", ""}: 6,
		{"zoen", "zone"}: 1, {"lang", "zone"}: 3, {"abc", "cab"}: 2,
	} {
		if got := distance(pair[0], pair[1]); got != want {
			t.Errorf("%q: %d, want %d", pair, got, want)
		}
		if got := distance(pair[1], pair[0]); got != want {
			t.Errorf("%q the other way round: %d, want %d", pair, got, want)
		}
	}
}

func TestSecretsAreNeitherToldNorReadableByOthers(t *testing.T) {
	const conf = "database = postgres://anna:tops3cret@db.example.org/tandem?sslpassword=tops3cret\n"
	dir := folder(t, conf, 0o644)
	_, _, err := Load(map[string]string{"data": dir}, nil)
	if got := english(t, err); got != filepath.Join(dir, FileName)+" is readable by other users (mode 0644). Run chmod 600." {
		t.Error(got)
	}
	c, origins, err := Load(map[string]string{"data": folder(t, conf, 0o640)}, nil)
	if err != nil || !strings.Contains(c.Database, "tops3cret") {
		t.Fatalf("%v", err)
	}
	var out strings.Builder
	if err := Print(&out, origins); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "postgres://anna:****@db.example.org/tandem?****") || strings.Contains(out.String(), "tops3cret") {
		t.Error(out.String())
	}
	for _, broken := range []string{
		"database = mysql://anna:tops3cret@h/d", "database = postgres://anna:tops3cret@h:port/d", "database = tops3cret",
		"postgres://anna:tops3cret@h/d?sslmode=off", "tops3cret", "base_url = https://anna:tops3cret@example.org",
	} {
		_, _, err := Load(map[string]string{"data": folder(t, broken, 0o600)}, nil)
		if got := english(t, err) + err.Error(); strings.Contains(got, "tops3cret") {
			t.Errorf("%q tells its secret: %s", broken, got)
		}
	}
	// A file without a secret may be read by all.
	if _, _, err := Load(map[string]string{"data": folder(t, "lang = de", 0o644)}, nil); err != nil {
		t.Error(err)
	}
}

func TestCertificateAndKeyBelongTogether(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	write(t, cert, "cert", 0o644)
	write(t, key, "key", 0o600)
	load := func(flags map[string]string) error {
		flags["data"] = dir
		_, _, err := Load(flags, nil)
		return err
	}
	if err := load(map[string]string{"tls_cert": cert, "tls_key": key}); err != nil {
		t.Error(err)
	}
	if got := english(t, load(map[string]string{"tls_cert": cert})); got != "--tls-cert needs tls_key as well." {
		t.Error(got)
	}
	if got := english(t, load(map[string]string{"tls_key": key})); got != "--tls-key needs tls_cert as well." {
		t.Error(got)
	}
	write(t, key, "key", 0o604)
	if got := english(t, load(map[string]string{"tls_cert": cert, "tls_key": key})); !strings.Contains(got, "(mode 0604). Run chmod 600.") {
		t.Error(got)
	}
}

func TestAPublicAddressWithoutHTTPSIsWarnedOf(t *testing.T) {
	for url, warns := range map[string]bool{
		"http://tandem.example.org": true, "http://203.0.113.7:8080/": true, "https://tandem.example.org/": false,
		"http://localhost:8080": false, "http://192.168.1.4": false, "http://[fd00::1]:80": false, "http://nas": false, "http://nas.local": false,
	} {
		c, _, err := Load(map[string]string{"data": t.TempDir(), "base_url": url}, nil)
		if err != nil || (len(c.Warnings) == 1) != warns || c.BaseURL != strings.TrimSuffix(url, "/") {
			t.Errorf("%s: %+v, %v", url, c, err)
		}
		for _, w := range c.Warnings {
			if got := i18n.EN.T("note."+w.Code, w.Args); !strings.HasPrefix(got, "--base-url: "+url+" is a public address without https") {
				t.Error(got)
			}
		}
	}
}

func TestProxiesAndListenAddressesThatAreAccepted(t *testing.T) {
	c, _, err := Load(map[string]string{"data": t.TempDir(), "trusted_proxies": "10.0.0.1, 172.16.5.0/12,fd00::/8"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.TrustedProxies {
		got = append(got, p.String())
	}
	if want := []string{"10.0.0.1/32", "172.16.0.0/12", "fd00::/8"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, listen := range []string{":8080", "0.0.0.0:80", "[::1]:8080", "localhost:0", "nas-1.home.arpa:443"} {
		if _, _, err := Load(map[string]string{"data": t.TempDir(), "listen": listen}, nil); err != nil {
			t.Errorf("%s: %v", listen, err)
		}
	}
	for _, db := range []string{"postgres://u:p@h/d", "postgresql://h:5432/d?sslmode=disable", "postgres:///d?host=/run/postgresql"} {
		if _, _, err := Load(map[string]string{"data": t.TempDir(), "database": db}, nil); err != nil {
			t.Errorf("%s: %v", db, err)
		}
	}
}

func TestAFileThatIsNoFileIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	_, _, err := Load(map[string]string{"data": dir}, nil)
	if got := english(t, err); !strings.HasPrefix(got, "tandem.conf: ") || !strings.HasSuffix(got, " cannot be read.") {
		t.Error(got)
	}
}

func TestAnyFileIsReadOrToldButNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-z_]{0,9} ?= ?"?[a-z:/0-9*.]{0,9}"?\n){0,4}`)).Draw(t, "text")
		lines, p := parse(text)
		for _, l := range lines {
			if p != nil || l.value == "" {
				t.Fatalf("%q: %v, %+v", text, p, l)
			}
			o, ok := byName(l.key)
			if !ok {
				t.Fatalf("%q passes the key %q", text, l.key)
			}
			o.set(new(Config), given{l.key, l.value})
		}
	})
}

func TestTheTableIsDocumentedAsAWhole(t *testing.T) {
	md := Markdown()
	for _, o := range Options() {
		if o.Doc == "" || o.Accepts == "" || o.set == nil {
			t.Errorf("%s lacks something", o.Name)
		}
		if !strings.Contains(md, "| `--"+o.Flag()+"` | `"+o.Env()+"` |") {
			t.Errorf("%s is not in the documentation", o.Name)
		}
		if o.Default != "" {
			if p := o.set(new(Config), given{o.Name, o.Default}); p != nil {
				t.Errorf("the default of %s is refused: %v", o.Name, p)
			}
		}
	}
	if n := strings.Count(md, "\n"); n != len(options)+2 {
		t.Errorf("%d lines", n)
	}
}

func TestNothingOfAMailPasswordIsPrinted(t *testing.T) {
	for _, password := range []string{"hunter2", "a://b:c@d/e", "hunter2/x?y"} {
		conf := "smtp_host = m.example.org\nmail_from = t@example.org\nbase_url = https://t.example.org\nsmtp_user = u\nsmtp_password = " + password
		c, origins, err := Load(map[string]string{"data": folder(t, conf, 0o600)}, nil)
		if err != nil || c.SMTP.Password != password || c.SMTP.Port != 587 || c.SMTP.TLS != "starttls" {
			t.Fatalf("%+v, %v", c.SMTP, err)
		}
		for _, o := range origins {
			if o.Name == "smtp_password" && o.Value != "****" || strings.Contains(o.Value, password) {
				t.Errorf("%s is printed as %q", o.Name, o.Value)
			}
		}
	}
}
