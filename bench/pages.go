package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A pile is one house with so many values.
type pile struct {
	*house
	name  string
	each  int           // values of each number
	step  time.Duration // between two of them
	than  *pile         // what it must not be much slower than
	gate  bool
	keys  []key
	today []measured
	goals []measured
	raw   []time.Duration // p99 of each round
}

// requests is how many times a page is asked for in one round, unless that takes longer than patience.
const (
	requests = 200
	patience = 8 * time.Second
)

// pageRounds is how many rounds the pages take at least: they are short, and their growth is a small
// difference of large figures.
const pageRounds = 5

// pages compares Today and the list of goals, with 100 goals and what their charts need, with the query
// that reads the same points and nothing else. All values are of the numbers on the pages: one a day, as
// people log, so that more values are a longer past, and then twelve a day, as programs do.
func (b *bench) pages(ctx context.Context) error {
	const daily, dense = 24 * time.Hour, 2 * time.Hour
	few := &pile{name: "10k", each: 100, step: daily}
	many := &pile{name: "1M", each: 10_000, step: daily, than: few, gate: true}
	close := &pile{name: "1M, 12 a day", each: 10_000, step: dense}
	piles := []*pile{few, many, close}
	if b.big {
		piles = append(piles, &pile{name: "10M, 12 a day", each: 100_000, step: dense, than: close})
	}
	first, err := b.newHouse(ctx, "pages", goalsOnPage)
	if err != nil {
		return err
	}
	if err := first.stop(); err != nil {
		return err
	}
	for _, p := range piles {
		began := time.Now()
		if err := p.prepare(ctx, first, filepath.Join(b.dir, "pages-"+p.name)); err != nil {
			return err
		}
		defer p.stop()
		fmt.Fprintf(os.Stderr, "        %s: made and every result looked at in %.0f s\n", p.name, time.Since(began).Seconds())
	}
	for range max(b.rounds, pageRounds) {
		for _, p := range piles {
			if err := p.round(ctx); err != nil {
				return err
			}
		}
	}
	for _, p := range piles {
		b.pageRows(p)
	}
	p50 := func(m measured) time.Duration { return m.p50 }
	for _, p := range piles {
		if p.than == nil {
			continue
		}
		b.times("Today, "+p.name+": growth of p50", growth(p.today, p.than.today), 1.2, "at "+p.than.name, ms(middle(p.today, p50)), p.gate)
		b.times("Goals, "+p.name+": growth of p50", growth(p.goals, p.than.goals), 1.2, "at "+p.than.name, ms(middle(p.goals, p50)), p.gate)
	}
	return nil
}

// growth is the median of the ratios of p50 in each round: the two of a round were taken in the same
// seconds, so that what else the machine did then weighs on both.
func growth(of, than []measured) float64 {
	var each []float64
	for i := range of {
		each = append(each, ratio(of[i].p50, than[i].p50))
	}
	return median(each)
}

// prepare copies the house, fills it, serves it and lets each result page renew what is kept of it.
func (p *pile) prepare(ctx context.Context, from *house, dir string) (err error) {
	if p.house, err = from.copyTo(dir); err != nil {
		return err
	}
	if p.keys, err = keys(ctx, p.database()); err != nil {
		return err
	}
	if err := fill(ctx, p.database(), p.keys, p.each, p.step); err != nil {
		return err
	}
	if err := p.serve(ctx); err != nil {
		return err
	}
	for i := range p.house.goals {
		if err := p.open(ctx, p.goalPage(i)); err != nil {
			return err
		}
	}
	return p.open(ctx, todayPath, goalsPath)
}

const (
	todayPath = "/"
	goalsPath = "/goals"
)

// round takes the raw query, Today and the list once each.
func (p *pile) round(ctx context.Context) error {
	took, err := rawDashboard(ctx, p.database(), p.keys, requests)
	if err != nil {
		return err
	}
	p.raw = append(p.raw, percentile(took, 99))
	for path, into := range map[string]*[]measured{todayPath: &p.today, goalsPath: &p.goals} {
		header := p.asPerson()
		header.Set("Accept-Encoding", "gzip")
		m := load{url: p.server.url + path, header: header, conns: 1, count: requests, d: patience}.run(ctx)
		if m.failed() > 0 {
			return fmt.Errorf("%s fails: %v", path, m.failures)
		}
		*into = append(*into, m)
	}
	return nil
}

func (b *bench) pageRows(p *pile) {
	p99 := func(m measured) time.Duration { return m.p99 }
	raw := median(slices.Clone(p.raw))
	for _, page := range []struct {
		name string
		of   []measured
	}{{"Today", p.today}, {"Goals", p.goals}} {
		slow := middle(page.of, p99)
		b.times(fmt.Sprintf("%s, %d goals, %s: p99", page.name, goalsOnPage, p.name), ratio(slow, raw), 3, "raw query", ms(slow)+" to "+ms(raw), p.gate)
	}
}

// loads weighs what a browser fetches for Today, for Goals and for a result with two years of daily values.
func (b *bench) loads(ctx context.Context) error {
	h, err := b.newHouse(ctx, "loads", goalsOnPage)
	if err != nil {
		return err
	}
	defer h.stop()
	if err := h.stop(); err != nil {
		return err
	}
	to, err := keys(ctx, h.database())
	if err != nil {
		return err
	}
	if err := fill(ctx, h.database(), to, 730, 24*time.Hour); err != nil {
		return err
	}
	if err := h.serve(ctx); err != nil {
		return err
	}
	for i := range h.goals {
		if err := h.open(ctx, h.goalPage(i)); err != nil {
			return err
		}
	}
	for _, page := range []struct {
		name, path  string
		first, next int64
	}{{"Today", todayPath, 50_000, 21_000}, {"Goals, first rows", goalsPath, 50_000, 21_000}, {"result with two years of daily values", h.goalPage(0), 60_000, 31_000},
		{"its last page", h.goalPage(0) + "/close", 60_000, 31_000}, {"Review of 100 goals", "/review", 50_000, 21_000}} {
		w, err := weigh(ctx, h.server.url+page.path, h.asPerson())
		if err != nil {
			return err
		}
		b.add(row{what: page.name + ": first load", measured: fmt.Sprintf("%s in %d files", kb(w.first), len(w.files)), asked: "≤ " + kb(page.first), ok: w.first <= page.first, gate: true})
		b.add(row{what: page.name + ": next loads", measured: kb(w.next), asked: "≤ " + kb(page.next), ok: w.next <= page.next, gate: true})
	}
	return nil
}
