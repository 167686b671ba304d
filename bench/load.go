package main

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A load is one kind of request, sent over conns connections, each with one request in flight, until
// count requests are sent or d is over. {{seq}} in body is the number of the request, from first on.
type load struct {
	url, body string // a load with a body is a POST
	header    http.Header
	conns     int
	count     int // 0: until d is over
	d         time.Duration
	first     int64
	dial      func(ctx context.Context, network, addr string) (net.Conn, error) // tests only
}

// A measured is what a load met. Rates and latencies are of answers below 400 alone, so that a server
// that fails fast does not look fast.
type measured struct {
	requests int64
	ok       int64
	seconds  float64 // until the last answer
	rate     float64 // good answers a second
	p50, p99 time.Duration
	failures map[string]int64 // by status, or by the kind of error
}

// failed counts the requests that got no good answer.
func (m measured) failed() int64 { return m.requests - m.ok }

// limit bounds one request: a server that hangs counts as one that fails.
const limit = 30 * time.Second

// tally is what one connection met.
type tally struct {
	took     []time.Duration
	sent     int64
	failures map[string]int64
}

// run sends the load and returns when every request that began has ended.
func (l load) run(ctx context.Context) measured {
	dial := l.dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: limit}).DialContext
	}
	tr := &http.Transport{MaxIdleConns: l.conns, MaxIdleConnsPerHost: l.conns, MaxConnsPerHost: l.conns, DisableCompression: true, DialContext: dial}
	defer tr.CloseIdleConnections()
	client := &http.Client{Transport: tr, Timeout: limit, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

	var issued atomic.Int64
	tallies := make([]tally, l.conns)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range tallies {
		wg.Go(func() {
			t := &tallies[i]
			t.failures = map[string]int64{}
			for ctx.Err() == nil && (l.d == 0 || time.Since(start) < l.d) {
				k := issued.Add(1) - 1
				if l.count > 0 && k >= int64(l.count) {
					return
				}
				t.one(ctx, client, l, l.first+k)
			}
		})
	}
	wg.Wait()
	return summarise(tallies, time.Since(start))
}

// one sends one request. The time counts from before it is made until its body is read.
func (t *tally) one(ctx context.Context, client *http.Client, l load, seq int64) {
	t.sent++
	began := time.Now()
	method, body := http.MethodGet, io.Reader(nil)
	if l.body != "" {
		method, body = http.MethodPost, strings.NewReader(strings.ReplaceAll(l.body, "{{seq}}", strconv.FormatInt(seq, 10)))
	}
	req, err := http.NewRequestWithContext(ctx, method, l.url, body)
	if err != nil {
		t.failures["request"]++
		return
	}
	for k, v := range l.header {
		req.Header[k] = v
	}
	resp, err := client.Do(req)
	if err != nil {
		t.failures[kindOf(err)]++
		return
	}
	_, err = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	switch {
	case err != nil:
		t.failures[kindOf(err)]++
	case resp.StatusCode >= 400:
		t.failures[strconv.Itoa(resp.StatusCode)]++
	default:
		t.took = append(t.took, time.Since(began))
	}
}

func kindOf(err error) string {
	var ne net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &ne) && ne.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EPIPE):
		return "closed"
	}
	return "transport"
}

func summarise(tallies []tally, took time.Duration) measured {
	m := measured{seconds: took.Seconds(), failures: map[string]int64{}}
	var all []time.Duration
	for _, t := range tallies {
		all = append(all, t.took...)
		m.requests += t.sent
		for k, n := range t.failures {
			m.failures[k] += n
		}
	}
	m.ok = int64(len(all))
	if took > 0 {
		m.rate = float64(m.ok) / took.Seconds()
	}
	slices.Sort(all)
	m.p50, m.p99 = percentile(all, 50), percentile(all, 99)
	return m
}

// percentile is the nearest-rank percentile of sorted values: the smallest one that at least p per cent
// of them do not exceed; 0 for none.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	k := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(k, 1), len(sorted))-1]
}

// median is the middle value, of an even number the upper one of the two.
func median[T int | int64 | float64 | time.Duration](values []T) T {
	s := slices.Sorted(slices.Values(values))
	return s[len(s)/2]
}
