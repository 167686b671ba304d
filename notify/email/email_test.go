package email_test

import (
	"context"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/egress"
	"tandem/notify/email"
	"tandem/tandemtest"
)

func settings(s *tandemtest.SMTP, mode string) email.Settings {
	port, _ := strconv.Atoi(s.Port)
	x := email.Settings{Host: s.Host, Port: port, TLS: mode, From: "tandem@example.org", Timeout: 5 * time.Second, Roots: s.Roots}
	x.Dial = (&egress.Dialer{Allowed: []string{x.Target()}, Private: true}).DialContext
	return x
}

var hello = email.Message{To: "ana@example.org", Name: "Änna", Subject: "Grüße an dich", Plain: "Plain grüßt\n.\nend", HTML: "<p>HTML grüßt</p>", Stop: "https://t.example.org/mail/stop/x", ID: "abc", At: time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)}

func TestAMailArrivesInBothFormsByEveryWay(t *testing.T) {
	for _, mode := range []string{email.StartTLS, email.Implicit, email.Plain} {
		t.Run(mode, func(t *testing.T) {
			s := tandemtest.NewSMTP(t, mode)
			x := settings(s, mode)
			if mode != email.Plain {
				x.User, x.Password = "user", "secret"
			}
			c, err := x.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			for range 2 {
				if err := c.Send(t.Context(), hello); err != nil {
					t.Fatal(err)
				}
			}
			all := s.Mails()
			if len(all) != 2 {
				t.Fatalf("%d mails", len(all))
			}
			m := all[0]
			for name, want := range map[string]string{"Message-Id": "<abc@example.org>", "List-Unsubscribe": "<https://t.example.org/mail/stop/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated"} {
				if got := m.Header(name); got != want {
					t.Errorf("%s: %q", name, got)
				}
			}
			if m.To != "ana@example.org" || m.Secure != (mode != email.Plain) || !strings.HasPrefix(m.Header("Content-Type"), "multipart/alternative") ||
				strings.Index(m.Text, "text/plain") > strings.Index(m.Text, "text/html") || !strings.Contains(m.Text, "text/html") {
				t.Errorf("to %s, secure %v:\n%s", m.To, m.Secure, m.Text)
			}
			if auth := s.Auth(); mode != email.Plain && (len(auth) != 1 || auth[0] != "user secret") {
				t.Errorf("signed in as %q", auth)
			}
		})
	}
}

func TestAPasswordNeverLeavesWithoutTLS(t *testing.T) {
	s := tandemtest.NewSMTP(t, email.Plain)
	for _, mode := range []string{email.Plain, email.StartTLS} {
		x := settings(s, mode)
		x.User, x.Password = "user", "secret word"
		// A name that is not this machine's: PLAIN makes an exception for that.
		x.Host = "mail.example.org"
		x.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(s.Host, s.Port))
		}
		_, err := x.Open(t.Context())
		if err == nil || len(s.Auth()) != 0 || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, shown %q", mode, err, s.Auth())
		}
	}
}

func TestACertificateOfNobodyIsRefused(t *testing.T) {
	for _, mode := range []string{email.StartTLS, email.Implicit} {
		s := tandemtest.NewSMTP(t, mode)
		x := settings(s, mode)
		x.Roots = nil
		if c, err := x.Open(t.Context()); err == nil {
			c.Close()
			t.Errorf("%s: a certificate that nobody vouches for is taken", mode)
		}
	}
}

func TestWhatTheServerSaysDecidesWhetherItIsTriedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		at, answer   string
		ok, for_good bool
	}{
		"full box, later":         {"RCPT", "450 later", false, false},
		"nobody there":            {"RCPT", "550 no such user", false, true},
		"text refused":            {"END", "554 no", false, true},
		"text later":              {"END", "451 later", false, false},
		"gone after the text":     {"END", "", false, false},
		"stalls after the text":   {"END", "stall", false, false},
		"gone after acknowledged": {"RSET", "", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := tandemtest.NewSMTP(t, email.Plain)
			s.Behave = func(command, _ string) (string, bool) { return c.answer, command == c.at }
			conn, err := settings(s, email.Plain).Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			err = conn.Send(ctx, hello)
			if (err == nil) != c.ok || (tandem.KindOf(err) == tandem.KindInvalid) != c.for_good {
				t.Errorf("%v", err)
			}
		})
	}
}
