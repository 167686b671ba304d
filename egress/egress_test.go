package egress

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestOnlyTheOpenNetworkIsPublic(t *testing.T) {
	for _, s := range []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
		"192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:db8::1",
		"2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
	} {
		if Public(netip.MustParseAddr(s)) {
			t.Errorf("%s counts as public", s)
		}
	}
	for _, s := range []string{"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.128.0.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"} {
		if !Public(netip.MustParseAddr(s)) {
			t.Errorf("%s counts as private", s)
		}
	}
}

func TestADialerGoesNowhereButWhereItMay(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	asked := 0
	to := func(addrs ...string) func(context.Context, string) ([]netip.Addr, error) {
		return func(context.Context, string) (out []netip.Addr, err error) {
			asked++
			for _, a := range addrs {
				out = append(out, netip.MustParseAddr(a))
			}
			return out, nil
		}
	}
	target := "mail.example.org:" + port
	for name, c := range map[string]struct {
		d       Dialer
		address string
		ok      bool
	}{
		"own machine, allowed":     {Dialer{Allowed: []string{target}, Private: true, Lookup: to("127.0.0.1")}, target, true},
		"in capitals":              {Dialer{Allowed: []string{target}, Private: true, Lookup: to("127.0.0.1")}, "Mail.Example.ORG:" + port, true},
		"own machine, not allowed": {Dialer{Allowed: []string{target}, Lookup: to("127.0.0.1")}, target, false},
		"mapped, not allowed":      {Dialer{Allowed: []string{target}, Lookup: to("::ffff:127.0.0.1")}, target, false},
		"cloud secrets, ever":      {Dialer{Allowed: []string{target}, Private: true, Lookup: to("169.254.169.254")}, target, false},
		"another host":             {Dialer{Allowed: []string{target}, Private: true, Lookup: to("127.0.0.1")}, "evil.invalid:" + port, false},
		"another port":             {Dialer{Allowed: []string{"mail.example.org:25"}, Private: true, Lookup: to("127.0.0.1")}, target, false},
		"the address itself":       {Dialer{Allowed: []string{target}, Private: true, Lookup: to("127.0.0.1")}, "127.0.0.1:" + port, false},
		"no address":               {Dialer{Allowed: []string{target}, Private: true, Lookup: to()}, target, false},
	} {
		conn, err := c.d.DialContext(t.Context(), "tcp", c.address)
		var refused *Refusal
		if c.ok != (err == nil) || err != nil && !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
		if conn != nil {
			conn.Close()
		}
	}
	d := Dialer{Allowed: []string{target}, Private: true, Lookup: to("127.0.0.1")}
	if _, err := d.DialContext(t.Context(), "udp", target); err == nil {
		t.Error("it speaks UDP")
	}
}
