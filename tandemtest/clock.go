package tandemtest

import (
	"sync"
	"time"
)

// A Clock stands still until a test moves it. Its method Now is what rooms take as their clock. It may
// be used from several goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows now.
func NewClock(now time.Time) *Clock {
	return &Clock{now: now}
}

// Now returns the instant that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to now, forward or back.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Advance moves the clock by d, which may be negative, and returns the instant it then shows.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// AdvanceDays moves the clock by whole calendar days in its own zone, so that the time of day stays
// over a change of summer time, and returns the instant it then shows.
func (c *Clock) AdvanceDays(days int) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.AddDate(0, 0, days)
	return c.now
}
