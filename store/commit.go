package store

import (
	"context"
	"database/sql"
	"errors"

	"tandem"
)

// Limits of the group commit: functions in one transaction, and functions that wait. A queue of 4,096 is
// a tenth of a second of work; past it callers are told to come back later.
const (
	groupMax = 256
	queueMax = 4096
)

// A committer is the one writing goroutine of an SQLite database. It takes the functions that wait, runs
// each in its own savepoint inside one transaction, commits durably, then answers all.
type committer struct {
	db    *DB
	conn  *sql.Conn
	queue chan *job
	quit  chan struct{} // closed: no new jobs
	ended chan struct{} // closed: the goroutine is gone

	group   []*job // being committed
	running *job   // whose function runs at the moment
}

type job struct {
	ctx    context.Context
	fn     func(*Tx) error
	err    error
	done   bool
	answer chan error
}

func startCommitter(ctx context.Context, db *DB) (*committer, error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	c := &committer{db: db, conn: conn, queue: make(chan *job, queueMax), quit: make(chan struct{}), ended: make(chan struct{})}
	go c.loop()
	return c, nil
}

// do puts fn into the queue and waits for its answer. It waits also when ctx ends: fn may be running and
// writes into the caller's variables.
func (c *committer) do(ctx context.Context, fn func(*Tx) error) error {
	j := &job{ctx: ctx, fn: fn, answer: make(chan error, 1)}
	select {
	case <-c.quit:
		return errClosed
	default:
	}
	select {
	case c.queue <- j:
	default:
		return busy(nil)
	}
	select {
	case err := <-j.answer:
		return err
	case <-c.ended:
	}
	select {
	case err := <-j.answer:
		return err
	default:
		return errClosed
	}
}

// stop ends the goroutine when all that waits is done.
func (c *committer) stop() error {
	close(c.quit)
	<-c.ended
	return c.conn.Close()
}

func (c *committer) loop() {
	finished := false
	defer func() {
		if finished {
			close(c.ended)
			return
		}
		// A function ended this goroutine: the others must not wait for ever.
		if c.running != nil {
			c.finish(c.running, errExited)
			c.running = nil
		}
		c.rollback()
		go c.loop()
	}()
	c.each(c.group)
	for c.next() {
		c.commit()
	}
	finished = true
}

// next waits for work and takes all that is there, up to groupMax; false when the database is closing
// and nothing waits.
func (c *committer) next() bool {
	c.group = c.group[:0]
	select {
	case j := <-c.queue:
		c.group = append(c.group, j)
	case <-c.quit:
	}
	for len(c.group) < groupMax {
		select {
		case j := <-c.queue:
			c.group = append(c.group, j)
		default:
			return len(c.group) > 0
		}
	}
	return true
}

func (c *committer) commit() {
	if len(c.group) == 1 {
		c.each(c.group)
		return
	}
	if err := c.begin(); err != nil {
		for _, j := range c.group {
			c.finish(j, err)
		}
		return
	}
	if err := c.together(); err != nil {
		// The transaction itself is over and nothing of it stands; nobody has been answered.
		c.rollback()
		c.each(c.group)
		return
	}
	for _, j := range c.group {
		c.finish(j, j.err)
	}
}

// together runs the group inside the open transaction and commits it. An error means that the
// transaction as a whole is gone.
func (c *committer) together() error {
	for _, j := range c.group {
		if j.err = j.ctx.Err(); j.err != nil {
			continue
		}
		if err := c.exec(`SAVEPOINT f`); err != nil {
			return err
		}
		if j.err = c.run(j); j.err != nil {
			if err := c.exec(`ROLLBACK TO f`); err != nil {
				return err
			}
		}
		if err := c.exec(`RELEASE f`); err != nil {
			return err
		}
	}
	return c.exec(`COMMIT`)
}

// each runs every job that is not answered yet in a transaction of its own.
func (c *committer) each(group []*job) {
	for _, j := range group {
		if !j.done {
			c.finish(j, c.alone(j))
		}
	}
}

func (c *committer) alone(j *job) error {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	if err := c.begin(); err != nil {
		return err
	}
	err := c.run(j)
	if err == nil {
		err = c.exec(`COMMIT`)
	}
	if err != nil {
		c.rollback()
	}
	return err
}

func (c *committer) run(j *job) error {
	c.running = j
	err := (&Tx{db: c.db, raw: c.conn}).run(j.fn)
	c.running = nil
	return err
}

func (c *committer) finish(j *job, err error) {
	j.done = true
	j.answer <- c.db.told(err)
}

// begin opens the transaction; a connection that cannot is replaced once.
func (c *committer) begin() error {
	err := c.exec(`BEGIN IMMEDIATE`)
	if err == nil || tandem.KindOf(outside(err)) != tandem.KindInternal {
		return err
	}
	c.rollback()
	if err = c.exec(`BEGIN IMMEDIATE`); err == nil {
		return nil
	}
	// The pool has one connection: the old one must go first.
	_ = c.conn.Close()
	fresh, opened := c.db.write.Conn(context.Background())
	if opened != nil {
		return errors.Join(err, opened)
	}
	c.conn = fresh
	return c.exec(`BEGIN IMMEDIATE`)
}

// rollback ends the transaction if one is open; that it may be gone already is why it is called.
func (c *committer) rollback() { _ = c.exec(`ROLLBACK`) }

// exec takes no caller's context: a cancelled statement would roll back the whole group.
func (c *committer) exec(query string) error {
	_, err := c.conn.ExecContext(context.Background(), query)
	return err
}

func busy(cause error) error {
	return &tandem.Error{Kind: tandem.KindBusy, Code: "busy", Cause: cause}
}
