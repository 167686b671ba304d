package crash

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem/tandemtest"
)

// TestARestartOfTheDatabaseIsAMomentsWait stops PostgreSQL under the serving program, once in order and once
// without a word, while API and pages are asked for: each answer is a good one or 503 in clear words with
// Retry-After, and all is well again without a restart of the program.
func TestARestartOfTheDatabaseIsAMomentsWait(t *testing.T) {
	s := tandemtest.PostgresServer(t)
	h := newHouse(t, s.URL())
	h.serve()
	values := "/api/v1" + h.number("Sales")
	asks := []struct{ method, path, body string }{
		{"GET", "/api/v1/me", ""}, {"GET", "/api/v1/goals", ""}, {"GET", values, ""}, {"GET", "/api/v1/export", ""}, {"POST", values, `{"value":1}`},
		{"GET", "/sign-in", ""}, {"GET", "/goals", ""}, {"GET", "/join/none", ""}, {"GET", "/readyz", ""},
	}
	var mu sync.Mutex
	seen := map[string]int{}
	ask := func(i int) (status int, fault string) {
		a := asks[i]
		q, err := http.NewRequestWithContext(t.Context(), a.method, h.url+a.path, strings.NewReader(a.body))
		if err != nil {
			return 0, err.Error()
		}
		q.Header.Set("Authorization", "Bearer "+h.token)
		q.Header.Set("Accept-Language", "en")
		if a.body != "" {
			q.Header.Set("Content-Type", "application/json")
		}
		resp, err := h.client.Do(q)
		if err != nil {
			return 0, err.Error()
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			return 0, err.Error()
		}
		text := string(b)
		mu.Lock()
		seen[fmt.Sprint(a.method, " ", a.path, " ", resp.StatusCode)]++
		mu.Unlock()
		switch {
		case resp.StatusCode < 500:
		case resp.StatusCode != http.StatusServiceUnavailable:
			fault = text
		case a.path == "/readyz":
			if !strings.Contains(text, "the database does not answer") {
				fault = text
			}
		case resp.Header.Get("Retry-After") == "" || !strings.Contains(text, "The database does not answer at the moment. Try again in a few seconds."):
			fault = fmt.Sprint(resp.Header, text)
		}
		return resp.StatusCode, fault
	}
	for round, end := range []func(){s.Stop, s.Crash, s.Stop} {
		var stop atomic.Bool
		var wg sync.WaitGroup
		refused := make([]atomic.Int64, len(asks))
		for i := range asks {
			wg.Go(func() {
				for !stop.Load() {
					status, fault := ask(i)
					if fault != "" {
						t.Errorf("round %d: %s %s answers %d: %.600s", round, asks[i].method, asks[i].path, status, fault)
						return
					}
					if status >= 500 {
						refused[i].Add(1)
						time.Sleep(5 * time.Millisecond)
					}
				}
			})
		}
		time.Sleep(200 * time.Millisecond)
		end()
		time.Sleep(300 * time.Millisecond)
		s.Start()
		stop.Store(true)
		wg.Wait()
		for i := range asks {
			if refused[i].Load() == 0 {
				t.Errorf("round %d: %s %s never met the stopped database", round, asks[i].method, asks[i].path)
			}
			status, fault := ask(i)
			for try := 0; try < 40 && status >= 500; try++ { // dead connections may be left in the pool
				status, fault = ask(i)
			}
			if status >= 500 || fault != "" {
				t.Errorf("round %d: the database runs again, and %s %s answers %d: %.600s", round, asks[i].method, asks[i].path, status, fault)
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Log(seen)
}
