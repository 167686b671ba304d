// Package demo makes sample data that look like life: two years of a bicycle shop and of the people who
// work there. It is a function of a seed and of today's date, and it writes through the use cases of the
// product with a clock that walks from day to day, so that what it makes is what people could have made.
//
// Bulk makes many plain values for measuring speed.
package demo

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"tandem"
	"tandem/app"
	"tandem/policy"
)

// A Person is one sample person. Secret is that of a one-time link; About says in a few words what there
// is to see.
type Person struct {
	Name   string
	Email  string
	About  string
	Secret string
}

// A Maker gives the use cases over the store that is to be filled, with the clock and the ids of one
// sample person.
type Maker func(now func() time.Time, ids *tandem.IDs) *app.App

// days is how far the past reaches.
const days = 730

// Fill writes the sample data up to the instant now and gives the sample people in the order in which
// they are best looked at. The same seed and day give the same values.
func Fill(ctx context.Context, newApp Maker, now time.Time, seed uint64) ([]Person, error) {
	team := &shop{spaceMade: make(chan struct{})}
	cast := []struct {
		person Person
		input  app.PersonInput
		play   func(*walker, *shop)
	}{
		{Person{Name: "Mira", About: "sells bikes; two years, results with the learning that fuels them"},
			app.PersonInput{Lang: "en", Zone: "Europe/Berlin"}, mira},
		{Person{Name: "Tomas", About: "runs the workshop, in German; an injury, a goal that was changed, a corrected value"},
			app.PersonInput{Lang: "de", Zone: "Europe/Berlin"}, tomas},
		{Person{Name: "Ana", About: "leads the shop; the team's results, a pause, books"},
			app.PersonInput{Lang: "en", Zone: "Europe/Berlin"}, ana},
		{Person{Name: "Noor", About: "day one, an empty account"},
			app.PersonInput{Lang: "en", Zone: "Europe/Berlin"}, nil},
	}
	errs := make([]error, len(cast))
	var all sync.WaitGroup
	for i := range cast {
		c := &cast[i]
		c.person.Email = lower(c.person.Name) + "@harbour-bikes.example"
		c.input.Name, c.input.Email = c.person.Name, c.person.Email
		w := newWalker(ctx, newApp, c.input, now, rand.New(rand.NewPCG(seed, uint64(i))))
		all.Go(func() {
			if c.play == nil {
				w.set(w.today, 8, 5)
			}
			w.begin()
			if c.play != nil && w.err == nil {
				c.play(w, team)
			}
			if w.name == "Ana" {
				team.open(w.err) // nobody waits for a workspace that could not be made
			}
			w.finish()
			c.person.Secret, errs[i] = w.link(c.person.Email), w.err
		})
	}
	all.Wait()
	people := make([]Person, len(cast))
	for i := range cast {
		if errs[i] != nil {
			return nil, errs[i]
		}
		people[i] = cast[i].person
	}
	return people, nil
}

// A shop is what the people share: the team's workspace, which Ana makes, and her result in it. Whoever
// wants to join waits until it is there.
type shop struct {
	once      sync.Once
	spaceMade chan struct{}
	space     tandem.Workspace
	riders    tandem.GoalID
	invites   map[string]string // secrets by name
	err       error
}

// open tells everybody that the workspace is there, or why it never will be.
func (s *shop) open(err error) {
	s.once.Do(func() {
		s.err = err
		close(s.spaceMade)
	})
}

// join makes the walker a member of the shop's workspace by the invitation with its name.
func (s *shop) join(w *walker) {
	if w.err != nil {
		return
	}
	<-s.spaceMade
	if s.err != nil {
		return // its own walker tells
	}
	_, err := w.app.AcceptInvite(w.ctx, w.by, s.invites[w.name])
	w.note(err)
	w.by.Roles[s.space.ID] = tandem.RoleMember
}

// begin makes the account and signs in by its link, as a person would.
func (w *walker) begin() {
	l, err := w.app.AddPerson(w.ctx, policy.Local(), w.input)
	if w.note(err) {
		return
	}
	in, err := w.app.SignInByLink(w.ctx, l.Secret, app.From{Address: "sample:" + w.name, Agent: "sample data"})
	if w.note(err) {
		return
	}
	w.by, w.personal = in.Actor, l.Person.Personal
	w.ws = w.personal
}

// finish writes what waits and makes what pages keep of the results.
func (w *walker) finish() {
	w.flush()
	w.clock = w.now
	for ws := range w.by.Roles {
		if w.err == nil {
			_, err := w.app.RefreshStale(w.ctx, w.by, ws, 100)
			w.note(err)
		}
	}
}

// link gives a fresh one-time link; the one of the beginning has long ended.
func (w *walker) link(email string) string {
	if w.err != nil {
		return ""
	}
	l, err := w.app.ResetPerson(w.ctx, policy.Local(), email)
	w.note(err)
	return l.Secret
}
