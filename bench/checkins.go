package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// checkIns compares durable check-ins over HTTP with the raw group commit and with the yardstick, at 32
// connections, and counts failures at few and at many.
func (b *bench) checkIns(ctx context.Context) error {
	h, err := b.newHouse(ctx, "checkins", 1)
	if err != nil {
		return err
	}
	defer h.stop()
	before, err := count(ctx, h.database())
	if err != nil {
		return err
	}
	const conns = 32
	var all, raw, hello []measured
	var cpu, helloCPU []time.Duration
	for range b.rounds {
		m, each, err := b.hello.during(ctx, load{url: b.hello.url + "/", conns: conns, d: b.d})
		if err != nil {
			return err
		}
		hello, helloCPU = append(hello, m), append(helloCPU, each)
		if m, err = rawGroupCommit(ctx, filepath.Join(b.dir, "raw.db"), conns, b.d); err != nil {
			return err
		}
		raw = append(raw, m)
		if m, each, err = h.server.during(ctx, h.checkIn(h.metrics[0], conns, b.d)); err != nil {
			return err
		}
		all, cpu = append(all, m), append(cpu, each)
	}
	rate, p99 := func(m measured) float64 { return m.rate }, func(m measured) time.Duration { return m.p99 }
	rates, rawRates, helloRates := middle(all, rate), middle(raw, rate), middle(hello, rate)
	slow, rawSlow, helloSlow := middle(all, p99), middle(raw, p99), middle(hello, p99)

	b.times("check-in, 32 connections: server processor time", ratio(median(cpu), median(helloCPU)), 10, "hello", ms(median(cpu)), true)
	asked := min(0.25*rawRates, 0.15*helloRates)
	b.add(row{what: "check-in, 32 connections: rate", gate: true, ok: rates >= asked,
		measured: fmt.Sprintf("%.2f × raw group commit, %.2f × hello (%.0f/s)", rates/rawRates, rates/helloRates, rates), asked: "≥ the lower of 0.25 × and 0.15 ×"})
	b.add(row{what: "check-in, 32 connections: p99", gate: true, ok: slow <= 3*helloSlow+2*rawSlow,
		measured: fmt.Sprintf("%s (hello %s, raw %s)", ms(slow), ms(helloSlow), ms(rawSlow)), asked: fmt.Sprintf("≤ 3 × hello + 2 × raw = %s", ms(3*helloSlow+2*rawSlow))})
	return b.writers(ctx, h, all, before)
}

// middle is the median of one figure of several measurements.
func middle[T float64 | time.Duration](of []measured, figure func(measured) T) T {
	var values []T
	for _, m := range of {
		values = append(values, figure(m))
	}
	return median(values)
}

// writers counts requests that failed and values that were answered but are not there, at 2, 4, 32 and
// 256 writers, and the bytes that a value came to.
func (b *bench) writers(ctx context.Context, h *house, at32 []measured, before stored) error {
	failed, kinds, acknowledged := int64(0), map[string]int64{}, int64(0)
	note := func(m measured) {
		failed += m.failed()
		acknowledged += m.ok
		for k, n := range m.failures {
			kinds[k] += n
		}
	}
	for _, m := range at32 {
		note(m)
	}
	for _, conns := range []int{2, 4, 256} {
		note(h.checkIn(h.metrics[0], conns, b.d).run(ctx))
	}
	detail := ""
	if failed > 0 {
		detail = fmt.Sprintf(" %v", kinds)
	}
	b.add(row{what: "check-ins that failed at 2, 4, 32, 256 writers", measured: fmt.Sprintf("%d of %d%s", failed, failed+acknowledged, detail), asked: "0", ok: failed == 0, gate: true})
	if err := h.stop(); err != nil {
		return err
	}
	after, err := count(ctx, h.database())
	if err != nil {
		return err
	}
	lost := max(0, acknowledged-(after.values-before.values))
	b.add(row{what: "check-ins answered but not stored", measured: fmt.Sprintf("%d of %d", lost, acknowledged), asked: "0", ok: lost == 0, gate: true})
	each := func(bytes int64) float64 { return float64(bytes) / float64(after.values-before.values) }
	own, all := each(after.bytes-before.bytes), each(after.all-before.all)
	b.add(row{what: "bytes on disk for each value", measured: fmt.Sprintf("%.1f", own), asked: "≤ 60", ok: own <= 60})
	b.add(row{what: "bytes on disk for each value with its event, until that is dropped", measured: fmt.Sprintf("%.1f", all)})
	return nil
}
