package api_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/api"
	"tandem/app"
)

// A cutStore is a store that is cut off at one of its transactions, counted from 1: before it is written
// or, as when the process is killed, after it and before anybody is told.
type cutStore struct {
	app.Store
	before, after, n int
}

var errCut = errors.New("cut off")

func (s *cutStore) InTx(ctx context.Context, fn func(app.Tx) error) error {
	s.n++
	if s.n == s.before {
		return errCut
	}
	if err := s.Store.InTx(ctx, fn); err != nil {
		return err
	}
	if s.n == s.after {
		return errCut
	}
	return nil
}

// cutSite is a site whose API writes through a cutStore; what is cut counts from when the test says so.
func cutSite(t *testing.T) (*site, *cutStore) {
	t.Helper()
	cut := &cutStore{}
	s := newSite(t, func(o *api.Options) {
		cut.Store = o.App.Store
		a := *o.App
		a.Store = cut
		o.App = &a
	})
	return s, cut
}

func (s *cutStore) cut(before, after int) { s.n, s.before, s.after = 0, before, after }

// What was done and cut off before its answer went out is answered when it is asked for again, with the
// bytes of an answer that was not cut off.
func TestRow16TheAnswerIsKeptWithWhatWasDone(t *testing.T) {
	s, cut := cutSite(t)
	tok := s.person("mira@example.org")
	s.send(tok, "GET", goals, "").want(200) // that the token was used is written by itself
	cut.cut(0, 1)
	s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(500)
	first := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	again := s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	if first.Text != again.Text || first.Header.Get("ETag") != again.Header.Get("ETag") {
		t.Errorf("the answers differ: %s %s", first.Text, again.Text)
	}
	if n := len(s.send(tok, "GET", goals, "").want(200).items()); n != 1 {
		t.Errorf("%d goals stand", n)
	}
	cut.cut(1, 0)
	s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-2").want(500)
	s.send(tok, "POST", goals, strings.Replace(someGoal, "20 sales", "30 sales", 1), "Idempotency-Key", "k-2").want(201) // nothing was done: the key is free
}

// A key that a version without kept answers left behind is told as done, and not done again.
func TestRow16AKeyWithoutAnAnswerIsDone(t *testing.T) {
	s := newSite(t)
	tok := s.person("mira@example.org")
	s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(201)
	by, err := s.AuthenticateToken(t.Context(), tok)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Store.InTx(t.Context(), func(tx app.Tx) error {
		return tx.For(by.Actor).SetKeyReply(t.Context(), by.Person.Personal, "create-goal "+goals, "k-1", tandem.KeptReply{})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.send(tok, "POST", goals, someGoal, "Idempotency-Key", "k-1").want(409, "This was done already.")
	if n := len(s.send(tok, "GET", goals, "").want(200).items()); n != 1 {
		t.Errorf("%d goals stand", n)
	}
}

// Values that go in several transactions are each written once, wherever the call is cut off, and the
// repeat has the answer of a call that nobody cut off.
func TestRow16ABulkCallGoesOnWhereItWasCutOff(t *testing.T) {
	s, cut := cutSite(t)
	tok := s.person("mira@example.org")
	var rows []string
	for i := range 1203 {
		rows = append(rows, fmt.Sprintf(`{"value":%d,"at":"2026-03-%02dT%02d:%02d:00Z"}`, i, 1+i/720%28, i/60%12, i%60))
	}
	rows[7] = `{"value":1,"day":"2099-01-01"}`
	body := `{"rows":[` + strings.Join(rows, ",") + `]}`
	answers := map[string]bool{}
	for _, c := range []struct{ before, after int }{{0, 0}, {2, 0}, {0, 1}, {0, 2}, {0, 3}} {
		m := s.send(tok, "POST", "/api/v1/metrics", fmt.Sprintf(`{"name":"Number %v"}`, c)).want(201)
		path := "/api/v1/metrics/" + m.id() + "/observations"
		cut.cut(c.before, c.after)
		if c.before+c.after > 0 {
			s.send(tok, "POST", path+"/bulk", body, "Idempotency-Key", "bulk").want(500)
		}
		cut.cut(0, 0)
		for range 2 {
			answers[strings.ReplaceAll(s.send(tok, "POST", path+"/bulk", body, "Idempotency-Key", "bulk").want(200).Text, m.id(), "ID")] = true
		}
		s.send(tok, "POST", path+"/bulk", `{"rows":[{"value":1}]}`, "Idempotency-Key", "bulk").want(422, "This key was used for a different request.")
		if got := s.send(tok, "GET", path+"?limit=200", "").want(200); len(got.items()) != 200 {
			t.Errorf("%v: %d values on the first page", c, len(got.items()))
		}
	}
	if len(answers) != 1 {
		t.Errorf("%d different answers: %.400v", len(answers), slices.Collect(maps.Keys(answers)))
	}
	if text := slices.Collect(maps.Keys(answers))[0]; !strings.Contains(text, `"logged":1202,"refused":1`) {
		t.Errorf("%.100s", text)
	}
}

// An import ends with its answer: one that was cut off before that is undone and can be sent again with
// its key; one that was cut off after it is answered.
func TestRow16AnImportIsAnsweredAsOftenAsItIsAskedFor(t *testing.T) {
	s, cut := cutSite(t)
	tok := s.person("mira@example.org")
	const path, file = "/api/v1/imports/csv?file=v.csv", "goal,date,value\nSales,2026-03-01,3\nSales,2026-03-02,4\nSales,2026-13-02,4\n"
	send := func(key string) answer { return s.send(tok, "POST", path, file, "Idempotency-Key", key) }
	says := func(a answer, parts ...string) {
		t.Helper()
		for _, p := range parts {
			if !strings.Contains(a.Text, p) {
				t.Errorf("%s stands not in %s", p, a.Text)
			}
		}
	}
	s.send(tok, "GET", goals, "").want(200) // that the token was used is written by itself
	cut.cut(3, 0)                           // the batch, the group, the end
	send("k").want(500)
	says(s.send(tok, "POST", path+"&dry_run=true", file, "Idempotency-Key", "dry").want(200), `"added":2`)
	cut.cut(0, 0)
	first := send("k").want(200)
	says(first, `"added":2`, `"skipped":1`, `"numbers":1`)
	if again := send("k").want(200); again.Text != first.Text {
		t.Errorf("the repeat answers %s instead of %s", again.Text, first.Text)
	}
	s.send(tok, "POST", path, file+"Sales,2026-03-04,4\n", "Idempotency-Key", "k").want(422, "This key was used for a different request.")
	says(send("another").want(200), `"added":0`, `"same":2`)
}
