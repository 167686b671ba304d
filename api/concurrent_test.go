package api_test

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem/api"
)

// TestI2RetriesAreFree sends each value one to five times, in any order and by several at once, over a
// restart in the middle: each stands once.
func TestI2RetriesAreFree(t *testing.T) {
	n := 400
	if os.Getenv("TANDEM_LONG") != "" {
		n = 10_000
	}
	s := newSite(t)
	tok := s.person("mira@example.org")
	m := s.send(tok, "POST", "/api/v1/metrics", `{"name":"Sales","form":"total"}`).want(201)
	path := "/api/v1/metrics/" + m.id() + "/observations"
	r := rand.New(rand.NewPCG(20261121, 2))
	var sends []int
	for i := range n {
		for range 1 + r.IntN(5) {
			sends = append(sends, i)
		}
	}
	r.Shuffle(len(sends), func(i, j int) { sends[i], sends[j] = sends[j], sends[i] })
	half := func(part []int) {
		var wg sync.WaitGroup
		next := atomic.Int64{}
		for range 8 {
			wg.Go(func() {
				for {
					k := int(next.Add(1)) - 1
					if k >= len(part) {
						return
					}
					a := s.send(tok, "POST", path, fmt.Sprintf(`{"value":%d}`, part[k]), "Idempotency-Key", fmt.Sprint("value-", part[k]))
					if a.StatusCode != 201 && a.StatusCode != 409 {
						t.Errorf("value %d: %d %s", part[k], a.StatusCode, a.Text)
					}
				}
			})
		}
		wg.Wait()
	}
	half(sends[:len(sends)/2])
	s.server.Close()
	s.Reopen(t)
	s.Clock.Advance(time.Second) // a restart takes time: ids begin with the millisecond
	s.server = httptest.NewServer(api.Handler(api.Options{App: s.App, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: s.Clock.Now, ChangesPerMinute: 1_000_000}))
	t.Cleanup(s.server.Close)
	half(sends[len(sends)/2:])
	counts, next := map[float64]int{}, ""
	for {
		p := s.send(tok, "GET", path+"?limit=200&next="+next, "").want(200)
		for _, x := range p.items() {
			counts[x.(map[string]any)["value"].(float64)]++
		}
		if next = p.text("next"); next == "" {
			break
		}
	}
	if len(counts) != n {
		t.Errorf("%d values of %d stand", len(counts), n)
	}
	for v, c := range counts {
		if c != 1 {
			t.Errorf("the value %g stands %d times", v, c)
		}
	}
}

// TestI1NoEditIsLost lets editors change one goal at once, each from the version that it read: every
// accepted edit is in the history, and none was made over another unseen.
func TestI1NoEditIsLost(t *testing.T) {
	editors, rounds := 8, 8
	if os.Getenv("TANDEM_LONG") != "" {
		editors, rounds = 32, 100
	}
	s := newSite(t)
	tok := s.person("mira@example.org")
	g := s.send(tok, "POST", goals, someGoal).want(201)
	accepted := atomic.Int64{}
	var wg sync.WaitGroup
	for e := range editors {
		wg.Go(func() {
			for i := range rounds {
				read := s.send(tok, "GET", goals+"/"+g.id(), "")
				a := s.send(tok, "PATCH", goals+"/"+g.id(), fmt.Sprintf(`{"title":"edit %d %d"}`, e, i), "If-Match", read.Header.Get("ETag"))
				switch a.StatusCode {
				case 200:
					accepted.Add(1)
				case 412:
				default:
					t.Errorf("an edit: %d %s", a.StatusCode, a.Text)
				}
			}
		})
	}
	wg.Wait()
	now := s.send(tok, "GET", goals+"/"+g.id(), "").want(200)
	if v := now.JSON["version"].(float64); v != float64(accepted.Load()+1) {
		t.Errorf("%d edits were accepted and the version is %g", accepted.Load(), v)
	}
	past := s.send(tok, "GET", goals+"/"+g.id()+"/history", "").want(200).items()
	if want := min(int(accepted.Load()), 50); len(past) != want {
		t.Errorf("the history has %d changes, %d were accepted", len(past), accepted.Load())
	}
	after := ""
	for _, p := range past { // newest first: what one left is what the next one found
		h := p.(map[string]any)
		if left := h["after"].(map[string]any)["title"].(string); after != "" && left != after {
			t.Errorf("one edit left %q, the next found %q", left, after)
		}
		after = h["before"].(map[string]any)["title"].(string)
	}
	t.Logf("%d of %d edits accepted", accepted.Load(), editors*rounds)
}
