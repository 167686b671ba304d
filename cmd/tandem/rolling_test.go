package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tandem/tandemtest"
)

// twoBehind is a reverse proxy in front of two instances, as simple as they come: each request goes to the
// next instance, and to the other one where nobody listens. A request that was sent is not sent again.
func twoBehind(hosts [2]string) http.Handler {
	var turn atomic.Int64
	dial := func(_, _ string) (net.Conn, error) {
		first := turn.Add(1)
		c, err := net.Dial("tcp", hosts[first%2])
		if err != nil {
			c, err = net.Dial("tcp", hosts[(first+1)%2])
		}
		return c, err
	}
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", "instances" },
		Transport: &http.Transport{Dial: dial, DisableKeepAlives: true},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusBadGateway)
		},
	}
}

func TestARollingRestartOfTwoInstancesDropsNoRequest(t *testing.T) {
	url, program := tandemtest.Postgres(t), tandemtest.Binary(t)
	out, err := exec.Command(program, "person", "add", "ana@example.org", "--token", "--json", "--database", url).Output()
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ Token string }
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	var hosts [2]string
	start := func(i int, at string) *tandemtest.Process {
		p := tandemtest.Start(t, nil, program, "serve", "--database", url, "--data", t.TempDir(), "--listen", at, "--log-level", "warn", "--changes-per-minute", "1000000")
		hosts[i] = strings.TrimPrefix(p.Await(`serves (http\S+)`), "http://")
		return p
	}
	instances := [2]*tandemtest.Process{start(0, "127.0.0.1:0"), start(1, "127.0.0.1:0")}
	front := httptest.NewServer(twoBehind(hosts))
	defer front.Close()

	send := func(method, path, body string) (int, string) {
		r, err := http.NewRequest(method, front.URL+path, strings.NewReader(body))
		if err != nil {
			return 0, err.Error()
		}
		r.Header.Set("Authorization", "Bearer "+made.Token)
		r.Header.Set("Content-Type", "application/json")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0, err.Error()
		}
		defer a.Body.Close()
		text, err := io.ReadAll(a.Body)
		if err != nil {
			return 0, err.Error()
		}
		return a.StatusCode, string(text)
	}
	status, text := send("POST", "/api/v1/metrics", `{"name":"Sales","form":"total"}`)
	var metric struct{ ID string }
	if err := json.Unmarshal([]byte(text), &metric); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s %v", status, text, err)
	}
	stop := make(chan struct{})
	var sent atomic.Int64
	var writers sync.WaitGroup
	for range 3 {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if status, text := send("POST", "/api/v1/metrics/"+metric.ID+"/observations", `{"value":1}`); status != http.StatusCreated {
					t.Errorf("a request was answered %d %s", status, text)
				}
				sent.Add(1)
			}
		})
	}
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	for round := range rounds {
		i := round % 2
		at := hosts[i]
		if code := instances[i].Stop(); code != 0 {
			t.Errorf("round %d: it ended with %d: %s", round, code, instances[i].Said())
		}
		instances[i] = start(i, at)
	}
	close(stop)
	writers.Wait()
	t.Log(fmt.Sprint(sent.Load(), " requests over ", rounds, " restarts"))
	if sent.Load() < int64(rounds) {
		t.Errorf("only %d requests were sent", sent.Load())
	}
}
