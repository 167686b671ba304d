package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/policy"
)

// runningBeside gives the techniques that are tried beside one, for the same learning goal.
func runningBeside(ctx context.Context, r Reads, t tandem.Technique) ([]tandem.Technique, error) {
	all, err := r.Techniques(ctx, t.Workspace)
	return t.Running(all), err
}

// makeRoom lets at most two techniques be tried at a time for one learning goal: with a third, the one that is
// named waits as an idea. Where none is named the error asks which.
func (a *App) makeRoom(ctx context.Context, h Writes, t tandem.Technique, waits tandem.TechniqueID) error {
	if err := h.LockWorkspace(ctx, t.Workspace); err != nil { // the rule is over several rows
		return err
	}
	running, err := runningBeside(ctx, h, t)
	if err != nil || len(running) < tandem.MostTrials {
		return err
	}
	for _, x := range running {
		if x.ID == waits {
			was := x
			x.State, x.Since = tandem.Idea, t.Since
			if err := h.SetTechnique(ctx, x); err != nil {
				return err
			}
			return a.endTrial(ctx, h, was, x, 0, t.Since)
		}
	}
	ask := &tandem.Ask{ID: "waits", Key: "trial.which_waits", Args: tandem.Args{"name": t.Name}}
	names := tandem.Args{"name": t.Name, "one": running[0].Name, "two": running[1].Name}
	for _, x := range running {
		ask.Choices = append(ask.Choices, tandem.AskChoice{ID: x.ID.String(), Key: "trial.waits", Args: tandem.Args{"name": x.Name}})
	}
	return &tandem.Error{Kind: tandem.KindInvalid, Field: "waits", Code: "trials_full", Args: names, Ask: ask}
}

// endTrial keeps a trial that was decided: its uses, whether it helped, the decision and the words that stand
// with it.
func (a *App) endTrial(ctx context.Context, h Writes, was, now tandem.Technique, helped int, today tandem.Day) error {
	if helped < -1 || helped > 1 {
		return tandem.Invalid("helped", "int_range", tandem.Args{"field": "helped", "lo": -1, "hi": 1})
	}
	uses, err := h.Uses(ctx, was.Workspace, was.Since, today)
	if err != nil {
		return err
	}
	y := was.Tally(uses)
	if now.State == tandem.Idea && y.Uses == 0 {
		return nil // it was never tried: nothing to keep
	}
	return h.PutTrial(ctx, was.Workspace, tandem.Trial{Technique: was.ID, Began: was.Since, Ended: today, Uses: y.Uses, Natural: y.Natural, Helped: helped, Decision: now.State, Words: now.Verdict})
}

// A TrialView is the light trial of a technique: how it stands, what is tried beside it, and those before.
type TrialView struct {
	Technique tandem.Technique   `json:"technique"`
	Tally     *tandem.TrialTally `json:"tally,omitempty"` // while it is tried
	Over      bool               `json:"over"`            // the two weeks are over: did it help?
	Beside    []tandem.Technique `json:"beside"`          // that are tried too; two of them: one has to wait for a third
	Past      []tandem.Trial     `json:"past"`            // newest first
	Today     tandem.Day         `json:"-"`
	Piloted   bool               `json:"piloted"` // a measured pilot is open on it: that decides
	Uses      []tandem.Use       `json:"-"`       // since it is tried, oldest first
	Source    *tandem.Feedback   `json:"-"`       // the feedback that it came from
	Lesson    string             `json:"-"`
}

// GetTrial gives the light trial of a technique.
func (a *App) GetTrial(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.TechniqueID) (v TrialView, err error) {
	defer tandem.Wrap(&err, "get trial")
	r := a.Store.For(by)
	if v.Technique, err = techniqueFor(ctx, r, by, ws, id, policy.Read); err != nil {
		return v, err
	}
	if v.Today, err = a.today(ctx, r); err != nil {
		return v, err
	}
	if v.Beside, err = runningBeside(ctx, r, v.Technique); err != nil {
		return v, err
	}
	past, err := r.Trials(ctx, ws)
	if err != nil {
		return v, err
	}
	v.Past = slices.DeleteFunc(past, func(x tandem.Trial) bool { return x.Technique != id })
	if v.Technique.State != tandem.Trying {
		return v, nil
	}
	uses, err := r.Uses(ctx, ws, v.Technique.Since, v.Today)
	if err != nil {
		return v, err
	}
	v.Uses = usesOf(uses, func(u tandem.Use) bool { return u.Technique == id })
	y := v.Technique.Tally(v.Uses)
	v.Tally, v.Over = &y, y.Over(v.Today)
	pilots, err := r.Pilots(ctx, ws)
	v.Piloted = slices.ContainsFunc(pilots, func(p tandem.Pilot) bool { return p.Technique == id && p.Verdict == "" })
	return v, err
}

// A TodayTrial is a light trial on Today: under way with a use that nobody said anything about yet, or over.
type TodayTrial struct {
	Technique tandem.Technique  `json:"technique"`
	Tally     tandem.TrialTally `json:"tally"`
	Over      bool              `json:"over"`
}

// trials gives the trials that Today tells of: those that were used, and those whose two weeks are over and
// that no measured pilot decides.
func (d dayData) trials(pilots []TodayPilot) (out []TodayTrial) {
	for _, t := range d.technique {
		if t.State != tandem.Trying || slices.ContainsFunc(pilots, func(p TodayPilot) bool { return p.Technique == t.ID }) {
			continue
		}
		x := TodayTrial{Technique: t, Tally: t.Tally(d.uses)}
		if x.Over = x.Tally.Over(d.today); x.Over || x.Tally.Uses > 0 {
			out = append(out, x)
		}
	}
	return out
}
