//go:build testclock

package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// clock gives a clock that tests move. It begins at TANDEM_TEST_NOW (RFC 3339; the real time unless said)
// and runs on from there. With TANDEM_TEST_CLOCK, the path of a socket, a POST of an RFC 3339 instant to
// it sets the clock, forward or back, and a GET reads it.
func clock() (func() time.Time, error) {
	ahead := new(atomic.Int64)
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	set := func(text string) error {
		t, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
		if err == nil {
			ahead.Store(int64(time.Until(t)))
		}
		return err
	}
	if text := os.Getenv("TANDEM_TEST_NOW"); text != "" {
		if err := set(text); err != nil {
			return nil, usage("TANDEM_TEST_NOW: %q is not an instant like 2026-11-21T09:00:00Z.", text)
		}
	}
	path := os.Getenv("TANDEM_TEST_CLOCK")
	if path == "" {
		return now, nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			text, err := io.ReadAll(io.LimitReader(r.Body, 100))
			if err == nil {
				err = set(string(text))
			}
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		io.WriteString(w, now().Format(time.RFC3339Nano)+"\n")
	})}
	go server.Serve(l)
	return now, nil
}
