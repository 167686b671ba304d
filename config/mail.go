package config

import (
	"strconv"
	"strings"
)

func setSMTPHost(c *Config, g given) *Problem {
	if !isHost(g.value) {
		return g.problem("config_host", nil)
	}
	c.SMTP.Host = strings.ToLower(strings.TrimSuffix(g.value, "."))
	return nil
}

func setSMTPPort(c *Config, g given) *Problem {
	const most = 65535
	n, err := strconv.Atoi(g.value)
	if err != nil || n < 1 || n > most {
		return g.problem("config_number", map[string]any{"lo": 1, "hi": most})
	}
	c.SMTP.Port = n
	return nil
}

func setSMTPTLS(c *Config, g given) *Problem {
	c.SMTP.TLS = g.value
	return g.oneOf("starttls", "implicit", "none")
}

func setSMTPUser(c *Config, g given) *Problem {
	c.SMTP.User = g.value
	return nil
}

func setSMTPPassword(c *Config, g given) *Problem {
	c.SMTP.Password = g.value
	return nil
}

func setSMTPPrivate(c *Config, g given) *Problem {
	c.SMTP.Private = g.value == "yes"
	return g.oneOf("yes", "no")
}

func setMailFrom(c *Config, g given) *Problem {
	name, host, ok := strings.Cut(g.value, "@")
	if !ok || name == "" || !isHost(host) || strings.ContainsAny(g.value, " \t\r\n<>\",;") {
		return g.problem("config_mail_from", nil)
	}
	c.SMTP.From = g.value
	return nil
}

// checkMail wants what mails need, once a mail server is set.
func checkMail(c Config) *Problem {
	needs := func(key, with string) *Problem {
		return &Problem{Code: "config_pair", Args: map[string]any{"key": key, "other": with}}
	}
	switch s := c.SMTP; {
	case s.Host == "":
		return nil
	case s.From == "":
		return needs("smtp_host", "mail_from")
	case c.BaseURL == "":
		return needs("smtp_host", "base_url")
	case s.User != "" && s.Password == "":
		return needs("smtp_user", "smtp_password")
	case s.User == "" && s.Password != "":
		return needs("smtp_password", "smtp_user")
	case s.User != "" && s.TLS == "none":
		return &Problem{Code: "config_password_plain", Args: map[string]any{"key": "smtp_password"}}
	}
	return nil
}
