package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"tandem"
	"tandem/policy"
)

// EntryNames are the things that a person can log to, by their names: what a device has to know so that
// entries can be made without a connection, and nothing else of them.
type EntryNames struct {
	DayStart   int              `json:"day_start"` // minutes after midnight at which the person's day begins
	Numbers    []EntryNumber    `json:"numbers"`
	Learning   []EntryGoal      `json:"learning"` // for practices
	Goals      []EntryGoal      `json:"goals"`    // for lessons
	Techniques []EntryTechnique `json:"techniques"`
	MicroGoals []EntryMicroGoal `json:"micro_goals"`
}

// An EntryNumber is a number that takes values. Adds tells that they are added up, not set.
type EntryNumber struct {
	ID   tandem.MetricID `json:"id"`
	Name string          `json:"name"`
	Unit string          `json:"unit,omitempty"`
	Adds bool            `json:"adds"`
}

// An EntryGoal is a goal by its title.
type EntryGoal struct {
	ID    tandem.GoalID `json:"id"`
	Title string        `json:"title"`
}

// An EntryTechnique is a technique that can be used.
type EntryTechnique struct {
	ID   tandem.TechniqueID `json:"id"`
	Name string             `json:"name"`
}

// An EntryMicroGoal is a micro-goal that takes ticks. Tick is what one of them adds.
type EntryMicroGoal struct {
	ID    tandem.MicroGoalID `json:"id"`
	Title string             `json:"title"`
	Tick  float64            `json:"tick"`
}

// EntryNames gives what the actor can log to in a workspace: own numbers in use, open goals, techniques that
// were not dropped, micro-goals that were not put away.
func (a *App) EntryNames(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (n EntryNames, err error) {
	defer tandem.Wrap(&err, "read names for entries")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Observation, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return n, err
	}
	r := a.Store.For(by)
	person, err := r.Person(ctx)
	if err != nil {
		return n, err
	}
	l, err := a.lineNames(ctx, r, by, ws)
	if err != nil {
		return n, err
	}
	n = EntryNames{DayStart: person.DayStart, Numbers: []EntryNumber{}, Learning: []EntryGoal{}, Goals: []EntryGoal{}, Techniques: []EntryTechnique{}, MicroGoals: []EntryMicroGoal{}}
	for _, m := range l.numbers[:l.titles] {
		if !m.IsRatio() {
			n.Numbers = append(n.Numbers, EntryNumber{m.ID, m.Name, m.Unit, m.Form != tandem.FormReading})
		}
	}
	results, err := r.Results(ctx, ws, true, openResults, tandem.NoDay, 0, mostListed)
	if err != nil {
		return n, err
	}
	for _, g := range results {
		n.Goals = append(n.Goals, EntryGoal{g.ID, g.Title})
	}
	for _, g := range l.learning {
		n.Learning = append(n.Learning, EntryGoal{g.ID, g.Title})
	}
	n.Goals = slices.Concat(n.Goals, n.Learning)
	for _, t := range l.techniques {
		n.Techniques = append(n.Techniques, EntryTechnique{t.ID, t.Name})
	}
	micros, err := r.MicroGoals(ctx, ws)
	for _, m := range micros {
		if m.Owner == by.Person {
			n.MicroGoals = append(n.MicroGoals, EntryMicroGoal{m.ID, m.Title, m.Tick()})
		}
	}
	return n, err
}

// EntrySeal gives the key with which a device keeps a person's entries unreadable to others until they are
// sent: 32 bytes, always the same for the person, handed to nobody else (HMAC-SHA256, RFC 2104, of the id with
// the secret of the instance).
func (a *App) EntrySeal(ctx context.Context, by tandem.Actor) (seal []byte, err error) {
	defer tandem.Wrap(&err, "seal of entries")
	secret, err := a.secret(ctx)
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte("entries\x00"))
	m.Write(binary.BigEndian.AppendUint64(nil, uint64(by.Person)))
	return m.Sum(nil), nil
}
