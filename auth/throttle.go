package auth

import (
	"time"

	"tandem"
)

// A Throttle is the memory of tries under one key: an account, a network address, the set-up. Its zero
// value is a key that nothing is known of. It lies in the database, so that it holds over restarts and
// instances; read and write it in one transaction.
type Throttle struct {
	Count       int            // tries that were let through since WindowStart
	WindowStart tandem.Instant // first of them
	NextAt      tandem.Instant // no try is let through before
}

// A Limit says how many tries are free and what comes then.
type Limit struct {
	free   int           // tries before the first wait
	window time.Duration // their span, the first wait, and the quiet after which all is forgotten
	most   time.Duration // longest wait: no key is ever locked for good
	renews bool          // a new span begins when the last one is over, quiet or not
}

// AccountLimit is ten tries in any 15 minutes, then one after 15 minutes, after 30, and one an hour. A
// stranger who tries all the time therefore slows the owner down: give a known device a key of its own.
func AccountLimit() Limit { return Limit{free: 10, window: 15 * time.Minute, most: time.Hour} }

// AddressLimit is 100 tries an hour from one network address, behind which a whole school may sit; after
// the hundredth comes an hour of waiting, then the next hundred.
func AddressLimit() Limit {
	return Limit{free: 100, window: time.Hour, most: time.Hour, renews: true}
}

// Attempt asks for one try at the instant now. wait is 0 when it may go ahead, else the time until one
// may; a refused try changes nothing, so that trying on does not lengthen the wait. Store the answer
// before the try is made, whatever comes of it.
func (l Limit) Attempt(t Throttle, now tandem.Instant) (next Throttle, wait time.Duration) {
	if now < t.NextAt {
		wait = time.Duration(t.NextAt-now) * time.Microsecond
		// A clock that was set back must not keep a key waiting for longer than any wait is.
		if wait <= l.most {
			return t, wait
		}
		t.NextAt = now
	}
	window := tandem.Instant(l.window / time.Microsecond)
	quiet := now >= t.NextAt+window
	over := l.renews && now >= t.WindowStart+window
	if t.Count == 0 || quiet || over {
		t = Throttle{WindowStart: now}
	}
	t.Count++
	t.NextAt = now + tandem.Instant(l.delay(t.Count)/time.Microsecond)
	return t, 0
}

// delay is what follows the count-th try: nothing while tries are free, then the window, doubled with
// each further one up to the longest.
func (l Limit) delay(count int) time.Duration {
	over := count - l.free
	if over < 0 {
		return 0
	}
	d := l.window
	for range over {
		if d *= 2; d >= l.most {
			return l.most
		}
	}
	return min(d, l.most)
}

// Succeeded gives the account's throttle after a right password: as if nothing had been.
func Succeeded() Throttle { return Throttle{} }

// Refund takes one try back, for an address from which somebody signed in rightly.
func Refund(t Throttle, now tandem.Instant) Throttle {
	t.Count = max(t.Count-1, 0)
	t.NextAt = min(t.NextAt, now)
	return t
}

// Seconds gives a wait in whole seconds, rounded up, for Retry-After and the sentence too_many_tries.
func Seconds(wait time.Duration) int64 { return int64((wait + time.Second - 1) / time.Second) }
