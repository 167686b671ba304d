// Package egress is the one way by which the server leaves the house: a dialer that knows where it may go.
package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// A Dialer connects to the hosts of the settings and to nothing else. A name is looked up once and the
// address that was checked is the one that is dialled, so that a second answer cannot lead elsewhere.
type Dialer struct {
	// Allowed are the targets, each "host:port" in lower case.
	Allowed []string
	// Private lets addresses of one's own machine and network through: a mail server beside this one. Link-local
	// addresses, where clouds answer with secrets, stay closed also then.
	Private bool
	// Timeout bounds looking up and connecting; 10 seconds where it is 0.
	Timeout time.Duration
	// Lookup finds the addresses of a name; nil asks the system.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
}

// A Refusal says that an address is none that the server may go to.
type Refusal struct{ Address, Why string }

func (r *Refusal) Error() string { return fmt.Sprintf("%s may not be dialled: %s", r.Address, r.Why) }

// DialContext connects to an allowed target over TCP.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if network != "tcp" && network != "tcp4" && network != "tcp6" {
		return nil, &Refusal{address, "network " + network}
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(d.Allowed, strings.ToLower(address)) {
		return nil, &Refusal{address, "not in the settings"}
	}
	timeout := d.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	addrs, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	err = &Refusal{address, "it has no address"}
	for _, a := range addrs {
		a = a.Unmap()
		if !d.open(a) {
			err = &Refusal{address, "its address " + a.String() + " is private"}
			continue
		}
		var conn net.Conn
		var dialer net.Dialer
		if conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(a.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (d *Dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	if d.Lookup != nil {
		return d.Lookup(ctx, host)
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// open tells whether an address may be dialled.
func (d *Dialer) open(a netip.Addr) bool {
	if Public(a) {
		return true
	}
	return d.Private && (a.IsLoopback() || a.IsPrivate() || within(a, shared))
}

const (
	shared = "100.64.0.0/10" // between providers and their customers, RFC 6598
	global = "2000::/3"      // all of IPv6 that is given out
)

// within tells whether an address lies in a range.
func within(a netip.Addr, prefix string) bool {
	p, err := netip.ParsePrefix(prefix)
	return err == nil && p.Contains(a)
}

// special are the ranges inside the global ones that lead elsewhere than the open network: the registries
// of special-purpose addresses (RFC 6890 and its successors), and what carries an IPv4 address inside
// (6to4, Teredo), which could name a private one.
var special = []string{
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
}

// Public tells whether an address lies in the open network.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.Zone() != "" || a.Is6() && !within(a, global) {
		return false
	}
	return !slices.ContainsFunc(special, func(s string) bool { return within(a, s) })
}
