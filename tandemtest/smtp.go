package tandemtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// An SMTP is a mail server of one test: it speaks real SMTP over a real socket and keeps what it took.
// Behave, asked before each answer to a command, may put another one in its place: "421 later", "" to end the
// connection without a word, or "stall" to say nothing for good.
type SMTP struct {
	Host, Port string
	Roots      *x509.CertPool
	// Behave is given the command ("CONNECT", "MAIL", "RCPT", "DATA", "END" after the text) and its line.
	Behave func(command, line string) (answer string, instead bool)

	l     net.Listener
	cert  tls.Certificate
	mode  string
	mu    sync.Mutex
	mails []Taken
	auth  []string
	conns map[net.Conn]bool
	all   sync.WaitGroup
}

// Taken is a mail that the server acknowledged.
type Taken struct {
	From, To string
	Secure   bool
	Text     string // with its headers
}

// Header gives a header of the mail, decoded where it is plain.
func (m Taken) Header(name string) string {
	msg, err := mail.ReadMessage(strings.NewReader(m.Text))
	if err != nil {
		return ""
	}
	return msg.Header.Get(name)
}

// NewSMTP starts a server: mode is "none", "starttls" or "implicit".
func NewSMTP(t testing.TB, mode string) *SMTP {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &SMTP{l: l, mode: mode, conns: map[net.Conn]bool{}}
	s.Host, s.Port, _ = net.SplitHostPort(l.Addr().String())
	if err := s.certify(); err != nil {
		t.Fatal(err)
	}
	s.all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns[c] = true
			s.mu.Unlock()
			s.all.Go(func() {
				s.serve(c)
				c.Close()
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		s.mu.Lock()
		for c := range s.conns {
			c.Close()
		}
		s.mu.Unlock()
		s.all.Wait()
	})
	return s
}

// certify makes a certificate for the address, which Roots trusts.
func (s *SMTP) certify() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP(s.Host)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		return err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return err
	}
	s.cert = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	s.Roots = x509.NewCertPool()
	s.Roots.AddCert(leaf)
	return nil
}

// Mails gives what was taken so far.
func (s *SMTP) Mails() []Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Taken(nil), s.mails...)
}

// Auth gives the credentials that were shown, as "user password".
func (s *SMTP) Auth() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.auth...)
}

// serve speaks with one client.
func (s *SMTP) serve(c net.Conn) {
	secure := s.mode == "implicit"
	if secure {
		c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.cert}})
	}
	in := bufio.NewReader(c)
	say := func(command, line, answer string) bool {
		if s.Behave != nil {
			if other, instead := s.Behave(command, line); instead {
				answer = other
			}
		}
		switch answer {
		case "":
			return false
		case "stall":
			_, _ = in.ReadByte() // until the client goes away
			return false
		}
		_, err := fmt.Fprintf(c, "%s\r\n", answer)
		return err == nil && answer[0] != '4' || err == nil && answer[:3] != "421"
	}
	if !say("CONNECT", "", "220 test") {
		return
	}
	var m Taken
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		command := strings.ToUpper(strings.SplitN(line, " ", 2)[0])
		answer := "250 ok"
		switch command {
		case "EHLO":
			answer = "250-test"
			if s.mode == "starttls" && !secure {
				answer += "\r\n250-STARTTLS"
			}
			answer += "\r\n250-AUTH PLAIN\r\n250 8BITMIME"
		case "STARTTLS":
			if !say(command, line, "220 go") {
				return
			}
			c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.cert}})
			in, secure = bufio.NewReader(c), true
			continue
		case "AUTH":
			s.signIn(strings.TrimPrefix(line, "AUTH PLAIN "))
			answer = "235 ok"
		case "MAIL":
			m = Taken{From: line, Secure: secure}
		case "RCPT":
			m.To = strings.TrimSuffix(line[strings.IndexByte(line, '<')+1:], ">")
		case "DATA":
			if !say(command, line, "354 go") {
				return
			}
			if m.Text, err = readText(in); err != nil {
				return
			}
			command = "END"
		case "QUIT":
			say(command, line, "221 bye")
			return
		}
		if command == "END" {
			answer = s.take(m)
		}
		if !say(command, line, answer) {
			return
		}
	}
}

// signIn keeps the credentials that were shown.
func (s *SMTP) signIn(text string) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b = []byte(text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.auth = append(s.auth, strings.TrimSpace(strings.ReplaceAll(string(b), "\x00", " ")))
}

// take keeps a mail and gives the answer that says so; asked as "TAKE" with the answer "no" it does not.
func (s *SMTP) take(m Taken) string {
	if s.Behave != nil {
		if other, instead := s.Behave("TAKE", m.To); instead && other == "no" {
			return "451 not now"
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
	return "250 ok"
}

// readText reads the text of a mail up to the line with a dot alone.
func readText(in *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line == ".\r\n" {
			return b.String(), nil
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}
