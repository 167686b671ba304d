// Package email hands mails over to one SMTP server. A mail counts as handed over once the server has
// acknowledged it; until then it may be tried again, always under the same Message-ID.
package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"

	"tandem"
)

// How a connection is protected.
const (
	StartTLS = "starttls" // plain at first, then TLS or nothing
	Implicit = "implicit" // TLS from the first byte
	Plain    = "none"     // for a server on the same machine
)

// Settings say how mails leave. The password is never part of an error or a log line.
type Settings struct {
	Host, From, TLS string
	Port            int
	User, Password  string         // "" for none
	Timeout         time.Duration  // of connecting, and of each mail; 30 seconds where it is 0
	Roots           *x509.CertPool // nil: those of the system
	// Dial is the way out of the house.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// A Message is one mail in both forms. Stop is where it is unsubscribed from, by one POST (RFC 8058).
type Message struct {
	To, Name, Subject, Plain, HTML, Stop string
	ID                                   string // left part of the Message-ID
	At                                   time.Time
	// Still is asked once the server waits for the text; with its error the connection ends and the mail is not
	// handed over. nil asks nothing.
	Still func() error
}

// A Conn is an open way to the server. It is for one goroutine.
type Conn struct {
	s   Settings
	c   *mail.Client
	raw net.Conn
}

// Open connects, protects the connection and signs in.
func (s Settings) Open(ctx context.Context) (*Conn, error) {
	if s.Timeout == 0 {
		s.Timeout = 30 * time.Second
	}
	conn := &Conn{s: s}
	secure := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Roots}
	options := []mail.Option{
		mail.WithPort(s.Port), mail.WithTimeout(s.Timeout), mail.WithHELO(domainOf(s.From)), mail.WithTLSConfig(secure), mail.WithoutNoop(), mail.WithTLSPolicy(mail.NoTLS),
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (c net.Conn, err error) {
			if c, err = s.Dial(ctx, network, address); err == nil && s.TLS == Implicit {
				c = tls.Client(c, secure)
			}
			conn.raw = c
			return c, err
		}),
	}
	if s.TLS == StartTLS {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		// The library takes a connection that was dialled for it as open; PLAIN itself looks, and never sends a
		// password over one.
		options = append(options, mail.WithUsername(s.User), mail.WithPassword(s.Password), mail.WithSMTPAuth(mail.SMTPAuthPlain))
	}
	c, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, err
	}
	conn.c = c
	if err := c.DialWithContext(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return conn, nil
}

// domainOf gives the part of an address behind the @.
func domainOf(address string) string {
	d := address[strings.LastIndexByte(address, '@')+1:]
	if d = strings.TrimSuffix(d, ">"); d == "" {
		return "localhost"
	}
	return d
}

// Send hands one mail over; nil means that the server acknowledged it. What the server refuses for good is
// of KindInvalid. After any error the connection is to be closed.
func (c *Conn) Send(ctx context.Context, m Message) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(msg.From(c.s.From), msg.AddToFormat(m.Name, m.To)); err != nil {
		return &tandem.Error{Kind: tandem.KindInvalid, Code: "mail_refused", Args: tandem.Args{"code": 0}, Cause: err}
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@" + domainOf(c.s.From))
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Stop != "" {
		msg.SetGenHeader(mail.HeaderListUnsubscribe, "<"+m.Stop+">")
		msg.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	var kept error
	msg.SetBodyWriter(mail.TypeTextPlain, func(w io.Writer) (int64, error) {
		if m.Still != nil {
			if kept = m.Still(); kept != nil {
				c.raw.Close() // the server drops what has no end
				return 0, kept
			}
		}
		n, err := io.WriteString(w, m.Plain)
		return int64(n), err
	})
	msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	// A cancelled context ends a connection that hangs.
	ended := context.AfterFunc(ctx, func() { c.raw.Close() })
	defer ended()
	err := c.c.Send(msg)
	if msg.IsDelivered() {
		return nil // whatever came after the acknowledgement
	}
	if kept != nil {
		return kept
	}
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() >= 500 && refused.ErrorCode() < 600 {
		return &tandem.Error{Kind: tandem.KindInvalid, Code: "mail_refused", Args: tandem.Args{"code": refused.ErrorCode()}, Cause: err}
	}
	return err
}

// Close ends the connection.
func (c *Conn) Close() {
	if c.raw == nil {
		return
	}
	quit := make(chan struct{})
	var once sync.Once
	end := func() { once.Do(func() { c.raw.Close() }) }
	timer := time.AfterFunc(2*time.Second, end) // a server that hangs is not waited for
	go func() {
		defer close(quit)
		_ = c.c.Close() // what it says to QUIT changes nothing
	}()
	<-quit
	timer.Stop()
	end()
}

// Target gives the host and port of the settings, as the dialer knows them.
func (s Settings) Target() string {
	return net.JoinHostPort(strings.ToLower(s.Host), strconv.Itoa(s.Port))
}
