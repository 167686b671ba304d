package app

import (
	"context"
	"errors"

	"tandem"
	"tandem/policy"
)

// Two values of a number cannot have one instant. Among values of entries the place of each follows from the
// entries alone: they are laid out as in an ordered hash table (Amble and Knuth, "Ordered hash tables", 1974),
// in which the one that comes first by what it says has the place, and the others the next free ones in
// order. A value from elsewhere keeps the place that it has.

// An entryRank orders values of entries that ask for the same place.
type entryRank struct {
	wanted, made tandem.Instant
	key          string
}

// before tells whether r has the place that both ask for.
func (r entryRank) before(s entryRank) bool {
	switch {
	case r.wanted != s.wanted:
		return r.wanted < s.wanted
	case r.made != s.made:
		return r.made < s.made
	}
	return r.key < s.key
}

// write writes what an entry became.
func (b *entryBatch) write(ctx context.Context, p *entryPlan) error {
	if p.value != nil {
		if err := b.writeValue(ctx, p); err != nil {
			return err
		}
	}
	if p.practice != nil {
		if err := b.h.AddPracticeOnce(ctx, b.ws, *p.practice); err != nil {
			return err
		}
	}
	if p.lesson != nil {
		if err := b.h.AddLessonOnce(ctx, b.ws, *p.lesson); err != nil {
			return err
		}
	}
	for _, u := range p.uses {
		if err := b.h.TryTechnique(ctx, b.ws, u.Technique, u.Day); err != nil {
			return err
		}
		if err := b.h.AddUseOnce(ctx, b.ws, u); err != nil {
			return err
		}
	}
	return b.emit(p.event)
}

// writeValue writes the value of a plan at its place, unless it is there, and gives the place to what hangs on
// it.
func (b *entryBatch) writeValue(ctx context.Context, p *entryPlan) (err error) {
	o := p.value
	if o.Metric == 0 {
		if o.Metric, err = b.minutesOf(ctx, *p.minutes); err != nil {
			return err
		}
	}
	if b.source == 0 {
		if b.source, err = b.h.SourceOf(ctx, b.ws, sourceKind(b.by), sourceRef(b.by)); err != nil {
			return err
		}
	}
	o.Source = b.source
	if err := b.touch(ctx, o.Metric); err != nil {
		return err
	}
	at, there, err := b.h.ValueByExternal(ctx, b.ws, o.Metric, o.External)
	if err != nil {
		return err
	}
	if !there {
		if at, err = b.place(ctx, *o, entryRank{p.wanted, p.made, p.key}); err != nil {
			return err
		}
	}
	o.At = at
	if p.practice != nil {
		p.practice.At = at
	}
	for i := range p.uses {
		p.uses[i].At, p.uses[i].Metric, p.uses[i].ObservationAt = at, o.Metric, at
	}
	return b.lateness(ctx, p, there)
}

// minutesOf gives the number of a learning goal's minutes, which is made the first time.
func (b *entryBatch) minutesOf(ctx context.Context, g tandem.LearningGoal) (tandem.MetricID, error) {
	id := tandem.NewID[tandem.MetricID](b.app.IDs)
	claimed, err := b.h.ClaimMinutes(ctx, b.ws, g.ID, id)
	if err != nil {
		return 0, err
	}
	if claimed {
		return id, b.h.AddMetric(ctx, minutesMetric(g, b.person, id, b.now))
	}
	g, err = learningGoal(ctx, b.h, b.by, b.ws, g.ID, policy.Log)
	return g.Minutes, err
}

// lateness finds the results that a value decides. Where one of them had its closing already and the value is
// about its time, the closing stays and the history of the value says when it came.
func (b *entryBatch) lateness(ctx context.Context, p *entryPlan, there bool) error {
	goals, ok := b.decided[p.value.Metric]
	if !ok {
		var err error
		if goals, err = b.h.GoalsOn(ctx, b.ws, p.value.Metric); err != nil {
			return err
		}
		b.decided[p.value.Metric] = goals
	}
	for _, g := range goals {
		switch g.State {
		case tandem.Active, tandem.Paused:
			p.goals = append(p.goals, g.ID)
		case tandem.Closed:
			p.late = p.late || p.value.Day >= g.Start && p.value.Day <= g.Deadline
		}
	}
	if !p.late || there {
		return nil
	}
	return b.app.remember(ctx, b.h, b.by, b.ws, "observation", int64(p.value.Metric), int64(p.value.At), nil, valueState{Observation: *p.value})
}

// place writes a value where its rank puts it among the values of other entries.
func (b *entryBatch) place(ctx context.Context, o tandem.Observation, rank entryRank) (tandem.Instant, error) {
	at, err := b.room(ctx, o.Metric, rank.wanted, rank)
	if err != nil {
		return 0, err
	}
	o.At = at
	return b.h.AddObservation(ctx, b.ws, o)
}

// room gives the place of rank from an instant on. Entries that come after it make room.
func (b *entryBatch) room(ctx context.Context, metric tandem.MetricID, from tandem.Instant, rank entryRank) (tandem.Instant, error) {
	for at := from; ; at++ {
		there, free, err := b.at(ctx, metric, at)
		if err != nil || free {
			return at, err
		}
		other, entry, err := b.rankOf(ctx, there)
		if err != nil {
			return 0, err
		}
		if !entry || other.wanted > at || !rank.before(other) {
			continue
		}
		to, err := b.room(ctx, metric, at+1, other)
		if err != nil {
			return 0, err
		}
		return at, b.h.MoveObservation(ctx, b.ws, metric, at, to)
	}
}

// at gives the value at an instant; free tells that there is none.
func (b *entryBatch) at(ctx context.Context, metric tandem.MetricID, at tandem.Instant) (o tandem.Observation, free bool, err error) {
	o, err = b.h.Observation(ctx, b.ws, metric, at)
	if tandem.KindOf(err) == tandem.KindNotFound {
		return o, true, nil
	}
	return o, false, err
}

// rankOf gives the rank of a value that an entry of the actor's made.
func (b *entryBatch) rankOf(ctx context.Context, o tandem.Observation) (rank entryRank, entry bool, err error) {
	key := entryKeyOf(o.External)
	if key == "" {
		return rank, false, nil
	}
	rec, _, found, err := b.record(ctx, key)
	if err != nil || !found || rec.Wanted == 0 || rec.Metric != o.Metric {
		return rank, false, err
	}
	return entryRank{rec.Wanted, rec.Made, key}, true, nil
}

func entryKeyOf(ext string) string {
	if n := len(external("")); len(ext) > n && ext[:n] == external("") {
		return ext[n:]
	}
	return ""
}

// mayTakeBack asks whether the actor may still write where an entry was written.
func (b *entryBatch) mayTakeBack(ctx context.Context, rec entryRecord) (err error) {
	if rec.Metric != 0 {
		_, err = loggedOn(ctx, b.h, b.by, b.ws, rec.Metric)
	}
	if err == nil && rec.Goal != 0 {
		_, err = anyGoal(ctx, b.h, b.by, b.ws, rec.Goal, policy.Log, policy.Learning)
	}
	for _, u := range rec.Uses {
		if err == nil {
			_, err = techniqueFor(ctx, b.h, b.by, b.ws, u.Technique, policy.Log)
		}
	}
	return err
}

// takeBack removes what an entry made. A technique that its use made one to be tried stays so, as it does
// when a use is taken back on its page.
func (b *entryBatch) takeBack(ctx context.Context, key string, rec entryRecord) error {
	for _, u := range rec.Uses {
		if err := b.h.DeleteUse(ctx, b.ws, u.Technique, u.ID); err != nil {
			return err
		}
	}
	if rec.Lesson != 0 {
		if err := b.h.DeleteLesson(ctx, b.ws, rec.Goal, rec.Lesson); err != nil {
			return err
		}
	}
	if rec.Practice != 0 {
		if err := b.h.DeletePractice(ctx, b.ws, rec.Goal, rec.Practice); err != nil {
			return err
		}
	}
	if rec.Metric == 0 {
		return nil
	}
	if err := b.touch(ctx, rec.Metric); err != nil {
		return err
	}
	at, there, err := b.h.ValueByExternal(ctx, b.ws, rec.Metric, external(key))
	if err != nil || !there {
		return err
	}
	err = errors.Join(b.h.DeleteUsesOn(ctx, b.ws, rec.Metric, at), b.h.DeleteObservation(ctx, b.ws, rec.Metric, at))
	if err != nil {
		return err
	}
	return b.close(ctx, rec.Metric, at)
}

// close lets the values of entries behind a place that became free move up to where they would be had it
// never been taken.
func (b *entryBatch) close(ctx context.Context, metric tandem.MetricID, hole tandem.Instant) error {
	for at := hole + 1; ; at++ {
		there, free, err := b.at(ctx, metric, at)
		if err != nil || free {
			return err
		}
		rank, entry, err := b.rankOf(ctx, there)
		if err != nil {
			return err
		}
		if !entry || rank.wanted > hole {
			continue
		}
		if err := b.h.MoveObservation(ctx, b.ws, metric, at, hole); err != nil {
			return err
		}
		hole = at
	}
}
