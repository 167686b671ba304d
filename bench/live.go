package main

import (
	"context"
	"fmt"
	"net/url"
	"time"
)

// liveLine is what somebody has typed when the page of something new reads it, a result and a learning goal in one.
const liveLine = "Get better at discovery questions so that we reach 16 sales a week by New Year"

// liveAnswer is how long the answer to a line may take: the page feels as if it read along.
const liveAnswer = 50 * time.Millisecond

// live measures what a keystroke waits for: one line sent to the page of something new, again and again over one
// connection, beside the smallest server in the same seconds. The lists of words are read with the first line.
func (b *bench) live(ctx context.Context) error {
	h, err := b.newHouse(ctx, "live", 4)
	if err != nil {
		return err
	}
	defer h.stop()
	header := h.asPerson()
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	header.Set("HX-Request", "true")
	header.Set("Sec-Fetch-Site", "same-origin")
	body := url.Values{"do": {"read"}, "line": {liveLine}}.Encode()
	l := load{url: h.server.url + "/goals/new", body: body, header: header, conns: 1, d: limit}
	l.count = 1
	first := l.run(ctx)
	l.count = requests
	var all, hello []measured
	for range b.rounds {
		m := l.run(ctx)
		if m.failed() > 0 {
			return fmt.Errorf("the page of something new fails: %v", m.failures)
		}
		all = append(all, m)
		hello = append(hello, load{url: b.hello.url + "/", conns: 1, count: requests, d: limit}.run(ctx))
	}
	p50, p99 := func(m measured) time.Duration { return m.p50 }, func(m measured) time.Duration { return m.p99 }
	half, slow := middle(all, p50), middle(all, p99)
	b.add(row{what: "live answer to a line, p50 and p99", measured: fmt.Sprintf("%s, %s (hello %s, %s; first %s)", ms(half), ms(slow), ms(middle(hello, p50)), ms(middle(hello, p99)), ms(first.p50)),
		asked: "p50 ≤ " + ms(liveAnswer), ok: half <= liveAnswer, gate: false})
	return nil
}
