package app

import (
	"context"

	"tandem"
	"tandem/policy"
)

func techniqueOf(t tandem.Technique) policy.Resource {
	return policy.Resource{Kind: policy.Technique, Workspace: t.Workspace, Owner: t.Owner, Visibility: tandem.OnlyMe}
}

// A TechniqueInput is something that can be used in real work or life.
type TechniqueInput struct {
	Name   string                `json:"name"`
	Goal   tandem.GoalID         `json:"goal,omitzero"`   // the learning goal it belongs to
	Lesson tandem.LessonID       `json:"lesson,omitzero"` // the lesson it came from
	State  tandem.TechniqueState `json:"state,omitempty"` // unless said trying, or idea where two are tried already
	Waits  tandem.TechniqueID    `json:"waits,omitzero"`  // which of those two waits in its stead
}

// CreateTechnique keeps a new technique. At most two are tried at a time for one learning goal: a third waits
// as an idea, or one of the two does.
func (a *App) CreateTechnique(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in TechniqueInput) (t tandem.Technique, err error) {
	defer tandem.Wrap(&err, "create technique")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		t, err = a.addTechnique(ctx, h, by, ws, in)
		if err != nil {
			return err
		}
		return a.emit(tx, by, ws, "technique.created", int64(t.ID))
	})
	return t, err
}

func (a *App) addTechnique(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, in TechniqueInput) (t tandem.Technique, err error) {
	t = tandem.Technique{Workspace: ws, ID: tandem.NewID[tandem.TechniqueID](a.IDs), Owner: by.Person, Name: in.Name, State: in.State,
		Goal: in.Goal, Lesson: in.Lesson, Version: 1, Created: a.now()}
	if err := may(by, policy.Create, techniqueOf(t)); err != nil {
		return t, err
	}
	if in.Goal != 0 {
		if _, err := learningGoal(ctx, h, by, ws, in.Goal, policy.Log); err != nil {
			return t, err
		}
	}
	if in.Lesson != 0 {
		if err := ownLesson(ctx, h, ws, in.Lesson); err != nil {
			return t, err
		}
	}
	if t.Since, err = a.today(ctx, h); err != nil {
		return t, err
	}
	if t.State == "" {
		t.State = tandem.Trying
		if running, err := runningBeside(ctx, h, t); err != nil {
			return t, err
		} else if len(running) >= tandem.MostTrials && in.Waits == 0 {
			t.State = tandem.Idea
		}
	}
	if err := t.Validate(); err != nil {
		return t, err
	}
	if t.State == tandem.Trying {
		if err := a.makeRoom(ctx, h, t, in.Waits); err != nil {
			return t, err
		}
	}
	if err := h.AddTechnique(ctx, t); err != nil {
		return t, err
	}
	return t, a.usedConcept(ctx, h, "technique")
}

// A TechniqueChange changes a technique of the version that was read; what is nil stays.
type TechniqueChange struct {
	Version int64                  `json:"version"`
	Name    *string                `json:"name,omitempty"`
	State   *tandem.TechniqueState `json:"state,omitempty"`
	Verdict *string                `json:"verdict,omitempty" tandem:"lines"`
	Goal    *tandem.GoalID         `json:"goal,omitempty"`
	Waits   tandem.TechniqueID     `json:"waits,omitzero"`   // which of two that are tried waits, where this is tried
	Helped  int                    `json:"helped,omitempty"` // "did it help?", at the end of a trial: -1 no, 1 yes, 0 hard to say
}

// ChangeTechnique renames a technique, or decides about it: trying, kept, adapted or dropped.
func (a *App) ChangeTechnique(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, in TechniqueChange) (t tandem.Technique, err error) {
	defer tandem.Wrap(&err, "change technique")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if t, err = techniqueFor(ctx, h, by, ws, id, policy.Change); err != nil {
			return err
		}
		if in.Goal != nil && *in.Goal != 0 {
			if _, err := learningGoal(ctx, h, by, ws, *in.Goal, policy.Log); err != nil {
				return err
			}
		}
		today, err := a.today(ctx, h)
		if err != nil {
			return err
		}
		was := t
		if in.State != nil && (*in.State != t.State || t.State == tandem.Trying && today >= t.Since+tandem.TrialDays) {
			t.State, t.Since = *in.State, today
		}
		t.Version = in.Version
		t.Name = or(in.Name, t.Name)
		t.Verdict = or(in.Verdict, t.Verdict)
		t.Goal = or(in.Goal, t.Goal)
		if err := t.Validate(); err != nil {
			return err
		}
		if t.State == tandem.Trying && (was.State != tandem.Trying || was.Goal != t.Goal) {
			if err := a.makeRoom(ctx, h, t, in.Waits); err != nil {
				return err
			}
		}
		if was.State == tandem.Trying && (t.State != was.State || t.Since != was.Since) {
			if err := a.endTrial(ctx, h, was, t, in.Helped, today); err != nil {
				return err
			}
		}
		if err := h.SetTechnique(ctx, t); err != nil {
			return err
		}
		t.Version++
		return a.emit(tx, by, ws, "technique.changed", int64(id))
	})
	return t, err
}

func or[T any](p *T, old T) T {
	if p != nil {
		return *p
	}
	return old
}

// ListTechniques gives the techniques of a workspace that the actor may see, newest first.
func (a *App) ListTechniques(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID) (ts []tandem.Technique, err error) {
	defer tandem.Wrap(&err, "list techniques")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return nil, err
	}
	return a.Store.For(by).Techniques(ctx, ws)
}

// GetTechnique gives one technique.
func (a *App) GetTechnique(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID) (t tandem.Technique, err error) {
	defer tandem.Wrap(&err, "read technique")
	return techniqueFor(ctx, a.Store.For(by), by, ws, id, policy.Read)
}

// techniqueFor is a technique to which a person may do act.
func techniqueFor(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, act policy.Action) (tandem.Technique, error) {
	t, err := r.Technique(ctx, ws, id)
	if err != nil {
		return t, err
	}
	return t, may(by, act, techniqueOf(t))
}

// A UseInput is one time that a technique was used.
type UseInput struct {
	Key     string     `json:"-"`            // makes a second press harmless
	Day     tandem.Day `json:"day,omitzero"` // today unless said
	Helped  int        `json:"helped,omitempty"`
	Natural int        `json:"natural,omitempty"`
	Note    string     `json:"note,omitempty" tandem:"lines"`
	Context string     `json:"context,omitempty"` // where, in a word or two
}

// LogUse keeps one use of a technique, alone. An idea that is used is tried from then on, unless two are tried
// beside it: then it goes on waiting, with its use.
func (a *App) LogUse(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, in UseInput) (u tandem.Use, err error) {
	defer tandem.Wrap(&err, "log use")
	err = a.Store.InTx(ctx, func(tx Tx) error {
		u, err = a.useIn(ctx, tx, by, ws, id, in)
		return err
	})
	return u, err
}

func (a *App) useIn(ctx context.Context, tx Tx, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, in UseInput) (u tandem.Use, err error) {
	h := tx.For(by)
	if err := a.once(ctx, h, ws, "log-use", in.Key); err != nil {
		return u, err
	}
	person, err := h.Person(ctx)
	if err != nil {
		return u, err
	}
	today := person.Today(a.Now())
	u = tandem.Use{Technique: id, Day: dayOr(in.Day, today), At: a.now(), Helped: in.Helped, Natural: in.Natural, Note: in.Note, Context: tandem.CleanTitle(in.Context)}
	if u.Day != today {
		u.At = u.Day.Noon(person.Location())
	}
	if err := u.Validate(today); err != nil {
		return u, err
	}
	if u.ID, err = a.addUse(ctx, h, by, ws, u); err != nil {
		return u, err
	}
	return u, a.emit(tx, by, ws, "use.logged", int64(id))
}

// addUse keeps a use in the transaction of h, alone or riding on an observation.
func (a *App) addUse(ctx context.Context, h Writes, by tandem.Actor, ws tandem.WorkspaceID, u tandem.Use) (tandem.UseID, error) {
	t, err := techniqueFor(ctx, h, by, ws, u.Technique, policy.Log)
	if err != nil {
		return 0, err
	}
	if t.State == tandem.Idea {
		running, err := runningBeside(ctx, h, t)
		if err != nil {
			return 0, err
		}
		t.State, t.Since = tandem.Trying, u.Day
		if len(running) < tandem.MostTrials {
			if err := h.SetTechnique(ctx, t); err != nil {
				return 0, err
			}
		}
	}
	u.ID = tandem.NewID[tandem.UseID](a.IDs)
	return u.ID, h.AddUse(ctx, ws, u)
}

// ChangeUse says afterwards whether a use helped, how natural it felt, and a note.
func (a *App) ChangeUse(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, use tandem.UseID, in UseInput) (err error) {
	defer tandem.Wrap(&err, "change use")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := techniqueFor(ctx, h, by, ws, id, policy.Log); err != nil {
			return err
		}
		u := tandem.Use{Technique: id, ID: use, Helped: in.Helped, Natural: in.Natural, Note: in.Note, Context: tandem.CleanTitle(in.Context)}
		if err := u.Validate(0); err != nil {
			return err
		}
		return h.SetUse(ctx, ws, u)
	})
}

// DeleteUse takes a use back.
func (a *App) DeleteUse(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID, use tandem.UseID) (err error) {
	defer tandem.Wrap(&err, "take back use")
	return a.Store.InTx(ctx, func(tx Tx) error {
		h := tx.For(by)
		if _, err := techniqueFor(ctx, h, by, ws, id, policy.Log); err != nil {
			return err
		}
		return h.DeleteUse(ctx, ws, id, use)
	})
}

// ListUses gives the uses of every technique the actor may see, from one day to another, oldest first.
func (a *App) ListUses(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, from, to tandem.Day) (us []tandem.Use, err error) {
	defer tandem.Wrap(&err, "list uses")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return nil, err
	}
	return a.Store.For(by).Uses(ctx, ws, from, to)
}

// TechniquesFor gives the techniques that can ride on a value of a result: those in use that belong to the
// learning goals which fuel it.
func (a *App) TechniquesFor(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, result tandem.GoalID) (out []tandem.Technique, err error) {
	defer tandem.Wrap(&err, "techniques of a result")
	r := a.Store.For(by)
	links, err := r.FuelsTo(ctx, ws, ws, result)
	if err != nil {
		return nil, err
	}
	all, err := r.Techniques(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		for _, f := range links {
			if t.Goal == f.Learning && (t.State == tandem.Trying || t.State == tandem.Kept || t.State == tandem.Adapted) {
				out = append(out, t)
			}
		}
	}
	return out, nil
}
