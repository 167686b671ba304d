package web_test

import (
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// ticks gives the ticks of a micro-goal of Mira's by what they say.
func (p *phone) ticks(t *testing.T, m tandem.MicroGoal) (values, skips int) {
	t.Helper()
	all, err := p.Store.For(p.by).Observations(t.Context(), p.ws, m.Metric, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if o.State == tandem.StateSkip {
			skips++
		} else {
			values++
		}
	}
	return values, skips
}

func TestATickWithoutAConnectionWaitsAndCountsOnce(t *testing.T) {
	p := newPhone(t)
	m, err := p.CreateMicroGoal(t.Context(), p.by, p.ws, app.MicroGoalInput{Title: "Ten pages", Times: 5})
	if err != nil {
		t.Fatal(err)
	}
	p.signOut(t) // who signs in has the names of now
	p.signIn("mira@example.org")
	p.ready(t)
	want := func(values, skips int) {
		t.Helper()
		if v, s := p.ticks(t, m); v != values || s != skips {
			t.Errorf("%d ticks and %d skips instead of %d and %d", v, s, values, skips)
		}
	}
	button := `form[action="/micro-goals/` + m.ID.String() + `/tick"] button`

	p.Open(p.url + "/")
	p.line.cut.Store(true) // the form never arrives
	p.Click(button)
	p.Settle()
	if text := p.Seen(); !strings.Contains(text, "saved here, will be sent") || !strings.Contains(text, "Ten pages") {
		t.Fatalf("the page says: %s", text)
	}
	p.entry("tick "+m.ID.String(), "", "")
	if n := p.waiting(); n != 2 {
		t.Fatalf("%d wait", n)
	}
	p.sent(t)
	want(2, 0)

	p.Open(p.url + "/")
	p.line.deaf.Store(true) // this one arrives, but its answer does not
	p.line.cut.Store(true)
	p.Click(button)
	p.Settle()
	p.line.deaf.Store(false)
	p.sent(t)
	want(3, 0)

	p.Open(p.url + "/micro-goals/" + m.ID.String())
	p.line.deaf.Store(true)
	p.line.cut.Store(true)
	p.Click(`form[action="/micro-goals/` + m.ID.String() + `/skip"] button`)
	p.Settle()
	p.line.deaf.Store(false)
	p.sent(t)
	want(3, 1)
}
