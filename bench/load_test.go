package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// serve answers on in-memory connections, inside a bubble whose clock moves only while all sleep.
func serve(t *testing.T, h http.HandlerFunc) (dial func(context.Context, string, string) (net.Conn, error)) {
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	srv := &http.Server{Handler: h}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		select {
		case l.conns <- theirs:
			return ours, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// pipes is a listener whose connections never touch the network.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func TestLatencyAndRateAreExactOnAStillClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		dial := serve(t, func(w http.ResponseWriter, r *http.Request) {
			// 98 answers after 10 ms and 2 after 500 ms: the 99th of 100 is a slow one.
			if n.Add(1)%50 == 0 {
				time.Sleep(500 * time.Millisecond)
			} else {
				time.Sleep(10 * time.Millisecond)
			}
		})
		m := load{url: "http://x/", conns: 1, count: 100, dial: dial}.run(t.Context())
		if m.ok != 100 || m.p50 != 10*time.Millisecond || m.p99 != 500*time.Millisecond || m.seconds != 1.98 {
			t.Errorf("measured %+v", m)
		}
		if want := 100 / 1.98; m.rate < want-0.001 || m.rate > want+0.001 {
			t.Errorf("rate %v, want %v", m.rate, want)
		}
	})
}

func TestALoadKeepsItsConnectionsBusyUntilItsTimeIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		dial := serve(t, func(w http.ResponseWriter, r *http.Request) {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(100 * time.Millisecond)
			now.Add(-1)
		})
		m := load{url: "http://x/", conns: 4, d: time.Second, dial: dial}.run(t.Context())
		if m.ok != 40 || m.seconds != 1 || most.Load() != 4 {
			t.Errorf("%d answers in %v s, at most %d at once; want 40, 1, 4", m.ok, m.seconds, most.Load())
		}
	})
}

func TestFailuresAreCountedAndMakeNothingLookFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen sync.Map
		dial := serve(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			n, err := strconv.Atoi(strings.TrimPrefix(string(body), "n="))
			if _, twice := seen.LoadOrStore(n, true); twice || err != nil || r.Method != http.MethodPost || r.Header.Get("X-Who") != "me" {
				t.Errorf("%s %q", r.Method, body)
			}
			switch n {
			case 107:
				w.WriteHeader(http.StatusServiceUnavailable)
			case 108:
				panic(http.ErrAbortHandler)
			case 109:
				<-r.Context().Done() // it hangs until the client gives up
			default:
				time.Sleep(20 * time.Millisecond)
			}
		})
		m := load{url: "http://x/", body: "n={{seq}}", header: http.Header{"X-Who": {"me"}}, conns: 1, count: 10, first: 100, dial: dial}.run(t.Context())
		if m.requests != 10 || m.ok != 7 || m.failed() != 3 || m.p50 != 20*time.Millisecond || m.p99 != 20*time.Millisecond {
			t.Errorf("measured %+v", m)
		}
		for kind, want := range map[string]int64{"503": 1, "closed": 1, "timeout": 1} {
			if m.failures[kind] != want {
				t.Errorf("%d of %s, want %d (%v)", m.failures[kind], kind, want, m.failures)
			}
		}
	})
}

func TestPercentilesAreByNearestRank(t *testing.T) {
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1))
	}
	for _, c := range []struct {
		of   []time.Duration
		p    float64
		want time.Duration
	}{
		{nil, 99, 0}, {hundred[:1], 50, 1}, {hundred, 50, 50}, {hundred, 99, 99}, {hundred[:10], 99, 10}, {hundred[:3], 50, 2},
	} {
		if got := percentile(c.of, c.p); got != c.want {
			t.Errorf("p%v of %d values is %d, want %d", c.p, len(c.of), got, c.want)
		}
	}
}

func TestTheMedianIsTheMiddle(t *testing.T) {
	if got := median([]float64{9, 1, 5}); got != 5 {
		t.Errorf("median of 9, 1, 5 is %v", got)
	}
	if got := median([]int{2, 1}); got != 2 {
		t.Errorf("median of 2, 1 is %v", got)
	}
}
