// Package jobs does what nobody asked for at the moment: it undoes broken imports, renews stale forecasts
// and deletes what has run out. Of several instances over one database each job is run by one.
package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"tandem"
	"tandem/app"
)

// A House is what the jobs work on.
type House struct {
	App    *app.App
	Log    *slog.Logger
	Leases Leases
	// Prune deletes at most limit rows that have run out and tells how many.
	Prune func(ctx context.Context, limit int) (int, error)
	// Alone says that no other instance can be at work: an import that is marked as running is then broken.
	Alone bool
	// Owner names this instance in the table of jobs.
	Owner string
	// Post hands mails over and Mails is what waits for it; without a Post none are queued or sent.
	Post  Post
	Mails Mails
	// renew lengthens the lease of the job that runs; ok is false where another one has it.
	renew func(ctx context.Context) (ok bool, err error)
}

// Leases decide which instance runs a job, in the database's own time.
type Leases interface {
	// ClaimJob takes a job that is due; ok is false while it is not, or while another one has it.
	ClaimJob(ctx context.Context, name, owner string, lease time.Duration) (fence int64, ok bool, err error)
	// RenewJob lengthens the lease of a job that is still ours; ok is false where it is not.
	RenewJob(ctx context.Context, name string, fence int64, lease time.Duration) (ok bool, err error)
	// FinishJob gives it back until it is due again; problem is "" when it succeeded.
	FinishJob(ctx context.Context, name string, fence int64, next time.Duration, problem string) (ok bool, err error)
}

// A job is one kind of work.
type job struct {
	name  string
	every time.Duration // between its end and its next start
	lease time.Duration // longer than it ever takes, or than it takes from one renewal to the next; it is stopped then
	run   func(context.Context, House) (did int, err error)
	// longest is how long a job runs that renews its lease; 0 for one that does not.
	longest time.Duration
}

// How much one run does at most. What is left waits for the next, so that no job keeps a core busy.
const (
	forecastsARun = 500
	rowsARun      = 20_000
)

// An import that another instance may be running is taken for broken after this time.
const longestImport = time.Hour

// table lists the jobs.
var table = []job{
	{"undo broken imports", 10 * time.Minute, time.Hour, func(ctx context.Context, h House) (int, error) {
		before := h.App.Now()
		if !h.Alone {
			before = before.Add(-longestImport)
		}
		return h.App.UndoBroken(ctx, tandem.InstantOf(before))
	}, 0},
	{"renew forecasts", time.Minute, 10 * time.Minute, func(ctx context.Context, h House) (int, error) {
		return h.App.RefreshEverywhere(ctx, forecastsARun)
	}, 0},
	{"queue weekly mails", time.Minute, 10 * time.Minute, func(ctx context.Context, h House) (int, error) {
		if h.Post == nil {
			return 0, nil
		}
		return h.App.QueueMails(ctx, mailsARun)
	}, 0},
	{"delete what has run out", 6 * time.Hour, time.Hour, func(ctx context.Context, h House) (int, error) {
		return h.Prune(ctx, rowsARun)
	}, 0},
}

// look is how often the table is looked through.
const look = 20 * time.Second

// Start runs the jobs until the context ends; stop waits for those that run. Alone, broken imports are
// undone before it returns, so that nobody reads half of one.
func (h House) Start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	if h.Alone {
		if n, err := table[0].run(ctx, h); err != nil {
			h.Log.Error("job", "name", table[0].name, "error", err)
		} else if n > 0 {
			h.Log.Info("job", "name", table[0].name, "did", n)
		}
		// From now on imports of this process run: only older ones would be broken, and there are none.
		h.Alone = false
	}
	var all sync.WaitGroup
	all.Go(func() { h.repeat(ctx, table) })
	if h.Post != nil {
		all.Go(func() { h.repeat(ctx, []job{sending}) })
	}
	return func() {
		cancel()
		all.Wait()
	}
}

// repeat looks through jobs until the context ends.
func (h House) repeat(ctx context.Context, all []job) {
	every := time.NewTicker(look)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			h.due(ctx, all)
		}
	}
}

// due runs each job that is due, one after the other: together they use one core at most.
func (h House) due(ctx context.Context, all []job) {
	for _, j := range all {
		if ctx.Err() != nil {
			return
		}
		fence, ok, err := h.Leases.ClaimJob(ctx, j.name, h.Owner, j.lease)
		if err != nil {
			h.failed(ctx, "claim job", j.name, err)
			continue
		}
		if ok {
			h.runOne(ctx, j, fence)
		}
	}
}

// runOne runs a job within its lease and gives it back, whatever comes of it.
func (h House) runOne(ctx context.Context, j job, fence int64) {
	h.renew = func(ctx context.Context) (bool, error) { return h.Leases.RenewJob(ctx, j.name, fence, j.lease) }
	did, err := within(ctx, j, h)
	problem := ""
	if err != nil {
		h.failed(ctx, "job", j.name, err)
		problem = err.Error()
	} else if did > 0 {
		h.Log.Debug("job", "name", j.name, "did", did)
	}
	// The lease is given back also when the program is ending, so that the next one need not wait for it.
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if ok, err := h.Leases.FinishJob(late, j.name, fence, j.every, cut(problem)); err != nil || !ok {
		h.failed(late, "give job back", j.name, err)
	}
}

// within runs a job with the end of its lease, or the longest that it may take, as its limit; a panic is an error of the job
// alone.
func within(ctx context.Context, j job, h House) (did int, err error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(j.longest, j.lease*9/10))
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return j.run(ctx, h)
}

// failed logs what went wrong. That the program is ending is no failure, and a disk that cannot be written
// tells of itself at every press.
func (h House) failed(ctx context.Context, what, name string, err error) {
	level := slog.LevelWarn
	if errors.Is(err, context.Canceled) && ctx.Err() != nil || tandem.KindOf(err) == tandem.KindStorage {
		level = slog.LevelDebug
	}
	h.Log.Log(ctx, level, what, "name", name, "error", err)
}

// cut bounds what is kept of a problem.
func cut(s string) string {
	const most = 500
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
