package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/advise/library"
	"tandem/policy"
)

// A NewWay is one thing to try on a result that is half over and on which nothing new was tried yet: a lesson,
// a technique that waits, or the technique of a template that fits. Goal is the learning goal that it would
// belong to, 0 for none.
type NewWay struct {
	Name      string             `json:"name"`
	From      string             `json:"from"` // "technique", "lesson" or "template"
	Goal      tandem.GoalID      `json:"goal,omitzero"`
	Lesson    tandem.LessonID    `json:"lesson,omitzero"`
	Technique tandem.TechniqueID `json:"technique,omitzero"` // that waits: it is tried instead of made
	Template  string             `json:"template,omitempty"`
}

// quietNewWay is the code under which the offer is put away for one result.
const quietNewWay = "NO_NEW_WAY"

// GetNewWay gives what may be tried on a result; a Name of "" is nothing: it is not half over yet, something
// was tried, it was put away, or there is nothing to offer.
func (a *App) GetNewWay(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (w NewWay, err error) {
	defer tandem.Wrap(&err, "get new way")
	if err := may(by, policy.Read, policy.Resource{Kind: policy.Technique, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return w, err
	}
	v, err := a.ResultPage(ctx, by, ws, id)
	if err != nil {
		return w, err
	}
	return a.NewWayFor(ctx, by, v)
}

// NewWayFor gives it for a result whose page was read.
func (a *App) NewWayFor(ctx context.Context, by tandem.Actor, v ResultView) (w NewWay, err error) {
	g := v.Goal
	if !v.Own || g.State != tandem.Active || len(v.Uses) > 0 || 2*(v.Today-g.Start) < g.Deadline-g.Start || v.Today > g.Deadline || v.IsReached() {
		return w, nil
	}
	r := a.Store.For(by)
	adv, err := r.Advised(ctx, g.Workspace, g.ID)
	if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
		return w, err
	}
	if slices.Contains(adv.Quiet, quietNewWay) {
		return w, nil
	}
	for _, l := range v.Lines {
		if l.Workspace == g.Workspace && l.State != tandem.Released {
			w.Goal = l.ID
			break
		}
	}
	all, err := r.Techniques(ctx, g.Workspace)
	if err != nil {
		return w, err
	}
	fuels := func(id tandem.GoalID) bool {
		return slices.ContainsFunc(v.Lines, func(l LearningLine) bool { return l.ID == id && l.Workspace == g.Workspace })
	}
	for _, t := range all {
		if fuels(t.Goal) && (t.State == tandem.Trying || t.State == tandem.Idea) {
			return NewWay{Name: t.Name, From: "technique", Goal: t.Goal, Technique: t.ID}, nil
		}
	}
	for _, l := range v.Lines {
		for _, x := range l.Lessons {
			if l.Workspace == g.Workspace && !x.Dropped && !slices.ContainsFunc(all, func(t tandem.Technique) bool { return t.Lesson == x.ID }) {
				name, err := tryNext(tandem.Feedback{TryNext: x.Text})
				return NewWay{Name: name, From: "lesson", Goal: l.ID, Lesson: x.ID}, err
			}
		}
	}
	return a.fromLibrary(ctx, r, v, w)
}

// fromLibrary looks for the technique of the template that fits a result best.
func (a *App) fromLibrary(ctx context.Context, r Reads, v ResultView, w NewWay) (NewWay, error) {
	past, person, err := a.past(ctx, r, v.Goal.Workspace)
	if err != nil {
		return w, err
	}
	past.Skills, past.Lessons, past.Techniques = nil, nil, nil
	for _, s := range library.Suggest(library.Need{Text: v.Goal.Title, Number: v.Metric.Name, Unit: v.Metric.Unit, Lang: person.Lang, Minor: person.AgeBand != tandem.Adult}, past) {
		if i := slices.IndexFunc(past.Templates, func(t library.Template) bool { return t.Key == s.Template && t.Technique != "" }); i >= 0 {
			w.Name, w.From, w.Template = past.Templates[i].Technique, "template", s.Template
			return w, nil
		}
	}
	return w, nil
}

// TryNewWay takes the new way that is offered for a result: it is tried for two weeks from now on.
func (a *App) TryNewWay(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (t tandem.Technique, err error) {
	defer tandem.Wrap(&err, "try new way")
	w, err := a.GetNewWay(ctx, by, ws, id)
	if err != nil {
		return t, err
	}
	if w.Name == "" {
		return t, tandem.Invalid("", "no_new_way", nil)
	}
	if w.Technique == 0 {
		return a.CreateTechnique(ctx, by, ws, TechniqueInput{Name: w.Name, Goal: w.Goal, Lesson: w.Lesson})
	}
	if t, err = a.GetTechnique(ctx, by, ws, w.Technique); err != nil || t.State == tandem.Trying {
		return t, err
	}
	state := tandem.Trying
	return a.ChangeTechnique(ctx, by, ws, w.Technique, TechniqueChange{Version: t.Version, State: &state})
}
