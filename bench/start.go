package main

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// sizes tells the size of the program on disk and of a server at rest in memory.
func (b *bench) sizes(ctx context.Context) error {
	info, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	b.add(row{what: "program, stripped", measured: mib(info.Size()), asked: "≤ 30 MiB", ok: info.Size() <= 30<<20})
	h, err := b.newHouse(ctx, "idle", 1)
	if err != nil {
		return err
	}
	if err := h.stop(); err != nil {
		return err
	}
	if err := h.serve(ctx); err != nil {
		return err
	}
	defer h.stop()
	const rest = 4 * time.Second // as the peers were measured
	select {
	case <-time.After(rest):
	case <-ctx.Done():
		return ctx.Err()
	}
	rss, err := h.server.rss()
	if err != nil {
		return err
	}
	helloRSS, err := b.hello.rss()
	if err != nil {
		return err
	}
	b.add(row{what: "memory at rest", measured: mib(rss) + " (hello " + mib(helloRSS) + ")", asked: "≤ 29 MiB", ok: rss <= 29<<20})
	return nil
}

// starts compares the time from the start of the process to its first answer: with little data, with
// much, and of the yardstick.
func (b *bench) starts(ctx context.Context) error {
	few, err := b.newHouse(ctx, "start-few", goalsOnPage)
	if err != nil {
		return err
	}
	if err := few.stop(); err != nil {
		return err
	}
	many, err := few.copyTo(filepath.Join(b.dir, "start-many"))
	if err != nil {
		return err
	}
	to, err := keys(ctx, few.database())
	if err != nil {
		return err
	}
	if err := fill(ctx, few.database(), to, 10, 24*time.Hour); err != nil {
		return err
	}
	if err := fill(ctx, many.database(), to, 10_000, 2*time.Hour); err != nil {
		return err
	}
	var hello, small, large []time.Duration
	for range max(5, b.rounds) {
		p, err := startHello(ctx)
		if err != nil {
			return err
		}
		hello = append(hello, p.start)
		p.stop() // it knows no orderly end
		for h, into := range map[*house]*[]time.Duration{few: &small, many: &large} {
			if err := h.serve(ctx); err != nil {
				return err
			}
			*into = append(*into, h.server.start)
			if err := h.stop(); err != nil {
				return err
			}
		}
	}
	above := median(small) - median(hello)
	b.add(row{what: "start on an existing database", measured: ms(above) + " above hello (" + ms(median(small)) + ")", asked: "≤ 30 ms above", ok: above <= 30*time.Millisecond})
	// A few milliseconds are the machine's own scatter.
	growth := median(large) - median(small)
	b.add(row{what: "start with 1M values", measured: ms(median(large)) + " (1k: " + ms(median(small)) + ")", asked: "no growth (≤ 1.2 × or 5 ms)",
		ok: ratio(median(large), median(small)) <= 1.2 || growth <= 5*time.Millisecond})
	return nil
}
