package crash

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem/tandemtest"
)

const (
	writers     = 32
	pairWriters = 2 // of these; the others log values
)

// TestA1A2KillLosesNothingAcknowledged kills the program while 32 write, starts it again and reads all
// back: what was answered is there, a call that nobody answered can be sent again, is answered and is not
// done twice, and an operation of several rows is there whole or not at all.
func TestA1A2KillLosesNothingAcknowledged(t *testing.T) {
	kills := 20
	if os.Getenv("TANDEM_LONG") != "" {
		kills = 200
	}
	tandemtest.EachDB(t, func(t *testing.T, dsn string) {
		h := newHouse(t, dsn)
		h.serve()
		seed := uint64(time.Now().UnixNano())
		random := rand.New(rand.NewPCG(seed, 0))
		answered, open, pairs := 0, 0, 0
		for kill := range kills {
			r := newRound(h, kill)
			r.write(time.Duration(30+random.IntN(370)) * time.Millisecond)
			began := time.Now()
			h.serve()
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("kill %d: it took %v to serve again", kill, took)
			}
			pairs += r.check()
			answered += len(r.answered)
			open += len(r.unknown)
			if t.Failed() {
				t.Fatalf("after kill %d (seed %d)", kill, seed)
			}
		}
		if answered < writers*kills {
			t.Errorf("only %d calls were answered in %d rounds: nothing was put to the test", answered, kills)
		}
		t.Logf("%d kills: %d calls answered, all there; %d left open, half of them sent again, answered and done once", kills, answered, open)
		// Lists show the goals and numbers of a pair; the links between its goals stand in the dump.
		if rows := h.rows(); rows["fuels"] != pairs || rows["learning"] != pairs || rows["performance"] != pairs {
			t.Errorf("%d pairs, but %d links, %d learning goals, %d results", pairs, rows["fuels"], rows["learning"], rows["performance"])
		}
		h.process.Stop()
		h.doctor()
	}, tandemtest.Durable())
}

// A round is the writing between two kills. Each round has a number of its own.
type round struct {
	*house
	kill int
	path string // of its values
	last atomic.Int64

	mu       sync.Mutex
	answered []call
	unknown  []call // sent, but the answer never came
}

// A call is one value or one pair, by its number in the round. Half of them have a key, by which they can
// be sent again; the others are answered after one transaction, so that a promise given too early shows.
type call struct {
	pair, keyed bool
	n           int
}

func newRound(h *house, kill int) *round {
	return &round{house: h, kill: kill, path: h.number(fmt.Sprintf("Number of round %d", kill))}
}

// write has all writers write until the program is killed, d after it has come into its stride: an engine
// with a process for each connection takes a while.
func (r *round) write(d time.Duration) {
	var wg sync.WaitGroup
	stride := make(chan struct{})
	underWay := sync.OnceFunc(func() { close(stride) })
	for w := range writers {
		wg.Go(func() {
			for {
				c := call{pair: w < pairWriters, keyed: w%2 == 0, n: int(r.last.Add(1))}
				a, err := r.make(c)
				r.mu.Lock()
				switch {
				case err != nil:
					r.unknown = append(r.unknown, c)
				case a.status != http.StatusCreated:
					r.t.Errorf("call %+v answers %d: %s", c, a.status, a.body)
				default:
					r.answered = append(r.answered, c)
				}
				if len(r.answered) == writers || err != nil || r.t.Failed() {
					underWay()
				}
				r.mu.Unlock()
				if err != nil || a.status != http.StatusCreated {
					return
				}
				if c.pair {
					time.Sleep(10 * time.Millisecond) // the list of goals is read back whole each time
				}
			}
		})
	}
	<-stride
	time.Sleep(d)
	r.process.Kill()
	wg.Wait()
}

// make sends a call. Its key says that it is the same one when it is sent again.
func (r *round) make(c call) (answer, error) {
	key := ""
	if c.keyed {
		key = fmt.Sprintf("round-%d-call-%d", r.kill, c.n)
	}
	if !c.pair {
		return r.send(http.MethodPost, r.path, key, map[string]any{"value": c.n})
	}
	title := fmt.Sprintf("Pair %d of round %d", c.n, r.kill)
	return r.send(http.MethodPost, "/pairs", key, map[string]any{
		"result": map[string]any{"title": title, "number": map[string]any{"name": title, "form": "total"},
			"deadline": time.Now().AddDate(0, 3, 0).Format(time.DateOnly), "target": 100},
		"learning": map[string]any{"title": title},
	})
}

// A line is what the list tells of a goal: of a result or of a learning goal.
type line struct {
	Result, Learning struct{ Title string }
}

// check reads back what the round wrote, sends again what got no answer, and reads back again. It gives
// how many pairs there are then.
func (r *round) check() (made int) {
	r.t.Helper()
	values, pairs := r.values(r.path), r.pairs()
	for _, c := range r.answered {
		if !c.pair && values[c.n] != 1 {
			r.t.Errorf("value %d was answered and stands %d times", c.n, values[c.n])
		}
		if c.pair && pairs[c.n] != whole {
			r.t.Errorf("pair %d was answered and is %q", c.n, pairs[c.n])
		}
	}
	for _, c := range r.unknown {
		if !c.pair && values[c.n] > 1 {
			r.t.Errorf("value %d was sent once and stands %d times", c.n, values[c.n])
		}
		if c.pair && pairs[c.n] != whole && pairs[c.n] != "" {
			r.t.Errorf("pair %d is half there: %q", c.n, pairs[c.n])
		}
		if !c.keyed {
			continue
		}
		// Whether the kill came before or after the commit: the same key is answered as if nothing had been.
		if a, err := r.make(c); err != nil || a.status != http.StatusCreated {
			r.t.Errorf("%+v sent again answers %d, %v: %s", c, a.status, err, a.body)
		}
	}
	values, pairs = r.values(r.path), r.pairs()
	sent := map[int]bool{}
	for _, c := range slices.Concat(r.answered, r.unknown) {
		sent[c.n] = true
		if c.keyed && (!c.pair && values[c.n] != 1 || c.pair && pairs[c.n] != whole) {
			r.t.Errorf("%+v is not there exactly once at the end: %d, %q", c, values[c.n], pairs[c.n])
		}
	}
	for n := range maps.Keys(values) {
		if !sent[n] {
			r.t.Errorf("value %d was never sent", n)
		}
	}
	return len(pairs)
}

// whole is a pair of which each part is there once.
const whole = "learning, number, result"

// pairs names the parts that there are of each pair of the round.
func (r *round) pairs() map[int]string {
	r.t.Helper()
	parts := map[int][]string{}
	note := func(title, part string) {
		var n, kill int
		if _, err := fmt.Sscanf(title, "Pair %d of round %d", &n, &kill); err == nil && kill == r.kill {
			parts[n] = append(parts[n], part)
		}
	}
	for _, m := range all[struct{ Name string }](r.house, "/metrics") {
		note(m.Name, "number")
	}
	for _, l := range all[line](r.house, "/goals") {
		note(l.Result.Title, "result")
		note(l.Learning.Title, "learning")
	}
	out := map[int]string{}
	for n, p := range parts {
		slices.Sort(p)
		out[n] = strings.Join(p, ", ")
	}
	return out
}
