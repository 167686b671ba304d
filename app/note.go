package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// A CheckInInput is the weekly exchange: one line each is enough, and one of the three.
type CheckInInput struct {
	Did     string `json:"did,omitempty" tandem:"lines"`
	Learned string `json:"learned,omitempty" tandem:"lines"`
	Need    string `json:"need,omitempty" tandem:"lines"`
}

// CheckIn keeps the actor's exchange of the week with a lifeline, in place of one that was written this week.
func (a *App) CheckIn(ctx context.Context, by tandem.Actor, id tandem.LifelineID, in CheckInInput) (n tandem.Note, err error) {
	defer tandem.Wrap(&err, "check in")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if n, err = a.fresh(ctx, h, by, id, tandem.NoteCheckIn); err != nil {
			return err
		}
		n.Owner, n.Text, n.Learned, n.Need = by.Person, in.Did, in.Learned, in.Need
		if err := n.Validate(); err != nil {
			return err
		}
		if err := h.LockLifeline(ctx, id); err != nil { // one a week, also of two that come at once
			return err
		}
		written, err := h.LifelineNotes(ctx, id, tandem.PeriodWeek.Start(n.Day), mostNotes)
		if err != nil {
			return err
		}
		for _, old := range written {
			if old.Kind == tandem.NoteCheckIn && old.Owner == by.Person {
				n.ID, n.Workspace = old.ID, old.Workspace
				return h.SetNote(ctx, n)
			}
		}
		return a.put(ctx, tx, h, by, n, "lifeline.checked_in")
	})
	return n, err
}

// A RescueInput says what help is needed with.
type RescueInput struct {
	Text string `json:"text" tandem:"lines"`
}

// AskRescue asks everybody in a lifeline for help: it stands on their Today until each answers, or the actor
// needs it no more.
func (a *App) AskRescue(ctx context.Context, by tandem.Actor, id tandem.LifelineID, in RescueInput) (n tandem.Note, err error) {
	defer tandem.Wrap(&err, "ask rescue")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if n, err = a.fresh(ctx, h, by, id, tandem.NoteRescue); err != nil {
			return err
		}
		n.Owner, n.Text = by.Person, in.Text
		if err := n.Validate(); err != nil {
			return err
		}
		return a.put(ctx, tx, h, by, n, "lifeline.rescue")
	})
	return n, err
}

// fresh begins a note of the actor's in a lifeline that the actor is in.
func (a *App) fresh(ctx context.Context, h Reads, by tandem.Actor, id tandem.LifelineID, k tandem.NoteKind) (n tandem.Note, err error) {
	_, me, _, err := inside(ctx, h, by, id, policy.Log)
	if err != nil {
		return n, err
	}
	today, err := a.today(ctx, h)
	return tandem.Note{ID: tandem.NewID[tandem.NoteID](a.IDs), Lifeline: id, Author: by.Person, Name: me.Name, Kind: k, State: tandem.NoteOpen, Day: today, At: a.now()}, err
}

func (a *App) put(ctx context.Context, tx Tx, h Writes, by tandem.Actor, n tandem.Note, event string) error {
	if err := h.AddNote(ctx, n); err != nil {
		return err
	}
	p, err := h.Person(ctx)
	if err != nil {
		return err
	}
	return a.emit(tx, by, p.Personal, event, int64(n.ID))
}

// A NoteInput says something to one person in a lifeline. Goal is one that this person shows; a level and a
// wording need it. Field is what a wording is for: "title" unless said, or "judged" of a result. Why is one
// sentence beside a wording. About is the note that is answered.
type NoteInput struct {
	To    tandem.PersonID `json:"to"`
	Kind  tandem.NoteKind `json:"kind"`
	Text  string          `json:"text,omitempty" tandem:"lines"`
	Goal  tandem.GoalID   `json:"goal,omitzero"`
	Level int             `json:"level,omitempty"`
	Field string          `json:"field,omitempty"`
	Why   string          `json:"why,omitempty"`
	About tandem.NoteID   `json:"about,omitzero"`
}

// Say keeps something that the actor says to somebody in a lifeline: on the other's side, where nobody else
// reads it. An answer to a question that was put to the actor settles the question.
func (a *App) Say(ctx context.Context, by tandem.Actor, id tandem.LifelineID, in NoteInput) (n tandem.Note, err error) {
	defer tandem.Wrap(&err, "say")
	v, err := a.lifelineView(ctx, by, id, policy.Log, true) // what the actor sees, and so may speak about
	if err != nil {
		return n, err
	}
	to := slices.IndexFunc(v.Partners, func(p Partner) bool { return p.Person == in.To })
	if to < 0 {
		return n, tandem.Invalid("to", "lifeline_to", nil)
	}
	goal, err := spokenOf(v.Partners[to], in)
	if err != nil {
		return n, err
	}
	about := slices.IndexFunc(v.Notes, func(x tandem.Note) bool { return x.ID == in.About })
	if in.About != 0 && (about < 0 || v.Notes[about].Author != in.To) {
		return n, tandem.NotFound("note")
	}
	if in.Kind == tandem.NoteAnswer && in.About == 0 {
		return n, tandem.Invalid("about", "note_about", nil)
	}
	if in.Kind == tandem.NoteAsk && in.About == 0 {
		if last := v.asked(in.To, in.Goal); last != tandem.NoDay {
			return n, tandem.Invalid("text", "note_asked", tandem.Args{"name": v.Partners[to].Name, "date": last + askDays})
		}
	}
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		_, _, others, err := inside(ctx, h, by, id, policy.Log)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(accepted(others), func(m tandem.LifelineMember) bool { return m.Person == in.To }) {
			return tandem.Invalid("to", "lifeline_to", nil)
		}
		if n, err = a.fresh(ctx, h, by, id, in.Kind); err != nil {
			return err
		}
		n.Owner, n.Text, n.About, n.Level = in.To, in.Text, in.About, in.Level
		if n.Space, n.Goal = goal.Workspace, goal.ID; in.Kind == tandem.NoteWording {
			n.Text, n.Field, n.Need = tandem.CleanTitle(in.Text), in.Field, in.Why
			if n.Field == "" {
				n.Field = "title"
			}
		}
		if err := n.Validate(); err != nil {
			return err
		}
		if about >= 0 && v.Notes[about].Owner == by.Person && v.Notes[about].State == tandem.NoteOpen {
			asked := v.Notes[about]
			asked.State = tandem.NoteDone
			if err := h.SetNote(ctx, asked); err != nil {
				return err
			}
		}
		return a.put(ctx, tx, h, by, n, "lifeline.said")
	})
	return n, err
}

// askDays is how long the next question about the same goal waits, unless it is asked about something that was
// written: nobody is nagged.
const askDays = 7

// asked gives the day on which the actor asked somebody about a goal (0: about none) in the last days; NoDay.
func (v LifelineView) asked(person tandem.PersonID, goal tandem.GoalID) tandem.Day {
	for _, n := range v.Notes {
		if n.Kind == tandem.NoteAsk && n.Author == v.Me.Person && n.Owner == person && n.Goal == goal && n.About == 0 && n.Day > v.Today-askDays {
			return n.Day
		}
	}
	return tandem.NoDay
}

// spokenOf gives the goal that is spoken of, as far as the speaker sees it; none where none is named.
func spokenOf(p Partner, in NoteInput) (g PartnerGoal, err error) {
	if in.Goal == 0 {
		if in.Kind == tandem.NoteWording || in.Level != 0 {
			err = tandem.Invalid("goal", "note_goal", nil)
		}
		return g, err
	}
	i := slices.IndexFunc(p.Goals, func(x PartnerGoal) bool { return x.ID == in.Goal })
	if i < 0 {
		return g, tandem.NotFound("goal")
	}
	g = p.Goals[i]
	switch {
	case in.Kind == tandem.NoteWording && in.Field == "judged" && g.Kind != tandem.KindPerformance:
		return g, tandem.Invalid("field", "one_of", tandem.Args{"field": "field", "allowed": "title"})
	case in.Level != 0 && (in.Kind != tandem.NoteNoticed || g.Kind != tandem.KindLearning):
		return g, tandem.Invalid("level", "note_level", nil)
	case in.Level != 0 && !g.Parts.Has(tandem.PartUses):
		return g, tandem.Invalid("level", "note_level", nil)
	}
	if levels := len(g.Levels); in.Level != 0 {
		if levels == 0 {
			levels = 8
		}
		if in.Level < 1 || in.Level > levels {
			return g, tandem.Invalid("level", "int_range", tandem.Args{"field": "level", "lo": 1, "hi": levels})
		}
	}
	return g, nil
}

// ListNotes gives what stands on the actor's own side, of lifelines that ended too, newest first.
func (a *App) ListNotes(ctx context.Context, by tandem.Actor, limit int) (out []tandem.Note, err error) {
	defer tandem.Wrap(&err, "list notes")
	if err := may(by, policy.Read, ownLifelines(by)); err != nil {
		return nil, err
	}
	return a.Store.For(by).OwnNotes(ctx, 0, limit)
}

// SettleNote says what becomes of a note on the actor's own side: it is done with, its wording or the level
// that was noticed is taken over, or everything is kept as it was. Only whom it is about can say so.
func (a *App) SettleNote(ctx context.Context, by tandem.Actor, id tandem.NoteID, to tandem.NoteState) (n tandem.Note, err error) {
	defer tandem.Wrap(&err, "settle note")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if n, err = h.Note(ctx, id); err != nil {
			return err
		}
		if err := may(by, policy.Change, policy.Resource{Kind: policy.Note, Owner: n.Owner}); err != nil {
			return err
		}
		taken := n.Kind == tandem.NoteWording || n.Kind == tandem.NoteNoticed && n.Level > 0
		switch {
		case !slices.Contains([]tandem.NoteState{tandem.NoteDone, tandem.NoteTaken, tandem.NoteKept}, to):
			return tandem.Invalid("to", "one_of", tandem.Args{"field": "to", "allowed": "done, taken, kept"})
		case n.State == tandem.NoteTaken || n.State == to:
			return nil
		case to != tandem.NoteDone && !taken:
			return tandem.Invalid("to", "note_take", nil)
		case to == tandem.NoteTaken:
			if err := a.takeOver(ctx, tx, h, by, n); err != nil {
				return err
			}
		}
		n.State = to
		return h.SetNote(ctx, n)
	})
	return n, err
}

// takeOver makes what somebody suggested the owner's own: the words of a goal, with its history, or a level
// that a second person noticed.
func (a *App) takeOver(ctx context.Context, tx Tx, h Writes, by tandem.Actor, n tandem.Note) error {
	if n.Kind == tandem.NoteNoticed {
		g, err := learningGoal(ctx, h, by, n.Space, n.Goal, policy.Log)
		if err != nil {
			return err
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		e := tandem.Evidence{Goal: n.Goal, ID: tandem.NewID[tandem.EvidenceID](a.IDs), Level: n.Level, How: tandem.HowPeer, By: n.Author, Day: min(n.Day, today), Note: n.Text}
		if err := e.Validate(len(g.Levels), today); err != nil {
			return err
		}
		if err := h.AddEvidence(ctx, n.Space, e); err != nil {
			return err
		}
		return a.emit(tx, by, n.Space, "level.noticed", int64(n.Goal))
	}
	old, err := anyGoal(ctx, h, by, n.Space, n.Goal, policy.Change, policy.Goal)
	if err != nil {
		return err
	}
	in := GoalChange{Version: old.GoalHead().Version, Title: &n.Text}
	if n.Field == "judged" {
		in.Title, in.Judged = nil, &n.Text
	}
	var now tandem.AnyGoal
	switch x := old.(type) {
	case tandem.PerformanceGoal:
		now, err = a.changeResult(ctx, h, x, in)
	case tandem.LearningGoal:
		now, err = a.changeLearning(ctx, h, x, in)
	}
	if err != nil {
		return err
	}
	if err := a.remember(ctx, h, by, n.Space, "goal", int64(n.Goal), 0, old, now); err != nil {
		return err
	}
	return a.emit(tx, by, n.Space, "goal.changed", int64(n.Goal))
}
