package main

import (
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A drain is a listener that can be closed without loss. Whoever has connected is in the kernel's queue
// before the program knows of it, and closing the listener would reset them: their requests would fail
// although nothing is wrong. end takes them first.
type drain struct {
	*net.TCPListener
	ending atomic.Bool
	taken  chan struct{} // closed when the queue has been taken
	rest   []net.Conn    // from the queue; written before taken is closed
	handed chan struct{} // closed when all of the rest has been given to the server
	once   sync.Once
}

func newDrain(l *net.TCPListener) *drain {
	return &drain{TCPListener: l, taken: make(chan struct{}), handed: make(chan struct{})}
}

// Accept gives the next connection; after end first those that waited, then net.ErrClosed.
func (d *drain) Accept() (net.Conn, error) {
	c, err := d.TCPListener.Accept()
	if err == nil || !d.ending.Load() {
		return c, err
	}
	<-d.taken
	if len(d.rest) == 0 {
		// The server asks again once it keeps the one before.
		d.once.Do(func() { close(d.handed) })
		return nil, net.ErrClosed
	}
	c, d.rest = d.rest[0], d.rest[1:]
	return c, nil
}

// Close closes the listener; after end it is closed already, and that is fine.
func (d *drain) Close() error {
	err := d.TCPListener.Close()
	if d.ending.Load() && errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// end takes the queue and closes the listener in one go, and returns when the server has all of it.
func (d *drain) end() error {
	if d.ending.Swap(true) {
		return nil
	}
	raw, err := d.SyscallConn()
	if err == nil {
		err = raw.Control(func(fd uintptr) {
			for {
				c, _, err := syscall.Accept(int(fd))
				if err != nil {
					break // nobody waits
				}
				if conn := connOf(c); conn != nil {
					d.rest = append(d.rest, conn)
				}
			}
		})
	}
	// From this instant on a proxy is refused at once, and asks elsewhere.
	err = errors.Join(err, d.TCPListener.Close())
	close(d.taken)
	select {
	case <-d.handed:
	case <-time.After(time.Second):
	}
	return err
}

// connOf makes a connection of its descriptor; nil when that cannot be done.
func connOf(fd int) net.Conn {
	f := os.NewFile(uintptr(fd), "connection")
	c, err := net.FileConn(f) // has a descriptor of its own
	if err = errors.Join(err, f.Close()); err != nil {
		return nil
	}
	return c
}

// under are the connections of a server by what they are doing. The server's own Shutdown is not enough: a
// request that it has just read when it begins is dropped without an answer.
type under struct {
	mu sync.Mutex
	by map[net.Conn]http.ConnState
}

// note is the server's hook.
func (u *under) note(c net.Conn, state http.ConnState) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if state == http.StateClosed || state == http.StateHijacked {
		delete(u.by, c)
		return
	}
	u.by[c] = state
}

// How long a connection may stay silent when the server is to end, and how often it is looked.
const (
	silentFor = time.Second
	lookEvery = 10 * time.Millisecond
)

// finish waits until every request has its answer, at most for the given time; it tells whether all have. A
// connection that has sent nothing is waited for a moment only.
func (u *under) finish(most time.Duration) bool {
	every := time.NewTicker(lookEvery)
	defer every.Stop()
	for waited := time.Duration(0); waited < most; waited += lookEvery {
		busy, silent := u.count()
		if busy == 0 && (silent == 0 || waited >= silentFor) {
			return true
		}
		<-every.C
	}
	return false
}

func (u *under) count() (busy, silent int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, state := range u.by {
		switch state {
		case http.StateActive:
			busy++
		case http.StateNew:
			silent++
		}
	}
	return busy, silent
}
