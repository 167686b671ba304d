package config

import (
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// given is one value as it was written, with the name that it was written under.
type given struct {
	key   string
	value string
}

// problem names the key and, for what is no secret, the value.
func (g given) problem(code string, more map[string]any) *Problem {
	args := map[string]any{"key": g.key, "value": shown(g.value)}
	for k, v := range more {
		args[k] = v
	}
	return &Problem{Code: code, Args: args}
}

// shown makes a value fit for one line: no control characters, at most 60 characters.
func shown(s string) string {
	if r := []rune(oneLine(s)); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return oneLine(s)
}

// oneLine puts a question mark for each control character.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '?'
		}
		return r
	}, s)
}

func setData(c *Config, g given) *Problem {
	c.Data = g.value
	return nil
}

func setListen(c *Config, g given) *Problem {
	host, port, err := net.SplitHostPort(g.value)
	n, errPort := strconv.ParseUint(port, 10, 16)
	if err != nil || errPort != nil || strconv.FormatUint(n, 10) != port || !isHost(host) && host != "" {
		return g.problem("config_address", map[string]any{"example": "127.0.0.1:8080"})
	}
	c.Listen = g.value
	return nil
}

// isHost accepts an IP address (with a zone) or a host name.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		bad := strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
		})
		if label == "" || len(label) > 63 || bad {
			return false
		}
	}
	// The last label of a name is never a number: 1.2.3 is a broken address.
	last := host[strings.LastIndexByte(host, '.')+1:]
	return strings.ContainsFunc(last, unicode.IsLetter)
}

func setDatabase(c *Config, g given) *Problem {
	u, err := url.Parse(g.value)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" && u.Query().Get("host") == "" ||
		strings.Trim(u.Path, "/") == "" && u.Query().Get("dbname") == "" {
		return &Problem{Code: "config_database", Args: map[string]any{"key": g.key}}
	}
	c.Database = g.value
	return nil
}

func setTLSCert(c *Config, g given) *Problem {
	c.TLSCert = g.value
	return readable(g)
}

func setTLSKey(c *Config, g given) *Problem {
	c.TLSKey = g.value
	if p := readable(g); p != nil {
		return p
	}
	return private(g.value)
}

// readable wants a file that can be opened.
func readable(g given) *Problem {
	f, err := os.Open(g.value)
	if err != nil {
		return g.problem("config_missing_file", map[string]any{"file": oneLine(g.value)})
	}
	f.Close()
	return nil
}

// private wants a file that nobody but its owner and group can read or write. Windows keeps such rights
// elsewhere, and every file looks open there.
func private(path string) *Problem {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o006 == 0 {
		return nil
	}
	return &Problem{Code: "config_file_mode", Args: map[string]any{
		"file": oneLine(path), "mode": "0" + strconv.FormatUint(uint64(info.Mode().Perm()), 8)}}
}

func setBaseURL(c *Config, g given) *Problem {
	u, err := url.Parse(g.value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !isHost(u.Hostname()) || !validPort(u.Port()) ||
		u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		if err == nil && u.User != nil {
			g.value = "…@" + u.Host // what stands before it may be a password
		}
		return g.problem("config_url", nil)
	}
	c.BaseURL = strings.TrimSuffix(g.value, "/")
	if u.Scheme == "http" && !isPrivateHost(u.Hostname()) {
		c.Warnings = append(c.Warnings, g.problem("config_base_url_plain", nil))
	}
	return nil
}

func validPort(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil
}

// isPrivateHost tells whether a host can only be reached from one's own machine or network.
func isPrivateHost(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.Contains(host, ".") {
		return true
	}
	return slices.ContainsFunc([]string{".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa", ".test"},
		func(end string) bool { return strings.HasSuffix(host, end) })
}

func setProxies(c *Config, g given) *Problem {
	c.TrustedProxies = nil
	for part := range strings.SplitSeq(g.value, ",") {
		part = strings.TrimSpace(part)
		if part == "*" {
			return g.problem("config_proxies_all", nil)
		}
		prefix, err := netip.ParsePrefix(part)
		if addr, errAddr := netip.ParseAddr(part); errAddr == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			g.value = part
			return g.problem("config_address", map[string]any{"example": "192.168.1.2 or 10.0.0.0/8"})
		}
		// The widest private networks are 10.0.0.0/8 and fc00::/7.
		if prefix.Addr().Is4() && prefix.Bits() < 8 || prefix.Addr().Is6() && prefix.Bits() < 7 {
			g.value = part
			return g.problem("config_proxies_wide", nil)
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix.Masked())
	}
	return nil
}

func setLogLevel(c *Config, g given) *Problem {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[g.value]
	if !ok {
		return g.oneOf("debug", "info", "warn", "error")
	}
	c.LogLevel = level
	return nil
}

func setLogFormat(c *Config, g given) *Problem {
	c.LogFormat = g.value
	return g.oneOf("text", "json")
}

func setLang(c *Config, g given) *Problem {
	c.Lang = g.value
	return g.oneOf("en", "de")
}

// oneOf gives nil when the value is one of those.
func (g given) oneOf(allowed ...string) *Problem {
	if slices.Contains(allowed, g.value) {
		return nil
	}
	return g.problem("config_one_of", map[string]any{"allowed": strings.Join(allowed, ", ")})
}

func setChanges(c *Config, g given) *Problem {
	const most = 1_000_000
	n, err := strconv.Atoi(g.value)
	if err != nil || n < 1 || n > most {
		return g.problem("config_number", map[string]any{"lo": 1, "hi": most})
	}
	c.ChangesPerMinute = n
	return nil
}

func setZone(c *Config, g given) *Problem {
	if _, err := time.LoadLocation(g.value); err != nil || g.value == "Local" {
		return g.problem("config_zone", nil)
	}
	c.Zone = g.value
	return nil
}
