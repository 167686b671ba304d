package app

import (
	"context"
	"reflect"

	"tandem"
	"tandem/policy"
)

// How many lifelines a weekly mail tells of, how many things of each, and for how many days at least and at
// most what was written counts as new.
const (
	letterLives = 5
	letterCalls = 5
	letterNew   = 7
	letterOld   = 14
)

// A LetterLifeline is what a weekly mail says of one lifeline: who is in it, its question and what waits. It
// holds nothing of anybody's goals and no words that were written there: what was handed over cannot be taken
// back when the lifeline ends. Words for silence are the one exception, since they were set to be told.
type LetterLifeline struct {
	ID       tandem.LifelineID
	With     []string // names of the others
	Question string   // of the week
	Answered bool     // the own exchange of the week is written
	Calls    []LetterCall
}

// A LetterCall is one thing that waits in a lifeline.
type LetterCall struct {
	Kind  string // "rescue", "consent", "quiet", "check_in", "cheer", or "note." and the kind of the note
	Name  string // of the person
	Words string // for silence
	After int    // days of silence
}

// about says whether a letter tells of lifelines, which its reader must be able to open, and since when.
func (l *Letter) about(by tandem.Actor, r tandem.Reminder) {
	l.lives = r.Lifelines && policy.Decide(by, policy.Read, ownLifelines(by)).Answer == policy.Allow
	l.since = l.Today - letterOld + 1
	if r.Sent != 0 {
		l.since = min(max(l.since, tandem.DayOf(r.Sent.Time(), l.To.Location(), 0)), l.Today-letterNew+1)
	}
}

// letterLifelines gives what waits in the lifelines that the reader is in at this moment, with somebody else.
func (a *App) letterLifelines(ctx context.Context, by tandem.Actor, l Letter) (out []LetterLifeline, err error) {
	if !l.lives {
		return nil, nil
	}
	all, ties, err := a.Store.For(by).Lifelines(ctx)
	if err != nil {
		return nil, err
	}
	for i, x := range all {
		if ties[i].Tie != tandem.TieAccepted || len(out) == letterLives {
			continue
		}
		v, err := a.lifelineView(ctx, by, x.ID, policy.Read, false)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue // it ended just now
		}
		if err != nil {
			return nil, err
		}
		if told := v.letter(l.since); len(told.With) > 0 {
			out = append(out, told)
		}
	}
	return out, nil
}

// letter gives what a weekly mail says of a lifeline; what was written before a day is not new any more.
func (v LifelineView) letter(since tandem.Day) LetterLifeline {
	out := LetterLifeline{ID: v.ID, Question: v.Question, Answered: v.CheckIn(v.Me.Person) != nil}
	for _, p := range v.Partners {
		out.With = append(out.With, p.Name)
	}
	for _, c := range sortCalls(v.calls()) {
		x := LetterCall{Kind: c.Kind, Name: c.Name, Words: c.Words, After: c.After}
		switch {
		case c.Kind == "exchange":
			continue // its question stands there anyhow
		case c.Note == nil:
		case c.Note.Day < since && c.Kind != "rescue":
			continue
		case c.Kind == "note":
			x.Kind += "." + string(c.Note.Kind)
		}
		if len(out.Calls) < letterCalls {
			out.Calls = append(out.Calls, x)
		}
	}
	return out
}

// Still tells whether a letter may be handed over as it was written: what it tells of lifelines, which others
// can end at any moment, is asked for again.
func (a *App) Still(ctx context.Context, l Letter) (ok bool, err error) {
	defer tandem.Wrap(&err, "letter still holds")
	if len(l.Lives) == 0 {
		return true, nil
	}
	now, err := a.letterLifelines(ctx, tandem.Actor{Person: l.To.ID, Name: l.To.Name, Source: "session"}, l)
	return err == nil && reflect.DeepEqual(now, l.Lives), err
}
