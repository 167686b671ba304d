package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// FileName is the name of the file of settings, in the data folder.
const FileName = "tandem.conf"

// maxFile is far beyond any real file of settings, in bytes.
const maxFile = 1 << 20

// others are environment variables of the program that are no settings: the client's address and
// token, the tests' switches.
var others = []string{"TANDEM_URL", "TANDEM_TOKEN", "TANDEM_NO_INSTALL"}

// Load reads the settings: flags holds those that were given on the command line, by Option.Name;
// environ is os.Environ(); the file is tandem.conf in the data folder, where there is one. It gives a
// checked Config and, for `tandem config`, each setting with its origin. The error is a *Problem, the
// first that it met; nothing has been changed or opened then.
func Load(flags map[string]string, environ []string) (Config, []Origin, error) {
	found, p := fromEnv(environ)
	if p == nil {
		p = fromFlags(flags, found)
	}
	if p != nil {
		return Config{}, nil, p
	}
	data, _ := byName("data")
	dir := data.Default
	if f, ok := found["data"]; ok {
		dir = f.value
	}
	if p := fromFile(filepath.Join(dir, FileName), found); p != nil {
		return Config{}, nil, p
	}
	return build(found)
}

// origin is a given value with where it was found.
type origin struct {
	given
	from string
}

// fromEnv takes the TANDEM_ variables; an empty one counts as not set.
func fromEnv(environ []string) (map[string]origin, *Problem) {
	found := map[string]origin{}
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		if !strings.HasPrefix(name, "TANDEM_") || strings.HasPrefix(name, "TANDEM_TEST_") || slices.Contains(others, name) {
			continue
		}
		o, ok := byName(strings.ToLower(strings.TrimPrefix(name, "TANDEM_")))
		if !ok || o.Env() != name {
			return nil, unknown(name, Option.Env)
		}
		if value != "" {
			found[o.Name] = origin{given{name, value}, name}
		}
	}
	return found, nil
}

func fromFlags(flags map[string]string, found map[string]origin) *Problem {
	for name, value := range flags {
		o, ok := byName(name)
		if !ok {
			return unknown("--"+name, func(o Option) string { return "--" + o.Flag() })
		}
		key := "--" + o.Flag()
		if value == "" {
			return &Problem{Code: "config_missing_value", Args: map[string]any{"key": key}}
		}
		found[name] = origin{given{key, value}, key}
	}
	return nil
}

// fromFile adds what the file says and nobody else has said. A missing file is no error.
func fromFile(path string, found map[string]origin) *Problem {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	cannot := &Problem{Code: "config_missing_file", Args: map[string]any{"key": FileName, "file": oneLine(path)}}
	if err != nil {
		return cannot
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		return cannot
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return cannot
	}
	lines, p := parse(string(text))
	if p != nil {
		return p
	}
	for _, l := range lines {
		o, _ := byName(l.key)
		if o.Secret {
			if p := private(path); p != nil {
				return p
			}
		}
		if _, said := found[l.key]; !said {
			found[l.key] = origin{given{l.key, l.value}, FileName + " line " + strconv.Itoa(l.number)}
		}
	}
	return nil
}

// line is one setting of the file.
type line struct {
	key, value string
	number     int
}

// parse reads "key = value" lines. Lines that begin with # and empty lines are for the reader; a value
// may stand in double quotes; nothing is repeated of a line that is not understood, for it may hold a
// secret.
func parse(text string) ([]line, *Problem) {
	var lines []line
	n := 0
	for raw := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		s := strings.TrimSpace(raw)
		if s == "" || s[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(s, "=")
		l := line{strings.TrimSpace(key), strings.TrimSpace(value), n}
		if len(l.value) >= 2 && l.value[0] == '"' && l.value[len(l.value)-1] == '"' {
			l.value = l.value[1 : len(l.value)-1]
		}
		if !ok || !isKey(l.key) {
			return nil, &Problem{Code: "config_line", Args: map[string]any{"file": FileName, "line": n}}
		}
		if p := l.check(lines); p != nil {
			return nil, p
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// check looks at a line by itself and beside those before it.
func (l line) check(before []line) *Problem {
	o, ok := byName(l.key)
	switch {
	case !ok:
		return unknown(l.key, func(o Option) string { return o.Name })
	case o.NoFile:
		return &Problem{Code: "config_not_in_file", Args: map[string]any{
			"key": l.key, "file": FileName, "flag": "--" + o.Flag(), "env": o.Env()}}
	case l.value == "":
		return &Problem{Code: "config_missing_value", Args: map[string]any{"key": l.key}}
	}
	for _, b := range before {
		if b.key == l.key {
			return &Problem{Code: "config_twice", Args: map[string]any{
				"key": l.key, "file": FileName, "first": b.number, "line": l.number}}
		}
	}
	return nil
}

// isKey tells whether a text can be a misspelt key, and no more than that.
func isKey(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.' {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// build runs the checks of the table in its order, then those of several settings together.
func build(found map[string]origin) (Config, []Origin, error) {
	var c Config
	var origins []Origin
	for _, o := range options {
		f, ok := found[o.Name]
		if !ok {
			f = origin{given{o.Name, o.Default}, "default"}
		}
		if f.value != "" {
			if p := o.set(&c, f.given); p != nil {
				return Config{}, nil, p
			}
		}
		origins = append(origins, Origin{Name: o.Name, Value: printed(o, f.value), From: f.from})
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		has, other := found["tls_cert"].key, "tls_key"
		if c.TLSCert == "" {
			has, other = found["tls_key"].key, "tls_cert"
		}
		return Config{}, nil, &Problem{Code: "config_pair", Args: map[string]any{"key": has, "other": other}}
	}
	if p := checkMail(c); p != nil {
		return Config{}, nil, p
	}
	return c, origins, nil
}

// unknown answers a name that the table does not have: with the nearest one, or with all.
func unknown(name string, written func(Option) string) *Problem {
	best, least := "", len(name)
	var all []string
	for _, o := range options {
		w := written(o)
		all = append(all, w)
		if d := distance(strings.ToLower(name), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	if least <= max(2, len(name)/4) {
		return &Problem{Code: "config_unknown_key", Args: map[string]any{"key": shown(name), "suggestion": best}}
	}
	return &Problem{Code: "config_unknown_key_plain", Args: map[string]any{"key": shown(name), "allowed": strings.Join(all, ", ")}}
}

// distance counts the single-character changes between a and b, two neighbours swapped being one
// (optimal string alignment).
func distance(a, b string) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
