package app

import (
	"context"

	"tandem"
)

// An Offer is the one further concept that a page may offer today.
type Offer struct {
	Key   string      `json:"key"`
	Place string      `json:"place"`
	Args  tandem.Args `json:"args,omitempty"`
}

// Concepts gives how far the actor is with each concept.
func (a *App) Concepts(ctx context.Context, by tandem.Actor) (map[string]tandem.ConceptState, error) {
	return a.Store.For(by).Concepts(ctx)
}

// OfferConcept gives the concept to offer today, if any, of those that fit the page that asks, and notes
// that it was offered, so that it stays the day's only new one. What no page shows is not noted: it would
// keep others back.
func (a *App) OfferConcept(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, fits func(tandem.Concept) bool) (c tandem.Concept, ok bool, err error) {
	defer tandem.Wrap(&err, "offer concept")
	r := a.Store.For(by)
	f, err := a.facts(ctx, r, ws)
	if err != nil {
		return c, false, err
	}
	states, err := r.Concepts(ctx)
	if err != nil {
		return c, false, err
	}
	if c, ok = tandem.OfferConcept(f, states, fits); !ok || states[c.Key].State == tandem.ConceptOffered && states[c.Key].Day == f.Today {
		return c, ok, nil
	}
	s := tandem.ConceptState{Key: c.Key, State: tandem.ConceptOffered, Times: states[c.Key].Times, Day: f.Today, Shown: states[c.Key].Shown + 1}
	err = a.Store.InTx(ctx, func(tx Tx) error { return tx.For(by).SetConcept(ctx, s) })
	return c, ok, err
}

// AnswerConcept keeps the answer to an offer: tried, or not now.
func (a *App) AnswerConcept(ctx context.Context, by tandem.Actor, key string, try bool) (err error) {
	defer tandem.Wrap(&err, "answer concept")
	known := false
	for _, c := range tandem.Concepts() {
		known = known || c.Key == key && c.Built
	}
	if !known {
		return tandem.NotFound("concept")
	}
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		states, err := h.Concepts(ctx)
		if err != nil {
			return err
		}
		s := states[key]
		s.Key, s.State = key, tandem.ConceptUsed
		if try {
			s.Shown = 0
		} else {
			s.State, s.Times = tandem.ConceptNotNow, s.Times+1
		}
		if s.Day, err = a.today(ctx, h); err != nil {
			return err
		}
		return h.SetConcept(ctx, s)
	})
}

// usedConcept notes that a concept was used: from then on it stays on the pages.
func (a *App) usedConcept(ctx context.Context, h Writes, key string) error {
	states, err := h.Concepts(ctx)
	if err != nil || states[key].State == tandem.ConceptUsed {
		return err
	}
	today, err := a.today(ctx, h)
	if err != nil {
		return err
	}
	return h.SetConcept(ctx, tandem.ConceptState{Key: key, State: tandem.ConceptUsed, Times: states[key].Times, Day: today})
}

// facts gathers what the triggers look at.
func (a *App) facts(ctx context.Context, r Reads, ws tandem.WorkspaceID) (f tandem.Facts, err error) {
	person, err := r.Person(ctx)
	if err != nil {
		return f, err
	}
	f = tandem.Facts{Today: person.Today(a.Now()), FirstDay: person.Today(person.Created.Time()), LowestChance: 1, LastMiss: tandem.NoDay}
	var oldest, level tandem.Day
	if f.Practices7, f.Lessons, f.Uses, f.UsesOfOne, oldest, level, f.SecondPerson, err = r.ConceptCounts(ctx, ws, f.Today-6); err != nil {
		return f, err
	}
	if oldest != tandem.NoDay {
		f.LearningAge = int(f.Today - oldest)
	}
	if level != tandem.NoDay {
		f.SinceLevel = int(f.Today - level)
	}
	entries, err := r.Entries(ctx, ws, LastFriday(f.Today)-6, LastFriday(f.Today))
	if err != nil {
		return f, err
	}
	f.FridayEntries = entries.All()
	if err := ritualFacts(ctx, r, ws, &f); err != nil {
		return f, err
	}
	results, err := r.Results(ctx, ws, true, []tandem.GoalState{tandem.Active}, tandem.NoDay, 0, mostListed)
	if err != nil {
		return f, err
	}
	last := oldest
	for _, x := range results {
		f.Look(x, &last)
	}
	pressing, err := unguarded(ctx, r, ws, results)
	if err != nil {
		return f, err
	}
	f.TeamQuantity = pressing != nil
	learnings, err := r.Learnings(ctx, ws, true, []tandem.GoalState{tandem.Active}, 0, mostListed)
	if err != nil {
		return f, err
	}
	for _, l := range learnings {
		f.NamesCollection = f.NamesCollection || l.CollectionSize > 0
	}
	closings, err := r.Closings(ctx, ws, 1)
	if err != nil {
		return f, err
	}
	f.Closed = len(closings) > 0
	for _, c := range closings {
		if c.Outcome.Missed() {
			f.LastMiss = c.DoneDay
		}
	}
	entered, err := r.LastEntry(ctx, ws, f.Today+1) // practice, uses and lessons too
	if err != nil {
		return f, err
	}
	if entered != tandem.NoDay {
		last = max(last, entered)
	}
	if last != tandem.NoDay {
		f.Silence = int(f.Today - last)
	}
	return f, nil
}

// A month is looked back at in the first half of the next one, by somebody who was there for half of it.
const halfAMonth = 15

// ritualFacts counts reviews that are finished, and what was entered in the month that ended last.
func ritualFacts(ctx context.Context, r Reads, ws tandem.WorkspaceID, f *tandem.Facts) error {
	reviews, err := r.Reviews(ctx, ws, f.Today+1, 3)
	if err != nil {
		return err
	}
	for _, v := range reviews {
		if v.IsDone() {
			f.Reviews++
		}
	}
	now := tandem.PeriodMonth.Start(f.Today)
	if f.Today-now >= halfAMonth || now-f.FirstDay < halfAMonth {
		return nil
	}
	e, err := r.Entries(ctx, ws, tandem.PeriodMonth.Start(now-1), now-1)
	f.MonthEntries = e.All()
	return err
}
