package app

import (
	"context"
	"math"
	"slices"

	"tandem"
	"tandem/policy"
)

// How far back a lifeline looks: at practice and uses, and at what was written; how much of that is read; and
// until when a call for help, an exchange or something to be glad of waits for an answer.
const (
	seenDays    = 7
	notesDays   = 84
	mostNotes   = 200
	rescueDays  = 14
	checkInDays = 7
)

// A LifelineLine is one lifeline in the own list.
type LifelineLine struct {
	tandem.Lifeline
	Tie  tandem.Tie `json:"tie"`
	With []string   `json:"with"` // names of the others who are in; none before all said yes
}

// ListLifelines gives the lifelines that the actor is in or said yes to, oldest first.
func (a *App) ListLifelines(ctx context.Context, by tandem.Actor) (out []LifelineLine, err error) {
	defer tandem.Wrap(&err, "list lifelines")
	if err := may(by, policy.Read, ownLifelines(by)); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	all, ties, err := r.Lifelines(ctx)
	if err != nil {
		return nil, err
	}
	for i, l := range all {
		line := LifelineLine{Lifeline: l, Tie: ties[i].Tie, With: []string{}}
		if line.Tie != tandem.TieAccepted {
			line.Question, line.By = "", 0 // nothing before all said yes
		}
		members, err := r.LifelineMembers(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range accepted(members) {
			if m.Person != by.Person {
				line.With = append(line.With, m.Name)
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// A LifelineView is a lifeline as one who is in it sees it.
type LifelineView struct {
	tandem.Lifeline
	Today    tandem.Day
	Me       tandem.LifelineMember
	Shows    tandem.Parts    // what I really show
	Mine     []tandem.Share  // the goals that I chose
	Partners []Partner       // who is in
	Waiting  []WaitingMember // who was invited and waits for a yes
	Notes    []tandem.Note   // of the last weeks, newest first
	Invites  []tandem.LifelineInvite
}

// A WaitingMember is somebody who was invited and is not in yet; Mine tells that it is my yes that is asked for.
type WaitingMember struct {
	Person tandem.PersonID `json:"person"`
	Name   string          `json:"name"`
	Mine   bool            `json:"needs_your_yes"`
}

// A Partner is somebody in a lifeline, with what the reader may see.
type Partner struct {
	Person tandem.PersonID
	Name   string
	Ask    string
	Since  tandem.Instant
	Sees   tandem.Parts // between the reader and this person
	Goals  []PartnerGoal
	Quiet  string // the words that this person set for silence, while it lasts; "" else
	After  int    // the days that this person set for it; 0 else
}

// A PartnerGoal is a goal as far as the reader sees it: of what Parts leaves out everything is empty.
type PartnerGoal struct {
	Workspace tandem.WorkspaceID
	ID        tandem.GoalID
	Kind      tandem.GoalKind
	Title     string
	State     tandem.GoalState
	Parts     tandem.Parts
	Judged    string
	Levels    []string
	Noticed   int
	Aim       int
	Used      []tandem.Day    // of the last seven days
	Practised []tandem.Day    // of the last seven days
	Lessons   []tandem.Lesson // of the last seven days
	Chance    *float64        // of a result, to be told in words; nil where there is none yet
	Values    int
}

// GetLifeline gives a lifeline that the actor is in.
func (a *App) GetLifeline(ctx context.Context, by tandem.Actor, id tandem.LifelineID) (v LifelineView, err error) {
	defer tandem.Wrap(&err, "get lifeline")
	return a.lifelineView(ctx, by, id, policy.Read, true)
}

// LifelineSide gives the actor's own side of a lifeline: what is asked and shown, and the weekly question. It is
// the answer to a change, also for a token that only writes.
func (a *App) LifelineSide(ctx context.Context, by tandem.Actor, id tandem.LifelineID) (v LifelineView, err error) {
	defer tandem.Wrap(&err, "lifeline side")
	v, err = a.lifelineView(ctx, by, id, policy.Change, false)
	return LifelineView{Lifeline: v.Lifeline, Today: v.Today, Me: v.Me, Shows: v.Shows, Mine: v.Mine}, err
}

// lifelineView gives a lifeline to somebody who may do act in it; the goals that others show only where deep
// says so.
func (a *App) lifelineView(ctx context.Context, by tandem.Actor, id tandem.LifelineID, act policy.Action, deep bool) (v LifelineView, err error) {
	r := a.Store.For(by)
	var others []tandem.LifelineMember
	if v.Lifeline, v.Me, others, err = inside(ctx, r, by, id, act); err != nil {
		return v, err
	}
	by = asked(by)
	if v.Today, err = a.today(ctx, r); err != nil {
		return v, err
	}
	if v.Mine, err = r.OwnShares(ctx, id); err != nil {
		return v, err
	}
	shared, err := r.SharedGoals(ctx, id)
	if err != nil {
		return v, err
	}
	v.Shows = showsOf(v.Me, shared)
	for _, m := range others {
		if m.Tie == tandem.TieInvited {
			yes, err := r.Consents(ctx, id, m.Person)
			if err != nil {
				return v, err
			}
			v.Waiting = append(v.Waiting, WaitingMember{Person: m.Person, Name: m.Name, Mine: !slices.Contains(yes, by.Person)})
			continue
		}
		p, err := a.partner(ctx, r, by, v, m, shared, deep)
		if err != nil {
			return v, err
		}
		v.Partners = append(v.Partners, p)
	}
	if v.Notes, err = r.LifelineNotes(ctx, id, v.Today-notesDays, mostNotes); err != nil {
		return v, err
	}
	for i := range v.Notes { // what the other did with what was said is the other's
		if n := &v.Notes[i]; n.Owner != by.Person && !n.ForAll() {
			n.State = ""
		}
	}
	all, err := r.LifelineInvites(ctx, id)
	for _, i := range all {
		if i.UsedAt == 0 && i.Ends > a.now() {
			v.Invites = append(v.Invites, i)
		}
	}
	return v, err
}

// showsOf gives what somebody really shows of the goals that are shown in a lifeline.
func showsOf(m tandem.LifelineMember, shared []tandem.SharedGoal) tandem.Parts {
	var kinds []tandem.GoalKind
	for _, g := range shared {
		if g.Owner == m.Person {
			kinds = append(kinds, g.Kind)
		}
	}
	return tandem.Shows(m.Parts, kinds)
}

// partner gives what the reader sees of somebody: what is between the two, and where a rule for silence was set
// its words once its days are over.
func (a *App) partner(ctx context.Context, r Reads, by tandem.Actor, v LifelineView, m tandem.LifelineMember, shared []tandem.SharedGoal, deep bool) (p Partner, err error) {
	p = Partner{Person: m.Person, Name: m.Name, Ask: m.Ask, Since: max(m.Joined, v.Me.Joined), Sees: tandem.Between(v.Shows, showsOf(m, shared))}
	for _, g := range shared {
		parts := p.Sees.Of(g.Kind)
		if g.Owner != m.Person || parts == 0 || !deep {
			continue
		}
		x, err := a.partnerGoal(ctx, r, by, v, g, parts)
		if err != nil {
			return p, err
		}
		p.Goals = append(p.Goals, x)
	}
	if m.QuietDays > 0 {
		last, err := r.LastEntryOf(ctx, v.ID, m.Person, v.Today-tandem.QuietTo-1)
		if err != nil {
			return p, err
		}
		if m.IsQuiet(last, v.Today) {
			p.Quiet, p.After = m.QuietWords, m.QuietDays
		}
	}
	return p, nil
}

// partnerGoal gives a goal of somebody else as far as parts go.
func (a *App) partnerGoal(ctx context.Context, r Reads, by tandem.Actor, v LifelineView, g tandem.SharedGoal, parts tandem.Parts) (x PartnerGoal, err error) {
	kind := policy.Learning // its story; of a result no more than its outline is shown
	if g.Kind == tandem.KindPerformance {
		kind = policy.Goal
	}
	if err := may(by, policy.Read, policy.Resource{Kind: kind, Workspace: g.Workspace, Owner: g.Owner, Visibility: g.Visibility, Tie: v.Me.Tie}); err != nil {
		return x, err
	}
	x = PartnerGoal{Workspace: g.Workspace, ID: g.ID, Kind: g.Kind, Title: g.Title, State: g.State, Parts: parts, Judged: g.Judged}
	if g.Kind == tandem.KindPerformance {
		if s := g.Snapshot; s != nil {
			x.Values = s.Values
			if s.Values >= 3 {
				x.Chance = s.Chance
			}
		}
		return x, nil
	}
	l, err := r.SharedLearning(ctx, v.ID, g.Workspace, g.ID, v.Today-seenDays+1)
	if err != nil {
		return x, err
	}
	if parts.Has(tandem.PartUses) {
		x.Levels, x.Aim, x.Used = l.Levels, g.Aim, l.Used
		x.Noticed, _ = tandem.LevelNow(l.Evidence)
	}
	if parts.Has(tandem.PartPractice) {
		x.Practised = l.Practised
	}
	if parts.Has(tandem.PartLessons) {
		x.Lessons = l.Lessons
	}
	return x, nil
}

// A Call is one thing that a lifeline waits for: on Today it stands at once.
type Call struct {
	Kind     string            `json:"kind"` // "rescue", "note", "consent", "quiet", "cheer", "check_in" (of somebody else) or "exchange" (the own)
	Lifeline tandem.LifelineID `json:"lifeline"`
	Person   tandem.PersonID   `json:"person,omitzero"`
	Name     string            `json:"name"`               // of the person; for the own exchange of all the others
	Words    string            `json:"words,omitempty"`    // for silence
	After    int               `json:"after,omitempty"`    // days of silence that the person set
	Question string            `json:"question,omitempty"` // of the week, for the own exchange
	Note     *tandem.Note      `json:"note,omitempty"`
}

// mostCalls bounds what waits on Today; the rest stands on the pages of the lifelines.
const mostCalls = 5

// LifelineCalls gives what the actor's lifelines wait for: calls for help first, then what was said to the
// actor, who wants to come in, silence, what others are glad of and exchanged, and the own exchange of the week.
func (a *App) LifelineCalls(ctx context.Context, by tandem.Actor) (out []Call, err error) {
	defer tandem.Wrap(&err, "lifeline calls")
	if err := may(by, policy.Read, ownLifelines(by)); err != nil {
		return nil, err
	}
	r := a.Store.For(by)
	all, ties, err := r.Lifelines(ctx)
	if err != nil {
		return nil, err
	}
	for i, l := range all {
		if ties[i].Tie != tandem.TieAccepted {
			continue
		}
		v, err := a.lifelineView(ctx, by, l.ID, policy.Read, false)
		if err != nil {
			return nil, err
		}
		out = append(out, v.calls()...)
	}
	out = sortCalls(out)
	return out[:min(len(out), mostCalls)], nil
}

// sortCalls puts what waits most to the front.
func sortCalls(all []Call) []Call {
	order := []string{"rescue", "note", "consent", "quiet", "cheer", "check_in", "exchange"}
	slices.SortStableFunc(all, func(x, y Call) int { return slices.Index(order, x.Kind) - slices.Index(order, y.Kind) })
	return all
}

// Answered tells whether the reader said something about a note.
func (v LifelineView) Answered(n tandem.Note) bool {
	return slices.ContainsFunc(v.Notes, func(x tandem.Note) bool { return x.About == n.ID && x.Author == v.Me.Person })
}

// spokeTo tells whether the reader said something to somebody in the last seven days.
func (v LifelineView) spokeTo(person tandem.PersonID) bool {
	return slices.ContainsFunc(v.Notes, func(n tandem.Note) bool {
		return n.Author == v.Me.Person && n.Owner == person && n.Day > v.Today-7
	})
}

// CheckIn gives somebody's exchange of the present week, nil for none yet.
func (v LifelineView) CheckIn(person tandem.PersonID) *tandem.Note {
	for i, n := range v.Notes {
		if n.Kind == tandem.NoteCheckIn && n.Owner == person && n.Day >= tandem.PeriodWeek.Start(v.Today) {
			return &v.Notes[i]
		}
	}
	return nil
}

// calls gives what one lifeline waits for.
func (v LifelineView) calls() (out []Call) {
	names := ""
	for _, p := range v.Partners {
		if names != "" {
			names += ", "
		}
		names += p.Name
		if p.Quiet != "" && !v.spokeTo(p.Person) {
			out = append(out, Call{Kind: "quiet", Lifeline: v.ID, Person: p.Person, Name: p.Name, Words: p.Quiet, After: p.After})
		}
	}
	for _, w := range v.Waiting {
		if w.Mine {
			out = append(out, Call{Kind: "consent", Lifeline: v.ID, Person: w.Person, Name: w.Name})
		}
	}
	for i := range v.Notes {
		n := &v.Notes[i]
		c := Call{Kind: "note", Lifeline: v.ID, Person: n.Author, Name: n.Name, Note: n}
		switch {
		case n.State != tandem.NoteOpen || n.Author == v.Me.Person:
			continue
		case n.Owner == v.Me.Person:
		case v.Answered(*n):
			continue
		case n.Kind == tandem.NoteRescue && n.Day > v.Today-rescueDays:
			c.Kind = "rescue"
		case n.Kind == tandem.NoteCheer && n.Day > v.Today-checkInDays:
			c.Kind = "cheer"
		case n.Kind == tandem.NoteCheckIn && n.Day > v.Today-checkInDays:
			c.Kind = "check_in"
		default:
			continue
		}
		out = append(out, c)
	}
	if len(v.Partners) > 0 && v.CheckIn(v.Me.Person) == nil {
		out = append(out, Call{Kind: "exchange", Lifeline: v.ID, Name: names, Question: v.Question})
	}
	return out
}

// Stands says how a result goes in words, as the reader of a lifeline is told: too_early, steep below 1 in 3,
// or open with about how many in ten.
func (g PartnerGoal) Stands() (word string, inTen int) {
	switch {
	case g.Chance == nil:
		return "too_early", 0
	case *g.Chance < 1.0/3:
		return "steep", 0
	}
	return "open", int(min(max(math.Round(*g.Chance*10), 1), 9))
}
