package app

import (
	"context"
	"slices"

	"tandem"
	"tandem/advise/library"
	"tandem/policy"
)

// A LearningLine is a learning goal as the page of a result shows it, on the same time axis.
type LearningLine struct {
	tandem.LearningGoal
	Link      tandem.Fuels // to the result whose page it is on
	Evidence  []tandem.Evidence
	Practices []tandem.Practice
	Uses      []tandem.Use
	Micro     *MicroGoalTally // its micro-goal, nil for none
	Lessons   []tandem.Lesson
}

// A ResultView is everything that the page of a result shows. What is the owner's story is empty for
// anybody else.
type ResultView struct {
	Outlook
	Own        bool // the actor owns the result
	Lines      []LearningLine
	Techniques []tandem.Technique // of its learning goals
	TechUses   map[tandem.TechniqueID]int
	Uses       []tandem.Use // that rode on its values or belong to its learning goals
	Milestones []tandem.Milestone
	Lessons    []tandem.Lesson // of the result itself and its steps
	Factors    []tandem.Factor
	Guards     []GuardView // what must not get worse meanwhile
	Lately     []tandem.Observation
	Concepts   map[string]tandem.ConceptState
	ShowAll    bool
	Owner      string // name
	Closing    *tandem.Closing
	Moved      *Moved              // what moved the chance lately, nil for nothing to tell; the owner's
	Back       []tandem.LessonLine // lessons that fit, where the result is steep; the owner's
}

// ResultPage gives what the page of a result shows, and renews what lists keep of it when that is stale.
func (a *App) ResultPage(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (v ResultView, err error) {
	defer tandem.Wrap(&err, "result page")
	r := a.Store.For(by)
	if v.Outlook, err = a.Outlook(ctx, by, ws, id); err != nil {
		return v, err
	}
	g := v.Goal
	v.Own = g.Owner == by.Person
	names, err := r.PersonNames(ctx, ws)
	if err != nil {
		return v, err
	}
	v.Owner = names[g.Owner]
	if v.Milestones, err = r.Milestones(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Lessons, err = r.Lessons(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Factors, err = r.Factors(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Guards, err = a.guards(ctx, r, by, g, v.Today); err != nil {
		return v, err
	}
	if v.Lately, err = r.ObservationPage(ctx, ws, g.Metric, tandem.Instant(1)<<62, 6); err != nil {
		return v, err
	}
	if v.Concepts, err = r.Concepts(ctx); err != nil {
		return v, err
	}
	person, err := r.Person(ctx)
	if err != nil {
		return v, err
	}
	v.ShowAll = person.ShowAll
	if v.Own {
		if v.Moved, err = a.moved(ctx, r, person, v.Outlook); err != nil {
			return v, err
		}
	}
	if err := a.fuelling(ctx, r, ws, &v); err != nil {
		return v, err
	}
	if person.Personal != 0 && person.Personal != ws {
		// A link lies with the learning goal: of those outside of this workspace only the reader's own are read.
		if err := a.fuelling(ctx, r, person.Personal, &v); err != nil {
			return v, err
		}
	}
	c, err := r.Closing(ctx, ws, id)
	if err == nil {
		v.Closing = &c
	} else if tandem.KindOf(err) != tandem.KindNotFound {
		return v, err
	}
	if v.Own && g.State == tandem.Active {
		if v.Forecast.N >= 3 && v.Forecast.Chance < steepBelow { // not a number is not below it
			if v.Back, err = a.lessonsBack(ctx, r, ws, library.Need{Text: g.Title, Number: v.Metric.Name, Unit: v.Metric.Unit}, id); err != nil {
				return v, err
			}
		}
		return v, a.Keep(ctx, by, v.Outlook)
	}
	return v, nil
}

// steepBelow is the chance below which a result is called steep.
const steepBelow = 1.0 / 3

// fuelling reads the learning goals of a workspace that fuel a result, with what happened on them since it
// began.
func (a *App) fuelling(ctx context.Context, r Reads, ws tandem.WorkspaceID, v *ResultView) error {
	g := v.Goal
	links, err := r.FuelsTo(ctx, ws, g.Workspace, g.ID)
	if err != nil || len(links) == 0 && ws != g.Workspace {
		return err
	}
	all, err := r.Techniques(ctx, ws)
	if err != nil {
		return err
	}
	from := g.Start
	if len(v.Days) > 0 {
		from = min(from, v.Days[0].Day)
	}
	uses, err := r.Uses(ctx, ws, from, v.Today)
	if err != nil {
		return err
	}
	micros, err := r.MicroGoals(ctx, ws)
	if err != nil {
		return err
	}
	if v.TechUses == nil {
		v.TechUses = map[tandem.TechniqueID]int{}
	}
	for _, f := range links {
		any, err := r.Goal(ctx, ws, f.Learning)
		if tandem.KindOf(err) == tandem.KindNotFound {
			continue
		}
		if err != nil {
			return err
		}
		l, ok := any.(tandem.LearningGoal)
		if !ok {
			continue
		}
		line, err := a.line(ctx, r, ws, l, from, v.Today)
		if err != nil {
			return err
		}
		line.Link = f
		for _, m := range micros {
			if m.Goal == l.ID && line.Micro == nil && !m.AtMost {
				t, err := tally(ctx, r, ws, m, v.Today)
				if err != nil {
					return err
				}
				line.Micro = &MicroGoalTally{m, t}
			}
		}
		for _, t := range all {
			if t.Goal == l.ID {
				v.Techniques = append(v.Techniques, t)
			}
		}
		line.Uses = usesOf(uses, func(u tandem.Use) bool {
			return slices.ContainsFunc(all, func(t tandem.Technique) bool { return t.ID == u.Technique && t.Goal == l.ID })
		})
		v.Lines = append(v.Lines, line)
	}
	these := usesOf(uses, func(u tandem.Use) bool {
		return v.Metric.MadeFrom(u.Metric) || slices.ContainsFunc(v.Techniques, func(t tandem.Technique) bool { return t.ID == u.Technique })
	})
	v.Uses = append(v.Uses, these...)
	for _, u := range these {
		v.TechUses[u.Technique]++
		if !slices.ContainsFunc(v.Techniques, func(t tandem.Technique) bool { return t.ID == u.Technique }) {
			for _, t := range all {
				if t.ID == u.Technique {
					v.Techniques = append(v.Techniques, t)
				}
			}
		}
	}
	return nil
}

func usesOf(uses []tandem.Use, keep func(tandem.Use) bool) (out []tandem.Use) {
	for _, u := range uses {
		if keep(u) {
			out = append(out, u)
		}
	}
	return out
}

func (a *App) line(ctx context.Context, r Reads, ws tandem.WorkspaceID, l tandem.LearningGoal, from, to tandem.Day) (line LearningLine, err error) {
	line = LearningLine{LearningGoal: l}
	if line.Evidence, err = r.Evidence(ctx, ws, l.ID); err != nil {
		return line, err
	}
	if line.Practices, err = r.Practices(ctx, ws, l.ID, from, to); err != nil {
		return line, err
	}
	line.Lessons, err = r.Lessons(ctx, ws, l.ID)
	return line, err
}

// A LearningView is everything that the page of a learning goal shows.
type LearningView struct {
	LearningLine
	Today tandem.Day
	Own   bool
	Owner string
	Standing
	Activities []tandem.Activity
	Parts      [4]int // how often each part of learning was done, in the order of tandem.Tags
	Slots      []tandem.Slot
	Techniques []tandem.Technique
	TechUses   map[tandem.TechniqueID][]tandem.Use
	Milestones []tandem.Milestone
	Micros     []MicroGoalTally
	Fuels      []tandem.PerformanceGoal // results it fuels that the actor may see
	Hidden     int                      // links whose result is gone or hidden
	AskKnown   bool                     // a look may say that it is known what works: then a target is earned
	Concepts   map[string]tandem.ConceptState
	ShowAll    bool
}

// LearningPage gives what the page of a learning goal shows.
func (a *App) LearningPage(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, id tandem.GoalID) (v LearningView, err error) {
	defer tandem.Wrap(&err, "learning page")
	r := a.Store.For(by)
	any, err := anyGoal(ctx, r, by, ws, id, policy.Read, policy.Goal)
	if err != nil {
		return v, err
	}
	l, ok := any.(tandem.LearningGoal)
	if !ok {
		return v, tandem.Invalid("goal", "needs_learning_goal", tandem.Args{"title": any.GoalHead().Title})
	}
	person, err := r.Person(ctx)
	if err != nil {
		return v, err
	}
	v.Today, v.ShowAll, v.Own = person.Today(a.Now()), person.ShowAll, l.Owner == by.Person
	names, err := r.PersonNames(ctx, ws)
	if err != nil {
		return v, err
	}
	v.Owner = names[l.Owner]
	if v.LearningLine, err = a.line(ctx, r, ws, l, v.Today-historyDays, v.Today); err != nil {
		return v, err
	}
	if v.Activities, err = r.Activities(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Slots, err = r.Slots(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Milestones, err = r.Milestones(ctx, ws, id); err != nil {
		return v, err
	}
	if v.Concepts, err = r.Concepts(ctx); err != nil {
		return v, err
	}
	return v, a.learningMore(ctx, r, by, ws, &v)
}

// learningMore reads techniques with their uses, micro-goals and the results that the goal fuels.
func (a *App) learningMore(ctx context.Context, r Reads, by tandem.Actor, ws tandem.WorkspaceID, v *LearningView) error {
	all, err := r.Techniques(ctx, ws)
	if err != nil {
		return err
	}
	uses, err := r.Uses(ctx, ws, v.Today-historyDays, v.Today)
	if err != nil {
		return err
	}
	v.TechUses = map[tandem.TechniqueID][]tandem.Use{}
	for _, t := range all {
		if t.Goal == v.ID {
			v.Techniques = append(v.Techniques, t)
			v.TechUses[t.ID] = usesOf(uses, func(u tandem.Use) bool { return u.Technique == t.ID })
			v.Uses = append(v.Uses, v.TechUses[t.ID]...)
		}
	}
	v.Standing = standingOf(v.Evidence, v.Uses)
	v.Parts = tandem.TagCounts(v.Activities, v.Practices, v.Uses)
	if v.Own {
		if v.Micros, err = a.ListMicroGoals(ctx, by, ws, v.ID); err != nil {
			return err
		}
	}
	links, err := r.FuelsFrom(ctx, ws, v.ID)
	if err != nil {
		return err
	}
	for _, f := range links {
		g, err := r.Goal(ctx, f.ResultWorkspace, f.Result)
		if p, ok := g.(tandem.PerformanceGoal); ok && err == nil {
			v.Fuels = append(v.Fuels, p)
		} else if err != nil && tandem.KindOf(err) != tandem.KindNotFound {
			return err
		} else {
			v.Hidden++
		}
	}
	if v.ReviewDay != tandem.NoDay && v.Today >= v.ReviewDay {
		v.AskKnown, err = a.withoutTarget(ctx, by, *v)
	}
	return err
}
